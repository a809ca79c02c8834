//! What in the server decides about a row that is written by the values in it: constraints, indexes, row security,
//! triggers, rules. What each decides tells something of the columns that it reads.

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judge {
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: JudgeKind,
    /// What it reads: (relation, attnum), of its own table and of others; attnum 0 stands for the whole row.
    pub reads: Vec<(u32, i16)>,
    /// Its condition over the row as the server writes it, where it is one that a query could ask.
    pub condition: Option<String>,
    /// Whatever is stored fulfils it, and did not depend on more than the row: only what is changed is judged anew.
    pub holds: bool,
}

/// The kinds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JudgeKind {
    /// A CHECK constraint.
    Check,
    /// The key of a partitioned table: where no partition is for a row, it fails.
    Partition,
    /// A generated column.
    Generated,
    /// An index whose expression or condition is computed for each row, or whose entries could grow too long.
    Index {
        /// It is on columns alone: what it tells is when their values no longer fit.
        columns_only: bool,
    },
    /// A unique index, on columns or on no more than `lower()` or `upper()` of one: it tells which values are there.
    Unique,
    /// A unique index on other expressions; its condition is in [`Judge::condition`].
    UniqueExpression,
    /// An exclusion constraint.
    Exclusion,
    /// A policy of row security.
    Policy {
        /// What it lets through goes by more than rows: a setting of the session, a routine.
        steered: bool,
    },
    /// A rule.
    Rule(Events),
    /// A trigger.
    Trigger {
        /// When it fires.
        events: Events,
        /// Its function: schema and name.
        function: (String, String),
        /// It leaves out updates that change nothing.
        suppresses: bool,
        /// It may change the row before it is written.
        changes: bool,
    },
}

/// Which statements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(missing_docs, reason = "named as in SQL")]
pub struct Events {
    pub insert: bool,
    pub update: bool,
    pub delete: bool,
}

impl Judge {
    /// What it is called in messages.
    pub fn shown(&self) -> String {
        let kind = match &self.kind {
            JudgeKind::Check => "CHECK constraint",
            JudgeKind::Partition => "the partition key of",
            JudgeKind::Generated => "generated column",
            JudgeKind::Index { .. } => "index",
            JudgeKind::Unique | JudgeKind::UniqueExpression => "unique index",
            JudgeKind::Exclusion => "exclusion constraint",
            JudgeKind::Policy { .. } => "row security policy",
            JudgeKind::Rule(_) => "rule",
            JudgeKind::Trigger { .. } => "trigger",
        };
        format!("{kind} \"{}\"", self.name)
    }

    /// Whether it tells that a value is there.
    pub fn is_unique(&self) -> bool {
        match self.kind {
            JudgeKind::Unique | JudgeKind::UniqueExpression | JudgeKind::Exclusion => true,
            JudgeKind::Check
            | JudgeKind::Partition
            | JudgeKind::Generated
            | JudgeKind::Index { .. }
            | JudgeKind::Policy { .. }
            | JudgeKind::Rule(_)
            | JudgeKind::Trigger { .. } => false,
        }
    }
}
