//! pg_dump and pg_restore. Through the proxy, as a role with full control that sees everything: plaintext comes out, as
//! from the same tables unprotected, and is sealed on its way in. As a role that sees masks: masks. Directly: envelopes,
//! both ways, which a proxy with the same keys opens where schema sealwire came along.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::customers::{ROLES, RULES, TABLES, plain, protected};
use crate::harness::{Database, Output, Proxy, Site, binaries, psql_with, run};

/// A client program of the server's version.
fn program(name: &str) -> Command {
    let beside = binaries().dir.join(name);
    Command::new(if beside.is_file() {
        beside
    } else {
        PathBuf::from(name)
    })
}

fn pg_dump(url: &str, options: &[&str]) -> Output {
    run(program("pg_dump").args(["-d", url]).args(options))
}

fn pg_restore(url: &str, options: &[&str], dump: &Path) -> Output {
    run(program("pg_restore")
        .args(["-d", url])
        .args(options)
        .arg(dump))
}

/// psql, from a file, to the first error.
fn psql_file(url: &str, options: &[&str], file: &Path) -> Output {
    let file = file.to_str().unwrap();
    let options = [&["-q", "-v", "ON_ERROR_STOP=1", "-f", file], options].concat();
    psql_with(url, &options, "select 1")
}

/// All rows of all tables.
fn contents(url: &str) -> String {
    let sql = ["customers", "claims", "orders", "cities"]
        .map(|table| format!("select * from {table} order by id"))
        .join(";");
    let output = psql_with(url, &["-A", "-t", "-v", "ON_ERROR_STOP=1"], &sql);
    output.ok()
}

/// A dump without the lines that are never the same twice.
fn lines(dump: &str) -> Vec<&str> {
    let own = |line: &&str| !line.starts_with("\\restrict") && !line.starts_with("\\unrestrict");
    dump.lines().filter(own).collect()
}

/// The same columns lie sealed, all of them.
#[track_caller]
fn sealed(database: &Database) {
    for (table, column, many) in [
        ("customers", "email", "40"),
        ("customers", "notes", "30"),
        ("customers", "tags", "32"),
        ("claims", "ssn", "20"),
    ] {
        let sql = format!(
            "select count(*) from {table} where {column} >= '\\xfb' and {column} < '\\xfc'"
        );
        assert_eq!(database.value(&sql), many, "{table}.{column}");
    }
}

fn emptied(database: &Database) {
    database.run("truncate customers, claims, orders, cities restart identity");
}

/// Forms of a dump that are text.
const TEXTS: &[&[&str]] = &[
    &[],
    &["--data-only"],
    &["--inserts"],
    &["--column-inserts", "--data-only"],
    &["--rows-per-insert=7", "--data-only"],
    &["--inserts", "--on-conflict-do-nothing", "--data-only"],
    &["--table=customers"],
    &["--table=public.c*", "--data-only"],
    &["--exclude-table-data=claims"],
    &["--clean", "--if-exists"],
    &["--data-only", "--disable-triggers"],
    &["--serializable-deferrable", "--schema=public"],
    &["--enable-row-security", "--lock-wait-timeout=5s"],
    &["--section=pre-data", "--section=data"],
    &["--quote-all-identifiers", "--encoding=UTF8"],
];

#[test]
fn a_dump_through_the_proxy_is_that_of_the_plain_tables() {
    let (direct, (database, proxy)) = (plain(), protected());
    for options in TEXTS {
        let options = [*options, &["-N", "sealwire"]].concat();
        let expected = pg_dump(&direct.url("owner"), &options).ok();
        let dump = pg_dump(&proxy.url("owner"), &options).ok();
        assert!(expected.contains("user7@example.com"), "{options:?}");
        assert_eq!(lines(&dump), lines(&expected), "{options:?}");
    }
    // The registry is for those who administer the database.
    let all = pg_dump(&proxy.url("owner"), &[]);
    assert!(
        all.code != 0 && all.stderr.contains("permission denied"),
        "{}",
        all.stderr
    );
    drop(database);
}

/// A dump to a file or folder through the proxy, as full control.
fn dumped(proxy: &Proxy, folder: &Path, name: &str, options: &[&str]) -> PathBuf {
    let path = folder.join(name);
    let to = path.to_str().unwrap();
    let options = [options, &["-N", "sealwire", "-f", to]].concat();
    pg_dump(&proxy.url("owner"), &options).ok();
    path
}

