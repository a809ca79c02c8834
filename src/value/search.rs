//! Constants of predicates. A column's modifier rounds and cuts what is stored, but never what a stored
//! value is compared with: `varchar(3) = 'abcd'` is false, no error, and `numeric(10,2) = 1.005` too.

use super::array::Array;
use zeroize::Zeroizing;

use super::datetime;
use super::numeric::{self, Number};
use super::{Canonical, DeclaredType, Kind, Place, Settings, ValueError, float, integer};

impl DeclaredType {
    /// The value that a stored one must be for the server to call it equal to `value`, which was read as `read_as`:
    /// the column's own type without its modifier, or another that the server compares with it. `None`: no
    /// stored value can be equal to it.
    ///
    /// # Errors
    /// Where the server's own conversion fails, and where it is not done here.
    pub(super) fn search(
        &self,
        read_as: &DeclaredType,
        value: Canonical,
    ) -> Result<Option<Canonical>, ValueError> {
        let wide = self.without_modifier();
        let as_text = |reading: &DeclaredType| {
            let mut out = Vec::new();
            reading.to_text(&value, &Settings::default(), &mut out)?;
            Ok::<_, ValueError>(out)
        };
        match (&self.kind, &read_as.kind) {
            (Kind::Int2 | Kind::Int4 | Kind::Int8, Kind::Numeric { .. }) => {
                match integral(&as_text(read_as)?) {
                    Some(whole) => self.exactly(Canonical::new(whole.to_be_bytes().to_vec())),
                    None => Ok(None),
                }
            }
            (Kind::Numeric { .. }, Kind::Int2 | Kind::Int4 | Kind::Int8)
            | (
                Kind::Float4 | Kind::Float8,
                Kind::Int2 | Kind::Int4 | Kind::Int8 | Kind::Numeric { .. },
            ) => self.exactly(wide.from_text(&as_text(read_as)?, &Settings::default())?),
            (Kind::Date, Kind::Timestamp { .. }) => at_midnight(&value),
            (Kind::Timestamp { .. }, Kind::Date) => {
                let days = value
                    .expose_plaintext()
                    .try_into()
                    .map(i32::from_be_bytes)
                    .map_err(|_| ValueError::damaged("date"))?;
                // A date beyond the timestamps equals none of them.
                let Ok(micros) = datetime::date_to_timestamp(days) else {
                    return Ok(None);
                };
                self.exactly(Canonical::new(micros.to_be_bytes().to_vec()))
            }
            // Compared as text, where blanks count and a stored value has lost its own.
            (Kind::Char { .. }, Kind::Text) if value.expose_plaintext().ends_with(b" ") => Ok(None),
            (own, read) if self.family() == read_as.family() || own == read => self.exactly(value),
            (Kind::Char { .. }, Kind::Text | Kind::Varchar { .. }) => self.exactly(value),
            _ => Err(ValueError::server_dependent(
                "a comparison with a value of another type",
            )),
        }
    }

    /// What is sealed to be compared with stored values: one of them, or what equals none.
    ///
    /// # Errors
    /// As for [`DeclaredType::search`].
    pub fn compared(&self, read_as: &DeclaredType, value: Canonical) -> Result<Place, ValueError> {
        match self.search(read_as, value.clone())? {
            Some(found) => Ok(Place::At(found)),
            None => self.equal_to_none(read_as, value),
        }
    }

    /// What is sealed in place of a value that no stored one is equal to: `=` is false and `<>` true, as they are for the
    /// value, and two such values are equal where they are to the server.
    fn equal_to_none(&self, read_as: &DeclaredType, value: Canonical) -> Result<Place, ValueError> {
        // Longer than the column allows; it may be shown again.
        if let Kind::Text | Kind::Varchar { .. } = self.kind {
            return Ok(Place::At(value));
        }
        let settings = Settings::default();
        Ok(Place::Beside(match &read_as.kind {
            Kind::Int2 | Kind::Int4 | Kind::Int8 | Kind::Numeric { .. } => {
                let mut text = Zeroizing::new(Vec::new());
                read_as.to_text(&value, &settings, &mut text)?;
                Canonical::none(same_number(&text))
            }
            Kind::Char { .. } => Canonical::none(without_blanks(value.expose_plaintext())),
            Kind::Text
            | Kind::Varchar { .. }
            | Kind::Citext
            | Kind::Float4
            | Kind::Float8
            | Kind::Bool
            | Kind::Date
            | Kind::Time { .. }
            | Kind::Timestamp { .. }
            | Kind::Timestamptz { .. }
            | Kind::Uuid
            | Kind::Json
            | Kind::Jsonb
            | Kind::Bytea
            | Kind::Inet
            | Kind::Enum(_)
            | Kind::Array(_) => Canonical::none(value.expose_plaintext()),
        }))
    }

