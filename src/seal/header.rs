//! The ten bytes that every envelope begins with.

use super::tokens::COUNT_LEN as TOKEN_COUNT_LEN;
use super::{OpenError, Scheme, TAG_LEN};

/// First byte of every envelope: never a byte of valid UTF-8, so plaintext and ciphertext cannot be
/// confused.
pub const FIRST_BYTE: u8 = 0xFB;
/// The envelope format written here.
pub const VERSION: u8 = 1;
/// Bytes of a header.
pub const HEADER_LEN: usize = 10;

const BODY_DETERMINISTIC: u8 = 1;
const BODY_RANDOM: u8 = 2;
const BODY_SUBJECT: u8 = 3;

const FLAG_ORDER: u8 = 1;
const FLAG_CASE_INSENSITIVE: u8 = 2;
const FLAG_TOKENS: u8 = 4;
const FLAG_EQUALITY_TAG: u8 = 8;

/// What an envelope says of itself. Not authenticated until the envelope has been opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Header {
    /// Which body follows.
    pub scheme: Scheme,
    /// Order bytes stand behind the header.
    pub ordered: bool,
    /// A case-insensitive tag stands between header and body.
    pub tagged: bool,
    /// Search tokens stand in front of the body.
    pub tokens: bool,
    /// Keyset slot.
    pub slot: u8,
    /// Key epoch.
    pub epoch: u16,
    /// Key domain id.
    pub domain: u32,
}

/// Reads the header of any envelope, without keys.
///
/// # Errors
/// Not an envelope, or one that this version does not read.
pub fn header(envelope: &[u8]) -> Result<Header, OpenError> {
    let Some((&[first, kind, flags, slot, e0, e1, d0, d1, d2, d3], body)) =
        envelope.split_first_chunk::<HEADER_LEN>()
    else {
        return Err(OpenError::NotAnEnvelope);
    };
    if first != FIRST_BYTE {
        return Err(OpenError::NotAnEnvelope);
    }
    let version = kind >> 4;
    if version != VERSION {
        return Err(OpenError::UnknownVersion { found: version });
    }
    let scheme = scheme_of(kind & 0x0F)?;
    refuse_flags(flags)?;
    let tagged = flags & FLAG_CASE_INSENSITIVE != 0;
    let ordered = flags & FLAG_ORDER != 0;
    if ordered && scheme != Scheme::Deterministic {
        return Err(OpenError::Unsupported {
            what: "order bytes and a random body",
        });
    }
    let tokens = flags & FLAG_TOKENS != 0;
    if tokens && ordered {
        return Err(OpenError::Unsupported {
            what: "order bytes and search tokens",
        });
    }
    let count = if tokens { TOKEN_COUNT_LEN } else { 0 };
    if scheme == Scheme::Subject && (tagged || tokens) {
        return Err(OpenError::Unsupported {
            what: "search bytes and a body under the key of a data subject",
        });
    }
    let index = if tagged { TAG_LEN } else { 0 } + usize::from(ordered) + count;
    if body.len() < scheme.overhead() - HEADER_LEN + index {
        return Err(OpenError::Damaged);
    }
    Ok(Header {
        scheme,
        ordered,
        tagged,
        tokens,
        slot,
        epoch: u16::from_be_bytes([e0, e1]),
        domain: u32::from_be_bytes([d0, d1, d2, d3]),
    })
}

fn scheme_of(body: u8) -> Result<Scheme, OpenError> {
    match body {
        BODY_DETERMINISTIC => Ok(Scheme::Deterministic),
        BODY_RANDOM => Ok(Scheme::Random),
        BODY_SUBJECT => Ok(Scheme::Subject),
        _ => Err(OpenError::Unsupported {
            what: "an unknown body",
        }),
    }
}

fn refuse_flags(flags: u8) -> Result<(), OpenError> {
    if flags & FLAG_EQUALITY_TAG != 0 {
        return Err(OpenError::Unsupported {
            what: "an equality tag",
        });
    }
    if flags & !(FLAG_CASE_INSENSITIVE | FLAG_ORDER | FLAG_TOKENS) != 0 {
        return Err(OpenError::Unsupported {
            what: "an unknown index",
        });
    }
    Ok(())
}

impl Header {
    /// The ten bytes.
    pub fn to_bytes(self) -> [u8; HEADER_LEN] {
        let body = match self.scheme {
            Scheme::Deterministic => BODY_DETERMINISTIC,
            Scheme::Random => BODY_RANDOM,
            Scheme::Subject => BODY_SUBJECT,
        };
        let flag = |set: bool, flag: u8| if set { flag } else { 0 };
        let flags = flag(self.tagged, FLAG_CASE_INSENSITIVE)
            | flag(self.ordered, FLAG_ORDER)
            | flag(self.tokens, FLAG_TOKENS);
        let [e0, e1] = self.epoch.to_be_bytes();
        let [d0, d1, d2, d3] = self.domain.to_be_bytes();
        [
            FIRST_BYTE,
            VERSION << 4 | body,
            flags,
            self.slot,
            e0,
            e1,
            d0,
            d1,
            d2,
            d3,
        ]
    }
}
