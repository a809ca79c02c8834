//! The vectors of RFC 7677, and properties of both sides against each other.

#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::num::NonZeroU32;

use proptest::prelude::*;

use super::client::{Begun, ClientError, Proving, Secret};
use super::server::{ClientFirst, ServerError, mechanisms};
use super::{PLAIN, PLUS, Verifier, prepared};
use crate::auth::credential::{Password, ScramKeys};

const ITERATIONS: NonZeroU32 = NonZeroU32::new(4096).unwrap();
const FEW: NonZeroU32 = NonZeroU32::new(2).unwrap();

fn offered() -> Vec<&'static [u8]> {
    vec![PLUS.as_bytes(), PLAIN.as_bytes()]
}

fn initial(mechanism: &str, message: &str) -> Vec<u8> {
    let length = u32::try_from(message.len()).unwrap().to_be_bytes();
    [mechanism.as_bytes(), b"\0", &length, message.as_bytes()].concat()
}

/// RFC 7677, section 3.
#[test]
fn the_vector_of_the_rfc() {
    let salt = super::decode("W22ZaJ0SNY7soEsUEjb6gQ==").unwrap();
    let password = Password::new(b"pencil".to_vec());
    let (begun, first) = Begun::with_nonce(
        &[PLAIN.as_bytes()],
        None,
        "user",
        "rOprNGfwEbeRWgbNEkqO".to_owned(),
    )
    .unwrap();
    assert!(first.ends_with(b"n,,n=user,r=rOprNGfwEbeRWgbNEkqO"));
    let verifier = Verifier::of(b"pencil", salt, ITERATIONS);
    let (challenge, challenged) = ClientFirst::read(&first, None).unwrap().challenge(
        verifier,
        false,
        "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0",
    );
    assert_eq!(
        challenge,
        "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"
    );
    let (proving, last) = begun
        .prove(challenge.as_bytes(), &Secret::Password(&password))
        .unwrap();
    assert_eq!(
        last,
        "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="
    );
    let proved = challenged.prove(last.as_bytes()).unwrap();
    assert_eq!(
        proved.answer,
        "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="
    );
    proving.finish(proved.answer.as_bytes()).unwrap();
}

/// `password_encryption = scram-sha-256`, `create role … password 'foo'`: PostgreSQL's own regression test has it.
#[test]
fn verifiers_are_those_of_the_server() {
    let text = "SCRAM-SHA-256$4096:c2FsdHNhbHRzYWx0c2FsdA==$";
    let verifier = Verifier::of(b"foo", b"saltsaltsaltsalt".to_vec(), ITERATIONS);
    let stored = verifier.stored_form();
    assert!(stored.starts_with(text), "{stored}");
    assert_eq!(stored.parse::<Verifier>().unwrap(), verifier);
    assert_eq!(format!("{verifier:?}"), "Verifier(…)");
}

#[test]
fn what_is_no_verifier_is_told_so() {
    let good = Verifier::of(b"x", vec![1; 16], FEW).stored_form();
    for wrong in [
        "",
        "x",
        "md5c1ab5f1e3c1ab5f1e3c1ab5f1e3c1ab5f",
        "SCRAM-SHA-256$0:AAAA$AAAA:AAAA",
        &good.replace("256$2:", "256$0:"),
        &good.replace("256$2:", "256$-1:"),
        &format!("{good}$"),
        &good[..good.len() - 5],
        &good.replace("SHA-256", "SHA-1"),
    ] {
        assert!(wrong.parse::<Verifier>().is_err(), "{wrong}");
    }
}

/// The examples of RFC 4013, section 3, and what PostgreSQL does with those that may not be.
#[test]
fn passwords_are_prepared_as_the_server_does() {
    for (given, expected) in [
        ("I\u{ad}X", "IX"),
        ("user", "user"),
        ("USER", "USER"),
        ("\u{aa}", "a"),
        ("\u{2168}", "IX"),
        // Prohibited, or of both directions: as it is.
        ("\u{7}", "\u{7}"),
        ("\u{627}1", "\u{627}1"),
        // Nothing would be left.
        ("\u{ad}", "\u{ad}"),
        ("a\u{a0}b", "a b"),
    ] {
        assert_eq!(prepared(given.as_bytes()).as_slice(), expected.as_bytes());
    }
    assert_eq!(prepared(b"\xff").as_slice(), b"\xff");
}

