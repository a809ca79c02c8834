//! What a rotation refuses, and what it leaves alone.

use super::{TABLES, epochs, rotate};
use crate::harness::{Database, Site};

#[test]
fn triggers_do_not_fire_where_that_can_be_and_are_told_where_it_cannot() {
    let database = Database::create(&["app"]);
    // An owner that is no superuser.
    let keeper = format!("{}_keeper", database.name());
    database.run(TABLES);
    database.run(&format!(
        "create role {keeper} login; grant create on database {} to {keeper};
         grant create on schema public to {keeper};
         alter table people owner to {keeper}; alter table letters owner to {keeper};
         create function touch() returns trigger language plpgsql as $$ begin new.version := new.version + 1; return new; end $$",
        database.name()
    ));
    let url = database.url(&keeper);
    let site = Site::bare(&database, super::RULES);
    site.sealwire(&["keys", "init"]).ok();
    site.sealwire(&["init", "--upstream", &url]).ok();
    for table in ["people", "letters"] {
        site.sealwire(&["protect", "--i-have-no-backup", "--upstream", &url, table])
            .ok();
    }
    database.run(
        "create trigger touch before update on people for each row execute function touch();
         create trigger named before update of name on people for each row execute function touch()",
    );
    let owned = |more: &[&str]| {
        let mut all = vec![
            "rotate",
            "keyset",
            "--upstream",
            &url,
            "--i-have-no-backup",
            "--settle",
            "0",
        ];
        all.extend_from_slice(more);
        site.sealwire(&all)
    };
    let refused = owned(&[]);
    assert_eq!(refused.code, 1, "{}", refused.stdout);
    assert!(
        refused.stderr.contains("trigger touch would run") && !refused.stderr.contains("named"),
        "{}",
        refused.stderr
    );
    assert!(!epochs(&database, "people", "notes").contains("2: "));
    // A role that may keep them from firing does so.
    let done = rotate(
        &site,
        &database,
        &["--resume", "--i-have-no-backup", "--settle", "0"],
    );
    assert_eq!(done.code, 0, "{}", done.stderr);
    assert_eq!(database.value("select max(version) from people"), "0");
    assert!(epochs(&database, "people", "notes").starts_with("2: "));
    // Who has looked at them lets them fire.
    let refused = owned(&[]);
    assert_eq!(refused.code, 1, "{}", refused.stdout);
    let reviewed = owned(&["--resume", "--triggers-reviewed"]);
    assert_eq!(reviewed.code, 0, "{}", reviewed.stderr);
    assert!(epochs(&database, "people", "notes").starts_with("3: "));
    assert_eq!(database.value("select max(version) from people"), "1");
}

#[test]
fn a_name_that_is_not_there_and_a_step_out_of_order_are_told() {
    let database = Database::create(&["app"]);
    database.run(TABLES);
    let site = Site::new(&database, super::RULES);
    let told = |more: &[&str], expected: &str| {
        let output = rotate(&site, &database, more);
        assert_eq!(output.code, 1, "{more:?}: {}", output.stdout);
        assert!(
            output.stderr.contains(expected),
            "{more:?}: {}",
            output.stderr
        );
    };
    told(&["nobody"], "there is no keyset of that name");
    told(&["--resume"], "no rotation of this keyset was begun");
    told(&["--pause"], "no rotation of this keyset was begun");
    told(&["--retire"], "there is no older epoch to retire");
    let none = rotate(&site, &database, &["--status"]).ok();
    assert!(none.contains("was ever rotated"), "{none}");
    let both = rotate(&site, &database, &["--pause", "--resume"]);
    assert_eq!(both.code, 2, "{}", both.stderr);
}
