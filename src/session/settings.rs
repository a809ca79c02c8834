//! What the session has set, as far as plans and values depend on it: followed by what the server reports,
//! read by Sealwire where it does not (FACTS 19).

use crate::plan::Environment;
use crate::value::Settings;
use crate::wire::Malformed;

/// The names that Sealwire's own statements and portals have: nothing a driver would take.
pub(super) const RESERVED: &[u8] = b"sealwire\x01own";

/// Fails in analysis whatever is installed, in a transaction that has failed too, and changes nothing (FACTS 15).
pub(super) const FAILING: &str = "SELECT pg_catalog.sealwire_refused()";

/// Reads what the server does not report. Every name is qualified: no search path can capture it.
pub(super) const QUERY: &str = "SELECT pg_catalog.array_to_json(pg_catalog.current_schemas(true))::pg_catalog.text, \
     pg_catalog.array_to_json(ARRAY(SELECT c.relname::pg_catalog.text FROM pg_catalog.pg_class c \
     WHERE c.relnamespace OPERATOR(pg_catalog.=) pg_catalog.pg_my_temp_schema()))::pg_catalog.text, \
     current_user::pg_catalog.text, \
     pg_catalog.current_setting('standard_conforming_strings'), pg_catalog.current_setting('client_encoding'), \
     pg_catalog.current_setting('DateStyle'), pg_catalog.current_setting('TimeZone'), \
     pg_catalog.current_setting('IntervalStyle'), pg_catalog.current_setting('bytea_output'), \
     pg_catalog.current_setting('extra_float_digits'), pg_catalog.current_setting('array_nulls'), \
     coalesce(pg_catalog.current_setting('sealwire.keyset', true), '')";

/// The settings as last known.
#[derive(Debug)]
pub(super) struct Known {
    search_path: Vec<String>,
    temp_relations: Vec<String>,
    role: String,
    standard_conforming_strings: bool,
    array_nulls: bool,
    client_encoding: String,
    values: Settings,
    application: String,
    /// `sealwire.keyset`; empty where it is not set.
    keyset: String,
    /// Read at least once.
    read: bool,
    /// Something was sent since that may have changed them.
    dirty: bool,
    /// Something was sent in this transaction, whose end may change them back.
    changed: bool,
}

impl Default for Known {
    fn default() -> Self {
        Known {
            search_path: Vec::new(),
            temp_relations: Vec::new(),
            role: String::new(),
            standard_conforming_strings: true,
            array_nulls: true,
            client_encoding: "UTF8".to_owned(),
            values: Settings::default(),
            application: String::new(),
            keyset: String::new(),
            read: false,
            dirty: true,
            changed: false,
        }
    }
}

impl Known {
    /// A ParameterStatus.
    pub(super) fn reported(&mut self, name: &str, value: &str) {
        match name {
            "standard_conforming_strings" => self.standard_conforming_strings = value == "on",
            "client_encoding" => value.clone_into(&mut self.client_encoding),
            "application_name" => value.clone_into(&mut self.application),
            name => {
                // A report of anything else says that some setting moved: those that are not reported may have too.
                self.dirty |= !self.values.take(name, value);
            }
        }
    }

    /// The answer to [`QUERY`].
    ///
    /// # Errors
    /// Where it is not what was asked for.
    pub(super) fn take(&mut self, values: &[Option<&[u8]>]) -> Result<(), Malformed> {
        const WRONG: Malformed = Malformed("the session's settings could not be read");
        let mut texts = values.iter().map(|value| {
            value
                .and_then(|bytes| std::str::from_utf8(bytes).ok())
                .ok_or(WRONG)
        });
        let mut next = || texts.next().unwrap_or(Err(WRONG));
        self.search_path = serde_json::from_str(next()?).map_err(|_| WRONG)?;
        self.temp_relations = serde_json::from_str(next()?).map_err(|_| WRONG)?;
        next()?.clone_into(&mut self.role);
        self.standard_conforming_strings = next()? == "on";
        next()?.clone_into(&mut self.client_encoding);
        for name in [
            "DateStyle",
            "TimeZone",
            "IntervalStyle",
            "bytea_output",
            "extra_float_digits",
        ] {
            if !self.values.take(name, next()?) {
                return Err(WRONG);
            }
        }
        self.array_nulls = next()? == "on";
        next()?.clone_into(&mut self.keyset);
        (self.read, self.dirty) = (true, false);
        Ok(())
    }

