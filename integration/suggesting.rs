//! `sealwire suggest`: a draft from a real database, without a value in it.

use std::time::{Duration, Instant};

use serde_json::Value;

use crate::harness::{Database, Output, Site, python, sealwire};

const SHOP: &str = r#"
create table customers (
    id bigint generated always as identity primary key,
    email varchar(254) unique not null,
    first_name text, "Nachname" text, c7 text, phone text, birth_date date, zip_code char(5),
    ssn text unique, notes text, password_hash text, last_login_ip inet,
    email_verified boolean default false, created_at timestamptz default now(), gender text);
insert into customers (email, first_name, "Nachname", c7, phone, birth_date, zip_code, ssn, notes, password_hash, last_login_ip, gender)
select 'canary' || i || '@example.com', 'Canaria' || i, 'Canaryson' || i, 'alt-canary' || i || '@example.org',
    '+49 30 55501' || lpad(i::text, 3, '0'), date '1950-01-01' + i * 11, lpad((10000 + i * 7)::text, 5, '0'),
    '219-' || lpad((i % 99 + 1)::text, 2, '0') || '-' || lpad((9000 - i)::text, 4, '0'),
    'canary note ' || i, '$2b$12$R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWM' || i, ('198.51.100.' || i % 250)::inet,
    case when i % 2 = 0 then 'f' else 'm' end
from generate_series(1, 300) i;
create table claims (id int primary key, holder varchar(20) references customers (ssn), amount numeric);
insert into claims select i, '219-' || lpad((i % 99 + 1)::text, 2, '0') || '-' || lpad((9000 - i)::text, 4, '0'), i from generate_series(1, 300) i;
create table payments (id int primary key, ref text, "Konto""nummer" text, plan text, contact_mail text);
create index on payments (ref);
create table products (id int primary key, name text, price numeric, sku text, description text);
insert into products select i, 'Product ' || i, i, 'SKU-' || i, 'd' from generate_series(1, 300) i;
create table klanten (nummer int primary key, bsn text, opmerkingen text, "straße" text);
create schema "Odd Schema";
create table "Odd Schema"."Ünïcode Täble" ("E-Mail" text, "select" text);
"#;

/// The numbers with check digits are made here, as a shop would have them.
fn numbers() -> String {
    let luhn = |n: u64| {
        let digits: Vec<u64> = (0..15).map(|at| n / 10_u64.pow(at) % 10).collect();
        let sum: u64 = digits
            .iter()
            .enumerate()
            .map(|(at, d)| {
                if at % 2 == 0 {
                    let d = d * 2;
                    if d > 9 { d - 9 } else { d }
                } else {
                    *d
                }
            })
            .sum();
        n * 10 + (10 - sum % 10) % 10
    };
    let iban = |n: u64| {
        let bban = format!("37040044{n:010}");
        let check = 98
            - format!("{bban}131400").bytes().fold(0_u64, |rest, byte| {
                (rest * 10 + u64::from(byte - b'0')) % 97
            });
        format!("DE{check:02}{bban}")
    };
    let mut sql = String::new();
    for n in 0..300_u64 {
        let card = luhn(411_111_000_000_000 + n * 7_919);
        // One in fifty is mistyped, as it goes.
        let card = if n % 50 == 0 { card + 1 } else { card };
        sql.push_str(&format!(
            "insert into payments values ({n}, '{card}', '{}', '{}', 'canary{}@example.com');\n",
            iban(n * 131),
            if n % 3 == 0 { "basic" } else { "gold" },
            n % 5,
        ));
    }
    let mut bsn = 100_000_000_u64;
    for n in 0..200 {
        loop {
            bsn += 7_013;
            let digits: Vec<u64> = (0..9).map(|at| bsn / 10_u64.pow(8 - at) % 10).collect();
            let sum: u64 = digits
                .iter()
                .take(8)
                .zip((2..=9).rev())
                .map(|(d, w)| d * w)
                .sum();
            if sum >= digits[8] && (sum - digits[8]).is_multiple_of(11) {
                break;
            }
        }
        sql.push_str(&format!(
            "insert into klanten values ({n}, '{bsn}', 'x', 'y');\n"
        ));
    }
    sql
}

fn shop() -> Database {
    let database = Database::create(&["owner"]);
    database.run(SHOP);
    database.run(&numbers());
    database.run("analyze");
    database
}

