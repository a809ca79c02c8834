//! TLS on both sides: the door that clients come through, the connector that goes to the server. The only door to
//! rustls, on aws-lc-rs.
//!
//! Absent: what is said before the handshake (session for clients, upstream for the server), who may come in with
//! which certificate (auth), from where plaintext is taken (policy says, session asks).

mod binding;
mod connector;
mod door;
mod files;
mod outlook;
mod stream;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
mod verify;

pub use connector::Connector;
pub use door::{Acceptor, Door};
pub use files::{named as files, problems};
pub use outlook::{Expiry, Remark, Weight, expiries, remarks};
pub use stream::{ClientSide, UpstreamSide};

use std::io;
use std::net::IpAddr;
use std::sync::{Arc, OnceLock};

use rustls::crypto::CryptoProvider;
use rustls::{CertificateError, Error};

/// What ALPN calls the protocol (PostgreSQL manual, 55.2.11).
const ALPN: &[u8] = b"postgresql";

/// How a client has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transport {
    /// From where.
    pub peer: IpAddr,
    /// Its TLS, if it speaks any.
    pub tls: Option<TlsFacts>,
}

/// What is known of a client's TLS.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TlsFacts {
    /// The certificate that the client has shown, DER: its issuer is one of `client_ca`, it is in its time, and the client has its
    /// key.
    pub client_certificate: Option<Vec<u8>>,
    /// `tls-server-end-point` (RFC 5929) of the certificate that the client was shown. Empty where the RFC defines none for it
    /// (Ed25519): no channel binding can be offered then.
    pub end_point: Vec<u8>,
}

/// Why there is no TLS connection, in words for an operator.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct NoTls(String);

impl NoTls {
    /// With a reason of the caller's.
    pub fn because(reason: &str) -> NoTls {
        NoTls(reason.to_owned())
    }
}

impl From<io::Error> for NoTls {
    fn from(error: io::Error) -> Self {
        let inner = error.get_ref().and_then(|inner| inner.downcast_ref());
        NoTls(match inner {
            Some(error) => explain(error),
            None if error.kind() == io::ErrorKind::UnexpectedEof => {
                "the other end closed the connection during the handshake".to_owned()
            }
            None => error.to_string(),
        })
    }
}

/// What rustls says, in words for somebody who has to mend it.
fn explain(error: &Error) -> String {
    let Error::InvalidCertificate(certificate) = error else {
        return error.to_string();
    };
    match certificate {
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
            "the certificate has expired".to_owned()
        }
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            "the certificate is not valid yet".to_owned()
        }
        CertificateError::UnknownIssuer => {
            "the certificate was issued by nobody among the roots".to_owned()
        }
        CertificateError::NotValidForNameContext {
            expected,
            presented,
        } => {
            let presented = if presented.is_empty() {
                "no name at all (its subjectAltName counts, not its common name)".to_owned()
            } else {
                presented.join(", ")
            };
            format!(
                "the certificate is not for {}, but for {presented}",
                expected.to_str()
            )
        }
        CertificateError::BadSignature => {
            "the certificate names an issuer among the roots, and is not signed with its key"
                .to_owned()
        }
        CertificateError::NotValidForName => "the certificate is for another host".to_owned(),
        _ => error.to_string(),
    }
}

/// The one provider of cryptography, named so that a feature of another crate cannot choose another.
fn provider() -> Arc<CryptoProvider> {
    static PROVIDER: OnceLock<Arc<CryptoProvider>> = OnceLock::new();
    Arc::clone(PROVIDER.get_or_init(|| Arc::new(rustls::crypto::aws_lc_rs::default_provider())))
}
