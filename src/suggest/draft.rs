//! Suggestions as rule files: commented TOML that people edit.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::judge::Suggestion;
use super::kind::Kind;

/// Classes and tables for these suggestions. Tables in `taken` stand in other rule files already: for them the lines
/// are written as comments, to be put there.
pub fn draft(
    database: &str,
    suggestions: &[Suggestion],
    taken: &BTreeSet<(String, String)>,
    class_prefix: &str,
) -> String {
    let mut out = String::from("#:schema schema/rules.json\n");
    // Writing to a String cannot fail.
    let _ = writeln!(
        out,
        "# A draft of `sealwire suggest` for database {}: read every line, change it, then `sealwire check`.\n\
         # Reasons are names, types, counts and ratios of a sample; no value stands here.",
        shown(database)
    );
    let classes = classes(suggestions);
    if !classes.is_empty() {
        out.push_str("\n# Decided once for many columns.\n");
    }
    for (kind, body) in &classes {
        let _ = writeln!(
            out,
            "[classes.{class_prefix}{}]           # {}\n{}\n",
            kind.class(),
            kind.words(),
            lines(body)
        );
    }
    let mut tables: BTreeMap<(&str, &str), Vec<&Suggestion>> = BTreeMap::new();
    for one in suggestions {
        let key = (one.facts.schema.as_str(), one.facts.table.as_str());
        tables.entry(key).or_default().push(one);
    }
    for ((schema, table), columns) in tables {
        let elsewhere = taken.contains(&(schema.to_owned(), table.to_owned()));
        let mut section = format!(
            "[tables.{}.columns]\n",
            quoted(&format!("{schema}.{table}"))
        );
        for one in columns {
            let _ = writeln!(
                section,
                "# {} confidence: {}",
                one.confidence.word(),
                shown(&one.reason)
            );
            for remark in &one.remarks {
                let _ = writeln!(section, "#   {}", shown(remark));
            }
            let body = body(one);
            let of_class = classes.get(&one.kind) == Some(&body);
            let rule = if of_class {
                format!("\"{class_prefix}{}\"", one.kind.class())
            } else {
                format!("{{ {} }}", body.join(", "))
            };
            let _ = writeln!(section, "{} = {rule}", key(&one.facts.column));
        }
        if elsewhere {
            out.push_str(
                "# This table has rules already: put these lines into its section there.\n",
            );
            for line in section.lines() {
                let _ = writeln!(out, "# {line}");
            }
        } else {
            out.push_str(&section);
        }
        out.push('\n');
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

/// The settings that a rules folder needs beside classes and tables, for a server at this address.
pub fn skeleton(host: &str, port: u16) -> String {
    let host = if host.contains(':') {
        format!("[{host}]")
    } else {
        host.to_owned()
    };
    format!(
        "#:schema schema/rules.json\n\
         # Watch first: plan everything, change nothing, refuse nothing. Later: \"enforce\".\n\
         mode = \"observe\"\n\n\
         [upstream]\n\
         address = {}\n\
         [upstream.service]                 # create role sealwire login\n\
         user = \"sealwire\"\n\n\
         [keys]\n\
         provider = \"file\"\n\
         path = \"../keys/root.key\"          # outside this folder: rules go to version control\n\n\
         # Who may see what. Who has no role sees masks.\n\
         # [roles.app]\n\
         # members = [\"pg:app\"]\n\
         # [[roles.app.grants]]\n\
         # tables = [\"*\"]\n\
         # level = \"access-and-modify\"\n\
         # reveal = [\"*\"]\n",
        quoted(&format!("{host}:{port}"))
    )
}

/// What most columns of a kind are given, where several are.
fn classes(suggestions: &[Suggestion]) -> BTreeMap<Kind, Vec<String>> {
    let mut bodies: BTreeMap<Kind, BTreeMap<Vec<String>, usize>> = BTreeMap::new();
    for one in suggestions.iter().filter(|one| one.domain.is_none()) {
        let of_kind = bodies.entry(one.kind).or_default();
        *of_kind.entry(body(one)).or_default() += 1;
    }
    bodies
        .into_iter()
        .filter_map(|(kind, bodies)| {
            let most = bodies.into_iter().max_by_key(|(_, count)| *count)?;
            Some((kind, most.0))
        })
        .collect()
}

fn body(one: &Suggestion) -> Vec<String> {
    let domain = one
        .domain
        .as_ref()
        .map(|domain| format!(", domain = {}", quoted(domain)))
        .unwrap_or_default();
    let search: Vec<&str> = [
        (one.equality, "\"equality\""),
        (one.insensitive, "\"equality-ci\""),
    ]
    .into_iter()
    .filter_map(|(wanted, word)| wanted.then_some(word))
    .collect();
    let seal = if !search.is_empty() {
        format!("seal = {{ search = [{}]{domain} }}", search.join(", "))
    } else if one.kind == Kind::FreeText {
        "seal = { pad = 64 }".to_owned()
    } else {
        "seal = {}".to_owned()
    };
    let mask = one
        .mask
        .map(|mask| format!("masks = {{ partial = {mask} }}"));
    std::iter::once(seal).chain(mask).collect()
}

fn lines(body: &[String]) -> String {
    body.join("\n")
}

fn key(name: &str) -> String {
    let bare = !name.is_empty()
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
    if bare { name.to_owned() } else { quoted(name) }
}

/// A basic string of TOML.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A name within a comment: a line break in it would end the comment.
fn shown(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { '?' } else { c })
        .collect()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use proptest::prelude::*;

    use super::*;
    use crate::suggest::{ColumnFacts, Tally, suggest};
    use crate::value::DeclaredType;

    fn facts(table: String, column: String) -> ColumnFacts {
        ColumnFacts {
            schema: "public".to_owned(),
            table,
            column,
            declared: DeclaredType::parse_name("text"),
            unique: false,
            indexed: true,
            folded: false,
            keyed: false,
            has_default: true,
            readable: true,
        }
    }

    proptest! {
        /// Whatever a column holds, no value of it stands in what is written.
        #[test]
        fn no_value_is_in_a_draft(values in proptest::collection::vec("[a-z]{12}(@[a-z]{9}\\.com)?|[0-9]{9,16}|\\PC{12}", 1..60)) {
            let mut tally = Tally::default();
            for value in &values {
                tally.add(value);
            }
            for column in ["email", "c7", "card_number", "password"] {
                let found: Vec<_> = suggest(&facts("t".to_owned(), column.to_owned()), &tally).into_iter().collect();
                let text = draft("shop", &found, &BTreeSet::new(), "");
                for value in &values {
                    prop_assert!(!text.contains(value), "{text}");
                }
                let shown = format!("{:?}{:?}", found, tally);
                prop_assert!(!shown.contains(values.first().map_or("", String::as_str)));
            }
        }

        /// Whatever a database calls its tables and columns, the draft is what it seems to be.
        #[test]
        fn any_name_can_stand_in_a_draft(table in "[^.*\u{0}]{1,20}", column in "[^\u{0}]{1,20}") {
            let mut tally = Tally::default();
            for n in 0..30 {
                tally.add(&format!("p{n}@example.com"));
            }
            let found: Vec<_> = suggest(&facts(table.clone(), column.clone()), &tally).into_iter().collect();
            prop_assert_eq!(found.len(), 1);
            for taken in [BTreeSet::new(), BTreeSet::from([("public".to_owned(), table)])] {
                let text = draft("shop", &found, &taken, "draft-");
                let read: toml::Table = toml::from_str(&text).unwrap();
                prop_assert_eq!(read.contains_key("tables"), taken.is_empty());
                if taken.is_empty() {
                    let section = read.get("tables").and_then(|tables| tables.as_table()?.values().next()?.get("columns"));
                    let has = section.and_then(|columns| Some(columns.as_table()?.contains_key(&column)));
                    prop_assert_eq!(has, Some(true));
                }
            }
        }
    }
}
