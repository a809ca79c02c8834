//! `sealwire demo`: the whole story on one screen, and every line of it checked.
//!
//! A private PostgreSQL, a table of customers in plaintext as an existing application has it, then the
//! same commands that a user would type (`keys init`, `init`, `keys backup`, `protect`, `serve`), run
//! as such, then what the disk holds and what each role sees.

mod checks;
mod customers;
mod disk;
mod screen;
mod sights;
mod site;

use std::time::Instant;

use customers::{COPY, COUNT, TABLE, copy_text, customers};
use futures_util::SinkExt;
use tokio_postgres::{Client, NoTls};

use super::Failure;
use super::screen::line;
use super::stop::Stop;
use crate::embedded;
use checks::Checks;
use site::Site;

/// Roles of the demo: two that the rules name, and one that they do not.
const ROLES: [&str; 3] = ["billing", "support", "intern"];

/// Runs the demo; `Err` unless everything that it showed was true. With `keep` everything stays until
/// Ctrl-C. However it ends, by a signal too, nothing of it is left.
pub async fn run(keep: bool) -> Result<(), Failure> {
    let mut stop = Stop::listen()?;
    let shown = tokio::select! {
        shown = story() => shown?,
        () = stop.asked() => return Err(Failure::Failed("stopped".to_owned())),
    };
    if keep {
        stay(&shown.server, &shown.proxy);
        stop.asked().await;
    }
    drop(shown.proxy);
    drop(shown.owner);
    shown.server.stop()?;
    shown.checks.verdict()
}

/// What runs when everything has been shown.
struct Shown {
    proxy: site::Proxy,
    owner: Client,
    server: embedded::Server,
    checks: Checks,
}

async fn story() -> Result<Shown, Failure> {
    let started = Instant::now();
    line("Sealwire demo\n");
    let binaries = match embedded::find() {
        Err(embedded::EmbeddedError::NotFound { .. }) => {
            line("No PostgreSQL on this machine: fetching one (once).");
            embedded::fetch().await?
        }
        found => found?,
    };
    let server = start_server(binaries).await?;
    line(format!(
        "A private PostgreSQL {} runs on port {}.",
        server.major(),
        server.port()
    ));
    let first = connect(&server.url(server.superuser(), "postgres")).await?;
    first.batch_execute("create database shop").await?;
    drop(first);
    let owner = connect(&server.url(server.superuser(), "shop")).await?;
    let people = customers(COUNT);
    load(&owner, &people).await?;
    let before = disk::search(
        &disk::table_files(&owner, &server.data_dir(), "public.customers").await?,
        &people,
    )?;
    line(format!(
        "{} customers lie in public.customers in plaintext, as an application left them.\n",
        screen::number(people.len())
    ));

    let site = Site::make(&server)?;
    site.command(&["keys", "init"]).await?;
    site.command_as_owner(&["init"]).await?;
    site.back_up().await?;
    site.command_as_owner(&["protect", "public.customers"])
        .await?;
    let proxy = site.serve().await?;
    line("");

    let mut checks = Checks::default();
    let files = disk::table_files(&owner, &server.data_dir(), "public.customers").await?;
    let after = disk::search(&files, &people)?;
    let in_wal = disk::search(&disk::wal_files(&server.data_dir())?, &people)?;
    sights::on_disk(before, after, in_wal, &people, &mut checks);
    sights::who_sees_what(&owner, &proxy, &people, &mut checks).await?;
    sights::look_up(&proxy, &owner, &people, &mut checks).await?;
    sights::refusal(&proxy, &people, &mut checks).await?;

    line(format!(
        "{} of {} checks true, {:.0} s",
        checks.true_ones(),
        checks.all(),
        started.elapsed().as_secs_f32()
    ));
    Ok(Shown {
        proxy,
        owner,
        server,
        checks,
    })
}

async fn start_server(binaries: embedded::Binaries) -> Result<embedded::Server, Failure> {
    let options = embedded::Options {
        // Nothing but the demo's own steps may write between two looks at the files.
        settings: vec![("autovacuum".to_owned(), "off".to_owned())],
        ..embedded::Options::default()
    };
    tokio::task::spawn_blocking(move || embedded::Server::start(&binaries, options))
        .await
        .map_err(Failure::because)?
        .map_err(Failure::from)
}

async fn load(owner: &Client, people: &[customers::Customer]) -> Result<(), Failure> {
    for role in ROLES.iter().chain(&["sealwire"]) {
        owner
            .batch_execute(&format!("create role {role} login"))
            .await?;
    }
    owner.batch_execute(TABLE).await?;
    let sink = owner.copy_in(COPY).await?;
    let mut sink = std::pin::pin!(sink);
    sink.send(bytes::Bytes::from(copy_text(people))).await?;
    sink.close().await?;
    owner
        .batch_execute(
            "grant select, insert, update on public.customers to billing, support, intern",
        )
        .await?;
    Ok(())
}

/// A client whose connection ends with it.
async fn connect(url: &str) -> Result<Client, Failure> {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await?;
    tokio::spawn(connection);
    Ok(client)
}

fn stay(server: &embedded::Server, proxy: &site::Proxy) {
    line("\nEverything keeps running until Ctrl-C. Try:");
    line("  directly, as the server's superuser:");
    line(format!(
        "    psql '{}'",
        server.url(server.superuser(), "shop")
    ));
    line("  through Sealwire, as billing, support or intern:");
    for role in ROLES {
        line(format!("    psql '{}'", proxy.url(role)));
    }
    line(format!("  metrics: {}", proxy.metrics_url()));
}
