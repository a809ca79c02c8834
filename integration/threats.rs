//! What a masked role must not learn: each leak with the attacks that have to fail, and the doors of the server that
//! read by a text, opened as wide as the server has them.

use crate::customers::protected;
use crate::harness::{Database, Proxy, Raw};
use crate::named;

/// Each leak that statements or messages could be, and its attacks.
const LEAKS: &[(&str, &[&str])] = &[
    (
        "predicate on a masked column",
        &[
            "src::plan::tests::attacks::a_masked_role_learns_nothing_by_predicates_or_expressions",
            "doors::no_way_round_shows_what_is_masked",
            "ordering::who_may_not_search_learns_no_order",
            "worlds::what_is_masked_makes_no_difference",
        ],
    ),
    (
        "UNIQUE, FOREIGN KEY, ON CONFLICT as oracle",
        &[
            "threats::keys_are_no_oracle",
            "wording::who_sees_masks_reads_no_value_and_no_ciphertext",
        ],
    ),
    (
        "FETCH, EXECUTE, DO, temp views, names built at run time",
        &[
            "attacks::nothing_protected_comes_back_to_a_role_without_grants",
            "doors::no_way_round_shows_what_is_masked",
            "doors::prepared_statements_are_not_carried_out_by_sql",
            "protocol::settings::a_name_that_only_the_server_reads_shows_nothing",
        ],
    ),
    (
        "cascades, triggers, rules",
        &[
            "threats::cascades_and_rules_need_the_level_of_what_they_reach",
            "wording::who_sees_masks_reads_no_value_and_no_ciphertext",
        ],
    ),
    (
        "deleted or edited rule file, edited registry",
        &[
            "adopting::a_rule_file_that_is_lost_opens_nothing",
            "schema::an_entry_that_is_taken_away_shuts_the_column",
        ],
    ),
    (
        "the proxy as encryption oracle",
        &[
            "attacks::guesses_are_capped",
            "src::plan::tests::attacks::search_constants_without_reveal_are_counted_and_capped",
            "routines::who_sees_masks_gets_masks_and_pays_for_guesses",
        ],
    ),
    (
        "expression around it",
        &[
            "doors::no_way_round_shows_what_is_masked",
            "attacks::the_same_in_the_extended_protocol_and_in_binary",
        ],
    ),
    (
        "alias, `*`, position, view column, column of same name",
        &[
            "src::plan::tests::attacks::a_mask_stays_on_whatever_carries_the_value",
            "attacks::nothing_protected_comes_back_to_a_role_without_grants",
        ],
    ),
    (
        "errors",
        &[
            "wording::who_sees_masks_reads_no_value_and_no_ciphertext",
            "attacks::errors_and_notices_of_the_server_show_no_values",
            "threats::errors_tell_nothing_of_rows",
        ],
    ),
    (
        "RAISE NOTICE, DO, CALL, CREATE FUNCTION, dynamic SQL",
        &[
            "doors::no_way_round_shows_what_is_masked",
            "routines::who_sees_masks_gets_masks_and_pays_for_guesses",
            "wording::who_sees_masks_reads_no_value_and_no_ciphertext",
            "worlds::what_is_masked_makes_no_difference",
        ],
    ),
    (
        "server functions that read by text",
        &[
            "threats::whatever_reads_by_a_text_shows_nothing",
            "src::plan::tests::attacks::doors_that_hide_names",
        ],
    ),
    (
        "EXPLAIN, row estimates",
        &[
            "threats::whatever_reads_by_a_text_shows_nothing",
            "threats::plans_show_no_estimates_of_what_is_masked",
            "explaining::who_sees_a_mask_is_shown_no_number",
            "doors::prepared_statements_are_not_carried_out_by_sql",
        ],
    ),
    (
        "pg_stats, pg_statistic*, pg_stat_statements, pg_stat_activity, pg_prepared_statements, pg_cursors",
        &["threats::whatever_reads_by_a_text_shows_nothing"],
    ),
    (
        "COPY, binary results, FETCH, RETURNING, FunctionCall, large objects, LISTEN payloads, replication protocol",
        &[
            "threats::other_messages_are_no_second_doors",
            "threats::whatever_reads_by_a_text_shows_nothing",
            "attacks::the_same_in_the_extended_protocol_and_in_binary",
            "protocol::copy::of_a_protected_table_with_data_on_its_way",
            "overtaken::a_view_or_function_made_a_moment_ago_shows_no_masked_value",
            "overtaken::a_copy_that_waits_for_the_dba_is_held_against_what_it_finds",
            "dumps::a_role_that_sees_masks_dumps_masks",
            "protocol::welcome::replication_is_refused_and_a_database_that_is_not_there_is_the_servers_to_say",
            "doors::a_portal_that_sql_fetches_from_shows_nothing",
        ],
    ),
    (
        "prepared under one right, executed under another; cursor kept open",
        &[
            "attacks::prepared_under_one_right_and_executed_under_another",
            "cursors::changed_rights_reach_what_is_open",
            "doors::a_portal_that_code_reads_shows_nothing",
        ],
    ),
    (
        "SET ROLE, SET SESSION AUTHORIZATION, set_config('role')",
        &[
            "clients::roles_narrow_and_never_widen",
            "attacks::nothing_protected_comes_back_to_a_role_without_grants",
        ],
    ),
    (
        "search_path, temp table shadowing, U&\"\" names, quoted case",
        &[
            "doors::no_way_round_shows_what_is_masked",
            "src::plan::tests::attacks::names_resolve_as_the_server_resolves_them",
        ],
    ),
    (
        "parser divergence",
        &[
            "protocol::settings::backslashes_are_read_as_the_server_reads_them",
            "protocol::settings::other_encodings_are_right_or_refused",
            "src::plan::tests::attacks::settings_that_change_how_a_text_is_read",
        ],
    ),
    (
        "protocol smuggling",
        &[
            "protocol::garbage::before_a_session",
            "protocol::garbage::in_a_session",
            "tls::packets::bytes_before_the_handshake_end_the_connection",
            "auth::hostile::nothing_is_gained_by_what_is_said_too_early",
        ],
    ),
    (
        "CREATE TABLE AS, INSERT … SELECT, temp tables, triggers",
        &[
            "attacks::nothing_protected_comes_back_to_a_role_without_grants",
            "statements::made::a_table_made_of_sealed_columns_holds_envelopes",
            "src::plan::tests::attacks::who_does_not_see_a_value_cannot_copy_it_to_where_it_can_be_seen",
        ],
    ),
    (
        "ciphertext moved to another row, column or table",
        &["threats::an_envelope_in_another_column_does_not_open"],
    ),
    (
        "deterministic and order-revealing values: frequency, order",
        &["commands::check_shows_what_each_column_leaks_and_runs_the_tests"],
    ),
    (
        "noise or random masks averaged away",
        &["threats::masks_say_the_same_every_time"],
    ),
    (
        "timing",
        &["src::transform::tests::masked::a_mask_without_plaintext_never_opens"],
    ),
    (
        "plaintext in logs, metrics, traces, audit, core dumps, panics",
        &[
            "leaks::canaries_are_nowhere",
            "src::plan::tests::attacks::plans_hold_no_plaintext_in_their_debug_form",
            "outside::no_core_dump_can_hold_keys",
        ],
    ),
    (
        "brute force, credential stuffing",
        &["auth::scram::who_guesses_waits_and_is_sent_away_in_the_end"],
    ),
];

