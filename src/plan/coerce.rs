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
    pub(in crate::plan) const BPCHAR: u32 = 1042;
    pub(in crate::plan) const VARCHAR: u32 = 1043;
    pub(in crate::plan) const DATE: u32 = 1082;
    pub(in crate::plan) const TIMESTAMP: u32 = 1114;
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

/// The type under which a value that is **compared** with the column is read: the column's without the modifiers
/// that only assignments apply (a string longer than varchar(n) is not equal to any, and no error).
pub(super) fn compared(column: &DeclaredType, given: u32) -> Result<DeclaredType, Mismatch> {
    let own = without_modifier(column);
    if given == 0 || given == oid::UNKNOWN || given == column.oid {
        return Ok(own);
    }
    let ok = |yes: bool| {
        if yes {
            Ok(own.clone())
        } else {
            Err(Mismatch::Missing)
        }
    };
    match &column.kind {
        Kind::Text | Kind::Varchar { .. } | Kind::Citext => match given {
            oid::TEXT | oid::VARCHAR | oid::NAME => Ok(own),
            // bpchar compared with text drops trailing blanks of the value.
            oid::BPCHAR => Err(Mismatch::Elsewhere),
            _ => Err(Mismatch::Missing),
        },
        Kind::Char { .. } => ok(matches!(given, oid::BPCHAR | oid::TEXT | oid::VARCHAR)),
        Kind::Int2 | Kind::Int4 | Kind::Int8 => match given {
            oid::INT2 | oid::INT4 | oid::INT8 => Ok(DeclaredType {
                oid: oid::INT8,
                typmod: -1,
                kind: Kind::Int8,
            }),
            oid::NUMERIC | oid::FLOAT4 | oid::FLOAT8 => Err(Mismatch::Elsewhere),
            _ => Err(Mismatch::Missing),
        },
        Kind::Numeric { .. } => match given {
            oid::NUMERIC | oid::INT2 | oid::INT4 | oid::INT8 => Ok(own),
            oid::FLOAT4 | oid::FLOAT8 => Err(Mismatch::Elsewhere),
            _ => Err(Mismatch::Missing),
        },
        Kind::Float4 | Kind::Float8 => match given {
            oid::FLOAT4 | oid::FLOAT8 | oid::INT2 | oid::INT4 | oid::INT8 | oid::NUMERIC => {
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
            oid::DATE => Ok(own),
            1184 => Err(Mismatch::Elsewhere),
            _ => Err(Mismatch::Missing),
        },
        Kind::Timestamptz { .. } => match given {
            oid::DATE | oid::TIMESTAMP => Err(Mismatch::Elsewhere),
            _ => Err(Mismatch::Missing),
        },
        Kind::Date => match given {
            oid::TIMESTAMP | 1184 => Err(Mismatch::Elsewhere),
            _ => Err(Mismatch::Missing),
        },
        Kind::Inet => ok(given == 869),
        Kind::Bytea => ok(given == oid::BYTEA),
        Kind::Bool
        | Kind::Time { .. }
        | Kind::Uuid
        | Kind::Json
        | Kind::Jsonb
        | Kind::Enum(_)
        | Kind::Array(_) => Err(Mismatch::Missing),
    }
}

/// Whether a value of the type can be **assigned** to the column by a conversion that this version does.
pub(super) fn assigned(column: &DeclaredType, given: u32) -> Result<DeclaredType, Mismatch> {
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
            if number {
                own()
            } else {
                Err(Mismatch::Missing)
            }
        }
        Kind::Timestamp { .. } | Kind::Date => match given {
            oid::DATE | oid::TIMESTAMP => own(),
            1184 => Err(Mismatch::Elsewhere),
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

/// The type without modifiers; `numeric(p,s)` keeps its scale, at which it is sealed.
fn without_modifier(column: &DeclaredType) -> DeclaredType {
    let kind = match &column.kind {
        Kind::Varchar { .. } => Kind::Varchar { max: None },
        Kind::Time { .. } => Kind::Time { precision: None },
        Kind::Timestamp { .. } => Kind::Timestamp { precision: None },
        Kind::Timestamptz { .. } => Kind::Timestamptz { precision: None },
        Kind::Text
        | Kind::Char { .. }
        | Kind::Int2
        | Kind::Int4
        | Kind::Int8
        | Kind::Numeric { .. }
        | Kind::Float4
        | Kind::Float8
        | Kind::Bool
        | Kind::Date
        | Kind::Uuid
        | Kind::Json
        | Kind::Jsonb
        | Kind::Bytea
        | Kind::Inet
        | Kind::Citext
        | Kind::Enum(_)
        | Kind::Array(_) => return column.clone(),
    };
    DeclaredType {
        oid: column.oid,
        typmod: -1,
        kind,
    }
}
