//! What a change of the rules means: what each role would newly see, search, write or lose, by table and column.
//!
//! Without a database the tables are those that the rules name; a name with `*` stands for itself, so what only
//! some of its tables get is seen with a database alone.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::conditions::Circumstances;
use super::differ::differences;
use super::load::Policy;
use super::protection::{Protected, ProtectedTable, Protection, Storage};
use super::rights::{ColumnRights, OnMaskedWrite, Rights, Sight, TableRights};
use super::rules::{ColumnRule, SealRule};
use crate::identity::Verb;
use crate::mask::Mask;
use crate::seal::Scheme;
use crate::value::{DeclaredType, Kind};

/// Whoever has no role.
pub const NO_ROLE: &str = "(no role)";

/// A table as both rule sets may name it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct NamedTable {
    /// Database; empty for any.
    pub database: String,
    /// Schema.
    pub schema: String,
    /// Table.
    pub table: String,
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Change {
    /// Whom it concerns; `None`: everyone, or nobody in particular.
    pub role: Option<String>,
    /// `schema.table`, `schema.table.column` or a routine's signature; empty for settings and members.
    pub object: String,
    /// Database, where the rules name several.
    pub database: String,
    /// What changes: `sees`, `search`, `write`, `level`, `protection`, `mode`, `members`, `conditions`, `keysets`, `settings`,
    /// `seal`, `routine`.
    pub what: &'static str,
    /// Before.
    pub was: String,
    /// After.
    pub now: String,
    /// Someone can do or see more than before.
    pub widens: bool,
}

/// The changes from `old` to `new`, for one role (of the rules, or `pg:` and a login) or for all of them. `tables` are
/// those of a database. `words` says a mask in words.
///
/// # Errors
/// The role that neither rule set has.
pub fn compare(
    old: &Policy,
    new: &Policy,
    role: Option<&str>,
    tables: Option<&[NamedTable]>,
    words: &dyn Fn(&Mask) -> String,
) -> Result<Vec<Change>, String> {
    let tables: BTreeSet<NamedTable> = match tables {
        Some(tables) => tables.iter().cloned().collect(),
        None => named(old, new),
    };
    let roles = roles(old, new, role)?;
    let mut changes = Vec::new();
    if role.is_none() {
        settings(old, new, &mut changes);
        members(old, new, &mut changes);
        conditions(old, new, &mut changes);
    }
    keysets(old, new, &roles, &mut changes);
    let databases: BTreeSet<&String> = tables.iter().map(|table| &table.database).collect();
    for database in databases {
        let own: Vec<&NamedTable> = (tables.iter())
            .filter(|table| table.database == *database)
            .collect();
        let (before, after) = (Side::new(old, &own), Side::new(new, &own));
        for (oid, table) in (1_u32..).zip(&own) {
            let pair = Pair {
                table,
                before: before.protection.tables.get(&oid),
                after: after.protection.tables.get(&oid),
                words,
            };
            if role.is_none() {
                pair.protection(&mut changes);
            }
            for role in &roles {
                let rights = (before.rights(role), after.rights(role));
                pair.rights(oid, role, &rights.0, &rights.1, &mut changes);
            }
        }
    }
    changes.sort();
    changes.dedup();
    Ok(changes)
}

/// The tables that either names, in the databases that either names.
fn named(old: &Policy, new: &Policy) -> BTreeSet<NamedTable> {
    let rules = || old.tables().iter().chain(new.tables());
    let databases: BTreeSet<String> = rules()
        .map(|rule| {
            let database = rule.database.as_ref();
            database.map_or_else(String::new, |database| database.as_str().to_owned())
        })
        .collect();
    rules()
        .flat_map(|rule| {
            databases
                .iter()
                .filter(|database| rule.in_database(database))
                .map(|database| NamedTable {
                    database: database.clone(),
                    schema: rule.pattern.schema.as_str().to_owned(),
                    table: rule.pattern.name.as_str().to_owned(),
                })
        })
        .collect()
}

fn roles(old: &Policy, new: &Policy, role: Option<&str>) -> Result<Vec<String>, String> {
    let known: BTreeSet<&String> = old.roles().keys().chain(new.roles().keys()).collect();
    match role {
        None => Ok(known
            .into_iter()
            .cloned()
            .chain([NO_ROLE.to_owned()])
            .collect()),
        Some(role) if role.starts_with("pg:") || known.iter().any(|name| *name == role) => {
            Ok(vec![role.to_owned()])
        }
        Some(role) => Err(role.to_owned()),
    }
}

