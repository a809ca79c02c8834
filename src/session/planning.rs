//! Plans as the session holds them: when one may be made, what it was made on, whether it still holds.

use std::sync::{Arc, OnceLock};
use std::time::Instant;

use bytes::{Bytes, BytesMut};

use crate::fault::{Fault, Refusal};
use crate::plan::{Environment, Outcome, Output, Plan, Protocol, Reason, Request, StatementPlan};
use crate::policy::Rights;
use crate::transform::Counts;
use crate::wire::{self, Bind, Target};

use super::engine::{Engine, Need, Pipes, Stop};
use super::names::Statement;
use super::queue::{Ask, Describe, Shown, Treat, Work};
use super::record::Stage;
use super::settings::{QUERY, RESERVED};
use super::standing::Standing;

/// A plan and what it was made on.
pub(super) struct Planned {
    /// The plan.
    pub(super) plan: Arc<Plan>,
    /// The ground.
    pub(super) standing: Arc<dyn Standing>,
    /// The rights.
    pub(super) rights: Arc<Rights>,
    /// The session's settings.
    pub(super) environment: Environment,
    /// Where each piece of the upstream text begins (characters from 0), once it is rendered, and where in the
    /// client's text what it was copied from.
    edits: OnceLock<Vec<(usize, Option<usize>)>>,
}

impl Planned {
    /// A position of the upstream text in the client's (characters from 1).
    pub(super) fn client_position(&self, position: usize) -> usize {
        client_position(self.edits.get().map_or(&[], Vec::as_slice), position)
    }

    /// One statement of it.
    pub(super) fn statement(&self, at: usize) -> Option<&StatementPlan> {
        self.plan.statements.get(at)
    }

    /// The result columns of a statement.
    pub(super) fn outputs(&self, at: usize) -> Option<&Arc<[Output]>> {
        self.statement(at)?.outputs.as_ref()
    }

    /// Whether values of a statement's result are opened or masked.
    pub(super) fn opens(&self, at: usize) -> bool {
        self.outputs(at)
            .is_some_and(|outputs| !outputs.iter().all(|output| matches!(output, Output::Pass)))
    }

    /// The refusal of a statement.
    pub(super) fn refusal(&self, at: usize) -> Option<&Refusal> {
        match &self.statement(at)?.outcome {
            Outcome::Refused(refusal) => Some(refusal),
            Outcome::Planned | Outcome::Passthrough(_) => None,
        }
    }

    /// Whether the server's words about a statement may show what is protected.
    pub(super) fn guards_words(&self, at: usize) -> bool {
        self.statement(at).is_some_and(|statement| {
            matches!(statement.outcome, Outcome::Planned | Outcome::Refused(_))
        })
    }

    /// Whether a statement only is watched.
    pub(super) fn is_observed(&self, at: usize) -> bool {
        self.statement(at)
            .is_some_and(|statement| statement.outcome == Outcome::Passthrough(Reason::Observed))
    }

    /// Parameter types to declare upstream.
    pub(super) fn types(&self, declared: &[u32]) -> Vec<u32> {
        let own = self.plan.parameters.len();
        let mut types: Vec<u32> = self
            .plan
            .parameters
            .iter()
            .map(|p| p.upstream_oid)
            .collect();
        types.extend(declared.iter().skip(own));
        types.extend(self.plan.appended.iter().map(|p| p.upstream_oid));
        types
    }

    /// Whether the server was told the same under both, so that only the treatment differs.
    fn is_same_upstream(&self, other: &Planned, declared: &[u32]) -> bool {
        self.plan.text == other.plan.text
            && self.types(declared) == other.types(declared)
            && self.refusal(0).is_none()
    }

    /// Whether the client was told the same of the columns.
    fn is_described_as(&self, other: &Planned) -> bool {
        let told = |planned: &Planned| {
            planned.outputs(0).map(|outputs| {
                outputs
                    .iter()
                    .map(|output| planned.standing.described(output))
                    .collect::<Vec<_>>()
            })
        };
        told(self) == told(other)
    }
}

