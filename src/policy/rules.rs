//! Validated rules.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;
use std::sync::Arc;

use super::conditions::Conditions;
use super::pattern::{Pattern, TablePattern};
use super::problem::Place;
use super::rights::OnMaskedWrite;
use crate::catalog::Snapshot;
use crate::identity::Level;
use crate::mask::Mask;
use crate::seal::Scheme;
use crate::value::{DeclaredType, Fold, Kind, Matching, Order, TokenSpec};

/// The protection of one table, or of all that match.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableRule {
    /// Which tables.
    pub pattern: TablePattern,
    /// Which databases; `None`: all.
    pub database: Option<Pattern>,
    /// `mode = "observe"`, here or for the whole set.
    pub observe: bool,
    /// Columns by name, those taken with `like` among them.
    pub columns: BTreeMap<String, Arc<ColumnRule>>,
    /// Whose its rows are.
    pub subject: Option<SubjectRule>,
    /// Where it stands.
    pub place: Place,
}

/// Whose the rows of a table are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubjectRule {
    /// The column that says so.
    pub column: String,
    /// Which kind of data subjects its values are: those of one kind and value are one.
    pub kind: String,
    /// Random columns are sealed under the keys of data subjects.
    pub erasable: bool,
    /// Columns that are sealed as in other tables all the same.
    pub kept: BTreeSet<String>,
    /// Where it stands.
    pub place: Place,
}

/// The protection of one column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnRule {
    /// The class, where the rule names one.
    pub class: Option<String>,
    /// The type's name, where the rule gives one.
    pub declared: Option<String>,
    /// How it is sealed; `None`: masked only.
    pub seal: Option<SealRule>,
    /// Shown to who has no right to see it.
    pub default_mask: Mask,
    /// Shown to who has `partial`.
    pub partial_mask: Option<Mask>,
    /// Where it stands.
    pub place: Place,
}

/// How a column is to be sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealRule {
    /// Deterministic with `search = ["equality"]` or `["order"]`, else random; in an erasable table under the keys of its data
    /// subjects.
    pub scheme: Scheme,
    /// `search = ["equality-ci"]`: which case functions it answers.
    pub ci: Option<FoldWish>,
    /// `search = ["order"]`.
    pub order: Option<OrderWish>,
    /// `search = ["match"]`, `["prefix"]`, `["range"]`.
    pub tokens: Option<TokenWish>,
    /// The named key domain.
    pub domain: Option<String>,
    /// The keyset of its table; `None`: that of the database.
    pub keyset: Option<String>,
    /// Lengths are padded up to a multiple of this many bytes.
    pub pad: Option<u32>,
    /// The author accepts what equality on a type of few values shows, an order, or tokens.
    pub acknowledge_leakage: bool,
}

/// Which case functions a case-insensitive search is to answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FoldWish {
    /// Both; values with a character that they treat unlike are refused.
    Both,
    /// `lower()`.
    Lower,
    /// `upper()`.
    Upper,
}

/// An order that values are to be compared in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OrderWish {
    /// Most characters of a text.
    pub max_length: Option<u32>,
}

impl OrderWish {
    /// The order of a column of this type.
    ///
    /// # Errors
    /// Why there is none.
    pub fn of(self, declared: &DeclaredType) -> Result<Order, &'static str> {
        Order::of(declared, self.max_length)
    }
}

/// Tokens that values are to be found by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TokenWish {
    /// Substrings of text.
    pub matching: bool,
    /// Beginnings of text of up to so many characters.
    pub prefix: Option<u8>,
    /// Values between two.
    pub range: bool,
}

impl TokenWish {
    /// The tokens of a column of this type. `matching`: the patterns that its trigrams answer.
    ///
    /// # Errors
    /// Why there are none.
    pub fn of(self, declared: &DeclaredType, matching: Matching) -> Result<TokenSpec, String> {
        let text = matches!(declared.kind, Kind::Text | Kind::Varchar { .. });
        if (self.matching || self.prefix.is_some()) && !text {
            return Err(
                "only text and varchar have substrings and beginnings to search by".to_owned(),
            );
        }
        let range = match self.range {
            false => None,
            true => Some(
                Order::of(declared, None)
                    .ok()
                    .filter(Order::has_blocks)
                    .ok_or(
                        "only integers, numeric(p,s) of at most 37 digits, floats, date, time and timestamps have ranges",
                    )?,
            ),
        };
        Ok(TokenSpec {
            matching: self.matching.then_some(matching),
            prefix: self.prefix,
            range,
        })
    }

    /// The same, whatever patterns its trigrams answer.
    pub fn may_be(self, declared: &DeclaredType, spec: &TokenSpec) -> bool {
        let matching = spec.matching.unwrap_or(Matching::Exact);
        self.of(declared, matching).as_ref() == Ok(spec)
    }
}

