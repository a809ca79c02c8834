//! A Vault server's Transit engine as the holder of the key.

use std::time::Duration;

use sealwire::keys::{
    Holder, KeyError, KeyProvider, Provider, VaultLogin, VaultSettings, mint_keyset,
};

use super::fake::{Fake, Key, Mood, TOKEN, rand_key};
use super::{RULES, answers, people, private, protected, restored};
use crate::harness::{Database, Site, certificates, psql, until};

/// A folder with a token, and the settings that name it.
struct Place {
    folder: tempfile::TempDir,
    settings: VaultSettings,
}

fn place(fake: &Fake) -> Place {
    let folder = tempfile::tempdir().unwrap();
    let token = folder.path().join("token");
    private(&token, &format!("{TOKEN}\n"));
    Place {
        settings: VaultSettings {
            address: format!("http://127.0.0.1:{}", fake.port),
            mount: "transit".to_owned(),
            key: "sealwire".to_owned(),
            namespace: None,
            ca_file: None,
            timeout: Duration::from_secs(2),
            login: VaultLogin::Token { file: Some(token) },
        },
        folder,
    }
}

impl Place {
    fn create(&self) -> Result<Provider, KeyError> {
        Holder::Vault(self.settings.clone()).create(self.folder.path(), None)
    }

    fn open(&self) -> Provider {
        Holder::Vault(self.settings.clone())
            .open(self.folder.path(), None, None)
            .unwrap()
    }
}

const PLAIN: [u8; 32] = *b"thirty-two bytes of a keyset key";

#[test]
fn wraps_are_bound_to_what_they_belong_to() {
    let fake = Fake::start();
    let place = place(&fake);
    let made = place.create().unwrap();
    assert!(matches!(place.create(), Err(KeyError::RemoteExists { .. })));
    let wrapped = made.wrap(&PLAIN, b"keyset 1").unwrap();
    assert!(wrapped.starts_with(b"vault:v1:"));
    assert_eq!(
        made.unwrap(&wrapped, b"keyset 1")
            .unwrap()
            .unwrap()
            .as_slice(),
        PLAIN
    );
    assert!(made.unwrap(&wrapped, b"keyset 2").unwrap().is_none());
    let mut altered = wrapped.clone();
    let last = altered.len() - 6;
    altered[last] = if altered[last] == b'A' { b'B' } else { b'A' };
    assert!(made.unwrap(&altered, b"keyset 1").unwrap().is_none());
    for other in [
        &b""[..],
        b"vault:v1:",
        b"vault:vx:AAAA",
        b"\xff\xfe",
        b"vault:v9:AAAA",
    ] {
        assert!(
            made.unwrap(other, b"keyset 1").unwrap().is_none(),
            "{other:?}"
        );
    }
    // Another process with the same settings is the same provider.
    let again = place.open();
    assert_eq!(again.describe().unwrap(), made.describe().unwrap());
    assert_eq!(
        again
            .unwrap(&wrapped, b"keyset 1")
            .unwrap()
            .unwrap()
            .as_slice(),
        PLAIN
    );
    assert_eq!(again.derive("a").unwrap(), made.derive("a").unwrap());
    assert_ne!(again.derive("a").unwrap(), made.derive("b").unwrap());
}

#[test]
fn rotating_the_key_in_the_server_changes_nothing_here() {
    let fake = Fake::start();
    let place = place(&fake);
    let made = place.create().unwrap();
    let wrapped = made.wrap(&PLAIN, b"a").unwrap();
    let derived = made.derive("a").unwrap();
    let described = made.describe().unwrap();
    fake.state
        .lock()
        .unwrap()
        .keys
        .get_mut("sealwire")
        .unwrap()
        .versions
        .push(rand_key());
    let later = place.open();
    assert_eq!(
        later.unwrap(&wrapped, b"a").unwrap().unwrap().as_slice(),
        PLAIN
    );
    assert_eq!(later.derive("a").unwrap(), derived);
    assert_eq!(later.describe().unwrap(), described);
    assert!(later.wrap(&PLAIN, b"a").unwrap().starts_with(b"vault:v2:"));
    // A version that the server does not decrypt any more is a refusal, not a forgery.
    fake.state
        .lock()
        .unwrap()
        .keys
        .get_mut("sealwire")
        .unwrap()
        .min_decryption_version = 2;
    let error = place.open().unwrap(&wrapped, b"a").unwrap_err();
    assert!(error.to_string().contains("too old"), "{error}");
}

