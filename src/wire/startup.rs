//! The first packet of a connection (manual 55.2.1): no type byte.

use super::{Cursor, Malformed};

/// No startup packet is longer (`MAX_STARTUP_PACKET_LENGTH`).
pub const MAX_STARTUP: usize = 10_000;

const CANCEL: i32 = 80_877_102;
const SSL: i32 = 80_877_103;
const GSS: i32 = 80_877_104;

/// What a first packet asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Startup {
    /// SSLRequest.
    Tls,
    /// GSSENCRequest.
    Gss,
    /// CancelRequest, to be forwarded as it is: its key is 4 bytes in protocol 3.0, up to 256 in 3.2.
    Cancel,
    /// StartupMessage.
    Session {
        /// Protocol version, `major << 16 | minor`.
        version: i32,
        /// The parameters, in order.
        parameters: Vec<(String, String)>,
    },
}

impl Startup {
    /// A startup parameter; the last one stands where a name comes twice, as in the server.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        match self {
            Startup::Session { parameters, .. } => parameters
                .iter()
                .rev()
                .find(|(key, _)| key == name)
                .map(|(_, value)| value.as_str()),
            Startup::Tls | Startup::Gss | Startup::Cancel => None,
        }
    }
}

/// The first packet, with its whole length, or `None` while it has not come in full.
///
/// # Errors
/// For a length, a code or a list that cannot be.
pub fn startup(bytes: &[u8]) -> Result<Option<(Startup, usize)>, Malformed> {
    let Some(length) = bytes.first_chunk::<4>() else {
        return Ok(None);
    };
    let length = match usize::try_from(i32::from_be_bytes(*length)) {
        Ok(length) if (8..=MAX_STARTUP).contains(&length) => length,
        Ok(_) | Err(_) => return Err(Malformed("invalid length of startup packet")),
    };
    let Some(packet) = bytes.get(4..length) else {
        return Ok(None);
    };
    let mut cursor = Cursor::new(packet);
    let read = match cursor.i32()? {
        SSL if length == 8 => Startup::Tls,
        GSS if length == 8 => Startup::Gss,
        CANCEL if (12..=4 + 4 + 4 + 256).contains(&length) => Startup::Cancel,
        SSL | GSS | CANCEL => return Err(Malformed("invalid startup packet")),
        version if version >> 16 == 3 => Startup::Session {
            version,
            parameters: parameters(&mut cursor)?,
        },
        _ => return Err(Malformed("unsupported frontend protocol")),
    };
    Ok(Some((read, length)))
}

fn parameters(cursor: &mut Cursor<'_>) -> Result<Vec<(String, String)>, Malformed> {
    let mut found = Vec::new();
    loop {
        let name = cursor.string()?;
        if name.is_empty() {
            break;
        }
        let value = cursor.string()?;
        found.push((text(name)?, text(value)?));
    }
    cursor.end().map_err(|_| {
        Malformed("invalid startup packet layout: expected terminator as last byte")
    })?;
    Ok(found)
}

fn text(bytes: &[u8]) -> Result<String, Malformed> {
    std::str::from_utf8(bytes)
        .map(str::to_owned)
        .map_err(|_| Malformed("a startup parameter is not valid UTF-8"))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
    use super::*;

    fn packet(code: i32, rest: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        out.extend_from_slice(&i32::try_from(8 + rest.len()).unwrap().to_be_bytes());
        out.extend_from_slice(&code.to_be_bytes());
        out.extend_from_slice(rest);
        out
    }

    #[test]
    fn the_four_kinds_are_told_apart_at_every_split_point() {
        let session = packet(3 << 16, b"user\0ann\0database\0shop\0\0");
        for end in 0..session.len() {
            assert_eq!(startup(&session[..end]).unwrap(), None);
        }
        let (read, length) = startup(&session).unwrap().unwrap();
        assert_eq!(length, session.len());
        assert_eq!(read.parameter("user"), Some("ann"));
        assert_eq!(startup(&packet(SSL, b"")).unwrap().unwrap().0, Startup::Tls);
        assert_eq!(startup(&packet(GSS, b"")).unwrap().unwrap().0, Startup::Gss);
        for key in [4, 32, 256] {
            let bytes = packet(CANCEL, &vec![7; 4 + key]);
            assert_eq!(startup(&bytes).unwrap().unwrap().0, Startup::Cancel);
        }
    }

    #[test]
    fn what_cannot_be_is_an_error() {
        assert!(startup(&[0, 0, 0x40, 0]).is_err());
        assert!(startup(&[0, 0, 0, 4]).is_err());
        assert!(startup(&packet(2 << 16, b"\0")).is_err());
        assert!(startup(&packet(3 << 16, b"user\0ann\0\0x")).is_err());
        assert!(startup(&packet(3 << 16, b"user\0ann")).is_err());
        assert!(startup(&packet(3 << 16, b"user\0\xff\0\0")).is_err());
    }
}
