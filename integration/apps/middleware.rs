//! The middleware of `integration/middleware`: a support person sees masks, a privileged one values, over one
//! application whose requests choose the pool.

use std::path::Path;
use std::process::Command;

use super::java::{compiled, java};
use super::shop::{Shop, Urls};
use crate::harness::psql;

const TABLES: &str = "
    create table customers (
        id bigserial primary key,
        email varchar(254) not null unique,
        name varchar(100) not null,
        ssn varchar(11),
        notes text,
        birth_date date,
        balance numeric(10,2) not null default 0,
        active boolean not null default true,
        created_at timestamptz not null default now()
    )";

fn play(mut command: Command, expected: usize) {
    let shop = Shop::open(|urls| {
        assert_eq!(psql(&urls.shop, TABLES).code, 0);
    });
    let urls = Urls::of(|role| shop.proxy.url(role));
    let filled = psql(
        &urls.shop,
        "insert into customers (email, name, ssn, notes) values
         ('ann@canary.example', 'Ann', '907-10-0001', 'canary note 1'), ('bob@canary.example', 'Bob', '907-10-0002', null)",
    );
    assert_eq!(filled.code, 0, "{}", filled.stderr);
    let output = command
        .env("SHOP_URL", &urls.shop)
        .env("CLERK_URL", &urls.clerk)
        .output()
        .unwrap_or_else(|error| panic!("{command:?} does not run: {error}"));
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let complaints = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        output.status.success(),
        "{said}\n{complaints}\n{}",
        shop.proxy.log()
    );
    let steps = said.lines().filter(|line| line.starts_with("ok ")).count();
    assert_eq!(steps, expected, "{said}");
}

#[test]
fn rails() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("integration/middleware/rails");
    let mut command = Command::new("ruby");
    command.arg(folder.join("test.rb"));
    play(command, 6);
}

/// Spring itself (Debian's 4.3): its routing data source, filter, templates and transactions.
#[test]
fn spring() {
    let class_path = compiled(
        "middleware/spring",
        &[
            "postgresql.jar",
            "spring3-core.jar",
            "spring3-beans.jar",
            "spring3-context.jar",
            "spring3-jdbc.jar",
            "spring3-transaction.jar",
            "spring3-web.jar",
            "spring3-test.jar",
            "servlet-api.jar",
            "commons-logging.jar",
        ],
    );
    play(java(&class_path, "MiddlewareTest"), 6);
}
