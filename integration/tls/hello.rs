//! A client of TLS alone, for what libpq cannot be made to do: the protocol's own bytes inside and around a handshake.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, SupportedProtocolVersion};

use crate::harness::certificates::Issued;

/// What to say.
pub(super) struct Hello<'a> {
    pub roots: &'a str,
    pub alpn: &'a [&'a str],
    pub versions: &'a [&'static SupportedProtocolVersion],
    pub certificate: Option<&'a Issued>,
}

impl<'a> Hello<'a> {
    pub(super) fn new(roots: &'a str) -> Self {
        Hello {
            roots,
            alpn: &[],
            versions: rustls::ALL_VERSIONS,
            certificate: None,
        }
    }

    pub(super) fn alpn(self, alpn: &'a [&'a str]) -> Self {
        Hello { alpn, ..self }
    }

    /// A handshake on a socket that is ready for it.
    pub(super) fn on(&self, socket: TcpStream) -> std::io::Result<Talk> {
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let mut roots = RootCertStore::empty();
        roots
            .add(CertificateDer::from_pem_slice(self.roots.as_bytes()).unwrap())
            .unwrap();
        let builder = ClientConfig::builder_with_provider(provider)
            .with_protocol_versions(self.versions)
            .unwrap()
            .with_root_certificates(roots);
        let mut config = match self.certificate {
            None => builder.with_no_client_auth(),
            Some(issued) => builder
                .with_client_auth_cert(
                    vec![CertificateDer::from_pem_slice(issued.cert.as_bytes()).unwrap()],
                    PrivateKeyDer::from_pem_slice(issued.key.as_bytes()).unwrap(),
                )
                .unwrap(),
        };
        config.alpn_protocols = self
            .alpn
            .iter()
            .map(|name| name.as_bytes().to_vec())
            .collect();
        let name = ServerName::try_from("localhost").unwrap();
        let mut session = ClientConnection::new(Arc::new(config), name).unwrap();
        let mut socket = socket;
        socket
            .set_read_timeout(Some(Duration::from_secs(20)))
            .unwrap();
        while session.is_handshaking() {
            session.complete_io(&mut socket)?;
        }
        let mut talk = Talk(rustls::StreamOwned::new(session, socket));
        // In TLS 1.3 a server may refuse after the client believes that it is done.
        talk.0.flush()?;
        Ok(talk)
    }

    /// SSLRequest, its answer, the handshake.
    pub(super) fn asked(&self, port: u16) -> std::io::Result<Talk> {
        let mut socket = open(port);
        socket.write_all(&SSL_REQUEST)?;
        assert_eq!(byte(&mut socket), b'S');
        self.on(socket)
    }
}

pub(super) const SSL_REQUEST: [u8; 8] = [0, 0, 0, 8, 4, 210, 22, 47];
pub(super) const GSS_REQUEST: [u8; 8] = [0, 0, 0, 8, 4, 210, 22, 48];

/// A connection inside TLS.
pub(super) struct Talk(pub rustls::StreamOwned<ClientConnection, TcpStream>);

impl Talk {
    /// A startup packet.
    pub(super) fn startup(&mut self, user: &str, database: &str) {
        self.0.write_all(&startup(user, database)).unwrap();
    }

    /// One message: tag and body; `None` at the end.
    pub(super) fn message(&mut self) -> Option<(char, Vec<u8>)> {
        let mut head = [0; 5];
        self.0.read_exact(&mut head).ok()?;
        let length = u32::from_be_bytes(head[1..].try_into().unwrap());
        let mut body = vec![0; usize::try_from(length).unwrap() - 4];
        self.0.read_exact(&mut body).ok()?;
        Some((char::from(head[0]), body))
    }

    /// Messages up to ReadyForQuery or the end, by their tags; the text of errors behind them.
    pub(super) fn until_ready(&mut self) -> String {
        let mut seen = String::new();
        while let Some((tag, body)) = self.message() {
            seen.push(tag);
            if tag == 'E' {
                seen.push_str(&String::from_utf8_lossy(&body).replace('\0', " "));
            }
            if tag == 'Z' {
                break;
            }
        }
        seen
    }

    /// A message to the proxy.
    pub(super) fn send(&mut self, tag: char, body: &[u8]) {
        let length = u32::try_from(body.len() + 4).unwrap();
        let message = [&[tag as u8][..], &length.to_be_bytes(), body].concat();
        self.0.write_all(&message).unwrap();
    }
}

/// A startup packet of protocol 3.0.
pub(super) fn startup(user: &str, database: &str) -> Vec<u8> {
    let body = format!("user\0{user}\0database\0{database}\0\0");
    let length = u32::try_from(body.len() + 8).unwrap();
    [
        &length.to_be_bytes()[..],
        &196_608_u32.to_be_bytes(),
        body.as_bytes(),
    ]
    .concat()
}

pub(super) fn open(port: u16) -> TcpStream {
    let socket = TcpStream::connect(("127.0.0.1", port)).unwrap();
    socket
        .set_read_timeout(Some(Duration::from_secs(40)))
        .unwrap();
    socket.set_nodelay(true).unwrap();
    socket
}

pub(super) fn byte(socket: &mut TcpStream) -> u8 {
    let mut byte = [0];
    socket.read_exact(&mut byte).unwrap();
    byte[0]
}

/// Everything up to the end or a reset.
pub(super) fn rest(socket: &mut TcpStream) -> Vec<u8> {
    let mut bytes = Vec::new();
    let _reset = socket.read_to_end(&mut bytes);
    bytes
}
