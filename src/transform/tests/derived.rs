//! Results that are not what the server returns.

use super::*;
use crate::eval::Expr;
use crate::fault::Fault;
use crate::plan::{Amount, Argument, Input, SortKey, Told};

/// A result of two columns, a sealed name and a number in text, and a hidden boolean.
fn result(derived: impl FnOnce(&mut Derived)) -> (Keyring, Vec<Output>, Derived, Arc<Protected>) {
    let keyring = keyring();
    let (name, spec) = column("name", "text");
    let outputs = vec![
        opening(&name, &spec, Show::Open, false),
        Output::Pass,
        Output::Pass,
    ];
    let read = |column, name: &str| Input {
        column,
        declared: DeclaredType::parse_name(name).unwrap(),
    };
    let mut own = Derived {
        columns: vec![Told::Upstream(0), Told::Upstream(1)],
        inputs: vec![read(0, "text"), read(1, "integer"), read(2, "boolean")],
        arguments: Vec::new(),
        given: None,
        filter: None,
        sort: Vec::new(),
        limit: None,
        offset: None,
        most_rows: 4,
        most_in_vain: None,
    };
    derived(&mut own);
    (keyring, outputs, own, name)
}

fn key(column: usize, name: &str, descending: bool, nulls_first: bool) -> SortKey {
    SortKey {
        column,
        declared: DeclaredType::parse_name(name).unwrap(),
        descending,
        nulls_first,
    }
}

const ROWS: &[(Option<&str>, &str, &str)] = &[
    (Some("Mia"), "1", "t"),
    (None, "2", "t"),
    (Some("Ada"), "3", "f"),
    (Some("Mia"), "0", "t"),
];

/// The rows in their order, and what was counted.
fn told(
    made: (Keyring, Vec<Output>, Derived, Arc<Protected>),
    arguments: &[Option<Canonical>],
    parts: &[u32],
) -> Result<(Vec<String>, Vec<Ended>, Counts), Refusal> {
    let (keyring, outputs, derived, name) = made;
    let (_, spec) = column("name", "text");
    let cipher = keyring.cipher(&spec).unwrap();
    let derived = Arc::new(derived);
    let client = vec![0; derived.columns.len()];
    let mut rows = DerivedRows::new(
        &derived,
        &outputs,
        (&[1, 0, 0], &client),
        arguments,
        parts.iter().any(|most| *most > 0),
        &Settings::default(),
        &keyring,
    )?;
    let (mut out, mut counts) = (BytesMut::new(), Counts::default());
    for (text, number, flag) in ROWS {
        let sealed = text.map(|text| {
            let value = canonical(&name.declared, text);
            cipher.seal(&value).unwrap()
        });
        let row = [
            sealed.as_deref(),
            Some(number.as_bytes()),
            Some(flag.as_bytes()),
        ];
        rows.row(&payload(&row), &mut out, &mut counts)?;
    }
    let mut ended = Vec::new();
    for most in parts {
        ended.push(rows.end(*most, &mut out, &mut counts)?);
    }
    let mut lines = Vec::new();
    while !out.is_empty() {
        let length = 1 + u32::from_be_bytes(out[1..5].try_into().unwrap()) as usize;
        let frame = out.split_to(length);
        let line: Vec<String> = values(&frame)
            .into_iter()
            .map(|value| value.map_or("-".to_owned(), |v| String::from_utf8(v).unwrap()))
            .collect();
        lines.push(line.join(" "));
    }
    Ok((lines, ended, counts))
}

