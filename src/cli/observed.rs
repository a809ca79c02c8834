//! `sealwire status --observed`: what the running proxy has seen in observe mode, from its admin address.

use std::time::Duration;

use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::Failure;
use super::arguments::Rules;
use super::common::policy;
use super::screen::{json, line};
use crate::policy::Address;

const PATIENCE: Duration = Duration::from_secs(10);

pub(super) async fn run(rules: &Rules) -> Result<(), Failure> {
    let policy = policy(&rules.rules)?;
    let address = reachable(&policy.settings.admin.address);
    let body = tokio::time::timeout(PATIENCE, page(&address))
        .await
        .map_err(|_| Failure::Failed(format!("[admin] {address}: no answer within {PATIENCE:?}")))?
        .map_err(|reason| {
            Failure::Failed(format!(
                "[admin] {address}: {reason}\n  hint: the report comes from the running proxy, on its own host: `sealwire serve`"
            ))
        })?;
    let report: Value = serde_json::from_str(&body)
        .map_err(|_| Failure::Failed(format!("[admin] {address}: no report of this version")))?;
    if rules.json {
        json(&report);
    } else {
        show(&report);
    }
    Ok(())
}

/// Whoever listens everywhere is reached on this host.
fn reachable(address: &Address) -> Address {
    let host = match address.host.as_str() {
        "0.0.0.0" => "127.0.0.1",
        "::" => "::1",
        host => host,
    };
    Address {
        host: host.to_owned(),
        port: address.port,
    }
}

async fn page(address: &Address) -> Result<String, String> {
    let mut stream = TcpStream::connect((address.host.as_str(), address.port))
        .await
        .map_err(|error| error.to_string())?;
    let request = "GET /observed HTTP/1.0\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    let mut answer = String::new();
    let exchange = async {
        stream.write_all(request.as_bytes()).await?;
        stream.read_to_string(&mut answer).await
    };
    exchange.await.map_err(|error| error.to_string())?;
    let (head, body) = answer.split_once("\r\n\r\n").ok_or("no HTTP answer")?;
    match head.split(' ').nth(1) {
        Some("200") => Ok(body.to_owned()),
        Some(status) => Err(format!("status {status}: {}", body.trim())),
        None => Err("no HTTP answer".to_owned()),
    }
}

fn show(report: &Value) {
    let text = |value: &Value, key: &str| -> String {
        value
            .get(key)
            .and_then(Value::as_str)
            .unwrap_or("")
            .to_owned()
    };
    let number = |value: &Value, key: &str| value.get(key).and_then(Value::as_u64).unwrap_or(0);
    let none = Vec::new();
    let statements = report
        .get("statements")
        .and_then(Value::as_array)
        .unwrap_or(&none);
    line(format!(
        "Observed since {}; kept in the proxy's memory, a restart begins anew.",
        text(report, "since")
    ));
    if statements.is_empty() {
        line("Nothing yet: no statement on a table with mode = \"observe\".");
    }
    for (heading, kind) in [
        ("Would be refused", "refused"),
        ("Would be answered, with columns masked", "masked"),
        ("Would be answered as it is", "answered"),
    ] {
        let mut of_kind = statements
            .iter()
            .filter(|line| text(line, "would_be") == kind)
            .peekable();
        if of_kind.peek().is_none() {
            continue;
        }
        line(format!("\n{heading}:"));
        for one in of_kind {
            let role = match text(one, "active_role") {
                role if role.is_empty() => text(one, "login"),
                role => format!("{} as {role}", text(one, "login")),
            };
            line(format!(
                "  {} x{}  {role} in {}, application \"{}\", {} to {}",
                text(one, "fingerprint"),
                number(one, "count"),
                text(one, "database"),
                text(one, "application"),
                text(one, "first_seen"),
                text(one, "last_seen"),
            ));
            match text(one, "statement") {
                statement if statement.is_empty() => {}
                statement => line(format!("    {statement}")),
            }
            if let Some(refusal) = one.get("refusal").filter(|refusal| !refusal.is_null()) {
                line(format!(
                    "    {} ({}, {})",
                    text(refusal, "message"),
                    text(refusal, "sqlstate"),
                    text(refusal, "fault")
                ));
                line(format!("    -> {}", text(refusal, "hint")));
            }
            for what in ["masked", "opened", "searched", "written"] {
                let columns: Vec<&str> = one
                    .get(what)
                    .and_then(Value::as_array)
                    .into_iter()
                    .flatten()
                    .filter_map(Value::as_str)
                    .collect();
                if !columns.is_empty() {
                    line(format!("    {what}: {}", columns.join(", ")));
                }
            }
        }
    }
    let overflow = number(report, "overflow");
    if overflow > 0 {
        line(format!(
            "\n{overflow} more statement(s) were only counted: all {} entries are taken.",
            number(report, "capacity")
        ));
    }
}
