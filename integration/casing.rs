//! Tables, indexes and constraints that take no heed of case, defined through the proxy: the same statements on a plain
//! server directly. What differs in tags, rows, SQLSTATE or the name of the constraint fails.

use std::process::Command;

use crate::harness::{Database, Frame, Proxy, Raw, python, run};

const OPTIONS: &str = "template template0 encoding 'UTF8' lc_collate 'C' lc_ctype 'C.UTF-8'";

pub const RULES: &str = r#"
[classes.email]
seal = { search = ["equality", "equality-ci"] }
masks = { default = { fixed = "***" } }
[classes.ci]
seal = { search = ["equality-ci"] }
[tables."public.users".columns]
email = "email"
name = "ci"
nick = "ci"
up = { seal = { search = ["equality-ci"], fold = "upper" } }
ascii = "ci"
note = { seal = {} }
[roles.owner]
members = ["pg:app"]
grants = [{ tables = ["*"], level = "full-control", reveal = ["*"] }]
[roles.viewer]
members = ["pg:viewer"]
grants = [{ tables = ["*"], level = "modify" }]
"#;

fn database() -> Database {
    let database = Database::create_with(OPTIONS, &["app", "viewer"]);
    database.run("create extension citext; grant all on schema public to app");
    database
}

struct Twins {
    plain: Database,
    sealed: Database,
    proxy: Proxy,
    extended: bool,
}

fn twins() -> Twins {
    let (plain, sealed) = (database(), database());
    let proxy = Proxy::start(&sealed, RULES);
    Twins {
        plain,
        sealed,
        proxy,
        extended: false,
    }
}

/// Tags, rows, SQLSTATE and constraint, table and schema of errors.
fn told(frames: &[Frame]) -> Vec<String> {
    let fields =
        |frame: &Frame| ['C', 'n', 't', 's'].map(|code| frame.field(code).unwrap_or_default());
    frames
        .iter()
        .filter_map(|frame| match frame.tag {
            'C' => Some(String::from_utf8_lossy(&frame.body).into_owned()),
            'D' => Some(format!("{:?}", frame.values())),
            'E' => Some(format!("{:?}", fields(frame))),
            'Z' => Some(format!("Z {:?}", frame.body)),
            _ => None,
        })
        .collect()
}

impl Twins {
    fn both(&self, direct: &mut Raw, proxied: &mut Raw, sql: &str) {
        let ask = |raw: &mut Raw| match self.extended {
            false => raw.query(sql),
            true => raw.extended(sql),
        };
        let (x, y) = (ask(direct), ask(proxied));
        let why = y.iter().find_map(|frame| frame.field('M'));
        assert_eq!(told(&x), told(&y), "{sql}: {why:?}\n{}", self.proxy.log());
    }

    fn run(&self, script: &[&str]) {
        let mut direct = Raw::login(self.plain.server().port(), "app", self.plain.name());
        let mut proxied = Raw::login(self.proxy.port(), "app", self.sealed.name());
        for sql in script {
            self.both(&mut direct, &mut proxied, sql);
        }
    }

    /// Names of the indexes, and which are unique.
    fn indexes(&self) {
        let names = "select string_agg(relname || ' ' || indisunique || ' ' || indnkeyatts, ', ' order by relname) \
             from pg_index i join pg_class c on c.oid = indexrelid where indrelid = 'users'::regclass";
        assert_eq!(self.plain.value(names), self.sealed.value(names));
    }
}

