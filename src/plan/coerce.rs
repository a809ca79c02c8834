//! Which types the server would compare with or assign to a column, and how a value of such a type is read.

use crate::value::{DeclaredType, Kind};

/// Type oids of the server (`pg_type.dat`).
pub(super) mod oid {
    pub(in crate::plan) const BOOL: u32 = 16;
    pub(in crate::plan) const BYTEA: u32 = 17;
    pub(in crate::plan) const NAME: u32 = 19;
    pub(in crate::plan) const INT8: u32 = 20;
    pub(in crate::plan) const INT2: u32 = 21;
    pub(in crate::plan) const INT4: u32 = 23;
    pub(in crate::plan) const TEXT: u32 = 25;
    pub(in crate::plan) const FLOAT4: u32 = 700;
    pub(in crate::plan) const FLOAT8: u32 = 701;
    pub(in crate::plan) const UNKNOWN: u32 = 705;
    pub(in crate::plan) const BYTEA_ARRAY: u32 = 1001;
    pub(in crate::plan) const INT8_ARRAY: u32 = 1016;
    pub(in crate::plan) const BPCHAR: u32 = 1042;
    pub(in crate::plan) const VARCHAR: u32 = 1043;
    pub(in crate::plan) const DATE: u32 = 1082;
    pub(in crate::plan) const TIMESTAMP: u32 = 1114;
    pub(in crate::plan) const TIMESTAMPTZ: u32 = 1184;
    pub(in crate::plan) const NUMERIC: u32 = 1700;
}

/// Why a type does not go with a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mismatch {
    /// The server has no such operator (42883) or assignment (42804).
    Missing,
    /// The server would take it, by a conversion that this version does not do.
    Elsewhere,
}

/// What the server has for a type is said only of those that are known here: others (name, "char", oid, domains, types of
/// extensions) may go into one of them by themselves.
fn certain(given: u32, mismatch: Mismatch) -> Mismatch {
    match DeclaredType::from_catalog(given, -1) {
        Some(_) => mismatch,
        None => Mismatch::Elsewhere,
    }
}

/// Whether a value of the type is not text, and does not go into it by itself.
pub(super) fn is_certainly_no_text(given: u32) -> bool {
    DeclaredType::from_catalog(given, -1).is_some_and(|known| {
        let texts = [oid::TEXT, oid::VARCHAR, oid::BPCHAR];
        !texts.contains(&known.oid) && known.kind != Kind::Citext
    })
}

/// The type by which a value that is **compared** with the column is read: its own, or the column's without the
/// modifiers that only assignments apply (a string longer than varchar(n) is not equal to any, and no error).
pub(super) fn compared(column: &DeclaredType, given: u32) -> Result<DeclaredType, Mismatch> {
    reading(column, given).map_err(|mismatch| certain(given, mismatch))
}

fn reading(column: &DeclaredType, given: u32) -> Result<DeclaredType, Mismatch> {
    let own = column.without_modifier();
    if given == 0 || given == oid::UNKNOWN || given == column.oid {
        return Ok(own);
    }
    let itself = || DeclaredType::from_catalog(given, -1).ok_or(Mismatch::Elsewhere);
    match &column.kind {
        Kind::Text | Kind::Varchar { .. } | Kind::Citext => match given {
            oid::TEXT | oid::VARCHAR => Ok(own),
            // bpchar compared with text drops trailing blanks of the value.
            oid::BPCHAR => Err(Mismatch::Elsewhere),
            _ => Err(Mismatch::Missing),
        },
        Kind::Char { .. } => match given {
            oid::TEXT | oid::VARCHAR => itself(),
            _ => Err(Mismatch::Missing),
        },
        Kind::Int2 | Kind::Int4 | Kind::Int8 => match given {
            oid::INT2 | oid::INT4 | oid::INT8 | oid::NUMERIC => itself(),
            oid::FLOAT4 | oid::FLOAT8 => Err(Mismatch::Elsewhere),
            _ => Err(Mismatch::Missing),
        },
        Kind::Numeric { .. } => match given {
            oid::INT2 | oid::INT4 | oid::INT8 => itself(),
            oid::FLOAT4 | oid::FLOAT8 => Err(Mismatch::Elsewhere),
            _ => Err(Mismatch::Missing),
        },
        Kind::Float4 | Kind::Float8 => match given {
            // Its text is that of the nearest real, which is compared as float8.
            oid::FLOAT4 => itself(),
            oid::FLOAT8 | oid::INT2 | oid::INT4 | oid::INT8 | oid::NUMERIC => {
                // Any of them is compared as float8.
                Ok(DeclaredType {
                    oid: oid::FLOAT8,
                    typmod: -1,
                    kind: Kind::Float8,
                })
            }
            _ => Err(Mismatch::Missing),
        },
        Kind::Timestamp { .. } => match given {
            oid::DATE => itself(),
            oid::TIMESTAMPTZ => Err(Mismatch::Elsewhere),
            _ => Err(Mismatch::Missing),
        },
        Kind::Timestamptz { .. } => match given {
            oid::DATE | oid::TIMESTAMP => Err(Mismatch::Elsewhere),
            _ => Err(Mismatch::Missing),
        },
        Kind::Date => match given {
            oid::TIMESTAMP => itself(),
            oid::TIMESTAMPTZ => Err(Mismatch::Elsewhere),
            _ => Err(Mismatch::Missing),
        },
        Kind::Inet | Kind::Bytea => Err(Mismatch::Missing),
        Kind::Bool
        | Kind::Time { .. }
        | Kind::Uuid
        | Kind::Json
        | Kind::Jsonb
        | Kind::Enum(_)
        | Kind::Array(_) => Err(Mismatch::Missing),
    }
}

