//! psql's `\copy` and psycopg's `copy()`: the same files and rows from plain tables directly and from protected ones
//! through the proxy. (JDBC's CopyManager is in `apps`, asyncpg's and sqlx's COPY too.)

use crate::customers::{plain, protected};
use crate::harness::{psql_with, python};

const SETTINGS: &[&str] = &["-q", "-A", "-t", "-v", "VERBOSITY=sqlstate"];

#[test]
fn psql_copies_files_out_and_in() {
    let (direct, (database, proxy)) = (plain(), protected());
    let urls = [direct.url("owner"), proxy.url("owner")];
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    for (at, (from, to)) in [
        ("customers", ""),
        ("customers (id, email, notes, tags, balance)", "csv header"),
        (
            "(select id, email, ssn from customers where email <> 'user3@example.com' order by id)",
            "with (format csv, header, force_quote *, delimiter ';', null 'none')",
        ),
        ("claims", "binary"),
        ("(table claims)", "with delimiter '|' null ''"),
        ("orders", "csv"),
    ]
    .into_iter()
    .enumerate()
    {
        let written = urls.each_ref().map(|url| {
            let to_file = file(&format!("out{at}"));
            let sql = format!("\\copy {from} to '{to_file}' {to}");
            psql_with(url, SETTINGS, &sql).ok();
            std::fs::read(to_file).unwrap()
        });
        assert!(!written[0].is_empty(), "{from}");
        assert!(written[0] == written[1], "{from} {to}");
        // On standard output, and to a program of the client's.
        for place in ["stdout", "pstdout", "program 'cat'"] {
            let printed = urls.each_ref().map(|url| {
                let sql = format!("\\copy {from} to {place} {to}");
                psql_with(url, SETTINGS, &sql).ok()
            });
            assert!(printed[0] == printed[1], "{from} {place} {to}");
        }
    }
    for (at, (rest, options, data)) in [
        (
            "(id, name, email, notes)",
            "",
            &b"900\tn\ta@x\tx\\ty\n901\tn\t\\N\t\n"[..],
        ),
        (
            "(id, name, email)",
            "csv header",
            b"id,name,email\n902,n,\"b,\"\"@x\"\n903,n,\n",
        ),
        (
            "(id, name, notes)",
            "with (format csv, delimiter ';', null '-', quote '''')",
            b"904;n;'it;s'\n905;n;-\n",
        ),
        ("(name, email)", "csv", "ünï,\"ü\n@x\"\n".as_bytes()),
        // What is wrong, in the data, its type, its length, a key.
        ("(id, name, visits)", "", b"910\tn\t1\n911\tn\tx\n"),
        ("(id, name, code)", "csv", b"912,n,far too long\n"),
        ("(id, name, email)", "", b"913\tn\tuser1@example.com\n"),
        ("(id, name)", "", b"914\tn\tmore\n"),
    ]
    .into_iter()
    .enumerate()
    {
        let from_file = file(&format!("in{at}"));
        std::fs::write(&from_file, data).unwrap();
        for place in [
            format!("'{from_file}'"),
            format!("program 'cat {from_file}'"),
        ] {
            let sql = format!("\\copy customers {rest} from {place} {options}");
            let told = urls.each_ref().map(|url| {
                let output = psql_with(url, SETTINGS, &sql);
                (output.code, output.stdout, output.stderr)
            });
            assert_eq!(told[0], told[1], "{sql}");
            let rows = urls.each_ref().map(|url| {
                let sql = "select * from customers where id > 40 order by id, name";
                psql_with(url, SETTINGS, sql).ok()
            });
            assert_eq!(rows[0], rows[1], "{sql}");
            for url in &urls {
                psql_with(url, SETTINGS, "delete from customers where id > 40").ok();
            }
        }
    }
    drop(database);
}

