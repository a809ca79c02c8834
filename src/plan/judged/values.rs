//! What one of them would tell of the values that stay: triggers, unique indexes, entries that are too long.

use std::sync::Arc;

use super::{Becomes, Reads, Write};
use crate::catalog::{Column, Judge, Relation, Snapshot};
use crate::identity::Verb;
use crate::plan::analysis::Analysis;
use crate::plan::coerce::oid;
use crate::policy::{Protected, Storage};

impl Analysis<'_> {
    /// A trigger that reads a column in plaintext could hand it on, or go by it; one that reads a given value beside the
    /// stored one could tell whether they are equal.
    pub(super) fn triggered<'r>(
        &self,
        write: &Write<'_>,
        reads: &'r Reads,
        suppresses: bool,
        queries: bool,
    ) -> Option<&'r Arc<Protected>> {
        let plain = |column: &Protected| !matches!(column.storage, Storage::Sealed(_));
        reads.own.iter().find_map(|(name, hidden)| {
            let column = hidden.as_ref()?;
            let becomes = write.row.0.get(name);
            let told = match (write.verb, becomes) {
                (Verb::Insert, Some(Becomes::Unseen)) => plain(column),
                (Verb::Insert, _) if queries => plain(column),
                (Verb::Update, Some(_)) => true,
                (Verb::Update | Verb::Delete, None) => plain(column) && !suppresses,
                (Verb::Insert | Verb::Delete | Verb::Select | Verb::Truncate | Verb::Ddl, _) => {
                    false
                }
            };
            told.then_some(column)
        })
    }

    /// A row collides with others by values that the role does not know, beside one that is changed.
    pub(super) fn collides<'r>(
        &mut self,
        write: &Write<'_>,
        reads: &'r Reads,
    ) -> Option<&'r Arc<Protected>> {
        if write.verb == Verb::Insert {
            // A default that is tried is a guess like any other.
            let tried = reads.own.iter().any(|(name, hidden)| {
                hidden.is_some() && !write.changes(name) && self.has_default(write.owner, name)
            });
            self.guesses = self.guesses.saturating_add(u32::from(tried));
        }
        write.unknown(reads).filter(|_| write.moves(reads))
    }

    pub(super) fn has_default(&self, owner: &Relation, name: &str) -> bool {
        let Some(column) = owner.column(name) else {
            return false;
        };
        let table = self.world.protection.tables.get(&owner.oid);
        let sealed = table.and_then(|table| table.columns.get(&column.attnum));
        column.has_default || sealed.is_some_and(|column| column.default.is_some())
    }

    /// An index whose entry would be too long says how long it is: of a text that grows beside one that is hidden.
    pub(super) fn too_long<'r>(
        &self,
        write: &Write<'_>,
        judge: &Judge,
        reads: &'r Reads,
    ) -> Option<&'r Arc<Protected>> {
        let column = write
            .unknown(reads)
            .filter(|column| !matches!(column.storage, Storage::Sealed(_)))?;
        let width = |attnum: &i16| {
            let own = write
                .owner
                .columns
                .iter()
                .find(|own| own.attnum == *attnum)?;
            width_of(&self.world.snapshot, own)
        };
        let all = judge.reads.iter().map(|(_, attnum)| width(attnum));
        let widths: Option<usize> = all.sum();
        let fits = widths.is_some_and(|width| width <= ROOM);
        let grows = reads.own.iter().any(|(name, hidden)| {
            let own = write.owner.column(name);
            let fixed = own.is_some_and(|own| {
                width_of(&self.world.snapshot, own).is_some_and(|width| width <= FIXED)
            });
            hidden.is_none() && !fixed && (write.changes(name) || write.altered.contains(name))
        });
        (grows && !fits).then_some(column)
    }

    /// Whether the rules vouch for a function without arguments.
    pub(super) fn vouches(&self, (schema, name): &(String, String)) -> bool {
        (self.world.protection.routines.iter()).any(|one| {
            one.signature.schema == *schema
                && one.signature.name == *name
                && one.signature.arguments.is_empty()
        })
    }

    /// Whether a function could read protected tables itself.
    pub(super) fn queries(&self, (schema, name): &(String, String)) -> bool {
        let reaches = |oids: &Option<Vec<u32>>| {
            let reaching = &self.world.watch.reaching;
            oids.as_ref()
                .is_none_or(|oids| oids.iter().any(|oid| reaching.contains(oid)))
        };
        schema != "pg_catalog"
            && (self.world.snapshot.routines.iter()).any(|(own, oids)| own == name && reaches(oids))
    }
}

/// Bytes that an entry of a btree may have at most, with room for its head.
const ROOM: usize = 2_600;

const UUID: u32 = 2_950;

/// What is no longer than this makes no entry too long.
const FIXED: usize = 64;

/// The most bytes that a value of a column takes in an index; `None` where there is no bound that is known.
fn width_of(snapshot: &Snapshot, column: &Column) -> Option<usize> {
    let typmod = usize::try_from(column.typmod).ok();
    match column.type_oid {
        oid::BOOL | oid::INT2 | oid::INT4 | oid::INT8 | oid::FLOAT4 | oid::FLOAT8 => Some(8),
        oid::DATE | oid::TIMESTAMP | oid::TIMESTAMPTZ => Some(8),
        UUID => Some(16),
        // A character takes up to four bytes.
        oid::VARCHAR | oid::BPCHAR => typmod?.checked_sub(4)?.checked_mul(4)?.checked_add(8),
        other => {
            let info = snapshot.types.get(&other)?;
            (info.typtype == 'e').then_some(4)
        }
    }
}