/// Every value of these tables that is long enough to be told from other words.
fn values(database: &Database) -> Vec<String> {
    let list = database.value(
        r#"select string_agg(v, E'\n') from (
            select unnest(array[email, first_name, "Nachname", c7, phone, birth_date::text, ssn, notes, password_hash, host(last_login_ip)]) v from customers
            union select unnest(array[ref, "Konto""nummer", contact_mail]) from payments
            union select bsn from klanten) all_values"#,
    );
    let values: Vec<String> = list.lines().map(str::to_owned).collect();
    assert!(values.len() > 3_000, "{}", values.len());
    values
}

fn holds_no_value(database: &Database, texts: &[&str]) {
    for value in values(database) {
        for text in texts {
            assert!(!text.contains(&value), "a value is printed: {value}");
        }
    }
}

fn of<'a>(document: &'a Value, column: &str) -> &'a Value {
    document["suggestions"]
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["column"] == column)
        .unwrap_or_else(|| panic!("{column}\n{document:#}"))
}

fn json(output: &Output) -> Value {
    assert_eq!(output.code, 0, "{}\n{}", output.stdout, output.stderr);
    serde_json::from_str(&output.stdout).unwrap()
}

#[test]
fn a_draft_of_a_whole_folder_is_taken_by_check_and_holds_no_value() {
    let database = shop();
    let folder = tempfile::tempdir().unwrap();
    let rules = folder.path().join("rules");
    let out = rules.to_str().unwrap();
    let url = database.superuser_url();
    let output = sealwire(&[
        "suggest",
        "--json",
        "--rules",
        out,
        "--upstream",
        &url,
        "--out",
        out,
    ]);
    let document = json(&output);
    for (column, kind, equality, confidence) in [
        ("public.customers.email", "email", true, "high"),
        ("public.customers.c7", "email", true, "high"),
        (
            "public.customers.first_name",
            "person-name",
            false,
            "medium",
        ),
        ("public.customers.Nachname", "person-name", false, "medium"),
        ("public.customers.phone", "phone", true, "high"),
        ("public.customers.birth_date", "birth-date", false, "medium"),
        ("public.customers.ssn", "us-ssn", true, "high"),
        ("public.customers.notes", "free-text", false, "low"),
        ("public.customers.password_hash", "password", false, "high"),
        (
            "public.customers.last_login_ip",
            "ip-address",
            false,
            "high",
        ),
        ("public.claims.holder", "us-ssn", true, "high"),
        ("public.payments.ref", "payment-card", true, "high"),
        (
            "public.payments.Konto\"nummer",
            "bank-account",
            true,
            "high",
        ),
        // Five addresses among three hundred: equality would show them.
        ("public.payments.contact_mail", "email", false, "high"),
        ("public.klanten.bsn", "nl-bsn", true, "high"),
        ("public.klanten.straße", "address", false, "medium"),
        ("Odd Schema.Ünïcode Täble.E-Mail", "email", true, "medium"),
    ] {
        let one = of(&document, column);
        assert_eq!(one["kind"], kind, "{one:#}");
        assert_eq!(one["equality"], equality, "{one:#}");
        assert_eq!(one["confidence"], confidence, "{one:#}");
    }
    let card = of(&document, "public.payments.ref")["reason"]
        .as_str()
        .unwrap();
    assert!(
        card.contains("sampled 300 value(s), 98 % pass Luhn"),
        "{card}"
    );
    // Both ends of the foreign key share a domain.
    assert_eq!(
        of(&document, "public.claims.holder")["domain"],
        "public.customers.ssn"
    );
    assert_eq!(
        of(&document, "public.customers.ssn")["domain"],
        "public.customers.ssn"
    );
    for column in [
        "public.products.name",
        "public.products.sku",
        "public.customers.email_verified",
        "public.customers.id",
        "public.customers.gender",
    ] {
        let named = document["suggestions"].as_array().unwrap();
        assert!(named.iter().all(|one| one["column"] != column), "{column}");
    }
    let draft = std::fs::read_to_string(rules.join("suggested.toml")).unwrap();
    assert!(draft.starts_with("#:schema schema/rules.json\n"), "{draft}");
    assert!(rules.join("schema/rules.json").is_file() && rules.join("sealwire.toml").is_file());
    holds_no_value(&database, &[&output.stdout, &output.stderr, &draft]);
    // `check` takes it, alone and against the server, where every rule finds its column and its type.
    let check = |arguments: &[&str]| {
        let mut all = vec!["check", "--rules", out];
        all.extend(arguments);
        sealwire(&all)
    };
    check(&[]).ok();
    sealwire(&["keys", "init", "--rules", out]).ok();
    sealwire(&["init", "--rules", out, "--upstream", &url]).ok();
    let live = check(&["--upstream", &url]);
    let mistakes: Vec<&str> = live
        .stdout
        .lines()
        .filter(|line| line.contains(".toml:"))
        .collect();
    assert!(mistakes.is_empty(), "{mistakes:#?}");
    // Not twice.
    let again = sealwire(&["suggest", "--rules", out, "--upstream", &url, "--out", out]);
    assert_eq!(again.code, 1);
    assert!(
        again.stderr.contains("nothing is overwritten"),
        "{}",
        again.stderr
    );
    assert_eq!(
        std::fs::read_to_string(rules.join("suggested.toml")).unwrap(),
        draft
    );
    // The draft protects what it names.
    let names = ["public.customers", "public.claims"];
    let mut protect = vec![
        "protect",
        "--rules",
        out,
        "--upstream",
        &url,
        "--i-have-no-backup",
    ];
    protect.extend(names);
    sealwire(&protect).ok();
    assert!(
        database
            .value("select encode(ssn, 'hex') from customers limit 1")
            .starts_with("fb11")
    );
    // What is sealed is noted and not suggested again.
    let after = json(&sealwire(&[
        "suggest",
        "--json",
        "--rules",
        out,
        "--upstream",
        &url,
    ]));
    let known = after["known"].as_array().unwrap();
    assert!(
        known
            .iter()
            .any(|one| one["column"] == "public.customers.email" && one["how"] == "sealed already"),
        "{after:#}"
    );
    assert!(
        known
            .iter()
            .any(|one| one["column"] == "public.klanten.bsn" && one["how"] == "named by the rules"),
        "{after:#}"
    );
    assert_eq!(after["suggestions"], Value::Array(Vec::new()), "{after:#}");
}

