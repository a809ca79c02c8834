//! Parse, Bind, Describe, Execute, Close, Sync.

use std::sync::Arc;
use std::time::Instant;

use bytes::Bytes;

use crate::fault::{Fault, Refusal};
use crate::plan::Protocol;
use crate::transform::Counts;
use crate::wire::{self, Bind, Cursor, Parse, Target};

use super::engine::{Engine, Pipes, Stop};
use super::names::{Portal, Statement};
use super::queue::{Ask, Describe, Shown, Treat, Undo, Work};
use super::record::Stage;
use super::simple::Look;
use super::standing::{Rows, SharedRows, Taking};

impl Engine {
    /// Parse.
    pub(super) fn parse(
        &mut self,
        frame: &Bytes,
        body: &Bytes,
        pipes: &mut Pipes<'_>,
    ) -> Result<(), Stop> {
        let parse = Parse::read(body)?;
        let name = Bytes::copy_from_slice(parse.name);
        self.settle_name(&name, pipes.up)?;
        let look = self.look(parse.text, pipes.up)?;
        self.guard_executed(parse.text, pipes)?;
        self.guard_fetched(parse.text, pipes)?;
        let epoch = self.standing().epoch();
        let statement = |survey, planned| {
            Statement::new(
                body.slice_ref(parse.text),
                parse.types.clone(),
                survey,
                planned,
                epoch,
            )
        };
        match look {
            Look::Pass(survey) => {
                pipes.up.extend_from_slice(frame);
                let undo = self
                    .names
                    .set_statement(&name, Some(Arc::new(statement(survey, None))));
                self.asked_extended(Ask::Parse(None), None, Some(undo));
            }
            Look::Plan(text) => {
                let planned = self.plan(text, Protocol::Extended, &parse.types, pipes)?;
                let survey = planned.standing.survey(text);
                let text = self.render(&planned)?;
                wire::write_parse(
                    pipes.up,
                    &name,
                    text.as_bytes(),
                    &planned.types(&parse.types),
                );
                let refusal = planned.refusal(0).cloned();
                let statement = refusal
                    .is_none()
                    .then(|| Arc::new(statement(survey, Some(Arc::clone(&planned)))));
                let undo = self.names.set_statement(&name, statement);
                self.asked_extended(Ask::Parse(Some(planned)), refusal, Some(undo));
            }
        }
        Ok(())
    }

    /// Bind.
    pub(super) fn bind(
        &mut self,
        frame: &Bytes,
        body: &Bytes,
        pipes: &mut Pipes<'_>,
    ) -> Result<(), Stop> {
        let (portal, name) = Bind::names(body)?;
        let (portal, name) = (Bytes::copy_from_slice(portal), Bytes::copy_from_slice(name));
        self.settle_name(&portal, pipes.up)?;
        self.settle_name(&name, pipes.up)?;
        self.guard_prepared(&name, pipes.up)?;
        let statement = match self.names.statement(&name).cloned() {
            Some(statement) => Some(self.renewed(&name, &statement, pipes)?),
            None => None,
        };
        let planned = statement
            .as_ref()
            .and_then(|statement| statement.planned.clone());
        let mut bound = Portal {
            statement,
            planned: planned.clone(),
            upstream_formats: Vec::new(),
            client_formats: Vec::new(),
            arguments: Vec::new(),
            rows: None,
            counts: Counts::default(),
            sent: Vec::new(),
            number: self.queue.latest() + 1,
        };
        match &planned {
            Some(planned) if !planned.is_untouched() => {
                self.at_hand = Some(Arc::clone(planned));
                let mut bind = Bind::read(body)?;
                let began = Instant::now();
                let (formats, values) = planned
                    .standing
                    .parameters(
                        &planned.plan,
                        &bind.formats,
                        &bind.values,
                        &planned.environment.settings,
                        &mut bound.counts,
                    )
                    .map_err(Stop::Refuse)?;
                if let Some(statement) = planned.statement(0) {
                    let settings = &planned.environment.settings;
                    bound.arguments = (planned.standing)
                        .arguments(statement, &bind.formats, &bind.values, settings)
                        .map_err(Stop::Refuse)?;
                }
                self.recorder.stage(Stage::Seal, began.elapsed());
                (bind.formats, bind.values) = (formats, values);
                if planned
                    .statement(0)
                    .is_some_and(|statement| statement.writes)
                {
                    bound.sent = bind.values.iter().flatten().cloned().collect();
                }
                if let Some(statement) = planned.statement(0)
                    && statement.outputs.is_some()
                {
                    (bound.upstream_formats, bound.client_formats) = planned
                        .standing
                        .formats(statement, &bind.results)
                        .map_err(Stop::Refuse)?;
                    bind.results.clone_from(&bound.upstream_formats);
                }
                let in_text = planned
                    .statement(0)
                    .map_or(0, |statement| statement.guesses);
                bound.counts.guess(u64::from(in_text));
                self.charge(planned, bound.counts.guesses())?;
                wire::write_bind(pipes.up, &bind);
            }
            Some(_) | None => pipes.up.extend_from_slice(frame),
        }
        let undo = self.names.set_portal(&portal, Some(bound));
        self.asked_extended(Ask::Bind(planned), None, Some(undo));
        Ok(())
    }

