//! What people found who had not written it: settings and types that turned answers wrong, and doors by which a role that
//! sees masks could tell whether what it wrote was there before.

use crate::harness::{Database, Frame, Proxy, Raw};

const ROLES: &[&str] = &["owner", "support"];

const RULES: &str = r#"
[tables."public.people".columns]
email = { type = "text", seal = { search = ["equality"] } }
nick = { type = "text", seal = { search = ["equality-ci"] } }
rate = { type = "float8", seal = { search = ["equality"] } }
half = { type = "float8", seal = { search = ["order"], acknowledge_leakage = true } }
rank = { type = "int2", seal = { search = ["equality"] } }
host = { type = "inet", seal = {} }
seen = { type = "timestamp", seal = {} }
notes = { type = "text", seal = {} }
tags = { type = "text[]", seal = {} }
[tables."public.cheque".columns]
amount = { masks = { default = "null" } }

[roles.owner]
members = ["pg:owner"]
[[roles.owner.grants]]
tables = ["*"]
level = "full-control"
reveal = ["*"]
[roles.support]
members = ["pg:support"]
[[roles.support.grants]]
tables = ["*"]
level = "modify"
write = ["*"]
"#;

const TABLES: &str = "
    create table people (id int primary key, email text, nick text, rate float8, half float8, rank int2, host inet,
        seen timestamp, notes text, tags text[], spare int default 7);
    insert into people select i, 'user' || i || '@example.com', case when i % 2 = 0 then 'Ann' else 'bOB' end, 0.1::float8,
        case when i % 2 = 0 then 0.1::float4::float8 else 0.1 end, i, ('10.0.0.' || i)::inet, '2020-01-01', 'note', array['a', null]
        from generate_series(1, 20) i;
    update people set host = '::1/64' where id = 3;
    update people set host = '::2' where id = 4;
    create table other (id int primary key, email text);
    insert into other values (1, 'other@example.com');
    create table cheque (id int primary key, amount int, twice int generated always as (amount * 2) stored);
    insert into cheque select i, i * 3 from generate_series(1, 9) i;
    grant all on all tables in schema public to owner, support;";

/// All that an error says.
fn told(frames: &[Frame]) -> String {
    let error = frames.iter().find(|frame| frame.tag == 'E');
    error.map_or_else(String::new, |frame| {
        String::from_utf8_lossy(&frame.body).into_owned()
    })
}

struct Both {
    plain: Database,
    sealed: Database,
    proxy: Proxy,
}

fn both() -> Both {
    let plain = Database::create(ROLES);
    plain.run(TABLES);
    let sealed = Database::create(ROLES);
    sealed.run(TABLES);
    let proxy = Proxy::start_protected(&sealed, RULES, &["public.people", "public.cheque"]);
    Both {
        plain,
        sealed,
        proxy,
    }
}

impl Both {
    fn owners(&self) -> (Raw, Raw) {
        let direct = Raw::login(self.plain.server().port(), "owner", self.plain.name());
        let through = Raw::login(self.proxy.port(), "owner", self.sealed.name());
        (direct, through)
    }
}

/// Rows, command tag and error: all that an answer says of values.
fn said(frames: &[Frame]) -> (Vec<Vec<Option<String>>>, String) {
    (Raw::rows(frames), Raw::error(frames))
}

fn alike(direct: &mut Raw, through: &mut Raw, text: &str) {
    assert_eq!(
        said(&direct.query(text)),
        said(&through.query(text)),
        "{text}"
    );
    assert_eq!(
        said(&direct.extended(text)),
        said(&through.extended(text)),
        "extended: {text}"
    );
}

