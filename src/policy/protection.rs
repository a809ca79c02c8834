//! What the rules and the registry mean for the tables of one database.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::rules::{ColumnRule, TableRule};
use super::vouched::Vouched;
use crate::catalog::Snapshot;
use crate::mask::Mask;
use crate::seal::{SealSpec, Subject};
use crate::value::{Canonical, DeclaredType, Fold, Kind, Order, TokenSpec};

/// Every protected table of one database.
#[derive(Debug, Clone, Default)]
pub struct Protection {
    /// By `pg_class.oid`.
    pub tables: HashMap<u32, Arc<ProtectedTable>>,
    /// Grows with every change of the rules.
    pub rules_epoch: u64,
    /// Content hash of the rule set, hexadecimal, for logs and audit.
    pub rules_hash: String,
    /// What the rules say of tables that may yet be made.
    pub rules: Arc<TableRules>,
    /// The routines that are vouched for.
    pub routines: Vec<Arc<Vouched>>,
    /// The rules want catalogs to show sealed columns as they were declared.
    pub facade: bool,
    /// Names of the keysets that there are, by slot.
    pub keysets: BTreeMap<u8, String>,
    /// Every protected table is refused, its columns as if their rules were missing; and why.
    pub shut: Option<Shut>,
}

/// Why nothing of a database's protected tables is let through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shut {
    /// Their keys are not to be had.
    Keys,
    /// Their registry is not what Sealwire wrote.
    Registry,
    /// The database was not heard of for too long: another proxy's jobs may have changed what is protected.
    Lease,
}

/// The rules of one database for tables by name, whether they are there or not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TableRules {
    /// The narrowest first; those that only observe are left out.
    tables: Vec<TableRule>,
}

impl TableRules {
    /// Of these rules those that are enforced in the database.
    pub(super) fn new(rules: &[TableRule], database: &str) -> Self {
        let mut tables: Vec<TableRule> = rules
            .iter()
            .filter(|rule| rule.in_database(database) && !rule.observe)
            .cloned()
            .collect();
        tables.sort_by_key(|rule| std::cmp::Reverse(rule.pattern.narrowness()));
        TableRules { tables }
    }

    /// Whether no table of the database has a rule.
    pub fn is_empty(&self) -> bool {
        self.tables.is_empty()
    }

    /// The rules for a table's columns, by column name.
    pub fn columns(&self, schema: &str, table: &str) -> BTreeMap<String, Arc<ColumnRule>> {
        let mut columns = BTreeMap::new();
        let matching = self.tables.iter();
        for rule in matching.filter(|rule| rule.pattern.matches(schema, table)) {
            for (name, column) in &rule.columns {
                columns
                    .entry(name.clone())
                    .or_insert_with(|| Arc::clone(column));
            }
        }
        columns
    }
}

/// One protected table.
#[derive(Debug, Clone)]
pub struct ProtectedTable {
    /// `pg_class.oid`.
    pub oid: u32,
    /// Schema.
    pub schema: String,
    /// Name.
    pub name: String,
    /// Protected columns by attnum.
    pub columns: BTreeMap<i16, Arc<Protected>>,
    /// `mode = "observe"`: plan everything, change nothing, refuse nothing.
    pub observe: bool,
    /// The column that says whose a row is.
    pub subject: Option<SubjectColumn>,
}

/// The column that says which data subject a row is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubjectColumn {
    /// Its name.
    pub column: String,
    /// `pg_attribute.attnum`.
    pub attnum: i16,
    /// Which kind of data subjects its values are.
    pub kind: String,
    /// Its type.
    pub declared: DeclaredType,
    /// Random columns of the table are sealed under the keys of its data subjects.
    pub erasable: bool,
}

impl SubjectColumn {
    /// The data subject of a value of the column.
    pub fn of(&self, value: &Canonical) -> Subject {
        Subject::new(&self.kind, self.declared.family(), value)
    }

    /// Whether a column may be one: where values that the server holds equal are one value to whoever writes them. Of texts that is
    /// so under the database's own collation and under those that compare bytes; another may be nondeterministic.
    pub fn may_be(snapshot: &Snapshot, table: u32, attnum: i16, declared: &DeclaredType) -> bool {
        match declared.kind {
            Kind::Int2 | Kind::Int4 | Kind::Int8 | Kind::Uuid => true,
            Kind::Text | Kind::Varchar { .. } => {
                let column = (table, attnum);
                !snapshot.collated.contains_key(&column)
                    || snapshot.byte_ordered.get(&column) == Some(&true)
            }
            Kind::Char { .. }
            | Kind::Numeric { .. }
            | Kind::Float4
            | Kind::Float8
            | Kind::Bool
            | Kind::Date
            | Kind::Time { .. }
            | Kind::Timestamp { .. }
            | Kind::Timestamptz { .. }
            | Kind::Bytea
            | Kind::Inet
            | Kind::Citext
            | Kind::Json
            | Kind::Jsonb
            | Kind::Enum(_)
            | Kind::Array(_) => false,
        }
    }

    /// Whether its values are texts.
    pub fn is_text(&self) -> bool {
        matches!(self.declared.kind, Kind::Text | Kind::Varchar { .. })
    }
}

