//! sqlx: queries with binary parameters and results, arrays by UNNEST, its pool, savepoints and statement cache.

use std::fmt::Debug;

use futures_util::TryStreamExt;
use sqlx::postgres::{PgConnection, PgPool, PgPoolCopyExt, PgPoolOptions, PgQueryResult};
use sqlx::types::Decimal;
use sqlx::types::chrono::NaiveDate;
use sqlx::{Connection, Executor, FromRow, Postgres, QueryBuilder, Row, SqlSafeStr};

use super::shop::{FEATURES, Shop, Urls};

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
    );
    create table orders (
        id bigserial primary key,
        customer_id bigint not null references customers on delete cascade,
        item varchar(100) not null,
        total numeric(10,2) not null,
        paid boolean not null default false
    )";

const NAMES: [&str; 12] = [
    "Ann", "Bob", "Cid", "Dora", "Émile", "Fay", "Gül", "Hans", "Ida", "Jürgen", "Kim", "李雷",
];
const MAILS: [&str; 12] = [
    "ann@canary.example",
    "bob@canary.example",
    "cid@canary.example",
    "Dora.Mixed@Canary.Example",
    "emile@canary.example",
    "fay@canary.example",
    "guel@canary.example",
    "hans@canary.example",
    "ida@canary.example",
    "juergen@canary.example",
    "kim@canary.example",
    "lilei@canary.example",
];

#[derive(Debug, Clone, PartialEq, FromRow)]
struct Customer {
    email: String,
    name: String,
    ssn: Option<String>,
    notes: Option<String>,
    birth_date: Option<NaiveDate>,
    balance: Decimal,
    active: bool,
}

fn at(name: &str) -> String {
    format!("{name}@canary.example")
}

fn first(i: usize) -> Customer {
    let days = i64::try_from(400 * i).unwrap();
    Customer {
        email: MAILS[i - 1].to_owned(),
        name: NAMES[i - 1].to_owned(),
        ssn: (![3, 6].contains(&i)).then(|| format!("907-10-{i:04}")),
        notes: match i {
            5 => None,
            7 => Some("canary ✓ naïve 'quoted' \"double\" \\ back\nsecond line 🦊".to_owned()),
            8 => Some(String::new()),
            _ => Some(format!("canary note {i}")),
        },
        birth_date: (i != 3).then(|| {
            let epoch = NaiveDate::from_ymd_opt(1970, 1, 1).unwrap();
            epoch + chrono::TimeDelta::days(days)
        }),
        balance: Decimal::new(1050, 2) * Decimal::from(i),
        active: !i.is_multiple_of(4),
    }
}

fn bulk(i: usize) -> Customer {
    Customer {
        email: at(&format!("bulk{i:04}")),
        name: format!("bulk {i:04}"),
        ssn: Some(format!("907-20-{i:04}")),
        notes: Some(format!("canary bulk {i}")),
        birth_date: None,
        balance: Decimal::new(i64::try_from(i).unwrap(), 2),
        active: true,
    }
}

const INSERT: &str = "insert into customers (email, name, ssn, notes, birth_date, balance, active) values ($1, $2, $3, $4, $5, $6, $7) returning id";

async fn insert(on: &mut PgConnection, one: &Customer) -> sqlx::Result<i64> {
    sqlx::query_scalar(INSERT)
        .bind(&one.email)
        .bind(&one.name)
        .bind(&one.ssn)
        .bind(&one.notes)
        .bind(one.birth_date)
        .bind(one.balance)
        .bind(one.active)
        .fetch_one(on)
        .await
}

async fn save(pool: &PgPool, id: i64, one: &Customer) -> sqlx::Result<PgQueryResult> {
    sqlx::query("update customers set email = $1, name = $2, ssn = $3, notes = $4, birth_date = $5, balance = $6, active = $7 where id = $8")
        .bind(&one.email)
        .bind(&one.name)
        .bind(&one.ssn)
        .bind(&one.notes)
        .bind(one.birth_date)
        .bind(one.balance)
        .bind(one.active)
        .bind(id)
        .execute(pool)
        .await
}

