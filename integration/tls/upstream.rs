//! The server's side: each mode against servers with and without TLS, with the right roots and with others.

use std::os::unix::fs::{MetadataExt, chown};

use std::sync::OnceLock;

use sealwire::embedded::{Options, Server};

use super::{file, folder};
use crate::harness::certificates::{self, Issued, Issuer};
use crate::harness::{Database, Output, Proxy, Site, psql, psql_with, python, start};

/// A server that takes the roles of these tests in TLS alone, and its issuer.
fn server() -> &'static (Server, Issuer) {
    static SERVER: OnceLock<(Server, Issuer)> = OnceLock::new();
    SERVER.get_or_init(|| {
        let issuer = Issuer::new("the server's");
        let server = start(Options::default());
        secure(
            &server,
            &issuer.server(&["localhost", "127.0.0.1"]),
            Some(&issuer),
            RULES,
        );
        (server, issuer)
    })
}

/// Lets nobody but the superuser and two more do without TLS.
const RULES: &str = "local all all trust\n\
        hostnossl all postgres 127.0.0.1/32 trust\n\
        hostssl all postgres 127.0.0.1/32 trust\n\
        hostssl all by_cert 127.0.0.1/32 cert\n\
        hostnossl all plainly 127.0.0.1/32 scram-sha-256\n\
        hostnossl all sealwire 127.0.0.1/32 trust\n\
        hostssl all all 127.0.0.1/32 scram-sha-256\n";

/// Switches TLS on in a running server, with these rules of pg_hba.conf.
pub(crate) fn secure(server: &Server, issued: &Issued, clients: Option<&Issuer>, rules: &str) {
    let data = server.data_dir();
    certificates::write(&data, "server", issued);
    std::fs::write(
        data.join("clients.crt"),
        clients.map(Issuer::pem).unwrap_or_default(),
    )
    .unwrap();
    let owner = std::fs::metadata(data.join("PG_VERSION")).unwrap();
    for name in ["server.crt", "server.key", "clients.crt"] {
        chown(data.join(name), Some(owner.uid()), Some(owner.gid())).unwrap();
    }
    std::fs::write(data.join("pg_hba.conf"), rules).unwrap();
    let url = server.url(server.superuser(), "postgres");
    if clients.is_some() {
        run(&url, "alter system set ssl_ca_file = 'clients.crt'");
    }
    run(&url, "alter system set ssl = on");
    run(&url, "select pg_reload_conf()");
    crate::harness::until(|| {
        psql_with(&format!("{url}?sslmode=require"), &[], "select 1").code == 0
    });
}

fn run(url: &str, sql: &str) {
    let output = psql_with(url, &["-q", "-v", "ON_ERROR_STOP=1"], sql);
    assert_eq!(output.code, 0, "{output:?}");
}

/// A site before a server, with this `tls`, its roots in `../tls/ca.crt`, and the service user's password.
fn site(database: &Database, issuer: &Issuer, tls: &str) -> Site {
    let site = Site::new(database, "");
    std::fs::write(folder(&site).join("ca.crt"), issuer.pem()).unwrap();
    std::fs::write(folder(&site).join("other.crt"), Issuer::new("other").pem()).unwrap();
    std::fs::write(site.folder().join("service"), "sealwire").unwrap();
    site.settings(&[
        (
            "[upstream.service]",
            &format!("tls = {tls}\n[upstream.service]"),
        ),
        (
            "user = \"sealwire\"",
            "user = \"sealwire\"\npassword_file = \"../service\"",
        ),
    ]);
    site
}

fn ann(proxy: &Proxy) -> Output {
    let url = proxy.url("ann").replace("ann@", "ann:ann@");
    psql(
        &url,
        "select 'tls=' || ssl || ' ' || coalesce(version, '') from pg_stat_ssl where pid = pg_backend_pid()",
    )
}

