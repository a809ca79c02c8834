//! The analysis of COPY: rights and lineage as of INSERT and SELECT, and the statement as it goes upstream.

use std::sync::Arc;

use super::options::{self, About, Options};
use super::{
    CopyColumn, CopyDefault, CopyFormat, CopyHeader, CopyPlan, CopyWay, CsvFormat, TextFormat,
};
use crate::catalog::{Relation, RelationKind};
use crate::fault::{Fault, Refusal};
use crate::identity::Verb;
use crate::plan::Request;
use crate::plan::analysis::Analysis;
use crate::plan::edits::{Part, quoted};
use crate::plan::insert::listed;
use crate::plan::judged::Becomes;
use crate::plan::lineage::{Column, Shown, Value};
use crate::plan::relation::Named;
use crate::plan::write::Target;
use crate::policy::{Protected, Storage};
use crate::seal::Scheme;
use crate::sql::{
    self, CopyPlace, CopySource, CopyStatement, Name, Range, ReadError, Statement, TokenKind,
};
use crate::value::Place;

/// The first version whose text format has a header.
const HEADERS: u32 = 150_000;

impl Analysis<'_> {
    /// COPY; `None` where nothing protected takes part in it, and the client's own text goes upstream.
    pub(in crate::plan) fn copy(
        &mut self,
        copy: &CopyStatement,
        range: Range,
    ) -> Result<Option<CopyPlan>, Refusal> {
        let plan = match &copy.source {
            CopySource::Table { path, columns } if copy.to => {
                self.copy_table(copy, range, path, columns.as_deref())?
            }
            CopySource::Table { path, columns } => {
                self.copy_in(copy, range, path, columns.as_deref())?
            }
            CopySource::Query(inner) => self.copy_query(copy, range, *inner)?,
        };
        let own = (range.first..=range.last).filter_map(|at| Some((at, self.tokens.get(at)?)));
        let mut placeholders = own.filter_map(|(at, token)| match token.kind {
            TokenKind::Placeholder(number) => Some((at, number)),
            _ => None,
        });
        match (&plan, placeholders.next()) {
            (Some(_), Some((at, number))) => {
                let message = format!("there is no parameter ${number}");
                Err(self
                    .refusal(Fault::CopyRefused, message, Some(at))
                    .with_sqlstate("42P02"))
            }
            (Some(_), None) | (None, _) => Ok(plan),
        }
    }

    /// `COPY table TO`.
    fn copy_table(
        &mut self,
        copy: &CopyStatement,
        range: Range,
        path: &[Name],
        list: Option<&[Name]>,
    ) -> Result<Option<CopyPlan>, Refusal> {
        let token = path.last().map(|name| name.token);
        let Named::Relation(relation) = self.named(path, false)? else {
            return Ok(None);
        };
        let what = match relation.kind {
            RelationKind::Table => None,
            RelationKind::PartitionedTable => Some("a partitioned table"),
            RelationKind::View => Some("a view"),
            RelationKind::MaterialisedView => Some("a materialised view"),
            RelationKind::ForeignTable => Some("a foreign table"),
            RelationKind::Other => Some("something that is no table"),
        };
        if let (Some(what), true) = (what, self.reaches(relation.oid)) {
            let refusal = self.refusal(Fault::CopyRefused, format!("COPY of {what}"), token);
            return Err(refusal
                .with_sqlstate("42809")
                .with_hint("Use COPY (SELECT …) TO STDOUT."));
        }
        let all = self.columns_of(&relation, token)?;
        if self.tables.is_empty() {
            return Ok(None);
        }
        self.of_client(copy, token)?;
        let names = self.copied_columns(&relation, list)?;
        let columns: Vec<Column> = names
            .iter()
            .filter_map(|name| all.iter().find(|column| column.name == *name).cloned())
            .collect();
        let outputs = self.outputs(columns)?;
        let known: Vec<Option<String>> = names.iter().cloned().map(Some).collect();
        let Options { format, freeze: _ } = self.copy_options(copy, &known, Some(&relation))?;
        let upstream = self.written_as(&format);
        let text = format!(
            "COPY {} ({}) TO STDOUT{}",
            name(&relation),
            listed(&names),
            upstream_options(&format, &upstream, true, false)
        );
        self.replaced(range, text)?;
        Ok(Some(CopyPlan {
            table: relation.name.clone(),
            format,
            upstream,
            way: CopyWay::Out(outputs),
        }))
    }

    /// `COPY (query) TO`.
    fn copy_query(
        &mut self,
        copy: &CopyStatement,
        range: Range,
        inner: Range,
    ) -> Result<Option<CopyPlan>, Refusal> {
        let reading = sql::read(self.text, self.tokens, inner)
            .map_err(|error| self.unread(error, inner.first))?;
        let columns = self.change(&reading.statement, None)?;
        if self.tables.is_empty() {
            return Ok(None);
        }
        let token = Some(inner.first);
        let returns = match &reading.statement {
            Statement::Query(_) => true,
            Statement::Insert(_) | Statement::Update(_) | Statement::Delete(_) => {
                !columns.is_empty()
            }
            // MERGE returns rows from 17 on.
            Statement::Merge(_)
            | Statement::Call(_)
            | Statement::Truncate { .. }
            | Statement::Explain { .. } => false,
        };
        if !returns {
            let message = "COPY query must have a RETURNING clause";
            return self.refuse(Fault::CopyRefused, message, token);
        }
        if self.makes {
            return self.refuse(Fault::CopyRefused, "COPY (SELECT INTO)", token);
        }
        if self.unknown_width {
            let message = "* over a relation whose columns are not known, beside a protected table";
            return self.refuse(Fault::Unparsed, message, token);
        }
        self.of_client(copy, token)?;
        let names: Vec<Option<String>> = columns
            .iter()
            .map(|column| (!column.is_nameless()).then(|| column.name.clone()))
            .collect();
        let outputs = self.outputs(columns)?;
        let Options { format, freeze: _ } = self.copy_options(copy, &names, None)?;
        let upstream = self.written_as(&format);
        let behind = Range {
            first: inner.last + 2,
            last: range.last,
        };
        let text = format!(
            "TO STDOUT{}",
            upstream_options(&format, &upstream, true, false)
        );
        self.edit(behind, vec![Part::Text(text)])?;
        Ok(Some(CopyPlan {
            table: String::new(),
            format,
            upstream,
            way: CopyWay::Out(outputs),
        }))
    }

    /// `COPY table FROM`.
    fn copy_in(
        &mut self,
        copy: &CopyStatement,
        range: Range,
        path: &[Name],
        list: Option<&[Name]>,
    ) -> Result<Option<CopyPlan>, Refusal> {
        let token = path.last().map(|name| name.token);
        let relation = self.target(path)?;
        if let Some(filter) = copy.filter {
            let searched = match &relation {
                Some(relation) => name(relation),
                None => format!(
                    "pg_temp.{}",
                    path.last()
                        .map(|name| quoted(&name.text))
                        .unwrap_or_default()
                ),
            };
            self.copy_filter(&searched, filter)?;
        }
        let through = relation
            .as_ref()
            .is_some_and(|one| one.kind == RelationKind::View && self.reaches(one.oid));
        if through {
            let refusal = self.refusal(Fault::CopyRefused, "COPY to a view", token);
            return Err(refusal.with_sqlstate("42809"));
        }
        let Some(relation) = relation else {
            return Ok(None);
        };
        let protected = self.world.protection.tables.contains_key(&relation.oid);
        if protected {
            self.need_level(relation.oid, Verb::Insert, token)?;
            self.of_client(copy, token)?;
        } else if !self.world.watch.beside.contains(&relation.oid) {
            return Ok(None);
        }
        let names = self.copied_columns(&relation, list)?;
        let row = self.new_row();
        for name in &names {
            self.becomes(&relation, name, Becomes::Given);
            if let Some(unseen) = self.named_unseen(&relation, name) {
                return self.uncounted(&unseen, token);
            }
        }
        self.judged(&relation, Verb::Insert, token)?;
        self.row = row;
        if !protected {
            return Ok(None);
        }
        let target = Target {
            relation: &relation,
            called: &relation.name,
            over: false,
        };
        let mut columns = Vec::new();
        for (at, name) in names.iter().enumerate() {
            let named = list.and_then(|list| Some(list.get(at)?.token));
            let own = self.protected(&relation, name);
            if let Some(own) = &own {
                self.may_copy_in(&target, own, named.or(token))?;
            }
            columns.push(CopyColumn {
                name: name.clone(),
                seal: own.and_then(|own| match &own.storage {
                    Storage::Sealed(spec) => Some((Arc::clone(&own), spec.clone())),
                    Storage::MaskedOnly | Storage::NotYetSealed | Storage::RuleMissing => None,
                }),
            });
        }
        let whose = self.subject_of(&relation).and_then(|subject| {
            let at = names.iter().position(|name| *name == subject.column)?;
            Some((at, subject.clone()))
        });
        let of_subjects = columns.iter().find_map(|column| {
            let (column, spec) = column.seal.as_ref()?;
            (spec.scheme == Scheme::Subject).then_some(column)
        });
        if let (Some(column), None) = (of_subjects, &whose) {
            return Err(self.unknown_subject(column, token));
        }
        let mut defaults = Vec::new();
        for (column, _) in self.missing_defaults(&relation, &names)? {
            let part = self.default_part(&column, token.unwrap_or(range.first))?;
            let Some(Part::Sealed {
                column,
                spec,
                value: Place::At(value),
                whose: None,
            }) = part
            else {
                let message = format!("the default of {} cannot be sealed", column.qualified());
                return self.refuse(Fault::CopyRefused, message, token);
            };
            defaults.push(CopyDefault {
                column,
                spec,
                value,
            });
        }
        let known: Vec<Option<String>> = names.iter().cloned().map(Some).collect();
        let Options { format, freeze } = self.copy_options(copy, &known, Some(&relation))?;
        let all: Vec<String> = names
            .iter()
            .cloned()
            .chain(defaults.iter().map(|one| one.column.column.clone()))
            .collect();
        let upstream = match format {
            CopyFormat::Binary => CopyFormat::Binary,
            CopyFormat::Text(_) | CopyFormat::Csv(_) => CopyFormat::Text(TextFormat::default()),
        };
        let text = format!(
            "COPY {} ({}) FROM STDIN{}",
            name(&relation),
            listed(&all),
            upstream_options(&format, &upstream, false, freeze)
        );
        // WHERE stays where it is.
        let last = copy
            .filter
            .map_or(range.last, |filter| filter.first.saturating_sub(2));
        self.replaced(Range { last, ..range }, text)?;
        Ok(Some(CopyPlan {
            table: relation.name.clone(),
            format,
            upstream,
            way: CopyWay::In {
                columns,
                defaults,
                whose,
            },
        }))
    }

    /// The write guard, and what unique and foreign keys tell of values: which were tried cannot be counted (FACTS 11).
    fn may_copy_in(
        &mut self,
        target: &Target<'_>,
        column: &Arc<Protected>,
        token: Option<usize>,
    ) -> Result<(), Refusal> {
        self.guard_write(target, column, token)?;
        if self.is_key(column) && !self.reveals(column) {
            let value = Value {
                columns: vec![Arc::clone(column)],
                origin: None,
                shown: Shown::Column,
                beside: Vec::new(),
            };
            self.need_search(&value, token)?;
        }
        if self.tries(column) {
            return self.uncounted(column, token);
        }
        Ok(())
    }

    fn reaches(&self, relation: u32) -> bool {
        self.world.watch.reaching.contains(&relation)
    }

    /// The other end must be the client.
    fn of_client(&self, copy: &CopyStatement, token: Option<usize>) -> Result<(), Refusal> {
        match copy.place {
            CopyPlace::Client => Ok(()),
            CopyPlace::Server => {
                let message = "COPY between a protected table and a file or program of the server";
                self.refuse(Fault::CopyRefused, message, token)
            }
        }
    }

    /// The columns that are copied (`CopyGetAttnums`): those listed, or all that are not generated.
    fn copied_columns(
        &mut self,
        relation: &Relation,
        list: Option<&[Name]>,
    ) -> Result<Vec<String>, Refusal> {
        let Some(list) = list else {
            let own = relation.columns.iter().filter(|column| !column.generated);
            return Ok(own.map(|column| column.name.clone()).collect());
        };
        let mut names: Vec<String> = Vec::with_capacity(list.len());
        for Name { text, token } in list {
            let Some(column) = relation.column(text) else {
                return self.no_column(relation, text, Some(*token));
            };
            if column.generated {
                let message = format!("column \"{text}\" is a generated column");
                let refusal = self.refusal(Fault::CopyRefused, message, Some(*token));
                return Err(refusal.with_sqlstate("42P10"));
            }
            if names.contains(text) {
                let message = format!("column \"{text}\" specified more than once");
                let refusal = self.refusal(Fault::CopyRefused, message, Some(*token));
                return Err(refusal.with_sqlstate("42701"));
            }
            names.push(text.clone());
        }
        Ok(names)
    }

    fn copy_options(
        &self,
        copy: &CopyStatement,
        columns: &[Option<String>],
        relation: Option<&Relation>,
    ) -> Result<Options, Refusal> {
        let all = relation.into_iter().flat_map(|relation| &relation.columns);
        let others: Vec<String> = all.map(|column| column.name.clone()).collect();
        let server_version = self.world.snapshot.server_version;
        let about = About {
            to: copy.to,
            columns,
            others: &others,
            server_version,
        };
        let options =
            options::read(&copy.options, &about).map_err(|(refusal, token)| {
                match token.and_then(|token| self.position(token)) {
                    Some(position) => refusal.at(position),
                    None => refusal,
                }
            })?;
        Ok(options)
    }

    /// How the server is to write its data for a client that wants it so.
    fn written_as(&self, format: &CopyFormat) -> CopyFormat {
        let headed = *format.header() != CopyHeader::None;
        match format {
            CopyFormat::Binary => CopyFormat::Binary,
            CopyFormat::Csv(_) if headed && self.world.snapshot.server_version < HEADERS => {
                CopyFormat::Csv(CsvFormat::default())
            }
            CopyFormat::Text(_) | CopyFormat::Csv(_) => CopyFormat::Text(TextFormat::default()),
        }
    }

    /// WHERE is carried out by the server on what is sealed: it may look at nothing that is. It is read as that of a
    /// query, which sees the same names.
    fn copy_filter(&mut self, table: &str, filter: Range) -> Result<(), Refusal> {
        let ends = (self.tokens.get(filter.first), self.tokens.get(filter.last));
        let (Some(first), Some(last)) = ends else {
            return self.refuse(Fault::Unparsed, "WHERE of COPY was not found", None);
        };
        let condition = self.text.get(first.start..last.end).unwrap_or_default();
        let text = format!("SELECT 1 FROM {table} WHERE {condition}");
        let here = |refusal: Refusal| match self.position(filter.first) {
            Some(position) => refusal.at(position),
            None => refusal,
        };
        let unread = || Refusal::new(Fault::Unparsed, "WHERE of COPY could not be read");
        let tokens = sql::lex(&text).map_err(|_| here(unread()))?;
        let request = Request {
            text: &text,
            ..*self.request
        };
        let mut look = Analysis::new(self.world, &request, &text, &tokens);
        let whole = Range {
            first: 0,
            last: tokens.len().saturating_sub(1),
        };
        let reading = sql::read(&text, &tokens, whole).map_err(|error| match error {
            ReadError::TooComplex => here(look.unread(ReadError::TooComplex, 0)),
            ReadError::Unread { .. } => here(unread()),
        })?;
        look.change(&reading.statement, None).map_err(here)?;
        if !look.touches.is_empty() || !look.edits.is_empty() || look.guesses > 0 {
            let message = "a protected column in WHERE of COPY";
            return self.refuse(Fault::CopyRefused, message, Some(filter.first));
        }
        self.tables.extend(look.tables);
        Ok(())
    }

    /// Writes the statement anew: nothing of it was kept.
    fn replaced(&mut self, range: Range, text: String) -> Result<(), Refusal> {
        self.edits.clear();
        self.edit(range, vec![Part::Text(text)])
    }
}

fn name(relation: &Relation) -> String {
    format!("{}.{}", quoted(&relation.schema), quoted(&relation.name))
}

/// What the server is told: its own text format mostly.
fn upstream_options(format: &CopyFormat, upstream: &CopyFormat, to: bool, freeze: bool) -> String {
    let header = to && *format.header() != CopyHeader::None;
    let given = [
        (*upstream == CopyFormat::Binary, "FORMAT binary"),
        (matches!(upstream, CopyFormat::Csv(_)), "FORMAT csv"),
        (header, "HEADER"),
        (freeze, "FREEZE"),
    ];
    let list: Vec<&str> = given
        .into_iter()
        .filter_map(|(is, word)| is.then_some(word))
        .collect();
    if list.is_empty() {
        String::new()
    } else {
        format!(" WITH ({})", list.join(", "))
    }
}
