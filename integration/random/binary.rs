//! Values in PostgreSQL's binary forms, for parameters and COPY. What does not read as its type goes as text.

/// The types of a ParameterDescription.
pub fn types(body: &[u8]) -> Vec<u32> {
    body[2..]
        .chunks_exact(4)
        .map(|oid| u32::from_be_bytes(oid.try_into().unwrap()))
        .collect()
}

/// Formats and values for Bind; without types all are text.
pub fn values(values: &[Option<String>], types: &[u32]) -> (Vec<i16>, Vec<Option<Vec<u8>>>) {
    values
        .iter()
        .enumerate()
        .map(|(at, value)| {
            let Some(text) = value else { return (0, None) };
            match types.get(at).and_then(|oid| binary(*oid, text)) {
                Some(bytes) => (1, Some(bytes)),
                None => (0, Some(text.clone().into_bytes())),
            }
        })
        .unzip()
}

/// A file of COPY in binary form.
pub fn copy(types: &[u32], rows: &[Vec<Option<String>>]) -> Vec<u8> {
    let mut file = b"PGCOPY\n\xff\r\n\0".to_vec();
    file.extend([0; 8]);
    for row in rows {
        file.extend(u16::try_from(row.len()).unwrap().to_be_bytes());
        for (value, oid) in row.iter().zip(types) {
            // A value that is none of its type is sent as the bytes of its text: an error that both sides have to tell.
            let bytes = value
                .as_deref()
                .map(|text| binary(*oid, text).unwrap_or_else(|| text.as_bytes().to_vec()));
            match bytes {
                None => file.extend((-1_i32).to_be_bytes()),
                Some(bytes) => {
                    file.extend(u32::try_from(bytes.len()).unwrap().to_be_bytes());
                    file.extend(bytes);
                }
            }
        }
    }
    file.extend((-1_i16).to_be_bytes());
    file
}

const BOOL: u32 = 16;
const INT8: u32 = 20;
const INT2: u32 = 21;
const INT4: u32 = 23;
const TEXT: u32 = 25;
const FLOAT8: u32 = 701;
const BPCHAR: u32 = 1042;
const VARCHAR: u32 = 1043;
const DATE: u32 = 1082;
const NUMERIC: u32 = 1700;
const UUID: u32 = 2950;

fn binary(oid: u32, text: &str) -> Option<Vec<u8>> {
    match oid {
        TEXT | VARCHAR | BPCHAR => Some(text.as_bytes().to_vec()),
        BOOL => match text {
            "t" | "true" => Some(vec![1]),
            "f" | "false" => Some(vec![0]),
            _ => None,
        },
        INT2 => Some(text.parse::<i16>().ok()?.to_be_bytes().to_vec()),
        INT4 => Some(text.parse::<i32>().ok()?.to_be_bytes().to_vec()),
        INT8 => Some(text.parse::<i64>().ok()?.to_be_bytes().to_vec()),
        FLOAT8 => Some(text.parse::<f64>().ok()?.to_be_bytes().to_vec()),
        DATE => Some(days(text)?.to_be_bytes().to_vec()),
        NUMERIC => numeric(text),
        UUID => {
            let digits = text.replace('-', "");
            let bytes = (0..16).map(|at| {
                let pair = digits.get(2 * at..2 * at + 2)?;
                u8::from_str_radix(pair, 16).ok()
            });
            (digits.len() == 32).then(|| bytes.collect()).flatten()
        }
        _ => None,
    }
}

/// Days from 2000-01-01 of a date of four digits for the year.
fn days(text: &str) -> Option<i32> {
    let parts: Vec<i32> = text
        .split('-')
        .map(str::parse)
        .collect::<Result<_, _>>()
        .ok()?;
    let [year, month, day] = parts[..] else {
        return None;
    };
    let leap = |year: i32| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let length = |year: i32, month: i32| {
        let usual = lengths.get(usize::try_from(month - 1).ok()?)?;
        Some(usual + i32::from(month == 2 && leap(year)))
    };
    if !(1..=9999).contains(&year) || !(1..=length(year, month)?).contains(&day) {
        return None;
    }
    let before = |year: i32| 365 * year + year / 4 - year / 100 + year / 400;
    let months: i32 = (1..month)
        .map(|month| length(year, month))
        .sum::<Option<i32>>()?;
    Some(before(year - 1) - before(1999) + months + day - 1)
}

/// Groups of four digits.
fn numeric(text: &str) -> Option<Vec<u8>> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (0x4000_u16, digits),
        None => (0, text),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !plain(whole) || !plain(part) {
        return None;
    }
    let lead = (4 - whole.len() % 4) % 4;
    let trail = (4 - part.len() % 4) % 4;
    let all = format!("{}{whole}{part}{}", "0".repeat(lead), "0".repeat(trail));
    let mut groups: Vec<u16> = (0..all.len() / 4)
        .map(|at| all[4 * at..4 * at + 4].parse().unwrap())
        .collect();
    let mut weight = i16::try_from((whole.len() + lead) / 4).ok()? - 1;
    while groups.first() == Some(&0) {
        groups.remove(0);
        weight -= 1;
    }
    while groups.last() == Some(&0) {
        groups.pop();
    }
    let sign = if groups.is_empty() { 0 } else { sign };
    let mut bytes = u16::try_from(groups.len()).ok()?.to_be_bytes().to_vec();
    bytes.extend(if groups.is_empty() { 0 } else { weight }.to_be_bytes());
    bytes.extend(sign.to_be_bytes());
    bytes.extend(u16::try_from(part.len()).ok()?.to_be_bytes());
    bytes.extend(groups.iter().flat_map(|group| group.to_be_bytes()));
    Some(bytes)
}

#[test]
fn values_have_the_servers_binary_forms() {
    use crate::harness::{Database, Raw};
    let database = Database::create(&["owner"]);
    let mut raw = Raw::login(database.server().port(), "owner", database.name());
    for (oid, name, text) in [
        (NUMERIC, "numeric", "7310001.25"),
        (NUMERIC, "numeric", "-0.05"),
        (NUMERIC, "numeric", "10000"),
        (NUMERIC, "numeric", "0.00"),
        (NUMERIC, "numeric", "12345678.000"),
        (DATE, "date", "1873-02-28"),
        (DATE, "date", "2000-02-29"),
        (DATE, "date", "2100-12-31"),
        (UUID, "uuid", "ca7a0001-9d4c-2f63-6f06-000000000002"),
        (INT2, "int2", "-7"),
        (FLOAT8, "float8", "1.5"),
        (BOOL, "bool", "t"),
    ] {
        raw.parse("", &format!("select $1::{name}"), &[]);
        raw.bind("", "", 1, &[binary(oid, text).as_deref()], 0);
        raw.execute("", 0);
        raw.sync();
        let rows = Raw::rows(&raw.until_ready());
        assert_eq!(rows, [[Some(text.to_owned())]], "{name}");
    }
}
