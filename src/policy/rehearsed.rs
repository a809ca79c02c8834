//! The rules for a rehearsal on another server: what they say of tables, classes, routines and roles, without where a proxy listens,
//! what is behind it and who holds its key.

use std::path::Path;

use toml::{Table, Value};

use super::folder;

/// Sections that stay as they are.
const KEPT: [&str; 6] = ["limits", "facade", "classes", "tables", "routines", "roles"];

/// The files of a rules folder, by name. Nothing in them only observes: values are to be opened.
///
/// # Errors
/// Where the folder cannot be read, or a file is no TOML.
pub fn rehearsed(dir: &Path) -> std::io::Result<Vec<(String, String)>> {
    let wrong = |name: &str| std::io::Error::other(format!("{name} is not valid TOML"));
    let mut files = Vec::new();
    for (name, text) in folder::read(dir)? {
        let mut whole: Table = text.parse().map_err(|_| wrong(&name))?;
        whole.retain(|section, _| KEPT.contains(&section));
        if let Some(Value::Table(tables)) = whole.get_mut("tables") {
            for (_, table) in tables.iter_mut() {
                if let Value::Table(table) = table {
                    table.remove("mode");
                }
            }
        }
        let text = toml::to_string(&whole).map_err(|_| wrong(&name))?;
        files.push((name, text));
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn what_is_said_of_the_place_stays_behind() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(
            folder.path().join("a.toml"),
            r#"mode = "observe"
               [listen]
               address = "10.0.0.1:1"
               [keys]
               provider = "vault"
               [tables."public.people"]
               mode = "observe"
               [tables."public.people".columns]
               email = { seal = {} }
               [[roles.reader.grants]]
               tables = ["*"]
               level = "access""#,
        )
        .unwrap();
        let files = rehearsed(folder.path()).unwrap();
        let text = &files.first().unwrap().1;
        for gone in ["observe", "listen", "vault"] {
            assert!(!text.contains(gone), "{text}");
        }
        for kept in ["email", "reader", "access"] {
            assert!(text.contains(kept), "{text}");
        }
    }
}
