//! What an audit line says.

use std::time::SystemTime;

use serde::Serialize;

use crate::fault::Fault;
use crate::identity::Principal;
use crate::plan::Action;

/// The longest application name that is kept, in characters: the client chooses it.
const APPLICATION: usize = 64;

/// One statement of one session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Event {
    time: String,
    login: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    groups: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<String>,
    database: String,
    application: String,
    fingerprint: String,
    outcome: Outcome,
    #[serde(skip_serializing_if = "Option::is_none")]
    fault: Option<&'static str>,
    rules: String,
    columns: Vec<Touched>,
}

/// What became of the statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "plain words")]
pub enum Outcome {
    Passthrough,
    Planned,
    Refused,
    Observed,
}

/// A protected column that was touched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Touched {
    /// `schema.table`.
    pub table: String,
    /// Column.
    pub column: String,
    /// How: open, mask, search, write, delete, refuse.
    action: &'static str,
    /// Values concerned; 0 where nothing was counted.
    pub count: u64,
}

impl Touched {
    /// A column and how it was touched.
    pub fn new(table: &str, column: &str, action: Action, count: u64) -> Touched {
        let action = match action {
            Action::Open => "open",
            Action::Mask => "mask",
            Action::Search => "search",
            Action::Write => "write",
            Action::Delete => "delete",
        };
        Touched {
            table: table.to_owned(),
            column: column.to_owned(),
            action,
            count,
        }
    }
}

impl Event {
    /// What `principal` did in `database` just now, under the rule set with this hash.
    pub fn new(principal: &Principal, database: &str, rules_hash: &str) -> Event {
        Event {
            time: rfc3339(SystemTime::now()),
            login: principal.login.clone(),
            groups: principal.groups.clone(),
            role: None,
            database: database.to_owned(),
            application: String::new(),
            fingerprint: String::new(),
            outcome: Outcome::Passthrough,
            fault: None,
            rules: rules_hash.to_owned(),
            columns: Vec::new(),
        }
    }

    /// Under SET ROLE.
    #[must_use]
    pub fn active_role(mut self, role: Option<&str>) -> Event {
        self.role = role.map(str::to_owned);
        self
    }

    /// The client's application_name, cut to 64 characters.
    #[must_use]
    pub fn application(mut self, name: &str) -> Event {
        self.application = name.chars().take(APPLICATION).collect();
        self
    }

    /// The statement's fingerprint (a hash of its tokens without literals).
    #[must_use]
    pub fn fingerprint(mut self, fingerprint: &str) -> Event {
        self.fingerprint = fingerprint.to_owned();
        self
    }

    /// What became of it.
    #[must_use]
    pub fn outcome(mut self, outcome: Outcome) -> Event {
        self.outcome = outcome;
        self
    }

    /// Why it was, or would have been, refused.
    #[must_use]
    pub fn fault(mut self, fault: Fault) -> Event {
        self.fault = Some(fault.entry().id);
        self
    }

    /// The columns it touched.
    #[must_use]
    pub fn columns(mut self, columns: Vec<Touched>) -> Event {
        self.columns = columns;
        self
    }
}

/// `2026-11-24T01:02:03.456Z`.
fn rfc3339(time: SystemTime) -> String {
    use chrono::{Datelike, Timelike};
    let time = time
        .duration_since(SystemTime::UNIX_EPOCH)
        .ok()
        .and_then(|since| i64::try_from(since.as_millis()).ok())
        .and_then(chrono::DateTime::from_timestamp_millis)
        .unwrap_or_default();
    format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z",
        time.year(),
        time.month(),
        time.day(),
        time.hour(),
        time.minute(),
        time.second(),
        time.timestamp_subsec_millis()
    )
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_line_says_who_touched_what() {
        let principal = Principal {
            login: "support_app".to_owned(),
            groups: Vec::new(),
        };
        let mut event = Event::new(&principal, "shop", "abcd")
            .application(&"x".repeat(1000))
            .fingerprint("0123456789abcdef")
            .outcome(Outcome::Refused)
            .fault(Fault::SearchMissing)
            .columns(vec![Touched::new(
                "public.customers",
                "email",
                Action::Search,
                1,
            )]);
        event.time = rfc3339(SystemTime::UNIX_EPOCH + Duration::from_millis(1_795_482_123_004));
        expect_test::expect![[r#"{"time":"2026-11-24T01:02:03.004Z","login":"support_app","database":"shop","application":"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx","fingerprint":"0123456789abcdef","outcome":"refused","fault":"SW202","rules":"abcd","columns":[{"table":"public.customers","column":"email","action":"search","count":1}]}"#]]
        .assert_eq(&serde_json::to_string(&event).unwrap());
    }
}