#[test]
fn what_is_new_beside_rules_in_force_is_written_so_that_both_load() {
    let database = shop();
    let site = Site::new(
        &database,
        "[classes.email]\nseal = { search = [\"equality\"] }\n[tables.\"public.customers\".columns]\nemail = \"email\"\n",
    );
    let url = database.superuser_url();
    let rules = site.rules_dir();
    let out = rules.to_str().unwrap();
    let page = site.sealwire(&["suggest", "--upstream", &url, "--out", out]);
    let said = page.ok();
    assert!(
        said.contains("public.customers.email") && said.contains("named by the rules"),
        "{said}"
    );
    let draft = std::fs::read_to_string(rules.join("suggested.toml")).unwrap();
    assert!(
        draft.contains("# ssn = ") && draft.contains("[classes.draft-email]"),
        "{draft}"
    );
    site.sealwire(&["check"]).ok();
    holds_no_value(&database, &[&said, &draft]);
}

#[test]
fn the_service_user_sees_names_alone_where_it_has_no_right() {
    let database = shop();
    let site = Site::bare(&database, "");
    let document = json(&site.sealwire(&["suggest", "--json", "--database", database.name()]));
    let email = of(&document, "public.customers.email");
    assert_eq!(email["confidence"], "medium");
    assert!(
        email["reason"].as_str().unwrap().contains("no right to"),
        "{email:#}"
    );
    database.run("grant select on customers to sealwire");
    let document = json(&site.sealwire(&["suggest", "--json", "--database", database.name()]));
    assert_eq!(
        of(&document, "public.customers.email")["confidence"],
        "high"
    );
    let none = json(&site.sealwire(&[
        "suggest",
        "--json",
        "--sample",
        "0",
        "--database",
        database.name(),
    ]));
    assert_eq!(of(&none, "public.customers.email")["confidence"], "medium");
}

