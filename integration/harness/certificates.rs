//! An issuer of the tests' own, and what it issues.

use std::net::IpAddr;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, ExtendedKeyUsagePurpose, IsCa,
    KeyPair, KeyUsagePurpose, SanType, date_time_ymd,
};

/// One that signs.
pub struct Issuer(CertifiedIssuer<'static, KeyPair>);

/// A certificate and its key, PEM.
pub struct Issued {
    pub cert: String,
    pub key: String,
}

impl Issuer {
    pub fn new(name: &str) -> Issuer {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        params.distinguished_name.push(DnType::CommonName, name);
        Issuer(CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap())
    }

    pub fn pem(&self) -> String {
        self.0.pem()
    }

    /// For a server of these names and addresses.
    pub fn server(&self, names: &[&str]) -> Issued {
        self.issue(named(names, ExtendedKeyUsagePurpose::ServerAuth))
    }

    /// The same, out of its time.
    pub fn expired(&self, names: &[&str]) -> Issued {
        let mut params = named(names, ExtendedKeyUsagePurpose::ServerAuth);
        params.not_before = date_time_ymd(2020, 1, 1);
        params.not_after = date_time_ymd(2021, 1, 1);
        self.issue(params)
    }

    /// For a client of this name.
    pub fn client(&self, name: &str) -> Issued {
        let mut params = named(&[], ExtendedKeyUsagePurpose::ClientAuth);
        params.distinguished_name.push(DnType::CommonName, name);
        self.issue(params)
    }

    fn issue(&self, params: CertificateParams) -> Issued {
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &self.0).unwrap();
        Issued {
            cert: certificate.pem(),
            key: key.serialize_pem(),
        }
    }
}

/// A certificate that nobody else signed, for a server.
pub fn self_signed(names: &[&str]) -> Issued {
    let mut params = named(names, ExtendedKeyUsagePurpose::ServerAuth);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let key = KeyPair::generate().unwrap();
    Issued {
        cert: params.self_signed(&key).unwrap().pem(),
        key: key.serialize_pem(),
    }
}

fn named(names: &[&str], purpose: ExtendedKeyUsagePurpose) -> CertificateParams {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.distinguished_name = rcgen::DistinguishedName::new();
    params.subject_alt_names = names
        .iter()
        .map(|name| match name.parse::<IpAddr>() {
            Ok(address) => SanType::IpAddress(address),
            Err(_) => SanType::DnsName((*name).try_into().unwrap()),
        })
        .collect();
    params.extended_key_usages = vec![purpose];
    params
}

/// Writes `NAME.crt` and `NAME.key`, the key for its owner alone.
pub fn write(folder: &Path, name: &str, issued: &Issued) {
    std::fs::write(folder.join(format!("{name}.crt")), &issued.cert).unwrap();
    let key = folder.join(format!("{name}.key"));
    std::fs::write(&key, &issued.key).unwrap();
    std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o600)).unwrap();
}
