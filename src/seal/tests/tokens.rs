//! Envelopes with search tokens.

use super::*;
use crate::value::{DeclaredType, Escape, Matching, Order, Pattern, TokenSpec};

fn token_keys(spec: &TokenSpec) -> TokenKeys {
    let key = |first: u8| TokenKey(Zeroizing::new(std::array::from_fn(|i| first + i as u8)));
    TokenKeys {
        matching: spec.matching.map(|_| key(1)),
        prefix: spec.prefix.map(|_| key(101)),
        range: spec.range.map(|_| key(201)),
    }
}

fn cipher_of(scheme: Scheme, family: u8, tokens: &str, ci: Option<Fold>) -> ColumnCipher {
    let tokens = TokenSpec::by_name(tokens).unwrap();
    let spec = SealSpec {
        family,
        tokens: Some(tokens),
        ci,
        ..spec(scheme)
    };
    let tag = || TagKey(Zeroizing::new(std::array::from_fn(|i| 0x50 + i as u8)));
    let keys = Keys {
        body: key(scheme),
        tag: ci.map(|_| tag()),
        order: None,
        tokens: token_keys(&tokens),
    };
    ColumnCipher::with_keys(keys, &spec, &ENVIRONMENT).unwrap()
}

/// The tokens as they stand in an envelope without a tag.
fn standing(envelope: &[u8]) -> Vec<i64> {
    let count = u16::from_be_bytes([envelope[10], envelope[11]]);
    let bytes = &envelope[12..12 + usize::from(count) * 8];
    let token = |chunk: &[u8]| i64::from_be_bytes(chunk.try_into().unwrap());
    bytes.chunks(8).map(token).collect()
}

/// They lie in databases: never change one.
#[test]
fn frozen_envelopes_with_tokens() {
    let mut found = Vec::new();
    let mut frozen = Vec::new();
    for line in include_str!("../vectors/tokens_v1.txt").lines() {
        if line.starts_with('#') {
            continue;
        }
        let fields: Vec<&str> = line.split(' ').collect();
        let [body, family, tokens, fold, plain, envelope] = fields[..] else {
            unreachable!("{line}")
        };
        let scheme = match body {
            "deterministic" => Scheme::Deterministic,
            _ => Scheme::Random,
        };
        let cipher = cipher_of(scheme, family.parse().unwrap(), tokens, Fold::by_name(fold));
        let value = Canonical::new(bytes(plain));
        let sealed = cipher.seal_with_nonce(&value, [9; 12]);
        assert_eq!(cipher.open(&sealed), Ok(value));
        found.push(hex(&sealed));
        frozen.push(envelope);
    }
    assert_eq!(found, frozen);
    assert_eq!(found.len(), 5);
}

#[test]
fn layout_and_order_of_tokens() {
    let value = Canonical::new(b"abcabc".to_vec());
    let sealed = cipher_of(Scheme::Random, 1, "match=letters;prefix=2", None)
        .seal(&value)
        .unwrap();
    assert_eq!(hex(&sealed[..10]), "fb1204070a0b01020304");
    let tokens = standing(&sealed);
    // ^ab abc bca cab bc$, and a, ab.
    assert_eq!(tokens.len(), 7);
    assert!(tokens.windows(2).all(|pair| pair[0] < pair[1]));
    assert_eq!(sealed.len(), 10 + 2 + 7 * 8 + 12 + 6 + 16);
    assert!(header(&sealed).unwrap().tokens);
}

#[test]
fn what_is_asked_for_is_found_and_kinds_have_keys_of_their_own() {
    let cipher = cipher_of(Scheme::Deterministic, 1, "match=letters;prefix=3", None);
    let spec = cipher.spec().tokens.unwrap();
    let of = |text: &str| {
        let sealed = cipher.seal(&Canonical::new(text.into())).unwrap();
        standing(&sealed)
    };
    let asked = |pattern: &str| {
        let pattern = Pattern::read(pattern, Escape::By('\\'));
        cipher
            .tokens(&spec.needs(&pattern, false).unwrap().fragments)
            .unwrap()
    };
    let has = |text: &str, pattern: &str| {
        let tokens = of(text);
        asked(pattern).iter().all(|token| tokens.contains(token))
    };
    assert!(has("Grace Hopper", "%race%"));
    assert!(has("Grace Hopper", "Gra%"));
    assert!(!has("grace hopper", "Gra%"));
    assert!(!has("Ada", "%race%"));
    // The bytes of `abc` are a trigram and a beginning; their tokens differ.
    assert_eq!(asked("abc%").len(), 1);
    assert_eq!(of("abc").len(), 3 + 3);
}

