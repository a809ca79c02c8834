//! Django, SQLAlchemy with Alembic (over psycopg and asyncpg), and asyncpg by itself.

use std::path::Path;
use std::process::Command;

use super::shop;
use crate::harness::interpreter;

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

#[test]
fn sqlalchemy_over_asyncpg() {
    shop::play_with(
        program("sqlalchemy_shop/scenario.py"),
        &[("SHOP_DIALECT", "asyncpg")],
    );
}

#[test]
fn asyncpg() {
    shop::play(program("asyncpg_shop.py"));
}
