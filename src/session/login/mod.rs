//! From the startup packet to the first ReadyForQuery.
//!
//! The rules choose how the client proves who it is. With `relay` the server asks, and every question and answer
//! goes through. With the others the client proves it here (`proof`), and only then the proxy logs in to the server as
//! the same user (`entrance`), with what the proof left: who cannot prove anything never reaches the server.

mod entrance;
mod proof;

use bytes::{Bytes, BytesMut};
use tokio::io::{AsyncRead, AsyncWrite};

use crate::auth::{Asking, Entry, Method, MethodName, Relay, Way};
use crate::fault::{Fault, Refusal};
use crate::identity::Principal;
use crate::tls::{ClientSide, Transport};
use crate::upstream::{self, Stream};

use super::Shared;
use super::link::Side;
use super::record::{Failure, Login, Upstream};
use super::settings::Known;
use entrance::{Entered, Manner, enter};

/// Who has come, for what, and how.
pub(super) struct Arrival {
    /// The startup packet, to hand on as it is.
    pub(super) packet: Bytes,
    /// As whom.
    pub(super) user: String,
    /// Where to.
    pub(super) database: String,
    /// How.
    pub(super) transport: Transport,
}

/// A session that may begin.
pub(super) struct Welcome {
    /// Who it is.
    pub(super) principal: Principal,
    /// What the server reported.
    pub(super) known: Known,
    /// The first ReadyForQuery, held back until the session has a ground to stand on.
    pub(super) ready: Bytes,
}

/// Logs a client in, here and at the server. `None`: the client went away, or was told by the server why not.
pub(super) async fn login<C>(
    client: &mut Side<ClientSide<C>>,
    arrival: &Arrival,
    shared: &Shared,
) -> Result<Option<(Welcome, Side<Stream>)>, Refusal>
where
    C: AsyncRead + AsyncWrite + Unpin,
{
    let (gate, user, peer) = (&shared.gate, &arrival.user, arrival.transport.peer);
    let asking = Asking {
        user,
        database: &arrival.database,
        peer,
        tls: arrival.transport.tls.is_some(),
    };
    let tell = |method, failure| {
        shared.recorder.login(&Login {
            user,
            peer,
            method,
            failure,
        });
    };
    let here = |method| move |refusal: &Refusal| tell(method, Some(Failure::Here(refusal.fault)));
    let method = gate.method(&asking).inspect_err(here(MethodName::Reject))?;
    let name = method.name();
    gate.wait(user, peer).await.inspect_err(here(name))?;
    let proved = match method {
        Method::Relay => None,
        Method::Password | Method::Scram | Method::Cert(_) | Method::Reject => {
            match proof::prove(client, arrival, &method, gate).await {
                Ok(Some(credential)) => Some(credential),
                Ok(None) => return Ok(None),
                Err(refusal) => {
                    here(name)(&refusal);
                    if matches!(refusal.fault, Fault::LoginFailed | Fault::ChannelBinding) {
                        gate.failed(user, peer);
                    }
                    return Err(refusal);
                }
            }
        }
    };
    // Whoever came by `password` has proved nothing yet: the server will judge it.
    let known = matches!(method, Method::Scram | Method::Cert(_));
    let mut server = connect(arrival, shared).await?;
    let way = Way {
        end_point: server.stream().end_point().map(<[u8]>::to_vec),
        private: server.stream().is_private(),
    };
    let unasked = gate.unasked(known);
    let mut manner = match &proved {
        None => Manner::Relayed {
            relay: Relay::new(
                user,
                unasked,
                way.private && (arrival.transport.tls.is_some() || peer.is_loopback()),
            ),
            unbound: server.stream().encrypted() && arrival.transport.tls.is_none(),
        },
        Some(credential) => Manner::Ended(Entry::new(user, credential, &way, unasked)),
    };
    let welcome = enter(client, &mut server, &mut manner, &*shared.recorder).await;
    match &welcome {
        Ok(Entered::In(_)) => {
            gate.succeeded(user, peer);
            tell(name, None);
        }
        Ok(Entered::Denied) => {
            gate.failed(user, peer);
            tell(name, Some(Failure::Server));
        }
        Err(refusal) => here(name)(refusal),
        Ok(Entered::Gone) => {}
    }
    Ok(match welcome? {
        Entered::In(welcome) => Some((*welcome, server)),
        Entered::Denied | Entered::Gone => None,
    })
}

/// Connects to the server and says what the client said.
async fn connect(arrival: &Arrival, shared: &Shared) -> Result<Side<Stream>, Refusal> {
    let stream = upstream::connect(&shared.upstream)
        .await
        .inspect_err(|refusal| {
            shared.recorder.upstream_error(match refusal.fault {
                Fault::UpstreamTls => Upstream::Tls,
                _ => Upstream::Connect,
            });
        })?;
    let mut server = Side::new(stream, BytesMut::new());
    server.output.extend_from_slice(&arrival.packet);
    Ok(server)
}
