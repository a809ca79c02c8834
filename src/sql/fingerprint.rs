//! A statement's fingerprint: its tokens with constants taken out, as a number and as a text.

use super::lex::{Token, TokenKind};

/// FNV-1a, 64 bits, over the tokens; constants and placeholders count as one kind each, and lists of them
/// (`IN (1, 2, 3)`) as one. Stable over versions, hexadecimal.
pub fn fingerprint(tokens: &[Token]) -> String {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    let mut feed = |bytes: &[u8]| {
        for byte in bytes.iter().chain(&[0_u8]) {
            hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    };
    let mut after_constant = false;
    let mut commas = 0_usize;
    for token in tokens {
        let constant = is_constant(token);
        if token.is_mark(',') && after_constant {
            commas += 1;
            continue;
        }
        if constant {
            if !after_constant {
                feed(b"?");
            }
            after_constant = true;
            commas = 0;
            continue;
        }
        if commas > 0 {
            feed(b",");
        }
        after_constant = false;
        commas = 0;
        match &token.kind {
            TokenKind::Word(word) | TokenKind::Operator(word) => feed(word.as_bytes()),
            TokenKind::Quoted(word) => {
                feed(b"\"");
                feed(word.as_bytes());
            }
            TokenKind::Mark(mark) => feed(mark.encode_utf8(&mut [0; 4]).as_bytes()),
            TokenKind::Text(_)
            | TokenKind::Escaped(_)
            | TokenKind::Dollar(_)
            | TokenKind::Bits
            | TokenKind::Number(_)
            | TokenKind::Placeholder(_) => {}
        }
    }
    format!("{hash:016x}")
}

/// The longest text that is kept, in characters.
const LONGEST: usize = 2_000;

/// The statement as people read it, with `?` for every constant or placeholder and for every list of them, without
/// comments. Statements of one fingerprint have one text, up to where space stands between their tokens. Quoted names
/// that are no plain words are left out: whoever mistakes double quotes for single ones writes a value there.
pub fn normalised(tokens: &[Token]) -> String {
    let mut text = String::new();
    let mut end = None;
    let mut after_constant = false;
    let mut commas = 0_usize;
    for token in tokens {
        let apart = end.is_some_and(|end| end < token.start);
        end = Some(token.end);
        if token.is_mark(',') && after_constant {
            commas += 1;
            continue;
        }
        if is_constant(token) {
            if !after_constant {
                space(&mut text, apart);
                text.push('?');
            }
            (after_constant, commas) = (true, 0);
            continue;
        }
        if commas > 0 {
            text.push(',');
        }
        (after_constant, commas) = (false, 0);
        space(&mut text, apart);
        match &token.kind {
            TokenKind::Word(word) | TokenKind::Operator(word) => text.push_str(word),
            TokenKind::Quoted(word) => {
                text.push('"');
                text.push_str(if is_name(word) { word } else { "…" });
                text.push('"');
            }
            TokenKind::Mark(mark) => text.push(*mark),
            TokenKind::Text(_)
            | TokenKind::Escaped(_)
            | TokenKind::Dollar(_)
            | TokenKind::Bits
            | TokenKind::Number(_)
            | TokenKind::Placeholder(_) => {}
        }
        if text.len() > 4 * LONGEST {
            break;
        }
    }
    match text.char_indices().nth(LONGEST) {
        None => text,
        Some((cut, _)) => {
            text.truncate(cut);
            text.push('…');
            text
        }
    }
}

/// What stands in double quotes and is no usual name: a value may have been meant (`where mail = "ann@example.com"`).
pub fn unusual_names(tokens: &[Token]) -> impl Iterator<Item = &str> {
    tokens.iter().filter_map(|token| match &token.kind {
        TokenKind::Quoted(word) if !is_name(word) => Some(word.as_str()),
        _ => None,
    })
}

fn is_name(word: &str) -> bool {
    word.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        && !word.starts_with(|c: char| c.is_ascii_digit())
}

fn space(text: &mut String, apart: bool) {
    if apart && !text.is_empty() {
        text.push(' ');
    }
}

fn is_constant(token: &Token) -> bool {
    matches!(
        token.kind,
        TokenKind::Text(_)
            | TokenKind::Escaped(_)
            | TokenKind::Dollar(_)
            | TokenKind::Bits
            | TokenKind::Number(_)
            | TokenKind::Placeholder(_)
    )
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::sql::lex;

    #[test]
    fn no_constant_is_left_in_the_text() {
        let text = |sql: &str| normalised(&lex(sql).unwrap());
        assert_eq!(
            text("SELECT a.b,  'x' /* canary */ from t where c in (1, 'canary', $3) and d=-1.5e3"),
            "select a.b, ? from t where c in (?) and d=-?"
        );
        assert_eq!(
            text("insert into \"T\" values (E'canary', $$canary$$, x'00'), (1, 2)"),
            "insert into \"T\" values (?), (?)"
        );
        assert_eq!(
            text("select \"jane@example.com\" from t"),
            "select \"…\" from t"
        );
        assert_eq!(text("select a, 1, b"), "select a, ?, b");
    }

    #[test]
    fn a_long_text_is_cut() {
        let long = format!("select {} from t", "a, ".repeat(5_000));
        assert_eq!(
            normalised(&lex(&long).unwrap()).chars().count(),
            LONGEST + 1
        );
    }
}
