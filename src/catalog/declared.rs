//! From the catalog's type numbers and names to declared types, those of this database among them.

use crate::value::{DeclaredType, Kind};

use super::{Snapshot, TypeInfo, quote_ident, split_qualified};

impl Snapshot {
    /// The declared type of a column of this type and modifier, `None` where the type is not
    /// supported (composites, ranges, domains and the types of unknown extensions).
    pub fn declared(&self, type_oid: u32, typmod: i32) -> Option<DeclaredType> {
        if let Some(built_in) = DeclaredType::from_catalog(type_oid, typmod) {
            return Some(built_in);
        }
        let info = self.types.get(&type_oid)?;
        let kind = if info.element != 0 {
            Kind::Array(Box::new(self.declared(info.element, typmod)?))
        } else {
            self.own_kind(info)?
        };
        Some(DeclaredType {
            oid: type_oid,
            typmod,
            kind,
        })
    }

    /// The declared type of this name, as rules and the registry write it.
    pub fn declared_named(&self, name: &str) -> Option<DeclaredType> {
        if let Some(built_in) = DeclaredType::parse_name(name) {
            return Some(built_in);
        }
        let name = name.trim();
        if let Some(element) = name.strip_suffix("[]") {
            let element = self.declared_named(element)?;
            let (oid, _) = self
                .types
                .iter()
                .find(|(_, info)| info.element == element.oid)?;
            return Some(DeclaredType {
                oid: *oid,
                typmod: element.typmod,
                kind: Kind::Array(Box::new(element)),
            });
        }
        let (schema, name) = split_qualified(name)?;
        let mut found = self.types.iter().filter(|(_, info)| {
            info.name == name && schema.as_ref().is_none_or(|schema| info.schema == *schema)
        });
        let (oid, info) = found.next()?;
        if found.next().is_some() {
            return None;
        }
        Some(DeclaredType {
            oid: *oid,
            typmod: -1,
            kind: self.own_kind(info)?,
        })
    }

    /// `format_type` with pg_catalog alone on the search path.
    pub fn type_name(&self, type_oid: u32, typmod: i32) -> String {
        if let Some(declared) = self.declared(type_oid, typmod) {
            return declared.name();
        }
        match self.types.get(&type_oid) {
            Some(info) if info.schema == "pg_catalog" => info.name.clone(),
            Some(info) => format!("{}.{}", quote_ident(&info.schema), quote_ident(&info.name)),
            None => format!("type {type_oid}"),
        }
    }

    fn own_kind(&self, info: &TypeInfo) -> Option<Kind> {
        if let Some(labels) = &info.labels {
            return Some(Kind::Enum(labels.clone()));
        }
        (info.name == "citext" && info.typtype == 'b').then_some(Kind::Citext)
    }
}
