//! Schema `sealwire`, `protect` and `unprotect` on a real server, and the ground that follows them.

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwap;
use sealwire::fault::Fault;
use sealwire::ground::Grounds;
use sealwire::jobs::{self, JobError, Progress, ProtectOptions, ProtectReport};
use sealwire::keys::{FileProvider, KeyProvider, Provider, backup, verify_backup};
use sealwire::policy::{Policy, Storage};
use sealwire::upstream::service;

use crate::harness::Database;

const SETTINGS: &str = r#"
[listen]
address = "127.0.0.1:0"
[upstream]
address = "127.0.0.1:PORT"
[upstream.service]
user = "sealwire"
[keys]
provider = "file"
path = "../keys/root.key"
[classes.text]
seal = {}
[classes.key]
seal = { search = ["equality"] }
[classes.email]
seal = { search = ["equality"], domain = "email" }
"#;

struct Scene {
    database: Database,
    folder: tempfile::TempDir,
    provider: Arc<Provider>,
    policy: Arc<Policy>,
}

impl Scene {
    async fn new(sql: &str, rules: &str) -> Scene {
        let database = Database::create(&["app"]);
        database.run(sql);
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("rules")).unwrap();
        let key = folder.path().join("keys/root.key");
        let rules_dir = folder.path().join("rules");
        let provider = Provider::File(FileProvider::create(&key, &rules_dir, None).unwrap());
        let scene = Scene {
            policy: Arc::new(load(&database, rules, &rules_dir)),
            database,
            folder,
            provider: Arc::new(provider),
        };
        scene.init().await;
        scene
    }

    async fn owner(&self) -> tokio_postgres::Client {
        service::connect_url(&self.database.superuser_url())
            .await
            .unwrap()
    }

    async fn init(&self) -> jobs::InitReport {
        let mut owner = self.owner().await;
        jobs::init(&mut owner, self.provider.as_ref(), &self.key(), "sealwire")
            .await
            .unwrap()
    }

    fn key(&self) -> std::path::PathBuf {
        self.folder.path().join("keys/root.key")
    }

    async fn protect(&self, tables: &[&str]) -> Result<ProtectReport, JobError> {
        let key = self.key();
        let options = ProtectOptions {
            key_file: &key,
            no_backup: true,
            functions_reviewed: false,
            lock_timeout: Duration::from_secs(10),
        };
        jobs::protect(
            &mut self.owner().await,
            self.provider.as_ref(),
            &self.policy,
            &named(tables),
            &options,
            &mut |_: Progress<'_>| {},
        )
        .await
    }

    async fn unprotect(&self, tables: &[&str]) -> Result<jobs::UnprotectReport, JobError> {
        jobs::unprotect(
            &mut self.owner().await,
            self.provider.as_ref(),
            &named(tables),
            None,
            Duration::from_secs(10),
            &mut |_: Progress<'_>| {},
        )
        .await
    }

    fn grounds(&self) -> Grounds {
        Grounds::new(
            Arc::new(ArcSwap::new(self.policy.clone())),
            self.provider.clone(),
        )
    }
}

fn load(database: &Database, rules: &str, dir: &Path) -> Policy {
    let settings = SETTINGS.replace("PORT", &database.server().port().to_string());
    Policy::load_str(&[("sealwire.toml", &settings), ("rules.toml", rules)], dir)
        .unwrap_or_else(|problems| panic!("{problems:?}"))
}

fn named(tables: &[&str]) -> Vec<(String, String)> {
    tables
        .iter()
        .map(|name| ("public".to_owned(), (*name).to_owned()))
        .collect()
}

fn obstacles(result: Result<ProtectReport, JobError>) -> Vec<String> {
    match result {
        Err(JobError::Obstacles(list)) => list.iter().map(ToString::to_string).collect(),
        Err(other) => panic!("{other}"),
        Ok(report) => panic!("{report:?}"),
    }
}