    /// Something is sent that may change them.
    pub(super) fn touched(&mut self) {
        (self.dirty, self.changed) = (true, true);
    }

    /// The transaction's end is sent.
    pub(super) fn transaction_ends(&mut self) {
        self.dirty |= self.changed;
    }

    /// The transaction is over: what it set may be set back.
    pub(super) fn transaction_ended(&mut self) {
        self.dirty |= std::mem::take(&mut self.changed);
    }

    /// Whether they must be read before they are relied on.
    pub(super) fn unknown(&self) -> bool {
        self.dirty
    }

    /// Whether they were ever read.
    pub(super) fn ever_read(&self) -> bool {
        self.read
    }

    /// `current_user`, where it is not the login.
    pub(super) fn active_role(&self, login: &str) -> Option<&str> {
        (self.read && self.role != login).then_some(self.role.as_str())
    }

    /// `application_name`.
    pub(super) fn application(&self) -> &str {
        &self.application
    }

    /// Whether names beyond ASCII are in the encoding that the catalog is read in.
    pub(super) fn encoding_is_utf8(&self) -> bool {
        self.client_encoding.eq_ignore_ascii_case("UTF8")
    }

    /// Whether text in the client's encoding can be scanned as if it were UTF-8: every byte below 0x80 stands for
    /// itself. In the others a quote or a backslash may be half of a character.
    pub(super) fn encoding_is_transparent(&self) -> bool {
        let name = self.client_encoding.to_ascii_uppercase();
        name == "UTF8"
            || name == "SQL_ASCII"
            || ["LATIN", "ISO_8859", "WIN", "KOI8", "EUC_", "MULE"]
                .iter()
                .any(|family| name.starts_with(family))
    }

    /// `standard_conforming_strings`.
    pub(super) fn strings_conform(&self) -> bool {
        self.standard_conforming_strings
    }

    /// What plans are made in.
    pub(super) fn environment(&self, unsettled: bool) -> Environment {
        Environment {
            search_path: self.search_path.clone(),
            temp_relations: self.temp_relations.clone(),
            standard_conforming_strings: self.standard_conforming_strings,
            array_nulls: self.array_nulls,
            unsettled,
            client_encoding: self.client_encoding.clone(),
            settings: self.values.clone(),
            literals: None,
            keyset: (!self.keyset.is_empty()).then(|| self.keyset.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn an_answer_is_taken_whole_or_not_at_all() {
        let row: Vec<Option<&[u8]>> = [
            "[\"pg_catalog\",\"Ann's\"]",
            "[]",
            "ann",
            "on",
            "UTF8",
            "ISO, DMY",
            "Europe/Rome",
            "postgres",
            "escape",
            "0",
            "on",
            "tenant-a",
        ]
        .iter()
        .map(|text| Some(text.as_bytes()))
        .collect();
        let mut known = Known::default();
        assert!(known.take(row.get(..11).unwrap()).is_err());
        assert!(known.unknown());
        known.take(&row).unwrap();
        assert!(!known.unknown());
        assert_eq!(
            known.environment(false).search_path,
            ["pg_catalog", "Ann's"]
        );
        assert_eq!(known.active_role("ann"), None);
        assert_eq!(known.active_role("bob"), Some("ann"));
        known.touched();
        known.take(&row).unwrap();
        known.transaction_ended();
        assert!(known.unknown());
    }
}