const SCRIPT: &str = r#"
import sys, datetime, decimal, uuid, psycopg
columns = "id, name, email, ssn, notes, balance, visits, birth_date, seen, key, score, mood, tags"
types = ["int4", "text", "varchar", "varchar", "text", "numeric", "int4", "date", "timestamptz", "uuid", "float8", "mood", "text[]"]
with psycopg.connect(sys.argv[1], autocommit=True) as c:
    c.execute("set timezone = 'UTC'")
    from psycopg.types.enum import EnumInfo, register_enum
    register_enum(EnumInfo.fetch(c, "mood"), c)
    for source in (f"customers ({columns})", f"(select {columns} from customers where id < 20 order by id)"):
        with c.cursor().copy(f"copy {source} to stdout") as copy:
            print(list(copy.rows()))
        with c.cursor().copy(f"copy {source} to stdout (format binary)") as copy:
            copy.set_types(types)
            print(list(copy.rows()))
        with c.cursor().copy(f"copy {source} to stdout (format csv, header)") as copy:
            print(b"".join(copy))
    def people(first):
        for i in range(first, first + 300):
            yield (i, "n", f"p{i}@x", None if i % 3 else "note\t\n\\", i % 9, datetime.date(2000, 1, 1 + i % 28), ["a", None, '"'], decimal.Decimal("1.50"), uuid.UUID(int=i), i / 7)
    into = "copy customers (id, name, email, notes, visits, birth_date, tags, balance, key, score) from stdin"
    with c.cursor().copy(into) as copy:
        for person in people(1000):
            copy.write_row(person)
    with c.cursor().copy(into + " (format binary)") as copy:
        copy.set_types(["int4", "text", "varchar", "text", "int4", "date", "text[]", "numeric", "uuid", "float8"])
        for person in people(2000):
            copy.write_row(person)
    print(c.execute("select id, name, email, notes, visits, birth_date, tags, balance, key, score from customers where id >= 1000 order by id").fetchall())
    # From one to the other, block by block.
    with c.cursor().copy("copy (select id + 5000, name, notes from customers where id between 1000 and 1100) to stdout") as out:
        with psycopg.connect(sys.argv[1], autocommit=True) as other, other.cursor().copy("copy customers (id, name, notes) from stdin") as into:
            for block in out:
                into.write(block)
    print(c.execute("select count(*), count(notes) from customers where id >= 5000").fetchone())
    # A mistake of the client's ends it, in a transaction or not, and nothing stays.
    for begins in (False, True):
        try:
            if begins:
                c.execute("begin")
            with c.cursor().copy("copy customers (id, name, email) from stdin") as copy:
                copy.write_row((9000, "n", "gone@x"))
                raise RuntimeError("mine")
        except RuntimeError as e:
            print(e, c.info.transaction_status)
        if begins:
            c.execute("rollback")
    for rows in ([(9000, "n", "x" * 50)], [(9000, "n", "ok"), (1, "n", "twice")], [(9000, "n")]):
        try:
            with c.cursor().copy("copy customers (id, name, email) from stdin") as copy:
                for row in rows:
                    copy.write_row(row)
        except psycopg.Error as e:
            print(e.sqlstate)
    print(c.execute("select count(*) from customers where id >= 9000").fetchone())
    print(c.execute("select email from customers where id = 7").fetchone())
"#;

#[test]
fn psycopg_copies_rows_in_text_and_binary() {
    let (direct, (database, proxy)) = (plain(), protected());
    let expected = python(SCRIPT, &[&direct.url("owner")]).ok();
    let output = python(SCRIPT, &[&proxy.url("owner")]);
    assert_eq!(output.code, 0, "{}\n{}", output.stdout, output.stderr);
    for (through, directly) in output.stdout.lines().zip(expected.lines()) {
        assert_eq!(through, directly);
    }
    assert_eq!(output.stdout.len(), expected.len());
    assert_eq!(
        database.value("select count(*) from customers where email >= '\\xfb' and id >= 1000"),
        "600"
    );
}
