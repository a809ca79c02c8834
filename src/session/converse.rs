//! The conversation: frames delimited, rows and COPY data moved in bulk, everything else through the engine.
//! From a side is read only while there is room towards the other, and both directions go on at the same time, so
//! that neither waits for the other when both sockets are full.

use std::time::{Duration, Instant};

use bytes::{Buf, Bytes, BytesMut};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::runtime::{Handle, RuntimeFlavor};
use tokio::sync::watch;
use tokio::task::{block_in_place, yield_now};

use crate::fault::{Fault, Refusal};
use crate::ground::Pass;
use crate::wire;

use super::Wish;
use super::copy::DataWay;
use super::engine::{Engine, Fatal, Need, Pipes, Step};
use super::link::{self, LIMIT, Side};
use super::record::Upstream;
use super::standing::Refreshing;

/// A frame of this size is taken aside, and so is the one that ends a row, or a result, of which so much was kept.
const LARGE: usize = 16 * 1024;

/// After work of this length the other sessions of the thread have their turn.
const TURN: Duration = Duration::from_millis(1);

/// Type byte and length of a frame.
const HEAD: usize = 5;

/// A session that has logged in.
pub(super) struct Conversation<'a, C, U> {
    client: &'a mut Side<C>,
    server: &'a mut Side<U>,
    engine: Engine,
    /// A frame of the client that has to wait.
    held: Option<(u8, Bytes)>,
    /// What of a frame that is larger than the buffers is still to come from the client, and whether it goes on.
    client_rest: (usize, DataWay),
    /// COPY data of the client waits for the server's answers.
    data_waits: bool,
    /// Likewise from the server.
    server_rest: usize,
    /// The server's next frame waits for the ground.
    server_waits: bool,
    /// The ground is being read.
    refreshing: Option<Refreshing>,
    /// No: connections are being closed.
    released: bool,
    /// No: leave is being waited for.
    admitting: bool,
    /// Leave to have something under way.
    pass: Option<Pass>,
    /// The client has said goodbye.
    terminated: bool,
}