impl Engine {
    /// Everything a plan rests on is known, or a reason to wait.
    fn settle(&mut self, text: &str, pipes: &mut Pipes<'_>) -> Result<(), Stop> {
        if let Some(refusal) = self.ground_failed.take() {
            return Err(Stop::Refuse(refusal));
        }
        let backslash = text.contains('\\');
        if (self.catalog_stale || backslash) && !self.queue.is_empty() {
            return Err(self.wait_for_answers(pipes.up));
        }
        if self.catalog_stale {
            return Err(Stop::Wait(Need::Ground));
        }
        if backslash {
            self.settle_reported(pipes.up)?;
        }
        if !self.known.unknown() || (self.known.ever_read() && is_bare(text)) {
            return Ok(());
        }
        if !self.queue.is_empty() {
            return Err(self.wait_for_answers(pipes.up));
        }
        if self.status == b'E' && !self.batch_open {
            return Err(Stop::Refuse(Refusal::new(
                Fault::MixedDdl,
                "a statement on a protected table while the session's settings are not known",
            )));
        }
        self.ask_settings(Shown::ErrorOnly, pipes.up);
        Err(Stop::Wait(Need::Answers))
    }

    /// What the server reports of its settings is known as of now, or a reason to wait. It reports them with
    /// ReadyForQuery: until then they are read, where anything was carried out that may have changed them unseen.
    pub(super) fn settle_reported(&mut self, up: &mut BytesMut) -> Result<(), Stop> {
        if self.unreported == 0 {
            return Ok(());
        }
        if !self.queue.is_empty() {
            return Err(self.wait_for_answers(up));
        }
        self.ask_settings(Shown::ErrorOnly, up);
        Err(Stop::Wait(Need::Answers))
    }

    /// A statement that may end a transaction is sent only when every value before it has been opened.
    pub(super) fn settle_opening(&mut self, ends: bool, up: &mut BytesMut) -> Result<(), Stop> {
        if ends
            && self
                .queue
                .first()
                .is_some_and(|first| first <= self.opening)
        {
            return Err(self.wait_for_answers(up));
        }
        Ok(())
    }

    /// Something is carried out: what was asked last.
    pub(super) fn carried(&mut self, opens: bool) {
        self.unreported = self.queue.latest();
        if opens {
            self.opening = self.queue.latest();
        }
    }

    /// Reads the settings before the client's first message: within a transaction of the client's it could be in
    /// the way.
    pub(super) fn begin(&mut self, up: &mut BytesMut) {
        if self.database.current().protects() {
            self.ask_settings(Shown::Nothing, up);
        }
    }

    /// Nothing more is read from the client until everything sent is answered.
    pub(super) fn wait_for_answers(&mut self, up: &mut BytesMut) -> Stop {
        if self.flushed != self.queue.latest() {
            self.flushed = self.queue.latest();
            wire::put_text(up, b'H', &[]);
        }
        Stop::Wait(Need::Answers)
    }

    /// Reads the settings in the client's own session, under names of our own so that the client's unnamed
    /// statement and portal stay. Ended by Sync where no batch of the client's is open, by Flush else.
    fn ask_settings(&mut self, shown: Shown, up: &mut BytesMut) {
        let own = Bytes::from_static(RESERVED);
        // In a transaction block a portal outlives Sync, and an earlier failure may have left either behind.
        let closes = [Target::Portal(own.clone()), Target::Statement(own.clone())];
        let mut hidden = |ask| self.queue.push(ask, shown, None, None);
        for close in &closes {
            wire::write_close(up, close);
            hidden(Ask::Close);
        }
        wire::write_parse(up, RESERVED, QUERY.as_bytes(), &[]);
        hidden(Ask::Parse(None));
        let bind = Bind {
            portal: own.clone(),
            statement: own,
            formats: Vec::new(),
            values: Vec::new(),
            results: Vec::new(),
        };
        wire::write_bind(up, &bind);
        hidden(Ask::Bind(None));
        wire::write_execute(up, RESERVED);
        hidden(Ask::Execute(Work {
            rows: Treat::Settings,
            ..Work::default()
        }));
        for close in &closes {
            wire::write_close(up, close);
            hidden(Ask::Close);
        }
        if self.batch_open {
            wire::put_text(up, b'H', &[]);
        } else {
            wire::put_text(up, b'S', &[]);
            hidden(Ask::Sync { fail: false });
        }
        self.flushed = self.queue.latest();
    }

