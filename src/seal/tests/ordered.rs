//! Envelopes with order bytes.

use std::cmp::Ordering;

use super::*;
use crate::value::{DeclaredType, NoOrder, Order, Place, Settings};

fn keys(spec: &SealSpec) -> Keys {
    let tag = || TagKey(Zeroizing::new(std::array::from_fn(|i| 0x50 + i as u8)));
    let order = || OrderKey(Zeroizing::new(std::array::from_fn(|i| 0xC0 + i as u8)));
    Keys {
        body: key(spec.scheme),
        tag: spec.ci.map(|_| tag()),
        order: spec.order.map(|_| order()),
        tokens: TokenKeys::default(),
    }
}

fn ordered(family: u8, order: Order, ci: Option<Fold>) -> ColumnCipher {
    let spec = SealSpec {
        family,
        order: Some(order),
        ci,
        ..spec(Scheme::Deterministic)
    };
    ColumnCipher::with_keys(keys(&spec), &spec, &ENVIRONMENT).unwrap()
}

fn text(ci: Option<Fold>) -> ColumnCipher {
    ordered(1, Order::Text { max: 40 }, ci)
}

fn canonical(text: &str) -> Canonical {
    Canonical::new(text.into())
}

/// They lie in databases: never change one.
#[test]
fn frozen_envelopes_with_order_bytes() {
    let mut seen = 0;
    for line in include_str!("../vectors/ordered_v1.txt").lines() {
        if line.starts_with('#') {
            continue;
        }
        let fields: Vec<&str> = line.split(' ').collect();
        let [family, order, fold, plain, envelope] = fields[..] else {
            unreachable!("{line}")
        };
        let order = Order::by_name(order).unwrap();
        let cipher = ordered(family.parse().unwrap(), order, Fold::by_name(fold));
        let value = Canonical::new(bytes(plain));
        assert_eq!(hex(&cipher.seal(&value).unwrap()), envelope);
        assert_eq!(cipher.open(&bytes(envelope)), Ok(value));
        seen += 1;
    }
    assert_eq!(seen, 5);
}

#[test]
fn the_tag_behind_order_bytes_is_where_the_server_looks_for_it() {
    let cipher = text(Some(Fold::Both));
    for value in ["", "a", "Ada Lovelace", "日本語"] {
        let envelope = cipher.seal(&canonical(value)).unwrap();
        let form = Fold::Both.stored(value.as_bytes()).unwrap();
        // As schema/ci.sql says it, counted from 1.
        let at = 12 + 9 * ((envelope.len() - 43) / 10) - 1;
        assert_eq!(envelope[at..at + 16], cipher.tag(&form).unwrap(), "{value}");
        assert_eq!(envelope.len(), 43 + 10 * value.len());
    }
}

#[test]
fn order_bytes_belong_to_their_envelope() {
    let cipher = text(None);
    let one = cipher.seal(&canonical("ab")).unwrap();
    let other = cipher.seal(&canonical("xy")).unwrap();
    let index = HEADER_LEN..HEADER_LEN + 19;
    let mut swapped = one.clone();
    swapped[index.clone()].copy_from_slice(&other[index]);
    assert_eq!(cipher.open(&swapped), Err(OpenError::Damaged));
    for at in 0..one.len() {
        let mut changed = one.clone();
        changed[at] ^= 1;
        assert!(cipher.open(&changed).is_err(), "{at}");
        assert!(cipher.open(&one[..at]).is_err(), "{at}");
    }
    // Without them it is of another column, and the other way round.
    let bare = self::cipher(&spec(Scheme::Deterministic));
    assert_eq!(bare.open(&one), Err(OpenError::OtherIndex));
    let plain = bare.seal(&canonical("ab, and long enough")).unwrap();
    assert_eq!(cipher.open(&plain), Err(OpenError::OtherIndex));
}