fn settings(old: &Policy, new: &Policy, changes: &mut Vec<Change>) {
    for line in differences(old, new) {
        if let Some(section) = line.strip_prefix("changed settings ") {
            changes.push(Change {
                role: None,
                object: section.to_owned(),
                database: String::new(),
                what: "settings",
                was: String::new(),
                now: "changed".to_owned(),
                widens: false,
            });
        }
    }
}

fn members(old: &Policy, new: &Policy, changes: &mut Vec<Change>) {
    let members = |policy: &Policy, role: &str| -> BTreeSet<String> {
        let Some(role) = policy.roles().get(role) else {
            return BTreeSet::new();
        };
        let logins = role.logins.iter().map(|login| format!("pg:{login}"));
        let groups = role.groups.iter().map(|group| format!("group:{group}"));
        logins.chain(groups).collect()
    };
    let known: BTreeSet<&String> = old.roles().keys().chain(new.roles().keys()).collect();
    for role in known {
        let (was, now) = (members(old, role), members(new, role));
        if was != now {
            let list =
                |members: &BTreeSet<String>| members.iter().cloned().collect::<Vec<_>>().join(", ");
            changes.push(Change {
                role: Some(role.clone()),
                object: String::new(),
                database: String::new(),
                what: "members",
                widens: !now.is_subset(&was),
                was: list(&was),
                now: list(&now),
            });
        }
    }
}

/// The keysets that a role may choose for what it writes.
fn keysets(old: &Policy, new: &Policy, roles: &[String], changes: &mut Vec<Change>) {
    let (before, after) = (Side::new(old, &[]), Side::new(new, &[]));
    for role in roles {
        let (was, now) = (before.rights(role).keysets, after.rights(role).keysets);
        if was == now {
            continue;
        }
        let list = |names: &BTreeSet<String>| match names.is_empty() {
            true => "none".to_owned(),
            false => names.iter().cloned().collect::<Vec<_>>().join(", "),
        };
        changes.push(Change {
            role: Some(role.clone()),
            object: "SET sealwire.keyset".to_owned(),
            database: String::new(),
            what: "keysets",
            widens: !now.is_subset(&was),
            was: list(&was),
            now: list(&now),
        });
    }
}

/// When and from where grants hold. What they give where their conditions are met is compared by table.
fn conditions(old: &Policy, new: &Policy, changes: &mut Vec<Change>) {
    let conditions = |policy: &Policy, role: &str| -> BTreeSet<String> {
        let grants = policy.roles().get(role).into_iter();
        grants
            .flat_map(|role| &role.grants)
            .filter(|grant| grant.conditions.are_any())
            .map(|grant| {
                let tables: Vec<String> = grant.tables.iter().map(ToString::to_string).collect();
                let level = grant.level.name();
                format!("{level} on {} {}", tables.join(", "), grant.conditions)
            })
            .collect()
    };
    let known: BTreeSet<&String> = old.roles().keys().chain(new.roles().keys()).collect();
    for role in known {
        let (was, now) = (conditions(old, role), conditions(new, role));
        if was != now {
            let list = |conditions: &BTreeSet<String>| {
                conditions.iter().cloned().collect::<Vec<_>>().join(" | ")
            };
            changes.push(Change {
                role: Some(role.clone()),
                object: String::new(),
                database: String::new(),
                what: "conditions",
                // One that is gone or another may let in whom it kept out; one more keeps out.
                widens: !was.is_subset(&now),
                was: list(&was),
                now: list(&now),
            });
        }
    }
}

/// One rule set, bound to tables by name.
struct Side<'a> {
    policy: &'a Policy,
    protection: Protection,
}

impl<'a> Side<'a> {
    fn new(policy: &'a Policy, tables: &[&NamedTable]) -> Self {
        let tables = (1_u32..)
            .zip(tables)
            .filter_map(|(oid, table)| Some((oid, Arc::new(bound(policy, oid, table)?))));
        Side {
            policy,
            protection: Protection {
                tables: tables.collect(),
                rules_epoch: policy.epoch,
                rules_hash: policy.hash.clone(),
                ..Protection::default()
            },
        }
    }

    /// A role that these rules do not have has no rights by them.
    fn rights(&self, role: &str) -> Rights {
        let nobody = || {
            self.policy
                .rights_as(&self.protection, "pg:", &Circumstances::Met)
        };
        let of_role = (role != NO_ROLE)
            .then(|| {
                self.policy
                    .rights_as(&self.protection, role, &Circumstances::Met)
            })
            .flatten();
        of_role.or_else(nobody).unwrap_or(Rights {
            key: 0,
            tables: std::collections::HashMap::new(),
            full_control_everywhere: false,
            guesses_per_statement: 0,
            guesses_per_hour: 0,
            gathered_rows: 0,
            scanned_rows: 0,
            definable: Vec::new(),
            keysets: std::collections::BTreeSet::new(),
        })
    }
}

