//! The catalog facade: what tools read about protected tables is what they read about the same tables unprotected.
//! Each test asks a twin database without Sealwire, directly, and the protected one through the proxy.

mod tools;

use crate::customers::{ROLES, RULES, TABLES, plain, protected};
use crate::harness::{Database, Proxy, Raw, psql_with};

/// The unprotected twin and the protected database behind its proxy.
struct Twins {
    plain: Database,
    sealed: Database,
    proxy: Proxy,
}

fn twins() -> Twins {
    let (sealed, proxy) = protected();
    Twins {
        plain: plain(),
        sealed,
        proxy,
    }
}

impl Twins {
    /// What psql prints for the script, without the database's name.
    fn ask(&self, role: &str, script: &str) -> (String, String) {
        let run = |url: &str, database: &Database| {
            let mut options = vec!["-A", "-v", "ON_ERROR_STOP=0"];
            // Every line is a command of its own, some of them psql's.
            let lines: Vec<&str> = script
                .lines()
                .map(str::trim)
                .filter(|line| !line.is_empty())
                .collect();
            let (last, before) = lines.split_last().unwrap();
            for line in before {
                options.extend(["-c", line]);
            }
            let output = psql_with(url, &options, last);
            // Database names, and numbers that a database gives as it goes.
            let name = database.name();
            format!("{}{}", output.stdout, output.stderr)
                .replace(&format!("\n{name}|"), "\nDB|")
                .replace(&format!("|{name}|"), "|DB|")
        };
        (
            run(&self.plain.url(role), &self.plain),
            run(&self.proxy.url(role), &self.sealed),
        )
    }

    /// The same text both ways.
    #[track_caller]
    fn same(&self, role: &str, script: &str) {
        let (direct, through) = self.ask(role, script);
        let other: Vec<_> = (direct.lines().zip(through.lines()))
            .filter(|(direct, through)| direct != through)
            .collect();
        assert!(direct == through, "{script}: {other:#?}");
        assert!(!through.contains("sealwire"), "{script}: {through}");
    }
}

#[test]
fn psql_describes_a_protected_table_as_it_was_declared() {
    let twins = twins();
    for role in ["owner", "support"] {
        for script in [
            "\\d customers",
            "\\d claims",
            "\\d public.*",
            "\\dt",
            "\\di",
            "\\ds",
            "\\dv",
            "\\dT",
            "\\dD",
            "\\df",
            "\\do",
            "\\d customers_email_key",
            "\\d customers_pkey",
            "\\dp customers",
            "\\dd customers",
            "\\d+ claims",
            "\\d+ customers",
        ] {
            twins.same(role, script);
        }
    }
}

#[test]
fn information_schema_says_what_was_declared() {
    let twins = twins();
    for role in ["owner", "support", "intern"] {
        twins.same(
            role,
            "select * from information_schema.columns where table_schema = 'public' order by table_name, ordinal_position",
        );
        twins.same(
            role,
            "select table_name, column_name, udt_name from information_schema.column_udt_usage where table_schema = 'public' order by 1, 2",
        );
        twins.same(
            role,
            "select domain_name, table_name, column_name from information_schema.column_domain_usage where table_schema = 'public' order by 1, 2, 3",
        );
        twins.same(
            role,
            "select object_name, collection_type_identifier, data_type, udt_name from information_schema.element_types where object_schema = 'public' order by 1, 2",
        );
        twins.same(
            role,
            "select columns.column_name from information_schema.columns where information_schema.columns.data_type = 'character varying' and table_name = 'customers' order by ordinal_position",
        );
    }
    // Without a right to the table its columns are not listed, as anywhere.
    twins.plain.run("revoke all on customers from intern");
    twins.sealed.run("revoke all on customers from intern");
    twins.same(
        "intern",
        "select count(*) from information_schema.columns where table_name = 'customers'",
    );
}

