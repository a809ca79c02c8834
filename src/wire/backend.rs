//! Messages of the server: authentication requests, ParameterStatus, ReadyForQuery, and the two descriptions.

use bytes::{BufMut, Bytes, BytesMut};

use super::frontend::put_count;
use super::{Cursor, Malformed, begin, body, finish, put_string};

/// One column of a RowDescription.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Column name.
    pub name: Bytes,
    /// Table oid, 0 where it is no plain column.
    pub table: u32,
    /// Attribute number, 0 likewise.
    pub attnum: i16,
    /// Type oid.
    pub oid: u32,
    /// Type length.
    pub typlen: i16,
    /// Type modifier.
    pub typmod: i32,
    /// 0 text, 1 binary; 0 in the description of a statement.
    pub format: i16,
}

/// Reads the body of a RowDescription.
///
/// # Errors
/// Where it is malformed.
pub fn described_row(body: &[u8]) -> Result<Vec<Field>, Malformed> {
    let mut cursor = Cursor::new(body);
    let fields = (0..cursor.count()?)
        .map(|_| {
            Ok(Field {
                name: Bytes::copy_from_slice(cursor.string()?),
                table: cursor.oid()?,
                attnum: cursor.i16()?,
                oid: cursor.oid()?,
                typlen: cursor.i16()?,
                typmod: cursor.i32()?,
                format: cursor.i16()?,
            })
        })
        .collect::<Result<_, Malformed>>()?;
    cursor.end()?;
    Ok(fields)
}

/// Appends a RowDescription.
pub fn write_row(out: &mut BytesMut, fields: &[Field]) {
    let start = begin(out, b'T');
    put_count(out, fields.len());
    for field in fields {
        put_string(out, &field.name);
        out.put_u32(field.table);
        out.put_i16(field.attnum);
        out.put_u32(field.oid);
        out.put_i16(field.typlen);
        out.put_i32(field.typmod);
        out.put_i16(field.format);
    }
    finish(out, start);
}

/// Reads the body of a ParameterDescription.
///
/// # Errors
/// Where it is malformed.
pub fn described_parameters(body: &[u8]) -> Result<Vec<u32>, Malformed> {
    let mut cursor = Cursor::new(body);
    let types = (0..cursor.count()?)
        .map(|_| cursor.oid())
        .collect::<Result<_, _>>()?;
    cursor.end()?;
    Ok(types)
}

/// Appends a ParameterDescription.
pub fn write_parameters(out: &mut BytesMut, types: &[u32]) {
    let start = begin(out, b't');
    put_count(out, types.len());
    for oid in types {
        out.put_u32(*oid);
    }
    finish(out, start);
}

/// Reads the values of a DataRow.
///
/// # Errors
/// Where it is malformed.
pub fn row_values(body: &[u8]) -> Result<Vec<Option<&[u8]>>, Malformed> {
    let mut cursor = Cursor::new(body);
    let values = (0..cursor.count()?)
        .map(|_| cursor.value())
        .collect::<Result<_, _>>()?;
    cursor.end()?;
    Ok(values)
}

/// Reads the status of a ReadyForQuery: `I`, `T` or `E`.
///
/// # Errors
/// Where it is malformed.
pub fn ready_status(body: &[u8]) -> Result<u8, Malformed> {
    let mut cursor = Cursor::new(body);
    let status = cursor.byte()?;
    cursor.end()?;
    match status {
        b'I' | b'T' | b'E' => Ok(status),
        _ => Err(Malformed("invalid transaction status")),
    }
}

/// Reads a ParameterStatus; `None` where it is not UTF-8.
///
/// # Errors
/// Where it is malformed.
pub fn parameter_status(body: &[u8]) -> Result<Option<(&str, &str)>, Malformed> {
    let mut cursor = Cursor::new(body);
    let name = cursor.string()?;
    let value = cursor.string()?;
    cursor.end()?;
    Ok(std::str::from_utf8(name)
        .ok()
        .zip(std::str::from_utf8(value).ok()))
}

