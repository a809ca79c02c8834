//! Routines that are vouched for, bound to the live catalog. One that does not fit it is left out, and so refused.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::load::Policy;
use super::nearest::did_you_mean;
use super::problem::Problems;
use super::protection::{Protected, ProtectedTable, Storage};
use super::routines::{Meant, Of, Returns, RoutineRule};
use crate::catalog::{Argument, Mode, Signature, Snapshot};
use crate::identity::Level;
use crate::seal::SealSpec;

/// A routine that the rules vouch for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vouched {
    /// What it takes and gives.
    pub signature: Signature,
    /// One entry an argument that is given, in order.
    pub takes: Vec<Option<Taken>>,
    /// What its result is.
    pub gives: Gives,
    /// What the caller must be allowed on `tables`.
    pub level: Level,
    /// The protected tables that it reaches, as far as that is known, and those of its columns.
    pub tables: BTreeSet<u32>,
}

/// An argument that holds a protected value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// The columns whose value it is; all of one key domain.
    pub columns: Vec<Arc<Protected>>,
    /// The envelope is passed as text, since the argument is of such a type.
    pub as_text: bool,
}

/// What a result is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Gives {
    /// One value a row; of these columns, or of none.
    Value(Vec<Arc<Protected>>),
    /// Rows of named columns.
    Row(Vec<(String, Vec<Arc<Protected>>)>),
    /// Rows of this relation.
    Relation(u32),
}

const BYTEA: u32 = 17;
const TEXTS: &[u32] = &[25, 1043];

/// Binds the rules of one database.
pub(super) fn bind(
    policy: &Policy,
    snapshot: &Snapshot,
    tables: &std::collections::HashMap<u32, Arc<ProtectedTable>>,
    problems: &mut Problems,
) -> Vec<Arc<Vouched>> {
    let rules = policy.routines.iter();
    rules
        .filter(|rule| rule.in_database(&snapshot.database))
        .filter_map(|rule| {
            let mut own = Problems::default();
            let binding = Binding { snapshot, tables };
            let bound = binding.routine(rule, &mut own);
            let fits = own.is_empty();
            problems.extend(own);
            bound.filter(|_| fits).map(Arc::new)
        })
        .collect()
}

struct Binding<'a> {
    snapshot: &'a Snapshot,
    tables: &'a std::collections::HashMap<u32, Arc<ProtectedTable>>,
}

