//! What observe mode has seen: one entry for each statement (by fingerprint), application and login, with what
//! enforcing the rules would have done. In memory only: a restart begins anew.
//!
//! Bounded: after [`CAPACITY`] entries what is new is only counted. Nothing here holds a value: statements come
//! without constants, refusals name columns.
//!
//! Absent: planning (plan), who may read the report (admin).

use std::collections::HashMap;
use std::collections::hash_map::Entry as Slot;
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use serde::Serialize;

use crate::plan::{Action, Observed};

/// Entries kept.
pub const CAPACITY: usize = 2_000;
/// The longest application name that is kept, in characters: the client chooses it.
const APPLICATION: usize = 64;

/// One statement that observe mode has seen.
#[derive(Debug)]
pub struct Sighting<'a> {
    /// Who logged in.
    pub login: &'a str,
    /// The role that SET ROLE made active.
    pub active_role: Option<&'a str>,
    /// Where.
    pub database: &'a str,
    /// `application_name`.
    pub application: &'a str,
    /// Of the statement.
    pub fingerprint: &'a str,
    /// Whether the server carried it out. What failed may have a value where a name belongs (`"` for `'`), so that
    /// neither its text nor a message that names something is kept of it.
    pub carried_out: bool,
    /// What would have become of it.
    pub observed: &'a Observed,
    /// Hash of the rules.
    pub rules: &'a str,
}

/// Everything seen since the start.
#[derive(Debug)]
pub struct Observations {
    since: SystemTime,
    seen: Mutex<Seen>,
}

#[derive(Debug, Default)]
struct Seen {
    entries: HashMap<Key, Entry>,
    overflow: u64,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Key {
    database: String,
    login: String,
    active_role: Option<String>,
    application: String,
    fingerprint: String,
}

#[derive(Debug)]
struct Entry {
    text: Option<String>,
    count: u64,
    first: SystemTime,
    last: SystemTime,
    observed: Observed,
    rules: String,
}

/// The report, as the admin address gives it.
#[derive(Debug, Serialize)]
pub struct Report {
    /// When the proxy started.
    pub since: String,
    /// Entries that are kept at most.
    pub capacity: usize,
    /// Statements that were counted and not kept, since all entries were taken.
    pub overflow: u64,
    /// What would be refused first, then by how often.
    pub statements: Vec<Line>,
}

/// One entry of it.
#[derive(Debug, Serialize)]
pub struct Line {
    /// Hash of the statement's tokens without constants.
    pub fingerprint: String,
    /// The statement without constants; none where it was never carried out.
    pub statement: Option<String>,
    /// `application_name`.
    pub application: String,
    /// Who logged in.
    pub login: String,
    /// The role that SET ROLE made active.
    pub active_role: Option<String>,
    /// Where.
    pub database: String,
    /// How often.
    pub count: u64,
    /// When first.
    pub first_seen: String,
    /// When last.
    pub last_seen: String,
    /// `refused`, `masked` or `answered`.
    pub would_be: &'static str,
    /// Where it would be refused: why.
    pub refusal: Option<Reason>,
    /// Columns that would be shown under a mask.
    pub masked: Vec<String>,
    /// Columns that would be opened.
    pub opened: Vec<String>,
    /// Columns that would be searched.
    pub searched: Vec<String>,
    /// Columns that would be written.
    pub written: Vec<String>,
    /// Hash of the rules it was last judged by.
    pub rules: String,
}

/// Why a statement would be refused.
#[derive(Debug, Serialize)]
pub struct Reason {
    /// Id in the error catalogue.
    pub fault: &'static str,
    /// Name in the error catalogue.
    pub name: &'static str,
    /// SQLSTATE.
    pub sqlstate: &'static str,
    /// What the client would be told.
    pub message: String,
    /// What helps.
    pub hint: Option<String>,
}

impl Sighting<'_> {
    fn kept(&self) -> Observed {
        let mut kept = self.observed.clone();
        if let (false, Some(refusal)) = (self.carried_out, &mut kept.refusal) {
            refusal.fault.entry().cause.clone_into(&mut refusal.message);
        }
        kept
    }
}

impl Default for Observations {
    fn default() -> Self {
        Observations {
            since: SystemTime::now(),
            seen: Mutex::default(),
        }
    }
}

impl Observations {
    /// Counts a statement. Whether it is the first of its kind.
    pub fn note(&self, sighting: &Sighting<'_>) -> bool {
        let now = SystemTime::now();
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let full = seen.entries.len() >= CAPACITY;
        let key = Key {
            database: sighting.database.to_owned(),
            login: sighting.login.to_owned(),
            active_role: sighting.active_role.map(str::to_owned),
            application: shown(sighting.application),
            fingerprint: sighting.fingerprint.to_owned(),
        };
        let first = match seen.entries.entry(key) {
            Slot::Occupied(mut slot) => {
                let entry = slot.get_mut();
                entry.count += 1;
                entry.last = now;
                if entry.text.is_none() && sighting.carried_out {
                    entry.text = Some(sighting.observed.text.clone());
                }
                // Rules may have changed meanwhile; of one fingerprint what would be refused counts most.
                if entry.rules != sighting.rules || sighting.observed.refusal.is_some() {
                    entry.observed = sighting.kept();
                    sighting.rules.clone_into(&mut entry.rules);
                }
                false
            }
            Slot::Vacant(_) if full => {
                seen.overflow += 1;
                return false;
            }
            Slot::Vacant(slot) => {
                slot.insert(Entry {
                    text: sighting.carried_out.then(|| sighting.observed.text.clone()),
                    count: 1,
                    first: now,
                    last: now,
                    observed: sighting.kept(),
                    rules: sighting.rules.to_owned(),
                });
                true
            }
        };
        drop(seen);
        first
    }