/// Ways to say it that name the catalogs.
const SHAPES: &[&str] = &[
    "select attname, atttypid::regtype, atttypmod, attlen, attbyval, attalign, attstorage, attndims, attcollation, atthasdef from pg_attribute where attrelid = 'customers'::regclass and attnum > 0 and not attisdropped order by attnum",
    "select attname, format_type(atttypid, atttypmod) from pg_catalog.pg_attribute where attrelid = 'customers'::regclass and attnum > 0 and not attisdropped order by 1",
    "SELECT \"attname\", atttypid::regtype FROM \"pg_catalog\".\"pg_attribute\" WHERE attrelid = 'customers'::regclass and attnum > 0 and not attisdropped ORDER BY 1",
    "select a.attname, t.typname from pg_catalog . pg_attribute a, pg_type t where a.atttypid = t.oid and not attisdropped and attrelid = 'claims'::regclass order by 1",
    "select a.attname, t.typname from pg_type t, pg_attribute as a where a.atttypid = t.oid and not attisdropped and attrelid = 'claims'::regclass order by 1",
    "select pg_attribute.attname, pg_attribute.atttypid from pg_attribute where pg_attribute.attrelid = 'claims'::regclass and not attisdropped order by 1",
    "select pg_catalog.pg_attribute.attname, pg_catalog.pg_attribute.atttypid from pg_catalog.pg_attribute where pg_catalog.pg_attribute.attrelid = 'claims'::regclass and not attisdropped order by 1",
    "select typname from pg_type where oid in (select atttypid from pg_attribute where attrelid = 'claims'::regclass and attnum > 0 and not attisdropped) order by 1",
    "select (select t.typname from pg_type t where t.oid = a.atttypid) from only pg_attribute a where a.attrelid = 'claims'::regclass and attnum > 0 and not attisdropped order by attnum",
    "select attname, atttypid from only pg_attribute as a where attrelid = 'claims'::regclass and attnum > 0 and not attisdropped order by attnum",
    "select attname, atttypid from pg_attribute * where attrelid = 'claims'::regclass and attnum > 0 and not attisdropped order by attnum",
    "with pg_attribute as (select 1 as x) select * from pg_attribute",
    "with pg_attribute(y) as materialized (select 1 as x) select y from pg_attribute",
    "with a as (select * from pg_attribute) select attname, atttypid::regtype from a where attrelid = 'claims'::regclass and attnum > 0 and not attisdropped order by attnum",
    "select c.relname, a.attname, a.atttypid::regtype from ((pg_class c join pg_attribute a on a.attrelid = c.oid) join pg_type t on t.oid = a.atttypid) where c.relname = 'claims' and attnum > 0 and not attisdropped order by attnum",
    "select a.attname, d.s from pg_attribute a left join lateral (select pg_get_expr(adbin, adrelid) as s from pg_attrdef where adrelid = a.attrelid and adnum = a.attnum) d on true where a.attrelid = 'customers'::regclass and a.attnum > 0 and not a.attisdropped order by a.attnum",
    "select count(*) from pg_attrdef where adrelid = 'customers'::regclass",
    "select tableoid::regclass, adnum, pg_get_expr(adbin, adrelid) from pg_attrdef where adrelid = 'customers'::regclass order by adnum",
    "select a.xmin is not null, a.attname, a.atttypid::regtype from pg_attribute a where attrelid = 'claims'::regclass and attnum > 0 and not attisdropped order by attnum",
    "select attname from pg_attribute where attrelid = 'claims'::regclass and attname is distinct from 'id' and attnum > 0 and not attisdropped order by 1",
    "select extract(year from now()) > 2000, attname from pg_attribute where attrelid = 'claims'::regclass and attnum > 0 and not attisdropped order by 2",
    "copy (select attname, atttypid::regtype from pg_attribute where attrelid = 'claims'::regclass and attnum > 0 and not attisdropped order by attnum) to stdout",
    "select attname, atttypid::regtype from pg_attribute where not attisdropped and attrelid = 'claims'::regclass and attnum > 0 union all select 'x', 'int4'::regtype from pg_attrdef where false order by 1",
    "select attname, atttypid::regtype from pg_attribute where attrelid operator(pg_catalog.=) any (array['claims'::regclass]::oid[]) and attnum > 0 and not attisdropped order by 1",
    "select 'from pg_attribute', \"from\".attname from pg_attribute \"from\" where attrelid = 'claims'::regclass and attnum > 0 and not attisdropped order by 2",
    "select attname as from, atttypid from pg_attribute where attrelid = 'claims'::regclass and attnum > 0 and not attisdropped order by 1",
    "select * from pg_indexes where schemaname = 'public' order by indexname",
    "select pg_get_indexdef(indexrelid), pg_catalog.pg_get_indexdef(indexrelid, 1, true) from pg_index where indrelid = 'customers'::regclass order by 1",
    "select conname, pg_get_constraintdef(oid, true) from pg_constraint where conrelid = 'customers'::regclass order by 1",
    "select a.* from pg_attribute a where false",
    "select y, z::regtype from pg_attribute as a (x, y, z) where x = 'claims'::regclass and y = 'ssn'",
    "select c.id, a.attname, a.atttypid::regtype from customers c, pg_attribute a where a.attrelid = 'customers'::regclass and a.attnum in (3, 5) and c.email = 'user1@example.com' order by 2",
    "select x.s, pg_attribute.atttypid::regtype from pg_attribute join (select 'notes' as s, count(*) from customers where ssn = 'none') x on x.s = pg_attribute.attname where pg_attribute.attrelid = 'customers'::regclass",
    "select s.attname, a.atttypid::regtype from pg_stats s join pg_attribute a on a.attname = s.attname and a.attrelid = 'customers'::regclass where s.tablename = 'nothing'",
    "select count(*) from (table pg_description order by description) d where d.objoid = 'customers'::regclass",
    "select obj_description('claims'::regclass, 'pg_class'), obj_description('claims'::regclass::oid)",
    "select row_to_json(pg_attribute)->>'attname' from pg_attribute where attrelid = 'claims'::regclass and attnum = 2",
    "select attname, atttypid::regtype from pg_attribute natural join (select 'claims'::regclass::oid as attrelid) x where attnum > 0 and not attisdropped order by attnum",
    "insert into orders select 1000 + attnum, 1, attname, 1 from pg_attribute where attrelid = 'claims'::regclass and attnum > 0 and atttypid <> 17 and not attisdropped returning *",
];

