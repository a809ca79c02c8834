//! Arguments of backups, of the way back from them, and of rehearsing it.

use std::path::PathBuf;

use clap::Args;

use super::{Live, Rules};

/// Shares instead of a passphrase.
#[derive(Debug, Args)]
pub struct IntoShares {
    /// Put the backup under a secret split into this many shares, instead of a passphrase
    #[arg(long, value_name = "N", requires_all = ["threshold", "shares_to"])]
    pub shares: Option<u8>,
    /// How many of the shares open it
    #[arg(long, value_name = "K", requires = "shares")]
    pub threshold: Option<u8>,
    /// The folder that the shares are written to, a file each, to be printed and given to different people; not in the rules folder
    #[arg(long, value_name = "DIR", requires = "shares")]
    pub shares_to: Option<PathBuf>,
}

/// Shares that were given out.
#[derive(Debug, Args)]
pub struct FromShares {
    /// A file with a share, once for each share; `-` reads codes from standard input, an empty line between them
    #[arg(long = "share", value_name = "FILE")]
    pub shares: Vec<PathBuf>,
}

/// `sealwire keys drill`.
#[derive(Debug, Args)]
pub struct Drill {
    /// The backup, under its passphrase (SEALWIRE_BACKUP_PASSPHRASE) or shares; left out, the one that stands on the pages of the shares
    #[arg(long, value_name = "FILE")]
    pub backup: Option<PathBuf>,
    /// What opens it
    #[command(flatten)]
    pub from: FromShares,
    /// What a direct `pg_dump` of the protected database has written: plain, custom, directory or tar
    #[arg(
        long,
        value_name = "FILE",
        required_unless_present = "from_upstream",
        conflicts_with = "from_upstream"
    )]
    pub dump: Option<PathBuf>,
    /// Dump the database that --upstream names now, and compare the counts of rows with it
    #[arg(long, requires = "upstream")]
    pub from_upstream: bool,
    /// The keys of data subjects
    #[command(flatten)]
    pub copy: SubjectCopy,
    /// How many values of each column are opened; 0: all of them
    #[arg(long, value_name = "N", default_value_t = 1_000)]
    pub sample: u32,
    /// Where the reports go; default: `drills` beside the key
    #[arg(long, value_name = "DIR")]
    pub report: Option<PathBuf>,
    /// Where
    #[command(flatten)]
    pub live: Live,
}

/// A copy of the keys of data subjects, for tables with `erasable`.
#[derive(Debug, Args)]
pub struct SubjectCopy {
    /// The store of subjects' keys: a copy of its folder, or a plain dump of its database. Left out, what is under those keys is gone
    #[arg(long, value_name = "FOLDER|DUMP", requires = "intermediate")]
    pub subjects: Option<PathBuf>,
    /// A copy of the file with their intermediate key
    #[arg(long, value_name = "FILE", requires = "subjects")]
    pub intermediate: Option<PathBuf>,
}

/// `sealwire open-dump`.
#[derive(Debug, Args)]
pub struct OpenDump {
    /// A direct, plain `pg_dump` of the database, with schema sealwire
    pub dump: PathBuf,
    /// The backup of the keys, under its passphrase (SEALWIRE_BACKUP_PASSPHRASE) or shares; left out, the one that stands on the pages
    /// of the shares
    #[arg(long, value_name = "FILE")]
    pub backup: Option<PathBuf>,
    /// What opens it
    #[command(flatten)]
    pub from: FromShares,
    /// The keys of data subjects
    #[command(flatten)]
    pub copy: SubjectCopy,
    /// The new file that the plaintext goes to, for its owner only; default: standard output
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Write to a terminal, too
    #[arg(long)]
    pub force: bool,
    /// The rules folder, into which nothing is written; what was found goes to standard error
    #[command(flatten)]
    pub rules: Rules,
}
