//! Routines that the rules vouch for: from `[routines."schema.name(types)"]` to validated rules.

use std::collections::{BTreeMap, BTreeSet};

use super::columns::Classes;
use super::nearest::did_you_mean;
use super::pattern::Pattern;
use super::problem::{Located, Place, Problems};
use super::raw::{Named, RawLevel, RawReturns, RawRoutine};
use super::tables::Draft;
use crate::identity::Level;

/// One routine that the rules vouch for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoutineRule {
    /// Schema.
    pub schema: String,
    /// Name.
    pub name: String,
    /// Types of the arguments that are given, in one form ([`crate::catalog::type_name`]).
    pub types: Vec<String>,
    /// Which databases; `None`: all.
    pub database: Option<Pattern>,
    /// Arguments by name, or by position from 1, that are sealed, and what for.
    pub args: BTreeMap<String, Meant>,
    /// What its result holds.
    pub returns: Returns,
    /// What the caller must be allowed on the protected tables that it reaches.
    pub level: Level,
    /// Where it stands.
    pub place: Place,
}

/// A class or a column whose values something holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meant {
    /// Which.
    pub of: Of,
    /// Where it stands.
    pub place: Place,
}

/// By class, or by column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Of {
    /// Any column of a class.
    Class(String),
    /// `schema.table.column`.
    Column(String, String, String),
}

/// What a result holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Returns {
    /// Nothing protected but what the columns of a row's own table are.
    Nothing,
    /// One value.
    Value(Meant),
    /// Columns by name.
    Columns(BTreeMap<String, Meant>),
}

impl RoutineRule {
    /// As it is written.
    pub fn signature(&self) -> String {
        format!("{}.{}({})", self.schema, self.name, self.types.join(","))
    }

    /// Whether it is about this database.
    pub fn in_database(&self, database: &str) -> bool {
        self.database
            .as_ref()
            .is_none_or(|pattern| pattern.matches(database))
    }
}

/// Validates all of them.
pub(super) fn routines(
    raw: Option<&Named<RawRoutine>>,
    classes: &Classes,
    drafts: &[Draft],
    problems: &mut Problems,
) -> Vec<RoutineRule> {
    let mut rules: Vec<RoutineRule> = Vec::new();
    for (written, entry) in raw.into_iter().flatten() {
        let Some((schema, name, types)) = signature(written) else {
            problems.add(
                &entry.place,
                "expected a routine with the types of its arguments, such as \"public.add_customer(text,text)\"",
            );
            continue;
        };
        let Some(routine) = &entry.value else {
            continue;
        };
        let names = Names { classes, drafts };
        let args = routine
            .args
            .as_ref()
            .into_iter()
            .flat_map(|args| &args.value);
        let rule = RoutineRule {
            schema,
            name,
            types,
            database: (routine.database.as_ref()).map(|name| Pattern::new(&name.value)),
            args: args
                .filter_map(|(name, entry)| {
                    let meant = names.meant(entry.value.as_ref()?, &entry.place, problems)?;
                    Some((name.clone(), meant))
                })
                .collect(),
            returns: match routine.returns.as_ref() {
                None => Returns::Nothing,
                Some(Located {
                    value: RawReturns::Value(text),
                    place,
                }) => match names.meant(text, place, problems) {
                    Some(meant) => Returns::Value(meant),
                    None => Returns::Nothing,
                },
                Some(Located {
                    value: RawReturns::Columns(columns),
                    ..
                }) => {
                    let columns = columns.iter().filter_map(|(name, entry)| {
                        let meant = names.meant(entry.value.as_ref()?, &entry.place, problems)?;
                        Some((name.clone(), meant))
                    });
                    Returns::Columns(columns.collect())
                }
            },
            level: match routine.level.as_ref().map(|level| level.value) {
                None | Some(RawLevel::AccessAndModify) => Level::AccessAndModify,
                Some(RawLevel::Access) => Level::Access,
                Some(RawLevel::Modify) => Level::Modify,
                Some(RawLevel::FullControl) => Level::FullControl,
            },
            place: entry.place.clone(),
        };
        let twice = rules
            .iter()
            .find(|other| other.signature() == rule.signature() && other.database == rule.database);
        if let Some(first) = twice {
            problems.add(
                &rule.place,
                format!("the same routine as at {}", first.place.short()),
            );
        }
        rules.push(rule);
    }
    rules
}