#[test]
fn every_way_to_say_it_gives_what_the_server_would() {
    let twins = twins();
    for shape in SHAPES {
        twins.same("owner", shape);
    }
    // Lowest and last: a command without an alias, and definitions that outlast the session.
    let (_, through) = twins.ask("owner", "table pg_attribute");
    assert!(!through.contains("ERROR"), "{through}");
    let (_, through) = twins.ask("owner", "explain select attname from pg_attribute");
    assert!(through.contains("Seq Scan on pg_attribute"), "{through}");
}

#[test]
fn what_only_looks_like_the_catalog_is_left_alone() {
    let twins = twins();
    for database in [&twins.plain, &twins.sealed] {
        database.run(&format!(
            "grant create on database {} to owner",
            database.name()
        ));
    }
    for script in [
        "create temp table pg_attribute (attname text)\ninsert into pg_attribute values ('mine')\nselect * from pg_attribute\nselect count(*) > 100 from pg_catalog.pg_attribute",
        "create schema aside\ncreate table aside.pg_attribute (x int)\nset search_path = aside, pg_catalog, public\nselect * from pg_attribute\nselect attname, atttypid::regtype from pg_catalog.pg_attribute where attrelid = 'claims'::regclass and attnum > 0 and not attisdropped order by attnum",
        "update pg_attribute set attname = 'x' where attrelid = 'claims'::regclass",
        "delete from pg_attribute where attrelid = 'claims'::regclass",
        "select attname from pg_attribute where attrelid = 'claims'::regclass and attnum > 0 and not attisdropped order by attnum for share",
        "select 'pg_attribute'::regclass",
        "select null::pg_attribute is null",
        "create view shapes as select attname from pg_attribute where false\nselect pg_get_viewdef('shapes'::regclass)",
        "select pg_attribute from orders limit 1",
    ] {
        let (direct, through) = twins.ask("owner", script);
        assert_eq!(direct, through, "{script}");
    }
    let (_, through) = twins.ask(
        "owner",
        "set search_path = sealwire, pg_catalog\nselect format_type(atttypid, atttypmod) from pg_attribute where attrelid = 'public.claims'::regclass and attname = 'ssn'",
    );
    assert!(through.contains("character varying(11)"), "{through}");
    // In one message after a change of the path the bare name is not touched.
    let (_, through) = twins.ask(
        "owner",
        "set search_path = public; select format_type(atttypid, atttypmod) as t from pg_attribute where attrelid = 'public.claims'::regclass and attname = 'ssn'",
    );
    assert!(through.contains("sealwire.sealed"), "{through}");
}

