//! SoftHSM2 as the holder of the key.

use std::path::{Path, PathBuf};
use std::process::Command;

use sealwire::keys::{Holder, KeyError, KeyProvider, Pkcs11Settings};

use super::{RULES, answers, people, private, protected};
use crate::harness::{Database, Site, psql, run};

const PIN: &str = "98765432";

/// A token in a folder of its own.
struct Token {
    folder: tempfile::TempDir,
}

fn module() -> PathBuf {
    let places = [
        "/usr/lib/softhsm/libsofthsm2.so",
        "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
        "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so",
        "/opt/homebrew/lib/softhsm/libsofthsm2.so",
    ];
    let found = places.iter().map(Path::new).find(|place| place.exists());
    found
        .expect("SoftHSM2 is missing: install softhsm2 (Debian) or softhsm (Homebrew)")
        .to_owned()
}

impl Token {
    fn new() -> Token {
        let token = Token {
            folder: tempfile::tempdir().unwrap(),
        };
        std::fs::create_dir(token.folder.path().join("tokens")).unwrap();
        std::fs::write(
            token.configuration(),
            format!(
                "directories.tokendir = {}\nobjectstore.backend = file\nlog.level = ERROR\n",
                token.folder.path().join("tokens").display()
            ),
        )
        .unwrap();
        let made = run(Command::new("softhsm2-util")
            .args([
                "--init-token",
                "--free",
                "--label",
                "sealwire test",
                "--so-pin",
                "12345678",
                "--pin",
                PIN,
            ])
            .env("SOFTHSM2_CONF", token.configuration()));
        assert_eq!(made.code, 0, "{}", made.stderr);
        private(&token.pin(), PIN);
        token
    }

    fn configuration(&self) -> PathBuf {
        self.folder.path().join("softhsm2.conf")
    }

    fn pin(&self) -> PathBuf {
        self.folder.path().join("pin")
    }

    fn settings(&self) -> Pkcs11Settings {
        Pkcs11Settings {
            module: module(),
            token: "sealwire test".to_owned(),
            key: "kek".to_owned(),
            pin_file: Some(self.pin()),
        }
    }

    fn site(&self, database: &Database) -> Site {
        let mut site = Site::bare(database, RULES);
        site.variables.push((
            "SOFTHSM2_CONF".to_owned(),
            self.configuration().to_string_lossy().into_owned(),
        ));
        site.settings(&[(
            "provider = \"file\"\npath = \"../keys/root.key\"",
            &format!(
                "provider = \"pkcs11\"\npath = \"../keys/root\"\n[keys.pkcs11]\nmodule = {:?}\ntoken = \"sealwire test\"\nkey = \"kek\"\npin_file = {:?}",
                module(),
                self.pin()
            ),
        )]);
        std::fs::create_dir_all(site.folder().join("keys")).unwrap();
        site
    }
}

#[test]
fn a_key_of_a_token_protects_a_table() {
    let token = Token::new();
    let database = people();
    let site = token.site(&database);
    let missing = site.sealwire(&["keys", "status"]);
    assert_eq!(missing.code, 64, "{}", missing.stderr);
    assert!(missing.stderr.contains("keys init"), "{}", missing.stderr);
    protected(&site, &database);
    let proxy = site.serve();
    answers(&proxy);
    let written = psql(
        &proxy.url("reader"),
        "insert into people values (3, 'cyd@example.com')",
    );
    assert_eq!(written.code, 0, "{}", written.stderr);
    answers(&proxy.again());
}

#[test]
fn a_wrong_pin_is_told_and_not_tried_again() {
    let token = Token::new();
    let database = people();
    let site = token.site(&database);
    site.sealwire(&["keys", "init"]).ok();
    private(&token.pin(), "00000000");
    for command in [&["keys", "status"][..], &["serve"]] {
        let denied = site.sealwire(command);
        assert_eq!(denied.code, 64, "{}", denied.stderr);
        assert!(
            denied.stderr.contains("the PIN is wrong"),
            "{}",
            denied.stderr
        );
        assert!(!denied.stderr.contains("00000000"));
    }
    std::fs::remove_file(token.pin()).unwrap();
    let gone = site.sealwire(&["keys", "status"]);
    assert!(gone.stderr.contains("pin"), "{}", gone.stderr);
    // From the environment.
    let path = token.pin();
    site.settings(&[(&format!("pin_file = {path:?}"), "")]);
    let none = site.sealwire(&["keys", "status"]);
    assert!(
        none.stderr.contains("SEALWIRE_PKCS11_PIN"),
        "{}",
        none.stderr
    );
    site.sealwire_with(&["keys", "status"], &[("SEALWIRE_PKCS11_PIN", PIN)])
        .ok();
}

