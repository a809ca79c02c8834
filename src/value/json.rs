//! json. Canonical: the text, byte for byte. The walk over the grammar is shared with jsonb.

use super::ValueError;

/// How deep arrays and objects may be nested. The server's limit hangs on its stack; this is far below.
const DEEPEST: usize = 1_000;

/// Checks that the text is JSON as the server's json type has it.
pub(super) fn check(text: &str) -> Result<(), ValueError> {
    let mut parser = Parser::new(text, "json");
    parser.document(&mut ())
}

/// Receives what the parser finds, in the order of the text.
pub(super) trait Builder {
    fn string(&mut self, raw: &str) -> Result<(), ValueError>;
    fn number(&mut self, text: &str) -> Result<(), ValueError>;
    fn word(&mut self, word: &'static str);
    fn key(&mut self, raw: &str) -> Result<(), ValueError>;
    fn open(&mut self, object: bool);
    fn close(&mut self);
}

/// json keeps its text and builds nothing.
impl Builder for () {
    fn string(&mut self, _raw: &str) -> Result<(), ValueError> {
        Ok(())
    }
    fn number(&mut self, _text: &str) -> Result<(), ValueError> {
        Ok(())
    }
    fn word(&mut self, _word: &'static str) {}
    fn key(&mut self, _raw: &str) -> Result<(), ValueError> {
        Ok(())
    }
    fn open(&mut self, _object: bool) {}
    fn close(&mut self) {}
}

/// Walks over JSON text.
pub(super) struct Parser<'a> {
    rest: &'a str,
    type_name: &'static str,
}

impl<'a> Parser<'a> {
    pub(super) fn new(text: &'a str, type_name: &'static str) -> Self {
        Parser {
            rest: text,
            type_name,
        }
    }

    /// One value and nothing behind it.
    pub(super) fn document(&mut self, builder: &mut impl Builder) -> Result<(), ValueError> {
        self.value(builder, 0)?;
        self.skip_space();
        if self.rest.is_empty() {
            Ok(())
        } else {
            Err(self.syntax())
        }
    }

    fn syntax(&self) -> ValueError {
        ValueError::syntax(self.type_name)
    }

    fn skip_space(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\t', '\n', '\r']);
    }

    fn take(&mut self, expected: char) -> bool {
        self.skip_space();
        match self.rest.strip_prefix(expected) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn value(&mut self, builder: &mut impl Builder, depth: usize) -> Result<(), ValueError> {
        if depth > DEEPEST {
            return Err(ValueError::new("54001", "JSON is nested too deeply"));
        }
        self.skip_space();
        match self.rest.chars().next() {
            Some('{') => self.object(builder, depth),
            Some('[') => self.list(builder, depth),
            Some('"') => {
                let raw = self.string()?;
                builder.string(raw)
            }
            Some('-' | '0'..='9') => {
                let text = self.number()?;
                builder.number(text)
            }
            _ => self.word(builder),
        }
    }

    fn object(&mut self, builder: &mut impl Builder, depth: usize) -> Result<(), ValueError> {
        self.take('{');
        builder.open(true);
        if !self.take('}') {
            loop {
                self.skip_space();
                let key = self.string()?;
                builder.key(key)?;
                if !self.take(':') {
                    return Err(self.syntax());
                }
                self.value(builder, depth + 1)?;
                if self.take('}') {
                    break;
                }
                if !self.take(',') {
                    return Err(self.syntax());
                }
            }
        }
        builder.close();
        Ok(())
    }

    fn list(&mut self, builder: &mut impl Builder, depth: usize) -> Result<(), ValueError> {
        self.take('[');
        builder.open(false);
        if !self.take(']') {
            loop {
                self.value(builder, depth + 1)?;
                if self.take(']') {
                    break;
                }
                if !self.take(',') {
                    return Err(self.syntax());
                }
            }
        }
        builder.close();
        Ok(())
    }

    /// The inside of a string, escapes as they stand.
    fn string(&mut self) -> Result<&'a str, ValueError> {
        let error = self.syntax();
        let body = self.rest.strip_prefix('"').ok_or_else(|| error.clone())?;
        let mut bytes = body.bytes().enumerate();
        while let Some((at, byte)) = bytes.next() {
            match byte {
                b'"' => {
                    let raw = body.get(..at).ok_or_else(|| error.clone())?;
                    self.rest = body.get(at + 1..).ok_or_else(|| error.clone())?;
                    return Ok(raw);
                }
                b'\\' => match bytes.next() {
                    Some((_, b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't')) => {}
                    Some((_, b'u')) => {
                        for _ in 0..4 {
                            match bytes.next() {
                                Some((_, digit)) if digit.is_ascii_hexdigit() => {}
                                _ => return Err(error),
                            }
                        }
                    }
                    _ => return Err(error),
                },
                0..=0x1f => return Err(error),
                _ => {}
            }
        }
        Err(error)
    }

    fn number(&mut self) -> Result<&'a str, ValueError> {
        let end = self
            .rest
            .find(|c: char| {
                !(c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.' | '_' | '$'))
            })
            .unwrap_or(self.rest.len());
        let (text, rest) = self
            .rest
            .split_at_checked(end)
            .ok_or_else(|| self.syntax())?;
        if !is_number(text) {
            return Err(self.syntax());
        }
        self.rest = rest;
        Ok(text)
    }

    fn word(&mut self, builder: &mut impl Builder) -> Result<(), ValueError> {
        for word in ["true", "false", "null"] {
            if let Some(rest) = self.rest.strip_prefix(word) {
                if rest
                    .starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_' || !c.is_ascii())
                {
                    break;
                }
                self.rest = rest;
                builder.word(word);
                return Ok(());
            }
        }
        Err(self.syntax())
    }
}

/// JSON's number: no leading zeros, digits on both sides of a point.
fn is_number(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(digits)
        && exponent.is_none_or(|e| digits(e.strip_prefix(['+', '-']).unwrap_or(e)))
}
