//! Rules: from TOML files to a validated policy, bound to a database's catalog; who may do what.
//!
//! Absent: SQL text, keys, the network. `Policy` is what the files say; `Protection` is what that
//! means for the tables of one database; `Rights` is what one principal may do with them.

mod auth;
mod bind;
mod columns;
mod compare;
mod conditions;
mod decide;
mod differ;
mod folder;
mod intended;
mod keys;
mod kin;
mod live;
mod load;
mod masks;
mod nearest;
mod pattern;
mod problem;
mod protection;
mod raw;
mod rehearsed;
mod revouched;
mod rights;
mod roles;
mod routines;
mod rules;
mod sections;
mod settings;
mod tables;
#[cfg(test)]
pub mod testing;
#[cfg(test)]
mod tests;
mod transport;
mod vouched;

pub use columns::may_fold;
pub use compare::{Change, NO_ROLE, NamedTable, compare, resealed};
pub use conditions::{Circumstances, Conditions, DAYS, Hours};
pub use differ::differences;
pub use folder::{Watcher, folder_hash};
pub use load::Policy;
pub(crate) use nearest::nearest;
pub use pattern::{Pattern, TablePattern};
pub use problem::{Place, Problem};
pub use protection::{
    Protected, ProtectedTable, Protection, Shut, Storage, SubjectColumn, TableRules,
};
pub use raw::schemas;
pub use rehearsed::rehearsed;
pub use revouched::revouched;
pub use rights::{ColumnRights, OnMaskedWrite, Rights, Sight, TableRights};
pub use routines::{Meant, Of, Returns, RoutineRule};
pub use rules::{
    ColumnRule, Expectation, FoldWish, Grant, Role, RuleTest, SealRule, Selector, SubjectRule,
    TableRule,
};
pub use settings::{
    Address, AdminSettings, AuditPath, AuditSettings, AuthSettings, KeyProviderKind, KeySettings,
    LimitSettings, ListenSettings, LogFormat, LogLevel, LogSettings, Pkcs11Keys, ServerSettings,
    ServiceSettings, SubjectStore, SubjectsSettings, UpstreamSettings, VaultAccess, VaultKeys,
    VerifierSource,
};
pub use transport::{
    CertificateFiles, ListenTls, NamedFile, PlainFrom, Roots, Setting, TlsVersion, UpstreamTls,
    UpstreamTlsMode,
};
pub use vouched::{Gives, Taken, Vouched};
