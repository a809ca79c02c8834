//! `sealwire rotate keyset`.

use std::time::{Duration, Instant};

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::{Value, json};

use super::Failure;
use super::arguments::Live;
use super::common::{connect, policy, provider};
use super::protect::{TELL, explained, planned};
use super::screen::{json, line};
use crate::jobs::rotation::{self, KeysetOptions, News, Pace, Reached, RetireReport, Rotation};
use crate::keys::KeysetInfo;
use crate::policy::Policy;

/// `sealwire rotate keyset`. It goes in steps, and goes on where it was stopped: announced, sealing, sealed, retired.
#[derive(Debug, Args)]
#[command(group(clap::ArgGroup::new("step").args(["resume", "pause", "status", "retire", "undo", "dry_run"])))]
pub struct Keyset {
    /// The keyset; without a name the one that `init` made
    #[arg(value_name = "NAME")]
    pub name: Option<String>,
    /// Go on: after a backup, a pause, or whatever ended it
    #[arg(long)]
    pub resume: bool,
    /// Let the job that is at work stop after its batch
    #[arg(long)]
    pub pause: bool,
    /// Show how far it is
    #[arg(long)]
    pub status: bool,
    /// Prove that no value of the old epochs is left, and take their keys away
    #[arg(long)]
    pub retire: bool,
    /// Take away copies of tables with searched columns that have not changed places yet; `--resume` begins them again
    #[arg(long)]
    pub undo: bool,
    /// Say what would be done and what it would need, and try each change of places on empty tables
    #[arg(long)]
    pub dry_run: bool,
    /// Leave columns with search in the epoch that they are in: their tables are not copied
    #[arg(long)]
    pub keep_searched: bool,
    /// While a table is copied: wait while a replica is further behind
    #[arg(long, value_name = "SECONDS", default_value_t = 10)]
    pub max_lag: u64,
    /// Rows sealed anew a second, at most
    #[arg(long, value_name = "ROWS", value_parser = clap::value_parser!(u32).range(1..))]
    pub rate: Option<u32>,
    /// Rows of a batch, each in a transaction of its own
    #[arg(long, value_name = "N", default_value_t = 500, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub batch: u32,
    /// Seconds that every proxy has to read the new epoch before anything is sealed under it
    #[arg(long, value_name = "SECONDS", default_value_t = 10)]
    pub settle: u64,
    /// With `--retire`: seconds to wait for transactions that began before
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    pub wait: u64,
    /// Go on without a verified backup of the new epoch: for trials, since a lost key loses the values
    #[arg(long)]
    pub i_have_no_backup: bool,
    /// Triggers that fire for every row sealed anew were looked at and do no harm
    #[arg(long)]
    pub triggers_reviewed: bool,
    /// Where
    #[command(flatten)]
    pub live: Live,
}

pub(super) async fn run(command: &Keyset) -> Result<(), Failure> {
    let policy = policy(&command.live.rules.rules)?;
    let mut client = connect(&policy, &command.live).await?;
    if command.status {
        let found = rotation::rotations(&mut client).await;
        show(&found.map_err(explained)?, &command.live);
        return Ok(());
    }
    let provider = provider(&policy, &command.live.rules.rules)?;
    let name = command.name.as_deref();
    if command.pause {
        let paused = rotation::pause(&mut client, &provider, name).await;
        let paused = paused.map_err(explained)?;
        if command.live.rules.json {
            json(&told("paused", &paused));
        } else {
            line("The job that is at work stops after its batch; --resume goes on.");
        }
        return Ok(());
    }
    if command.retire {
        let wait = Duration::from_secs(command.wait);
        let path = &policy.settings.keys.path;
        let report = rotation::retire(&mut client, &provider, path, name, wait).await;
        retired(&report.map_err(explained)?, &command.live);
        return Ok(());
    }
    if command.undo {
        let undone = rotation::undo(&mut client, &provider, name).await;
        undo(undone.map_err(explained)?, &command.live);
        return Ok(());
    }
    let options = options(command, &policy);
    if command.dry_run {
        let lines = rotation::rehearse(&mut client, &provider, &options).await;
        planned(lines.map_err(explained)?, &command.live);
        return Ok(());
    }
    let mut bar = Bar::new(command.live.rules.json);
    let mut watch = |news: News<'_>| bar.show(news);
    let reached = if command.resume {
        rotation::resume(&mut client, &provider, &options, &mut watch).await
    } else {
        rotation::start(&mut client, &provider, &options, &mut watch).await
    };
    bar.finish();
    tell(&reached.map_err(explained)?, &command.live)
}

fn options<'a>(command: &'a Keyset, policy: &'a Policy) -> KeysetOptions<'a> {
    KeysetOptions {
        key_file: &policy.settings.keys.path,
        name: command.name.as_deref(),
        no_backup: command.i_have_no_backup,
        settle: Duration::from_secs(command.settle),
        pace: Pace {
            batch: command.batch,
            rate: command.rate,
        },
        triggers_reviewed: command.triggers_reviewed,
        keep_searched: command.keep_searched,
        lag: Duration::from_secs(command.max_lag),
    }
}

fn undo(undone: u64, live: &Live) {
    if live.rules.json {
        json(&json!({ "undone": undone }));
    } else if undone == 0 {
        line("There was no copy to be taken away.");
    } else {
        line(
            "Undone: the copies and what noted changes are gone; the tables are as they were, and --resume copies them again.",
        );
    }
}

