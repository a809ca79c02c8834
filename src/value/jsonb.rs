//! jsonb. Canonical: the text that the server itself would print for it: keys ordered by length and
//! then bytes, the last of equal keys kept, numbers as numeric prints them, `{"a": 1, "b": [1, 2]}`.

use std::collections::BTreeMap;

use zeroize::Zeroize;

use super::ValueError;
use super::json::{Builder, Parser};
use super::numeric;

/// The normalised text.
pub(super) fn normalise(text: &str) -> Result<String, ValueError> {
    let mut tree = Tree::default();
    Parser::new(text, "jsonb").document(&mut tree)?;
    Ok(tree.done)
}

/// Builds each value's text from the inside out.
#[derive(Default)]
struct Tree {
    done: String,
    stack: Vec<Level>,
}

enum Level {
    List(Vec<String>),
    /// Ordered as jsonb orders its keys.
    Object {
        fields: BTreeMap<(usize, String), String>,
        key: Option<String>,
    },
}

impl Tree {
    fn put(&mut self, text: String) {
        match self.stack.last_mut() {
            None => self.done = text,
            Some(Level::List(items)) => items.push(text),
            Some(Level::Object { fields, key }) => {
                if let Some(key) = key.take() {
                    fields.insert((key.len(), key), text);
                }
            }
        }
    }
}

impl Builder for Tree {
    fn string(&mut self, raw: &str) -> Result<(), ValueError> {
        let text = quote(&unescape(raw)?);
        self.put(text);
        Ok(())
    }

    fn number(&mut self, text: &str) -> Result<(), ValueError> {
        let number = numeric::read_text(text, None)?;
        self.put(number.to_text());
        Ok(())
    }

    fn word(&mut self, word: &'static str) {
        self.put(word.to_owned());
    }

    fn key(&mut self, raw: &str) -> Result<(), ValueError> {
        let text = unescape(raw)?;
        if let Some(Level::Object { key, .. }) = self.stack.last_mut() {
            *key = Some(text);
        }
        Ok(())
    }

    fn open(&mut self, object: bool) {
        self.stack.push(if object {
            Level::Object {
                fields: BTreeMap::new(),
                key: None,
            }
        } else {
            Level::List(Vec::new())
        });
    }

    fn close(&mut self) {
        let text = match self.stack.pop() {
            None => return,
            Some(Level::List(mut items)) => {
                let text = format!("[{}]", items.join(", "));
                items.zeroize();
                text
            }
            Some(Level::Object { fields, .. }) => {
                let mut text = String::from("{");
                for (index, ((_, mut key), mut value)) in fields.into_iter().enumerate() {
                    if index > 0 {
                        text.push_str(", ");
                    }
                    text.push_str(&quote(&key));
                    text.push_str(": ");
                    text.push_str(&value);
                    key.zeroize();
                    value.zeroize();
                }
                text.push('}');
                text
            }
        };
        self.put(text);
    }
}

/// Resolves the escapes of a string that the parser has checked.
fn unescape(raw: &str) -> Result<String, ValueError> {
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw.chars();
    while let Some(c) = rest.next() {
        if c != '\\' {
            text.push(c);
            continue;
        }
        match rest.next() {
            Some('b') => text.push('\x08'),
            Some('f') => text.push('\x0c'),
            Some('n') => text.push('\n'),
            Some('r') => text.push('\r'),
            Some('t') => text.push('\t'),
            Some('u') => text.push(unicode(&mut rest)?),
            Some(c) => text.push(c),
            None => return Err(ValueError::syntax("json")),
        }
    }
    Ok(text)
}

fn unicode(rest: &mut std::str::Chars<'_>) -> Result<char, ValueError> {
    let syntax = || ValueError::syntax("json");
    let first = code_unit(rest).ok_or_else(syntax)?;
    match first {
        0 => Err(ValueError::new(
            "22P05",
            "unsupported Unicode escape sequence",
        )),
        0xD800..=0xDBFF => {
            if rest.next() != Some('\\') || rest.next() != Some('u') {
                return Err(syntax());
            }
            match code_unit(rest).ok_or_else(syntax)? {
                low @ 0xDC00..=0xDFFF => {
                    char::from_u32(0x10000 + ((first - 0xD800) << 10) + (low - 0xDC00))
                        .ok_or_else(syntax)
                }
                _ => Err(syntax()),
            }
        }
        other => char::from_u32(other).ok_or_else(syntax),
    }
}

fn code_unit(rest: &mut std::str::Chars<'_>) -> Option<u32> {
    (0..4).try_fold(0, |code, _| Some(code << 4 | rest.next()?.to_digit(16)?))
}

fn quote(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\x08' => quoted.push_str("\\b"),
            '\x0c' => quoted.push_str("\\f"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            c if c < ' ' => quoted.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}