#[test]
fn every_leak_has_attacks_that_exist() {
    named::check(LEAKS);
}

/// A phone number, as text, in hexadecimal, and in base64 at each of its three places.
const SECRETS: &[&str] = &[
    "555-10",
    "3535352d3130",
    "NTU1LT",
    "U1NS0x",
    "1NTUtM",
    "user1@",
    "\\xfb1",
];

/// A server with everything installed and granted that reads by a text.
fn wide_open() -> (Database, Proxy) {
    let (database, proxy) = protected();
    database.run(
        "create extension if not exists dblink; create extension if not exists pageinspect; create extension if not exists tablefunc;
         create extension if not exists pg_walinspect; create extension if not exists file_fdw; create extension if not exists pg_stat_statements;
         grant execute on all functions in schema public to intern, support;
         grant pg_monitor, pg_read_all_data, pg_read_server_files, pg_write_server_files to intern, support;
         grant execute on function pg_read_file(text), pg_read_binary_file(text), pg_ls_dir(text), lo_import(text), lo_export(oid, text),
             pg_stat_file(text) to intern, support;
         grant select on pg_statistic, pg_largeobject to intern, support;
         analyze customers; checkpoint",
    );
    std::thread::sleep(std::time::Duration::from_secs(4));
    (database, proxy)
}

