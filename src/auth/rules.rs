//! Which method a connection must log in by: ordered rules as in `pg_hba.conf`, the first that matches decides.

use std::net::IpAddr;

use super::certificate::NameRule;

/// How clients prove who they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MethodName {
    /// The server asks; the proxy passes it on.
    Relay,
    /// The proxy asks for the password, and the server judges it.
    Password,
    /// SCRAM, ended by the proxy.
    Scram,
    /// A client certificate.
    Cert,
    /// Nobody gets in.
    Reject,
}

impl MethodName {
    /// All of them.
    pub const ALL: [MethodName; 5] = [
        MethodName::Relay,
        MethodName::Password,
        MethodName::Scram,
        MethodName::Cert,
        MethodName::Reject,
    ];

    /// As rules write it.
    pub fn name(self) -> &'static str {
        match self {
            MethodName::Relay => "relay",
            MethodName::Password => "password",
            MethodName::Scram => "scram",
            MethodName::Cert => "cert",
            MethodName::Reject => "reject",
        }
    }
}

/// A method with what it needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Method {
    /// See [`MethodName`].
    Relay,
    /// See [`MethodName`].
    Password,
    /// See [`MethodName`].
    Scram,
    /// Names of certificates and the logins they may use; empty: the common name is the login.
    Cert(Vec<NameRule>),
    /// See [`MethodName`].
    Reject,
}

impl Method {
    /// Its name.
    pub fn name(&self) -> MethodName {
        match self {
            Method::Relay => MethodName::Relay,
            Method::Password => MethodName::Password,
            Method::Scram => MethodName::Scram,
            Method::Cert(_) => MethodName::Cert,
            Method::Reject => MethodName::Reject,
        }
    }
}

/// A name, or one `*` in place of any characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamePattern(String);

impl NamePattern {
    /// From its text; `all` is `*`.
    ///
    /// # Errors
    /// For an empty name and for more than one `*`.
    pub fn parse(text: &str) -> Result<NamePattern, &'static str> {
        if text.is_empty() || text.matches('*').count() > 1 {
            return Err("expected a name, a name with one `*`, or `all`");
        }
        Ok(NamePattern(
            if text == "all" { "*" } else { text }.to_owned(),
        ))
    }

    /// What `*` stands for in the name; empty where there is none. `None`: no match.
    pub fn captures<'a>(&self, name: &'a str) -> Option<&'a str> {
        match self.0.split_once('*') {
            None => (self.0 == name).then_some(""),
            Some((before, after)) => name.strip_prefix(before)?.strip_suffix(after),
        }
    }

    /// Whether it has a `*`.
    pub fn is_open(&self) -> bool {
        self.0.contains('*')
    }

    /// Whether it is `*` alone.
    pub fn is_all(&self) -> bool {
        self.0 == "*"
    }

    /// With this in place of the `*`.
    pub fn filled(&self, captured: &str) -> String {
        self.0.replacen('*', captured, 1)
    }
}

/// Addresses by their first bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    address: IpAddr,
    bits: u8,
}

impl Network {
    /// From `10.0.0.0/8`, `::1/128` or one address.
    ///
    /// # Errors
    /// What was expected.
    pub fn parse(text: &str) -> Result<Network, &'static str> {
        const EXPECTED: &str =
            "expected an address or a network such as 10.0.0.0/8, `loopback` or `all`";
        let (address, bits) = match text.split_once('/') {
            Some((address, bits)) => (address, Some(bits.parse::<u8>().map_err(|_| EXPECTED)?)),
            None => (text, None),
        };
        let address: IpAddr = address.parse().map_err(|_| EXPECTED)?;
        let most = if address.is_ipv4() { 32 } else { 128 };
        let bits = bits.unwrap_or(most);
        if bits > most {
            return Err(EXPECTED);
        }
        let network = Network { address, bits };
        if masked(address, bits) == bits_of(address) {
            Ok(network)
        } else {
            Err("the address has bits beyond the network's length: nothing would match as written")
        }
    }

    /// Whether the address is in it. An IPv4 address in IPv6 form counts as IPv4.
    pub fn contains(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        address.is_ipv4() == self.address.is_ipv4()
            && masked(address, self.bits) == bits_of(self.address)
    }

    /// Whether everything in it is loopback.
    pub fn is_loopback(&self) -> bool {
        self.address.is_loopback() && (self.address.is_ipv6() || self.bits >= 8)
    }
}

impl std::fmt::Display for Network {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.address, self.bits)
    }
}

/// The address from the highest bit of 128 down.
fn bits_of(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(address) => u128::from(address.to_bits()) << 96,
        IpAddr::V6(address) => address.to_bits(),
    }
}

fn masked(address: IpAddr, bits: u8) -> u128 {
    let mask = u128::MAX.checked_shl(128 - u32::from(bits)).unwrap_or(0);
    bits_of(address) & mask
}

/// Where a client may come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Addresses {
    /// Anywhere.
    All,
    /// One of these.
    Networks(Vec<Network>),
}

/// One rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Databases; one of these.
    pub databases: Vec<NamePattern>,
    /// Users; one of these.
    pub users: Vec<NamePattern>,
    /// Where from.
    pub addresses: Addresses,
    /// Only with, or only without TLS. `None`: both.
    pub tls: Option<bool>,
    /// How.
    pub method: Method,
}

