//! Messages of the client: Query, Parse, Bind, Describe, Execute, Close.

use bytes::{BufMut, Bytes, BytesMut};

use super::{Cursor, Malformed, begin, finish, put_string};

/// A statement or a portal, as Describe and Close name them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// `S`.
    Statement(Bytes),
    /// `P`.
    Portal(Bytes),
}

impl Target {
    /// The name.
    pub fn name(&self) -> &[u8] {
        match self {
            Target::Statement(name) | Target::Portal(name) => name,
        }
    }

    /// Reads the body of Describe or Close.
    ///
    /// # Errors
    /// Where it is malformed.
    pub fn read(body: &[u8]) -> Result<Target, Malformed> {
        let mut cursor = Cursor::new(body);
        let kind = cursor.byte()?;
        let name = Bytes::copy_from_slice(cursor.string()?);
        cursor.end()?;
        match kind {
            b'S' => Ok(Target::Statement(name)),
            b'P' => Ok(Target::Portal(name)),
            _ => Err(Malformed("invalid message subtype")),
        }
    }

    fn parts(&self) -> (u8, &[u8]) {
        match self {
            Target::Statement(name) => (b'S', name),
            Target::Portal(name) => (b'P', name),
        }
    }
}

/// Parse.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parse<'a> {
    /// Statement name, empty for the unnamed one.
    pub name: &'a [u8],
    /// The text.
    pub text: &'a [u8],
    /// Parameter types that the client declares.
    pub types: Vec<u32>,
}

impl<'a> Parse<'a> {
    /// Reads a body.
    ///
    /// # Errors
    /// Where it is malformed.
    pub fn read(body: &'a [u8]) -> Result<Self, Malformed> {
        let mut cursor = Cursor::new(body);
        let name = cursor.string()?;
        let text = cursor.string()?;
        let types = (0..cursor.count()?)
            .map(|_| cursor.oid())
            .collect::<Result<_, _>>()?;
        cursor.end()?;
        Ok(Parse { name, text, types })
    }
}

/// Bind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bind {
    /// Portal name.
    pub portal: Bytes,
    /// Statement name.
    pub statement: Bytes,
    /// Format codes of the parameters, as sent: none, one or one each.
    pub formats: Vec<i16>,
    /// The parameters.
    pub values: Vec<Option<Bytes>>,
    /// Format codes of the results, as sent.
    pub results: Vec<i16>,
}

impl Bind {
    /// Reads a body; values are slices of `body`, not copies.
    ///
    /// # Errors
    /// Where it is malformed.
    pub fn read(body: &Bytes) -> Result<Self, Malformed> {
        let mut cursor = Cursor::new(body);
        let portal = Bytes::copy_from_slice(cursor.string()?);
        let statement = Bytes::copy_from_slice(cursor.string()?);
        let formats = codes(&mut cursor)?;
        let values = (0..cursor.count()?)
            .map(|_| Ok(cursor.value()?.map(|value| body.slice_ref(value))))
            .collect::<Result<_, Malformed>>()?;
        let results = codes(&mut cursor)?;
        cursor.end()?;
        Ok(Bind {
            portal,
            statement,
            formats,
            values,
            results,
        })
    }

    /// The names of portal and statement alone.
    ///
    /// # Errors
    /// Where they are malformed.
    pub fn names(body: &[u8]) -> Result<(&[u8], &[u8]), Malformed> {
        let mut cursor = Cursor::new(body);
        Ok((cursor.string()?, cursor.string()?))
    }
}

fn codes(cursor: &mut Cursor<'_>) -> Result<Vec<i16>, Malformed> {
    (0..cursor.count()?).map(|_| cursor.i16()).collect()
}

/// The text of a Query.
///
/// # Errors
/// Where it is malformed.
pub fn query_text(body: &[u8]) -> Result<&[u8], Malformed> {
    let mut cursor = Cursor::new(body);
    let text = cursor.string()?;
    cursor.end()?;
    Ok(text)
}

/// Appends a Query.
pub fn write_query(out: &mut BytesMut, text: &[u8]) {
    let start = begin(out, b'Q');
    put_string(out, text);
    finish(out, start);
}

/// Appends a Parse.
pub fn write_parse(out: &mut BytesMut, name: &[u8], text: &[u8], types: &[u32]) {
    let start = begin(out, b'P');
    put_string(out, name);
    put_string(out, text);
    put_count(out, types.len());
    for oid in types {
        out.put_u32(*oid);
    }
    finish(out, start);
}

/// Appends a Bind.
pub fn write_bind(out: &mut BytesMut, bind: &Bind) {
    let start = begin(out, b'B');
    put_string(out, &bind.portal);
    put_string(out, &bind.statement);
    put_codes(out, &bind.formats);
    put_count(out, bind.values.len());
    for value in &bind.values {
        match value {
            None => out.put_i32(-1),
            Some(bytes) => {
                out.put_u32(u32::try_from(bytes.len()).unwrap_or(u32::MAX));
                out.extend_from_slice(bytes);
            }
        }
    }
    put_codes(out, &bind.results);
    finish(out, start);
}

fn put_codes(out: &mut BytesMut, codes: &[i16]) {
    put_count(out, codes.len());
    for code in codes {
        out.put_i16(*code);
    }
}

/// Counts are bounded by what was read, and by the 65,535 placeholders that a statement can have.
pub(super) fn put_count(out: &mut BytesMut, count: usize) {
    out.put_u16(u16::try_from(count).unwrap_or(u16::MAX));
}

/// Appends a Describe.
pub fn write_describe(out: &mut BytesMut, target: &Target) {
    write_target(out, b'D', target);
}

/// Appends a Close.
pub fn write_close(out: &mut BytesMut, target: &Target) {
    write_target(out, b'C', target);
}

fn write_target(out: &mut BytesMut, tag: u8, target: &Target) {
    let (kind, name) = target.parts();
    let start = begin(out, tag);
    out.put_u8(kind);
    put_string(out, name);
    finish(out, start);
}

/// Appends an Execute of the whole result.
pub fn write_execute(out: &mut BytesMut, portal: &[u8]) {
    let start = begin(out, b'E');
    put_string(out, portal);
    out.put_i32(0);
    finish(out, start);
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
    use super::*;

    #[test]
    fn bind_reads_back_what_it_wrote_and_no_shorter_body_is_taken() {
        let bind = Bind {
            portal: Bytes::from_static(b"p"),
            statement: Bytes::new(),
            formats: vec![1, 0, 1],
            values: vec![None, Some(Bytes::new()), Some(Bytes::from_static(b"\0x"))],
            results: vec![1],
        };
        let mut out = BytesMut::new();
        write_bind(&mut out, &bind);
        let frame = out.freeze();
        assert_eq!(Bind::read(&frame.slice(5..)).unwrap(), bind);
        for end in 5..frame.len() {
            assert!(Bind::read(&frame.slice(5..end)).is_err(), "{end}");
        }
    }

    #[test]
    fn parse_reads_back_what_it_wrote() {
        let mut out = BytesMut::new();
        write_parse(&mut out, b"s1", b"select $1", &[17, 0]);
        let parse = Parse::read(&out[5..]).unwrap();
        assert_eq!((parse.name, parse.text), (&b"s1"[..], &b"select $1"[..]));
        assert_eq!(parse.types, [17, 0]);
        assert!(query_text(b"select 1\0x").is_err());
        assert!(Target::read(b"Xs\0").is_err());
    }
}
