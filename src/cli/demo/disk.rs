//! What the table's files hold: the files are read and searched for every value.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use aho_corasick::AhoCorasick;
use tokio_postgres::Client;

use super::customers::Customer;
use crate::cli::Failure;

/// How many of the customers' values were found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Found {
    pub(super) emails: usize,
    pub(super) ssns: usize,
    pub(super) notes: usize,
}

impl Found {
    pub(super) fn total(self) -> usize {
        self.emails + self.ssns + self.notes
    }
}

/// The files of a table: heap, TOAST and indexes, with their further segments and forks.
pub(super) async fn table_files(
    client: &Client,
    data_dir: &Path,
    table: &str,
) -> Result<Vec<PathBuf>, Failure> {
    // What is in memory only would not be found.
    client.batch_execute("checkpoint").await?;
    let rows = client
        .query(
            "with t as (select oid, reltoastrelid from pg_class where oid = $1::text::regclass),
                  all_of_it as (
                      select oid from t
                      union select reltoastrelid from t
                      union select indexrelid from pg_index, t where indrelid in (t.oid, t.reltoastrelid))
             select pg_relation_filepath(oid) from all_of_it where oid <> 0",
            &[&table],
        )
        .await?;
    let mut files = Vec::new();
    for row in rows {
        let Some(path) = row.try_get::<_, Option<String>>(0)? else {
            continue;
        };
        let path = data_dir.join(path);
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        for entry in std::fs::read_dir(path.parent().unwrap_or(data_dir))? {
            let entry = entry?;
            let other = entry.file_name().to_string_lossy().into_owned();
            // 16385, 16385.1, 16385_fsm
            let same = other
                .strip_prefix(&name)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '_']));
            if same {
                files.push(entry.path());
            }
        }
    }
    Ok(files)
}

/// The write-ahead log.
pub(super) fn wal_files(data_dir: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(data_dir.join("pg_wal"))? {
        let path = entry?.path();
        if path.is_file() {
            files.push(path);
        }
    }
    Ok(files)
}

/// Searches the files for every customer's values; each value counts once.
pub(super) fn search(files: &[PathBuf], customers: &[Customer]) -> Result<Found, Failure> {
    let patterns: Vec<&str> = customers
        .iter()
        .flat_map(|c| [&*c.email, &*c.ssn, &*c.notes])
        .collect();
    let automaton = AhoCorasick::new(&patterns).map_err(Failure::because)?;
    let mut seen = HashSet::new();
    for file in files {
        let bytes = std::fs::read(file)?;
        for hit in automaton.find_overlapping_iter(&bytes) {
            seen.insert(hit.pattern().as_usize());
        }
    }
    let of_kind = |kind: usize| seen.iter().filter(|at| *at % 3 == kind).count();
    Ok(Found {
        emails: of_kind(0),
        ssns: of_kind(1),
        notes: of_kind(2),
    })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
    use super::*;
    use crate::cli::demo::customers::customers;

    #[test]
    fn finds_what_is_there_and_nothing_else() {
        let people = customers(20);
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("16385");
        let text = format!("\0\0{}\0x{}\0", people[3].email, people[4].notes);
        std::fs::write(&file, text).unwrap();
        let found = search(&[file], &people).unwrap();
        let expected = Found {
            emails: 1,
            ssns: 0,
            notes: 1,
        };
        assert_eq!(found, expected);
    }
}