async fn find(pool: &PgPool, email: &str) -> Option<Customer> {
    sqlx::query_as("select * from customers where email = $1")
        .bind(email)
        .fetch_optional(pool)
        .await
        .unwrap()
}

async fn count(pool: &PgPool) -> i64 {
    let sql = "select count(*) from customers";
    sqlx::query_scalar(sql).fetch_one(pool).await.unwrap()
}

async fn id_of(pool: &PgPool, email: &str) -> i64 {
    let sql = "select id from customers where email = $1";
    let found = sqlx::query_scalar(sql).bind(email).fetch_one(pool).await;
    found.unwrap()
}

fn state(error: &sqlx::Error) -> String {
    let error = error.as_database_error().expect("an error of the server");
    error.code().unwrap_or_default().into_owned()
}

async fn open(url: &str) -> PgPool {
    let options = PgPoolOptions::new().max_connections(4);
    options.connect(url).await.unwrap()
}

/// What a run saw.
struct Seen(Vec<String>);

impl Seen {
    fn saw(&mut self, step: &str, value: impl Debug) {
        self.0.push(format!("{step}: {value:?}"));
    }
}

async fn run(urls: &Urls, through: bool) -> Vec<String> {
    let pool = open(&urls.shop).await;
    let mut seen = Seen(Vec::new());
    fill_and_find(&pool, &mut seen).await;
    lists_and_pages(&pool, &mut seen).await;
    changes(&pool, &mut seen).await;
    masked(&pool, urls, through, &mut seen).await;
    many(&pool, &mut seen).await;
    transactions(&pool, &mut seen).await;
    habits(&pool, &mut seen).await;
    errors(&pool, through, &mut seen).await;
    let left: Vec<Customer> = sqlx::query_as("select * from customers order by id")
        .fetch_all(&pool)
        .await
        .unwrap();
    assert_eq!(left, (1..=12).map(first).collect::<Vec<_>>());
    pool.close().await;
    seen.0
}

async fn fill_and_find(pool: &PgPool, seen: &mut Seen) {
    let mut connection = pool.acquire().await.unwrap();
    for i in 1..=12 {
        let id = insert(&mut connection, &first(i)).await.unwrap();
        for k in 1..=i % 3 {
            sqlx::query(
                "insert into orders (customer_id, item, total, paid) values ($1, $2, $3, $4)",
            )
            .bind(id)
            .bind(format!("thing {i}.{k}"))
            .bind(Decimal::new(525, 2) * Decimal::from(k))
            .bind(k == 2)
            .execute(&mut *connection)
            .await
            .unwrap();
        }
    }
    drop(connection);
    for i in 1..=12 {
        assert_eq!(find(pool, MAILS[i - 1]).await, Some(first(i)));
    }
    assert_eq!(find(pool, &at("nobody")).await, None);
    seen.saw("create", find(pool, &at("guel")).await);
    let by = |sql: &'static str| sqlx::query_scalar::<_, String>(sql);
    let bob = by("select name from customers where ssn = $1 and balance = $2")
        .bind("907-10-0002")
        .bind(Decimal::from(21))
        .fetch_all(pool)
        .await;
    assert_eq!(bob.unwrap(), ["Bob"]);
    let ann = by("select name from customers where birth_date = $1")
        .bind(NaiveDate::from_ymd_opt(1971, 2, 5))
        .fetch_all(pool)
        .await;
    assert_eq!(ann.unwrap(), ["Ann"]);
    let exists: bool =
        sqlx::query_scalar("select exists (select 1 from customers where email = $1)")
            .bind(at("ann"))
            .fetch_one(pool)
            .await
            .unwrap();
    assert!(exists);
    if FEATURES.contains(&"ci") {
        let ann = by("select name from customers where lower(email) = lower($1)")
            .bind("ANN@Canary.example")
            .fetch_all(pool)
            .await;
        assert_eq!(ann.unwrap(), ["Ann"]);
    }
}