#[test]
fn every_mode_with_the_right_roots_and_with_others() {
    let (server, issuer) = server();
    for (tls, reason) in [
        (r#""require""#, None),
        (r#"{ mode = "verify-ca", roots = "../tls/ca.crt" }"#, None),
        (r#"{ mode = "verify-full", roots = "../tls/ca.crt" }"#, None),
        (
            r#"{ mode = "verify-full", roots = "../tls/ca.crt", server_name = "localhost" }"#,
            None,
        ),
        (
            r#"{ mode = "verify-ca", roots = "../tls/ca.crt", server_name = "elsewhere" }"#,
            None,
        ),
        (
            r#"{ mode = "verify-full", roots = "../tls/ca.crt", server_name = "elsewhere" }"#,
            Some("the certificate is not for elsewhere"),
        ),
        (
            r#"{ mode = "verify-ca", roots = "../tls/other.crt" }"#,
            Some("issued by nobody among the roots"),
        ),
        (
            r#"{ mode = "verify-full", roots = "../tls/other.crt" }"#,
            Some("issued by nobody among the roots"),
        ),
        (r#""verify-full""#, Some("issued by nobody among the roots")),
    ] {
        let database = Database::create_on(server, &["ann"]);
        let proxy = site(&database, issuer, tls).serve();
        let output = ann(&proxy);
        match reason {
            None => assert!(
                output.stdout.contains("tls=true TLSv1.3"),
                "{tls}: {output:?} {}",
                proxy.log()
            ),
            Some(reason) => {
                assert!(
                    output.stderr.contains("could not secure the connection"),
                    "{tls}: {output:?}"
                );
                assert!(output.stderr.contains("SW431"), "{tls}: {output:?}");
                assert!(proxy.log().contains(reason), "{tls}: {}", proxy.log());
                assert!(
                    proxy
                        .metrics()
                        .contains("sealwire_upstream_errors_total{kind=\"tls\"} 1"),
                    "{tls}"
                );
                // The service connection says so to the operator.
                let said = proxy
                    .site
                    .sealwire(&["status", "--database", database.name()]);
                assert!(said.stderr.contains(reason), "{tls}: {said:?}");
            }
        }
    }
    // Without TLS this server lets nobody in: it is not asked for a password.
    let database = Database::create_on(server, &["ann"]);
    let proxy = site(&database, issuer, "\"disable\"").serve();
    let output = ann(&proxy);
    assert!(output.stderr.contains("no encryption"), "{output:?}");
}

#[test]
fn a_server_without_tls_is_an_error_where_it_is_demanded() {
    let database = Database::create(&["ann"]);
    let issuer = Issuer::new("nobody");
    let proxy = site(&database, &issuer, "\"require\"").serve();
    let output = ann(&proxy);
    assert!(
        output.stderr.contains("could not secure the connection"),
        "{output:?}"
    );
    assert!(proxy.log().contains("TLS switched off"), "{}", proxy.log());
}

#[test]
fn certificates_out_of_time_and_self_signed_ones() {
    let issuer = Issuer::new("the server's");
    let server: &'static Server = Box::leak(Box::new(start(Options::default())));
    secure(server, &issuer.expired(&["127.0.0.1"]), None, RULES);
    let database = Database::create_on(server, &["ann"]);
    let expired = site(
        &database,
        &issuer,
        r#"{ mode = "verify-full", roots = "../tls/ca.crt" }"#,
    )
    .serve();
    let output = ann(&expired);
    assert!(
        output.stderr.contains("could not secure the connection"),
        "{output:?}"
    );
    assert!(
        expired.log().contains("the certificate has expired"),
        "{}",
        expired.log()
    );
    drop(expired);
    // A self-signed certificate is its own root.
    let database = Database::create_on(server, &["ann"]);
    let own = certificates::self_signed(&["127.0.0.1"]);
    secure(server, &own, None, RULES);
    let proxy = site(
        &database,
        &issuer,
        r#"{ mode = "verify-full", roots = "../tls/ca.crt" }"#,
    );
    std::fs::write(folder(&proxy).join("ca.crt"), &own.cert).unwrap();
    let proxy = proxy.serve();
    let output = ann(&proxy);
    assert!(
        output.stdout.contains("tls=true"),
        "{output:?} {}",
        proxy.log()
    );
    // And renewed roots are taken while it runs.
    secure(server, &issuer.server(&["127.0.0.1"]), None, RULES);
    assert_ne!(ann(&proxy).code, 0);
    std::fs::write(folder(&proxy.site).join("ca.crt"), issuer.pem()).unwrap();
    crate::harness::until(|| ann(&proxy).stdout.contains("tls=true"));
}

#[test]
fn the_service_user_shows_a_certificate_of_its_own() {
    let (server, issuer) = server();
    let database = Database::create_on(server, &["ann", "by_cert"]);
    let site = site(
        &database,
        issuer,
        r#"{ mode = "verify-full", roots = "../tls/ca.crt" }"#,
    );
    database.run("grant sealwire to by_cert");
    certificates::write(&folder(&site), "service", &issuer.client("by_cert"));
    site.settings(&[("user = \"sealwire\"", "user = \"by_cert\"")]);
    let without = site.sealwire(&["status", "--database", database.name()]);
    assert!(without.stderr.contains("certificate"), "{without:?}");
    site.settings(&[(
        "password_file = \"../service\"",
        "cert = \"../tls/service.crt\"\nkey = \"../tls/service.key\"",
    )]);
    let with = site.sealwire(&["status", "--database", database.name()]);
    assert_eq!(with.code, 0, "{with:?}");
    let proxy = site.serve();
    assert!(ann(&proxy).stdout.contains("tls=true"), "{}", proxy.log());
}

#[test]
fn an_owners_address_is_never_taken_for_less_than_it_asks() {
    let (server, issuer) = server();
    let database = Database::create_on(server, &["ann"]);
    let site = site(&database, issuer, "\"require\"");
    let ca = file(&folder(&site).join("ca.crt"));
    let other = file(&folder(&site).join("other.crt"));
    let base = format!(
        "postgres://ann:ann@127.0.0.1:{}/{}",
        server.port(),
        database.name()
    );
    let check = |query: &str| {
        let url = format!("{base}{query}");
        site.sealwire(&["init", "--upstream", &url])
    };
    // What matters is that it gets as far as the server: ann may not make the schema anew.
    for query in [
        "?sslmode=require".to_owned(),
        format!("?sslmode=verify-full&sslrootcert={ca}"),
        format!("?sslmode=verify-ca&sslrootcert={ca}&application_name=x"),
        // Nothing is said: the rules' own mode for this host.
        String::new(),
    ] {
        let output = check(&query);
        assert!(
            !output.stderr.contains("cannot connect"),
            "{query}: {output:?}"
        );
    }
    for (query, reason) in [
        ("?sslmode=disable".to_owned(), "no encryption"),
        ("?sslmode=prefer".to_owned(), "go on without TLS unnoticed"),
        (
            format!("?sslmode=verify-full&sslrootcert={other}"),
            "issued by nobody among the roots",
        ),
        (
            format!("?sslmode=require&sslrootcert={other}"),
            "issued by nobody among the roots",
        ),
        (
            "?sslmode=verify-full".to_owned(),
            "issued by nobody among the roots",
        ),
        (
            "?sslmode=verify-full&sslrootcert=/nowhere.pem".to_owned(),
            "cannot be read",
        ),
    ] {
        let output = check(&query);
        assert_ne!(output.code, 0, "{query}: {output:?}");
        assert!(output.stderr.contains(reason), "{query}: {output:?}");
        assert!(!output.stderr.contains("ann:ann"), "{output:?}");
    }
}

#[test]
fn big_results_pipelines_and_cancel_through_the_servers_tls() {
    let (server, issuer) = server();
    let database = Database::create_on(server, &["ann"]);
    let proxy = site(
        &database,
        issuer,
        r#"{ mode = "verify-full", roots = "../tls/ca.crt" }"#,
    )
    .serve();
    let script = r#"
import sys, threading, psycopg
with psycopg.connect(sys.argv[1], autocommit=True) as c:
    rows = c.execute("select g, repeat('x', 1000) from generate_series(1, 50000) g").fetchall()
    assert len(rows) == 50000
    assert len(c.execute("select %s::text", ("y" * 20_000_000,)).fetchone()[0]) == 20_000_000
    with c.pipeline():
        answers = [c.execute("select %s::int, repeat('z', 3000)", (i,)) for i in range(2000)]
    assert [a.fetchone()[0] for a in answers] == list(range(2000))
    for i in range(500):
        assert c.execute("select %s::int", (i,)).fetchone() == (i,)
    threading.Timer(0.5, c.cancel).start()
    try:
        c.execute("select pg_sleep(30)")
        raise SystemExit("not cancelled")
    except psycopg.errors.QueryCanceled:
        pass
print("ok")
"#;
    let url = proxy.url("ann").replace("ann@", "ann:ann@");
    let output = python(script, &[&url]);
    assert_eq!(output.stdout.trim(), "ok", "{output:?} {}", proxy.log());
}

#[test]
fn what_comes_with_the_servers_answer_is_not_taken_for_its_own() {
    use std::io::{Read, Write};
    let database = Database::create(&["ann"]);
    let site = site(&database, &Issuer::new("nobody"), "\"require\"");
    // Somebody in the middle answers for the server, and puts bytes behind the `S`.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut request = [0; 8];
            if stream.read_exact(&mut request).is_ok() {
                let _gone = stream.write_all(b"SE\0\0\0\x08hi\0");
            }
        }
    });
    let server = format!("address = \"127.0.0.1:{}\"", database.server().port());
    site.settings(&[(&server, &format!("address = \"127.0.0.1:{port}\""))]);
    let proxy = site.serve();
    let output = ann(&proxy);
    assert!(
        output.stderr.contains("could not secure the connection"),
        "{output:?}"
    );
    assert!(
        proxy.log().contains("before the handshake"),
        "{}",
        proxy.log()
    );
}

#[test]
fn a_relayed_scram_login_through_the_clients_tls_alone() {
    let (server, _issuer) = server();
    let database = Database::create_on(server, &["plainly"]);
    let (site, _issuer) = super::secured(&database, "");
    site.settings(&[(
        "[upstream.service]",
        "tls = \"disable\"\n[upstream.service]",
    )]);
    let ca = file(&folder(&site).join("ca.crt"));
    let proxy = site.serve();
    let words = format!("sslmode=verify-full sslrootcert={ca} password=plainly");
    let login = |more: &str| {
        psql(
            &super::url(&proxy, "localhost", "plainly", &format!("{words} {more}")),
            "select 'in'",
        )
    };
    assert!(login("").stdout.contains("in"), "{:?}", login(""));
    // There is nothing to bind to through two connections, and a client that insists is told so by itself.
    let bound = login("channel_binding=require");
    assert!(bound.stderr.contains("channel binding"), "{bound:?}");
}
