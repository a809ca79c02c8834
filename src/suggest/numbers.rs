//! Numbers that prove themselves: national ids, cards and accounts with check digits. Each takes a value as it is
//! written, with the separators that people use, and says whether it holds.

/// The characters that count, in upper case; `None` where something stands in it that no such number has.
fn significant(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len());
    for byte in text.trim().bytes() {
        match byte {
            b' ' | b'-' | b'.' | b'/' => {}
            b'0'..=b'9' | b'A'..=b'Z' => out.push(byte),
            b'a'..=b'z' => out.push(byte.to_ascii_uppercase()),
            _ => return None,
        }
    }
    (!out.is_empty() && out.len() <= 40).then_some(out)
}

/// Its digits, where it has nothing else.
fn digits(text: &str) -> Option<Vec<u32>> {
    significant(text)?
        .into_iter()
        .map(|byte| char::from(byte).to_digit(10))
        .collect()
}

fn number(digits: &[u32]) -> u64 {
    digits
        .iter()
        .fold(0, |number, digit| number * 10 + u64::from(*digit))
}

fn weighted(digits: &[u32], weights: &[u32]) -> u32 {
    digits.iter().zip(weights).map(|(d, w)| d * w).sum()
}

fn luhn(digits: &[u32]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(at, digit)| match (at % 2, digit * 2) {
            (0, _) => *digit,
            (_, double) if double > 9 => double - 9,
            (_, double) => double,
        })
        .sum();
    sum.is_multiple_of(10)
}

fn all_alike(digits: &[u32]) -> bool {
    digits.windows(2).all(|pair| pair.first() == pair.last())
}

/// A payment card: an issuer's prefix, its length, and Luhn's check digit.
pub(super) fn card(text: &str) -> bool {
    let Some(digits) = digits(text) else {
        return false;
    };
    let prefix = |count: usize| number(digits.get(..count).unwrap_or_default());
    let length = digits.len();
    let issued = match (prefix(4), prefix(3), prefix(2), prefix(1)) {
        (_, _, _, 4) => matches!(length, 13 | 16 | 19),
        (2221..=2720, ..) | (_, _, 51..=55, _) => length == 16,
        (_, _, 34 | 37, _) => length == 15,
        (3528..=3589, ..) | (_, _, 62, _) => (16..=19).contains(&length),
        (_, 300..=305, ..) | (_, _, 36 | 38 | 39, _) => (14..=19).contains(&length),
        (6011, ..) | (_, 644..=649, ..) | (_, _, 65, _) => (16..=19).contains(&length),
        (5018 | 5020 | 5038 | 6304 | 6759 | 6761..=6763, ..) => (12..=19).contains(&length),
        _ => false,
    };
    issued && luhn(&digits)
}

/// Lengths of IBANs by country; of others only the limits are known.
const IBAN_LENGTHS: &[(&[u8; 2], usize)] = &[
    (b"AT", 20),
    (b"BE", 16),
    (b"BG", 22),
    (b"CH", 21),
    (b"CY", 28),
    (b"CZ", 24),
    (b"DE", 22),
    (b"DK", 18),
    (b"EE", 20),
    (b"ES", 24),
    (b"FI", 18),
    (b"FR", 27),
    (b"GB", 22),
    (b"GR", 27),
    (b"HR", 21),
    (b"HU", 28),
    (b"IE", 22),
    (b"IT", 27),
    (b"LT", 20),
    (b"LU", 20),
    (b"LV", 21),
    (b"MT", 31),
    (b"NL", 18),
    (b"NO", 15),
    (b"PL", 28),
    (b"PT", 25),
    (b"RO", 24),
    (b"SE", 24),
    (b"SI", 19),
    (b"SK", 24),
];

/// ISO 13616: country, length, and the remainder 1 modulo 97.
pub(super) fn iban(text: &str) -> bool {
    let Some(chars) = significant(text) else {
        return false;
    };
    let (Some(head), Some(body)) = (chars.get(..4), chars.get(4..)) else {
        return false;
    };
    let [a, b, c, d] = head else { return false };
    let country = [*a, *b];
    if !country.iter().all(u8::is_ascii_uppercase) || !c.is_ascii_digit() || !d.is_ascii_digit() {
        return false;
    }
    let known = IBAN_LENGTHS.iter().find(|(name, _)| **name == country);
    let fits = known.map_or((15..=34).contains(&chars.len()), |(_, length)| {
        chars.len() == *length
    });
    let remainder = body.iter().chain(head).fold(0_u32, |remainder, byte| {
        let value = char::from(*byte).to_digit(36).unwrap_or(0);
        let shift = if value > 9 { 100 } else { 10 };
        (remainder * shift + value) % 97
    });
    fits && remainder == 1
}