const SHOP: &str = r#"
create type mood as enum ('glad', 'sad');
create table people (
    id serial primary key,
    email varchar(80) not null unique,
    notes text default 'none''s \ given',
    age smallint, wealth numeric(12,2), height real, mass double precision, born date,
    seen timestamptz, meets time(3), tags text[], doc json, docb jsonb, raw bytea, host inet,
    code char(6), uid uuid, feels mood, ok boolean, plain text);
create index people_age on people (age);
create index people_notes on people (notes);
create index people_wealth on people using hash (wealth);
create table letters (id int primary key, to_email varchar(80) references people (email) on update cascade, body text not null);
insert into people (email, notes, age, wealth, height, mass, born, seen, meets, tags, doc, docb, raw, host, code, uid, feels, ok, plain)
select 'person' || i || '@example.com',
       case when i % 7 = 0 then null when i % 5 = 0 then '' else repeat('é', i % 60) || E'\t' || i end,
       i % 90, i * 1.25 - 800, i / 3.0, -i / 7.0, date '1940-01-01' + i, now() - i * interval '1 h 7 s',
       time '00:00:00.125' + i * interval '13 s', case when i % 3 > 0 then array['a', null, i::text, 'x,y' || E'\\' ] end,
       ('{ "b": 1,  "a": [null, ' || i || '] }')::json, jsonb_build_object('n', i / 8.0), decode(lpad(to_hex(i), 8, '0'), 'hex'),
       ('10.0.' || i % 200 || '.0/24')::inet, 'c' || i % 50, md5(i::text)::uuid, (array['glad', 'sad'])[1 + i % 2]::mood, i % 2 = 0, 'p' || i
from generate_series(1, 3000) i;
update people set height = '-0', mass = 'NaN', born = 'infinity', seen = '-infinity' where id = 5;
insert into letters select i, 'person' || i || '@example.com', 'dear ' || i from generate_series(1, 500) i;
create function touch() returns trigger language plpgsql as $$ begin new.plain := 'touched'; return new; end $$;
create trigger touch before update on people for each row execute function touch();
"#;

const SHOP_RULES: &str = r#"
[tables."public.people".columns]
email = "email"
notes = "text"
age = "key"
wealth = "key"
height = "text"
mass = "key"
born = "key"
seen = "text"
meets = "key"
tags = "text"
doc = "text"
docb = "text"
raw = "key"
host = "key"
code = "key"
uid = "key"
feels = { seal = { search = ["equality"], acknowledge_leakage = true } }
ok = "text"
plain = { masks = { default = "null" } }
[tables."public.letters".columns]
to_email = "email"
body = "text"
"#;

fn dump(database: &Database, table: &str) -> String {
    database.value(&format!(
        "set timezone = 'UTC'; select md5(string_agg(t::text, '|' order by id)) || count(*) from {table} t"
    ))
}

