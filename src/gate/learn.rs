//! Learns the verifier of a password from the server: a login as its user tells salt and iterations, so that the
//! verifier here is the server's own, and a client's proof opens both.

use std::time::Duration;

use bytes::{BufMut, BytesMut};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::time::timeout;
use zeroize::Zeroizing;

use crate::auth::scram::Verifier;
use crate::auth::{Credential, Entry, Password, Step, Unasked, Way};
use crate::fault::{Fault, Refusal};
use crate::policy::UpstreamSettings;
use crate::upstream::{self, Server, Stream};
use crate::wire;

const PATIENCE: Duration = Duration::from_secs(20);

/// Logs in to a database as a user, and gives the verifier of the password as the server keeps it.
///
/// # Errors
/// Where the server cannot be reached, does not take the password, or does not use SCRAM.
pub async fn learn(
    settings: &UpstreamSettings,
    database: &str,
    user: &str,
    password: Password,
) -> Result<Verifier, Refusal> {
    let server = Server::new(settings).map_err(|problems| {
        let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
        Refusal::new(Fault::UpstreamTls, lines.join("; "))
    })?;
    let mut stream = upstream::connect(&server).await?;
    let login = log_in(&mut stream, database, user, password);
    timeout(PATIENCE, login).await.map_err(|_| gone())?
}

async fn log_in(
    stream: &mut Stream,
    database: &str,
    user: &str,
    password: Password,
) -> Result<Verifier, Refusal> {
    let way = Way {
        end_point: stream.end_point().map(<[u8]>::to_vec),
        private: stream.is_private(),
    };
    let credential = Credential::Password(password);
    let mut entry = Entry::new(user, &credential, &way, Unasked::Refuse);
    send(stream, &startup(database, user)).await?;
    let mut input = BytesMut::new();
    loop {
        let Some(head) = wire::head(&input).map_err(malformed)? else {
            more(stream, &mut input).await?;
            continue;
        };
        if head.total > input.len() {
            more(stream, &mut input).await?;
            continue;
        }
        let frame = input.split_to(head.total).freeze();
        match head.tag {
            b'R' => match entry.requested(wire::body(&frame))? {
                Step::Send(body) => {
                    let mut answer = Zeroizing::new(Vec::new());
                    answer.push(b'p');
                    let length = u32::try_from(body.len() + 4).unwrap_or(u32::MAX);
                    answer.extend_from_slice(&length.to_be_bytes());
                    answer.extend_from_slice(&body);
                    send(stream, &answer).await?;
                }
                Step::Wait => {}
                Step::Done(_) => {
                    // Terminate; it matters to nobody whether it arrives.
                    let _farewell = send(stream, b"X\0\0\0\x04").await;
                    return verifier(&entry, &credential);
                }
            },
            b'E' => {
                let report = wire::Report::read(wire::body(&frame)).map_err(malformed)?;
                let words = report.field(b'M').unwrap_or_default();
                return Err(Refusal::new(
                    Fault::LoginFailed,
                    format!("the server says: {}", String::from_utf8_lossy(words)),
                ));
            }
            // NoticeResponse, NegotiateProtocolVersion.
            b'N' | b'v' => {}
            _ => {
                return Err(Refusal::new(
                    Fault::ProtocolViolation,
                    "the server sent a message that has no place in a login",
                ));
            }
        }
    }
}

fn verifier(entry: &Entry<'_>, credential: &Credential) -> Result<Verifier, Refusal> {
    let (Some((salt, iterations)), Credential::Password(password)) = (entry.salt(), credential)
    else {
        return Err(Refusal::new(
            Fault::UpstreamMethod,
            "the server took the password by another method than scram-sha-256",
        )
        .with_hint(
            "`scram` logs in with the client's own proof, which only scram-sha-256 takes: set it in the server's pg_hba.conf.",
        ));
    };
    Ok(Verifier::of(
        password.expose_secret(),
        salt.clone(),
        *iterations,
    ))
}

/// StartupMessage, protocol 3.0 (manual 55.7).
fn startup(database: &str, user: &str) -> Vec<u8> {
    let mut body = BytesMut::new();
    body.put_u32(196_608);
    for text in ["user", user, "database", database] {
        wire::put_string(&mut body, text.as_bytes());
    }
    body.put_u8(0);
    let length = u32::try_from(body.len() + 4).unwrap_or(u32::MAX);
    [&length.to_be_bytes()[..], &body].concat()
}

async fn send(stream: &mut Stream, bytes: &[u8]) -> Result<(), Refusal> {
    stream.write_all(bytes).await.map_err(|_| gone())?;
    stream.flush().await.map_err(|_| gone())
}

async fn more(stream: &mut Stream, input: &mut BytesMut) -> Result<(), Refusal> {
    match stream.read_buf(input).await {
        Ok(length) if length > 0 => Ok(()),
        Ok(_) | Err(_) => Err(gone()),
    }
}

fn malformed(malformed: wire::Malformed) -> Refusal {
    Refusal::new(Fault::ProtocolViolation, malformed.to_string())
}

fn gone() -> Refusal {
    Refusal::new(
        Fault::UpstreamUnavailable,
        "the server ended the connection during the login",
    )
}
