//! From the startup packet to the first ReadyForQuery: everything is relayed, and that last message is held
//! back until the session has a ground to stand on.

use bytes::Bytes;
use tokio::io::{AsyncRead, AsyncWrite};

use crate::auth::{MAX_ANSWER, Progress, Relay};
use crate::fault::{Fault, Refusal};
use crate::identity::Principal;
use crate::wire;

use super::first::violation;
use super::link::{self, Side};
use super::record::{Recorder, Upstream};
use super::settings::Known;

/// A session that may begin.
pub(super) struct Welcome {
    /// Who it is.
    pub(super) principal: Principal,
    /// What the server reported.
    pub(super) known: Known,
    /// The first ReadyForQuery.
    pub(super) ready: Bytes,
}

/// Relays the login. `unbound`: the server speaks TLS and the client does not, so the client cannot bind its login to the
/// server's certificate and is not offered it. `None`: the server or the client ended it, and all there is to say was said.
pub(super) async fn login<C, U>(
    client: &mut Side<C>,
    server: &mut Side<U>,
    user: &str,
    unbound: bool,
    recorder: &dyn Recorder,
) -> Result<Option<Welcome>, Refusal>
where
    C: AsyncRead + AsyncWrite + Unpin,
    U: AsyncRead + AsyncWrite + Unpin,
{
    let mut relay = Relay::new(user, crate::auth::Unasked::Accept);
    let mut principal = None;
    let mut known = Known::default();
    loop {
        while let Some(head) = wire::head(&server.input).map_err(violation)? {
            if head.total > server.input.len() {
                break;
            }
            let mut frame = server.input.split_to(head.total).freeze();
            if unbound && head.tag == b'R' {
                frame = wire::without_binding(frame);
            }
            let body = wire::body(&frame);
            match head.tag {
                b'R' if principal.is_none() => match relay.requested(body)? {
                    Progress::Done(done) => principal = Some(done),
                    Progress::Going | Progress::Asked => {}
                },
                b'S' => {
                    if let Some((name, value)) = wire::parameter_status(body).map_err(violation)? {
                        known.reported(name, value);
                    }
                }
                b'E' => {
                    // Class 28: invalid authorization specification.
                    let report = wire::Report::read(body).map_err(violation)?;
                    if report.sqlstate().starts_with(b"28") {
                        recorder.upstream_error(Upstream::Authentication);
                    }
                    client.output.extend_from_slice(&frame);
                    client.drain().await;
                    return Ok(None);
                }
                b'Z' => {
                    let Some(principal) = principal else {
                        return Err(Refusal::new(
                            Fault::ProtocolViolation,
                            "the server is ready before anybody was authenticated",
                        ));
                    };
                    return Ok(Some(Welcome {
                        principal,
                        known,
                        ready: frame,
                    }));
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
        answer(client, server, &mut relay)?;
        if server.ended {
            return Err(Refusal::new(
                Fault::UpstreamUnavailable,
                "the server closed the connection during the login",
            ));
        }
        if client.ended || client.deaf {
            return Ok(None);
        }
        let want_client = relay.is_asked() && client.output.is_empty();
        let want_server = client.has_room();
        link::turn(client, server, want_client, want_server).await;
    }
}

fn answer<C, U>(
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
