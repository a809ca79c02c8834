//! `sealwire open-dump`: a dump in plaintext, for the day on which there is nothing else.

use std::fs::{File, Permissions};
use std::io::{BufWriter, IsTerminal, Write};
use std::os::fd::AsFd;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;

use serde_json::json;

use super::Failure;
use super::arguments::{OpenDump, SubjectCopy};
use super::backup::{find, named};
use super::screen::complain;
use crate::jobs::{self, Told};
use crate::keys::{OpenBackup, SubjectPlace, SubjectSettings, keep_out_of_rules};

pub(super) fn run(arguments: &OpenDump) -> Result<(), Failure> {
    let rules = &arguments.rules.rules;
    let (bytes, opener) = find(arguments.backup.as_deref(), &arguments.from)?;
    let backup = OpenBackup::open(&bytes, opener.opening()).map_err(Failure::because)?;
    let subjects = backup.subjects(copied(&arguments.copy)?);
    let out: Box<dyn Write> = match &arguments.out {
        Some(path) => {
            keep_out(path, rules)?;
            let file = std::fs::OpenOptions::new()
                .write(true)
                .create_new(true)
                .mode(0o600)
                .open(path)
                .map_err(named(path))?;
            Box::new(file)
        }
        None => Box::new(standard_output(arguments.force, rules)?),
    };
    let for_machines = arguments.rules.json;
    let mut told = |told: &Told| {
        complain(match for_machines {
            true => document(told).to_string(),
            false => sentence(told),
        });
    };
    let mut out = BufWriter::with_capacity(1 << 16, out);
    let done = jobs::open_dump(&arguments.dump, &backup, subjects, &mut out, &mut told);
    if let (Err(_), Some(path)) = (&done, &arguments.out) {
        // Half a dump would be taken for a whole one.
        let _ = std::fs::remove_file(path);
    }
    let done = done.map_err(Failure::because)?;
    complain(match for_machines {
        true => json!({
            "opened": done.opened,
            "failed": done.failed,
            "gone": done.gone,
            "left_out": done.left_out,
        })
        .to_string(),
        false => format!(
            "{} values opened, {} not, {} of data subjects that are gone, {} statement(s) left out. The output is PLAINTEXT: keep it as you keep the keys.",
            done.opened, done.failed, done.gone, done.left_out
        ),
    });
    match done.failed {
        0 => Ok(()),
        _ => Err(Failure::Reported),
    }
}

/// The keys of data subjects by what was given.
fn copied(copy: &SubjectCopy) -> Result<SubjectSettings, Failure> {
    let store = match &copy.subjects {
        None => SubjectPlace::Rows(jobs::no_subjects()),
        Some(folder) if folder.is_dir() => SubjectPlace::Folder(folder.clone()),
        Some(dump) => SubjectPlace::Rows(jobs::dumped_subjects(dump).map_err(Failure::because)?),
    };
    Ok(SubjectSettings {
        store,
        intermediate: copy.intermediate.clone().unwrap_or_default(),
        // Nothing is replaced here.
        replace_after: std::time::Duration::ZERO,
        copies_kept: std::time::Duration::ZERO,
    })
}

/// A rules folder that is not there, as on a machine that has only the dump, holds nothing to keep out of.
fn keep_out(path: &Path, rules: &Path) -> Result<(), Failure> {
    match rules.exists() {
        true => keep_out_of_rules(path, rules).map_err(Failure::because),
        false => Ok(()),
    }
}

/// Standard output, unless somebody would see it pass. A file behind it becomes its owner's alone.
fn standard_output(force: bool, rules: &Path) -> Result<File, Failure> {
    let output = std::io::stdout();
    if output.is_terminal() && !force {
        return Err(Failure::Usage(
            "plaintext is not written to a terminal: send it to a file, name one with --out, or say --force"
                .to_owned(),
        ));
    }
    let file = File::from(output.as_fd().try_clone_to_owned()?);
    let metadata = file.metadata()?;
    if metadata.is_file() {
        // Where the system tells which file it is.
        if let Ok(path) = std::fs::read_link("/proc/self/fd/1") {
            keep_out(&path, rules)?;
        }
        if metadata.permissions().mode() & 0o077 != 0 {
            file.set_permissions(Permissions::from_mode(0o600))?;
        }
    }
    Ok(file)
}

fn sentence(told: &Told) -> String {
    match told {
        Told::Damaged {
            line,
            column,
            domain,
            reason,
        } => {
            let domain =
                domain.map_or_else(String::new, |domain| format!(" (key domain {domain})"));
            format!("line {line}: {column}{domain} does not open: {reason}; left as it is")
        }
        Told::Gone { key, values } => format!(
            "data subject {key} is gone, erased or not in the copy of the store: NULL stands in the place of {values} value(s)"
        ),
        Told::Unread { line, reason } => format!("line {line}: {reason}; left as it is"),
        Told::LeftOut { line, what } => {
            format!("line {line}: left out, since it served Sealwire: {what}")
        }
    }
}

fn document(told: &Told) -> serde_json::Value {
    match told {
        Told::Damaged {
            line,
            column,
            domain,
            reason,
        } => json!({ "damaged": column, "line": line, "domain": domain, "reason": reason }),
        Told::Gone { key, values } => json!({ "gone": key.to_string(), "values": values }),
        Told::Unread { line, reason } => json!({ "unread": reason, "line": line }),
        Told::LeftOut { line, what } => json!({ "left_out": what, "line": line }),
    }
}