fn tell(reached: &Reached, live: &Live) -> Result<(), Failure> {
    match reached {
        Reached::BackupWanted(keyset) => {
            let KeysetInfo { id, epoch, .. } = keyset;
            if live.rules.json {
                json(
                    &json!({ "reached": "backup-wanted", "keyset": id.to_string(), "epoch": epoch }),
                );
            }
            Err(Failure::Failed(format!(
                "epoch {epoch} is announced, and no verified backup holds it yet: sealwire keys backup FILE, then sealwire rotate keyset --resume (or say --i-have-no-backup)"
            )))
        }
        Reached::Paused(rotation) => {
            if live.rules.json {
                json(&told("paused", rotation));
            } else {
                line(format!(
                    "Paused after {} of {} rows; --resume goes on.",
                    rotation.done, rotation.total
                ));
            }
            Ok(())
        }
        Reached::Sealed(report) => {
            let rotation = &report.rotation;
            if live.rules.json {
                let mut told = told("sealed", rotation);
                if let Value::Object(fields) = &mut told {
                    let column =
                        |(column, rows): &(String, u64)| json!({ "column": column, "rows": rows });
                    let turned: Vec<Value> = report.turned.columns.iter().map(column).collect();
                    fields.insert("kept".to_owned(), json!(report.kept));
                    fields.insert("searched".to_owned(), json!(turned));
                    fields.insert("notes".to_owned(), json!(report.turned.notes));
                }
                json(&told);
                return Ok(());
            }
            line(format!(
                "Sealed anew under epoch {}: {} rows. No value of an older epoch is left in a column without search.",
                rotation.epoch, rotation.done
            ));
            for (column, rows) in &report.turned.columns {
                line(format!(
                    "Sealed {column} anew, searched as before: {rows} rows, every one compared."
                ));
            }
            for note in &report.turned.notes {
                line(format!("Note: {note}"));
            }
            for column in &report.kept {
                line(format!(
                    "Note: {column} keeps its epoch: it is searched, and two epochs side by side would answer wrongly. sealwire rotate keyset --resume brings it under the new one."
                ));
            }
            line(if report.kept.is_empty() {
                "Next: sealwire rotate keyset --retire, once every proxy runs on the new epoch."
            } else {
                "The old epoch can be retired when no column keeps it."
            });
            Ok(())
        }
    }
}

fn retired(report: &RetireReport, live: &Live) {
    if live.rules.json {
        let epoch = |keyset: &KeysetInfo| json!({ "keyset": keyset.id.to_string(), "name": keyset.name, "epoch": keyset.epoch });
        json(&json!({
            "retired": report.retired.iter().map(epoch).collect::<Vec<_>>(),
            "looked_through": report.searched,
            "copy": report.copy,
        }));
        return;
    }
    for keyset in &report.retired {
        line(format!(
            "Epoch {} of {} is retired: no value of it is left in {} columns, and its key is gone from the database and from {}.",
            keyset.epoch,
            keyset.name,
            report.searched.len(),
            report.copy.display()
        ));
    }
    line(
        "Backups of the keys made before still open dumps made before: keep them as long as those, and destroy them together. Now: sealwire keys backup FILE.",
    );
}

fn show(rotations: &[Rotation], live: &Live) {
    if live.rules.json {
        let all: Vec<Value> = rotations
            .iter()
            .map(|rotation| told(rotation.phase.name(), rotation))
            .collect();
        json(&json!({ "rotations": all }));
        return;
    }
    if rotations.is_empty() {
        line("No keyset of this database was ever rotated.");
    }
    for rotation in rotations {
        line(format!(
            "slot {}, epoch {}: {}{}, {} of {} rows, announced {}",
            rotation.slot,
            rotation.epoch,
            rotation.phase.name(),
            if rotation.paused { " (paused)" } else { "" },
            rotation.done,
            rotation.total,
            rotation.announced_at
        ));
    }
}

fn told(reached: &str, rotation: &Rotation) -> Value {
    json!({
        "reached": reached,
        "slot": rotation.slot,
        "epoch": rotation.epoch,
        "phase": rotation.phase.name(),
        "paused": rotation.paused,
        "rows": rotation.done,
        "of": rotation.total,
        "announced_at": rotation.announced_at,
    })
}

/// Progress: a bar on standard error, which indicatif does not draw where that is no terminal; with `--json` lines of their own.
struct Bar {
    /// Rows in place.
    bar: ProgressBar,
    /// Tables by copy and swap.
    copies: super::protect::Bar,
    events: bool,
    told: Option<Instant>,
}

impl Bar {
    fn new(events: bool) -> Bar {
        let bar = if events {
            ProgressBar::hidden()
        } else {
            ProgressBar::new(0)
        };
        if let Ok(style) = ProgressStyle::with_template(
            "  {msg:24} {bar:32} {human_pos:>10} of {human_len} rows, {per_sec}, {eta} left",
        ) {
            bar.set_style(style.progress_chars("█▉ "));
        }
        Bar {
            bar,
            copies: super::protect::Bar::new(events, true),
            events,
            told: None,
        }
    }

    fn show(&mut self, news: News<'_>) {
        let rotation = match news {
            News::Reseal(rotation) => rotation,
            News::Copy(progress) => return self.copies.show(progress),
        };
        self.bar.set_message(format!(
            "{} epoch {}",
            rotation.phase.name(),
            rotation.epoch
        ));
        self.bar.set_length(rotation.total);
        self.bar.set_position(rotation.done);
        if self.events && self.told.is_none_or(|told| told.elapsed() >= TELL) {
            self.told = Some(Instant::now());
            line(json!({
                "event": "progress",
                "phase": rotation.phase.name(),
                "epoch": rotation.epoch,
                "done": rotation.done,
                "total": rotation.total,
            }));
        }
    }

    fn finish(&self) {
        self.bar.finish_and_clear();
        self.copies.finish();
    }
}