async fn lists_and_pages(pool: &PgPool, seen: &mut Seen) {
    let names = |sql: &'static str| sqlx::query_scalar::<_, String>(sql);
    let some = vec![at("ann"), at("bob"), at("kim"), at("nobody")];
    let in_list = "select name from customers where email = any($1) order by id";
    let found = names(in_list).bind(&some).fetch_all(pool).await.unwrap();
    assert_eq!(found, ["Ann", "Bob", "Kim"]);
    let none: Vec<String> = Vec::new();
    let found = names(in_list).bind(&none).fetch_all(pool).await.unwrap();
    assert_eq!(found, [""; 0]);
    let others = names("select name from customers where email <> all($1) order by id")
        .bind(&some)
        .fetch_all(pool)
        .await;
    seen.saw("in_list", others.unwrap());
    let joined = names("select c.name from customers c join unnest($1::text[]) as wanted(email) on wanted.email = c.email order by c.id")
        .bind(&some)
        .fetch_all(pool)
        .await;
    seen.saw("in_list", joined.unwrap());
    let inside =
        names("select name from customers where email in (select unnest($1::text[])) order by id")
            .bind(&some)
            .fetch_all(pool)
            .await;
    assert_eq!(inside.unwrap(), ["Ann", "Bob", "Kim"]);
    let mut builder = QueryBuilder::<Postgres>::new("select name from customers where email in (");
    let mut list = builder.separated(", ");
    for mail in &some {
        list.push_bind(mail);
    }
    builder.push(") order by id");
    let built = builder.build_query_scalar::<String>().fetch_all(pool).await;
    assert_eq!(built.unwrap(), ["Ann", "Bob", "Kim"]);
    let page: Vec<(i64, String)> =
        sqlx::query_as("select id, email from customers order by id limit $1 offset $2")
            .bind(5_i64)
            .bind(5_i64)
            .fetch_all(pool)
            .await
            .unwrap();
    seen.saw("page", page);
    let mut rows = sqlx::query("select email, id, notes from customers order by id").fetch(pool);
    let mut streamed = Vec::new();
    while let Some(row) = rows.try_next().await.unwrap() {
        streamed.push(row.get::<String, _>("email"));
    }
    drop(rows);
    assert_eq!(streamed, MAILS);
    let counts: Vec<(String, i64, Option<Decimal>)> = sqlx::query_as("select c.email, count(o.id), sum(o.total) from customers c left join orders o on o.customer_id = c.id group by c.id order by c.id")
        .fetch_all(pool)
        .await
        .unwrap();
    seen.saw("relations", counts);
    let arrays: Vec<(i64, Vec<String>)> = sqlx::query_as("select o.customer_id, array_agg(c.email) from orders o join customers c on c.id = o.customer_id group by o.customer_id order by 1")
        .fetch_all(pool)
        .await
        .unwrap();
    seen.saw("relations", arrays);
    let distinct: Vec<Customer> = sqlx::query_as(
        "select distinct c.* from customers c join orders o on o.customer_id = c.id order by c.id",
    )
    .fetch_all(pool)
    .await
    .unwrap();
    seen.saw("relations", distinct);
}

async fn changes(pool: &PgPool, seen: &mut Seen) {
    let ann = id_of(pool, &at("ann")).await;
    let changed = Customer {
        email: at("anna"),
        ssn: None,
        notes: None,
        birth_date: None,
        ..first(1)
    };
    assert_eq!(save(pool, ann, &changed).await.unwrap().rows_affected(), 1);
    assert_eq!(find(pool, &at("anna")).await, Some(changed));
    assert_eq!(find(pool, &at("ann")).await, None);
    let back = sqlx::query_as::<_, Customer>(
        "update customers set email = $1, ssn = coalesce($2, ssn), notes = $3 where id = $4 returning *",
    )
    .bind(at("ann"))
    .bind("907-10-0001")
    .bind("canary 'x' \\ y")
    .bind(ann)
    .fetch_one(pool)
    .await
    .unwrap();
    seen.saw("update", back);
    save(pool, ann, &first(1)).await.unwrap();
    let upsert = "insert into customers (email, name, notes) values ($1, $2, $3) on conflict (email) do update set notes = excluded.notes returning notes";
    for _ in 0..2 {
        for name in ["ann", "new"] {
            let notes: String = sqlx::query_scalar(upsert)
                .bind(at(name))
                .bind("new")
                .bind("canary upserted")
                .fetch_one(pool)
                .await
                .unwrap();
            assert_eq!(notes, "canary upserted");
        }
    }
    assert_eq!(count(pool).await, 13);
    let nothing =
        sqlx::query("insert into customers (email, name) values ($1, 'x') on conflict do nothing")
            .bind(at("new"))
            .execute(pool)
            .await;
    assert_eq!(nothing.unwrap().rows_affected(), 0);
    let gone = sqlx::query("delete from customers where email = $1")
        .bind(at("new"))
        .execute(pool)
        .await;
    assert_eq!(gone.unwrap().rows_affected(), 1);
    save(pool, ann, &first(1)).await.unwrap();
}

