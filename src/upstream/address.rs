//! Where the server is.

use std::path::PathBuf;

/// The address of `[upstream]`: `host:port`, `[::1]:port`, or the directory or path of a unix socket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    /// TCP.
    Tcp(String),
    /// A unix socket.
    Unix(PathBuf),
}

impl Address {
    /// Reads an address: a path where it starts with `/`. A directory gets the socket's usual name,
    /// `.s.PGSQL.PORT`, with the port after a last colon or 5432. A host without a port gets 5432.
    pub fn parse(text: &str) -> Address {
        if !text.starts_with('/') {
            let has_port = text.rsplit_once(':').is_some_and(|(host, port)| {
                port.parse::<u16>().is_ok() && (!host.contains(':') || host.ends_with(']'))
            });
            return Address::Tcp(if has_port {
                text.to_owned()
            } else {
                format!("{text}:5432")
            });
        }
        if text
            .rsplit('/')
            .next()
            .is_some_and(|name| name.starts_with(".s.PGSQL."))
        {
            return Address::Unix(PathBuf::from(text));
        }
        let (directory, port) = match text.rsplit_once(':') {
            Some((directory, port)) if port.parse::<u16>().is_ok() => (directory, port),
            Some(_) | None => (text, "5432"),
        };
        Address::Unix(PathBuf::from(directory).join(format!(".s.PGSQL.{port}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_paths_and_directories() {
        for (text, expected) in [
            ("127.0.0.1:5433", Address::Tcp("127.0.0.1:5433".to_owned())),
            ("db", Address::Tcp("db:5432".to_owned())),
            ("[::1]:5433", Address::Tcp("[::1]:5433".to_owned())),
            ("/run/pg", Address::Unix("/run/pg/.s.PGSQL.5432".into())),
            (
                "/run/pg:5433",
                Address::Unix("/run/pg/.s.PGSQL.5433".into()),
            ),
            ("/run/.s.PGSQL.1", Address::Unix("/run/.s.PGSQL.1".into())),
        ] {
            assert_eq!(Address::parse(text), expected, "{text}");
        }
    }
}