/// `FILE` is the file of the table of customers, `DSN` another way to the same database.
const BY_TEXT: &[&[&str]] = &[
    &["select * from pg_stats where tablename = 'customers'"],
    &["table pg_catalog.\"pg_stats\""],
    &["select most_common_vals::text, histogram_bounds::text from PG_STATS"],
    &["select stavalues1::text from pg_statistic where starelid = 'customers'::regclass"],
    &["select * from pg_stats_ext, pg_stats_ext_exprs"],
    &["select query from pg_stat_activity"],
    &["select pg_stat_get_backend_activity(1)"],
    &["select * from pg_stat_statements"],
    &["select * from pg_prepared_statements"],
    &["select * from pg_cursors"],
    &["select query_to_xml('select phone from customers', true, true, '')"],
    &["select query_to_xml_and_xmlschema('select phone from customers', true, true, '')"],
    &["select table_to_xml('customers', true, true, '')"],
    &["select table_to_xml_and_xmlschema('customers'::regclass, true, true, '')"],
    &["select schema_to_xml('public', true, true, '')"],
    &["select database_to_xml(true, true, '')"],
    &["select pg_catalog.database_to_xml_and_xmlschema(true, true, '')"],
    &[
        "begin",
        "declare c cursor for select phone from customers",
        "select cursor_to_xml('c', 10, true, true, '')",
    ],
    &[
        "begin",
        "declare c refcursor for select 1",
        "select cursor_to_xml('c', 10, true, true, '')",
    ],
    &["select * from ts_stat('select to_tsvector(phone) from customers')"],
    &["select ts_rewrite('a'::tsquery, 'select phone::tsquery, phone::tsquery from customers')"],
    &["select * from dblink('DSN', 'select phone from customers') as t(a text)"],
    &[
        "select dblink_connect('DSN')",
        "select * from dblink('select phone from customers') as t(a text)",
    ],
    &[
        "select dblink_connect('c', 'DSN')",
        "select dblink_send_query('c', 'select phone from customers')",
        "select * from dblink_get_result('c') as t(a text)",
    ],
    &[
        "select dblink_connect('c', 'DSN')",
        "select dblink_open('c', 'x', 'select phone from customers')",
        "select * from dblink_fetch('c', 'x', 5) as t(a text)",
    ],
    &[
        "select * from crosstab('select id::text, name, phone from customers') as t(a text, b text, c text)",
    ],
    &[
        "select * from connectby('customers', 'phone', 'phone', '555-1001', 0) as t(a text, b text, c int)",
    ],
    &["select get_raw_page('customers', 0)"],
    &["select * from heap_page_items(get_raw_page('customers', 'main', 0))"],
    &[
        "select * from public.heap_page_item_attrs(public.get_raw_page('customers', 0), 'customers')",
    ],
    &["select * from pg_get_wal_records_info_till_end_of_wal('0/1500000')"],
    &["select pg_read_file('FILE')"],
    &["select pg_read_binary_file('FILE')"],
    &["select encode(pg_catalog.pg_read_binary_file('FILE'), 'base64')"],
    &["select lo_import('FILE', 4242)", "select lo_get(4242)"],
    &[
        "select lo_import('FILE', 4243)",
        "begin",
        "select loread(lo_open(4243, 262144), 100000)",
    ],
    &["select data from pg_largeobject"],
    &[
        "create temp table t (x text)",
        "copy t from 'FILE' with (encoding 'latin1')",
        "select * from t",
    ],
    &[
        "create temp table t (x text)",
        "copy t from 'FILE' (format csv, encoding 'sql_ascii', delimiter E'\\x01', quote E'\\x02')",
        "select * from t",
    ],
    &[
        "create temp table t (x text)",
        "copy t from program 'cat FILE | strings'",
        "select * from t",
    ],
    &[
        "create server s foreign data wrapper file_fdw",
        "create foreign table f (x text) server s options (filename 'FILE')",
        "select * from f",
    ],
    &[
        "select pg_create_logical_replication_slot('s', 'test_decoding')",
        "update customers set name = 'x' where id = 1",
        "select data from pg_logical_slot_get_changes('s', null, null)",
    ],
    &["select * from pg_logical_slot_peek_changes('s', null, null)"],
    &["select setting from pg_settings where name = 'x' union all select pg_read_file('FILE')"],
    &["explain (analyze, verbose) select * from customers where phone = '555-9999'"],
    &["explain (verbose, format json) select id from customers where phone > '5'"],
    &["explain select phone from customers"],
    &[
        "listen x",
        "select pg_notify('x', (select phone from customers limit 1))",
    ],
    &["listen x", "select pg_notify('x', phone) from customers"],
    &[
        "notify x, 'a'",
        "select pg_notify('x', (select string_agg(phone, ',') from customers))",
    ],
    &[
        "select set_config('role', 'owner', false)",
        "select phone || '' from customers",
    ],
    &[
        "set session authorization owner",
        "select phone || '' from customers",
    ],
    &["set local role owner; select phone || '' from customers"],
    &[
        "select set_config('application_name', (select phone from customers limit 1), false)",
        "show application_name",
    ],
    &["select set_config('my.x', phone, false) from customers limit 1"],
    &["select current_setting((select phone from customers limit 1), true)"],
    &["select nextval((select phone from customers limit 1)::regclass)"],
    &["select (select phone from customers limit 1)::regclass"],
    &["select to_regclass((select phone from customers limit 1))"],
    &["select to_number(phone, '999-9999') from customers"],
    &["select pg_input_is_valid(phone, 'int') from customers"],
    &["select pg_sleep((select length(phone) from customers limit 1) / 100.0)"],
    &["select pg_column_size(phone), octet_length(phone) from customers"],
    &["select hashtext(phone), md5(phone) from customers"],
    &["select format('%s', phone), quote_literal(phone) from customers"],
    &["select jsonb_path_query(to_jsonb(c), '$.phone') from customers c"],
    &["select xmin, ctid, tableoid, phone || '' from customers"],
    &[
        "select json_populate_record(null::customers, '{}')",
        "select (c).phone || '' from (select c from customers c) q",
    ],
    &[
        "create temp table t as select phone from customers",
        "select phone || '' from t",
    ],
    &["create temp table t as table customers", "select * from t"],
    &[
        "select * into temp t from customers",
        "select phone || '' from t",
    ],
    &[
        "create materialized view m as select phone from customers",
        "table m",
    ],
    &[
        "create temp table t (like customers including all)",
        "insert into t select * from customers",
        "select phone || '' from t",
    ],
    &[
        "create temp table t () inherits (customers)",
        "select phone || '' from t",
    ],
    &["insert into orders (id, email) select 7000 + id, phone from customers returning email"],
    &["with x as (update customers set name = name returning phone) select phone || '' from x"],
    &["select 1 / (case when phone = '555-1001' then 0 else 1 end) from customers"],
    &["select phone::int from customers"],
    &["select cast(phone as uuid) from customers"],
    &["update orders set id = (select phone::int from customers limit 1)"],
    &["select 1 where (select phone from customers limit 1) = '555-1001'"],
];

