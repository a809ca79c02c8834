//! Rows and their descriptions.

use proptest::prelude::*;

use super::*;
use crate::fault::Fault;

const SAMPLES: [(&str, &str); 18] = [
    ("text", "Grüße \\ \"quoted\""),
    ("character varying(40)", ""),
    ("character(5)", "ab   "),
    ("smallint", "-7"),
    ("integer", "42"),
    ("bigint", "9007199254740993"),
    ("numeric(10,2)", "12.50"),
    ("numeric", "1.2300"),
    ("double precision", "0.1"),
    ("boolean", "t"),
    ("date", "1815-12-10"),
    ("time without time zone", "23:59:59.5"),
    ("timestamp without time zone", "2026-01-02 03:04:05"),
    ("timestamp with time zone", "2026-01-02 03:04:05+00"),
    ("uuid", "00112233-4455-6677-8899-aabbccddeeff"),
    ("jsonb", "{\"a\": 1}"),
    ("bytea", "\\x00ff"),
    ("integer[]", "{1,NULL,3}"),
];

/// What was bound comes back, whatever the formats on the way.
#[test]
fn every_type_comes_back_in_every_format() {
    let keyring = keyring();
    for (type_name, sample) in SAMPLES {
        let (name, spec) = column("col", type_name);
        let (sealed, _) = bound(
            &keyring,
            sealing(&name, &spec, false, false),
            0,
            text(sample),
        )
        .unwrap();
        let envelope = sealed[0].clone().unwrap();
        let outputs = [opening(&name, &spec, Show::Open, false)];
        let mut binary = Vec::new();
        name.declared
            .to_binary(&canonical(&name.declared, sample), &mut binary)
            .unwrap();
        for (format, upstream) in [
            (1, envelope.to_vec()),
            (0, hex_text(&envelope)),
            (0, escape_text(&envelope)),
        ] {
            for (client, expected) in [(0, sample.as_bytes()), (1, binary.as_slice())] {
                let (row, counts) = shown(
                    &keyring,
                    &outputs,
                    &[format],
                    &[client],
                    &[Some(upstream.as_slice())],
                )
                .unwrap();
                assert_eq!(row, [Some(expected.to_vec())], "{type_name}");
                assert_eq!(
                    counted(&counts),
                    [("public.customers.col".to_owned(), "opened", 1)]
                );
            }
        }
    }
}

#[test]
fn other_columns_and_nulls_are_relayed() {
    let keyring = keyring();
    let (email, spec) = column("email", "text");
    let (sealed, _) = bound(
        &keyring,
        sealing(&email, &spec, false, false),
        0,
        text("ada"),
    )
    .unwrap();
    let outputs = [
        Output::Pass,
        opening(&email, &spec, Show::Open, false),
        Output::Pass,
        opening(&email, &spec, Show::Open, false),
    ];
    let (upstream, client) = formats(&outputs, &[1, 0, 0, 1]).unwrap();
    assert_eq!(
        (upstream.as_slice(), client.as_slice()),
        (&[1, 1, 0, 1][..], &[1, 0, 0, 1][..])
    );
    let (row, counts) = shown(
        &keyring,
        &outputs,
        &upstream,
        &client,
        &[Some(b"\x00\x01"), sealed[0].as_deref(), Some(b""), None],
    )
    .unwrap();
    assert_eq!(
        row,
        [
            Some(b"\x00\x01".to_vec()),
            Some(b"ada".to_vec()),
            Some(Vec::new()),
            None
        ]
    );
    assert_eq!(counts.iter().map(|(_, _, _, n)| n).sum::<u64>(), 1);
}

#[test]
fn arrays_of_envelopes_become_arrays_of_values() {
    let keyring = keyring();
    let (email, spec) = column("email", "text");
    let cipher = keyring.cipher(&spec).unwrap();
    let envelope = |value: &str| cipher.seal(&canonical(&email.declared, value)).unwrap();
    let (one, two) = (envelope("a,b"), envelope("plain"));
    let mut binary = Vec::new();
    array::begin_binary(&mut binary, 17, 3, true, 1).unwrap();
    for item in [Some(one.as_slice()), None, Some(&two)] {
        array::put_binary(&mut binary, item).unwrap();
    }
    let literal = |encode: fn(&[u8]) -> Vec<u8>| {
        let mut text = Vec::new();
        array::begin_text(&mut text, 3, 1);
        array::put_text(&mut text, Some(&encode(&one)), true);
        array::put_text(&mut text, None, false);
        array::put_text(&mut text, Some(&encode(&two)), false);
        text.push(b'}');
        text
    };
    let outputs = [opening(&email, &spec, Show::Open, true)];
    let declared = DeclaredType::parse_name("text[]").unwrap();
    let mut expected_binary = Vec::new();
    declared
        .to_binary(
            &canonical(&declared, "{\"a,b\",NULL,plain}"),
            &mut expected_binary,
        )
        .unwrap();
    for (format, upstream) in [
        (1, binary),
        (0, literal(hex_text)),
        (0, literal(escape_text)),
    ] {
        let row = |client| {
            shown(&keyring, &outputs, &[format], &[client], &[Some(&upstream)])
                .unwrap()
                .0
        };
        assert_eq!(row(0), [Some(b"{\"a,b\",NULL,plain}".to_vec())]);
        assert_eq!(row(1), [Some(expected_binary.clone())]);
    }
    assert_eq!(
        shown(&keyring, &outputs, &[0], &[0], &[Some(b"{}")])
            .unwrap()
            .0,
        [Some(b"{}".to_vec())]
    );
    for broken in [&b"{{a}}"[..], b"{plain}", b"\\xfb11", b""] {
        let refusal = shown(&keyring, &outputs, &[0], &[0], &[Some(broken)]).unwrap_err();
        assert_eq!(refusal.fault, Fault::CannotOpen);
    }
}

