//! Clients as people use them, against every way to listen.

use std::net::UdpSocket;

use super::{file, folder, listen, secured, url};
use crate::harness::certificates::{self, Issuer};
use crate::harness::{Database, Raw, Site, psql, python};

const WHO: &str = "select coalesce((select 'served'), '')";

#[test]
fn every_sslmode_against_optional_tls() {
    let database = Database::create(&["ann"]);
    let (site, _issuer) = secured(&database, "");
    let ca = file(&folder(&site).join("ca.crt"));
    let wrong = Issuer::new("another");
    let other = folder(&site).join("other.crt");
    std::fs::write(&other, wrong.pem()).unwrap();
    let (other, proxy) = (file(&other), site.serve());
    let works = |host: &str, words: &str| {
        let output = psql(&url(&proxy, host, "ann", words), WHO);
        assert!(output.stdout.contains("served"), "{words}: {output:?}");
    };
    let fails = |host: &str, words: &str, reason: &str| {
        let output = psql(&url(&proxy, host, "ann", words), WHO);
        assert_ne!(output.code, 0, "{words}: {output:?}");
        assert!(output.stderr.contains(reason), "{words}: {output:?}");
    };
    for mode in ["disable", "allow", "prefer", "require"] {
        works("127.0.0.1", &format!("sslmode={mode}"));
    }
    for host in ["127.0.0.1", "localhost"] {
        works(host, &format!("sslmode=verify-full sslrootcert={ca}"));
        works(host, &format!("sslmode=verify-ca sslrootcert={ca}"));
        fails(
            host,
            &format!("sslmode=verify-full sslrootcert={other}"),
            "certificate verify failed",
        );
        fails(
            host,
            &format!("sslmode=require sslrootcert={other}"),
            "certificate verify failed",
        );
    }
    let page = proxy.metrics();
    assert!(
        page.contains("sealwire_sessions_by_transport_total{transport=\"tls\"} 6"),
        "{page}"
    );
    assert!(
        page.contains("sealwire_sessions_by_transport_total{transport=\"plain\"} 2"),
        "{page}"
    );
    crate::harness::until(|| {
        proxy
            .metrics()
            .contains("sealwire_tls_handshake_failures_total 4")
    });
    assert!(
        proxy.log().contains("a TLS handshake failed"),
        "{}",
        proxy.log()
    );
}

#[test]
fn required_tls_refuses_plain_from_this_host_before_a_password_is_asked_for() {
    let database = Database::create(&["ann"]);
    let (site, _issuer) = secured(&database, "require = true");
    let proxy = site.serve();
    let output = psql(&url(&proxy, "127.0.0.1", "ann", "sslmode=disable"), WHO);
    assert!(output.stderr.contains("SW430"), "{output:?}");
    assert!(
        output
            .stderr
            .contains("connections without TLS are not taken"),
        "{output:?}"
    );
    assert!(
        output.stderr.contains("sslmode=require"),
        "the hint: {output:?}"
    );
    let mut raw = Raw::open(proxy.port());
    raw.startup(196_608, &[("user", "ann"), ("database", database.name())]);
    let frames = raw.until_end();
    assert_eq!(
        (Raw::tags(&frames).as_str(), Raw::error(&frames).as_str()),
        ("E", "28000")
    );
    // `allow` begins without and goes on with TLS when it is refused so.
    for mode in ["allow", "prefer", "require"] {
        let output = psql(
            &url(&proxy, "127.0.0.1", "ann", &format!("sslmode={mode}")),
            WHO,
        );
        assert!(output.stdout.contains("served"), "{mode}: {output:?}");
    }
}

/// An address of this machine that is not its loopback.
pub(crate) fn outside() -> Option<String> {
    let socket = UdpSocket::bind("0.0.0.0:0").ok()?;
    socket.connect("192.0.2.200:9").ok()?;
    let address = socket.local_addr().ok()?.ip();
    (!address.is_loopback() && !address.is_unspecified()).then(|| address.to_string())
}

