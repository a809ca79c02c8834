//! Constants that stand beside a column's values as another branch of one expression (CASE, COALESCE, UNION). The
//! server gives the whole a type without the column's modifier, so a constant keeps a form that no stored value has:
//! `COALESCE(numeric(10,2), 0)` is `0` where it is the constant, and `COALESCE(char(5), 'x')` is `x` without blanks.

use zeroize::Zeroizing;

use super::datetime;
use super::search::without_blanks;
use super::text::{self, AS_IT_IS};
use super::{Canonical, DeclaredType, Kind, Place, Settings, ValueError};

impl DeclaredType {
    /// What is sealed for a constant that was read as `read_as`, where the server calls the whole by the type `told`.
    /// [`Place::At`]: a value of the column, which shows it in just that form. [`Place::Beside`]: one that may only be
    /// shown.
    ///
    /// # Errors
    /// Where the server's own conversion fails, and where it is not done here.
    pub fn merged(
        &self,
        told: &DeclaredType,
        read_as: &DeclaredType,
        value: Canonical,
    ) -> Result<Place, ValueError> {
        let elsewhere =
            || ValueError::server_dependent("a value of another type beside those of a column");
        let written = |ty: &DeclaredType, value: &Canonical| {
            let mut out = Zeroizing::new(Vec::new());
            ty.to_text(value, &Settings::default(), &mut out)?;
            Ok::<_, ValueError>(out)
        };
        let kept = |value: Canonical| {
            Ok(match self.exactly(value.clone())? {
                Some(found) => Place::At(found),
                None => Place::Beside(value),
            })
        };
        match (&self.kind, &read_as.kind) {
            (
                Kind::Text | Kind::Varchar { .. } | Kind::Char { .. },
                Kind::Text | Kind::Varchar { .. } | Kind::Char { .. },
            ) => {
                let text = written(read_as, &value)?;
                let padded = matches!(told.kind, Kind::Char { .. });
                let shown = match read_as.kind {
                    // The conversion to another type of text takes the blanks away.
                    Kind::Char { .. } if !padded => without_blanks(&text),
                    _ => &text,
                };
                self.beside_text(shown, padded)
            }
            (Kind::Numeric { .. }, Kind::Int2 | Kind::Int4 | Kind::Int8 | Kind::Numeric { .. }) => {
                let text = written(read_as, &value)?;
                let wide = self.without_modifier();
                let value = wide.from_text(&text, &Settings::default())?;
                Ok(match self.exactly(value.clone())? {
                    Some(found) if *written(self, &found)? == *text => Place::At(found),
                    Some(_) | None => Place::Beside(value),
                })
            }
            (Kind::Int2 | Kind::Int4 | Kind::Int8, Kind::Int2 | Kind::Int4 | Kind::Int8)
            | (Kind::Float8, Kind::Float4 | Kind::Float8)
            | (Kind::Float4, Kind::Float4)
            | (Kind::Time { .. }, Kind::Time { .. })
            | (Kind::Timestamp { .. }, Kind::Timestamp { .. })
            | (Kind::Timestamptz { .. }, Kind::Timestamptz { .. }) => kept(value),
            (
                Kind::Float4 | Kind::Float8,
                Kind::Int2 | Kind::Int4 | Kind::Int8 | Kind::Numeric { .. },
            ) => {
                let text = written(read_as, &value)?;
                Ok(Place::At(self.from_text(&text, &Settings::default())?))
            }
            (Kind::Timestamp { .. }, Kind::Date) => {
                let days = value
                    .expose_plaintext()
                    .try_into()
                    .map(i32::from_be_bytes)
                    .map_err(|_| ValueError::damaged("date"))?;
                let micros = datetime::date_to_timestamp(days)?;
                kept(Canonical::new(micros.to_be_bytes().to_vec()))
            }
            (Kind::Array(_), Kind::Array(_)) if self.family() == read_as.family() => {
                let given = written(read_as, &value)?;
                match self.exactly(value)? {
                    Some(found) if written(self, &found)? == given => Ok(Place::At(found)),
                    Some(_) | None => Err(elsewhere()),
                }
            }
            (
                Kind::Bool
                | Kind::Date
                | Kind::Uuid
                | Kind::Json
                | Kind::Jsonb
                | Kind::Bytea
                | Kind::Inet
                | Kind::Citext
                | Kind::Enum(_),
                own,
            ) if *own == self.kind => Ok(Place::At(value)),
            _ => Err(elsewhere()),
        }
    }

    /// `padded`: the whole is of type bpchar, where the column's own values have their blanks.
    fn beside_text(&self, shown: &[u8], padded: bool) -> Result<Place, ValueError> {
        let value = Canonical::new(shown.to_vec());
        let length = match self.kind {
            Kind::Char { length } => length,
            _ => {
                return Ok(match self.exactly(value.clone())? {
                    Some(found) => Place::At(found),
                    None => Place::Beside(value),
                });
            }
        };
        if length == 0 {
            return Ok(Place::At(value));
        }
        let characters = u32::try_from(text::utf8(shown)?.chars().count()).unwrap_or(u32::MAX);
        let bare = without_blanks(shown);
        let own = if padded {
            characters == length
        } else {
            characters <= length && bare.len() == shown.len()
        };
        Ok(if own {
            Place::At(Canonical::new(bare.to_vec()))
        } else {
            Place::Beside(Canonical::new([&[AS_IT_IS], shown].concat()))
        })
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]
    use super::*;

