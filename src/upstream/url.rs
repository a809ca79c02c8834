//! What an address says of TLS, in libpq's words. The driver knows few of them, and takes some for less than they ask.

use crate::policy::{
    CertificateFiles, NamedFile, Place, Roots, Setting, UpstreamTls, UpstreamTlsMode,
};

/// The words of an address that are about TLS.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Asked {
    mode: Option<UpstreamTlsMode>,
    roots: Option<String>,
    cert: Option<String>,
    key: Option<String>,
}

/// Divides an address (a URL, or `key=value` words) into what is about TLS and the rest.
///
/// # Errors
/// For a word that is not known, or that asks for something unverifiable.
pub(super) fn divide(address: &str) -> Result<(String, Asked), String> {
    let mut asked = Asked::default();
    if !address.contains("://") {
        let mut rest = String::new();
        for word in words(address) {
            let (name, value) = word.split_once('=').unwrap_or((word, ""));
            if !asked.take(name.trim(), &unquoted(value.trim()))? {
                rest.push_str(word);
                rest.push(' ');
            }
        }
        return Ok((rest, asked));
    }
    let Some((start, query)) = address.split_once('?') else {
        return Ok((address.to_owned(), asked));
    };
    let mut rest = Vec::new();
    for part in query.split('&').filter(|part| !part.is_empty()) {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        if !asked.take(&decoded(name), &decoded(value))? {
            rest.push(part);
        }
    }
    let rest = match rest.is_empty() {
        true => start.to_owned(),
        false => format!("{start}?{}", rest.join("&")),
    };
    Ok((rest, asked))
}

