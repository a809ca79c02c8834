//! Certificates of the tests, and settings that name them.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::os::unix::fs::PermissionsExt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use rcgen::{CertificateParams, DnType, KeyPair, SignatureAlgorithm, date_time_ymd};

use super::{Connector, Door};
use crate::policy::{Policy, ServerSettings};

/// A folder with a self-signed certificate `a.crt` for localhost and its key `a.key`.
pub(crate) struct Files(tempfile::TempDir);

impl Files {
    /// Valid for this many days more, under a key of this kind.
    pub(crate) fn new(days: u64, algorithm: &'static SignatureAlgorithm) -> Files {
        let folder = tempfile::tempdir().unwrap();
        let mut params = CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
        let name = folder.path().display().to_string();
        params.distinguished_name.push(DnType::CommonName, name);
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
        params.not_after = date_time_ymd(1970, 1, 1) + now + Duration::from_secs(days * 86_400);
        let key = KeyPair::generate_for(algorithm).unwrap();
        let certificate = params.self_signed(&key).unwrap();
        std::fs::write(folder.path().join("a.crt"), certificate.pem()).unwrap();
        let path = folder.path().join("a.key");
        std::fs::write(&path, key.serialize_pem()).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
        Files(folder)
    }

    /// On P-256, for a year.
    pub(crate) fn usual() -> Files {
        Files::new(365, &rcgen::PKCS_ECDSA_P256_SHA256)
    }

    pub(crate) fn settings(&self, listen: &str, upstream: &str) -> ServerSettings {
        let text = format!(
            "[listen]\n{listen}\n[upstream]\naddress = \"127.0.0.1:5432\"\n{upstream}\n[upstream.service]\nuser = \"s\"\n[keys]\nprovider = \"file\"\npath = \"../k\"\n"
        );
        // Beside the rules, not in them.
        let rules = self.0.path().join("rules");
        Policy::load_str(&[("a.toml", &text)], &rules)
            .unwrap_or_else(|problems| panic!("{problems:?}"))
            .settings
    }

    /// TLS towards clients with these further words.
    pub(crate) fn listening(&self, more: &str) -> ServerSettings {
        let tls = format!("tls = {{ cert = \"../a.crt\", key = \"../a.key\"{more} }}");
        self.settings(&tls, "")
    }

    /// What clients come through.
    pub(crate) fn door(&self, more: &str) -> Door {
        Door::open(&self.listening(more).listen).unwrap_or_else(|problems| panic!("{problems:?}"))
    }

    /// What believes this certificate, for this name.
    pub(crate) fn connector(&self, name: &str) -> Connector {
        let tls = format!(
            "tls = {{ mode = \"verify-full\", roots = \"../a.crt\", server_name = \"{name}\" }}"
        );
        let upstream = self.settings("", &tls).upstream;
        Connector::new(&upstream.tls, None, &upstream.address.host)
            .unwrap_or_else(|problems| panic!("{problems:?}"))
            .unwrap()
    }
}