#[test]
fn two_hundred_tables_take_seconds() {
    let database = Database::create(&["owner"]);
    database.run(
        "do $$ begin
           for n in 1..200 loop
             execute format('create table entity_%s (id int primary key, label text, email text, amount numeric, info jsonb, at timestamptz)', n);
             execute format('insert into entity_%s select i, ''label '' || i, ''canary'' || i || ''@example.com'', i, ''{}'', now() from generate_series(1, 200) i', n);
           end loop;
         end $$;
         insert into entity_7 select i, 'x', 'canary' || i || '@example.com', i, '{}', now() from generate_series(1000, 60000) i;
         analyze",
    );
    let folder = tempfile::tempdir().unwrap();
    let rules = folder.path().join("none");
    let url = database.superuser_url();
    let began = Instant::now();
    let output = sealwire(&[
        "suggest",
        "--json",
        "--rules",
        rules.to_str().unwrap(),
        "--upstream",
        &url,
    ]);
    let document = json(&output);
    assert!(
        began.elapsed() < Duration::from_secs(120),
        "{:?}",
        began.elapsed()
    );
    assert_eq!(document["tables"], 200);
    assert_eq!(
        document["suggestions"].as_array().unwrap().len(),
        200,
        "{document:#}"
    );
    assert!(!output.stdout.contains("canary"));
    // All by one class.
    assert_eq!(
        document["draft"]
            .as_str()
            .unwrap()
            .matches("email = \"email\"")
            .count(),
        200
    );
}

#[test]
fn the_schema_for_editors_takes_example_and_draft() {
    let database = shop();
    let folder = tempfile::tempdir().unwrap();
    let rules = folder.path().join("rules");
    let out = rules.to_str().unwrap();
    sealwire(&[
        "suggest",
        "--rules",
        out,
        "--upstream",
        &database.superuser_url(),
        "--out",
        out,
    ])
    .ok();
    let example = concat!(env!("CARGO_MANIFEST_DIR"), "/rules");
    let demo = concat!(env!("CARGO_MANIFEST_DIR"), "/src/cli/demo/rules.toml");
    let script = r#"
import sys, json, tomllib, pathlib, subprocess
try:
    import jsonschema
except ImportError:
    subprocess.check_call([sys.executable, "-m", "pip", "install", "-q", "jsonschema"])
    import jsonschema
schema = json.loads(pathlib.Path(sys.argv[1], "schema/rules.json").read_text())
jsonschema.Draft7Validator.check_schema(schema)
validator = jsonschema.Draft7Validator(schema)
files = [f for d in sys.argv[1:3] for f in pathlib.Path(d).glob("*.toml")] + [pathlib.Path(sys.argv[3])]
assert len(files) >= 6, files
for f in files:
    errors = list(validator.iter_errors(tomllib.loads(f.read_text())))
    assert not errors, (f, errors)
for wrong in ("mode = 'obzerve'", "[classes.a]\nseal = { serch = ['equality'] }", "[listen]\nport = 1",
              "[tables.t.columns]\na = 5", "[roles.r]\nmembers = 'pg:x'", "[[roles.r.grants]]\nlevel = 'all'"):
    assert list(validator.iter_errors(tomllib.loads(wrong))), wrong
print("fine")
"#;
    let output = python(script, &[example, out, demo]);
    assert_eq!(output.stdout.trim(), "fine", "{}", output.stderr);
}

/// What is compared without regard to case gets the search for it, and `protect` takes the draft.
#[test]
fn citext_and_indexes_on_lower_are_suggested_with_equality_ci() {
    let utf8 = "template template0 encoding 'UTF8' lc_collate 'C' lc_ctype 'C.UTF-8'";
    let database = Database::create_with(utf8, &["owner"]);
    database.run(
        "create extension citext;
         create table users (id int primary key, email citext unique, login_mail varchar(100), \"E-Mail\" text);
         create unique index on users (lower(login_mail));
         create index on users (id, upper(\"E-Mail\"));
         insert into users select i, 'A' || i || '@example.com', 'B' || i || '@example.com' from generate_series(1, 60) i",
    );
    let site = Site::new(&database, "");
    let out = site.rules_dir().to_string_lossy().into_owned();
    let url = database.superuser_url();
    let document = json(&site.sealwire(&["suggest", "--json", "--upstream", &url, "--out", &out]));
    for (column, equality) in [
        ("public.users.email", false),
        ("public.users.login_mail", true),
        ("public.users.E-Mail", true),
    ] {
        let found = of(&document, column);
        assert_eq!(found["equality_ci"], true, "{found:#}");
        assert_eq!(found["equality"], equality, "{found:#}");
    }
    site.sealwire(&["check"]).ok();
    site.protect("public.users");
}
