//! `sealwire users`, and the file it keeps.

use std::os::unix::fs::PermissionsExt;

use super::{SCRAM, comes_in, database, import, is_in, is_out, site};
use crate::harness::{Site, sealwire_with, until};

fn add(site: &Site, name: &str, password: &str, more: &[&str]) -> crate::harness::Output {
    let rules = site.rules_dir().to_string_lossy().into_owned();
    let mut arguments = vec!["users", "add", name, "--rules", &rules];
    arguments.extend(more);
    sealwire_with(&arguments, &[("SEALWIRE_USER_PASSWORD", password)])
}

#[test]
fn users_come_and_go_while_the_proxy_runs() {
    let database = database();
    let site = site(&database, SCRAM, false, "\"disable\"");
    let name = database.name();
    let missing = site.sealwire(&["check"]);
    assert!(
        missing.stdout.contains("auth.users_file") && missing.code == 1,
        "{missing:?}"
    );
    add(&site, "ann", "ann", &["--database", name]).ok();
    let proxy = site.serve();
    is_in(&comes_in(&proxy, "ann", "ann", ""), "ann");
    is_out(
        &comes_in(&proxy, "bob", "bob", ""),
        "password authentication failed",
    );
    add(&proxy.site, "bob", "bob", &["--database", name]).ok();
    until(|| comes_in(&proxy, "bob", "bob", "").code == 0);
    let listed = proxy.site.sealwire(&["users", "list"]).ok();
    assert!(
        listed.contains("ann\n") && listed.contains("bob\n") && listed.contains("2 user(s)"),
        "{listed}"
    );
    proxy.site.sealwire(&["users", "remove", "ann"]).ok();
    until(|| comes_in(&proxy, "ann", "ann", "").code != 0);
    assert_eq!(proxy.site.sealwire(&["users", "remove", "ann"]).code, 1);
    let file = proxy.site.folder().join("users");
    let mode = std::fs::metadata(&file).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    // A file that is spoilt, or open to others, changes nothing.
    let good = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, format!("{good}\nnonsense\n")).unwrap();
    until(|| proxy.log().contains("those in force stay"));
    assert!(proxy.log().contains("users:4: "), "{}", proxy.log());
    assert!(!proxy.log().contains("nonsense"), "{}", proxy.log());
    is_in(&comes_in(&proxy, "bob", "bob", ""), "bob");
    std::fs::write(&file, good).unwrap();
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
    let checked = proxy.site.sealwire(&["check"]);
    assert!(checked.stdout.contains("expected mode 0600"), "{checked:?}");
}

#[test]
fn adding_asks_the_server_and_importing_says_what_it_left_out() {
    let database = database();
    let site = site(&database, SCRAM, false, "\"disable\"");
    let name = database.name();
    let wrong = add(&site, "ann", "not hers", &["--database", name]);
    assert!(
        wrong.stderr.contains("password authentication failed") && wrong.code == 1,
        "{wrong:?}"
    );
    assert!(!wrong.stderr.contains("not hers"), "{wrong:?}");
    let clear = add(&site, "clear", "clear", &["--database", name]);
    assert!(clear.stderr.contains("scram-sha-256"), "{clear:?}");
    let empty = add(&site, "ann", "", &["--database", name]);
    assert_eq!(empty.code, 2, "{empty:?}");
    let when = add(&site, "ann", "ann", &["--valid-until", "tomorrow"]);
    assert!(
        when.stderr.contains("--valid-until") && when.code == 2,
        "{when:?}"
    );
    let superuser = database.superuser_url();
    let import = |more: &[&str]| {
        let mut arguments = vec!["users", "import", "--upstream", &superuser];
        arguments.extend(more);
        site.sealwire(&arguments)
    };
    let hashed = import(&["ann", "hashed"]);
    assert!(
        hashed
            .stderr
            .contains("no SCRAM verifier is stored of hashed"),
        "{hashed:?}"
    );
    let unknown = import(&["ann", "nobody"]);
    assert!(unknown.stderr.contains("is called nobody"), "{unknown:?}");
    assert!(!site.folder().join("users").exists());
    let all = import(&["--all"]).ok();
    assert!(all.contains("Left out") && all.contains("hashed"), "{all}");
    let listed = site.sealwire(&["users", "list"]).ok();
    assert!(
        ["postgres", "sealwire", "hashed"]
            .iter()
            .all(|name| !listed.lines().any(|line| line == *name))
            && listed.contains("ann\n"),
        "{listed}"
    );
    let usage = site.sealwire(&["users", "import"]);
    assert_eq!(usage.code, 2, "{usage:?}");
    let ann = site.sealwire(&["users", "import", "--database", name, "ann"]);
    assert!(ann.stderr.contains("only superusers"), "{ann:?}");
}

#[test]
fn a_password_ends_with_its_time() {
    let database = database();
    let site = site(&database, SCRAM, false, "\"disable\"");
    let name = database.name();
    database.run(
        "drop role if exists late; create role late login password 'late' valid until '2000-01-01'",
    );
    database.run(
        "drop role if exists soon; create role soon login password 'soon' valid until '2100-01-01'",
    );
    import(&site, &database, &["late", "soon"]);
    let listed = site.sealwire(&["users", "list"]).ok();
    assert!(
        listed.contains("late, until 2000-01-01T00:00:00"),
        "{listed}"
    );
    add(
        &site,
        "ann",
        "ann",
        &["--database", name, "--valid-until", "2001-01-01T00:00:00Z"],
    )
    .ok();
    let proxy = site.serve();
    for user in ["late", "ann"] {
        is_out(
            &comes_in(&proxy, user, user, ""),
            &format!("password authentication failed for user \"{user}\""),
        );
    }
    is_in(&comes_in(&proxy, "soon", "soon", ""), "soon");
}