#[test]
fn plain_from_elsewhere_is_refused_unless_the_rules_open_it() {
    // Without a network there is no elsewhere; the session's own tests have it too.
    let Some(outside) = outside() else { return };
    let database = crate::auth::database();
    let everywhere = |site: &Site| {
        let from = format!("127.0.0.1:{}", site.port());
        site.settings(&[(&from, &format!("0.0.0.0:{}", site.port()))]);
    };
    // No TLS at all: nobody from outside gets in, and is told so without being asked anything.
    let site = Site::new(&database, "");
    everywhere(&site);
    let proxy = site.serve();
    assert!(
        proxy
            .log()
            .contains("open to other hosts, and nobody from there can connect"),
        "{}",
        proxy.log()
    );
    for mode in ["disable", "prefer", "allow"] {
        let output = psql(
            &url(
                &proxy,
                &outside,
                "ann",
                &format!("password=ann sslmode={mode}"),
            ),
            WHO,
        );
        assert!(output.stderr.contains("SW430"), "{mode}: {output:?}");
        assert!(
            output.stderr.contains("no certificate yet"),
            "{mode}: {output:?}"
        );
        let near = psql(
            &url(
                &proxy,
                "127.0.0.1",
                "ann",
                &format!("password=ann sslmode={mode}"),
            ),
            WHO,
        );
        assert!(near.stdout.contains("served"), "{mode}: {near:?}");
    }
    drop(proxy);
    // With TLS they get in by it alone.
    let database = crate::auth::database();
    let (site, _issuer) = secured(&database, "");
    everywhere(&site);
    let proxy = site.serve();
    for (mode, served) in [
        ("disable", false),
        ("allow", true),
        ("prefer", true),
        ("require", true),
    ] {
        let output = psql(
            &url(
                &proxy,
                &outside,
                "ann",
                &format!("password=ann sslmode={mode}"),
            ),
            WHO,
        );
        assert_eq!(
            output.stdout.contains("served"),
            served,
            "{mode}: {output:?}"
        );
    }
    drop(proxy);
    // Opened by a rule, with a warning.
    let database = crate::auth::database();
    let site = Site::new(&database, "");
    everywhere(&site);
    site.settings(&[("[upstream]", "plain = \"anywhere\"\n[upstream]")]);
    let said = site.sealwire(&["check"]);
    assert!(
        said.stdout
            .contains("connections without TLS are taken from everywhere"),
        "{said:?}"
    );
    let proxy = site.serve();
    assert!(
        proxy
            .log()
            .contains("connections without TLS are taken from everywhere"),
        "{}",
        proxy.log()
    );
    let output = psql(
        &url(&proxy, &outside, "ann", "password=ann sslmode=disable"),
        WHO,
    );
    assert!(output.stdout.contains("served"), "{output:?}");
    // A reload closes it again for those who come from now on.
    proxy
        .site
        .settings(&[("plain = \"anywhere\"", "plain = \"loopback\"")]);
    crate::harness::until(|| {
        let output = psql(
            &url(&proxy, &outside, "ann", "password=ann sslmode=disable"),
            WHO,
        );
        output.stderr.contains("SW430")
    });
}

#[test]
fn a_certificate_that_a_client_cannot_trust_is_its_own_to_refuse() {
    let database = Database::create(&["ann"]);
    let site = Site::new(&database, "");
    let issuer = Issuer::new("Sealwire tests");
    let ca = folder(&site).join("ca.crt");
    std::fs::write(&ca, issuer.pem()).unwrap();
    certificates::write(&folder(&site), "server", &issuer.expired(&["localhost"]));
    listen(&site, "");
    let said = site.sealwire(&["check"]);
    assert!(
        said.stdout.contains("error") && said.stdout.contains("has expired"),
        "{said:?}"
    );
    assert_eq!(said.code, 1, "{said:?}");
    let proxy = site.serve();
    assert!(proxy.log().contains("has expired"), "{}", proxy.log());
    let full = format!("sslmode=verify-full sslrootcert={}", file(&ca));
    let output = psql(&url(&proxy, "localhost", "ann", &full), WHO);
    assert!(
        output.stderr.contains("certificate verify failed"),
        "{output:?}"
    );
    // The name is looked at by verify-full alone.
    certificates::write(
        &folder(&proxy.site),
        "server",
        &issuer.server(&["elsewhere.example"]),
    );
    crate::harness::until(|| {
        let output = psql(&url(&proxy, "localhost", "ann", &full), WHO);
        output.stderr.contains("does not match host name")
    });
    let ca_only = format!("sslmode=verify-ca sslrootcert={}", file(&ca));
    let output = psql(&url(&proxy, "localhost", "ann", &ca_only), WHO);
    assert!(output.stdout.contains("served"), "{output:?}");
}

