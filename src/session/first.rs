//! The first packets: encryption requests, a cancel request, or the startup of a session.

use bytes::Bytes;
use tokio::io::{AsyncRead, AsyncWrite};

use crate::fault::{Fault, Refusal};
use crate::wire::{self, Malformed, Startup};

use super::link::Side;

/// What a client came for.
pub(super) enum First {
    /// Nothing: it went away.
    Gone,
    /// To cancel, with the packet to hand on.
    Cancel(Bytes),
    /// A session, with the packet to hand on unchanged.
    Session(Bytes, Startup),
}

/// Reads until it is known what the client came for. Encryption is declined, each kind at most once, as the
/// server does; bytes sent before the answer would be read as if they had come encrypted, so they end it.
pub(super) async fn packet<C>(client: &mut Side<C>) -> Result<First, Refusal>
where
    C: AsyncRead + AsyncWrite + Unpin,
{
    let (mut tls, mut gss) = (false, false);
    loop {
        let Some((startup, length)) = wire::startup(&client.input).map_err(violation)? else {
            if !client.fill().await {
                return Ok(First::Gone);
            }
            continue;
        };
        let packet = client.input.split_to(length).freeze();
        let asked = match startup {
            Startup::Cancel => return Ok(First::Cancel(packet)),
            Startup::Session { .. } => return Ok(First::Session(packet, startup)),
            Startup::Tls => &mut tls,
            Startup::Gss => &mut gss,
        };
        if std::mem::replace(asked, true) || !client.input.is_empty() {
            return Err(violation(Malformed(
                "received unencrypted data after an encryption request",
            )));
        }
        client.output.extend_from_slice(b"N");
        client.drain().await;
    }
}

/// Who wants in where. The database is the user's name where none is given, as in the server.
pub(super) fn user_and_database(startup: &Startup) -> Result<(String, String), Refusal> {
    if let Some(replication) = startup.parameter("replication") {
        let no = ["false", "off", "no", "0"];
        if !no.iter().any(|word| replication.eq_ignore_ascii_case(word)) {
            return Err(Refusal::new(
                Fault::ReplicationRefused,
                "replication connections are not taken",
            ));
        }
    }
    let user = startup
        .parameter("user")
        .filter(|user| !user.is_empty())
        .ok_or_else(|| {
            Refusal::new(
                Fault::ProtocolViolation,
                "no PostgreSQL user name specified in startup packet",
            )
            .with_sqlstate("28000")
        })?;
    let database = startup
        .parameter("database")
        .filter(|database| !database.is_empty())
        .unwrap_or(user);
    Ok((user.to_owned(), database.to_owned()))
}

pub(super) fn violation(malformed: Malformed) -> Refusal {
    Refusal::new(Fault::ProtocolViolation, malformed.to_string())
}