impl Binding<'_> {
    fn routine(&self, rule: &RoutineRule, problems: &mut Problems) -> Option<Vouched> {
        let named: Vec<&Signature> = self
            .snapshot
            .signatures
            .iter()
            .filter(|one| one.schema == rule.schema && one.name == rule.name)
            .collect();
        let types = |one: &Signature| -> Vec<String> {
            let given = one.given();
            given
                .map(|one| crate::catalog::type_name(&one.type_name))
                .collect()
        };
        let Some(signature) = named.iter().find(|one| types(one) == rule.types) else {
            let there: Vec<String> = named.iter().map(|one| one.shown()).collect();
            let hint = if there.is_empty() {
                let names = self.snapshot.signatures.iter();
                let names = names.filter(|one| one.schema == rule.schema);
                did_you_mean(&rule.name, names.map(|one| one.name.as_str()))
            } else {
                format!(": there is {}", there.join(", "))
            };
            problems.add(
                &rule.place,
                format!(
                    "no routine {} in database {}{hint}",
                    rule.signature(),
                    self.snapshot.database
                ),
            );
            return None;
        };
        let mut tables = BTreeSet::new();
        let takes = self.takes(rule, signature, &mut tables, problems);
        let gives = self.gives(rule, signature, &mut tables, problems);
        let reached = self.snapshot.routines.iter();
        for oid in reached
            .filter(|(name, _)| *name == rule.name)
            .flat_map(|(_, oids)| oids.iter().flatten())
        {
            tables.extend(self.tables.contains_key(oid).then_some(*oid));
        }
        Some(Vouched {
            signature: Signature::clone(signature),
            takes,
            gives,
            level: rule.level,
            tables,
        })
    }

    fn takes(
        &self,
        rule: &RoutineRule,
        signature: &Signature,
        tables: &mut BTreeSet<u32>,
        problems: &mut Problems,
    ) -> Vec<Option<Taken>> {
        let given: Vec<&Argument> = signature.given().collect();
        let at = |name: &str| {
            let by_name = given
                .iter()
                .position(|one| one.name.as_deref() == Some(name));
            by_name.or_else(|| {
                name.parse::<usize>()
                    .ok()?
                    .checked_sub(1)
                    .filter(|at| *at < given.len())
            })
        };
        let mut takes: Vec<Option<Taken>> = given.iter().map(|_| None).collect();
        for (name, meant) in &rule.args {
            let Some((at, argument)) = at(name).and_then(|at| Some((at, *given.get(at)?))) else {
                let out = signature
                    .returned()
                    .any(|one| one.name.as_deref() == Some(name) && !one.mode.is_given());
                let names = given.iter().filter_map(|one| one.name.as_deref());
                let message = if out {
                    format!("`{name}` is not given by the caller: expected it in `returns`")
                } else {
                    format!(
                        "{} has no argument `{name}`{}",
                        signature.shown(),
                        did_you_mean(name, names)
                    )
                };
                problems.add(&meant.place, message);
                continue;
            };
            let Some(columns) = self.columns(meant, tables, problems) else {
                continue;
            };
            let as_text = TEXTS.contains(&argument.type_oid);
            let sealed = columns.iter().any(|column| spec(column).is_some());
            if argument.mode == Mode::Variadic {
                problems.add(&meant.place, format!("argument `{name}` is VARIADIC"));
            } else if sealed && !as_text && !self.holds_envelopes(argument.type_oid) {
                problems.add(
                    &meant.place,
                    format!(
                        "argument `{name}` is of type {}, and is given envelopes: expected sealwire.sealed, bytea or text",
                        argument.type_name
                    ),
                );
            }
            if let Some(slot) = takes.get_mut(at) {
                *slot = Some(Taken {
                    columns,
                    as_text: sealed && as_text,
                });
            }
        }
        takes
    }

    fn gives(
        &self,
        rule: &RoutineRule,
        signature: &Signature,
        tables: &mut BTreeSet<u32>,
        problems: &mut Problems,
    ) -> Gives {
        let returned: Vec<&Argument> = signature.returned().collect();
        if signature.relation != 0 && returned.is_empty() {
            if let Returns::Value(meant) = &rule.returns {
                let message =
                    "the result is rows of a table, whose columns are known: expected no `returns`";
                problems.add(&meant.place, message);
            }
            if let Returns::Columns(columns) = &rule.returns
                && let Some(meant) = columns.values().next()
            {
                let message =
                    "the result is rows of a table, whose columns are known: expected no `returns`";
                problems.add(&meant.place, message);
            }
            tables.extend(
                self.tables
                    .contains_key(&signature.relation)
                    .then_some(signature.relation),
            );
            return Gives::Relation(signature.relation);
        }
        let one = returned.len() == 1 && !signature.procedure;
        match &rule.returns {
            Returns::Nothing if returned.is_empty() || one => Gives::Value(Vec::new()),
            Returns::Nothing => Gives::Row(
                returned
                    .iter()
                    .map(|one| (one.name.clone().unwrap_or_default(), Vec::new()))
                    .collect(),
            ),
            Returns::Value(meant) if returned.is_empty() || one => {
                let columns = self.columns(meant, tables, problems).unwrap_or_default();
                let oid = returned
                    .first()
                    .map_or(signature.result, |one| one.type_oid);
                self.check_result(&columns, oid, meant, problems);
                Gives::Value(columns)
            }
            Returns::Value(meant) => {
                let names: Vec<&str> = returned
                    .iter()
                    .filter_map(|one| one.name.as_deref())
                    .collect();
                problems.add(
                    &meant.place,
                    format!(
                        "the result has columns {}: expected a table of them",
                        names.join(", ")
                    ),
                );
                Gives::Value(Vec::new())
            }
            Returns::Columns(named) => {
                for (name, meant) in named {
                    if !returned.iter().any(|one| one.name.as_deref() == Some(name)) {
                        let names = returned.iter().filter_map(|one| one.name.as_deref());
                        let hint = if returned.is_empty() {
                            ": it gives one value, expected a class or a column".to_owned()
                        } else {
                            did_you_mean(name, names)
                        };
                        problems.add(
                            &meant.place,
                            format!("{} gives no column `{name}`{hint}", signature.shown()),
                        );
                    }
                }
                let columns: Vec<(String, Vec<Arc<Protected>>)> = returned
                    .iter()
                    .map(|one| {
                        let name = one.name.clone().unwrap_or_default();
                        let columns = named.get(&name).and_then(|meant| {
                            let columns = self.columns(meant, tables, problems)?;
                            self.check_result(&columns, one.type_oid, meant, problems);
                            Some(columns)
                        });
                        (name, columns.unwrap_or_default())
                    })
                    .collect();
                match <[_; 1]>::try_from(columns) {
                    Ok([(_, columns)]) if one => Gives::Value(columns),
                    Ok([column]) => Gives::Row(vec![column]),
                    Err(columns) => Gives::Row(columns),
                }
            }
        }
    }

    /// A sealed result has to come as bytes; one of a masked column in its own type.
    fn check_result(
        &self,
        columns: &[Arc<Protected>],
        oid: u32,
        meant: &Meant,
        problems: &mut Problems,
    ) {
        for column in columns {
            if spec(column).is_some() {
                if !self.holds_envelopes(oid) {
                    problems.add(
                        &meant.place,
                        "a sealed result comes as envelopes: expected the result's type to be sealwire.sealed or bytea",
                    );
                    return;
                }
            } else if column.declared.oid != oid {
                problems.add(
                    &meant.place,
                    format!("the result is not of the type of {}", column.qualified()),
                );
                return;
            }
        }
    }

    fn holds_envelopes(&self, oid: u32) -> bool {
        oid == BYTEA
            || self
                .snapshot
                .sealed_type
                .is_some_and(|(sealed, _)| sealed == oid)
    }

    /// The live columns that are meant.
    fn columns(
        &self,
        meant: &Meant,
        tables: &mut BTreeSet<u32>,
        problems: &mut Problems,
    ) -> Option<Vec<Arc<Protected>>> {
        let mut oids: Vec<&u32> = self.tables.keys().collect();
        oids.sort_unstable();
        let columns: Vec<Arc<Protected>> = oids
            .into_iter()
            .filter_map(|oid| self.tables.get(oid))
            .flat_map(|table| table.columns.values().map(move |column| (table, column)))
            .filter(|(table, column)| match &meant.of {
                Of::Class(class) => column.class.as_ref() == Some(class),
                Of::Column(schema, name, own) => {
                    table.schema == *schema && table.name == *name && column.column == *own
                }
            })
            .map(|(_, column)| Arc::clone(column))
            .collect();
        let Some(first) = columns.first() else {
            problems.add(&meant.place, "no column of this database is meant by it");
            return None;
        };
        let differs = columns.iter().find(|column| {
            spec(column) != spec(first) || column.declared.family() != first.declared.family()
        });
        if let Some(other) = differs {
            problems.add(
                &meant.place,
                format!(
                    "{} and {} are sealed differently: expected one of them, as \"schema.table.column\"",
                    first.qualified(),
                    other.qualified()
                ),
            );
            return None;
        }
        tables.extend(columns.iter().map(|column| column.table));
        Some(columns)
    }
}

fn spec(column: &Protected) -> Option<&SealSpec> {
    match &column.storage {
        Storage::Sealed(spec) => Some(spec),
        Storage::MaskedOnly | Storage::NotYetSealed | Storage::RuleMissing => None,
    }
}
