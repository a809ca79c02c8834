//! Binds and texts.

use super::*;
use crate::fault::Fault;
use crate::plan::Piece;

#[test]
fn equal_values_seal_alike_in_either_format() {
    let keyring = keyring();
    let (id, spec) = column("id", "integer");
    let seal = sealing(&id, &spec, false, false);
    let (one, counts) = bound(&keyring, seal.clone(), 0, text("007")).unwrap();
    let (other, _) = bound(
        &keyring,
        seal.clone(),
        1,
        Some(Bytes::from_static(&[0, 0, 0, 7])),
    )
    .unwrap();
    assert_eq!(one, other);
    assert_eq!(
        crate::seal::header(one[0].as_ref().unwrap())
            .unwrap()
            .domain,
        spec.domain
    );
    assert_eq!(
        counted(&counts),
        [("public.customers.id".to_owned(), "sealed", 1)]
    );
    let (null, counts) = bound(&keyring, seal, 0, None).unwrap();
    assert!(null == [None] && counts.is_empty());
}

#[test]
fn a_value_sent_as_another_type_is_cast() {
    let keyring = keyring();
    let (id, spec) = column("id", "integer");
    let as_bigint = Treatment::Seal {
        whose: None,
        exact: Exact::Assigned,
        column: Arc::clone(&id),
        spec: spec.clone(),
        sent_as: 20,
        array: false,
        guess: false,
    };
    let (wide, _) = bound(
        &keyring,
        as_bigint.clone(),
        1,
        Some(Bytes::copy_from_slice(&7i64.to_be_bytes())),
    )
    .unwrap();
    let (own, _) = bound(&keyring, sealing(&id, &spec, false, false), 0, text("7")).unwrap();
    assert_eq!(wide, own);
    let refusal = bound(
        &keyring,
        as_bigint,
        1,
        Some(Bytes::copy_from_slice(&(1i64 << 40).to_be_bytes())),
    )
    .unwrap_err();
    assert_eq!(
        (refusal.fault, refusal.sqlstate),
        (Fault::BadValue, "22003")
    );
}

#[test]
fn bad_values_are_refused_without_being_quoted() {
    let keyring = keyring();
    for (type_name, value, fault, sqlstate) in [
        ("integer", "4711x", Fault::BadValue, "22P02"),
        ("date", "now", Fault::ServerDependentValue, "0A000"),
        ("character varying(3)", "secret", Fault::BadValue, "22001"),
    ] {
        let (name, spec) = column("col", type_name);
        let refusal = bound(&keyring, sealing(&name, &spec, false, true), 0, text(value));
        let refusal = refusal.unwrap_err();
        assert_eq!(
            (refusal.fault, refusal.sqlstate),
            (fault, sqlstate),
            "{type_name}"
        );
        assert!(!format!("{refusal:?}").contains(value));
    }
}

#[test]
fn arrays_are_sealed_element_by_element() {
    let keyring = keyring();
    let (email, spec) = column("email", "text");
    let array = sealing(&email, &spec, true, true);
    let (sealed, counts) = bound(&keyring, array.clone(), 0, text("{a@b,NULL,\"c d\"}")).unwrap();
    let sealed = sealed[0].clone().unwrap();
    assert_eq!(&sealed[..12], [0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 17]);
    let elements = array::split_binary(&sealed).unwrap();
    let (one, _) = bound(
        &keyring,
        sealing(&email, &spec, false, false),
        0,
        text("a@b"),
    )
    .unwrap();
    assert_eq!(elements.items[0].as_deref(), one[0].as_deref());
    assert!(elements.items[1].is_none() && elements.items.len() == 3);
    assert_eq!(counts.guesses(), 2);
    assert_eq!(counts.iter().map(|(_, _, _, n)| n).collect::<Vec<_>>(), [2]);

    let (empty, counts) = bound(&keyring, array, 0, text("{}")).unwrap();
    assert_eq!(
        empty[0].as_deref(),
        Some([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 17].as_slice())
    );
    assert!(counts.is_empty());
}

