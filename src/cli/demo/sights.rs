//! What the demo shows, each with its checks.

use tokio_postgres::{Client, SimpleQueryMessage};

use super::checks::Checks;
use super::customers::Customer;
use super::disk::Found;
use super::screen::{cell, number, table};
use super::site::Proxy;
use super::{ROLES, connect};
use crate::cli::Failure;
use crate::cli::screen::line;

const COLUMNS: [&str; 5] = ["name", "email", "ssn", "birth_date", "notes"];
const SELECT: &str =
    "select name, email, ssn, birth_date, notes from customers order by id limit 2";

/// The files of the table, searched for every value.
pub(super) fn on_disk(
    before: Found,
    after: Found,
    in_wal: Found,
    people: &[Customer],
    checks: &mut Checks,
) {
    line("What the table's files on disk hold (every value was searched for)");
    let row = |what: &str, before: usize, after: usize| {
        vec![what.to_owned(), number(before), number(after)]
    };
    line(table(
        &["plaintext found", "before", "after protect"],
        &[
            row("email addresses", before.emails, after.emails),
            row("social security numbers", before.ssns, after.ssns),
            row("notes", before.notes, after.notes),
        ],
    ));
    line(format!(
        "  The write-ahead log still holds {} of them from before, as `protect` said; backups would too.\n",
        number(in_wal.total())
    ));
    checks.that(
        "all plaintexts were in the files before",
        before.emails == people.len() && before.notes == people.len(),
    );
    checks.that(
        "no plaintext is in the files afterwards",
        after.total() == 0,
    );
}

/// One statement, by the server's superuser directly and by each role through Sealwire.
pub(super) async fn who_sees_what(
    owner: &Client,
    proxy: &Proxy,
    people: &[Customer],
    checks: &mut Checks,
) -> Result<(), Failure> {
    line(
        "Who sees what: the server's superuser directly, the others through Sealwire (no rule names intern)",
    );
    line(format!("  {SELECT}"));
    let mut shown = Vec::new();
    let sealed = rows(owner, SELECT).await?;
    for (at, column) in COLUMNS.iter().enumerate().skip(1) {
        let all = sealed
            .iter()
            .all(|row| matches!(row.get(at), Some(Some(value)) if value.starts_with("\\xfb")));
        checks.that(format!("{column} is sealed in the server"), all);
    }
    checks.that("the superuser got two rows", sealed.len() == 2);
    shown.extend(sealed.iter().map(|row| line_of("superuser", row)));
    for role in ROLES {
        let client = connect(&proxy.url(role)).await?;
        let rows = rows(&client, SELECT).await?;
        checks.that(format!("{role} got two rows"), rows.len() == 2);
        for (row, person) in rows.iter().zip(people) {
            checks.that(
                format!("{role} sees of customer {} what the rules say", person.id),
                as_ruled(role, row, person),
            );
        }
        shown.extend(rows.iter().map(|row| line_of(role, row)));
    }
    let header: Vec<&str> = ["who"].into_iter().chain(COLUMNS).collect();
    line(table(&header, &shown));
    Ok(())
}

/// What the demo's rules promise to a role.
fn as_ruled(role: &str, row: &[Option<String>], person: &Customer) -> bool {
    let at = |column: usize| row.get(column).cloned().flatten();
    let (email, ssn, born, notes) = (at(1), at(2), at(3), at(4));
    let last_four = person.ssn.get(7..).unwrap_or_default();
    let year = person.birth_date.get(..4).unwrap_or_default();
    let right = match role {
        "billing" => {
            email.as_deref() == Some(&*person.email)
                && ssn.as_deref() == Some(&*person.ssn)
                && born.as_deref() == Some(&*person.birth_date)
                && notes.as_deref() == Some(&*person.notes)
        }
        "support" => {
            email.as_deref() == Some(&*person.email)
                && ssn
                    .as_deref()
                    .is_some_and(|ssn| ssn.ends_with(last_four) && !ssn.contains(&*person.ssn))
                && born.as_deref() == Some(&*format!("{year}-01-01"))
                && notes.is_none()
        }
        _ => email.is_none() && ssn.is_none() && born.is_none() && notes.is_none(),
    };
    right && at(0).as_deref() == Some(&*person.name)
}