#[test]
fn what_is_restored_through_the_proxy_is_sealed() {
    let direct = plain();
    let (database, proxy) = protected();
    let folder = tempfile::tempdir().unwrap();
    let (url, expected) = (proxy.url("owner"), contents(&direct.url("owner")));
    let dump = |name: &str, options: &[&str]| dumped(&proxy, folder.path(), name, options);
    let whole = dump("whole.sql", &["--data-only"]);
    let (custom, parts, tar) = (
        dump("custom", &["-Fc"]),
        dump("parts", &["-Fd", "-j", "2"]),
        dump("tar", &["-Ft"]),
    );
    for options in TEXTS.iter().filter(|one| one.contains(&"--data-only")) {
        // Triggers of foreign keys are a superuser's to disable; a part leaves others out.
        if options.contains(&"--disable-triggers")
            || options.len() > 1 && options[0].contains("table")
        {
            continue;
        }
        emptied(&database);
        psql_file(&url, &[], &whole).ok();
        let file = dump("data.sql", options);
        for more in [&[][..], &["-1"]] {
            emptied(&database);
            psql_file(&url, more, &file).ok();
            assert!(contents(&url) == expected, "{options:?}");
            sealed(&database);
        }
        std::fs::remove_file(file).unwrap();
    }
    for (file, options) in [
        (&custom, &["--data-only"][..]),
        (
            &custom,
            &["--data-only", "--single-transaction", "--exit-on-error"],
        ),
        (&parts, &["--data-only"]),
        (&tar, &["--data-only"]),
    ] {
        emptied(&database);
        pg_restore(&url, options, file).ok();
        assert!(contents(&url) == expected, "{file:?} {options:?}");
        sealed(&database);
    }
    // Several at once do not go by foreign keys.
    emptied(&database);
    database.run("alter table customers drop constraint customers_city_id_fkey");
    pg_restore(&url, &["--data-only", "-j", "2"], &parts).ok();
    assert!(contents(&url) == expected);
    sealed(&database);
    // What only a superuser may do is answered as by the server.
    for (option, why) in [
        ("--disable-triggers", "must be owner of table"),
        (
            "--use-set-session-authorization",
            "permission denied to set session authorization",
        ),
    ] {
        emptied(&database);
        let refused = pg_restore(&url, &["--data-only", option], &custom);
        assert!(
            refused.code != 0 && refused.stderr.contains(why),
            "{}",
            refused.stderr
        );
    }
    emptied(&database);
    pg_restore(&url, &["--data-only", "--disable-triggers"], &custom);
    assert!(contents(&url) == expected);
}

#[test]
fn a_whole_restore_through_the_proxy_makes_sealed_tables() {
    let direct = plain();
    let expected = contents(&direct.url("owner"));
    let folder = tempfile::tempdir().unwrap();
    // A dump of plain tables, from before Sealwire, into a database that has rules and no table.
    let source = folder.path().join("before");
    let to = source.to_str().unwrap();
    pg_dump(&direct.url("owner"), &["-Fc", "-f", to]).ok();
    let database = Database::create(ROLES);
    let proxy = Site::new(&database, RULES).serve();
    let url = proxy.url("owner");
    pg_restore(&url, &["--no-owner", "--exit-on-error"], &source).ok();
    assert!(contents(&url) == expected);
    sealed(&database);
    let raw = pg_dump(
        &database.superuser_url(),
        &["-t", "customers", "-t", "claims"],
    )
    .ok();
    assert!(
        !raw.contains("user7@example.com") && !raw.contains("note 7"),
        "{raw}"
    );
    // Over what is there: dropped and made anew, in one transaction or not, by pg_restore and by psql.
    for options in [
        &["--clean", "--if-exists", "--no-owner", "--exit-on-error"][..],
        &[
            "--clean",
            "--if-exists",
            "--no-owner",
            "--single-transaction",
        ],
    ] {
        pg_restore(&url, options, &source).ok();
        assert!(contents(&url) == expected, "{options:?}");
        sealed(&database);
    }
    // Several at once, views among them: nobody waits for another's lock.
    direct.run("create view seen as select c.id, c.email, o.total from customers c join orders o on o.customer_id = c.id; create view places as select * from cities; grant select on seen, places to owner");
    let parts = folder.path().join("parts");
    let to = parts.to_str().unwrap();
    pg_dump(&direct.url("owner"), &["-Fd", "-j", "2", "-f", to]).ok();
    let other = Database::create(ROLES);
    proxy
        .site
        .sealwire(&["init", "--upstream", &other.superuser_url()])
        .ok();
    let there = format!(
        "postgresql://owner@127.0.0.1:{}/{}",
        proxy.port(),
        other.name()
    );
    pg_restore(
        &there,
        &["--no-owner", "--no-privileges", "-j", "4"],
        &parts,
    )
    .ok();
    assert!(contents(&there) == expected);
    sealed(&other);
    let text = dumped(
        &proxy,
        folder.path(),
        "text",
        &["--clean", "--if-exists", "--no-owner"],
    );
    psql_file(&url, &[], &text).ok();
    assert!(contents(&url) == expected);
    sealed(&database);
    let checked = proxy
        .site
        .sealwire(&["check", "--upstream", &database.superuser_url()]);
    assert!(checked.stdout.contains("0 error(s)"), "{}", checked.stdout);
}

