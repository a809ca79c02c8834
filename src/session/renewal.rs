//! What was prepared or bound earlier, under today's rights, rules, catalog and settings.

use std::sync::Arc;

use bytes::Bytes;

use crate::fault::{Fault, Refusal};
use crate::plan::{Environment, Named, Protocol, Request, StatementPlan};
use crate::wire::{self, Target};

use super::engine::{Engine, Need, Pipes, Stop};
use super::names::Statement;
use super::planning::Planned;
use super::queue::{Ask, Describe, Shown};
use super::standing::Standing;

impl Engine {
    /// The statement under today's rights, rules, catalog and settings. Where the upstream text is another, it
    /// is prepared again unseen.
    pub(super) fn renewed(
        &mut self,
        name: &Bytes,
        statement: &Arc<Statement>,
        pipes: &mut Pipes<'_>,
    ) -> Result<Arc<Statement>, Stop> {
        let standing = self.standing();
        let text = Bytes::clone(&statement.text);
        let Ok(text) = std::str::from_utf8(&text) else {
            return Ok(Arc::clone(statement));
        };
        // What another session has defined a moment ago may be what this statement names.
        self.catalog_stale |= self.database.is_behind();
        if let Some(refusal) = self.ground_failed.take() {
            return Err(Stop::Refuse(refusal));
        }
        if self.catalog_stale {
            return Err(if self.queue.is_empty() {
                Stop::Wait(Need::Ground)
            } else {
                self.wait_for_answers(pipes.up)
            });
        }
        let gone = statement.is_gone();
        match &statement.planned {
            None | Some(_) if gone => self.settle(text, pipes)?,
            None if self.names_concern(text.as_bytes()) => {}
            None if statement.epoch() == standing.epoch() => return Ok(Arc::clone(statement)),
            None if !standing.protects() || !standing.survey(text).watched => {
                statement.set_epoch(standing.epoch());
                return Ok(Arc::clone(statement));
            }
            None => {}
            Some(planned) => {
                self.settle(text, pipes)?;
                if self.holds(planned, &*standing) {
                    self.look_again(name, statement, pipes)?;
                    if statement.is_changed() {
                        return Err(Stop::Refuse(changed()));
                    }
                    if !Named::may_concern(text.as_bytes()) {
                        return Ok(Arc::clone(statement));
                    }
                }
            }
        }
        let before = statement.planned.clone();
        let before = before.as_deref();
        let planned = self.plan_again(
            text,
            Protocol::Extended,
            &statement.declared,
            before.map(|before| &before.environment),
            pipes,
        )?;
        if let Some(refusal) = planned.refusal(0) {
            return Err(Stop::Refuse(refusal.clone()));
        }
        let (same, alike) = match &statement.planned {
            Some(before) => (
                planned.is_same_upstream(before, &statement.declared),
                planned.is_described_as(before),
            ),
            None => {
                let same = planned.is_as_sent(text, &statement.declared);
                (same, same && !planned.opens(0))
            }
        };
        let before = statement.planned.as_ref();
        let gives =
            planned.outputs(0).is_some() || before.is_some_and(|own| own.outputs(0).is_some());
        let unlike = if same && alike {
            statement.is_changed()
        } else {
            gives && !alike && !statement.has_shape()
        };
        if unlike {
            return Err(Stop::Refuse(changed()));
        }
        let same = same && !gone;
        if before.is_some_and(|before| self.is_ambiguous(before, &planned, same, text, statement)) {
            let message = "the statement was prepared under other settings, and what it reads has changed since";
            return Err(Stop::Refuse(
                Refusal::new(Fault::SchemaChanged, message)
                    .with_sqlstate("0A000")
                    .with_hint("Prepare it again."),
            ));
        }
        let renewed = Statement::new(
            statement.text.clone(),
            statement.declared.clone(),
            statement.survey,
            Some(Arc::clone(&planned)),
            planned.standing.epoch(),
        );
        let renewed = Arc::new(renewed.succeeding(statement));
        if same {
            if statement.is_described() && alike {
                renewed.set_described();
            }
            drop(self.names.set_statement(name, Some(Arc::clone(&renewed))));
        } else {
            self.prepare_again(name, (statement, &renewed), &planned, pipes)?;
        }
        self.look_again(name, &renewed, pipes)?;
        Ok(renewed)
    }