#[test]
fn what_cannot_be_opened_is_refused_by_name() {
    let keyring = keyring();
    let (email, spec) = column("email", "text");
    let (other, other_spec) = column("other", "integer");
    let (sealed, _) = bound(
        &keyring,
        sealing(&other, &other_spec, false, false),
        0,
        text("7"),
    )
    .unwrap();
    let foreign = sealed[0].clone().unwrap();
    let mut damaged = keyring
        .cipher(&spec)
        .unwrap()
        .seal(&canonical(&email.declared, "ada"))
        .unwrap();
    *damaged.last_mut().unwrap() ^= 1;
    let outputs = [Output::Pass, opening(&email, &spec, Show::Open, false)];
    for (value, why) in [
        (&foreign[..], "key domain"),
        (&damaged, "damaged"),
        (b"plain text in the table", "not an envelope"),
        (b"", "not an envelope"),
    ] {
        let refusal = shown(
            &keyring,
            &outputs,
            &[0, 1],
            &[0, 0],
            &[Some(b"first"), Some(value)],
        )
        .unwrap_err();
        assert_eq!(
            (refusal.fault, refusal.sqlstate),
            (Fault::CannotOpen, "XX001")
        );
        assert!(refusal.message.contains("public.customers.email"));
        assert!(refusal.message.contains(why), "{}", refusal.message);
        assert!(!refusal.message.contains("plain text"));
    }
}

#[test]
fn rows_that_do_not_fit_are_refused() {
    let keyring = keyring();
    let (email, spec) = column("email", "text");
    let outputs = [Output::Pass, opening(&email, &spec, Show::Open, false)];
    let refusal = shown(&keyring, &outputs, &[0], &[0], &[Some(b"one")]).unwrap_err();
    assert_eq!(refusal.fault, Fault::SchemaChanged);
    let error = formats(&outputs, &[0, 0, 0]).unwrap_err();
    assert_eq!(error.sqlstate, "08P01");
    assert_eq!(formats(&outputs, &[7]).unwrap_err().sqlstate, "22023");
    assert!(RowPlan::new(&outputs, &[0, 1], &[1, 1], &Settings::default(), &keyring).is_err());
    let (list, list_spec) = column("list", "text[]");
    let nested = [opening(&list, &list_spec, Show::Open, true)];
    let refusal = shown(&keyring, &nested, &[1], &[0], &[None]).unwrap_err();
    assert_eq!(refusal.fault, Fault::UnsupportedExpression);
}

#[test]
fn the_client_is_told_the_declared_type() {
    let (name, spec) = column("name", "varchar(40)");
    let mut output = opening(&name, &spec, Show::Open, false);
    if let Output::Sealed { origin, .. } = &mut output {
        *origin = Some((16400, 2));
    }
    assert_eq!(
        described(&output),
        Some(Described {
            oid: 1043,
            typlen: -1,
            typmod: 44,
            origin: Some((16400, 2))
        })
    );
    assert_eq!(described(&Output::Pass), None);
    for (type_name, _) in SAMPLES {
        let Some(array) = DeclaredType::parse_name(&format!("{type_name}[]")) else {
            continue;
        };
        if type_name.ends_with(']') {
            continue;
        }
        let (name, spec) = column("col", type_name);
        let told = described(&opening(&name, &spec, Show::Open, true)).unwrap();
        assert_eq!(
            (told.oid, told.typlen, told.typmod),
            (array.oid, -1, name.declared.typmod),
            "{type_name}"
        );
    }
}

#[test]
fn counts_add_up() {
    let (email, _) = column("email", "text");
    let (name, _) = column("name", "text");
    let mut counts = Counts::default();
    counts.add(&email, Treated::Opened, 2);
    counts.add(&Arc::new((*email).clone()), Treated::Opened, 1);
    let mut other = Counts::default();
    other.add(&name, Treated::Masked, 1);
    other.guess(4);
    counts.merge(&other);
    assert_eq!(
        counted(&counts),
        [
            ("public.customers.email".to_owned(), "opened", 3),
            ("public.customers.name".to_owned(), "masked", 1)
        ]
    );
    assert_eq!(counts.guesses(), 4);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever the server sends: a whole row or nothing.
    #[test]
    fn any_bytes_give_a_row_or_a_refusal(
        bytes in proptest::collection::vec(any::<u8>(), 0..60),
        columns in 0u16..4,
        array in any::<bool>(),
        format in 0i16..2,
    ) {
        let (email, spec) = column("email", "text");
        let keyring = self::keyring();
        let mut outputs = vec![Output::Pass; usize::from(columns)];
        if let Some(last) = outputs.last_mut() {
            *last = opening(&email, &spec, Show::Open, array);
        }
        let mut upstream = vec![0; outputs.len()];
        if let Some(last) = upstream.last_mut() {
            *last = format;
        }
        let mut rows =
            RowPlan::new(&outputs, &upstream, &[0], &Settings::default(), &keyring).unwrap();
        let mut out = BytesMut::new();
        let mut payload = columns.to_be_bytes().to_vec();
        payload.extend_from_slice(&bytes);
        match rows.row(&payload, &mut out, &mut Counts::default()) {
            Ok(()) => {
                prop_assert_eq!(values(&out).len(), outputs.len());
            }
            Err(_) => prop_assert!(out.is_empty()),
        }
    }
}
