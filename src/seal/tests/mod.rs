//! Tests of the room, sealing and opening: published vectors, frozen envelopes, properties.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use aes_siv::KeyInit;
use aes_siv::siv::{Aes128Siv, Aes256Siv};
use proptest::prelude::*;
use zeroize::Zeroizing;

use super::*;
use crate::value::{Canonical, Fold, NoFold};

mod ordered;
mod subjects;
mod tokens;

const ENVIRONMENT: [u8; 16] = *b"environment sixt";

fn bytes(hex: &str) -> Vec<u8> {
    if hex == "-" {
        return Vec::new();
    }
    assert_eq!(hex.len() % 2, 0);
    (0..hex.len())
        .step_by(2)
        .map(|i| u8::from_str_radix(&hex[i..i + 2], 16).unwrap())
        .collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn spec(scheme: Scheme) -> SealSpec {
    SealSpec {
        domain: 0x0102_0304,
        slot: 7,
        epoch: 0x0A0B,
        scheme,
        family: 1,
        pad: None,
        ci: None,
        order: None,
        tokens: None,
    }
}

fn key(scheme: Scheme) -> ColumnKey {
    match scheme {
        Scheme::Deterministic => ColumnKey::Siv(Zeroizing::new(std::array::from_fn(|i| i as u8))),
        Scheme::Random => {
            ColumnKey::Random(Zeroizing::new(std::array::from_fn(|i| 0xA0 ^ i as u8)))
        }
        Scheme::Subject => subjects::key(),
    }
}

fn cipher_in(spec: &SealSpec, environment: &[u8; 16]) -> ColumnCipher {
    ColumnCipher::new(key(spec.scheme), spec, environment).unwrap()
}

fn cipher(spec: &SealSpec) -> ColumnCipher {
    cipher_in(spec, &ENVIRONMENT)
}

const SCHEMES: [Scheme; 2] = [Scheme::Deterministic, Scheme::Random];

#[test]
fn rfc_5297_vectors() {
    // A.1
    let key: [u8; 32] = bytes("fffefdfcfbfaf9f8f7f6f5f4f3f2f1f0f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff")
        .try_into()
        .unwrap();
    let sealed = Aes128Siv::new(&key.into())
        .encrypt(
            [bytes("101112131415161718191a1b1c1d1e1f2021222324252627")],
            &bytes("112233445566778899aabbccddee"),
        )
        .unwrap();
    assert_eq!(
        hex(&sealed),
        "85632d07c6e8f37f950acd320a2ecc9340c02b9690c4dc04daef7f6afe5c"
    );
    // A.2
    let key: [u8; 32] = bytes("7f7e7d7c7b7a79787776757473727170404142434445464748494a4b4c4d4e4f")
        .try_into()
        .unwrap();
    let sealed = Aes128Siv::new(&key.into())
        .encrypt(
            [
                bytes(
                    "00112233445566778899aabbccddeeffdeaddadadeaddadaffeeddccbbaa99887766554433221100",
                ),
                bytes("102030405060708090a0"),
                bytes("09f911029d74e35bd84156c5635688c0"),
            ],
            &bytes(
                "7468697320697320736f6d6520706c61696e7465787420746f20656e6372797074207573696e67205349562d414553",
            ),
        )
        .unwrap();
    assert_eq!(
        hex(&sealed),
        "7bdb6e3b432667eb06f4d14bff2fbd0fcb900f2fddbe404326601965c889bf17dba77ceb094fa663b7a3f748ba8af829ea64ad544a272e9c485b62a3fd5c0d"
    );
}

#[test]
fn wycheproof_vectors() {
    let mut seen = 0;
    for line in include_str!("../vectors/wycheproof_aes_siv_cmac.txt").lines() {
        if line.starts_with('#') {
            continue;
        }
        let fields: Vec<&str> = line.split(' ').collect();
        let [id, key, aad, msg, ct, result] = fields[..] else {
            unreachable!("{line}")
        };
        let key: [u8; 64] = bytes(key).try_into().unwrap();
        let mut siv = Aes256Siv::new(&key.into());
        let opened = siv.decrypt([bytes(aad)], &bytes(ct));
        match result {
            "valid" => {
                assert_eq!(hex(&opened.unwrap()), hex(&bytes(msg)), "{id}");
                let sealed = siv.encrypt([bytes(aad)], &bytes(msg)).unwrap();
                assert_eq!(hex(&sealed), ct, "{id}");
            }
            _ => assert!(opened.is_err(), "{id}"),
        }
        seen += 1;
    }
    assert!(seen > 20);
}

/// One canonical sample for each family number, arrays (0x80 added) among them: the numbers are opaque here.
fn frozen_inputs() -> Vec<(u8, Scheme, Option<u32>, Vec<u8>)> {
    let mut inputs = Vec::new();
    for family in (1..=24).chain([0x81, 0x82, 0x83]) {
        for scheme in SCHEMES {
            let plain = format!("family {family}").into_bytes();
            inputs.push((family, scheme, None, plain));
        }
    }
    for scheme in SCHEMES {
        inputs.push((1, scheme, None, Vec::new()));
        inputs.push((1, scheme, Some(16), b"short".to_vec()));
        inputs.push((1, scheme, Some(16), b"sixteen bytes ok".to_vec()));
        inputs.push((2, scheme, None, 42i64.to_be_bytes().to_vec()));
    }
    inputs
}

/// The format is a contract: an envelope that was made once must open for ever. The file is never edited,
/// only added to.
#[test]
fn frozen_envelopes() {
    let frozen = include_str!("../vectors/envelopes_v1.txt");
    let mut lines = frozen.lines().filter(|line| !line.starts_with('#'));
    for (family, scheme, pad, plain) in frozen_inputs() {
        let mut spec = spec(scheme);
        spec.family = family;
        spec.pad = pad;
        let cipher = cipher(&spec);
        let value = Canonical::new(plain.clone());
        let envelope = cipher.seal_with_nonce(&value, *b"twelve bytes");
        let line = format!(
            "{family} {scheme:?} {} {} {}",
            pad.unwrap_or(0),
            if plain.is_empty() {
                "-".to_owned()
            } else {
                hex(&plain)
            },
            hex(&envelope)
        );
        assert_eq!(lines.next(), Some(line.as_str()));
        assert!(cipher.open(&envelope).unwrap() == value);
    }
    assert_eq!(lines.next(), None);
}

#[test]
fn layout_is_as_designed() {
    let value = Canonical::new(b"ada@example.org".to_vec());
    let sealed = cipher(&spec(Scheme::Deterministic)).seal(&value).unwrap();
    assert_eq!(sealed.len(), 15 + 26);
    assert_eq!(hex(&sealed[..10]), "fb1100070a0b01020304");
    let sealed = cipher(&spec(Scheme::Random)).seal(&value).unwrap();
    assert_eq!(sealed.len(), 15 + 38);
    assert_eq!(hex(&sealed[..10]), "fb1200070a0b01020304");
    assert_eq!(
        header(&sealed),
        Ok(Header {
            ordered: false,
            tagged: false,
            tokens: false,
            scheme: Scheme::Random,
            slot: 7,
            epoch: 0x0A0B,
            domain: 0x0102_0304
        })
    );
}

#[test]
fn the_associated_data_binds_every_part() {
    for scheme in SCHEMES {
        let base = spec(scheme);
        let sealed = cipher(&base)
            .seal(&Canonical::new(b"value".to_vec()))
            .unwrap();
        let mut other = base.clone();
        other.family = 2;
        assert_eq!(cipher(&other).open(&sealed).err(), Some(OpenError::Damaged));
        let other_environment = cipher_in(&base, &[9; 16]);
        assert_eq!(
            other_environment.open(&sealed).err(),
            Some(OpenError::Damaged)
        );
        // A header that is rewritten to fit another column does not help: same key, other domain.
        let mut moved = sealed.clone();
        moved[9] ^= 1;
        let mut other = base.clone();
        other.domain ^= 1;
        assert_eq!(
            cipher(&other).open(&sealed).err(),
            Some(OpenError::OtherDomain {
                expected: other.domain,
                found: base.domain
            })
        );
        assert_eq!(cipher(&other).open(&moved).err(), Some(OpenError::Damaged));
        let mut moved = sealed.clone();
        moved[5] ^= 1;
        let mut other = base.clone();
        other.epoch ^= 1;
        assert_eq!(
            cipher(&other).open(&sealed).err(),
            Some(OpenError::OtherEpoch {
                expected: other.epoch,
                found: base.epoch
            })
        );
        assert_eq!(cipher(&other).open(&moved).err(), Some(OpenError::Damaged));
        let mut moved = sealed.clone();
        moved[3] ^= 1;
        let mut other = base.clone();
        other.slot ^= 1;
        assert_eq!(
            cipher(&other).open(&sealed).err(),
            Some(OpenError::OtherSlot {
                expected: other.slot,
                found: base.slot
            })
        );
        assert_eq!(cipher(&other).open(&moved).err(), Some(OpenError::Damaged));
    }
}

#[test]
fn what_is_reserved_is_named() {
    let mut sealed = cipher(&spec(Scheme::Deterministic))
        .seal(&Canonical::new(vec![0; 40]))
        .unwrap();
    let mut answer = |at: usize, byte: u8| {
        let was = std::mem::replace(&mut sealed[at], byte);
        let answer = header(&sealed).err();
        sealed[at] = was;
        answer
    };
    for (flag, what) in [(8, "an equality tag"), (16, "an unknown index")] {
        assert_eq!(answer(2, flag), Some(OpenError::Unsupported { what }));
        assert_eq!(answer(2, flag | 2), Some(OpenError::Unsupported { what }));
    }
    assert_eq!(
        answer(1, 0x1F),
        Some(OpenError::Unsupported {
            what: "an unknown body"
        })
    );
    assert_eq!(
        answer(1, 0x21),
        Some(OpenError::UnknownVersion { found: 2 })
    );
    assert_eq!(answer(0, b'a'), Some(OpenError::NotAnEnvelope));
    assert_eq!(header(b""), Err(OpenError::NotAnEnvelope));
    assert_eq!(
        header(b"plain text, and long enough"),
        Err(OpenError::NotAnEnvelope)
    );
    assert_eq!(header(&sealed[..25]), Err(OpenError::Damaged));
}

#[test]
fn schemes_do_not_mix() {
    let random = spec(Scheme::Random);
    assert_eq!(
        ColumnCipher::new(key(Scheme::Deterministic), &random, &ENVIRONMENT).err(),
        Some(SpecError::KeyOfOtherScheme)
    );
    let sealed = cipher(&random)
        .seal(&Canonical::new(b"v".to_vec()))
        .unwrap();
    assert_eq!(
        cipher(&spec(Scheme::Deterministic)).open(&sealed).err(),
        Some(OpenError::OtherScheme)
    );
    let mut padded = spec(Scheme::Random);
    padded.pad = Some(0);
    assert_eq!(
        ColumnCipher::new(key(Scheme::Random), &padded, &ENVIRONMENT).err(),
        Some(SpecError::PadOfZero)
    );
}

#[test]
fn many_threads_share_a_cipher() {
    let cipher = cipher(&spec(Scheme::Deterministic));
    let expected = cipher.seal(&Canonical::new(b"shared".to_vec())).unwrap();
    std::thread::scope(|scope| {
        for _ in 0..12 {
            scope.spawn(|| {
                for _ in 0..200 {
                    let sealed = cipher.seal(&Canonical::new(b"shared".to_vec())).unwrap();
                    assert_eq!(sealed, expected);
                    assert_eq!(cipher.open(&sealed).unwrap().expose_plaintext(), b"shared");
                }
            });
        }
    });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn opened_is_what_was_sealed(
        plain in proptest::collection::vec(any::<u8>(), 0..200),
        pad in proptest::option::of(1u32..70),
        random in any::<bool>(),
    ) {
        let mut spec = spec(if random { Scheme::Random } else { Scheme::Deterministic });
        spec.pad = pad;
        let cipher = cipher(&spec);
        let value = Canonical::new(plain.clone());
        let sealed = cipher.seal(&value).unwrap();
        prop_assert!(cipher.open(&sealed).unwrap() == value);
        prop_assert_eq!(cipher.seal(&value).unwrap() == sealed, !random);
        let body = sealed.len() - spec.scheme.overhead();
        match pad {
            None => prop_assert_eq!(body, plain.len()),
            Some(step) => prop_assert!(
                body.is_multiple_of(step as usize) && body > plain.len() && body <= plain.len() + step as usize
            ),
        }
    }

    #[test]
    fn any_flipped_bit_is_noticed(
        plain in proptest::collection::vec(any::<u8>(), 0..60),
        at in any::<proptest::sample::Index>(),
        bit in 0u8..8,
        random in any::<bool>(),
        pad in proptest::option::of(1u32..20),
    ) {
        let mut spec = spec(if random { Scheme::Random } else { Scheme::Deterministic });
        spec.pad = pad;
        let cipher = cipher(&spec);
        let mut sealed = cipher.seal(&Canonical::new(plain)).unwrap();
        let at = at.index(sealed.len());
        sealed[at] ^= 1 << bit;
        prop_assert!(cipher.open(&sealed).is_err());
        sealed[at] ^= 1 << bit;
        for cut in 0..sealed.len() {
            prop_assert!(cipher.open(&sealed[..cut]).is_err());
        }
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
        let _ = header(&bytes);
        for scheme in SCHEMES {
            let mut spec = spec(scheme);
            spec.pad = Some(8);
            prop_assert!(cipher(&spec).open(&bytes).is_err());
        }
    }
}

fn tagged(scheme: Scheme, fold: Fold) -> ColumnCipher {
    let spec = SealSpec {
        ci: Some(fold),
        ..spec(scheme)
    };
    let tag = TagKey(Zeroizing::new(std::array::from_fn(|i| 0x50 + i as u8)));
    let keys = Keys {
        body: key(scheme),
        tag: Some(tag),
        order: None,
        tokens: TokenKeys::default(),
    };
    ColumnCipher::with_keys(keys, &spec, &ENVIRONMENT).unwrap()
}

/// Envelopes with a case-insensitive tag. Never change one: they lie in databases.
#[test]
fn frozen_envelopes_with_a_tag() {
    let value = Canonical::new("Ada@Example.COM".as_bytes().to_vec());
    let layouts = [
        (Scheme::Deterministic, Fold::Both),
        (Scheme::Deterministic, Fold::Upper),
        (Scheme::Random, Fold::Ascii),
        (Scheme::Random, Fold::Lower),
    ];
    let mut made = Vec::new();
    for (scheme, fold) in layouts {
        let cipher = tagged(scheme, fold);
        let envelope = cipher.seal_with_nonce(&value, [7; 12]);
        assert_eq!(envelope.len(), cipher.spec().overhead() + 15);
        assert_eq!(cipher.open(&envelope), Ok(value.clone()));
        let form = fold.stored(value.expose_plaintext()).unwrap();
        assert_eq!(
            envelope[HEADER_LEN..HEADER_LEN + TAG_LEN],
            cipher.tag(&form).unwrap()
        );
        made.push(hex(&envelope));
    }
    // Made by another implementation, too (HMAC, AES-SIV and AES-GCM-SIV of OpenSSL).
    assert_eq!(
        made,
        [
            "fb1102070a0b01020304f4009ea3726324b351ca19a9a231851ec68e69f532ba859809190f5ae6752b252dc41faea16268ae615f5a308df968",
            "fb1102070a0b0102030441a47ab69215727832923adf826c026a446bc8efb2dc26b4cf60e88243f89d51684245750aa837395c2c230aa0e7a1",
            "fb1202070a0b01020304306b2f5df6b7e725713ca4605dfe4fd3070707070707070707070707e2cd03081b550df84d3537b17361136122fcb5fd8034ff302aaaac28258e50",
            "fb1202070a0b01020304cf4acc69ece867621f04c6f08211d2d00707070707070707070707074694661c58d0d7ef4631620ae3d3f6dae722d477cf6d34e042b947948debc9",
        ]
    );
}

#[test]
fn a_tag_belongs_to_its_envelope() {
    for scheme in SCHEMES {
        let cipher = tagged(scheme, Fold::Both);
        let seal = |text: &str| cipher.seal(&Canonical::new(text.as_bytes().to_vec()));
        let (one, same, other) = (
            seal("Ab").unwrap(),
            seal("aB").unwrap(),
            seal("xy").unwrap(),
        );
        let index = HEADER_LEN..HEADER_LEN + TAG_LEN;
        assert_eq!(one[index.clone()], same[index.clone()]);
        assert_ne!(one[index.clone()], other[index.clone()]);
        let mut swapped = one.clone();
        swapped[index.clone()].copy_from_slice(&other[index]);
        assert_eq!(cipher.open(&swapped), Err(OpenError::Damaged));
        // A plain cipher of the same column takes none with a tag, and the other way round.
        let bare = self::cipher(&spec(scheme));
        assert_eq!(bare.open(&one), Err(OpenError::OtherIndex));
        let long = bare.seal(&Canonical::new(vec![b'x'; 40])).unwrap();
        assert_eq!(cipher.open(&long), Err(OpenError::OtherIndex));
        // What lower() and upper() treat unlike is not sealed, and nothing of it stays behind.
        let mut out = b"before".to_vec();
        let refused = cipher.seal_into(&Canonical::new("ς".into()), &mut out);
        assert_eq!(
            (refused, out.as_slice()),
            (Err(SealError::NoFold(NoFold::Unlike)), b"before".as_slice())
        );
    }
    let spec = SealSpec {
        ci: Some(Fold::Both),
        ..spec(Scheme::Random)
    };
    let made = ColumnCipher::new(key(Scheme::Random), &spec, &ENVIRONMENT);
    assert_eq!(made.err(), Some(SpecError::TagKey));
}
