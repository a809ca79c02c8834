//! Mistakes in settings and files: all of them at once, each with its place.

use std::os::unix::fs::PermissionsExt;

use super::{folder, listen};
use crate::harness::certificates::{self, Issuer};
use crate::harness::{Database, Site};

#[test]
fn mistakes_in_the_rules_are_told_all_at_once() {
    let database = Database::create(&[]);
    let site = Site::bare(&database, "");
    site.settings(&[
        (
            "[upstream]",
            "plain = \"loopback\"\n[listen.tls]\ncert = \"server.crt\"\nkey = \"server.key\"\nrequire = true\nmin_version = \"1.1\"\n[upstream]",
        ),
        (
            "[upstream.service]",
            "tls = { mode = \"require\", roots = \"ca.crt\", cert = \"x.crt\" }\n[upstream.service]",
        ),
    ]);
    let output = site.sealwire(&["check"]);
    assert_eq!(output.code, 64, "{output:?}");
    for said in [
        "listen.plain: connections without TLS are taken nowhere where listen.tls.require is true",
        "listen.tls.key: a private key file must not lie in the rules folder",
        "listen.tls.min_version: unknown word `1.1`, expected one of 1.2, 1.3",
        "upstream.tls.roots: `require` does not look at the server's certificate",
        "upstream.tls.cert: `key` is missing beside it",
        "auth.method: `relay` cannot pass SCRAM from one TLS connection to another",
    ] {
        let line = output.stderr.lines().find(|line| line.contains(said));
        let line = line.unwrap_or_else(|| panic!("{said}: {output:?}"));
        assert!(line.contains("sealwire.toml:"), "{line}");
    }
    assert_eq!(site.sealwire(&["serve"]).code, 64);
    for (tls, said) in [
        (
            "\"prefer\"",
            "goes on without TLS where the server has none",
        ),
        ("\"verify-ca\"", "trusts whoever has any certificate at all"),
        (
            "{ mode = \"disable\", roots = \"x\" }",
            "means nothing with mode `disable`",
        ),
        ("{ roots = \"x\" }", "`mode` is missing"),
        ("true", "expected a mode such as"),
    ] {
        let site = Site::bare(&database, "");
        site.settings(&[(
            "[upstream.service]",
            &format!("tls = {tls}\n[upstream.service]"),
        )]);
        let output = site.sealwire(&["check"]);
        assert!(output.stderr.contains(said), "{tls}: {output:?}");
        assert_eq!(output.code, 64, "{tls}");
    }
}

#[test]
fn files_that_cannot_be_used_are_told_before_anything_starts() {
    let database = Database::create(&[]);
    let site = Site::bare(&database, "");
    let issuer = Issuer::new("tests");
    let tls = folder(&site);
    certificates::write(&tls, "server", &issuer.server(&["localhost"]));
    std::fs::write(tls.join("server.key"), &issuer.server(&["localhost"]).key).unwrap();
    std::fs::write(tls.join("clients.crt"), "nothing").unwrap();
    listen(&site, "client_ca = \"../tls/clients.crt\"");
    let said = [
        "listen.tls.key",
        "server.key is not the key of the certificate",
        "listen.tls.client_ca",
        "clients.crt holds no certificate",
    ];
    let check = site.sealwire(&["check"]);
    assert_eq!(check.code, 1, "{check:?}");
    let serve = site.sealwire(&["serve"]);
    assert_eq!(serve.code, 64, "{serve:?}");
    for said in said {
        assert!(check.stdout.contains(said), "{said}: {check:?}");
        assert!(serve.stderr.contains(said), "{said}: {serve:?}");
    }
    // The missing key of the proxy itself is told with them.
    assert!(serve.stderr.contains("keys.path"), "{serve:?}");
    for (text, said) in [
        ("", "holds no private key"),
        (
            "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMAA=\n-----END ENCRYPTED PRIVATE KEY-----\n",
            "under a passphrase",
        ),
        (
            "-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----\n",
            "cannot be used",
        ),
    ] {
        std::fs::write(tls.join("server.key"), text).unwrap();
        let output = site.sealwire(&["check"]);
        assert!(output.stdout.contains(said), "{said}: {output:?}");
        assert!(!output.stdout.contains("MAA="), "{output:?}");
    }
}

#[test]
fn a_key_that_others_can_read_and_weak_settings_are_warned_of() {
    let database = Database::create(&[]);
    let site = Site::bare(&database, "");
    let issuer = Issuer::new("tests");
    let tls = folder(&site);
    certificates::write(&tls, "server", &issuer.server(&[]));
    let open = std::fs::Permissions::from_mode(0o644);
    std::fs::set_permissions(tls.join("server.key"), open).unwrap();
    listen(&site, "");
    let output = site.sealwire(&["check"]);
    assert_eq!(output.code, 0, "{output:?}");
    for said in [
        "can be reached by others than its owner (mode 0644)",
        "names no host in a subjectAltName",
    ] {
        assert!(output.stdout.contains(said), "{said}: {output:?}");
    }
    let site = Site::bare(&database, "");
    site.settings(&[(
        "[upstream.service]",
        "tls = \"require\"\n[upstream.service]",
    )]);
    let output = site.sealwire(&["check"]);
    assert!(
        output
            .stdout
            .contains("whoever answers in its place is believed"),
        "{output:?}"
    );
    let json = site.sealwire(&["check", "--json"]);
    assert!(
        json.stdout.contains("\"severity\": \"warning\""),
        "{json:?}"
    );
}
