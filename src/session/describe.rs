//! Descriptions: rewritten to what the client may know, and held against what is protected. The backstop: a
//! result that comes from something protected without a plan that says so never reaches its first row.

use bytes::{Bytes, BytesMut};

use crate::fault::{Fault, Refusal};
use crate::plan::{Derived, Output, Plan, Told};
use crate::policy::Rights;
use crate::wire::{self, Field, Target};

use super::engine::{Engine, Fatal, Need, Pipes, Step};
use super::names::Shape;
use super::planning::Planned;
use super::queue::{Ask, Describe, Shown, Treat, Work};
use super::standing::{Standing, Taking};

const BYTEA: u32 = 17;
const INT8: u32 = 20;

/// What a look at the columns found.
enum Found {
    Fine,
    /// Relations that the ground does not know.
    Unknown(Vec<u32>),
    Wrong(Refusal),
}

impl Engine {
    /// A Describe of our own before the first Execute of something whose columns nobody has asked for.
    pub(super) fn look_at_columns(
        &mut self,
        portal: &Bytes,
        describe: Describe,
        up: &mut BytesMut,
    ) {
        if let Some(statement) = &describe.statement {
            statement.set_asked(self.batch);
        }
        wire::write_describe(up, &Target::Portal(portal.clone()));
        self.queue
            .push(Ask::Describe(describe), Shown::ErrorOnly, None, None);
    }

    /// ParameterDescription: the client's own parameters in the types the application knows.
    pub(super) fn parameters_described(
        &mut self,
        frame: &[u8],
        body: &[u8],
        down: &mut BytesMut,
    ) -> Result<(), Fatal> {
        let entry = self
            .queue
            .front()
            .ok_or(Fatal::Astray("nothing was asked"))?;
        let Ask::Describe(describe) = &entry.ask else {
            return Err(Fatal::Astray("a description that nobody asked for"));
        };
        if entry.shown != Shown::All {
            return Ok(());
        }
        match &describe.planned {
            None => down.extend_from_slice(frame),
            Some(planned) => {
                let types = wire::described_parameters(body)?;
                wire::write_parameters(down, &client_types(&planned.plan, types));
            }
        }
        Ok(())
    }

    /// RowDescription or NoData.
    pub(super) fn columns_described(
        &mut self,
        tag: u8,
        frame: &[u8],
        body: &[u8],
        pipes: &mut Pipes<'_>,
    ) -> Result<Step, Fatal> {
        let fields = if tag == b'T' {
            wire::described_row(body)?
        } else {
            Vec::new()
        };
        let entry = self
            .queue
            .front()
            .ok_or(Fatal::Astray("nothing was asked"))?;
        let shown = entry.shown;
        let (planned, at) = match &entry.ask {
            Ask::Describe(describe) => (describe.planned.clone(), 0),
            Ask::Query(work) => (work.planned.clone(), work.at),
            _ => return Err(Fatal::Astray("a description that nobody asked for")),
        };
        let standing = self.standing();
        if tag == b'T' && shown != Shown::Nothing && standing.enforces() {
            match self.examine(&*standing, &fields, planned.as_deref(), at) {
                Found::Fine => {}
                Found::Unknown(relations) => {
                    if !std::mem::take(&mut self.looked_again) {
                        self.looked_again = true;
                        return Ok(Step::Wait(Need::Ground));
                    }
                    if let Some(refusal) = self.ground_failed.take() {
                        return Ok(self.stop_result(&refusal, planned.as_deref(), at, pipes));
                    }
                    self.unknown_relations.extend(relations);
                }
                Found::Wrong(refusal) => {
                    return Ok(self.stop_result(&refusal, planned.as_deref(), at, pipes));
                }
            }
        }
        self.looked_again = false;
        self.show_columns(frame, fields, pipes)
    }

    fn show_columns(
        &mut self,
        frame: &[u8],
        fields: Vec<Field>,
        pipes: &mut Pipes<'_>,
    ) -> Result<Step, Fatal> {
        let Some(entry) = self.queue.front() else {
            return Ok(Step::Done);
        };
        let shown = entry.shown;
        match &mut entry.ask {
            Ask::Query(work) => {
                if shown != Shown::All {
                    return Ok(Step::Done);
                }
                match begin_rows(work, &fields) {
                    Err(refusal) => {
                        self.break_off(&refusal, pipes);
                    }
                    Ok(()) => match work
                        .planned
                        .as_ref()
                        .and_then(|p| Some((p, p.outputs(work.at)?)))
                    {
                        None => pipes.down.extend_from_slice(frame),
                        Some((planned, outputs)) => {
                            let derived = planned.derived(work.at);
                            let fields = told(&*planned.standing, fields, (outputs, derived), None);
                            wire::write_row(pipes.down, &fields);
                        }
                    },
                }
            }
            Ask::Describe(describe) => {
                let rewritten = describe.outputs().zip(describe.planned.as_ref());
                let rewritten = rewritten.filter(|_| !fields.is_empty());
                let fields = match rewritten {
                    Some((outputs, planned)) => told(
                        &*planned.standing,
                        fields,
                        (outputs, describe.derived()),
                        describe.formats.as_deref(),
                    ),
                    None => fields,
                };
                if let Some(statement) = &describe.statement
                    && shown != Shown::Nothing
                {
                    statement.found(fields.iter().map(Shape::from));
                    statement.set_described();
                }
                if shown == Shown::All {
                    match rewritten {
                        Some(_) => wire::write_row(pipes.down, &fields),
                        None => pipes.down.extend_from_slice(frame),
                    }
                }
                self.queue.pop();
            }
            _ => {}
        }
        Ok(Step::Done)
    }

