//! `sealwire erase`, `sealwire export`, `sealwire rotate subjects`.

use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use zeroize::Zeroizing;

use super::Failure;
use super::arguments::{Live, Rules, Whom};
use super::backup::named;
use super::common::{connect, key_failure, policy, provider};
use super::screen::{json, line};
use crate::jobs::{self, Listing};
use crate::keys::{KeyProvider, Recipients, RootInfo, Standing, keep_out_of_rules};

/// `sealwire erase`.
pub(super) async fn erase(whom: &Whom, dry_run: bool, live: &Live) -> Result<(), Failure> {
    let policy = Arc::new(policy(&live.rules.rules)?);
    let provider = provider(&policy, &live.rules.rules)?;
    let mut client = connect(&policy, live).await?;
    let (kind, value) = (whom.kind.as_deref(), whom.subject.as_str());
    if dry_run {
        let listing = jobs::list_subject(&mut client, &provider, &policy, kind, value)
            .await
            .map_err(Failure::because)?;
        if live.rules.json {
            json(&document(&listing));
            return Ok(());
        }
        told(&listing);
        line("Nothing was changed (--dry-run).");
        return Ok(());
    }
    let done = jobs::erase_subject(&mut client, &provider, &policy, kind, value)
        .await
        .map_err(Failure::because)?;
    if live.rules.json {
        let mut all = document(&done.listing);
        if let Value::Object(all) = &mut all {
            all.insert("erased".to_owned(), standing(&done.key));
            all.insert("nulled".to_owned(), done.nulled.into());
            all.insert("store_database".to_owned(), done.database.clone().into());
        }
        json(&all);
        return Ok(());
    }
    told(&done.listing);
    line(format!(
        "Key {} is destroyed. {} value(s) are NULL now; running proxies show none of them from {} seconds on.",
        done.key.id,
        done.nulled,
        crate::keys::LAPSE.as_secs()
    ));
    complete(&done.key);
    if let Some(place) = &done.database {
        line(format!(
            "The store is {place}: its WAL, backups and replicas still hold the key as it was wrapped, and rows of before until VACUUM has cleared them away. That is worth nothing from the day named above on."
        ));
    }
    line(
        "Backups, replicas and logs of the database hold what was sealed, and nobody can open it any more.",
    );
    Ok(())
}

/// `sealwire export`.
pub(super) async fn export(
    whom: &Whom,
    encrypt_to: &[String],
    out: Option<&Path>,
    live: &Live,
) -> Result<(), Failure> {
    let policy = Arc::new(policy(&live.rules.rules)?);
    // Before anything is read: who mistypes a key shall not have to ask twice.
    let recipients = (!encrypt_to.is_empty())
        .then(|| Recipients::read(encrypt_to))
        .transpose()
        .map_err(|error| Failure::Usage(error.to_string()))?;
    if let Some(path) = out {
        keep_out_of_rules(path, &live.rules.rules).map_err(Failure::because)?;
        if path.exists() {
            return Err(Failure::Usage(format!(
                "{} exists already and is left as it is",
                path.display()
            )));
        }
    }
    let provider = provider(&policy, &live.rules.rules)?;
    let mut client = connect(&policy, live).await?;
    let (kind, value) = (whom.kind.as_deref(), whom.subject.as_str());
    let text = jobs::export_subject(&mut client, &provider, &policy, kind, value)
        .await
        .map_err(Failure::because)?;
    let text = match &recipients {
        Some(recipients) => recipients
            .encrypt(text.as_bytes())
            .map(Zeroizing::new)
            .map_err(Failure::because)?,
        None => text,
    };
    let Some(path) = out else {
        line(text.as_str().trim_end());
        return Ok(());
    };
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
        .map_err(named(path))?;
    let written = file
        .write_all(text.trim_end().as_bytes())
        .and_then(|()| file.write_all(b"\n"))
        .and_then(|()| file.sync_all());
    if let Err(error) = written {
        // Half an export would be taken for a whole one.
        let _ = std::fs::remove_file(path);
        return Err(named(path)(error));
    }
    Ok(())
}