    /// Looks at the columns of a statement that had others to be known by: the server holds one to its columns only as long
    /// as it is not prepared again, and knows them as they are stored. Nothing is bound before that is answered.
    fn look_again(
        &mut self,
        name: &Bytes,
        statement: &Arc<Statement>,
        pipes: &mut Pipes<'_>,
    ) -> Result<(), Stop> {
        if statement.is_described() || !statement.has_shape() {
            return Ok(());
        }
        if !statement.is_asked(self.batch) {
            statement.set_asked(self.batch);
            wire::write_describe(pipes.up, &Target::Statement(name.clone()));
            let describe = Describe {
                planned: statement.planned.clone(),
                statement: Some(Arc::clone(statement)),
                formats: None,
            };
            (self.queue).push(Ask::Describe(describe), Shown::ErrorOnly, None, None);
        } else if self.queue.is_empty() {
            return Ok(());
        }
        Err(self.wait_for_answers(pipes.up))
    }

    /// Parse of a statement whose upstream text is another than before, or that the server has no more.
    fn prepare_again(
        &mut self,
        name: &Bytes,
        (before, renewed): (&Arc<Statement>, &Arc<Statement>),
        planned: &Arc<Planned>,
        pipes: &mut Pipes<'_>,
    ) -> Result<(), Stop> {
        let text = self.render(planned)?;
        if !name.is_empty() {
            wire::write_close(pipes.up, &Target::Statement(name.clone()));
            self.queue.push(Ask::Close, Shown::ErrorOnly, None, None);
            before.set_gone();
        }
        wire::write_parse(
            pipes.up,
            name,
            text.as_bytes(),
            &planned.types(&renewed.declared),
        );
        let undo = self.names.set_statement(name, Some(Arc::clone(renewed)));
        self.queue.push(
            Ask::Parse(Some(Arc::clone(planned))),
            Shown::ErrorOnly,
            None,
            Some(undo),
        );
        Ok(())
    }

    /// Whether a plan is what would be made now.
    fn holds(&self, planned: &Planned, standing: &dyn Standing) -> bool {
        planned.standing.epoch() == standing.epoch()
            && planned.rights.key
                == standing
                    .rights(
                        &self.caller,
                        self.known.active_role(&self.caller.principal.login),
                    )
                    .key
            && planned.environment
                == (self.known)
                    .environment(planned.environment.unsettled)
                    .prepared_under(&planned.environment)
    }

    /// Whether the server could read the literals again by the settings of now: where its text is sent anew, and where
    /// it analyses a text again since a definition or the search path has changed. Then it matters if they mean
    /// something else.
    fn is_ambiguous(
        &self,
        before: &Planned,
        planned: &Planned,
        same: bool,
        text: &str,
        statement: &Statement,
    ) -> bool {
        let now = self.known.environment(planned.environment.unsettled);
        let conforms = now.standard_conforming_strings;
        if !same {
            return planned.environment.literals.is_some()
                || conforms != planned.environment.standard_conforming_strings;
        }
        let changed = before.standing.epoch() != planned.standing.epoch()
            || before.environment.search_path != planned.environment.search_path;
        if planned.environment.literals.is_none() || !changed {
            return false;
        }
        let environment = Environment {
            standard_conforming_strings: planned.environment.standard_conforming_strings,
            ..now
        };
        let (plan, _) = planned.standing.plan(&Request {
            text,
            protocol: Protocol::Extended,
            declared: &statement.declared,
            environment: &environment,
            rights: &planned.rights,
            application: self.known.application(),
            named: &self.named,
        });
        plan.text != planned.plan.text
    }

    /// Whether what was bound may still be carried out, and shown as it was then: rights and rules are looked at
    /// again, the settings are those of Bind.
    pub(super) fn portal_holds(&self, statement: &Statement, planned: &Planned) -> bool {
        let standing = self.standing();
        let rights = standing.rights(
            &self.caller,
            self.known.active_role(&self.caller.principal.login),
        );
        if planned.standing.epoch() == standing.epoch() && planned.rights.key == rights.key {
            return true;
        }
        let Ok(text) = std::str::from_utf8(&statement.text) else {
            return false;
        };
        let (plan, _) = standing.plan(&Request {
            text,
            protocol: Protocol::Extended,
            declared: &statement.declared,
            environment: &planned.environment,
            rights: &rights,
            application: self.known.application(),
            named: &self.named,
        });
        let alike = |one: &StatementPlan, other: &StatementPlan| {
            one.outcome == other.outcome
                && one.outputs == other.outputs
                && one.derived == other.derived
        };
        plan.text == planned.plan.text
            && (plan.statements.first().zip(planned.statement(0)))
                .is_some_and(|(one, other)| alike(one, other))
    }
}

/// As the server says it: drivers prepare again by themselves.
fn changed() -> Refusal {
    Refusal::new(
        Fault::SchemaChanged,
        "cached plan must not change result type",
    )
    .with_sqlstate("0A000")
}