    /// Describe of a statement or a portal.
    pub(super) fn describe(
        &mut self,
        frame: &Bytes,
        body: &Bytes,
        pipes: &mut Pipes<'_>,
    ) -> Result<(), Stop> {
        let target = Target::read(body)?;
        self.settle_name(target.name(), pipes.up)?;
        let describe = match target {
            Target::Statement(name) => {
                self.guard_prepared(&name, pipes.up)?;
                let statement = match self.names.statement(&name).cloned() {
                    Some(statement) => Some(self.renewed(&name, &statement, pipes)?),
                    None => None,
                };
                Describe {
                    planned: statement
                        .as_ref()
                        .and_then(|statement| statement.planned.clone()),
                    statement,
                    formats: None,
                }
            }
            Target::Portal(name) => match self.cursor_describe(&name, pipes)? {
                Some(describe) => describe,
                None => (self.names.portal(&name))
                    .map_or_else(Describe::default, |portal| portal_describe(portal)),
            },
        };
        if let Some(statement) = &describe.statement {
            statement.set_asked(self.batch);
        }
        pipes.up.extend_from_slice(frame);
        self.asked_extended(Ask::Describe(describe), None, None);
        Ok(())
    }

    /// Execute.
    pub(super) fn execute(
        &mut self,
        frame: &Bytes,
        body: &Bytes,
        pipes: &mut Pipes<'_>,
    ) -> Result<(), Stop> {
        let mut cursor = Cursor::new(body);
        let name = Bytes::copy_from_slice(cursor.string()?);
        // Not above 0: all of them, as the server takes it.
        let most = u32::try_from(cursor.i32()?).unwrap_or(0);
        cursor.end()?;
        self.settle_name(&name, pipes.up)?;
        let standing = self.standing();
        let (protects, enforces) = (standing.protects(), standing.enforces());
        self.guard_cursor(&name, pipes.up)?;
        let Some(portal) = self.names.portal(&name) else {
            if enforces {
                // One that does not exist at all is answered by the server.
                self.look_at_columns(&name, Describe::default(), pipes.up);
                return Err(Stop::Refuse(Refusal::new(
                    Fault::CursorRefused,
                    "Execute of a portal that was not made by Bind",
                )));
            }
            pipes.up.extend_from_slice(frame);
            self.asked_extended(Ask::Execute(Work::default()), None, None);
            return Ok(());
        };
        let (describe, planned, statement) = (
            portal_describe(portal),
            portal.planned.clone(),
            portal.statement.clone(),
        );
        let (upstream, client) = (
            portal.upstream_formats.clone(),
            portal.client_formats.clone(),
        );
        let (arguments, under_way) = (portal.arguments.clone(), portal.rows.clone());
        let ends = match (&planned, &statement) {
            (Some(planned), _) => planned.plan.changes_settings,
            (None, Some(statement)) => statement.survey.changes_settings,
            (None, None) => true,
        };
        if let Some(statement) = &statement {
            self.guard_executed(&statement.text, pipes)?;
            self.guard_fetched(&statement.text, pipes)?;
        }
        self.settle_opening(ends, pipes.up)?;
        let copied = statement.as_ref().and_then(|statement| {
            self.copy_text(
                statement.text.clone(),
                Protocol::Extended,
                &statement.declared,
            )
        });
        let mut work = Work {
            planned: planned.clone(),
            copied,
            ..Work::default()
        };
        self.at_hand.clone_from(&planned);
        self.still_allowed(planned.as_deref(), statement.as_deref())?;
        let selects = planned.as_ref().is_some_and(|planned| planned.selects(0));
        if let Some(planned) = &planned
            && let Some(one) = planned.statement(0)
            && one.outputs.is_some()
            && planned.opens(0)
        {
            self.opens = true;
            let rows: Box<dyn Rows> = match under_way {
                Some(rows) => Box::new(rows),
                None => {
                    let taking = Taking {
                        upstream: &upstream,
                        client: &client,
                        arguments: &arguments,
                        in_parts: selects && most > 0,
                    };
                    let rows = planned
                        .standing
                        .rows(one, &taking, &planned.environment.settings)
                        .map_err(Stop::Refuse)?;
                    match self.names.portal(&name).filter(|_| selects) {
                        None => rows,
                        Some(portal) => Box::new(portal.rows.insert(SharedRows::new(rows)).clone()),
                    }
                }
            };
            work.rows = Treat::Through(rows);
            work.most = most;
            self.hold |= one.writes;
        }
        if let Some(planned) = &planned
            && planned.copy(0).is_some()
            && planned.opens(0)
        {
            self.opens = true;
            self.hold |= planned.statement(0).is_some_and(|one| one.writes);
        }
        if let Some(portal) = self.names.portal(&name) {
            work.counts = std::mem::take(&mut portal.counts);
            work.sent.clone_from(&portal.sent);
        }
        let looked_at = statement
            .as_ref()
            .is_some_and(|statement| statement.is_looked_at(self.batch));
        if enforces && !looked_at {
            self.look_at_columns(&name, describe, pipes.up);
        }
        match (&planned, &statement) {
            (Some(planned), Some(statement)) => self.affects(
                &statement.text,
                planned.plan.changes_settings,
                planned.plan.changes_catalog,
            ),
            (None, Some(statement)) if protects => self.affects(
                &statement.text,
                statement.survey.changes_settings,
                statement.survey.changes_catalog,
            ),
            // A statement prepared by SQL, or one that was not looked at.
            (Some(_) | None, Some(_) | None) => self.affects(b"", true, false),
        }
        let undo = statement
            .as_ref()
            .and_then(|statement| std::str::from_utf8(&statement.text).ok())
            .and_then(|text| self.names.forget(text));
        let after = match &planned {
            Some(planned) => self.render_after(planned)?,
            None => Vec::new(),
        };
        if selects {
            // Which rows come first is for the proxy to say, once it has all of them.
            wire::write_execute(pipes.up, &name);
        } else {
            pipes.up.extend_from_slice(frame);
        }
        self.asked_extended(Ask::Execute(work), None, undo);
        for own in &after {
            self.add_own(own, pipes.up);
        }
        // Whatever else the batch does is undone with a result that breaks off. (BEGIN does nothing, and drivers
        // send it along with the first statement.)
        let begins = statement.is_some_and(|statement| begins(&statement.text));
        self.executes += u64::from(!begins);
        self.hold |= self.opens && self.executes > 1;
        self.carried(planned.is_some_and(|planned| planned.opens(0)));
        Ok(())
    }