/// Every form of an index and a constraint, in both protocols, within a transaction and outside.
#[test]
fn indexes_and_constraints_of_every_form() {
    let mut twins = twins();
    for extended in [false, true] {
        twins.extended = extended;
        twins.run(&[
            "create table users (id int primary key, email varchar(80) not null, name text, nick citext unique, up text, \
             ascii text collate \"C\", note text, constraint both_ways unique (id, nick))",
            "create unique index users_email on users (lower(email))",
            "create unique index on users (lower(name))",
            "create index on users (upper(up))",
            "create index by_ascii on users using btree (id, (lower((ascii)::text)) text_pattern_ops desc nulls last) where note is null",
            "create index hashed on users using hash (upper(cast(email as text)))",
            "create index concurrently later on users (pg_catalog.lower(email))",
            "create index concurrently if not exists later on users (lower(email))",
            "create index if not exists users_email on users (lower(email))",
            "create index plain on users (email varchar_pattern_ops)",
            "create index by_nick on users (nick, id) include (note)",
            "insert into users values (1, 'Ann@Example.com', 'Ann', 'Ann', 'ANN', 'ann', 'secret')",
            "insert into users values (2, 'ann@example.COM', 'Bob', 'Bob')",
            "insert into users values (2, 'bob@example.com', 'ANN', 'Bob')",
            "insert into users values (2, 'bob@example.com', 'Bob', 'aNN')",
            "insert into users (id, email, nick) values (1, 'x', 'aNN') on conflict (nick) do update set note = 'again' returning note",
            "insert into users (id, email) values (3, 'ANN@example.com') on conflict (lower(email)) do nothing",
            "insert into users values (2, 'bob@example.com', 'Bob', 'Bob')",
            "select id from users where lower(email) = lower('ANN@EXAMPLE.COM')",
            "select id from users where upper(name) = upper('bob')",
            "select id, nick from users where nick = 'BOB'",
            "select id from users where upper(up) = 'ANN'",
            "select id from users where lower(ascii) = lower('ANN')",
            "update users set email = 'BOB@example.com' where id = 1",
            "begin",
            "alter table users drop constraint both_ways",
            "alter table users rename constraint users_nick_key to renamed",
            "insert into users (id, email, nick) values (4, 'd', 'ann')",
            "rollback",
            "begin",
            "alter table users drop constraint if exists both_ways cascade, add column more int",
            "alter table users add constraint again unique (nick, more)",
            "alter table users add unique (more, nick), alter column name set not null",
            "insert into users (id, email, nick, name, more) values (5, 'e', 'E', 'e', 5)",
            "savepoint s",
            "insert into users (id, email, nick, name, more) values (6, 'f', 'e', 'f', 5)",
            "rollback to s",
            "alter table users drop constraint again",
            "alter table users drop constraint nothing_of_the_kind",
            "rollback",
            "alter table users rename constraint both_ways to two_ways",
            "alter table users rename column nick to name",
            "alter table users alter column email type text",
            "drop index users_lower_idx",
            "alter table users drop column nick",
            "create table if not exists users (id int, nick citext unique)",
            "drop index later",
        ]);
        twins.indexes();
        twins.run(&["drop table users"]);
        twins.sealed.run("delete from sealwire.journal");
    }
}

/// There and back: `unprotect` leaves what the same definitions leave on a plain server.
#[test]
fn unprotect_leaves_what_a_plain_server_has() {
    let twins = twins();
    twins.run(&[
        "create table users (id int primary key, email varchar(80), name text, nick citext, up text, constraint one unique (nick))",
        "create unique index users_email on users (lower(email) desc nulls last) include (id) where email is not null",
        "create index on users (upper(up), id)",
        "create unique index concurrently later on users (lower(name))",
        "create index by_nick on users (nick)",
        "insert into users values (1, 'Ann@Example.com', 'Ann', 'Nick', 'x')",
    ]);
    let owner = twins.sealed.superuser_url();
    twins
        .proxy
        .site
        .sealwire(&["unprotect", "--upstream", &owner, "public.users"])
        .ok();
    let indexes = "select string_agg(indexdef, E'\\n' order by indexname) from pg_indexes where tablename = 'users'";
    assert_eq!(twins.sealed.value(indexes), twins.plain.value(indexes));
    let constraints = "select string_agg(conname || ' ' || pg_get_constraintdef(oid), ', ' order by conname) \
         from pg_constraint where conrelid = 'users'::regclass";
    assert_eq!(
        twins.sealed.value(constraints),
        twins.plain.value(constraints)
    );
    let rows = "select string_agg(u::text, ',') from users u";
    assert_eq!(twins.sealed.value(rows), twins.plain.value(rows));
}

/// A table that is there gets its column; what is stored is sealed and searched by tag.
#[test]
fn columns_are_added_and_checked() {
    let twins = twins();
    twins.run(&[
        "create table users (id int primary key)",
        "insert into users values (1)",
        "alter table users add column email varchar(80) not null default 'None@example.com', add column nick citext unique",
        "alter table users alter column email set default 'Someone@example.com'",
        "insert into users (id, nick) values (2, 'N')",
        "insert into users (id, nick) values (3, 'n')",
        "select id, email from users where lower(email) = 'someone@example.com' or upper(email) = upper('none@EXAMPLE.com') order by id",
    ]);
    twins.indexes();
    assert_eq!(
        twins.sealed.value("select count(*) filter (where get_byte(email, 0) = 251 and octet_length(sealwire.ci(email)) = 16) from users"),
        "2"
    );
    assert_eq!(
        twins.proxy.site.sealwire(&["check"]).code,
        0,
        "{}",
        twins.proxy.site.sealwire(&["check"]).stdout
    );
}

