//! Schema `sealwire` as its rows hold it: settings, wrapped keysets, the registry of protected
//! columns and the seal over it. The seal is a MAC under a keyset key over every row and a counter, so
//! that an edited, added or deleted row is noticed; whoever can write the tables but has no key cannot
//! make another.

use std::collections::{BTreeMap, BTreeSet};

use tokio_postgres::{Error, Row, Transaction};

use super::erasures::{self, RecordRow};
use super::subjects;
use crate::catalog::{Entry, Registered, Snapshot};
use crate::keys::{DatabaseIdentity, Keyring, WrappedKeyset};
use crate::seal::{Layout, Scheme, SealSpec};
use crate::value::{DeclaredType, EnumLabels, Kind};

/// Version of the tables in schema `sealwire`.
pub const FORMAT: &str = "1";

/// All rows of schema `sealwire`, not yet verified.
#[derive(Debug, Clone, Default)]
pub struct Stored {
    /// Oid of this database, to tell a restored or copied one.
    pub database_oid: u32,
    /// Which server it is on; `None`: it does not say, or a dump was read.
    pub system: Option<String>,
    /// `environment`, hexadecimal.
    pub environment: String,
    /// `format`.
    pub format: String,
    /// `counter`: grows with every change of the registry.
    pub counter: u64,
    /// `seal`, hexadecimal.
    pub seal: String,
    /// `announced`: slots and epochs that nothing is sealed under yet (`0:2 3:5`).
    pub announced: String,
    /// Wrapped keysets by slot and epoch.
    pub keysets: Vec<Vec<u8>>,
    /// The registry, by id.
    pub columns: Vec<StoredColumn>,
    /// Entries of `subject_records` that say a data subject was erased: body and MAC, hexadecimal.
    pub(crate) erasures: Vec<RecordRow>,
    /// Entries that definitions through the proxy made, by id, each with its own MAC.
    pub journal: Vec<JournalRow>,
}

/// An entry of the journal, not yet verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalRow {
    /// Row id.
    pub id: i64,
    /// Oid of the database the row was written in.
    pub database_oid: u32,
    /// `pg_class.oid` then.
    pub table: u32,
    /// `pg_attribute.attnum` then.
    pub attnum: i16,
    /// The entry.
    pub body: String,
    /// Its MAC, hexadecimal.
    pub seal: String,
}

/// One row of the registry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredColumn {
    /// Row id.
    pub id: i64,
    /// Oid of the database the row was written in.
    pub database_oid: u32,
    /// `pg_class.oid` then.
    pub table: u32,
    /// `pg_attribute.attnum` then.
    pub attnum: i16,
    /// Schema then.
    pub schema: String,
    /// Table then.
    pub table_name: String,
    /// Column then.
    pub column: String,
    /// Declared type, as `format_type` gave it.
    pub declared: String,
    /// Qualified and quoted collation, where it was not the type's own.
    pub collation: Option<String>,
    /// How it is sealed; `None`: masked only.
    pub seal: Option<SealSpec>,
    /// Named key domain.
    pub domain_name: Option<String>,
    /// Constant default in text form.
    pub default: Option<String>,
    /// The same as the SQL expression that it was.
    pub default_sql: Option<String>,
}

const COLUMNS: &str = "
    SELECT id, database_oid, table_oid, attnum, schema_name, table_name, column_name, declared, collation_name,
           scheme, domain_id, slot, epoch, family, pad, domain_name, default_text, default_sql
    FROM sealwire.columns ORDER BY id";

const JOURNAL: &str =
    "SELECT id, database_oid, table_oid, attnum, body, seal FROM sealwire.journal ORDER BY id";

/// Whether `init` has run here.
pub(crate) async fn exists(tx: &Transaction<'_>) -> Result<bool, Error> {
    tx.query_one(
        "SELECT EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
          WHERE n.nspname = 'sealwire' AND c.relname = 'columns')",
        &[],
    )
    .await?
    .try_get(0)
}

