//! What proxies of this kind get wrong: each behaviour with its tests, and those that have no better place.

use crate::customers::{plain, protected};
use crate::differential::{comparable, extended};
use crate::harness::{Frame, Raw};
use crate::named;

/// Behaviours by their numbers, with their tests.
const CASES: &[(&str, &[&str])] = &[
    (
        "1 an error of the proxy does not overtake the server's",
        &["protocol::refused::an_error_of_the_proxy_does_not_overtake_the_servers_answers"],
    ),
    (
        "2 after a refusal the transaction has failed on the server too",
        &["protocol::refused::after_a_refusal_the_transaction_has_failed_on_the_server"],
    ),
    (
        "3 a value that cannot be opened ends in an error, not in a closed socket",
        &[
            "protocol::broken::a_read_breaks_off_where_the_value_is",
            "protocol::broken::a_transaction_ends_failed",
            "threats::an_envelope_in_another_column_does_not_open",
        ],
    ),
    (
        "4 a statement that is parsed again drops its plan",
        &[
            "protocol::prepared::a_name_means_what_was_parsed_last",
            "protocol::prepared::statements_taken_away_by_sql",
        ],
    ),
    (
        "5 many statements before one Sync",
        &[
            "protocol::pipelines::hundreds_of_statements_before_one_sync_with_much_both_ways",
            "protocol::pipelines::statements_keep_their_plans_and_batches_their_errors",
        ],
    ),
    (
        "6 types that the client declares are translated everywhere",
        &[
            "differential::parameters",
            "statements::bound::bound_alike",
            "facade::prepared_statements_keep_their_parameters",
        ],
    ),
    (
        "7 NULL, empty and missing are three things",
        &["cases::null_empty_and_missing_are_three_things"],
    ),
    (
        "8 lengths are bytes, and formats mix",
        &[
            "cases::characters_of_every_length",
            "protocol::formats::codes_that_fit_and_codes_that_do_not",
        ],
    ),
    (
        "9 one placeholder in two roles",
        &["cases::one_placeholder_in_two_roles"],
    ),
    (
        "10 suspended portals, Flush, Close, empty and several statements, COPY among them",
        &[
            "protocol::prepared::a_portal_outlives_its_statement_and_is_carried_on_in_pieces",
            "protocol::refused::in_the_middle_of_several_statements",
            "protocol::copy::in_the_middle_of_several_statements",
            "protocol::pipelines::flush_without_sync_and_empty_queries",
        ],
    ),
    (
        "11 cancel, protocol versions, encryption requests, early bytes",
        &[
            "protocol::welcome::a_cancel_reaches_a_planned_statement_and_no_other",
            "protocol::welcome::versions_and_options_that_the_server_does_not_know",
            "passthrough::encryption_requests_are_answered_and_cancel_reaches_the_statement",
            "tls::packets::bytes_before_the_handshake_end_the_connection",
            "tls::packets::gss_is_declined_and_tls_still_possible_and_neither_inside_of_tls",
        ],
    ),
    (
        "12 notices, notifications and reports at any moment",
        &["protocol::pipelines::notices_notifications_and_reports_come_through_a_rewritten_result"],
    ),
    (
        "13 restarts, kills, clients that vanish",
        &[
            "protocol::endings::a_server_that_is_restarted",
            "protocol::endings::a_backend_that_is_terminated",
            "protocol::endings::a_client_that_vanishes_leaves_nothing",
        ],
    ),
    (
        "14 ON CONFLICT on sealed columns",
        &[
            "differential::simple_protocol",
            "cases::conflicts",
            "src::plan::tests::page::the_page_of_supported_sql_is_what_is_done",
        ],
    ),
    (
        "15 RETURNING",
        &[
            "differential::simple_protocol",
            "statements::answered_alike",
        ],
    ),
    (
        "16 DISTINCT, GROUP BY, set operations, windows",
        &[
            "statements::answered_alike",
            "statements::refused_or_alike",
            "ordering::sorts_pages_and_joins",
        ],
    ),
    (
        "17 operands, rows, arrays, subqueries, joins",
        &[
            "statements::answered_alike",
            "statements::bound::bound_alike",
            "differential::extended_protocol_in_binary",
        ],
    ),
    (
        "18 resolution of names",
        &[
            "src::plan::tests::attacks::names_resolve_as_the_server_resolves_them",
            "doors::no_way_round_shows_what_is_masked",
        ],
    ),
    (
        "19 INSERT without a column list, DEFAULT, INSERT … SELECT",
        &[
            "differential::simple_protocol",
            "statements::schema_changes_past_the_proxy",
            "cases::lists_of_columns_follow_the_table",
        ],
    ),
    (
        "20 a schema that changes under a prepared statement",
        &[
            "protocol::prepared::a_changed_table_under_a_prepared_statement",
            "cursors::answered_as_over_plain_tables",
            "schema::a_transaction_creates_fills_and_indexes_or_leaves_nothing",
        ],
    ),
    (
        "21 texts that are read two ways",
        &[
            "protocol::settings::backslashes_are_read_as_the_server_reads_them",
            "protocol::settings::other_encodings_are_right_or_refused",
            "cases::quotes_comments_and_zero_bytes",
        ],
    ),
    (
        "22 PREPARE, cursors, COPY, tables made from queries",
        &[
            "cursors::answered_as_over_plain_tables",
            "cursors::in_the_extended_protocol",
            "preparing::arguments_mean_what_parameters_mean",
            "copying::what_comes_out_is_the_same_to_the_byte",
            "copying::what_goes_in_is_the_same_row_by_row",
            "doors::prepared_statements_are_not_carried_out_by_sql",
            "protocol::copy::of_a_protected_table_with_data_on_its_way",
            "bulk::partitions_generated_columns_identities_and_triggers",
            "bulk_clients::psycopg_copies_rows_in_text_and_binary",
            "dumps::what_is_restored_through_the_proxy_is_sealed",
            "statements::made::a_table_made_of_sealed_columns_holds_envelopes",
        ],
    ),
    (
        "23 EXPLAIN, positions, DETAIL",
        &[
            "explaining::who_sees_everything_has_every_option",
            "wording::who_sees_the_values_reads_what_the_server_says_of_plain_tables",
            "wording::who_sees_masks_reads_no_value_and_no_ciphertext",
            "differential::simple_protocol",
        ],
    ),
    (
        "24 values that the type does not take",
        &[
            "types::values_written_in_every_way_are_stored_as_the_server_stores_them",
            "differential::simple_protocol",
        ],
    ),
    (
        "25 migration of what is there",
        &[
            "commands::protect_seals_what_is_there_and_unprotect_opens_it",
            "adopting::tables_of_one_domain_are_protected_together_and_keep_their_foreign_key",
        ],
    ),
    (
        "26 a masked role saves all columns",
        &["clients::a_masked_role_that_saves_every_column_destroys_nothing"],
    ),
    (
        "27 bulk shapes of object mappers",
        &[
            "apps::python::django",
            "apps::python::sqlalchemy_over_psycopg",
            "apps::ruby::active_record",
            "apps::java::jdbc_prepared_at_once_with_rewritten_batches",
            "differential::simple_protocol",
        ],
    ),
    (
        "28 the login query",
        &[
            "insensitive::frameworks_and_clauses",
            "insensitive::parameters",
        ],
    ),
    (
        "29 catalogs show the declared types",
        &[
            "facade::psql_describes_a_protected_table_as_it_was_declared",
            "facade::tools::sqlalchemy_reflects_what_was_declared",
            "facade::information_schema_says_what_was_declared",
        ],
    ),
    (
        "30 test databases",
        &[
            "migrations::django_migrates_forward_and_backward_and_makes_a_test_database",
            "apps::python::django_tests_in_a_database_of_their_own",
        ],
    ),
    (
        "31 a rule file deleted by mistake",
        &["adopting::a_rule_file_that_is_lost_opens_nothing"],
    ),
];

