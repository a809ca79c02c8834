//! Constants of predicates. A column's modifier rounds and cuts what is stored, but never what a stored
//! value is compared with: `varchar(3) = 'abcd'` is false, no error, and `numeric(10,2) = 1.005` too.

use super::array::Array;
use super::datetime;
use super::numeric::{self, Number};
use super::{Canonical, DeclaredType, Kind, Settings, ValueError, cast, float, integer};

impl DeclaredType {
    /// Reads a constant that values of the column are compared with. `None`: no stored value can be
    /// equal to it.
    ///
    /// # Errors
    /// As for [`DeclaredType::from_text`], except what the modifier would refuse.
    pub fn search_from_text(
        &self,
        text: &[u8],
        settings: &Settings,
    ) -> Result<Option<Canonical>, ValueError> {
        self.exactly(self.without_modifier().from_text(text, settings)?)
    }

    /// The same for a parameter in binary format; `sent_as` as for [`DeclaredType::from_binary`].
    ///
    /// # Errors
    /// As for [`DeclaredType::from_binary`], except what the modifier or a narrower type would refuse.
    pub fn search_from_binary(
        &self,
        sent_as: u32,
        bytes: &[u8],
    ) -> Result<Option<Canonical>, ValueError> {
        let wide = self.without_modifier();
        match (&self.kind, cast::sent_kind(self, sent_as)) {
            (Kind::Int2 | Kind::Int4, Some(Kind::Int2 | Kind::Int4 | Kind::Int8)) => self.exactly(
                DeclaredType {
                    kind: Kind::Int8,
                    ..wide
                }
                .from_binary(sent_as, bytes)?,
            ),
            (Kind::Float4, Some(Kind::Float8)) => self.exactly(
                DeclaredType {
                    kind: Kind::Float8,
                    ..wide
                }
                .from_binary(sent_as, bytes)?,
            ),
            (Kind::Date, Some(Kind::Timestamp { .. })) => {
                let stamp = Kind::Timestamp { precision: None };
                let value = DeclaredType {
                    kind: stamp,
                    ..wide
                }
                .from_binary(sent_as, bytes)?;
                at_midnight(&value)
            }
            _ => self.exactly(wide.from_binary(sent_as, bytes)?),
        }
    }

    fn without_modifier(&self) -> DeclaredType {
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
        DeclaredType { kind, ..*self }
    }

    /// The value as the column would hold it, if it can hold it unchanged.
    fn exactly(&self, value: Canonical) -> Result<Option<Canonical>, ValueError> {
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
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn column(name: &str) -> DeclaredType {
        DeclaredType::parse_name(name).unwrap()
    }

    #[test]
    fn constants_are_not_rounded_or_cut() {
        let settings = Settings::default();
        for (name, text, stored) in [
            ("varchar(3)", "abc", Some("abc")),
            ("varchar(3)", "abcd", None),
            ("varchar(3)", "abc ", None),
            ("char(3)", "ab ", Some("ab")),
            ("char(3)", "abc    ", Some("abc")),
            ("char(3)", "abcd", None),
            ("numeric(10,2)", "1.5", Some("1.50")),
            ("numeric(10,2)", "1.500", Some("1.50")),
            ("numeric(10,2)", "1.005", None),
            ("numeric(4,2)", "1000", None),
            ("numeric(4,2)", "Infinity", None),
            ("numeric(4,2)", "NaN", Some("NaN")),
            ("timestamp(0)", "2020-01-01 00:00:00.5", None),
            ("timestamp(0)", "2020-01-01", Some("2020-01-01")),
            ("integer", "7", Some("7")),
            ("varchar(3)[]", "{abc,NULL}", Some("{abc,NULL}")),
            ("varchar(3)[]", "{abcd}", None),
        ] {
            let declared = column(name);
            let found = declared
                .search_from_text(text.as_bytes(), &settings)
                .unwrap();
            let stored = stored.map(|text| declared.from_text(text.as_bytes(), &settings).unwrap());
            assert!(found == stored, "{name} {text}");
        }
        let error = column("integer")
            .search_from_text(b"2147483648", &settings)
            .unwrap_err();
        assert_eq!(error.sqlstate, "22003");
    }

    #[test]
    fn wider_parameters_may_match_nothing() {
        let integer = column("integer");
        assert!(
            integer
                .search_from_binary(20, &(1_i64 << 40).to_be_bytes())
                .unwrap()
                .is_none()
        );
        assert!(
            integer
                .search_from_binary(20, &7_i64.to_be_bytes())
                .unwrap()
                .is_some()
        );
        let real = column("real");
        assert!(
            real.search_from_binary(701, &0.1_f64.to_be_bytes())
                .unwrap()
                .is_none()
        );
        assert!(
            real.search_from_binary(701, &0.5_f64.to_be_bytes())
                .unwrap()
                .is_some()
        );
        let date = column("date");
        assert!(
            date.search_from_binary(1114, &1_i64.to_be_bytes())
                .unwrap()
                .is_none()
        );
        assert!(
            date.search_from_binary(1114, &0_i64.to_be_bytes())
                .unwrap()
                .is_some()
        );
        let text = column("varchar(3)");
        assert!(text.search_from_binary(25, b"abcd").unwrap().is_none());
    }
}
