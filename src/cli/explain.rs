//! `sealwire explain`: what becomes of a statement, for a role, and why. Nothing is sent to the server but
//! the reading of the catalog.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::Failure;
use super::arguments::Site;
use super::common::{ground, policy};
use super::derived;
use super::screen::{json, line};
use crate::plan::{
    CopyPlan, CopyWay, Environment, Outcome, Output, Piece, Plan, Protocol, Reason, Request, Show,
    StatementPlan, Treatment,
};
use crate::policy::{Circumstances, Protected};
use crate::value::Settings;

pub(super) async fn run(
    role: &str,
    circumstances: &Circumstances,
    sql: &str,
    site: &Site,
) -> Result<(), Failure> {
    let policy = policy(&site.rules.rules)?;
    let ground = ground(policy, site).await?;
    let world = &ground.world;
    let rights = ground
        .policy
        .rights_as(&world.protection, role, circumstances)
        .ok_or_else(|| {
            Failure::Usage(format!(
                "no role `{role}` in the rules; a login is named as pg:{role}"
            ))
        })?;
    let environment = Environment {
        search_path: vec!["pg_catalog".to_owned(), "public".to_owned()],
        temp_relations: Vec::new(),
        standard_conforming_strings: true,
        array_nulls: true,
        unsettled: false,
        client_encoding: "UTF8".to_owned(),
        settings: Settings::default(),
        literals: None,
        keyset: None,
    };
    if !world.survey(sql).watched {
        return untouched(sql, site.rules.json);
    }
    let (plan, _) = world.plan(&Request {
        text: sql,
        protocol: Protocol::Extended,
        declared: &[],
        environment: &environment,
        rights: &rights,
        application: "explain",
        named: crate::plan::Named::none(),
    });
    if site.rules.json {
        json(&document(&plan));
    } else {
        line(page(&plan));
    }
    let refused = plan
        .statements
        .iter()
        .any(|statement| matches!(statement.outcome, Outcome::Refused(_)));
    // A refusal is what was asked for, yet scripts want to see it.
    if refused {
        Err(Failure::Reported)
    } else {
        Ok(())
    }
}

fn untouched(sql: &str, as_json: bool) -> Result<(), Failure> {
    if as_json {
        json(
            &json!({ "upstream": sql, "statements": [{ "outcome": "passthrough", "reason": "not watched" }] }),
        );
    } else {
        line(
            "Passes untouched: it names nothing protected, and nothing that reaches a protected table.",
        );
    }
    Ok(())
}

fn page(plan: &Plan) -> String {
    let mut out = String::new();
    // Writing to a String cannot fail.
    let refused = plan
        .statements
        .iter()
        .any(|s| matches!(s.outcome, Outcome::Refused(_)));
    if !refused {
        let _ = writeln!(out, "Upstream:\n  {}", upstream(plan).replace('\n', "\n  "));
    }
    for (number, parameter) in plan.parameters.iter().enumerate() {
        let _ = writeln!(
            out,
            "Parameter ${}: {}",
            number + 1,
            treatment(&parameter.treatment)
        );
    }
    for (number, appended) in plan.appended.iter().enumerate() {
        let _ = writeln!(
            out,
            "Parameter ${}, added: ${} again, {}",
            plan.parameters.len() + number + 1,
            appended.source + 1,
            treatment(&appended.treatment)
        );
    }
    for statement in &plan.statements {
        let _ = writeln!(out, "{}", outcome(statement));
        for (at, output) in statement
            .outputs
            .iter()
            .flat_map(|all| all.iter())
            .enumerate()
        {
            let _ = writeln!(out, "  column {}: {}", at + 1, shown(output));
        }
        for said in statement.derived.iter().flat_map(|own| derived::lines(own)) {
            let _ = writeln!(out, "  {said}");
        }
        if let Some(copy) = &statement.copy {
            for (name, what) in copied(copy) {
                let _ = writeln!(out, "  {name}: {what}");
            }
        }
        if let Some(observed) = &statement.observed {
            let would = match &observed.refusal {
                Some(refusal) => format!("would be refused, {refusal}"),
                None => "would be answered".to_owned(),
            };
            let _ = writeln!(out, "  observe mode: {would}");
        }
    }
    out.truncate(out.trim_end().len());
    out
}