fn line_of(who: &str, row: &[Option<String>]) -> Vec<String> {
    let mut cells = vec![who.to_owned()];
    cells.extend(row.iter().map(|value| cell(value.as_deref())));
    cells
}

/// An equality look-up, which the server answers on sealed values with its index.
pub(super) async fn look_up(
    proxy: &Proxy,
    owner: &Client,
    people: &[Customer],
    checks: &mut Checks,
) -> Result<(), Failure> {
    let Some(wanted) = people.get(people.len() / 2) else {
        return Ok(());
    };
    line("An equality look-up on a sealed column, by support, with an ordinary parameter");
    let sql = "select id, name, email from customers where email = $1";
    let client = connect(&proxy.url("support")).await?;
    let found = client.query(sql, &[&wanted.email]).await?;
    let rows: Vec<Vec<String>> = found
        .iter()
        .map(|row| {
            Ok(vec![
                row.try_get::<_, i32>(0)?.to_string(),
                row.try_get(1)?,
                row.try_get(2)?,
            ])
        })
        .collect::<Result<_, tokio_postgres::Error>>()?;
    line(format!("  {sql}   -- $1 = {}", wanted.email));
    line(table(&["id", "name", "email"], &rows));
    let one = rows.len() == 1
        && rows
            .first()
            .is_some_and(|row| row.first() == Some(&wanted.id.to_string()));
    checks.that("the look-up found the one customer", one);
    // Directly, the plaintext finds nothing: the server knows no such value.
    let plain = format!(
        "select count(*) from customers where email = '{}'",
        wanted.email
    );
    let direct = owner.simple_query(&plain).await;
    let nothing = match direct {
        Err(_) => true,
        Ok(messages) => messages.iter().any(
            |message| matches!(message, SimpleQueryMessage::Row(row) if row.get(0) == Some("0")),
        ),
    };
    checks.that("the server itself does not find the plaintext", nothing);
    Ok(())
}

/// A statement that is refused, with its hint.
pub(super) async fn refusal(
    proxy: &Proxy,
    people: &[Customer],
    checks: &mut Checks,
) -> Result<(), Failure> {
    let Some(wanted) = people.first() else {
        return Ok(());
    };
    line("A refused statement: intern tries to find out whether an address is a customer's");
    let client = connect(&proxy.url("intern")).await?;
    let sql = format!(
        "select count(*) from customers where email = '{}'",
        wanted.email
    );
    line(format!("  {sql}"));
    let refused = client.simple_query(&sql).await.err();
    let refused = refused
        .as_ref()
        .and_then(tokio_postgres::Error::as_db_error);
    checks.that("the statement is refused", refused.is_some());
    if let Some(error) = refused {
        line(format!(
            "  ERROR {}: {}",
            error.code().code(),
            error.message()
        ));
        line(format!("  HINT: {}\n", error.hint().unwrap_or("(none)")));
        checks.that("it is refused with 42501", error.code().code() == "42501");
        checks.that("it has a hint", error.hint().is_some());
        checks.that(
            "no value is in the message",
            !error.message().contains(&*wanted.email),
        );
    }
    let rows = rows(&client, "select count(*) from customers").await?;
    checks.that(
        "the session goes on",
        rows == [[Some(people.len().to_string())]],
    );
    Ok(())
}

async fn rows(client: &Client, sql: &str) -> Result<Vec<Vec<Option<String>>>, Failure> {
    let messages = client.simple_query(sql).await?;
    Ok(messages
        .iter()
        .filter_map(|message| match message {
            SimpleQueryMessage::Row(row) => Some(
                (0..row.len())
                    .map(|at| row.get(at).map(str::to_owned))
                    .collect(),
            ),
            _ => None,
        })
        .collect())
}
