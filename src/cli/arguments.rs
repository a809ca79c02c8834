//! The command line, as clap reads it.

use clap::{Parser, Subcommand};

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
    /// Show everything on a private PostgreSQL: what the disk holds, what each role sees.
    Demo {
        /// Leave it running until Ctrl-C and print the connection strings.
        #[arg(long)]
        keep: bool,
    },
}