/// Reads schema `sealwire`; `None` where it is not there.
///
/// # Errors
/// The server's, such as 42501 where the service user has no grant.
pub async fn read(tx: &Transaction<'_>) -> Result<Option<Stored>, Error> {
    if !exists(tx).await? {
        return Ok(None);
    }
    let identity = subjects::identity(tx).await?;
    let mut stored = Stored {
        database_oid: identity.database,
        system: identity.system,
        ..Stored::default()
    };
    for row in tx
        .query("SELECT name, value FROM sealwire.settings", &[])
        .await?
    {
        let name: &str = row.try_get(0)?;
        let value: String = row.try_get(1)?;
        match name {
            "environment" => stored.environment = value,
            "format" => stored.format = value,
            // An unreadable counter fails the seal.
            "counter" => stored.counter = value.parse().unwrap_or(u64::MAX),
            "seal" => stored.seal = value,
            "announced" => stored.announced = value,
            _ => {}
        }
    }
    for row in tx
        .query(
            "SELECT wrapped FROM sealwire.keysets ORDER BY slot, epoch",
            &[],
        )
        .await?
    {
        stored.keysets.push(row.try_get(0)?);
    }
    for row in tx.query(COLUMNS, &[]).await? {
        stored.columns.push(column(&row)?);
    }
    stored.erasures = erasures::read(tx, true).await?;
    if journal_exists(tx).await? {
        for row in tx.query(JOURNAL, &[]).await? {
            stored.journal.push(JournalRow {
                id: row.try_get(0)?,
                database_oid: row.try_get(1)?,
                table: row.try_get(2)?,
                attnum: row.try_get(3)?,
                body: row.try_get(4)?,
                seal: row.try_get(5)?,
            });
        }
    }
    Ok(Some(stored))
}

/// Whether the schema has a journal that may be read: an `init` of before made none.
pub(crate) async fn journal_exists(tx: &Transaction<'_>) -> Result<bool, Error> {
    tx.query_one(
        "SELECT EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
          WHERE n.nspname = 'sealwire' AND c.relname = 'journal' AND has_table_privilege(c.oid, 'SELECT'))",
        &[],
    )
    .await?
    .try_get(0)
}

fn column(row: &Row) -> Result<StoredColumn, Error> {
    let scheme: Option<&str> = row.try_get(9)?;
    let seal = match scheme {
        None => None,
        Some(scheme) => {
            // Out of range means edited: the value then differs from what was sealed, and the seal fails.
            let number = |at| row.try_get::<_, i64>(at);
            let pad: Option<i64> = row.try_get(14)?;
            let layout = SealSpec::parse_scheme(scheme).unwrap_or(Layout {
                scheme: Scheme::Random,
                ci: None,
                order: None,
                tokens: None,
            });
            Some(SealSpec {
                domain: u32::try_from(number(10)?).unwrap_or(u32::MAX),
                slot: u8::try_from(number(11)?).unwrap_or(u8::MAX),
                epoch: u16::try_from(number(12)?).unwrap_or(u16::MAX),
                scheme: layout.scheme,
                ci: layout.ci,
                order: layout.order,
                tokens: layout.tokens,
                family: u8::try_from(number(13)?).unwrap_or(u8::MAX),
                pad: pad.map(|pad| u32::try_from(pad).unwrap_or(u32::MAX)),
            })
        }
    };
    Ok(StoredColumn {
        id: row.try_get(0)?,
        database_oid: row.try_get(1)?,
        table: row.try_get(2)?,
        attnum: row.try_get(3)?,
        schema: row.try_get(4)?,
        table_name: row.try_get(5)?,
        column: row.try_get(6)?,
        declared: row.try_get(7)?,
        collation: row.try_get(8)?,
        seal,
        domain_name: row.try_get(15)?,
        default: row.try_get(16)?,
        default_sql: row.try_get(17)?,
    })
}

impl Stored {
    /// Which database it was read in.
    pub(crate) fn identity(&self) -> DatabaseIdentity {
        DatabaseIdentity {
            system: self.system.clone(),
            database: self.database_oid,
        }
    }

