//! The verdict on each statement, as a role, as if every table of the rules were protected.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::Found;
use crate::fault::{Fault, Refusal};
use crate::ground::Ground;
use crate::plan::{Action, Environment, Outcome, Protocol, Request, StatementPlan, World};
use crate::policy::{Circumstances, Problem, Rights};
use crate::sql;
use crate::value::Settings;

/// What would become of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// It names nothing protected.
    Untouched,
    /// Answered as today.
    Answered,
    /// Answered, with some columns under a mask.
    Masked,
    /// Refused.
    Refused,
    /// Refused, since it cannot be read with certainty.
    NotUnderstood,
}

impl Verdict {
    /// In the order of reports.
    pub const ALL: [Verdict; 5] = [
        Verdict::Untouched,
        Verdict::Answered,
        Verdict::Masked,
        Verdict::Refused,
        Verdict::NotUnderstood,
    ];

    /// As documents have it.
    pub fn word(self) -> &'static str {
        match self {
            Verdict::Untouched => "untouched",
            Verdict::Answered => "answered",
            Verdict::Masked => "masked",
            Verdict::Refused => "refused",
            Verdict::NotUnderstood => "not understood",
        }
    }
}

/// Statements of one shape, as one role, with one verdict.
#[derive(Debug, Clone)]
pub struct Case {
    /// Without constants; empty where it cannot be read at all.
    pub statement: String,
    /// Hash of its tokens without constants.
    pub fingerprint: String,
    /// A role of the rules, or `pg:` and a login.
    pub role: String,
    /// How often it was carried out.
    pub calls: u64,
    /// What would become of it.
    pub verdict: Verdict,
    /// Why, where it would not be answered.
    pub refusal: Option<Refusal>,
    /// Columns that would be masked.
    pub masked: BTreeSet<String>,
}

/// All of it.
#[derive(Debug)]
pub struct Assessment {
    /// What would not be answered first, then by calls.
    pub cases: Vec<Case>,
    /// What the rules say that this database does not bear out.
    pub problems: Arc<[Problem]>,
}

/// As whom, and in which schemas, statements are judged.
#[derive(Debug, Default)]
pub struct Judged<'a> {
    /// One role for all; else each as who carried it out, and as every role of the rules where that is not known.
    pub role: Option<&'a str>,
    /// Schemas of names without one, in order.
    pub schemas: &'a [String],
}

/// Judges every statement.
///
/// # Errors
/// The role that is not in the rules.
pub fn judge(ground: &Ground, found: &[Found], judged: &Judged<'_>) -> Result<Assessment, String> {
    let world = ground.world.as_if_protected();
    let environment = environment(judged.schemas);
    let mut roles: HashMap<String, Rights> = HashMap::new();
    let mut cases: BTreeMap<(String, String, Verdict, Option<Fault>), Case> = BTreeMap::new();
    for found in found {
        for role in whose(ground, found, judged.role) {
            if !roles.contains_key(&role) {
                let rights = ground
                    .policy
                    .rights_as(&world.protection, &role, &Circumstances::Met)
                    .ok_or_else(|| role.clone())?;
                roles.insert(role.clone(), rights);
            }
            let Some(rights) = roles.get(&role) else {
                continue;
            };
            for case in one(&world, &environment, rights, found, &role) {
                let fault = case.refusal.as_ref().map(|refusal| refusal.fault);
                let key = (
                    case.role.clone(),
                    case.fingerprint.clone(),
                    case.verdict,
                    fault,
                );
                cases
                    .entry(key)
                    .and_modify(|known| known.calls = known.calls.saturating_add(case.calls))
                    .or_insert(case);
            }
        }
    }
    let mut cases: Vec<Case> = cases.into_values().collect();
    cases.sort_by(|a, b| {
        (b.verdict, b.calls, &a.fingerprint, &a.role).cmp(&(
            a.verdict,
            a.calls,
            &b.fingerprint,
            &b.role,
        ))
    });
    Ok(Assessment {
        cases,
        problems: Arc::clone(&ground.problems),
    })
}

