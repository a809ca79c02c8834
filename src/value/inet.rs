//! inet. Canonical: PostgreSQL's binary format (family, bits, 0, length, address).

use std::fmt::Write;
use std::net::Ipv6Addr;

use super::{ValueError, scan};

const NAME: &str = "inet";
const V4: u8 = 2;
const V6: u8 = 3;

/// Reads `address` or `address/bits`.
pub(super) fn read_text(text: &str) -> Result<Vec<u8>, ValueError> {
    read(text).ok_or_else(|| ValueError::syntax(NAME))
}

fn read(text: &str) -> Option<Vec<u8>> {
    let (address, bits) = match text.split_once('/') {
        Some((address, bits)) => (address, Some(bits)),
        None => (text, None),
    };
    if address.contains(':') {
        let octets = address.parse::<Ipv6Addr>().ok()?.octets();
        return canonical(V6, v6_bits(bits)?, &octets);
    }
    let (octets, given) = v4_octets(address)?;
    let bits = match bits {
        Some(bits) => v4_bits(bits)?,
        // Without a length all four octets are needed.
        None if given == 4 => 32,
        None => return None,
    };
    // A length may leave trailing octets out, but not the octets that it covers.
    if usize::from(bits) / 8 > given {
        return None;
    }
    canonical(V4, bits, &octets)
}

fn v4_octets(text: &str) -> Option<([u8; 4], usize)> {
    let mut octets = [0; 4];
    let mut given = 0;
    let mut places = octets.iter_mut();
    for part in text.split('.') {
        if part.is_empty() || !part.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        *places.next()? = part.parse().ok()?;
        given += 1;
    }
    Some((octets, given))
}

fn v4_bits(text: &str) -> Option<u8> {
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let bits = digits.then(|| text.parse::<u8>().ok())??;
    (bits <= 32).then_some(bits)
}

fn v6_bits(text: Option<&str>) -> Option<u8> {
    let Some(text) = text else { return Some(128) };
    let plain = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let leading_zero = text.len() > 1 && text.starts_with('0');
    let bits = (plain && !leading_zero).then(|| text.parse::<u8>().ok())??;
    (bits <= 128).then_some(bits)
}

fn canonical(family: u8, bits: u8, address: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = vec![family, bits, 0, u8::try_from(address.len()).ok()?];
    bytes.extend_from_slice(address);
    Some(bytes)
}

/// Binary format; a cidr sent in its place becomes an inet.
pub(super) fn read_binary(bytes: &[u8]) -> Result<Vec<u8>, ValueError> {
    match bytes {
        [V4, bits @ 0..=32, _, 4, address @ ..] if address.len() == 4 => {
            canonical(V4, *bits, address)
        }
        [V6, bits @ 0..=128, _, 16, address @ ..] if address.len() == 16 => {
            canonical(V6, *bits, address)
        }
        _ => None,
    }
    .ok_or_else(|| ValueError::binary(NAME))
}

/// Writes the address, and its length where that is not the whole.
pub(super) fn write_text(bytes: &[u8], out: &mut Vec<u8>) -> Result<(), ValueError> {
    let damaged = || ValueError::damaged(NAME);
    let mut text = String::new();
    let (bits, whole) = match bytes {
        [V4, bits, 0, 4, a, b, c, d] => {
            write!(text, "{a}.{b}.{c}.{d}").map_err(|_| damaged())?;
            (*bits, 32)
        }
        [V6, bits, 0, 16, address @ ..] => {
            let octets: [u8; 16] = scan::fixed(address, damaged)?;
            write_v6(Ipv6Addr::from(octets), &mut text).map_err(|_| damaged())?;
            (*bits, 128)
        }
        _ => return Err(damaged()),
    };
    if bits > whole {
        return Err(damaged());
    }
    if bits < whole {
        write!(text, "/{bits}").map_err(|_| damaged())?;
    }
    out.extend_from_slice(text.as_bytes());
    Ok(())
}

/// The server also writes the IPv4-compatible form with dots (`::1.2.3.4`), which Rust does not.
fn write_v6(address: Ipv6Addr, text: &mut String) -> std::fmt::Result {
    match address.segments() {
        [0, 0, 0, 0, 0, 0, high, low] if high != 0 => {
            let [a, b] = high.to_be_bytes();
            let [c, d] = low.to_be_bytes();
            write!(text, "::{a}.{b}.{c}.{d}")
        }
        _ => write!(text, "{address}"),
    }
}
