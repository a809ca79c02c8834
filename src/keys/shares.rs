//! Shares of a backup's secret: any `threshold` of them open the backup, fewer say nothing of it (Shamir's scheme,
//! "How to share a secret", CACM 22(11), 1979; crate `blahaj`: a polynomial for each byte over GF(2^8) with
//! x^8+x^4+x^3+x^2+1). A checksum is split with the secret, so that shares which do not belong together are found out.

use aws_lc_rs::digest::{Context, SHA256};
use blahaj::Sharks;
use zeroize::Zeroizing;

use super::KeyError;
use super::bytes::hex;
use super::secret::{Secret, fill};

/// Crockford's base 32: no I, L, O and U, which are read wrongly.
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// What the code of a share begins with; the digit is the version of the code.
const PREFIX: &str = "SW1";
const GROUP: usize = 5;
const GROUPS_A_LINE: usize = 6;
const SUM: usize = 4;
const SECRET: usize = 32;
/// set, threshold, count, index, the share of secret and checksum, checksum of the code.
const CODE: usize = 8 + 3 + SECRET + SUM + SUM;
/// The most shares that a secret may be split into: people who can be named.
pub const MOST_SHARES: u8 = 32;

/// Into how many shares a secret goes, and how many bring it back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Split {
    /// Names the shares that belong together.
    pub set: [u8; 8],
    /// How many are needed.
    pub threshold: u8,
    /// How many there are.
    pub count: u8,
}

impl Split {
    /// A new one: at least two shares are needed, and no more than there are.
    ///
    /// # Errors
    /// Where the numbers are none of these, or random bytes cannot be had.
    pub fn new(threshold: u8, count: u8) -> Result<Self, KeyError> {
        if threshold < 2 || threshold > count || count > MOST_SHARES {
            return Err(KeyError::SplitImpossible {
                threshold,
                count,
                most: MOST_SHARES,
            });
        }
        let mut set = [0; 8];
        fill(&mut set)?;
        Ok(Split {
            set,
            threshold,
            count,
        })
    }

    /// The name of the set, as it stands on each share.
    pub fn name(&self) -> String {
        hex(&self.set).to_string()
    }
}

/// A share. Wiped when dropped; it cannot be printed by accident: [`Share::code`] is the one way to it.
#[derive(Clone)]
pub struct Share {
    split: Split,
    index: u8,
    bytes: Zeroizing<Vec<u8>>,
}

impl std::fmt::Debug for Share {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Share({} of {}, …)", self.index, self.split.count)
    }
}

impl Share {
    /// What it is a share of.
    pub fn split(&self) -> Split {
        self.split
    }

    /// Its number, from 1.
    pub fn index(&self) -> u8 {
        self.index
    }

    /// The share as characters for paper: lines of groups, without letters that are taken for digits, with a checksum.
    pub fn code(&self) -> Zeroizing<String> {
        code(PREFIX, &self.to_bytes())
    }

    /// Reads a code, alone or within a page of text: what stands in front of it and behind the next empty line is left out.
    /// Small letters, blanks, O for 0 and I or L for 1 are taken.
    ///
    /// # Errors
    /// Where there is none, or it was mistyped.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        Self::from_bytes(&find_code(PREFIX, text).ok_or(KeyError::ShareMalformed)?)
    }

    fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        let mut out = Zeroizing::new(Vec::with_capacity(CODE));
        out.extend_from_slice(&self.split.set);
        out.extend_from_slice(&[self.split.threshold, self.split.count, self.index]);
        out.extend_from_slice(&self.bytes);
        let sum = sum(b"sealwire share\0", &out);
        out.extend_from_slice(&sum);
        out
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, KeyError> {
        let (content, found) = bytes
            .split_last_chunk::<SUM>()
            .filter(|_| bytes.len() == CODE)
            .ok_or(KeyError::ShareMalformed)?;
        if &sum(b"sealwire share\0", content) != found {
            return Err(KeyError::ShareMistyped);
        }
        let (set, rest) = content
            .split_first_chunk::<8>()
            .ok_or(KeyError::ShareMalformed)?;
        let (&[threshold, count, index], share) = rest
            .split_first_chunk::<3>()
            .ok_or(KeyError::ShareMalformed)?;
        // A share at 0 would be the secret itself.
        if threshold < 2 || index == 0 || index > count || threshold > count {
            return Err(KeyError::ShareMalformed);
        }
        Ok(Share {
            split: Split {
                set: *set,
                threshold,
                count,
            },
            index,
            bytes: Zeroizing::new(share.to_vec()),
        })
    }
}

/// Splits a secret.
///
/// # Errors
/// Where the scheme gives fewer shares than asked for.
pub(super) fn split(secret: &Secret<SECRET>, split: Split) -> Result<Vec<Share>, KeyError> {
    let mut plain = Zeroizing::new(Vec::with_capacity(SECRET + SUM));
    plain.extend_from_slice(secret.expose_secret());
    plain.extend_from_slice(&sum(b"sealwire backup secret\0", secret.expose_secret()));
    let shares: Vec<Share> = Sharks(split.threshold)
        .dealer(&plain)
        .take(usize::from(split.count))
        .filter_map(|share| {
            let bytes = Zeroizing::new(Vec::from(&share));
            let (index, rest) = bytes.split_first()?;
            Some(Share {
                split,
                index: *index,
                bytes: Zeroizing::new(rest.to_vec()),
            })
        })
        .collect();
    if shares.len() == usize::from(split.count)
        && shares.iter().zip(1..).all(|(share, at)| share.index == at)
    {
        Ok(shares)
    } else {
        Err(KeyError::Backend { step: "splitting" })
    }
}

