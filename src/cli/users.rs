//! `sealwire users import|add|remove|list`: the users file of method `scram`.

use std::path::PathBuf;

use serde_json::json;

use super::Failure;
use super::arguments::{Live, Rules, Site, Users as Command};
use super::common::{connect, only_database, policy};
use super::screen::{json, line};
use super::typed;
use crate::auth::scram::Verifier;
use crate::auth::{Account, Password, Users, moment, valid_until, written_until};
use crate::gate;
use crate::policy::{Policy, VerifierSource};

/// The variable with a user's password.
const PASSWORD: &str = "SEALWIRE_USER_PASSWORD";

pub(super) async fn run(command: Command) -> Result<(), Failure> {
    match command {
        Command::Import { names, all, live } => import(&names, all, &live).await,
        Command::Add {
            name,
            valid_until,
            without_server,
            site,
        } => add(&name, valid_until.as_deref(), without_server, &site).await,
        Command::Remove { name, rules } => remove(&name, &rules),
        Command::List(rules) => list(&rules),
    }
}

/// One role that may log in, as `pg_authid` has it.
struct Role {
    name: String,
    account: Option<Account>,
}

/// Roles that may log in; with `$2` those of the names in `$1`, else all but superusers and the user `$3`.
const ROLES: &str = "select r.rolname::pg_catalog.text, r.rolpassword::pg_catalog.text, \
     extract(epoch from r.rolvaliduntil)::pg_catalog.float8 \
     from pg_catalog.pg_authid r where r.rolcanlogin \
     and case when $2 then r.rolname::pg_catalog.text = any ($1::pg_catalog.text[]) \
         else not r.rolsuper and r.rolname::pg_catalog.text <> $3 end \
     order by 1";

async fn import(names: &[String], all: bool, live: &Live) -> Result<(), Failure> {
    let policy = policy(&live.rules.rules)?;
    let path = file(&policy)?;
    let client = connect(&policy, live).await?;
    let service = &policy.settings.upstream.service.user;
    let rows = client
        .query(ROLES, &[&names, &!all, service])
        .await
        .map_err(|error| match error.code() {
            Some(code) if code.code() == "42501" => Failure::Failed(
                "only superusers may read pg_authid: connect as one with --upstream, or use `sealwire users add`, or an auth_query"
                    .to_owned(),
            ),
            Some(_) | None => error.into(),
        })?;
    let mut roles = Vec::new();
    for row in &rows {
        let stored: Option<String> = row.try_get(1)?;
        let until: Option<f64> = row.try_get(2)?;
        roles.push(Role {
            name: row.try_get(0)?,
            account: stored
                .and_then(|text| text.parse::<Verifier>().ok())
                .map(|verifier| Account {
                    verifier,
                    valid_until: until.and_then(moment),
                }),
        });
    }
    let unknown: Vec<&str> = (names.iter().map(String::as_str))
        .filter(|name| !roles.iter().any(|role| role.name == *name))
        .collect();
    if !unknown.is_empty() {
        return Err(Failure::Failed(format!(
            "no role that may log in is called {}; nothing was imported",
            unknown.join(", ")
        )));
    }
    let (known, without): (Vec<&Role>, Vec<&Role>) =
        roles.iter().partition(|role| role.account.is_some());
    let without: Vec<&str> = without.iter().map(|role| role.name.as_str()).collect();
    if !all && !without.is_empty() {
        return Err(Failure::Failed(format!(
            "no SCRAM verifier is stored of {}; nothing was imported (with password_encryption = 'scram-sha-256', give them their passwords again)",
            without.join(", ")
        )));
    }
    let imported: Vec<&str> = known.iter().map(|role| role.name.as_str()).collect();
    change(&path, |users| {
        for role in &known {
            if let Some(account) = &role.account {
                users.set(&role.name, account.clone());
            }
        }
        Ok(())
    })?;
    if live.rules.json {
        json(&json!({ "file": path, "imported": imported, "without_verifier": without }));
    } else {
        line(format!(
            "{} user(s) are in {}.",
            imported.len(),
            path.display()
        ));
        if !without.is_empty() {
            line(format!(
                "Left out, since no SCRAM verifier is stored of them: {}.",
                without.join(", ")
            ));
        }
    }
    Ok(())
}