#[test]
fn constants_read_the_same_where_strings_do_not_conform() {
    let both = both();
    let (mut direct, mut through) = both.owners();
    for raw in [&mut direct, &mut through] {
        raw.query("set standard_conforming_strings = off");
    }
    for text in [
        "select id from people where lower(nick) = 'ann' order by id",
        "select count(*) from people where lower(nick) <> 'bob'",
        "select count(*) from people where nick ilike 'ann'",
        "select id from people where email = 'user3@example.com'",
        "select id from people where email in ('user3@example.com', 'user4@example.com') order by id",
        "select id from people where email = any('{user3@example.com,user5@example.com}') order by id",
        "select count(*) from people where half > 0.1",
        "begin",
        "update people set email = 'new', notes = 'as new' where lower(nick) = 'ann' returning id, email, notes",
        "delete from people where lower(nick) <> 'ann' returning id",
        "insert into people (id, email, nick) values (99, 'x', 'Y') returning email, nick",
        "rollback",
        "select count(*) from people",
    ] {
        let (one, other) = (direct.query(text), through.query(text));
        assert_eq!(said(&one), said(&other), "{text}");
        assert_eq!(Raw::error(&other), "", "{text}");
    }
}

#[test]
fn a_quote_may_follow_a_word() {
    let both = both();
    let (mut direct, mut through) = both.owners();
    for text in [
        "select id from people where email between'user3@example.com' and 'user3@example.com'",
        "select id from people where email in('user3@example.com')or email='user4@example.com' order by id",
        "update people set email=case when id=2 then'even' else'odd' end where id<3 returning id, email",
        "insert into people (id, email) select 200,'x' union all select 201,'y' returning id, email",
        "select id from people where lower(nick)=any(array['ann','x'])and id<5 order by id",
    ] {
        let (one, other) = (direct.query(text), through.query(text));
        // Answered alike, or refused by Sealwire.
        assert!(
            said(&one) == said(&other) || told(&other).contains("(SW"),
            "{text}: {}",
            told(&other)
        );
    }
}

#[test]
fn an_array_whose_null_is_a_word_is_refused() {
    let both = both();
    let (_, mut through) = both.owners();
    through.query("set array_nulls = off");
    for text in [
        "select count(*) from people where email = any('{abc,NULL}')",
        "update people set tags = '{NULL,x}' where id = 1",
        "select count(*) from people where email <> all('{abc,NULL}'::text[])",
    ] {
        let error = told(&through.query(text));
        assert!(error.contains("array_nulls"), "{text}: {error}");
    }
    through.query("reset array_nulls");
    let frames = through.query("update people set tags = '{NULL,x}' where id = 1 returning tags");
    assert_eq!(Raw::rows(&frames), [[Some("{NULL,x}".to_owned())]]);
}

#[test]
fn a_real_beside_a_double_is_the_nearest_real() {
    const REAL: u32 = 700;
    let both = both();
    let (mut direct, mut through) = both.owners();
    for text in [
        "select count(*) from people where rate = $1",
        "select count(*) from people where rate <> $1",
        "select count(*) from people where half = $1",
        "select count(*) from people where half < $1",
        "update people set rate = $1 where id = 1 returning rate",
        "select count(*) from people where rate = $1",
    ] {
        let binary = 0.1_f32.to_be_bytes();
        for (format, value) in [(0, b"0.1".as_slice()), (1, &binary)] {
            let mut answers = [&mut direct, &mut through].map(|raw| {
                raw.parse("", text, &[REAL]);
                raw.bind("", "", format, &[Some(value)], 0);
                raw.execute("", 0);
                raw.sync();
                said(&raw.until_ready())
            });
            let [one, other] = &mut answers;
            assert_eq!(one, other, "{text}, format {format}");
            assert_eq!(other.1, "", "{text}, format {format}");
        }
        alike(
            &mut direct,
            &mut through,
            &text.replace("$1", "'0.1'::real"),
        );
    }
}

#[test]
fn an_address_as_text_says_its_width() {
    let both = both();
    let (mut direct, mut through) = both.owners();
    for text in [
        "select id, host from people order by id",
        "select id, host::text, host::varchar from people order by id",
        "select id, length(host::text), upper(host::text) from people order by id",
        "select id, concat(host, '') from people order by id",
    ] {
        alike(&mut direct, &mut through, text);
    }
}

