//! Query: any number of statements in one message, answered by one ReadyForQuery.

use std::sync::Arc;
use std::time::Instant;

use bytes::{Bytes, BytesMut};

use crate::fault::{Fault, Refusal};
use crate::plan::{Protocol, Survey, has_names_beyond_ascii};
use crate::wire;

use super::engine::{Engine, Need, Pipes, Stop};
use super::planning::Planned;
use super::queue::{Ask, Shown, Work};
use super::record::Stage;
use super::standing::Standing;

/// What the quick look says of a text.
pub(super) enum Look<'a> {
    /// It passes.
    Pass(Survey),
    /// It must be planned.
    Plan(&'a str),
}

impl Engine {
    /// Query.
    pub(super) fn query(
        &mut self,
        frame: &Bytes,
        body: &Bytes,
        pipes: &mut Pipes<'_>,
    ) -> Result<(), Stop> {
        let text = wire::query_text(body)?;
        if self.hold && !self.queue.is_empty() {
            // It ends the transaction of the batch before it, as Sync does.
            return Err(self.wait_for_answers(pipes.up));
        }
        (self.hold, self.opens, self.executes) = (false, false, 0);
        let look = self.look(text, pipes.up)?;
        self.guard_executed(text, pipes)?;
        self.guard_fetched(text, pipes)?;
        match look {
            Look::Pass(survey) => {
                self.settle_opening(survey.changes_settings, pipes.up)?;
                pipes.up.extend_from_slice(frame);
                self.affects(text, survey.changes_settings, survey.changes_catalog);
                let copied = self.copy_text(body.slice_ref(text), Protocol::Simple, &[]);
                let work = Work {
                    copied,
                    ..Work::default()
                };
                self.asked(work, text);
            }
            Look::Plan(whole) => {
                let planned = self.plan(whole, Protocol::Simple, &[], pipes)?;
                self.settle_opening(planned.plan.changes_settings, pipes.up)?;
                let guesses = (planned.plan.statements.iter())
                    .map(|statement| u64::from(statement.guesses))
                    .sum();
                self.charge(&planned, guesses)?;
                let upstream = self.render(&planned)?;
                wire::write_query(pipes.up, upstream.as_bytes());
                self.affects(
                    text,
                    planned.plan.changes_settings,
                    planned.plan.changes_catalog,
                );
                self.rendered.guess(guesses);
                let work = Work {
                    counts: std::mem::take(&mut self.rendered),
                    planned: Some(planned),
                    copied: self.copy_text(body.slice_ref(text), Protocol::Simple, &[]),
                    ..Work::default()
                };
                self.asked(work, whole.as_bytes());
            }
        }
        Ok(())
    }

    fn asked(&mut self, work: Work, text: &[u8]) {
        self.names.drop_unnamed();
        let undo = std::str::from_utf8(text)
            .ok()
            .and_then(|text| self.names.forget(text));
        self.batch_open = false;
        self.batch += 1;
        let opens = (work.planned.as_ref())
            .is_some_and(|planned| (0..planned.plan.statements.len()).any(|at| planned.opens(at)));
        self.queue.push(Ask::Query(work), Shown::All, None, undo);
        self.carried(opens);
    }

