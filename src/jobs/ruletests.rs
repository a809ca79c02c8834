//! The rules' own `[[tests]]`: each statement is planned as its role, described by the server, and what
//! every column would show is compared with what the author expects. No row is read.

use tokio_postgres::Client;

use crate::ground::Ground;
use crate::mask::Mask;
use crate::plan::{Environment, Outcome, Output, Plan, Protocol, Request, Show};
use crate::policy::{Circumstances, Expectation, Protected, RuleTest};
use crate::transform::{Counts, render};
use crate::upstream::service;
use crate::value::Settings;

/// A test that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestFailure {
    /// The rule file.
    pub file: String,
    /// Line from 1.
    pub line: u32,
    /// What was expected and what would happen.
    pub message: String,
}

impl std::fmt::Display for TestFailure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.message)
    }
}

/// Runs the tests that are about this database. Gives how many there were, and those that fail.
pub async fn run(ground: &Ground, client: &Client) -> (usize, Vec<TestFailure>) {
    let mut failures = Vec::new();
    let mut count = 0;
    for test in ground.policy.tests() {
        let here = test
            .database
            .as_ref()
            .is_none_or(|database| *database == ground.world.snapshot.database);
        if !here {
            continue;
        }
        count += 1;
        if let Err(message) = one(ground, client, test).await {
            failures.push(TestFailure {
                file: test.file.clone(),
                line: test.line,
                message,
            });
        }
    }
    (count, failures)
}

async fn one(ground: &Ground, client: &Client, test: &RuleTest) -> Result<(), String> {
    let circumstances = match test.at {
        Some(unix) => Circumstances::Now {
            unix,
            from: test.from,
        },
        None => Circumstances::now(test.from),
    };
    let rights = ground
        .policy
        .rights_as(&ground.world.protection, &test.as_role, &circumstances)
        .ok_or_else(|| format!("no role `{}` in the rules", test.as_role))?;
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
    let (plan, _) = ground.world.plan(&Request {
        text: &test.sql,
        protocol: Protocol::Extended,
        declared: &[],
        environment: &environment,
        rights: &rights,
        application: "sealwire check",
        named: crate::plan::Named::none(),
    });
    let refused = plan
        .statements
        .iter()
        .find_map(|statement| match &statement.outcome {
            Outcome::Refused(refusal) => Some(refusal),
            Outcome::Passthrough(_) | Outcome::Planned => None,
        });
    match (test.expect.get("*"), refused) {
        (Some(Expectation::Refused), Some(_)) => return Ok(()),
        (Some(Expectation::Refused), None) => {
            return Err("expected a refusal, and the statement is allowed".to_owned());
        }
        (_, Some(refusal)) => return Err(format!("the statement is refused: {refusal}")),
        (_, None) => {}
    }
    let names = describe(ground, client, &plan).await?;
    for (name, expected) in &test.expect {
        let at: Vec<usize> = names
            .iter()
            .enumerate()
            .filter(|(_, found)| *found == name || name == "*")
            .map(|(at, _)| at)
            .collect();
        if at.is_empty() {
            return Err(format!("the result has no column `{name}`"));
        }
        for at in at {
            let output = plan
                .statements
                .first()
                .and_then(|statement| statement.outputs.as_ref())
                .and_then(|outputs| outputs.get(at));
            check(name, *expected, output)?;
        }
    }
    Ok(())
}

/// The names of the result's columns, by the server's own analysis of what would be sent.
async fn describe(ground: &Ground, client: &Client, plan: &Plan) -> Result<Vec<String>, String> {
    let text = render(&plan.text, &ground.keyring, &mut Counts::default())
        .map_err(|refusal| refusal.to_string())?;
    let path = client.batch_execute("SET search_path = public").await;
    let described = client.prepare(&text).await;
    let back = client.batch_execute("SET search_path = pg_catalog").await;
    path.and(back).map_err(|error| service::reason(&error))?;
    let statement =
        described.map_err(|error| format!("the server says: {}", service::reason(&error)))?;
    Ok(statement
        .columns()
        .iter()
        .map(|column| column.name().to_owned())
        .collect())
}

fn check(name: &str, expected: Expectation, output: Option<&Output>) -> Result<(), String> {
    let found = match output {
        None | Some(Output::Pass) => None,
        Some(Output::Sealed { column, show, .. }) => match show {
            Show::Open => None,
            Show::Mask(mask) => Some((column.as_ref(), mask)),
        },
        Some(Output::Plain { column, mask, .. }) => Some((column.as_ref(), mask)),
    };
    let holds = match (expected, found) {
        (Expectation::Value, None) => true,
        (Expectation::Partial, Some((column, mask))) => column.partial_mask.as_ref() == Some(mask),
        (Expectation::Mask, Some((column, mask))) => column.default_mask == *mask,
        (Expectation::Null, Some((_, mask))) => *mask == Mask::Null,
        (Expectation::Refused, _) | (Expectation::Value, Some(_)) => false,
        (Expectation::Partial | Expectation::Mask | Expectation::Null, None) => false,
    };
    if holds {
        return Ok(());
    }
    Err(format!(
        "`{name}` shows {}, expected {}",
        shown(found),
        word(expected)
    ))
}

fn shown(found: Option<(&Protected, &Mask)>) -> &'static str {
    match found {
        None => "the value",
        Some((_, Mask::Null)) => "NULL",
        Some((column, mask)) if column.default_mask == *mask => "the default mask",
        Some(_) => "the partial mask",
    }
}

fn word(expected: Expectation) -> &'static str {
    match expected {
        Expectation::Value => "the value",
        Expectation::Partial => "the partial mask",
        Expectation::Mask => "the default mask",
        Expectation::Null => "NULL",
        Expectation::Refused => "a refusal",
    }
}
