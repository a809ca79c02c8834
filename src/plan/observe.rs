//! Tables that are only observed: a statement goes upstream as if no rule named them, and beside it is planned as if
//! they were protected. What that plan says is told, and nothing of it is done.

use std::collections::HashSet;
use std::sync::Arc;

use super::world::Beside;
use super::{Observed, Outcome, Piece, Plan, Reason, Request, StatementPlan, Touch, World, route};
use crate::sql;

/// The plan of a text where some tables are only observed.
pub(super) fn plan(world: &World, beside: &Beside, request: &Request<'_>) -> Plan {
    let mut plan = if beside.enforced.survey(request.text).watched {
        let rights = request.rights.over(&beside.enforced.protection);
        let request = Request {
            rights: &rights,
            ..*request
        };
        route::plan(&beside.enforced, &request)
    } else {
        untouched(world, request.text)
    };
    if beside.as_if.survey(request.text).watched {
        let would = route::plan(&beside.as_if, request);
        plan.stale |= would.stale;
        tell(world, request.text, &mut plan, &would.statements);
    }
    plan
}

/// The text as it came. A text that the lexer does not read counts as one statement.
fn untouched(world: &World, text: &str) -> Plan {
    let survey = world.survey(text);
    let statement = |fingerprint: String| StatementPlan {
        outcome: Outcome::Passthrough(Reason::NotWatched),
        outputs: None,
        derived: None,
        touches: Arc::new([]),
        writes: false,
        guesses: 0,
        fingerprint,
        observed: None,
        change: None,
    };
    let statements = match sql::lex(text) {
        Err(_) => vec![statement(String::new())],
        Ok(tokens) => sql::split(&tokens)
            .into_iter()
            .map(|range| tokens.get(range.first..=range.last).unwrap_or(&[]))
            .map(|own| statement(sql::fingerprint(own)))
            .collect(),
    };
    Plan {
        text: vec![Piece::Text(text.to_owned())],
        origins: vec![Some(0)],
        after: Vec::new(),
        statements,
        parameters: Vec::new(),
        appended: Vec::new(),
        stale: false,
        changes_settings: survey.changes_settings,
        changes_catalog: survey.changes_catalog,
    }
}

/// Notes at each statement what would become of it.
fn tell(world: &World, text: &str, plan: &mut Plan, would: &[StatementPlan]) {
    let texts = texts(text);
    let observed: HashSet<String> = (world.protection.tables.values())
        .filter(|table| table.observe)
        .map(|table| format!("{}.{}", table.schema, table.name))
        .collect();
    let own = Outcome::Passthrough(Reason::Own);
    let said = (plan.statements.iter_mut()).filter(|statement| statement.outcome != own);
    let would = would.iter().filter(|statement| statement.outcome != own);
    for (at, (statement, would)) in said.zip(would).enumerate() {
        let touches: Arc<[Touch]> = (would.touches.iter())
            .filter(|touch| observed.contains(&touch.table))
            .cloned()
            .collect();
        let refusal = match (&would.outcome, &statement.outcome) {
            // Refused as it is: nothing is left to tell.
            (_, Outcome::Refused(_)) | (Outcome::Passthrough(_), _) => continue,
            (Outcome::Refused(refusal), _) => Some(refusal.clone()),
            // It would be answered. Where it is planned as it is, the observed tables may have no part in it.
            (Outcome::Planned, Outcome::Planned) if touches.is_empty() => continue,
            (Outcome::Planned, Outcome::Planned | Outcome::Passthrough(_)) => None,
        };
        if let Outcome::Passthrough(reason) = &mut statement.outcome {
            *reason = Reason::Observed;
        }
        statement.observed = Some(Arc::new(Observed {
            text: texts.get(at).cloned().unwrap_or_default(),
            refusal,
            touches,
        }));
    }
}

fn texts(text: &str) -> Vec<String> {
    let Ok(tokens) = sql::lex(text) else {
        return Vec::new();
    };
    sql::split(&tokens)
        .into_iter()
        .map(|range| sql::normalised(tokens.get(range.first..=range.last).unwrap_or(&[])))
        .collect()
}
