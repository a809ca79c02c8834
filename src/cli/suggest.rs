//! `sealwire suggest`: a draft of rules from names, types and sampled values. Prints no value.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::Path;

use serde_json::{Value, json};

use super::Failure;
use super::arguments::Live;
use super::common::{connect, policy};
use super::screen::{complain, json, line};
use crate::jobs::{self, Suggestions};
use crate::policy::{self, Policy};
use crate::suggest::{draft, skeleton};
use crate::upstream::service;

/// The files of a draft.
const DRAFT: &str = "suggested.toml";
const SETTINGS: &str = "sealwire.toml";

pub(super) async fn run(sample: u32, out: Option<&Path>, live: &Live) -> Result<(), Failure> {
    // Without rules yet a URL is enough.
    let rules = match (&live.upstream, live.rules.rules.is_dir()) {
        (Some(_), false) => None,
        (_, _) => Some(policy(&live.rules.rules)?),
    };
    if let Some(folder) = out {
        refuse_to_overwrite(folder, rules.is_none())?;
    }
    let mut client = match (&rules, &live.upstream) {
        (Some(rules), _) => connect(rules, live).await?,
        (None, Some(url)) => service::connect_url(url).await?,
        (None, None) => return Err(Failure::Usage("--upstream URL, or --rules DIR".to_owned())),
    };
    let found = jobs::suggestions(&mut client, rules.as_ref(), sample)
        .await
        .map_err(Failure::because)?;
    let prefix = if rules.is_some() { "draft-" } else { "" };
    let taken = taken(rules.as_ref(), &found);
    let text = draft(&found.database, &found.found, &taken, prefix);
    let settings = rules
        .is_none()
        .then(|| address(live.upstream.as_deref()))
        .map(|(host, port)| skeleton(&host, port));
    verify(&text, settings.as_deref())?;
    let written = match out {
        None => Vec::new(),
        Some(folder) => write(folder, &text, settings.as_deref())?,
    };
    if live.rules.json {
        json(&document(&found, &text, &written));
        return Ok(());
    }
    page(&found, &text, &written, out.is_some());
    Ok(())
}

/// Tables that have a section in the rules.
fn taken(rules: Option<&Policy>, found: &Suggestions) -> BTreeSet<(String, String)> {
    let named = |schema: &str, table: &str| {
        rules.is_some_and(|rules| {
            (rules.tables().iter())
                .any(|rule| rule.pattern.is_exact() && rule.pattern.matches(schema, table))
        })
    };
    (found.found.iter())
        .map(|one| (one.facts.schema.clone(), one.facts.table.clone()))
        .filter(|(schema, table)| named(schema, table))
        .collect()
}

/// What is written must be taken by `check`: said here and not after.
fn verify(text: &str, settings: Option<&str>) -> Result<(), Failure> {
    let usual = skeleton("127.0.0.1", 5432);
    let files = [(SETTINGS, settings.unwrap_or(&usual)), (DRAFT, text)];
    Policy::load_str(&files, Path::new("rules"))
        .map(drop)
        .map_err(|problems| {
            let first = problems
                .first()
                .map(ToString::to_string)
                .unwrap_or_default();
            Failure::Failed(format!(
                "the draft has a mistake, please report it: {first}"
            ))
        })
}

fn address(url: Option<&str>) -> (String, u16) {
    url.and_then(service::place_of)
        .unwrap_or_else(|| ("127.0.0.1".to_owned(), 5432))
}

fn refuse_to_overwrite(folder: &Path, with_settings: bool) -> Result<(), Failure> {
    let settings = with_settings.then_some(SETTINGS);
    for name in settings.into_iter().chain([DRAFT]) {
        let path = folder.join(name);
        if path.exists() {
            return Err(Failure::Failed(format!(
                "{} is there already: nothing is overwritten",
                path.display()
            )));
        }
    }
    Ok(())
}

fn write(folder: &Path, text: &str, settings: Option<&str>) -> Result<Vec<String>, Failure> {
    let mut written = Vec::new();
    let mut put = |path: std::path::PathBuf, text: &str| -> Result<(), Failure> {
        let mut file = std::fs::File::create_new(&path)
            .map_err(|error| Failure::Failed(format!("{}: {error}", path.display())))?;
        file.write_all(text.as_bytes())?;
        written.push(path.display().to_string());
        Ok(())
    };
    std::fs::create_dir_all(folder.join("schema"))?;
    put(folder.join(DRAFT), text)?;
    if let Some(settings) = settings {
        put(folder.join(SETTINGS), settings)?;
    }
    for (name, schema) in policy::schemas() {
        let path = folder.join("schema").join(name);
        if !path.exists() {
            put(path, &schema)?;
        }
    }
    Ok(written)
}

fn document(found: &Suggestions, text: &str, written: &[String]) -> Value {
    let columns: Vec<Value> = (found.found.iter())
        .map(|one| {
            json!({
                "column": one.facts.qualified(),
                "kind": one.kind.class(),
                "confidence": one.confidence.word(),
                "reason": one.reason,
                "equality": one.equality,
                "equality_ci": one.insensitive,
                "domain": one.domain,
                "remarks": one.remarks,
            })
        })
        .collect();
    let known: Vec<Value> = (found.known.iter())
        .map(|known| json!({ "column": known.column, "how": known.how }))
        .collect();
    json!({
        "database": found.database,
        "tables": found.tables,
        "columns": found.columns,
        "suggestions": columns,
        "known": known,
        "notes": found.notes,
        "draft": text,
        "written": written,
    })
}

fn page(found: &Suggestions, text: &str, written: &[String], to_files: bool) {
    // The draft alone goes to standard output, so that it can be sent to a file.
    let say: fn(String) = if to_files {
        |text| line(text)
    } else {
        |text| complain(text)
    };
    if !to_files {
        line(text.trim_end());
    }
    say(format!(
        "{} suggestion(s) for {} column(s) of {} table(s) in {}; no value is printed or kept.",
        found.found.len(),
        found.columns,
        found.tables,
        found.database
    ));
    for one in &found.found {
        if to_files {
            say(format!(
                "  {:40} {}, {}",
                one.facts.qualified(),
                one.confidence.word(),
                one.reason
            ));
        }
    }
    for known in &found.known {
        say(format!("  {:40} {}", known.column, known.how));
    }
    for note in &found.notes {
        say(format!("  ! {note}"));
    }
    for path in written {
        say(format!("Written: {path}"));
    }
}