async fn masked(pool: &PgPool, urls: &Urls, through: bool, seen: &mut Seen) {
    let clerk = open(&urls.clerk).await;
    let bob = id_of(pool, &at("bob")).await;
    let mut shown = find(&clerk, &at("bob")).await.unwrap();
    if through {
        assert_eq!(shown.email, "b***@c***.example");
        assert_eq!(shown.ssn.as_deref(), Some("*******0002"));
        assert_eq!((&shown.notes, shown.birth_date), (&None, None));
    }
    shown.name = "Bob by clerk".to_owned();
    save(&clerk, bob, &shown).await.unwrap();
    let kept = Customer {
        name: "Bob by clerk".to_owned(),
        ..first(2)
    };
    assert_eq!(find(pool, &at("bob")).await, Some(kept.clone()));
    seen.saw("masked_keep", kept);
    save(pool, bob, &first(2)).await.unwrap();
    clerk.close().await;
    let temp = open(&urls.temp).await;
    let cid = id_of(pool, &at("cid")).await;
    let shown = find(&temp, &at("cid")).await.unwrap();
    let saved = save(&temp, cid, &shown).await;
    if through {
        assert_eq!(state(&saved.unwrap_err()), "42501");
    } else {
        saved.unwrap();
    }
    let named = sqlx::query("update customers set name = name || '!' where id = $1")
        .bind(cid)
        .execute(&temp)
        .await;
    assert_eq!(named.unwrap().rows_affected(), 1);
    let kept = find(pool, &at("cid")).await.unwrap();
    assert_eq!(kept.name, "Cid!");
    seen.saw("masked_refuse", kept);
    save(pool, cid, &first(3)).await.unwrap();
    temp.close().await;
}

async fn many(pool: &PgPool, seen: &mut Seen) {
    let all: Vec<Customer> = (1..=1000).map(bulk).collect();
    let texts = |of: fn(&Customer) -> String| all.iter().map(of).collect::<Vec<_>>();
    let made = sqlx::query("insert into customers (email, name, ssn, notes, balance) select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::numeric[])")
        .bind(texts(|one| one.email.clone()))
        .bind(texts(|one| one.name.clone()))
        .bind(texts(|one| one.ssn.clone().unwrap()))
        .bind(texts(|one| one.notes.clone().unwrap()))
        .bind(all.iter().map(|one| one.balance).collect::<Vec<_>>())
        .execute(pool)
        .await;
    assert_eq!(made.unwrap().rows_affected(), 1000);
    assert_eq!(find(pool, &at("bulk0500")).await, Some(bulk(500)));
    seen.saw("bulk_create", count(pool).await);
    let mut builder = QueryBuilder::<Postgres>::new(
        "insert into customers (email, name, ssn, notes, birth_date, balance) ",
    );
    builder.push_values(1..=500, |mut row, i| {
        row.push_bind(at(&format!("values{i}")))
            .push_bind("bulk values")
            .push_bind(None::<String>)
            .push_bind(format!("canary {i}"))
            .push_bind(NaiveDate::from_ymd_opt(2000, 1, 1))
            .push_bind(Decimal::from(i));
    });
    builder.push(" returning email");
    let mails = builder.build_query_scalar::<String>().fetch_all(pool).await;
    assert_eq!(mails.unwrap().last(), Some(&at("values500")));
    let some = vec![at("values1"), at("values2"), at("bulk0001")];
    let gone = sqlx::query("delete from customers where email = any($1)")
        .bind(&some)
        .execute(pool)
        .await;
    assert_eq!(gone.unwrap().rows_affected(), 3);
    let updated = sqlx::query("update customers set notes = fresh.notes from unnest($1::text[], $2::text[]) as fresh(email, notes) where customers.email = fresh.email")
        .bind(vec![at("values3"), at("bulk0002")])
        .bind(vec!["canary three", "canary two"])
        .execute(pool)
        .await;
    assert_eq!(updated.unwrap().rows_affected(), 2);
    seen.saw("bulk_update", find(pool, &at("values3")).await);
    let rest = sqlx::query("delete from customers where name like 'bulk %'")
        .execute(pool)
        .await;
    assert_eq!(rest.unwrap().rows_affected(), 1497);
}

