//! PostgreSQL: one server for the process, or one of a test's own.

use std::sync::OnceLock;

use sealwire::embedded::{Binaries, Options, Server, find};

/// The server's binaries: those of `SEALWIRE_PG_BIN`, else the newest found.
pub fn binaries() -> &'static Binaries {
    static BINARIES: OnceLock<Binaries> = OnceLock::new();
    BINARIES.get_or_init(|| find().unwrap_or_else(|error| panic!("{error}")))
}

/// The server that the tests of this process share. It ends with the process.
pub fn shared() -> &'static Server {
    static SERVER: OnceLock<Server> = OnceLock::new();
    SERVER.get_or_init(|| {
        start(Options {
            settings: vec![("max_connections".to_owned(), "200".to_owned())],
            ..Options::default()
        })
    })
}

/// The shared server's version, as `server_version_num` has it.
pub fn version() -> u32 {
    let server = shared();
    let url = server.url(server.superuser(), "postgres");
    let told = super::tools::psql_with(&url, &["-q", "-A", "-t"], "show server_version_num");
    told.stdout.trim().parse().unwrap()
}

/// A server of a test's own.
pub fn start(options: Options) -> Server {
    Server::start(binaries(), options).unwrap_or_else(|error| panic!("{error}"))
}

/// A tokio-postgres client; its connection task ends with it.
pub async fn connect(url: &str) -> tokio_postgres::Client {
    let (client, connection) = tokio_postgres::connect(url, tokio_postgres::NoTls)
        .await
        .unwrap_or_else(|error| panic!("connecting to {url}: {error:?}"));
    tokio::spawn(connection);
    client
}
