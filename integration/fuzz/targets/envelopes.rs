//! Envelopes: what was sealed opens as it was, and nothing else opens.

use std::sync::{Arc, LazyLock};

use sealwire::seal::{
    ColumnCipher, FIRST_BYTE, HEADER_LEN, Header, Scheme, SealSpec, header, order_bytes,
};
use sealwire::value::{Canonical, Fold, Matching, Order, TokenSpec};

use super::input::Input;
use super::keys::KEYRING;

const PLAIN: SealSpec = SealSpec {
    domain: 1,
    slot: 0,
    epoch: 1,
    scheme: Scheme::Deterministic,
    family: 1,
    pad: None,
    ci: None,
    order: None,
    tokens: None,
};

/// One cipher of each layout, each of a domain of its own.
static CIPHERS: LazyLock<Vec<Arc<ColumnCipher>>> = LazyLock::new(|| {
    let random = SealSpec {
        scheme: Scheme::Random,
        ..PLAIN
    };
    let tokens = Some(TokenSpec {
        matching: Some(Matching::Letters),
        prefix: Some(4),
        range: None,
    });
    let layouts = [
        PLAIN,
        random.clone(),
        SealSpec {
            pad: Some(16),
            ..PLAIN
        },
        SealSpec {
            pad: Some(32),
            ..random.clone()
        },
        SealSpec {
            ci: Some(Fold::Lower),
            ..PLAIN
        },
        SealSpec {
            order: Some(Order::Text { max: 40 }),
            ..PLAIN
        },
        SealSpec {
            order: Some(Order::Text { max: 40 }),
            ci: Some(Fold::Ascii),
            ..PLAIN
        },
        SealSpec {
            tokens,
            ..random.clone()
        },
        SealSpec { tokens, ..PLAIN },
        SealSpec {
            tokens,
            ci: Some(Fold::Both),
            pad: Some(8),
            ..random
        },
        SealSpec {
            order: Some(Order::Int8),
            family: 3,
            ..PLAIN
        },
    ];
    (1..)
        .zip(layouts)
        .map(|(domain, layout)| KEYRING.cipher(&SealSpec { domain, ..layout }).unwrap())
        .collect()
});

/// A byte chooses the layout, three how an envelope is changed; the rest is the value, and an envelope of a stranger.
pub fn run(data: &[u8]) {
    let mut input = Input(data);
    let which = usize::from(input.byte()) % CIPHERS.len();
    let how = input.byte();
    let place = u16::from_be_bytes([input.byte(), input.byte()]);
    let data = input.rest();
    let cipher = &CIPHERS[which];
    stranger(cipher, data);
    // A header of this column in front of it: the body is looked at, and does not open either.
    let value = Canonical::new(data.to_vec());
    let Ok(envelope) = cipher.seal(&value) else {
        return;
    };
    assert_eq!(cipher.open(&envelope).unwrap(), value, "opened");
    if cipher.spec().scheme == Scheme::Deterministic {
        assert_eq!(cipher.seal(&value).unwrap(), envelope, "sealed twice");
    }
    let found = header(&envelope).unwrap();
    assert_eq!(found.domain, cipher.spec().domain);
    if cipher.spec().order.is_some() {
        assert!(order_bytes(&envelope, cipher.spec()).is_some());
    }
    stranger(cipher, &[&envelope[..HEADER_LEN], data].concat());
    for (at, other) in CIPHERS.iter().enumerate() {
        assert!(
            at == which || other.open(&envelope).is_err(),
            "another column's"
        );
    }
    assert!(
        cipher.open(&changed(&envelope, how, place)).is_err(),
        "changed"
    );
}

/// Bytes that were not sealed here do not open; those that do are a deterministic envelope to the letter.
fn stranger(cipher: &ColumnCipher, data: &[u8]) {
    if let Ok(found) = header(data) {
        assert_eq!(Header::to_bytes(found), data[..HEADER_LEN], "the header");
        assert_eq!(data.first(), Some(&FIRST_BYTE));
        assert!(std::str::from_utf8(data).is_err(), "an envelope is no text");
    }
    if let Ok(value) = cipher.open(data) {
        assert_eq!(cipher.spec().scheme, Scheme::Deterministic);
        assert_eq!(
            cipher.seal(&value).unwrap(),
            data,
            "opened, and was not sealed"
        );
    }
}

/// Another envelope than this one.
fn changed(envelope: &[u8], how: u8, place: u16) -> Vec<u8> {
    let mut other = envelope.to_vec();
    let at = usize::from(place) % other.len();
    match how % 8 {
        0..=3 => other[at] ^= 1 << (how >> 4 & 7),
        4 => other.truncate(at),
        5 => other.push(how),
        6 => {
            other.remove(at);
        }
        _ => other.insert(at, how),
    }
    if other == envelope {
        other.clear();
    }
    other
}
