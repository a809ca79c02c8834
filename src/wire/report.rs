//! ErrorResponse and NoticeResponse: fields by their codes (manual 55.8).

use bytes::{BufMut, BytesMut};

use crate::fault::{Fault, Refusal};

use super::{Cursor, Malformed, begin, finish, put_string};

/// The fields of an error or notice, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report<'a> {
    fields: Vec<(u8, std::borrow::Cow<'a, [u8]>)>,
}

impl<'a> Report<'a> {
    /// Reads the body of an ErrorResponse or NoticeResponse.
    ///
    /// # Errors
    /// Where it is malformed.
    pub fn read(body: &'a [u8]) -> Result<Self, Malformed> {
        let mut cursor = Cursor::new(body);
        let mut fields = Vec::new();
        loop {
            match cursor.byte()? {
                0 => break,
                code => fields.push((code, cursor.string()?.into())),
            }
        }
        cursor.end()?;
        Ok(Report { fields })
    }

    /// A field.
    pub fn field(&self, code: u8) -> Option<&[u8]> {
        self.fields
            .iter()
            .find(|(found, _)| *found == code)
            .map(|(_, value)| value.as_ref())
    }

    /// The SQLSTATE.
    pub fn sqlstate(&self) -> &[u8] {
        self.field(b'C').unwrap_or_default()
    }

    /// Whether the server ends the connection after it.
    pub fn is_fatal(&self) -> bool {
        let severity = self.field(b'V').or_else(|| self.field(b'S'));
        matches!(severity, Some(b"FATAL" | b"PANIC"))
    }

    /// Takes fields out.
    pub fn drop_fields(&mut self, codes: &[u8]) {
        self.fields.retain(|(code, _)| !codes.contains(code));
    }

    /// Gives a field this value, or takes it out.
    pub fn set(&mut self, code: u8, value: Option<Vec<u8>>) {
        let Some(value) = value else {
            self.drop_fields(&[code]);
            return;
        };
        match self.fields.iter_mut().find(|field| field.0 == code) {
            Some(field) => field.1 = value.into(),
            None => self.fields.push((code, value.into())),
        }
    }

    /// Appends it as a frame: `E` or `N`.
    pub fn write(&self, out: &mut BytesMut, tag: u8) {
        let start = begin(out, tag);
        for (code, value) in &self.fields {
            out.put_u8(*code);
            put_string(out, value);
        }
        out.put_u8(0);
        finish(out, start);
    }
}

/// Appends the ErrorResponse of a refusal.
pub fn refusal(out: &mut BytesMut, refusal: &Refusal) {
    write(out, "ERROR", refusal);
}

/// Appends an ErrorResponse after which the connection ends.
pub fn fatal(out: &mut BytesMut, refusal: &Refusal) {
    write(out, "FATAL", refusal);
}

fn write(out: &mut BytesMut, severity: &str, refusal: &Refusal) {
    let position = refusal.position.map(|position| position.to_string());
    let start = begin(out, b'E');
    let mut put = |code: u8, value: &str| {
        out.put_u8(code);
        // A NUL would end the field early; the protocol cannot carry one.
        put_string(out, value.replace('\0', " ").as_bytes());
    };
    put(b'S', severity);
    put(b'V', severity);
    put(b'C', refusal.sqlstate);
    put(b'M', &message(refusal));
    if let Some(hint) = &refusal.hint {
        put(b'H', hint);
    }
    if let Some(position) = &position {
        put(b'P', position);
    }
    if let Some(context) = &refusal.context {
        put(b'W', context);
    }
    if refusal.fault == Fault::SchemaChanged && refusal.sqlstate == "0A000" {
        // By the name of this routine pgjdbc and ActiveRecord know that preparing again will help.
        put(b'R', "RevalidateCachedQuery");
    }
    out.put_u8(0);
    finish(out, start);
}

/// The server's own SQLSTATE and words stand for a bad value and a failed login; everything else says its id for
/// look-up.
fn message(refusal: &Refusal) -> String {
    match refusal.fault {
        Fault::BadValue | Fault::LoginFailed | Fault::NoAuthRule => refusal.message.clone(),
        fault => format!("{} ({})", refusal.message, fault.entry().id),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
    use super::*;

    #[test]
    fn a_refusal_reads_back_as_an_error() {
        let mut out = BytesMut::new();
        refusal(
            &mut out,
            &Refusal::new(Fault::NotSearchable, "no\0 such").at(7),
        );
        let mut report = Report::read(&out[5..]).unwrap();
        assert_eq!(report.sqlstate(), b"0A000");
        assert_eq!(report.field(b'P'), Some(&b"7"[..]));
        assert_eq!(report.field(b'M'), Some(&b"no  such (SW103)"[..]));
        assert!(!report.is_fatal());
        report.drop_fields(b"HP");
        report.set(b'C', Some(b"42883".to_vec()));
        let mut again = BytesMut::new();
        report.write(&mut again, b'E');
        let report = Report::read(&again[5..]).unwrap();
        assert_eq!(
            (report.sqlstate(), report.field(b'H')),
            (&b"42883"[..], None)
        );
        for end in 5..out.len() {
            assert!(Report::read(&out[5..end]).is_err());
        }
    }
}