    /// Plans a text.
    pub(super) fn plan(
        &mut self,
        text: &str,
        protocol: Protocol,
        declared: &[u32],
        pipes: &mut Pipes<'_>,
    ) -> Result<Arc<Planned>, Stop> {
        self.settle(text, pipes)?;
        let began = Instant::now();
        let standing = self.database.current();
        let rights = standing.rights(
            &self.principal,
            self.known.active_role(&self.principal.login),
        );
        let environment = self.known.environment(!self.queue.is_empty());
        let (plan, kept) = standing.plan(&Request {
            text,
            protocol,
            declared,
            environment: &environment,
            rights: &rights,
            application: self.known.application(),
        });
        if !kept {
            self.recorder.stage(Stage::Plan, began.elapsed());
        }
        // A text with constants of its own is not looked for.
        if protocol == Protocol::Extended {
            self.recorder.planned(kept);
        }
        // A name that the catalog does not have may be new: one more look, and what is found then stands.
        if plan.stale && !std::mem::take(&mut self.looked_for_names) {
            self.looked_for_names = true;
            self.catalog_stale = true;
            return self.settle(text, pipes).and(Err(Stop::Wait(Need::Ground)));
        }
        self.looked_for_names = false;
        let planned = Arc::new(Planned {
            plan,
            standing,
            rights,
            environment,
            edits: OnceLock::new(),
        });
        self.at_hand = Some(Arc::clone(&planned));
        Ok(planned)
    }

    /// The statement under today's rights, rules, catalog and settings. Where the upstream text is another, it
    /// is prepared again unseen.
    pub(super) fn renewed(
        &mut self,
        name: &Bytes,
        statement: &Arc<Statement>,
        pipes: &mut Pipes<'_>,
    ) -> Result<Arc<Statement>, Stop> {
        let standing = self.database.current();
        let text = Bytes::clone(&statement.text);
        let Ok(text) = std::str::from_utf8(&text) else {
            return Ok(Arc::clone(statement));
        };
        match &statement.planned {
            None if statement.epoch() == standing.epoch() => return Ok(Arc::clone(statement)),
            None if !standing.protects() || !standing.survey(text).watched => {
                statement.set_epoch(standing.epoch());
                return Ok(Arc::clone(statement));
            }
            None => {}
            Some(planned) => {
                self.settle(text, pipes)?;
                if self.holds(planned, &*standing) {
                    return Ok(Arc::clone(statement));
                }
            }
        }
        let planned = self.plan(text, Protocol::Extended, &statement.declared, pipes)?;
        if let Some(refusal) = planned.refusal(0) {
            return Err(Stop::Refuse(refusal.clone()));
        }
        let same = statement
            .planned
            .as_ref()
            .is_some_and(|before| planned.is_same_upstream(before, &statement.declared));
        let described_alike = statement
            .planned
            .as_ref()
            .is_none_or(|before| planned.is_described_as(before));
        if statement.is_described() && !described_alike {
            return Err(Stop::Refuse(
                Refusal::new(
                    Fault::SchemaChanged,
                    // As the server says it: drivers prepare again by themselves.
                    "cached plan must not change result type",
                )
                .with_sqlstate("0A000"),
            ));
        }
        let renewed = Arc::new(Statement::new(
            statement.text.clone(),
            statement.declared.clone(),
            statement.survey,
            Some(Arc::clone(&planned)),
            planned.standing.epoch(),
        ));
        if same {
            if statement.is_described() {
                renewed.set_described();
            }
            drop(self.names.set_statement(name, Some(Arc::clone(&renewed))));
            return Ok(renewed);
        }
        let text = self.render(&planned)?;
        if !name.is_empty() {
            wire::write_close(pipes.up, &Target::Statement(name.clone()));
            self.queue.push(Ask::Close, Shown::ErrorOnly, None, None);
        }
        wire::write_parse(
            pipes.up,
            name,
            text.as_bytes(),
            &planned.types(&statement.declared),
        );
        let undo = self.names.set_statement(name, Some(Arc::clone(&renewed)));
        self.queue.push(
            Ask::Parse(Some(planned)),
            Shown::ErrorOnly,
            None,
            Some(undo),
        );
        Ok(renewed)
    }

