//! The report of a drill, as text and as JSON. It holds no key, no share and no value.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::columns::Opened;
use super::course::{Course, Step};
use super::dump::Facts;
use crate::cli::Failure;
use crate::cli::backup::{named, write_private};
use crate::policy::Policy;

/// What a drill has shown.
pub(super) struct Report {
    began: SystemTime,
    rules: String,
    steps: Vec<Step>,
    seconds: f64,
    pub(super) passed: bool,
    /// Fingerprint of the key that came back.
    pub(super) key: Option<String>,
    pub(super) postgresql: Option<u32>,
    pub(super) dump: Option<Facts>,
    pub(super) columns: Vec<Opened>,
}

impl Report {
    pub(super) fn begin(policy: &Policy) -> Self {
        Report {
            began: SystemTime::now(),
            rules: policy.hash.clone(),
            steps: Vec::new(),
            seconds: 0.0,
            passed: false,
            key: None,
            postgresql: None,
            dump: None,
            columns: Vec::new(),
        }
    }

    pub(super) fn end(&mut self, course: Course) {
        self.seconds = course.took().as_secs_f64();
        self.steps = course.steps;
    }

    /// For machines.
    pub(super) fn document(&self) -> Value {
        json!({
            "drill": 1,
            "passed": self.passed,
            "began": self.moment().to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
            "seconds": rounded(self.seconds),
            "sealwire": env!("CARGO_PKG_VERSION"),
            "postgresql": self.postgresql,
            "rules": self.rules,
            "key": self.key,
            "dump": self.dump.as_ref().map(|dump| json!({
                "file": dump.file, "form": dump.form, "bytes": dump.bytes, "sha256": dump.sha256,
            })),
            "steps": self.steps.iter().map(|step| json!({
                "name": step.name, "held": step.held, "seconds": rounded(step.took.as_secs_f64()), "said": step.said,
            })).collect::<Vec<_>>(),
            "columns": self.columns.iter().map(|column| json!({
                "column": column.column, "rows": column.rows, "values": column.values, "opened": column.opened,
            })).collect::<Vec<_>>(),
        })
    }

    fn text(&self) -> String {
        let verdict = if self.passed { "PASSED" } else { "FAILED" };
        let mut out = format!(
            "Sealwire: drill of the recovery, {}\n{verdict} in {:.0} s\n\n",
            self.moment().format("%Y-%m-%d %H:%M:%S UTC"),
            self.seconds
        );
        let mut fact = |name: &str, value: Option<String>| {
            out.push_str(&format!("{name:12}{}\n", value.as_deref().unwrap_or("-")));
        };
        fact("Sealwire", Some(env!("CARGO_PKG_VERSION").to_owned()));
        fact("PostgreSQL", self.postgresql.map(|major| major.to_string()));
        fact("Rules", Some(self.rules.clone()));
        fact("Key", self.key.clone());
        fact("Dump", self.dump.as_ref().map(ToString::to_string));
        out.push('\n');
        for step in &self.steps {
            out.push_str(&step.line());
            out.push('\n');
        }
        out
    }

    /// Writes both, named after the moment; the path of the text.
    pub(super) fn write(&self, folder: &Path) -> Result<PathBuf, Failure> {
        std::fs::create_dir_all(folder).map_err(named(folder))?;
        let moment = self.moment().format("%Y-%m-%dT%H-%M-%SZ").to_string();
        // Two drills of one second have two reports.
        let names = (1..100).map(|number| match number {
            1 => format!("drill-{moment}"),
            _ => format!("drill-{moment}-{number}"),
        });
        let stem = names
            .into_iter()
            .find(|name| !folder.join(format!("{name}.json")).exists())
            .unwrap_or_default();
        let mut document = serde_json::to_vec_pretty(&self.document()).map_err(Failure::because)?;
        document.push(b'\n');
        write_private(&folder.join(format!("{stem}.json")), &document)?;
        let text = folder.join(format!("{stem}.txt"));
        write_private(&text, self.text().as_bytes())?;
        Ok(text)
    }

    fn moment(&self) -> DateTime<Utc> {
        let seconds = i64::try_from(seconds(self.began)).unwrap_or_default();
        DateTime::from_timestamp(seconds, 0).unwrap_or_default()
    }
}

/// Seconds since 1970.
pub(super) fn seconds(moment: SystemTime) -> u64 {
    moment
        .duration_since(SystemTime::UNIX_EPOCH)
        .map_or(0, |since| since.as_secs())
}

fn rounded(seconds: f64) -> f64 {
    (seconds * 1_000.0).round() / 1_000.0
}
