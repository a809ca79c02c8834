//! Reading SQL: tokens by PostgreSQL's own lexical rules, statements, and a small tree of our own that says
//! only what a planner must know. The only door to sqlparser.
//!
//! Two readers must agree: the lexer here follows `scan.l`, sqlparser builds the tree, and every leaf of the
//! tree must start at a token of the lexer. What only one of them understands is not read at all.
//!
//! Absent: names' meaning (plan resolves them), rights, values.

mod call;
mod clauses;
mod conditions;
mod constant;
mod copy;
mod copying;
mod doubtful;
mod expression;
mod fingerprint;
mod from;
mod leaves;
mod lex;
mod merge;
mod named;
mod nesting;
mod operator;
mod query;
mod read;
mod sites;
mod statement;
mod tree;

pub use clauses::folded_targets;
pub use conditions::{condition, conditions, inside};
pub use copying::{CopyOption, CopyPlace, CopySource, CopyStatement, CopyValue, read_copy};
pub use fingerprint::{fingerprint, normalised, unusual_names};
pub use leaves::Leaves;
pub use lex::{LexError, Token, TokenKind, lex};
pub use named::{Declare, Execute, Forget, Prepare, fetched};
pub use read::{ReadError, Reading, read, read_expression, split};
pub use sites::{CastForm, CastSite, list_entries, select_list, tail_clauses};
pub use tree::*;
