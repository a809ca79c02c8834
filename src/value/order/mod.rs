//! Order: the bits of a value that compare like the server compares the values, and where a constant that no stored
//! value equals stands among them.
//!
//! [`Order::code`] gives the bits of a stored value, most significant first: of a fixed number for a type, and of text
//! nine a byte (one that says that a byte follows, and its eight) and a last one that says that none does, so that a
//! text stands before what it is the beginning of. [`DeclaredType::placed`] finds the place of a constant of a predicate:
//! at a value, or between two. Codes are frozen: order bytes are made of them.
//!
//! Absent: keys; the bits are plaintext.

mod codes;
mod place;
#[cfg(test)]
mod tests;

use zeroize::Zeroizing;

use super::{Canonical, DeclaredType, Kind, ValueError};

pub use place::Place;

/// Most characters that an ordered text may have: it takes nine bytes for each of its own.
pub const MOST_CHARACTERS: u32 = 1_000;

/// How the values of a column are put in order. Part of its sealing: constant for a key domain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "named as the types are")]
pub enum Order {
    Int2,
    Int4,
    Int8,
    Float4,
    Float8,
    Numeric {
        precision: u16,
        scale: i16,
    },
    Date,
    Time,
    /// timestamp and timestamptz: microseconds.
    Timestamp,
    Uuid,
    /// By bytes, as collation C has it; at most so many characters.
    Text {
        max: u32,
    },
}

/// The bits of a value in order, one a byte. Wiped when dropped; it cannot be printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Code(Zeroizing<Vec<u8>>);

impl PartialOrd for Code {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Code {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.expose_bits().cmp(other.expose_bits())
    }
}

impl std::fmt::Debug for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Code(…)")
    }
}

impl Code {
    /// The bits, each 0 or 1. Plaintext, like [`Canonical::expose_plaintext`].
    pub fn expose_bits(&self) -> &[u8] {
        &self.0
    }
}

/// Why a value has no place in the order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoOrder {
    /// A text of more characters than the column's.
    TooLong {
        /// Most characters.
        max: u32,
    },
    /// It is no value of the type.
    Damaged,
}

impl std::fmt::Display for NoOrder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            NoOrder::TooLong { max } => {
                write!(f, "value too long for type character varying({max})")
            }
            NoOrder::Damaged => f.write_str("the value is not one of its column's type"),
        }
    }
}

impl std::error::Error for NoOrder {}

