//! One client's life: first packet, login, the conversation, farewell. Read [`run`] for the story.
//!
//! One task owns both sockets. `converse` moves frames between them, `engine` decides what becomes of each:
//! a client's message in `simple` and `extended`, the server's answer in `answer` and `describe`, matched through
//! `queue`; what COPY does, in `copy` and `begun`. Nothing here knows keys or SQL: that is behind [`Standing`].
//!
//! Architecture invariants: every message sent upstream that will be answered has an entry in the queue; an
//! answer without one ends the session. Nothing that was refused is sent, but something certain to fail.

mod answer;
mod begun;
mod converse;
mod copy;
mod describe;
mod engine;
mod errors;
mod executed;
mod extended;
mod first;
mod footing;
mod ledger;
mod link;
mod login;
mod named;
mod names;
mod planning;
mod queue;
mod record;
mod refusal;
mod renewal;
mod settings;
mod settle;
mod simple;
mod standing;
mod stopwatch;
#[cfg(test)]
mod tests;
mod words;

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use bytes::BytesMut;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::watch;
use tokio::time::timeout;

use crate::fault::{Fault, Refusal};
use crate::gate::Gate;
use crate::identity::Caller;
use crate::tls::{ClientSide, Door};
use crate::upstream::{self, Server};
use crate::wire;

pub use ledger::Ledger;
pub use record::{Ending, Failure, Login, Recorder, Stage, StatementFacts, Unrecorded, Upstream};
pub use standing::{
    CopyStream, Database, Databases, Opening, Refreshing, Rows, Sealed, Standing, Taking,
};

use converse::Conversation;
use engine::Engine;
use first::First;
use link::Side;
use login::Arrival;

/// As long as the server itself gives a client to log in (`authentication_timeout`).
const LOGIN: Duration = Duration::from_secs(60);

/// What the process wishes of its sessions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// To go on.
    GoOn,
    /// To end as soon as nothing is under way and no transaction is open.
    EndIdle,
    /// To end now.
    End,
}

/// What all sessions of a process share.
pub struct Shared {
    /// What clients come through: TLS, and from where they may do without.
    pub door: Arc<Door>,
    /// Who may come in, and how.
    pub gate: Arc<Gate>,
    /// Where the server is.
    pub upstream: Arc<Server>,
    /// The grounds.
    pub databases: Arc<dyn Databases>,
    /// Guesses.
    pub ledger: Arc<Ledger>,
    /// Metrics and audit.
    pub recorder: Arc<dyn Recorder>,
}

/// One client's life. `peer` is where it comes from; `wish` changes when the process is asked to end; `refused` is a reason to send the
/// client away as soon as it has said what it wants (a cancel request is carried out all the same).
pub async fn run<C>(
    client: C,
    peer: IpAddr,
    shared: &Shared,
    mut wish: watch::Receiver<Wish>,
    refused: Option<Refusal>,
) where
    C: AsyncRead + AsyncWrite + Unpin,
{
    let mut client = Side::new(ClientSide::Plain(client), BytesMut::new());
    // An IPv4 client of a socket that takes both is one of IPv4.
    let peer = peer.to_canonical();
    let ended = match enter(&mut client, peer, shared, refused).await {
        Ok(None) => Ok(()),
        Ok(Some((engine, mut server))) => {
            let held = Conversation::begun(&mut client, &mut server, engine)
                .hold(&mut wish)
                .await;
            shared.recorder.session_closed();
            held
        }
        Err(refusal) => {
            shared.recorder.turned_away(&refusal);
            Err(refusal)
        }
    };
    if let Err(refusal) = ended {
        wire::fatal(&mut client.output, &refusal);
    }
    // A client that does not take its last words in time does without them.
    let _late = timeout(Duration::from_secs(10), client.finish()).await;
}

/// From the first packet to a session that may begin. `None`: the client got what it came for, or was told by the
/// server why not.
async fn enter<C>(
    client: &mut Side<ClientSide<C>>,
    peer: IpAddr,
    shared: &Shared,
    refused: Option<Refusal>,
) -> Result<Option<(Engine, Side<upstream::Stream>)>, Refusal>
where
    C: AsyncRead + AsyncWrite + Unpin,
{
    let recorder = &shared.recorder;
    let first = timeout(
        LOGIN,
        first::packet(client, peer, &shared.door, &**recorder),
    )
    .await
    .map_err(|_| late())??;
    let (packet, startup, transport) = match first {
        First::Gone => return Ok(None),
        First::Cancel(packet) => {
            upstream::cancel(&shared.upstream, &packet).await?;
            return Ok(None);
        }
        First::Session(packet, startup, transport) => (packet, startup, transport),
    };
    if let Some(refusal) = refused {
        return Err(refusal);
    }
    let (user, database) = first::user_and_database(&startup)?;
    let arrival = Arrival {
        packet,
        user,
        database,
        transport,
    };
    let login = login::login(client, &arrival, shared);
    let Some((welcome, server)) = timeout(LOGIN, login).await.map_err(|_| late())?? else {
        return Ok(None);
    };
    let Arrival {
        database,
        transport,
        ..
    } = arrival;
    let ground = shared.databases.open(&database).await?;
    let caller = Caller {
        principal: welcome.principal,
        from: peer,
    };
    if let wire::Startup::Session { parameters, .. } = &startup {
        let standing = ground.current();
        let rights = standing.rights(&caller, None);
        standing.may_start(parameters, &rights)?;
    }
    client.output.extend_from_slice(&welcome.ready);
    recorder.session_opened(&caller.principal, &database);
    recorder.arrived(&transport);
    let engine = Engine::new(
        caller,
        database,
        ground,
        Arc::clone(&shared.ledger),
        Arc::clone(recorder),
        welcome.known,
    );
    Ok(Some((engine, server)))
}

fn late() -> Refusal {
    Refusal::new(
        Fault::ProtocolViolation,
        "canceling authentication due to timeout",
    )
    .with_sqlstate("57014")
}
