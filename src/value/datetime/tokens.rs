//! The first step of reading a date or time: cut the text into fields, as the server does.

use super::words;

/// What a field looks like before anyone asks what it means.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// Digits, perhaps with one point.
    Number,
    /// `1999-01-08`, `8.1.1999`, `jan-8-99`, or a zone name with punctuation.
    Date,
    /// `04:05:06.789`
    Time,
    /// `+02`, `-08:30`
    Offset,
    /// Letters only, lower case.
    Word,
    /// A sign before letters: `-infinity`.
    SignedWord,
}

/// A field.
pub(super) struct Field {
    pub(super) shape: Shape,
    pub(super) text: String,
}

const MOST_FIELDS: usize = 25;
/// The server's work buffer for one value (MAXDATELEN of text and a terminator for each field).
const MOST_BYTES: usize = 128;

/// The fields of a text, or `None` where it has none of a known shape.
pub(super) fn cut(text: &str) -> Option<Vec<Field>> {
    let mut cursor = Cursor {
        rest: text.as_bytes(),
    };
    let mut fields = Vec::new();
    let mut used = 0;
    while let Some(byte) = cursor.peek() {
        if is_space(byte) {
            cursor.next();
            continue;
        }
        let field = match byte {
            b'0'..=b'9' => cursor.number(),
            b'.' => {
                let mut text = cursor.one();
                cursor.push_while(&mut text, |b| b.is_ascii_digit());
                Field {
                    shape: Shape::Number,
                    text,
                }
            }
            b'+' | b'-' => cursor.signed()?,
            _ if byte.is_ascii_alphabetic() => cursor.word(),
            _ if byte.is_ascii_punctuation() => {
                cursor.next();
                continue;
            }
            _ => return None,
        };
        used += field.text.len() + 1;
        fields.push(field);
        if fields.len() > MOST_FIELDS || used > MOST_BYTES + MOST_FIELDS {
            return None;
        }
    }
    Some(fields)
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | 0x0b | 0x0c | b'\r')
}

struct Cursor<'a> {
    rest: &'a [u8],
}

impl Cursor<'_> {
    fn peek(&self) -> Option<u8> {
        self.rest.first().copied()
    }

    fn next(&mut self) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*first)
    }

    fn one(&mut self) -> String {
        self.next()
            .map(|b| char::from(b.to_ascii_lowercase()))
            .into_iter()
            .collect()
    }

    fn push_while(&mut self, text: &mut String, wanted: impl Fn(u8) -> bool) {
        while let Some(byte) = self.peek().filter(|byte| wanted(*byte)) {
            text.push(char::from(byte.to_ascii_lowercase()));
            self.next();
        }
    }

    fn number(&mut self) -> Field {
        let mut text = String::new();
        self.push_while(&mut text, |b| b.is_ascii_digit());
        let shape = match self.peek() {
            Some(b':') => {
                self.push_while(&mut text, |b| {
                    b.is_ascii_digit() || matches!(b, b':' | b'.')
                });
                Shape::Time
            }
            Some(delimiter @ (b'-' | b'/' | b'.')) => self.dated(&mut text, delimiter),
            _ => Shape::Number,
        };
        Field { shape, text }
    }

    /// Behind the first number and its delimiter: a second and third part, or a month's name.
    fn dated(&mut self, text: &mut String, delimiter: u8) -> Shape {
        text.push_str(&self.one());
        if !self.peek().is_some_and(|b| b.is_ascii_digit()) {
            self.push_while(text, |b| b.is_ascii_alphanumeric() || b == delimiter);
            return Shape::Date;
        }
        self.push_while(text, |b| b.is_ascii_digit());
        if self.peek() == Some(delimiter) {
            self.push_while(text, |b| b.is_ascii_digit() || b == delimiter);
            return Shape::Date;
        }
        if delimiter == b'.' {
            Shape::Number
        } else {
            Shape::Date
        }
    }

    fn word(&mut self) -> Field {
        let mut text = String::new();
        self.push_while(&mut text, |b| b.is_ascii_alphabetic());
        let dated = match self.peek() {
            Some(b'-' | b'/' | b'.') => true,
            Some(b'+' | b'0'..=b'9') => !words::is_known(&text),
            _ => false,
        };
        if !dated {
            return Field {
                shape: Shape::Word,
                text,
            };
        }
        self.push_while(&mut text, |b| {
            b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'/' | b'_' | b'.' | b':')
        });
        Field {
            shape: Shape::Date,
            text,
        }
    }

    fn signed(&mut self) -> Option<Field> {
        let mut text = self.one();
        while self.peek().is_some_and(is_space) {
            self.next();
        }
        match self.peek() {
            Some(b) if b.is_ascii_digit() => {
                self.push_while(&mut text, |b| {
                    b.is_ascii_digit() || matches!(b, b':' | b'.' | b'-')
                });
                Some(Field {
                    shape: Shape::Offset,
                    text,
                })
            }
            Some(b) if b.is_ascii_alphabetic() => {
                self.push_while(&mut text, |b| b.is_ascii_alphabetic());
                Some(Field {
                    shape: Shape::SignedWord,
                    text,
                })
            }
            _ => None,
        }
    }
}