impl FoldWish {
    /// The fold of a column of this type under a collation that folds ASCII only, or all letters. What citext holds
    /// equal is what `lower()` makes equal.
    pub fn fold(self, declared: &DeclaredType, ascii: bool) -> Fold {
        match (self, ascii) {
            (_, true) => Fold::Ascii,
            (FoldWish::Both, false) if declared.kind == Kind::Citext => Fold::Lower,
            (FoldWish::Both, false) => Fold::Both,
            (FoldWish::Lower, false) => Fold::Lower,
            (FoldWish::Upper, false) => Fold::Upper,
        }
    }
}

impl ColumnRule {
    /// Whether the type is the one that the rule gives, where it gives one.
    pub fn is_of(&self, declared: &DeclaredType, snapshot: &Snapshot) -> bool {
        let named = |name| super::live::is_named(name, declared, snapshot);
        self.declared.as_deref().is_none_or(named)
    }
}

impl ColumnRule {
    /// Whether it asks for an order of texts: only where the server sorts them by their bytes.
    pub fn wants_text_order(&self, declared: &DeclaredType) -> bool {
        let wish = self.seal.as_ref().and_then(|seal| seal.order);
        wish.is_some_and(|wish| matches!(wish.of(declared), Ok(Order::Text { .. })))
    }
}

impl ColumnRule {
    /// The same in a table whose rule names a keyset.
    pub(super) fn under(self: Arc<Self>, keyset: &str) -> Arc<Self> {
        let Some(seal) = &self.seal else {
            return self;
        };
        let seal = SealRule {
            keyset: Some(keyset.to_owned()),
            ..seal.clone()
        };
        Arc::new(ColumnRule {
            seal: Some(seal),
            ..self.as_ref().clone()
        })
    }
}

impl SealRule {
    /// Whether a column of this type can be sealed so.
    ///
    /// # Errors
    /// Why not.
    pub fn fits(&self, declared: &DeclaredType) -> Result<(), String> {
        super::columns::may_seal(self, declared)
    }
}

/// A role of the rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    /// Logins that have it.
    pub logins: BTreeSet<String>,
    /// Groups that have it.
    pub groups: BTreeSet<String>,
    /// What it is for.
    pub purpose: Option<String>,
    /// Keysets that it may choose.
    pub keysets: BTreeSet<String>,
    /// What it may do.
    pub grants: Vec<Grant>,
}

/// Rights on the tables that match.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// Which tables.
    pub tables: Vec<TablePattern>,
    /// Which statements.
    pub level: Level,
    /// Seen as they are.
    pub reveal: Vec<Selector>,
    /// Seen with the partial mask.
    pub partial: Vec<Selector>,
    /// Searched without being seen.
    pub search: Vec<Selector>,
    /// Written without being seen.
    pub write: Vec<Selector>,
    /// What a write of the mask does.
    pub on_masked_write: OnMaskedWrite,
    /// When and from where it holds.
    pub conditions: Conditions,
    /// Why it was given.
    pub reason: Option<String>,
}

/// Which columns a grant means.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Selector {
    /// Every protected column.
    All,
    /// By name.
    Column(String),
    /// All of a class.
    Class(String),
}

/// A statement and what its result must be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleTest {
    /// A role of the rules, or `pg:` and a login.
    pub as_role: String,
    /// One statement.
    pub sql: String,
    /// The database, where the test names one.
    pub database: Option<String>,
    /// Where the role calls from.
    pub from: Option<IpAddr>,
    /// When, in seconds since 1970-01-01 UTC; `None`: now.
    pub at: Option<i64>,
    /// By result column; under `*` for the whole statement.
    pub expect: BTreeMap<String, Expectation>,
    /// Where it stands.
    pub file: String,
    /// Line from 1.
    pub line: u32,
}

/// What a result column must show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expectation {
    /// The value itself.
    Value,
    /// The partial mask.
    Partial,
    /// The default mask.
    Mask,
    /// NULL.
    Null,
    /// The statement is refused.
    Refused,
}

impl TableRule {
    /// Whether it is about this table of this database.
    pub fn covers(&self, database: &str, schema: &str, name: &str) -> bool {
        self.in_database(database) && self.pattern.matches(schema, name)
    }

    /// Whether it is about this database at all.
    pub fn in_database(&self, database: &str) -> bool {
        self.database
            .as_ref()
            .is_none_or(|pattern| pattern.matches(database))
    }
}

impl Selector {
    /// Whether the column is meant.
    pub fn selects(&self, column: &str, class: Option<&str>) -> bool {
        match self {
            Selector::All => true,
            Selector::Column(name) => name == column,
            Selector::Class(name) => class == Some(name.as_str()),
        }
    }
}