impl Asked {
    /// Whether the word is about TLS.
    fn take(&mut self, name: &str, value: &str) -> Result<bool, String> {
        match name {
            "sslmode" => {
                self.mode = Some(match value {
                    "disable" => UpstreamTlsMode::Disable,
                    "require" => UpstreamTlsMode::Require,
                    "verify-ca" => UpstreamTlsMode::VerifyCa,
                    "verify-full" => UpstreamTlsMode::VerifyFull,
                    "prefer" | "allow" => {
                        return Err("sslmode=prefer and allow go on without TLS unnoticed: expected sslmode=disable, require, verify-ca or verify-full".to_owned());
                    }
                    _ => {
                        return Err("unknown sslmode in the upstream address: expected disable, require, verify-ca or verify-full".to_owned());
                    }
                });
            }
            "sslrootcert" => self.roots = Some(value.to_owned()),
            "sslcert" => self.cert = Some(value.to_owned()),
            "sslkey" => self.key = Some(value.to_owned()),
            "sslnegotiation" if value == "postgres" => {}
            other if other.starts_with("ssl") => {
                return Err(format!(
                    "`{other}` in the upstream address is not supported: expected sslmode, sslrootcert, sslcert, sslkey"
                ));
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// As settings. `known` is what the rules say of the same host.
    pub(super) fn settings(
        self,
        host: &str,
        known: Option<&UpstreamTls>,
    ) -> Result<UpstreamTls, String> {
        let mut tls = known.cloned().unwrap_or_else(|| UpstreamTls {
            mode: UpstreamTlsMode::default_for(host),
            roots: Roots::System,
            certificate: None,
            server_name: None,
            place: Setting::default(),
        });
        tls.place = Setting(place("sslmode"));
        let file = |key: &str, path: String| NamedFile {
            path: path.into(),
            place: place(key),
        };
        if let Some(roots) = self.roots {
            tls.roots = match roots.as_str() {
                "system" => Roots::System,
                _ => Roots::File(file("sslrootcert", roots)),
            };
            match self.mode {
                // With roots at hand, libpq verifies what they have issued.
                Some(UpstreamTlsMode::Require) => tls.mode = UpstreamTlsMode::VerifyCa,
                None => tls.mode = UpstreamTlsMode::VerifyFull,
                Some(mode) => tls.mode = mode,
            }
        } else if let Some(mode) = self.mode {
            tls.mode = mode;
        }
        if tls.mode == UpstreamTlsMode::VerifyCa && tls.roots == Roots::System {
            return Err("sslmode=verify-ca with the system's roots trusts whoever has any certificate at all: expected sslrootcert=FILE, or sslmode=verify-full".to_owned());
        }
        match (self.cert, self.key) {
            (Some(cert), Some(key)) => {
                tls.certificate = Some(CertificateFiles {
                    cert: file("sslcert", cert),
                    key: file("sslkey", key),
                });
            }
            (None, None) => {}
            (Some(_), None) | (None, Some(_)) => {
                return Err("sslcert and sslkey belong together in the upstream address".to_owned());
            }
        }
        Ok(tls)
    }
}

fn place(key: &str) -> Place {
    Place {
        file: "the upstream address".to_owned(),
        line: 0,
        key: key.to_owned(),
    }
}

/// Words divided by spaces outside of quotes.
fn words(text: &str) -> Vec<&str> {
    let (mut quoted, mut escaped) = (false, false);
    text.split(|c: char| {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '\'' => quoted = !quoted,
            _ => {}
        }
        c.is_whitespace() && !quoted
    })
    .filter(|word| !word.is_empty())
    .collect()
}

fn unquoted(value: &str) -> String {
    let inner = value
        .strip_prefix('\'')
        .and_then(|value| value.strip_suffix('\''))
        .unwrap_or(value);
    let (mut out, mut escaped) = (String::new(), false);
    for c in inner.chars() {
        if c == '\\' && !escaped {
            escaped = true;
        } else {
            out.push(c);
            escaped = false;
        }
    }
    out
}

/// `%2F` and the like.
fn decoded(value: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = value.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let hex = (*first == b'%')
            .then(|| after.get(..2))
            .flatten()
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match hex {
            Some(byte) => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn asked(address: &str) -> (String, UpstreamTls) {
        let (rest, asked) = divide(address).unwrap();
        (rest, asked.settings("db.example.com", None).unwrap())
    }

    #[test]
    fn words_about_tls_are_taken_out_of_both_forms() {
        let (rest, tls) = asked(
            "postgres://o:p@db.example.com/shop?sslmode=verify-full&sslrootcert=%2Fetc%2Fca.pem&connect_timeout=3",
        );
        assert_eq!(rest, "postgres://o:p@db.example.com/shop?connect_timeout=3");
        assert_eq!(tls.mode, UpstreamTlsMode::VerifyFull);
        assert!(
            matches!(tls.roots, Roots::File(file) if file.path.to_str() == Some("/etc/ca.pem"))
        );
        let (rest, tls) = asked(
            r"host=db.example.com password='a b\' sslmode=disable' sslmode = 'require'"
                .replace(" = ", "=")
                .as_str(),
        );
        assert_eq!(
            rest,
            r"host=db.example.com password='a b\' sslmode=disable' "
        );
        assert_eq!(tls.mode, UpstreamTlsMode::Require);
    }

    #[test]
    fn never_less_than_was_asked_for() {
        let mode = |query: &str| asked(&format!("postgres://h/d?{query}")).1.mode;
        assert_eq!(mode("application_name=x"), UpstreamTlsMode::VerifyFull);
        assert_eq!(mode("sslrootcert=x"), UpstreamTlsMode::VerifyFull);
        assert_eq!(
            mode("sslmode=require&sslrootcert=x"),
            UpstreamTlsMode::VerifyCa
        );
        for bad in [
            "sslmode=prefer",
            "sslmode=off",
            "sslcrl=x",
            "sslnegotiation=direct",
        ] {
            assert!(divide(&format!("postgres://h/d?{bad}")).is_err(), "{bad}");
        }
        for bad in ["sslmode=verify-ca", "sslmode=verify-full&sslcert=x"] {
            let (_, asked) = divide(&format!("postgres://h/d?{bad}")).unwrap();
            assert!(asked.settings("h", None).is_err(), "{bad}");
        }
        let local = divide("postgres://localhost/d").unwrap().1;
        let local = local.settings("localhost", None).unwrap();
        assert_eq!(local.mode, UpstreamTlsMode::Disable);
    }
}
