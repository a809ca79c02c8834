//! The command line, as clap reads it.

mod recovery;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use super::keyset::Keyset;
pub(super) use recovery::{Drill, FromShares, IntoShares, OpenDump, SubjectCopy};

/// A PostgreSQL proxy that seals designated columns on write, opens them for permitted roles and masks
/// them for everyone else.
#[derive(Debug, Parser)]
#[command(name = "sealwire", version, about, propagate_version = true)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Show everything on a private PostgreSQL: what the disk holds, what each role sees
    Demo {
        /// Leave it running until Ctrl-C and print the connection strings
        #[arg(long)]
        keep: bool,
    },
    /// Run the proxy
    Serve(Rules),
    /// Validate the rules, alone or against a live server, and run their tests
    Check(Live),
    /// Show what becomes of a statement: what goes upstream, what comes back, and why
    Explain {
        /// A role of the rules, or `pg:` and a login
        #[arg(long = "as", value_name = "ROLE")]
        role: String,
        /// Where the role calls from, for grants that depend on it
        #[arg(long, value_name = "ADDRESS")]
        from: Option<std::net::IpAddr>,
        /// When, for grants that depend on it, such as 2027-01-01T18:00:00+01:00; left out: now
        #[arg(long, value_name = "MOMENT", value_parser = moment)]
        at: Option<i64>,
        /// The statement
        sql: String,
        /// Where
        #[command(flatten)]
        site: Site,
    },
    /// Say beforehand which statements of an application would be answered, masked or refused, and why
    Assess {
        /// `pg_stat_statements`, or a file: an SQL script, PostgreSQL's log (stderr, csvlog, jsonlog), or JSON lines
        /// with `query`, `calls` and `user`
        #[arg(long, value_name = "pg_stat_statements|FILE")]
        from: String,
        /// A role of the rules, or `pg:` and a login; left out: whoever carried a statement out, else every role
        #[arg(long = "as", value_name = "ROLE")]
        role: Option<String>,
        /// What kind of file it is, where its text does not tell
        #[arg(long, value_enum)]
        format: Option<FileFormat>,
        /// Schemas of tables that are named without one, in order
        #[arg(
            long,
            value_name = "NAME",
            value_delimiter = ',',
            default_value = "public"
        )]
        schemas: Vec<String>,
        /// Where
        #[command(flatten)]
        live: Live,
    },
    /// Make schema `sealwire` in a database: type, functions, keyset
    Init(Live),
    /// Seal the rows of a table, under a lock or online; every row is verified
    Protect {
        /// `schema.table`; tables joined by foreign keys on protected columns are given together
        #[arg(required = true, value_name = "TABLE")]
        tables: Vec<String>,
        /// Go on without a verified backup of the keys: for trials, since a lost key loses the values
        #[arg(long)]
        i_have_no_backup: bool,
        /// Say what the online strategy would do and need: all of it is tried on empty tables and rolled back
        #[arg(long)]
        dry_run: bool,
        /// How
        #[command(flatten)]
        online: Online,
        /// How
        #[command(flatten)]
        lock: Lock,
        /// Where
        #[command(flatten)]
        live: Live,
    },
    /// Open the rows of a table again and take its protection off
    Unprotect {
        /// `schema.table`
        #[arg(required = true, value_name = "TABLE")]
        tables: Vec<String>,
        /// Only this column; can be given several times
        #[arg(long = "column", value_name = "NAME")]
        columns: Vec<String>,
        /// Say what the online strategy would do and need: all of it is tried on empty tables and rolled back
        #[arg(long)]
        dry_run: bool,
        /// How
        #[command(flatten)]
        online: Online,
        /// Seconds to wait for the lock on the table
        #[arg(long, value_name = "SECONDS", default_value_t = 10)]
        lock_timeout: u64,
        /// Where
        #[command(flatten)]
        live: Live,
    },
    /// Draft rules from the names, types and sampled values of a database; prints no value
    Suggest {
        /// Rows of each table that are looked at; 0: names and types alone
        #[arg(long, value_name = "N", default_value_t = 1_000, value_parser = clap::value_parser!(u32).range(..=100_000))]
        sample: u32,
        /// Write the draft to this folder; files that are there are not overwritten
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
        /// Where
        #[command(flatten)]
        live: Live,
    },
    /// Destroy the key of a data subject: what was sealed under it cannot be opened any more, in no backup either
    Erase {
        /// Whose
        #[command(flatten)]
        whom: Whom,
        /// List what would go, and change nothing
        #[arg(long)]
        dry_run: bool,
        /// Where
        #[command(flatten)]
        live: Live,
    },
    /// Print the data of a data subject as JSON, opened
    Export {
        /// Whose
        #[command(flatten)]
        whom: Whom,
        /// Encrypt it to this public key of age (age1…), or to those in this file; may be given several times. Plaintext is then
        /// printed nowhere
        #[arg(long, value_name = "KEY|FILE")]
        encrypt_to: Vec<String>,
        /// The new file that it goes to, for its owner only; default: standard output
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
        /// Where
        #[command(flatten)]
        live: Live,
    },
    /// The users file, by which clients of method `scram` are known
    #[command(subcommand)]
    Users(Users),
    /// The key and its backup
    #[command(subcommand)]
    Keys(Keys),
    /// Open a plain dump of a protected database without any server, under a backup of the keys; the output is plaintext
    OpenDump(OpenDump),
    /// Replace keys
    #[command(subcommand)]
    Rotate(Rotate),
    /// What is protected in a database, and how; or what observe mode has seen
    Status {
        /// Ask the running proxy, at the rules' admin address, what observe mode has seen
        #[arg(long)]
        observed: bool,
        /// Where
        #[command(flatten)]
        site: Site,
    },
    /// About the rule files themselves
    #[command(subcommand)]
    Rules(RulesCommand),
}

