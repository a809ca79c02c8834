//! Key-encryption keys that do not lie in a file: a hardware module behind PKCS#11 (SoftHSM2), and a Vault server's Transit engine
//! (a fake that keeps to the real one's API). The proxy in front of a real PostgreSQL.

mod fake;
#[cfg(feature = "pkcs11")]
mod token;
mod vault;

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use crate::harness::{Database, Proxy, Site, psql};

const RULES: &str = r#"
[tables."public.people".columns]
email = { seal = { search = ["equality"] } }

[roles.reader]
members = ["pg:reader"]
[[roles.reader.grants]]
tables = ["public.people"]
level = "access-and-modify"
reveal = ["email"]
"#;

fn people() -> Database {
    let database = Database::create(&["reader"]);
    database.run(
        "create table public.people (id int primary key, email text not null);
         insert into public.people values (1, 'ann@example.com'), (2, 'bob@example.com');
         create table public.plain (id int);
         insert into public.plain values (7);
         grant select, insert on public.people to reader;
         grant select on public.plain to reader",
    );
    database
}

/// A file that only its owner may read.
fn private(path: &Path, text: &str) {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).unwrap();
    }
    std::fs::write(path, text).unwrap();
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600)).unwrap();
}

/// Key, schema and protected table by commands, a backup among them.
fn protected(site: &Site, database: &Database) {
    let made = site.sealwire(&["keys", "init"]).ok();
    assert!(made.contains("is made by provider"), "{made}");
    // Never over an existing one.
    let again = site.sealwire(&["keys", "init"]);
    assert_eq!(again.code, 1, "{}", again.stderr);
    assert!(again.stderr.contains("left as it is"), "{}", again.stderr);
    let owner = database.superuser_url();
    site.sealwire(&["init", "--upstream", &owner]).ok();
    let backup = site.folder().join("keys.backup");
    let backup = backup.to_str().unwrap();
    site.sealwire_with(
        &["keys", "backup", backup],
        &[("SEALWIRE_BACKUP_PASSPHRASE", "correct horse battery")],
    )
    .ok();
    site.sealwire(&["protect", "--upstream", &owner, "public.people"])
        .ok();
    assert!(
        database
            .value("select email::text from people where id = 1")
            .starts_with("\\xfb")
    );
    let status = site.sealwire(&["keys", "status"]).ok();
    assert!(
        status.contains("A verified backup holds all of it") && status.contains(": opens"),
        "{status}"
    );
    assert!(
        status.contains("core dumps off, closed to other processes"),
        "{status}"
    );
}

/// The proxy answers on the protected table.
#[track_caller]
fn answers(proxy: &Proxy) {
    let output = psql(
        &proxy.url("reader"),
        "select id, email from people where email = 'ann@example.com'",
    );
    assert!(
        output.stdout.contains("ann@example.com"),
        "{}\n{}\n{}",
        output.stdout,
        output.stderr,
        proxy.log()
    );
}

/// The backup of a key that cannot leave its holder is restored into a key file on another machine.
fn restored(site: &Site, other: &Site) {
    let backup = site.folder().join("keys.backup");
    let backup = backup.to_str().unwrap();
    other
        .sealwire_with(
            &["keys", "restore", backup],
            &[("SEALWIRE_BACKUP_PASSPHRASE", "correct horse battery")],
        )
        .ok();
    let status = other.sealwire(&["keys", "status"]).ok();
    assert!(status.contains(": opens"), "{status}");
}

#[test]
fn a_passphrase_is_asked_for_read_from_a_file_and_told_when_it_is_wrong() {
    let database = people();
    let site = Site::bare(&database, RULES);
    let environment = |passphrase: &'static str| [("SEALWIRE_KEY_PASSPHRASE", passphrase)];
    // Nobody sits at a terminal here, and standard input is empty.
    let none = site.sealwire(&["keys", "init", "--passphrase"]);
    assert_eq!(none.code, 2, "{}", none.stderr);
    let short = site.sealwire_with(&["keys", "init", "--passphrase"], &environment("short"));
    assert_eq!(short.code, 2, "{}", short.stderr);
    assert!(!site.folder().join("keys/root.key").exists());
    site.sealwire_with(&["keys", "init"], &environment("correct horse battery"))
        .ok();
    let text = std::fs::read_to_string(site.folder().join("keys/root.key")).unwrap();
    assert!(text.contains("argon2id") && !text.contains("\"key\": \"\""));
    let missing = site.sealwire(&["keys", "status"]);
    assert_eq!(missing.code, 64, "{}", missing.stderr);
    assert!(
        missing.stderr.contains("passphrase_file"),
        "{}",
        missing.stderr
    );
    let wrong = site.sealwire_with(&["keys", "status"], &environment("another passphrase"));
    assert_eq!(wrong.code, 64, "{}", wrong.stderr);
    assert!(
        wrong.stderr.contains("does not open the key file")
            && !wrong.stderr.contains("another passphrase"),
        "{}",
        wrong.stderr
    );
    let file = site.folder().join("keys/passphrase");
    private(&file, "correct horse battery\n");
    site.settings(&[(
        "path = \"../keys/root.key\"",
        "path = \"../keys/root.key\"\npassphrase_file = \"../keys/passphrase\"",
    )]);
    let status = site.sealwire(&["keys", "status"]).ok();
    assert!(status.contains("under a passphrase"), "{status}");
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o640)).unwrap();
    let open = site.sealwire(&["keys", "status"]);
    assert_eq!(open.code, 64, "{}", open.stderr);
    assert!(open.stderr.contains("chmod 600"), "{}", open.stderr);
}