    /// What was bound earlier is carried out only under the rights and rules it was bound under.
    fn still_allowed(
        &self,
        planned: Option<&super::planning::Planned>,
        statement: Option<&Statement>,
    ) -> Result<(), Stop> {
        let holds = match (planned, statement) {
            (Some(planned), Some(statement)) => self.portal_holds(statement, planned),
            (None, Some(statement)) => {
                let standing = self.standing();
                let current = statement.epoch() == standing.epoch();
                current
                    || !standing.enforces()
                    || std::str::from_utf8(&statement.text)
                        .is_ok_and(|text| !standing.survey(text).watched)
            }
            (Some(_) | None, None) => true,
        };
        if holds {
            Ok(())
        } else {
            Err(Stop::Refuse(Refusal::new(
                Fault::SchemaChanged,
                "rights, rules or the table changed since the portal was bound",
            )))
        }
    }

    /// Close.
    pub(super) fn close(
        &mut self,
        frame: &Bytes,
        body: &Bytes,
        pipes: &mut Pipes<'_>,
    ) -> Result<(), Stop> {
        let target = Target::read(body)?;
        self.settle_name(target.name(), pipes.up)?;
        let undo = match target {
            Target::Statement(name) => self.names.set_statement(&name, None),
            Target::Portal(name) => self.names.set_portal(&name, None),
        };
        pipes.up.extend_from_slice(frame);
        self.asked_extended(Ask::Close, None, Some(undo));
        Ok(())
    }

    /// Sync. It is ours to hold where a result of this batch may still turn out not to open.
    pub(super) fn sync(&mut self, frame: &Bytes, pipes: &mut Pipes<'_>) -> Result<(), Stop> {
        if self.copying_in {
            // The server passes over Sync while it reads COPY data.
            pipes.up.extend_from_slice(frame);
            return Ok(());
        }
        if self.hold && !self.broken && !self.skipping && !self.queue.is_empty() {
            return Err(self.wait_for_answers(pipes.up));
        }
        (self.hold, self.opens, self.executes) = (false, false, 0);
        (self.skipping, self.batch_open) = (false, false);
        if std::mem::take(&mut self.broken) {
            self.fail_unseen(pipes.up);
        }
        pipes.up.extend_from_slice(frame);
        self.queue.ask(Ask::Sync { fail: false });
        self.batch += 1;
        Ok(())
    }

    fn asked_extended(&mut self, ask: Ask, swap: Option<Refusal>, undo: Option<Undo>) {
        self.batch_open = true;
        self.queue.push(ask, Shown::All, swap, undo);
    }
}

fn begins(text: &[u8]) -> bool {
    let text = text.trim_ascii_start();
    [&b"begin"[..], b"start"].iter().any(|word| {
        text.get(..word.len())
            .is_some_and(|first| first.eq_ignore_ascii_case(word))
    })
}

fn portal_describe(portal: &Portal) -> Describe {
    let known = portal
        .planned
        .as_ref()
        .and_then(|planned| planned.outputs(0))
        .is_some();
    Describe {
        planned: portal.planned.clone(),
        statement: portal.statement.clone(),
        formats: known.then(|| portal.client_formats.clone()),
    }
}
