//! `sealwire protect` and `sealwire unprotect`.

use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;
use tokio_postgres::error::SqlState;

use super::Failure;
use super::arguments::{Live, Lock, Online, Strategy};
use super::common::{connect, policy, provider};
use super::screen::{json, line};
use crate::jobs::{self, JobError, Pace, Phase, Progress, ProtectOptions};

pub(super) async fn protect(
    tables: &[String],
    no_backup: bool,
    online: &Online,
    lock: &Lock,
    live: &Live,
) -> Result<(), Failure> {
    let policy = policy(&live.rules.rules)?;
    let provider = provider(&policy, &live.rules.rules)?;
    let tables = names(tables);
    let mut client = connect(&policy, live).await?;
    let options = ProtectOptions {
        key_file: &policy.settings.keys.path,
        no_backup,
        functions_reviewed: lock.functions_reviewed,
        lock_timeout: Duration::from_secs(lock.lock_timeout),
    };
    let is_online = is_online(online, &client, &tables).await?;
    let mut bar = Bar::new(live.rules.json, is_online);
    let mut show = |progress: Progress<'_>| bar.show(progress);
    let (client, pace) = (&mut client, pace(online));
    let report = if is_online {
        jobs::protect_online(
            client, &provider, &policy, &tables, &options, &pace, &mut show,
        )
        .await
    } else {
        jobs::protect(client, &provider, &policy, &tables, &options, &mut show).await
    };
    bar.finish();
    let report = report.map_err(explained)?;
    if live.rules.json {
        let sealed = |(column, rows): &(String, u64)| json!({ "column": column, "rows": rows });
        json(&json!({
            "sealed": report.sealed.iter().map(sealed).collect::<Vec<_>>(),
            "registered": report.registered,
            "notes": report.notes,
            "plaintext_may_remain": report.remains,
            "longest_lock_seconds": report.locked.map(|locked| locked.as_secs_f64()),
        }));
        return Ok(());
    }
    for (column, rows) in &report.sealed {
        line(format!("Sealed {column}: {rows} rows, every one verified."));
    }
    for column in &report.registered {
        line(format!(
            "Registered {column}: masked only, in plaintext in the server."
        ));
    }
    for note in &report.notes {
        line(format!("Note: {note}"));
    }
    if !report.remains.is_empty() {
        line("Plaintext from before may remain in:");
        for place in &report.remains {
            line(format!("  {place}"));
        }
    }
    Ok(())
}

fn pace(online: &Online) -> Pace {
    Pace {
        most: online.max_rate,
        lag: Duration::from_secs(online.max_lag),
        rotation: None,
    }
}

async fn is_online(
    online: &Online,
    client: &tokio_postgres::Client,
    tables: &[(String, String)],
) -> Result<bool, Failure> {
    match online.strategy {
        Strategy::Rewrite => Ok(false),
        Strategy::Online => Ok(true),
        Strategy::Auto => jobs::wants_online(client, tables).await.map_err(explained),
    }
}

pub(super) async fn rehearse(
    tables: &[String],
    no_backup: bool,
    lock: &Lock,
    live: &Live,
) -> Result<(), Failure> {
    let policy = policy(&live.rules.rules)?;
    let provider = provider(&policy, &live.rules.rules)?;
    let mut client = connect(&policy, live).await?;
    let options = ProtectOptions {
        key_file: &policy.settings.keys.path,
        no_backup,
        functions_reviewed: lock.functions_reviewed,
        lock_timeout: Duration::from_secs(lock.lock_timeout),
    };
    let tables = names(tables);
    let lines = jobs::protect_rehearsed(&mut client, &provider, &policy, &tables, &options)
        .await
        .map_err(explained)?;
    planned(lines, live);
    Ok(())
}

pub(super) async fn rehearse_back(
    tables: &[String],
    columns: &[String],
    live: &Live,
) -> Result<(), Failure> {
    let policy = policy(&live.rules.rules)?;
    let provider = provider(&policy, &live.rules.rules)?;
    let mut client = connect(&policy, live).await?;
    let columns = (!columns.is_empty()).then_some(columns);
    let lines = jobs::unprotect_rehearsed(&mut client, &provider, &names(tables), columns)
        .await
        .map_err(explained)?;
    planned(lines, live);
    Ok(())
}

/// What a dry run found.
pub(super) fn planned(lines: Vec<String>, live: &Live) {
    if live.rules.json {
        json(&json!({ "plan": lines }));
        return;
    }
    for own in lines {
        line(own);
    }
}

pub(super) async fn undo(tables: &[String], live: &Live) -> Result<(), Failure> {
    let policy = policy(&live.rules.rules)?;
    let provider = provider(&policy, &live.rules.rules)?;
    let mut client = connect(&policy, live).await?;
    jobs::undo(&mut client, &provider, &names(tables))
        .await
        .map_err(explained)?;
    if live.rules.json {
        json(&json!({ "undone": tables }));
    } else {
        line("Undone: the copy and what noted changes are gone; the table is as it was.");
    }
    Ok(())
}