fn exchange(
    password: &str,
    verifier: Verifier,
    end_point: Option<&[u8]>,
) -> Result<(ScramKeys, Proving, String), ServerError> {
    let password = Password::new(password.as_bytes().to_vec());
    let names: Vec<&[u8]> = mechanisms(end_point)
        .iter()
        .map(|name| name.as_bytes())
        .collect();
    let (begun, first) = Begun::new(&names, end_point).unwrap();
    let (challenge, challenged) =
        ClientFirst::read(&first, end_point)?.challenge(verifier, false, "server");
    let (proving, last) = begun
        .prove(challenge.as_bytes(), &Secret::Password(&password))
        .unwrap();
    let proved = challenged.prove(last.as_bytes())?;
    Ok((proved.keys, proving, proved.answer))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// The right password gets in, both sides prove themselves, and the keys of the proof log in again wherever the
    /// same verifier is, and nowhere else.
    #[test]
    fn the_keys_of_a_proof_open_the_same_verifier(
        password in "\\PC{1,12}", salt in prop::collection::vec(any::<u8>(), 1..20), bound in any::<bool>(),
    ) {
        let verifier = Verifier::of(password.as_bytes(), salt.clone(), FEW);
        let end_point = bound.then_some(&b"hash"[..]);
        let (keys, proving, answer) = exchange(&password, verifier.clone(), end_point).unwrap();
        proving.finish(answer.as_bytes()).unwrap();
        prop_assert_eq!(proving.finish(b"v=AAAA"), Err(ClientError::Server));

        let (begun, first) = Begun::new(&offered(), Some(b"other")).unwrap();
        let (challenge, challenged) =
            ClientFirst::read(&first, Some(b"other")).unwrap().challenge(verifier, false, "again");
        let (proving, last) = begun.prove(challenge.as_bytes(), &Secret::Keys(&keys)).unwrap();
        let proved = challenged.prove(last.as_bytes()).unwrap();
        proving.finish(proved.answer.as_bytes()).unwrap();

        let mut other_salt = salt;
        other_salt.push(0);
        let other = Verifier::of(password.as_bytes(), other_salt, FEW);
        let (begun, first) = Begun::new(&offered(), None).unwrap();
        let (challenge, _) = ClientFirst::read(&first, None).unwrap().challenge(other, false, "x");
        let refused = begun.prove(challenge.as_bytes(), &Secret::Keys(&keys)).err();
        prop_assert_eq!(refused, Some(ClientError::VerifierDiffers));
    }

    /// Another password does not.
    #[test]
    fn a_wrong_password_is_refused(right in "[a-z]{1,8}", wrong in "[a-z]{1,8}") {
        prop_assume!(right != wrong);
        let verifier = Verifier::of(right.as_bytes(), vec![7; 16], FEW);
        prop_assert_eq!(exchange(&wrong, verifier, None).err(), Some(ServerError::Refused));
    }

    /// No single changed byte of the last message is taken.
    #[test]
    fn a_changed_message_is_refused(at in 0_usize..120, flip in 1_u8..=255) {
        let password = Password::new(b"pencil".to_vec());
        let verifier = Verifier::of(b"pencil", vec![7; 16], FEW);
        let (begun, first) = Begun::new(&offered(), Some(b"hash")).unwrap();
        let (challenge, challenged) =
            ClientFirst::read(&first, Some(b"hash")).unwrap().challenge(verifier, false, "server");
        let (_, last) = begun.prove(challenge.as_bytes(), &Secret::Password(&password)).unwrap();
        let mut bytes = last.into_bytes();
        let at = at % bytes.len();
        if let Some(byte) = bytes.get_mut(at) {
            *byte ^= flip;
        }
        prop_assert!(challenged.prove(&bytes).is_err());
    }

    /// Whatever a client sends, it is an answer or an error.
    #[test]
    fn nothing_panics(first in prop::collection::vec(any::<u8>(), 0..80), last in prop::collection::vec(any::<u8>(), 0..80)) {
        let _ = ClientFirst::read(&first, Some(b"hash"));
        let sent = initial(PLAIN, "n,,n=,r=abc");
        let verifier = Verifier::of(b"x", vec![7; 16], FEW);
        let (_, challenged) = ClientFirst::read(&sent, None).unwrap().challenge(verifier, false, "s");
        prop_assert!(challenged.prove(&last).is_err());
        let (begun, _) = Begun::new(&offered(), None).unwrap();
        let password = Password::new(vec![1]);
        prop_assert!(begun.prove(&last, &Secret::Password(&password)).is_err());
    }
}