#[test]
fn prepared_statements_keep_their_parameters() {
    let twins = twins();
    let sql = "select a.attname, format_type(a.atttypid, a.atttypmod) from pg_attribute a where a.attrelid = $1::regclass and a.attnum > $2 and not a.attisdropped order by a.attnum";
    let ask = |port, database: &str| {
        let mut raw = Raw::login(port, "support", database);
        let mut all = Vec::new();
        for _ in 0..3 {
            raw.parse("s", sql, &[25, 0]);
            raw.describe('S', "s");
            raw.bind("", "s", 0, &[Some(b"customers"), Some(b"0")], 0);
            raw.execute("", 0);
            raw.close('S', "s");
            raw.sync();
            let frames = raw.until_ready();
            assert_eq!(Raw::error(&frames), "");
            all.push((Raw::tags(&frames), Raw::rows(&frames)));
        }
        all
    };
    assert_eq!(
        ask(twins.plain.server().port(), twins.plain.name()),
        ask(twins.proxy.port(), twins.sealed.name())
    );
}

#[test]
fn a_rule_switches_it_off_and_an_old_schema_goes_without() {
    let database = Database::create(ROLES);
    database.run(TABLES);
    let proxy = Proxy::start_protected(&database, RULES, &["public.customers", "public.claims"]);
    let asked = "select format_type(atttypid, atttypmod) from pg_attribute where attrelid = 'claims'::regclass and attname = 'ssn'";
    let ask = |proxy: &Proxy| {
        psql_with(&proxy.url("support"), &["-At"], asked)
            .stdout
            .trim()
            .to_owned()
    };
    assert_eq!(ask(&proxy), "character varying(11)");
    proxy
        .site
        .write_rules(&format!("[facade]\nenabled = false\n{RULES}"));
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(60);
    while ask(&proxy) != "sealwire.sealed" {
        assert!(
            std::time::Instant::now() < deadline,
            "the rule has no effect"
        );
        std::thread::sleep(std::time::Duration::from_millis(200));
    }
    proxy.site.write_rules(RULES);
    while ask(&proxy) != "character varying(11)" {
        assert!(
            std::time::Instant::now() < deadline,
            "the rule has no effect"
        );
        std::thread::sleep(std::time::Duration::from_millis(200));
    }
    // A schema of before there was a facade.
    database.run("drop function sealwire.pg_attribute() cascade");
    while ask(&proxy) != "sealwire.sealed" {
        assert!(
            std::time::Instant::now() < deadline,
            "the facade outlives its views"
        );
        std::thread::sleep(std::time::Duration::from_millis(200));
    }
    let report = proxy
        .site
        .sealwire(&["check", "--upstream", &database.superuser_url()]);
    assert!(
        report.stdout.contains("catalog facade"),
        "{}{}",
        report.stdout,
        report.stderr
    );
    assert!(proxy.log().contains("catalog facade"), "{}", proxy.log());
    proxy
        .site
        .sealwire(&["init", "--upstream", &database.superuser_url()])
        .ok();
    while ask(&proxy) != "character varying(11)" {
        assert!(
            std::time::Instant::now() < deadline,
            "init does not bring it back"
        );
        std::thread::sleep(std::time::Duration::from_millis(200));
    }
    // And wrong words are mistakes.
    proxy
        .site
        .write_rules(&format!("[facade]\nenabled = \"no\"\nshow = 1\n{RULES}"));
    let report = proxy
        .site
        .sealwire(&["check", "--upstream", &database.superuser_url()]);
    assert_eq!(report.code, 64, "{}{}", report.stdout, report.stderr);
    let said = format!("{}{}", report.stdout, report.stderr);
    assert!(
        said.contains("expected true or false") && said.contains("show"),
        "{said}"
    );
}

