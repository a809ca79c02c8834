//! SQL text to plan, for four roles and both protocols.

mod fixture;
mod words;

use std::collections::BTreeSet;

use sealwire::plan::{
    Action, CopyWay, Environment, Named, Outcome, Output, Piece, Plan, Protocol, Reason, Request,
    Show, StatementPlan, Treatment,
};
use sealwire::policy::Rights;
use sealwire::sql;
use sealwire::transform::{Counts, render};

use fixture::FIXTURE;

use super::keys::KEYRING;

/// Relations that a statement does not name unnoticed.
const WATCHED: &[&str] = &["customers", "claims", "contacts"];

/// Who sees nothing of the protected columns, and who sees one.
const STRANGER: &str = "stranger";
const SUPPORT: &str = "support";

/// The text of any bytes that are UTF-8.
pub fn run(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let survey = FIXTURE.world.survey(text);
    assert_eq!(FIXTURE.world.survey(text), survey, "surveyed twice");
    let names = words::names(text);
    if let (false, Some(names)) = (survey.watched, &names) {
        let found = names.iter().find(|name| WATCHED.contains(&name.as_str()));
        assert_eq!(found, None, "named, and not watched");
    }
    for login in ["owner", "billing", SUPPORT, STRANGER] {
        let rights = &FIXTURE.rights[login];
        for protocol in [Protocol::Simple, Protocol::Extended] {
            check(text, login, rights, protocol, names.as_deref());
        }
    }
    for declared in [17, 25, 1043, 1700] {
        let rights = &FIXTURE.rights[STRANGER];
        let plan = made(text, rights, Protocol::Extended, &[declared; 3]);
        sees_no_more(&plan, STRANGER);
    }
}

/// One plan of a text, for who sees nothing: that there is one.
pub fn once(text: &str) {
    let _ = FIXTURE.world.survey(text);
    let plan = made(text, &FIXTURE.rights[STRANGER], Protocol::Simple, &[]);
    sees_no_more(&plan, STRANGER);
}

fn made(text: &str, rights: &Rights, protocol: Protocol, declared: &[u32]) -> Plan {
    let request = |environment: &Environment| {
        let request = Request {
            text,
            protocol,
            declared,
            environment,
            rights,
            application: "fuzz",
            named: Named::none(),
        };
        Plan::clone(&FIXTURE.world.plan(&request).0)
    };
    request(&FIXTURE.environment)
}

fn check(text: &str, login: &str, rights: &Rights, protocol: Protocol, names: Option<&[String]>) {
    let plan = made(text, rights, protocol, &[]);
    let again = made(text, rights, protocol, &[]);
    assert_eq!(plan.text, again.text, "planned twice");
    assert_eq!(plan.parameters, again.parameters);
    assert_eq!(plan.appended, again.appended);
    assert_eq!(plan.statements.len(), again.statements.len());
    for (one, other) in plan.statements.iter().zip(&again.statements) {
        assert_eq!(one.outcome, other.outcome);
        assert_eq!(one.outputs, other.outputs);
        assert_eq!(one.derived, other.derived);
        assert_eq!(one.touches, other.touches);
        assert_eq!(one.fingerprint, other.fingerprint);
    }
    assert_eq!(plan.text.len(), plan.origins.len(), "origins");
    let characters = text.chars().count();
    for statement in &plan.statements {
        if let Outcome::Refused(refusal) = &statement.outcome
            && let Some(position) = refusal.position
        {
            assert!((1..=characters + 1).contains(&position), "the position");
        }
    }
    untouched(text, &plan, names);
    sees_no_more(&plan, login);
    upstream(text, &plan);
}

/// What passes as unwatched names nothing that is; a plain query of a protected table is never passed as one of
/// something else.
fn untouched(text: &str, plan: &Plan, names: Option<&[String]>) {
    let Some(names) = names else { return };
    let watched = names.iter().any(|name| WATCHED.contains(&name.as_str()));
    if !watched {
        return;
    }
    let unnoticed = |statement: &StatementPlan| {
        matches!(
            statement.outcome,
            Outcome::Passthrough(Reason::NotWatched | Reason::NothingProtected | Reason::NoData)
        )
    };
    let [statement] = plan.statements.as_slice() else {
        return;
    };
    assert_ne!(
        statement.outcome,
        Outcome::Passthrough(Reason::NotWatched),
        "named, and passed"
    );
    if words::is_plain_query_of(text, WATCHED) {
        assert!(!unnoticed(statement), "read, and passed");
    }
}

