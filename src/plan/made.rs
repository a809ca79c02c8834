//! Tables that a query makes (CREATE TABLE AS, SELECT INTO), and copies into columns that no rule is about. Sealed values
//! stay sealed there: such a table holds envelopes, which nobody reads through the proxy. So only full control makes one.
//! What is only masked lies in plaintext, and would be read by everyone.

use super::analysis::Analysis;
use super::lineage::{Column, Lineage, Value};
use crate::catalog::Relation;
use crate::fault::{Fault, Refusal};
use crate::identity::Verb;
use crate::sql::{Range, Token};

/// What helps where a protected value would be copied out of what the rules are about.
pub(super) const COPIED: &str = "Name the target in the rules, create it with its columns spelled out, and fill it with INSERT … SELECT through the proxy.";

const BYTEA: u32 = 17;

/// Whether the table that a statement makes from its query (`range`) is temporary.
pub(super) fn makes_temporary(tokens: &[Token], range: Range) -> bool {
    let temporary = |token: &Token| {
        token.name().is_some_and(|name| {
            matches!(name, "temp" | "temporary")
                || name == "pg_temp"
                || name.starts_with("pg_temp_")
        })
    };
    // CREATE [GLOBAL | LOCAL] TEMP TABLE [IF NOT EXISTS] pg_temp.name … AS, before the query.
    let before = tokens.get(..=range.first).unwrap_or(&[]);
    let begin = before.iter().rposition(|token| token.is_mark(';'));
    let head = tokens
        .get(begin.map_or(0, |at| at + 1)..=range.last)
        .unwrap_or(&[]);
    let head = if head.first().is_some_and(|token| token.is_word("create")) {
        head
    } else {
        &[]
    };
    // INTO [TEMP] [TABLE] pg_temp.name, within it.
    let own = tokens.get(range.first..=range.last).unwrap_or(&[]);
    head.iter().take(8).any(temporary)
        || (own.iter().enumerate()).any(|(at, token)| {
            token.is_word("into") && own.iter().skip(at + 1).take(2).any(temporary)
        })
}

impl Analysis<'_> {
    /// The result columns of a query become those of a new table that no rule names.
    pub(super) fn made(&mut self, columns: &[Column], temporary: bool) -> Result<(), Refusal> {
        for column in columns {
            let lineage = match &column.lineage {
                Lineage::Constants(constants) => match self.adopted(constants) {
                    Some(lineage) => lineage,
                    None => {
                        self.settle(constants)?;
                        Lineage::Plain
                    }
                },
                lineage @ (Lineage::Plain | Lineage::Value(_) | Lineage::Array(_)) => {
                    lineage.clone()
                }
            };
            let (Lineage::Value(value) | Lineage::Array(value)) = lineage else {
                continue;
            };
            // A temporary table is the session's own, and read as it is: what is in it would be shown as it lies there.
            if !temporary && self.may_copy_out(&value) {
                self.exactly(&value)?;
                continue;
            }
            let from = value
                .column()
                .map(|column| column.qualified())
                .unwrap_or_default();
            let message = format!(
                "column {from} cannot be copied into a new table, which the rules do not name"
            );
            return Err(self
                .refusal(Fault::DomainsDiffer, message, None)
                .with_hint(COPIED));
        }
        Ok(())
    }

    /// Whether the role may keep sealed values, as they are, where no rule is about them.
    pub(super) fn may_copy_out(&self, value: &Value) -> bool {
        let tables = &self.request.rights.tables;
        self.view == 0
            && value.spec().is_some()
            && value.columns.iter().all(|column| {
                tables
                    .get(&column.table)
                    .is_some_and(|rights| rights.allows(Verb::Ddl))
            })
    }

    /// Whether a column that is not protected takes envelopes as bytes: the server would write them out as text for
    /// others.
    pub(super) fn holds_envelopes(&self, relation: &Relation, name: &str) -> bool {
        let sealed = self.world.snapshot.sealed_type.map(|(oid, _)| oid);
        relation
            .column(name)
            .is_some_and(|column| column.type_oid == BYTEA || Some(column.type_oid) == sealed)
    }
}