fn document(plan: &Plan) -> Value {
    let statement = |statement: &StatementPlan| {
        let refusal = match &statement.outcome {
            Outcome::Refused(refusal) => Some(refusal),
            Outcome::Passthrough(_) | Outcome::Planned => statement
                .observed
                .as_ref()
                .and_then(|observed| observed.refusal.as_ref()),
        };
        json!({
            "outcome": match &statement.outcome {
                Outcome::Passthrough(_) => "passthrough",
                Outcome::Planned => "planned",
                Outcome::Refused(_) => "refused",
            },
            "reason": match &statement.outcome {
                Outcome::Passthrough(reason) => Some(why(*reason)),
                Outcome::Planned | Outcome::Refused(_) => None,
            },
            "columns": statement.outputs.as_ref().map(|outputs| outputs.iter().map(shown).collect::<Vec<_>>()),
            "derived": statement.derived.as_ref().map(|own| derived::document(own)),
            "copy": statement.copy.as_ref().map(|copy| {
                let columns = copied(copy).into_iter();
                columns.map(|(name, what)| json!({ "column": name, "data": what })).collect::<Vec<_>>()
            }),
            "fault": refusal.map(|refusal| refusal.fault.entry().id),
            "sqlstate": refusal.map(|refusal| refusal.sqlstate),
            "message": refusal.map(|refusal| &refusal.message),
            "hint": refusal.and_then(|refusal| refusal.hint.as_ref()),
            "position": refusal.and_then(|refusal| refusal.position),
            "fingerprint": statement.fingerprint,
        })
    };
    json!({
        "upstream": upstream(plan),
        "parameters": plan.parameters.iter().map(|p| treatment(&p.treatment)).collect::<Vec<_>>(),
        "appended": plan.appended.iter().map(|a| treatment(&a.treatment)).collect::<Vec<_>>(),
        "statements": plan.statements.iter().map(statement).collect::<Vec<_>>(),
    })
}

/// What becomes of each column of a COPY's data.
fn copied(copy: &CopyPlan) -> Vec<(String, String)> {
    match &copy.way {
        CopyWay::Out(outputs) => outputs
            .iter()
            .enumerate()
            .map(|(at, output)| (format!("column {}", at + 1), shown(output)))
            .collect(),
        CopyWay::In {
            columns,
            defaults,
            whose: _,
        } => {
            let given = columns.iter().map(|column| {
                let what = match &column.seal {
                    Some((sealed, _)) => format!("sealed for {}", sealed.qualified()),
                    None => "as it comes".to_owned(),
                };
                (column.name.clone(), what)
            });
            let added = defaults.iter().map(|default| {
                let what = format!("its default, sealed for {}", default.column.qualified());
                (default.column.column.clone(), what)
            });
            given.chain(added).collect()
        }
    }
}

/// The text sent upstream; a sealed constant is shown by its column, since no key is asked for here.
fn upstream(plan: &Plan) -> String {
    let mut text = String::new();
    for piece in &plan.text {
        match piece {
            Piece::Text(part) => text.push_str(part),
            Piece::Sealed { column, .. } => {
                let _ = write!(
                    text,
                    "'\\xfb…'::pg_catalog.bytea /* sealed for {} */",
                    column.qualified()
                );
            }
            Piece::SealedArray { column, values, .. } => {
                let _ = write!(
                    text,
                    "'{{…}}'::pg_catalog.bytea[] /* {} values sealed for {} */",
                    values.len(),
                    column.qualified()
                );
            }
            Piece::Tokens {
                column, fragments, ..
            } => {
                let _ = write!(
                    text,
                    "'{{…}}'::pg_catalog.int8[] /* {} search tokens of {} */",
                    fragments.len(),
                    column.qualified()
                );
            }
            Piece::Tags {
                column,
                forms,
                array,
                ..
            } => {
                let _ = if *array {
                    write!(
                        text,
                        "'{{…}}'::pg_catalog.bytea[] /* {} tags of {} */",
                        forms.len(),
                        column.qualified()
                    )
                } else {
                    write!(
                        text,
                        "'\\x…'::pg_catalog.bytea /* tag of {} */",
                        column.qualified()
                    )
                };
            }
            Piece::Filled { entry, .. } => {
                let _ = write!(
                    text,
                    "'\\xfb…'::sealwire.sealed /* sealed for {} */",
                    entry.column
                );
            }
            Piece::Entry(entry) => {
                let _ = write!(
                    text,
                    "CALL sealwire.enter(…) /* {}.{}.{} */",
                    entry.schema, entry.table, entry.column
                );
            }
        }
    }
    text
}