impl Command {
    /// Whether `--json` was given.
    pub fn json(&self) -> bool {
        match self {
            Command::Rules(RulesCommand::Diff { json, .. }) => *json,
            Command::Demo { .. } | Command::Rules(RulesCommand::Schema { .. }) => false,
            Command::Serve(rules) => rules.json,
            Command::Check(live) | Command::Init(live) => live.rules.json,
            Command::Assess { live, .. } | Command::Suggest { live, .. } => live.rules.json,
            Command::Protect { live, .. } | Command::Unprotect { live, .. } => live.rules.json,
            Command::Explain { site, .. } | Command::Status { site, .. } => site.rules.json,
            Command::Users(users) => users.json(),
            Command::Keys(Keys::Init { live, .. } | Keys::Status { live, .. }) => live.rules.json,
            // Standard output is the dump's.
            Command::OpenDump(_) => false,
            Command::Keys(Keys::Drill(drill)) => drill.live.rules.json,
            Command::Rotate(Rotate::Kek { live, .. }) => live.rules.json,
            Command::Rotate(Rotate::Subjects { rules, .. }) => rules.json,
            Command::Erase { live, .. } => live.rules.json,
            // It is a document already.
            Command::Export { .. } => false,
            Command::Rotate(Rotate::Keyset(keyset)) => keyset.live.rules.json,
            Command::Keys(
                Keys::Backup { rules, .. }
                | Keys::Verify { rules, .. }
                | Keys::Restore { rules, .. },
            ) => rules.json,
        }
    }
}

/// Seconds since 1970-01-01 UTC.
fn moment(text: &str) -> Result<i64, String> {
    chrono::DateTime::parse_from_rfc3339(text)
        .map(|moment| moment.timestamp())
        .map_err(|_| {
            "expected a date, a time and an offset, such as 2027-01-01T18:00:00Z".to_owned()
        })
}

/// The way a table is turned over.
#[derive(Debug, Args)]
pub struct Online {
    /// Under a lock, or by a copy that changes places with the table
    #[arg(long, value_enum, default_value_t = Strategy::Auto)]
    pub strategy: Strategy,
    /// Take away what an online job over these tables has begun
    #[arg(long)]
    pub undo: bool,
    /// Online: at most so many rows in a second
    #[arg(long, value_name = "ROWS")]
    pub max_rate: Option<u64>,
    /// Online: wait while a replica is further behind
    #[arg(long, value_name = "SECONDS", default_value_t = 10)]
    pub max_lag: u64,
}

/// How a table is turned over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Strategy {
    /// Online what is large, or was begun so
    Auto,
    /// In one transaction, under a lock
    Rewrite,
    /// A copy that changes places with the table
    Online,
}

