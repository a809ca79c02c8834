//! Enums. Canonical: the label, so that sort positions may differ between databases.

use super::{EnumLabels, ValueError};

/// The label, if the type has it. Labels are compared byte for byte.
pub(super) fn read_text(text: &str, labels: &EnumLabels) -> Result<Vec<u8>, ValueError> {
    if labels.labels.iter().any(|label| label == text) {
        Ok(text.as_bytes().to_vec())
    } else {
        Err(ValueError::new(
            "22P02",
            format!("invalid input value for enum {}", labels.name),
        ))
    }
}

/// The place of a label in the type's order.
pub(super) fn place(label: &[u8], labels: &EnumLabels) -> Result<usize, ValueError> {
    let mut all = labels.labels.iter();
    all.position(|own| own.as_bytes() == label)
        .ok_or_else(|| ValueError::damaged(&labels.name))
}