#[test]
fn what_an_ordered_column_cannot_be() {
    let order = Some(Order::Int4);
    let make = |spec: &SealSpec| ColumnCipher::with_keys(keys(spec), spec, &ENVIRONMENT).err();
    let random = SealSpec {
        order,
        ..spec(Scheme::Random)
    };
    assert_eq!(make(&random), Some(SpecError::OrderLayout));
    let padded = SealSpec {
        order,
        pad: Some(8),
        ..spec(Scheme::Deterministic)
    };
    assert_eq!(make(&padded), Some(SpecError::OrderLayout));
    let keyless = SealSpec {
        order,
        ..spec(Scheme::Deterministic)
    };
    let made = ColumnCipher::new(key(Scheme::Deterministic), &keyless, &ENVIRONMENT);
    assert_eq!(made.err(), Some(SpecError::OrderKey));
    let mut out = b"before".to_vec();
    let long = canonical(&"x".repeat(41));
    assert_eq!(
        (text(None).seal_into(&long, &mut out), out.as_slice()),
        (
            Err(SealError::NoOrder(NoOrder::TooLong { max: 40 })),
            b"before".as_slice()
        )
    );
}

#[test]
fn schemes_come_back_from_their_names() {
    let mut spec = spec(Scheme::Deterministic);
    for order in [None, Some(Order::Date), Some(Order::Text { max: 9 })] {
        for ci in [None, Some(Fold::Lower)] {
            (spec.order, spec.ci) = (order, ci);
            let layout = Layout {
                scheme: Scheme::Deterministic,
                ci,
                order,
                tokens: None,
            };
            assert_eq!(SealSpec::parse_scheme(&spec.scheme_name()), Some(layout));
        }
    }
    assert_eq!(spec.scheme_name(), "deterministic order text(9) ci lower");
    for bad in [
        "",
        "order",
        "random order date",
        "deterministic order",
        "deterministic order date order date",
        "deterministic ci",
        "deterministic ",
    ] {
        assert_eq!(SealSpec::parse_scheme(bad), None, "{bad}");
    }
}

#[test]
fn constants_stand_between_envelopes() {
    let column = DeclaredType::parse_name("integer").unwrap();
    let cipher = ordered(3, Order::Int4, None);
    let seal = |n: i64| {
        cipher
            .seal(&Canonical::new(n.to_be_bytes().into()))
            .unwrap()
    };
    let place = |read_as: &str, text: &str| {
        let read_as = DeclaredType::parse_name(read_as).unwrap();
        let value = read_as.from_text(text.as_bytes(), &Settings::default());
        let place = column
            .placed(Order::Int4, &read_as, value.unwrap())
            .unwrap();
        cipher.place(&place).unwrap()
    };
    assert!(seal(2) < place("numeric", "2.5") && place("numeric", "2.5") < seal(3));
    assert!(seal(-3) < place("numeric", "-2.5") && place("numeric", "-2.5") < seal(-2));
    assert_eq!(place("numeric", "2.0"), seal(2));
    assert!(seal(i32::MAX.into()) < place("bigint", "3000000000"));
    assert!(place("bigint", "-3000000000") < seal(i32::MIN.into()));
    assert_eq!(cipher.place(&Place::End).unwrap(), [0xFC]);
}

proptest! {
    #[test]
    fn envelopes_compare_like_their_values(a in ".{0,20}", b in ".{0,20}", x: i64, y: i64) {
        for cipher in [text(None), text(Some(Fold::Ascii))] {
            let seal = |text: &str| cipher.seal(&canonical(text)).unwrap();
            prop_assert_eq!(seal(&a).cmp(&seal(&b)), a.as_bytes().cmp(b.as_bytes()));
            // Also those of which one is the beginning of the other.
            let longer = format!("{a}{b}");
            let expected = if b.is_empty() { Ordering::Equal } else { Ordering::Less };
            prop_assert_eq!(seal(&a).cmp(&seal(&longer)), expected);
            prop_assert_eq!(cipher.open(&seal(&a)), Ok(canonical(&a)));
        }
        let cipher = ordered(3, Order::Int8, None);
        let seal = |n: i64| cipher.seal(&Canonical::new(n.to_be_bytes().into())).unwrap();
        prop_assert_eq!(seal(x).cmp(&seal(y)), x.cmp(&y));
        prop_assert_eq!(seal(x).cmp(&seal(x ^ 1)), x.cmp(&(x ^ 1)));
    }
}
