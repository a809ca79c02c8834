//! Masks, type by type.

#![expect(clippy::unwrap_used, reason = "tests")]

use super::*;

fn column(name: &str) -> DeclaredType {
    DeclaredType::parse_name(name).unwrap()
}

fn value(declared: &DeclaredType, text: &str) -> Canonical {
    declared
        .from_text(text.as_bytes(), &Settings::default())
        .unwrap()
}

fn shown(mask: &Mask, type_name: &str, text: &str) -> Option<String> {
    let declared = column(type_name);
    mask.fits(&declared).unwrap();
    let masked = mask
        .apply(&declared, Some(&value(&declared, text)), None)
        .unwrap()?;
    // Whoever saves what was shown must be recognised.
    assert!(mask.could_be(&declared, Some(&masked)), "{text}");
    let mut out = Vec::new();
    declared
        .to_text(&masked, &Settings::default(), &mut out)
        .unwrap();
    Some(String::from_utf8(out).unwrap())
}

fn is(mask: &Mask, type_name: &str, text: &str, expected: &str) {
    assert_eq!(
        shown(mask, type_name, text).as_deref(),
        Some(expected),
        "{type_name}"
    );
}

#[test]
fn text_masks_keep_characters() {
    let last = Mask::KeepLast { keep: 4, with: '*' };
    is(&last, "text", "123-45-6789", "*******6789");
    is(&last, "varchar(11)", "äöüß日本語", "***ß日本語");
    is(&last, "text", "1234", "****");
    is(&last, "char(8)", "ab", "**      ");
    is(&last, "text", "", "");
    let first = Mask::KeepFirst { keep: 2, with: '#' };
    is(&first, "text", "Meier", "Me###");
    is(&first, "text", "Me", "##");
}

#[test]
fn email_masks() {
    is(&Mask::Email, "text", "anna@example.com", "a***@e***.com");
    is(&Mask::Email, "text", "a@b.co.uk", "a***@b***.uk");
    is(&Mask::Email, "text", "a@localhost", "a***@l***");
    is(&Mask::Email, "text", "nobody", "***");
    is(&Mask::Email, "text", "@example.com", "***");
    is(&Mask::Email, "varchar(9)", "a@b.co", "a***@b***");
}

#[test]
fn dates_are_cut() {
    is(&Mask::Year, "date", "1987-06-05", "1987-01-01");
    is(&Mask::Month, "date", "1987-06-05", "1987-06-01");
    is(&Mask::Year, "date", "0044-03-15 BC", "0044-01-01 BC");
    is(
        &Mask::Month,
        "timestamp(0)",
        "1987-06-05 12:34:56",
        "1987-06-01 00:00:00",
    );
    is(
        &Mask::Year,
        "timestamptz",
        "1987-06-05 12:34:56+00",
        "1987-01-01 00:00:00+00",
    );
    assert_eq!(shown(&Mask::Year, "date", "infinity"), None);
    assert_eq!(shown(&Mask::Year, "timestamp", "-infinity"), None);
}

#[test]
fn numbers_fall_into_buckets() {
    let step = |step: &str| Mask::Bucket {
        step: step.to_owned(),
    };
    is(&step("1000"), "integer", "52341", "52000");
    is(&step("1000"), "integer", "-1", "-1000");
    is(&step("1000"), "integer", "0", "0");
    is(&step("10"), "smallint", "32767", "32760");
    assert_eq!(shown(&step("10"), "smallint", "-32768"), None);
    is(&step("0.25"), "numeric(8,2)", "3.99", "3.75");
    is(&step("100"), "numeric(8,2)", "-0.01", "-100.00");
    is(&step("0.5"), "double precision", "2.75", "2.5");
    assert_eq!(shown(&step("1"), "real", "NaN"), None);
    assert!(step("0").fits(&column("integer")).is_err());
    assert!(step("0.5").fits(&column("integer")).is_err());
    assert!(step("1").fits(&column("text")).is_err());
}

struct Hash;

impl Pseudonymise for Hash {
    fn pseudonym(&self, value: &Canonical) -> [u8; 32] {
        let mut hash = [0xa5; 32];
        for (place, byte) in hash.iter_mut().zip(value.expose_plaintext()) {
            *place ^= byte;
        }
        hash
    }
}

#[test]
fn pseudonyms_have_the_type() {
    let hash: Arc<dyn Pseudonymise> = Arc::new(Hash);
    for (name, text, expected) in [
        ("text", "ab", "c4c7a5a5a5a5a5a5a5a5a5a5a5a5a5a5"),
        ("varchar(8)", "ab", "c4c7a5a5"),
        (
            "uuid",
            "00000000-0000-0000-0000-000000000000",
            "a5a5a5a5-a5a5-85a5-a5a5-a5a5a5a5a5a5",
        ),
        ("integer", "1", "1389548242"),
        ("bigint", "1", "5968064259141325522"),
    ] {
        let declared = column(name);
        Mask::Pseudonym.fits(&declared).unwrap();
        let masked = Mask::Pseudonym
            .apply(&declared, Some(&value(&declared, text)), Some(&hash))
            .unwrap()
            .unwrap();
        assert!(masked == value(&declared, expected), "{name}");
    }
    for name in ["varchar(7)", "smallint", "date", "boolean"] {
        assert!(Mask::Pseudonym.fits(&column(name)).is_err(), "{name}");
    }
    let text = column("text");
    assert!(Mask::Pseudonym.could_be(
        &text,
        Some(&value(&text, "c4c7a5a5a5a5a5a5a5a5a5a5a5a5a5a5"))
    ));
    assert!(!Mask::Pseudonym.could_be(&text, Some(&value(&text, "Anna"))));
}

#[test]
fn masks_without_plaintext() {
    for name in [
        "text",
        "integer",
        "numeric(4,2)",
        "date",
        "timestamptz",
        "uuid",
        "jsonb",
        "bytea",
        "inet",
        "boolean",
        "int[]",
    ] {
        let declared = column(name);
        Mask::Zero.fits(&declared).unwrap();
        let zero = Mask::Zero.apply(&declared, None, None).unwrap();
        assert!(
            zero.is_some() && Mask::Zero.could_be(&declared, zero.as_ref()),
            "{name}"
        );
        assert!(Mask::Null.apply(&declared, None, None).unwrap().is_none());
        assert!(Mask::Null.could_be(&declared, None));
        assert!(!Mask::Zero.could_be(&declared, None));
    }
    let fixed = Mask::Fixed {
        text: "2000-01-01".to_owned(),
    };
    fixed.fits(&column("date")).unwrap();
    assert!(fixed.fits(&column("integer")).is_err());
    assert!(fixed.fits(&column("varchar(3)")).is_err());
    let date = column("date");
    assert!(fixed.could_be(&date, Some(&value(&date, "2000-01-01"))));
    assert!(!fixed.could_be(&date, Some(&value(&date, "2000-01-02"))));
}

#[test]
fn what_remains_hidden() {
    let last = Mask::KeepLast { keep: 4, with: '*' };
    assert!(last.hidden_bits(&column("char(9)")).unwrap() < 40.0);
    assert!(last.hidden_bits(&column("text")).is_none());
    assert!(Mask::Null.hidden_bits(&column("date")).unwrap() < 40.0);
    assert!(Mask::Year.hidden_bits(&column("date")).unwrap() < 9.0);
    let bucket = Mask::Bucket {
        step: "1000".to_owned(),
    };
    assert!(bucket.hidden_bits(&column("integer")).unwrap() < 10.0);
}