    /// What the seal is a MAC of.
    pub fn message(&self) -> Vec<u8> {
        let mut out = b"sealwire registry v1".to_vec();
        let mut put = |field: Option<&[u8]>| match field {
            None => out.push(0),
            Some(bytes) => {
                out.push(1);
                out.extend_from_slice(&(bytes.len() as u64).to_be_bytes());
                out.extend_from_slice(bytes);
            }
        };
        put(Some(self.environment.as_bytes()));
        put(Some(self.format.as_bytes()));
        put(Some(&self.counter.to_be_bytes()));
        put(Some(&(self.columns.len() as u64).to_be_bytes()));
        for column in &self.columns {
            put(Some(&column.id.to_be_bytes()));
            put(Some(&column.database_oid.to_be_bytes()));
            put(Some(&column.table.to_be_bytes()));
            put(Some(&column.attnum.to_be_bytes()));
            put(Some(column.schema.as_bytes()));
            put(Some(column.table_name.as_bytes()));
            put(Some(column.column.as_bytes()));
            put(Some(column.declared.as_bytes()));
            put(column.collation.as_deref().map(str::as_bytes));
            match &column.seal {
                None => put(None),
                Some(spec) => {
                    put(Some(spec.scheme_name().as_bytes()));
                    put(Some(&spec.domain.to_be_bytes()));
                    put(Some(&[spec.slot]));
                    put(Some(&spec.epoch.to_be_bytes()));
                    put(Some(&[spec.family]));
                    put(spec
                        .pad
                        .map(u32::to_be_bytes)
                        .as_ref()
                        .map(<[u8; 4]>::as_slice));
                }
            }
            put(column.domain_name.as_deref().map(str::as_bytes));
            put(column.default.as_deref().map(str::as_bytes));
            put(column.default_sql.as_deref().map(str::as_bytes));
        }
        // The one keyset of `init` is proved by the seal itself. Of several, none may be added, taken away or put back.
        if self.keysets.len() > 1 {
            put(Some(b"keysets"));
            let mut known: Vec<Option<(u8, u16, [u8; 16])>> = self
                .keysets
                .iter()
                // What is no keyset is told by whoever unwraps it.
                .map(|bytes| WrappedKeyset::from_bytes(bytes).ok())
                .map(|keyset| keyset.map(|k| (k.info.slot, k.info.epoch, k.info.id.0)))
                .collect();
            known.sort_unstable();
            for keyset in known {
                let Some((slot, epoch, id)) = keyset else {
                    put(None);
                    continue;
                };
                put(Some(&[slot]));
                put(Some(&epoch.to_be_bytes()));
                put(Some(&id));
            }
        }
        if !self.announced.is_empty() {
            put(Some(b"announced"));
            put(Some(self.announced.as_bytes()));
        }
        out
    }

    /// Slots and epochs that are announced, and not yet in use.
    pub fn announced(&self) -> BTreeSet<(u8, u16)> {
        let places = self.announced.split_ascii_whitespace();
        places
            .filter_map(|place| {
                let (slot, epoch) = place.split_once(':')?;
                Some((slot.parse().ok()?, epoch.parse().ok()?))
            })
            .collect()
    }

    /// Sets them; the seal is the caller's to write.
    pub fn announce(&mut self, announced: &BTreeSet<(u8, u16)>) {
        let places: Vec<String> = announced
            .iter()
            .map(|(slot, epoch)| format!("{slot}:{epoch}"))
            .collect();
        self.announced = places.join(" ");
    }

    /// Whether the seal is the keyring's own over these rows.
    pub fn verify(&self, keyring: &Keyring) -> bool {
        let Some(found) = unhex(&self.seal) else {
            return false;
        };
        self.format == FORMAT
            && self.environment == hex(&keyring.environment())
            && keyring.registry_mac_fits(&self.message(), &found)
    }

    /// The registry and the journal against the live catalog, and the rows whose column is not to be found.
    ///
    /// A row written in this very database is found by oid and attnum, so renames are free. In a
    /// restored or copied one (or where the table was made anew) it is found by its names. Where two rows
    /// come to one column, one found by oid stands before one found by names, and a later before an earlier.
    pub fn locate(
        &self,
        snapshot: &Snapshot,
        keyring: &Keyring,
    ) -> (Vec<Registered>, Vec<StoredColumn>) {
        let mut found: BTreeMap<(u32, i16), (bool, StoredColumn)> = BTreeMap::new();
        let mut lost = Vec::new();
        for mut row in self.columns.iter().cloned().chain(self.entered(keyring)) {
            let by_oid = row.place_by_oid(self.database_oid, snapshot);
            let Some(place) = by_oid.or_else(|| row.place_by_name(snapshot)) else {
                lost.push(row);
                continue;
            };
            match found.get(&place) {
                Some((true, _)) if by_oid.is_none() => {}
                before => {
                    row.inherit(before.map(|(_, row)| row));
                    found.insert(place, (by_oid.is_some(), row));
                }
            }
        }
        let found = found
            .into_iter()
            .map(|((table, attnum), (_, row))| row.registered(table, attnum, snapshot))
            .collect();
        (found, lost)
    }

