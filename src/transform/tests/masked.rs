//! Masks in rows, and masks that come back in a Bind.

use super::*;
use crate::fault::Fault;
use crate::plan::Keep;

fn plain(column: &Arc<Protected>, mask: Mask, array: bool) -> Output {
    Output::Plain {
        column: Arc::clone(column),
        mask,
        array,
        origin: None,
    }
}

fn fixed(text: &str) -> Mask {
    Mask::Fixed {
        text: text.to_owned(),
    }
}

fn last_four() -> Mask {
    Mask::KeepLast { keep: 4, with: '*' }
}

/// The bytes are no envelope at all, and it is never noticed: they are not looked at.
#[test]
fn a_mask_without_plaintext_never_opens() {
    let keyring = keyring();
    let (name, spec) = column("name", "text");
    let (id, id_spec) = column("id", "integer");
    let outputs = [
        opening(&name, &spec, Show::Mask(Mask::Null), false),
        opening(&name, &spec, Show::Mask(fixed("hidden")), false),
        opening(&id, &id_spec, Show::Mask(Mask::Zero), false),
        opening(&id, &id_spec, Show::Mask(Mask::Zero), false),
    ];
    let rubbish = Some(&b"not an envelope"[..]);
    let (row, counts) = shown(
        &keyring,
        &outputs,
        &[1],
        &[0, 0, 0, 1],
        &[rubbish, rubbish, rubbish, rubbish],
    )
    .unwrap();
    assert_eq!(
        row,
        [
            None,
            Some(b"hidden".to_vec()),
            Some(b"0".to_vec()),
            Some(vec![0; 4])
        ]
    );
    assert_eq!(
        counted(&counts),
        [
            ("public.customers.name".to_owned(), "masked", 2),
            ("public.customers.id".to_owned(), "masked", 2)
        ]
    );
    let nulls = shown(&keyring, &outputs, &[1], &[0], &[None; 4]).unwrap();
    assert_eq!(nulls.0, [None, None, None, None]);
}

#[test]
fn a_mask_of_the_value_opens_and_does_not_reveal() {
    let keyring = keyring();
    let (card, spec) = column("card", "text");
    let seal = sealing(&card, &spec, false, false);
    let (sealed, _) = bound(&keyring, seal, 0, text("4111111111111234")).unwrap();
    let outputs = [
        opening(&card, &spec, Show::Mask(last_four()), false),
        opening(&card, &spec, Show::Mask(Mask::Pseudonym), false),
        opening(&card, &spec, Show::Mask(Mask::Pseudonym), false),
    ];
    let envelope = sealed[0].as_deref();
    let (row, counts) = shown(
        &keyring,
        &outputs,
        &[1],
        &[0],
        &[envelope, envelope, envelope],
    )
    .unwrap();
    assert_eq!(row[0], Some(b"************1234".to_vec()));
    assert_eq!(row[1], row[2]);
    assert!(row[1].is_some() && row[1] != row[0]);
    assert_eq!(
        counted(&counts),
        [("public.customers.card".to_owned(), "masked", 3)]
    );
}