/// One protected column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Protected {
    /// `pg_class.oid` of its table.
    pub table: u32,
    /// `schema.table`, for messages, metrics and audit.
    pub table_name: String,
    /// `pg_attribute.attnum`.
    pub attnum: i16,
    /// Column name.
    pub column: String,
    /// Class name, where the rule names one.
    pub class: Option<String>,
    /// The type the application knows.
    pub declared: DeclaredType,
    /// Qualified and quoted collation, where it is not the type's own.
    pub collation: Option<String>,
    /// How it lies in the server.
    pub storage: Storage,
    /// Shown to who has no right to see it.
    pub default_mask: Mask,
    /// Shown to who has `partial`.
    pub partial_mask: Option<Mask>,
    /// Constant default that the proxy writes itself, in text form.
    pub default: Option<String>,
    /// Not yet sealed: how `protect` would seal it. The key domain's id is a stand-in.
    pub intended: Option<SealSpec>,
}

/// How a protected column lies in the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Storage {
    /// Sealed; a deterministic scheme is what `search = ["equality"]` and `["order"]` give.
    Sealed(SealSpec),
    /// Plaintext, masked only.
    MaskedOnly,
    /// The rules seal it, the server still holds plaintext: refused until `protect` has run.
    NotYetSealed,
    /// Registered as protected, and no rule names it: refused.
    RuleMissing,
}

impl Protection {
    /// Without the tables that are only observed: what is in force.
    #[must_use]
    pub fn enforced(&self) -> Protection {
        self.with(|table| (!table.observe).then(|| Arc::clone(table)))
    }

    /// As if `protect` had run for every table, and none were only observed. For planning alone: the key domains of
    /// columns that are not sealed yet are stand-ins for which there is no key.
    #[must_use]
    pub fn as_if_sealed(&self) -> Protection {
        self.with(|table| Some(Arc::new(table.as_if_sealed())))
    }

    /// Whether any table is only observed.
    pub fn observes(&self) -> bool {
        self.tables.values().any(|table| table.observe)
    }

    fn with(
        &self,
        change: impl Fn(&Arc<ProtectedTable>) -> Option<Arc<ProtectedTable>>,
    ) -> Protection {
        let tables = self.tables.iter();
        Protection {
            tables: tables
                .filter_map(|(oid, table)| Some((*oid, change(table)?)))
                .collect(),
            rules_epoch: self.rules_epoch,
            rules_hash: self.rules_hash.clone(),
            rules: Arc::clone(&self.rules),
            routines: self.routines.clone(),
            facade: self.facade,
            keysets: self.keysets.clone(),
            shut: self.shut,
        }
    }
}

impl ProtectedTable {
    fn as_if_sealed(&self) -> ProtectedTable {
        let mut table = self.clone();
        table.observe = false;
        for column in table.columns.values_mut() {
            if let (Storage::NotYetSealed, Some(spec)) = (&column.storage, &column.intended) {
                let mut sealed = Protected::clone(column);
                sealed.storage = Storage::Sealed(spec.clone());
                *column = Arc::new(sealed);
            }
        }
        table
    }
}

impl Protected {
    /// Whether `=`, IN, GROUP BY, joins work on it in the server.
    pub fn has_equality(&self) -> bool {
        match &self.storage {
            Storage::Sealed(spec) => spec.scheme == crate::seal::Scheme::Deterministic,
            Storage::MaskedOnly => true,
            Storage::NotYetSealed | Storage::RuleMissing => false,
        }
    }

    /// How its values are put in order: where they are, `<`, ORDER BY, min and the like work on it in the server.
    pub fn order(&self) -> Option<Order> {
        match &self.storage {
            Storage::Sealed(spec) => spec.order,
            Storage::MaskedOnly | Storage::NotYetSealed | Storage::RuleMissing => None,
        }
    }

    /// The search tokens of its values.
    pub fn tokens(&self) -> Option<TokenSpec> {
        match &self.storage {
            Storage::Sealed(spec) => spec.tokens,
            Storage::MaskedOnly | Storage::NotYetSealed | Storage::RuleMissing => None,
        }
    }

    /// How the values of its case-insensitive tag are folded.
    pub fn fold(&self) -> Option<Fold> {
        match &self.storage {
            Storage::Sealed(spec) => spec.ci,
            Storage::MaskedOnly | Storage::NotYetSealed | Storage::RuleMissing => None,
        }
    }

    /// A masked-only text column, for tests of rooms that know no masks.
    #[cfg(test)]
    pub(crate) fn sample(table: u32) -> Self {
        Protected {
            table,
            table_name: "public.t".to_owned(),
            attnum: 1,
            column: "c".to_owned(),
            class: None,
            declared: DeclaredType {
                oid: 25,
                typmod: -1,
                kind: crate::value::Kind::Text,
            },
            collation: None,
            storage: Storage::MaskedOnly,
            default_mask: Mask::Null,
            partial_mask: None,
            default: None,
            intended: None,
        }
    }

    /// `schema.table.column`, for messages.
    pub fn qualified(&self) -> String {
        format!("{}.{}", self.table_name, self.column)
    }
}