async fn transactions(pool: &PgPool, seen: &mut Seen) {
    let mut outer = pool.begin().await.unwrap();
    insert(&mut outer, &bulk(1)).await.unwrap();
    let mut inner = outer.begin().await.unwrap();
    let twin = insert(&mut inner, &bulk(1)).await.unwrap_err();
    assert!(twin.as_database_error().unwrap().is_unique_violation());
    inner.rollback().await.unwrap();
    let mut inner = outer.begin().await.unwrap();
    insert(&mut inner, &bulk(2)).await.unwrap();
    inner.commit().await.unwrap();
    outer.commit().await.unwrap();
    seen.saw("savepoints", count(pool).await);
    let mut dropped = pool.begin().await.unwrap();
    insert(&mut dropped, &bulk(3)).await.unwrap();
    drop(dropped);
    seen.saw("transactions", count(pool).await);
    let locked = pool.begin().await.unwrap();
    let mut locked = locked;
    let name: String = sqlx::query_scalar("select name from customers where email = $1 for update")
        .bind(at("bulk0001"))
        .fetch_one(&mut *locked)
        .await
        .unwrap();
    assert_eq!(name, "bulk 0001");
    let gone = sqlx::query("delete from customers where email = any(array[$1, $2])")
        .bind(at("bulk0001"))
        .bind(at("bulk0002"))
        .execute(&mut *locked)
        .await;
    assert_eq!(gone.unwrap().rows_affected(), 2);
    locked.commit().await.unwrap();
}

async fn habits(pool: &PgPool, seen: &mut Seen) {
    // The cache of a connection, and statements kept out of it.
    let mut connection = pool.acquire().await.unwrap();
    for i in 0..20 {
        for persistent in [true, false] {
            let found: Customer = sqlx::query_as("select * from customers where email = $1")
                .bind(MAILS[i % 12])
                .persistent(persistent)
                .fetch_one(&mut *connection)
                .await
                .unwrap();
            assert_eq!(found, first(i % 12 + 1));
        }
    }
    assert!(connection.cached_statements_size() > 0);
    connection.clear_cached_statements().await.unwrap();
    // What the compile-time checks of `query!` ask for.
    let described = (&mut *connection)
        .describe("select id, email, birth_date, balance, notes from customers where email = $1 and balance = $2".into_sql_str())
        .await;
    let described = described.unwrap();
    seen.saw("describe", format!("{:?}", described.parameters()));
    let columns: Vec<String> = described
        .columns()
        .iter()
        .enumerate()
        .map(|(at, column)| format!("{column:?} {:?}", described.nullable(at)))
        .collect();
    let columns: Vec<String> = columns
        .into_iter()
        .map(|column| without_numbers(&column))
        .collect();
    seen.saw("describe", columns);
    // Simple queries, several in one.
    let mut results = sqlx::raw_sql("select email from customers where email = 'ann@canary.example'; select email from customers where ssn = '907-10-0002'").fetch(&mut *connection);
    let mut mails = Vec::new();
    while let Some(row) = results.try_next().await.unwrap() {
        mails.push(row.get::<String, _>(0));
    }
    drop(results);
    assert_eq!(mails, [at("ann"), at("bob")]);
    connection.ping().await.unwrap();
    drop(connection);
    let tasks = (0..8).map(|i| {
        let pool = pool.clone();
        tokio::spawn(async move {
            for _ in 0..5 {
                assert_eq!(find(&pool, MAILS[i]).await, Some(first(i + 1)));
                let id = id_of(&pool, MAILS[i]).await;
                save(&pool, id, &first(i + 1)).await.unwrap();
            }
        })
    });
    for task in tasks.collect::<Vec<_>>() {
        task.await.unwrap();
    }
    let optional = "select count(*) from customers where ($1::text is null or email = $1)";
    for wanted in [None, Some(at("ann"))] {
        let count: i64 = sqlx::query_scalar(optional)
            .bind(wanted)
            .fetch_one(pool)
            .await
            .unwrap();
        seen.saw("second_day", count);
    }
    let json: Vec<Option<String>> =
        sqlx::query_scalar("select coalesce(ssn, 'none') from customers order by id")
            .fetch_all(pool)
            .await
            .unwrap();
    seen.saw("second_day", json);
}

