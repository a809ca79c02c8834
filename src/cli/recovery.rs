//! What `status` and `keys status` say of the way back: how old the last backup and the last drill are; and of this host's memory.

use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use crate::keys::{BackupRecord, DrillRecord, Hygiene, KeyError, Locked, RootInfo};

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

/// What is known of the intermediate key of data subjects, for people.
pub(super) fn subjects_line(root: &Result<RootInfo, KeyError>) -> String {
    match root {
        Ok(root) if root.due <= SystemTime::now() => format!(
            "The intermediate key of data subjects is OVERDUE since {}: sealwire rotate subjects",
            date(root.due)
        ),
        Ok(root) => format!(
            "The intermediate key of data subjects is {}, due to be replaced on {}.",
            root.fingerprint,
            date(root.due)
        ),
        Err(error) => format!("The keys of data subjects: {error}"),
    }
}

/// The same for machines.
pub(super) fn subjects_document(root: &Result<RootInfo, KeyError>) -> Value {
    match root {
        Ok(root) => json!({
            "intermediate": root.fingerprint.to_string(),
            "made": date(root.made),
            "due": date(root.due),
            "overdue": root.due <= SystemTime::now(),
        }),
        Err(error) => json!({ "unusable": error.to_string() }),
    }
}

fn date(at: SystemTime) -> String {
    DateTime::<Utc>::from(at)
        .format("%Y-%m-%dT%H:%M:%SZ")
        .to_string()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::keys::Fingerprint;

    #[test]
    fn an_overdue_intermediate_key_is_told_loudly() {
        let root = |due| {
            Ok(RootInfo {
                fingerprint: Fingerprint([7; 8]),
                made: SystemTime::UNIX_EPOCH,
                due,
            })
        };
        let late = root(SystemTime::UNIX_EPOCH + Duration::from_secs(86_400));
        assert!(subjects_line(&late).contains("OVERDUE since 1970-01-02"));
        assert_eq!(subjects_document(&late).get("overdue"), Some(&json!(true)));
        let fine = root(SystemTime::now() + Duration::from_secs(86_400));
        assert!(subjects_line(&fine).contains("due to be replaced on"));
        assert_eq!(subjects_document(&fine).get("overdue"), Some(&json!(false)));
        assert!(subjects_line(&Err(KeyError::NoSubjects)).contains("[subjects]"));
    }
}
