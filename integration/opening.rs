//! `open-dump`: a direct dump, opened without any server under shares of the keys' backup, is a dump of the same tables unprotected.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::customers::plain;
use crate::harness::{Database, Output, Site, psql_with, run};
use crate::recovering::{Protected, dump, protected};

fn open(protected: &Protected, file: &Path, more: &[&str]) -> Output {
    let words = [
        &["open-dump", file.to_str().unwrap()][..],
        &protected.shares(),
        more,
    ]
    .concat();
    protected.site.sealwire(&words)
}

/// The opened dump, in a file.
fn opened(protected: &Protected, file: &Path) -> PathBuf {
    let out = file.with_extension("opened");
    let done = open(protected, file, &["--out", out.to_str().unwrap()]);
    assert_eq!(done.code, 0, "{}", done.stderr);
    assert_eq!(
        std::fs::metadata(&out).unwrap().permissions().mode() & 0o777,
        0o600
    );
    out
}

fn restored(file: &Path) -> Database {
    let database = Database::create(&[]);
    let file = file.to_str().unwrap();
    let options = ["-q", "-v", "ON_ERROR_STOP=1", "-f", file];
    psql_with(&database.superuser_url(), &options, "select 1").ok();
    database
}

/// A dump without what is never the same twice, and without comments.
fn lines(file: &Path) -> Vec<String> {
    let own = |line: &&str| {
        let aside = ["\\restrict", "\\unrestrict", "--"];
        !line.is_empty() && !aside.iter().any(|word| line.starts_with(word))
    };
    let text = std::fs::read_to_string(file).unwrap();
    text.lines().filter(own).map(str::to_owned).collect()
}

#[test]
fn an_opened_dump_is_that_of_the_tables_unprotected() {
    let unprotected = plain();
    let protected = protected();
    let folder = protected.site.folder().to_owned();
    for (name, options) in [
        ("copy", &[][..]),
        ("inserts", &["--inserts"]),
        ("columns", &["--column-inserts"]),
        ("many", &["--rows-per-insert=7"]),
    ] {
        let file = protected.dump(options, name);
        let out = opened(&protected, &file);
        let text = std::fs::read_to_string(&out).unwrap();
        assert!(!text.contains("\\xfb"), "{name}");
        // Text for text what pg_dump writes of the tables that were never protected.
        let expected = folder.join(format!("{name}.expected"));
        dump(&unprotected, options, &expected);
        assert_eq!(lines(&out), lines(&expected), "{name}");
        if name == "copy" {
            let again = folder.join("again");
            dump(&restored(&out), options, &again);
            assert_eq!(lines(&again), lines(&expected));
        }
    }
    // Rows alone: the registry's names are enough where the columns are named.
    let rows = folder.join("rows.expected");
    dump(
        &unprotected,
        &["--data-only", "--column-inserts", "-t", "public.claims"],
        &rows,
    );
    let file = protected.dump(&["--data-only", "--column-inserts"], "rows");
    let text = std::fs::read_to_string(opened(&protected, &file)).unwrap();
    let claims: Vec<&str> = text
        .lines()
        .filter(|line| line.contains("public.claims"))
        .collect();
    let expected = std::fs::read_to_string(&rows).unwrap();
    let expected: Vec<&str> = expected
        .lines()
        .filter(|line| line.starts_with("INSERT"))
        .collect();
    assert_eq!(
        claims
            .iter()
            .filter(|line| line.starts_with("INSERT"))
            .copied()
            .collect::<Vec<_>>(),
        expected
    );
    let file = protected.dump(&["--data-only", "--inserts"], "nameless");
    let done = open(&protected, &file, &[]);
    assert_eq!(done.code, 1);
    assert!(done.stderr.contains("--column-inserts"), "{}", done.stderr);
}

