//! Tokens, by the rules of PostgreSQL's `scan.l` (manual 4.1) with `standard_conforming_strings` on.

/// One token. Whitespace and comments are not tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// First byte in the text.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
}

/// What a token is.
#[derive(Clone, PartialEq, Eq)]
pub enum TokenKind {
    /// An unquoted identifier or keyword, folded to lower case as the server folds it.
    Word(String),
    /// A quoted identifier, unquoted.
    Quoted(String),
    /// `'…'` without escapes: its value.
    Text(String),
    /// `E'…'`: its value.
    Escaped(String),
    /// `$tag$…$tag$`: its value.
    Dollar(String),
    /// `B'…'` or `X'…'`.
    Bits,
    /// A number, as written.
    Number(String),
    /// `$n`.
    Placeholder(usize),
    /// An operator of one or more characters.
    Operator(String),
    /// One of `( ) [ ] , ; .` or `:`; `::` and `:=` are operators.
    Mark(char),
}

impl std::fmt::Debug for TokenKind {
    // A constant may be a protected plaintext: it is never printed.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            TokenKind::Word(name) => write!(f, "Word({name})"),
            TokenKind::Quoted(name) => write!(f, "Quoted({name})"),
            TokenKind::Text(_) => f.write_str("Text(…)"),
            TokenKind::Escaped(_) => f.write_str("Escaped(…)"),
            TokenKind::Dollar(_) => f.write_str("Dollar(…)"),
            TokenKind::Bits => f.write_str("Bits"),
            TokenKind::Number(_) => f.write_str("Number(…)"),
            TokenKind::Placeholder(number) => write!(f, "Placeholder({number})"),
            TokenKind::Operator(operator) => write!(f, "Operator({operator})"),
            TokenKind::Mark(mark) => write!(f, "Mark({mark})"),
        }
    }
}

/// A text that is not read further.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LexError {
    /// What was met.
    pub what: &'static str,
    /// Byte at which.
    pub at: usize,
}

/// Longest identifier in bytes (`NAMEDATALEN` - 1); longer ones are cut as the server does.
const NAME_BYTES: usize = 63;

/// All tokens of a text.
///
/// # Errors
/// An unterminated string, comment or identifier, and the forms in which readers are known to differ:
/// `U&`, numbers or placeholders with trailing letters, strings continued over lines, NUL.
pub fn lex(text: &str) -> Result<Vec<Token>, LexError> {
    let mut lexer = Lexer {
        text,
        bytes: text.as_bytes(),
        at: 0,
        tokens: Vec::new(),
        run: Run::default(),
    };
    while lexer.next()? {}
    Ok(lexer.tokens)
}

struct Lexer<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    tokens: Vec<Token>,
    run: Run,
}

