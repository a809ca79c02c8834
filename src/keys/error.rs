//! What can go wrong with keys. Nothing here holds a key or a passphrase.

use std::path::PathBuf;

/// A key that is not to be had, or should not be used as it lies.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// A file could not be read or written.
    #[error("{path}: {source}")]
    Io {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A file that must not be overwritten exists.
    #[error("{path} exists already and is left as it is")]
    Exists {
        /// Which file.
        path: PathBuf,
    },
    /// Others than the owner may read or write the key file.
    #[error("{path} has mode {mode:04o}: others may reach it (chmod 600)")]
    TooOpen {
        /// Which file.
        path: PathBuf,
        /// Its mode.
        mode: u32,
    },
    /// The key file lies in the rules folder, and rules go to git.
    #[error("{path} lies inside the rules folder {rules}: keys must not go where the rules go")]
    InsideRules {
        /// Which file.
        path: PathBuf,
        /// The rules folder.
        rules: PathBuf,
    },
    /// Not a plain file.
    #[error("{path} is not a plain file")]
    NotAFile {
        /// Which file.
        path: PathBuf,
    },
    /// The bytes are not what they should be.
    #[error("the {what} is damaged or of another kind")]
    Malformed {
        /// Key file, wrapped keyset, backup …
        what: &'static str,
    },
    /// Written by a later version.
    #[error("the {what} is of version {found}, which this version does not know")]
    UnknownVersion {
        /// Key file, wrapped keyset, backup …
        what: &'static str,
        /// The version found.
        found: u8,
    },
    /// The key file is under a passphrase and none was given.
    #[error("{path} is protected by a passphrase, and none is given")]
    PassphraseMissing {
        /// Which file.
        path: PathBuf,
    },
    /// The passphrase does not open it (or it is damaged: the two cannot be told apart).
    #[error("the passphrase does not open the {what}")]
    PassphraseWrong {
        /// Key file or backup.
        what: &'static str,
    },
    /// Too short to protect a key.
    #[error("a passphrase needs at least {least} characters")]
    PassphraseShort {
        /// [`super::MIN_PASSPHRASE`].
        least: usize,
    },
    /// No passphrase in the environment variable.
    #[error("environment variable {name} holds no passphrase")]
    PassphraseVariable {
        /// Its name.
        name: String,
    },
    /// A secret cannot be split so.
    #[error(
        "a backup can be split into 2 to {most} shares of which at least 2 are needed, not {threshold} of {count}"
    )]
    SplitImpossible {
        /// Shares needed.
        threshold: u8,
        /// Shares in all.
        count: u8,
        /// The most that there can be.
        most: u8,
    },
    /// No share, or part of one.
    #[error("this is no whole share of a backup: its code begins with SW1")]
    ShareMalformed,
    /// The checksum of a share's code does not fit.
    #[error("a character of this share is wrong: its checksum does not fit")]
    ShareMistyped,
    /// The checksum of a backup's code does not fit.
    #[error("a character of the backup on this page is wrong: its checksum does not fit")]
    BackupMistyped,
    /// A share of another backup.
    #[error("share {index} belongs to the backup {found}, not to {wanted}")]
    ShareOfAnother {
        /// Its number.
        index: u8,
        /// The set that it names.
        found: String,
        /// The set of the backup.
        wanted: String,
    },
    /// Not enough different shares.
    #[error("{have} different shares are not enough: the backup needs {need}")]
    SharesTooFew {
        /// How many there are.
        have: usize,
        /// How many are needed.
        need: u8,
    },
    /// Whole shares that do not belong together.
    #[error("the shares do not belong together: at least one of them was altered")]
    SharesDisagree,
    /// A passphrase for a backup under shares.
    #[error("the backup is opened by {threshold} of its {count} shares, not by a passphrase")]
    NeedsShares {
        /// Shares needed.
        threshold: u8,
        /// Shares in all.
        count: u8,
    },
    /// Shares for a backup under a passphrase.
    #[error("the backup is opened by its passphrase, not by shares")]
    NeedsPassphrase,
    /// A PIN, token or secret that a provider is used with is nowhere to be found.
    #[error(
        "{what} is missing: expected it in {variable}, or in a file that the rules name ({key})"
    )]
    SecretMissing {
        /// What it is.
        what: &'static str,
        /// The environment variable.
        variable: &'static str,
        /// The key of the rules.
        key: &'static str,
    },
    /// The provider does not answer, or answers that it cannot at the moment. Trying again may help.
    #[error("key provider {provider} cannot be used now: {why}")]
    Unreachable {
        /// Which provider.
        provider: &'static str,
        /// In plain words.
        why: String,
    },
    /// The provider answers, and says no.
    #[error("key provider {provider} refuses: {why}")]
    Denied {
        /// Which provider.
        provider: &'static str,
        /// In plain words.
        why: String,
        /// Asking again with the same secret does harm: a token locks itself after a few wrong PINs.
        for_good: bool,
    },
    /// The provider has no such key.
    #[error("key provider {provider} holds no key {key}")]
    NoRemoteKey {
        /// Which provider.
        provider: &'static str,
        /// Name of the key, and where it was looked for.
        key: String,
    },
    /// The provider has a key by that name, which is not to be overwritten.
    #[error("key provider {provider} holds a key {key} already, and it is left as it is")]
    RemoteExists {
        /// Which provider.
        provider: &'static str,
        /// Name of the key, and where it was found.
        key: String,
    },
    /// The key is not such as to be used.
    #[error("key {key} of provider {provider} cannot be used: {why}")]
    BadRemoteKey {
        /// Which provider.
        provider: &'static str,
        /// Name of the key.
        key: String,
        /// In plain words.
        why: String,
    },
    /// The provider cannot be used as the rules describe it.
    #[error("key provider {provider}: {why}")]
    Misconfigured {
        /// Which provider.
        provider: &'static str,
        /// In plain words.
        why: String,
    },
    /// This binary was built without the provider.
    #[error(
        "this build has no key provider {provider}: it was built without the feature `{provider}`"
    )]
    NotBuilt {
        /// Which provider.
        provider: &'static str,
    },
    /// The provider has not answered for longer than keys may be used without it.
    #[error("the keys in memory have lapsed: their provider has not answered in time")]
    Lapsed,
    /// Wrapped by another kind of provider.
    #[error("keyset \"{name}\" was wrapped by provider {wrapped_by}, and the rules name {held}")]
    OtherProvider {
        /// Name of the keyset.
        name: String,
        /// Provider it names.
        wrapped_by: String,
        /// Provider of the rules.
        held: &'static str,
    },
    /// Wrapped under another key-encryption key.
    #[error(
        "keyset \"{name}\" was wrapped under key {wrapped_under}, and the provider holds {held}"
    )]
    OtherKek {
        /// Name of the keyset.
        name: String,
        /// Fingerprint it names.
        wrapped_under: super::Fingerprint,
        /// Fingerprint of the provider's key.
        held: super::Fingerprint,
    },
    /// The right key-encryption key by name, and it does not unwrap: altered.
    #[error("keyset \"{name}\" does not unwrap: it was altered")]
    DoesNotUnwrap {
        /// Name of the keyset.
        name: String,
    },
    /// A keyset of another database.
    #[error("keyset \"{name}\" belongs to another environment")]
    OtherEnvironment {
        /// Name of the keyset.
        name: String,
    },
    /// Two keysets for one slot and epoch.
    #[error("two keysets claim slot {slot}, epoch {epoch}")]
    Duplicate {
        /// Slot.
        slot: u8,
        /// Epoch.
        epoch: u16,
    },
    /// No keyset for a column's slot and epoch.
    #[error("there is no keyset for slot {slot}, epoch {epoch}")]
    NoKeyset {
        /// Slot.
        slot: u8,
        /// Epoch.
        epoch: u16,
    },
    /// A column is sealed under the keys of data subjects, and the rules do not say where those are.
    #[error("the rules have no section [subjects] that says where the keys of data subjects are")]
    NoSubjects,
    /// The store of subjects' keys cannot be used.
    #[error("the store of subjects' keys cannot be used: {why}")]
    SubjectStore {
        /// Why.
        why: &'static str,
    },
    /// The database that is the store of subjects' keys does not answer, or refuses. Trying again may help.
    #[error("the store of subjects' keys cannot be used now: {why}")]
    SubjectsUnreachable {
        /// In plain words.
        why: String,
    },
    /// To whom something is to be encrypted is not clear.
    #[error("{place}: {why}")]
    Recipient {
        /// Where it was given.
        place: String,
        /// Without the key: it may be a private one.
        why: &'static str,
    },
    /// A name that does not fit the formats.
    #[error("a keyset's name has at most 200 bytes and no control characters")]
    BadName,
    /// Nothing to back up or copy.
    #[error("there is no keyset")]
    NoKeysets,
    /// The column's sealing parameters make no cipher.
    #[error("the column cannot be sealed so: {0}")]
    Spec(#[from] crate::seal::SpecError),
    /// The crypto backend failed.
    #[error("the crypto backend failed ({step})")]
    Backend {
        /// At what.
        step: &'static str,
    },
}

