//! Arguments → settings → run; exit codes: 0 fine, 1 failed, 2 usage, 64 bad configuration.
//!
//! Absent: what the commands do (jobs, app). Commands of later versions are absent, not stubs.

mod arguments;
mod assess;
mod backup;
mod check;
mod common;
pub mod demo;
mod derived;
mod drill;
mod erase;
mod explain;
mod failure;
mod init;
mod keys;
mod keyset;
mod keysets;
mod observed;
mod open_dump;
mod protect;
mod recovery;
mod rotate;
mod rules;
mod screen;
mod serve;
mod status;
mod stop;
mod suggest;
mod typed;
mod users;
mod ways;

pub use arguments::{Arguments, Command};
pub use failure::Failure;

use std::process::ExitCode;

use clap::Parser;

use crate::keys::{Hygiene, harden};
use crate::policy::Circumstances;

/// Reading a statement nests as deep as the statement does, up to the limits of room `sql`. What is not needed is never
/// touched, and takes no memory.
const STACK: usize = 16 << 20;

/// Runs the command line of this process.
pub fn run() -> ExitCode {
    // clap prints usage mistakes itself and ends with 2, help and version with 0.
    let arguments = Arguments::parse();
    let hygiene = match harden() {
        Ok(hygiene) => hygiene,
        Err(error) => return end(&Failure::because(error)),
    };
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .thread_stack_size(STACK)
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => return end(&Failure::because(error)),
    };
    let for_machines = arguments.command.json();
    match runtime.block_on(command(arguments.command, hygiene)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            if let Some(document) = failure.document().filter(|_| for_machines) {
                screen::json(&document);
            }
            end(&failure)
        }
    }
}

async fn command(command: Command, hygiene: Hygiene) -> Result<(), Failure> {
    match command {
        Command::Demo { keep } => demo::run(keep).await,
        Command::Check(live) => check::run(&live).await,
        Command::Explain {
            role,
            from,
            at,
            sql,
            site,
        } => {
            let circumstances = match at {
                Some(unix) => Circumstances::Now { unix, from },
                None => Circumstances::now(from),
            };
            explain::run(&role, &circumstances, &sql, &site).await
        }
        Command::Assess {
            from,
            role,
            format,
            schemas,
            live,
        } => assess::run(&from, role.as_deref(), format, &schemas, &live).await,
        Command::Suggest { sample, out, live } => suggest::run(sample, out.as_deref(), &live).await,
        Command::Init(live) => init::run(&live).await,
        Command::Users(command) => users::run(command).await,
        Command::Keys(command) => keys::run(command, hygiene).await,
        Command::OpenDump(arguments) => open_dump::run(&arguments),
        Command::Erase {
            whom,
            dry_run,
            live,
        } => erase::erase(&whom, dry_run, &live).await,
        Command::Export {
            whom,
            encrypt_to,
            out,
            live,
        } => erase::export(&whom, &encrypt_to, out.as_deref(), &live).await,
        Command::Rotate(command) => rotate::run(command).await,
        Command::Status {
            observed: true,
            site,
        } => observed::run(&site.rules).await,
        Command::Status { site, .. } => status::run(&site, hygiene).await,
        Command::Serve(rules) => serve::run(&rules).await,
        Command::Rules(command) => rules::run(command).await,
        Command::Protect {
            tables,
            i_have_no_backup,
            dry_run,
            online,
            lock,
            live,
        } => {
            if online.undo {
                protect::undo(&tables, &live).await
            } else if dry_run {
                protect::rehearse(&tables, i_have_no_backup, &lock, &live).await
            } else {
                protect::protect(&tables, i_have_no_backup, &online, &lock, &live).await
            }
        }
        Command::Unprotect {
            tables,
            columns,
            dry_run,
            online,
            lock_timeout,
            live,
        } => {
            if online.undo {
                protect::undo(&tables, &live).await
            } else if dry_run {
                protect::rehearse_back(&tables, &columns, &live).await
            } else {
                protect::unprotect(&tables, &columns, &online, lock_timeout, &live).await
            }
        }
    }
}

fn end(failure: &Failure) -> ExitCode {
    for line in failure.lines() {
        screen::complain(line);
    }
    failure.exit_code()
}