fn bound(policy: &Policy, oid: u32, table: &NamedTable) -> Option<ProtectedTable> {
    let rules = policy.column_rules(&table.database, &table.schema, &table.table);
    if rules.is_empty() {
        return None;
    }
    let qualified = format!("{}.{}", table.schema, table.table);
    let columns: BTreeMap<i16, Arc<Protected>> = (1_i16..)
        .zip(&rules)
        .map(|(attnum, (name, rule))| {
            let column = Protected {
                collation: None,
                table: oid,
                table_name: qualified.clone(),
                attnum,
                column: name.clone(),
                class: rule.class.clone(),
                declared: declared(rule),
                storage: Storage::MaskedOnly,
                default_mask: rule.default_mask.clone(),
                partial_mask: rule.partial_mask.clone(),
                default: None,
                intended: None,
            };
            (attnum, Arc::new(column))
        })
        .collect();
    let observe = policy
        .tables()
        .iter()
        .any(|rule| rule.observe && rule.covers(&table.database, &table.schema, &table.table));
    Some(ProtectedTable {
        oid,
        schema: table.schema.clone(),
        name: table.table.clone(),
        columns,
        observe,
        subject: None,
    })
}

/// Rights do not depend on it.
fn declared(rule: &ColumnRule) -> DeclaredType {
    let named = rule.declared.as_deref().and_then(DeclaredType::parse_name);
    named.unwrap_or(DeclaredType {
        oid: 25,
        typmod: -1,
        kind: Kind::Text,
    })
}

/// One table before and after.
struct Pair<'a> {
    table: &'a NamedTable,
    before: Option<&'a Arc<ProtectedTable>>,
    after: Option<&'a Arc<ProtectedTable>>,
    words: &'a dyn Fn(&Mask) -> String,
}

/// What is left to PostgreSQL's own permissions.
const UNPROTECTED: ColumnRights = ColumnRights {
    sight: Sight::Reveal,
    search: true,
    write: true,
    on_masked_write: OnMaskedWrite::Refuse,
};

const VERBS: [(Verb, &str); 5] = [
    (Verb::Select, "SELECT"),
    (Verb::Insert, "INSERT"),
    (Verb::Update, "UPDATE"),
    (Verb::Delete, "DELETE"),
    (Verb::Ddl, "DDL"),
];