#[test]
fn what_does_not_open_is_told_and_stays() {
    let protected = protected();
    let sealed = |id: i32| {
        protected
            .database
            .value(&format!("select amount::text from claims where id = {id}"))
    };
    let (third, other) = (
        sealed(3),
        protected
            .database
            .value("select notes::text from customers where id = 1"),
    );
    protected.database.run(
        "alter domain sealwire.sealed drop constraint sealed_shape;
         update claims set amount = set_byte(amount, 30, get_byte(amount, 30) # 1) where id = 3;
         update claims set amount = (select notes from customers where id = 1) where id = 5;
         update claims set amount = substr(amount, 1, 20) where id = 7",
    );
    for (name, options) in [("copy", &[][..]), ("inserts", &["--inserts"])] {
        let file = protected.dump(options, name);
        let done = open(&protected, &file, &[]);
        assert_eq!(done.code, 1, "{}", done.stderr);
        let lines: Vec<String> = std::fs::read_to_string(&file)
            .unwrap()
            .lines()
            .map(str::to_owned)
            .collect();
        for reason in [
            "damaged",
            "belongs to key domain",
            "not an envelope|damaged",
        ] {
            let mut reports = done
                .stderr
                .lines()
                .filter(|line| line.contains("public.claims.amount (key domain "));
            let report = reports.find(|line| reason.split('|').any(|reason| line.contains(reason)));
            let report = report.unwrap_or_else(|| panic!("{reason}: {}", done.stderr));
            let number: usize = report
                .strip_prefix("line ")
                .unwrap()
                .split(':')
                .next()
                .unwrap()
                .parse()
                .unwrap();
            assert!(lines[number - 1].contains("xfb"), "{report}");
        }
        assert!(done.stderr.contains(", 3 not, "), "{}", done.stderr);
        // It is in the output as it was, and everything else is opened.
        let other = other.trim_start_matches('\\');
        assert!(
            done.stdout.contains(other) && !done.stdout.contains(third.trim_start_matches('\\'))
        );
        assert_eq!(done.stdout.matches("xfb").count(), 3);
        assert!(
            done.stdout.contains("user1@example.com") && done.stdout.contains("115.5"),
            "{name}"
        );
    }
    let file = protected.dump(&[], "json");
    let done = open(&protected, &file, &["--json"]);
    let last: serde_json::Value =
        serde_json::from_str(done.stderr.lines().last().unwrap()).unwrap();
    assert_eq!(last["failed"], 3);
}

#[test]
fn a_dump_is_opened_to_nobody_else() {
    let protected = protected();
    let site = &protected.site;
    let file = protected.dump(&[], "shop.sql");
    // Not among the rules, not over a file, not to a terminal.
    let inside = site.rules_dir().join("plain.sql");
    let refused = open(&protected, &file, &["--out", inside.to_str().unwrap()]);
    assert_eq!(refused.code, 1, "{}", refused.stderr);
    assert!(
        refused.stderr.contains("lies inside the rules folder"),
        "{}",
        refused.stderr
    );
    assert!(!inside.exists());
    let refused = open(&protected, &file, &["--out", file.to_str().unwrap()]);
    assert_eq!(refused.code, 1, "{}", refused.stderr);
    let words = [
        &["open-dump", file.to_str().unwrap()][..],
        &protected.shares(),
    ]
    .concat();
    let command = format!(
        "{} {} --rules {}",
        env!("CARGO_BIN_EXE_sealwire"),
        words.join(" "),
        site.rules_dir().display()
    );
    if Command::new("script")
        .arg("--version")
        .stdout(Stdio::null())
        .status()
        .is_ok()
    {
        let shown = run(Command::new("script").args(["-qec", &command, "/dev/null"]));
        assert_eq!(shown.code, 2, "{}", shown.stdout);
        assert!(
            shown.stdout.contains("--force") && !shown.stdout.contains("user1@"),
            "{}",
            shown.stdout
        );
    }
    // What a shell has opened becomes its owner's alone, and is not among the rules either.
    let out = site.folder().join("out.sql");
    run(Command::new("sh").args(["-c", &format!("umask 022; {command} > {}", out.display())])).ok();
    assert_eq!(
        std::fs::metadata(&out).unwrap().permissions().mode() & 0o777,
        0o600
    );
    assert!(
        std::fs::read_to_string(&out)
            .unwrap()
            .contains("user1@example.com")
    );
    let among = run(Command::new("sh").args(["-c", &format!("{command} > {}", inside.display())]));
    assert_eq!(among.code, 1, "{}", among.stderr);
    assert_eq!(std::fs::read_to_string(&inside).unwrap(), "");
    std::fs::remove_file(&inside).unwrap();

    // Too few shares, another backup, an altered registry, a dump without one, an archive, one that breaks off.
    let few = site.sealwire(&[
        "open-dump",
        file.to_str().unwrap(),
        "--share",
        &protected.pages[0],
    ]);
    assert_eq!(few.code, 1);
    assert!(
        few.stderr.contains("not enough") && few.stdout.is_empty(),
        "{}",
        few.stderr
    );
    let other = Site::new(&plain(), crate::customers::RULES);
    let backup = other.folder().join("other.backup");
    let phrase = [("SEALWIRE_BACKUP_PASSPHRASE", "correct horse battery")];
    other
        .sealwire_with(&["keys", "backup", backup.to_str().unwrap()], &phrase)
        .ok();
    let words = [
        "open-dump",
        file.to_str().unwrap(),
        "--backup",
        backup.to_str().unwrap(),
    ];
    let stranger = site.sealwire_with(&words, &phrase);
    assert_eq!(stranger.code, 1);
    assert!(
        stranger.stderr.contains("was wrapped under key") && stranger.stdout.is_empty(),
        "{}",
        stranger.stderr
    );
    let whole = std::fs::read_to_string(&file).unwrap();
    let cases = [
        (
            whole.replacen("\tpublic\tclaims\tamount\t", "\tpublic\tclaims\tnote\t", 1),
            "does not match its seal",
        ),
        (
            whole.replace("COPY sealwire.keysets", "COPY sealwire.others"),
            "no schema sealwire with its rows",
        ),
        (whole[..whole.len() / 2].to_owned(), "breaks off"),
        (
            whole.replace("client_encoding = 'UTF8'", "client_encoding = 'LATIN1'"),
            "not in UTF-8",
        ),
    ];
    for (text, said) in cases {
        let altered = site.folder().join("altered.sql");
        std::fs::write(&altered, text).unwrap();
        let refused = open(&protected, &altered, &[]);
        assert_eq!(refused.code, 1, "{said}");
        assert!(
            refused.stderr.contains(said) && refused.stdout.is_empty(),
            "{said}: {}",
            refused.stderr
        );
    }
    let archive = protected.dump(&["-Fc"], "archive");
    let refused = open(&protected, &archive, &[]);
    assert!(
        refused.stderr.contains("pg_restore --file=plain.sql"),
        "{}",
        refused.stderr
    );
}

#[test]
fn columns_are_found_under_other_names_and_what_served_searches_is_left_out() {
    const RULES: &str = r#"
[tables."public.people".columns]
nick = { seal = { search = ["equality", "equality-ci"] } }
note = { seal = {} }
[tables."public.parts".columns]
note = { seal = {} }
"#;
    let database = Database::create(&[]);
    database.run(
        "create table people (id int primary key, nick varchar(20) default 'nobody', note text collate \"C\");
         create index people_nick on people (lower(nick));
         insert into people values (1, 'Ann', 'a\tb\\c'), (2, null, 'it''s'), (3, 'Bob', '');
         create function about() returns text language sql as $$ select 'sealwire.ci' $$;",
    );
    let site = Site::new(&database, RULES);
    let backup = site.folder().join("keys.backup");
    let phrase = [("SEALWIRE_BACKUP_PASSPHRASE", "correct horse battery")];
    site.sealwire_with(&["keys", "backup", backup.to_str().unwrap()], &phrase)
        .ok();
    site.protect("public.people");
    // Past the proxy, so that the registry knows the old names.
    database.run("alter table people rename note to remark; alter table people rename to persons");
    let file = site.folder().join("people.sql");
    dump(&database, &[], &file);
    let words = [
        "open-dump",
        file.to_str().unwrap(),
        "--backup",
        backup.to_str().unwrap(),
    ];
    let done = site.sealwire_with(&words, &phrase);
    assert_eq!(done.code, 0, "{}", done.stderr);
    assert!(
        done.stderr.contains(
            "left out, since it served Sealwire: CREATE INDEX people_nick ON public.persons"
        ),
        "{}",
        done.stderr
    );
    let out = site.folder().join("out.sql");
    std::fs::write(&out, &done.stdout).unwrap();
    let restored = restored(&out);
    assert_eq!(
        restored.value("select string_agg(id || ':' || coalesce(nick, '-') || ':' || remark, ';' order by id) from persons"),
        "1:Ann:a\tb\\c;2:-:it's;3:Bob:"
    );
    restored.run("insert into persons (id) values (9)");
    assert_eq!(
        restored.value("select nick from persons where id = 9"),
        "nobody"
    );
    assert_eq!(
        restored.value("select format_type(atttypid, atttypmod) from pg_attribute where attrelid = 'persons'::regclass and attname = 'nick'"),
        "character varying(20)"
    );
    assert_eq!(restored.value("select about()"), "sealwire.ci");
    assert_eq!(
        restored.value("select count(*) from pg_namespace where nspname = 'sealwire'"),
        "0"
    );
}