async fn add(
    name: &str,
    until: Option<&str>,
    without_server: bool,
    site: &Site,
) -> Result<(), Failure> {
    let policy = policy(&site.rules.rules)?;
    let path = file(&policy)?;
    let until = match until {
        None => None,
        Some(text) => valid_until(text)
            .map_err(|expected| Failure::Usage(format!("--valid-until: {expected}")))?,
    };
    let password = typed::password(PASSWORD, &format!("Password of {name}"))?;
    let verifier = if without_server {
        Verifier::mint(password.as_bytes()).map_err(Failure::because)?
    } else {
        let database = match &site.database {
            Some(database) => database.clone(),
            None => only_database(&policy).ok_or_else(|| {
                Failure::Usage(
                    "the rules do not name one database to log in to: --database NAME".to_owned(),
                )
            })?,
        };
        let password = Password::new(password.as_bytes().to_vec());
        gate::learn(&policy.settings.upstream, &database, name, password)
            .await
            .map_err(|refusal| {
                Failure::Failed(match &refusal.hint {
                    Some(hint) => format!("{}\n  hint: {hint}", refusal.message),
                    None => refusal.message,
                })
            })?
    };
    let account = Account {
        verifier,
        valid_until: until,
    };
    let replaced = change(&path, |users| Ok(users.set(name, account)))?;
    if site.rules.json {
        json(&json!({ "file": path, "user": name, "replaced": replaced }));
    } else {
        line(format!(
            "User {name} {} in {}.",
            if replaced { "is replaced" } else { "is" },
            path.display()
        ));
    }
    Ok(())
}

fn remove(name: &str, rules: &Rules) -> Result<(), Failure> {
    let policy = policy(&rules.rules)?;
    let path = file(&policy)?;
    change(&path, |users| match users.remove(name) {
        true => Ok(()),
        false => Err(format!("{}: no user is called {name}", path.display())),
    })?;
    if rules.json {
        json(&json!({ "file": path, "removed": name }));
    } else {
        line(format!(
            "User {name} is out of {}; sessions that are open go on.",
            path.display()
        ));
    }
    Ok(())
}

fn list(rules: &Rules) -> Result<(), Failure> {
    let policy = policy(&rules.rules)?;
    let path = file(&policy)?;
    let users = Users::read_or_none(&path).map_err(mistakes)?;
    if rules.json {
        let users: Vec<_> = users
            .iter()
            .map(|(name, account)| {
                json!({
                    "name": name,
                    "iterations": account.verifier.iterations().get(),
                    "valid_until": account.valid_until.map(|until| written_until(Some(until))),
                })
            })
            .collect();
        json(&json!({ "file": path, "users": users }));
        return Ok(());
    }
    for (name, account) in users.iter() {
        line(match account.valid_until {
            None => name.to_owned(),
            until @ Some(_) => format!("{name}, until {}", written_until(until)),
        });
    }
    line(format!("{} user(s) in {}.", users.len(), path.display()));
    Ok(())
}

fn file(policy: &Policy) -> Result<PathBuf, Failure> {
    match &policy.settings.auth.source {
        Some(VerifierSource::File(path)) => Ok(path.clone()),
        Some(VerifierSource::Query { .. }) => Err(Failure::Configuration(vec![
            "sealwire: auth.auth_query: the rules look users up in the server: expected users_file in its place".to_owned(),
        ])),
        None => Err(Failure::Configuration(vec![
            "sealwire: auth.users_file is missing: expected the file to keep users in".to_owned(),
        ])),
    }
}

fn change<T>(
    path: &std::path::Path,
    change: impl FnOnce(&mut Users) -> Result<T, String>,
) -> Result<T, Failure> {
    Users::change(path, change).map_err(mistakes)
}

fn mistakes(mistakes: Vec<String>) -> Failure {
    Failure::Failed(mistakes.join("\n"))
}