impl Pair<'_> {
    fn change(&self, column: Option<&str>, what: &'static str, was: String, now: String) -> Change {
        let table = format!("{}.{}", self.table.schema, self.table.table);
        Change {
            role: None,
            object: column.map_or(table.clone(), |column| format!("{table}.{column}")),
            database: self.table.database.clone(),
            what,
            was,
            now,
            widens: false,
        }
    }

    fn columns(&self) -> BTreeSet<&str> {
        [self.before, self.after]
            .into_iter()
            .flatten()
            .flat_map(|table| table.columns.values())
            .map(|column| column.column.as_str())
            .collect()
    }

    /// What changes for everyone: which columns are protected, and whether that is in force.
    fn protection(&self, changes: &mut Vec<Change>) {
        let find = |table: Option<&Arc<ProtectedTable>>, name: &str| {
            table.is_some_and(|table| table.columns.values().any(|column| column.column == name))
        };
        for name in self.columns() {
            let (was, now) = (find(self.before, name), find(self.after, name));
            if was != now {
                let word = |protected: bool| {
                    let word = if protected {
                        "protected"
                    } else {
                        "not protected by any rule"
                    };
                    word.to_owned()
                };
                changes.push(Change {
                    widens: was,
                    ..self.change(Some(name), "protection", word(was), word(now))
                });
            }
        }
        if let (Some(before), Some(after)) = (self.before, self.after)
            && before.observe != after.observe
        {
            let word = |observe: bool| if observe { "observe" } else { "enforce" }.to_owned();
            changes.push(Change {
                widens: after.observe,
                ..self.change(None, "mode", word(before.observe), word(after.observe))
            });
        }
    }

    /// What changes for a role. What no rule protects is left to PostgreSQL: there it sees and may everything.
    fn rights(&self, oid: u32, role: &str, old: &Rights, new: &Rights, changes: &mut Vec<Change>) {
        let mut push = |change: Change| {
            changes.push(Change {
                role: Some(role.to_owned()),
                ..change
            });
        };
        let (had, has) = (old.tables.get(&oid), new.tables.get(&oid));
        let verbs = |rights: Option<&TableRights>| -> BTreeSet<&str> {
            let allowed =
                (VERBS.iter()).filter(|(verb, _)| rights.is_none_or(|rights| rights.allows(*verb)));
            allowed.map(|(_, word)| *word).collect()
        };
        let (was, now) = (verbs(had), verbs(has));
        if was != now {
            let list =
                |verbs: &BTreeSet<&str>| verbs.iter().copied().collect::<Vec<_>>().join(", ");
            push(Change {
                widens: !now.is_subset(&was),
                ..self.change(None, "level", list(&was), list(&now))
            });
        }
        let find =
            |table: Option<&Arc<ProtectedTable>>, rights: Option<&TableRights>, name: &str| {
                let mut columns = table?.columns.values();
                let column = columns.find(|column| column.column == name)?;
                rights?.columns.get(&column.attnum).cloned()
            };
        let may_write = now.contains("UPDATE");
        for name in self.columns() {
            let was = find(self.before, had, name).unwrap_or(UNPROTECTED);
            let now = find(self.after, has, name).unwrap_or(UNPROTECTED);
            for change in self.of_column(name, &was, &now, may_write) {
                push(change);
            }
        }
    }

    fn of_column(
        &self,
        name: &str,
        was: &ColumnRights,
        now: &ColumnRights,
        may_write: bool,
    ) -> Vec<Change> {
        let mut changes = Vec::new();
        if was.sight != now.sight {
            let word = |sight: &Sight| match sight {
                Sight::Reveal => "the value".to_owned(),
                Sight::Mask(mask) => (self.words)(mask),
            };
            let shut = |sight: &Sight| *sight == Sight::Mask(Mask::Null);
            changes.push(Change {
                // Of two masks it is not said which shows more, unless one shows nothing.
                widens: now.sight == Sight::Reveal
                    || (shut(&was.sight) && was.sight != Sight::Reveal),
                ..self.change(Some(name), "sees", word(&was.sight), word(&now.sight))
            });
        }
        let yes = |may: bool| if may { "may" } else { "may not" }.to_owned();
        if was.search != now.search {
            changes.push(Change {
                widens: now.search,
                ..self.change(Some(name), "search", yes(was.search), yes(now.search))
            });
        }
        if was.write != now.write {
            changes.push(Change {
                widens: now.write && may_write,
                ..self.change(Some(name), "write", yes(was.write), yes(now.write))
            });
        }
        let masked = was.sight != Sight::Reveal && now.sight != Sight::Reveal;
        if masked && was.on_masked_write != now.on_masked_write {
            let word = |on: OnMaskedWrite| {
                match on {
                    OnMaskedWrite::Keep => "keeps what is stored",
                    OnMaskedWrite::Refuse => "is refused",
                }
                .to_owned()
            };
            changes.push(self.change(
                Some(name),
                "write of a mask",
                word(was.on_masked_write),
                word(now.on_masked_write),
            ));
        }
        changes
    }
}

/// How columns are sealed otherwise: such a change needs `unprotect` and `protect`.
pub fn resealed(old: &Policy, new: &Policy) -> Vec<Change> {
    let mut changes = Vec::new();
    for table in named(old, new) {
        let rules =
            |policy: &Policy| policy.column_rules(&table.database, &table.schema, &table.table);
        let (before, after) = (rules(old), rules(new));
        for (name, was) in &before {
            let Some(now) = after.get(name) else { continue };
            if was.seal != now.seal {
                changes.push(Change {
                    role: None,
                    object: format!("{}.{}.{name}", table.schema, table.table),
                    database: table.database.clone(),
                    what: "seal",
                    was: seal(was.seal.as_ref()),
                    now: seal(now.seal.as_ref()),
                    widens: now.seal.is_none(),
                });
            }
        }
    }
    changes
}

fn seal(rule: Option<&SealRule>) -> String {
    let Some(rule) = rule else {
        return "in plaintext, masked only".to_owned();
    };
    let mut words = vec![match rule.scheme {
        Scheme::Deterministic if rule.order.is_some() => "sealed, order".to_owned(),
        Scheme::Deterministic => "sealed, equality".to_owned(),
        Scheme::Random => "sealed, random".to_owned(),
        Scheme::Subject => "sealed, erasable".to_owned(),
    }];
    if let Some(tokens) = rule.tokens {
        words.extend(tokens.matching.then(|| "match".to_owned()));
        words.extend(tokens.prefix.map(|most| format!("prefix up to {most}")));
        words.extend(tokens.range.then(|| "range".to_owned()));
    }
    words.extend(
        rule.domain
            .as_ref()
            .map(|domain| format!("domain {domain}")),
    );
    words.extend(rule.pad.map(|pad| format!("padded to {pad}")));
    words.join(", ")
}
