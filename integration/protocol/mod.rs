//! The protocol itself, message by message, on watched, refused and unwatched statements: order in pipelines,
//! failed transactions, results that break off, prepared statements, COPY, endings, settings, metrics.

mod broken;
mod copy;
mod counted;
mod endings;
mod formats;
mod garbage;
mod pipelines;
mod prepared;
mod refused;
mod settings;
mod sizes;
mod welcome;

use crate::harness::{Database, Proxy, Raw};

/// Login roles: one that sees all, one that sees nothing.
const ROLES: &[&str] = &["owner", "intern"];

const TABLES: &str = "
create table people (id int primary key, name text, email text, notes text, phone text);
create table plain (id int primary key, name text);
insert into people select i, 'name ' || i, 'user' || i || '@example.com', 'note ' || i, '555-10' || i
from generate_series(1, 9) i;
grant all on all tables in schema public to owner, intern;
";

const RULES: &str = r#"
[tables."public.people".columns]
email = { type = "text", seal = { search = ["equality"] } }
notes = { type = "text", seal = {} }
phone = { masks = { partial = { keep_last = 2 } } }

[roles.owner]
members = ["pg:owner"]
[[roles.owner.grants]]
tables = ["*"]
level = "full-control"
reveal = ["*"]
"#;

/// What is planned, what is refused, and what is not looked at.
const WATCHED: &str = "select id, notes from people order by id";
const REFUSED: &str = "select id from people where notes = 'x'";
const UNWATCHED: &str = "select id from plain order by id";

/// A table of nine people, protected and served.
fn people() -> (Database, Proxy) {
    let database = Database::create(ROLES);
    database.run(TABLES);
    let proxy = Proxy::start_protected(&database, RULES, &["public.people"]);
    (database, proxy)
}

/// A session of the role that sees all.
fn owner(database: &Database, proxy: &Proxy) -> Raw {
    Raw::login(proxy.port(), "owner", database.name())
}

/// Turns a bit of a sealed value, so that it no longer opens.
fn corrupt(database: &Database, id: u32) {
    database.run(&format!(
        "update people set notes = set_byte(notes, length(notes) - 1, get_byte(notes, length(notes) - 1) # 1) where id = {id}"
    ));
}

/// The session goes on: what is watched, and what is not.
fn goes_on(raw: &mut Raw) {
    for frames in [
        raw.query("select email from people where id = 1"),
        raw.extended("select email from people where id = 1"),
    ] {
        assert_eq!(Raw::rows(&frames), [[Some("user1@example.com".to_owned())]]);
    }
    assert_eq!(Raw::tags(&raw.extended("select 1")), "12DCZ");
}

/// Waits for something that comes by itself.
fn eventually(what: &str, mut holds: impl FnMut() -> bool) {
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(30);
    while !holds() {
        assert!(std::time::Instant::now() < deadline, "never: {what}");
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
}

/// Backends of clients in the test's database.
fn backends(database: &Database) -> String {
    database.value(
        "select count(*) from pg_stat_activity where datname = current_database() \
         and application_name <> 'sealwire service' and pid <> pg_backend_pid()",
    )
}