#[test]
fn keys_that_are_not_such_as_to_be_used() {
    let fake = Fake::start();
    let place = place(&fake);
    let key = |kind, exportable| Key {
        versions: vec![rand_key()],
        kind,
        exportable,
        min_encryption_version: 0,
        min_decryption_version: 1,
    };
    for (kind, exportable, word) in [
        ("chacha20-poly1305", false, "type chacha20-poly1305"),
        ("aes256-gcm96", true, "read out"),
    ] {
        let made = key(kind, exportable);
        fake.state
            .lock()
            .unwrap()
            .keys
            .insert("sealwire".to_owned(), made);
        let error = place.open().wrap(&PLAIN, b"").unwrap_err();
        assert!(error.to_string().contains(word), "{error}");
    }
    // No key: none is made in passing, as `encrypt` of the server would.
    fake.state.lock().unwrap().keys.clear();
    let error = place.open().wrap(&PLAIN, b"").unwrap_err();
    assert!(matches!(error, KeyError::NoRemoteKey { .. }), "{error}");
    assert!(error.help().is_some());
    assert!(fake.state.lock().unwrap().keys.is_empty());
    let error = place.open().unwrap(b"vault:v1:AAAA", b"").unwrap_err();
    assert!(matches!(error, KeyError::NoRemoteKey { .. }), "{error}");
    // A server that leaves the associated data out.
    fake.state.lock().unwrap().old = true;
    let error = place.create().unwrap().wrap(&PLAIN, b"a").unwrap_err();
    assert!(error.to_string().contains("1.9"), "{error}");
}

#[test]
fn every_failure_has_its_words_and_none_quotes_a_secret() {
    let mut fake = Fake::start();
    let place = place(&fake);
    let wrapped = place.create().unwrap().wrap(&PLAIN, b"a").unwrap();
    let error_of = |place: &Place| place.open().unwrap(&wrapped, b"a").unwrap_err();
    let says = |status, error: &str| Mood::Says(status, format!("{{\"errors\":[\"{error}\"]}}"));
    for (mood, transient, word) in [
        (says(403, "permission denied"), false, "policy"),
        (
            says(404, "no handler for route \\\"transit/decrypt/sealwire\\\""),
            false,
            "mounted",
        ),
        (
            says(429, "request path rate limit exceeded"),
            true,
            "too often",
        ),
        (says(473, ""), true, "standby"),
        (says(500, "1 error occurred: internal"), true, "HTTP 500"),
        (says(502, ""), true, "HTTP 502"),
        (says(503, "Vault is sealed"), true, "sealed"),
        (Mood::Says(307, String::new()), true, "elsewhere"),
        (
            Mood::Says(200, "<html>".to_owned()),
            true,
            "not what was asked for",
        ),
        (
            Mood::Says(200, "{\"data\":{\"plaintext\":\"".to_owned()),
            true,
            "cut off",
        ),
        (
            Mood::Says(200, "{\"data\":{\"plaintext\":\"c2hvcnQ=\"}}".to_owned()),
            true,
            "holds no key",
        ),
        (
            Mood::Says(200, "{\"data\":{\"plaintext\":\"%\"}}".to_owned()),
            true,
            "holds no key",
        ),
        (Mood::CutsOff, true, "broke off"),
        (Mood::Floods, true, "cut off"),
        (Mood::Hangs, true, "in time"),
    ] {
        fake.mood(mood.clone());
        let error = error_of(&place);
        let text = format!("{error} {error:?}");
        assert!(text.contains(word), "{mood:?}: {text}");
        assert_eq!(error.is_transient(), transient, "{mood:?}: {error}");
        assert!(
            !text.contains(TOKEN) && !text.contains("thirty-two"),
            "{text}"
        );
    }
    // What the server says of a question that holds a key is not passed on.
    fake.mood(Mood::SaysAt(
        "encrypt",
        400,
        "{\"errors\":[\"illegal base64 dGhpcnR5LXR3bw==\"]}".to_owned(),
    ));
    let error = place.open().wrap(&PLAIN, b"a").unwrap_err();
    assert!(!error.to_string().contains("dGhp"), "{error}");
    // The message of 1.5 and 1.6, which say it with a 500.
    fake.mood(says(
        500,
        "1 error occurred: * cipher: message authentication failed",
    ));
    assert!(place.open().unwrap(&wrapped, b"a").unwrap().is_none());
    fake.mood(Mood::Well);
    fake.stop();
    let error = error_of(&place);
    assert!(error.to_string().contains("refuses connections"), "{error}");
    assert!(error.is_transient());
    fake.again();
    assert!(place.open().unwrap(&wrapped, b"a").unwrap().is_some());
}