struct Names<'a> {
    classes: &'a Classes,
    drafts: &'a [Draft],
}

impl Names<'_> {
    /// The class or the column that a text names.
    fn meant(&self, text: &str, place: &Place, problems: &mut Problems) -> Option<Meant> {
        let of = match text.split('.').collect::<Vec<_>>().as_slice() {
            [class] => self.class(class, place, problems)?,
            [table, column] => self.column("public", table, column, place, problems)?,
            [schema, table, column] => self.column(schema, table, column, place, problems)?,
            _ => {
                problems.add(
                    place,
                    "expected a class, or a column as \"schema.table.column\"",
                );
                return None;
            }
        };
        Some(Meant {
            of,
            place: place.clone(),
        })
    }

    fn class(&self, name: &str, place: &Place, problems: &mut Problems) -> Option<Of> {
        let Some(class) = self.classes.get(name) else {
            let hint = did_you_mean(name, self.classes.keys().map(String::as_str));
            problems.add(
                place,
                format!("unknown class `{name}`, expected one of [classes.…], or a column as \"schema.table.column\"{hint}"),
            );
            return None;
        };
        // One with a mistake is told where it stands.
        let class = class.as_ref()?;
        let columns: BTreeSet<String> = self
            .drafts
            .iter()
            .flat_map(|draft| {
                let of_class = draft
                    .rule
                    .columns
                    .iter()
                    .filter(|(_, rule)| rule.class.as_deref() == Some(name));
                of_class.map(|(column, _)| format!("{}.{column}", draft.rule.pattern))
            })
            .collect();
        let shared = (class.seal.as_ref()).is_none_or(|seal| seal.domain.is_some());
        if columns.is_empty() {
            problems.add(place, format!("no column is of class `{name}`"));
            return None;
        }
        if !shared && columns.len() > 1 {
            let first = columns.first().map(String::as_str).unwrap_or_default();
            problems.add(
                place,
                format!(
                    "class `{name}` has no `domain` and {} columns, each of its own key domain: expected one of them, such as \"{first}\"",
                    columns.len()
                ),
            );
            return None;
        }
        Some(Of::Class(name.to_owned()))
    }

    fn column(
        &self,
        schema: &str,
        table: &str,
        column: &str,
        place: &Place,
        problems: &mut Problems,
    ) -> Option<Of> {
        let mut covering = self
            .drafts
            .iter()
            .filter(|draft| draft.rule.pattern.matches(schema, table))
            .peekable();
        if covering.peek().is_none() {
            problems.add(place, format!("no rules for table {schema}.{table}"));
            return None;
        }
        let mut covering: Vec<&Draft> = covering.collect();
        if !covering
            .iter()
            .any(|draft| draft.names.contains(column) || draft.broken)
        {
            let names = covering.drain(..).flat_map(|draft| draft.names.iter());
            let hint = did_you_mean(column, names.map(String::as_str));
            problems.add(
                place,
                format!("no rule protects column `{column}` of {schema}.{table}{hint}"),
            );
            return None;
        }
        Some(Of::Column(
            schema.to_owned(),
            table.to_owned(),
            column.to_owned(),
        ))
    }
}

/// `schema.name(type, type)`.
fn signature(written: &str) -> Option<(String, String, Vec<String>)> {
    let (path, rest) = written.split_once('(')?;
    let types = rest.trim_end().strip_suffix(')')?;
    let (schema, name) = path
        .trim()
        .split_once('.')
        .unwrap_or(("public", path.trim()));
    if schema.is_empty() || name.is_empty() || name.contains('.') {
        return None;
    }
    let types: Vec<String> = match types.trim() {
        "" => Vec::new(),
        types => types.split(',').map(crate::catalog::type_name).collect(),
    };
    if types.iter().any(String::is_empty) {
        return None;
    }
    Some((schema.to_owned(), name.to_owned(), types))
}
