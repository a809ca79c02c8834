//! Who gets in, by which method, over which way, and who does not: every method of `[auth]` against every method of the
//! server, with drivers that people use.

mod certificate;
mod drivers;
mod hostile;
mod lookup;
mod rules;
mod scram;
mod unasked;
mod users;
mod ways;

use std::os::unix::fs::PermissionsExt;
use std::sync::OnceLock;

use sealwire::embedded::{Options, Server};

use crate::harness::certificates::{self, Issuer};
use crate::harness::{Database, Output, Proxy, Site, psql, start};
use crate::tls::upstream::secure;

/// Who asks the clients of this server for what.
const RULES: &str = "local all all trust\n\
    host all postgres 127.0.0.1/32 trust\n\
    host all sealwire 127.0.0.1/32 trust\n\
    host all trusted 127.0.0.1/32 trust\n\
    host all hashed 127.0.0.1/32 md5\n\
    host all clear 127.0.0.1/32 password\n\
    hostssl all by_cert 127.0.0.1/32 cert\n\
    host all all 127.0.0.1/32 scram-sha-256\n";

/// Its roles; the password of each is its name.
const ROLES: &[&str] = &["ann", "bob", "trusted", "clear", "by_cert"];

/// A server with TLS that asks for passwords, and its issuer.
fn server() -> &'static (Server, Issuer) {
    static SERVER: OnceLock<(Server, Issuer)> = OnceLock::new();
    SERVER.get_or_init(|| {
        let issuer = Issuer::new("the server's");
        let server = start(Options::default());
        let own = issuer.server(&["localhost", "127.0.0.1"]);
        secure(&server, &own, Some(&issuer), RULES);
        let url = server.url(server.superuser(), "postgres");
        psql(
            &url,
            "set password_encryption = 'md5'; create role hashed login password 'hashed'",
        )
        .ok();
        (server, issuer)
    })
}

pub(crate) fn database() -> Database {
    Database::create_on(&server().0, ROLES)
}

/// Whether clients can speak TLS with the proxy.
const TLS: &str = "[listen.tls]\ncert = \"../tls/server.crt\"\nkey = \"../tls/server.key\"\nclient_ca = \"../tls/ca.crt\"\n[upstream]";

/// A site with this `[auth]` and `upstream.tls`; `tls/` holds a server certificate, `ca.crt` and the client certificates
/// of ann and by_cert.
fn site(database: &Database, auth: &str, client_tls: bool, upstream_tls: &str) -> Site {
    let site = Site::new(database, "");
    let issuer = &server().1;
    let tls = site.folder().join("tls");
    std::fs::create_dir_all(&tls).unwrap();
    std::fs::write(tls.join("ca.crt"), issuer.pem()).unwrap();
    certificates::write(&tls, "server", &issuer.server(&["localhost", "127.0.0.1"]));
    for name in ["ann", "by_cert"] {
        certificates::write(&tls, name, &issuer.client(name));
    }
    site.settings(&[
        ("[auth]\nmethod = \"relay\"", &format!("[auth]\n{auth}")),
        (
            "[upstream.service]",
            &format!("tls = {upstream_tls}\n[upstream.service]"),
        ),
    ]);
    if client_tls {
        site.settings(&[("[upstream]", TLS)]);
    }
    site
}

const SCRAM: &str = "method = \"scram\"\nusers_file = \"../users\"";
const PASSWORD: &str = "method = \"password\"";
const VERIFIED: &str = "{ mode = \"verify-full\", roots = \"../tls/ca.crt\" }";

/// Takes the server's verifiers over.
fn import(site: &Site, database: &Database, names: &[&str]) {
    let url = database.superuser_url();
    let mut arguments = vec!["users", "import", "--upstream", &url];
    arguments.extend(names);
    site.sealwire(&arguments).ok();
}

/// A file that only its owner may reach.
fn secret(site: &Site, name: &str, text: &str) {
    let path = site.folder().join(name);
    std::fs::write(&path, text).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
}

/// A connection string through the proxy.
fn to(proxy: &Proxy, user: &str, password: &str, words: &str) -> String {
    let url = proxy.url(user);
    let database = url.rsplit('/').next().unwrap();
    let password = match password {
        "" => String::new(),
        password => format!("password='{password}'"),
    };
    format!(
        "host=127.0.0.1 port={} user={user} dbname={database} {password} {words}",
        proxy.port()
    )
}

/// Who the server says one is, and whether by TLS.
const WHO: &str =
    "select current_user || ' tls=' || ssl from pg_stat_ssl where pid = pg_backend_pid()";

fn comes_in(proxy: &Proxy, user: &str, password: &str, words: &str) -> Output {
    psql(&to(proxy, user, password, words), WHO)
}

#[track_caller]
fn is_in(output: &Output, user: &str) {
    assert!(
        output.code == 0 && output.stdout.contains(&format!("{user} tls=")),
        "{output:?}"
    );
}

#[track_caller]
fn is_out(output: &Output, words: &str) {
    assert!(
        output.code != 0 && output.stderr.contains(words),
        "expected {words}: {output:?}"
    );
}
