//! Mistakes and how they are reported.

use std::path::Path;

use expect_test::{Expect, expect};

use super::*;

fn report(files: &[(&str, &str)]) -> String {
    let problems = Policy::load_str(files, Path::new("rules")).unwrap_err();
    let lines: Vec<String> = problems.iter().map(|p| format!("{p}\n")).collect();
    lines.concat()
}

#[track_caller]
fn check(rules: &str, expected: Expect) {
    expected.assert_eq(&report(&[("prelude.toml", PRELUDE), ("r.toml", rules)]));
}

#[test]
fn unknown_keys_and_wrong_types_in_all_files_at_once() {
    let settings = r#"
mode = "obzerve"
[listen]
adress = "127.0.0.1:6432"
max_sessions = "many"
tls = { cert = "server.crt" }
[upstream]
address = "localhost"
tls = "prefer"
[upstream.service]
usr = "sealwire"
[auth]
method = "scram"
[keys]
provider = "aws-kms"
path = 3
[log]
level = "inf"
[limits]
guesses_per_hour = -1
"#;
    let rules = r#"
[classes.email]
seal = { search = ["equality"], pads = 4 }
mask = {}
[roles.support]
members = "pg:support"
[[roles.support.grants]]
level = "admin"
[other]
"#;
    expect![[r#"
        a.toml:2: mode: unknown word `obzerve`, expected one of enforce, observe; did you mean `observe`?
        a.toml:4: listen.adress: unknown key `adress`, expected one of address, max_sessions, tls, plain; did you mean `address`?
        a.toml:5: listen.max_sessions: expected a whole number, found a string
        a.toml:6: listen.tls: `key` is missing
        a.toml:8: upstream.address: expected host:port, such as 127.0.0.1:6432, db.example.com:5432 or [::1]:5432
        a.toml:9: upstream.tls: `prefer` goes on without TLS where the server has none, unnoticed: expected one of disable, require, verify-ca, verify-full
        a.toml:10: upstream.service: `user` is missing
        a.toml:11: upstream.service.usr: unknown key `usr`, expected one of user, password_file, cert, key; did you mean `user`?
        a.toml:13: auth.method: `scram` needs verifiers: expected users_file or auth_query in [auth]
        a.toml:15: keys.provider: `aws-kms` is not supported by this version yet
        a.toml:16: keys.path: expected a string, found an integer
        a.toml:18: log.level: unknown word `inf`, expected one of error, warn, info, debug, trace; did you mean `info`?
        a.toml:20: limits.guesses_per_hour: expected a whole number from 0 to 4,294,967,295
        b.toml:3: classes.email.seal.pads: unknown key `pads`, expected one of search, domain, pad, fold, max_length, prefix_length, acknowledge_leakage; did you mean `pad`?
        b.toml:4: classes.email.mask: unknown key `mask`, expected one of type, seal, masks; did you mean `masks`?
        b.toml:6: roles.support.members: expected a list, found a string
        b.toml:7: roles.support.grants[0]: `tables` is missing
        b.toml:8: roles.support.grants[0].level: unknown word `admin`, expected one of access, access-and-modify, modify, full-control
        b.toml:9: other: unknown key `other`, expected one of mode, listen, upstream, auth, keys, subjects, admin, log, audit, limits, facade, classes, tables, routines, roles, tests
    "#]].assert_eq(&report(&[("a.toml", settings), ("b.toml", rules)]));
}

#[test]
fn missing_sections() {
    expect![[r#"
        a.toml:1: upstream: `address` is missing
        a.toml:1: upstream: `service` is missing
        rules: section [keys] is missing: expected provider and path
    "#]]
    .assert_eq(&report(&[("a.toml", "[upstream]\n")]));
    expect![[r#"
        a.toml:2: listen.address: expected host:port, such as 127.0.0.1:6432, db.example.com:5432 or [::1]:5432
        rules: section [keys] is missing: expected provider and path
        rules: section [upstream] is missing: expected address, and [upstream.service] with user
    "#]].assert_eq(&report(&[("a.toml", "[listen]\naddress = \"[::1:5\"\n")]));
}

#[test]
fn what_is_not_toml() {
    check(
        "[classes.email\nseal = {}\n[tables]\nx = = 2\n",
        expect![[r#"
        r.toml:1: not valid TOML: unclosed table, expected `]`
        r.toml:4: not valid TOML: extra `=`, expected nothing
        r.toml:4: not valid TOML: unexpected key or value, expected newline, `#`
    "#]],
    );
}

#[test]
fn searches_by_tokens() {
    check(
        r#"
[classes.a]
seal = { search = ["range", "match", "prefix", "equalty"] }
[classes.b]
type = "integer"
seal = { search = ["match"], acknowledge_leakage = true }
[classes.c]
type = "text"
seal = { search = ["range"], acknowledge_leakage = true }
[classes.d]
seal = { search = ["match"], prefix_length = 4, acknowledge_leakage = true }
[classes.e]
seal = { search = ["prefix"], prefix_length = 40, acknowledge_leakage = true }
[classes.f]
type = "date"
seal = { search = ["range", "order"], acknowledge_leakage = true }
[classes.g]
type = "text"
seal = { search = ["match", "prefix", "equality"], acknowledge_leakage = true }
"#,
        expect![[r#"
            r.toml:3: classes.a.seal.search: search = ["match"], ["prefix"] and ["range"] show the server which values have pieces in common, and how often each piece occurs: leave them out, or set acknowledge_leakage = true
            r.toml:3: classes.a.seal.search[3]: unknown word `equalty`, expected one of equality, equality-ci, order, match, prefix, range; did you mean `equality`?
            r.toml:6: classes.b.seal.search: the rule's search is not possible here: only text and varchar have substrings and beginnings to search by
            r.toml:9: classes.c.seal.search: the rule's search is not possible here: only integers, numeric(p,s) of at most 37 digits, floats, date, time and timestamps have ranges
            r.toml:11: classes.d.seal.prefix_length: `prefix_length` is of search = ["prefix"]: expected that search
            r.toml:13: classes.e.seal.prefix_length: expected a number of characters from 1 to 32
            r.toml:16: classes.f.seal.search: search = ["order"] answers ranges by itself, and does not go together with "match", "prefix" and "range"
        "#]],
    );
}

#[test]
fn orders() {
    check(
        r#"
[classes]
unacknowledged = { type = "date", seal = { search = ["order"] } }
padded = { type = "integer", seal = { search = ["order"], pad = 8, acknowledge_leakage = true } }
endless = { type = "text", seal = { search = ["order"], acknowledge_leakage = true } }
long = { type = "varchar(5000)", seal = { search = ["order"], acknowledge_leakage = true } }
longer = { type = "text", seal = { search = ["order"], max_length = 1001, acknowledge_leakage = true } }
short = { type = "text", seal = { search = ["equality"], max_length = 10 } }
number = { type = "integer", seal = { search = ["order"], max_length = 10, acknowledge_leakage = true } }
bare = { type = "numeric", seal = { search = ["order"], acknowledge_leakage = true } }
flag = { type = "boolean", seal = { search = ["order"], acknowledge_leakage = true } }
bytes = { type = "bytea", seal = { search = ["order"], acknowledge_leakage = true } }
fine = { type = "text", seal = { search = ["order", "equality-ci"], max_length = 40, acknowledge_leakage = true } }
[classes.one]
type = "integer"
seal = { search = ["order"], domain = "d", acknowledge_leakage = true }
[classes.other]
type = "bigint"
seal = { search = ["order"], domain = "d", acknowledge_leakage = true }
"#,
        expect![[r#"
            r.toml:3: classes.unacknowledged.seal.search: search = ["order"] shows the order of all values to the server, from which most of them can be told where their span is known: leave it out, or set acknowledge_leakage = true
            r.toml:4: classes.padded.seal.pad: an order shows the length of a text whatever its padding: leave `pad` out
            r.toml:5: classes.endless.seal.search: search = ["order"] is not possible here: a text in order needs a most length: set max_length, or declare it varchar(n)
            r.toml:6: classes.long.seal.search: search = ["order"] is not possible here: a text in order takes nine bytes for each of its own: set max_length to 1000 characters or less
            r.toml:7: classes.longer.seal.max_length: expected a number of characters from 1 to 1000
            r.toml:7: classes.longer.seal.search: search = ["order"] is not possible here: a text in order takes nine bytes for each of its own: set max_length to 1000 characters or less
            r.toml:8: classes.short.seal.max_length: `max_length` is of search = ["order"]: expected that search
            r.toml:9: classes.number.seal.search: search = ["order"] is not possible here: max_length is for text
            r.toml:10: classes.bare.seal.search: search = ["order"] is not possible here: numeric without precision and scale has no fixed number of digits
            r.toml:11: classes.flag.seal.search: search = ["order"] is not possible here: boolean has two values: their order is no secret that could be kept
            r.toml:12: classes.bytes.seal.search: search = ["order"] is not possible here: only integers, numeric(p,s), floats, date, time, timestamps, uuid and text with a most length have one
            r.toml:17: classes.other: key domain `d` is shared with classes.one (r.toml:14): expected the same type
        "#]],
    );
}

#[test]
fn names_that_lead_nowhere() {
    check(
        r#"
[classes.email]
seal = {}
[tables."public.customers".columns]
email = "emial"
notes = "email"
[tables."crm.people"]
like = "public.customer"
[roles.support]
members = ["support", "pg:", "group:cx"]
[[roles.support.grants]]
tables = ["public.custmers"]
reveal = ["nothing"]
[[roles.support.grants]]
tables = ["customers"]
reveal = ["note", "class:emails", "email"]
write = ["notes"]
[[tests]]
as = "suport"
sql = " "
expect = { notes = "hidden" }
[[tests]]
as = "pg:anyone"
sql = "select 1"
expect = "null"
"#,
        expect![[r#"
            r.toml:5: tables."public.customers".columns.email: unknown class `emial`, expected one of [classes.…]; did you mean `email`?
            r.toml:8: tables."crm.people".like: unknown table `public.customer`, expected an entry of [tables.…]; did you mean `public.customers`?
            r.toml:10: roles.support.members[0]: expected `pg:` and a login or `group:` and a group, found `support`
            r.toml:10: roles.support.members[1]: expected `pg:` and a login or `group:` and a group, found `pg:`
            r.toml:12: roles.support.grants[0].tables[0]: no rule protects a table `public.custmers`; did you mean `public.customers`?
            r.toml:16: roles.support.grants[1].reveal[0]: no rule protects a column `note` of these tables; did you mean `notes`?
            r.toml:16: roles.support.grants[1].reveal[1]: unknown class `emails`, expected one of [classes.…]; did you mean `email`?
            r.toml:17: roles.support.grants[1].write: level `access` does not allow writing: expected level = "access-and-modify" or higher
            r.toml:19: tests[0].as: unknown role `suport`, expected one of [roles.…] or `pg:` and a login; did you mean `support`?
            r.toml:20: tests[0].sql: expected a statement
            r.toml:21: tests[0].expect.notes: unknown word `hidden`, expected one of value, reveal, partial, mask, default, null, refused
            r.toml:25: tests[1].expect: only `refused` can stand for the whole statement: expected a table of result columns
        "#]],
    );
}

#[test]
fn rights_that_a_column_cannot_give() {
    check(
        r#"
[classes.free-text]
seal = {}
[tables."customers".columns]
notes = "free-text"
[roles.support]
[[roles.support.grants]]
tables = ["*"]
level = "access-and-modify"
partial = ["notes"]
search = ["notes", "class:free-text"]
"#,
        expect![[r#"
            r.toml:10: roles.support.grants[0].partial[0]: column `notes` has no partial mask: expected masks = { partial = … } in its rule
            r.toml:11: roles.support.grants[0].search[0]: column `notes` is sealed without search: expected search = ["equality"] or another in its rule
            r.toml:11: roles.support.grants[0].search[1]: class `free-text` is sealed without search: expected search = ["equality"] or another in its rule
        "#]],
    );
}

#[test]
fn like_in_a_circle() {
    check(
        r#"
[tables.a]
like = "b"
[tables.b]
like = "public.c"
[tables.c]
like = "a"
[tables.d]
like = "a"
"#,
        expect![[r#"
            r.toml:3: tables.a.like: `like` goes round in a circle: public.a → public.b → public.c → public.a
            r.toml:5: tables.b.like: `like` goes round in a circle: public.b → public.c → public.a → public.b
            r.toml:7: tables.c.like: `like` goes round in a circle: public.c → public.a → public.b → public.c
        "#]],
    );
}

#[test]
fn one_thing_twice() {
    let one =
        "mode = \"enforce\"\n[classes.a]\nseal = {}\n[tables.\"public.t\".columns]\nx = \"a\"\n";
    let two = "mode = \"enforce\"\n[classes.a]\nseal = {}\n[tables.t.columns]\nx = \"a\"\n[tables.\"public.t\".columns]\n";
    expect![[r#"
        two.toml:1: mode: given already at one.toml:1
        two.toml:2: classes.a: given already at one.toml:2
        two.toml:4: tables.t: table public.t has rules already at one.toml:4
        two.toml:6: tables."public.t": given already at one.toml:4
    "#]]
    .assert_eq(&report(&[
        ("prelude.toml", PRELUDE),
        ("one.toml", one),
        ("two.toml", two),
    ]));
}

#[test]
fn masks() {
    check(
        r#"
[classes.a]
type = "date"
masks = { partial = "year" }
[classes.b]
masks = { default = { keep_last = 4, keep_first = 2 }, partial = { fixed = "x", with = "xx" } }
[classes.c]
masks = { default = "nul", partial = 3 }
[classes.d]
masks = { default = { bucket = 0 }, partial = { bucket = 10 } }
[classes.e]
"#,
        expect![[r#"
            r.toml:6: classes.b.masks.default: expected exactly one of fixed, keep_first, keep_last, bucket
            r.toml:6: classes.b.masks.partial.with: expected one character
            r.toml:6: classes.b.masks.partial.with: expected only beside keep_first or keep_last
            r.toml:8: classes.c.masks.default: unknown word `nul`, expected one of null, email, year, month, hash, zero; did you mean `null`?
            r.toml:8: classes.c.masks.partial: expected the name of a mask, or a table, found an integer
            r.toml:10: classes.d.masks.default.bucket: expected a number above 0
            r.toml:11: classes.e: protects nothing: expected `seal`, `masks` or both
        "#]],
    );
}

#[test]
fn masks_that_do_not_fit_the_type() {
    let rules = r#"
[classes.a]
type = "date"
masks = { default = { fixed = "tomorrow or so" }, partial = "year" }
[classes.b]
type = "integer"
masks = { partial = "email" }
[tables.t.columns]
x = { type = "boolean", masks = { partial = "month" } }
"#;
    let report = report(&[("prelude.toml", PRELUDE), ("r.toml", rules)]);
    let places: Vec<&str> = report
        .lines()
        .map(|line| line.split(": mask does not fit the type: ").next().unwrap())
        .collect();
    let expected = [
        "r.toml:4: classes.a.masks.default",
        "r.toml:7: classes.b.masks.partial",
        "r.toml:9: tables.t.columns.x.masks.partial",
    ];
    assert_eq!(places, expected, "{report}");
}

#[test]
fn equality_where_it_is_not_possible_or_shows_much() {
    check(
        r#"
[classes.a]
type = "jsonb"
seal = { search = ["equality"] }
[classes.b]
type = "boolean"
seal = { search = ["equality"] }
[classes.c]
type = "boolean"
seal = { search = ["equality"], acknowledge_leakage = true }
[classes.d]
type = "txt"
seal = { pad = 0, domain = "" }
"#,
        expect![[r#"
            r.toml:4: classes.a.seal.search: search = ["equality"] is not possible here: jsonb holds equal values with different output (1.0 and 1.00)
            r.toml:7: classes.b.seal.search: equality on a type of few values shows how often each occurs, and so which is which: leave it out, or set acknowledge_leakage = true
            r.toml:12: classes.d.type: unknown type `txt`; did you mean `text`?
            r.toml:13: classes.d.seal.domain: expected the name of a key domain
            r.toml:13: classes.d.seal.pad: expected a number of bytes from 1 to 65536
        "#]],
    );
}

#[test]
fn one_domain_sealed_in_two_ways() {
    check(
        r#"
[classes.a]
type = "text"
seal = { search = ["equality"], domain = "person" }
[classes.b]
type = "integer"
seal = { search = ["equality"], domain = "person" }
[tables.t.columns]
x = { seal = { domain = "person", pad = 8 } }
y = "a"
"#,
        expect![[r#"
            r.toml:5: classes.b: key domain `person` is shared with classes.a (r.toml:2): expected the same type
            r.toml:9: tables.t.columns.x: key domain `person` is shared with classes.a (r.toml:2): expected the same search and pad
        "#]],
    );
}

#[test]
fn secrets_in_the_rules_folder() {
    let settings = r#"
[upstream]
address = "db:5432"
service = { user = "sealwire", password_file = "password" }
[keys]
provider = "file"
path = "../rules/./root.key"
"#;
    expect![[r#"
        a.toml:4: upstream.service.password_file: a password file must not lie in the rules folder, since rules go to version control
        a.toml:7: keys.path: a key file must not lie in the rules folder, since rules go to version control
    "#]].assert_eq(&report(&[("a.toml", settings)]));
}

#[test]
fn a_folder_without_rules() {
    let dir = tempfile::tempdir().unwrap();
    let problems = Policy::load(dir.path()).unwrap_err();
    assert!(problems[0].message.starts_with("no rules here"));
    let problems = Policy::load(&dir.path().join("nowhere")).unwrap_err();
    assert!(problems[0].message.starts_with("cannot be read"));
}

#[test]
fn routines_that_cannot_be_vouched_for() {
    check(
        r#"
[classes.email]
seal = { search = ["equality"] }
[classes.ssn]
seal = { domain = "ssn" }
[classes.unused]
seal = {}
[tables."public.a".columns]
email = "email"
ssn = "ssn"
[tables."public.b".columns]
email = "email"
ssn = "ssn"
[routines."public.f"]
[routines."public.g(text)"]
args = { a = "email", b = "emial", c = "public.a.emial", d = "public.c.email", e = "a.b.c.d", f = "unused", g = 1 }
returns = 3
level = "acess"
[routines."g( TEXT )"]
returns = { x = "ssn", y = "b.email" }
"#,
        expect![[r#"
            r.toml:14: routines."public.f": expected a routine with the types of its arguments, such as "public.add_customer(text,text)"
            r.toml:15: routines."public.g(text)": the same routine as at r.toml:19
            r.toml:16: routines."public.g(text)".args.a: class `email` has no `domain` and 2 columns, each of its own key domain: expected one of them, such as "public.a.email"
            r.toml:16: routines."public.g(text)".args.b: unknown class `emial`, expected one of [classes.…], or a column as "schema.table.column"; did you mean `email`?
            r.toml:16: routines."public.g(text)".args.c: no rule protects column `emial` of public.a; did you mean `email`?
            r.toml:16: routines."public.g(text)".args.d: no rules for table public.c
            r.toml:16: routines."public.g(text)".args.e: expected a class, or a column as "schema.table.column"
            r.toml:16: routines."public.g(text)".args.f: no column is of class `unused`
            r.toml:16: routines."public.g(text)".args.g: expected a string, found an integer
            r.toml:17: routines."public.g(text)".returns: expected the name of a class or a column, or a table of them, found an integer
            r.toml:18: routines."public.g(text)".level: unknown word `acess`, expected one of access, access-and-modify, modify, full-control; did you mean `access`?
        "#]],
    );
}

#[test]
fn keys_of_other_providers() {
    let settings = |keys: &str| {
        format!(
            "[upstream]\naddress = \"db:5432\"\ntls = \"verify-full\"\nservice = {{ user = \"sealwire\" }}\n[keys]\npath = \"../keys/root\"\n{keys}"
        )
    };
    let of = |keys: &str| report(&[("a.toml", &settings(keys))]);
    expect![[r#"
        a.toml:7: keys.provider: `pkcs11` needs a section of its own: expected [keys.pkcs11] with module and token
        a.toml:8: keys.cache: expected `forever`, or a number and a unit, s, m, h or d, such as `15m`; at most a year
    "#]]
    .assert_eq(&of("provider = \"pkcs11\"\ncache = \"1y\""));
    expect![[r#"
        a.toml:8: keys.pkcs11: `token` is missing
        a.toml:10: keys.pkcs11.key: expected a name
        a.toml:11: keys.pkcs11.pin_file: a PIN file must not lie in the rules folder, since rules go to version control
        a.toml:12: keys.pkcs11.pin: unknown key `pin`, expected one of module, token, key, pin_file
    "#]]
    .assert_eq(&of(
        "provider = \"pkcs11\"\n[keys.pkcs11]\nmodule = \"/m.so\"\nkey = \"\"\npin_file = \"pin\"\npin = \"1234\"",
    ));
    expect![[r#"
        a.toml:9: keys.vault.address: expected https://: keys would cross the network in the clear
        a.toml:10: keys.vault.mount: expected letters, digits, `-`, `_` and `.`, with `/` between parts
        a.toml:11: keys.vault.token_file: expected either token_file or role_id, not both
        a.toml:13: keys.vault.timeout: expected 1 to 60 seconds
    "#]]
    .assert_eq(&of(
        "provider = \"vault\"\n[keys.vault]\naddress = \"http://vault:8200\"\nmount = \"a/../b\"\ntoken_file = \"../t\"\nrole_id = \"r\"\ntimeout = 0",
    ));
    expect![[r#"
        a.toml:8: keys.vault: `ca_file` is missing: expected the certificates of who signs the server's
        a.toml:10: keys.vault.secret_id_file: expected role_id beside it
    "#]]
    .assert_eq(&of(
        "provider = \"vault\"\n[keys.vault]\naddress = \"https://vault:8200\"\nsecret_id_file = \"../s\"",
    ));
}

#[test]
fn data_subjects() {
    check(
        r#"
[tables."public.a"]
subject = "id"
erasable = true
columns = { notes = { seal = {} } }
"#,
        expect![[r#"
            r.toml:2: tables."public.a": `erasable` wants section [subjects], which says where the keys of data subjects are
        "#]],
    );
    check(
        r#"
[subjects]
store = "postgres://elsewhere/keys"
intermediate = "here.key"
replace_days = 0
copies_days = 9999
[tables."public.a"]
erasable = true
kept = ["x"]
columns = { notes = { seal = {} } }
[tables."public.b"]
subject = "id"
erasable = true
kept = ["nots"]
columns = { id = { seal = {} }, notes = { seal = { search = ["equality"] } }, more = { seal = {} } }
[tables."public.c"]
subject = ""
subject_kind = ""
kept = ["notes"]
columns = { notes = { seal = {} } }
"#,
        expect![[r#"
            r.toml:3: subjects.store: expected postgresql://LOGIN@HOST/DATABASE: the store has a login of its own
            r.toml:4: subjects.intermediate: a key file must not lie in the rules folder, since rules go to version control
            r.toml:5: subjects.replace_days: expected 1 to 3,650 days
            r.toml:6: subjects.copies_days: expected 0 to 3,650 days
            r.toml:8: tables."public.a".erasable: expected `subject` beside it: the column that says whose a row is
            r.toml:9: tables."public.a".kept: expected `subject` beside it: the column that says whose a row is
            r.toml:12: tables."public.b".subject: `id` says whose a row is, and is protected itself: expected a column in plaintext
            r.toml:12: tables."public.b".subject: `kept` names `nots`, which is no protected column of the table; did you mean `notes`?
            r.toml:15: tables."public.b".columns.notes: `notes` of an erasable table has a search, and what it is found by would outlive the key of its data subject: leave `search` out, or name the column in `kept`, so that an erasure does not reach it
            r.toml:17: tables."public.c".subject: expected the name of a column
            r.toml:18: tables."public.c".subject_kind: expected a name
            r.toml:19: tables."public.c".kept: `kept` is of a table with erasable = true: expected that
        "#]],
    );
    check(
        r#"
[subjects]
store = "../subjects"
intermediate = "../subjects.key"
"#,
        expect![[r#"
            r.toml:3: subjects.store: expected `file:` and a folder, or postgresql://LOGIN@HOST/DATABASE
        "#]],
    );
    check(
        r#"
[subjects]
store = "file:../subjects"
intermediate = "../subjects/key"
"#,
        expect![[r#"
            r.toml:4: subjects.intermediate: the intermediate key must not lie in the store: copies of the two together never age out
        "#]],
    );
}

#[test]
fn conditions_that_cannot_be_met() {
    check(
        r#"
[tables."public.a".columns]
notes = { seal = {} }
[roles.r]
members = ["pg:r"]
[[roles.r.grants]]
tables = ["public.a"]
until = "2027-01-01"
hours = { days = [], from = "08:00", to = "8:00", zone = "Europe/Berlon" }
from = "10.0.0.1/8"
[[roles.r.grants]]
tables = ["public.a"]
until = 2027-01-01T08:00:00
hours = { days = ["mon", "fry"], from = "24:30" }
from = []
[[roles.r.grants]]
tables = ["public.a"]
until = 08:00:00
hours = { from = "08:00", to = "08:00" }
[[tests]]
as = "r"
sql = "select 1"
from = "here"
at = 3
expect = "refused"
"#,
        expect![[r#"
            r.toml:8: roles.r.grants[0].until: expected a date such as 2027-01-01 (without quotes), or with a time and an offset, found a string
            r.toml:9: roles.r.grants[0].hours.days: expected at least one day
            r.toml:9: roles.r.grants[0].hours.to: expected a time of day from "00:00" to "24:00"
            r.toml:9: roles.r.grants[0].hours.zone: unknown time zone `Europe/Berlon`: expected an IANA name such as Europe/Berlin
            r.toml:10: roles.r.grants[0].from: the address has bits beyond the network's length: nothing would match as written
            r.toml:13: roles.r.grants[1].until: expected an offset behind the time, such as 2027-01-01T18:00:00+01:00 or …Z
            r.toml:14: roles.r.grants[1].hours: `to` is missing
            r.toml:14: roles.r.grants[1].hours.days[1]: unknown word `fry`, expected one of mon, tue, wed, thu, fri, sat, sun; did you mean `fri`?
            r.toml:14: roles.r.grants[1].hours.from: expected a time of day from "00:00" to "24:00"
            r.toml:15: roles.r.grants[1].from: expected at least one address
            r.toml:18: roles.r.grants[2].until: expected a date, or a date and a time with an offset
            r.toml:19: roles.r.grants[2].hours: `from` and `to` are the same: expected hours with a beginning and an end, or none for the whole day
            r.toml:23: tests[0].from: expected an address such as 10.1.2.3
            r.toml:24: tests[0].at: expected a date such as 2027-01-01 (without quotes), or with a time and an offset, found an integer
        "#]],
    );
}
