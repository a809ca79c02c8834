//! Clients' side: the certificate that is shown, renewed while the proxy runs, and from where plaintext is taken.

use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use arc_swap::ArcSwap;
use bytes::Bytes;
use rustls::server::{NoServerSessionStorage, WebPkiClientVerifier};
use rustls::sign::SingleCertAndKey;
use rustls::{RootCertStore, ServerConfig};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_rustls::TlsAcceptor;

use crate::policy::{
    CertificateFiles, ListenSettings, ListenTls, NamedFile, PlainFrom, Problem, TlsVersion,
};

use super::stream::Prefixed;
use super::{ALPN, ClientSide, NoTls, TlsFacts, binding, files, provider};

/// What clients come through. Shared by all sessions; what is in force is exchanged whole.
pub struct Door {
    standing: ArcSwap<Standing>,
    failures: Failures,
}

struct Standing {
    acceptor: Option<Acceptor>,
    plain: PlainFrom,
}

impl Door {
    /// Reads the certificate and its key, where the settings name any.
    ///
    /// # Errors
    /// Every file that cannot be used.
    pub fn open(settings: &ListenSettings) -> Result<Door, Vec<Problem>> {
        Ok(Door {
            standing: ArcSwap::from_pointee(Standing::read(settings)?),
            failures: Failures::default(),
        })
    }

    /// Without TLS.
    pub fn plain(from: PlainFrom) -> Door {
        Door {
            standing: ArcSwap::from_pointee(Standing {
                acceptor: None,
                plain: from,
            }),
            failures: Failures::default(),
        }
    }

    /// Reads them again. Sessions go on as they began; new ones see what was read.
    ///
    /// # Errors
    /// Every file that cannot be used: what is in force stays.
    pub fn renew(&self, settings: &ListenSettings) -> Result<(), Vec<Problem>> {
        self.standing.store(Arc::new(Standing::read(settings)?));
        Ok(())
    }

    /// Whether a client from there may go on without TLS.
    pub fn takes_plain(&self, peer: IpAddr) -> bool {
        self.standing.load().plain.allows(peer)
    }

    /// TLS as it is now, where there is any.
    pub fn acceptor(&self) -> Option<Acceptor> {
        self.standing.load().acceptor.clone()
    }

    /// Writes a handshake that failed to the log: one line a second at the most, so that a scan does not fill it.
    pub fn failed(&self, peer: IpAddr, reason: &NoTls) {
        self.failures.note(peer, reason);
    }
}

impl Standing {
    fn read(settings: &ListenSettings) -> Result<Standing, Vec<Problem>> {
        Ok(Standing {
            acceptor: settings.tls.as_ref().map(Acceptor::read).transpose()?,
            plain: settings.plain,
        })
    }
}

/// A certificate with its key, ready to take clients.
#[derive(Clone)]
pub struct Acceptor {
    config: Arc<ServerConfig>,
    end_point: Vec<u8>,
}

impl Acceptor {
    fn read(settings: &ListenTls) -> Result<Acceptor, Vec<Problem>> {
        let provider = provider();
        let files = CertificateFiles {
            cert: settings.cert.clone(),
            key: settings.key.clone(),
        };
        let clients = settings.client_ca.as_ref().map(client_roots).transpose();
        let (certified, clients) = match (files::certified(&files, &provider), clients) {
            (Ok(certified), Ok(clients)) => (certified, clients),
            (certified, clients) => {
                let mut problems = certified.err().unwrap_or_default();
                problems.extend(clients.err());
                return Err(problems);
            }
        };
        let versions: &[_] = match settings.min_version {
            TlsVersion::Tls12 => &[&rustls::version::TLS13, &rustls::version::TLS12],
            TlsVersion::Tls13 => &[&rustls::version::TLS13],
        };
        let unfit = |error: &dyn std::fmt::Display| {
            vec![files::problem(
                &settings.cert,
                &format!("cannot be used: {error}"),
            )]
        };
        let builder = ServerConfig::builder_with_provider(Arc::clone(&provider))
            .with_protocol_versions(versions)
            .map_err(|error| unfit(&error))?;
        let builder = match clients {
            None => builder.with_no_client_auth(),
            // Whether one is wanted is decided when it is known who comes, and for what.
            Some(roots) => builder.with_client_cert_verifier(
                WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider)
                    .allow_unauthenticated()
                    .build()
                    .map_err(|error| unfit(&error))?,
            ),
        };
        let end_point = certified
            .cert
            .first()
            .and_then(|certificate| binding::end_point(certificate))
            .unwrap_or_default();
        let mut config = builder.with_cert_resolver(Arc::new(SingleCertAndKey::from(certified)));
        config.alpn_protocols = vec![ALPN.to_vec()];
        // As the server does: a session that is resumed would skip the look at a client's certificate.
        config.session_storage = Arc::new(NoServerSessionStorage {});
        config.send_tls13_tickets = 0;
        Ok(Acceptor {
            config: Arc::new(config),
            end_point,
        })
    }

    /// The handshake. `already` was read from the client before it was known what it is; `direct` means that it began with it,
    /// unasked, and so has to say by ALPN which protocol it means (PostgreSQL manual, 55.2.11).
    ///
    /// # Errors
    /// Why it failed; the stream is of no use then.
    pub(super) async fn accept<S>(
        &self,
        stream: S,
        already: Bytes,
        direct: bool,
    ) -> Result<(ClientSide<S>, TlsFacts), NoTls>
    where
        S: AsyncRead + AsyncWrite + Unpin,
    {
        let stream = TlsAcceptor::from(Arc::clone(&self.config))
            .accept(Prefixed::new(already, stream))
            .await?;
        let (_, session) = stream.get_ref();
        if direct && session.alpn_protocol() != Some(ALPN) {
            return Err(NoTls(
                "direct TLS without ALPN: the client does not say that it means PostgreSQL"
                    .to_owned(),
            ));
        }
        let facts = TlsFacts {
            client_certificate: session
                .peer_certificates()
                .and_then(|chain| chain.first())
                .map(|leaf| leaf.to_vec()),
            end_point: self.end_point.clone(),
        };
        Ok((ClientSide::Tls(Box::new(stream)), facts))
    }
}

fn client_roots(file: &NamedFile) -> Result<RootCertStore, Problem> {
    files::roots(&crate::policy::Roots::File(file.clone()), file).map(|(roots, _)| roots)
}

/// Failures since the last line about them.
#[derive(Default)]
struct Failures {
    last: AtomicU64,
    unsaid: AtomicU64,
}

impl Failures {
    fn note(&self, peer: IpAddr, reason: &NoTls) {
        let now = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .map_or(0, |since| since.as_secs());
        if self.last.swap(now, Ordering::Relaxed) == now {
            self.unsaid.fetch_add(1, Ordering::Relaxed);
            return;
        }
        let unsaid = self.unsaid.swap(0, Ordering::Relaxed);
        tracing::info!(%peer, %reason, unsaid, "a TLS handshake failed");
    }
}