#[test]
fn every_upstream_parameter_has_its_format() {
    let keyring = keyring();
    let (email, spec) = column("email", "text");
    let (name, name_spec) = column("name", "varchar(40)");
    let plan = plan(
        vec![
            Treatment::Pass,
            sealing(&email, &spec, false, true),
            Treatment::Guess,
        ],
        vec![
            (1, Treatment::Pass),
            (1, sealing(&name, &name_spec, false, false)),
        ],
    );
    let client = [text("12"), text("ada@example.org"), text("{1,2,NULL}")];
    let mut counts = Counts::default();
    for codes in [&[][..], &[0], &[0, 0, 0]] {
        let (formats, values) = parameters(
            &plan,
            codes,
            &client,
            &Settings::default(),
            &keyring,
            &mut counts,
        )
        .unwrap();
        assert_eq!(formats, [0, 1, 0, 0, 1]);
        assert_eq!((&values[0], &values[2]), (&client[0], &client[2]));
        assert_eq!(values[3], client[1]);
        assert!(values[1].as_ref().unwrap().starts_with(&[0xFB]));
        assert!(values[4].as_ref().unwrap().starts_with(&[0xFB]));
    }
    assert_eq!(counts.guesses(), 3 * 3);

    let settings = Settings::default();
    let mut untouched = Counts::default();
    for (codes, values, message) in [
        (&[0][..], &client[..2], "supplies 2 parameters"),
        (&[0, 1], &client[..], "2 parameter formats"),
        (&[2], &client[..], "unsupported format code"),
    ] {
        let refusal =
            parameters(&plan, codes, values, &settings, &keyring, &mut untouched).unwrap_err();
        assert!(refusal.message.contains(message), "{}", refusal.message);
        assert_eq!(refusal.fault, Fault::ProtocolViolation);
    }
    assert!(untouched.is_empty());
}

#[test]
fn a_flag_without_its_value_is_refused() {
    let keyring = keyring();
    assert!(bound(&keyring, Treatment::KeepFlag, 0, text("t")).is_err());
    let plan = plan(vec![Treatment::Pass], vec![(0, Treatment::KeepFlag)]);
    let result = parameters(
        &plan,
        &[],
        &[text("t")],
        &Settings::default(),
        &keyring,
        &mut Counts::default(),
    );
    assert!(result.is_err());
}

#[test]
fn a_missing_key_refuses() {
    let (email, spec) = column("email", "text");
    let keyring = Keyring::empty().unwrap();
    let refusal = bound(&keyring, sealing(&email, &spec, false, false), 0, text("a")).unwrap_err();
    assert_eq!(refusal.fault, Fault::KeysetUnavailable);
    assert!(refusal.message.contains("public.customers.email"));
}

#[test]
fn constants_are_rendered_sealed() {
    let keyring = keyring();
    let (email, spec) = column("email", "text");
    let value = canonical(&email.declared, "ada@example.org");
    let envelope = keyring.cipher(&spec).unwrap().seal(&value).unwrap();
    let hex = String::from_utf8(hex_text(&envelope)).unwrap();
    let pieces = [
        Piece::Text("select 1 from c where email = ".to_owned()),
        Piece::Sealed {
            column: Arc::clone(&email),
            spec: spec.clone(),
            value: Place::At(value.clone()),
            whose: None,
        },
        Piece::Text(" or email = any(".to_owned()),
        Piece::SealedArray {
            column: Arc::clone(&email),
            spec,
            values: vec![Some(Place::At(value)), None],
        },
        Piece::Text(")".to_owned()),
    ];
    let mut counts = Counts::default();
    let rendered = render(&pieces, &keyring, &mut counts).unwrap();
    assert_eq!(
        rendered,
        format!(
            "select 1 from c where email = E'\\{hex}'::pg_catalog.bytea or email = any(\
             E'{{\"\\\\\\{hex}\",NULL}}'::pg_catalog.bytea[])"
        )
    );
    // Three letters alone could be hexadecimal digits.
    assert!(!rendered.contains("ada@"));
    assert_eq!(
        counted(&counts),
        [("public.customers.email".to_owned(), "sealed", 2)]
    );
    let error = render(&pieces, &Keyring::empty().unwrap(), &mut counts).unwrap_err();
    assert_eq!(error.fault, Fault::KeysetUnavailable);
}
