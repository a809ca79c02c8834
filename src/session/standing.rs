//! What a session's statements are judged and treated by, as it needs it: the ground of its database
//! at one moment. A trait, so that the protocol can be tested with a scripted server and no keys.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::{Bytes, BytesMut};

use crate::fault::Refusal;
use crate::ground::Pass;
use crate::identity::Caller;
use crate::plan::{CopyPlan, Output, Piece, Plan, Request, StatementPlan, Survey};
use crate::policy::Rights;
use crate::transform::{About, Counts, Described, Ended, Said};
use crate::value::{Canonical, Settings};

/// A refresh under way.
pub type Refreshing = Pin<Box<dyn Future<Output = Result<(), Refusal>> + Send>>;

/// A ground being opened.
pub type Opening = Pin<Box<dyn Future<Output = Result<Arc<dyn Database>, Refusal>> + Send>>;

/// The grounds of all databases.
pub trait Databases: Send + Sync {
    /// The ground of a database: without one no session begins.
    fn open(&self, name: &str) -> Opening;
}

/// The ground of one database, kept fresh by others.
pub trait Database: Send + Sync {
    /// As it is now. Cheap: asked for at every statement.
    fn current(&self) -> Arc<dyn Standing>;
    /// A reading that begins after this call.
    fn refresh(&self) -> Refreshing;
    /// A session has changed the catalog for everyone.
    fn changed(&self);
    /// Whether a session has done so since the last reading.
    fn is_behind(&self) -> bool;
    /// Gives up the connections of Sealwire's own to these databases, where no session uses them: they are about to
    /// be dropped, renamed or copied.
    fn release(&self, names: Vec<String>) -> Refreshing;
    /// Leave to have something under way; `None`: not now, see `admitted`.
    fn enter(&self) -> Option<Pass>;
    /// Whether what it is now may still be gone by.
    fn is_followed(&self) -> bool;
    /// Until a session may ask for leave, or go on.
    fn admitted(&self) -> Refreshing;
    /// As it is now with what the session's own open transaction has changed, as the server tells it.
    ///
    /// # Errors
    /// Where that cannot be read.
    fn overlaid(&self, changes: &str) -> Result<Arc<dyn Standing>, Refusal>;
}

/// Format codes, one a parameter, and the values to send.
pub type Sealed = (Vec<i16>, Vec<Option<Bytes>>);

/// One moment of it: catalog, rules and keys that belong together.
pub trait Standing: Send + Sync {
    /// Changes whenever anything of it does.
    fn epoch(&self) -> u64;
    /// The epoch of the ground that it is, or that the session's own changes are laid over.
    fn base(&self) -> u64 {
        self.epoch()
    }
    /// What asks the server for the changes of the session's own transaction, where they are to be followed: for who
    /// may define tables, in a database that can tell.
    fn follows(&self, rights: &Rights) -> Option<&'static str>;
    /// Whether anything in the database is protected; when not, nothing is looked at.
    fn protects(&self) -> bool;
    /// Whether any of it is enforced; when not, nothing is refused.
    fn enforces(&self) -> bool {
        self.protects()
    }
    /// Hash of the rule set.
    fn rules_hash(&self) -> &str;
    /// The quick look.
    fn survey(&self, text: &str) -> Survey;
    /// Whether the text reads otherwise where `standard_conforming_strings` is off.
    fn reads_two_ways(&self, text: &str) -> bool;
    /// The plan, and whether it was kept from before.
    fn plan(&self, request: &Request<'_>) -> (Arc<Plan>, bool);
    /// What the caller may do now.
    fn rights(&self, caller: &Caller, active_role: Option<&str>) -> Arc<Rights>;
    /// Whether a session may begin with these startup parameters.
    ///
    /// # Errors
    /// Where they set what a role that sees masks may not.
    fn may_start(&self, parameters: &[(String, String)], rights: &Rights) -> Result<(), Refusal>;
    /// Whether the catalog has this relation.
    fn knows(&self, relation: u32) -> bool;
    /// Whether the relation is protected or reads one that is.
    fn reaches(&self, relation: u32) -> bool;
    /// Whether this very column must not be relayed as it is to who has these rights: it is sealed, or masked.
    fn protects_column(&self, relation: u32, attnum: i16, rights: &Rights) -> bool;
    /// The same for a session that has chosen a keyset; `None` where there is none of that name.
    ///
    /// # Errors
    /// Where its keys are not to be had.
    fn under(&self, keyset: &str) -> Result<Option<Arc<dyn Standing>>, Refusal>;
    /// The upstream text, constants sealed.
    ///
    /// # Errors
    /// Where a constant cannot be sealed.
    fn render(&self, pieces: &[Piece], counts: &mut Counts) -> Result<String, Refusal>;
    /// The parameters of a Bind, sealed.
    ///
    /// # Errors
    /// For a value that is not valid.
    fn parameters(
        &self,
        plan: &Plan,
        formats: &[i16],
        values: &[Option<Bytes>],
        settings: &Settings,
        counts: &mut Counts,
    ) -> Result<Sealed, Refusal>;
    /// What the client may be told of the server's words about something protected. `sent` is what was sent with the
    /// statement, its values sealed.
    fn told(
        &self,
        said: Said,
        about: &About<'_>,
        rights: &Rights,
        settings: &Settings,
        sent: &[Bytes],
    ) -> Said;
    /// Whether a relation of this name is protected, and its rules are carried out, or has a foreign key to one.
    fn guards(&self, schema: &str, table: &str) -> bool;
    /// The values of a Bind, as the client sent them, that the proxy reads itself.
    ///
    /// # Errors
    /// For a value that is not valid.
    fn arguments(
        &self,
        statement: &StatementPlan,
        formats: &[i16],
        values: &[Option<Bytes>],
        settings: &Settings,
    ) -> Result<Vec<Option<Canonical>>, Refusal>;
    /// Result formats: what to ask the server for, one of its columns each, and what the client asked for, one of
    /// the client's each.
    ///
    /// # Errors
    /// Where the client's codes do not fit the columns.
    fn formats(
        &self,
        statement: &StatementPlan,
        client: &[i16],
    ) -> Result<(Vec<i16>, Vec<i16>), Refusal>;
    /// How the client is told of a column; `None`: as the server says.
    fn described(&self, output: &Output) -> Option<Described>;
    /// The treatment of one result's rows, under these formats.
    ///
    /// # Errors
    /// Where keys are not to be had, or an argument is no bound of rows.
    fn rows(
        &self,
        statement: &StatementPlan,
        taking: &Taking<'_>,
        settings: &Settings,
    ) -> Result<Box<dyn Rows>, Refusal>;
    /// The treatment of the data of a COPY.
    ///
    /// # Errors
    /// Where keys are not to be had.
    fn copy(&self, plan: &CopyPlan, settings: &Settings) -> Result<Box<dyn CopyStream>, Refusal>;
}

/// How a client takes a result.
#[derive(Debug, Clone, Copy)]
pub struct Taking<'a> {
    /// Formats that the server was asked for, one a column of its own.
    pub upstream: &'a [i16],
    /// Formats that the client wants, one a column of the client's.
    pub client: &'a [i16],
    /// What the proxy reads of the values bound.
    pub arguments: &'a [Option<Canonical>],
    /// In parts, by Executes that say how many rows they take.
    pub in_parts: bool,
}