#[test]
fn every_case_has_tests_that_exist() {
    named::check(CASES);
    let numbers: Vec<&str> = CASES
        .iter()
        .map(|(case, _)| case.split(' ').next().unwrap())
        .collect();
    assert_eq!(numbers, (1..=31).map(|n| n.to_string()).collect::<Vec<_>>());
}

/// Both sides, as full control.
struct Sides {
    _keep: (
        crate::harness::Database,
        crate::harness::Database,
        crate::harness::Proxy,
    ),
    direct: Raw,
    proxied: Raw,
}

fn sides() -> Sides {
    let a = plain();
    let (b, proxy) = protected();
    Sides {
        direct: Raw::login(a.server().port(), "owner", a.name()),
        proxied: Raw::login(proxy.port(), "owner", b.name()),
        _keep: (a, b, proxy),
    }
}

impl Sides {
    /// The same answer in the simple protocol, and without parameters in the extended one in both formats.
    fn same(&mut self, sql: &str, both: bool) -> Vec<Frame> {
        let (a, b) = (self.direct.query(sql), self.proxied.query(sql));
        assert_eq!(comparable(&a), comparable(&b), "{sql}");
        for format in [0, 1] {
            if both {
                let x = extended(&mut self.direct, sql, format);
                let y = extended(&mut self.proxied, sql, format);
                assert_eq!(comparable(&x), comparable(&y), "extended {format}: {sql}");
            }
        }
        b
    }

