//! A connection to the server, secured where the settings say so.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, ReadBuf};
use tokio::net::{TcpStream, UnixStream};
use tokio::time::timeout;

use crate::fault::{Fault, Refusal};
use crate::tls::{Connector, NoTls, UpstreamSide};

use super::server::Target;
use super::{Address, Server};

const CONNECT: Duration = Duration::from_secs(10);
const CANCEL: Duration = Duration::from_secs(10);

/// `SSLRequest` (manual 55.7).
const SSL_REQUEST: [u8; 8] = [0, 0, 0, 8, 4, 210, 22, 47];

/// A connection to the server, with or without TLS.
pub struct Stream {
    inner: UpstreamSide<Socket>,
    end_point: Option<Vec<u8>>,
    private: bool,
}

/// A connected socket, TCP or unix.
#[derive(Debug)]
enum Socket {
    /// TCP, without delay.
    Tcp(TcpStream),
    /// Unix.
    Unix(UnixStream),
}

impl Socket {
    fn is_local(&self) -> bool {
        match self {
            Socket::Unix(_) => true,
            Socket::Tcp(stream) => {
                (stream.peer_addr()).is_ok_and(|address| address.ip().to_canonical().is_loopback())
            }
        }
    }
}

impl Stream {
    /// `tls-server-end-point` (RFC 5929) of the server's certificate; none without TLS, or where it is not defined.
    pub fn end_point(&self) -> Option<&[u8]> {
        self.end_point.as_deref()
    }

    /// Whether there is TLS.
    pub fn encrypted(&self) -> bool {
        self.inner.encrypted()
    }

    /// Whether nobody can listen: there is TLS, or what is said stays on this machine.
    pub fn is_private(&self) -> bool {
        self.private
    }
}

/// Connects, and secures the connection where that is demanded.
///
/// # Errors
/// `UpstreamUnavailable` or `UpstreamTls`; the message names no address, which is the operator's to know.
pub async fn connect(server: &Server) -> Result<Stream, Refusal> {
    let target = server.target();
    let address = &target.address;
    match timeout(CONNECT, open(address)).await {
        Ok(Ok(socket)) => secure(socket, &target).await,
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

async fn secure(socket: Socket, target: &Target) -> Result<Stream, Refusal> {
    let local = socket.is_local();
    // What goes through a unix socket does not leave the machine, and the server offers no TLS there.
    let connector = match (&target.tls, &target.address) {
        (Some(connector), Address::Tcp(_)) => connector,
        (Some(_), Address::Unix(_)) | (None, _) => {
            return Ok(Stream {
                inner: UpstreamSide::Plain(socket),
                end_point: None,
                private: local,
            });
        }
    };
    let reason = match timeout(CONNECT, handshake(socket, connector)).await {
        Ok(Ok(inner)) => {
            let end_point = inner.end_point();
            return Ok(Stream {
                inner,
                end_point,
                private: true,
            });
        }
        Ok(Err(reason)) => reason.to_string(),
        Err(_) => "the handshake took too long".to_owned(),
    };
    let address = &target.address;
    tracing::warn!(?address, reason, "no TLS with the server");
    Err(Refusal::new(
        Fault::UpstreamTls,
        "could not secure the connection to the server",
    ))
}

/// SSLRequest, its answer, the handshake. After its one byte the server waits for us: more of them were put there by
/// somebody else, to be read as if they had come through TLS.
async fn handshake(
    mut socket: Socket,
    connector: &Connector,
) -> Result<UpstreamSide<Socket>, NoTls> {
    socket.write_all(&SSL_REQUEST).await?;
    socket.flush().await?;
    let mut answer = [0; 16];
    let length = socket.read(&mut answer).await?;
    match answer.get(..length) {
        Some(b"S") => connector.connect(socket).await,
        Some([b'S', ..]) => Err(NoTls::because(
            "bytes came with the server's answer, before the handshake",
        )),
        Some([b'N', ..]) => Err(NoTls::because(
            "the server has TLS switched off (ssl = off)",
        )),
        Some([]) | None => Err(NoTls::because(
            "the server closed the connection when asked for TLS",
        )),
        Some(_) => Err(NoTls::because("the server does not know TLS")),
    }
}

async fn open(address: &Address) -> io::Result<Socket> {
    match address {
        Address::Tcp(address) => {
            let stream = TcpStream::connect(address).await?;
            stream.set_nodelay(true)?;
            Ok(Socket::Tcp(stream))
        }
        Address::Unix(path) => Ok(Socket::Unix(UnixStream::connect(path).await?)),
    }
}

/// Hands a CancelRequest on and waits until the server has closed the connection, which is how a
/// client learns that it was carried out. Secured as sessions are: its key is worth a query.
///
/// # Errors
/// Where the server cannot be reached.
pub async fn cancel(server: &Server, packet: &[u8]) -> Result<(), Refusal> {
    let mut stream = connect(server).await?;
    let done = async {
        stream.write_all(packet).await?;
        stream.flush().await?;
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
        Pin::new(&mut self.get_mut().inner).poll_read(cx, buf)
    }
}

impl AsyncWrite for Stream {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.get_mut().inner).poll_write(cx, bytes)
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().inner).poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().inner).poll_shutdown(cx)
    }
}

impl AsyncRead for Socket {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Socket::Tcp(stream) => Pin::new(stream).poll_read(cx, buf),
            Socket::Unix(stream) => Pin::new(stream).poll_read(cx, buf),
        }
    }
}

impl AsyncWrite for Socket {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        match self.get_mut() {
            Socket::Tcp(stream) => Pin::new(stream).poll_write(cx, bytes),
            Socket::Unix(stream) => Pin::new(stream).poll_write(cx, bytes),
        }
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Socket::Tcp(stream) => Pin::new(stream).poll_flush(cx),
            Socket::Unix(stream) => Pin::new(stream).poll_flush(cx),
        }
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Socket::Tcp(stream) => Pin::new(stream).poll_shutdown(cx),
            Socket::Unix(stream) => Pin::new(stream).poll_shutdown(cx),
        }
    }
}