/// `pg_dump --schema-only` of one database.
fn dump(url: &str, extra: &[&str]) -> String {
    let beside = crate::harness::binaries().dir.join("pg_dump");
    let output = crate::harness::run(
        std::process::Command::new(beside)
            .args(["--schema-only", "-N", "sealwire", "-d", url])
            .args(extra),
    );
    let text = output.ok();
    // A word of its own for every dump.
    text.lines()
        .filter(|line| !line.starts_with("\\restrict") && !line.starts_with("\\unrestrict"))
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn pg_dump_gives_a_schema_that_can_be_restored() {
    let twins = twins();
    let through = dump(&twins.proxy.url("owner"), &[]);
    assert_eq!(through, dump(&twins.plain.url("owner"), &[]));
    assert!(
        through.contains("email character varying(40)")
            && through.contains("notes text DEFAULT 'none yet'::text"),
        "{through}"
    );
    let one = ["-t", "public.customers"];
    assert_eq!(
        dump(&twins.proxy.url("owner"), &one),
        dump(&twins.plain.url("owner"), &one)
    );
    let empty = Database::create(ROLES);
    let file = twins.proxy.site.folder().join("schema.sql");
    std::fs::write(&file, &through).unwrap();
    let restored = psql_with(
        &empty.superuser_url(),
        &["-q", "-v", "ON_ERROR_STOP=1", "-f", &file.to_string_lossy()],
        "select 1",
    );
    assert_eq!(restored.code, 0, "{}", restored.stderr);
    assert_eq!(dump(&empty.url("owner"), &[]), through);
}

#[test]
fn a_default_runs_no_code_as_the_owner_of_the_schema() {
    let (database, _proxy) = protected();
    database.run(
        "create table ran (as_whom text); grant insert on ran to public;
         create function evil(text) returns boolean language plpgsql as
            'begin insert into public.ran values (current_user); return true; end';
         create domain evil_text as text check (evil(value));
         create type evil_row as (x evil_text);
         create table mine (c sealwire.sealed); alter table mine owner to intern",
    );
    for (declared, default) in [
        ("public.evil_text[]", "''{1}''::public.evil_text[]"),
        ("public.evil_row", "''(1)''::public.evil_row"),
        ("text", "''{1}''::public.evil_text[]"),
        ("text", "''x''::text check (public.evil(''1''))"),
    ] {
        let body = format!(
            r#"{{"schema": "public", "table": "mine", "column": "c", "declared": "{declared}", "scheme": "random", "default": "1", "default_sql": "{default}"}}"#
        );
        let output = psql_with(
            &database.url("intern"),
            &["-q"],
            &format!("call sealwire.enter('public', 'mine', 'c', '{body}', 'none', false)"),
        );
        assert_eq!(output.code, 0, "{}", output.stderr);
    }
    assert_eq!(database.value("select count(*) from ran"), "0");
}

#[test]
fn indexes_and_views_made_later_show_what_was_declared() {
    let twins = twins();
    twins.plain.run(
        "create index by_lower on customers (lower(email)); create unique index by_note on customers (id, upper(notes));
         create view contacts as select id, email, notes from customers; grant select on contacts to support",
    );
    twins.sealed.run(
        "create or replace function sealwire.ci(sealwire.sealed) returns pg_catalog.bytea language sql immutable strict
            as 'select pg_catalog.substr($1, 11, 16)';
         create index by_lower on customers (sealwire.ci(email)); comment on index by_lower is 'sealwire ci: lower';
         create unique index by_note on customers (id, sealwire.ci(notes)); comment on index by_note is 'sealwire ci: upper';
         create view contacts as select id, email, notes from customers; grant select on contacts to support",
    );
    for script in [
        "\\d customers",
        "\\d contacts",
        "select indexname, indexdef from pg_indexes where tablename = 'customers' order by 1",
        "select pg_get_indexdef('by_lower'::regclass, 1, true), pg_get_indexdef('by_lower'::regclass, 1, false), pg_get_indexdef('by_note'::regclass)",
        "select obj_description('by_lower'::regclass, 'pg_class'), (select count(*) from pg_description where objoid = 'by_note'::regclass)",
        "select column_name, data_type, character_maximum_length, column_default from information_schema.columns where table_name = 'contacts' order by ordinal_position",
    ] {
        twins.same("support", script);
    }
}

/// What was written as a default, not what the value becomes.
#[test]
fn defaults_given_through_the_proxy_are_shown_as_the_server_shows_them() {
    let columns = [
        "n1 numeric(10,2) default '0'",
        "n2 numeric(10,2) default 0",
        "n3 numeric(10,2) default -5",
        "n4 numeric(10,2) default 0.5",
        "n5 numeric default '1.50'",
        "n6 numeric(10,2) default '-7'::numeric",
        "i1 int default '3'",
        "i2 bigint default -3",
        "c1 char(5) default 'ab'",
        "c2 varchar(10) default 'it''s'",
        "c3 text default ''",
        "b1 boolean default 'yes'",
        "b2 boolean default false",
        "d1 date default '2020-1-2'",
        "t1 timestamp(0) default '2020-01-02 03:04'",
        "f1 float8 default '1.50'",
    ];
    let rules: String = std::iter::once("[tables.\"public.defaults\".columns]\n".to_owned())
        .chain(columns.iter().map(|column| {
            let (name, rest) = column.split_once(' ').unwrap();
            let (of, _) = rest.split_once(" default").unwrap();
            format!("{name} = {{ type = \"{of}\", seal = {{}} }}\n")
        }))
        .chain(std::iter::once(
            "[roles.owner]\nmembers = [\"pg:owner\"]\n\
             grants = [{ tables = [\"*\"], level = \"full-control\", reveal = [\"*\"] }]\n"
                .to_owned(),
        ))
        .collect();
    let [plain, sealed] = [Database::create(&["owner"]), Database::create(&["owner"])];
    let proxy = Proxy::start(&sealed, &rules);
    let create = format!("create table defaults (id int, {})", columns.join(", "));
    let insert = "insert into defaults (id) values (1)";
    let shown = "select column_name, column_default from information_schema.columns where table_name = 'defaults' order by 1;
         select * from defaults";
    let ask = |url: &str, sql: &str| {
        let output = psql_with(url, &["-A", "-v", "ON_ERROR_STOP=1"], sql);
        assert_eq!(output.code, 0, "{}", output.stderr);
        output.stdout
    };
    for url in [plain.url("owner"), proxy.url("owner")] {
        ask(&url, &create);
        ask(&url, insert);
    }
    assert_eq!(
        ask(&plain.url("owner"), shown),
        ask(&proxy.url("owner"), shown)
    );
}