fn outcome(statement: &StatementPlan) -> String {
    match &statement.outcome {
        Outcome::Passthrough(reason) => format!("Passes untouched: {}.", why(*reason)),
        Outcome::Planned => "Answered:".to_owned(),
        Outcome::Refused(refusal) => {
            let position = refusal
                .position
                .map(|at| format!(", at character {at}"))
                .unwrap_or_default();
            let hint = refusal
                .hint
                .as_ref()
                .map(|hint| format!("\n  What would help: {hint}"))
                .unwrap_or_default();
            format!(
                "Refused with {} ({}, {}{position}): {}{hint}",
                refusal.sqlstate,
                refusal.fault.entry().id,
                refusal.fault.entry().name,
                refusal.message
            )
        }
    }
}

fn why(reason: Reason) -> &'static str {
    match reason {
        Reason::NotWatched => "it names nothing protected",
        Reason::NothingProtected => "the names in it mean nothing protected",
        Reason::NoData => "a statement of its kind carries no data",
        Reason::Observed => "observe mode",
        Reason::Own => "Sealwire's own, in the same transaction",
    }
}

fn treatment(treatment: &Treatment) -> String {
    match treatment {
        Treatment::Pass => "as it comes".to_owned(),
        Treatment::Seal {
            column,
            array,
            guess,
            ..
        } => format!(
            "sealed{} for {}{}",
            if *array { ", element by element," } else { "" },
            column.qualified(),
            if *guess { ", counts as a guess" } else { "" }
        ),
        Treatment::Tag {
            column,
            array,
            guess,
            ..
        } => format!(
            "the case-insensitive tag{} of {}{}",
            if *array { ", element by element," } else { "" },
            column.qualified(),
            if *guess { ", counts as a guess" } else { "" }
        ),
        Treatment::Tokens { column, guess, .. } => format!(
            "search tokens of {}{}",
            column.qualified(),
            if *guess { ", counts as a guess" } else { "" }
        ),
        Treatment::Keep(keep) => format!(
            "written to {} unless it is the mask that was shown",
            keep.column.qualified()
        ),
        Treatment::KeepFlag => "whether that is the mask, and what is stored stays".to_owned(),
        Treatment::Guess => "as it comes, counts as a guess".to_owned(),
        Treatment::Local => "read by the proxy, and not sent".to_owned(),
    }
}

fn shown(output: &Output) -> String {
    let of = |column: &Protected, array: bool, how: &str| {
        format!(
            "{}{} {how}",
            if array { "array of " } else { "" },
            column.qualified()
        )
    };
    match output {
        Output::Pass => "as the server sends it".to_owned(),
        Output::Sealed {
            column,
            show: Show::Open,
            array,
            ..
        } => of(column, *array, "opened"),
        Output::Sealed {
            column,
            show: Show::Mask(mask),
            array,
            ..
        } => of(
            column,
            *array,
            &format!("masked: {}", super::common::mask(mask)),
        ),
        Output::Plain {
            column,
            mask,
            array,
            ..
        } => of(
            column,
            *array,
            &format!("masked: {}", super::common::mask(mask)),
        ),
    }
}
