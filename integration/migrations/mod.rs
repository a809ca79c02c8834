//! Migration tools as they are, through the proxy: forward, backward, and a test runner's database.

use std::process::Command;

use crate::harness::{Database, Output, Proxy, python, run};
use crate::schema::RULES;

const DJANGO: &str = concat!(include_str!("django.py"), include_str!("django_back.py"));

/// Nothing of what was written lies in the server as it is.
#[track_caller]
fn sealed(database: &Database) {
    assert_eq!(
        database.value("select count(*) > 0 and bool_and(get_byte(email, 0) = 251) from customers"),
        "t"
    );
    assert_eq!(
        database.value("select count(*) from pg_attribute where attrelid = 'customers'::regclass and atttypid = 'sealwire.sealed'::regtype and attname in ('email', 'name', 'note')"),
        "3"
    );
}

#[track_caller]
fn fine(output: &Output, proxy: &Proxy) {
    assert_eq!(
        output.code,
        0,
        "{}\n{}\n{}",
        output.stdout,
        output.stderr,
        proxy.log()
    );
}

#[test]
fn django_migrates_forward_and_backward_and_makes_a_test_database() {
    let database = Database::create(&["app"]);
    let proxy = Proxy::start(&database, RULES);
    // The template of test databases: schema sealwire and nothing else.
    let template = format!("{}_template", database.name());
    database.run("alter role app createdb");
    database.run(&format!(
        "create database {template} template {} is_template true",
        database.name()
    ));
    let folder = tempfile::tempdir().unwrap();
    let output = python(
        DJANGO,
        &[
            &proxy.port().to_string(),
            database.name(),
            &template,
            &folder.path().to_string_lossy(),
        ],
    );
    fine(&output, &proxy);
    assert_eq!(output.stdout.trim(), "forward\nbackward\ntest database");
    sealed(&database);
}

#[test]
fn alembic_upgrades_and_downgrades() {
    let database = Database::create(&["app"]);
    let proxy = Proxy::start(&database, RULES);
    let output = python(include_str!("alembic.py"), &[&proxy.url("app")]);
    fine(&output, &proxy);
    sealed(&database);
}

#[test]
fn rails_migrates_up_and_down() {
    let database = Database::create(&["app"]);
    let proxy = Proxy::start(&database, RULES);
    let output = run(Command::new("ruby")
        .args(["-e", include_str!("rails.rb")])
        .arg(proxy.url("app")));
    fine(&output, &proxy);
    sealed(&database);
}

#[test]
fn a_runner_of_plain_scripts() {
    let database = Database::create(&["app"]);
    let proxy = Proxy::start(&database, RULES);
    let script = r#"
import sys, psycopg
scripts = [
    "create table customers (id bigint generated always as identity primary key, email varchar(254) not null unique, name text, note text default 'none');"
    "create table orders (id bigint primary key, customer bigint references customers (id), email varchar(254) references customers (email))",
    "insert into customers (email, name) values ('ann@example.com', 'Ann'); insert into customers (email) values ('bob@example.com')",
    "alter table customers add column mail text; create index concurrently_not on customers (mail); comment on table customers is 'people'",
    "update customers set mail = email",
]
for _ in range(2):
    with psycopg.connect(sys.argv[1], autocommit=True) as c:
        c.execute("create table if not exists history (version int primary key, at timestamptz default now())")
        c.execute("select pg_advisory_lock(4711)")
        for version, text in enumerate(scripts):
            with c.transaction():
                c.execute("lock table history in share row exclusive mode")
                if c.execute("select version from history where version = %s for update", (version,)).fetchone() is None:
                    c.execute(text)
                    c.execute("insert into history (version) values (%s)", (version,))
        c.execute("select pg_advisory_unlock(4711)")
        c.execute("create index concurrently if not exists by_name on customers (name)")
        assert c.execute("select note, name from customers where mail = 'ann@example.com'").fetchone() == ("none", "Ann")
        assert c.execute("select count(*) from history").fetchone() == (4,)
"#;
    let output = python(script, &[&proxy.url("app")]);
    fine(&output, &proxy);
    sealed(&database);
}
