//! Names, oids and modifiers of the built-in types.

use super::{DeclaredType, Kind};

/// Built-in types by oid: (oid, array's oid).
const ARRAYS: &[(u32, u32)] = &[
    (16, 1000),
    (17, 1001),
    (20, 1016),
    (21, 1005),
    (23, 1007),
    (25, 1009),
    (114, 199),
    (700, 1021),
    (701, 1022),
    (869, 1041),
    (1042, 1014),
    (1043, 1015),
    (1082, 1182),
    (1083, 1183),
    (1114, 1115),
    (1184, 1185),
    (1700, 1231),
    (2950, 2951),
    (3802, 3807),
];

/// A precision without a type behind it ("time" knows none but 0 to 6).
const MOST_SECOND_DIGITS: u8 = 6;

/// The array type over a built-in element type.
pub(super) fn array_oid(element: u32) -> Option<u32> {
    ARRAYS
        .iter()
        .find(|(oid, _)| *oid == element)
        .map(|(_, array)| *array)
}

/// From the catalog's numbers.
pub(super) fn from_catalog(oid: u32, typmod: i32) -> Option<DeclaredType> {
    if let Some((element, _)) = ARRAYS.iter().find(|(_, array)| *array == oid) {
        // The modifier of an array column is its elements'.
        let element = from_catalog(*element, typmod)?;
        return Some(DeclaredType {
            oid,
            typmod,
            kind: Kind::Array(Box::new(element)),
        });
    }
    let length = || u32::try_from(typmod - 4).ok().filter(|n| *n > 0);
    let digits = || match typmod {
        -1 => Some(None),
        _ => u8::try_from(typmod)
            .ok()
            .filter(|p| *p <= MOST_SECOND_DIGITS)
            .map(Some),
    };
    let kind = match oid {
        16 => Kind::Bool,
        17 => Kind::Bytea,
        20 => Kind::Int8,
        21 => Kind::Int2,
        23 => Kind::Int4,
        25 => Kind::Text,
        114 => Kind::Json,
        700 => Kind::Float4,
        701 => Kind::Float8,
        869 => Kind::Inet,
        1042 => Kind::Char {
            length: length().unwrap_or(0),
        },
        1043 => Kind::Varchar { max: length() },
        1082 => Kind::Date,
        1083 => Kind::Time {
            precision: digits()?,
        },
        1114 => Kind::Timestamp {
            precision: digits()?,
        },
        1184 => Kind::Timestamptz {
            precision: digits()?,
        },
        1700 => Kind::Numeric {
            precision_scale: precision_scale(typmod)?,
        },
        2950 => Kind::Uuid,
        3802 => Kind::Jsonb,
        _ => return None,
    };
    Some(DeclaredType { oid, typmod, kind })
}

/// Eleven bits of scale, signed from version 15 on.
fn precision_scale(typmod: i32) -> Option<Option<(u16, i16)>> {
    if typmod < 4 {
        return Some(None);
    }
    let packed = typmod - 4;
    let precision = u16::try_from(packed >> 16).ok()?;
    let scale = i16::try_from(((packed & 0x7ff) ^ 1024) - 1024).ok()?;
    Some(Some((precision, scale)))
}

/// Reads a type name: `varchar(40)`, `timestamp(3) with time zone`, `int[]`.
pub(super) fn parse(name: &str) -> Option<DeclaredType> {
    let lower = name.trim().to_ascii_lowercase();
    if let Some(element) = lower.strip_suffix(']').and_then(|rest| {
        let rest = rest.trim_end_matches(|c: char| c.is_ascii_digit());
        rest.strip_suffix('[')
    }) {
        let element = parse(element)?;
        // Further dimensions are not part of the type.
        if matches!(element.kind, Kind::Array(_)) {
            return Some(element);
        }
        let oid = array_oid(element.oid)?;
        return Some(DeclaredType {
            oid,
            typmod: element.typmod,
            kind: Kind::Array(Box::new(element)),
        });
    }
    let lower = lower.strip_prefix("pg_catalog.").unwrap_or(&lower);
    let (base, arguments) = take_arguments(lower)?;
    let oid = match base.as_str() {
        "text" => 25,
        "character varying" | "varchar" => 1043,
        "character" | "char" | "bpchar" => 1042,
        "smallint" | "int2" => 21,
        "integer" | "int" | "int4" => 23,
        "bigint" | "int8" => 20,
        "numeric" | "decimal" => 1700,
        "real" | "float4" => 700,
        "double precision" | "float8" | "float" => 701,
        "boolean" | "bool" => 16,
        "date" => 1082,
        "time" | "time without time zone" => 1083,
        "timestamp" | "timestamp without time zone" => 1114,
        "timestamptz" | "timestamp with time zone" => 1184,
        "uuid" => 2950,
        "json" => 114,
        "jsonb" => 3802,
        "bytea" => 17,
        "inet" => 869,
        _ => return None,
    };
    from_catalog(oid, modifier(oid, base.as_str(), &arguments)?)
}