/// What cannot be done is refused, and says what can.
#[test]
fn what_cannot_be_is_refused_with_a_hint() {
    let twins = twins();
    let mut raw = Raw::login(twins.proxy.port(), "app", twins.sealed.name());
    for sql in [
        "create table users (nick citext primary key)",
        "create table users (name text unique)",
        "create table users (name text collate \"de-x-icu\")",
        "create table users (nick citext collate \"C\")",
        "create table users (nick citext, unique (nick) deferrable)",
        "create table users (email jsonb)",
    ] {
        refused_by(&mut raw, sql);
    }
    let made = raw.query(
        "create table users (id int, email text, name text, nick citext, up text, note text)",
    );
    assert_eq!(Raw::error(&made), "");
    for sql in [
        "create index on users (name)",
        "create index on users (lower(note))",
        "create index on users (lower(up))",
        "create index on users (lower(email), upper(name))",
        "create index on users (lower(email) || 'x')",
        "create index on users (trim(email))",
        "create index on users (lower(trim(email)))",
        "create index on users ((nick::text))",
        "create index on users using gin (lower(email) gin_trgm_ops)",
        "create index on users (id) where lower(email) = 'x'",
        "alter table users add primary key (nick)",
        "alter table users alter column nick type text",
        "alter table users alter column up set default 'ſ', alter column email set default 'ς'",
    ] {
        if sql.contains("ς") {
            let frames = raw.query(sql);
            assert_eq!(Raw::error(&frames), "22023", "{frames:?}");
        } else {
            refused_by(&mut raw, sql);
        }
    }
    let mut viewer = Raw::login(twins.proxy.port(), "viewer", twins.sealed.name());
    let frames = viewer.query("create unique index on users (lower(email))");
    assert_eq!(Raw::error(&frames), "42501");
    // A function of one's own by that name is not the server's.
    twins.sealed.run("create function public.lower(varchar) returns text language sql immutable as 'select $1::text'");
    refused_by(&mut raw, "create index on users (lower(email))");
}

#[track_caller]
fn refused_by(raw: &mut Raw, sql: &str) {
    let frames = raw.query(sql);
    assert_eq!(Raw::error(&frames), "0A000", "{sql}: {frames:?}");
    let hint = frames.iter().find_map(|frame| frame.field('H'));
    assert!(hint.is_some_and(|hint| !hint.is_empty()), "{sql}");
}

/// A database whose letters are not what tags are made of.
#[test]
fn a_collation_that_folds_otherwise_is_named() {
    // A whole database by ICU there is from 15 on.
    if crate::harness::version() < 150_000 {
        return;
    }
    let database = Database::create_with(
        "template template0 encoding 'UTF8' locale_provider icu icu_locale 'tr' lc_collate 'C' lc_ctype 'C'",
        &["app"],
    );
    database.run("grant all on schema public to app");
    let proxy = Proxy::start(&database, RULES);
    let mut raw = Raw::login(proxy.port(), "app", database.name());
    let frames = raw.query("create table users (email text)");
    assert_eq!(Raw::error(&frames), "0A000", "{frames:?}");
    let message = frames.iter().find_map(|frame| frame.field('M'));
    assert!(
        message.as_ref().is_some_and(|text| text.contains("ICU")),
        "{message:?}"
    );
}

const PYTHON: &str = r#"
import sys
url = sys.argv[1]
import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy.dialects.postgresql import CITEXT
engine = sa.create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
def violated(work):
    try:
        work()
    except Exception as error:
        cause = getattr(error, "orig", None) or error.__cause__
        print(cause.sqlstate, cause.diag.constraint_name)
    else:
        print("no violation")
with engine.begin() as connection:
    op = Operations(MigrationContext.configure(connection))
    op.create_table("users", sa.Column("id", sa.Integer, primary_key=True), sa.Column("email", sa.String(80), nullable=False),
        sa.Column("name", sa.Text), sa.Column("nick", CITEXT, unique=True))
    op.create_index("ix_users_email", "users", [sa.text("lower(email)")], unique=True)
table = sa.Table("users", sa.MetaData(), autoload_with=engine)
sa.Index("ix_users_name", sa.func.lower(table.c.name), unique=True).create(engine)
def add(**values):
    with engine.begin() as connection:
        connection.execute(table.insert().values(**values))