/// A kind of file that `assess` reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum FileFormat {
    /// SQL statements separated by semicolons
    Sql,
    /// PostgreSQL's log on standard error
    Log,
    /// PostgreSQL's csvlog
    Csv,
    /// PostgreSQL's jsonlog, or JSON lines
    Json,
}

/// A holder of the key-encryption key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Holding {
    /// A file on this host
    File,
    /// A hardware module: section [keys.pkcs11] of the rules
    Pkcs11,
    /// A Vault server: section [keys.vault] of the rules
    Vault,
}

/// `sealwire rotate …`.
#[derive(Debug, Subcommand)]
pub enum Rotate {
    /// Wrap the keysets of a database under another key-encryption key, at once. No value is sealed anew
    Kek {
        /// Who holds the other key; its section stands in the rules beside that of the one in use
        #[arg(long, value_enum, value_name = "PROVIDER")]
        to: Holding,
        /// With `--to file`: the other key file, which is made if it is not there. Default: keys.path of the rules
        #[arg(long, value_name = "FILE")]
        key_file: Option<PathBuf>,
        /// Where
        #[command(flatten)]
        live: Live,
    },
    /// Start a new epoch of a keyset: values are sealed under it from now on, and those of before anew,
    /// while clients read and write
    Keyset(Box<Keyset>),
    /// Replace the intermediate key that the keys of data subjects are wrapped under, so that copies of their store age out
    Subjects {
        /// Only where it is older than `replace_days` in [subjects] says
        #[arg(long)]
        if_due: bool,
        /// Rules
        #[command(flatten)]
        rules: Rules,
    },
}

/// `sealwire keys …`. A key file under a passphrase takes it from SEALWIRE_KEY_PASSPHRASE or keys.passphrase_file, a backup
/// its own from SEALWIRE_BACKUP_PASSPHRASE.
#[derive(Debug, Subcommand)]
pub enum Keys {
    /// Make a new key where the rules say; a key file is under a passphrase if one is given or asked for
    Init {
        /// Another provider that the rules describe, to move keysets to it
        #[arg(long, value_enum)]
        provider: Option<Holding>,
        /// Ask for the passphrase of the key file, twice, or take a line of standard input
        #[arg(long)]
        passphrase: bool,
        /// Make a keyset of this name in a database, under the key that there is: for tables whose rule has `keyset`
        #[arg(long, value_name = "NAME", conflicts_with_all = ["provider", "passphrase"])]
        name: Option<String>,
        /// Where
        #[command(flatten)]
        live: Live,
    },
    /// Write the key and all wrapped keysets to a file, under SEALWIRE_BACKUP_PASSPHRASE or under shares, and verify it
    Backup {
        /// The file; it must not exist
        file: PathBuf,
        /// What opens it
        #[command(flatten)]
        into: IntoShares,
        /// Rules
        #[command(flatten)]
        rules: Rules,
    },
    /// Open a backup, without writing a key anywhere, and record that it serves
    Verify {
        /// The backup; left out, the one that stands on the pages of its shares
        file: Option<PathBuf>,
        /// What opens it
        #[command(flatten)]
        from: FromShares,
        /// Rules
        #[command(flatten)]
        rules: Rules,
    },
    /// Write the key file and the copies of the keysets back from a backup
    Restore {
        /// The backup; left out, the one that stands on the pages of its shares
        file: Option<PathBuf>,
        /// What opens it
        #[command(flatten)]
        from: FromShares,
        /// Rules
        #[command(flatten)]
        rules: Rules,
    },
    /// Rehearse the way back on a private server: restore a dump and the keys, open values of every protected column, report
    Drill(Drill),
    /// Show the key, the keysets, whether a backup holds them, and what protects them in memory
    Status {
        /// Another provider that the rules describe
        #[arg(long, value_enum)]
        provider: Option<Holding>,
        /// A database: then also how old each keyset is, and which columns seal under it
        #[command(flatten)]
        live: Live,
    },
}