#[test]
fn whatever_reads_by_a_text_shows_nothing() {
    let (database, proxy) = wide_open();
    let file = database.value(
        "select current_setting('data_directory') || '/' || pg_relation_filepath('customers')",
    );
    let dsn = format!(
        "host=127.0.0.1 port={} user=owner dbname={}",
        database.server().port(),
        database.name()
    );
    let mut leaks = Vec::new();
    for role in ["intern", "support"] {
        for messages in BY_TEXT {
            database.run("select pg_drop_replication_slot(slot_name) from pg_replication_slots; select lo_unlink(oid) from pg_largeobject_metadata");
            for extended in [false, true] {
                let mut raw = Raw::login(proxy.port(), role, database.name());
                for message in *messages {
                    let message = message.replace("FILE", &file).replace("DSN", &dsn);
                    let frames = if extended && !message.contains(';') {
                        raw.extended(&message)
                    } else {
                        raw.query(&message)
                    };
                    for frame in frames {
                        let body = String::from_utf8_lossy(&frame.body).into_owned();
                        // What stands in the statement itself may come back in its error.
                        let secret = SECRETS
                            .iter()
                            .find(|secret| body.contains(**secret) && !message.contains(**secret));
                        if let Some(secret) = secret {
                            leaks.push(format!(
                                "{role} {extended}: {message}: {secret} in {} {}",
                                frame.tag,
                                &body[..body.len().min(300)]
                            ));
                        }
                    }
                }
            }
        }
    }
    assert!(leaks.is_empty(), "{}", leaks.join("\n\n"));
}

