//! TLS with clients and with the server: who is let in, who is refused and in which words, and that nothing else changes.

mod checked;
pub(crate) mod clients;
mod hello;
mod packets;
mod renewed;
pub(crate) mod upstream;

use std::path::Path;

use crate::harness::certificates::{self, Issuer};
use crate::harness::{Database, Proxy, Site};

/// `[listen.tls]` of a site whose certificates lie in a folder of its own.
fn listen(site: &Site, more: &str) {
    let tls = format!(
        "[listen.tls]\ncert = \"../tls/server.crt\"\nkey = \"../tls/server.key\"\n{more}\n[upstream]"
    );
    site.settings(&[("[upstream]", &tls)]);
}

/// A site with certificates: an issuer, a server certificate for `localhost` and 127.0.0.1.
fn secured(database: &Database, more: &str) -> (Site, Issuer) {
    let site = Site::new(database, "");
    let issuer = Issuer::new("Sealwire tests");
    certificates::write(
        &folder(&site),
        "server",
        &issuer.server(&["localhost", "127.0.0.1"]),
    );
    std::fs::write(folder(&site).join("ca.crt"), issuer.pem()).unwrap();
    listen(&site, more);
    (site, issuer)
}

fn folder(site: &Site) -> std::path::PathBuf {
    let folder = site.folder().join("tls");
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// A connection string through the proxy with more words.
fn url(proxy: &Proxy, host: &str, role: &str, words: &str) -> String {
    let database = proxy.url(role);
    let database = database.rsplit('/').next().unwrap();
    format!(
        "host={host} port={} user={role} dbname={database} {words}",
        proxy.port()
    )
}

fn file(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
