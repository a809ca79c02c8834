//! Indexes and constraints that take no heed of case: on `lower(c)`, `upper(c)`, or a citext column. The server has
//! the tag of a value for them, `sealwire.ci(c)`; what an index is to the application is kept as its comment.

use super::constant::Constant;
use super::reader::Reader;
use super::tables::{Column, Table};
use super::{Definition, quoted};
use crate::catalog::{CASE_MARK, Case, quote_literal};
use crate::fault::{Fault, Refusal};
use crate::plan::Piece;
use crate::policy::{ColumnRule, SealRule};
use crate::value::{CaseFunction, DeclaredType, Fold, Kind, Matching, TokenSpec};

/// A key of an index that a tag stands for.
pub(super) struct CaseKey {
    /// The column.
    pub(super) column: String,
    /// What is applied to it; `None`: the column as it is.
    pub(super) function: Option<CaseFunction>,
    cast: bool,
}

/// What an index on a tag is to the application.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Was {
    Lower,
    Upper,
    Column,
    Constraint,
}

impl Was {
    fn word(self) -> &'static str {
        match self {
            Was::Lower => "lower",
            Was::Upper => "upper",
            Was::Column => "column",
            Was::Constraint => "constraint",
        }
    }
}

const BEFORE: &str = "Make the table before the rule names the column, then run `sealwire protect`, which says what stands in the way.";