fn whose(ground: &Ground, found: &Found, role: Option<&str>) -> Vec<String> {
    match (role, &found.login) {
        (Some(role), _) => vec![role.to_owned()],
        (None, Some(login)) => vec![format!("pg:{login}")],
        (None, None) if ground.policy.roles().is_empty() => vec!["pg:anyone".to_owned()],
        (None, None) => ground.policy.roles().keys().cloned().collect(),
    }
}

fn environment(schemas: &[String]) -> Environment {
    let mut search_path = vec!["pg_catalog".to_owned()];
    search_path.extend(schemas.iter().cloned());
    Environment {
        search_path,
        temp_relations: Vec::new(),
        standard_conforming_strings: true,
        array_nulls: true,
        unsettled: false,
        client_encoding: "UTF8".to_owned(),
        settings: Settings::default(),
        literals: None,
        keyset: None,
    }
}

fn one(
    world: &World,
    environment: &Environment,
    rights: &Rights,
    found: &Found,
    role: &str,
) -> Vec<Case> {
    let tokens = sql::lex(&found.text).unwrap_or_default();
    let texts: Vec<String> = sql::split(&tokens)
        .into_iter()
        .map(|range| sql::normalised(tokens.get(range.first..=range.last).unwrap_or(&[])))
        .collect();
    let case = |at: usize, verdict: Verdict| Case {
        statement: texts.get(at).cloned().unwrap_or_default(),
        fingerprint: sql::fingerprint(&tokens),
        role: role.to_owned(),
        calls: found.calls,
        verdict,
        refusal: None,
        masked: BTreeSet::new(),
    };
    if !world.survey(&found.text).watched {
        return vec![case(0, Verdict::Untouched)];
    }
    let (plan, _) = world.plan(&Request {
        text: &found.text,
        // Statements of a script come one by one; a log's may be several in one message.
        protocol: Protocol::Simple,
        declared: &[],
        environment,
        rights,
        application: "sealwire assess",
        named: crate::plan::Named::none(),
    });
    plan.statements
        .iter()
        .enumerate()
        .map(|(at, statement)| {
            let mut case = case(at, verdict(statement));
            if !statement.fingerprint.is_empty() {
                case.fingerprint.clone_from(&statement.fingerprint);
            }
            if let Outcome::Refused(refusal) = &statement.outcome {
                // The position is in a text that is not shown.
                case.refusal = Some(Refusal {
                    position: None,
                    message: without_values(&refusal.message, &tokens, world),
                    ..refusal.clone()
                });
            }
            case.masked = (statement.touches.iter())
                .filter(|touch| touch.action == Action::Mask)
                .map(|touch| format!("{}.{}", touch.table, touch.column))
                .collect();
            case
        })
        .collect()
}

/// A message says which name is not there, and a value may stand in its place (`where mail = "ann@example.com"`).
fn without_values(message: &str, tokens: &[sql::Token], world: &World) -> String {
    let relations = || world.snapshot.relations.values();
    let exists = |name: &str| {
        relations().any(|relation| relation.name == name || relation.column(name).is_some())
    };
    sql::unusual_names(tokens)
        .filter(|name| !name.is_empty() && message.contains(name) && !exists(name))
        .fold(message.to_owned(), |message, name| {
            message.replace(name, "…")
        })
}

fn verdict(statement: &StatementPlan) -> Verdict {
    match &statement.outcome {
        Outcome::Passthrough(_) => Verdict::Untouched,
        Outcome::Planned => {
            let masks = (statement.touches.iter()).any(|touch| touch.action == Action::Mask);
            if masks {
                Verdict::Masked
            } else {
                Verdict::Answered
            }
        }
        Outcome::Refused(refusal) => {
            let unread = [Fault::Unparsed, Fault::AmbiguousText, Fault::TooComplex];
            if unread.contains(&refusal.fault) {
                Verdict::NotUnderstood
            } else {
                Verdict::Refused
            }
        }
    }
}
