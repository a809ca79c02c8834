//! Arguments → settings → run; exit codes: 0 fine, 1 failed, 2 usage, 64 bad configuration.
//!
//! Absent: what the commands do (jobs, app). Commands of later versions are absent, not stubs.

mod arguments;
mod assess;
mod check;
mod common;
pub mod demo;
mod derived;
mod explain;
mod failure;
mod init;
mod keys;
mod observed;
mod protect;
mod rules;
mod screen;
mod serve;
mod status;
mod suggest;
mod typed;
mod users;
mod ways;

pub use arguments::{Arguments, Command};
pub use failure::Failure;

use std::process::ExitCode;

use clap::Parser;
use rustix::process::{Resource, Rlimit, setrlimit};

/// Reading a statement nests as deep as the statement does, up to the limits of room `sql`.
const STACK: usize = 8 << 20;

/// A core dump would hold keys and plaintext.
fn no_core_dumps() -> std::io::Result<()> {
    let none = Rlimit {
        current: Some(0),
        maximum: Some(0),
    };
    Ok(setrlimit(Resource::Core, none)?)
}

/// Runs the command line of this process.
pub fn run() -> ExitCode {
    // clap prints usage mistakes itself and ends with 2, help and version with 0.
    let arguments = Arguments::parse();
    if let Err(error) = no_core_dumps() {
        return end(&Failure::because(error));
    }
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .thread_stack_size(STACK)
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => return end(&Failure::because(error)),
    };
    let for_machines = arguments.command.json();
    match runtime.block_on(command(arguments.command)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            if let Some(document) = failure.document().filter(|_| for_machines) {
                screen::json(&document);
            }
            end(&failure)
        }
    }
}

async fn command(command: Command) -> Result<(), Failure> {
    match command {
        Command::Demo { keep } => demo::run(keep).await,
        Command::Check(live) => check::run(&live).await,
        Command::Explain { role, sql, site } => explain::run(&role, &sql, &site).await,
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
        Command::Keys(command) => keys::run(command),
        Command::Status {
            observed: true,
            site,
        } => observed::run(&site.rules).await,
        Command::Status { site, .. } => status::run(&site).await,
        Command::Serve(rules) => serve::run(&rules).await,
        Command::Rules(command) => rules::run(command).await,
        Command::Protect {
            tables,
            i_have_no_backup,
            lock,
            live,
        } => protect::protect(&tables, i_have_no_backup, &lock, &live).await,
        Command::Unprotect {
            tables,
            columns,
            lock_timeout,
            live,
        } => protect::unprotect(&tables, &columns, lock_timeout, &live).await,
    }
}

fn end(failure: &Failure) -> ExitCode {
    for line in failure.lines() {
        screen::complain(line);
    }
    failure.exit_code()
}