#[test]
fn tokens_come_from_private_files_and_approles_log_in() {
    let fake = Fake::start();
    let mut place = place(&fake);
    let wrapped = place.create().unwrap().wrap(&PLAIN, b"a").unwrap();
    let token = place.folder.path().join("token");
    private(&token, "hvs.other");
    let opened = place.open();
    assert!(matches!(
        opened.unwrap(&wrapped, b"a"),
        Err(KeyError::Denied { .. })
    ));
    // Whoever renews the file is heard without a new start.
    private(&token, TOKEN);
    opened.refresh().unwrap();
    assert!(opened.unwrap(&wrapped, b"a").unwrap().is_some());
    assert!(fake.asked().iter().any(|path| path.ends_with("renew-self")));
    std::fs::set_permissions(&token, std::os::unix::fs::PermissionsExt::from_mode(0o644)).unwrap();
    assert!(matches!(
        place.open().describe(),
        Err(KeyError::TooOpen { .. })
    ));
    place.settings.login = VaultLogin::Token { file: None };
    assert!(matches!(
        place.open().describe(),
        Err(KeyError::SecretMissing { .. })
    ));
    // As an AppRole, in a namespace.
    let secret = place.folder.path().join("secret");
    private(&secret, "s3cret-id");
    place.settings.login = VaultLogin::AppRole {
        mount: "approle".to_owned(),
        role_id: "proxy".to_owned(),
        secret_id_file: Some(secret),
    };
    place.settings.namespace = Some("team".to_owned());
    {
        let mut state = fake.state.lock().unwrap();
        state.namespace = Some("team".to_owned());
        state
            .roles
            .insert("proxy".to_owned(), "s3cret-id".to_owned());
    }
    let opened = place.open();
    assert!(opened.unwrap(&wrapped, b"a").unwrap().is_some());
    let asked = fake.asked();
    assert_eq!(
        asked.iter().filter(|path| path.ends_with("login")).count(),
        1,
        "{asked:?}"
    );
    // The token was revoked: one more login.
    fake.state.lock().unwrap().tokens.clear();
    opened.refresh().unwrap();
    assert!(fake.asked().iter().any(|path| path.ends_with("login")));
    // The role is gone.
    let mut state = fake.state.lock().unwrap();
    state.tokens.clear();
    state.roles.clear();
    drop(state);
    let error = opened.refresh().unwrap_err();
    assert!(error.to_string().contains("AppRole"), "{error}");
    assert!(!format!("{error:?}").contains("s3cret"));
}

#[test]
fn keysets_under_it_are_of_it() {
    let fake = Fake::start();
    let place = place(&fake);
    let keyset = mint_keyset(&place.create().unwrap(), [1; 16], 0, 1, "main").unwrap();
    assert_eq!(keyset.provider, "vault");
    // The key was deleted and made anew by the same name.
    fake.state.lock().unwrap().keys.clear();
    let again = place.create().unwrap();
    let error = sealwire::keys::Keyring::unwrap([1; 16], &again, &[keyset]).unwrap_err();
    assert!(matches!(error, KeyError::DoesNotUnwrap { .. }), "{error}");
}

fn site(database: &Database, fake: &Fake, cache: &str) -> Site {
    let site = Site::bare(database, RULES);
    private(&site.folder().join("keys/token"), TOKEN);
    site.settings(&[(
        "provider = \"file\"\npath = \"../keys/root.key\"",
        &format!(
            "provider = \"vault\"\npath = \"../keys/root\"\ncache = \"{cache}\"\n[keys.vault]\naddress = \"http://127.0.0.1:{}\"\ntoken_file = \"../keys/token\"\ntimeout = 1",
            fake.port
        ),
    )]);
    site
}