#[test]
fn a_query_may_give_null_to_a_sealed_column() {
    let both = both();
    let (mut direct, mut through) = both.owners();
    for text in [
        "insert into people (id, email) select 101, null returning id, email, spare",
        "insert into people (id, email, notes) select 102, null, 'n' from other returning id, email, notes",
        "insert into people (id, email, half) select 103, case when true then null end, null returning email, half",
        "update people set (email, notes) = (select null, null) where id = 5 returning email, notes",
        "select count(*) from people where email is null",
    ] {
        let (one, other) = (direct.query(text), through.query(text));
        assert_eq!(said(&one), said(&other), "{text}");
        assert_eq!(Raw::error(&other), "", "{text}");
    }
}

#[test]
fn a_parameter_beside_a_smallint_is_described_as_its_array() {
    let both = both();
    let (mut direct, mut through) = both.owners();
    let mut described = [&mut direct, &mut through].map(|raw| {
        raw.parse("", "select id from people where rank = any($1)", &[]);
        raw.describe('S', "");
        raw.sync();
        let frames = raw.until_ready();
        let found = frames.iter().find(|frame| frame.tag == 't');
        found.map(|frame| frame.body.clone())
    });
    let [one, other] = &mut described;
    assert!(one.is_some());
    assert_eq!(one, other);
}

#[test]
fn what_counts_what_was_written_is_not_for_roles_that_see_masks() {
    let both = both();
    let mut support = Raw::login(both.proxy.port(), "support", both.sealed.name());
    let (_, mut owner) = both.owners();
    for text in [
        "select pg_current_wal_insert_lsn()",
        "select pg_catalog.pg_current_wal_lsn() - '0/0'",
        "select pg_current_wal_flush_lsn()",
        "select \"pg_current_wal_lsn\"()",
        "select pg_logical_emit_message(false, 'a', 'b')",
        "select * from pg_stat_wal",
        "select * from pg_stat_get_wal()",
        "select wal_bytes from pg_catalog.pg_stat_wal",
        "select idx_blks_hit from pg_statio_user_indexes",
        "select * from pg_statio_all_tables",
        "select * from pg_stat_user_indexes",
        "select * from pg_stat_database",
        "select pg_stat_get_blocks_fetched('cheque'::regclass)",
        "select pg_stat_get_tuples_returned('cheque'::regclass)",
        "select checkpoint_lsn from pg_control_checkpoint()",
        "select restart_lsn from pg_replication_slots",
        "copy (select pg_current_wal_lsn()) to stdout",
        "create view seen as select pg_current_wal_lsn()",
        "do $$ begin perform pg_current_wal_lsn(); end $$",
    ] {
        let error = told(&support.query(text));
        assert!(error.contains("42501"), "{text}: {error:?}");
    }
    for text in [
        "select pg_current_wal_lsn() is not null",
        "select count(*) > 0 from pg_stat_wal",
        "select count(*) > 0 from pg_statio_user_tables",
    ] {
        assert_eq!(Raw::error(&owner.query(text)), "", "{text}");
    }
}

#[test]
fn a_generated_copy_of_a_masked_column_is_not_shown() {
    let both = both();
    let mut support = Raw::login(both.proxy.port(), "support", both.sealed.name());
    for text in [
        "select id, twice from cheque",
        "select id from cheque where twice > 12",
        "select * from cheque",
        "select id from cheque order by twice",
        "copy cheque (id, twice) to stdout",
        "update cheque set id = id returning twice",
        "delete from cheque where twice = 6",
    ] {
        let error = told(&support.query(text));
        assert!(error.contains("SW208"), "{text}: {error:?}");
    }
    let (_, mut owner) = both.owners();
    let frames = owner.query("select amount, twice from cheque where id = 2");
    assert_eq!(
        Raw::rows(&frames),
        [[Some("6".to_owned()), Some("12".to_owned())]]
    );
}

#[test]
fn the_last_minute_of_a_day_ends_at_midnight() {
    let both = both();
    let (mut direct, mut through) = both.owners();
    for time in [
        "23:59:60",
        "23:59:60.5",
        "23:58:60.5",
        "24:00:00",
        "24:00:00.1",
        "22:59:60",
    ] {
        for text in [format!("2020-01-01 {time}"), format!("01.01.2020 {time}")] {
            let sql = format!("update people set seen = '{text}' where id = 1 returning seen");
            alike(&mut direct, &mut through, &sql);
        }
    }
}