    /// The type as an expression has it, without what only assignments apply.
    pub fn without_modifier(&self) -> DeclaredType {
        let kind = match &self.kind {
            Kind::Varchar { .. } => Kind::Varchar { max: None },
            Kind::Char { .. } => Kind::Char { length: 0 },
            Kind::Numeric { .. } => Kind::Numeric {
                precision_scale: None,
            },
            Kind::Time { .. } => Kind::Time { precision: None },
            Kind::Timestamp { .. } => Kind::Timestamp { precision: None },
            Kind::Timestamptz { .. } => Kind::Timestamptz { precision: None },
            Kind::Array(element) => Kind::Array(Box::new(element.without_modifier())),
            other => other.clone(),
        };
        DeclaredType {
            kind,
            typmod: -1,
            ..*self
        }
    }

    /// The value as the column would hold it, if it can hold it unchanged.
    pub(super) fn exactly(&self, value: Canonical) -> Result<Option<Canonical>, ValueError> {
        let bytes = value.expose_plaintext();
        let damaged = || ValueError::damaged(&self.name());
        let characters = |bytes: &[u8]| String::from_utf8_lossy(bytes).chars().count();
        let within = |bytes: &[u8], limit: u32| {
            u32::try_from(characters(bytes)).is_ok_and(|count| count <= limit)
        };
        let long = || {
            bytes
                .try_into()
                .map(i64::from_be_bytes)
                .map_err(|_| damaged())
        };
        let holds = match &self.kind {
            Kind::Varchar { max: Some(max) } => within(bytes, *max),
            Kind::Char {
                length: length @ 1..,
            } => {
                let blanks = bytes.iter().rev().take_while(|b| **b == b' ').count();
                let text = bytes.get(..bytes.len() - blanks).unwrap_or(bytes);
                return Ok(within(text, *length).then(|| Canonical::new(text.to_vec())));
            }
            Kind::Int2 => integer::Width::Two.hold(long()?).is_ok(),
            Kind::Int4 => integer::Width::Four.hold(long()?).is_ok(),
            Kind::Float4 => float::open(bytes, float::Width::Four).is_ok(),
            Kind::Numeric {
                precision_scale: Some(_),
            } => return self.exact_numeric(bytes),
            Kind::Time { precision } => datetime::check_time(long()?, *precision)? == long()?,
            Kind::Timestamp { precision } | Kind::Timestamptz { precision } => {
                datetime::check_timestamp(long()?, *precision)? == long()?
            }
            Kind::Array(element) => {
                let mut array = Array::open(bytes).ok_or_else(damaged)?;
                for place in &mut array.elements {
                    if let Some(item) = place.take() {
                        match element.exactly(item)? {
                            Some(item) => *place = Some(item),
                            None => return Ok(None),
                        }
                    }
                }
                return array.to_canonical().map(Some);
            }
            _ => true,
        };
        Ok(holds.then_some(value))
    }

    fn exact_numeric(&self, bytes: &[u8]) -> Result<Option<Canonical>, ValueError> {
        let Kind::Numeric { precision_scale } = self.kind else {
            return Err(ValueError::damaged(&self.name()));
        };
        let fitted = match (
            numeric::open(bytes)?,
            numeric::open(bytes)?.fit(precision_scale),
        ) {
            (Number::NaN, Ok(fitted)) => fitted,
            (Number::Finite(exact), Ok(Number::Finite(fitted)))
                if exact.compare(&fitted).is_eq() =>
            {
                Number::Finite(fitted)
            }
            _ => return Ok(None),
        };
        Ok(Some(Canonical::new(fitted.to_bytes()?)))
    }
}

/// The number, if it is a whole one that any integer type could hold.
fn integral(number: &[u8]) -> Option<i64> {
    let text = std::str::from_utf8(number).ok()?;
    let whole = match text.split_once('.') {
        Some((whole, fraction)) if fraction.bytes().all(|digit| digit == b'0') => whole,
        Some(_) => return None,
        None => text,
    };
    whole.parse().ok()
}

/// The one form of all numerics that are equal.
fn same_number(text: &[u8]) -> &[u8] {
    if !text.contains(&b'.') {
        return text;
    }
    let zeros = text.iter().rev().take_while(|byte| **byte == b'0').count();
    let kept = text.get(..text.len() - zeros).unwrap_or(text);
    kept.strip_suffix(b".").unwrap_or(kept)
}

/// bpchar compares without them.
pub(super) fn without_blanks(text: &[u8]) -> &[u8] {
    let blanks = text.iter().rev().take_while(|byte| **byte == b' ').count();
    text.get(..text.len() - blanks).unwrap_or(text)
}

