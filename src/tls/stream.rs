//! A socket with or without TLS, for each side.
//!
//! What is written through TLS may stay in its buffers until it is flushed: whoever writes here flushes before waiting.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio_rustls::{client, server};

use super::{Acceptor, NoTls, TlsFacts, binding};

/// A client's socket.
pub enum ClientSide<S> {
    /// As it came.
    Plain(S),
    /// Inside TLS.
    Tls(Box<server::TlsStream<Prefixed<S>>>),
    /// A handshake has failed or was given up: nothing can be said on it any more.
    Lost,
}

impl<S: AsyncRead + AsyncWrite + Unpin> ClientSide<S> {
    /// Goes over to TLS; [`Acceptor`] says what the arguments are. Given up half-way it is lost.
    ///
    /// # Errors
    /// Where the handshake fails, or there was one already.
    pub async fn secure(
        &mut self,
        acceptor: &Acceptor,
        already: Bytes,
        direct: bool,
    ) -> Result<TlsFacts, NoTls> {
        match std::mem::replace(self, ClientSide::Lost) {
            ClientSide::Plain(stream) => {
                let (secured, facts) = acceptor.accept(stream, already, direct).await?;
                *self = secured;
                Ok(facts)
            }
            ClientSide::Tls(_) | ClientSide::Lost => {
                Err(NoTls("there was a handshake already".to_owned()))
            }
        }
    }
}

/// A socket to the server.
pub enum UpstreamSide<S> {
    /// As it is.
    Plain(S),
    /// Inside TLS.
    Tls(Box<client::TlsStream<S>>),
}

impl<S> UpstreamSide<S> {
    /// `tls-server-end-point` of the server's certificate; none without TLS, or where it is not defined.
    pub fn end_point(&self) -> Option<Vec<u8>> {
        let UpstreamSide::Tls(stream) = self else {
            return None;
        };
        let (_, session) = stream.get_ref();
        binding::end_point(session.peer_certificates()?.first()?)
    }

    /// Whether there is TLS.
    pub fn encrypted(&self) -> bool {
        matches!(self, UpstreamSide::Tls(_))
    }
}

/// A socket of which something was read already.
pub struct Prefixed<S> {
    already: Bytes,
    stream: S,
}

impl<S> Prefixed<S> {
    pub(super) fn new(already: Bytes, stream: S) -> Self {
        Prefixed { already, stream }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Prefixed<S> {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        if this.already.is_empty() {
            return Pin::new(&mut this.stream).poll_read(cx, buf);
        }
        let part = this.already.len().min(buf.remaining());
        buf.put_slice(&this.already.split_to(part));
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Prefixed<S> {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.get_mut().stream).poll_write(cx, bytes)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.get_mut().stream).poll_write_vectored(cx, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_shutdown(cx)
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncRead for ClientSide<S> {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        match self.get_mut() {
            ClientSide::Plain(stream) => Pin::new(stream).poll_read(cx, buf),
            ClientSide::Tls(stream) => Pin::new(stream).poll_read(cx, buf),
            ClientSide::Lost => Poll::Ready(Err(io::ErrorKind::NotConnected.into())),
        }
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncWrite for ClientSide<S> {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        match self.get_mut() {
            ClientSide::Plain(stream) => Pin::new(stream).poll_write(cx, bytes),
            ClientSide::Tls(stream) => Pin::new(stream).poll_write(cx, bytes),
            ClientSide::Lost => Poll::Ready(Err(io::ErrorKind::NotConnected.into())),
        }
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            ClientSide::Plain(stream) => Pin::new(stream).poll_flush(cx),
            ClientSide::Tls(stream) => Pin::new(stream).poll_flush(cx),
            ClientSide::Lost => Poll::Ready(Err(io::ErrorKind::NotConnected.into())),
        }
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            ClientSide::Plain(stream) => Pin::new(stream).poll_shutdown(cx),
            ClientSide::Tls(stream) => Pin::new(stream).poll_shutdown(cx),
            ClientSide::Lost => Poll::Ready(Ok(())),
        }
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncRead for UpstreamSide<S> {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        match self.get_mut() {
            UpstreamSide::Plain(stream) => Pin::new(stream).poll_read(cx, buf),
            UpstreamSide::Tls(stream) => Pin::new(stream).poll_read(cx, buf),
        }
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncWrite for UpstreamSide<S> {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        match self.get_mut() {
            UpstreamSide::Plain(stream) => Pin::new(stream).poll_write(cx, bytes),
            UpstreamSide::Tls(stream) => Pin::new(stream).poll_write(cx, bytes),
        }
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            UpstreamSide::Plain(stream) => Pin::new(stream).poll_flush(cx),
            UpstreamSide::Tls(stream) => Pin::new(stream).poll_flush(cx),
        }
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            UpstreamSide::Plain(stream) => Pin::new(stream).poll_shutdown(cx),
            UpstreamSide::Tls(stream) => Pin::new(stream).poll_shutdown(cx),
        }
    }
}
