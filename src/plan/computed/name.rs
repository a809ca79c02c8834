//! What the server calls a result column that it would have made (`FigureColname`).

use crate::plan::compare::unwrap;
use crate::plan::naming;
use crate::sql::Expr;
use crate::value::{DeclaredType, Kind};

/// The name; `None` where it is not certain.
pub(super) fn of(expr: &Expr) -> Option<String> {
    let own = |name: &str| Some(name.to_owned());
    match unwrap(expr) {
        Expr::Opaque { what, .. } => match *what {
            what if what.starts_with("EXTRACT ") => own("extract"),
            "SUBSTRING" => own("substring"),
            "SUBSTR" => own("substr"),
            "TRIM" => own("btrim"),
            "TRIM LEADING" => own("ltrim"),
            "TRIM TRAILING" => own("rtrim"),
            "POSITION" => own("position"),
            "CEIL" => own("ceil"),
            "FLOOR" => own("floor"),
            _ => Some(naming::result_name(expr)).filter(|name| !name.is_empty()),
        },
        // A cast of something that has a name has it; any other has the type's, and so has a CASE.
        Expr::Cast {
            inner, site, named, ..
        } => match (weak(inner), of(inner)) {
            (false, Some(name)) if name != "?column?" => Some(name),
            (_, None) if !weak(inner) => None,
            (_, _) => {
                let name = site.as_ref().map_or(named.as_str(), |site| &site.name);
                label(&DeclaredType::parse_name(name)?)
            }
        },
        Expr::Case {
            otherwise: Some(otherwise),
            ..
        } if !weak(otherwise) => match of(otherwise).as_deref() {
            None => None,
            Some("?column?") => own("case"),
            Some(name) => own(name),
        },
        Expr::Case { .. } => own("case"),
        other => Some(naming::result_name(other)).filter(|name| !name.is_empty()),
    }
}

/// Whether an expression around it goes before its name: that of a CASE, or of a type.
fn weak(expr: &Expr) -> bool {
    match unwrap(expr) {
        Expr::Case { otherwise, .. } => match otherwise.as_deref() {
            None => true,
            Some(otherwise) => weak(otherwise) || of(otherwise).as_deref() == Some("?column?"),
        },
        Expr::Cast { inner, .. } => weak(inner) || of(inner).as_deref() == Some("?column?"),
        Expr::Constant(_) | Expr::Placeholder { .. } => true,
        _ => false,
    }
}

/// A type's name in the catalog.
fn label(declared: &DeclaredType) -> Option<String> {
    let name = match &declared.kind {
        Kind::Text => "text",
        Kind::Varchar { .. } => "varchar",
        Kind::Char { .. } => "bpchar",
        Kind::Int2 => "int2",
        Kind::Int4 => "int4",
        Kind::Int8 => "int8",
        Kind::Numeric { .. } => "numeric",
        Kind::Float4 => "float4",
        Kind::Float8 => "float8",
        Kind::Bool => "bool",
        Kind::Date => "date",
        Kind::Time { .. } => "time",
        Kind::Timestamp { .. } => "timestamp",
        Kind::Timestamptz { .. } => "timestamptz",
        Kind::Uuid => "uuid",
        Kind::Json
        | Kind::Jsonb
        | Kind::Bytea
        | Kind::Inet
        | Kind::Citext
        | Kind::Enum(_)
        | Kind::Array(_) => return None,
    };
    Some(name.to_owned())
}
