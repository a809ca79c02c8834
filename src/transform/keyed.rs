//! `Key (columns)=(values)` in a DETAIL, whatever the language around it.

use crate::policy::{Protected, Storage};
use crate::value::{Fold, Kind, simple_case};

/// Where the columns of a key stand in a text.
pub(super) struct Keyed {
    /// Behind the parenthesis that opens the columns.
    start: usize,
    /// Each as the server writes it.
    columns: Vec<String>,
    /// At the parenthesis that closes them.
    end: usize,
}

/// How the server writes the tag's function in an index's columns, by the search path.
const TAGS: &[&str] = &["sealwire.ci(", "ci("];

impl Keyed {
    /// Finds the columns; `None` where the text is of another kind.
    pub(super) fn read(text: &[u8]) -> Option<Keyed> {
        let text = std::str::from_utf8(text).ok()?;
        let start = text.find('(')? + 1;
        let end = text.find(")=(")?;
        let columns = split(text.get(start..end)?);
        Some(Keyed {
            start,
            columns,
            end,
        })
    }

    /// The columns that are meant, of those that it may be; an expression means any of them.
    pub(super) fn columns<'p>(&self, of: &[&'p Protected]) -> Vec<&'p Protected> {
        let named = |own: &str| -> Option<String> {
            let inner = TAGS
                .iter()
                .find_map(|tag| own.strip_prefix(tag)?.strip_suffix(')'))
                .unwrap_or(own);
            match inner.strip_prefix('"') {
                Some(rest) => Some(rest.strip_suffix('"')?.replace("\"\"", "\"")),
                None => inner
                    .chars()
                    .all(|c| c.is_alphanumeric() || c == '_' || c == '$')
                    .then(|| inner.to_owned()),
            }
        };
        let names: Option<Vec<String>> = self.columns.iter().map(|own| named(own)).collect();
        match names {
            Some(names) => of
                .iter()
                .copied()
                .filter(|column| names.contains(&column.column))
                .collect(),
            None => of.to_vec(),
        }
    }

    /// Whether a tag is among them.
    pub(super) fn is_tagged(&self) -> bool {
        let mut columns = self.columns.iter();
        columns.any(|own| TAGS.iter().any(|tag| own.starts_with(tag)))
    }

    /// The text as it would be of the index that the application declared (`was`): its expression for the tag's, and
    /// its value for the tag. `value` is the value that has the tag.
    pub(super) fn untagged(
        &self,
        text: &[u8],
        columns: &[&Protected],
        was: &str,
        value: impl Fn(&Protected, &[u8]) -> Option<Vec<u8>>,
    ) -> Option<Vec<u8>> {
        let mut shown = Vec::new();
        let mut values = String::from_utf8(text.get(self.end..)?.to_vec()).ok()?;
        for own in &self.columns {
            let Some(name) = TAGS
                .iter()
                .find_map(|tag| own.strip_prefix(tag)?.strip_suffix(')'))
            else {
                shown.push(own.clone());
                continue;
            };
            let mut tagged = columns
                .iter()
                .filter(|column| name.trim_matches('"').replace("\"\"", "\"") == column.column);
            let (Some(column), None) = (tagged.next(), tagged.next()) else {
                return None;
            };
            let cast = match column.declared.kind {
                Kind::Varchar { .. } | Kind::Char { .. } => "::text",
                _ => "",
            };
            shown.push(match was {
                "lower" | "upper" => format!("{was}({name}{cast})"),
                _ => name.to_owned(),
            });
            let (at, tag) = first_tag(&values)?;
            let found = value(column, &tag)?;
            let found = folded(column, was, std::str::from_utf8(&found).ok()?)?;
            values.replace_range(at..at + TAG, &found);
        }
        let mut out = text.get(..self.start)?.to_vec();
        out.extend_from_slice(shown.join(", ").as_bytes());
        out.extend_from_slice(values.as_bytes());
        Some(out)
    }
}

/// Characters of a tag in hexadecimal.
const TAG: usize = 2 + 2 * crate::seal::TAG_LEN;

fn first_tag(values: &str) -> Option<(usize, Vec<u8>)> {
    let mut places = values.match_indices("\\x").map(|(at, _)| at);
    places.find_map(|at| {
        let text = values.get(at..at + TAG)?;
        let more = values.get(at + TAG..)?.chars().next();
        let mut tag = Vec::new();
        super::bytea::decode(text.as_bytes(), &mut tag)?;
        more.is_none_or(|c| !c.is_ascii_hexdigit())
            .then_some((at, tag))
    })
}

/// The value under the function that the index was on.
fn folded(column: &Protected, was: &str, value: &str) -> Option<String> {
    let fold = match &column.storage {
        Storage::Sealed(spec) => spec.ci?,
        Storage::MaskedOnly | Storage::NotYetSealed | Storage::RuleMissing => return None,
    };
    let ascii = fold == Fold::Ascii;
    match was {
        "lower" if ascii => Some(value.to_ascii_lowercase()),
        "upper" if ascii => Some(value.to_ascii_uppercase()),
        "lower" => Some(value.chars().map(|c| simple_case(c).0).collect()),
        "upper" => Some(value.chars().map(|c| simple_case(c).1).collect()),
        _ => Some(value.to_owned()),
    }
}

/// The columns of a list, apart at commas that are in no parentheses and no quotes.
fn split(list: &str) -> Vec<String> {
    let mut parts = Vec::new();
    let (mut depth, mut quoted, mut part) = (0_i32, false, String::new());
    for c in list.chars() {
        match c {
            '"' => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted => depth -= 1,
            _ => {}
        }
        if c == ',' && depth == 0 && !quoted {
            parts.push(std::mem::take(&mut part));
        } else {
            part.push(c);
        }
    }
    parts.push(part);
    parts
        .into_iter()
        .map(|part| part.trim().to_owned())
        .collect()
}
