//! Logins by certificate.

use super::{comes_in, database, is_in, is_out, secret, site};
use crate::harness::{Proxy, Site, certificates};

fn shown(site: &Site, name: &str) -> String {
    let tls = site.folder().join("tls");
    format!(
        "sslmode=require sslcert={} sslkey={}",
        tls.join(format!("{name}.crt")).display(),
        tls.join(format!("{name}.key")).display()
    )
}

#[test]
fn the_common_name_is_the_login_and_the_passwords_file_opens_the_server() {
    let database = database();
    let auth = "method = \"cert\"\npasswords_file = \"../passwords\"";
    let site = site(&database, auth, true, "\"disable\"");
    secret(&site, "passwords", "\"ann\" \"ann\"\n\"bob\" \"bob\"\n");
    let proxy = site.serve();
    let come = |user: &str, words: &str| comes_in(&proxy, user, "", words);
    let ann = shown(&proxy.site, "ann");
    is_in(&come("ann", &ann), "ann");
    is_out(
        &come("bob", &ann),
        "certificate authentication failed for user \"bob\"",
    );
    is_out(
        &come("ann", "sslmode=require"),
        "requires a valid client certificate",
    );
    is_out(
        &come("ann", "sslmode=disable"),
        "requires a valid client certificate",
    );
    let everything = format!("{}{}", proxy.log(), proxy.audit());
    assert!(!everything.contains("BEGIN CERT"), "{everything}");
}

#[test]
fn a_map_says_who_may_be_whom_and_the_proxys_own_certificate_opens_the_server() {
    let database = database();
    let auth = "rules = [{ method = \"cert\", user = [\"by_cert\", \"ann\"], map = [{ cn = \"service-*\", user = \"by_*\" }] }]";
    let upstream = "{ mode = \"verify-full\", roots = \"../tls/ca.crt\", cert = \"../tls/by_cert.crt\", key = \"../tls/by_cert.key\" }";
    let site = site(&database, auth, true, upstream);
    let tls = site.folder().join("tls");
    for name in ["service-cert", "ann"] {
        certificates::write(&tls, name, &super::server().1.client(name));
    }
    let proxy: Proxy = site.serve();
    let come = |user: &str, name: &str| comes_in(&proxy, user, "", &shown(&proxy.site, name));
    is_in(&come("by_cert", "service-cert"), "by_cert");
    is_out(
        &come("by_cert", "by_cert"),
        "certificate authentication failed",
    );
    is_out(&come("ann", "ann"), "certificate authentication failed");
    is_out(&come("bob", "service-cert"), "no [auth] rule");
}

#[test]
fn without_anything_to_give_the_server_says_no() {
    let database = database();
    let site = site(&database, "method = \"cert\"", true, "\"disable\"");
    let proxy = site.serve();
    let output = comes_in(&proxy, "ann", "", &shown(&proxy.site, "ann"));
    is_out(&output, "SW441");
    is_out(&output, "passwords_file");
}
