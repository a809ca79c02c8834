//! Plans: what is sent upstream in place of a client's statement, and how its parameters and
//! results are treated. Pure: no keys, no network, no clock.
//!
//! The story: [`World::survey`] looks at every text; what is watched goes to [`World::plan`], which splits it and
//! routes each statement (`route`): some pass, some are refused by their kind, the rest are analysed
//! (`analysis` and the files of its verbs) with every expression's lineage (`lineage`). What the analysis decides
//! is written down as edits of the client's own text (`edits`) and finished into a [`Plan`] (`finish`).
//!
//! Absent: sealing (transform), what the protocol does with a plan (session).

mod adopt;
mod analysis;
mod call;
mod coerce;
mod compare;
mod computed;
mod copy;
mod counted;
mod ddl;
mod derived;
mod edits;
mod elsewhere;
mod executes;
mod explain;
mod expression;
mod facade;
mod finish;
mod first_value;
mod folded;
mod from;
mod grouped;
mod guarded;
mod guessed;
mod homonyms;
mod insert;
mod judged;
mod keyed;
mod keyset;
mod lineage;
mod made;
mod merge;
mod merged;
mod named;
mod naming;
mod observe;
mod output;
mod patterned;
mod query;
mod ranged;
mod rechecked;
mod relation;
mod result;
mod route;
mod rows;
mod scope;
mod seek;
mod serials;
mod shaped;
mod sifted;
mod sorted;
mod sought;
mod steering;
mod telling;
mod through;
mod tokened;
mod twofold;
mod typing;
mod unordered;
mod update;
mod view;
mod vouched;
mod watch;
mod whose;
mod world;
mod write;

#[cfg(test)]
mod tests;

pub use copy::*;
pub use derived::{Amount, Argument, Derived, Input, SortKey, Told};
pub use executes::{Executes, Fetches, Forget, executes, fetches, forgets, has_names_beyond_ascii};
pub use named::{Change, Named, NamedPlan};
pub use output::*;
pub use seek::{Seek, Side};
pub use world::World;
