//! Statements that make, use and drop names of the session: DECLARE, FETCH, PREPARE, EXECUTE, DEALLOCATE, DISCARD. Read from
//! the tokens alone, by the grammar of the manual's pages of the same names; a query inside is for [`super::read`].

use super::lex::{Token, TokenKind, lex};
use super::split;
use super::tree::Range;

/// DECLARE … CURSOR FOR a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declare {
    /// The cursor.
    pub name: String,
    /// BINARY.
    pub binary: bool,
    /// WITH HOLD.
    pub hold: bool,
    /// The query.
    pub query: Range,
}

/// PREPARE … AS a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prepare {
    /// The prepared statement.
    pub name: String,
    /// The token of its name.
    pub named_at: usize,
    /// The list of types with its parentheses, where there is one.
    pub list: Option<Range>,
    /// Each of the types.
    pub types: Vec<Range>,
    /// The statement.
    pub statement: Range,
}

/// EXECUTE.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Execute {
    /// The prepared statement.
    pub name: String,
    /// Each of the arguments.
    pub arguments: Vec<Range>,
}

/// DEALLOCATE, or what of DISCARD is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Forget {
    /// One prepared statement.
    One(String),
    /// All of them.
    All,
    /// DISCARD ALL: cursors, too.
    Session,
}

impl Declare {
    /// Reads one; `None` for anything else.
    pub fn read(tokens: &[Token], range: Range) -> Option<Declare> {
        let word = |at: usize, word: &str| tokens.get(at).is_some_and(|token| token.is_word(word));
        if !word(range.first, "declare") {
            return None;
        }
        let name = tokens.get(range.first + 1)?.name()?.to_owned();
        let mut at = range.first + 2;
        let mut binary = false;
        while !word(at, "cursor") {
            let known = ["binary", "insensitive", "asensitive", "no", "scroll"];
            if at >= range.last || !known.iter().any(|known| word(at, known)) {
                return None;
            }
            binary |= word(at, "binary");
            at += 1;
        }
        at += 1;
        let mut hold = false;
        if word(at + 1, "hold") && (word(at, "with") || word(at, "without")) {
            hold = word(at, "with");
            at += 2;
        }
        let query = Range {
            first: at + 1,
            last: range.last,
        };
        (word(at, "for") && query.first <= query.last).then_some(Declare {
            name,
            binary,
            hold,
            query,
        })
    }
}

impl Prepare {
    /// Reads one; `None` for anything else.
    pub fn read(tokens: &[Token], range: Range) -> Option<Prepare> {
        let token = |at: usize| tokens.get(at).filter(|_| at <= range.last);
        token(range.first).filter(|token| token.is_word("prepare"))?;
        let named_at = range.first + 1;
        let name = token(named_at)?.name()?.to_owned();
        let mut at = named_at + 1;
        let (mut list, mut types) = (None, Vec::new());
        if token(at)?.is_mark('(') {
            let last = closing(tokens, at, range.last)?;
            types = parts(tokens, at, last)?;
            list = Some(Range { first: at, last });
            at = last + 1;
        }
        token(at).filter(|token| token.is_word("as"))?;
        let statement = Range {
            first: at + 1,
            last: range.last,
        };
        (statement.first <= statement.last).then_some(Prepare {
            name,
            named_at,
            list,
            types,
            statement,
        })
    }
}

impl Execute {
    /// Reads one that is a statement of its own; `None` for anything else.
    pub fn read(tokens: &[Token], range: Range) -> Option<Execute> {
        let token = |at: usize| tokens.get(at).filter(|_| at <= range.last);
        token(range.first).filter(|token| token.is_word("execute"))?;
        let name = token(range.first + 1)?.name()?.to_owned();
        let arguments = match token(range.first + 2) {
            None => Vec::new(),
            Some(open) if open.is_mark('(') => {
                let last = closing(tokens, range.first + 2, range.last)?;
                if last != range.last {
                    return None;
                }
                parts(tokens, range.first + 2, last)?
            }
            Some(_) => return None,
        };
        Some(Execute { name, arguments })
    }
}

impl Forget {
    /// Reads one; `None` for anything else.
    pub fn read(tokens: &[Token], range: Range) -> Option<Forget> {
        let own = tokens.get(range.first..=range.last)?;
        match own {
            [verb, all] if verb.is_word("discard") => all.is_word("all").then_some(Forget::Session),
            [verb, rest @ ..] if verb.is_word("deallocate") => {
                let last = match rest {
                    [prepare, name] if prepare.is_word("prepare") => name,
                    [name] => name,
                    _ => return None,
                };
                if last.is_word("all") {
                    return Some(Forget::All);
                }
                Some(Forget::One(last.name()?.to_owned()))
            }
            _ => None,
        }
    }
}

