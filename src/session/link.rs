//! One side of a session: a socket and two bounded buffers. Both sides are driven by one task, so that
//! nothing hops between threads.

use std::future::poll_fn;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::{Buf, BytesMut};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite};

/// Towards a side nothing more is put while this many bytes wait for it.
pub(super) const LIMIT: usize = 64 * 1024;
const READ: usize = 32 * 1024;
/// An empty buffer that has grown beyond this is given back.
const KEEP: usize = 256 * 1024;

/// A socket and its buffers.
pub(super) struct Side<S> {
    stream: S,
    /// What has come.
    pub(super) input: BytesMut,
    /// What is to go.
    pub(super) output: BytesMut,
    /// The other end will send nothing more.
    pub(super) ended: bool,
    /// It takes nothing more.
    pub(super) deaf: bool,
    /// What was written may still lie in the buffers of TLS.
    unflushed: bool,
}

/// What a turn of the sockets brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Turn {
    /// Something came from the client, or its end.
    pub(super) client: bool,
    /// Likewise from the server.
    pub(super) server: bool,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Side<S> {
    /// Around a socket, with what was read of it already.
    pub(super) fn new(stream: S, input: BytesMut) -> Self {
        Side {
            stream,
            input,
            output: BytesMut::new(),
            ended: false,
            deaf: false,
            unflushed: false,
        }
    }

    /// The socket itself, with nothing of it in the buffers here but what was read.
    pub(super) fn stream(&mut self) -> &mut S {
        &mut self.stream
    }

    /// There is room for what comes from the other side.
    pub(super) fn has_room(&self) -> bool {
        self.output.len() < LIMIT
    }

    fn poll_fill(&mut self, cx: &mut Context<'_>) -> Poll<bool> {
        if self.input.is_empty() && self.input.capacity() > KEEP {
            self.input = BytesMut::new();
        }
        self.input.reserve(READ);
        let reading = self.stream.read_buf(&mut self.input);
        tokio::pin!(reading);
        match std::task::ready!(std::future::Future::poll(reading, cx)) {
            Ok(0) | Err(_) => self.ended = true,
            Ok(_) => {}
        }
        Poll::Ready(true)
    }

    /// Writes what there is, as far as to the socket; whether anything was written.
    fn poll_drain(&mut self, cx: &mut Context<'_>) -> bool {
        let mut wrote = false;
        while !self.output.is_empty() {
            match Pin::new(&mut self.stream).poll_write(cx, &self.output) {
                Poll::Ready(Ok(written)) if written > 0 => {
                    self.output.advance(written);
                    wrote = true;
                    self.unflushed = true;
                }
                Poll::Ready(Ok(_) | Err(_)) => {
                    self.give_up();
                    wrote = true;
                }
                Poll::Pending => return wrote,
            }
        }
        if self.unflushed {
            match Pin::new(&mut self.stream).poll_flush(cx) {
                Poll::Ready(Ok(())) => self.unflushed = false,
                Poll::Ready(Err(_)) => {
                    self.give_up();
                    wrote = true;
                }
                // It is woken when there is room again; what it holds goes first then.
                Poll::Pending => {}
            }
        }
        if wrote && self.output.capacity() > KEEP {
            self.output = BytesMut::new();
        }
        wrote
    }

    fn give_up(&mut self) {
        self.deaf = true;
        self.output.clear();
        self.unflushed = false;
    }

    /// Writes everything.
    pub(super) async fn drain(&mut self) {
        poll_fn(|cx| {
            self.poll_drain(cx);
            if self.output.is_empty() && !self.unflushed {
                Poll::Ready(())
            } else {
                Poll::Pending
            }
        })
        .await;
    }

    /// Reads something. `false` at the end.
    pub(super) async fn fill(&mut self) -> bool {
        poll_fn(|cx| self.poll_fill(cx)).await && !self.ended
    }

    /// Says that nothing more will be sent.
    pub(super) async fn finish(&mut self) {
        self.drain().await;
        // Who is gone already needs no farewell.
        let _gone: io::Result<()> =
            poll_fn(|cx| Pin::new(&mut self.stream).poll_shutdown(cx)).await;
        self.deaf = true;
    }
}

/// Waits until a socket has given something that is wanted, or has taken something. Cancel safe: everything is
/// in the buffers.
pub(super) async fn turn<C, U>(
    client: &mut Side<C>,
    server: &mut Side<U>,
    want_client: bool,
    want_server: bool,
) -> Turn
where
    C: AsyncRead + AsyncWrite + Unpin,
    U: AsyncRead + AsyncWrite + Unpin,
{
    poll_fn(|cx| {
        let mut turn = Turn {
            client: false,
            server: false,
        };
        let mut wrote = server.poll_drain(cx);
        wrote |= client.poll_drain(cx);
        if want_server && !server.ended {
            turn.server = server.poll_fill(cx).is_ready();
        }
        if want_client && !client.ended {
            turn.client = client.poll_fill(cx).is_ready();
        }
        if wrote || turn.client || turn.server {
            Poll::Ready(turn)
        } else {
            Poll::Pending
        }
    })
    .await
}