    /// The quick look at a text. Where nothing in the database is protected nothing is looked at, and nothing of
    /// the settings is known any more should that change.
    pub(super) fn look<'a>(&mut self, text: &'a [u8], up: &mut BytesMut) -> Result<Look<'a>, Stop> {
        if let Some(names) = databases(text) {
            match self.releasing.take() {
                Some(names) if names.is_empty() => {}
                Some(_) | None => {
                    self.releasing = Some(names);
                    return Err(Stop::Wait(Need::Release));
                }
            }
        }
        let standing = self.standing();
        if !standing.protects() {
            self.affects(text, true, false);
            return Ok(Look::Pass(Survey::default()));
        }
        // What was defined a moment ago may be what this text names.
        if let Ok(own) = std::str::from_utf8(text) {
            self.settle_overlay(own, up)?;
        }
        let standing = self.standing();
        self.catalog_stale |= self.database.is_behind();
        if let (true, Some(refusal)) = (self.catalog_stale, self.ground_failed.take()) {
            return Err(Stop::Refuse(refusal));
        }
        if self.catalog_stale {
            return Err(if self.queue.is_empty() {
                Stop::Wait(Need::Ground)
            } else {
                self.wait_for_answers(up)
            });
        }
        let began = Instant::now();
        let look = self.survey(&*standing, text, up).and_then(|look| {
            // What it names may be a cursor, or a statement that SQL has prepared.
            match (look, std::str::from_utf8(text)) {
                (Look::Pass(_), Ok(own)) if self.names_concern(text) => Ok(Look::Plan(own)),
                (Look::Pass(_), Err(_)) if self.names_concern(text) => {
                    Err(Stop::Refuse(encoding()))
                }
                (look, _) => Ok(look),
            }
        });
        self.recorder.stage(Stage::Survey, began.elapsed());
        match look {
            // Where everything is only observed, what cannot be read passes.
            Err(Stop::Refuse(_)) if !standing.enforces() => {
                Ok(Look::Pass(standing.survey(&String::from_utf8_lossy(text))))
            }
            look => look,
        }
    }

    fn survey<'a>(
        &mut self,
        standing: &dyn Standing,
        text: &'a [u8],
        up: &mut BytesMut,
    ) -> Result<Look<'a>, Stop> {
        if !text.is_ascii() {
            // A SET client_encoding may be on its way.
            self.settle_reported(up)?;
            // What no name of the catalog can be compared with must not pass for the name of nothing protected.
            if !self.known.encoding_is_utf8()
                && (!self.known.encoding_is_transparent() || has_names_beyond_ascii(text))
            {
                return Err(Stop::Refuse(encoding()));
            }
        }
        if text.contains(&b'\\') && standing.reads_two_ways(&String::from_utf8_lossy(text)) {
            self.settle_reported(up)?;
            if !self.known.strings_conform() {
                return Err(Stop::Refuse(Refusal::new(
                    Fault::AmbiguousText,
                    "a backslash in a string constant while standard_conforming_strings is off",
                )));
            }
        }
        match std::str::from_utf8(text) {
            Ok(text) => {
                let survey = standing.survey(text);
                Ok(if survey.watched {
                    Look::Plan(text)
                } else {
                    Look::Pass(survey)
                })
            }
            Err(_) => {
                let survey = standing.survey(&String::from_utf8_lossy(text));
                if survey.watched {
                    return Err(Stop::Refuse(encoding()));
                }
                Ok(Look::Pass(survey))
            }
        }
    }

    /// Counts guesses against the statement's and the hour's budget.
    pub(super) fn charge(&self, planned: &Arc<Planned>, guesses: u64) -> Result<(), Stop> {
        let rights = &planned.rights;
        if guesses > u64::from(rights.guesses_per_statement) {
            return Err(Stop::Refuse(Refusal::new(
                Fault::GuessBudget,
                format!(
                    "more than {} search constants in one statement on columns that this role does not see",
                    rights.guesses_per_statement
                ),
            )));
        }
        self.ledger
            .charge(
                &self.caller.principal,
                &self.database_name,
                guesses,
                rights.guesses_per_hour,
            )
            .map_err(Stop::Refuse)
    }
}

/// The words of a statement that makes, renames or drops a database: its name is among them. A connection to it, or
/// to the template, would be in the way.
fn databases(text: &[u8]) -> Option<Vec<String>> {
    let text = text.trim_ascii_start();
    let first = text.first()?.to_ascii_lowercase();
    if !matches!(first, b'c' | b'd' | b'a') || text.len() > 4_096 {
        return None;
    }
    let text = std::str::from_utf8(text).ok()?;
    let parts = text.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == '-' || c == '$'));
    let words: Vec<&str> = parts.filter(|word| !word.is_empty()).collect();
    let [verb, kind, names @ ..] = words.as_slice() else {
        return None;
    };
    let is = |word: &str, of: &[&str]| of.iter().any(|one| word.eq_ignore_ascii_case(one));
    (is(verb, &["create", "drop", "alter"]) && is(kind, &["database"])).then(|| {
        let folded = names.iter().map(|name| name.to_lowercase());
        names
            .iter()
            .map(|name| (*name).to_owned())
            .chain(folded)
            .collect()
    })
}

fn encoding() -> Refusal {
    Refusal::new(
        Fault::EncodingUnsupported,
        "the text cannot be read with certainty in this client_encoding",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn databases_about_to_go_are_named() {
        let named = |text: &str| databases(text.as_bytes()).unwrap_or_default();
        assert!(named("DROP DATABASE IF EXISTS \"test_shop\"").contains(&"test_shop".to_owned()));
        assert!(named("create database x template SHOP").contains(&"shop".to_owned()));
        for other in [
            "create table database (a int)",
            "select 1",
            "drop table x",
            "",
        ] {
            assert_eq!(databases(other.as_bytes()), None, "{other}");
        }
    }
}
