//! One line: quoted fields, `""` for a quote within.

use std::time::{SystemTime, UNIX_EPOCH};

use chrono::{DateTime, Datelike, Timelike};
use zeroize::Zeroizing;

/// The fields of a line.
pub(super) struct Fields {
    pub(super) name: String,
    pub(super) secret: Zeroizing<String>,
    pub(super) until: Option<String>,
}

impl Fields {
    /// `None` where it is none.
    pub(super) fn read(line: &str) -> Option<Fields> {
        let (name, rest) = field(line)?;
        let (secret, rest) = field(rest)?;
        let (until, rest) = match rest.is_empty() {
            true => (None, rest),
            false => field(rest).map(|(until, rest)| (Some(until), rest))?,
        };
        (!name.is_empty() && rest.is_empty()).then(|| Fields {
            name: (*name).clone(),
            secret,
            until: until.map(|until| (*until).clone()),
        })
    }
}

/// A field and what follows it.
fn field(text: &str) -> Option<(Zeroizing<String>, &str)> {
    let body = text.strip_prefix('"')?;
    let mut value = Zeroizing::new(String::with_capacity(body.len()));
    let mut rest = body;
    loop {
        let end = rest.find('"')?;
        value.push_str(rest.get(..end)?);
        rest = rest.get(end + 1..)?;
        match rest.strip_prefix('"') {
            Some(after) => {
                value.push('"');
                rest = after;
            }
            None => break,
        }
    }
    let after = rest.trim_start();
    // Two fields want a space between them.
    (after.is_empty() || after.len() < rest.len()).then_some((value, after))
}

pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// A moment; `Some(None)` for infinity.
#[expect(
    clippy::option_option,
    reason = "no time, and a time without end, are two things"
)]
pub(super) fn time(text: &str) -> Option<Option<SystemTime>> {
    if text == "infinity" {
        return Some(None);
    }
    let micros = DateTime::parse_from_rfc3339(text).ok()?.timestamp_micros();
    let since = std::time::Duration::from_micros(u64::try_from(micros).ok()?);
    UNIX_EPOCH.checked_add(since).map(Some)
}

/// As [`time`] reads it: `2027-01-01T00:00:00.000000Z`.
pub(super) fn written(time: SystemTime) -> String {
    let moment = time
        .duration_since(UNIX_EPOCH)
        .ok()
        .and_then(|since| i64::try_from(since.as_micros()).ok())
        .and_then(DateTime::from_timestamp_micros)
        .unwrap_or_default();
    format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:06}Z",
        moment.year(),
        moment.month(),
        moment.day(),
        moment.hour(),
        moment.minute(),
        moment.second(),
        moment.timestamp_subsec_micros()
    )
}
