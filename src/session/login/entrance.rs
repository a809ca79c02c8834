//! The server's part of a login: its questions are passed on, or answered for the client.

use bytes::Bytes;
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt};
use zeroize::Zeroizing;

use super::Welcome;
use crate::auth::{Entry, MAX_ANSWER, Progress, Relay, Step};
use crate::fault::{Fault, Refusal};
use crate::identity::Principal;
use crate::session::first::violation;
use crate::session::link::{self, Side};
use crate::session::record::{Recorder, Upstream};
use crate::session::settings::Known;
use crate::wire::{self, Authentication};

/// Who answers the server.
pub(super) enum Manner<'a> {
    /// The client.
    Relayed {
        relay: Relay,
        /// The server speaks TLS and the client does not, so the client cannot bind its login to the server's
        /// certificate and is not offered it.
        unbound: bool,
    },
    /// The proxy, for a client that has given what it takes.
    Ended(Entry<'a>),
}

/// How it ended.
pub(super) enum Entered {
    /// The session may begin.
    In(Box<Welcome>),
    /// The server does not take the client for whom it says it is, and has told it so.
    Denied,
    /// The client went away, or was told by the server why it cannot come in.
    Gone,
}

/// From the server's first question to its first ReadyForQuery.
pub(super) async fn enter<C, U>(
    client: &mut Side<C>,
    server: &mut Side<U>,
    manner: &mut Manner<'_>,
    recorder: &dyn Recorder,
) -> Result<Entered, Refusal>
where
    C: AsyncRead + AsyncWrite + Unpin,
    U: AsyncRead + AsyncWrite + Unpin,
{
    let mut principal = None;
    let mut known = Known::default();
    loop {
        while let Some(head) = wire::head(&server.input).map_err(violation)? {
            if head.total > server.input.len() {
                break;
            }
            let frame = server.input.split_to(head.total).freeze();
            let body = wire::body(&frame);
            match head.tag {
                b'R' if principal.is_none() => {
                    principal = asked(client, server, manner, frame).await?;
                    continue;
                }
                b'S' => {
                    if let Some((name, value)) = wire::parameter_status(body).map_err(violation)? {
                        known.reported(name, value);
                    }
                }
                b'E' => {
                    // Class 28: invalid authorization specification.
                    let report = wire::Report::read(body).map_err(violation)?;
                    let denied = report.sqlstate().starts_with(b"28");
                    if denied {
                        recorder.upstream_error(Upstream::Authentication);
                    }
                    client.output.extend_from_slice(&frame);
                    client.drain().await;
                    return Ok(match denied {
                        true => Entered::Denied,
                        false => Entered::Gone,
                    });
                }
                b'Z' => {
                    let Some(principal) = principal else {
                        return Err(Refusal::new(
                            Fault::ProtocolViolation,
                            "the server is ready before anybody was authenticated",
                        ));
                    };
                    return Ok(Entered::In(Box::new(Welcome {
                        principal,
                        known,
                        ready: frame,
                    })));
                }
                // NoticeResponse, BackendKeyData, NegotiateProtocolVersion.
                b'N' | b'K' | b'v' => {}
                _ => {
                    return Err(Refusal::new(
                        Fault::ProtocolViolation,
                        "the server sent a message that has no place in a login",
                    ));
                }
            }
            client.output.extend_from_slice(&frame);
        }
        let mut want_client = false;
        if let Manner::Relayed { relay, .. } = manner {
            answered(client, server, relay)?;
            want_client = relay.is_asked() && client.output.is_empty();
        }
        if server.ended {
            return Err(Refusal::new(
                Fault::UpstreamUnavailable,
                "the server closed the connection during the login",
            ));
        }
        if client.ended || client.deaf {
            return Ok(Entered::Gone);
        }
        let want_server = client.has_room();
        link::turn(client, server, want_client, want_server).await;
    }
}

/// The server sent an Authentication message; who it is that it has let in.
async fn asked<C, U>(
    client: &mut Side<C>,
    server: &mut Side<U>,
    manner: &mut Manner<'_>,
    frame: Bytes,
) -> Result<Option<Principal>, Refusal>
where
    C: AsyncRead + AsyncWrite + Unpin,
    U: AsyncRead + AsyncWrite + Unpin,
{
    match manner {
        Manner::Relayed { relay, unbound } => {
            let frame = match unbound {
                true => wire::without_binding(frame),
                false => frame,
            };
            let progress = relay.requested(wire::body(&frame))?;
            client.output.extend_from_slice(&frame);
            Ok(match progress {
                Progress::Done(principal) => Some(principal),
                Progress::Going | Progress::Asked => None,
            })
        }
        Manner::Ended(entry) => match entry.requested(wire::body(&frame))? {
            Step::Send(body) => {
                say(server, &body).await;
                Ok(None)
            }
            Step::Wait => Ok(None),
            Step::Done(principal) => {
                wire::write_authentication(&mut client.output, &Authentication::Ok);
                Ok(Some(principal))
            }
        },
    }
}

/// Sends what may be a password, past the buffers that are not wiped. A server that does not take it has gone, which the
/// next turn will see.
async fn say<U>(server: &mut Side<U>, body: &[u8])
where
    U: AsyncRead + AsyncWrite + Unpin,
{
    let mut frame = Zeroizing::new(Vec::with_capacity(body.len() + 5));
    frame.push(b'p');
    let length = u32::try_from(body.len() + 4).unwrap_or(u32::MAX);
    frame.extend_from_slice(&length.to_be_bytes());
    frame.extend_from_slice(body);
    server.drain().await;
    let stream = server.stream();
    if stream.write_all(&frame).await.is_err() || stream.flush().await.is_err() {
        server.ended = true;
    }
}

fn answered<C, U>(
    client: &mut Side<C>,
    server: &mut Side<U>,
    relay: &mut Relay,
) -> Result<(), Refusal>
where
    C: AsyncRead + AsyncWrite + Unpin,
    U: AsyncRead + AsyncWrite + Unpin,
{
    if !relay.is_asked() {
        return Ok(());
    }
    let Some(head) = wire::head(&client.input).map_err(violation)? else {
        return Ok(());
    };
    if head.total > MAX_ANSWER {
        return Err(Refusal::new(
            Fault::ProtocolViolation,
            "invalid length of an authentication answer",
        ));
    }
    if head.total <= client.input.len() {
        relay.answered(head.tag)?;
        let frame = client.input.split_to(head.total);
        server.output.extend_from_slice(&frame);
    }
    Ok(())
}