/// A date is equal to the timestamp at its start.
fn at_midnight(stamp: &Canonical) -> Result<Option<Canonical>, ValueError> {
    let micros = stamp
        .expose_plaintext()
        .try_into()
        .map(i64::from_be_bytes)
        .map_err(|_| ValueError::damaged("timestamp"))?;
    let infinite = matches!(micros, i64::MIN | i64::MAX);
    if !infinite && micros.rem_euclid(datetime::calendar::DAY) != 0 {
        return Ok(None);
    }
    let days = datetime::timestamp_to_date(micros)?;
    Ok(Some(Canonical::new(days.to_be_bytes().to_vec())))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]
    use super::*;

    fn column(name: &str) -> DeclaredType {
        DeclaredType::parse_name(name).unwrap()
    }

    fn found(column: &DeclaredType, read_as: &DeclaredType, text: &str) -> Option<Canonical> {
        let value = read_as
            .from_text(text.as_bytes(), &Settings::default())
            .unwrap();
        column.search(read_as, value).unwrap()
    }

    #[test]
    fn constants_are_not_rounded_or_cut() {
        let settings = Settings::default();
        for (name, read_as, text, stored) in [
            ("varchar(3)", "varchar", "abc", Some("abc")),
            ("varchar(3)", "varchar", "abcd", None),
            ("varchar(3)", "text", "abc ", None),
            ("char(3)", "bpchar", "ab ", Some("ab")),
            ("char(3)", "bpchar", "abc    ", Some("abc")),
            ("char(3)", "bpchar", "abcd", None),
            ("char(3)", "text", "ab", Some("ab")),
            ("char(3)", "text", "ab ", None),
            ("char(3)", "varchar", "ab ", Some("ab")),
            ("numeric(10,2)", "numeric", "1.5", Some("1.50")),
            ("numeric(10,2)", "numeric", "1.500", Some("1.50")),
            ("numeric(10,2)", "numeric", "1.005", None),
            ("numeric(10,2)", "integer", "7", Some("7.00")),
            ("numeric(4,2)", "numeric", "1000", None),
            ("numeric(4,2)", "bigint", "1000", None),
            ("numeric(4,2)", "numeric", "Infinity", None),
            ("numeric(4,2)", "numeric", "NaN", Some("NaN")),
            ("timestamp(0)", "timestamp", "2020-01-01 00:00:00.5", None),
            (
                "timestamp(0)",
                "timestamp",
                "2020-01-01",
                Some("2020-01-01"),
            ),
            ("timestamp", "date", "2020-01-01", Some("2020-01-01")),
            ("date", "timestamp", "2020-01-01", Some("2020-01-01")),
            ("date", "timestamp", "2020-01-01 00:00:01", None),
            ("date", "timestamp", "infinity", Some("infinity")),
            ("integer", "integer", "7", Some("7")),
            ("integer", "bigint", "1099511627776", None),
            ("integer", "numeric", "7.00", Some("7")),
            ("integer", "numeric", "7.01", None),
            ("integer", "numeric", "-0.0", Some("0")),
            ("bigint", "numeric", "99999999999999999999", None),
            ("smallint", "numeric", "NaN", None),
            ("real", "double precision", "0.1", None),
            ("real", "double precision", "0.5", Some("0.5")),
            ("real", "numeric", "0.5", Some("0.5")),
            (
                "varchar(3)[]",
                "varchar[]",
                "{abc,NULL}",
                Some("{abc,NULL}"),
            ),
            ("varchar(3)[]", "varchar[]", "{abcd}", None),
        ] {
            let declared = column(name);
            let found = found(&declared, &column(read_as), text);
            let stored = stored.map(|text| declared.from_text(text.as_bytes(), &settings).unwrap());
            assert!(found == stored, "{name} {read_as} {text}");
        }
    }

    #[test]
    fn what_equals_none_is_no_value_of_the_type() {
        for name in [
            "char(3)",
            "integer",
            "numeric(4,2)",
            "numeric",
            "date",
            "timestamp",
            "uuid",
            "boolean",
            "time",
            "inet",
            "real",
            "text[]",
        ] {
            let declared = column(name);
            let read_as = DeclaredType::parse_name("text").unwrap();
            let Place::Beside(none) = declared
                .equal_to_none(&read_as, Canonical::new(b"1".to_vec()))
                .unwrap()
            else {
                panic!("{name}");
            };
            let mut out = Vec::new();
            assert!(
                declared
                    .to_text(&none, &Settings::default(), &mut out)
                    .is_err(),
                "{name}"
            );
        }
    }

    #[test]
    fn what_equals_none_is_alike_where_the_values_are() {
        let stand_in = |name: &str, read_as: &str, text: &str| {
            let read_as = column(read_as);
            let value = read_as
                .from_text(text.as_bytes(), &Settings::default())
                .unwrap();
            column(name).compared(&read_as, value).unwrap()
        };
        for (name, read_as, one, other, alike) in [
            ("numeric(4,2)", "numeric", "1.005", "1.0050", true),
            ("numeric(4,2)", "numeric", "1.005", "1.006", false),
            ("numeric(4,2)", "numeric", "1000", "1000.000", true),
            ("numeric(4,2)", "numeric", "1000", "100", false),
            ("integer", "numeric", "2.5", "2.50", true),
            ("char(3)", "bpchar", "abcd", "abcd  ", true),
            ("char(3)", "text", "ab ", "ab  ", false),
            (
                "timestamp(0)",
                "timestamp",
                "2020-01-01 00:00:00.5",
                "2020-01-01 00:00:00.6",
                false,
            ),
        ] {
            let same = stand_in(name, read_as, one) == stand_in(name, read_as, other);
            assert_eq!(same, alike, "{name} {one} {other}");
        }
        assert!(
            stand_in("numeric(4,2)", "integer", "1000")
                == stand_in("numeric(4,2)", "numeric", "1000.0")
        );
    }
}