/// An Authentication message (manual 55.7).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Authentication<'a> {
    /// The client is in.
    Ok,
    /// A password is asked for.
    Cleartext,
    /// A password hashed with this salt.
    Md5([u8; 4]),
    /// One of these mechanisms.
    Sasl(Vec<&'a [u8]>),
    /// The next message of the mechanism.
    SaslContinue(&'a [u8]),
    /// The last one.
    SaslFinal(&'a [u8]),
    /// Another code.
    Other(i32),
}

/// Reads the body of an Authentication message.
///
/// # Errors
/// Where it is malformed.
pub fn authentication(body: &[u8]) -> Result<Authentication<'_>, Malformed> {
    let mut cursor = Cursor::new(body);
    let read = match cursor.i32()? {
        0 => Authentication::Ok,
        3 => Authentication::Cleartext,
        5 => {
            let salt = cursor.rest().first_chunk::<4>().copied();
            cursor.take(4)?;
            Authentication::Md5(salt.unwrap_or_default())
        }
        10 => {
            let mut mechanisms = Vec::new();
            loop {
                match cursor.string()? {
                    b"" => break,
                    name => mechanisms.push(name),
                }
            }
            Authentication::Sasl(mechanisms)
        }
        11 => Authentication::SaslContinue(cursor.take(cursor.rest().len())?),
        12 => Authentication::SaslFinal(cursor.take(cursor.rest().len())?),
        other => return Ok(Authentication::Other(other)),
    };
    cursor.end()?;
    Ok(read)
}

/// Appends an Authentication message.
pub fn write_authentication(out: &mut BytesMut, message: &Authentication<'_>) {
    let start = begin(out, b'R');
    match message {
        Authentication::Ok => out.put_i32(0),
        Authentication::Cleartext => out.put_i32(3),
        Authentication::Md5(salt) => {
            out.put_i32(5);
            out.extend_from_slice(salt);
        }
        Authentication::Sasl(mechanisms) => {
            out.put_i32(10);
            for name in mechanisms {
                put_string(out, name);
            }
            out.put_u8(0);
        }
        Authentication::SaslContinue(data) => {
            out.put_i32(11);
            out.extend_from_slice(data);
        }
        Authentication::SaslFinal(data) => {
            out.put_i32(12);
            out.extend_from_slice(data);
        }
        Authentication::Other(code) => out.put_i32(*code),
    }
    finish(out, start);
}

/// An AuthenticationSASL message without the mechanism that binds a login to the TLS connection it came through; any
/// other message as it is.
pub fn without_binding(frame: Bytes) -> Bytes {
    const PLUS: &[u8] = b"SCRAM-SHA-256-PLUS";
    let mut cursor = Cursor::new(body(&frame));
    if !matches!(cursor.i32(), Ok(10)) {
        return frame;
    }
    let mut out = BytesMut::new();
    let at = begin(&mut out, b'R');
    out.extend_from_slice(&10_i32.to_be_bytes());
    loop {
        match cursor.string() {
            Ok([]) => break,
            Ok(PLUS) => {}
            Ok(name) => put_string(&mut out, name),
            // Malformed: the client says so in its own words.
            Err(_) => return frame,
        }
    }
    out.extend_from_slice(&[0]);
    finish(&mut out, at);
    out.freeze()
}

/// The tag of a CommandComplete.
///
/// # Errors
/// Where it is malformed.
pub fn command_tag(body: &[u8]) -> Result<&[u8], Malformed> {
    Cursor::new(body).string()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
    use super::*;

    #[test]
    fn a_row_description_reads_back_and_no_shorter_body_is_taken() {
        let fields = vec![Field {
            name: Bytes::from_static(b"email"),
            table: 16_400,
            attnum: 2,
            oid: 17,
            typlen: -1,
            typmod: -1,
            format: 1,
        }];
        let mut out = BytesMut::new();
        write_row(&mut out, &fields);
        assert_eq!(described_row(&out[5..]).unwrap(), fields);
        for end in 5..out.len() {
            assert!(described_row(&out[5..end]).is_err(), "{end}");
        }
    }

    #[test]
    fn statuses_are_checked() {
        assert_eq!(ready_status(b"T").unwrap(), b'T');
        assert!(ready_status(b"X").is_err());
        assert!(ready_status(b"").is_err());
        assert!(row_values(b"\0\x01\xff\xff\xff\xfe").is_err());
    }

    #[test]
    fn authentication_messages_read_back_and_no_shorter_body_is_taken() {
        for message in [
            Authentication::Ok,
            Authentication::Cleartext,
            Authentication::Md5([1, 2, 3, 4]),
            Authentication::Sasl(vec![b"SCRAM-SHA-256-PLUS", b"SCRAM-SHA-256"]),
            Authentication::SaslContinue(b"r=abc"),
            Authentication::SaslFinal(b"v=abc"),
            Authentication::Other(7),
        ] {
            let mut out = BytesMut::new();
            write_authentication(&mut out, &message);
            assert_eq!(authentication(&out[5..]).unwrap(), message);
        }
        for wrong in [
            &b""[..],
            b"\0\0\0",
            b"\0\0\0\x05abc",
            b"\0\0\0\x0aX\0",
            b"\0\0\0\0x",
        ] {
            assert!(authentication(wrong).is_err());
        }
    }
}