/// `sealwire users …`. A running proxy takes what is changed within seconds.
#[derive(Debug, Subcommand)]
pub enum Users {
    /// Take verifiers over from the server, as a role that may read pg_authid
    Import {
        /// The users
        #[arg(value_name = "NAME", required_unless_present = "all")]
        names: Vec<String>,
        /// Every role that may log in, superusers and the service user left out
        #[arg(long, conflicts_with = "names")]
        all: bool,
        /// Where
        #[command(flatten)]
        live: Live,
    },
    /// Add a user, or give it another password: the one that the server knows, from SEALWIRE_USER_PASSWORD or as a line on
    /// standard input
    Add {
        /// The user
        name: String,
        /// Until when the password counts, such as 2027-01-01T00:00:00Z
        #[arg(long, value_name = "TIME")]
        valid_until: Option<String>,
        /// Do not log in to the server to learn its salt: for servers that know the proxy by its certificate
        #[arg(long)]
        without_server: bool,
        /// Where to log in
        #[command(flatten)]
        site: Site,
    },
    /// Take a user out
    Remove {
        /// The user
        name: String,
        /// Rules
        #[command(flatten)]
        rules: Rules,
    },
    /// Show who is in the file, and until when
    List(Rules),
}

impl Users {
    fn json(&self) -> bool {
        match self {
            Users::Import { live, .. } => live.rules.json,
            Users::Add { site, .. } => site.rules.json,
            Users::Remove { rules, .. } | Users::List(rules) => rules.json,
        }
    }
}

/// `sealwire rules …`
#[derive(Debug, Subcommand)]
pub enum RulesCommand {
    /// Print the JSON Schemas of the rule files, or write them to a folder
    Schema {
        /// The folder
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
    },
    /// Say what a change of the rules means: what each role would newly see, search, write or lose
    Diff {
        /// The folder as it was
        old: PathBuf,
        /// The folder as it would be
        new: PathBuf,
        /// Only this role of the rules, or `pg:` and a login
        #[arg(long = "as", value_name = "ROLE")]
        role: Option<String>,
        /// A database whose tables are compared; else those that the rules name
        #[arg(
            long,
            value_name = "URL",
            env = "SEALWIRE_UPSTREAM",
            hide_env_values = true
        )]
        upstream: Option<String>,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
}

/// A data subject.
#[derive(Debug, Args)]
pub struct Whom {
    /// Its value in the columns that the rules name as `subject`
    #[arg(long, value_name = "VALUE", allow_hyphen_values = true)]
    pub subject: String,
    /// Which kind it is (`subject_kind` of the rules), where there is more than one
    #[arg(long, value_name = "KIND")]
    pub kind: Option<String>,
}

/// The rules, and how to print.
#[derive(Debug, Args)]
pub struct Rules {
    /// The folder of the rule files
    #[arg(long, value_name = "DIR", default_value = "rules")]
    pub rules: PathBuf,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// The rules and a database, read as the service user.
#[derive(Debug, Args)]
pub struct Site {
    /// Rules
    #[command(flatten)]
    pub rules: Rules,
    /// The database; the one that the rules name, where it is one
    #[arg(long, value_name = "NAME")]
    pub database: Option<String>,
}

/// The rules and a connection.
#[derive(Debug, Args)]
pub struct Live {
    /// Rules
    #[command(flatten)]
    pub rules: Rules,
    /// Connect as this URL says, for instance as the owner of the tables, instead of as the service user
    #[arg(
        long,
        value_name = "URL",
        env = "SEALWIRE_UPSTREAM",
        hide_env_values = true
    )]
    pub upstream: Option<String>,
    /// The database, where no URL names it
    #[arg(long, value_name = "NAME")]
    pub database: Option<String>,
}

/// How a job treats the table.
#[derive(Debug, Args)]
pub struct Lock {
    /// Seconds to wait for the lock on the table
    #[arg(long, value_name = "SECONDS", default_value_t = 10)]
    pub lock_timeout: u64,
    /// Functions that name the table were looked at and are no obstacle
    #[arg(long)]
    pub functions_reviewed: bool,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn clap_finds_no_fault() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn the_commands_of_the_design_are_there_and_no_others() {
        let command = Arguments::command();
        let names: Vec<&str> = command
            .get_subcommands()
            .map(clap::Command::get_name)
            .collect();
        assert_eq!(
            names,
            [
                "demo",
                "serve",
                "check",
                "explain",
                "assess",
                "init",
                "protect",
                "unprotect",
                "suggest",
                "erase",
                "export",
                "users",
                "keys",
                "open-dump",
                "rotate",
                "status",
                "rules"
            ]
        );
    }
}
