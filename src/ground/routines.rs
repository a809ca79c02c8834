//! Which relations a routine may reach, judged by its text. What cannot be read counts as reaching
//! everything (`None`).

use std::collections::{BTreeSet, HashMap, HashSet};

use super::words::identifiers;

/// A routine as the catalog has it.
#[derive(Clone)]
pub(crate) struct Source {
    /// Name without schema.
    pub(crate) name: String,
    /// `pg_language.lanname`.
    pub(crate) language: String,
    /// `provolatile = 'i'`.
    pub(crate) immutable: bool,
    /// The extension it belongs to.
    pub(crate) extension: Option<String>,
    /// Body; for an aggregate the names of the functions it is made of.
    pub(crate) text: String,
}

/// Extensions whose functions compute and read no tables.
const COMPUTING: &[&str] = &[
    "btree_gin",
    "btree_gist",
    "citext",
    "cube",
    "earthdistance",
    "fuzzystrmatch",
    "hstore",
    "intarray",
    "isn",
    "ltree",
    "pg_trgm",
    "pgcrypto",
    "seg",
    "unaccent",
    "uuid-ossp",
];

/// Functions of the server that run or read what a text argument names.
const RUN_TEXT: &[&str] = &[
    "query_to_xml",
    "query_to_xmlschema",
    "query_to_xml_and_xmlschema",
    "cursor_to_xml",
    "cursor_to_xmlschema",
    "table_to_xml",
    "table_to_xmlschema",
    "table_to_xml_and_xmlschema",
    "schema_to_xml",
    "schema_to_xmlschema",
    "schema_to_xml_and_xmlschema",
    "database_to_xml",
    "database_to_xmlschema",
    "database_to_xml_and_xmlschema",
    "ts_stat",
    "ts_rewrite",
    "pg_read_file",
    "pg_read_binary_file",
    "pg_logical_slot_get_changes",
    "pg_logical_slot_peek_changes",
    "pg_logical_slot_get_binary_changes",
    "pg_logical_slot_peek_binary_changes",
    "lo_get",
    "lo_export",
    "loread",
];

/// What each routine name reaches, over all its overloads and through the routines that it calls.
/// Names that reach nothing are left out. `relations` maps a relation's name to the oids that have it.
pub(crate) fn reach(
    sources: &[Source],
    relations: &HashMap<&str, Vec<u32>>,
) -> Vec<(String, Option<Vec<u32>>)> {
    let mut known: HashMap<&str, Option<BTreeSet<u32>>> = HashMap::new();
    let mut calls: HashMap<&str, HashSet<String>> = HashMap::new();
    for source in sources {
        let (direct, words) = direct(source, relations);
        let entry = known
            .entry(&source.name)
            .or_insert_with(|| Some(BTreeSet::new()));
        merge(entry, direct);
        calls.entry(&source.name).or_default().extend(words);
    }
    // To the fixed point: each round can only add.
    loop {
        let mut changed = false;
        for (name, words) in &calls {
            let mut sum = known.get(name).cloned().unwrap_or(None);
            let before = sum.clone();
            for word in words {
                if let Some(callee) = known.get(word.as_str()) {
                    merge(&mut sum, callee.clone());
                }
            }
            if sum != before {
                known.insert(name, sum);
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
    let mut reached: Vec<(String, Option<Vec<u32>>)> = known
        .into_iter()
        .filter(|(_, oids)| oids.as_ref().is_none_or(|oids| !oids.is_empty()))
        .map(|(name, oids)| (name.to_owned(), oids.map(|oids| oids.into_iter().collect())))
        .collect();
    reached.sort();
    reached
}

fn direct(
    source: &Source,
    relations: &HashMap<&str, Vec<u32>>,
) -> (Option<BTreeSet<u32>>, HashSet<String>) {
    let readable = match source.language.as_str() {
        "sql" | "plpgsql" => true,
        // Only a superuser makes these; one that calls itself immutable is taken at its word.
        "c" | "internal" => {
            let harmless = source.immutable
                || source
                    .extension
                    .as_deref()
                    .is_some_and(|name| COMPUTING.contains(&name));
            let reach = harmless.then(BTreeSet::new);
            // An aggregate is "internal" and its text names the functions it is made of.
            return (reach, identifiers(&source.text));
        }
        _ => false,
    };
    if !readable {
        return (None, HashSet::new());
    }
    let words = identifiers(&source.text);
    let dynamic = (source.language == "plpgsql" && words.contains("execute"))
        // A cursor that is not its own can be one of the session over anything.
        || (words.contains("fetch") && (words.contains("refcursor") || !words.contains("cursor")))
        || RUN_TEXT.iter().any(|name| words.contains(*name))
        || words.iter().any(|word| word.starts_with("dblink"))
        // `U&"…"` spells a name otherwise.
        || source.text.to_ascii_lowercase().contains("u&\"");
    if dynamic {
        return (None, words);
    }
    let oids = words
        .iter()
        .filter_map(|word| relations.get(word.as_str()))
        .flatten()
        .copied()
        .collect();
    (Some(oids), words)
}

fn merge(into: &mut Option<BTreeSet<u32>>, other: Option<BTreeSet<u32>>) {
    match (into.as_mut(), other) {
        (Some(into), Some(other)) => into.extend(other),
        (Some(_), None) => *into = None,
        (None, _) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(name: &str, language: &str, text: &str) -> Source {
        Source {
            name: name.into(),
            language: language.into(),
            immutable: false,
            extension: None,
            text: text.into(),
        }
    }

    #[test]
    fn reach_follows_calls_and_what_is_opaque_reaches_everything() {
        let relations = HashMap::from([("customers", vec![7]), ("orders", vec![8, 9])]);
        let sources = [
            source("a", "sql", "select count(*) from customers"),
            source("b", "plpgsql", "begin perform a(); delete from orders; end"),
            source("c", "plpgsql", "begin execute 'select 1'; end"),
            source("d", "sql", "select c()"),
            source("e", "plpython3u", "pass"),
            source("f", "sql", "select 1"),
            source("g", "plpgsql", "-- execute\nbegin return 'execute'; end"),
            source("h", "sql", "select 1 from U&\"\\0063ustomers\""),
            source(
                "i",
                "plpgsql",
                "declare c refcursor := 'p'; begin fetch c into r; end",
            ),
            source(
                "j",
                "plpgsql",
                "declare own cursor for select 1; begin fetch own into r; end",
            ),
        ];
        assert_eq!(
            reach(&sources, &relations),
            [
                ("a".to_owned(), Some(vec![7])),
                ("b".to_owned(), Some(vec![7, 8, 9])),
                ("c".to_owned(), None),
                ("d".to_owned(), None),
                ("e".to_owned(), None),
                ("h".to_owned(), None),
                ("i".to_owned(), None),
            ]
        );
    }
}