#[test]
fn what_is_not_there_is_named() {
    let token = Token::new();
    let database = people();
    let site = token.site(&database);
    site.settings(&[("token = \"sealwire test\"", "token = \"another\"")]);
    let other = site.sealwire(&["keys", "init"]);
    assert_eq!(other.code, 1, "{}", other.stderr);
    assert!(
        other.stderr.contains("no token \"another\""),
        "{}",
        other.stderr
    );
    let library = module();
    site.settings(&[(&format!("{library:?}"), "\"/nowhere/module.so\"")]);
    let nowhere = site.sealwire(&["keys", "init"]);
    assert_eq!(nowhere.code, 64, "{}", nowhere.stderr);
    assert!(
        nowhere.stderr.contains("/nowhere/module.so"),
        "{}",
        nowhere.stderr
    );
}

/// The module reads its configuration from the environment of the process: what follows runs in a process of its own.
#[test]
fn the_provider_itself() {
    let token = Token::new();
    let inner = run(Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "keys::token::inside", "--ignored", "--nocapture"])
        .env("SOFTHSM2_CONF", token.configuration())
        .env("SEALWIRE_TEST_TOKEN", token.folder.path()));
    assert_eq!(inner.code, 0, "{}\n{}", inner.stdout, inner.stderr);
    assert!(inner.stdout.contains("1 passed"), "{}", inner.stdout);
}

#[test]
#[ignore = "run by the_provider_itself"]
fn inside() {
    let folder = PathBuf::from(std::env::var_os("SEALWIRE_TEST_TOKEN").unwrap());
    let settings = Pkcs11Settings {
        module: module(),
        token: "sealwire test".to_owned(),
        key: "kek".to_owned(),
        pin_file: Some(folder.join("pin")),
    };
    let holder = Holder::Pkcs11(settings.clone());
    let made = holder.create(&folder, None).unwrap();
    assert!(matches!(
        holder.create(&folder, None),
        Err(KeyError::RemoteExists { .. })
    ));
    let plain = *b"thirty-two bytes of a keyset key";
    let wrapped = made.wrap(&plain, b"keyset 1").unwrap();
    assert_eq!(wrapped.len(), 1 + 12 + 32 + 16);
    assert_ne!(wrapped, made.wrap(&plain, b"keyset 1").unwrap());
    // Through a second one: nothing of it is in a cache.
    let again = holder.open(&folder, None, None).unwrap();
    let opened = again.unwrap(&wrapped, b"keyset 1").unwrap().unwrap();
    assert_eq!(opened.as_slice(), plain);
    assert!(again.unwrap(&wrapped, b"keyset 2").unwrap().is_none());
    for at in 0..wrapped.len() {
        let mut altered = wrapped.clone();
        altered[at] ^= 1;
        let opened = again.unwrap(&altered, b"keyset 1");
        assert!(matches!(opened, Ok(None)), "{at}: {opened:?}");
        let short = again.unwrap(&wrapped[..at], b"keyset 1");
        assert!(matches!(short, Ok(None)), "{at}: {short:?}");
    }
    // After all that it still opens.
    again.refresh().unwrap();
    assert!(again.unwrap(&wrapped, b"keyset 1").unwrap().is_some());
    assert_eq!(made.derive("a").unwrap(), again.derive("a").unwrap());
    assert_ne!(made.derive("a").unwrap(), made.derive("b").unwrap());
    assert_eq!(made.describe().unwrap(), again.describe().unwrap());
    // Another key is another provider.
    let mut other = settings;
    other.key = "second".to_owned();
    let other = Holder::Pkcs11(other).create(&folder, None).unwrap();
    assert_ne!(
        made.describe().unwrap().fingerprint,
        other.describe().unwrap().fingerprint
    );
    assert!(other.unwrap(&wrapped, b"keyset 1").unwrap().is_none());
    assert_ne!(made.derive("a").unwrap(), other.derive("a").unwrap());
}

/// What other programs can get of the key: nothing but its name.
#[test]
fn the_key_cannot_be_read_out() {
    let token = Token::new();
    let database = people();
    let site = token.site(&database);
    site.sealwire(&["keys", "init"]).ok();
    let _ = token.settings();
    // The object store holds the values encrypted under the PIN; the attributes are told by any PKCS#11 tool.
    let Ok(tool) = Command::new("pkcs11-tool").arg("--version").output() else {
        return;
    };
    drop(tool);
    let listed = run(Command::new("pkcs11-tool")
        .args([
            "--module",
            module().to_str().unwrap(),
            "--login",
            "--pin",
            PIN,
            "--list-objects",
        ])
        .env("SOFTHSM2_CONF", token.configuration()));
    assert!(
        listed.stdout.contains("never extractable") && listed.stdout.contains("always sensitive"),
        "{}",
        listed.stdout
    );
}