/// The same for the right side of NULLIF, whose left side is the column: only where the operator leaves the column's
/// type as it is, since that is the result's.
pub(super) fn nullified(column: &DeclaredType, given: u32) -> Result<DeclaredType, Mismatch> {
    let integer = |given| matches!(given, oid::INT2 | oid::INT4 | oid::INT8);
    let kept = match &column.kind {
        Kind::Int2 | Kind::Int4 | Kind::Int8 => integer(given),
        Kind::Float4 => given == oid::FLOAT8,
        // Operators of any two of them: the smaller one is converted.
        Kind::Numeric { .. } => integer(given),
        Kind::Float8 => true,
        Kind::Text | Kind::Varchar { .. } => true,
        Kind::Date => given == oid::TIMESTAMP,
        Kind::Timestamp { .. } => given == oid::DATE,
        Kind::Char { .. }
        | Kind::Citext
        | Kind::Bool
        | Kind::Time { .. }
        | Kind::Timestamptz { .. }
        | Kind::Uuid
        | Kind::Json
        | Kind::Jsonb
        | Kind::Bytea
        | Kind::Inet
        | Kind::Enum(_)
        | Kind::Array(_) => false,
    };
    let reading = compared(column, given)?;
    if kept || given == 0 || given == oid::UNKNOWN || given == column.oid {
        Ok(reading)
    } else {
        Err(Mismatch::Elsewhere)
    }
}

/// The same for an argument of a routine that takes values of the column: its constant is sealed as one.
pub(super) fn argued(column: &DeclaredType, given: u32) -> Result<DeclaredType, Mismatch> {
    let kept = match &column.kind {
        Kind::Int4 => given == oid::INT2,
        Kind::Int8 => matches!(given, oid::INT2 | oid::INT4),
        Kind::Float8 | Kind::Text | Kind::Varchar { .. } | Kind::Citext => true,
        Kind::Int2
        | Kind::Numeric { .. }
        | Kind::Float4
        | Kind::Char { .. }
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
        | Kind::Array(_) => false,
    };
    let reading = compared(column, given)?;
    if kept || given == 0 || given == oid::UNKNOWN || given == column.oid {
        Ok(reading)
    } else {
        Err(Mismatch::Elsewhere)
    }
}

/// Types that go into each other by themselves, the later one winning.
const WIDENING: &[&[u32]] = &[
    &[
        oid::INT2,
        oid::INT4,
        oid::INT8,
        oid::NUMERIC,
        oid::FLOAT4,
        oid::FLOAT8,
    ],
    &[oid::DATE, oid::TIMESTAMP, oid::TIMESTAMPTZ],
];

/// The type that the server gives two branches of these types, in this order (`select_common_type`); `None` where it
/// has none, or it is not known here.
pub(super) fn common(first: u32, second: u32) -> Option<u32> {
    let text = |given| matches!(given, oid::TEXT | oid::VARCHAR | oid::BPCHAR);
    // Those of text go into each other both ways, so that the first one stays.
    if first == second || (text(first) && text(second)) {
        return Some(first);
    }
    WIDENING.iter().find_map(|types| {
        let place = |given| types.iter().position(|own| *own == given);
        types.get(place(first)?.max(place(second)?)).copied()
    })
}

