//! Conditions of others: row security that reads other tables, or goes by what the session sets, and views WITH CHECK OPTION.
//! What a role may ask itself tells it nothing new.

use super::{Becomes, Row, Write};
use crate::catalog::{Judge, JudgeKind, Relation};
use crate::fault::Refusal;
use crate::identity::Verb;
use crate::plan::Request;
use crate::plan::analysis::Analysis;
use crate::plan::edits::quoted;
use crate::sql::{self, Range};

impl Analysis<'_> {
    /// The rows of another table that a policy lets through by rows of this one.
    pub(super) fn read_elsewhere(
        &self,
        write: &Write<'_>,
        token: Option<usize>,
    ) -> Result<(), Refusal> {
        for (table, policy) in &self.world.watch.policies {
            let reads = || (policy.reads.iter()).any(|(oid, _)| *oid == write.owner.oid);
            if *table != write.owner.oid && reads() {
                let here = |oid: &u32| *oid == write.owner.oid;
                let hidden = |(oid, attnum): &(u32, i16)| match attnum {
                    0 => self.hides_any(*oid),
                    _ => self.hidden(*oid, *attnum),
                };
                let elsewhere = (policy.reads.iter())
                    .filter(|(oid, _)| !here(oid))
                    .find_map(hidden);
                let own = || {
                    policy
                        .reads
                        .iter()
                        .filter(|(oid, _)| here(oid))
                        .find_map(hidden)
                };
                let touched = || {
                    policy.reads.iter().any(|(oid, attnum)| {
                        let name = write.owner.columns.iter().find(|own| own.attnum == *attnum);
                        here(oid)
                            && (*attnum == 0 || name.is_some_and(|own| write.changes(&own.name)))
                    })
                };
                let told = match write.verb {
                    Verb::Insert | Verb::Delete => elsewhere,
                    Verb::Update => elsewhere.or_else(own).filter(|_| touched()),
                    Verb::Select | Verb::Truncate | Verb::Ddl => None,
                };
                if let Some(column) = told {
                    return self.tells(&policy.shown(), column, token);
                }
            }
        }
        Ok(())
    }

    /// A view WITH CHECK OPTION, through which rows are written.
    pub(super) fn checked_view(
        &mut self,
        target: &Relation,
        verb: Verb,
        row: &Row,
        token: Option<usize>,
    ) -> Result<(), Refusal> {
        let Some(beneath) = self.through.get(&target.oid).cloned() else {
            return Ok(());
        };
        let unseen = row.0.values().any(|becomes| *becomes == Becomes::Unseen);
        if !beneath.is_checked() || verb == Verb::Insert && !unseen {
            return Ok(());
        }
        let Some(column) = self.hides_any(beneath.table.oid).cloned() else {
            return Ok(());
        };
        for (lower, condition) in beneath.conditions() {
            if !self.may_ask_of(lower, condition) {
                let what = format!("the CHECK OPTION of view {}", target.qualified());
                return self.tells(&what, &column, token);
            }
        }
        Ok(())
    }

    /// Row security that goes by a hidden column and by something that whoever asks can set.
    pub(in crate::plan) fn steered_policy(
        &self,
        relation: &Relation,
        token: Option<usize>,
    ) -> Result<(), Refusal> {
        for judge in self
            .world
            .snapshot
            .judges
            .get(&relation.oid)
            .into_iter()
            .flatten()
        {
            if judge.kind != (JudgeKind::Policy { steered: true }) {
                continue;
            }
            let reads = self.reads(relation, judge);
            let own = reads.own.iter().find_map(|(_, hidden)| hidden.as_ref());
            if let Some(column) = own.or(reads.elsewhere.as_ref()) {
                let what = format!("{} of {}", judge.shown(), relation.qualified());
                return self.tells(&what, column, token);
            }
        }
        Ok(())
    }

    /// Whether this role may ask the condition itself: then its outcome tells nothing new.
    pub(super) fn may_ask(&self, owner: &Relation, judge: &Judge) -> bool {
        (judge.condition.as_deref()).is_some_and(|condition| self.may_ask_of(owner, condition))
    }

    pub(super) fn may_ask_of(&self, relation: &Relation, condition: &str) -> bool {
        let table = format!("{}.{}", quoted(&relation.schema), quoted(&relation.name));
        let text = format!("SELECT 1 FROM {table} WHERE {condition}");
        let Ok(tokens) = sql::lex(&text) else {
            return false;
        };
        let request = Request {
            text: &text,
            ..*self.request
        };
        let mut look = Analysis::new(self.world, &request, &text, &tokens);
        look.depth = self.depth;
        let whole = Range {
            first: 0,
            last: tokens.len().saturating_sub(1),
        };
        let Ok(reading) = sql::read(&text, &tokens, whole) else {
            return false;
        };
        look.change(&reading.statement, None).is_ok() && look.guesses == 0
    }
}
