//! Django, SQLAlchemy with Alembic (over psycopg and asyncpg), and asyncpg by itself.

use std::path::Path;
use std::process::Command;

use super::shop::{self, ROLES, rules};
use crate::harness::{Database, Site, interpreter, psql};

fn program(script: &'static str) -> impl Fn() -> Command {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("integration/apps/python");
    move || {
        let mut command = Command::new(interpreter());
        command
            .arg(folder.join(script))
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .env("TZ", "UTC");
        command
    }
}

/// psycopg 3 with the values written into the text by the driver, which is Django's default.
#[test]
fn django() {
    shop::play(program("django_shop/scenario.py"));
}

/// `manage.py migrate` makes the tables through the proxy.
#[test]
fn django_with_migrations_through_the_proxy() {
    shop::play_from_the_start(program("django_shop/scenario.py"));
}

/// `manage.py test` makes a database from a template in which `sealwire init` has run, migrates it and tests in it.
#[test]
fn django_tests_in_a_database_of_their_own() {
    let database = Database::create(ROLES);
    let template = Database::create(ROLES);
    let site = Site::new(&database, &rules());
    site.sealwire(&["init", "--upstream", &template.superuser_url()])
        .ok();
    database.run(&format!(
        "alter role shop createdb; alter database {} is_template true",
        template.name()
    ));
    let proxy = site.serve();
    let url = proxy.url("shop");
    let output = program("django_shop/manage.py")()
        .args(["test", "--noinput", "--keepdb", "shop"])
        .current_dir(
            Path::new(env!("CARGO_MANIFEST_DIR")).join("integration/apps/python/django_shop"),
        )
        .envs([("SHOP_URL", &url), ("CLERK_URL", &url), ("TEMP_URL", &url)])
        .env("DJANGO_TEST_TEMPLATE", template.name())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{said}\n{}", proxy.log());
    assert!(said.contains("Ran 2 tests"), "{said}");
    let server = database.server();
    let made = server.url(server.superuser(), &format!("test_{}", database.name()));
    let sealed = "select atttypid::regtype from pg_attribute where attrelid = 'customers'::regclass and attname = 'email'";
    assert!(psql(&made, sealed).ok().contains("sealwire.sealed"));
}

/// `OPTIONS = {"server_side_binding": True}`: parameters of the protocol.
#[test]
fn django_with_server_side_binding() {
    shop::play_with(
        program("django_shop/scenario.py"),
        &[("DJANGO_BINDING", "server")],
    );
}

#[test]
fn sqlalchemy_over_psycopg() {
    shop::play_with(
        program("sqlalchemy_shop/scenario.py"),
        &[("SHOP_DIALECT", "psycopg")],
    );
}

/// Alembic makes the tables through the proxy.
#[test]
fn sqlalchemy_over_asyncpg() {
    let scenario = program("sqlalchemy_shop/scenario.py");
    shop::play_from_the_start(|| {
        let mut command = scenario();
        command.env("SHOP_DIALECT", "asyncpg");
        command
    });
}

#[test]
fn asyncpg() {
    shop::play(program("asyncpg_shop.py"));
}