#[test]
fn rows_are_sorted_filtered_cut_and_counted() {
    let rows = |rows, suspended| Ended { rows, suspended };
    let all = || {
        result(|own| {
            own.sort = vec![
                key(0, "text", false, false),
                key(1, "integer", false, false),
            ]
        })
    };
    let (lines, ended, counts) = told(all(), &[], &[0]).unwrap();
    assert_eq!(lines, ["Ada 3", "Mia 0", "Mia 1", "- 2"]);
    assert_eq!(ended, [rows(4, false)]);
    assert_eq!(
        counted(&counts),
        [("public.customers.name".to_owned(), "opened", 3)]
    );

    let down = result(|own| {
        own.sort = vec![key(0, "text", true, true), key(1, "integer", true, true)];
        own.offset = Some(Amount::Fixed(1));
        own.limit = Some(Amount::Fixed(2));
    });
    let (lines, ended, counts) = told(down, &[], &[0]).unwrap();
    assert_eq!(lines, ["Mia 1", "Mia 0"]);
    assert_eq!(ended, [rows(2, false)]);
    assert_eq!(
        counted(&counts),
        [("public.customers.name".to_owned(), "opened", 2)]
    );

    // In parts: as many as asked for, though no more are left, and once more.
    let (lines, ended, _) = told(all(), &[], &[3, 1, 1]).unwrap();
    assert_eq!(lines.len(), 4);
    assert_eq!(ended, [rows(3, true), rows(1, true), rows(0, false)]);

    let filtered = || result(|own| own.filter = Some(Expr::Column(2)));
    let (lines, ended, _) = told(filtered(), &[], &[0]).unwrap();
    assert_eq!(lines, ["Mia 1", "- 2", "Mia 0"]);
    assert_eq!(ended, [rows(3, false)]);
    let (lines, ended, _) = told(filtered(), &[], &[2, 2]).unwrap();
    assert_eq!(lines.len(), 3);
    assert_eq!(ended, [rows(2, true), rows(1, false)]);

    let cut = result(|own| {
        own.filter = Some(Expr::Column(2));
        own.offset = Some(Amount::Fixed(1));
        own.limit = Some(Amount::Fixed(1));
    });
    assert_eq!(told(cut, &[], &[0]).unwrap().0, ["- 2"]);

    let count = result(|own| {
        own.filter = Some(Expr::Column(2));
        own.columns = vec![Told::Count {
            name: "count".to_owned(),
        }];
    });
    let (lines, ended, counts) = told(count, &[], &[0]).unwrap();
    assert_eq!((lines, ended), (vec!["3".to_owned()], vec![rows(1, false)]));
    assert!(counts.is_empty());

    let computed = result(|own| {
        own.columns = vec![
            Told::Computed {
                name: "unknown".to_owned(),
                expr: Expr::IsNull(Box::new(Expr::Column(0))),
                declared: DeclaredType::parse_name("boolean").unwrap(),
            },
            Told::Upstream(1),
        ];
    });
    let (lines, _, counts) = told(computed, &[], &[0]).unwrap();
    assert_eq!(lines, ["f 1", "t 2", "f 3", "f 0"]);
    assert_eq!(
        counted(&counts),
        [("public.customers.name".to_owned(), "opened", 3)]
    );
}

#[test]
fn what_is_kept_has_a_bound_that_limit_lowers() {
    let few = |limit: Option<u64>| {
        result(|own| {
            own.most_rows = 3;
            own.sort = vec![key(0, "text", false, false)];
            own.limit = limit.map(Amount::Fixed);
        })
    };
    let refusal = told(few(None), &[], &[0]).unwrap_err();
    assert_eq!(
        (refusal.fault, refusal.sqlstate),
        (Fault::TooManyRows, "54000")
    );
    assert_eq!(told(few(Some(1)), &[], &[0]).unwrap().0, ["Ada 3"]);
}

#[test]
fn bounds_may_be_bound() {
    let bigint = DeclaredType::parse_name("bigint").unwrap();
    let limited = || {
        result(|own| {
            own.limit = Some(Amount::Argument(0));
            own.arguments = vec![Argument {
                parameter: 0,
                declared: DeclaredType::parse_name("bigint").unwrap(),
                sent_as: 0,
            }];
        })
    };
    let (_, _, derived, _) = limited();
    let own = statement(&[], Some(derived));
    let read = |value: Option<&'static [u8]>| {
        let values = [value.map(Bytes::from_static)];
        crate::transform::arguments(&own, &[0], &values, &Settings::default())
    };
    assert_eq!(read(Some(b"2")).unwrap(), [Some(canonical(&bigint, "2"))]);
    assert_eq!(read(Some(b"x")).unwrap_err().sqlstate, "22P02");
    let rows = |argument| told(limited(), &[argument], &[0]).map(|(lines, _, _)| lines.len());
    assert_eq!(rows(Some(canonical(&bigint, "2"))).unwrap(), 2);
    assert_eq!(rows(None).unwrap(), 4);
    let refusal = rows(Some(canonical(&bigint, "-1"))).unwrap_err();
    assert_eq!(refusal.sqlstate, "2201W");
}

#[test]
fn a_masked_column_is_never_read() {
    let made = result(|_| {});
    let (keyring, mut outputs, derived, _) = made;
    let (name, spec) = column("name", "text");
    outputs[0] = opening(&name, &spec, Show::Mask(Mask::Null), false);
    let rows = DerivedRows::new(
        &Arc::new(derived),
        &outputs,
        (&[1, 0, 0], &[0, 0]),
        &[],
        false,
        &Settings::default(),
        &keyring,
    );
    assert!(rows.is_err());
}
