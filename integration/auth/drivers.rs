//! Drivers with a SCRAM of their own, over protected columns: who one is decides what one sees.

use super::{PASSWORD, SCRAM, VERIFIED, database, import, site, to};
use crate::harness::python;

const SCHEMA: &str = "create table people (id serial primary key, email text not null, ssn text); \
    grant all on people, people_id_seq to ann, bob; insert into people (email, ssn) values ('ann@example.com', '123-45-6789')";

const TABLES: &str = r#"
[tables."public.people".columns]
ssn = { seal = { search = ["equality"] }, masks = { default = "null", partial = { keep_last = 4 } } }
[roles.clerk]
members = ["pg:ann"]
[[roles.clerk.grants]]
tables = ["public.*"]
level = "access-and-modify"
reveal = ["*"]
search = ["*"]
[roles.desk]
members = ["pg:bob"]
[[roles.desk.grants]]
tables = ["public.people"]
level = "access"
"#;

#[test]
fn drivers_log_in_and_see_what_their_role_may() {
    for auth in [SCRAM, PASSWORD] {
        let database = database();
        database.run(SCHEMA);
        let site = site(&database, auth, true, VERIFIED);
        site.write_rules(TABLES);
        site.protect("public.people");
        if auth == SCRAM {
            import(&site, &database, &["ann", "bob"]);
        }
        let proxy = site.serve();
        let script = r#"
import asyncio, ssl, sys, asyncpg, psycopg
url, other, port, database = sys.argv[1:5]
with psycopg.connect(url) as c:
    assert c.execute("select ssn from people where ssn = %s", ("123-45-6789",)).fetchone() == ("123-45-6789",)
    c.execute("insert into people (email, ssn) values (%s, %s)", ("b@example.com", "999-99-0001"))
with psycopg.connect(other) as c:
    seen = list(row[0] for row in c.execute("select ssn from people").fetchall())
    assert seen == [None, None], seen
context = ssl.create_default_context()
context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
async def main():
    for tls in (False, context):
        c = await asyncpg.connect(host="127.0.0.1", port=int(port), user="ann", password="ann", database=database, ssl=tls)
        assert await c.fetchval("select ssn from people where id = $1", 1) == "123-45-6789"
        await c.close()
        try:
            await asyncpg.connect(host="127.0.0.1", port=int(port), user="ann", password="wrong", database=database, ssl=tls)
            raise SystemExit("let in")
        except asyncpg.InvalidPasswordError as error:
            assert error.sqlstate == "28P01", error.sqlstate
asyncio.run(main())
print("ok")
"#;
        let output = python(
            script,
            &[
                &to(&proxy, "ann", "ann", "sslmode=require"),
                &to(&proxy, "bob", "bob", "sslmode=disable"),
                &proxy.port().to_string(),
                database.name(),
            ],
        );
        assert_eq!(output.stdout.trim(), "ok", "{auth}: {output:?}");
    }
}
