//! Masks as they are written: a word, or a table with one key that names the kind.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use toml::de::DeValue;

use super::declare::{section, words};
use super::read::{Node, Raw};
use crate::policy::problem::Problems;

section! {
    /// What is shown to roles that may not see the value.
    RawMasks {
        /// Shown to everyone without a right. Default: `null`.
        key "default" default: RawMask;
        /// Shown to roles with `partial`. Default: none.
        key "partial" partial: RawMask;
    }
}

/// A mask: a word or a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::policy) enum RawMask {
    Word(RawMaskWord),
    Shaped(Box<RawMaskShape>),
}

words! {
    /// A mask that needs no number: NULL, `a***@e***.com`, 1 January of the year, the first of the month, a stable pseudonym (shows which rows are equal), the type's zero.
    RawMaskWord {
        "null" => Null,
        "email" => Email,
        "year" => Year,
        "month" => Month,
        "hash" => Hash,
        "zero" => Zero,
    }
}

section! {
    /// A mask with a number or a text: one of `fixed`, `keep_first`, `keep_last`, `bucket`.
    RawMaskShape {
        /// This value, in the type's text form.
        key "fixed" fixed: String;
        /// Keeps this many characters at the beginning.
        key "keep_first" keep_first: u32;
        /// Keeps this many characters at the end.
        key "keep_last" keep_last: u32;
        /// The character in place of the others. Default: `*`.
        key "with" with: String;
        /// Numbers are cut down to a multiple of this.
        key "bucket" bucket: Step;
    }
}

/// The width of a bucket, written as a number or as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::policy) struct Step(pub(in crate::policy) String);

impl Raw for Step {
    fn read(node: &Node<'_>, problems: &mut Problems) -> Option<Self> {
        match node.value {
            DeValue::String(text) => Some(Step(text.to_string())),
            DeValue::Integer(number) => Some(Step(number.to_string())),
            DeValue::Float(number) => Some(Step(number.to_string())),
            DeValue::Boolean(_) | DeValue::Datetime(_) | DeValue::Array(_) | DeValue::Table(_) => {
                node.expected("a number", problems);
                None
            }
        }
    }
}

impl JsonSchema for Step {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Step".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": ["number", "string"] })
    }
}

impl Raw for RawMask {
    fn read(node: &Node<'_>, problems: &mut Problems) -> Option<Self> {
        match node.value {
            DeValue::String(_) => RawMaskWord::read(node, problems).map(RawMask::Word),
            DeValue::Table(_) => {
                RawMaskShape::read(node, problems).map(|shape| RawMask::Shaped(Box::new(shape)))
            }
            DeValue::Integer(_)
            | DeValue::Float(_)
            | DeValue::Boolean(_)
            | DeValue::Datetime(_)
            | DeValue::Array(_) => {
                node.expected("the name of a mask, or a table", problems);
                None
            }
        }
    }
}

impl JsonSchema for RawMask {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Mask".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let word = generator.subschema_for::<RawMaskWord>();
        let shape = generator.subschema_for::<RawMaskShape>();
        json_schema!({ "anyOf": [word, shape] })
    }
}