impl Definition<'_> {
    /// The fold of a new column: known where the server's `lower()` and `upper()` are what tags are made of.
    pub(super) fn fold(
        &self,
        name: &str,
        seal: &SealRule,
        declared: &DeclaredType,
        rest: Reader<'_>,
        token: usize,
    ) -> Result<Option<Fold>, Refusal> {
        let Some(wish) = seal.ci else {
            return Ok(None);
        };
        let refuse = |why: &str, hint: &str| {
            let what = format!("column {name} with search = [\"equality-ci\"]: {why}");
            Err(self.unsealable(&what, hint, token))
        };
        match &self.world.snapshot.case {
            Case::Exact => {}
            Case::NotCompared => {
                return refuse(
                    "what the server's lower() and upper() are is not known yet",
                    "Try again in a moment.",
                );
            }
            Case::Unlike(reason) => {
                let hint =
                    "Leave equality-ci out, or use a database with another default collation.";
                return refuse(reason, hint);
            }
        }
        let collation = collation(rest);
        match collation.as_deref() {
            None | Some("default") => Ok(Some(wish.fold(declared, self.world.snapshot.ascii_case))),
            Some("C" | "POSIX") if declared.kind != Kind::Citext => {
                Ok(Some(wish.fold(declared, true)))
            }
            Some(_) => refuse("a collation of its own", BEFORE),
        }
    }

    /// The search tokens of a new column: its patterns answer ILIKE where the server's `lower()` is known.
    pub(super) fn tokens(
        &self,
        name: &str,
        rule: &ColumnRule,
        declared: &DeclaredType,
        rest: Reader<'_>,
        token: usize,
    ) -> Result<Option<TokenSpec>, Refusal> {
        let Some(wish) = rule.seal.as_ref().and_then(|seal| seal.tokens) else {
            return Ok(None);
        };
        let refuse = |why: &str, hint: &str| {
            let what = format!("column {name}: {why}");
            Err(self.unsealable(&what, hint, token))
        };
        let of_default = match &self.world.snapshot.case {
            Case::Exact if self.world.snapshot.ascii_case => Matching::Ascii,
            Case::Exact => Matching::Letters,
            Case::Unlike(_) => Matching::Exact,
            Case::NotCompared if wish.matching => {
                return refuse(
                    "what the server's lower() is is not known yet",
                    "Try again in a moment.",
                );
            }
            Case::NotCompared => Matching::Exact,
        };
        let matching = match collation(rest).as_deref() {
            None | Some("default") => of_default,
            Some("C" | "POSIX") => Matching::Ascii,
            Some(_) if wish.matching || wish.prefix.is_some() => {
                return refuse("search by patterns under a collation of its own", BEFORE);
            }
            Some(_) => Matching::Exact,
        };
        match wish.of(declared, matching) {
            Ok(tokens) => Ok(Some(tokens)),
            Err(reason) => refuse(reason.as_str(), "Change the rule or the type."),
        }
    }

    /// A key of an index: `lower(c)`, `upper(c)`, with casts that change nothing; the reader then stands behind it.
    pub(super) fn case_key(&self, table: &Table, key: &mut Reader<'_>) -> Option<CaseKey> {
        let mut own = *key;
        let found = self.case_expression(table, &mut own)?;
        *key = own;
        Some(found)
    }

    fn case_expression(&self, table: &Table, reader: &mut Reader<'_>) -> Option<CaseKey> {
        let mut found = if reader.peek()?.is_mark('(') {
            self.whole(table, reader)?
        } else if reader.is("cast") && reader.ahead(1).is_some_and(|token| token.is_mark('(')) {
            reader.take(&["cast"]);
            let (first, end) = reader.group()?;
            let mut inner = reader.part(first, end);
            let found = self.case_expression(table, &mut inner)?;
            (inner.take(&["as"]) && plain_type(&mut inner) && inner.is_done()).then_some(())?;
            CaseKey {
                cast: true,
                ..found
            }
        } else {
            self.leaf(table, reader)?
        };
        while reader.peek().is_some_and(|token| token.is_operator("::")) {
            reader.at += 1;
            plain_type(reader).then_some(())?;
            found.cast = true;
        }
        Some(found)
    }

    fn leaf(&self, table: &Table, reader: &mut Reader<'_>) -> Option<CaseKey> {
        let path = reader.path()?;
        let (name, _) = path.last().cloned()?;
        if !reader.peek().is_some_and(|token| token.is_mark('(')) {
            return (path.len() == 1 && table.columns.contains_key(&name)).then_some(CaseKey {
                column: name,
                function: None,
                cast: false,
            });
        }
        let function = match name.as_str() {
            "lower" => CaseFunction::Lower,
            "upper" => CaseFunction::Upper,
            _ => return None,
        };
        let builtin = match path.as_slice() {
            [_] => !self.world.snapshot.user_functions.contains(&name),
            [(schema, _), _] => schema == "pg_catalog",
            _ => false,
        };
        let inner = self.whole(table, reader)?;
        (builtin && inner.function.is_none()).then_some(CaseKey {
            function: Some(function),
            ..inner
        })
    }

    /// All that stands in the parentheses that come next.
    fn whole(&self, table: &Table, reader: &mut Reader<'_>) -> Option<CaseKey> {
        let (first, end) = reader.group()?;
        let mut inner = reader.part(first, end);
        let found = self.case_expression(table, &mut inner)?;
        inner.is_done().then_some(found)
    }

    /// What the index is, where the tag of the column answers it.
    pub(super) fn case_of(
        &self,
        key: &CaseKey,
        column: &Column,
        at: usize,
    ) -> Result<Option<Was>, Refusal> {
        let Some(fold) = column.ci.filter(|_| !column.broken) else {
            return Ok(None);
        };
        let (function, was) = match key.function {
            Some(CaseFunction::Lower) => (CaseFunction::Lower, Was::Lower),
            Some(CaseFunction::Upper) => (CaseFunction::Upper, Was::Upper),
            None if column.citext && !key.cast => (CaseFunction::Lower, Was::Column),
            None => return Ok(None),
        };
        if fold.answers(function) {
            return Ok(Some(was));
        }
        let what = format!(
            "an index on {}() of column {}, whose rule has another `fold`",
            was.word(),
            key.column
        );
        let hint = "Index the function that the rule's `fold` names.";
        Err(self.unsealable(&what, hint, at))
    }

    /// UNIQUE over columns of which one is citext: a unique index of the constraint's name follows the definition.
    /// False: there is none, and the constraint stays as it is.
    pub(super) fn unique_by_case(
        &mut self,
        table: &Table,
        names: &[(String, usize)],
        constraint: Option<String>,
        rest: &mut Reader<'_>,
    ) -> Result<bool, Refusal> {
        let by_case = |name: &str| {
            let column = table.columns.get(name);
            column.is_some_and(|column| column.citext && column.ci.is_some() && !column.broken)
        };
        let Some((_, at)) = names.iter().find(|(name, _)| by_case(name)) else {
            return Ok(false);
        };
        while rest.take(&["not", "deferrable"]) || rest.take(&["initially", "immediate"]) {}
        if rest.is_any(&["include", "with", "using", "deferrable", "initially"]) {
            let what = "a UNIQUE constraint with an option, over a sealed citext column";
            let hint = "Leave the option out, or make a UNIQUE INDEX.";
            return Err(self.unsealable(what, hint, *at));
        }
        let mut keys = Vec::new();
        for (name, at) in names {
            if by_case(name) {
                keys.push(tag(name));
            } else {
                if let Some(column) = table.columns.get(name) {
                    self.equality(name, column, *at)?;
                }
                keys.push(quoted(name));
            }
        }
        let columns: Vec<&str> = names.iter().map(|(name, _)| name.as_str()).collect();
        let name =
            constraint.unwrap_or_else(|| object_name(&table.name, &columns.join("_"), "key"));
        self.pending.push(format!(
            "CREATE UNIQUE INDEX {} ON {}.{} ({})",
            quoted(&name),
            quoted(&table.schema),
            quoted(&table.name),
            keys.join(", ")
        ));
        self.pending
            .push(comment(&table.schema, &name, Was::Constraint));
        self.case_constraints.push(name);
        Ok(true)
    }

    /// Carries out after the definition what constraints came to.
    pub(super) fn follow_up(&mut self) {
        let pending = std::mem::take(&mut self.pending);
        self.defined
            .after
            .extend(pending.into_iter().map(Piece::Text));
    }

    /// An index's comment says what it is to the application.
    pub(super) fn mark(&mut self, schema: &str, index: &str, was: Was) {
        let comment = comment(schema, index, was);
        self.defined.after.push(Piece::Text(comment));
    }

    /// A constant that the fold, or the order, does not take would fail every INSERT.
    pub(super) fn default_fits(
        &self,
        column: &Column,
        constant: &Constant,
        at: usize,
    ) -> Result<(), Refusal> {
        if let Some(Err(reason)) = column.ci.map(|fold| fold.stored(constant.text.as_bytes())) {
            return Err(self.refusal(
                Fault::CaseUnlike,
                format!("the DEFAULT cannot be told apart by case: {reason}"),
                at,
            ));
        }
        // Text in order has a most length, which its type need not have.
        if let Some(Err(reason)) = column.order.map(|order| order.code(&constant.value)) {
            let error = reason.to_value_error();
            let message = format!("the DEFAULT is not valid for its column: {}", error.message);
            let refusal = self.refusal(Fault::BadValue, message, at);
            return Err(refusal.with_sqlstate(error.sqlstate));
        }
        Ok(())
    }
}