#[tokio::test]
async fn a_table_goes_there_and_back() {
    let scene = Scene::new(SHOP, SHOP_RULES).await;
    let database = &scene.database;
    let before = (dump(database, "people"), dump(database, "letters"));
    let shape = "select string_agg(a.attname || ':' || format_type(a.atttypid, a.atttypmod) || ':' || a.attnotnull
         || coalesce(pg_get_expr(d.adbin, d.adrelid), ''), ',' order by a.attnum)
        from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
        where a.attrelid = 'people'::regclass and a.attnum > 0 and not a.attisdropped";
    let shape_before = database.value(shape);
    let alone = obstacles(scene.protect(&["letters"]).await);
    assert_eq!(alone.len(), 1, "{alone:?}");
    assert!(alone[0].contains("letters_to_email_fkey"), "{alone:?}");

    let report = scene.protect(&["people", "letters"]).await.unwrap();
    assert_eq!(report.sealed.len(), 20);
    assert_eq!(report.registered, ["public.people.plain"]);
    assert!(
        report
            .notes
            .iter()
            .any(|note| note.contains("people_notes"))
    );
    assert_eq!(
        database.value("select count(distinct email) || ' ' || count(*) from people"),
        "3000 3000"
    );
    assert_eq!(
        database.value("select string_agg(a.attname, ',' order by attnum) from pg_attribute a where attrelid = 'people'::regclass and atttypid = 'sealwire.sealed'::regtype and attname <> 'plain'"),
        "email,notes,age,wealth,height,mass,born,seen,meets,tags,doc,docb,raw,host,code,uid,feels,ok"
    );
    assert_eq!(
        database.value("select count(*) from letters l join people p on p.email = l.to_email"),
        "500"
    );
    assert_eq!(
        database.value("select count(*) from people where plain = 'touched'"),
        "0"
    );
    assert_eq!(
        database.value("select string_agg(tgname::text || tgenabled::text, ',') from pg_trigger where tgrelid = 'people'::regclass and not tgisinternal"),
        "touchO"
    );
    assert_eq!(
        database.value("select count(*) from pg_stats where tablename = 'people' and most_common_vals::text ~ 'person|glad'"),
        "0"
    );
    assert_eq!(
        database.value("select conname from pg_constraint where contype = 'f'"),
        "letters_to_email_fkey"
    );
    // The rewrite leaves nothing behind: heap, TOAST, indexes and statistics of the whole database.
    database.run("checkpoint");
    assert_eq!(
        database.value(
            "select string_agg(relname, ',') from pg_class where relkind in ('r', 'i', 't') and relfilenode <> 0
             and position('person1234@example'::bytea in pg_read_binary_file(pg_relation_filepath(oid))) > 0"
        ),
        ""
    );
    assert!(matches!(
        scene.protect(&["people", "letters"]).await,
        Err(JobError::Nothing(_))
    ));

    let client = crate::harness::connect(&database.superuser_url()).await;
    let late = async {
        // What a proxy would send that planned before the change.
        let send = "insert into letters (id, body) values (9999, decode('fb11' || repeat('00', 40), 'hex'))";
        let plain = "select atttypid = 'text'::regtype from pg_attribute where attrelid = 'letters'::regclass and attname = 'body'";
        loop {
            if client.query_one(plain, &[]).await.unwrap().get(0) {
                let error = client.batch_execute(send).await.unwrap_err();
                return error.code().unwrap().code().to_owned();
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    let (back, late) = tokio::join!(scene.unprotect(&["people", "letters"]), late);
    let back = back.unwrap();
    assert_eq!(late, "23514");
    assert_eq!(
        database.value("select count(*) from pg_constraint where conname like 'sealwire%'"),
        "0"
    );
    assert_eq!((back.opened.len(), back.removed.len()), (20, 1));
    // One canonical zero: the only difference is its sign.
    database.run("alter table people disable trigger touch; update people set height = '-0' where height = 0");
    assert_eq!(
        (dump(database, "people"), dump(database, "letters")),
        before
    );
    assert_eq!(database.value(shape), shape_before);
    assert_eq!(database.value("select count(*) from sealwire.columns"), "0");
}

#[tokio::test]
async fn everything_that_cannot_be_converted_is_listed_and_nothing_is_touched() {
    let sql = r#"
        create table t (
            id int generated always as identity primary key,
            a text check (a <> ''), b text default now()::text, c text, d text, e int, f text, g text, h text,
            k text generated always as (upper(c)) stored, s serial, x int4range, n text,
            exclude using btree (d with =));
        create view v as select a from t;
        create materialized view m as select b from t;
        create index on t (lower(c));
        create index on t (id) where f is not null;
        create unique index on t (f);
        create index on t (g, id);
        create index on t (h collate pg_catalog."C");
        create table child () inherits (t);
        create rule r as on insert to child where new.c = 'x' do also select 1;
        alter table t enable row level security;
        create policy p on t using (c = current_user);
        create function audit() returns trigger language plpgsql as $$ begin raise notice '%', new.c; return new; end $$;
        create trigger a after insert on t for each row execute function audit();
        create trigger w after update of d on t for each row execute function suppress_redundant_updates_trigger();
        create function who(int) returns text language sql as $$ select c from t where id = $1 $$;
        create function modern(int) returns text language sql begin atomic select d from t where id = $1; end;
        create publication pub for table t where (id > 0 and c is not null);
        create table other (c text references t2 (c));
        insert into t (a, c) values ('canary', 'canary');
    "#;
    let sql = format!("create table t2 (c text primary key);{sql}").replace(
        "create publication pub for table t where (id > 0 and c is not null);",
        "",
    );
    let rules = r#"
[tables."public.t".columns]
id = "key"
a = "text"
b = "text"
c = "key"
d = "key"
f = "text"
g = "text"
h = "key"
k = "text"
s = "text"
x = "text"
ix = "text"
[tables."public.t2".columns]
c = "key"
"#;
    let scene = Scene::new(&sql, rules).await;
    let found = obstacles(scene.protect(&["t", "t2"]).await);
    for expected in [
        "public.t.id: it is generated or an identity",
        "public.t.a: constraint t_a_check",
        "public.t.a: view public.v uses it",
        "public.t.b: materialised view public.m",
        "public.t.b: its default is not a constant",
        "generated column",
        "in an expression or its predicate",
        "unique index t_f_idx",
        "index t_g_id_idx",
        "index t_h_idx",
        "exclusion constraint",
        "public.child inherits from it",
        "row security policy p",
        "trigger a uses it",
        "trigger w",
        "function public.who(integer) names the table and c, id",
        "function public.modern(integer) uses it in its body",
        "public.t.s: its default is not a constant",
        "public.t.x: its type int4range is not supported",
        "there is no column ix; did you mean id?",
        "foreign key other_c_fkey",
    ] {
        assert!(
            found.iter().any(|line| line.contains(expected)),
            "{expected} is missing in\n{}",
            found.join("\n")
        );
    }
    assert_eq!(scene.database.value("select a || c from t"), "canarycanary");
    assert_eq!(
        scene
            .database
            .value("select count(*) from sealwire.columns"),
        "0"
    );
}

/// The indexes that object mappers add for LIKE stay as what they can still be; their names stay for migrations.
#[tokio::test]
async fn an_index_for_patterns_becomes_an_ordinary_one() {
    let sql = "create table t (id int primary key, a varchar(254) unique, b text);
         create index t_a_like on t (a varchar_pattern_ops);
         create index t_a_some on t (a text_pattern_ops) where id > 0;
         create index t_b_like on t (b text_pattern_ops);
         insert into t select i, 'v' || i, 'w' from generate_series(1, 10) i;";
    let rules = "[tables.\"public.t\".columns]\na = \"key\"\nb = \"text\"\nlater_on = \"text\"\n";
    let scene = Scene::new(sql, rules).await;
    let done = scene.protect(&["t"]).await.unwrap();
    assert!(
        (done.notes.iter()).any(|note| note.starts_with("public.t.later_on: not there yet")),
        "{:?}",
        done.notes
    );
    assert_eq!(
        scene.database.value(
            "select string_agg(indexdef, '; ' order by indexname) from pg_indexes where tablename = 't' and indexname like 't\\_a\\_%e'"
        ),
        "CREATE INDEX t_a_like ON public.t USING btree (a); CREATE INDEX t_a_some ON public.t USING btree (a) WHERE (id > 0)"
    );
    assert_eq!(
        scene
            .database
            .value("select count(*) from pg_indexes where indexname = 't_b_like'"),
        "0"
    );
    for name in ["t_a_like", "t_a_some", "t_b_like"] {
        assert!(
            done.notes.iter().any(|note| note.contains(name)),
            "{name} is not told: {:?}",
            done.notes
        );
    }
}

#[tokio::test]
async fn a_failure_in_the_middle_leaves_the_table_as_it_was() {
    let sql = "create table t (id int primary key, a text);
         insert into t select i, 'v' || i from generate_series(1, 100) i;
         create table u (id int primary key, a text not null); insert into u values (1, 'x');
         create function forbid() returns event_trigger language plpgsql as $$ begin
           if exists (select from pg_event_trigger_ddl_commands() where object_identity = 'public.u') then raise exception 'no'; end if; end $$;
         create event trigger forbid on ddl_command_end when tag in ('ALTER TABLE') execute function forbid();";
    let rules = "[tables.\"public.t\".columns]\na = \"text\"\n[tables.\"public.u\".columns]\na = \"text\"\n";
    let scene = Scene::new(sql, rules).await;
    let error = scene.protect(&["t", "u"]).await.unwrap_err();
    assert!(error.to_string().contains("shadow"), "{error}");
    assert_eq!(
        scene.database.value("select count(*) || max(a) from t"),
        "100v99"
    );
    assert_eq!(
        scene.database.value(
            "select count(*) from pg_attribute where attrelid = 't'::regclass and attnum > 2"
        ),
        "0"
    );
}

#[tokio::test]
async fn a_verified_backup_is_wanted() {
    let scene = Scene::new(
        "create table t (a text)",
        "[tables.\"public.t\".columns]\na = \"text\"\n",
    )
    .await;
    let key = scene.key();
    let options = ProtectOptions {
        key_file: &key,
        no_backup: false,
        functions_reviewed: false,
        lock_timeout: Duration::from_secs(10),
    };
    let attempt = async || {
        jobs::protect(
            &mut scene.owner().await,
            scene.provider.as_ref(),
            &scene.policy,
            &named(&["t"]),
            &options,
            &mut |_: Progress<'_>| {},
        )
        .await
    };
    assert!(matches!(attempt().await, Err(JobError::NoBackup)));
    let keysets = jobs::copies(&key).unwrap();
    let phrase = sealwire::keys::Passphrase::new("correct horse battery".to_owned()).unwrap();
    let bytes = backup(&scene.provider, &keysets, &phrase).unwrap();
    let summary = verify_backup(&bytes, &phrase).unwrap();
    let wrapped_under = scene.provider.describe().unwrap().fingerprint;
    summary.record(wrapped_under).write(&key).unwrap();
    attempt().await.unwrap();
}

#[tokio::test]
async fn the_ground_follows_the_catalog() {
    let scene = Scene::new(
        "create table t (id int primary key, a text, b text)",
        "[tables.\"public.t\".columns]\na = \"key\"\nb = { masks = { default = \"null\" } }\n",
    )
    .await;
    assert!(!scene.init().await.created);
    let grounds = scene.grounds();
    let ground = grounds.of(scene.database.name()).await.unwrap();
    let first = ground.current();
    let oid = first.world.snapshot.relation("public", "t").unwrap().oid;
    let storage = |ground: &sealwire::ground::Ground, attnum: i16| {
        ground.world.protection.tables[&oid].columns[&attnum]
            .storage
            .clone()
    };
    assert_eq!(storage(&first, 2), Storage::NotYetSealed);
    assert_eq!(storage(&first, 3), Storage::MaskedOnly);
    assert_eq!(ground.refresh().await.unwrap().epoch, first.epoch);

    scene.protect(&["t"]).await.unwrap();
    let second = ground.refresh().await.unwrap();
    assert!(matches!(storage(&second, 2), Storage::Sealed(_)));
    assert!(second.world.snapshot.epoch > first.world.snapshot.epoch);

    scene.database.run("alter table t rename to renamed; alter table renamed rename a to c; create view v as select c from renamed");
    let third = ground.refresh().await.unwrap();
    // The rule names the old table: protected all the same, and shut.
    assert_eq!(storage(&third, 2), Storage::RuleMissing);
    assert_eq!(storage(&third, 3), Storage::RuleMissing);
    let view = third.world.snapshot.relation("public", "v").unwrap();
    assert_eq!(view.reads, [oid]);

    let many: Vec<_> = (0..20).map(|_| ground.refresh()).collect();
    for one in futures_util::future::join_all(many).await {
        assert_eq!(one.unwrap().epoch, third.epoch);
    }
    scene.database.run("vacuum analyze");
    assert_eq!(ground.refresh().await.unwrap().epoch, third.epoch);
    scene
        .database
        .run("create temp table x (a int); drop table x");
    assert_eq!(ground.refresh().await.unwrap().epoch, third.epoch);
    for ddl in [
        "alter table renamed alter c set not null",
        "alter table renamed rename b to bb",
        "create function f() returns int language sql as 'select 1'",
        "create type e as enum ('x')",
        "alter type e add value 'y'",
        "alter table renamed drop constraint t_pkey",
        "create or replace view v as select c, id from renamed",
        "alter table renamed drop column id cascade",
    ] {
        let before = ground.current().epoch;
        scene.database.run(ddl);
        assert!(ground.refresh().await.unwrap().epoch > before, "{ddl}");
    }
}

#[tokio::test]
async fn an_edited_registry_shuts_the_database() {
    let scene = Scene::new(
        "create table t (id int primary key, a text, b text)",
        "[tables.\"public.t\".columns]\na = \"key\"\nb = { masks = { default = \"null\" } }\n",
    )
    .await;
    scene.protect(&["t"]).await.unwrap();
    let database = &scene.database;
    for (edit, undo) in [
        (
            "create table public.kept as select * from sealwire.columns where column_name = 'b'; delete from sealwire.columns where column_name = 'b'",
            "insert into sealwire.columns select * from public.kept; drop table public.kept",
        ),
        (
            "update sealwire.columns set column_name = 'other' where column_name = 'b'",
            "update sealwire.columns set column_name = 'b' where column_name = 'other'",
        ),
        (
            "update sealwire.settings set value = '1' where name = 'counter'",
            "update sealwire.settings set value = '2' where name = 'counter'",
        ),
        (
            "update sealwire.columns set scheme = 'random' where column_name = 'a'",
            "update sealwire.columns set scheme = 'deterministic' where column_name = 'a'",
        ),
    ] {
        let grounds = scene.grounds();
        let open = grounds.of(database.name()).await.unwrap();
        let oid = open
            .current()
            .world
            .snapshot
            .relation("public", "t")
            .unwrap()
            .oid;
        database.run(edit);
        let refused = scene.grounds().of(database.name()).await.err().unwrap();
        assert_eq!(refused.fault, Fault::RegistryDamaged, "{edit}");
        assert!(open.refresh().await.is_err());
        let shut = open.current();
        let kinds: HashSet<_> = shut.world.protection.tables[&oid]
            .columns
            .values()
            .map(|column| format!("{:?}", column.storage))
            .collect();
        assert_eq!(kinds, HashSet::from(["RuleMissing".to_owned()]), "{edit}");
        database.run(undo);
        open.refresh().await.unwrap();
    }
    // A registry that is older than one seen, whole and well sealed.
    let grounds = scene.grounds();
    let open = grounds.of(database.name()).await.unwrap();
    database.run("create schema kept; create table kept.c as table sealwire.columns; create table kept.s as table sealwire.settings");
    scene.unprotect(&["t"]).await.unwrap();
    open.refresh().await.unwrap();
    database.run("insert into sealwire.columns table kept.c; delete from sealwire.settings; insert into sealwire.settings table kept.s");
    assert_eq!(
        open.refresh().await.err().unwrap().fault,
        Fault::RegistryDamaged
    );
    database.run("drop schema sealwire cascade");
    assert_eq!(
        open.refresh().await.err().unwrap().fault,
        Fault::RegistryDamaged
    );
}

#[tokio::test]
async fn ordinary_roles_read_and_write_no_registry_and_no_plaintext() {
    let scene = Scene::new(
        "create table t (id int primary key, a text); grant all on t to app",
        "[tables.\"public.t\".columns]\na = \"key\"\n",
    )
    .await;
    scene.protect(&["t"]).await.unwrap();
    let app = crate::harness::connect(&scene.database.url("app")).await;
    let state = async |sql: &str| {
        let error = app.batch_execute(sql).await.err()?;
        Some(error.code()?.code().to_owned())
    };
    for denied in [
        "table sealwire.columns",
        "table sealwire.keysets",
        "delete from sealwire.settings",
        "select nextval('sealwire.domain_ids')",
    ] {
        assert_eq!(state(denied).await.as_deref(), Some("42501"), "{denied}");
    }
    assert_eq!(
        state("insert into t values (1, 'plain')").await.as_deref(),
        Some("23514")
    );
    assert_eq!(
        state("insert into t values (1, '')").await.as_deref(),
        Some("23514")
    );
    assert_eq!(
        state("insert into t values (1, decode('fb' || repeat('00', 30), 'hex'))").await,
        None
    );
    // From 18 on the server has min and max of bytea itself.
    let schema = if crate::harness::shared().major() < 18 {
        "sealwire"
    } else {
        "pg_catalog"
    };
    let ends = format!("select {schema}.min(a::bytea), {schema}.max(a::bytea) from t");
    assert_eq!(state(&ends).await, None);
}

#[tokio::test]
async fn check_finds_what_the_issue_lists() {
    let sql = r"
        create table t (
            id int primary key, a text not null default 'x' check (a <> ''), b text, c text, d text, e text not null, f date);
        create table parent (id int primary key);
        create table child (id int references parent on delete cascade, a text);
        create view v as select a from t;
        create index on t (b) where b > 'm';
        create function who(int) returns text language sql as $$ select c from t where id = $1 $$;
        create publication pub for table t;
        insert into t select i, 'x', i % 3, repeat(md5(i::text), 100), 'd', 'e', '2000-01-01' from generate_series(1, 300) i;
    ";
    let rules = r#"
[tables."public.t".columns]
a = "text"
b = "key"
c = "key"
d = { masks = { default = "null", partial = { keep_last = 4 } } }
e = { masks = { default = "null" } }
f = { seal = { search = ["equality"] }, masks = { partial = "year" } }
gone = "text"
[tables."public.missing".columns]
a = "text"
[tables."public.child".columns]
a = "text"
[roles.support]
members = ["pg:app"]
[[roles.support.grants]]
tables = ["public.t"]
level = "access"
reveal = ["d"]
partial = ["f"]
search = ["f"]
[[tests]]
as = "support"
sql = "select d, e from t"
expect = { d = "value", e = "null" }
[[tests]]
as = "support"
sql = "select d as e from t"
expect = { e = "mask" }
[[tests]]
as = "support"
sql = "delete from t"
expect = "refused"
"#;
    let scene = Scene::new(sql, rules).await;
    let mut owner = scene.owner().await;
    let report = jobs::check(&scene.policy, scene.provider.as_ref(), &mut owner)
        .await
        .unwrap();
    let lines: Vec<String> = report.findings.iter().map(ToString::to_string).collect();
    for expected in [
        "error: public.t.a: is to be sealed and still holds plaintext",
        "no table public.missing",
        "has no column `gone`",
        "refuse: constraint t_a_check",
        "refuse: view public.v uses it",
        "index t_b_idx uses b in an expression or its predicate",
        "function public.who(integer) names the table",
        "warning: public.t.b: has only 3 different values",
        "warning: public.t.c: has sealed values of more than",
        "warning: public.t.e: is NOT NULL, and its default mask is NULL",
        "note: public.t.d: is stored in plaintext and masked only",
        "note: public.child: DELETE on public.parent reaches its rows",
        "is in publication pub",
        "role support sees a mask of it and may search it",
        "setting log_min_error_statement",
    ] {
        assert!(
            lines.iter().any(|line| line.contains(expected)),
            "{expected} is missing in\n{}",
            lines.join("\n")
        );
    }
    assert!(!report.passed());
    // Until every sealed column of the table is sealed, its statements are refused: that test fails too.
    assert_eq!(report.tests, 3);

    scene.database.run("drop view v; drop index t_b_idx; drop function who; alter table t drop constraint t_a_check, add gone text");
    scene.protect(&["t", "child"]).await.unwrap();
    let mut service = service::connect(&scene.policy.settings.upstream, scene.database.name())
        .await
        .unwrap();
    let report = jobs::check(&scene.policy, scene.provider.as_ref(), &mut service)
        .await
        .unwrap();
    let failures: Vec<String> = report.failures.iter().map(ToString::to_string).collect();
    assert_eq!(failures.len(), 1, "{failures:?}");
    assert!(
        failures[0].contains("`e` shows the value, expected the default mask"),
        "{failures:?}"
    );
    let errors: Vec<_> = report
        .findings
        .iter()
        .filter(|finding| finding.severity == jobs::Severity::Error)
        .map(ToString::to_string)
        .collect();
    assert_eq!(errors.len(), 1, "{errors:?}");

    scene
        .database
        .run("grant update on sealwire.columns to app; create view w as select a from t");
    scene
        .database
        .run("alter table t add check (length(b) > 3)");
    let report = jobs::check(&scene.policy, scene.provider.as_ref(), &mut service)
        .await
        .unwrap();
    let lines: Vec<String> = report.findings.iter().map(ToString::to_string).collect();
    for expected in [
        "warning: sealwire.columns: app has UPDATE on it",
        "note: public.t.a: view public.w uses it",
        "warning: public.t.b: constraint t_b_check",
    ] {
        assert!(
            lines.iter().any(|line| line.contains(expected)),
            "{expected} is missing in\n{}",
            lines.join("\n")
        );
    }
}

#[tokio::test]
async fn a_restored_database_keeps_its_protection() {
    let scene = Scene::new(
        "create table before_it (id int); create table t (id int primary key, a text, b text); insert into t values (1, 'canary', 'b')",
        "[tables.\"public.t\".columns]\na = \"key\"\nb = { masks = { default = \"null\" } }\n",
    )
    .await;
    scene.protect(&["t"]).await.unwrap();
    // As a restore does: the same names, other oids, in this database and in a copy of it.
    let before = scene.database.value("select 't'::regclass::oid");
    scene.database.run(
        "alter table t rename to old; create table t (like old including all); insert into t table old; drop table old",
    );
    assert_ne!(scene.database.value("select 't'::regclass::oid"), before);
    let other = Database::create(&["app"]);
    other.run("drop schema public cascade");
    // The job's connection ends by itself, a moment after the job.
    tokio::time::sleep(Duration::from_millis(500)).await;
    let copy = format!("{}_copy", scene.database.name());
    other.run(&format!(
        "create database {copy} template {}",
        scene.database.name()
    ));
    for name in [scene.database.name(), copy.as_str()] {
        let ground = scene.grounds().of(name).await.unwrap();
        let current = ground.current();
        let oid = current.world.snapshot.relation("public", "t").unwrap().oid;
        let table = &current.world.protection.tables[&oid];
        assert!(matches!(table.columns[&2].storage, Storage::Sealed(_)));
        assert_eq!(table.columns[&3].storage, Storage::MaskedOnly);
        assert_eq!(current.registry.columns.len(), 2);
    }
}