pub(super) async fn unprotect(
    tables: &[String],
    columns: &[String],
    online: &Online,
    lock_timeout: u64,
    live: &Live,
) -> Result<(), Failure> {
    let policy = policy(&live.rules.rules)?;
    let provider = provider(&policy, &live.rules.rules)?;
    let tables = names(tables);
    let mut client = connect(&policy, live).await?;
    let is_online = is_online(online, &client, &tables).await?;
    let mut bar = Bar::new(live.rules.json, is_online);
    let mut show = |progress: Progress<'_>| bar.show(progress);
    let columns = (!columns.is_empty()).then_some(columns);
    let patience = Duration::from_secs(lock_timeout);
    let (client, pace) = (&mut client, pace(online));
    let report = if is_online {
        jobs::unprotect_online(client, &provider, &tables, columns, &pace, &mut show).await
    } else {
        jobs::unprotect(client, &provider, &tables, columns, patience, &mut show).await
    };
    bar.finish();
    let report = report.map_err(explained)?;
    if live.rules.json {
        let opened = |(column, rows): &(String, u64)| json!({ "column": column, "rows": rows });
        json(&json!({
            "opened": report.opened.iter().map(opened).collect::<Vec<_>>(),
            "removed": report.removed,
            "notes": report.notes,
            "longest_lock_seconds": report.locked.map(|locked| locked.as_secs_f64()),
        }));
        return Ok(());
    }
    for (column, rows) in &report.opened {
        line(format!("Opened {column}: {rows} rows, in plaintext again."));
    }
    for column in &report.removed {
        line(format!(
            "Took {column} off the registry: it was masked only."
        ));
    }
    for note in &report.notes {
        line(format!("Note: {note}"));
    }
    Ok(())
}

/// `schema.table`; without a schema, `public` is meant, as in the rules.
fn names(tables: &[String]) -> Vec<(String, String)> {
    tables
        .iter()
        .map(|table| match table.split_once('.') {
            Some((schema, name)) => (schema.to_owned(), name.to_owned()),
            None => ("public".to_owned(), table.clone()),
        })
        .collect()
}

/// Obstacles one a line: they are all there is to do before the next try.
pub(super) fn explained(error: JobError) -> Failure {
    match error {
        JobError::Obstacles(obstacles) => {
            let lines: Vec<String> = obstacles
                .iter()
                .map(|obstacle| format!("  {obstacle}"))
                .collect();
            Failure::Failed(format!(
                "nothing was changed; to be removed first:\n{}",
                lines.join("\n")
            ))
        }
        JobError::Database { ref source, .. } => {
            let denied = source.code() == Some(&SqlState::INSUFFICIENT_PRIVILEGE);
            let hint = if denied {
                "\n  hint: this wants the owner of the table and of schema sealwire: --upstream URL"
            } else {
                ""
            };
            Failure::Failed(format!("{error}{hint}"))
        }
        JobError::Key(_)
        | JobError::Refused(_)
        | JobError::NoBackup
        | JobError::Nothing(_)
        | JobError::Paused
        | JobError::Value { .. } => Failure::because(error),
    }
}

/// A progress bar on standard error; indicatif draws none where that is no terminal. With `--json` an online job tells its
/// progress in lines of their own.
pub(super) struct Bar {
    bar: ProgressBar,
    phase: Option<(Phase, String)>,
    events: bool,
    told: Option<Instant>,
}

/// How often progress is told within a phase.
pub(super) const TELL: Duration = Duration::from_secs(1);

impl Bar {
    pub(super) fn new(hidden: bool, online: bool) -> Bar {
        let bar = if hidden {
            ProgressBar::hidden()
        } else {
            ProgressBar::new(0)
        };
        let template =
            "  {msg:34} {bar:32} {human_pos:>10} of {human_len} rows, {per_sec}, {eta} left";
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style.progress_chars("█▉ "));
        }
        Bar {
            bar,
            phase: None,
            events: hidden && online,
            told: None,
        }
    }

    pub(super) fn show(&mut self, progress: Progress<'_>) {
        let phase = (progress.phase, progress.table.to_owned());
        let is_new = self.phase.as_ref() != Some(&phase);
        if is_new {
            self.bar.reset();
            self.bar
                .set_message(format!("{} {}", word(progress.phase), progress.table));
            self.phase = Some(phase);
        }
        self.bar.set_length(progress.total);
        self.bar.set_position(progress.done);
        if self.events && (is_new || self.told.is_none_or(|told| told.elapsed() >= TELL)) {
            self.told = Some(Instant::now());
            // One line each: whoever reads them need not look where a document ends.
            line(json!({
                "event": "progress",
                "phase": word(progress.phase),
                "table": progress.table,
                "done": progress.done,
                "total": progress.total,
            }));
        }
    }

    pub(super) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

fn word(phase: Phase) -> &'static str {
    match phase {
        Phase::Sealing => "sealing",
        Phase::Opening => "opening",
        Phase::Verifying => "verifying",
        Phase::Rewriting => "rewriting",
        Phase::Copying => "copying",
        Phase::Indexing => "building indexes of",
        Phase::Swapping => "changing places of",
    }
}