impl<'a, C, U> Conversation<'a, C, U>
where
    C: AsyncRead + AsyncWrite + Unpin,
    U: AsyncRead + AsyncWrite + Unpin,
{
    /// Between two sides, from the first ReadyForQuery on.
    pub(super) fn begun(
        client: &'a mut Side<C>,
        server: &'a mut Side<U>,
        mut engine: Engine,
    ) -> Self {
        engine.begin(&mut server.output);
        Conversation::resumed(client, server, engine)
    }

    /// Between two sides that have nothing more to settle.
    pub(super) fn resumed(
        client: &'a mut Side<C>,
        server: &'a mut Side<U>,
        engine: Engine,
    ) -> Self {
        Conversation {
            client,
            server,
            engine,
            held: None,
            client_rest: (0, DataWay::Relay),
            data_waits: false,
            server_rest: 0,
            server_waits: false,
            refreshing: None,
            released: false,
            admitting: false,
            pass: None,
            terminated: false,
        }
    }

    /// Until one side ends. An error is the last word to the client.
    pub(super) async fn hold(mut self, wish: &mut watch::Receiver<Wish>) -> Result<(), Refusal> {
        loop {
            let began = Instant::now();
            if let Err(fatal) = self.move_frames() {
                return self.give_up(fatal).await;
            }
            self.rest();
            if self.server_is_done() {
                return self.server_ended().await;
            }
            if self.client.deaf {
                return Ok(());
            }
            let client_done = self.terminated || (self.client.ended && self.held.is_none());
            if client_done && self.server.output.is_empty() && !self.server.deaf {
                self.server.finish().await;
            }
            let wished = *wish.borrow();
            let idle = self.engine.is_idle() && self.client.input.is_empty() && !client_done;
            if wished == Wish::EndIdle && idle {
                wire::put_text(&mut self.server.output, b'X', &[]);
                self.server.finish().await;
                return Err(stopped());
            }
            if wished == Wish::End {
                return self.give_up(Fatal::Refused(stopped())).await;
            }
            let worked_long = began.elapsed() > TURN;
            let held = self.held.is_some() || self.data_waits;
            let want_client = !self.terminated && !held && self.server.has_room();
            let want_server = !self.server_waits && self.client.has_room();
            tokio::select! {
                biased;
                result = refreshed(&mut self.refreshing) => {
                    self.refreshing = None;
                    if std::mem::take(&mut self.admitting) {
                        if self.server_waits {
                            self.refresh();
                        }
                    } else if !std::mem::take(&mut self.released) {
                        self.server_waits = false;
                        self.engine.ground_read(result);
                    } else if self.server_waits {
                        self.refresh();
                    }
                }
                _ = link::turn(self.client, self.server, want_client, want_server) => {}
                _ = wish.changed(), if wish.has_changed().is_ok() => {}
            }
            if worked_long {
                // A client whose messages never end would have the thread for as long as its sockets are ready.
                yield_now().await;
            }
        }
    }

    fn move_frames(&mut self) -> Result<(), Fatal> {
        loop {
            let before = (
                self.client.input.len(),
                self.server.input.len(),
                self.held.is_some(),
            );
            self.take_server().map_err(by_the_server)?;
            self.take_client()?;
            let after = (
                self.client.input.len(),
                self.server.input.len(),
                self.held.is_some(),
            );
            if before == after {
                return Ok(());
            }
        }
    }

    fn take_client(&mut self) -> Result<(), Fatal> {
        self.data_waits = false;
        while self.server.has_room() && !self.terminated {
            if self.client_rest.0 > 0 {
                if self.client.input.is_empty() {
                    break;
                }
                let part = self.client_rest.0.min(self.client.input.len());
                self.client_rest.0 -= part;
                self.take_data(part);
                continue;
            }
            let (tag, frame) = match self.held.take() {
                Some(held) => {
                    if self.refreshing.is_some() {
                        self.held = Some(held);
                        break;
                    }
                    held
                }
                None => {
                    let Some(head) = wire::head(&self.client.input)? else {
                        break;
                    };
                    if head.tag == b'd' {
                        let way = self.engine.data_way(&mut self.server.output);
                        let taken = match way {
                            DataWay::Wait => {
                                self.data_waits = true;
                                break;
                            }
                            // Only what is in the frame is of interest.
                            DataWay::Through => {
                                let head_bytes = head.total.min(HEAD);
                                self.client.input.advance(head_bytes);
                                head.total - head_bytes
                            }
                            DataWay::Relay | DataWay::Drop => head.total,
                        };
                        self.client_rest = (taken, way);
                        continue;
                    }
                    if head.total > self.client.input.len() {
                        break;
                    }
                    (head.tag, self.client.input.split_to(head.total).freeze())
                }
            };
            if !self.is_admitted(tag) {
                self.held = Some((tag, frame));
                break;
            }
            let mut pipes = Pipes {
                up: &mut self.server.output,
                down: &mut self.client.output,
                cut: false,
            };
            let engine = &mut self.engine;
            let length = frame.len() + engine.copy_kept();
            match aside(length, || engine.client(tag, &frame, &mut pipes))? {
                Step::Done => self.terminated = tag == b'X',
                Step::Wait(need) => {
                    self.held = Some((tag, frame));
                    match need {
                        Need::Ground => self.refresh(),
                        Need::Release => self.release(),
                        Need::Answers => {}
                    }
                    break;
                }
            }
        }
        Ok(())
    }

    /// Whether a frame may be taken now; else leave is waited for.
    fn is_admitted(&mut self, tag: u8) -> bool {
        // Who leaves needs no leave.
        if tag == b'X' {
            return true;
        }
        let database = &self.engine.database;
        if self.pass.is_none() {
            self.pass = database.enter();
        }
        if self.pass.is_some() && database.is_followed() {
            return true;
        }
        if self.refreshing.is_none() {
            self.refreshing = Some(database.admitted());
            self.admitting = true;
        }
        false
    }

    /// Nothing is under way: whoever waits for that need not wait for this session.
    fn rest(&mut self) {
        if self.pass.is_some() && self.engine.is_idle() && self.server.output.is_empty() {
            self.pass = None;
        }
    }

    /// Part of a CopyData frame, as it was decided when the frame began.
    fn take_data(&mut self, part: usize) {
        match self.client_rest.1 {
            DataWay::Relay => shift(&mut self.client.input, &mut self.server.output, part),
            DataWay::Drop | DataWay::Wait => self.client.input.advance(part),
            DataWay::Through => {
                let data = self.client.input.split_to(part);
                let mut pipes = Pipes {
                    up: &mut self.server.output,
                    down: &mut self.client.output,
                    cut: false,
                };
                let engine = &mut self.engine;
                let length = data.len() + engine.copy_kept();
                aside(length, || engine.copy_data(&data, &mut pipes));
            }
        }
    }

    fn take_server(&mut self) -> Result<(), Fatal> {
        while self.client.has_room() && !self.server_waits {
            if self.server_rest > 0 {
                if self.server.input.is_empty() {
                    break;
                }
                let part = self.server_rest.min(self.server.input.len());
                shift(&mut self.server.input, &mut self.client.output, part);
                self.server_rest -= part;
                continue;
            }
            let Some(head) = wire::head(&self.server.input)? else {
                break;
            };
            let relayed = match head.tag {
                b'D' => self.engine.relays_rows(),
                b'd' => self.engine.relays_copy_out(),
                _ => false,
            };
            if relayed {
                self.server_rest = run_of(&self.server.input, head.tag)?;
                continue;
            }
            if head.total > self.server.input.len() {
                break;
            }
            let frame = self.server.input.split_to(head.total);
            let mut pipes = Pipes {
                up: &mut self.server.output,
                down: &mut self.client.output,
                cut: self.client_rest.0 > 0 && self.client_rest.1 == DataWay::Relay,
            };
            let engine = &mut self.engine;
            let length = frame.len() + engine.rows_kept(head.tag);
            let step = aside(length, || engine.server(head.tag, &frame, &mut pipes))?;
            if let Step::Wait(_) = step {
                let rest = std::mem::replace(&mut self.server.input, frame);
                self.server.input.unsplit(rest);
                self.server_waits = true;
                self.refresh();
                break;
            }
        }
        Ok(())
    }

    fn release(&mut self) {
        if self.refreshing.is_none() {
            let names = self.engine.releasing.replace(Vec::new());
            self.released = true;
            self.refreshing = Some(self.engine.database.release(names.unwrap_or_default()));
        }
    }

    fn refresh(&mut self) {
        if self.refreshing.is_none() {
            self.refreshing = Some(self.engine.database.refresh());
        }
    }

    fn server_is_done(&self) -> bool {
        (self.server.ended || self.engine.over)
            && !self.server_waits
            && (self.client.has_room() || self.client.deaf)
    }

    async fn server_ended(self) -> Result<(), Refusal> {
        // A last FATAL of the server's own was relayed; else the client is told by us, unless it asked for the end.
        if self.engine.over || self.terminated || self.client.ended || self.server_rest > 0 {
            self.client.drain().await;
            return Ok(());
        }
        self.engine.recorder.upstream_error(Upstream::Closed);
        Err(Refusal::new(
            Fault::UpstreamUnavailable,
            "the server closed the connection",
        ))
    }

    async fn give_up(self, fatal: Fatal) -> Result<(), Refusal> {
        if self.server_rest > 0 {
            // In the middle of a frame there is nothing to be said.
            return Ok(());
        }
        Err(match fatal {
            Fatal::Refused(refusal) => refusal,
            Fatal::Malformed(malformed) => {
                Refusal::new(Fault::ProtocolViolation, malformed.to_string())
            }
            Fatal::Astray(what) => {
                tracing::error!(what, "a session went astray");
                self.engine.recorder.upstream_error(Upstream::Protocol);
                Refusal::new(
                    Fault::ProtocolViolation,
                    "the server's answers do not fit what was sent",
                )
            }
        })
    }
}

