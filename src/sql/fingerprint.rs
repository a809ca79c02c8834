//! A statement's fingerprint: its tokens with constants taken out.

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
        let constant = matches!(
            token.kind,
            TokenKind::Text(_)
                | TokenKind::Escaped(_)
                | TokenKind::Dollar(_)
                | TokenKind::Bits
                | TokenKind::Number(_)
                | TokenKind::Placeholder(_)
        );
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
