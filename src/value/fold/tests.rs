//! The fold against its own definition, over every code point.

#![expect(clippy::unwrap_used, reason = "tests")]

use std::collections::HashMap;

use super::*;

const FOLDS: [Fold; 4] = [Fold::Ascii, Fold::Both, Fold::Lower, Fold::Upper];
const FUNCTIONS: [CaseFunction; 2] = [CaseFunction::Lower, CaseFunction::Upper];

fn stored(fold: Fold, c: char) -> Option<Canonical> {
    fold.stored(c.encode_utf8(&mut [0; 4]).as_bytes()).ok()
}

fn map(fold: Fold, function: CaseFunction, c: char) -> char {
    Case::of(fold, c).map(function)
}

/// Every character with a case, and some without.
fn characters() -> impl Iterator<Item = char> {
    ('\u{1}'..=char::MAX).filter(|c| {
        let case = Case::of(Fold::Both, *c);
        (case.lower, case.upper) != (*c, *c)
            || case.certainty != Certainty::Same
            || u32::from(*c) % 997 == 0
    })
}

/// Among the values that a column takes, one form is one lower case and one upper case.
#[test]
fn one_form_is_one_case() {
    for fold in FOLDS {
        for function in FUNCTIONS.into_iter().filter(|one| fold.answers(*one)) {
            let mut forms: HashMap<Vec<u8>, char> = HashMap::new();
            let mut cases: HashMap<char, Vec<u8>> = HashMap::new();
            for c in '\u{1}'..=char::MAX {
                let Some(form) = stored(fold, c) else {
                    continue;
                };
                let form = form.expose_plaintext().to_vec();
                let case = map(fold, function, c);
                assert_eq!(
                    *forms.entry(form.clone()).or_insert(case),
                    case,
                    "{fold:?} {c:?}"
                );
                assert_eq!(
                    *cases.entry(case).or_insert(form.clone()),
                    form,
                    "{fold:?} {c:?}"
                );
            }
        }
    }
}

/// `sought` finds exactly the values that fulfil the condition, for single characters.
#[test]
fn sought_is_what_fulfils() {
    let chains: &[&[CaseFunction]] = &[
        &[],
        &[CaseFunction::Lower],
        &[CaseFunction::Upper],
        &[CaseFunction::Upper, CaseFunction::Lower],
    ];
    for fold in FOLDS {
        let mut values: HashMap<Vec<u8>, Vec<char>> = HashMap::new();
        for c in characters() {
            if let Some(form) = stored(fold, c) {
                values
                    .entry(form.expose_plaintext().to_vec())
                    .or_default()
                    .push(c);
            }
        }
        for function in FUNCTIONS.into_iter().filter(|one| fold.answers(*one)) {
            let mut by_image: HashMap<char, Vec<char>> = HashMap::new();
            for c in characters().filter(|c| stored(fold, *c).is_some()) {
                by_image.entry(map(fold, function, c)).or_default().push(c);
            }
            for (applied, ascii, own) in chains.iter().flat_map(|chain| {
                [(false, false), (true, false), (false, true), (true, true)]
                    .map(|(a, o)| (chain, a, o))
            }) {
                let beside = Beside {
                    applied: applied.to_vec(),
                    ascii,
                    own,
                };
                let constants = if ascii { Fold::Ascii } else { Fold::Both };
                for c in characters() {
                    let text = c.to_string();
                    let Ok(sought) = fold.sought(function, &beside, text.as_bytes()) else {
                        continue;
                    };
                    let mut image = applied.iter().fold(c, |c, one| map(constants, *one, c));
                    if own {
                        image = map(fold, function, image);
                    }
                    let mut expected = by_image.get(&image).cloned().unwrap_or_default();
                    let mut found = match &sought {
                        Sought::Nothing => Vec::new(),
                        Sought::Form(form) => values
                            .get(form.expose_plaintext())
                            .cloned()
                            .unwrap_or_default(),
                    };
                    expected.sort_unstable();
                    found.sort_unstable();
                    assert_eq!(found, expected, "{fold:?} {function:?} {beside:?} {c:?}");
                }
            }
        }
    }
}

#[test]
fn odd_characters() {
    let both = |text: &str| Fold::Both.stored(text.as_bytes());
    for text in [
        "ς", "ſ", "ı", "İ", "\u{212A}", "\u{212B}", "µ", "ẞ", "ϐ", "a ς",
    ] {
        assert_eq!(both(text), Err(NoFold::Unlike), "{text}");
        assert!(Fold::Lower.stored(text.as_bytes()).is_ok());
        assert!(Fold::Ascii.stored(text.as_bytes()).is_ok());
    }
    assert_eq!(both("\u{1C90}"), Err(NoFold::Uncertain));
    assert_eq!(both("\u{A7CB}"), Err(NoFold::Uncertain));
    for (text, form) in [
        ("ABC", "abc"),
        ("STRAßE", "straße"),
        ("ΣΊΓΜΑ", "σίγμα"),
        ("Ǆǅ", "ǆǆ"),
        ("ა", "ა"),
        ("", ""),
    ] {
        assert_eq!(both(text).unwrap().expose_plaintext(), form.as_bytes());
    }
    assert_eq!(Fold::Both.stored(&[0xFF]), Err(NoFold::NotText));
    let sought = |applied: &[CaseFunction], text: &str| {
        let beside = Beside {
            applied: applied.to_vec(),
            ..Beside::default()
        };
        Fold::Both.sought(CaseFunction::Lower, &beside, text.as_bytes())
    };
    assert_eq!(sought(&[], "ABC"), Ok(Sought::Nothing));
    assert_eq!(sought(&[CaseFunction::Lower], "ς"), Ok(Sought::Nothing));
    assert_eq!(
        sought(&[CaseFunction::Lower], "\u{212A}"),
        Ok(Sought::Form(Canonical::new(b"k".to_vec())))
    );
    assert_eq!(sought(&[CaseFunction::Upper], "ა"), Err(NoFold::Uncertain));
}

/// Tags are made of it: the table never changes.
#[test]
fn the_table_is_frozen() {
    let mut bytes = Vec::new();
    for c in '\u{1}'..=char::MAX {
        let case = Case::of(Fold::Both, c);
        for one in [case.lower, case.upper] {
            bytes.extend(u32::from(one).to_be_bytes());
        }
        bytes.push(case.certainty as u8);
    }
    // FNV-1a.
    let hash = bytes.iter().fold(0xCBF2_9CE4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01B3)
    });
    assert_eq!(hash, 0xB9AF_E66C_3AD8_4C97);
}
