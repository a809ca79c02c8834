//! The ground of a database and the treatment of values, as a session stands on them.

use std::sync::Arc;

use bytes::{Bytes, BytesMut};

use crate::fault::{Fault, Refusal};
use crate::ground::{DatabaseGround, Ground, Grounds, Pass};
use crate::identity::Caller;
use crate::plan::{CopyPlan, CopyWay, Output, Piece, Plan, Request, StatementPlan, Survey};
use crate::policy::{Rights, Sight, Storage};
use crate::transform::{
    self, About, CopySealer, CopyShower, Counts, DerivedRows, Described, Ended, RowPlan, Said,
    Words,
};
use crate::value::{Canonical, Settings};

use super::standing::{
    CopyStream, Database, Databases, Opening, Refreshing, Rows, Sealed, Standing, Taking,
};

impl Databases for Arc<Grounds> {
    fn open(&self, name: &str) -> Opening {
        let (grounds, name) = (Arc::clone(self), name.to_owned());
        Box::pin(async move {
            let ground = grounds.of(&name).await.map_err(|why| untold(&name, why))?;
            let database: Arc<dyn Database> = Arc::new(Footing(ground, grounds));
            Ok(database)
        })
    }
}

/// Why a ground cannot be had names the server, the service user or keys: the log is told, and the client that it is so.
fn untold(database: &str, refusal: Refusal) -> Refusal {
    let message = match refusal.fault {
        Fault::GroundUnavailable => {
            "the catalog of this database cannot be read by Sealwire at present"
        }
        Fault::KeysetUnavailable => {
            "the keys of this database cannot be opened by Sealwire at present"
        }
        _ => return refusal,
    };
    tracing::error!(
        database,
        reason = refusal.message,
        "no ground for a session"
    );
    Refusal::new(refusal.fault, message).with_hint("The log of Sealwire says why.")
}

/// Made by `init`; its body cannot be captured by a search path.
const CHANGES: &str = "SELECT sealwire.changes()";

struct Footing(Arc<DatabaseGround>, Arc<Grounds>);

impl Database for Footing {
    fn current(&self) -> Arc<dyn Standing> {
        Arc::new(Moment {
            database: Arc::clone(&self.0),
            ground: self.0.current(),
            base: None,
        })
    }

    fn refresh(&self) -> Refreshing {
        let database = Arc::clone(&self.0);
        Box::pin(async move {
            let refreshed = database.refresh().await;
            refreshed
                .map(drop)
                .map_err(|why| untold(database.database(), why))
        })
    }

    fn changed(&self) {
        self.0.changed();
    }

    fn is_behind(&self) -> bool {
        self.0.is_behind()
    }

    fn enter(&self) -> Option<Pass> {
        self.0.enter()
    }

    fn is_followed(&self) -> bool {
        self.0.is_followed()
    }

    fn admitted(&self) -> Refreshing {
        let database = Arc::clone(&self.0);
        Box::pin(async move {
            database.admitted().await;
            Ok(())
        })
    }

    fn release(&self, names: Vec<String>) -> Refreshing {
        let grounds = Arc::clone(&self.1);
        Box::pin(async move {
            grounds.release(&names).await;
            Ok(())
        })
    }

    fn overlaid(&self, changes: &str) -> Result<Arc<dyn Standing>, Refusal> {
        let present = self.0.current();
        let ground = Arc::new(self.0.overlaid(&present, changes)?);
        Ok(Arc::new(Moment {
            database: Arc::clone(&self.0),
            ground,
            base: Some(present.epoch),
        }))
    }
}

struct Moment {
    database: Arc<DatabaseGround>,
    ground: Arc<Ground>,
    /// The epoch of the ground under a session's own changes.
    base: Option<u64>,
}

impl Standing for Moment {
    fn epoch(&self) -> u64 {
        self.ground.epoch
    }

    fn base(&self) -> u64 {
        self.base.unwrap_or(self.ground.epoch)
    }

    fn under(&self, keyset: &str) -> Result<Option<Arc<dyn Standing>>, Refusal> {
        let chosen = self.ground.under(keyset)?;
        Ok(chosen.map(|ground| -> Arc<dyn Standing> {
            Arc::new(Moment {
                database: Arc::clone(&self.database),
                ground: Arc::new(ground),
                base: self.base,
            })
        }))
    }

