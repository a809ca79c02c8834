//! Which prepared statements a text carries out by SQL's EXECUTE, and which portals it fetches from, wherever it stands in
//! the text.

pub use crate::sql::Forget;
use crate::sql::{self, Token, TokenKind};

/// An EXECUTE.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Executes {
    /// Of which statement, as the server folds its name.
    pub name: String,
    /// What stands before it where nothing is carried out and no value goes with it: EXPLAIN without ANALYZE and its options,
    /// the arguments NULL. So drivers ask which columns may be NULL.
    pub explained: Option<String>,
    /// Where in the text: characters from 1.
    pub position: usize,
}

/// Every EXECUTE in a text; `None` where the text cannot be read. Quick where the word is not in it.
pub fn executes(text: &str) -> Option<Vec<Executes>> {
    const WORD: &[u8] = b"execute";
    let has = text
        .as_bytes()
        .windows(WORD.len())
        .any(|window| window.eq_ignore_ascii_case(WORD));
    if !has {
        return Some(Vec::new());
    }
    let tokens = sql::lex(text).ok()?;
    let mut found = Vec::new();
    for range in sql::split(&tokens) {
        let own = tokens.get(range.first..=range.last).unwrap_or(&[]);
        for (at, token) in own.iter().enumerate() {
            let executes = matches!(&token.kind, TokenKind::Word(word) if word == "execute");
            let Some(name) = own
                .get(at + 1)
                .filter(|_| executes)
                .and_then(|next| next.name())
            else {
                continue;
            };
            found.push(Executes {
                name: name.to_owned(),
                explained: explains(own, at)
                    .then(|| {
                        own.first()
                            .and_then(|first| text.get(first.start..token.start))
                    })
                    .flatten()
                    .map(str::to_owned),
                position: text
                    .get(..token.start)
                    .map_or(1, |before| before.chars().count() + 1),
            });
        }
    }
    Some(found)
}

/// A FETCH or a MOVE.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetches {
    /// From which portal.
    pub name: String,
    /// Its rows are passed over, and not shown.
    pub moves: bool,
    /// Where in the text: characters from 1.
    pub position: usize,
}

/// The portals that the FETCH and MOVE statements of a text take rows from; `None` where the text cannot be read. Quick
/// where the words are not in it.
pub fn fetches(text: &str) -> Option<Vec<Fetches>> {
    let bytes = text.as_bytes();
    let has =
        |word: &[u8]| (bytes.windows(word.len())).any(|window| window.eq_ignore_ascii_case(word));
    if !has(b"fetch") && !has(b"move") {
        return Some(Vec::new());
    }
    let tokens = sql::lex(text).ok()?;
    let mut found = Vec::new();
    for range in sql::split(&tokens) {
        let own = tokens.get(range.first..=range.last).unwrap_or(&[]);
        let first = own.first();
        let moves = first.is_some_and(|token| token.is_word("move"));
        let fetches = moves || first.is_some_and(|token| token.is_word("fetch"));
        // The name comes last, whatever stands between (manual, FETCH).
        if let Some(last) = own.last().filter(|_| fetches && own.len() > 1) {
            found.push(Fetches {
                name: last.name()?.to_owned(),
                moves,
                position: text.get(..last.start)?.chars().count() + 1,
            });
        }
    }
    Some(found)
}

/// Whether a text has bytes beyond ASCII where names may stand: anywhere but in constants and comments. In an encoding
/// in which every byte of ASCII stands for itself, whichever it is. What cannot be read has them.
pub fn has_names_beyond_ascii(text: &[u8]) -> bool {
    // A character for each byte: what stands between quotes is the same.
    let text: String = text.iter().map(|byte| char::from(*byte)).collect();
    let Ok(tokens) = sql::lex(&text) else {
        return true;
    };
    tokens.iter().any(|token| {
        let constant = match token.kind {
            TokenKind::Text(_) | TokenKind::Escaped(_) | TokenKind::Dollar(_) => true,
            TokenKind::Word(_)
            | TokenKind::Quoted(_)
            | TokenKind::Bits
            | TokenKind::Number(_)
            | TokenKind::Placeholder(_)
            | TokenKind::Operator(_)
            | TokenKind::Mark(_) => false,
        };
        !constant && !text.get(token.start..token.end).is_some_and(str::is_ascii)
    })
}

/// Which statements that Parse made a text takes away: it is DEALLOCATE or DISCARD ALL alone.
pub fn forgets(text: &str) -> Option<Forget> {
    Forget::of(text)
}