    /// What was seen so far.
    pub fn report(&self) -> Report {
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let mut statements: Vec<Line> = (seen.entries.iter())
            .map(|(key, entry)| line(key, entry))
            .collect();
        let overflow = seen.overflow;
        drop(seen);
        let rank = |line: &Line| match line.would_be {
            "refused" => 0,
            "masked" => 1,
            _ => 2,
        };
        statements.sort_by(|a, b| {
            (
                rank(a),
                std::cmp::Reverse(a.count),
                &a.fingerprint,
                &a.application,
                &a.login,
            )
                .cmp(&(
                    rank(b),
                    std::cmp::Reverse(b.count),
                    &b.fingerprint,
                    &b.application,
                    &b.login,
                ))
        });
        Report {
            since: rfc3339(self.since),
            capacity: CAPACITY,
            overflow,
            statements,
        }
    }
}

fn line(key: &Key, entry: &Entry) -> Line {
    let of = |action: Action| -> Vec<String> {
        (entry.observed.touches.iter())
            .filter(|touch| touch.action == action)
            .map(|touch| format!("{}.{}", touch.table, touch.column))
            .collect()
    };
    let masked = of(Action::Mask);
    Line {
        fingerprint: key.fingerprint.clone(),
        // The text of what was carried out; a refusal's own reading of it may be empty.
        statement: entry.text.clone().filter(|text| !text.is_empty()),
        application: key.application.clone(),
        login: key.login.clone(),
        active_role: key.active_role.clone(),
        database: key.database.clone(),
        count: entry.count,
        first_seen: rfc3339(entry.first),
        last_seen: rfc3339(entry.last),
        would_be: match (&entry.observed.refusal, masked.is_empty()) {
            (Some(_), _) => "refused",
            (None, false) => "masked",
            (None, true) => "answered",
        },
        refusal: (entry.observed.refusal.as_ref()).map(|refusal| Reason {
            fault: refusal.fault.entry().id,
            name: refusal.fault.entry().name,
            sqlstate: refusal.sqlstate,
            message: refusal.message.clone(),
            hint: refusal.hint.clone(),
        }),
        masked,
        opened: of(Action::Open),
        searched: of(Action::Search),
        written: of(Action::Write),
        rules: entry.rules.clone(),
    }
}

/// An application's name as it is kept: cut, and without control characters.
pub fn shown(application: &str) -> String {
    application
        .chars()
        .map(|c| if c.is_control() { '?' } else { c })
        .take(APPLICATION)
        .collect()
}

/// `2026-11-24T01:02:03Z`.
fn rfc3339(time: SystemTime) -> String {
    let seconds = time
        .duration_since(SystemTime::UNIX_EPOCH)
        .ok()
        .and_then(|since| i64::try_from(since.as_secs()).ok())
        .unwrap_or_default();
    let time = chrono::DateTime::from_timestamp(seconds, 0).unwrap_or_default();
    format!("{}T{}Z", time.date_naive(), time.time())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
    use std::sync::Arc;

    use super::*;
    use crate::fault::{Fault, Refusal};
    use crate::plan::Touch;

    fn note(observations: &Observations, fingerprint: &str, observed: &Observed) -> bool {
        observations.note(&Sighting {
            login: "app",
            active_role: None,
            database: "shop",
            application: "web\u{7}",
            fingerprint,
            carried_out: true,
            observed,
            rules: "r1",
        })
    }

    fn answered() -> Observed {
        Observed {
            text: "select ?".to_owned(),
            refusal: None,
            touches: Arc::new([Touch {
                table: "public.t".to_owned(),
                column: "c".to_owned(),
                action: Action::Mask,
            }]),
        }
    }

    #[test]
    fn what_is_new_is_kept_up_to_a_limit_and_counted_beyond() {
        let observations = Observations::default();
        for n in 0..CAPACITY {
            assert!(note(&observations, &n.to_string(), &answered()));
        }
        assert!(!note(&observations, "one more", &answered()));
        assert!(!note(&observations, "7", &answered()));
        let report = observations.report();
        assert_eq!((report.overflow, report.statements.len()), (1, CAPACITY));
        assert_eq!(report.statements[0].count, 2);
        assert_eq!(report.statements[0].application, "web?");
    }

    #[test]
    fn what_would_be_refused_comes_first() {
        let observations = Observations::default();
        note(&observations, "a", &answered());
        note(&observations, "a", &answered());
        let refused = Observed {
            refusal: Some(Refusal::new(Fault::NotSearchable, "column public.t.c")),
            ..answered()
        };
        note(&observations, "b", &refused);
        let report = observations.report();
        assert_eq!(report.statements[0].would_be, "refused");
        assert_eq!(report.statements[1].would_be, "masked");
        assert_eq!(report.statements[1].masked, ["public.t.c"]);
        let text = serde_json::to_string(&report).unwrap();
        assert!(text.contains("\"fault\":\"SW1"), "{text}");
    }
}