    /// The same answer to a statement with parameters in text.
    fn bound(&mut self, sql: &str, oids: &[u32], values: &[Option<&[u8]>], results: i16) {
        let told = [&mut self.direct, &mut self.proxied].map(|raw| {
            raw.parse("", sql, oids);
            raw.describe('S', "");
            raw.bind("", "", 0, values, results);
            raw.describe('P', "");
            raw.execute("", 0);
            raw.sync();
            comparable(&raw.until_ready())
        });
        assert_eq!(told[0], told[1], "{sql}");
    }
}

#[test]
fn null_empty_and_missing_are_three_things() {
    let mut sides = sides();
    let columns = ["email", "ssn", "notes", "phone", "code"];
    for (n, column) in columns.iter().enumerate() {
        let id = 500 + n * 10;
        sides.same(
            &format!("insert into customers (id, name, {column}) values ({id}, 'null', null)"),
            false,
        );
        sides.same(
            &format!(
                "insert into customers (id, name, {column}) values ({}, 'empty', '')",
                id + 1
            ),
            false,
        );
        sides.same(
            &format!(
                "insert into customers (id, name) values ({}, 'missing')",
                id + 2
            ),
            false,
        );
        sides.same(
            &format!(
                "insert into customers (id, name, {column}) values ({}, 'default', default)",
                id + 3
            ),
            false,
        );
        let sql = format!(
            "insert into customers (id, name, {column}) values ({}, $1, $2)",
            id + 4
        );
        sides.bound(&sql, &[], &[Some(b"bound null"), None], 0);
        let sql = sql.replace(&(id + 4).to_string(), &(id + 5).to_string());
        sides.bound(
            &sql,
            &[],
            &[
                Some(b"bound empty"),
                Some(if *column == "email" { b" " } else { b"" }),
            ],
            0,
        );
        sides.same(
            &format!(
                "select id, {column}, {column} is null from customers where id >= 500 order by id"
            ),
            true,
        );
        if *column != "notes" {
            sides.same(
                &format!("select id from customers where {column} = '' order by id"),
                true,
            );
            sides.same(
                &format!(
                    "select id from customers where {column} is not distinct from null order by id"
                ),
                true,
            );
            sides.bound(
                &format!("select count(*) from customers where {column} = $1"),
                &[],
                &[Some(b"")],
                1,
            );
            sides.bound(
                &format!("select count(*) from customers where {column} = $1"),
                &[],
                &[None],
                1,
            );
        }
    }
    sides.same("select array_agg(email order by id), array_agg(notes order by id) from customers where id >= 500", true);
    sides.same("select coalesce(email, ''), coalesce(notes, 'none') from customers where id >= 500 order by id", true);
}

#[test]
fn characters_of_every_length() {
    let mut sides = sides();
    for (n, text) in [
        "a",
        "ä",
        "ж",
        "€",
        "語",
        "😀",
        "a\u{301}",
        "ß€😀",
        "\u{10ffff}",
        "'\"\\%_",
    ]
    .iter()
    .enumerate()
    {
        let id = i32::try_from(700 + n).unwrap();
        let whole = text.repeat(40 / text.chars().count());
        let quoted = whole.replace('\'', "''");
        let sql = format!(
            "insert into customers (id, name, email, notes, ssn, phone) values ({id}, '{quoted}', '{quoted}', '{quoted}', 's', '{quoted}')"
        );
        sides.same(&sql, false);
        let longer = format!(
            "insert into customers (id, name, email) values ({}, 'x', '{quoted}{}')",
            id + 100,
            text.replace('\'', "''")
        );
        sides.same(&longer, false);
        sides.same(
            &format!("select email, notes, phone from customers where email = '{quoted}'"),
            true,
        );
        for results in [0, 1] {
            sides.bound(
                "select id, email, notes from customers where email = $1",
                &[],
                &[Some(whole.as_bytes())],
                results,
            );
            sides.bound(
                "select id from customers where email = $1 and 'ü' <> $2",
                &[1043, 25],
                &[Some(whole.as_bytes()), Some(text.as_bytes())],
                results,
            );
        }
        sides.same(
            &format!("select '{quoted}', id, nothing from customers where email = '{quoted}'"),
            false,
        );
    }
}

#[test]
fn one_placeholder_in_two_roles() {
    let mut sides = sides();
    let ssn: Option<&[u8]> = Some(b"00100000002");
    sides.bound(
        "update customers set ssn = $1 where ssn = $1 and id < 5 returning id, ssn",
        &[],
        &[ssn],
        0,
    );
    sides.bound(
        "update customers set ssn = $1, name = $1 where id = 3 returning ssn, name",
        &[25],
        &[ssn],
        0,
    );
    sides.bound(
        "select id, $1::text from customers where ssn = $1 order by id",
        &[25],
        &[ssn],
        1,
    );
    sides.bound(
        "select id from customers where ssn = $1 or name = $1 order by id",
        &[25],
        &[ssn],
        1,
    );
    sides.bound("select c.id, k.id from customers c, claims k where c.ssn = $1 and k.ssn = $1 order by 1, 2", &[], &[ssn], 0);
    sides.bound("insert into customers (id, name, email, ssn) values (901, $1, $1, $1) returning name, email, ssn", &[25], &[ssn], 0);
    // A type that both places cannot have is one's own fault, and said.
    sides.proxied.parse(
        "",
        "select id from customers where ssn = $1 and visits = $1",
        &[],
    );
    sides.proxied.sync();
    let code = Raw::error(&sides.proxied.until_ready());
    assert!(["42P08", "42883"].contains(&code.as_str()), "{code}");
}

