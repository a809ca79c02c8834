//! The commands of the manual's page on rotating, run as they stand there.

use super::{epochs, protected};
use crate::harness::Database;

/// The commands of the page's sh blocks, without their comments.
fn commands() -> Vec<String> {
    let page = include_str!("../../src/manual/rotating.md");
    let mut inside = false;
    let mut found = Vec::new();
    for line in page.lines() {
        if line.starts_with("```") {
            inside = line == "```sh";
        } else if inside && line.starts_with("sealwire ") {
            let command = line.split(" # ").next().unwrap_or_default();
            found.push(command.trim().to_owned());
        }
    }
    found
}

#[test]
fn the_commands_of_the_manual_do_what_it_says() {
    let database = Database::create(&["app"]);
    let site = protected(&database);
    let owner = database.superuser_url();
    let place = site.folder().to_string_lossy().into_owned();
    let mut run: Vec<String> = commands();
    // What the page says of columns with search stands behind the commands of the rotation.
    let retire = run
        .iter()
        .position(|line| line.contains("--retire"))
        .unwrap();
    let last = run.remove(retire);
    run.push(last);
    assert!(run.len() >= 7, "{run:?}");
    for line in run {
        let line = line
            .replace("--rules rules", "")
            .replace("\"$owner\"", &owner)
            .replace("/safe/place", &place);
        let mut words: Vec<&str> = line.split_whitespace().skip(1).collect();
        if words.first() == Some(&"protect") {
            // A backup that holds the new epoch was made: no trial.
            assert!(!words.contains(&"--i-have-no-backup"));
        }
        if words.contains(&"--resume") {
            words.extend(["--settle", "1"]);
        }
        let output = site.sealwire_with(
            &words,
            &[("SEALWIRE_BACKUP_PASSPHRASE", "correct horse battery")],
        );
        let announces = words == ["rotate", "keyset", "--upstream", owner.as_str()];
        assert_eq!(
            output.code,
            i32::from(announces),
            "{line}: {}\n{}",
            output.stdout,
            output.stderr
        );
    }
    assert_eq!(
        database.value("select string_agg(epoch::text, ',') from sealwire.keysets"),
        "2"
    );
    for column in ["email", "notes", "diary"] {
        assert!(epochs(&database, "people", column).starts_with("2: "));
    }
}