    /// Whether a plan is what would be made now.
    fn holds(&self, planned: &Planned, standing: &dyn Standing) -> bool {
        planned.standing.epoch() == standing.epoch()
            && planned.rights.key
                == standing
                    .rights(
                        &self.principal,
                        self.known.active_role(&self.principal.login),
                    )
                    .key
            && planned.environment == self.known.environment(planned.environment.unsettled)
    }

    /// Whether what was bound may still be carried out, and shown as it was then: rights and rules are looked at
    /// again, the settings are those of Bind.
    pub(super) fn portal_holds(&self, statement: &Statement, planned: &Planned) -> bool {
        let standing = self.database.current();
        let rights = standing.rights(
            &self.principal,
            self.known.active_role(&self.principal.login),
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
        });
        let alike = |one: &StatementPlan, other: &StatementPlan| {
            one.outcome == other.outcome && one.outputs == other.outputs
        };
        plan.text == planned.plan.text
            && (plan.statements.first().zip(planned.statement(0)))
                .is_some_and(|(one, other)| alike(one, other))
    }

    /// The upstream text, its constants sealed.
    pub(super) fn render(&mut self, planned: &Planned) -> Result<String, Stop> {
        let began = Instant::now();
        let mut counts = Counts::default();
        let mut text = String::new();
        let mut edits = Vec::with_capacity(planned.plan.text.len());
        let mut length = 0;
        for (at, piece) in planned.plan.text.iter().enumerate() {
            edits.push((length, planned.plan.origins.get(at).copied().flatten()));
            let piece = planned
                .standing
                .render(std::slice::from_ref(piece), &mut counts)
                .map_err(Stop::Refuse)?;
            length += piece.chars().count();
            text.push_str(&piece);
        }
        planned.edits.get_or_init(|| edits);
        self.rendered = counts;
        self.recorder.stage(Stage::Seal, began.elapsed());
        Ok(text)
    }

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
}

/// A statement of one piece that says nothing but settings or a transaction's bounds: no table stands in it, so
/// it may be planned in settings that are not certain. (Reading them here would use up the snapshot that SET
/// TRANSACTION must precede.)
fn is_bare(text: &str) -> bool {
    let text = text.trim().trim_end_matches(';');
    let word = text
        .split(|c: char| !c.is_ascii_alphabetic())
        .next()
        .unwrap_or_default();
    !text.contains([';', '$', '\\', '/', '-', '('])
        && [
            "SET",
            "RESET",
            "SHOW",
            "BEGIN",
            "START",
            "COMMIT",
            "END",
            "ROLLBACK",
            "ABORT",
            "SAVEPOINT",
            "RELEASE",
            "DISCARD",
        ]
        .iter()
        .any(|bare| word.eq_ignore_ascii_case(bare))
}

/// What was copied maps to where it was copied from; what the plan wrote, to where the client's text goes on.
fn client_position(edits: &[(usize, Option<usize>)], position: usize) -> usize {
    let offset = position.saturating_sub(1);
    let next = edits.partition_point(|(start, _)| *start <= offset);
    let mut passed = edits.get(..next).unwrap_or_default().iter().rev();
    let Some((start, origin)) = passed.next() else {
        return position;
    };
    if let Some(origin) = origin {
        return origin + (offset - start) + 1;
    }
    let mut end = *start;
    for (start, origin) in passed {
        if let Some(origin) = origin {
            return origin + (end - start) + 1;
        }
        end = *start;
    }
    1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_go_back_through_edits() {
        // "select 'a' x": the literal at 7 became 20 characters.
        let edits = [(0, Some(0)), (7, None), (27, Some(10))];
        for (upstream, client) in [(3, 3), (8, 8), (25, 8), (28, 11), (30, 13)] {
            assert_eq!(client_position(&edits, upstream), client, "{upstream}");
        }
        assert_eq!(client_position(&[], 5), 5);
        assert_eq!(client_position(&[(0, None)], 5), 1);
    }

    #[test]
    fn only_a_lone_setting_is_bare() {
        for text in [
            "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE",
            "commit;",
            "set role ann",
        ] {
            assert!(is_bare(text), "{text}");
        }
        for text in [
            "select 1",
            "rollback; select 1",
            "set x = (select 1)",
            "-- x\nset y = 1",
        ] {
            assert!(!is_bare(text), "{text}");
        }
    }
}