#[test]
fn conflicts() {
    let mut sides = sides();
    for sql in [
        "insert into customers (name, email) values ('again', 'user1@example.com') on conflict (email) do nothing",
        "insert into customers (name, email, visits) values ('again', 'user1@example.com', 5) on conflict (email) do update set visits = excluded.visits, ssn = excluded.ssn returning id, visits, ssn",
        "insert into customers (id, name, email, notes) values (1, 'again', 'x@example.com', 'n') on conflict (id) do update set email = excluded.email, notes = excluded.notes returning email, notes",
        "insert into customers (name, email) values ('again', 'x@example.com') on conflict (email) do update set email = 'y@example.com', notes = 'written' where customers.email = 'x@example.com' returning email, notes",
        "insert into customers (name, email) values ('again', 'y@example.com') on conflict on constraint customers_email_key do update set name = excluded.name returning name",
        "insert into customers (name, email) values ('again', 'y@example.com') on conflict do nothing returning id",
        "insert into customers (name, ssn) values ('again', '1') on conflict (ssn) do nothing",
    ] {
        sides.same(sql, false);
    }
    let sql = "insert into customers (name, email, visits) values ($1, $2, $3) on conflict (email) do update set visits = $3, notes = $1 returning visits, notes";
    sides.bound(
        sql,
        &[],
        &[Some(b"bound"), Some(b"user2@example.com"), Some(b"9")],
        0,
    );
    let frames = sides.proxied.query(
        "insert into customers (name, notes) values ('x', 'y') on conflict (notes) do nothing",
    );
    assert_eq!(Raw::error(&frames), "0A000");
}

#[test]
fn lists_of_columns_follow_the_table() {
    let mut sides = sides();
    for sql in [
        "insert into claims values (200, '7', 1.5, 'all four') returning *",
        "insert into claims values (201, '8') returning *",
        "alter table claims drop column note",
        "insert into claims values (202, '9', 2.5) returning *",
        "alter table claims add column more text default 'm'",
        "insert into claims values (203, '10', 3.5, 'more') returning *",
        "insert into claims values (204, default, default, default) returning *",
        "insert into claims select 205, ssn from customers where id = 1 returning *",
        "insert into claims values (206, '11', 3.5, 'more', 'too many')",
        "insert into claims (id, ssn) select id + 300, ssn from claims where id > 200 returning *",
    ] {
        sides.same(sql, false);
    }
    // Of another key domain.
    let frames = sides
        .proxied
        .query("insert into claims (id, ssn) select 400 + id, email from customers");
    assert_eq!(Raw::error(&frames), "0A000");
}

#[test]
fn quotes_comments_and_zero_bytes() {
    let mut sides = sides();
    for sql in [
        "select id from customers where email = $q$user3@example.com$q$",
        "select id from customers where email = $$user3@example.com$$ -- ; drop",
        "select /* a /* nested ' */ comment */ id from customers where email /* ; */ = 'user3@example.com'",
        "select id from customers where email = E'user3\\x40example.com'",
        "select id from customers where notes is null and name <> 'it''s; x' order by id limit 2",
        "select $tag$;'\"$tag$, email from customers where id = 2",
        "select id as \"odd \"\"name\" from \"customers\" where \"email\" = 'user3@example.com'",
    ] {
        let frames = sides.same(sql, false);
        assert!(
            frames.iter().any(|frame| frame.tag == 'D'),
            "{sql}: {:?}",
            frames[0].field('M')
        );
    }
    // A constant that goes on in the next line is refused.
    let frames = sides
        .proxied
        .query("select id from customers where email = 'user3'\n'@example.com'");
    assert_eq!(Raw::error(&frames), "0A000");
    // A zero byte ends the message's text for both.
    let codes = [&mut sides.direct, &mut sides.proxied].map(|raw| {
        raw.send(
            'Q',
            b"select id from customers\0 where email = 'user3@example.com'\0",
        );
        let frames = raw.until_end();
        frames
            .iter()
            .find(|frame| frame.tag == 'E')
            .map(Frame::sqlstate)
    });
    assert_eq!(codes[0], codes[1]);
}