/// Brings a secret back from the shares of a set.
///
/// # Errors
/// Where they are of another set, too few, or do not belong together.
pub(super) fn join(split: Split, shares: &[Share]) -> Result<Secret<SECRET>, KeyError> {
    if let Some(stranger) = shares.iter().find(|share| share.split != split) {
        return Err(KeyError::ShareOfAnother {
            index: stranger.index,
            found: stranger.split.name(),
            wanted: split.name(),
        });
    }
    // The same share twice counts once, and would divide by zero; more than needed are checked too.
    let mut distinct: Vec<&Share> = Vec::new();
    for share in shares {
        match distinct.iter().find(|known| known.index == share.index) {
            Some(known) if known.bytes == share.bytes => {}
            Some(_) => return Err(KeyError::SharesDisagree),
            None => distinct.push(share),
        }
    }
    if distinct.len() < usize::from(split.threshold) {
        return Err(KeyError::SharesTooFew {
            have: distinct.len(),
            need: split.threshold,
        });
    }
    let shares: Vec<blahaj::Share> = distinct
        .iter()
        .map(|share| {
            let mut bytes = Zeroizing::new(vec![share.index]);
            bytes.extend_from_slice(&share.bytes);
            blahaj::Share::try_from(bytes.as_slice()).map_err(|_| KeyError::ShareMalformed)
        })
        .collect::<Result<_, _>>()?;
    let plain = Sharks(split.threshold)
        .recover(&shares)
        .map(Zeroizing::new)
        .map_err(|_| KeyError::SharesDisagree)?;
    let (secret, found) = plain
        .split_first_chunk::<SECRET>()
        .ok_or(KeyError::SharesDisagree)?;
    if found != sum(b"sealwire backup secret\0", secret) {
        return Err(KeyError::SharesDisagree);
    }
    Secret::from_slice(secret).ok_or(KeyError::SharesDisagree)
}

/// Bytes as characters for paper, behind a prefix that says what they are.
pub(super) fn code(prefix: &str, bytes: &[u8]) -> Zeroizing<String> {
    let digits = encode(bytes);
    let mut out = Zeroizing::new(String::with_capacity(digits.len() * 2));
    out.push_str(prefix);
    for (number, group) in digits.as_bytes().chunks(GROUP).enumerate() {
        out.push(if number > 0 && number % GROUPS_A_LINE == 0 {
            '\n'
        } else {
            '-'
        });
        out.extend(group.iter().map(|digit| char::from(*digit)));
    }
    out
}

/// The bytes of the first code with this prefix in a text; it ends with the next empty line. `None` where there is none, or it
/// is of other characters.
pub(super) fn find_code(prefix: &str, text: &str) -> Option<Zeroizing<Vec<u8>>> {
    let mut found = Zeroizing::new(String::new());
    let mut inside = false;
    for line in text.lines().map(str::trim) {
        if !inside {
            let head = line.get(..prefix.len()).unwrap_or_default();
            inside = head.eq_ignore_ascii_case(prefix);
            if inside {
                found.push_str(line.get(prefix.len()..).unwrap_or_default());
            }
        } else if line.is_empty() {
            break;
        } else {
            found.push_str(line);
        }
    }
    decode(&found).filter(|_| inside)
}

/// The first bytes of a SHA-256 with a label.
fn sum(label: &[u8], bytes: &[u8]) -> [u8; SUM] {
    let mut context = Context::new(&SHA256);
    context.update(label);
    context.update(bytes);
    let digest = context.finish();
    digest
        .as_ref()
        .first_chunk::<SUM>()
        .copied()
        .unwrap_or_default()
}

fn encode(bytes: &[u8]) -> Zeroizing<String> {
    let mut out = Zeroizing::new(String::with_capacity(bytes.len() * 2));
    let (mut buffer, mut bits) = (0_u32, 0_u32);
    let mut put = |value: u32| {
        let digit = usize::try_from(value & 31).unwrap_or_default();
        out.push(char::from(DIGITS.get(digit).copied().unwrap_or(b'0')));
    };
    for byte in bytes {
        buffer = (buffer & 0xFF) << 8 | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            put(buffer >> bits);
        }
    }
    if bits > 0 {
        put(buffer << (5 - bits));
    }
    out
}

fn decode(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    let mut out = Zeroizing::new(Vec::with_capacity(CODE + 1));
    let (mut buffer, mut bits) = (0_u32, 0_u32);
    for character in text.bytes() {
        let digit = match character.to_ascii_uppercase() {
            b'-' | b' ' | b'\t' => continue,
            b'O' => 0,
            b'I' | b'L' => 1,
            other => u32::try_from(DIGITS.iter().position(|digit| *digit == other)?).ok()?,
        };
        buffer = (buffer & 0xFF) << 5 | digit;
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            out.push(u8::try_from(buffer >> bits & 0xFF).ok()?);
        }
    }
    // What is left over of the last digit is zero.
    (bits < 5 && buffer & ((1 << bits) - 1) == 0).then_some(out)
}

#[cfg(test)]
mod tests;
