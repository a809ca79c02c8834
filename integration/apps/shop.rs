//! Plays the shop of SCENARIO.md twice, on the plain server and through the proxy, and compares.

use std::process::Command;
use std::time::Instant;

use crate::harness::{Database, Output, Proxy, Site};

/// The login roles.
pub const ROLES: &[&str] = &["shop", "clerk", "temp"];

/// What is built of what the scenario names.
pub const FEATURES: &[&str] = &["facade", "schema", "ci"];

/// A database on the plain server and one behind a proxy, both with the tables of `setup`.
pub struct Shop {
    pub plain: Database,
    pub sealed: Database,
    pub proxy: Proxy,
}

/// The connection strings of a run.
pub struct Urls {
    pub shop: String,
    pub clerk: String,
    pub temp: String,
}

impl Urls {
    pub fn of(url: impl Fn(&str) -> String) -> Urls {
        Urls {
            shop: url("shop"),
            clerk: url("clerk"),
            temp: url("temp"),
        }
    }
}

/// The shared rules, with the searches that are built.
pub fn rules() -> String {
    let equality = if FEATURES.contains(&"ci") {
        r#""equality", "equality-ci""#
    } else {
        r#""equality""#
    };
    include_str!("rules.toml").replace("EQUALITY", equality)
}

impl Shop {
    /// `setup` makes the tables, as `shop`, by the connection strings given.
    pub fn open(setup: impl Fn(&Urls)) -> Shop {
        let [plain, sealed] = [Database::create(ROLES), Database::create(ROLES)];
        for database in [&plain, &sealed] {
            tables(database, || setup(&Urls::of(|role| database.url(role))));
        }
        let site = Site::new(&sealed, &rules());
        site.protect("public.customers");
        if !sealed
            .value("select to_regclass('public.django_admin_log')")
            .is_empty()
        {
            site.protect("public.django_admin_log");
        }
        let proxy = site.serve();
        Shop {
            plain,
            sealed,
            proxy,
        }
    }

    /// The same with the sealed tables made through the proxy: nothing is left for `protect` to do. The rules name a
    /// column, `nickname`, that a later migration adds.
    pub fn open_through(setup: impl Fn(&Urls)) -> Shop {
        let [plain, sealed] = [Database::create(ROLES), Database::create(ROLES)];
        tables(&plain, || setup(&Urls::of(|role| plain.url(role))));
        let ahead =
            "nickname = { type = \"varchar(40)\", seal = { search = [\"equality\"] } }\nbalance = ";
        let proxy = Site::new(&sealed, &rules().replacen("balance = ", ahead, 1)).serve();
        tables(&sealed, || setup(&Urls::of(|role| proxy.url(role))));
        Shop {
            plain,
            sealed,
            proxy,
        }
    }

    /// No canary in any row of any table, as text or as the hex of its bytes; every address an envelope.
    pub fn assert_sealed(&self) {
        let tables = self.sealed.value(
            "select string_agg(oid::regclass::text, ' ') from pg_class
             where relnamespace = 'public'::regnamespace and relkind = 'r'",
        );
        for table in tables.split(' ') {
            let found = self.sealed.value(&format!(
                "select count(*) from {table} t where t::text ~* 'canary|907-|63616e617279|3930372d'"
            ));
            assert_eq!(found, "0", "plaintext in {table}");
        }
        let open =
            "select count(*) from customers where not (email >= '\\xfb' and email < '\\xfc')";
        assert_eq!(self.sealed.value(open), "0");
        assert_eq!(self.sealed.value("select count(*) from customers"), "12");
    }
}

/// Tables and what the other roles may do with them.
fn tables(database: &Database, setup: impl Fn()) {
    // Drizzle keeps its migrations in a schema of their own.
    database.run(&format!(
        "grant create on database {} to shop",
        database.name()
    ));
    setup();
    database.run(
        "grant select, insert, update on all tables in schema public to clerk, temp;
         grant all on all sequences in schema public to clerk, temp",
    );
}

/// Plays a program: `setup`, then `run` on both sides. Both must hold and say the same.
pub fn play(program: impl Fn() -> Command) {
    let shop = Shop::open(|urls| {
        finish(program().arg("setup"), urls, "server").ok();
    });
    assert_alike(&shop, &program);
    shop.assert_sealed();
}

/// The same with the sealed tables made by the program itself, through the proxy.
pub fn play_from_the_start(program: impl Fn() -> Command) {
    let program = || {
        let mut command = program();
        command.env("SHOP_AHEAD", "true");
        command
    };
    let shop = Shop::open_through(|urls| {
        finish(program().arg("setup"), urls, "server").ok();
    });
    assert_alike(&shop, &program);
    shop.assert_sealed();
}

/// The same for further ways to run a program, on databases of their own.
pub fn play_with(program: impl Fn() -> Command, variables: &[(&str, &str)]) {
    play(|| {
        let mut command = program();
        command.envs(variables.iter().copied());
        command
    });
}

fn assert_alike(shop: &Shop, program: &impl Fn() -> Command) {
    let direct = Urls::of(|role| shop.plain.url(role));
    let through = Urls::of(|role| shop.proxy.url(role));
    let plain = finish(program().arg("run"), &direct, "server");
    let started = Instant::now();
    let sealed = finish(program().arg("run"), &through, "proxy");
    let took = started.elapsed();
    let said = |output: &Output| format!("{}\n{}", output.stdout, output.stderr);
    assert_eq!(plain.code, 0, "on the plain server: {}", said(&plain));
    assert_eq!(
        sealed.code,
        0,
        "through the proxy: {}\n{}",
        said(&sealed),
        shop.proxy.log()
    );
    let mut lines = plain.stdout.lines().zip(sealed.stdout.lines());
    if let Some((direct, proxied)) = lines.find(|(direct, proxied)| direct != proxied) {
        panic!("direct:  {direct}\nproxied: {proxied}");
    }
    assert_eq!(plain.stdout, sealed.stdout);
    assert!(
        plain
            .stdout
            .lines()
            .filter(|line| line.starts_with("ok "))
            .count()
            > 20,
        "{}",
        plain.stdout
    );
    assert!(took.as_secs() < 60, "{took:?}");
}

fn finish(command: &mut Command, urls: &Urls, through: &str) -> Output {
    let command = command
        .env("SHOP_URL", &urls.shop)
        .env("CLERK_URL", &urls.clerk)
        .env("TEMP_URL", &urls.temp)
        .env("SHOP_THROUGH", through)
        .env("SHOP_FEATURES", FEATURES.join(","));
    let output = command
        .output()
        .unwrap_or_else(|error| panic!("{command:?} does not run: {error}"));
    Output {
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        code: output.status.code().unwrap_or(-1),
    }
}