impl Rule {
    /// For every connection.
    pub fn for_all(method: Method) -> Rule {
        let all = || vec![NamePattern("*".to_owned())];
        Rule {
            databases: all(),
            users: all(),
            addresses: Addresses::All,
            tls: None,
            method,
        }
    }

    /// Whether every connection matches, with TLS or without.
    pub fn is_for_all(&self) -> bool {
        let all = |names: &[NamePattern]| names.iter().any(NamePattern::is_all);
        all(&self.databases)
            && all(&self.users)
            && self.addresses == Addresses::All
            && self.tls.is_none()
    }

    /// Whether only clients on this host match.
    pub fn is_for_loopback(&self) -> bool {
        match &self.addresses {
            Addresses::All => false,
            Addresses::Networks(networks) => networks.iter().all(Network::is_loopback),
        }
    }

    fn matches(&self, asking: &Asking<'_>) -> bool {
        let one_of = |names: &[NamePattern], name: &str| {
            names.iter().any(|pattern| pattern.captures(name).is_some())
        };
        one_of(&self.databases, asking.database)
            && one_of(&self.users, asking.user)
            && self.tls.is_none_or(|tls| tls == asking.tls)
            && match &self.addresses {
                Addresses::All => true,
                Addresses::Networks(networks) => {
                    networks.iter().any(|network| network.contains(asking.peer))
                }
            }
    }
}

/// Who wants in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asking<'a> {
    /// As whom.
    pub user: &'a str,
    /// Where to.
    pub database: &'a str,
    /// From where.
    pub peer: IpAddr,
    /// Over TLS.
    pub tls: bool,
}

/// The first rule that matches.
pub fn choose<'a>(rules: &'a [Rule], asking: &Asking<'_>) -> Option<&'a Rule> {
    rules.iter().find(|rule| rule.matches(asking))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn names(texts: &[&str]) -> Vec<NamePattern> {
        texts
            .iter()
            .map(|text| NamePattern::parse(text).unwrap())
            .collect()
    }

    #[test]
    fn networks_hold_the_addresses_they_say() {
        let holds = |network: &str, address: &str| {
            Network::parse(network)
                .unwrap()
                .contains(address.parse().unwrap())
        };
        assert!(holds("10.0.0.0/8", "10.255.0.1"));
        assert!(holds("10.0.0.0/8", "::ffff:10.1.2.3"));
        assert!(!holds("10.0.0.0/8", "11.0.0.1"));
        assert!(holds("0.0.0.0/0", "192.0.2.1"));
        assert!(!holds("0.0.0.0/0", "::1"));
        assert!(holds("::1", "::1"));
        assert!(holds("2001:db8::/33", "2001:db8:7fff::1"));
        assert!(!holds("2001:db8::/33", "2001:db8:8000::1"));
        for wrong in ["10.0.0.1/8", "10.0.0.0/33", "::/129", "localhost", "", "/8"] {
            assert!(Network::parse(wrong).is_err(), "{wrong}");
        }
        assert!(Network::parse("127.0.0.0/8").unwrap().is_loopback());
        assert!(!Network::parse("96.0.0.0/3").unwrap().is_loopback());
    }

    #[test]
    fn the_first_rule_that_matches_decides() {
        let rule = |database: &str, user: &str, network: &str, tls, method| Rule {
            databases: names(&[database]),
            users: names(&[user]),
            addresses: match network {
                "all" => Addresses::All,
                network => Addresses::Networks(vec![Network::parse(network).unwrap()]),
            },
            tls,
            method,
        };
        let rules = [
            rule("all", "mallory", "all", None, Method::Reject),
            rule("tenant_*", "all", "10.0.0.0/8", Some(true), Method::Scram),
            rule("shop", "ann", "all", Some(false), Method::Password),
        ];
        let chosen = |database, user, peer: &str, tls| {
            let asking = Asking {
                user,
                database,
                peer: peer.parse().unwrap(),
                tls,
            };
            choose(&rules, &asking).map(|rule| rule.method.name())
        };
        assert_eq!(
            chosen("tenant_1", "mallory", "10.0.0.1", true),
            Some(MethodName::Reject)
        );
        assert_eq!(
            chosen("tenant_1", "ann", "10.0.0.1", true),
            Some(MethodName::Scram)
        );
        assert_eq!(chosen("tenant_1", "ann", "10.0.0.1", false), None);
        assert_eq!(chosen("tenant_1", "ann", "192.0.2.1", true), None);
        assert_eq!(
            chosen("shop", "ann", "::1", false),
            Some(MethodName::Password)
        );
        assert_eq!(chosen("Shop", "ann", "::1", false), None);
    }

    #[test]
    fn a_star_stands_for_what_it_captures() {
        let pattern = NamePattern::parse("*@example.com").unwrap();
        assert_eq!(pattern.captures("ann@example.com"), Some("ann"));
        assert_eq!(pattern.captures("example.com"), None);
        assert_eq!(NamePattern::parse("aba*aba").unwrap().captures("aba"), None);
        assert_eq!(NamePattern::parse("app_*").unwrap().filled("7"), "app_7");
        assert!(NamePattern::parse("a*b*").is_err());
        assert!(NamePattern::parse("all").unwrap().is_all());
    }
}
