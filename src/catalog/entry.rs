//! An entry of the registry that a definition through the proxy makes, in the definition's own transaction: a text
//! with a MAC of its own. Whoever has no key can call the procedure that keeps it, and makes nothing that counts.

use serde_json::{Map, Value};

use crate::seal::SealSpec;

/// What the registry holds of one column, by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Schema.
    pub schema: String,
    /// Table.
    pub table: String,
    /// Column.
    pub column: String,
    /// The type the application knows, as `format_type` writes it.
    pub declared: String,
    /// Qualified and quoted collation, where one was given.
    pub collation: Option<String>,
    /// How it is sealed; `None`: masked only.
    pub seal: Option<SealSpec>,
    /// Named key domain.
    pub domain_name: Option<String>,
    /// Constant default in text form.
    pub default: Option<String>,
    /// The same as an SQL expression.
    pub default_sql: Option<String>,
}

impl Entry {
    /// As it is stored.
    pub fn body(&self) -> String {
        let mut map = Map::new();
        let mut text = |key: &str, value: Option<&str>| {
            map.insert(key.to_owned(), value.map_or(Value::Null, Value::from));
        };
        text("schema", Some(&self.schema));
        text("table", Some(&self.table));
        text("column", Some(&self.column));
        text("declared", Some(&self.declared));
        text("collation", self.collation.as_deref());
        text("domain_name", self.domain_name.as_deref());
        text("default", self.default.as_deref());
        text("default_sql", self.default_sql.as_deref());
        let spec = self.seal.as_ref();
        text("scheme", spec.map(SealSpec::scheme_name).as_deref());
        let mut number = |key: &str, value: Option<u32>| {
            map.insert(key.to_owned(), value.map_or(Value::Null, Value::from));
        };
        number("domain", spec.map(|spec| spec.domain));
        number("slot", spec.map(|spec| spec.slot.into()));
        number("epoch", spec.map(|spec| spec.epoch.into()));
        number("family", spec.map(|spec| spec.family.into()));
        number("pad", spec.and_then(|spec| spec.pad));
        Value::Object(map).to_string()
    }

    /// From what is stored; `None` where it is not of this form.
    pub fn parse(body: &str) -> Option<Entry> {
        let value: Value = serde_json::from_str(body).ok()?;
        let text = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
        let number = |key: &str| value.get(key).and_then(Value::as_u64);
        let seal = match text("scheme").as_deref() {
            None => None,
            Some(name) => {
                let layout = SealSpec::parse_scheme(name)?;
                Some(SealSpec {
                    domain: u32::try_from(number("domain")?).ok()?,
                    slot: u8::try_from(number("slot")?).ok()?,
                    epoch: u16::try_from(number("epoch")?).ok()?,
                    scheme: layout.scheme,
                    ci: layout.ci,
                    order: layout.order,
                    tokens: layout.tokens,
                    family: u8::try_from(number("family")?).ok()?,
                    pad: match number("pad") {
                        None => None,
                        Some(pad) => Some(u32::try_from(pad).ok()?),
                    },
                })
            }
        };
        Some(Entry {
            schema: text("schema")?,
            table: text("table")?,
            column: text("column")?,
            declared: text("declared")?,
            collation: text("collation"),
            seal,
            domain_name: text("domain_name"),
            default: text("default"),
            default_sql: text("default_sql"),
        })
    }

    /// What an entry's MAC is of. The registry's own message begins otherwise, so that neither stands for the other.
    pub fn message(environment: &[u8; 16], body: &str) -> Vec<u8> {
        let mut message = b"sealwire entry v1".to_vec();
        message.extend_from_slice(environment);
        message.extend_from_slice(body.as_bytes());
        message
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_comes_back_as_it_was() {
        let mut entry = Entry {
            schema: "public".to_owned(),
            table: "Odd \"name\"".to_owned(),
            column: "e".to_owned(),
            declared: "character varying(40)".to_owned(),
            collation: None,
            seal: Some(SealSpec {
                domain: u32::MAX,
                slot: 0,
                epoch: 3,
                scheme: crate::seal::Scheme::Deterministic,
                family: 1,
                pad: Some(32),
                ci: Some(crate::value::Fold::Both),
                order: Some(crate::value::Order::Text { max: 40 }),
                tokens: None,
            }),
            domain_name: Some("mail".to_owned()),
            default: Some("it's".to_owned()),
            default_sql: Some("'it''s'".to_owned()),
        };
        assert_eq!(Entry::parse(&entry.body()), Some(entry.clone()));
        entry.seal = None;
        assert_eq!(Entry::parse(&entry.body()), Some(entry));
        for bad in ["", "{}", "[]", "{\"schema\":\"a\"}"] {
            assert_eq!(Entry::parse(bad), None, "{bad}");
        }
    }
}
