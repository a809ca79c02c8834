//! Foreign keys: what each end tells of the other.

use std::collections::HashSet;

use super::{Becomes, Row, Write};
use crate::catalog::ForeignKey;
use crate::fault::Refusal;
use crate::identity::Verb;
use crate::plan::analysis::Analysis;

impl Analysis<'_> {
    /// The referencing end: whether the value that it gets is there.
    pub(super) fn references(
        &mut self,
        write: &Write<'_>,
        key: &ForeignKey,
        token: Option<usize>,
    ) -> Result<(), Refusal> {
        if write.verb == Verb::Delete {
            return Ok(());
        }
        let mut changed = false;
        let mut unknown = None;
        let mut target = None;
        for (from, to) in key.from.1.iter().zip(&key.to.1) {
            let Some(own) = write.owner.columns.iter().find(|own| own.attnum == *from) else {
                continue;
            };
            let hidden = self.hidden(key.from.0, *from);
            let becomes = write.row.0.get(&own.name);
            changed |= becomes.is_some() || hidden.is_none() && write.altered.contains(&own.name);
            match hidden {
                // Given, it is a guess, and counted.
                Some(column) if becomes != Some(&Becomes::Given) => {
                    let copied = becomes.is_some() && key.from.1.len() > 1;
                    if write.verb == Verb::Update && becomes.is_none() || copied {
                        unknown = Some(column);
                    }
                }
                Some(_) => {}
                None => {
                    if becomes.is_some() || write.verb == Verb::Insert && own.has_default {
                        target = target.or(self.hidden(key.to.0, *to));
                        changed = true;
                    }
                }
            }
        }
        match unknown.or(target) {
            Some(column) if changed => {
                let what = format!("foreign key \"{}\"", key.name);
                self.tells(&what, column, token)
            }
            Some(_) | None => Ok(()),
        }
    }

    /// The referenced end: whether something has the value that is taken away, and which rows do.
    pub(super) fn referenced(
        &mut self,
        write: &Write<'_>,
        key: &ForeignKey,
        token: Option<usize>,
        seen: &mut HashSet<u32>,
    ) -> Result<(), Refusal> {
        let name = |attnum: &i16| {
            let own = write.owner.columns.iter().find(|own| own.attnum == *attnum);
            own.map(|own| own.name.clone())
        };
        let acts = match write.verb {
            Verb::Delete => key.on_delete_acts,
            Verb::Update => {
                let changes = |attnum: &i16| {
                    name(attnum)
                        .is_some_and(|name| write.changes(&name) || write.altered.contains(&name))
                };
                if !key.to.1.iter().any(changes) {
                    return Ok(());
                }
                key.on_update_acts
            }
            Verb::Insert | Verb::Select | Verb::Truncate | Verb::Ddl => return Ok(()),
        };
        let ends = [(key.to.0, &key.to.1), (key.from.0, &key.from.1)];
        let hidden = ends
            .iter()
            .flat_map(|(table, columns)| columns.iter().map(move |attnum| (*table, *attnum)))
            .find_map(|(table, attnum)| self.hidden(table, attnum));
        if let Some(column) = hidden {
            let what = format!("foreign key \"{}\"", key.name);
            return self.tells(&what, column, token);
        }
        if !acts {
            return Ok(());
        }
        // What the key does to the rows that reference this one is judged as if it were written.
        let Some(from) = self.world.snapshot.relations.get(&key.from.0) else {
            return Ok(());
        };
        self.acts_unordered(from, key, token)?;
        let own = from.columns.iter();
        let changed = own.filter(|own| key.from.1.contains(&own.attnum));
        let row = Row(changed
            .map(|own| (own.name.clone(), Becomes::Given))
            .collect());
        self.judge_table(from, Verb::Update, &row, token, seen)?;
        if write.verb == Verb::Delete {
            seen.remove(&from.oid);
            self.judge_table(from, Verb::Delete, &Row::default(), token, seen)?;
        }
        Ok(())
    }
}