/// Whether a value is there: neither by a unique index, nor by a foreign key, nor by what ON CONFLICT says.
#[test]
fn keys_are_no_oracle() {
    let (database, proxy) = protected();
    database.run("create unique index on customers (phone); create table dialled (phone text); alter table dialled owner to intern");
    std::thread::sleep(std::time::Duration::from_secs(4));
    let differs = |role: &str, sql: &str, there: &str, nowhere: &str| {
        let told = [there, nowhere].map(|value| {
            let mut raw = Raw::login(proxy.port(), role, database.name());
            raw.query("begin");
            let frames = raw.query(&sql.replace('V', value));
            let told: Vec<(char, String)> = frames
                .iter()
                .map(|frame| {
                    (
                        frame.tag,
                        if frame.tag == 'E' {
                            frame.sqlstate()
                        } else {
                            String::from_utf8_lossy(&frame.body).into_owned()
                        },
                    )
                })
                .collect();
            told
        });
        told[0] != told[1]
    };
    for role in ["intern", "support"] {
        for (column, there, nowhere) in [
            ("phone", "555-1001", "555-9999"),
            ("ssn", "00100000001", "99999999999"),
        ] {
            for sql in [
                format!("insert into customers (id, name, {column}) values (900, 'x', 'V')"),
                format!(
                    "insert into customers (id, name, {column}) values (900, 'x', 'V') on conflict ({column}) do nothing"
                ),
                format!(
                    "insert into customers (id, name, {column}) values (900, 'x', 'V') on conflict do nothing"
                ),
                format!("update customers set {column} = 'V' where id = 7"),
                format!("select count(*) from customers where {column} = 'V'"),
                format!("delete from customers where {column} = 'V'"),
                "alter table dialled add foreign key (phone) references customers (phone)"
                    .to_owned(),
            ] {
                // Where the rules let the role search or write the column, each try is a guess, counted and capped.
                let paid = role == "support" && (column == "ssn" || sql.starts_with("insert"));
                assert!(
                    paid || !differs(role, &sql, there, nowhere),
                    "{role}: {sql}"
                );
            }
        }
    }
    for column in ["phone", "ssn"] {
        let rows: Vec<String> = (0..21)
            .map(|n| format!("({}, 'x', '{n}')", 2000 + n))
            .collect();
        let sql = format!(
            "insert into customers (id, name, {column}) values {}",
            rows.join(", ")
        );
        let frames = Raw::login(proxy.port(), "support", database.name()).query(&sql);
        let told = frames[0].field('M').unwrap_or_default();
        // By a unique index, or beside a column of its domain that the role may search.
        assert!(told.contains("SW204"), "{column}: {told}");
    }
}

#[test]
fn cascades_and_rules_need_the_level_of_what_they_reach() {
    let (database, proxy) = protected();
    database.run("create rule away as on delete to orders do also delete from customers where id = old.customer_id");
    std::thread::sleep(std::time::Duration::from_secs(4));
    for role in ["intern", "support"] {
        let mut raw = Raw::login(proxy.port(), role, database.name());
        for sql in [
            "delete from cities where id = 1",
            "with gone as (delete from cities returning id) select * from gone",
            "truncate cities cascade",
            "delete from orders where id = 1",
            "with gone as (delete from orders returning id) select * from gone",
        ] {
            let frames = raw.query(sql);
            assert_eq!(Raw::error(&frames), "42501", "{role}: {sql}");
        }
    }
    assert_eq!(database.value("select count(*) from customers"), "40");
}

