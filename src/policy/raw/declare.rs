//! Macros that declare sections and words: type, reader and schema from one list.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

/// One property of a section's schema, with its text.
pub(super) fn property<T: JsonSchema>(generator: &mut SchemaGenerator, doc: &str) -> Schema {
    let schema = generator.subschema_for::<T>();
    let mut described = if schema.get("$ref").is_some() {
        json_schema!({ "allOf": [schema] })
    } else {
        schema
    };
    described.insert("description".to_owned(), prose(doc).into());
    described
}

/// The text of a doc comment as one line.
pub(super) fn prose(doc: &str) -> String {
    let lines: Vec<&str> = doc.lines().map(str::trim).collect();
    lines.join(" ").trim().to_owned()
}

/// Declares a table with known keys: the struct, its reader and its schema from one list. `need`
/// marks keys that must be there; `later` names keys that only a later version carries out.
macro_rules! section {
    (
        $(#[doc = $doc:literal])*
        $name:ident {
            $( $(#[doc = $text:literal])* $mode:ident $key:literal $field:ident: $type:ty; )*
        }
        $(later [$($later:literal),* $(,)?])?
    ) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, Default, PartialEq, Eq)]
        pub(in crate::policy) struct $name {
            $( $(#[doc = $text])* pub(in crate::policy) $field: Option<$crate::policy::problem::Located<$type>>, )*
        }

        impl $crate::policy::raw::read::Raw for $name {
            fn read(
                node: &$crate::policy::raw::read::Node<'_>,
                problems: &mut $crate::policy::problem::Problems,
            ) -> Option<Self> {
                let table = node.table(problems)?;
                node.check_keys(table, &[$($key),*], &[$($($later),*)?], problems);
                Some($name {
                    $( $field: node.field(table, $key, stringify!($mode) == "need", problems), )*
                })
            }
        }

        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).trim_start_matches("Raw").into()
            }

            fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                let mut properties = serde_json::Map::new();
                $( properties.insert(
                    $key.to_owned(),
                    $crate::policy::raw::declare::property::<$type>(generator, concat!($($text, "\n"),*)).into(),
                ); )*
                let required: Vec<&str> = [$(($key, stringify!($mode))),*]
                    .into_iter()
                    .filter(|(_, mode)| *mode == "need")
                    .map(|(key, _)| key)
                    .collect();
                schemars::json_schema!({
                    "type": "object",
                    "description": $crate::policy::raw::declare::prose(concat!($($doc, "\n"),*)),
                    "properties": properties,
                    "required": required,
                    "additionalProperties": false,
                })
            }
        }
    };
}

/// Declares a set of words: the enum, its reader and its schema. `later` names words that only a
/// later version carries out.
macro_rules! words {
    (
        $(#[doc = $doc:literal])*
        $name:ident { $($word:literal => $variant:ident),* $(,)? }
        $(later [$($later:literal),* $(,)?])?
    ) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(in crate::policy) enum $name { $($variant),* }

        impl $crate::policy::raw::read::Raw for $name {
            fn read(
                node: &$crate::policy::raw::read::Node<'_>,
                problems: &mut $crate::policy::problem::Problems,
            ) -> Option<Self> {
                let word = <String as $crate::policy::raw::read::Raw>::read(node, problems)?;
                let later: &[&str] = &[$($($later),*)?];
                match word.as_str() {
                    $($word => return Some($name::$variant),)*
                    other if later.contains(&other) => {
                        problems.add(&node.place, format!("`{other}` is not supported by this version yet"));
                    }
                    other => {
                        let words = [$($word),*];
                        let hint = $crate::policy::nearest::did_you_mean(other, words);
                        problems.add(
                            &node.place,
                            format!("unknown word `{other}`, expected one of {}{hint}", words.join(", ")),
                        );
                    }
                }
                None
            }
        }

        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).trim_start_matches("Raw").into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({
                    "type": "string",
                    "description": $crate::policy::raw::declare::prose(concat!($($doc, "\n"),*)),
                    "enum": [$($word),*],
                })
            }
        }
    };
}

pub(super) use {section, words};