impl Order {
    /// The order of a type's values; of text by bytes, with the most characters that a rule allows.
    ///
    /// # Errors
    /// Why there is none, in a few words.
    pub fn of(declared: &DeclaredType, max_length: Option<u32>) -> Result<Order, &'static str> {
        let text = |own: Option<u32>| {
            let max = match (own, max_length) {
                (Some(own), Some(given)) => own.min(given),
                (Some(one), None) | (None, Some(one)) => one,
                (None, None) => {
                    return Err(
                        "a text in order needs a most length: set max_length, or declare it varchar(n)",
                    );
                }
            };
            if max > MOST_CHARACTERS {
                return Err(
                    "a text in order takes nine bytes for each of its own: set max_length to 1000 characters or less",
                );
            }
            Ok(Order::Text { max })
        };
        let fixed = |order: Order| match max_length {
            None => Ok(order),
            Some(_) => Err("max_length is for text"),
        };
        match &declared.kind {
            Kind::Text => text(None),
            Kind::Varchar { max } => text(*max),
            Kind::Char { length: 0 } => Err("bpchar without a length has no order that bytes have"),
            Kind::Char { length } => text(Some(*length)),
            Kind::Int2 => fixed(Order::Int2),
            Kind::Int4 => fixed(Order::Int4),
            Kind::Int8 => fixed(Order::Int8),
            Kind::Float4 => fixed(Order::Float4),
            Kind::Float8 => fixed(Order::Float8),
            Kind::Numeric {
                precision_scale: Some((precision, scale)),
            } => fixed(Order::Numeric {
                precision: *precision,
                scale: *scale,
            }),
            Kind::Numeric {
                precision_scale: None,
            } => Err("numeric without precision and scale has no fixed number of digits"),
            Kind::Date => fixed(Order::Date),
            Kind::Time { .. } => fixed(Order::Time),
            Kind::Timestamp { .. } | Kind::Timestamptz { .. } => fixed(Order::Timestamp),
            Kind::Uuid => fixed(Order::Uuid),
            Kind::Bool => {
                Err("boolean has two values: their order is no secret that could be kept")
            }
            Kind::Enum(_) => Err("an enum is sealed by its label, and sorts otherwise"),
            Kind::Citext => Err("citext sorts by lower case"),
            Kind::Json | Kind::Jsonb | Kind::Bytea | Kind::Inet | Kind::Array(_) => Err(
                "only integers, numeric(p,s), floats, date, time, timestamps, uuid and text with a most length have one",
            ),
        }
    }

    /// As the registry writes it.
    pub fn name(&self) -> String {
        match self {
            Order::Int2 => "int2".to_owned(),
            Order::Int4 => "int4".to_owned(),
            Order::Int8 => "int8".to_owned(),
            Order::Float4 => "float4".to_owned(),
            Order::Float8 => "float8".to_owned(),
            Order::Numeric { precision, scale } => format!("numeric({precision},{scale})"),
            Order::Date => "date".to_owned(),
            Order::Time => "time".to_owned(),
            Order::Timestamp => "timestamp".to_owned(),
            Order::Uuid => "uuid".to_owned(),
            Order::Text { max } => format!("text({max})"),
        }
    }

    /// From its name.
    pub fn by_name(name: &str) -> Option<Order> {
        let within = |head: &str| name.strip_prefix(head)?.strip_suffix(')');
        if let Some(max) = within("text(") {
            return Some(Order::Text {
                max: max.parse().ok()?,
            });
        }
        if let Some(digits) = within("numeric(") {
            let (precision, scale) = digits.split_once(',')?;
            return Some(Order::Numeric {
                precision: precision.parse().ok()?,
                scale: scale.parse().ok()?,
            });
        }
        [
            Order::Int2,
            Order::Int4,
            Order::Int8,
            Order::Float4,
            Order::Float8,
            Order::Date,
            Order::Time,
            Order::Timestamp,
            Order::Uuid,
        ]
        .into_iter()
        .find(|order| order.name() == name)
    }

    /// How many bits every code has; `None` for text, whose has nine for each byte and one.
    pub fn width(&self) -> Option<usize> {
        match self {
            Order::Int2 => Some(16),
            Order::Int4 | Order::Float4 | Order::Date => Some(32),
            Order::Int8 | Order::Float8 | Order::Timestamp => Some(64),
            Order::Time => Some(40),
            Order::Uuid => Some(128),
            Order::Numeric { precision, .. } => Some(codes::numeric_width(*precision)),
            Order::Text { .. } => None,
        }
    }

    /// The bits of a value.
    ///
    /// # Errors
    /// A text that is too long, or bytes that are no value of the type.
    pub fn code(&self, value: &Canonical) -> Result<Code, NoOrder> {
        let bytes = value.expose_plaintext();
        match self {
            Order::Int2 => codes::signed(codes::long(bytes)?, 16),
            Order::Int4 => codes::signed(codes::long(bytes)?, 32),
            Order::Int8 | Order::Timestamp => codes::signed(codes::long(bytes)?, 64),
            Order::Date => codes::signed(codes::days(bytes)?, 32),
            Order::Time => codes::unsigned(codes::long(bytes)?, 40),
            Order::Float4 => codes::float4(codes::float(bytes)?),
            Order::Float8 => codes::float8(codes::float(bytes)?),
            Order::Numeric { precision, scale } => codes::numeric(bytes, *precision, *scale),
            Order::Uuid if bytes.len() == 16 => Ok(codes::bits_of(bytes)),
            Order::Uuid => Err(NoOrder::Damaged),
            Order::Text { max } => {
                let text = std::str::from_utf8(bytes).map_err(|_| NoOrder::Damaged)?;
                let most = usize::try_from(*max).unwrap_or(usize::MAX);
                // No character takes less than a byte.
                if bytes.len() > most && text.chars().nth(most).is_some() {
                    return Err(NoOrder::TooLong { max: *max });
                }
                Ok(codes::text(bytes))
            }
        }
    }
}

impl NoOrder {
    /// As PostgreSQL reports it.
    pub fn to_value_error(self) -> ValueError {
        ValueError::new(
            match self {
                NoOrder::TooLong { .. } => "22001",
                NoOrder::Damaged => "XX001",
            },
            self.to_string(),
        )
    }
}