#[test]
fn an_outage_stops_nothing_before_keys_lapse_and_everything_after() {
    let mut fake = Fake::start();
    let database = people();
    let site = site(&database, &fake, "8s");
    protected(&site, &database);
    // Not there at the start: not ready, nothing of the protected table is answered, what is not protected waits with it.
    fake.stop();
    let proxy = site.serve_unready();
    until(|| {
        proxy
            .admin("/readyz")
            .is_some_and(|(status, body)| status == 503 && body.contains("keys are not to be had"))
    });
    let refused = psql(&proxy.url("reader"), "select count(*) from people");
    assert_ne!(refused.code, 0, "{}", refused.stdout);
    assert!(refused.stderr.contains("SW306"), "{}", refused.stderr);
    assert!(proxy.metrics().contains("sealwire_keys_usable 0"));
    fake.again();
    until(|| {
        proxy
            .admin("/readyz")
            .is_some_and(|(status, _)| status == 200)
    });
    answers(&proxy);
    assert!(proxy.metrics().contains("sealwire_keys_usable 1"));
    assert!(proxy.log().contains("the key provider answers"));
    // A session in the middle of an outage.
    let client = crate::harness::Raw::login(proxy.port(), "reader", database.name());
    let mut client = client;
    fake.mood(Mood::Says(
        503,
        "{\"errors\":[\"Vault is sealed\"]}".to_owned(),
    ));
    std::thread::sleep(Duration::from_secs(3));
    let rows = client.query("select email from people where id = 1");
    assert_eq!(
        crate::harness::Raw::rows(&rows),
        [[Some("ann@example.com".to_owned())]]
    );
    answers(&proxy);
    until(|| {
        proxy
            .admin("/readyz")
            .is_some_and(|(status, body)| status == 503 && body.contains("sealed"))
    });
    for sql in [
        "select email from people where id = 1",
        "select count(*) from people",
        "insert into people values (3, 'cyd@example.com')",
    ] {
        let frames = client.query(sql);
        until(|| crate::harness::Raw::error(&client.query(sql)).contains("55000"));
        assert!(
            crate::harness::Raw::rows(&frames)
                .iter()
                .flatten()
                .flatten()
                .all(|text| !text.contains("ann@"))
        );
    }
    // What is not protected goes on.
    let rows = client.query("select id from plain");
    assert_eq!(crate::harness::Raw::rows(&rows), [[Some("7".to_owned())]]);
    // A reload of the rules does not open what is shut.
    proxy.site.write_rules(&format!("{RULES}\n# another\n"));
    std::thread::sleep(Duration::from_secs(3));
    let frames = client.query("select count(*) from people");
    assert!(!crate::harness::Raw::error(&frames).is_empty());
    assert_eq!(database.value("select count(*) from people"), "2");
    fake.mood(Mood::Well);
    until(|| {
        proxy
            .admin("/readyz")
            .is_some_and(|(status, _)| status == 200)
    });
    until(|| {
        crate::harness::Raw::rows(&client.query("select email from people where id = 1"))
            == [[Some("ann@example.com".to_owned())]]
    });
    assert!(!proxy.log().contains(TOKEN));
}

#[test]
fn a_key_that_is_refused_ends_the_start() {
    let fake = Fake::start();
    let database = people();
    let site = site(&database, &fake, "1h");
    let missing = site.sealwire(&["serve"]);
    assert_eq!(missing.code, 64, "{}", missing.stderr);
    assert!(
        missing.stderr.contains("holds no key") && missing.stderr.contains("keys init"),
        "{}",
        missing.stderr
    );
    fake.state.lock().unwrap().tokens.clear();
    let denied = site.sealwire(&["serve"]);
    assert_eq!(denied.code, 64, "{}", denied.stderr);
    assert!(denied.stderr.contains("HTTP 403"), "{}", denied.stderr);
    let status = site.sealwire(&["keys", "status"]);
    assert!(status.stderr.contains("HTTP 403"), "{}", status.stderr);
}