impl Lexer<'_> {
    fn peek(&self, ahead: usize) -> u8 {
        self.bytes.get(self.at + ahead).copied().unwrap_or(0)
    }

    fn fail<T>(&self, what: &'static str, at: usize) -> Result<T, LexError> {
        Err(LexError { what, at })
    }

    fn push(&mut self, kind: TokenKind, start: usize) {
        self.tokens.push(Token {
            kind,
            start,
            end: self.at,
        });
    }

    fn next(&mut self) -> Result<bool, LexError> {
        let start = self.at;
        let Some(&byte) = self.bytes.get(start) else {
            return Ok(false);
        };
        match byte {
            0 => return self.fail("a NUL byte", start),
            b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c => self.at += 1,
            b'-' if self.peek(1) == b'-' => self.line_comment(),
            b'/' if self.peek(1) == b'*' => self.block_comment()?,
            b'\'' => self.plain_string(start)?,
            b'"' => self.quoted_name(start)?,
            b'$' => self.dollar(start)?,
            b'0'..=b'9' => self.number(start)?,
            b'.' if self.peek(1).is_ascii_digit() => self.number(start)?,
            b'(' | b')' | b'[' | b']' | b',' | b';' | b'.' => {
                self.at += 1;
                self.push(TokenKind::Mark(char::from(byte)), start);
            }
            b':' => {
                self.at += 1;
                if matches!(self.peek(0), b':' | b'=') {
                    self.at += 1;
                    let operator = self.slice(start, self.at).to_owned();
                    self.push(TokenKind::Operator(operator), start);
                } else {
                    self.push(TokenKind::Mark(':'), start);
                }
            }
            _ if is_operator_byte(byte) => self.operator(start),
            _ if is_name_start(byte) => self.word(start)?,
            _ => return self.fail("a character that no token starts with", start),
        }
        Ok(true)
    }

    fn slice(&self, from: usize, to: usize) -> &str {
        self.text.get(from..to).unwrap_or("")
    }

    fn line_comment(&mut self) {
        while !matches!(self.bytes.get(self.at), None | Some(b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn block_comment(&mut self) -> Result<(), LexError> {
        let start = self.at;
        let mut depth = 0_usize;
        loop {
            match (self.bytes.get(self.at), self.peek(1)) {
                (None, _) => return self.fail("an unterminated comment", start),
                (Some(b'/'), b'*') => {
                    depth += 1;
                    self.at += 2;
                }
                (Some(b'*'), b'/') => {
                    depth -= 1;
                    self.at += 2;
                    if depth == 0 {
                        return Ok(());
                    }
                }
                (Some(_), _) => self.at += 1,
            }
        }
    }

    /// A string directly after another, with nothing but white space between, is a continuation if there is
    /// a newline (manual 4.1.2.1) and an error otherwise: not read, since readers differ.
    fn no_continuation(&self, start: usize) -> Result<(), LexError> {
        match self.tokens.last().map(|token| &token.kind) {
            Some(TokenKind::Text(_) | TokenKind::Escaped(_) | TokenKind::Bits) => {
                self.fail("a string constant continued after another", start)
            }
            _ => Ok(()),
        }
    }

    fn plain_string(&mut self, start: usize) -> Result<(), LexError> {
        self.no_continuation(start)?;
        self.at += 1;
        let value = self.until_quote(b'\'', start)?;
        self.push(TokenKind::Text(value), start);
        Ok(())
    }

    /// From behind the opening quote to behind the closing one; doubled quotes are one.
    fn until_quote(&mut self, quote: u8, start: usize) -> Result<String, LexError> {
        let mut value = Vec::new();
        loop {
            // In runs, not byte by byte: a literal may have a hundred megabytes.
            let rest = self.bytes.get(self.at..).unwrap_or_default();
            let run = rest.iter().position(|byte| *byte == quote || *byte == 0);
            let Some((plain, ends)) = run.and_then(|run| rest.split_at_checked(run)) else {
                return self.fail("an unterminated quoted token", start);
            };
            value.extend_from_slice(plain);
            self.at += plain.len();
            if ends.first() == Some(&0) {
                return self.fail("a NUL byte", self.at);
            }
            self.at += 1;
            if self.peek(0) != quote {
                return String::from_utf8(value).or_else(|_| self.fail("invalid UTF-8", start));
            }
            value.push(quote);
            self.at += 1;
        }
    }

    fn quoted_name(&mut self, start: usize) -> Result<(), LexError> {
        self.at += 1;
        let value = self.until_quote(b'"', start)?;
        if value.is_empty() {
            return self.fail("a zero-length delimited identifier", start);
        }
        self.push(TokenKind::Quoted(cut(value)), start);
        Ok(())
    }

    fn escaped_string(&mut self, start: usize) -> Result<(), LexError> {
        self.no_continuation(start)?;
        self.at += 2;
        let mut value = Vec::new();
        loop {
            match self.bytes.get(self.at) {
                None => return self.fail("an unterminated quoted token", start),
                Some(0) => return self.fail("a NUL byte", self.at),
                Some(b'\'') => {
                    self.at += 1;
                    if self.peek(0) != b'\'' {
                        break;
                    }
                    value.push(b'\'');
                    self.at += 1;
                }
                Some(b'\\') => {
                    self.at += 1;
                    self.escape(&mut value, start)?;
                }
                Some(&byte) => {
                    value.push(byte);
                    self.at += 1;
                }
            }
        }
        let value = String::from_utf8(value)
            .or_else(|_| self.fail("an escape that is not UTF-8", start))?;
        if value.contains('\0') {
            return self.fail("a NUL byte", start);
        }
        self.push(TokenKind::Escaped(value), start);
        Ok(())
    }

    /// One escape of `E'…'` (manual 4.1.2.2), behind its backslash.
    fn escape(&mut self, value: &mut Vec<u8>, start: usize) -> Result<(), LexError> {
        let byte = self.peek(0);
        let number = |radix: u32, from: usize, most: usize| {
            let digits = self.bytes.get(from..).unwrap_or(&[]);
            let digits: String = digits
                .iter()
                .take(most)
                .map(|b| char::from(*b))
                .take_while(|c| c.is_digit(radix))
                .collect();
            u32::from_str_radix(&digits, radix)
                .ok()
                .map(|number| (number, digits.len()))
        };
        match byte {
            b'b' => value.push(8),
            b'f' => value.push(12),
            b'n' => value.push(b'\n'),
            b'r' => value.push(b'\r'),
            b't' => value.push(b'\t'),
            b'0'..=b'7' => {
                let Some((code, length)) = number(8, self.at, 3) else {
                    return self.fail("an invalid escape", start);
                };
                value.push((code & 0xff) as u8);
                self.at += length;
                return Ok(());
            }
            b'x' => {
                if let Some((code, length)) = number(16, self.at + 1, 2) {
                    value.push(code as u8);
                    self.at += 1 + length;
                    return Ok(());
                }
                value.push(b'x');
            }
            b'u' | b'U' => {
                let most = if byte == b'u' { 4 } else { 8 };
                let Some(c) = number(16, self.at + 1, most)
                    .filter(|(_, length)| *length == most)
                    .and_then(|(code, _)| char::from_u32(code))
                else {
                    return self.fail("a Unicode escape that is not a character", start);
                };
                value.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
                self.at += 1 + most;
                return Ok(());
            }
            0 => return self.fail("an unterminated quoted token", start),
            _ => value.push(byte),
        }
        self.at += 1;
        Ok(())
    }

    fn dollar(&mut self, start: usize) -> Result<(), LexError> {
        if self.peek(1).is_ascii_digit() {
            self.at += 1;
            while self.peek(0).is_ascii_digit() {
                self.at += 1;
            }
            if is_name_byte(self.peek(0)) {
                return self.fail("a placeholder with trailing letters", start);
            }
            let Ok(number) = self.slice(start + 1, self.at).parse() else {
                return self.fail("a placeholder number out of range", start);
            };
            self.push(TokenKind::Placeholder(number), start);
            return Ok(());
        }
        let mut end = start + 1;
        while self
            .bytes
            .get(end)
            .is_some_and(|byte| is_name_byte(*byte) && *byte != b'$')
        {
            end += 1;
        }
        if self.bytes.get(end) != Some(&b'$') {
            return self.fail("a stray dollar sign", start);
        }
        let tag = self.slice(start, end + 1).to_owned();
        let body = end + 1;
        let Some(length) = self.text.get(body..).and_then(|rest| rest.find(&tag)) else {
            return self.fail("an unterminated dollar-quoted string", start);
        };
        let value = self.slice(body, body + length).to_owned();
        self.at = body + length + tag.len();
        self.push(TokenKind::Dollar(value), start);
        Ok(())
    }

    fn number(&mut self, start: usize) -> Result<(), LexError> {
        let digits = |lexer: &mut Self| {
            while lexer.peek(0).is_ascii_digit() {
                lexer.at += 1;
            }
        };
        digits(self);
        // `1..10` is two integers and an operator of PL/pgSQL.
        if self.peek(0) == b'.' && self.peek(1) != b'.' {
            self.at += 1;
            digits(self);
        }
        let exponent = match (self.peek(0), self.peek(1), self.peek(2)) {
            (b'e' | b'E', b'0'..=b'9', _) => 1,
            (b'e' | b'E', b'+' | b'-', b'0'..=b'9') => 2,
            _ => 0,
        };
        if exponent > 0 {
            self.at += exponent;
            digits(self);
        }
        // Versions before 15 read `1a` as two tokens, later ones refuse it; 16 has 0x and underscores.
        if is_name_byte(self.peek(0)) {
            return self.fail("a number with trailing letters", start);
        }
        let value = self.slice(start, self.at).to_owned();
        self.push(TokenKind::Number(value), start);
        Ok(())
    }

    fn word(&mut self, start: usize) -> Result<(), LexError> {
        match (self.peek(0), self.peek(1), self.peek(2)) {
            (b'u' | b'U', b'&', b'\'' | b'"') => {
                return self.fail("a U& constant or identifier", start);
            }
            (b'e' | b'E', b'\'', _) => return self.escaped_string(start),
            (b'n' | b'N', b'\'', _) => return self.fail("a national character constant", start),
            (b'b' | b'B' | b'x' | b'X', b'\'', _) => {
                self.no_continuation(start)?;
                self.at += 2;
                self.until_quote(b'\'', start)?;
                self.push(TokenKind::Bits, start);
                return Ok(());
            }
            _ => {}
        }
        while is_name_byte(self.peek(0)) {
            self.at += 1;
        }
        // The server folds ASCII only where the encoding has several bytes a character.
        let name = cut(self.slice(start, self.at).to_ascii_lowercase());
        self.push(TokenKind::Word(name), start);
        Ok(())
    }

    /// The longest run of operator characters, cut at a comment's start; an operator of several characters
    /// ends in + or - only if it holds one of `~ ! @ # % ^ & | ? `` ` `` ` (manual 4.1.3).
    fn operator(&mut self, start: usize) {
        if start >= self.run.end {
            self.run = self.run_from(start);
        }
        let special = self.run.special.is_some_and(|at| at >= start);
        let end = if special {
            self.run.end
        } else {
            (self.run.other).map_or(start + 1, |at| (at + 1).max(start + 1))
        };
        self.at = end;
        let operator = self.slice(start, end).to_owned();
        self.push(TokenKind::Operator(operator), start);
    }

    /// The characters of operators from here to a comment or another character.
    fn run_from(&self, start: usize) -> Run {
        let mut run = Run {
            end: start,
            special: None,
            other: None,
        };
        while let Some(&byte) = self.bytes.get(run.end) {
            let comment = matches!(
                (byte, self.bytes.get(run.end + 1)),
                (b'-', Some(b'-')) | (b'/', Some(b'*'))
            );
            if !is_operator_byte(byte) || comment && run.end > start {
                break;
            }
            if matches!(
                byte,
                b'~' | b'!' | b'@' | b'#' | b'%' | b'^' | b'&' | b'|' | b'?' | b'`'
            ) {
                run.special = Some(run.end);
            }
            if !matches!(byte, b'+' | b'-') {
                run.other = Some(run.end);
            }
            run.end += 1;
        }
        run
    }
}

/// Characters of operators without anything between them: read once, however many operators they are.
#[derive(Debug, Clone, Copy, Default)]
struct Run {
    end: usize,
    /// The last character that lets an operator end in + or -.
    special: Option<usize>,
    /// The last that is neither + nor -.
    other: Option<usize>,
}

fn is_operator_byte(byte: u8) -> bool {
    matches!(
        byte,
        b'+' | b'-'
            | b'*'
            | b'/'
            | b'<'
            | b'>'
            | b'='
            | b'~'
            | b'!'
            | b'@'
            | b'#'
            | b'%'
            | b'^'
            | b'&'
            | b'|'
            | b'?'
            | b'`'
    )
}

fn is_name_start(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_' || byte >= 0x80
}

fn is_name_byte(byte: u8) -> bool {
    is_name_start(byte) || byte.is_ascii_digit() || byte == b'$'
}

/// Cuts an identifier to the server's length, at a character's border.
fn cut(mut name: String) -> String {
    if name.len() > NAME_BYTES {
        let mut end = NAME_BYTES;
        while !name.is_char_boundary(end) {
            end -= 1;
        }
        name.truncate(end);
    }
    name
}

impl Token {
    /// Whether it is this unquoted word (given in lower case).
    pub fn is_word(&self, word: &str) -> bool {
        matches!(&self.kind, TokenKind::Word(own) if own == word)
    }

    /// Whether it is this mark.
    pub fn is_mark(&self, mark: char) -> bool {
        self.kind == TokenKind::Mark(mark)
    }

    /// Whether it is this operator.
    pub fn is_operator(&self, operator: &str) -> bool {
        matches!(&self.kind, TokenKind::Operator(own) if own == operator)
    }

    /// The name, where it is an identifier or keyword.
    pub fn name(&self) -> Option<&str> {
        match &self.kind {
            TokenKind::Word(name) | TokenKind::Quoted(name) => Some(name),
            TokenKind::Text(_)
            | TokenKind::Escaped(_)
            | TokenKind::Dollar(_)
            | TokenKind::Bits
            | TokenKind::Number(_)
            | TokenKind::Placeholder(_)
            | TokenKind::Operator(_)
            | TokenKind::Mark(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn kinds(text: &str) -> Vec<TokenKind> {
        lex(text)
            .unwrap()
            .into_iter()
            .map(|token| token.kind)
            .collect()
    }

    #[test]
    fn words_fold_and_quoted_names_do_not() {
        assert_eq!(
            kinds(r#"SELECT "Ab""c" FROM Ünï"#),
            vec![
                TokenKind::Word("select".into()),
                TokenKind::Quoted("Ab\"c".into()),
                TokenKind::Word("from".into()),
                TokenKind::Word("Ünï".into()),
            ]
        );
    }

    #[test]
    fn strings_have_their_values() {
        assert_eq!(
            kinds("'it''s \\ '"),
            vec![TokenKind::Text("it's \\ ".into())]
        );
        assert_eq!(
            kinds(r"E'a\'b\n\x41\u00e9\101'"),
            vec![TokenKind::Escaped("a'b\nAéA".into())]
        );
        assert_eq!(
            kinds("$x$ a $$ b $x$"),
            vec![TokenKind::Dollar(" a $$ b ".into())]
        );
    }

    #[test]
    fn constants_cannot_be_printed() {
        let tokens = lex("select 'canary', E'canary', $$canary$$, 4711 from t").unwrap();
        let printed = format!("{tokens:?}");
        assert!(
            !printed.contains("canary") && !printed.contains("4711"),
            "{printed}"
        );
    }

    #[test]
    fn comments_nest_and_operators_stop_at_them() {
        assert_eq!(kinds("a/* x /* y */ ' */b -- '\n=c"), kinds("a b = c"));
        assert_eq!(kinds("a=-1"), kinds("a = - 1"));
        assert_eq!(
            kinds("a@-b"),
            vec![
                TokenKind::Word("a".into()),
                TokenKind::Operator("@-".into()),
                TokenKind::Word("b".into())
            ]
        );
        assert_eq!(kinds("a*--c\nb"), kinds("a * b"));
    }

    #[test]
    fn forms_in_which_readers_differ_are_not_read() {
        for text in [
            "U&'x'", "u&\"x\"", "$1abc", "1a", "0x1f", "1_000", "'a'\n'b'", "'a' 'b'", "'open",
            "/* /* */", "\"\"", "N'x'", "$x", "a\0b", "E'\\u00'", "E'\\0'",
        ] {
            assert!(lex(text).is_err(), "{text}");
        }
    }

    #[test]
    fn signs_without_end_are_read_once() {
        let signs = format!("a {}1", "+".repeat(400_000));
        assert_eq!(lex(&signs).unwrap().len(), 400_002);
        let mixed = format!("a {}1", "*+".repeat(200_000));
        assert_eq!(lex(&mixed).unwrap().len(), 4);
        let cut = kinds("+-+*-/*c*/-@+-- c");
        let operator = |text: &str| TokenKind::Operator(text.to_owned());
        assert_eq!(cut, vec![operator("+-+*"), operator("-"), operator("-@+")]);
    }

    #[test]
    fn long_names_are_cut_as_the_server_cuts_them() {
        let long = "x".repeat(70);
        assert_eq!(kinds(&long), vec![TokenKind::Word("x".repeat(63))]);
        let wide = format!("\"{}é\"", "x".repeat(62));
        assert_eq!(kinds(&wide), vec![TokenKind::Quoted("x".repeat(62))]);
    }
}
