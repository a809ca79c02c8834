//! Shares: frozen ones that must always open, all subsets, and what is mistyped, mixed up or too few.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use super::*;

const SPLIT: Split = Split {
    set: [0x3f, 0x9a, 0x1c, 0x22, 0xe0, 0xb7, 0xd5, 0x14],
    threshold: 3,
    count: 5,
};

fn secret() -> Secret<32> {
    let mut bytes = Zeroizing::new([0; 32]);
    for (place, byte) in bytes.iter_mut().zip(0_u8..) {
        *place = byte.wrapping_mul(7).wrapping_add(1);
    }
    Secret::new(bytes)
}

/// Multiplication in GF(2^8) modulo x^8+x^4+x^3+x^2+1, bit by bit: independent of the crate's tables.
fn times(mut a: u8, mut b: u8) -> u8 {
    let mut out = 0;
    while b > 0 {
        if b & 1 == 1 {
            out ^= a;
        }
        a = a << 1 ^ if a & 0x80 == 0 { 0 } else { 0x1d };
        b >>= 1;
    }
    out
}

/// A share at `x` of the secret under coefficients that are known: `s + a·x + b·x²`.
fn at(x: u8) -> Share {
    let mut plain = secret().expose_secret().to_vec();
    plain.extend_from_slice(&sum(b"sealwire backup secret\0", secret().expose_secret()));
    let bytes = plain
        .iter()
        .zip(0_u8..)
        .map(|(byte, place)| {
            let (a, b) = (
                place.wrapping_mul(29).wrapping_add(3),
                place.wrapping_mul(53) ^ 0xA5,
            );
            byte ^ times(a, x) ^ times(b, times(x, x))
        })
        .collect();
    Share {
        split: SPLIT,
        index: x,
        bytes: Zeroizing::new(bytes),
    }
}

#[test]
fn every_three_of_five_bring_it_back_and_two_do_not() {
    let shares = split(&secret(), SPLIT).unwrap();
    for a in 0..5 {
        for b in 0..5 {
            let two = [shares[a].clone(), shares[b].clone()];
            assert!(matches!(
                join(SPLIT, &two),
                Err(KeyError::SharesTooFew { need: 3, .. })
            ));
            for c in 0..5 {
                let three = [shares[a].clone(), shares[b].clone(), shares[c].clone()];
                if a != b && b != c && a != c {
                    assert!(join(SPLIT, &three).unwrap() == secret());
                } else {
                    assert!(join(SPLIT, &three).is_err());
                }
            }
        }
    }
    assert!(join(SPLIT, &shares).unwrap() == secret());
}

#[test]
fn frozen_shares_open() {
    // Computed by the formula of the page on recovering, not by the crate.
    for three in [[1, 2, 3], [5, 1, 4], [2, 4, 5]] {
        let shares = three.map(at);
        assert!(join(SPLIT, &shares).unwrap() == secret());
    }
    let frozen = include_str!("vectors.txt");
    let shares: Vec<Share> = frozen
        .split("\n\n")
        .filter(|page| page.contains("SW1-"))
        .map(|page| Share::parse(page).unwrap())
        .collect();
    assert_eq!(shares.len(), 5);
    for (share, x) in shares.iter().zip(1..) {
        assert_eq!(share.index(), x);
        assert_eq!(*share.code(), *at(x).code());
    }
    assert!(join(SPLIT, &shares[1..4]).unwrap() == secret());
}

#[test]
fn a_code_reads_back_however_it_is_typed() {
    let share = at(4);
    let code = share.code();
    for typed in [
        code.to_string(),
        code.to_lowercase(),
        code.replace('0', "O")
            .replace('1', "l")
            .replacen("SWl", "SW1", 1),
        code.replace('-', " ").replacen("SW1 ", "SW1-", 1),
        format!(
            "Share 4 of 5\nkeep it safe\n\n{}\n\nprinted on Monday",
            *code
        ),
        code.replace('\n', "-"),
    ] {
        let read = Share::parse(&typed).unwrap();
        assert_eq!((read.index(), read.split()), (4, SPLIT));
        assert_eq!(*read.code(), *code);
    }
}

#[test]
fn what_is_mistyped_is_found_out() {
    let code = at(2).code().to_string();
    let digits: Vec<usize> = (PREFIX.len()..code.len())
        .filter(|at| code.as_bytes()[*at].is_ascii_alphanumeric())
        .collect();
    for at in &digits {
        let mut typed = code.clone().into_bytes();
        typed[*at] = if typed[*at] == b'7' { b'8' } else { b'7' };
        let typed = String::from_utf8(typed).unwrap();
        assert!(
            matches!(
                Share::parse(&typed),
                Err(KeyError::ShareMistyped | KeyError::ShareMalformed)
            ),
            "{typed}"
        );
    }
    for typed in [
        "",
        "SW1",
        "SW2-00000",
        "nothing here",
        &code[..code.len() - 3],
    ] {
        assert!(Share::parse(typed).is_err(), "{typed}");
    }
}

#[test]
fn shares_of_two_backups_are_not_mixed() {
    let other = Split {
        set: [9; 8],
        ..SPLIT
    };
    let mut shares = split(&secret(), SPLIT).unwrap();
    let mut others = split(&secret(), other).unwrap();
    let mixed = [shares.remove(0), shares.remove(0), others.remove(0)];
    assert!(matches!(
        join(SPLIT, &mixed),
        Err(KeyError::ShareOfAnother { index: 1, .. })
    ));
    // The same name and another polynomial: the checksum finds it out.
    let again = split(&secret(), SPLIT).unwrap();
    let mixed = [shares.remove(0), shares.remove(0), again[0].clone()];
    assert!(matches!(join(SPLIT, &mixed), Err(KeyError::SharesDisagree)));
}

#[test]
fn numbers_that_make_no_sense_are_refused() {
    for (threshold, count) in [(0, 3), (1, 3), (4, 3), (2, 33), (2, 1)] {
        assert!(
            Split::new(threshold, count).is_err(),
            "{threshold} of {count}"
        );
    }
    assert!(Split::new(2, 2).is_ok() && Split::new(32, 32).is_ok());
}

#[test]
fn a_share_cannot_be_printed() {
    let share = at(3);
    let printed = format!("{share:?}");
    assert_eq!(printed, "Share(3 of 5, …)");
}
