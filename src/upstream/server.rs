//! The server that sessions go to: where it is, and how it is secured. Exchanged whole when rules or files change.

use std::sync::Arc;

use arc_swap::ArcSwap;

use crate::policy::{Problem, UpstreamSettings};
use crate::tls::Connector;

use super::Address;

/// Where sessions go. Shared by all of them.
pub struct Server {
    target: ArcSwap<Target>,
}

/// As it is at one time.
pub(super) struct Target {
    pub(super) address: Address,
    pub(super) tls: Option<Connector>,
}

impl Server {
    /// As the settings say.
    ///
    /// # Errors
    /// Every file of certificates that cannot be used.
    pub fn new(settings: &UpstreamSettings) -> Result<Server, Vec<Problem>> {
        Ok(Server {
            target: ArcSwap::from_pointee(Target::read(settings)?),
        })
    }

    /// Without TLS.
    pub fn plain(address: Address) -> Server {
        Server {
            target: ArcSwap::from_pointee(Target { address, tls: None }),
        }
    }

    /// As the settings say now. Sessions go on where they are.
    ///
    /// # Errors
    /// Every file that cannot be used: what is in force stays.
    pub fn renew(&self, settings: &UpstreamSettings) -> Result<(), Vec<Problem>> {
        self.target.store(Arc::new(Target::read(settings)?));
        Ok(())
    }

    pub(super) fn target(&self) -> Arc<Target> {
        self.target.load_full()
    }
}

impl Target {
    fn read(settings: &UpstreamSettings) -> Result<Target, Vec<Problem>> {
        let certificate = settings.tls.certificate.as_ref();
        Ok(Target {
            tls: Connector::new(&settings.tls, certificate, &settings.address.host)?,
            address: Address::parse(&settings.address.to_string()),
        })
    }
}
