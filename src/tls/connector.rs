//! The server's side: how much is demanded of it, and the handshake.

use std::sync::Arc;

use rustls::ClientConfig;
use rustls::client::{ResolvesClientCert, Resumption};
use rustls::pki_types::ServerName;
use rustls::sign::SingleCertAndKey;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_rustls::TlsConnector;

use crate::policy::{CertificateFiles, NamedFile, Problem, UpstreamTls, UpstreamTlsMode};

use super::verify::{Trust, Verifier};
use super::{ALPN, NoTls, UpstreamSide, files, provider};

/// TLS towards one server.
#[derive(Clone)]
pub struct Connector {
    config: Arc<ClientConfig>,
    name: ServerName<'static>,
}

impl Connector {
    /// Reads what the settings name. `None` where no TLS is wanted; `certificate` is shown to a server that asks for one.
    ///
    /// # Errors
    /// Every file that cannot be used.
    pub fn new(
        settings: &UpstreamTls,
        certificate: Option<&CertificateFiles>,
        host: &str,
    ) -> Result<Option<Connector>, Vec<Problem>> {
        let named = match settings.mode {
            UpstreamTlsMode::Disable => return Ok(None),
            UpstreamTlsMode::Require => false,
            UpstreamTlsMode::VerifyCa => false,
            UpstreamTlsMode::VerifyFull => true,
        };
        let provider = provider();
        let place = NamedFile {
            path: "upstream.tls:".into(),
            place: settings.place.0.clone(),
        };
        let mut problems = Vec::new();
        let mut keep = |problem: Problem| problems.push(problem);
        let trust = if settings.mode == UpstreamTlsMode::Require {
            Some(Trust::Anyone)
        } else {
            files::roots(&settings.roots, &place)
                .map(|(roots, own)| Trust::Roots {
                    roots,
                    named: own,
                    name: named,
                })
                .map_err(&mut keep)
                .ok()
        };
        let wanted = settings.server_name.as_deref().unwrap_or(host);
        let name = ServerName::try_from(wanted.to_owned())
            .map_err(|_| {
                keep(files::problem(
                    &place,
                    &format!("`{wanted}` is no name that a certificate can be for"),
                ))
            })
            .ok();
        let certified = certificate
            .map(|certificate| files::certified(certificate, &provider))
            .transpose()
            .map_err(|more| more.into_iter().for_each(&mut keep))
            .ok();
        let (Some(trust), Some(name), Some(certified)) = (trust, name, certified) else {
            return Err(problems);
        };
        let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
            .with_safe_default_protocol_versions()
            .map_err(|error| vec![files::problem(&place, &error.to_string())])?
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(Verifier { trust, provider }));
        let mut config = match certified {
            None => builder.with_no_client_auth(),
            Some(certified) => {
                let shown: Arc<dyn ResolvesClientCert> =
                    Arc::new(SingleCertAndKey::from(certified));
                builder.with_client_cert_resolver(shown)
            }
        };
        config.alpn_protocols = vec![ALPN.to_vec()];
        config.resumption = Resumption::disabled();
        Ok(Some(Connector {
            config: Arc::new(config),
            name,
        }))
    }

    /// The handshake, after the server has agreed to it.
    ///
    /// # Errors
    /// Why it failed.
    pub async fn connect<S>(&self, stream: S) -> Result<UpstreamSide<S>, NoTls>
    where
        S: AsyncRead + AsyncWrite + Unpin,
    {
        let connector = TlsConnector::from(Arc::clone(&self.config));
        let stream = connector.connect(self.name.clone(), stream).await?;
        Ok(UpstreamSide::Tls(Box::new(stream)))
    }
}
