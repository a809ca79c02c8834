//! The client's part of a login that ends here: its password, its SCRAM proof or its certificate.

use bytes::BytesMut;
use tokio::io::{AsyncRead, AsyncWrite};
use zeroize::{Zeroize, Zeroizing};

use super::Arrival;
use crate::auth::scram::server::{ClientFirst, ServerError, mechanisms};
use crate::auth::{Credential, MAX_ANSWER, Method, NameRule, Names, Password};
use crate::fault::{Fault, Refusal};
use crate::gate::Gate;
use crate::session::first::violation;
use crate::session::link::Side;
use crate::tls::Transport;
use crate::wire::{self, Authentication};

/// Asks for a proof and weighs it. `None`: the client went away. What it gives serves to log in to the server.
pub(super) async fn prove<C>(
    client: &mut Side<C>,
    arrival: &Arrival,
    method: &Method,
    gate: &Gate,
) -> Result<Option<Credential>, Refusal>
where
    C: AsyncRead + AsyncWrite + Unpin,
{
    match method {
        Method::Password => password(client, arrival).await,
        Method::Scram => scram(client, arrival, gate).await,
        Method::Cert(map) => certificate(arrival, map, gate).map(Some),
        Method::Relay | Method::Reject => Err(Refusal::new(
            Fault::NoAuthRule,
            "nobody can prove anything here",
        )),
    }
}

async fn password<C>(client: &mut Side<C>, arrival: &Arrival) -> Result<Option<Credential>, Refusal>
where
    C: AsyncRead + AsyncWrite + Unpin,
{
    let Transport { peer, tls } = &arrival.transport;
    if tls.is_none() && !peer.is_loopback() {
        return Err(Refusal::new(
            Fault::PasswordInClear,
            "the password would be sent over a connection that others can read",
        )
        .with_hint("Connect with sslmode=require or verify-full."));
    }
    wire::write_authentication(&mut client.output, &Authentication::Cleartext);
    let Some(answer) = answer(client).await? else {
        return Ok(None);
    };
    let text = match answer.split_last() {
        Some((0, text)) if !text.contains(&0) => text,
        Some(_) | None => {
            return Err(Refusal::new(
                Fault::ProtocolViolation,
                "invalid password packet size",
            ));
        }
    };
    if text.is_empty() {
        // In the server's words.
        return Err(Refusal::new(
            Fault::LoginFailed,
            "empty password returned by client",
        ));
    }
    Ok(Some(Credential::Password(Password::new(text.to_vec()))))
}

async fn scram<C>(
    client: &mut Side<C>,
    arrival: &Arrival,
    gate: &Gate,
) -> Result<Option<Credential>, Refusal>
where
    C: AsyncRead + AsyncWrite + Unpin,
{
    let failed = |error| not_taken(error, &arrival.user);
    let end_point = (arrival.transport.tls.as_ref())
        .map(|tls| tls.end_point.as_slice())
        .filter(|end_point| !end_point.is_empty());
    let offer = mechanisms(end_point)
        .iter()
        .map(|name| name.as_bytes())
        .collect();
    wire::write_authentication(&mut client.output, &Authentication::Sasl(offer));
    let Some(first) = answer(client).await? else {
        return Ok(None);
    };
    let first = ClientFirst::read(&first, end_point).map_err(failed)?;
    let known = gate.known(&arrival.user).await?;
    let nonce = crate::auth::scram::nonce()
        .map_err(|error| Refusal::new(Fault::LookupFailed, error.to_string()))?;
    let (challenge, challenged) = first.challenge(known.verifier, known.doomed, &nonce);
    wire::write_authentication(
        &mut client.output,
        &Authentication::SaslContinue(challenge.as_bytes()),
    );
    let Some(last) = answer(client).await? else {
        return Ok(None);
    };
    let proved = challenged.prove(&last).map_err(failed)?;
    wire::write_authentication(
        &mut client.output,
        &Authentication::SaslFinal(proved.answer.as_bytes()),
    );
    Ok(Some(Credential::Keys(proved.keys)))
}

fn not_taken(error: ServerError, user: &str) -> Refusal {
    match error {
        ServerError::Malformed(_) => Refusal::new(Fault::ProtocolViolation, error.to_string()),
        ServerError::Downgrade => Refusal::new(Fault::ChannelBinding, error.to_string())
            .with_hint(
                "The client knows channel binding and was told that Sealwire does not: look for what stands between.",
            ),
        ServerError::Binding => Refusal::new(Fault::ChannelBinding, error.to_string()),
        // In the server's words, whether it is the password, its end or the user that is wrong.
        ServerError::Refused => Refusal::new(
            Fault::LoginFailed,
            format!("password authentication failed for user \"{user}\""),
        ),
    }
}

fn certificate(arrival: &Arrival, map: &[NameRule], gate: &Gate) -> Result<Credential, Refusal> {
    let user = &arrival.user;
    let shown = (arrival.transport.tls.as_ref()).and_then(|tls| tls.client_certificate.as_deref());
    let Some(certificate) = shown else {
        return Err(Refusal::new(
            Fault::LoginFailed,
            "connection requires a valid client certificate",
        )
        .with_sqlstate("28000"));
    };
    if !Names::of(certificate).is_some_and(|names| names.may_be(map, user)) {
        return Err(Refusal::new(
            Fault::LoginFailed,
            format!("certificate authentication failed for user \"{user}\""),
        )
        .with_sqlstate("28000"));
    }
    Ok(gate
        .password(user)
        .map_or(Credential::None, Credential::Password))
}

/// The body of the client's answer. What it came in is wiped: it may be a password.
async fn answer<C>(client: &mut Side<C>) -> Result<Option<Zeroizing<Vec<u8>>>, Refusal>
where
    C: AsyncRead + AsyncWrite + Unpin,
{
    client.drain().await;
    loop {
        if let Some(head) = wire::head(&client.input).map_err(violation)? {
            if head.tag != b'p' {
                return Err(match head.tag {
                    // Terminate: a client without a password goes away to ask its user.
                    b'X' => return Ok(None),
                    _ => Refusal::new(
                        Fault::ProtocolViolation,
                        "expected an answer to the authentication request",
                    ),
                });
            }
            if head.total > MAX_ANSWER {
                return Err(Refusal::new(
                    Fault::ProtocolViolation,
                    "invalid length of an authentication answer",
                ));
            }
            if head.total <= client.input.len() {
                let mut frame: BytesMut = client.input.split_to(head.total);
                let body = Zeroizing::new(wire::body(&frame).to_vec());
                frame.zeroize();
                return Ok(Some(body));
            }
        }
        if !client.fill().await {
            return Ok(None);
        }
    }
}
