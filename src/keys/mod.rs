//! Keys: providers of the key-encryption key, wrapped keysets, derived keys, backups.
//!
//! A [`KeyProvider`] holds the key-encryption key (KEK) and wraps a random keyset key per environment and
//! epoch. A [`Keyring`] holds the unwrapped keysets of one database and derives one key per purpose and key
//! domain. The commands `sealwire keys init|backup|restore|status` are [`FileProvider::create`], [`backup`],
//! [`restore`] and [`status`].
//!
//! Absent: envelopes (seal), SQL and network (ground and jobs fetch and store wrapped keysets). No core
//! dumps: the command line switches them off before it reads a key.

mod backup;
mod bytes;
mod copy;
mod derive;
mod error;
mod file;
mod kek;
mod keyring;
mod keyset;
mod passphrase;
mod private;
mod provider;
mod record;
mod secret;
mod shares;
mod status;

pub use backup::{
    Backup, BackupSummary, Opening, Protection, Restored, backup, backup_split, restore,
    verify_backup,
};
pub use copy::{read_copy, write_copy};
pub use error::KeyError;
pub use file::FileProvider;
pub use kek::Fingerprint;
pub use keyring::Keyring;
pub use keyset::{KeysetId, KeysetInfo, WrappedKeyset, mint_environment, mint_keyset, rewrap};
pub use passphrase::{MIN_PASSPHRASE, Passphrase};
pub use provider::{KekInfo, KeyProvider};
pub use record::BackupRecord;
pub use shares::{MOST_SHARES, Share, Split};
pub use status::{Status, status};

#[cfg(test)]
mod tests;
