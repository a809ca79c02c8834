//! Values that are known by their shape.

use std::net::IpAddr;

/// An e-mail address: one `@`, a local part, a domain with a dot and a top level of letters.
pub(super) fn email(text: &str) -> bool {
    let Some((local, domain)) = text.trim().split_once('@') else {
        return false;
    };
    let named = domain.rsplit_once('.').is_some_and(|(host, top)| {
        !host.is_empty() && top.len() >= 2 && top.chars().all(char::is_alphabetic)
    });
    !local.is_empty()
        && !domain.contains('@')
        && !text
            .trim()
            .contains(|c: char| c.is_whitespace() || c == ',')
        && named
}

/// A telephone number as people write it: `+` or a leading 0 or parentheses, 7 to 15 digits.
pub(super) fn phone(text: &str) -> bool {
    let text = text.trim();
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let written = text
        .chars()
        .all(|c| c.is_ascii_digit() || matches!(c, ' ' | '-' | '.' | '(' | ')' | '/' | '+'));
    let separated = text.contains([' ', '-', '(']) && !text.contains('.');
    let began = text.starts_with(['+', '(']) || text.starts_with('0') || separated;
    let date = text.len() == 10 && text.as_bytes().get(4) == Some(&b'-');
    written && began && !date && (7..=15).contains(&digits) && text.rfind('+').unwrap_or(0) == 0
}

/// An IP address; a number alone is none.
pub(super) fn ip(text: &str) -> bool {
    let text = text.trim();
    text.split('/')
        .next()
        .is_some_and(|address| address.parse::<IpAddr>().is_ok())
}

/// A password's hash in one of the usual forms.
pub(super) fn password_hash(text: &str) -> bool {
    const FORMS: &[&str] = &[
        "$2a$",
        "$2b$",
        "$2y$",
        "$argon2",
        "$scrypt$",
        "$pbkdf2",
        "pbkdf2_sha",
        "scrypt:",
        "pbkdf2:",
        "bcrypt$",
        "bcrypt_sha256$",
        "argon2$",
        "$1$",
        "$5$",
        "$6$",
        "$y$",
        "{SSHA",
        "{SHA",
        "{CRYPT}",
        "SCRAM-SHA-256$",
        "scrypt$",
        "md5$",
        "sha1$",
    ];
    FORMS.iter().any(|form| text.starts_with(form)) && text.len() >= 20
}

/// A token or key of a known issuer.
pub(super) fn secret(text: &str) -> bool {
    const FORMS: &[&str] = &[
        "eyJ",
        "sk_live_",
        "sk_test_",
        "rk_live_",
        "ghp_",
        "gho_",
        "ghs_",
        "github_pat_",
        "glpat-",
        "AKIA",
        "ASIA",
        "xoxb-",
        "xoxp-",
        "AIza",
        "SG.",
        "npm_",
        "-----BEGIN ",
        "whsec_",
    ];
    FORMS.iter().any(|form| text.starts_with(form)) && text.len() >= 16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_are_told_apart() {
        for text in ["jane.doe+x@example.co.uk", " a@b.de "] {
            assert!(email(text), "{text}");
        }
        for text in ["@handle", "a@b", "a b@c.de", "a@b@c.de", "a@b.c1", "x"] {
            assert!(!email(text), "{text}");
        }
        for text in [
            "+49 30 1234567",
            "(202) 555-0143",
            "020 7946 0958",
            "555-867-5309",
        ] {
            assert!(phone(text), "{text}");
        }
        for text in [
            "1234567",
            "2024-01-31",
            "192.168.0.1",
            "12",
            "1+2345678",
            "hello",
        ] {
            assert!(!phone(text), "{text}");
        }
        assert!(ip("192.0.2.1") && ip("2001:db8::1") && ip("192.0.2.0/24") && !ip("1234"));
        assert!(password_hash(
            "$2b$12$R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW"
        ));
        assert!(!password_hash("$2b$") && !password_hash("plain text of some length"));
        assert!(secret("eyJhbGciOiJIUzI1NiJ9.e30.x") && !secret("eyJ"));
    }
}
