//! The auth query.

use super::{comes_in, database, is_in, is_out, site};
use crate::harness::{Database, until};

/// What a DBA makes for it.
const LOOKUP: &str = "create schema if not exists auth; grant usage on schema auth to sealwire; \
    create or replace function auth.lookup(who text, out name text, out verifier text, out valid_until timestamptz) \
    returns setof record language sql security definer set search_path = pg_catalog \
    as $$ select rolname::text, rolpassword, rolvaliduntil from pg_catalog.pg_authid where rolname = who and rolcanlogin and not rolsuper $$; \
    revoke all on function auth.lookup from public; grant execute on function auth.lookup to sealwire";

fn by(query: &str, database: &Database) -> String {
    format!(
        "method = \"scram\"\nauth_query = \"{query}\"\nauth_database = \"{}\"",
        database.name()
    )
}

#[test]
fn verifiers_come_from_the_server() {
    let database = database();
    database.run(LOOKUP);
    database.run("drop role if exists looked_up; create role looked_up login password 'one'");
    let auth = by(
        "select name, verifier, valid_until from auth.lookup($1)",
        &database,
    );
    let site = site(&database, &auth, true, super::VERIFIED);
    site.sealwire(&["check", "--upstream", &database.superuser_url()])
        .ok();
    let proxy = site.serve();
    is_in(&comes_in(&proxy, "ann", "ann", "sslmode=require"), "ann");
    is_in(&comes_in(&proxy, "looked_up", "one", ""), "looked_up");
    // A change is seen at once.
    database.run("alter role looked_up password 'two'");
    is_in(&comes_in(&proxy, "looked_up", "two", ""), "looked_up");
    database.run("alter role looked_up valid until '2000-01-01'");
    for (user, password) in [
        ("looked_up", "two"),
        ("looked_up", "one"),
        ("nobody", "x"),
        ("postgres", "postgres"),
        ("hashed", "hashed"),
    ] {
        is_out(
            &comes_in(&proxy, user, password, ""),
            &format!("password authentication failed for user \"{user}\""),
        );
    }
    // The connection of the lookup is lost: the next login opens another.
    database.run(
        "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'sealwire' and datname = current_database()",
    );
    until(|| comes_in(&proxy, "ann", "ann", "").code == 0);
    // It fails: nobody gets in, and why stands in the log alone.
    database.run("drop function auth.lookup");
    let output = comes_in(&proxy, "ann", "ann", "");
    is_out(&output, "SW443");
    assert!(!output.stderr.contains("auth.lookup"), "{output:?}");
    assert!(proxy.log().contains("auth.lookup"), "{}", proxy.log());
}

#[test]
fn a_query_that_hangs_for_one_user_does_not_keep_the_others_out() {
    let database = database();
    database.run(LOOKUP);
    database.run(
        "create function auth.slow(who text, out name text, out verifier text, out valid_until timestamptz) \
         language plpgsql security definer set search_path = pg_catalog as $$ begin \
         if who = 'sleepy' then perform pg_sleep(60); end if; \
         select l.name, l.verifier, l.valid_until into name, verifier, valid_until from auth.lookup(who) as l; end $$; \
         grant execute on function auth.slow to sealwire",
    );
    let auth = by(
        "select name, verifier, valid_until from auth.slow($1)",
        &database,
    );
    let proxy = site(&database, &auth, true, super::VERIFIED).serve();
    is_in(&comes_in(&proxy, "ann", "ann", ""), "ann");
    std::thread::scope(|scope| {
        let slow = scope.spawn(|| comes_in(&proxy, "sleepy", "sleepy", ""));
        std::thread::sleep(std::time::Duration::from_millis(500));
        is_in(&comes_in(&proxy, "ann", "ann", ""), "ann");
        is_out(&slow.join().unwrap(), "SW443");
    });
    is_in(&comes_in(&proxy, "ann", "ann", ""), "ann");
}

#[test]
fn queries_that_cannot_be_meant_are_mistakes() {
    let looked_up = || {
        let database = database();
        database.run(LOOKUP);
        database
    };
    for (query, words) in [
        (
            "select name, verifier, valid_until from lookup($1)",
            "stands without its schema",
        ),
        ("select 1", "expected $1"),
        ("delete from auth.users", "expected one SELECT"),
    ] {
        let database = looked_up();
        let site = site(&database, &by(query, &database), false, "\"disable\"");
        let output = site.sealwire(&["serve"]);
        assert!(
            output.code == 64 && output.stderr.contains(words),
            "{query}: {output:?}"
        );
    }
    // What only the server can tell is told by `check`.
    for (query, words) in [
        (
            "select name, verifier from auth.lookup($1)",
            "three columns",
        ),
        (
            "select name, verifier, valid_until from auth.look_up($1)",
            "auth.look_up",
        ),
        (
            "select $1::pg_catalog.text, null::pg_catalog.text, null::pg_catalog.timestamptz",
            "a user that is not there",
        ),
    ] {
        let database = looked_up();
        let site = site(&database, &by(query, &database), false, "\"disable\"");
        let output = site.sealwire(&["check", "--upstream", &database.superuser_url()]);
        assert!(
            output.code == 1 && output.stdout.contains(words),
            "{query}: {output:?}"
        );
    }
}
