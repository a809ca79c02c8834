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
