//! What `status` and `keys status` say of the way back: how old the last backup and the last drill are; and of this host's memory.

use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};

use crate::keys::{BackupRecord, DrillRecord, Hygiene, Locked};

/// For people.
pub(super) fn lines(key_path: &Path) -> Vec<String> {
    let (backup, drill) = moments(key_path);
    vec![
        match backup {
            Some(moment) => format!("Last backup of the keys made here: {}.", age(moment)),
            None => "NO backup of the keys was made here: sealwire keys backup FILE".to_owned(),
        },
        match drill {
            Some(moment) => format!("Last drill that passed here: {}.", age(moment)),
            None => "NO drill has passed here: sealwire keys drill --dump FILE".to_owned(),
        },
    ]
}

/// For machines.
pub(super) fn document(key_path: &Path) -> Value {
    let (backup, drill) = moments(key_path);
    json!({
        "last_backup": backup,
        "last_backup_age_seconds": backup.map(|moment| now().saturating_sub(moment)),
        "last_drill": drill,
        "last_drill_age_seconds": drill.map(|moment| now().saturating_sub(moment)),
    })
}

/// What protects the memory of a process on this host, for machines.
pub(super) fn memory(hygiene: Hygiene) -> Value {
    json!({
        "core_dumps": !hygiene.no_core_file,
        "dumpable": !hygiene.not_dumpable,
        "locked": hygiene.locked == Locked::All,
    })
}

/// When the last backup was made and the last drill passed. A record that cannot be read counts as none.
fn moments(key_path: &Path) -> (Option<u64>, Option<u64>) {
    let backup = BackupRecord::read(key_path).ok().flatten();
    let drill = DrillRecord::read(key_path).ok().flatten();
    (
        backup.and_then(|record| record.last_made()),
        drill.map(|record| record.passed_at),
    )
}

fn now() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs())
}

/// In the largest unit that fits.
fn age(moment: u64) -> String {
    let seconds = now().saturating_sub(moment);
    match seconds {
        0..120 => format!("{seconds} seconds ago"),
        120..7_200 => format!("{} minutes ago", seconds / 60),
        7_200..172_800 => format!("{} hours ago", seconds / 3_600),
        _ => format!("{} days ago", seconds / 86_400),
    }
}