impl Forget {
    /// What a whole text forgets; `None` where it is not one such statement alone. Quick where it begins otherwise.
    pub fn of(text: &str) -> Option<Forget> {
        let begins = text.trim_ascii_start().bytes().next()?;
        // A comment may stand before it.
        if !matches!(begins, b'd' | b'D' | b'/' | b'-' | b';') {
            return None;
        }
        let tokens = lex(text).ok()?;
        match split(&tokens).as_slice() {
            [range] => Forget::read(&tokens, *range),
            _ => None,
        }
    }
}

/// The cursor that a FETCH takes rows from: its name comes last. `None` for anything else.
pub fn fetched(tokens: &[Token], range: Range) -> Option<&str> {
    let own = tokens.get(range.first..=range.last)?;
    own.first().filter(|token| token.is_word("fetch"))?;
    own.get(1..)?.last()?.name()
}

fn closing(tokens: &[Token], open: usize, last: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for at in open..=last {
        let token = tokens.get(at)?;
        if token.is_mark('(') || token.is_mark('[') {
            depth += 1;
        } else if token.is_mark(')') || token.is_mark(']') {
            depth = depth.checked_sub(1)?;
            if depth == 0 {
                return token.is_mark(')').then_some(at);
            }
        }
    }
    None
}

/// What stands between the commas of a list, which is not empty; `open` and `close` are its parentheses.
fn parts(tokens: &[Token], open: usize, close: usize) -> Option<Vec<Range>> {
    let mut parts = Vec::new();
    let mut first = open + 1;
    let mut depth = 0_usize;
    for at in open + 1..=close {
        let token = tokens.get(at)?;
        let nested = matches!(token.kind, TokenKind::Mark('(' | '['));
        if depth == 0 && (token.is_mark(',') || at == close) {
            parts.push(Range {
                first,
                last: at.checked_sub(1).filter(|last| *last >= first)?,
            });
            first = at + 1;
        } else if nested {
            depth += 1;
        } else if token.is_mark(')') || token.is_mark(']') {
            depth = depth.checked_sub(1)?;
        }
    }
    Some(parts)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::super::{lex, split};
    use super::*;

    fn tokens(text: &str) -> (Vec<Token>, Range) {
        let tokens = lex(text).unwrap();
        let range = split(&tokens).first().copied().unwrap();
        (tokens, range)
    }

    #[test]
    fn cursors() {
        let read = |text: &str| {
            let (tokens, range) = tokens(text);
            Declare::read(&tokens, range).map(|one| (one.name, one.binary, one.hold, one.query))
        };
        let query = |first, last| Range { first, last };
        assert_eq!(
            read("declare c cursor for select 1"),
            Some(("c".to_owned(), false, false, query(4, 5)))
        );
        assert_eq!(
            read("DECLARE \"C\" BINARY NO SCROLL CURSOR WITH HOLD FOR select 1"),
            Some(("C".to_owned(), true, true, query(9, 10)))
        );
        assert_eq!(
            read("declare c insensitive scroll cursor without hold for values (1)"),
            Some(("c".to_owned(), false, false, query(8, 11)))
        );
        for other in [
            "declare c",
            "declare c cursor for",
            "declare c odd cursor for select 1",
        ] {
            assert_eq!(read(other), None, "{other}");
        }
        let fetched_from = |text: &str| {
            let (tokens, range) = tokens(text);
            fetched(&tokens, range).map(str::to_owned)
        };
        assert_eq!(
            fetched_from("fetch backward 3 from C"),
            Some("c".to_owned())
        );
        assert_eq!(fetched_from("fetch"), None);
        assert_eq!(fetched_from("move 3 in c"), None);
    }

    #[test]
    fn prepared() {
        let (list, range) = tokens("prepare P(int, numeric(10, 2), text[]) as select $1");
        let read = Prepare::read(&list, range).unwrap();
        assert_eq!((read.name.as_str(), read.types.len()), ("p", 3));
        assert_eq!(
            read.statement,
            Range {
                first: 17,
                last: 18
            }
        );
        let execute = |text: &str| {
            let (tokens, range) = tokens(text);
            Execute::read(&tokens, range).map(|one| (one.name, one.arguments.len()))
        };
        assert_eq!(execute("execute p"), Some(("p".to_owned(), 0)));
        assert_eq!(
            execute("execute p('a', f(1, 2), array[1,2])"),
            Some(("p".to_owned(), 3))
        );
        for other in [
            "execute p()",
            "execute p('a',)",
            "execute p('a') x",
            "execute",
        ] {
            assert_eq!(execute(other), None, "{other}");
        }
        let forget = |text: &str| {
            let (tokens, range) = tokens(text);
            Forget::read(&tokens, range)
        };
        assert_eq!(
            forget("deallocate prepare \"P\""),
            Some(Forget::One("P".to_owned()))
        );
        assert_eq!(
            forget("deallocate prepare"),
            Some(Forget::One("prepare".to_owned()))
        );
        assert_eq!(forget("deallocate prepare all"), Some(Forget::All));
        assert_eq!(forget("discard all"), Some(Forget::Session));
        assert_eq!(forget("discard plans"), None);
    }
}
