//! SQL's EXECUTE of statements that were prepared in the protocol, and FETCH from portals that were bound there. Their
//! arguments would reach the server unsealed, and their rows the client unopened and unmasked: what was planned for Bind and
//! Execute does not hold for it.

use std::sync::Arc;

use crate::fault::{Fault, Refusal};
use crate::plan::{Fetches, Outcome, Protocol, executes, fetches};

use super::engine::{Engine, Pipes, Stop};
use super::names::Statement;
use super::planning::Planned;

impl Engine {
    /// Refuses a text that carries out a statement over something protected by its name. Statements that SQL's PREPARE
    /// made are over nothing protected: that was looked at when they were made.
    pub(super) fn guard_executed(
        &mut self,
        text: &[u8],
        pipes: &mut Pipes<'_>,
    ) -> Result<(), Stop> {
        if !self.names.has_named() || !self.standing().enforces() {
            return Ok(());
        }
        let text = String::from_utf8_lossy(text);
        let Some(found) = executes(&text) else {
            return Err(Stop::Refuse(Refusal::new(
                Fault::AmbiguousText,
                "an EXECUTE in a text that cannot be read with certainty",
            )));
        };
        if !found.is_empty() {
            self.certain()?;
        }
        for one in found {
            if !self.queue.is_empty() {
                // What is under way may yet fail, and with it what the name stands for.
                return Err(self.wait_for_answers(pipes.up));
            }
            let Some(statement) = self.names.statement(one.name.as_bytes()).cloned() else {
                continue;
            };
            if let Some(explain) = &one.explained {
                self.guard_explained(explain, &statement, one.position, pipes)?;
            } else if self.touches_protected(&statement, pipes)? {
                let message = format!(
                    "EXECUTE of the prepared statement \"{}\" over a protected table",
                    one.name
                );
                return Err(Stop::Refuse(
                    Refusal::new(Fault::CursorRefused, message)
                        .with_hint("Carry it out as the driver has prepared it: by Bind and Execute of the protocol.")
                        .at(one.position),
                ));
            }
        }
        Ok(())
    }

    /// Refuses EXPLAIN EXECUTE as EXPLAIN of the statement itself is refused: `explain` is what stands before EXECUTE.
    fn guard_explained(
        &mut self,
        explain: &str,
        statement: &Arc<Statement>,
        position: usize,
        pipes: &mut Pipes<'_>,
    ) -> Result<(), Stop> {
        let text = format!("{explain}{}", String::from_utf8_lossy(&statement.text));
        if !self.standing().survey(&text).watched {
            return Ok(());
        }
        let planned = self.plan(&text, Protocol::Extended, &statement.declared, pipes)?;
        self.at_hand = None;
        match planned.refusal(0) {
            Some(refusal) => Err(Stop::Refuse(refusal.clone().at(position))),
            None => Ok(()),
        }
    }

    /// Refuses a text that fetches from a portal of the protocol whose rows are opened or masked for it.
    pub(super) fn guard_fetched(&mut self, text: &[u8], pipes: &mut Pipes<'_>) -> Result<(), Stop> {
        if !self.names.has_named_portal() || !self.standing().enforces() {
            return Ok(());
        }
        let text = String::from_utf8_lossy(text);
        let Some(found) = fetches(&text) else {
            return Err(Stop::Refuse(Refusal::new(
                Fault::AmbiguousText,
                "a FETCH in a text that cannot be read with certainty",
            )));
        };
        if !found.is_empty() {
            self.certain()?;
        }
        for Fetches {
            name,
            moves,
            position,
        } in found
        {
            if !self.queue.is_empty() {
                // What is under way may yet fail, and with it what the name stands for.
                return Err(self.wait_for_answers(pipes.up));
            }
            let portal = self.names.portal(name.as_bytes());
            let planned = portal.and_then(|portal| portal.planned.clone());
            // Which rows are passed over is the server's to say, but for those that the proxy has chosen or put in order.
            let refused = |planned: &Planned| match moves {
                true => planned.selects(0),
                false => !planned.is_untouched(),
            };
            if planned.is_some_and(|planned| refused(&planned)) {
                let verb = if moves { "MOVE in" } else { "FETCH from" };
                let message = format!("{verb} portal \"{name}\" over a protected table");
                return Err(Stop::Refuse(
                    Refusal::new(Fault::CursorRefused, message)
                        .with_hint("Take its rows as it was bound: by Execute of the protocol, with a number of rows.")
                        .at(position),
                ));
            }
        }
        Ok(())
    }

    /// Where names were made while nothing was enforced, in an encoding that nobody asked for.
    fn certain(&self) -> Result<(), Stop> {
        if self.names.are_uncertain() {
            return Err(Stop::Refuse(Refusal::new(
                Fault::EncodingUnsupported,
                "EXECUTE or FETCH in a session with names beyond ASCII from before its tables were protected",
            )));
        }
        Ok(())
    }

    /// Whether the rules in force have anything to do with a statement.
    fn touches_protected(
        &mut self,
        statement: &Arc<Statement>,
        pipes: &mut Pipes<'_>,
    ) -> Result<bool, Stop> {
        let Ok(text) = std::str::from_utf8(&statement.text) else {
            return Ok(true);
        };
        if !self.standing().survey(text).watched {
            return Ok(false);
        }
        let planned = self.plan(text, Protocol::Extended, &statement.declared, pipes)?;
        self.at_hand = None;
        Ok((planned.plan.statements.iter())
            .any(|statement| !matches!(statement.outcome, Outcome::Passthrough(_))))
    }
}