#[test]
fn a_role_that_sees_masks_dumps_masks() {
    let (database, proxy) = protected();
    let only = ["-t", "customers", "-t", "claims", "-N", "sealwire"];
    for options in [
        &[][..],
        &["--data-only"],
        &["--inserts"],
        &["--column-inserts", "--data-only"],
        &["--rows-per-insert=7"],
    ] {
        for (role, hidden, shown) in [
            (
                "support",
                &["555-1", "note 7", "00100000001", "10.5"][..],
                &["user7@example.com", "*******0001", "name 7"][..],
            ),
            (
                "intern",
                &[
                    "555-1",
                    "note 7",
                    "00100000001",
                    "user7@example.com",
                    "-0001",
                    "1.25",
                ],
                &["name 7"],
            ),
        ] {
            let options = [options, &only].concat();
            let dump = pg_dump(&proxy.url(role), &options);
            let all = format!("{}{}", dump.stdout, dump.stderr);
            for value in hidden {
                assert!(!all.contains(value), "{role}, {options:?}: {value}\n{all}");
            }
            for value in shown {
                assert!(
                    dump.stdout.contains(value),
                    "{role}, {options:?}: {value}\n{all}"
                );
            }
        }
    }
    // Custom and in parts they hold no more.
    let folder = tempfile::tempdir().unwrap();
    for (name, form) in [
        ("custom", &["-Fc", "-Z0"][..]),
        ("parts", &["-Fd", "-Z0", "-j", "2"]),
    ] {
        let path = folder.path().join(name);
        let options = [form, &only, &["-f", path.to_str().unwrap()]].concat();
        pg_dump(&proxy.url("intern"), &options).ok();
        let files = if path.is_dir() {
            let entries = std::fs::read_dir(&path).unwrap();
            entries.map(|entry| entry.unwrap().path()).collect()
        } else {
            vec![path]
        };
        for file in files {
            let bytes = std::fs::read(file).unwrap();
            let text = String::from_utf8_lossy(&bytes);
            assert!(!text.contains("user7@example.com") && !text.contains("555-1"));
        }
    }
    drop(database);
}

#[test]
fn directly_envelopes_move_and_open_where_the_registry_came_along() {
    let (database, proxy) = protected();
    let expected = contents(&proxy.url("owner"));
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let superuser = database.superuser_url();
    let to = |name: &str| path(name).to_str().unwrap().to_owned();
    pg_dump(&superuser, &["-Fc", "-f", &to("custom")]).ok();
    pg_dump(&superuser, &["-Fd", "-j", "2", "-f", &to("parts")]).ok();
    pg_dump(&superuser, &["-f", &to("text")]).ok();
    let text = std::fs::read_to_string(path("text")).unwrap();
    let protected: Vec<&str> = (text.split("\nCOPY "))
        .filter(|part| part.starts_with("public.customers") || part.starts_with("public.claims"))
        .collect();
    assert_eq!(protected.len(), 2);
    for value in ["user7@example.com", "note 7", "\t00100000001\t", "t7,NULL"] {
        assert!(!protected.concat().contains(value), "{value}");
    }
    let through = |other: &Database| {
        format!(
            "postgresql://owner@127.0.0.1:{}/{}",
            proxy.port(),
            other.name()
        )
    };
    let check = |other: &Database| {
        let arguments = ["check", "--upstream", &other.superuser_url()];
        proxy.site.sealwire(&arguments)
    };
    for form in ["custom", "parts", "text"] {
        let other = Database::create(&[]);
        let url = other.superuser_url();
        if form == "text" {
            psql_file(&url, &[], &path(form)).ok();
        } else {
            pg_restore(&url, &["--exit-on-error"], &path(form)).ok();
        }
        sealed(&other);
        let report = check(&other);
        assert!(
            report.stdout.contains("0 error(s)"),
            "{form}: {}",
            report.stdout
        );
        assert!(contents(&through(&other)) == expected, "{form}");
    }
    // Without schema sealwire there is no type for the columns; a table of envelopes alone is no use elsewhere.
    pg_dump(&superuser, &["-Fc", "-N", "sealwire", "-f", &to("without")]).ok();
    let other = Database::create(ROLES);
    let failed = pg_restore(&other.superuser_url(), &[], &path("without"));
    assert!(
        failed.stderr.contains("schema \"sealwire\" does not exist"),
        "{}",
        failed.stderr
    );
    let report = check(&other);
    assert!(
        report.code == 1 && !report.stdout.contains(" 0 error(s)"),
        "{}",
        report.stdout
    );
    // Into tables sealed under the keyset of another `init`: nothing is shown that does not open.
    let third = Database::create(ROLES);
    third.run(TABLES);
    third.run("truncate customers, claims, orders, cities");
    let upstream = third.superuser_url();
    proxy.site.sealwire(&["init", "--upstream", &upstream]).ok();
    for table in ["public.customers", "public.claims"] {
        let arguments = [
            "protect",
            "--upstream",
            &upstream,
            "--i-have-no-backup",
            table,
        ];
        proxy.site.sealwire(&arguments).ok();
    }
    pg_dump(
        &superuser,
        &["--data-only", "-N", "sealwire", "-f", &to("data")],
    )
    .ok();
    psql_file(&upstream, &[], &path("data")).ok();
    let shown = psql_with(
        &through(&third),
        &["-v", "VERBOSITY=verbose"],
        "select email from customers",
    );
    assert!(
        shown.stderr.contains("XX001") && shown.stdout.is_empty(),
        "{shown:?}"
    );
}
