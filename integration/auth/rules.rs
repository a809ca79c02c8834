//! Ordered rules, and what they must not say.

use super::{SCRAM, VERIFIED, comes_in, database, import, is_in, is_out, site};
use crate::harness::until;

#[test]
fn the_first_rule_that_fits_decides() {
    let database = database();
    let auth = format!(
        r#"users_file = "../users"
rules = [
  {{ user = "bob", method = "reject" }},
  {{ database = "{}", user = "ann", tls = true, method = "scram" }},
  {{ user = "ann", address = "loopback", tls = false, method = "password" }},
  {{ user = "clear", method = "relay", tls = false }},
]"#,
        database.name()
    );
    let site = site(&database, &auth, true, "\"disable\"");
    import(&site, &database, &["ann", "bob"]);
    let proxy = site.serve();
    is_in(
        &comes_in(
            &proxy,
            "ann",
            "ann",
            "sslmode=require channel_binding=require",
        ),
        "ann",
    );
    is_in(&comes_in(&proxy, "ann", "ann", "sslmode=disable"), "ann");
    is_in(
        &comes_in(&proxy, "clear", "clear", "sslmode=disable"),
        "clear",
    );
    for (user, words) in [
        ("bob", "sslmode=require"),
        ("clear", "sslmode=require"),
        ("nobody", "sslmode=disable"),
    ] {
        let output = comes_in(&proxy, user, user, words);
        let tls = if words.ends_with("require") {
            "TLS"
        } else {
            "no TLS"
        };
        is_out(
            &output,
            &format!(
                "no [auth] rule of Sealwire for host \"127.0.0.1\", user \"{user}\", database \"{}\", {tls}",
                database.name()
            ),
        );
    }
    // A change of the rules is followed, by those who come from then on.
    proxy.site.settings(&[(
        "{ user = \"bob\", method = \"reject\" }",
        "{ user = \"bob\", method = \"scram\" }",
    )]);
    until(|| comes_in(&proxy, "bob", "bob", "sslmode=require").code == 0);
}

#[test]
fn relay_does_not_go_with_tls_on_both_sides_and_says_why() {
    for auth in [
        "method = \"relay\"",
        "rules = [{ user = \"ann\", method = \"relay\" }, { method = \"password\" }]",
    ] {
        let site = site(&database(), auth, true, VERIFIED);
        let output = site.sealwire(&["serve"]);
        assert_eq!(output.code, 64, "{output:?}");
        for words in ["sealwire.toml:", "`relay`", "channel binding", "\"scram\""] {
            assert!(output.stderr.contains(words), "{words}: {output:?}");
        }
    }
    // For clients without TLS it does.
    let auth = "rules = [{ tls = false, method = \"relay\" }, { method = \"password\" }]";
    let proxy = site(&database(), auth, true, VERIFIED).serve();
    is_in(&comes_in(&proxy, "ann", "ann", "sslmode=disable"), "ann");
    is_in(&comes_in(&proxy, "ann", "ann", "sslmode=require"), "ann");
}

#[test]
fn every_mistake_is_told_at_once() {
    let auth = r#"users_file = "../users"
passwords_file = "../passwords"
rules = [
  { address = "10.0.0.1/8", method = "scram" },
  { user = "a*b*", method = "password" },
  { method = "cert", tls = false },
  { method = "password", map = [{ cn = "x", user = "y" }] },
  { method = "kerberos" },
  { method = "ldap" },
]"#;
    let site = site(&database(), auth, true, "\"disable\"");
    let output = site.sealwire(&["serve"]);
    assert_eq!(output.code, 64, "{output:?}");
    for words in [
        "bits beyond the network's length",
        "`*`",
        "`cert` is not possible without TLS",
        "expected only with method = \"cert\"",
        "kerberos",
        "not supported by this version yet",
    ] {
        assert!(output.stderr.contains(words), "{words}: {output:?}");
    }
    // The files come when the rules themselves can be read, all of them.
    let auth = "method = \"scram\"\nusers_file = \"../users\"\npasswords_file = \"../passwords\"";
    let site = self::site(&database(), auth, false, "\"disable\"");
    let output = site.sealwire(&["serve"]);
    assert_eq!(output.code, 64, "{output:?}");
    for key in ["auth.users_file: ", "auth.passwords_file: "] {
        assert!(output.stderr.contains(key), "{key}: {output:?}");
    }
    let site = self::site(&database(), SCRAM, false, "\"disable\"");
    site.settings(&[("users_file = \"../users\"", "users_file = \"users\"")]);
    let output = site.sealwire(&["serve"]);
    assert!(
        output.code == 64 && output.stderr.contains("users_file"),
        "{output:?}"
    );
}

#[test]
fn names_that_the_server_would_cut_do_not_slip_past_a_rule() {
    let database = database();
    let name = "l".repeat(63);
    database.run(&format!(
        "drop role if exists {name}; create role {name} login password 'long'"
    ));
    let auth = format!(
        "rules = [{{ user = \"{name}\", method = \"reject\" }}, {{ method = \"password\" }}]"
    );
    let proxy = site(&database, &auth, false, "\"disable\"").serve();
    is_out(
        &comes_in(&proxy, &name, "long", ""),
        "no [auth] rule of Sealwire",
    );
    is_out(
        &comes_in(&proxy, &format!("{name}x"), "long", ""),
        "the name of the user is longer than 63 bytes",
    );
    is_in(&comes_in(&proxy, "ann", "ann", ""), "ann");
}