/// United States social security number, as it is written with hyphens: it has no check digit.
pub(super) fn us_ssn(text: &str) -> bool {
    let parts: Vec<&str> = text.trim().split('-').collect();
    let [area, group, serial] = parts.as_slice() else {
        return false;
    };
    let digits = |part: &str, count: usize| {
        part.len() == count && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    digits(area, 3)
        && digits(group, 2)
        && digits(serial, 4)
        && !matches!(*area, "000" | "666")
        && !area.starts_with('9')
        && *group != "00"
        && *serial != "0000"
}

/// Netherlands: burgerservicenummer, the 11-test.
pub(super) fn nl_bsn(text: &str) -> bool {
    let Some(digits) = digits(text).filter(|digits| digits.len() == 9 && !all_alike(digits)) else {
        return false;
    };
    let sum = weighted(&digits, &[9, 8, 7, 6, 5, 4, 3, 2]);
    let last = digits.last().copied().unwrap_or(0);
    sum >= last && (sum - last).is_multiple_of(11)
}

/// Germany: steuerliche Identifikationsnummer, ISO 7064 MOD 11,10.
pub(super) fn de_tax_id(text: &str) -> bool {
    let Some(digits) = digits(text).filter(|digits| digits.len() == 11) else {
        return false;
    };
    let (Some(head), Some(last)) = (digits.get(..10), digits.last()) else {
        return false;
    };
    let product = head.iter().fold(10_u32, |product, digit| {
        let sum = match (digit + product) % 10 {
            0 => 10,
            sum => sum,
        };
        sum * 2 % 11
    });
    // Of the ten digits before the check digit one stands two or three times, and at least one is missing.
    let mut counts = [0_u8; 10];
    for digit in head {
        if let Some(count) = counts.get_mut(*digit as usize) {
            *count += 1;
        }
    }
    let repeated = counts.iter().filter(|count| **count > 1).count() == 1
        && counts.iter().all(|count| *count <= 3);
    head.first() != Some(&0) && repeated && (11 - product) % 10 == *last
}

/// France: numéro d'inscription au répertoire with its key; Corsica's departments count as 19 and 18.
pub(super) fn fr_nir(text: &str) -> bool {
    let Some(chars) = significant(text).filter(|chars| chars.len() == 15) else {
        return false;
    };
    let department = chars.get(5..7);
    let mut digits = Vec::with_capacity(15);
    for (at, byte) in chars.iter().enumerate() {
        digits.push(match (department, at) {
            (Some(b"2A"), 5) | (Some(b"2B"), 5) => 1,
            (Some(b"2A"), 6) => 9,
            (Some(b"2B"), 6) => 8,
            _ => match char::from(*byte).to_digit(10) {
                Some(digit) => digit,
                None => return false,
            },
        });
    }
    let (Some(head), Some(key)) = (digits.get(..13), digits.get(13..)) else {
        return false;
    };
    matches!(head.first(), Some(1..=4 | 7 | 8)) && 97 - number(head) % 97 == number(key)
}

/// Spain: DNI and NIE with their letter.
pub(super) fn es_dni(text: &str) -> bool {
    const LETTERS: &[u8; 23] = b"TRWAGMYFPDXBNJZSQVHLCKE";
    let Some(chars) = significant(text).filter(|chars| chars.len() == 9) else {
        return false;
    };
    let (Some(first), Some(rest), Some(letter)) = (chars.first(), chars.get(1..8), chars.last())
    else {
        return false;
    };
    let first = match first {
        b'X' => 0,
        b'Y' => 1,
        b'Z' => 2,
        digit if digit.is_ascii_digit() => u32::from(digit - b'0'),
        _ => return false,
    };
    let Some(rest) = rest
        .iter()
        .map(|byte| char::from(*byte).to_digit(10))
        .collect::<Option<Vec<u32>>>()
    else {
        return false;
    };
    let value = u64::from(first) * 10_000_000 + number(&rest);
    usize::try_from(value % 23)
        .ok()
        .and_then(|at| LETTERS.get(at))
        == Some(letter)
}

/// United Kingdom: national insurance number. No check digit, but few prefixes.
pub(super) fn uk_nino(text: &str) -> bool {
    let Some(chars) = significant(text).filter(|chars| chars.len() == 9) else {
        return false;
    };
    let [a, b, middle @ .., suffix] = chars.as_slice() else {
        return false;
    };
    let letter = |byte: &u8| byte.is_ascii_uppercase() && !b"DFIQUV".contains(byte);
    let taken = [b"BG", b"GB", b"NK", b"KN", b"TN", b"NT", b"ZZ"];
    letter(a)
        && letter(b)
        && *b != b'O'
        && !taken.iter().any(|pair| **pair == [*a, *b])
        && middle.iter().all(u8::is_ascii_digit)
        && (b'A'..=b'D').contains(suffix)
}

/// Poland: PESEL.
pub(super) fn pl_pesel(text: &str) -> bool {
    let Some(digits) = digits(text).filter(|digits| digits.len() == 11 && !all_alike(digits))
    else {
        return false;
    };
    let sum = weighted(&digits, &[1, 3, 7, 9, 1, 3, 7, 9, 1, 3]);
    let month = number(digits.get(2..4).unwrap_or_default()) % 20;
    let day = number(digits.get(4..6).unwrap_or_default());
    (1..=12).contains(&month)
        && (1..=31).contains(&day)
        && Some(&((10 - sum % 10) % 10)) == digits.last()
}

/// Italy: codice fiscale of a person, with its check letter.
pub(super) fn it_codice_fiscale(text: &str) -> bool {
    const ODD: [u32; 36] = [
        1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3,
        6, 8, 12, 14, 16, 10, 22, 25, 24, 23,
    ];
    let Some(chars) = significant(text).filter(|chars| chars.len() == 16) else {
        return false;
    };
    let shape = chars.iter().enumerate().all(|(at, byte)| match at {
        0..=5 | 8 | 11 | 15 => byte.is_ascii_uppercase(),
        // Digits, or the letters that stand for them where two people share a code.
        _ => byte.is_ascii_digit() || b"LMNPQRSTUV".contains(byte),
    });
    let sum: u32 = chars
        .iter()
        .take(15)
        .enumerate()
        .map(|(at, byte)| {
            let value = char::from(*byte).to_digit(36).unwrap_or(0);
            match (at % 2, value) {
                (0, value) => ODD.get(value as usize).copied().unwrap_or(0),
                (_, letter @ 10..) => letter - 10,
                (_, digit) => digit,
            }
        })
        .sum();
    let last = chars
        .last()
        .map(|byte| u32::from(byte.saturating_sub(b'A')));
    shape && last == Some(sum % 26)
}

/// Belgium: national register number.
pub(super) fn be_nrn(text: &str) -> bool {
    let Some(digits) = digits(text).filter(|digits| digits.len() == 11) else {
        return false;
    };
    let (Some(head), Some(check)) = (digits.get(..9), digits.get(9..)) else {
        return false;
    };
    let check = number(check);
    let month = number(digits.get(2..4).unwrap_or_default()) % 20;
    // Who was born from 2000 on has a 2 before the number.
    month <= 12
        && (97 - number(head) % 97 == check || 97 - (2_000_000_000 + number(head)) % 97 == check)
}

/// Sweden: personnummer.
pub(super) fn se_personnummer(text: &str) -> bool {
    let plain: String = text.trim().replace('+', "-");
    let Some(digits) = digits(&plain).filter(|digits| matches!(digits.len(), 10 | 12)) else {
        return false;
    };
    let short = digits.get(digits.len() - 10..).unwrap_or_default();
    let month = number(short.get(2..4).unwrap_or_default());
    let day = number(short.get(4..6).unwrap_or_default());
    // Coordination numbers have 60 added to the day.
    (1..=12).contains(&month) && (matches!(day, 1..=31 | 61..=91)) && luhn(short)
}

/// Switzerland: AHV number, an EAN-13 that begins with 756.
pub(super) fn ch_ahv(text: &str) -> bool {
    let Some(digits) = digits(text).filter(|digits| digits.len() == 13) else {
        return false;
    };
    let sum = weighted(&digits, &[1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1]);
    number(digits.get(..3).unwrap_or_default()) == 756 && sum.is_multiple_of(10)
}

/// Brazil: CPF.
pub(super) fn br_cpf(text: &str) -> bool {
    let Some(digits) = digits(text).filter(|digits| digits.len() == 11 && !all_alike(digits))
    else {
        return false;
    };
    let check = |count: usize| {
        let head = digits.get(..count).unwrap_or_default();
        let sum: u32 = head
            .iter()
            .rev()
            .zip(2..)
            .map(|(digit, weight)| digit * weight)
            .sum();
        let rest = sum * 10 % 11 % 10;
        digits.get(count) == Some(&rest)
    };
    check(9) && check(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Published examples, and what is wrong with one digit.
    #[test]
    fn published_numbers_hold_and_changed_ones_do_not() {
        type Check = fn(&str) -> bool;
        let cases: &[(Check, &[&str], &[&str])] = &[
            (
                card,
                &[
                    "4111 1111 1111 1111",
                    "5555555555554444",
                    "2223003122003222",
                    "378282246310005",
                    "6011111111111117",
                    "3530111333300000",
                    "30569309025904",
                    "6759649826438453",
                ],
                &[
                    "4111111111111112",
                    "1234567812345670",
                    "411111111111111",
                    "x",
                ],
            ),
            (
                iban,
                &[
                    "GB82 WEST 1234 5698 7654 32",
                    "DE89370400440532013000",
                    "NL91ABNA0417164300",
                    "FR1420041010050500013M02606",
                ],
                &[
                    "GB82WEST12345698765433",
                    "DE8937040044053201300",
                    "",
                    "DE89",
                ],
            ),
            (
                us_ssn,
                &["078-05-1120", "219-09-9999"],
                &["000-12-3456", "666-12-3456", "912-34-5678", "078051120"],
            ),
            (
                nl_bsn,
                &["111222333", "123456782"],
                &["123456789", "111111111", "12345678"],
            ),
            (
                de_tax_id,
                &["86095742719", "47036892816", "65929970489"],
                &["86095742718", "12345678901"],
            ),
            (
                fr_nir,
                &["2 55 08 14 168 025 38", "184127645108946"],
                &["2 55 08 14 168 025 39", "984127645108946"],
            ),
            (
                es_dni,
                &["12345678Z", "X1234567L", "00000000-T"],
                &["12345678A", "X1234567Z"],
            ),
            (
                uk_nino,
                &["AB123456C", "JG 10 37 59 A"],
                &["QQ123456C", "BG123456A", "AB123456E"],
            ),
            (
                pl_pesel,
                &["44051401359", "02070803628"],
                &["44051401358", "44991401359"],
            ),
            (
                it_codice_fiscale,
                &["RSSMRA85T10A562S", "mrtmtt91d08f205j"],
                &["RSSMRA85T10A562T", "RSSMRA85T10A562"],
            ),
            (be_nrn, &["93.05.18-223.61"], &["93.05.18-223.62"]),
            (
                se_personnummer,
                &["811218-9876", "198112189876"],
                &["811218-9875"],
            ),
            (
                ch_ahv,
                &["756.9217.0769.85"],
                &["756.9217.0769.84", "123.9217.0769.85"],
            ),
            (
                br_cpf,
                &["529.982.247-25", "111.444.777-35"],
                &["529.982.247-26", "111.111.111-11"],
            ),
        ];
        for (at, (check, right, wrong)) in cases.iter().enumerate() {
            for number in *right {
                assert!(check(number), "{at}: {number}");
            }
            for number in *wrong {
                assert!(!check(number), "{at}: {number}");
            }
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_them_fail(text in "\\PC*") {
            for check in [card, iban, us_ssn, nl_bsn, de_tax_id, fr_nir, es_dni, uk_nino, pl_pesel,
                it_codice_fiscale, be_nrn, se_personnummer, ch_ahv, br_cpf] {
                check(&text);
            }
        }
    }
}