add(id=1, email="Ann@Example.com", name="Ann", nick="Ann")
violated(lambda: add(id=2, email="ANN@example.com"))
violated(lambda: add(id=2, email="b", name="ANN"))
violated(lambda: add(id=2, email="b", nick="aNN"))
with engine.begin() as connection:
    print(connection.execute(sa.select(table.c.id).where(sa.func.lower(table.c.email) == "ann@example.com")).all())
    op = Operations(MigrationContext.configure(connection))
    op.drop_index("ix_users_name", "users")
    op.drop_constraint("users_nick_key", "users")
    op.drop_table("users")

import django
from django.conf import settings
u = sa.engine.make_url(url)
settings.configure(USE_TZ=True, DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    DATABASES={"default": {"ENGINE": "django.db.backends.postgresql", "HOST": u.host, "PORT": u.port, "NAME": u.database, "USER": u.username}})
django.setup()
from django.db import connection, models
from django.db.models.functions import Lower, Upper
class User(models.Model):
    email = models.EmailField()
    name = models.TextField(null=True)
    up = models.CharField(max_length=20, null=True)
    class Meta:
        app_label = "shop"
        db_table = "users"
        constraints = [models.UniqueConstraint(Lower("email"), name="unique_email")]
        indexes = [models.Index(Upper("up"), name="by_up")]
with connection.schema_editor() as editor:
    editor.create_model(User)
constraint = models.UniqueConstraint(Lower("name").desc(), "id", name="unique_name")
with connection.schema_editor() as editor:
    editor.add_constraint(User, constraint)
User.objects.create(email="Ann@Example.com", name="Ann", up="x")
violated(lambda: User.objects.create(email="ANN@example.COM"))
print(User.objects.get(email__iexact="ann@example.com").name, User.objects.filter(up__iexact="X").count())
try:
    User(email="ann@EXAMPLE.com").validate_constraints()
except Exception as error:
    print(type(error).__name__)
with connection.schema_editor() as editor:
    editor.remove_constraint(User, constraint)
    editor.delete_model(User)
"#;

const RUBY: &str = r#"
require "active_record"
ActiveRecord::Base.establish_connection(ARGV[0])
ActiveRecord::Migration.verbose = false
class Create < ActiveRecord::Migration[6.1]
  def change
    create_table :users do |t|
      t.string :email, null: false
      t.citext :nick
    end
    add_index :users, "lower(email)", unique: true
    add_index :users, :nick, unique: true, name: "by_nick"
  end
end
class User < ActiveRecord::Base
  validates :email, uniqueness: { case_sensitive: false }
end
2.times do
  ActiveRecord::Base.transaction { Create.migrate(:up) }
  User.reset_column_information
  User.create!(email: "Ann@Example.com", nick: "Ann")
  p User.new(email: "ANN@example.com").valid?
  begin
    User.new(email: "ANN@example.com").save!(validate: false)
  rescue ActiveRecord::RecordNotUnique => error
    p error.cause.result.error_field(PG::Result::PG_DIAG_CONSTRAINT_NAME)
  end
  begin
    User.new(email: "b", nick: "aNN").save!(validate: false)
  rescue ActiveRecord::RecordNotUnique => error
    p error.cause.result.error_field(PG::Result::PG_DIAG_CONSTRAINT_NAME)
  end
  p User.where("lower(email) = ?", "ann@example.com").pluck(:nick)
  ActiveRecord::Base.transaction { Create.migrate(:down) }
  User.reset_column_information
end
"#;

/// Django, SQLAlchemy with Alembic and Rails print the same of both.
#[test]
fn frameworks_find_their_indexes() {
    let twins = twins();
    let (direct, proxied) = (twins.plain.url("app"), twins.proxy.url("app"));
    let ask = |url: &str| python(PYTHON, &[url]);
    let (x, y) = (ask(&direct), ask(&proxied));
    assert_eq!((x.code, x.stderr.as_str()), (0, ""), "{}", x.stdout);
    assert_eq!(x.stdout, y.stdout, "{}\n{}", y.stderr, twins.proxy.log());
    let ask = |url: &str| run(Command::new("ruby").args(["-e", RUBY]).arg(url));
    let (x, y) = (ask(&direct), ask(&proxied));
    assert_eq!(x.code, 0, "{} {}", x.stdout, x.stderr);
    assert_eq!(x.stdout, y.stdout, "{}\n{}", y.stderr, twins.proxy.log());
}