impl KeyError {
    /// Whether the same may succeed later without anybody changing anything here.
    pub fn is_transient(&self) -> bool {
        matches!(
            self,
            KeyError::Unreachable { .. } | KeyError::SubjectsUnreachable { .. }
        )
    }

    /// Whether trying again would do harm.
    pub(super) fn must_not_be_repeated(&self) -> bool {
        matches!(self, KeyError::Denied { for_good: true, .. })
    }

    /// Why, without the name of the provider.
    pub(super) fn why(&self) -> String {
        match self {
            KeyError::Unreachable { why, .. } => why.clone(),
            other => other.to_string(),
        }
    }

    /// What an operator can do about it, where something can be said.
    pub fn help(&self) -> Option<&'static str> {
        match self {
            KeyError::Io { source, .. } if source.kind() == std::io::ErrorKind::NotFound => Some(
                "`sealwire keys init` makes the first key, `sealwire keys restore` brings a lost one back",
            ),
            KeyError::NoRemoteKey { .. } => Some("`sealwire keys init` makes the first key"),
            KeyError::PassphraseMissing { .. } | KeyError::PassphraseWrong { .. } => Some(
                "the passphrase of the key file is taken from SEALWIRE_KEY_PASSPHRASE, or from the file that keys.passphrase_file names",
            ),
            KeyError::OtherProvider { .. } | KeyError::OtherKek { .. } => Some(
                "`sealwire rotate kek` moves keysets from one key to another; the rules have to name the one that holds them now",
            ),
            _ => None,
        }
    }
}
