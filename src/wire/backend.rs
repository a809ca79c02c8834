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

/// Which authentication request a body is: 0 is AuthenticationOk (manual 55.7).
///
/// # Errors
/// Where it is malformed.
pub fn authentication_request(body: &[u8]) -> Result<i32, Malformed> {
    Cursor::new(body).i32()
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
}