#[test]
fn a_downgrade_and_a_wrong_binding_are_refused() {
    let read = |mechanism, message: &str, end_point| {
        ClientFirst::read(&initial(mechanism, message), end_point).err()
    };
    let ours = Some(&b"hash"[..]);
    assert_eq!(
        read(PLAIN, "y,,n=,r=abc", ours),
        Some(ServerError::Downgrade)
    );
    assert_eq!(read(PLAIN, "y,,n=,r=abc", None), None);
    assert_eq!(read(PLAIN, "n,,n=,r=abc", ours), None);
    for (mechanism, message, end_point) in [
        (PLUS, "p=tls-server-end-point,,n=,r=abc", None),
        (PLUS, "n,,n=,r=abc", ours),
        (PLUS, "y,,n=,r=abc", ours),
        (PLUS, "p=tls-unique,,n=,r=abc", ours),
        (PLAIN, "p=tls-server-end-point,,n=,r=abc", ours),
        ("SCRAM-SHA-1", "n,,n=,r=abc", ours),
        (PLAIN, "n,a=ann,n=,r=abc", None),
        (PLAIN, "n,,m=x,n=,r=abc", None),
        (PLAIN, "n,,n=,r=", None),
        (PLAIN, "n,,n=,r=a\u{e9}", None),
        (PLAIN, "n,,r=abc", None),
        (PLAIN, "n,,", None),
        (PLAIN, "n", None),
        (PLAIN, "", None),
    ] {
        let refused = read(mechanism, message, end_point);
        assert!(
            matches!(refused, Some(ServerError::Malformed(_))),
            "{mechanism} {message}: {refused:?}"
        );
    }

    // Bound to a certificate that is not ours: somebody stands between.
    let (begun, first) = Begun::new(&offered(), Some(b"theirs")).unwrap();
    let verifier = Verifier::of(b"pencil", vec![7; 16], FEW);
    let (challenge, challenged) = ClientFirst::read(&first, ours)
        .unwrap()
        .challenge(verifier, false, "server");
    let password = Password::new(b"pencil".to_vec());
    let (_, last) = begun
        .prove(challenge.as_bytes(), &Secret::Password(&password))
        .unwrap();
    assert_eq!(
        challenged.prove(last.as_bytes()).err(),
        Some(ServerError::Binding)
    );
}

#[test]
fn nobody_has_always_the_same_verifier_and_no_password() {
    let mock = |user| Verifier::mock(b"secret of the process", user, FEW);
    assert_eq!(mock("ann"), mock("ann"));
    assert_ne!(mock("ann"), mock("bob"));
    assert_ne!(mock("ann"), Verifier::mock(b"another", "ann", FEW));
    assert_eq!(mock("ann").salt.len(), 16);
    assert_eq!(
        exchange("anything", mock("ann"), None).err(),
        Some(ServerError::Refused)
    );
}

/// A doomed exchange (an expired password) fails as late as a wrong one, and with the same error.
#[test]
fn a_doomed_exchange_goes_the_whole_way() {
    let password = Password::new(b"pencil".to_vec());
    let (begun, first) = Begun::new(&offered(), None).unwrap();
    let verifier = Verifier::of(b"pencil", vec![7; 16], FEW);
    let (challenge, challenged) = ClientFirst::read(&first, None)
        .unwrap()
        .challenge(verifier, true, "server");
    let (_, last) = begun
        .prove(challenge.as_bytes(), &Secret::Password(&password))
        .unwrap();
    match challenged.prove(last.as_bytes()) {
        Err(error) => assert_eq!(error, ServerError::Refused),
        Ok(_) => panic!("let in"),
    }
}

/// With TLS that can bind, and a server that offers no -PLUS, `y` tells it so.
#[test]
fn the_flag_says_what_was_possible() {
    let flag = |mechanisms: &[&[u8]], end_point| {
        let (_, body) = Begun::new(mechanisms, end_point).unwrap();
        String::from_utf8_lossy(&body).into_owned()
    };
    assert!(flag(&offered(), Some(&b"hash"[..])).contains("p=tls-server-end-point,,"));
    assert!(flag(&[PLAIN.as_bytes()], Some(&b"hash"[..])).contains("y,,n="));
    assert!(flag(&offered(), None).contains("n,,n="));
    assert!(Begun::new(&[PLUS.as_bytes()], None).is_err());
    assert!(Begun::new(&[b"OAUTHBEARER"], None).is_err());
}