#[test]
fn keysets_move_between_providers_under_a_running_proxy() {
    let fake = Fake::start();
    let database = people();
    let site = Site::new(&database, RULES);
    site.protect("public.people");
    private(&site.folder().join("keys/token"), TOKEN);
    site.settings(&[(
        "path = \"../keys/root.key\"",
        &format!(
            "path = \"../keys/root.key\"\n[keys.vault]\naddress = \"http://127.0.0.1:{}\"\ntoken_file = \"../keys/token\"",
            fake.port
        ),
    )]);
    let proxy = site.serve();
    answers(&proxy);
    let owner = database.superuser_url();
    let rotate = |to: &str| {
        proxy
            .site
            .sealwire(&["rotate", "kek", "--to", to, "--upstream", &owner])
    };
    // Without the key nothing happens.
    let early = rotate("vault");
    assert_eq!(early.code, 64, "{}", early.stderr);
    assert!(early.stderr.contains("holds no key"), "{}", early.stderr);
    proxy
        .site
        .sealwire(&["keys", "init", "--provider", "vault"])
        .ok();
    // A registry that was tampered with is not moved.
    let moved = rotate("vault").ok();
    assert!(moved.contains("1 keyset(s) are wrapped"), "{moved}");
    let again = rotate("vault").ok();
    assert!(again.contains("1 were already"), "{again}");
    // The proxy goes on with the keys that it has, also after it has read everything again.
    answers(&proxy);
    database.run("create table public.later (id int)");
    std::thread::sleep(Duration::from_secs(3));
    answers(&proxy);
    // Started again under the old rules it says what is wrong, and under the new ones it serves.
    proxy
        .site
        .settings(&[("provider = \"file\"", "provider = \"vault\"")]);
    let status = proxy.site.sealwire(&["keys", "status"]).ok();
    assert!(status.contains(": opens"), "{status}");
    let proxy = proxy.again();
    answers(&proxy);
    let old = proxy
        .site
        .sealwire(&["keys", "status", "--provider", "file"])
        .ok();
    assert!(old.contains("DOES NOT OPEN"), "{old}");
    // And back, into another file.
    let file = proxy.site.folder().join("keys/second.key");
    let back = proxy
        .site
        .sealwire(&[
            "rotate",
            "kek",
            "--to",
            "file",
            "--key-file",
            file.to_str().unwrap(),
            "--upstream",
            &owner,
        ])
        .ok();
    assert!(back.contains("provider = \"file\""), "{back}");
    proxy.site.settings(&[
        ("provider = \"vault\"", "provider = \"file\""),
        ("root.key", "second.key"),
    ]);
    let proxy = proxy.again();
    answers(&proxy);
}

#[test]
fn a_server_that_is_lost_is_lost_and_the_backup_brings_the_database_back() {
    let mut fake = Fake::start();
    let database = people();
    let site = site(&database, &fake, "1h");
    protected(&site, &database);
    fake.stop();
    let other = Site::bare(&database, RULES);
    restored(&site, &other);
    // The database's own keysets are still under the lost key.
    let owner = database.superuser_url();
    let lost = other.sealwire(&["init", "--upstream", &owner]);
    assert_eq!(lost.code, 1, "{}", lost.stderr);
    assert!(
        lost.stderr.contains("wrapped by provider vault"),
        "{}",
        lost.stderr
    );
    other
        .sealwire(&["rotate", "kek", "--to", "file", "--upstream", &owner])
        .ok();
    answers(&other.serve());
}

#[test]
fn tls_is_verified() {
    // Whoever answers with a certificate of another issuer is not told a token.
    let issuer = certificates::Issuer::new("ours");
    let fake = Fake::start();
    let place = place(&fake);
    let ca = place.folder.path().join("ca.crt");
    std::fs::write(&ca, issuer.pem()).unwrap();
    let mut settings = place.settings.clone();
    settings.address = format!("https://127.0.0.1:{}", fake.port);
    settings.ca_file = Some(ca.clone());
    let open = |settings: &VaultSettings| {
        Holder::Vault(settings.clone()).open(place.folder.path(), None, None)
    };
    let error = open(&settings).unwrap().describe().unwrap_err();
    assert!(error.is_transient(), "{error}");
    assert!(fake.asked().iter().all(|path| !path.contains("transit")));
    std::fs::write(&ca, "no certificate").unwrap();
    assert!(matches!(
        open(&settings),
        Err(KeyError::Misconfigured { .. })
    ));
}