    fn stop_result(
        &mut self,
        refusal: &Refusal,
        planned: Option<&Planned>,
        at: usize,
        pipes: &mut Pipes<'_>,
    ) -> Step {
        self.looked_again = false;
        if refusal.fault == Fault::SchemaChanged {
            self.catalog_stale = true;
        }
        self.record(
            planned,
            at,
            &crate::transform::Counts::default(),
            super::record::Ending::Refused(refusal.clone()),
        );
        self.break_off(refusal, pipes);
        if matches!(
            self.queue.front().map(|entry| &entry.ask),
            Some(Ask::Describe(_))
        ) {
            self.queue.pop();
        }
        Step::Done
    }

    fn examine(
        &self,
        standing: &dyn Standing,
        fields: &[Field],
        planned: Option<&Planned>,
        at: usize,
    ) -> Found {
        if let Some(planned) = planned {
            if planned.is_observed(at) {
                return Found::Fine;
            }
            if let Some(outputs) = planned.outputs(at) {
                return agree(standing, &planned.rights, fields, outputs);
            }
        }
        let mut unknown = Vec::new();
        for field in fields.iter().filter(|field| field.table != 0) {
            if standing.reaches(field.table) {
                return Found::Wrong(Refusal::new(
                    Fault::Backstop,
                    "the result comes from a protected table that the statement did not show",
                ));
            }
            if !standing.knows(field.table) && !self.unknown_relations.contains(&field.table) {
                unknown.push(field.table);
            }
        }
        if unknown.is_empty() {
            Found::Fine
        } else {
            Found::Unknown(unknown)
        }
    }
}

/// Lineage and the server must say the same (DESIGN, section 2).
fn agree(standing: &dyn Standing, rights: &Rights, fields: &[Field], outputs: &[Output]) -> Found {
    let fits = fields.len() == outputs.len()
        && fields.iter().zip(outputs).all(|(field, output)| {
            let protected = standing.protects_column(field.table, field.attnum, rights);
            match output {
                Output::Pass => !protected,
                Output::Sealed {
                    column,
                    array,
                    origin,
                    ..
                } => {
                    (*array || field.oid == BYTEA)
                        && same_column(field, protected, (column.table, column.attnum), *origin)
                }
                Output::Plain { column, origin, .. } => {
                    same_column(field, protected, (column.table, column.attnum), *origin)
                }
            }
        });
    if fits {
        Found::Fine
    } else {
        Found::Wrong(Refusal::new(
            Fault::SchemaChanged,
            "the result's columns are not those that were planned",
        ))
    }
}

fn same_column(
    field: &Field,
    protected: bool,
    column: (u32, i16),
    origin: Option<(u32, i16)>,
) -> bool {
    let shown = (field.table, field.attnum);
    (!protected || shown == column)
        && origin.is_none_or(|origin| field.table == 0 || shown == origin)
}

fn begin_rows(work: &mut Work, fields: &[Field]) -> Result<(), Refusal> {
    work.described = true;
    work.rows = Treat::Relay;
    let Some(planned) = &work.planned else {
        return Ok(());
    };
    if let Some(statement) = planned.statement(work.at)
        && statement.outputs.is_some()
        && planned.opens(work.at)
    {
        let upstream: Vec<i16> = fields.iter().map(|field| field.format).collect();
        let client = match &statement.derived {
            None => upstream.clone(),
            Some(derived) => vec![0; derived.columns.len()],
        };
        let taking = Taking {
            upstream: &upstream,
            client: &client,
            arguments: &[],
            in_parts: false,
        };
        let settings = &planned.environment.settings;
        work.rows = Treat::Through(planned.standing.rows(statement, &taking, settings)?);
    }
    Ok(())
}

/// Columns as the application knows them.
fn told(
    standing: &dyn Standing,
    mut fields: Vec<Field>,
    (outputs, derived): (&[Output], Option<&Derived>),
    formats: Option<&[i16]>,
) -> Vec<Field> {
    for (field, output) in fields.iter_mut().zip(outputs) {
        if let Some(described) = standing.described(output) {
            field.oid = described.oid;
            field.typlen = described.typlen;
            field.typmod = described.typmod;
        }
    }
    if let Some(derived) = derived {
        let columns = derived.columns.iter();
        fields = columns
            .filter_map(|told| client_field(told, &fields))
            .collect();
    }
    for (field, format) in fields.iter_mut().zip(formats.unwrap_or_default()) {
        field.format = *format;
    }
    fields
}

/// A column of a result that is not the server's.
fn client_field(told: &Told, fields: &[Field]) -> Option<Field> {
    let made = |name: &str, oid, typlen, typmod| Field {
        name: Bytes::copy_from_slice(name.as_bytes()),
        table: 0,
        attnum: 0,
        oid,
        typlen,
        typmod,
        format: 0,
    };
    match told {
        Told::Upstream(place) => fields.get(*place).cloned(),
        Told::Computed { name, declared, .. } => {
            Some(made(name, declared.oid, declared.typlen(), declared.typmod))
        }
        Told::Count { name } => Some(made(name, INT8, 8, -1)),
    }
}

/// The client's own parameters: what was appended is hidden.
fn client_types(plan: &Plan, mut types: Vec<u32>) -> Vec<u32> {
    types.truncate(types.len().saturating_sub(plan.appended.len()));
    for (oid, parameter) in types.iter_mut().zip(&plan.parameters) {
        *oid = parameter.client_oid.unwrap_or(*oid);
    }
    types
}