#[test]
fn tokens_cannot_be_swapped_or_cut() {
    let cipher = cipher_of(Scheme::Random, 3, "range=int8", None);
    let seal = |value: i64| {
        cipher
            .seal(&Canonical::new(value.to_be_bytes().to_vec()))
            .unwrap()
    };
    let (mut one, other) = (seal(1), seal(2));
    one[12..12 + 256].copy_from_slice(&other[12..12 + 256]);
    assert_eq!(cipher.open(&one), Err(OpenError::Damaged));
    let mut counted = seal(1);
    counted[11] -= 1;
    assert_eq!(cipher.open(&counted), Err(OpenError::Damaged));
    counted[10] = 0xFF;
    assert_eq!(cipher.open(&counted), Err(OpenError::Damaged));
    let whole = seal(1);
    for len in 0..whole.len() {
        assert!(cipher.open(&whole[..len]).is_err());
    }
    let plain = super::cipher(&SealSpec {
        family: 3,
        ..spec(Scheme::Random)
    });
    assert_eq!(plain.open(&whole), Err(OpenError::OtherIndex));
    let bare = plain
        .seal(&Canonical::new(1_i64.to_be_bytes().to_vec()))
        .unwrap();
    assert_eq!(cipher.open(&bare), Err(OpenError::OtherIndex));
}

#[test]
fn keys_and_values_that_do_not_fit_are_refused() {
    let tokens = TokenSpec {
        matching: Some(Matching::Exact),
        ..TokenSpec::default()
    };
    let spec = SealSpec {
        tokens: Some(tokens),
        ..spec(Scheme::Random)
    };
    let refused = |tokens: TokenKeys, spec: &SealSpec| {
        let keys = Keys {
            body: key(spec.scheme),
            tag: None,
            order: None,
            tokens,
        };
        ColumnCipher::with_keys(keys, spec, &ENVIRONMENT).err()
    };
    assert_eq!(
        refused(TokenKeys::default(), &spec),
        Some(SpecError::TokenKeys)
    );
    let all = TokenSpec::by_name("match=exact;prefix=1").unwrap();
    assert_eq!(refused(token_keys(&all), &spec), Some(SpecError::TokenKeys));
    assert_eq!(refused(token_keys(&tokens), &spec), None);
    let cipher = cipher_of(Scheme::Random, 1, "match=exact", None);
    let long: String = (0..70_000_u32)
        .map(|i| char::from_u32(0x1_0000 + i).unwrap())
        .collect();
    assert_eq!(
        cipher.seal(&Canonical::new(long.into())),
        Err(SealError::TooManyTokens)
    );
    let cipher = cipher_of(Scheme::Random, 3, "range=int4", None);
    assert_eq!(
        cipher.seal(&Canonical::new(i64::MAX.to_be_bytes().to_vec())),
        Err(SealError::NoTokens)
    );
}

#[test]
fn schemes_with_tokens_come_back_from_their_names() {
    let declared = DeclaredType::parse_name("date").unwrap();
    let mut spec = spec(Scheme::Random);
    spec.tokens = TokenSpec {
        range: Order::of(&declared, None).ok(),
        ..TokenSpec::default()
    }
    .or_none();
    assert_eq!(spec.scheme_name(), "random tokens range=date");
    let layout = SealSpec::parse_scheme(&spec.scheme_name()).unwrap();
    assert_eq!(
        (layout.tokens, layout.scheme),
        (spec.tokens, Scheme::Random)
    );
    for bad in [
        "random tokens",
        "random tokens x=1",
        "deterministic order date tokens range=date",
    ] {
        assert_eq!(SealSpec::parse_scheme(bad), None, "{bad}");
    }
}
