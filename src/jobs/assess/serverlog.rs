//! PostgreSQL's own log: stderr, csvlog and jsonlog, with the statements of `log_statement` or
//! `log_min_duration_statement`. English messages are expected (`lc_messages`).

use serde_json::Value;

use super::Found;

/// Statements of a log on standard error: `…LOG:  statement: …`, further lines indented by a tab.
pub(super) fn stderr(log: &str) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let mut open = false;
    for line in log.lines() {
        if let Some(more) = line.strip_prefix('\t') {
            if let Some(last) = found.last_mut().filter(|_| open) {
                last.text.push('\n');
                last.text.push_str(more);
            }
            continue;
        }
        let entry = line.split_once("LOG:  ").and_then(|(prefix, message)| {
            Some(Found {
                text: statement(message)?.to_owned(),
                calls: 1,
                login: login(prefix),
            })
        });
        open = entry.is_some();
        found.extend(entry);
    }
    found
}

/// Statements of a csvlog.
pub(super) fn csv(log: &str) -> Vec<Found> {
    records(log)
        .into_iter()
        .filter_map(|fields| {
            let text = statement(fields.get(13)?)?.to_owned();
            let login = fields.get(1).filter(|login| !login.is_empty()).cloned();
            Some(Found {
                text,
                calls: 1,
                login,
            })
        })
        .collect()
}

/// A jsonlog, or JSON lines with `query`, and perhaps `calls` and `user`. Also how many lines were not used.
pub(super) fn json(log: &str) -> (Vec<Found>, usize) {
    let mut unused = 0;
    let mut found = Vec::new();
    for line in log.lines().filter(|line| !line.trim().is_empty()) {
        let Ok(value) = serde_json::from_str::<Value>(line) else {
            unused += 1;
            continue;
        };
        let text = |key: &str| value.get(key).and_then(Value::as_str);
        let of_log = text("message").and_then(statement);
        let Some(query) = text("query").or(of_log) else {
            // Other lines of a server's log say other things.
            unused += usize::from(value.get("error_severity").is_none());
            continue;
        };
        found.push(Found {
            text: query.to_owned(),
            calls: value.get("calls").and_then(Value::as_u64).unwrap_or(1),
            login: text("user").map(str::to_owned),
        });
    }
    (found, unused)
}

/// The statement that a message tells of. Parse and Bind of the same statement are not counted again.
fn statement(message: &str) -> Option<&str> {
    let message = match message.strip_prefix("duration: ") {
        Some(rest) => rest.split_once(" ms  ")?.1,
        None => message,
    };
    if let Some(text) = message.strip_prefix("statement: ") {
        return Some(text);
    }
    // `execute fetch from S/P:` goes on with a portal that was counted.
    let (name, text) = message.strip_prefix("execute ")?.split_once(": ")?;
    (!name.starts_with("fetch from ")).then_some(text)
}

/// The login, where `log_line_prefix` has `%u@%d`.
fn login(prefix: &str) -> Option<String> {
    let word = prefix
        .split_whitespace()
        .find(|word| word.contains('@') && !word.starts_with('@'))?;
    let name = word.split('@').next()?;
    let name = name.rsplit(['=', '[', ',']).next()?;
    (!name.is_empty()).then(|| name.to_owned())
}

/// Whether a text reads as a csvlog: its first record has as many fields.
pub(super) fn is_csv(log: &str) -> bool {
    let head = log.get(..log.len().min(64 * 1024)).unwrap_or(log);
    records(head)
        .first()
        .is_some_and(|fields| (23..=30).contains(&fields.len()))
}

/// RFC 4180: quoted fields may hold line breaks, `""` is a quote.
fn records(text: &str) -> Vec<Vec<String>> {
    let mut records = Vec::new();
    let mut fields = Vec::new();
    let mut field = String::new();
    let mut quoted = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                field.push('"');
                chars.next();
            }
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(std::mem::take(&mut field)),
            '\n' if !quoted => {
                fields.push(std::mem::take(&mut field));
                records.push(std::mem::take(&mut fields));
            }
            '\r' if !quoted => {}
            c => field.push(c),
        }
    }
    if !field.is_empty() || !fields.is_empty() {
        fields.push(field);
        records.push(fields);
    }
    records
}

#[cfg(test)]
mod tests {
    #![expect(clippy::indexing_slicing, reason = "tests")]
    use super::*;

    fn said(found: &[Found]) -> Vec<(&str, Option<&str>)> {
        found
            .iter()
            .map(|found| (found.text.as_str(), found.login.as_deref()))
            .collect()
    }

    #[test]
    fn the_stderr_log_is_read_with_its_continuations() {
        let log = "2026-11-24 01:00:00 UTC [12] app@shop LOG:  statement: select 1\n\
                   2026-11-24 01:00:00 UTC [12] app@shop LOG:  execute <unnamed>: select a,\n\tb from t\n\
                   2026-11-24 01:00:00 UTC [12] app@shop DETAIL:  parameters: $1 = 'canary'\n\
                   2026-11-24 01:00:00 UTC [12] LOG:  duration: 0.2 ms  parse s1: select 3\n\
                   2026-11-24 01:00:00 UTC [12] LOG:  duration: 0.2 ms  execute s1: select 3\n\
                   2026-11-24 01:00:00 UTC [12] LOG:  checkpoint starting: time\n";
        assert_eq!(
            said(&stderr(log)),
            [
                ("select 1", Some("app")),
                ("select a,\nb from t", Some("app")),
                ("select 3", None)
            ]
        );
    }

    #[test]
    fn a_csvlog_has_its_statements_in_the_fourteenth_field() {
        let line = |message: &str| {
            format!(
                "2026-11-24 01:00:00.000 UTC,\"app\",\"shop\",1,\"[local]\",x,1,\"SELECT\",t,1/2,0,LOG,00000,{message},,,,,,,,,\"psql\",\"client backend\",,0\n"
            )
        };
        let log = line("\"statement: select \"\"a\"\",\n1\"") + &line("\"connection received\"");
        assert!(is_csv(&log));
        assert_eq!(said(&csv(&log)), [("select \"a\",\n1", Some("app"))]);
    }

    #[test]
    fn json_lines_may_be_ours_or_the_servers() {
        let log = "{\"query\":\"select 1\",\"calls\":7}\n{\"error_severity\":\"LOG\",\"user\":\"app\",\"message\":\"statement: select 2\"}\n{\"error_severity\":\"LOG\",\"message\":\"x\"}\nnonsense\n";
        let (found, unused) = json(log);
        assert_eq!(
            said(&found),
            [("select 1", None), ("select 2", Some("app"))]
        );
        assert_eq!((found[0].calls, unused), (7, 1));
    }
}
