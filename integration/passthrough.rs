//! With no rule that matches, a session cannot be told from a direct one.

use crate::harness::{Database, Site, psql};

#[test]
fn psql_sees_the_same_directly_and_through_the_proxy() {
    let database = Database::create(&["application"]);
    database.run("create table public.plain (id int primary key, name text); insert into plain values (1, 'one'), (2, null)");
    database.run("grant all on public.plain to application");
    let proxy = Site::new(&database, "").serve();
    for script in [
        "select 1",
        "select * from plain order by id",
        "\\d plain",
        "select 1; select 2/0; select 3",
        "begin; insert into plain values (3, 'x'); rollback; select count(*) from plain",
        "select nothing from nowhere",
    ] {
        let direct = psql(&database.url("application"), script);
        let proxied = psql(&proxy.url("application"), script);
        assert_eq!(direct, proxied, "{script}\n{}", proxy.log());
    }
}