    /// What is shown of the constant beside the column's values, and whether the column could hold it.
    fn shown(column: &str, told: &str, read_as: &str, text: &str) -> (String, bool) {
        let settings = Settings::default();
        let parse = |name: &str| DeclaredType::parse_name(name).unwrap();
        let (column, told, read_as) = (parse(column), parse(told), parse(read_as));
        let value = read_as.from_text(text.as_bytes(), &settings).unwrap();
        let (value, held) = match column.merged(&told, &read_as, value).unwrap() {
            Place::At(value) => (value, true),
            Place::Beside(value) => (value, false),
            Place::Before(_) | Place::End => panic!("{text}"),
        };
        let opened = match (&column.kind, &told.kind) {
            (Kind::Char { .. }, Kind::Char { .. }) => column,
            (Kind::Char { .. }, _) => parse("bpchar"),
            _ => told,
        };
        let mut out = Vec::new();
        opened.to_text(&value, &settings, &mut out).unwrap();
        (String::from_utf8(out).unwrap(), held)
    }

    #[test]
    fn constants_keep_their_form() {
        for (column, told, read_as, text, expected, held) in [
            ("numeric(10,2)", "numeric", "integer", "0", "0", false),
            ("numeric(10,2)", "numeric", "numeric", "0.00", "0.00", true),
            (
                "numeric(10,2)",
                "numeric",
                "numeric",
                "1.255",
                "1.255",
                false,
            ),
            (
                "numeric(10,2)",
                "numeric",
                "numeric(10,2)",
                "1.255",
                "1.26",
                true,
            ),
            (
                "numeric(10,2)",
                "numeric",
                "numeric",
                "1e12",
                "1000000000000",
                false,
            ),
            ("numeric(10,2)", "numeric", "numeric", "NaN", "NaN", true),
            ("varchar(3)", "varchar", "varchar", "abc", "abc", true),
            ("varchar(3)", "varchar", "varchar", "abcd", "abcd", false),
            ("varchar(3)", "varchar", "char(5)", "ab", "ab", true),
            ("varchar(3)", "bpchar", "char(5)", "ab", "ab   ", false),
            ("varchar(3)", "text", "text", "ab ", "ab ", true),
            ("char(3)", "bpchar", "bpchar", "ab", "ab", false),
            ("char(3)", "bpchar", "bpchar", "abc", "abc", true),
            ("char(3)", "bpchar", "bpchar", "ab ", "ab ", true),
            ("char(3)", "bpchar", "bpchar", "ab  ", "ab  ", false),
            ("char(3)", "bpchar", "char(3)", "ab", "ab ", true),
            ("char(3)", "bpchar", "char(5)", "ab", "ab   ", false),
            ("char(3)", "text", "text", "ab", "ab", true),
            ("char(3)", "text", "text", "ab ", "ab ", false),
            ("char(3)", "text", "char(5)", "ab", "ab", true),
            ("char(3)", "bpchar", "bpchar", "", "", false),
            ("char(3)", "text", "text", "", "", true),
            (
                "integer",
                "bigint",
                "bigint",
                "3000000000",
                "3000000000",
                false,
            ),
            ("integer", "bigint", "integer", "3", "3", true),
            ("real", "real", "numeric", "0.1", "0.1", true),
            (
                "double precision",
                "double precision",
                "integer",
                "7",
                "7",
                true,
            ),
            (
                "timestamp",
                "timestamp",
                "date",
                "2020-01-01",
                "2020-01-01 00:00:00",
                true,
            ),
            (
                "timestamp(0)",
                "timestamp",
                "timestamp",
                "2020-01-01 00:00:00.5",
                "2020-01-01 00:00:00.5",
                false,
            ),
        ] {
            assert_eq!(
                shown(column, told, read_as, text),
                (expected.to_owned(), held),
                "{column} {told} {read_as} {text:?}"
            );
        }
    }

    #[test]
    fn what_the_server_would_convert_otherwise_is_refused() {
        for (column, read_as, text) in [
            ("integer", "numeric", "2.5"),
            ("numeric(10,2)", "double precision", "2.5"),
            ("real", "double precision", "2.5"),
            ("date", "timestamp", "2020-01-01"),
            ("numeric(10,2)[]", "numeric[]", "{1}"),
        ] {
            let parse = |name: &str| DeclaredType::parse_name(name).unwrap();
            let value = parse(read_as)
                .from_text(text.as_bytes(), &Settings::default())
                .unwrap();
            let told = parse(column).without_modifier();
            let refused = parse(column).merged(&told, &parse(read_as), value);
            assert!(refused.is_err(), "{column} {read_as}");
        }
    }
}
