//! From the names in a verified client certificate to the logins it may use. Exact names, or one `*`; no regular
//! expressions.

use x509_parser::extensions::GeneralName;
use x509_parser::prelude::{FromDer, X509Certificate};

use super::rules::NamePattern;

/// A kind of name in a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameKind {
    /// The subject's common name.
    CommonName,
    /// A DNS name among the alternative names.
    Dns,
    /// An e-mail address among them.
    Email,
    /// A URI among them, such as a SPIFFE id.
    Uri,
}

/// One line of a map: who has this name may log in as this.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameRule {
    /// Which names are looked at.
    pub kind: NameKind,
    /// The name; `*` once.
    pub name: NamePattern,
    /// The login; its `*` stands for what that of the name stood for.
    pub login: NamePattern,
}

/// The names of a certificate.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names(Vec<(NameKind, String)>);

impl Names {
    /// Of a certificate in DER. `None` where it cannot be read. Names that are not text, or hold a NUL, are not
    /// taken; of several common names none is, since it would not be clear whose certificate it is.
    pub fn of(certificate: &[u8]) -> Option<Names> {
        let (_, certificate) = X509Certificate::from_der(certificate).ok()?;
        let common: Vec<&str> = certificate
            .subject()
            .iter_common_name()
            .map(|name| name.as_str().unwrap_or_default())
            .collect();
        let mut names = Vec::new();
        if let [name] = common.as_slice() {
            names.push((NameKind::CommonName, (*name).to_owned()));
        }
        let others = certificate
            .subject_alternative_name()
            .ok()
            .flatten()
            .map(|extension| extension.value.general_names.as_slice())
            .unwrap_or_default();
        for name in others {
            // Addresses, directory names and registered ids are no logins.
            let (kind, name) = match name {
                GeneralName::DNSName(name) => (NameKind::Dns, name),
                GeneralName::RFC822Name(name) => (NameKind::Email, name),
                GeneralName::URI(name) => (NameKind::Uri, name),
                _ => continue,
            };
            names.push((kind, (*name).to_owned()));
        }
        names.retain(|(_, name)| !name.is_empty() && !name.contains('\0'));
        Some(Names(names))
    }

    /// Whether the map lets their bearer in as `login`. Without a map the common name must be the login, as in
    /// PostgreSQL.
    pub fn may_be(&self, map: &[NameRule], login: &str) -> bool {
        if map.is_empty() {
            return self
                .0
                .iter()
                .any(|(kind, name)| *kind == NameKind::CommonName && name == login);
        }
        map.iter().any(|rule| {
            self.0
                .iter()
                .filter(|(kind, _)| *kind == rule.kind)
                .filter_map(|(_, name)| rule.name.captures(name))
                .any(|captured| rule.login.filled(captured) == login)
        })
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use rcgen::{CertificateParams, DistinguishedName, DnType, KeyPair, SanType};

    use super::*;

    fn names(common: &[&str], others: Vec<SanType>) -> Names {
        let mut params = CertificateParams::default();
        params.distinguished_name = DistinguishedName::new();
        for name in common {
            params.distinguished_name.push(DnType::CommonName, *name);
        }
        params.subject_alt_names = others;
        let certificate = params.self_signed(&KeyPair::generate().unwrap()).unwrap();
        Names::of(certificate.der()).unwrap()
    }

    fn map(kind: NameKind, name: &str, login: &str) -> Vec<NameRule> {
        vec![NameRule {
            kind,
            name: NamePattern::parse(name).unwrap(),
            login: NamePattern::parse(login).unwrap(),
        }]
    }

    #[test]
    fn without_a_map_the_common_name_is_the_login() {
        let ann = names(&["ann"], Vec::new());
        assert!(ann.may_be(&[], "ann"));
        assert!(!ann.may_be(&[], "Ann"));
        assert!(!names(&["bob"], Vec::new()).may_be(&[], "ann"));
        assert!(!names(&[], Vec::new()).may_be(&[], ""));
    }

    #[test]
    fn a_map_says_which_names_and_which_logins() {
        let uri = SanType::URI("spiffe://shop/app/7".try_into().unwrap());
        let dns = SanType::DnsName("billing.example.com".try_into().unwrap());
        let both = names(&["anything"], vec![uri, dns]);
        let may = |kind, name, login, who| both.may_be(&map(kind, name, login), who);
        assert!(may(NameKind::Uri, "spiffe://shop/app/*", "app_*", "app_7"));
        assert!(!may(NameKind::Uri, "spiffe://shop/app/*", "app_*", "app_8"));
        assert!(may(NameKind::Dns, "*.example.com", "reader", "reader"));
        // A name of another kind does not count, nor does the common name once there is a map.
        assert!(!may(NameKind::Email, "*.example.com", "reader", "reader"));
        assert!(!may(NameKind::Dns, "*.example.com", "reader", "anything"));
    }

    #[test]
    fn what_is_no_certificate_has_no_names() {
        assert_eq!(Names::of(b"not DER"), None);
    }
}