#[test]
fn big_results_pipelines_copy_and_cancel_through_tls() {
    let database = Database::create(&["ann"]);
    let (site, _issuer) = secured(&database, "require = true\nmin_version = \"1.3\"");
    let ca = file(&folder(&site).join("ca.crt"));
    let proxy = site.serve();
    let script = r#"
import sys, threading, time, psycopg
url = sys.argv[1]
with psycopg.connect(url, autocommit=True) as c:
    assert c.pgconn.ssl_in_use
    rows = c.execute("select g, repeat('x', 1000) from generate_series(1, 50000) g").fetchall()
    assert len(rows) == 50000 and all(len(r[1]) == 1000 for r in rows)
    assert len(c.execute("select %s::text", ("y" * 20_000_000,)).fetchone()[0]) == 20_000_000
    with c.pipeline():
        answers = [c.execute("select %s::int, repeat('z', 3000)", (i,)) for i in range(2000)]
    assert [a.fetchone()[0] for a in answers] == list(range(2000))
    c.execute("create table big (id int, t text)")
    with c.cursor().copy("copy big from stdin") as copy:
        for i in range(100000):
            copy.write_row((i, "w" * 100))
    with c.cursor().copy("copy big to stdout") as copy:
        assert sum(len(part) for part in copy) > 10_000_000
    c.execute("drop table big")
    for i in range(500):
        assert c.execute("select %s::int", (i,)).fetchone() == (i,)
    began = time.time()
    threading.Timer(0.5, c.cancel).start()
    try:
        c.execute("select pg_sleep(30)")
        raise SystemExit("not cancelled")
    except psycopg.errors.QueryCanceled:
        pass
    assert time.time() - began < 20
print("ok")
"#;
    let words = format!("sslmode=verify-full sslrootcert={ca}");
    let output = python(script, &[&url(&proxy, "localhost", "ann", &words)]);
    assert_eq!(output.stdout.trim(), "ok", "{output:?}");
}

#[test]
fn client_certificates_are_verified_where_one_is_shown() {
    let database = Database::create(&["ann"]);
    let (site, _issuer) = secured(&database, "client_ca = \"../tls/clients.crt\"");
    let (clients, stranger) = (Issuer::new("clients"), Issuer::new("stranger"));
    let tls = folder(&site);
    std::fs::write(tls.join("clients.crt"), clients.pem()).unwrap();
    certificates::write(&tls, "ann", &clients.client("ann"));
    certificates::write(&tls, "mallory", &stranger.client("ann"));
    let proxy = site.serve();
    let shown = |name: &str| {
        let words = format!(
            "sslmode=require sslcert={} sslkey={}",
            file(&tls.join(format!("{name}.crt"))),
            file(&tls.join(format!("{name}.key")))
        );
        psql(&url(&proxy, "127.0.0.1", "ann", &words), WHO)
    };
    let output = shown("ann");
    assert!(output.stdout.contains("served"), "{output:?}");
    let output = psql(&url(&proxy, "127.0.0.1", "ann", "sslmode=require"), WHO);
    assert!(output.stdout.contains("served"), "{output:?}");
    let output = shown("mallory");
    assert_ne!(output.code, 0, "{output:?}");
    assert!(
        proxy.log().contains("issued by nobody among the roots"),
        "{}",
        proxy.log()
    );
}
