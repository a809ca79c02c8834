//! One client's life: first packet, login, the conversation, farewell. Read [`run`] for the story.
//!
//! One task owns both sockets. `converse` moves frames between them, `engine` decides what becomes of each:
//! a client's message in `simple` and `extended`, the server's answer in `answer` and `describe`, matched through
//! `queue`. Nothing here knows keys or SQL: that is behind [`Standing`].
//!
//! Architecture invariants: every message sent upstream that will be answered has an entry in the queue; an
//! answer without one ends the session. Nothing that was refused is sent, but something certain to fail.

mod answer;
mod converse;
mod describe;
mod engine;
mod errors;
mod extended;
mod first;
mod footing;
mod ledger;
mod link;
mod login;
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
#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::time::Duration;

use bytes::BytesMut;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::watch;
use tokio::time::timeout;

use crate::fault::{Fault, Refusal};
use crate::upstream::{self, Address};
use crate::wire;

pub use ledger::Ledger;
pub use record::{Ending, Recorder, Stage, StatementFacts, Unrecorded, UpstreamFailure};
pub use standing::{Database, Databases, Opening, Refreshing, Rows, Sealed, Standing};

use converse::Conversation;
use engine::Engine;
use first::First;
use link::Side;

/// As long as the server itself gives a client to log in (`authentication_timeout`).
const LOGIN: Duration = Duration::from_secs(60);

/// What all sessions of a process share.
pub struct Shared {
    /// Where the server is.
    pub upstream: Address,
    /// The grounds.
    pub databases: Arc<dyn Databases>,
    /// Guesses.
    pub ledger: Arc<Ledger>,
    /// Metrics and audit.
    pub recorder: Arc<dyn Recorder>,
}

/// One client's life. `stopping` turns true when the process is asked to end; `refused` is a reason to send the
/// client away as soon as it has said what it wants (a cancel request is carried out all the same).
pub async fn run<C>(
    client: C,
    shared: &Shared,
    mut stopping: watch::Receiver<bool>,
    refused: Option<Refusal>,
) where
    C: AsyncRead + AsyncWrite + Unpin,
{
    let mut client = Side::new(client, BytesMut::new());
    let mut opened = false;
    if let Err(refusal) = live(&mut client, shared, &mut stopping, refused, &mut opened).await {
        if !opened {
            shared.recorder.turned_away();
        }
        shared.recorder.refused(&refusal);
        wire::fatal(&mut client.output, &refusal);
    }
    // A client that does not take its last words in time does without them.
    let _late = timeout(Duration::from_secs(10), client.finish()).await;
}

async fn live<C>(
    client: &mut Side<C>,
    shared: &Shared,
    stopping: &mut watch::Receiver<bool>,
    refused: Option<Refusal>,
    opened: &mut bool,
) -> Result<(), Refusal>
where
    C: AsyncRead + AsyncWrite + Unpin,
{
    let first = timeout(LOGIN, first::packet(client))
        .await
        .map_err(|_| late())??;
    let (packet, startup) = match first {
        First::Gone => return Ok(()),
        First::Cancel(packet) => return upstream::cancel(&shared.upstream, &packet).await,
        First::Session(packet, startup) => (packet, startup),
    };
    if let Some(refusal) = refused {
        return Err(refusal);
    }
    let (user, database) = first::user_and_database(&startup)?;
    let connected = upstream::connect(&shared.upstream)
        .await
        .inspect_err(|_| shared.recorder.upstream_error(UpstreamFailure::Connect))?;
    let mut server = Side::new(connected, BytesMut::new());
    server.output.extend_from_slice(&packet);
    let Some(welcome) = timeout(LOGIN, login::login(client, &mut server, &user))
        .await
        .map_err(|_| late())??
    else {
        // The server's own words are on their way to the client, or the client is gone.
        if !client.ended {
            shared
                .recorder
                .upstream_error(UpstreamFailure::Authentication);
            shared.recorder.turned_away();
        }
        return Ok(());
    };
    let ground = shared.databases.open(&database).await?;
    client.output.extend_from_slice(&welcome.ready);
    shared
        .recorder
        .session_opened(&welcome.principal, &database);
    *opened = true;
    let engine = Engine::new(
        welcome.principal,
        database,
        ground,
        Arc::clone(&shared.ledger),
        Arc::clone(&shared.recorder),
        welcome.known,
    );
    let ended = Conversation::begun(client, &mut server, engine)
        .hold(stopping)
        .await;
    shared.recorder.session_closed();
    ended
}

fn late() -> Refusal {
    Refusal::new(
        Fault::ProtocolViolation,
        "canceling authentication due to timeout",
    )
    .with_sqlstate("57014")
}
