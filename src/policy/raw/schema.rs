//! JSON Schemas of the rule files, for editors.

use super::file::RawFile;

/// File name and text of each schema in `rules/schema/`.
pub fn schemas() -> Vec<(&'static str, String)> {
    let schema = schemars::generate::SchemaSettings::draft07()
        .into_generator()
        .into_root_schema_for::<RawFile>();
    // A schema is a JSON value: writing it cannot fail, and an empty text fails the test.
    let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text.push('\n');
    vec![("rules.json", text)]
}
