//! Result columns: which formats are asked for, and what the client is told of them.

use super::refuse;
use crate::fault::{Fault, Refusal};
use crate::plan::{Output, Show, StatementPlan, Told};
use crate::policy::Protected;
use crate::value::{DeclaredType, Kind};

/// What RowDescription shows of a column in place of what the server says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Described {
    /// Type oid.
    pub oid: u32,
    /// `pg_type.typlen`.
    pub typlen: i16,
    /// Type modifier.
    pub typmod: i32,
    /// (table oid, attnum) that the server must have shown, where lineage is sure of it.
    pub origin: Option<(u32, i16)>,
}

/// The format codes of a Bind: those to send upstream, one an upstream column, and those the client expects, one a
/// column of the client's. Sealed columns are asked for in binary.
///
/// # Errors
/// Where the client's codes do not fit the columns.
pub fn formats(statement: &StatementPlan, client: &[i16]) -> Result<(Vec<i16>, Vec<i16>), Refusal> {
    let outputs = statement.outputs.as_deref().unwrap_or_default();
    let count = match &statement.derived {
        None => outputs.len(),
        Some(derived) => derived.columns.len(),
    };
    let client = one_each(client, count).ok_or_else(|| {
        refuse::protocol(format!(
            "bind message has {} result formats but query has {count} columns",
            client.len(),
        ))
    })?;
    for format in &client {
        known_format(*format)?;
    }
    // What is only read is asked for in binary, which depends on no setting.
    let shown = match &statement.derived {
        None => client.clone(),
        Some(derived) => {
            let mut shown = vec![1; outputs.len()];
            for (told, format) in derived.columns.iter().zip(&client) {
                if let Told::Upstream(place) = told
                    && let Some(own) = shown.get_mut(*place)
                {
                    *own = *format;
                }
            }
            shown
        }
    };
    let upstream = outputs.iter().zip(shown);
    let upstream = upstream.map(|(output, format)| match output {
        Output::Pass => format,
        Output::Sealed { .. } => 1,
        // Binary depends on no setting, so it is what a mask is made from.
        Output::Plain { mask, array, .. } if *array || mask.needs_plaintext() => 1,
        Output::Plain { .. } => format,
    });
    Ok((upstream.collect(), client))
}

/// What RowDescription shows of a column; `None`: what the server says.
pub fn described(output: &Output) -> Option<Described> {
    match output {
        Output::Pass | Output::Plain { .. } => None,
        Output::Sealed {
            column,
            array,
            origin,
            show: Show::Open | Show::Mask(_),
            spec: _,
        } => {
            let declared = &column.declared;
            Some(if *array {
                Described {
                    oid: array_type(declared).0,
                    typlen: -1,
                    typmod: declared.typmod,
                    origin: *origin,
                }
            } else {
                Described {
                    oid: declared.oid,
                    typlen: declared.typlen(),
                    typmod: declared.typmod,
                    origin: *origin,
                }
            })
        }
    }
}

/// Format codes as Bind gives them (none: all text; one: for all) to one each.
pub(super) fn one_each(codes: &[i16], count: usize) -> Option<Vec<i16>> {
    match codes {
        [] => Some(vec![0; count]),
        [one] => Some(vec![*one; count]),
        codes => (codes.len() == count).then(|| codes.to_vec()),
    }
}

/// Text or binary.
pub(super) fn known_format(format: i16) -> Result<bool, Refusal> {
    match format {
        0 => Ok(false),
        1 => Ok(true),
        other => Err(
            refuse::protocol(format!("unsupported format code: {other}")).with_sqlstate("22023"),
        ),
    }
}

/// The array type that the client is told of, and its element type. Arrays of types whose array type is not
/// known (citext, enums made in this transaction) are shown as `text[]`: the elements look the same in both formats.
pub(super) fn array_type(element: &DeclaredType) -> (u32, u32) {
    let array = match element.kind {
        Kind::Text => 1009,
        Kind::Varchar { .. } => 1015,
        // What was char(n) and is told as another type of text.
        Kind::Char { .. } if element.oid == 25 => 1009,
        Kind::Char { .. } if element.oid == 1043 => 1015,
        Kind::Char { .. } => 1014,
        Kind::Int2 => 1005,
        Kind::Int4 => 1007,
        Kind::Int8 => 1016,
        Kind::Numeric { .. } => 1231,
        Kind::Float4 => 1021,
        Kind::Float8 => 1022,
        Kind::Bool => 1000,
        Kind::Date => 1182,
        Kind::Time { .. } => 1183,
        Kind::Timestamp { .. } => 1115,
        Kind::Timestamptz { .. } => 1185,
        Kind::Uuid => 2951,
        Kind::Json => 199,
        Kind::Jsonb => 3807,
        Kind::Bytea => 1001,
        Kind::Inet => 1041,
        Kind::Enum(ref labels) if labels.array != 0 => labels.array,
        Kind::Citext | Kind::Enum(_) | Kind::Array(_) => return (1009, 25),
    };
    (array, element.oid)
}

/// `array_agg` of arrays would make one array of more dimensions: not put together here.
pub(super) fn refuse_nested(column: &Protected, array: bool) -> Result<(), Refusal> {
    if array && matches!(column.declared.kind, Kind::Array(_)) {
        return Err(Refusal::new(
            Fault::UnsupportedExpression,
            format!("array_agg of {}, which holds arrays", column.qualified()),
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::value::EnumLabels;

    #[test]
    fn an_array_of_an_enum_is_told_by_its_own_type() {
        let mood = |array| DeclaredType {
            oid: 16_400,
            typmod: -1,
            kind: Kind::Enum(Arc::new(EnumLabels {
                name: "mood".to_owned(),
                labels: vec!["ok".to_owned()],
                array,
            })),
        };
        assert_eq!(array_type(&mood(16_399)), (16_399, 16_400));
        assert_eq!(array_type(&mood(0)), (1009, 25));
    }
}