fn explains(own: &[Token], at: usize) -> bool {
    let before = own.get(..at).unwrap_or(&[]);
    let arguments = own.get(at + 2..).unwrap_or(&[]);
    before.first().is_some_and(|token| token.is_word("explain"))
        && !(before.iter()).any(|token| token.is_word("analyze") || token.is_word("analyse"))
        && arguments.iter().all(|token| {
            token.is_word("null") || token.is_mark('(') || token.is_mark(',') || token.is_mark(')')
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Option<Vec<(String, bool)>> {
        let found = executes(text)?;
        Some(
            found
                .into_iter()
                .map(|one| (one.name, one.explained.is_some()))
                .collect(),
        )
    }

    #[test]
    fn wherever_it_stands() {
        let one = |name: &str, explains| Some(vec![(name.to_owned(), explains)]);
        assert_eq!(names("select 1"), Some(Vec::new()));
        assert_eq!(names("execute S('x')"), one("s", false));
        assert_eq!(names("/* a */ EXECUTE \"S\"\"1\"(1)"), one("S\"1", false));
        assert_eq!(names("select 1; execute s"), one("s", false));
        assert_eq!(names("create table t as execute s('x')"), one("s", false));
        assert_eq!(names("explain analyze execute s(null)"), one("s", false));
        assert_eq!(
            names("explain (analyze false) execute s(null)"),
            one("s", false)
        );
        assert_eq!(
            names("explain (verbose, format json) execute s(NULL, null)"),
            one("s", true)
        );
        assert_eq!(names("explain execute s('x')"), one("s", false));
        assert_eq!(names("explain execute s"), one("s", true));
        assert_eq!(
            names("select 'execute s' /* execute t */"),
            Some(Vec::new())
        );
        assert_eq!(names("execute U&\"\\0073\"('x')"), None);
        let found = executes("select 1; explain (costs off)\nexecute s(null)");
        let explained: Vec<_> = (found.into_iter().flatten())
            .map(|one| one.explained)
            .collect();
        assert_eq!(explained, [Some("explain (costs off)\n".to_owned())]);
    }
    #[test]
    fn the_portal_is_the_last_name() {
        let names = |text: &str| {
            let found = fetches(text)?;
            let named = |one: Fetches| (one.name, one.moves);
            Some(found.into_iter().map(named).collect::<Vec<_>>())
        };
        let one = |name: &str| Some(vec![(name.to_owned(), false)]);
        assert_eq!(names("fetch c"), one("c"));
        assert_eq!(names("FETCH ALL FROM \"C 1\";"), one("C 1"));
        assert_eq!(names("begin; fetch relative -3 in c; commit"), one("c"));
        assert_eq!(names("fetch forward 5 c /* fetch d */"), one("c"));
        assert_eq!(
            names("select 1 from t fetch first 1 row only"),
            Some(Vec::new())
        );
        assert_eq!(names("fetch"), Some(Vec::new()));
        assert_eq!(names("fetch all from U&\"c\""), None);
        assert_eq!(names("MOVE 3 in C"), Some(vec![("c".to_owned(), true)]));
        assert_eq!(names("select removed from t"), Some(Vec::new()));
    }

    #[test]
    fn names_beyond_ascii() {
        for (text, names) in [
            (&b"select 'gr\xf6\xdfe' -- \xfc"[..], false),
            (b"select E'\\'\xf6', $$\xfc$$ /* \xdf */", false),
            (b"select 1 from \"gr\xf6\xdfe\"", true),
            (b"select 1 from gr\xf6\xdfe", true),
            (b"select 'x\xf6", true),
            (b"select $\xfc$\xdf$\xfc$", false),
            (b"select 1 as \xa0", true),
        ] {
            assert_eq!(has_names_beyond_ascii(text), names, "{text:?}");
        }
    }

    #[test]
    fn what_is_forgotten() {
        let one = |name: &str| Some(Forget::One(name.to_owned()));
        for (text, forgotten) in [
            ("deallocate A", one("a")),
            ("DEALLOCATE prepare \"A b\";", one("A b")),
            ("/* x */ deallocate b/**/", one("b")),
            ("deallocate b-- c", one("b")),
            ("deallocate all", Some(Forget::All)),
            ("deallocate \"all\"", one("all")),
            ("discard all", Some(Forget::Session)),
            ("discard plans", None),
            ("deallocate a; select 1", None),
            ("select 'deallocate a'", None),
            ("deallocate a b", None),
            ("", None),
        ] {
            assert_eq!(forgets(text), forgotten, "{text}");
        }
    }
}
