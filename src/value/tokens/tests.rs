//! Tests of pieces.

#![expect(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::value::{DeclaredType, Escape, Place, Settings, simple_case};

fn spec(name: &str) -> TokenSpec {
    TokenSpec::by_name(name).unwrap()
}

fn pieces(fragments: &[Fragment]) -> BTreeSet<(TokenKind, Vec<u8>)> {
    let piece = |one: &Fragment| (one.kind, one.bytes.expose_plaintext().to_vec());
    fragments.iter().map(piece).collect()
}

fn of_text(spec: &TokenSpec, text: &str) -> BTreeSet<(TokenKind, Vec<u8>)> {
    let value = Canonical::new(text.as_bytes().to_vec());
    pieces(&spec.of_value(&value).unwrap())
}

#[test]
fn a_spec_comes_back_from_its_name() {
    for name in [
        "match=exact",
        "match=letters",
        "match=ascii;prefix=12",
        "prefix=1",
        "range=int4",
        "range=numeric(10,2)",
    ] {
        assert_eq!(spec(name).name(), name);
    }
    for bad in [
        "",
        "match",
        "match=x",
        "prefix=300",
        "prefix=1;match=ascii",
        "prefix=01",
    ] {
        assert_eq!(TokenSpec::by_name(bad), None, "{bad}");
    }
}

#[test]
fn lower_case_is_its_own_lower_case() {
    for c in '\0'..=char::MAX {
        let lower = simple_case(c).0;
        assert_eq!(simple_case(lower).0, lower, "{c:?}");
    }
}

#[test]
fn what_a_function_makes_equal_is_one_character() {
    for c in '\0'..=char::MAX {
        let (lower, upper, _) = simple_case(c);
        let own = text::caseless(c);
        assert_eq!(text::caseless(lower), own, "{c:?}");
        assert_eq!(text::caseless(upper), own, "{c:?}");
        assert_eq!(text::caseless(own), own, "{c:?}");
    }
    for (c, own) in [
        ('ı', 'i'),
        ('İ', 'i'),
        ('ſ', 's'),
        ('ς', 'σ'),
        ('\u{212A}', 'k'),
        ('ẞ', 'ß'),
    ] {
        assert_eq!(text::caseless(c), own);
    }
}

#[test]
fn pieces_are_frozen() {
    let of = |name: &str, text: &str| -> Vec<String> {
        let hex = |bytes: Vec<u8>| bytes.iter().map(|b| format!("{b:02x}")).collect::<String>();
        of_text(&spec(name), text)
            .into_iter()
            .map(|(_, b)| hex(b))
            .collect()
    };
    assert_eq!(of("match=exact", ""), ["fffe"]);
    assert_eq!(of("match=exact", "Ä"), ["ffc3a4fe"]);
    assert_eq!(of("match=exact", "aBc"), ["616263", "6263fe", "ff6162"]);
    assert_eq!(of("match=exact", "ſıς"), ["69cf83fe", "7369cf83", "ff7369"]);
    assert_eq!(of("prefix=2", "Äb c"), ["c384", "c38462"]);
    assert_eq!(of("prefix=2", ""), [""; 0]);
    let seven = Canonical::new(7_i64.to_be_bytes().to_vec());
    let blocks = spec("range=int2").of_value(&seven).unwrap();
    assert_eq!(blocks.len(), 8);
    let first = blocks.first().unwrap().bytes.expose_plaintext().to_vec();
    assert_eq!(
        first,
        [[16].as_slice(), &0x8007_u128.to_be_bytes()].concat()
    );
    let last = blocks.last().unwrap().bytes.expose_plaintext().to_vec();
    assert_eq!(last, [[2].as_slice(), &2_u128.to_be_bytes()].concat());
}

#[test]
fn which_patterns_are_exact_and_which_too_short() {
    let needs = |name: &str, pattern: &str, insensitive| {
        let pattern = Pattern::read(pattern, Escape::By('\\'));
        spec(name)
            .needs(&pattern, insensitive)
            .map(|needs| needs.exact)
    };
    for (name, pattern, expected) in [
        ("prefix=3", "abc%", Some(true)),
        ("prefix=3", "a%", Some(true)),
        ("prefix=3", "a%%", Some(true)),
        ("prefix=3", "abcd%", Some(false)),
        ("prefix=3", "abc", Some(false)),
        ("prefix=3", "ab_%", Some(false)),
        ("prefix=3", "%a%", None),
        ("prefix=3", "%", Some(true)),
        ("prefix=3", "", None),
        ("prefix=3", "a\\%b%", Some(true)),
        ("match=exact", "abc%", Some(false)),
        ("match=exact", "ab%", Some(false)),
        ("match=exact", "a%", None),
        ("match=exact", "%ab%", None),
        ("match=exact", "%abc%", Some(false)),
        ("match=exact", "%ab", Some(false)),
        ("match=exact", "", Some(false)),
        ("match=exact", "a", Some(false)),
        ("match=exact", "a_b_c", None),
        ("match=exact;prefix=4", "ab%", Some(true)),
    ] {
        assert_eq!(needs(name, pattern, false), expected, "{name} {pattern}");
    }
    assert_eq!(needs("match=letters", "%abc%", true), Some(false));
    assert_eq!(needs("match=letters", "%", true), Some(true));
    assert_eq!(needs("match=exact", "%abc%", true), None);
    assert_eq!(needs("match=letters;prefix=4", "ab%", true), Some(false));
    assert_eq!(needs("prefix=4", "ab%", true), None);
}

