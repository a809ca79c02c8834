//! `rules diff` between two folders, and mistakes that are told at once when the proxy starts.

use std::net::TcpListener;

use crate::harness::{Database, Site, sealwire};

const RULES: &str = r#"
[tables."public.people".columns]
email = { seal = { search = ["equality"] }, masks = { partial = "email" } }
phone = { masks = {} }
[roles.desk]
members = ["pg:desk"]
[[roles.desk.grants]]
tables = ["public.people"]
level = "access"
partial = ["email"]
"#;

#[test]
fn a_review_shows_what_each_role_gains_and_loses() {
    let database = Database::create(&["desk"]);
    database.run("create table people (id int, email text, phone text)");
    let (old, new) = (Site::bare(&database, RULES), Site::bare(&database, RULES));
    let settings = old.rules_dir().join("sealwire.toml");
    std::fs::copy(&settings, new.rules_dir().join("sealwire.toml")).unwrap();
    let diff = |arguments: &[&str]| {
        let (before, after) = (old.rules_dir(), new.rules_dir());
        let mut all = vec![
            "rules",
            "diff",
            before.to_str().unwrap(),
            after.to_str().unwrap(),
        ];
        all.extend(arguments);
        sealwire(&all)
    };
    // The same rules in another folder: relative paths mean the same.
    let same = diff(&[]);
    assert_eq!(
        (same.code, same.stdout.trim()),
        (0, "Nothing changes for anyone."),
        "{}",
        same.stderr
    );
    new.write_rules(
        &RULES
            .replace("partial = [\"email\"]", "reveal = [\"email\"]")
            .replace("phone = { masks = {} }\n", "")
            .replace("search = [\"equality\"]", ""),
    );
    let changed = diff(&[]);
    assert_eq!(changed.code, 1);
    for line in [
        "As desk:",
        "+ public.people.email sees: an address with its letters hidden -> the value",
        "+ public.people.phone protection: protected -> not protected by any rule",
        "public.people.email seal: sealed, equality -> sealed, random",
    ] {
        assert!(changed.stdout.contains(line), "{line}\n{}", changed.stdout);
    }
    let url = database.superuser_url();
    let one = diff(&["--as", "desk", "--json", "--upstream", &url]);
    let document: serde_json::Value = serde_json::from_str(&one.stdout).unwrap();
    let changes = document["changes"].as_array().unwrap();
    assert!(
        changes.iter().all(|change| change["role"] == "desk"),
        "{document:#}"
    );
    assert!(
        changes
            .iter()
            .any(|change| change["object"] == "public.people.phone" && change["widens"] == true),
        "{document:#}"
    );
    assert_eq!(diff(&["--as", "nobody"]).code, 2);
    // Which routines are vouched for, what they take and what they show.
    let routine = |level: &str, rest: &str| {
        format!("{RULES}\n[routines.\"public.find(text)\"]\nlevel = \"{level}\"\n{rest}")
    };
    let takes = "args = { 1 = \"people.email\" }\n";
    for (before, after, told) in [
        (
            RULES.to_owned(),
            routine("access", takes),
            "+ public.find(text) routine: not vouched for -> vouched for at level access, takes 1 = public.people.email",
        ),
        (
            routine("access", takes),
            RULES.to_owned(),
            "- public.find(text) routine: vouched for at level access, takes 1 = public.people.email -> not vouched for",
        ),
        (
            routine("access", takes),
            routine("modify", takes),
            "- public.find(text) routine: vouched for at level access",
        ),
        (
            routine("access", takes),
            routine("access", "returns = \"people.phone\"\n"),
            "+ public.find(text) routine: vouched for at level access",
        ),
    ] {
        old.write_rules(&before);
        new.write_rules(&after);
        let changed = diff(&[]);
        assert_eq!(changed.code, 1, "{}", changed.stderr);
        assert!(changed.stdout.contains(told), "{told}\n{}", changed.stdout);
        assert_eq!(
            changed.stdout.matches("find").count(),
            1,
            "{}",
            changed.stdout
        );
    }
    new.write_rules("[tables.\"public.people\".columns]\nemail = \"nothing\"\n");
    old.write_rules("mode = \"obzerve\"\n");
    let broken = diff(&[]);
    assert_eq!(broken.code, 64);
    assert!(
        broken.stderr.contains("obzerve") && broken.stderr.contains("nothing"),
        "{}",
        broken.stderr
    );
}

#[test]
fn what_keeps_the_proxy_from_starting_is_told_at_once() {
    let database = Database::create(&[]);
    let site = Site::bare(&database, "");
    let settings = site.rules_dir().join("sealwire.toml");
    let text = std::fs::read_to_string(&settings)
        .unwrap()
        .replace(
            "user = \"sealwire\"",
            "user = \"sealwire\"\npassword_file = \"../no.password\"",
        )
        .replace("../audit.jsonl", "../no/folder/audit.jsonl");
    std::fs::write(&settings, &text).unwrap();
    let _taken = TcpListener::bind(("127.0.0.1", site.port())).unwrap();
    let output = site.sealwire(&["serve"]);
    assert_eq!(output.code, 64, "{}", output.stderr);
    for part in [
        "keys.path",
        "keys init",
        "password_file",
        "audit.path",
        "[listen] 127.0.0.1",
    ] {
        assert!(output.stderr.contains(part), "{part}\n{}", output.stderr);
    }
    // An address that is taken is no mistake of the settings: another try may do.
    std::fs::write(
        &settings,
        text.replace("../no/folder/audit.jsonl", "../audit.jsonl")
            .replace("\npassword_file = \"../no.password\"", ""),
    )
    .unwrap();
    site.sealwire(&["keys", "init"]).ok();
    let output = site.sealwire(&["serve"]);
    assert_eq!(output.code, 1, "{}", output.stderr);
    assert!(
        output.stderr.contains("[listen] 127.0.0.1"),
        "{}",
        output.stderr
    );
}