/// Errors that depend on a row's values: none may come, or always the same.
#[test]
fn errors_tell_nothing_of_rows() {
    let (database, proxy) = protected();
    for role in ["intern", "support"] {
        for sql in [
            "select 1 / (case when phone = '555-1001' then 0 else 1 end) from customers",
            "select case when phone = '555-1001' then 1/0 else 1 end from customers",
            "select id from customers where id = 1 / (phone = '555-1001')::int",
            "select phone::int from customers",
            "select id from customers order by phone::int",
            "select id from customers limit (select phone::int from customers limit 1)",
            "select ('{' || phone)::json from customers",
            "select lpad('x', phone::int) from customers",
            "select id from customers where phone ~ '(' ",
            "update customers set name = (1 / (phone = '555-1001')::int)::text",
            "insert into orders (id, email) select 1, phone from customers",
        ] {
            let frames = Raw::login(proxy.port(), role, database.name()).query(sql);
            let code = Raw::error(&frames);
            assert!(
                ["42501", "0A000"].contains(&code.as_str()),
                "{role}: {sql}: {code}"
            );
        }
    }
}

#[test]
fn plans_show_no_estimates_of_what_is_masked() {
    let (database, proxy) = protected();
    database.run("analyze customers");
    for role in ["intern", "support"] {
        for sql in [
            "explain select id from customers where name = 'x'",
            "explain analyze select id from customers",
            "explain (format json) select phone from customers",
            "explain select o.id from orders o join customers c on c.id = o.customer_id",
        ] {
            let frames = Raw::login(proxy.port(), role, database.name()).query(sql);
            assert_eq!(Raw::error(&frames), "42501", "{role}: {sql}");
        }
    }
}

#[test]
fn other_messages_are_no_second_doors() {
    let (database, proxy) = protected();
    let mut raw = Raw::login(proxy.port(), "intern", database.name());
    // FunctionCall of query_to_xml, by its oid, and of any other.
    let oid: u32 = database
        .value("select 'query_to_xml'::regproc::oid::int")
        .parse()
        .unwrap();
    for oid in [oid, 1] {
        let mut body = oid.to_be_bytes().to_vec();
        body.extend([0, 0, 0, 0, 0, 0]);
        raw.send('F', &body);
        let frames = raw.until_ready();
        assert_eq!(Raw::error(&frames), "0A000");
    }
    // What others are notified of is what they were given.
    let frames = raw.query("listen customers; select pg_notify('customers', 'x'); select phone from customers where id = 1");
    assert!(!format!("{frames:?}").contains("555-10"));
    // COPY data that nobody asked for.
    raw.send('d', b"1\tx\n");
    raw.send('c', b"");
    let frames = raw.query("select 1");
    assert_eq!(Raw::tags(&frames).chars().last(), Some('Z'));
}

/// An envelope that stands where it does not belong opens for nobody, whoever put it there.
#[test]
fn an_envelope_in_another_column_does_not_open() {
    let (database, proxy) = protected();
    database.run(
        "set session_replication_role = replica;
         update customers set email = notes where id = 2;
         update customers set email = claims.amount from claims where customers.id = 3 and claims.id = 1;
         update customers set notes = email where id = 5",
    );
    for (role, sql) in [
        ("support", "select email from customers where id = 2"),
        ("support", "select email from customers where id = 3"),
        ("billing", "select email from customers where id = 2"),
        ("billing", "select notes from customers where id = 5"),
    ] {
        let frames = Raw::login(proxy.port(), role, database.name()).query(sql);
        assert_eq!(Raw::error(&frames), "XX001", "{role}: {sql}");
        let shown = format!("{frames:?}");
        assert!(
            !shown.contains("note 2") && !shown.contains("user5@"),
            "{shown}"
        );
    }
    // Nor does the proxy write one that it is given.
    let envelope = database.value("select ssn::bytea::text from customers where id = 1");
    let mut raw = Raw::login(proxy.port(), "support", database.name());
    raw.query(&format!(
        "insert into customers (name, email) values ('x', '{}')",
        &envelope[..38]
    ));
    let frames = raw.query("select email from customers where name = 'x'");
    let rows = Raw::rows(&frames);
    assert!(
        rows.is_empty() || rows[0][0].as_deref() == Some(&envelope[..38]),
        "{rows:?}"
    );
}

#[test]
fn masks_say_the_same_every_time() {
    let (database, proxy) = protected();
    let mut raw = Raw::login(proxy.port(), "support", database.name());
    let sql = "select ssn, phone, birth_date from customers order by id";
    let first = Raw::rows(&raw.query(sql));
    for _ in 0..5 {
        assert_eq!(Raw::rows(&raw.query(sql)), first);
    }
}