#[test]
fn plaintext_columns_are_masked_in_either_format() {
    let keyring = keyring();
    let (phone, _) = column("phone", "text");
    let (born, _) = column("born", "date");
    let outputs = [
        plain(&phone, last_four(), false),
        plain(&born, Mask::Year, false),
        plain(&phone, fixed("none"), false),
        plain(&phone, last_four(), true),
    ];
    let (upstream, client) = formats(&outputs, &[0]).unwrap();
    assert_eq!(upstream, [1, 1, 0, 1]);
    let mut born_binary = Vec::new();
    born.declared
        .to_binary(&canonical(&born.declared, "1815-12-10"), &mut born_binary)
        .unwrap();
    let list = DeclaredType::parse_name("text[]").unwrap();
    let mut list_binary = Vec::new();
    list.to_binary(&canonical(&list, "{0123456,NULL}"), &mut list_binary)
        .unwrap();
    let expected = [
        Some(b"***3456".to_vec()),
        Some(b"1815-01-01".to_vec()),
        Some(b"none".to_vec()),
        Some(b"{***3456,NULL}".to_vec()),
    ];
    let (row, _) = shown(
        &keyring,
        &outputs,
        &upstream,
        &client,
        &[
            Some(b"0123456"),
            Some(&born_binary),
            Some(b"0123456"),
            Some(&list_binary),
        ],
    )
    .unwrap();
    assert_eq!(row, expected);
    let (row, _) = shown(
        &keyring,
        &outputs,
        &[0],
        &[0],
        &[
            Some(b"0123456"),
            Some(b"1815-12-10"),
            Some(b"0123456"),
            Some(b"{0123456,NULL}"),
        ],
    )
    .unwrap();
    assert_eq!(row, expected);
    assert_eq!(described(&outputs[0]), None);
    let refusal = shown(&keyring, &outputs[1..2], &[0], &[0], &[Some(b"no date")]).unwrap_err();
    assert_eq!(refusal.fault, Fault::SchemaChanged);
}

#[test]
fn arrays_are_masked_element_by_element() {
    let keyring = keyring();
    let (name, spec) = column("name", "text");
    for (mask, expected) in [
        (Mask::Null, "{NULL,NULL}"),
        (fixed("x y"), "{\"x y\",NULL}"),
    ] {
        let outputs = [opening(&name, &spec, Show::Mask(mask), true)];
        let row = |client| {
            let literal = br#"{"\\xfb",NULL}"#;
            shown(&keyring, &outputs, &[0], &[client], &[Some(literal)])
                .unwrap()
                .0
        };
        assert_eq!(row(0), [Some(expected.as_bytes().to_vec())]);
        let list = DeclaredType::parse_name("text[]").unwrap();
        let mut binary = Vec::new();
        list.to_binary(&canonical(&list, expected), &mut binary)
            .unwrap();
        assert_eq!(row(1), [Some(binary)]);
    }
}

/// The value and its flag.
fn kept(
    keyring: &Keyring,
    keep: &Keep,
    value: Option<Bytes>,
) -> Result<(Option<Bytes>, bool), Refusal> {
    let plan = plan(
        vec![Treatment::Keep(keep.clone())],
        vec![(0, Treatment::KeepFlag)],
    );
    let (formats, values) = parameters(
        &plan,
        &[0],
        &[value],
        &Settings::default(),
        keyring,
        &mut Counts::default(),
    )?;
    assert_eq!(formats[1], 1);
    let flag = match values[1].as_deref() {
        Some([0]) => false,
        Some([1]) => true,
        other => unreachable!("{other:?}"),
    };
    Ok((values[0].clone(), flag))
}

#[test]
fn a_mask_written_back_keeps_what_is_stored() {
    let keyring = keyring();
    let (card, spec) = column("card", "text");
    let mut keep = Keep {
        whose: None,
        column: Arc::clone(&card),
        spec: Some(spec.clone()),
        sent_as: 0,
        mask: last_four(),
        may_write: false,
    };
    assert_eq!(
        kept(&keyring, &keep, text("************1234")).unwrap(),
        (None, true)
    );
    assert_eq!(kept(&keyring, &keep, None).unwrap(), (None, true));
    let refusal = kept(&keyring, &keep, text("4111111111111234")).unwrap_err();
    assert_eq!(
        (refusal.fault, refusal.sqlstate),
        (Fault::WriteMissing, "42501")
    );
    keep.may_write = true;
    let (value, flag) = kept(&keyring, &keep, text("4111111111111234")).unwrap();
    assert!(!flag);
    assert_eq!(
        crate::seal::header(&value.unwrap()).unwrap().domain,
        spec.domain
    );
    keep.spec = None;
    let (value, flag) = kept(&keyring, &keep, text("4111111111111234")).unwrap();
    assert_eq!((value, flag), (text("4111111111111234"), false));
    assert_eq!(
        kept(&keyring, &keep, text("************1234")).unwrap(),
        (None, true)
    );
}
