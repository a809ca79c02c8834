//! The application's type of a live column.

use crate::catalog::{Column, Snapshot, TypeInfo};
use crate::value::{DeclaredType, Kind};

/// The type of a column that still holds plaintext; the error says which type it is.
pub(super) fn declared(snapshot: &Snapshot, column: &Column) -> Result<DeclaredType, String> {
    by_oid(snapshot, column.type_oid, column.typmod).ok_or_else(|| {
        let name = snapshot.types.get(&column.type_oid).map_or_else(
            || format!("with oid {}", column.type_oid),
            |info| format!("{}.{}", info.schema, info.name),
        );
        format!("type {name} is not supported: expected a built-in type, an enum, citext or an array of these")
    })
}

fn by_oid(snapshot: &Snapshot, oid: u32, typmod: i32) -> Option<DeclaredType> {
    DeclaredType::from_catalog(oid, typmod).or_else(|| {
        let info = snapshot.types.get(&oid)?;
        let kind = match element_of(info) {
            Some(element) => Kind::Array(Box::new(by_oid(snapshot, element, typmod)?)),
            None => match &info.labels {
                Some(labels) => Kind::Enum(labels.clone()),
                None if info.name == "citext" && info.typtype == 'b' => Kind::Citext,
                // A domain's CHECK would be lost by sealing; composites and ranges have no codec.
                None => return None,
            },
        };
        Some(DeclaredType { oid, typmod, kind })
    })
}

/// The element of a true array. Built-in types of fixed length such as `name` also have an element.
fn element_of(info: &TypeInfo) -> Option<u32> {
    (info.element != 0 && info.typtype == 'b' && info.name.starts_with('_')).then_some(info.element)
}

/// Whether the name that a rule gives is that of the type. A name without a modifier stands for
/// all of them.
pub(super) fn is_named(name: &str, declared: &DeclaredType, snapshot: &Snapshot) -> bool {
    match DeclaredType::parse_name(name) {
        Some(named) => same(&named, declared),
        None => {
            let wanted = name.trim().trim_start_matches("public.");
            snapshot.types.get(&declared.oid).is_some_and(|info| {
                info.name == wanted
                    || format!("{}.{}", info.schema, info.name) == name.trim()
                    || wanted
                        .strip_suffix("[]")
                        .is_some_and(|element| info.name == format!("_{element}"))
            })
        }
    }
}

fn same(named: &DeclaredType, live: &DeclaredType) -> bool {
    match (&named.kind, &live.kind) {
        (Kind::Varchar { max: None }, Kind::Varchar { .. })
        | (
            Kind::Numeric {
                precision_scale: None,
            },
            Kind::Numeric { .. },
        )
        | (Kind::Time { precision: None }, Kind::Time { .. })
        | (Kind::Timestamp { precision: None }, Kind::Timestamp { .. })
        | (Kind::Timestamptz { precision: None }, Kind::Timestamptz { .. }) => true,
        (Kind::Array(named), Kind::Array(live)) => same(named, live),
        (named, live) => named == live,
    }
}