/// Planning a long text or opening a large value takes its time: the other sessions of this thread go on meanwhile.
fn aside<T>(length: usize, work: impl FnOnce() -> T) -> T {
    let threads = Handle::try_current().map(|handle| handle.runtime_flavor());
    match threads {
        Ok(RuntimeFlavor::MultiThread) if length > LARGE => block_in_place(work),
        Ok(_) | Err(_) => work(),
    }
}

/// What is malformed on the server's side is no mistake of the client's.
fn by_the_server(fatal: Fatal) -> Fatal {
    match fatal {
        Fatal::Malformed(_) => Fatal::Astray("a malformed message"),
        Fatal::Astray(_) | Fatal::Refused(_) => fatal,
    }
}

fn stopped() -> Refusal {
    Refusal::new(
        Fault::ShuttingDown,
        "terminating connection because the proxy is being stopped",
    )
}

async fn refreshed(refreshing: &mut Option<Refreshing>) -> Result<(), Refusal> {
    match refreshing {
        Some(future) => future.await,
        None => std::future::pending().await,
    }
}

/// Length of the run of frames of this kind that starts here, the last of which may not have come in full.
fn run_of(input: &[u8], tag: u8) -> Result<usize, wire::Malformed> {
    let mut run = 0;
    while run < LIMIT {
        match wire::head(input.get(run..).unwrap_or_default())? {
            Some(head) if head.tag == tag => run += head.total,
            Some(_) | None => break,
        }
    }
    Ok(run)
}

/// Moves bytes from one buffer to another: the buffers change places where all of it goes to an empty one.
fn shift(from: &mut BytesMut, to: &mut BytesMut, part: usize) {
    if to.is_empty() && part == from.len() {
        std::mem::swap(from, to);
    } else {
        let (moved, _) = from.split_at(part.min(from.len()));
        to.extend_from_slice(moved);
        from.advance(part);
    }
}
