//! The catalog facade: which relations of the server's own have a view in schema `sealwire` that shows sealed columns
//! as they were declared. `init` makes the views, `plan` puts their names where the catalogs' stand.

use std::collections::HashMap;

use super::Snapshot;

/// One view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FacadeView {
    /// Schema of what it stands for.
    pub schema: &'static str,
    /// Name of what it stands for.
    pub relation: &'static str,
    /// Its name in schema `sealwire`.
    pub name: &'static str,
    /// It has the system columns too, after all others.
    pub system: bool,
}

/// All of them; each after those that it reads.
pub const FACADE: &[FacadeView] = &[
    view("pg_catalog", "pg_attribute", "pg_attribute", false),
    view("pg_catalog", "pg_attribute", "pg_attribute_system", true),
    view("pg_catalog", "pg_attrdef", "pg_attrdef", false),
    view("pg_catalog", "pg_attrdef", "pg_attrdef_system", true),
    view("pg_catalog", "pg_description", "pg_description", false),
    view(
        "pg_catalog",
        "pg_description",
        "pg_description_system",
        true,
    ),
    view("pg_catalog", "pg_index", "pg_index", false),
    view("pg_catalog", "pg_index", "pg_index_system", true),
    view("pg_catalog", "pg_indexes", "pg_indexes", false),
    view(
        "information_schema",
        "columns",
        "information_schema_columns",
        false,
    ),
    view(
        "information_schema",
        "column_udt_usage",
        "information_schema_column_udt_usage",
        false,
    ),
    view(
        "information_schema",
        "column_domain_usage",
        "information_schema_column_domain_usage",
        false,
    ),
    view(
        "information_schema",
        "element_types",
        "information_schema_element_types",
        false,
    ),
];

/// Functions of `pg_catalog` with one of the same name in schema `sealwire`.
pub const FACADE_FUNCTIONS: &[&str] = &["pg_get_indexdef", "obj_description"];

/// Columns that every table has, in the order of their numbers, with their types.
pub const SYSTEM_COLUMNS: &[(&str, u32)] = &[
    ("ctid", 27),
    ("xmin", 28),
    ("cmin", 29),
    ("xmax", 28),
    ("cmax", 29),
    ("tableoid", 26),
];

/// What schema `sealwire` has of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facade {
    /// What it shows, by (table oid, attnum): the type.
    pub shapes: HashMap<(u32, i16), u32>,
    /// The views, with names and types of their columns. They are functions of one SELECT.
    pub views: HashMap<String, Vec<(String, u32)>>,
}

const fn view(
    schema: &'static str,
    relation: &'static str,
    name: &'static str,
    system: bool,
) -> FacadeView {
    FacadeView {
        schema,
        relation,
        name,
        system,
    }
}

impl Snapshot {
    /// Whether the views are there, all of them with the columns of what they stand for. They are not where `init`
    /// has not run since there is a facade, or since the server became another version.
    pub fn has_facade(&self) -> bool {
        FACADE.iter().all(|view| self.fits(view))
    }

    fn fits(&self, view: &FacadeView) -> bool {
        let (Some(own), Some(shown)) = (
            self.relation(view.schema, view.relation),
            self.facade.views.get(view.name),
        ) else {
            return false;
        };
        let system: &[(&str, u32)] = if view.system { SYSTEM_COLUMNS } else { &[] };
        let columns = own.columns.iter().map(|column| {
            let type_oid = if column.type_oid == ANYARRAY {
                TEXT
            } else {
                column.type_oid
            };
            (column.name.as_str(), type_oid)
        });
        columns.chain(system.iter().copied()).eq(shown
            .iter()
            .map(|(name, type_oid)| (name.as_str(), *type_oid)))
    }
}

/// No function gives it: shown as text.
const ANYARRAY: u32 = 2277;
const TEXT: u32 = 25;
