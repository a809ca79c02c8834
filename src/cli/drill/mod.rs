//! `sealwire keys drill`: the way back from a dump and a backup, rehearsed on a private server.
//!
//! What an operator would do after a disaster is done: the dump is restored, the key comes back from its shares (or a passphrase) on
//! a machine that has none, a proxy is started, and values of every protected column are opened through it. Each step is timed and
//! reported; that all of them held is recorded beside the key.

mod columns;
mod course;
mod dump;
mod machine;
mod report;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::SystemTime;

use super::Failure;
use super::arguments::Drill;
use super::common::{only_database, policy};
use super::screen::{complain, json, line};
use super::stop::Stop;
use super::{backup, common};
use crate::embedded;
use crate::keys::{DrillRecord, OpenBackup, keep_out_of_rules};
use crate::policy::Policy;
use columns::{Opened, Subjects};
use course::Course;
use dump::Dump;
use machine::{Kept, Machine};
use report::Report;

pub(super) async fn run(drill: &Drill) -> Result<(), Failure> {
    let rules = &drill.live.rules;
    let policy = policy(&rules.rules)?;
    let folder = report_folder(drill, &policy);
    keep_out_of_rules(&folder, &rules.rules).map_err(Failure::because)?;
    let mut stop = Stop::listen()?;
    let mut course = Course::begin(!rules.json);
    let mut report = Report::begin(&policy);
    tokio::select! {
        held = rehearse(drill, &policy, &mut course, &mut report) => report.passed = held.is_some(),
        () = stop.asked() => return Err(Failure::Failed("stopped: nothing of the drill is left".to_owned())),
    }
    let took = course.took();
    report.end(course);
    let written = report.write(&folder)?;
    if report.passed {
        let record = DrillRecord {
            passed_at: report::seconds(SystemTime::now()),
            took: took.as_secs(),
            key: report.key.clone().unwrap_or_default(),
            columns: report.columns.len(),
            values: report.columns.iter().map(|column| column.opened).sum(),
        };
        // A machine that only rehearses may have no place for keys: the report stands by itself.
        if let Err(error) = record.write(&policy.settings.keys.path) {
            complain(format!(
                "sealwire: the drill is not recorded beside the key: {error}"
            ));
        }
    }
    if rules.json {
        json(&report.document());
    } else {
        line(format!(
            "\n{}: the drill {} in {:.0} s. Report: {}",
            if report.passed { "PASSED" } else { "FAILED" },
            if report.passed { "passed" } else { "failed" },
            took.as_secs_f32(),
            written.display()
        ));
    }
    match report.passed {
        true => Ok(()),
        false => Err(Failure::Reported),
    }
}

fn report_folder(drill: &Drill, policy: &Policy) -> PathBuf {
    drill.report.clone().unwrap_or_else(|| {
        let key = &policy.settings.keys.path;
        key.with_file_name("drills")
    })
}

/// `None` once a step has failed: those behind it are not taken.
async fn rehearse(
    drill: &Drill,
    policy: &Policy,
    course: &mut Course,
    report: &mut Report,
) -> Option<()> {
    let bytes;
    let opener;
    let opened = course
        .step("the backup opens", async {
            let (bytes, opener) = backup::find(drill.backup.as_deref(), &drill.from)?;
            let opened = OpenBackup::open(&bytes, opener.opening()).map_err(Failure::because)?;
            let by = match &opener {
                backup::Opener::Passphrase(_) => "its passphrase".to_owned(),
                backup::Opener::Shares(shares) => format!("{} shares", shares.len()),
            };
            let said = format!("key {}, by {by}", opened.fingerprint());
            Ok(((bytes, opener, opened), said))
        })
        .await?;
    (bytes, opener) = (opened.0, opened.1);
    report.key = Some(opened.2.fingerprint().to_string());
    drop(opened.2);

    let binaries = course
        .step("a private server is to be had", async {
            let found = embedded::find().map_err(Failure::because)?;
            let said = format!("PostgreSQL {} in {}", found.major, found.dir.display());
            Ok((found, said))
        })
        .await?;
    report.postgresql = Some(binaries.major);
    let machine = course
        .step("an empty machine", async {
            let machine = Machine::make()?;
            Ok((
                machine,
                "a folder of its own, which goes with the drill".to_owned(),
            ))
        })
        .await?;
    let dump = match &drill.dump {
        Some(file) => {
            course
                .step("the dump is read", Dump::of(file.clone(), &binaries))
                .await?
        }
        None => {
            let url = drill.live.upstream.as_deref().unwrap_or_default();
            let upstream = &policy.settings.upstream;
            course
                .step(
                    "the database is dumped",
                    Dump::take(url, upstream, machine.folder(), &binaries),
                )
                .await?
        }
    };
    report.dump = Some(dump.facts());
    let server = course
        .step("a private server runs", machine::start(binaries.clone()))
        .await?;
    let database = (drill.live.database.clone())
        .or_else(|| only_database(policy))
        .unwrap_or_else(|| "restored".to_owned());
    course
        .step(
            "the dump is restored",
            dump.restore(&server, &binaries, &database),
        )
        .await?;
    let mut kept = Kept::None;
    let speaks_of_subjects = policy.settings.subjects.is_some();
    if speaks_of_subjects {
        kept = course
            .step(
                "the keys of data subjects",
                machine.keep_subjects(&drill.copy, &server, &binaries),
            )
            .await?;
    }
    let held = course
        .step("the key comes back, and opens the registry", async {
            let subjects = speaks_of_subjects.then_some(&kept);
            machine.write_rules(&drill.live.rules.rules, &server, subjects)?;
            machine.restore_key(&bytes, opener.opening())?;
            machine.registry(&server, &database, &kept).await
        })
        .await?;
    let subjects = held.keyring.subjects().map(|subjects| Subjects {
        keys: Arc::clone(subjects),
        given: kept != Kept::None,
    });
    let proxy = course
        .step("a proxy serves", machine.serve(&server, &database))
        .await?;
    let mut failed = false;
    for table in columns::tables(&held) {
        for column in &table.columns {
            let opened: Option<Opened> = course
                .step(
                    &format!("{} opens", column.qualified),
                    columns::open(
                        &server,
                        &proxy,
                        &database,
                        column,
                        drill.sample,
                        &dump,
                        subjects.as_ref(),
                    ),
                )
                .await;
            failed |= opened.is_none();
            report.columns.extend(opened);
        }
    }
    drop(proxy);
    (!failed).then_some(())
}

/// Random characters for a password that lives as long as the drill.
fn password() -> Result<String, Failure> {
    let bytes = crate::keys::mint_environment().map_err(Failure::because)?;
    Ok(common::hexadecimal(&bytes))
}