/// The type by which the values of a column and constants beside them are shown, where the server calls the whole
/// `told`: every value of the column has to have that form.
pub(super) fn beside(column: &DeclaredType, told: u32) -> Option<DeclaredType> {
    if told == column.oid {
        return Some(column.without_modifier());
    }
    let shown = match &column.kind {
        Kind::Text | Kind::Varchar { .. } | Kind::Char { length: 1.. } => {
            matches!(told, oid::TEXT | oid::VARCHAR | oid::BPCHAR)
        }
        Kind::Int2 | Kind::Int4 | Kind::Int8 => {
            common(column.oid, told) == Some(told) && matches!(told, oid::INT4 | oid::INT8)
        }
        Kind::Char { length: 0 }
        | Kind::Citext
        | Kind::Numeric { .. }
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
        | Kind::Array(_) => false,
    };
    shown
        .then(|| DeclaredType::from_catalog(told, -1))
        .flatten()
}

/// Whether a value of the type can be **assigned** to the column by a conversion that this version does.
pub(super) fn assigned(column: &DeclaredType, given: u32) -> Result<DeclaredType, Mismatch> {
    converted(column, given).map_err(|mismatch| certain(given, mismatch))
}

fn converted(column: &DeclaredType, given: u32) -> Result<DeclaredType, Mismatch> {
    if given == 0 || given == oid::UNKNOWN || given == column.oid {
        return Ok(column.clone());
    }
    let text = matches!(given, oid::TEXT | oid::VARCHAR | oid::BPCHAR | oid::NAME);
    let integer = matches!(given, oid::INT2 | oid::INT4 | oid::INT8);
    let number = integer || matches!(given, oid::NUMERIC | oid::FLOAT4 | oid::FLOAT8);
    let own = || Ok(column.clone());
    match &column.kind {
        Kind::Text | Kind::Varchar { .. } | Kind::Char { .. } | Kind::Citext => match given {
            oid::TEXT | oid::VARCHAR => own(),
            _ => Err(Mismatch::Elsewhere),
        },
        Kind::Int2 | Kind::Int4 | Kind::Int8 => {
            if integer {
                own()
            } else if number {
                Err(Mismatch::Elsewhere)
            } else {
                Err(Mismatch::Missing)
            }
        }
        Kind::Numeric { .. } => {
            if integer || given == oid::NUMERIC {
                own()
            } else if number {
                Err(Mismatch::Elsewhere)
            } else {
                Err(Mismatch::Missing)
            }
        }
        Kind::Float4 | Kind::Float8 => {
            if given == oid::FLOAT4 {
                // As its text reads: the nearest real, which a float8 column holds exactly.
                DeclaredType::from_catalog(given, -1).ok_or(Mismatch::Elsewhere)
            } else if number {
                own()
            } else {
                Err(Mismatch::Missing)
            }
        }
        Kind::Timestamp { .. } | Kind::Date => match given {
            oid::DATE | oid::TIMESTAMP => own(),
            oid::TIMESTAMPTZ => Err(Mismatch::Elsewhere),
            _ => Err(Mismatch::Missing),
        },
        Kind::Timestamptz { .. } => match given {
            oid::DATE | oid::TIMESTAMP => Err(Mismatch::Elsewhere),
            _ => Err(Mismatch::Missing),
        },
        Kind::Time { .. } => {
            if text {
                Err(Mismatch::Missing)
            } else {
                Err(Mismatch::Elsewhere)
            }
        }
        Kind::Bytea if given == oid::BYTEA => own(),
        Kind::Bool
        | Kind::Uuid
        | Kind::Json
        | Kind::Jsonb
        | Kind::Bytea
        | Kind::Inet
        | Kind::Enum(_)
        | Kind::Array(_) => Err(Mismatch::Missing),
    }
}

/// Whether every value of one column of a domain can be stored in another as it is.
pub(super) fn fits(from: &DeclaredType, to: &DeclaredType) -> bool {
    let limit = |kind: &Kind| match kind {
        Kind::Varchar { max } => *max,
        _ => None,
    };
    match (&from.kind, &to.kind) {
        (own, other) if own == other => true,
        (Kind::Text | Kind::Varchar { .. }, Kind::Text | Kind::Varchar { max: None }) => true,
        (Kind::Varchar { .. }, Kind::Varchar { max: Some(most) }) => {
            limit(&from.kind).is_some_and(|own| own <= *most)
        }
        (Kind::Char { length: own }, Kind::Char { length }) => *own > 0 && own <= length,
        (Kind::Int2, Kind::Int4 | Kind::Int8) | (Kind::Int4, Kind::Int8) => true,
        (Kind::Float4, Kind::Float8) => true,
        (Kind::Time { .. }, Kind::Time { precision: None })
        | (Kind::Timestamp { .. }, Kind::Timestamp { precision: None })
        | (Kind::Timestamptz { .. }, Kind::Timestamptz { precision: None }) => true,
        _ => false,
    }
}