/// `sealwire.ci("c")`.
pub(super) fn tag(column: &str) -> String {
    format!("sealwire.ci({})", quoted(column))
}

fn comment(schema: &str, index: &str, was: Was) -> String {
    format!(
        "COMMENT ON INDEX {}.{} IS {}",
        quoted(schema),
        quoted(index),
        quote_literal(&format!("{CASE_MARK}{}", was.word())).trim_start()
    )
}

/// The name behind COLLATE.
pub(super) fn collation(mut rest: Reader<'_>) -> Option<String> {
    while !rest.is_done() {
        if rest.take(&["collate"]) {
            let path = rest.path()?;
            return path.last().map(|(name, _)| name.clone());
        }
        rest.at += 1;
    }
    None
}

/// A type to which text can be cast without a change.
fn plain_type(reader: &mut Reader<'_>) -> bool {
    let _schema = reader.is("pg_catalog") && reader.take(&["pg_catalog"]) && reader.take_mark('.');
    reader.take(&["text"]) || reader.take(&["varchar"]) || reader.take(&["character", "varying"])
}

/// A name as the server makes it up: cut to 63 bytes, the longer of the two names first.
pub(super) fn object_name(one: &str, two: &str, label: &str) -> String {
    let room = 63_usize.saturating_sub(label.len() + 1 + usize::from(!two.is_empty()));
    let (mut a, mut b) = (one.len(), two.len());
    while a + b > room {
        if a > b { a -= 1 } else { b -= 1 }
    }
    let cut = |text: &str, to: usize| {
        let end = (0..=to).rev().find(|at| text.is_char_boundary(*at));
        text.get(..end.unwrap_or(0)).unwrap_or_default().to_owned()
    };
    let (one, two) = (cut(one, a), cut(two, b));
    if two.is_empty() {
        format!("{one}_{label}")
    } else {
        format!("{one}_{two}_{label}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_made_up_as_the_server_does() {
        assert_eq!(object_name("users", "lower", "idx"), "users_lower_idx");
        let long = object_name(&"t".repeat(60), &"c".repeat(60), "key");
        assert_eq!(long, format!("{}_{}_key", "t".repeat(29), "c".repeat(29)));
        let umlauts = object_name(&"ä".repeat(40), "c", "idx");
        assert!(umlauts.len() <= 63 && umlauts.ends_with("ä_c_idx"));
    }
}
