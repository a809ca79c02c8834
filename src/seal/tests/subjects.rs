//! Envelopes under the keys of data subjects.

use std::sync::Arc;

use super::*;

/// Knows three subjects: one with a key, one that was erased, one whose key cannot be read. Which one is asked for, the last byte says.
struct Three;

const LIVING: SubjectId = SubjectId(*b"subject1");
const ERASED: SubjectId = SubjectId(*b"subject2");

impl SubjectKeys for Three {
    fn of(&self, subject: &Subject) -> Result<(SubjectId, SubjectKey), SubjectError> {
        match subject.expose_name().last() {
            Some(2) => Err(SubjectError::Erased),
            Some(3) => Err(SubjectError::Store("it is away")),
            _ => Ok((LIVING, self.find(LIVING)?)),
        }
    }

    fn find(&self, id: SubjectId) -> Result<SubjectKey, SubjectError> {
        match id {
            LIVING => Ok(SubjectKey(Zeroizing::new(std::array::from_fn(|i| {
                0x50 ^ i as u8
            })))),
            ERASED => Err(SubjectError::Erased),
            _ => Err(SubjectError::Unknown),
        }
    }
}

pub(super) fn key() -> ColumnKey {
    ColumnKey::Subject(
        Zeroizing::new(std::array::from_fn(|i| 0xC0 ^ i as u8)),
        Arc::new(Three),
    )
}

fn subject(last: u8) -> Subject {
    Subject::new("customer", 3, &Canonical::new(vec![last]))
}

#[test]
fn frozen_envelopes_of_subjects() {
    let frozen = include_str!("../vectors/subjects_v1.txt");
    let mut seen = 0;
    for line in frozen.lines().filter(|line| !line.starts_with('#')) {
        let fields: Vec<&str> = line.split(' ').collect();
        let [family, pad, plain, envelope] = fields[..] else {
            unreachable!("{line}")
        };
        let mut spec = spec(Scheme::Subject);
        spec.family = family.parse().unwrap();
        spec.pad = Some(pad.parse().unwrap()).filter(|pad| *pad > 0);
        let cipher = cipher(&spec);
        let value = Canonical::new(bytes(plain));
        let made = cipher.seal_with_nonce(&value, *b"twelve bytes");
        assert_eq!(hex(&made), envelope);
        assert!(cipher.open(&bytes(envelope)).unwrap() == value);
        seen += 1;
    }
    assert_eq!(seen, 6);
}

#[test]
fn a_value_is_sealed_for_someone_or_not_at_all() {
    let cipher = cipher(&spec(Scheme::Subject));
    let value = Canonical::new(b"notes".to_vec());
    let mut out = Vec::new();
    assert_eq!(cipher.seal(&value), Err(SealError::NoSubject));
    assert_eq!(
        cipher.seal_for(None, &value, &mut out),
        Err(SealError::NoSubject)
    );
    assert_eq!(
        cipher.place(&crate::value::Place::Beside(value.clone())),
        Err(SealError::NoSubject)
    );
    assert_eq!(
        cipher.seal_for(Some(&subject(2)), &value, &mut out),
        Err(SealError::Subject(SubjectError::Erased))
    );
    assert!(out.is_empty());
    cipher
        .seal_for(Some(&subject(1)), &value, &mut out)
        .unwrap();
    assert_eq!(out.len(), 5 + spec(Scheme::Subject).overhead());
    assert_eq!(out.len(), 5 + 46);
    assert_eq!(hex(&out[..10]), "fb1300070a0b01020304");
    assert_eq!(subject_id(&out), Some(LIVING));
    assert!(cipher.open(&out).unwrap() == value);
    let mut again = Vec::new();
    cipher.seal_again(&out, &value, &mut again).unwrap();
    assert!(again != out && subject_id(&again) == Some(LIVING));
    assert!(cipher.open(&again).unwrap() == value);
    // As another subject's it is damaged, as an erased one's it is gone, as nobody's it is not known.
    let mut other = out.clone();
    other[10..18].copy_from_slice(&ERASED.0);
    assert_eq!(
        cipher.open(&other),
        Err(OpenError::Subject(SubjectError::Erased))
    );
    other[10..18].copy_from_slice(b"nobody..");
    assert_eq!(
        cipher.open(&other),
        Err(OpenError::Subject(SubjectError::Unknown))
    );
    // A column without subjects takes no notice of one.
    let plain = super::cipher(&spec(Scheme::Random));
    out.clear();
    plain.seal_for(Some(&subject(1)), &value, &mut out).unwrap();
    assert_eq!(subject_id(&out), None);
    assert!(plain.open(&out).unwrap() == value);
    assert!(cipher.open(&out).is_err());
}

#[test]
fn the_id_is_bound_to_the_body() {
    /// Gives everyone the same key.
    struct Alike;
    impl SubjectKeys for Alike {
        fn of(&self, _: &Subject) -> Result<(SubjectId, SubjectKey), SubjectError> {
            Ok((LIVING, self.find(LIVING)?))
        }
        fn find(&self, _: SubjectId) -> Result<SubjectKey, SubjectError> {
            Ok(SubjectKey(Zeroizing::new([9; 32])))
        }
    }
    let key = ColumnKey::Subject(Zeroizing::new([1; 32]), Arc::new(Alike));
    let cipher = ColumnCipher::new(key, &spec(Scheme::Subject), &ENVIRONMENT).unwrap();
    let mut out = Vec::new();
    let value = Canonical::new(b"notes".to_vec());
    cipher
        .seal_for(Some(&subject(1)), &value, &mut out)
        .unwrap();
    for at in 10..out.len() {
        let mut other = out.clone();
        other[at] ^= 1;
        assert_eq!(cipher.open(&other), Err(OpenError::Damaged), "{at}");
    }
    for len in 0..out.len() {
        assert!(cipher.open(&out[..len]).is_err(), "{len}");
    }
}

#[test]
fn a_column_of_subjects_has_no_search() {
    let mut tagged = spec(Scheme::Subject);
    tagged.ci = Some(Fold::Both);
    assert!(SealSpec::parse_scheme(&tagged.scheme_name()).is_none());
    assert!(SealSpec::parse_scheme("subject tokens match=letters").is_none());
    let plain = spec(Scheme::Subject);
    assert_eq!(plain.scheme_name(), "subject");
    assert_eq!(
        SealSpec::parse_scheme("subject").map(|layout| layout.scheme),
        Some(Scheme::Subject)
    );
    let keys = Keys {
        body: key(),
        tag: Some(TagKey(Zeroizing::new([0; 32]))),
        order: None,
        tokens: TokenKeys::default(),
    };
    assert_eq!(
        ColumnCipher::with_keys(keys, &tagged, &ENVIRONMENT).err(),
        Some(SpecError::SubjectLayout)
    );
    let mut flagged = vec![0; 80];
    flagged[..10].copy_from_slice(&[0xFB, 0x13, 2, 0, 0, 1, 0, 0, 0, 1]);
    assert!(matches!(
        header(&flagged),
        Err(OpenError::Unsupported { .. })
    ));
    flagged[2] = 8;
    assert!(matches!(
        header(&flagged),
        Err(OpenError::Unsupported { .. })
    ));
}