fn number(value: i64) -> Canonical {
    Canonical::new(value.to_be_bytes().to_vec())
}

fn between(order: &str, from: Option<(i64, bool)>, to: Option<(i64, bool)>) -> Vec<Fragment> {
    let place = |(value, with): (i64, bool)| (Place::At(number(value)), with);
    let bounds = Bounds {
        from: from.map(place),
        to: to.map(place),
    };
    spec(&format!("range={order}")).cover(&bounds).unwrap()
}

#[test]
fn a_cover_is_small() {
    assert_eq!(between("int8", Some((5, true)), Some((5, true))).len(), 1);
    assert!(between("int8", Some((6, true)), Some((5, true))).is_empty());
    assert!(between("int8", Some((5, false)), Some((5, true))).is_empty());
    assert!(between("int8", Some((i64::MAX, false)), None).is_empty());
    assert!(between("int8", None, Some((i64::MIN, false))).is_empty());
    assert_eq!(between("int8", None, None).len(), 4);
    assert!(
        between(
            "int8",
            Some((i64::MIN + 1, true)),
            Some((i64::MAX - 1, true))
        )
        .len()
            <= 192
    );
}

#[test]
fn constants_between_values_bound_ranges() {
    let declared = DeclaredType::parse_name("numeric(6,2)").unwrap();
    let order = Order::of(&declared, None).unwrap();
    let spec = TokenSpec {
        range: Some(order),
        ..TokenSpec::default()
    };
    let value = |text: &str| {
        declared
            .from_text(text.as_bytes(), &Settings::default())
            .unwrap()
    };
    let read = DeclaredType::parse_name("numeric").unwrap();
    let bound = read.from_text(b"1.005", &Settings::default()).unwrap();
    let place = declared.placed(order, &read, bound).unwrap();
    let above = Bounds {
        from: Some((place.clone(), true)),
        to: None,
    };
    let below = Bounds {
        from: None,
        to: Some((place, true)),
    };
    for (text, is_above) in [
        ("1.00", false),
        ("1.01", true),
        ("-5", false),
        ("NaN", true),
    ] {
        let own = pieces(&spec.of_value(&value(text)).unwrap());
        let hits = |bounds: &Bounds| !own.is_disjoint(&pieces(&spec.cover(bounds).unwrap()));
        assert_eq!(hits(&above), is_above, "{text}");
        assert_eq!(hits(&below), !is_above, "{text}");
    }
}

proptest! {
    #[test]
    fn a_cover_holds_what_is_between(
        value: i32, a: i32, b: i32, with_a: bool, with_b: bool, narrow: bool,
    ) {
        let (value, a, b) = if narrow { (value % 50, a % 50, b % 50) } else { (value, a, b) };
        let own = pieces(&spec("range=int4").of_value(&number(value.into())).unwrap());
        let cover = pieces(&between("int4", Some((a.into(), with_a)), Some((b.into(), with_b))));
        let inside = (if with_a { value >= a } else { value > a }) && (if with_b { value <= b } else { value < b });
        prop_assert_eq!(own.intersection(&cover).count(), usize::from(inside));
        prop_assert!(cover.len() <= 96);
    }

    #[test]
    fn what_fits_has_all_that_is_asked_for(
        text in "[aAbBäÄßς%_]{0,12}", pattern in "[aAbBäÄßς%_]{0,6}", insensitive: bool,
    ) {
        let read = Pattern::read(&pattern, Escape::By('\\'));
        for name in ["match=letters", "match=ascii", "prefix=2", "match=letters;prefix=3"] {
            let spec = spec(name);
            let Some(needs) = spec.needs(&read, insensitive) else { continue };
            let fold = spec.matching.and_then(Matching::fold).filter(|_| insensitive);
            let fits = read.fits(&text, fold).unwrap();
            let has = of_text(&spec, &text).is_superset(&pieces(&needs.fragments));
            prop_assert!(has || !fits, "{} {} {}", name, text, pattern);
            prop_assert!(!needs.exact || has == fits, "{} {} {}", name, text, pattern);
        }
    }
}
