//! Keys: providers of the key-encryption key, wrapped keysets, derived keys, backups.
//!
//! A [`KeyProvider`] holds the key-encryption key (KEK) and wraps a random keyset key per environment and
//! epoch: a file, a hardware module behind PKCS#11, or the Transit engine of a Vault server, as a [`Holder`] says. Those
//! that may be out of reach are used through a [`Cached`]. A [`Keyring`] holds the unwrapped keysets of one database and
//! derives one key per purpose and key domain. The commands `sealwire keys init|backup|restore|status` are
//! [`Holder::create`], [`backup`], [`restore`] and [`status`].
//!
//! Absent: envelopes (seal), SQL (ground and jobs fetch and store wrapped keysets), and every network but that to a key
//! service. Before it reads a key the command line calls [`harden`].
//!
//! Keys and passphrases cannot be printed, written or copied out of their types:
//! ```compile_fail,E0277
//! fn prints(passphrase: &sealwire::keys::Passphrase) -> String {
//!     format!("{passphrase}")
//! }
//! ```
//! ```compile_fail,E0277
//! fn writes(passphrase: &sealwire::keys::Passphrase) -> String {
//!     serde_json::to_string(passphrase).unwrap_or_default()
//! }
//! ```
//! ```compile_fail,E0616
//! fn takes(passphrase: sealwire::keys::Passphrase) -> String {
//!     passphrase.0.to_string()
//! }
//! ```
//! ```compile_fail,E0624
//! fn exposes(passphrase: &sealwire::keys::Passphrase) -> &str {
//!     passphrase.expose_secret()
//! }
//! ```
//! ```compile_fail,E0277
//! fn writes(keyring: &sealwire::keys::Keyring) -> String {
//!     serde_json::to_string(keyring).unwrap_or_default()
//! }
//! ```
//! ```compile_fail,E0277
//! fn writes(value: &sealwire::value::Canonical) -> String {
//!     serde_json::to_string(value).unwrap_or_default()
//! }
//! ```
//! ```compile_fail,E0277
//! fn prints(value: &sealwire::value::Canonical) -> String {
//!     format!("{value}")
//! }
//! ```

mod backup;
mod bytes;
mod cached;
mod copy;
mod derive;
mod error;
mod file;
mod given;
mod holder;
mod hygiene;
mod kek;
mod keyring;
mod keyset;
mod lease;
mod passphrase;
mod pkcs11;
mod private;
mod provider;
mod recipients;
mod record;
mod secret;
mod shares;
mod status;
mod subjects;
mod vault;

pub use backup::{
    Backup, BackupSummary, OpenBackup, Opening, Protection, Restored, backup, backup_code,
    backup_on_page, backup_split, restore, verify_backup,
};
pub use cached::Cached;
pub use copy::{read_copy, write_copy};
pub use error::KeyError;
pub use file::FileProvider;
pub use holder::{Holder, Provider};
pub use hygiene::{Hygiene, Locked, harden};
pub use kek::Fingerprint;
pub use keyring::Keyring;
pub use keyset::{KeysetId, KeysetInfo, WrappedKeyset, mint_environment, mint_keyset, rewrap};
pub use lease::Lease;
pub use passphrase::{MIN_PASSPHRASE, Passphrase};
pub use pkcs11::Pkcs11Settings;
pub use private::keep_out_of_rules;
pub use provider::{Health, KekInfo, KeyProvider};
pub use recipients::Recipients;
pub use record::{BackupRecord, DrillRecord};
pub use shares::{MOST_SHARES, Share, Split};
pub use status::{Status, status};
pub use subjects::{
    DatabaseIdentity, LAPSE, LockedRows, Rolled, RootInfo, RowLock, Standing, SubjectFate,
    SubjectPlace, SubjectRows, SubjectSettings, Subjects,
};
pub use vault::{VaultLogin, VaultSettings};

#[cfg(test)]
mod tests;