    fn follows(&self, rights: &Rights) -> Option<&'static str> {
        let tells = self.ground.world.snapshot.relation("sealwire", "journal");
        (tells.is_some() && !rights.definable.is_empty()).then_some(CHANGES)
    }

    fn protects(&self) -> bool {
        !self.ground.world.is_open()
    }

    fn enforces(&self) -> bool {
        self.ground.world.enforces()
    }

    fn rules_hash(&self) -> &str {
        &self.ground.world.protection.rules_hash
    }

    fn survey(&self, text: &str) -> Survey {
        self.ground.world.survey(text)
    }

    fn reads_two_ways(&self, text: &str) -> bool {
        self.ground.world.reads_two_ways(text)
    }

    fn plan(&self, request: &Request<'_>) -> (Arc<Plan>, bool) {
        self.ground.world.plan(request)
    }

    fn rights(&self, caller: &Caller, active_role: Option<&str>) -> Arc<Rights> {
        self.database.rights(&self.ground, caller, active_role)
    }

    fn may_start(&self, parameters: &[(String, String)], rights: &Rights) -> Result<(), Refusal> {
        self.ground.world.may_start(parameters, rights)
    }

    fn knows(&self, relation: u32) -> bool {
        self.ground.world.knows(relation)
    }

    fn reaches(&self, relation: u32) -> bool {
        self.ground.world.reaches(relation)
    }

    fn protects_column(&self, relation: u32, attnum: i16, rights: &Rights) -> bool {
        let Some(table) = self.ground.world.protection.tables.get(&relation) else {
            return false;
        };
        match table.columns.get(&attnum).map(|column| &column.storage) {
            None => false,
            Some(_) if table.observe => false,
            Some(Storage::MaskedOnly) => rights
                .tables
                .get(&relation)
                .and_then(|own| own.columns.get(&attnum))
                .is_none_or(|column| column.sight != Sight::Reveal),
            Some(Storage::Sealed(_) | Storage::NotYetSealed | Storage::RuleMissing) => true,
        }
    }

    fn render(&self, pieces: &[Piece], counts: &mut Counts) -> Result<String, Refusal> {
        transform::render(pieces, &self.ground.keyring, counts)
    }

    fn parameters(
        &self,
        plan: &Plan,
        formats: &[i16],
        values: &[Option<Bytes>],
        settings: &Settings,
        counts: &mut Counts,
    ) -> Result<Sealed, Refusal> {
        transform::parameters(
            plan,
            formats,
            values,
            settings,
            &self.ground.keyring,
            counts,
        )
    }

    fn told(
        &self,
        said: Said,
        about: &About<'_>,
        rights: &Rights,
        settings: &Settings,
        sent: &[Bytes],
    ) -> Said {
        let words = Words {
            snapshot: &self.ground.world.snapshot,
            protection: &self.ground.world.protection,
            keyring: &self.ground.keyring,
            rights,
            settings,
            sent,
        };
        words.told(said, about)
    }

    fn guards(&self, schema: &str, table: &str) -> bool {
        let world = &self.ground.world;
        let Some(relation) = world.snapshot.relation(schema, table) else {
            return false;
        };
        // A foreign key that fails at COMMIT names the table that refers, and quotes a value of the one referred to.
        let keys = world.snapshot.foreign_keys.iter();
        let referred = keys
            .filter(|key| key.from.0 == relation.oid)
            .map(|key| key.to.0);
        std::iter::once(relation.oid).chain(referred).any(|oid| {
            let table = world.protection.tables.get(&oid);
            table.is_some_and(|table| !table.observe)
        })
    }

    fn arguments(
        &self,
        statement: &StatementPlan,
        formats: &[i16],
        values: &[Option<Bytes>],
        settings: &Settings,
    ) -> Result<Vec<Option<Canonical>>, Refusal> {
        transform::arguments(statement, formats, values, settings)
    }

    fn formats(
        &self,
        statement: &StatementPlan,
        client: &[i16],
    ) -> Result<(Vec<i16>, Vec<i16>), Refusal> {
        transform::formats(statement, client)
    }

    fn described(&self, output: &Output) -> Option<Described> {
        transform::described(output)
    }

    fn rows(
        &self,
        statement: &StatementPlan,
        taking: &Taking<'_>,
        settings: &Settings,
    ) -> Result<Box<dyn Rows>, Refusal> {
        let outputs = statement.outputs.as_deref().unwrap_or_default();
        let keyring = &self.ground.keyring;
        let (upstream, client) = (taking.upstream, taking.client);
        match &statement.derived {
            None => Ok(Box::new(RowPlan::new(
                outputs, upstream, client, settings, keyring,
            )?)),
            Some(derived) => Ok(Box::new(DerivedRows::new(
                derived,
                outputs,
                (upstream, client),
                derived.given.as_deref().unwrap_or(taking.arguments),
                taking.in_parts,
                settings,
                keyring,
            )?)),
        }
    }

    fn copy(&self, plan: &CopyPlan, settings: &Settings) -> Result<Box<dyn CopyStream>, Refusal> {
        let keyring = &self.ground.keyring;
        Ok(match &plan.way {
            CopyWay::In { .. } => Box::new(CopySealer::new(plan, settings, keyring)?),
            CopyWay::Out(_) => Box::new(CopyShower::new(plan, settings, keyring)?),
        })
    }
}

impl Rows for RowPlan {
    fn row(&mut self, body: &[u8], out: &mut BytesMut, counts: &mut Counts) -> Result<(), Refusal> {
        RowPlan::row(self, body, out, counts)
    }
}

impl Rows for DerivedRows {
    fn row(&mut self, body: &[u8], out: &mut BytesMut, counts: &mut Counts) -> Result<(), Refusal> {
        DerivedRows::row(self, body, out, counts)
    }

    fn end(
        &mut self,
        most: u32,
        out: &mut BytesMut,
        counts: &mut Counts,
    ) -> Result<Option<Ended>, Refusal> {
        DerivedRows::end(self, most, out, counts).map(Some)
    }

    fn kept(&self) -> usize {
        DerivedRows::kept(self)
    }
}

impl CopyStream for CopySealer {
    fn take(
        &mut self,
        data: &[u8],
        out: &mut BytesMut,
        counts: &mut Counts,
    ) -> Result<(), Refusal> {
        CopySealer::take(self, data, out, counts)
    }

    fn end(&mut self, out: &mut BytesMut, counts: &mut Counts) -> Result<(), Refusal> {
        CopySealer::end(self, out, counts)
    }

    fn kept(&self) -> usize {
        CopySealer::kept(self)
    }
}

impl CopyStream for CopyShower {
    fn take(
        &mut self,
        data: &[u8],
        out: &mut BytesMut,
        counts: &mut Counts,
    ) -> Result<(), Refusal> {
        CopyShower::take(self, data, out, counts)
    }

    fn end(&mut self, out: &mut BytesMut, counts: &mut Counts) -> Result<(), Refusal> {
        CopyShower::end(self, out, counts)
    }

    fn kept(&self) -> usize {
        CopyShower::kept(self)
    }
}
