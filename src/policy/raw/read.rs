//! Reading parsed TOML into raw types, every mistake noted and none fatal.

use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::policy::nearest::did_you_mean;
use crate::policy::problem::{Located, Place, Problems};

/// One file's name and text, for line numbers.
#[derive(Debug)]
pub(in crate::policy) struct Source<'a> {
    pub(in crate::policy) name: &'a str,
    pub(in crate::policy) text: &'a str,
}

impl Source<'_> {
    /// The place of a byte offset.
    pub(in crate::policy) fn place(&self, offset: usize, key: String) -> Place {
        let before = self.text.as_bytes().iter().take(offset);
        let breaks = before.filter(|byte| **byte == b'\n').count();
        Place {
            file: self.name.to_owned(),
            line: u32::try_from(breaks).unwrap_or(u32::MAX).saturating_add(1),
            key,
        }
    }
}

/// A TOML value with its place.
pub(in crate::policy) struct Node<'a> {
    pub(in crate::policy) source: &'a Source<'a>,
    pub(in crate::policy) place: Place,
    pub(in crate::policy) value: &'a DeValue<'a>,
}

/// A type that can be read from TOML and described as a JSON Schema.
pub(in crate::policy) trait Raw: JsonSchema + Sized {
    /// Reads it; `None` after a mistake was noted.
    fn read(node: &Node<'_>, problems: &mut Problems) -> Option<Self>;
}

impl<'a> Node<'a> {
    /// Notes that something else was expected.
    pub(in crate::policy) fn expected(&self, what: &str, problems: &mut Problems) {
        let found = self.value.type_str();
        problems.add(
            &self.place,
            format!("expected {what}, found {} {found}", article(found)),
        );
    }

    /// The value as a table.
    pub(in crate::policy) fn table(&self, problems: &mut Problems) -> Option<&'a DeTable<'a>> {
        if let DeValue::Table(table) = self.value {
            Some(table)
        } else {
            self.expected("a table", problems);
            None
        }
    }

    /// Notes keys that are not among the known ones, and those that a later version will know.
    pub(in crate::policy) fn check_keys(
        &self,
        table: &'a DeTable<'a>,
        known: &[&str],
        later: &[&str],
        problems: &mut Problems,
    ) {
        for (key, value) in table {
            let name: &str = key.get_ref();
            let place = self.child(key, value).place;
            if later.contains(&name) {
                problems.add(&place, "not supported by this version yet");
            } else if !known.contains(&name) {
                let hint = did_you_mean(name, known.iter().copied());
                problems.add(
                    &place,
                    format!(
                        "unknown key `{name}`, expected one of {}{hint}",
                        known.join(", ")
                    ),
                );
            }
        }
    }

    /// Reads one key of a table.
    pub(in crate::policy) fn field<T: Raw>(
        &self,
        table: &'a DeTable<'a>,
        name: &str,
        needed: bool,
        problems: &mut Problems,
    ) -> Option<Located<T>> {
        let Some((key, value)) = table.iter().find(|(key, _)| &**key.get_ref() == name) else {
            if needed {
                problems.add(&self.place, format!("`{name}` is missing"));
            }
            return None;
        };
        self.child(key, value).located(problems)
    }

    fn child(
        &self,
        key: &Spanned<std::borrow::Cow<'a, str>>,
        value: &'a Spanned<DeValue<'a>>,
    ) -> Node<'a> {
        let path = join(&self.place.key, key.get_ref());
        Node {
            source: self.source,
            place: self.source.place(key.span().start, path),
            value: value.get_ref(),
        }
    }

    fn located<T: Raw>(self, problems: &mut Problems) -> Option<Located<T>> {
        let value = T::read(&self, problems)?;
        Some(Located {
            value,
            place: self.place,
        })
    }
}

fn article(word: &str) -> &'static str {
    match word.chars().next() {
        Some('a' | 'e' | 'i' | 'o' | 'u') => "an",
        _ => "a",
    }
}

/// Appends a key to a dotted path, quoted where TOML wants it.
fn join(path: &str, key: &str) -> String {
    let bare = !key.is_empty()
        && key
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
    let dot = if path.is_empty() { "" } else { "." };
    if bare {
        format!("{path}{dot}{key}")
    } else {
        format!("{path}{dot}\"{key}\"")
    }
}

impl Raw for String {
    fn read(node: &Node<'_>, problems: &mut Problems) -> Option<Self> {
        let text = node.value.as_str();
        if text.is_none() {
            node.expected("a string", problems);
        }
        text.map(str::to_owned)
    }
}

impl Raw for bool {
    fn read(node: &Node<'_>, problems: &mut Problems) -> Option<Self> {
        let value = node.value.as_bool();
        if value.is_none() {
            node.expected("true or false", problems);
        }
        value
    }
}

impl Raw for u32 {
    fn read(node: &Node<'_>, problems: &mut Problems) -> Option<Self> {
        let Some(integer) = node.value.as_integer() else {
            node.expected("a whole number", problems);
            return None;
        };
        let value = u32::from_str_radix(integer.as_str(), integer.radix()).ok();
        if value.is_none() {
            problems.add(
                &node.place,
                "expected a whole number from 0 to 4,294,967,295",
            );
        }
        value
    }
}

impl<T: Raw> Raw for Vec<Located<T>> {
    fn read(node: &Node<'_>, problems: &mut Problems) -> Option<Self> {
        let Some(array) = node.value.as_array() else {
            node.expected("a list", problems);
            return None;
        };
        let elements = array.iter().enumerate();
        Some(
            elements
                .filter_map(|(index, element)| {
                    let key = format!("{}[{index}]", node.place.key);
                    let child = Node {
                        source: node.source,
                        place: node.source.place(element.span().start, key),
                        value: element.get_ref(),
                    };
                    child.located(problems)
                })
                .collect(),
        )
    }
}

/// A table whose keys are names. An entry that could not be read is kept as `None`: its name is
/// known, so that a broken class is not reported again wherever it is used.
pub(in crate::policy) type Named<T> = BTreeMap<String, Entry<T>>;

/// An entry of a table of names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::policy) struct Entry<T> {
    pub(in crate::policy) place: Place,
    pub(in crate::policy) value: Option<T>,
}

impl<T: Raw> Raw for BTreeMap<String, Entry<T>> {
    fn read(node: &Node<'_>, problems: &mut Problems) -> Option<Self> {
        let table = node.table(problems)?;
        let mut entries = BTreeMap::new();
        for (key, value) in table {
            let child = node.child(key, value);
            let value = T::read(&child, problems);
            entries.insert(
                key.get_ref().to_string(),
                Entry {
                    place: child.place,
                    value,
                },
            );
        }
        Some(entries)
    }
}

impl<T: JsonSchema> JsonSchema for Located<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        T::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}

impl<T: JsonSchema> JsonSchema for Entry<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        T::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}
