//! COPY held against the catalog as it is when the server carries it out. It has no RowDescription (see `describe`):
//! instead the catalog is read again once the server has begun. From then on to its end the server holds locks on all
//! that the COPY names, so that what is read then is what it goes by; and what would be planned on it must be what was.
//!
//! Invariant: where anything is enforced, no data of a COPY goes either way before that.

use bytes::Bytes;

use crate::fault::{Fault, Refusal};
use crate::plan::{Protocol, Request, StatementPlan};

use super::engine::Engine;
use super::planning::Planned;
use super::queue::{Ask, Shown};
use super::standing::Standing;

/// A text with a COPY in it, as the client sent it, and what it was looked at on.
#[derive(Clone)]
pub(super) struct CopyText {
    /// The text.
    pub(super) text: Bytes,
    /// How it came.
    pub(super) protocol: Protocol,
    /// Parameter types that the client declared.
    pub(super) declared: Vec<u32>,
    /// The ground.
    pub(super) epoch: u64,
}

/// What is to become of a COPY that the server has begun.
pub(super) enum Verdict {
    /// It is what was planned.
    Fine,
    /// The ground has to be read again first.
    Look,
    /// It is not.
    Other(Refusal),
}

impl Engine {
    /// What has to be kept of a text while it is carried out.
    pub(super) fn copy_text(
        &self,
        text: Bytes,
        protocol: Protocol,
        declared: &[u32],
    ) -> Option<Box<CopyText>> {
        let standing = self.standing();
        (standing.enforces() && may_copy(&text)).then(|| {
            Box::new(CopyText {
                text,
                protocol,
                declared: declared.to_vec(),
                epoch: standing.epoch(),
            })
        })
    }

    /// Whether the COPY at hand, which the server has begun, is what was planned.
    pub(super) fn begun_copy(&mut self) -> Verdict {
        let own_ground = self.overlay.as_ref().map(|overlay| overlay.base());
        let Some(entry) = self.queue.front() else {
            return Verdict::Fine;
        };
        let (Ask::Execute(work) | Ask::Query(work)) = &entry.ask else {
            return Verdict::Fine;
        };
        let (Shown::All, Some(copied)) = (entry.shown, work.copied.clone()) else {
            return Verdict::Fine;
        };
        let (planned, at) = (work.planned.clone(), work.at);
        if !std::mem::take(&mut self.looked_again) {
            self.looked_again = true;
            return Verdict::Look;
        }
        if let Some(refusal) = self.ground_failed.take() {
            return Verdict::Other(refusal);
        }
        // What the session's own transaction has changed lies over the ground as it was.
        if own_ground.is_some_and(|base| base != self.database.current().epoch()) {
            return Verdict::Other(changed());
        }
        let standing = self.standing();
        let same = match &planned {
            Some(planned) => self.is_planned_so(&copied, planned, at, &*standing),
            None => {
                copied.epoch == standing.epoch()
                    || !standing
                        .survey(&String::from_utf8_lossy(&copied.text))
                        .watched
            }
        };
        if same {
            Verdict::Fine
        } else {
            Verdict::Other(changed())
        }
    }

    fn is_planned_so(
        &self,
        copied: &CopyText,
        planned: &Planned,
        at: usize,
        standing: &dyn Standing,
    ) -> bool {
        if planned.standing.epoch() == standing.epoch() {
            return true;
        }
        let Ok(text) = std::str::from_utf8(&copied.text) else {
            return false;
        };
        let rights = standing.rights(&self.caller, planned.role.as_deref());
        let (plan, _) = standing.plan(&Request {
            text,
            protocol: copied.protocol,
            declared: &copied.declared,
            environment: &planned.environment,
            rights: &rights,
            application: self.known.application(),
            named: &self.named,
        });
        let alike = |one: &StatementPlan, other: &StatementPlan| {
            one.outcome == other.outcome && one.copy == other.copy && one.outputs == other.outputs
        };
        plan.text == planned.plan.text
            && (plan.statements.get(at).zip(planned.statement(at)))
                .is_some_and(|(one, other)| alike(one, other))
    }
}

fn changed() -> Refusal {
    Refusal::new(
        Fault::SchemaChanged,
        "what COPY reads or writes is not what was planned",
    )
}

/// Whether a COPY may stand in a text: a lone statement begins with the word.
fn may_copy(text: &[u8]) -> bool {
    let text = text.trim_ascii();
    let copies = |word: &[u8]| word.eq_ignore_ascii_case(b"copy");
    let lone = !(text.strip_suffix(b";").unwrap_or(text)).contains(&b';');
    if lone && text.first().is_some_and(u8::is_ascii_alphabetic) {
        return text.get(..4).is_some_and(copies);
    }
    text.windows(4).any(copies)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_is_found_wherever_it_stands() {
        for text in [
            "COPY a to stdout",
            "select 1;coPy a from stdin",
            "/**/copy(select 1) to stdout",
            " \n\tcopy\"a\"to stdout;;",
            "\u{b}copy a to stdout",
            "-- x\ncopy a to stdout",
        ] {
            assert!(may_copy(text.as_bytes()), "{text}");
        }
        for text in ["", "cop", "select 1", "select 'copy';", "scopy x"] {
            assert!(!may_copy(text.as_bytes()), "{text}");
        }
    }
}
