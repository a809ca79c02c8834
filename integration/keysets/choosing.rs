//! `SET sealwire.keyset`: a session chooses the keyset of what it writes to columns without search.

use tokio_postgres::Client;

use super::{envelopes, tenants};
use crate::harness::{connect, psql, until};

/// The SQLSTATE and the words of a refusal.
async fn refused(client: &Client, sql: &str) -> (String, String) {
    let error = client.batch_execute(sql).await.unwrap_err();
    let error = error.as_db_error().unwrap();
    (error.code().code().to_owned(), error.message().to_owned())
}

async fn body(client: &Client, id: i32) -> Option<String> {
    client
        .query_one("select body from entries where id = $1", &[&id])
        .await
        .unwrap()
        .get(0)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_that_may_chooses_the_keyset_of_what_it_writes() {
    let (database, site) = tenants();
    for table in ["entries", "shared", "a_people"] {
        site.protect(table);
    }
    let proxy = site.serve();
    let place = |id: i32| {
        database.value(&format!(
            "select get_byte(body, 3) || '/' || get_byte(body, 5) || ' ' || coalesce(get_byte(tag, 3)::text, '-') from entries where id = {id}"
        ))
    };
    let app = connect(&proxy.url("app")).await;
    let insert = app
        .prepare("insert into entries (id, body) values ($1, $2)")
        .await
        .unwrap();
    app.execute(&insert, &[&1, &"own"]).await.unwrap();
    app.batch_execute("set sealwire.keyset = 'tenant-a'")
        .await
        .unwrap();
    // What was prepared before seals under it, too; so do constants, a default, and COPY.
    app.execute(&insert, &[&2, &"of a"]).await.unwrap();
    app.batch_execute("insert into entries values (3, 'literal of a', 'tagged')")
        .await
        .unwrap();
    for (id, expected) in [(1, "0/1 0"), (2, "1/1 1"), (3, "1/1 1")] {
        assert_eq!(place(id), expected, "{id}");
    }
    let rows = proxy.site.folder().join("rows.txt");
    std::fs::write(&rows, "70\tcopied\n").unwrap();
    psql(
        &format!("{}?options=-csealwire.keyset%3Dtenant-b", proxy.url("app")),
        &format!("\\copy entries (id, body) from '{}'", rows.display()),
    )
    .ok();
    assert_eq!(place(70), "2/1 2");
    app.batch_execute("begin; set local sealwire.keyset to 'tenant-b'")
        .await
        .unwrap();
    app.execute(&insert, &[&4, &"of b"]).await.unwrap();
    app.batch_execute("commit").await.unwrap();
    app.execute(&insert, &[&5, &"of a again"]).await.unwrap();
    assert_eq!(place(4), "2/1 2");
    assert_eq!(place(5), "1/1 1");
    // Its own keyset and that of the column open; another does not.
    assert_eq!(body(&app, 1).await.as_deref(), Some("own"));
    assert_eq!(body(&app, 3).await.as_deref(), Some("literal of a"));
    let (code, message) = refused(&app, "select body from entries where id = 4").await;
    assert!(
        code == "42501" && message.contains("keyset slot 2"),
        "{message}"
    );
    app.batch_execute("reset sealwire.keyset").await.unwrap();
    let (code, _) = refused(&app, "select body from entries where id = 2").await;
    assert_eq!(code, "42501");
    assert_eq!(body(&app, 1).await.as_deref(), Some("own"));

    // Columns with search stay under the keyset of their table.
    app.batch_execute("set sealwire.keyset = 'tenant-b'")
        .await
        .unwrap();
    for sql in [
        "update shared set email = 'x@example.com' where id = 1",
        "insert into shared values (99, 'y@example.com', 'n')",
        "insert into a_people values (99, 'y@example.com', 'n')",
    ] {
        let (code, message) = refused(&app, sql).await;
        assert_eq!(code, "0A000", "{sql}: {message}");
    }
    app.batch_execute("update shared set notes = 'changed' where email = 's1@example.com'")
        .await
        .unwrap();
    assert_eq!(envelopes(&database, "shared", "notes"), "0/1, 2/1");
    assert_eq!(envelopes(&database, "shared", "email"), "0/1");
    let row = app
        .query_one(
            "select notes from shared where email = 's1@example.com'",
            &[],
        )
        .await
        .unwrap();
    assert_eq!(row.get::<_, String>(0), "changed");
    // Under its table's own a searched column is written.
    app.batch_execute("set sealwire.keyset = 'tenant-a'")
        .await
        .unwrap();
    app.batch_execute("insert into a_people values (98, 'z@example.com', 'n')")
        .await
        .unwrap();

    // Without the right, and without the keyset, nothing is chosen.
    let guest = connect(&proxy.url("guest")).await;
    for (client, name) in [(&guest, "tenant-a"), (&app, "tenant-x")] {
        let (code, message) = refused(client, &format!("set sealwire.keyset = '{name}'")).await;
        assert!(
            code == "42501" && message.contains("may not choose"),
            "{message}"
        );
    }
    // However it came to be set.
    let options = connect(&format!(
        "{}?options=-csealwire.keyset%3Dtenant-a",
        proxy.url("guest")
    ))
    .await;
    for sql in [
        "insert into entries (id) values (50)",
        "insert into entries values (50, 'x')",
        "select body from entries where id = 2",
        "update entries set body = 'x'",
    ] {
        let (code, message) = refused(&options, sql).await;
        assert!(
            code == "42501" && message.contains("may not choose"),
            "{sql}: {message}"
        );
    }
    options.batch_execute("select 1").await.unwrap();
    options
        .batch_execute("set sealwire.keyset = ''")
        .await
        .unwrap();
    assert_eq!(body(&options, 1).await.as_deref(), Some("own"));
    guest
        .batch_execute("set sealwire.keyset to default")
        .await
        .unwrap();

    // A rotation takes what was chosen along, and nothing is sealed under an epoch that is only announced.
    let owner = database.superuser_url();
    let rotate = |more: &[&str]| {
        let mut all = vec!["rotate", "keyset", "tenant-a", "--upstream", &owner];
        all.extend_from_slice(more);
        proxy.site.sealwire(&all)
    };
    assert_eq!(rotate(&[]).code, 1);
    tokio::time::sleep(std::time::Duration::from_secs(3)).await;
    app.execute(&insert, &[&60, &"while announced"])
        .await
        .unwrap();
    assert_eq!(place(60), "1/1 1");
    let done = rotate(&["--resume", "--i-have-no-backup", "--settle", "3"]);
    assert_eq!(done.code, 0, "{}", done.stderr);
    for id in [2, 3, 5, 60] {
        assert_eq!(place(id), "1/2 1", "{id}");
    }
    assert_eq!(place(1), "0/1 0");
    assert_eq!(place(4), "2/1 2");
    app.execute(&insert, &[&61, &"afterwards"]).await.unwrap();
    assert_eq!(place(61), "1/2 1");
    until(|| {
        database.value(
            "select count(*) from entries where get_byte(body, 3) = 1 and get_byte(body, 5) = 1",
        ) == "0"
    });
    assert_eq!(body(&app, 60).await.as_deref(), Some("while announced"));
    assert!(!proxy.log().contains("panicked"));
}