/// The name without its parenthesised arguments, white space made single.
fn take_arguments(name: &str) -> Option<(String, Vec<i32>)> {
    let (before, arguments, after) = match name.split_once('(') {
        None => (name, Vec::new(), ""),
        Some((before, rest)) => {
            let (inside, after) = rest.split_once(')')?;
            let arguments: Option<Vec<i32>> = inside
                .split(',')
                .map(|part| part.trim().parse().ok())
                .collect();
            (before, arguments?, after)
        }
    };
    let words: Vec<&str> = before
        .split_whitespace()
        .chain(after.split_whitespace())
        .collect();
    Some((words.join(" "), arguments))
}

fn modifier(oid: u32, base: &str, arguments: &[i32]) -> Option<i32> {
    match (oid, arguments) {
        // `character` alone is one character, `bpchar` alone has no length.
        (1042, []) => Some(if base == "bpchar" { -1 } else { 5 }),
        (_, []) => Some(-1),
        (1042 | 1043, [length @ 1..=10_485_760]) => Some(length + 4),
        (1083 | 1114 | 1184, [digits @ 0..=6]) => Some(*digits),
        (1700, [precision @ 1..=1000]) => Some((precision << 16) + 4),
        (1700, [precision @ 1..=1000, scale @ -1000..=1000]) => {
            Some((precision << 16 | scale & 0x7ff) + 4)
        }
        _ => None,
    }
}

/// As `format_type(oid, typmod)` writes it.
pub(super) fn write(declared: &DeclaredType) -> String {
    let with = |name: &str, digits: &Option<u8>, tail: &str| match digits {
        Some(digits) => format!("{name}({digits}){tail}"),
        None => format!("{name}{tail}"),
    };
    match &declared.kind {
        Kind::Text => "text".to_owned(),
        Kind::Varchar { max: Some(max) } => format!("character varying({max})"),
        Kind::Varchar { max: None } => "character varying".to_owned(),
        Kind::Char { length: 0 } => "bpchar".to_owned(),
        Kind::Char { length } => format!("character({length})"),
        Kind::Int2 => "smallint".to_owned(),
        Kind::Int4 => "integer".to_owned(),
        Kind::Int8 => "bigint".to_owned(),
        Kind::Numeric {
            precision_scale: Some((precision, scale)),
        } => {
            format!("numeric({precision},{scale})")
        }
        Kind::Numeric {
            precision_scale: None,
        } => "numeric".to_owned(),
        Kind::Float4 => "real".to_owned(),
        Kind::Float8 => "double precision".to_owned(),
        Kind::Bool => "boolean".to_owned(),
        Kind::Date => "date".to_owned(),
        Kind::Time { precision } => with("time", precision, " without time zone"),
        Kind::Timestamp { precision } => with("timestamp", precision, " without time zone"),
        Kind::Timestamptz { precision } => with("timestamp", precision, " with time zone"),
        Kind::Uuid => "uuid".to_owned(),
        Kind::Json => "json".to_owned(),
        Kind::Jsonb => "jsonb".to_owned(),
        Kind::Bytea => "bytea".to_owned(),
        Kind::Inet => "inet".to_owned(),
        Kind::Citext => "citext".to_owned(),
        Kind::Enum(labels) => labels.name.clone(),
        Kind::Array(element) => format!("{}[]", write(element)),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn names_round_trip() {
        for name in [
            "text",
            "character varying",
            "character varying(40)",
            "character(3)",
            "bpchar",
            "smallint",
            "integer",
            "bigint",
            "numeric",
            "numeric(10,2)",
            "numeric(3,-2)",
            "numeric(2,5)",
            "real",
            "double precision",
            "boolean",
            "date",
            "time without time zone",
            "time(3) without time zone",
            "timestamp(0) without time zone",
            "timestamp with time zone",
            "timestamp(3) with time zone",
            "uuid",
            "json",
            "jsonb",
            "bytea",
            "inet",
            "integer[]",
            "character varying(9)[]",
        ] {
            let declared = parse(name).unwrap();
            assert_eq!(declared.name(), name);
            assert_eq!(from_catalog(declared.oid, declared.typmod), Some(declared));
        }
    }

    #[test]
    fn other_spellings_are_known() {
        for (name, formatted) in [
            ("VARCHAR(40)", "character varying(40)"),
            ("int[]", "integer[]"),
            ("int[3][3]", "integer[]"),
            ("char", "character(1)"),
            ("decimal(5)", "numeric(5,0)"),
            (
                "Timestamp (3)  With Time Zone",
                "timestamp(3) with time zone",
            ),
            ("pg_catalog.int4", "integer"),
        ] {
            assert_eq!(parse(name).unwrap().name(), formatted);
        }
        for unknown in [
            "money",
            "varchar(0)",
            "timestamp(9)",
            "text(3)",
            "numeric(2000)",
            "",
            "[]",
        ] {
            assert!(parse(unknown).is_none(), "{unknown}");
        }
    }
}