/// Nobody is shown, or may look for, more than the rules say.
fn sees_no_more(plan: &Plan, login: &str) {
    let (opens, seeks, writes): (&[&str], &[&str], bool) = match login {
        STRANGER => (&[], &[], false),
        SUPPORT => (&["email"], &["email", "ssn", "visits", "notes"], true),
        _ => return,
    };
    for statement in &plan.statements {
        let mut opened: BTreeSet<usize> = BTreeSet::new();
        let outputs = statement.outputs.iter().flat_map(|outputs| outputs.iter());
        for (at, output) in outputs.enumerate() {
            if let Output::Sealed {
                column,
                show: Show::Open,
                ..
            } = output
            {
                assert!(opens.contains(&&*column.column), "{login} opens");
                opened.insert(at);
            }
        }
        if let Some(copy) = &statement.copy {
            match &copy.way {
                CopyWay::Out(outputs) => assert!(
                    outputs.iter().all(|output| match output {
                        Output::Sealed {
                            column,
                            show: Show::Open,
                            ..
                        } => opens.contains(&&*column.column),
                        _ => true,
                    }),
                    "{login} copies"
                ),
                CopyWay::In { .. } => assert!(writes, "{login} writes by COPY"),
            }
        }
        // What the proxy reads by value, to compute, sort or look again, is what may be seen or sought.
        if let (Some(derived), Some(outputs)) = (&statement.derived, &statement.outputs) {
            let read = derived.inputs.iter().map(|input| input.column);
            for at in read.chain(derived.sort.iter().map(|key| key.column)) {
                let column = match &outputs[at] {
                    Output::Pass => continue,
                    Output::Sealed { column, .. } | Output::Plain { column, .. } => column,
                };
                let column = &&*column.column;
                assert!(
                    opens.contains(column) || seeks.contains(column),
                    "{login} reads"
                );
            }
        }
        for touch in statement.touches.iter() {
            let column = &&*touch.column;
            match touch.action {
                Action::Mask => {}
                Action::Open => assert!(opens.contains(column), "{login} touches"),
                Action::Search => assert!(
                    opens.contains(column) || seeks.contains(column),
                    "{login} searches"
                ),
                Action::Write | Action::Delete => assert!(writes, "{login} writes"),
            }
        }
    }
    // A constant beside a masked column in a list of rows is sealed like it, and masked like it; tags and tokens are
    // for searching alone.
    let seek = |column: &str| assert!(seeks.contains(&column), "{login} searches");
    for piece in &plan.text {
        match piece {
            Piece::Tags { column, .. } | Piece::Tokens { column, .. } => seek(&column.column),
            Piece::Text(_) | Piece::Sealed { .. } | Piece::SealedArray { .. } => {}
            Piece::Entry(_) | Piece::Filled { .. } => panic!("{login} changes the registry"),
        }
    }
    for parameter in &plan.parameters {
        match &parameter.treatment {
            Treatment::Tag { column, .. } | Treatment::Tokens { column, .. } => {
                seek(&column.column);
            }
            Treatment::Keep(_) => assert!(writes, "{login} writes"),
            Treatment::Pass
            | Treatment::Seal { .. }
            | Treatment::KeepFlag
            | Treatment::Guess
            | Treatment::Local => {}
        }
    }
}

/// What goes upstream reads as so many statements as the plan says, with no placeholder that is not bound.
fn upstream(text: &str, plan: &Plan) {
    // A value may be longer than its column's order has room for: then the session refuses.
    let Ok(rendered) = render(&plan.text, &KEYRING, &mut Counts::default()) else {
        return;
    };
    let tokens = match sql::lex(&rendered) {
        Ok(tokens) => tokens,
        // A text that is not read is refused whole, and something that fails goes up instead.
        Err(error) => panic!("sent upstream: {} at {}", error.what, error.at),
    };
    assert_eq!(
        sql::split(&tokens).len(),
        plan.statements.len(),
        "statements upstream"
    );
    let placeholders = |tokens: &[sql::Token]| {
        let numbers = tokens.iter().filter_map(|token| match token.kind {
            sql::TokenKind::Placeholder(number) => Some(number),
            _ => None,
        });
        numbers.max().unwrap_or(0)
    };
    let own = sql::lex(text).map_or(0, |tokens| placeholders(&tokens));
    let bound = own.max(plan.parameters.len()) + plan.appended.len();
    assert!(placeholders(&tokens) <= bound, "placeholders upstream");
}