async fn errors(pool: &PgPool, through: bool, seen: &mut Seen) {
    let mut connection = pool.acquire().await.unwrap();
    let twin = insert(&mut connection, &first(1)).await.unwrap_err();
    let error = twin.as_database_error().unwrap();
    assert!(error.is_unique_violation());
    assert_eq!(error.constraint(), Some("customers_email_key"));
    let said = format!("{error:?}");
    assert!(
        !through || !said.contains("canary") && !said.contains("\\\\xfb"),
        "{said}"
    );
    let long = Customer {
        ssn: Some("907-10-00012".to_owned()),
        ..bulk(1)
    };
    let large = Customer {
        balance: Decimal::from(1_000_000_000_000_i64),
        ..bulk(1)
    };
    let mut states = Vec::new();
    for wrong in [long, large] {
        states.push(state(&insert(&mut connection, &wrong).await.unwrap_err()));
    }
    for wrong in [
        "update customers set birth_date = '1999-02-30'",
        "update customers set birth_date = 'nonsense'",
        "update customers set email = null",
        "select * from customers where emial = 'x'",
    ] {
        let error = connection.execute(wrong).await.unwrap_err();
        states.push(state(&error));
    }
    seen.saw("invalid_value", states);
    // A value of another type than the column's is not what the server compares.
    let mismatch = sqlx::query("select * from customers where birth_date = $1 and email = $2")
        .bind(at("ann"))
        .bind(7_i32)
        .fetch_all(&mut *connection)
        .await;
    seen.saw(
        "invalid_value",
        mismatch
            .map(|rows| rows.len())
            .map_err(|error| state(&error)),
    );
    if through {
        for refused in [
            "select * from customers order by lower(email)",
            "select * from customers where email like 'ann%'",
            "select max(email) from customers",
        ] {
            let error = connection.fetch_all(refused).await.unwrap_err();
            assert_eq!(state(&error), "0A000", "{refused}");
        }
        let copied = pool
            .copy_in_raw("copy customers (email, name) from stdin")
            .await;
        assert_eq!(state(&copied.err().unwrap()), "0A000");
    }
    drop(connection);
    assert_eq!(find(pool, &at("ann")).await, Some(first(1)));
}

/// Oids differ between databases.
fn without_numbers(column: &str) -> String {
    let mut kept = String::new();
    for part in column.split("Oid(") {
        match part.split_once(')') {
            Some((number, rest)) if number.chars().all(|digit| digit.is_ascii_digit()) => {
                kept.push_str("Oid(…)");
                kept.push_str(rest);
            }
            Some(_) | None => kept.push_str(part),
        }
    }
    kept
}

#[tokio::test(flavor = "multi_thread")]
async fn sqlx() {
    let shop = tokio::task::spawn_blocking(|| {
        Shop::open(|urls| {
            let output = crate::harness::psql(&urls.shop, TABLES);
            assert_eq!(output.code, 0, "{}", output.stderr);
        })
    })
    .await
    .unwrap();
    let direct = run(&Urls::of(|role| shop.plain.url(role)), false).await;
    let proxied = run(&Urls::of(|role| shop.proxy.url(role)), true).await;
    for (direct, proxied) in direct.iter().zip(&proxied) {
        assert_eq!(direct, proxied);
    }
    assert_eq!(direct.len(), proxied.len());
    shop.assert_sealed();
}
