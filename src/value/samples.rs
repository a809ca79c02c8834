//! Telling inputs of each type, for property tests and for the comparison with the real server.

/// A type's name and texts of it, valid ones and some that are refused.
pub(crate) const SAMPLES: &[(&str, &[&str])] = &[
    (
        "text",
        &[
            "",
            " ",
            "abc",
            "äöü",
            "日本語",
            "😀",
            "a'b\\c\"d",
            "null",
            "{}",
            "\u{FB}",
        ],
    ),
    (
        "character varying(5)",
        &["", "abcde", "abcde  ", "äöüßé", "abcdef"],
    ),
    (
        "character(5)",
        &["", "ab", "ab   ", "abcde", "äöüßé", "abcdef"],
    ),
    ("smallint", &["0", "-32768", "32767", " 7 ", "32768", "x"]),
    (
        "integer",
        &["0", "-2147483648", "2147483647", "007", "2147483648", ""],
    ),
    (
        "bigint",
        &[
            "0",
            "-9223372036854775808",
            "9223372036854775807",
            "+1",
            "9223372036854775808",
        ],
    ),
    (
        "numeric(10,2)",
        &[
            "0",
            "1.005",
            "-1.005",
            "99999999.99",
            "1e7",
            "NaN",
            "100000000",
        ],
    ),
    (
        "numeric",
        &[
            "0",
            "0.00",
            "1.10",
            "-1e-20",
            "1e40",
            "NaN",
            "Infinity",
            "-Infinity",
            ".",
        ],
    ),
    (
        "real",
        &[
            "0",
            "-0",
            "1.1",
            "3.4028235e38",
            "1e-45",
            "NaN",
            "-Infinity",
            "1e39",
        ],
    ),
    (
        "double precision",
        &[
            "0",
            "-0",
            "0.1",
            "5e-324",
            "1.7976931348623157e308",
            "NaN",
            "1e309",
        ],
    ),
    ("boolean", &["t", "false", "yes", "off", "1", "o"]),
    (
        "date",
        &[
            "2024-02-29",
            "0044-03-15 BC",
            "infinity",
            "-infinity",
            "5874897-12-31",
            "2023-02-29",
        ],
    ),
    (
        "time(3) without time zone",
        &["00:00", "23:59:59.9994", "24:00:00", "04:05 PM", "24:00:01"],
    ),
    (
        "timestamp without time zone",
        &[
            "2024-02-29 12:34:56.789012",
            "0044-03-15 BC",
            "infinity",
            "2024-13-01",
        ],
    ),
    (
        "timestamp(0) without time zone",
        &["2024-02-29 12:34:56.5", "1999-12-31 23:59:59.5"],
    ),
    (
        "timestamp with time zone",
        &[
            "2024-02-29 12:34:56+02",
            "2024-07-01 00:00 Europe/Berlin",
            "-infinity",
            "2024-01-01 00:00+99",
        ],
    ),
    (
        "uuid",
        &[
            "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
            "{A0EEBC999C0B4EF8BB6D6BB9BD380A11}",
            "a0ee",
        ],
    ),
    (
        "json",
        &["{\"b\": 1,  \"a\":[1.50]}", "null", "\"\\u00e9\"", "{"],
    ),
    (
        "jsonb",
        &[
            "{\"b\": 1,  \"a\":[1.50], \"a\":2}",
            "1e3",
            "\"\\u00e9\"",
            "[1,]",
        ],
    ),
    ("bytea", &["", "\\x00ff7f", "abc\\\\\\000", "\\x0"]),
    (
        "inet",
        &[
            "10.0.0.1",
            "10.0.0.0/8",
            "::1",
            "fe80::abcd/64",
            "::ffff:1.2.3.4",
            "10",
        ],
    ),
    (
        "integer[]",
        &["{}", "{1,NULL,3}", "{{1,2},{3,4}}", "[0:1]={5,6}", "{1"],
    ),
    ("text[]", &["{}", "{a,\"b,c\",NULL,\"NULL\",\"\"}", "{a"]),
];
