//! The first packets: encryption requests, a cancel request, or the startup of a session.

use std::net::IpAddr;
use std::time::Duration;

use bytes::Bytes;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::time::timeout;

use crate::fault::{Fault, Refusal};
use crate::tls::{Acceptor, ClientSide, Door, NoTls, TlsFacts, Transport};
use crate::wire::{self, Malformed, Startup};

use super::link::Side;
use super::record::Recorder;

/// How long a handshake may take.
const HANDSHAKE: Duration = Duration::from_secs(20);

/// The first byte of a TLS handshake record. No packet begins with it: it would be longer than any may be.
const TLS_RECORD: u8 = 0x16;

/// What a client came for.
pub(super) enum First {
    /// Nothing: it went away.
    Gone,
    /// To cancel, with the packet to hand on.
    Cancel(Bytes),
    /// A session, with the packet to hand on unchanged, and how the client has come.
    Session(Bytes, Startup, Transport),
}

/// Reads until it is known what the client came for, and gives it TLS where it asks for it and there is any. Each kind of
/// encryption is asked for at most once, as with the server; bytes sent before the answer would be read as if they had come
/// encrypted, so they end it. A client that must speak TLS and does not is told so before anybody asks for its
/// password; a cancel request is carried out however it comes, as by the server.
pub(super) async fn packet<C>(
    client: &mut Side<ClientSide<C>>,
    peer: IpAddr,
    door: &Door,
    recorder: &dyn Recorder,
) -> Result<First, Refusal>
where
    C: AsyncRead + AsyncWrite + Unpin,
{
    let (mut tls_asked, mut gss_asked) = (false, false);
    let mut facts: Option<TlsFacts> = None;
    if client.input.is_empty() && !client.fill().await {
        return Ok(First::Gone);
    }
    if client.input.first() == Some(&TLS_RECORD) {
        // Without a certificate there is nothing to answer that such a client would understand.
        let Some(acceptor) = door.acceptor() else {
            return Ok(First::Gone);
        };
        facts = Some(
            match secure(client, peer, door, &acceptor, true, recorder).await {
                Some(facts) => facts,
                None => return Ok(First::Gone),
            },
        );
        (tls_asked, gss_asked) = (true, true);
    }
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
            Startup::Session { .. } => {
                if facts.is_none() && !door.takes_plain(peer) {
                    return Err(tls_required(door));
                }
                let transport = Transport { peer, tls: facts };
                return Ok(First::Session(packet, startup, transport));
            }
            Startup::Tls => &mut tls_asked,
            Startup::Gss => &mut gss_asked,
        };
        if std::mem::replace(asked, true) || !client.input.is_empty() {
            return Err(violation(Malformed(if facts.is_some() {
                "encryption was asked for inside of TLS"
            } else {
                "received unencrypted data after an encryption request"
            })));
        }
        match (&startup, door.acceptor()) {
            (Startup::Tls, Some(acceptor)) => {
                client.output.extend_from_slice(b"S");
                client.drain().await;
                match secure(client, peer, door, &acceptor, false, recorder).await {
                    Some(secured) => facts = Some(secured),
                    None => return Ok(First::Gone),
                }
                gss_asked = true;
            }
            (_, _) => {
                client.output.extend_from_slice(b"N");
                client.drain().await;
            }
        }
    }
}

/// The handshake. `None` where it failed: a client that has none speaks no protocol in which it could be told why, but
/// the alert that TLS itself sends.
async fn secure<C>(
    client: &mut Side<ClientSide<C>>,
    peer: IpAddr,
    door: &Door,
    acceptor: &Acceptor,
    direct: bool,
    recorder: &dyn Recorder,
) -> Option<TlsFacts>
where
    C: AsyncRead + AsyncWrite + Unpin,
{
    let already = client.input.split().freeze();
    let secured = timeout(HANDSHAKE, client.stream().secure(acceptor, already, direct)).await;
    let reason = match secured {
        Ok(Ok(facts)) => return Some(facts),
        Ok(Err(reason)) => reason,
        Err(_) => NoTls::because("the handshake took too long"),
    };
    door.failed(peer, &reason);
    recorder.handshake_failed();
    None
}

fn tls_required(door: &Door) -> Refusal {
    let refusal = Refusal::new(
        Fault::TlsRequired,
        "connections without TLS are not taken from this address",
    );
    if door.acceptor().is_some() {
        refusal.with_hint("Connect with TLS: sslmode=require, or better verify-full.")
    } else {
        refusal.with_hint(
            "Sealwire has no certificate yet: its operator gives it one in [listen.tls]; until then connect from its own host.",
        )
    }
}

/// Names are no longer in the server (`NAMEDATALEN`), which cuts off what is too much of those in a startup packet: it
/// would take somebody else, or another database, than the rules have looked at.
const MAX_NAME: usize = 63;

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
    for (what, name) in [("user", user), ("database", database)] {
        if name.len() > MAX_NAME {
            return Err(Refusal::new(
                Fault::ProtocolViolation,
                format!("the name of the {what} is longer than {MAX_NAME} bytes"),
            )
            .with_sqlstate("28000"));
        }
    }
    Ok((user.to_owned(), database.to_owned()))
}

pub(super) fn violation(malformed: Malformed) -> Refusal {
    Refusal::new(Fault::ProtocolViolation, malformed.to_string())
}