    /// The journal's entries whose MAC is the keyring's own, oldest first. The others are anybody's.
    pub fn entered(&self, keyring: &Keyring) -> Vec<StoredColumn> {
        let rows = self.journal.iter();
        rows.filter_map(|row| row.verified(keyring)).collect()
    }
}

impl JournalRow {
    /// The row as one of the registry, where its MAC is the keyring's own.
    pub fn verified(&self, keyring: &Keyring) -> Option<StoredColumn> {
        let message = Entry::message(&keyring.environment(), &self.body);
        if !keyring.registry_mac_fits(&message, &unhex(&self.seal)?) {
            return None;
        }
        let entry = Entry::parse(&self.body)?;
        Some(StoredColumn {
            id: 0,
            database_oid: self.database_oid,
            table: self.table,
            attnum: self.attnum,
            schema: entry.schema,
            table_name: entry.table,
            column: entry.column,
            declared: entry.declared,
            collation: entry.collation,
            seal: entry.seal,
            domain_name: entry.domain_name,
            default: entry.default,
            default_sql: entry.default_sql,
        })
    }
}

impl StoredColumn {
    /// (table oid, attnum) of the live column.
    pub fn place(&self, database_oid: u32, snapshot: &Snapshot) -> Option<(u32, i16)> {
        self.place_by_oid(database_oid, snapshot)
            .or_else(|| self.place_by_name(snapshot))
    }

    fn place_by_oid(&self, database_oid: u32, snapshot: &Snapshot) -> Option<(u32, i16)> {
        let relation = snapshot
            .relations
            .get(&self.table)
            .filter(|_| self.database_oid == database_oid)?;
        let column = relation.columns.iter().find(|c| c.attnum == self.attnum)?;
        Some((relation.oid, column.attnum))
    }

    fn place_by_name(&self, snapshot: &Snapshot) -> Option<(u32, i16)> {
        let relation = snapshot.relation(&self.schema, &self.table_name)?;
        let column = relation.column(&self.column)?;
        Some((relation.oid, column.attnum))
    }

    /// What a later entry for the same sealed column does not say again.
    pub fn inherit(&mut self, before: Option<&StoredColumn>) {
        let same = before.filter(|before| before.seal.is_some() && before.seal == self.seal);
        if let (None, Some(before)) = (&self.collation, same) {
            self.collation.clone_from(&before.collation);
        }
    }

    /// As the catalog room knows it, at its live place.
    pub fn registered(self, table: u32, attnum: i16, snapshot: &Snapshot) -> Registered {
        Registered {
            table,
            attnum,
            declared: self.declared(snapshot),
            schema: self.schema,
            table_name: self.table_name,
            column: self.column,
            collation: self.collation,
            seal: self.seal,
            domain_name: self.domain_name,
            default: self.default,
        }
    }

    /// The declared type in this database. An enum or extension type that was dropped meanwhile is
    /// still opened by label: shown as text, and nothing can be written.
    pub fn declared(&self, snapshot: &Snapshot) -> DeclaredType {
        snapshot
            .declared_named(&self.declared)
            .unwrap_or_else(|| DeclaredType {
                oid: 25,
                typmod: -1,
                kind: Kind::Enum(
                    EnumLabels {
                        name: self.declared.clone(),
                        labels: Vec::new(),
                        array: 0,
                    }
                    .into(),
                ),
            })
    }

    /// `schema.table.column`, for messages.
    pub fn qualified(&self) -> String {
        format!("{}.{}.{}", self.schema, self.table_name, self.column)
    }
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

pub(crate) fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits: Vec<u8> = text
        .chars()
        .map(|c| c.to_digit(16).and_then(|digit| u8::try_from(digit).ok()))
        .collect::<Option<_>>()?;
    let (pairs, rest) = digits.as_chunks::<2>();
    rest.is_empty()
        .then(|| pairs.iter().map(|[high, low]| high << 4 | low).collect())
}
