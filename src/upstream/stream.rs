//! A socket to the server.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, ReadBuf};
use tokio::net::{TcpStream, UnixStream};
use tokio::time::timeout;

use crate::fault::{Fault, Refusal};

use super::Address;

const CONNECT: Duration = Duration::from_secs(10);
const CANCEL: Duration = Duration::from_secs(10);

/// A connected socket, TCP or unix.
#[derive(Debug)]
pub enum Stream {
    /// TCP, without delay.
    Tcp(TcpStream),
    /// Unix.
    Unix(UnixStream),
}

/// Connects.
///
/// # Errors
/// `UpstreamUnavailable`; the message names no address, which is the operator's to know.
pub async fn connect(address: &Address) -> Result<Stream, Refusal> {
    match timeout(CONNECT, open(address)).await {
        Ok(Ok(stream)) => Ok(stream),
        Ok(Err(error)) => {
            tracing::warn!(?address, %error, "could not connect to the server");
            Err(unavailable())
        }
        Err(_) => {
            tracing::warn!(?address, "connecting to the server took too long");
            Err(unavailable())
        }
    }
}

fn unavailable() -> Refusal {
    Refusal::new(
        Fault::UpstreamUnavailable,
        "could not connect to the server",
    )
}

async fn open(address: &Address) -> io::Result<Stream> {
    match address {
        Address::Tcp(address) => {
            let stream = TcpStream::connect(address).await?;
            stream.set_nodelay(true)?;
            Ok(Stream::Tcp(stream))
        }
        Address::Unix(path) => Ok(Stream::Unix(UnixStream::connect(path).await?)),
    }
}

/// Hands a CancelRequest on and waits until the server has closed the connection, which is how a
/// client learns that it was carried out.
///
/// # Errors
/// Where the server cannot be reached.
pub async fn cancel(address: &Address, packet: &[u8]) -> Result<(), Refusal> {
    let mut stream = connect(address).await?;
    let done = async {
        stream.write_all(packet).await?;
        let mut end = [0; 16];
        while stream.read(&mut end).await? > 0 {}
        Ok::<(), io::Error>(())
    };
    match timeout(CANCEL, done).await {
        // The server says nothing in answer, and resets are as good as ends here.
        Ok(_) | Err(_) => Ok(()),
    }
}

impl AsyncRead for Stream {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Stream::Tcp(stream) => Pin::new(stream).poll_read(cx, buf),
            Stream::Unix(stream) => Pin::new(stream).poll_read(cx, buf),
        }
    }
}

impl AsyncWrite for Stream {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        match self.get_mut() {
            Stream::Tcp(stream) => Pin::new(stream).poll_write(cx, bytes),
            Stream::Unix(stream) => Pin::new(stream).poll_write(cx, bytes),
        }
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Stream::Tcp(stream) => Pin::new(stream).poll_flush(cx),
            Stream::Unix(stream) => Pin::new(stream).poll_flush(cx),
        }
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Stream::Tcp(stream) => Pin::new(stream).poll_shutdown(cx),
            Stream::Unix(stream) => Pin::new(stream).poll_shutdown(cx),
        }
    }
}
