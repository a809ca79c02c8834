//! The manual, as rustdoc pages.
//!
//! * [`life_of_a_query`]: from the client's frame to the row it gets back
//! * [`threat_model`]: against whom Sealwire protects, and against whom not
//! * [`supported_sql`]: which constructs are answered on protected tables, and which are refused
//! * [`trust`]: how far answers can be trusted, what is compared with PostgreSQL, and how
//! * [`routines`]: functions and procedures, and vouching for one
//! * [`schema_work`]: CREATE, ALTER and DROP of protected tables, migrations, test databases
//! * [`leakage`]: what each way of sealing still shows
//! * [`catalog_facade`]: what catalogs show of sealed columns, and what shows through
//! * [`before_you_protect`]: drafting rules, and seeing what they would do, before a row is sealed
//! * [`adopting`]: the road from plaintext rows to sealed ones, and back, command by command
//! * [`access`]: roles, levels, grants and the conditions under which they hold
//! * [`logging_in`]: methods, rules, users, and what an attacker meets
//! * [`keys`]: who holds the key-encryption key, outages, moving from one to another
//! * [`rotating`]: new epochs of keysets, and the end of old ones
//! * [`recovering`]: backups in shares, the drill, and the way back after a disaster, command by command
//! * [`erasing`]: data subjects, erasing one by destroying a key, and giving one's data out
//! * [`operating`]: logs, metrics, audit, keys, what to watch
//! * [`errors`]: every fault, its cause and its remedy
//! * [`glossary`]: the words

#[doc = include_str!("life_of_a_query.md")]
pub mod life_of_a_query {}

#[doc = include_str!("threat_model.md")]
pub mod threat_model {}

#[doc = include_str!("supported_sql.md")]
pub mod supported_sql {}

#[doc = include_str!("trust.md")]
pub mod trust {}

#[doc = include_str!("routines.md")]
pub mod routines {}

#[doc = include_str!("schema_work.md")]
pub mod schema_work {}

#[doc = include_str!("leakage.md")]
pub mod leakage {}

#[doc = include_str!("before_you_protect.md")]
pub mod before_you_protect {}

#[doc = include_str!("adopting.md")]
pub mod adopting {}

#[doc = include_str!("access.md")]
pub mod access {}

#[doc = include_str!("logging_in.md")]
pub mod logging_in {}

#[doc = include_str!("keys.md")]
pub mod keys {}

#[doc = include_str!("rotating.md")]
pub mod rotating {}

#[doc = include_str!("recovering.md")]
pub mod recovering {}

#[doc = include_str!("erasing.md")]
pub mod erasing {}

#[doc = include_str!("operating.md")]
pub mod operating {}

#[doc = include_str!("catalog_facade.md")]
pub mod catalog_facade {}

#[doc = include_str!("errors.md")]
pub mod errors {}

#[doc = include_str!("glossary.md")]
pub mod glossary {}

#[cfg(test)]
mod tests;