/// `sealwire rotate subjects`.
pub(super) fn roll(rules: &Rules, if_due: bool) -> Result<(), Failure> {
    let policy = policy(&rules.rules)?;
    let provider = provider(&policy, &rules.rules)?;
    let Some(subjects) = provider.subjects() else {
        return Err(Failure::Usage(
            "the rules have no section [subjects]".to_owned(),
        ));
    };
    let current = subjects.current().map_err(|error| key_failure(&error))?;
    if if_due && current.due > SystemTime::now() {
        if rules.json {
            json(&json!({ "replaced": false, "intermediate": root(&current) }));
        } else {
            line(format!(
                "The intermediate key is not due before {}.",
                date(current.due)
            ));
        }
        return Ok(());
    }
    let rolled = subjects.roll().map_err(|error| key_failure(&error))?;
    if rules.json {
        json(&json!({
            "replaced": true,
            "wrapped": rolled.wrapped,
            "erased": rolled.erased,
            "intermediate": root(&rolled.root),
        }));
        return Ok(());
    }
    line(format!(
        "The intermediate key is replaced: {} key(s) of data subjects are wrapped under {} now, {} were erased before.",
        rolled.wrapped, rolled.root.fingerprint, rolled.erased
    ));
    line(format!(
        "The one before is destroyed: copies of the store of before now are worth nothing once copies of its file are gone, {} day(s) from now.",
        days(&policy)
    ));
    line(format!("It is due again on {}.", date(rolled.root.due)));
    Ok(())
}

fn days(policy: &crate::policy::Policy) -> u64 {
    let subjects = policy.settings.subjects.as_ref();
    subjects.map_or(0, |subjects| subjects.copies_kept.as_secs() / 86_400)
}

fn told(listing: &Listing) {
    match &listing.key {
        None => line(format!(
            "A {} who never had a key: nothing of it was sealed.",
            listing.kind
        )),
        Some(key) => line(format!("A {} with key {}:", listing.kind, key.id)),
    }
    for table in &listing.tables {
        line(format!(
            "{}: {} row(s), by {}",
            table.table, table.rows, table.by
        ));
        for (column, values) in &table.erased {
            let how = if table.not_null.contains(column) {
                "cannot be NULL: stays as it is, and reads as NULL"
            } else {
                "goes"
            };
            line(format!("  {column}: {values} value(s), {how}"));
        }
        for (columns, what) in [
            (&table.kept, "protected, and not reached"),
            (&table.plain, "in plaintext, and not reached"),
        ] {
            if !columns.is_empty() {
                line(format!("  {}: {what}", columns.join(", ")));
            }
        }
        if table.strays > 0 {
            line(format!(
                "  ! {} value(s) of rows that are somebody else's now are under this key, and go with it",
                table.strays
            ));
        }
        if table.foreign > 0 {
            line(format!(
                "  ! {} value(s) of these rows are under another key, and stay",
                table.foreign
            ));
        }
    }
    line("Search tokens: none (a column under the keys of data subjects has no search).");
    if let Some(key) = &listing.key {
        match key.erased {
            Some(at) => line(format!("Erased on {}.", date(at))),
            None => line("Not erased yet."),
        }
        if key.erased.is_none() {
            complete(key);
        }
    }
}

fn complete(key: &Standing) {
    let replaced = if key.replaced {
        "the intermediate key was replaced since"
    } else {
        "once the intermediate key is replaced, when it is due (sealwire rotate subjects)"
    };
    line(format!(
        "The erasure is complete, for copies of the store too, from {} on: {replaced}, and copies of it are gone.",
        date(key.complete)
    ));
}

fn document(listing: &Listing) -> Value {
    let tables = listing.tables.iter().map(|table| {
        json!({
            "table": table.table,
            "by": table.by,
            "rows": table.rows,
            "erased": table.erased.iter().map(|(column, values)| json!({ "column": column, "values": values })).collect::<Vec<_>>(),
            "not_null": table.not_null,
            "kept": table.kept,
            "plaintext": table.plain,
            "strays": table.strays,
            "foreign": table.foreign,
        })
    });
    json!({
        "kind": listing.kind,
        "key": listing.key.as_ref().map(standing),
        "tables": tables.collect::<Vec<_>>(),
    })
}

fn standing(key: &Standing) -> Value {
    json!({
        "id": key.id.to_string(),
        "erased": key.erased.map(date),
        "complete": date(key.complete),
        "intermediate_replaced": key.replaced,
    })
}

fn root(root: &RootInfo) -> Value {
    json!({
        "key": root.fingerprint.to_string(),
        "made": date(root.made),
        "due": date(root.due),
    })
}

fn date(at: SystemTime) -> String {
    DateTime::<Utc>::from(at)
        .format("%Y-%m-%dT%H:%M:%SZ")
        .to_string()
}
