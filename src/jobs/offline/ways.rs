//! How each sealed column of a dump is opened: its registry entry, found by names, by its partition's parent, or by the key domain that
//! its envelopes name; and the cipher of that.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use super::found::Found;
use super::statement::Qualified;
use crate::catalog::{quote_ident, split_qualified};
use crate::ground::stored::StoredColumn;
use crate::jobs::JobError;
use crate::keys::Keyring;
use crate::seal::{ColumnCipher, OpenError, SealSpec, SubjectError, SubjectId, subject_id};
use crate::transform::bytea;
use crate::value::{DeclaredType, Kind, Settings};

/// A sealed column.
pub(super) struct Way {
    /// `schema.table.column`, as the dump has it.
    pub(super) column: String,
    /// Type and collation, as SQL.
    pub(super) type_sql: String,
    pub(super) default_sql: Option<String>,
    pub(super) domain: u32,
    declared: DeclaredType,
    cipher: Arc<ColumnCipher>,
}

/// All of them.
#[derive(Default)]
pub(super) struct Ways {
    known: HashMap<(Qualified, String), Way>,
    /// Sealed columns of which the registry says nothing.
    unknown: HashSet<(Qualified, String)>,
}

/// Why a value does not open.
pub(super) enum Closed {
    /// The key of its data subject is gone.
    Gone(SubjectId),
    /// Anything else, without the value.
    Damaged(String),
}

/// What becomes of a column's values.
pub(super) enum Fate<'a> {
    Plain,
    Open(&'a Way),
    /// Sealed, and nothing is known of it.
    Unknown,
}

impl Ways {
    pub(super) fn of(&self, table: &Qualified, column: &str) -> Fate<'_> {
        let place = (table.clone(), column.to_owned());
        match self.known.get(&place) {
            Some(way) => Fate::Open(way),
            None if self.unknown.contains(&place) => Fate::Unknown,
            None => Fate::Plain,
        }
    }

    /// Whether any column of the table is sealed.
    pub(super) fn touches(&self, table: &Qualified) -> bool {
        let mut places = self.known.keys().chain(&self.unknown);
        places.any(|(own, _)| own == table)
    }
}

/// Decides for every column.
///
/// # Errors
/// Where a type is not known, or a key is not to be had.
pub(super) fn ways(found: &Found, keyring: &Keyring) -> Result<Ways, JobError> {
    let mut entries: BTreeMap<(String, String, String), StoredColumn> = BTreeMap::new();
    let rows = found.stored.columns.iter().cloned();
    for mut row in rows.chain(found.stored.entered(keyring)) {
        let place = (
            row.schema.clone(),
            row.table_name.clone(),
            row.column.clone(),
        );
        row.inherit(entries.get(&place));
        entries.insert(place, row);
    }
    let entry = |table: &Qualified, column: &str| {
        entries.get(&(table.0.clone(), table.1.clone(), column.to_owned()))
    };
    let mut ways = Ways::default();
    for (table, shapes) in &found.tables {
        for shape in shapes.iter().filter(|shape| shape.sealed) {
            let place = (table.clone(), shape.name.clone());
            let mut named = entry(table, &shape.name);
            let (mut at, mut steps) = (table, 0);
            while let (None, Some(parent)) = (named, found.parents.get(at)) {
                named = entry(parent, &shape.name);
                (at, steps) = (parent, steps + 1);
                if steps > found.parents.len() {
                    break;
                }
            }
            let by_domain = || {
                let domain = *found.domains.get(&place)?;
                alike(entries.values(), domain)
            };
            match named.filter(|row| row.seal.is_some()).or_else(by_domain) {
                Some(row) => {
                    let way = Way::new(table, &shape.name, row, found, keyring)?;
                    ways.known.extend(way.map(|way| (place, way)));
                }
                None => {
                    ways.unknown.insert(place);
                }
            }
        }
    }
    // A dump of rows alone: the registry's names are all there is.
    for row in entries.values() {
        let table = (row.schema.clone(), row.table_name.clone());
        if !found.tables.contains_key(&table) {
            let way = Way::new(&table, &row.column, row, found, keyring)?;
            let place = (table, row.column.clone());
            ways.known.extend(way.map(|way| (place, way)));
        }
    }
    Ok(ways)
}

