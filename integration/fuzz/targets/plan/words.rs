//! The names of a text by a reader of its own, much simpler than the proxy's: it gives up where it is not sure.

/// A word or a mark.
enum Lexeme {
    Name(String),
    Other(char),
}

/// Identifiers and keywords, folded; `None` where the text is not read for certain.
pub fn names(text: &str) -> Option<Vec<String>> {
    let lexemes = lexemes(text)?;
    let names = lexemes.into_iter().filter_map(|lexeme| match lexeme {
        Lexeme::Name(name) => Some(name),
        Lexeme::Other(_) => None,
    });
    Some(names.collect())
}

/// Whether the text is one plain statement that reads or writes one of these relations by its bare name.
pub fn is_plain_query_of(text: &str, relations: &[&str]) -> bool {
    /// Words with which a name behind FROM may be something else, or another relation.
    const DOUBTS: &[&str] = &[
        "with",
        "distinct",
        "substring",
        "overlay",
        "position",
        "trim",
        "extract",
        "is",
        "as",
        "explain",
        "prepare",
        "create",
        "copy",
        "pg_catalog",
        "between",
        "current",
    ];
    let Some(lexemes) = lexemes(text) else {
        return false;
    };
    let word = |at: usize| match lexemes.get(at) {
        Some(Lexeme::Name(name)) => name.as_str(),
        Some(Lexeme::Other(_)) | None => "",
    };
    let plain = matches!(word(0), "select" | "insert" | "update" | "delete")
        && !(0..lexemes.len()).any(|at| DOUBTS.contains(&word(at)))
        && !lexemes
            .iter()
            .any(|lexeme| matches!(lexeme, Lexeme::Other('.' | ';' | '"')));
    plain
        && (0..lexemes.len()).any(|at| {
            let behind = matches!(word(at), "from" | "join") || at == 0 && word(0) == "update";
            behind && relations.contains(&word(at + 1))
        })
}

fn lexemes(text: &str) -> Option<Vec<Lexeme>> {
    let characters: Vec<char> = text.chars().collect();
    let mut lexemes = Vec::new();
    let mut at = 0;
    let is_start = |c: char| c.is_ascii_alphabetic() || c == '_' || !c.is_ascii();
    let is_part = |c: char| is_start(c) || c.is_ascii_digit() || c == '$';
    while let Some(&c) = characters.get(at) {
        let next = characters.get(at + 1).copied();
        match c {
            // Constants with backslashes, comments inside comments, bodies in dollars, Unicode escapes: not read here.
            '\\' | '$' | '&' | '\0' => return None,
            '/' if next == Some('*') => return None,
            '-' if next == Some('-') => {
                at += characters[at..]
                    .iter()
                    .take_while(|c| !matches!(**c, '\n' | '\r'))
                    .count();
            }
            '\'' | '"' => {
                let mut quoted = String::new();
                at += 1;
                loop {
                    match (characters.get(at)?, characters.get(at + 1)) {
                        ('\\' | '\0', _) => return None,
                        (one, Some(two)) if *one == c && *two == c => {
                            quoted.push(c);
                            at += 2;
                        }
                        (one, _) if *one == c => break,
                        (one, _) => {
                            quoted.push(*one);
                            at += 1;
                        }
                    }
                }
                at += 1;
                if c == '"' {
                    lexemes.push(Lexeme::Other('"'));
                    lexemes.push(Lexeme::Name(quoted));
                }
            }
            _ if is_start(c) => {
                let length = characters[at..].iter().take_while(|c| is_part(**c)).count();
                let word: String = characters[at..at + length].iter().collect();
                lexemes.push(Lexeme::Name(word.to_ascii_lowercase()));
                at += length;
            }
            _ if c.is_ascii_digit() => {
                let length = characters[at..].iter().take_while(|c| is_part(**c)).count();
                at += length;
            }
            _ if c.is_whitespace() => at += 1,
            _ => {
                lexemes.push(Lexeme::Other(c));
                at += 1;
            }
        }
    }
    Some(lexemes)
}