/// Treats the data of one COPY.
pub trait CopyStream: Send {
    /// Takes a part of the data and appends what becomes of it.
    ///
    /// # Errors
    /// For data that is not of its format, or a value that cannot be sealed or opened.
    fn take(&mut self, data: &[u8], out: &mut BytesMut, counts: &mut Counts)
    -> Result<(), Refusal>;
    /// The data is complete.
    ///
    /// # Errors
    /// As for [`CopyStream::take`].
    fn end(&mut self, out: &mut BytesMut, counts: &mut Counts) -> Result<(), Refusal>;
    /// How many bytes it keeps of a row that has not come in full: so much is treated when its end comes.
    fn kept(&self) -> usize;
}

/// Opens or masks the rows of one result.
pub trait Rows: Send {
    /// Takes the body of a DataRow and appends what goes to the client at once.
    ///
    /// # Errors
    /// For a value that cannot be opened.
    fn row(&mut self, body: &[u8], out: &mut BytesMut, counts: &mut Counts) -> Result<(), Refusal>;
    /// The server has sent its last row: appends up to `most` rows that were kept (0: all of them). `None` where the
    /// client gets as many rows as the server sent.
    ///
    /// # Errors
    /// For a value that cannot be shown.
    fn end(
        &mut self,
        most: u32,
        out: &mut BytesMut,
        counts: &mut Counts,
    ) -> Result<Option<Ended>, Refusal> {
        let (_, _, _) = (most, out, counts);
        Ok(None)
    }
    /// How many bytes of rows it keeps: so much is treated when the last has come.
    fn kept(&self) -> usize {
        0
    }
}

/// The rows of a portal that is carried out in parts: each Execute goes on where the one before stopped.
#[derive(Clone)]
pub(super) struct SharedRows(Arc<Mutex<Box<dyn Rows>>>);

impl SharedRows {
    /// Rows to be shared.
    pub(super) fn new(rows: Box<dyn Rows>) -> Self {
        SharedRows(Arc::new(Mutex::new(rows)))
    }
}

impl Rows for SharedRows {
    fn row(&mut self, body: &[u8], out: &mut BytesMut, counts: &mut Counts) -> Result<(), Refusal> {
        let mut rows = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        rows.row(body, out, counts)
    }

    fn end(
        &mut self,
        most: u32,
        out: &mut BytesMut,
        counts: &mut Counts,
    ) -> Result<Option<Ended>, Refusal> {
        let mut rows = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        rows.end(most, out, counts)
    }

    fn kept(&self) -> usize {
        let rows = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        rows.kept()
    }
}