/// The entry of a key domain, where all of its entries are alike: a column that was renamed.
fn alike<'a>(
    entries: impl Iterator<Item = &'a StoredColumn>,
    domain: u32,
) -> Option<&'a StoredColumn> {
    let mut of_domain =
        entries.filter(|row| row.seal.as_ref().is_some_and(|spec| spec.domain == domain));
    let first = of_domain.next()?;
    of_domain
        .all(|row| row.seal == first.seal && row.declared == first.declared)
        .then_some(first)
}

impl Way {
    /// `None`: it is masked only.
    fn new(
        table: &Qualified,
        column: &str,
        row: &StoredColumn,
        found: &Found,
        keyring: &Keyring,
    ) -> Result<Option<Self>, JobError> {
        let Some(spec) = &row.seal else {
            return Ok(None);
        };
        let column = format!("{}.{}.{column}", table.0, table.1);
        let declared = declared(row, spec, found).ok_or_else(|| {
            JobError::Nothing(format!(
                "{column}: its type {} is not in the dump",
                row.declared
            ))
        })?;
        let mut type_sql = type_sql(&row.declared, found);
        if let Some(collation) = &row.collation {
            type_sql.push_str(" COLLATE ");
            type_sql.push_str(collation);
        }
        Ok(Some(Way {
            type_sql,
            default_sql: row.default_sql.clone(),
            domain: spec.domain,
            cipher: keyring.cipher(spec)?,
            declared,
            column,
        }))
    }

    /// The text of a sealed value, from the text of its envelope; appended to `out`.
    ///
    /// # Errors
    /// Why not, without the value.
    pub(super) fn open(&self, envelope: &[u8], out: &mut Vec<u8>) -> Result<(), Closed> {
        let mut bytes = Vec::new();
        let damaged = |reason: &dyn std::fmt::Display| Closed::Damaged(reason.to_string());
        bytea::decode(envelope, &mut bytes).ok_or_else(|| damaged(&"it is not bytea"))?;
        let gone = |error: &OpenError| {
            let gone = matches!(
                error,
                OpenError::Subject(SubjectError::Erased | SubjectError::Unknown)
            );
            gone.then(|| subject_id(&bytes)).flatten()
        };
        let value = self
            .cipher
            .open(&bytes)
            .map_err(|error| match gone(&error) {
                Some(key) => Closed::Gone(key),
                None => damaged(&error),
            })?;
        self.declared
            .to_text(&value, &Settings::default(), out)
            .map_err(|_| {
                damaged(&format_args!(
                    "it is no value of type {}",
                    self.declared.name()
                ))
            })
    }
}

/// A value's text as a constant of INSERT, as pg_dump writes it (`dumpTableData_insert`).
pub(super) fn constant(way: &Way, text: &str) -> String {
    let number = matches!(
        way.declared.kind,
        Kind::Int2 | Kind::Int4 | Kind::Int8 | Kind::Float4 | Kind::Float8 | Kind::Numeric { .. }
    );
    let bare = |c: char| c.is_ascii_digit() || " +-eE.".contains(c);
    match (&way.declared.kind, text) {
        (Kind::Bool, "t") => "true".to_owned(),
        (Kind::Bool, "f") => "false".to_owned(),
        _ if number && text.chars().all(bare) => text.to_owned(),
        _ => format!("'{}'", text.replace('\'', "''")),
    }
}

/// The declared type, of the family that the envelopes are bound to.
fn declared(row: &StoredColumn, spec: &SealSpec, found: &Found) -> Option<DeclaredType> {
    Some(row.declared(&found.snapshot)).filter(|declared| declared.family() == spec.family)
}

/// A type with its schema: dumps have an empty search path.
fn type_sql(declared: &str, found: &Found) -> String {
    if DeclaredType::parse_name(declared).is_some() {
        return declared.to_owned();
    }
    let (own, array) = match declared.strip_suffix("[]") {
        Some(own) => (own, "[]"),
        None => (declared, ""),
    };
    let Some((None, name)) = split_qualified(own) else {
        return declared.to_owned();
    };
    let mut types = found.snapshot.types.values();
    match types.find(|info| info.name == name) {
        Some(info) => format!(
            "{}.{}{array}",
            quote_ident(&info.schema),
            quote_ident(&name)
        ),
        None => declared.to_owned(),
    }
}
