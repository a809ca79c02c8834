//! The demo's rules folder, and Sealwire's own commands run on it as a user would run them.

use std::path::PathBuf;
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::cli::Failure;
use crate::cli::common::free_port;
use crate::cli::screen::line;
use crate::embedded::Server;
use tokio::process::{Child, Command};

/// How long the proxy may take to answer.
const READY_WITHIN: Duration = Duration::from_secs(30);

/// A folder with rules, key and backup, gone when dropped.
pub(super) struct Site {
    folder: tempfile::TempDir,
    program: PathBuf,
    owner_url: String,
    listen: u16,
    admin: u16,
}

impl Site {
    /// Writes the rules.
    pub(super) fn make(server: &Server) -> Result<Site, Failure> {
        let folder = tempfile::Builder::new()
            .prefix("sealwire-demo-")
            .tempdir()?;
        let (listen, admin) = (free_port()?, free_port()?);
        let rules = folder.path().join("rules");
        std::fs::create_dir(&rules)?;
        let settings = format!(
            "[listen]\naddress = \"127.0.0.1:{listen}\"\n\
             [upstream]\naddress = \"127.0.0.1:{}\"\n\
             [upstream.service]\nuser = \"sealwire\"\n\
             [keys]\nprovider = \"file\"\npath = \"../keys/root.key\"\n\
             [admin]\naddress = \"127.0.0.1:{admin}\"\n\
             [audit]\npath = \"../audit.jsonl\"\n\
             [log]\nlevel = \"warn\"\n",
            server.port()
        );
        std::fs::write(rules.join("sealwire.toml"), settings)?;
        std::fs::write(rules.join("customers.toml"), include_str!("rules.toml"))?;
        Ok(Site {
            folder,
            program: std::env::current_exe()?,
            owner_url: server.url(server.superuser(), "shop"),
            listen,
            admin,
        })
    }

    /// `sealwire … --rules rules`.
    pub(super) async fn command(&self, arguments: &[&str]) -> Result<(), Failure> {
        self.run(arguments, None, &[]).await
    }

    /// The same with `--upstream` naming the owner of the tables.
    pub(super) async fn command_as_owner(&self, arguments: &[&str]) -> Result<(), Failure> {
        self.run(arguments, Some(&self.owner_url), &[]).await
    }

    /// `sealwire keys backup` with a passphrase of the demo's own.
    pub(super) async fn back_up(&self) -> Result<(), Failure> {
        let file = self.folder.path().join("keys.backup");
        let file = file.to_string_lossy();
        self.run(
            &["keys", "backup", &file],
            None,
            &[("SEALWIRE_BACKUP_PASSPHRASE", "a passphrase for the demo")],
        )
        .await
    }

    async fn run(
        &self,
        arguments: &[&str],
        upstream: Option<&str>,
        variables: &[(&str, &str)],
    ) -> Result<(), Failure> {
        line(format!("$ sealwire {}", arguments.join(" ")));
        let mut command = Command::new(&self.program);
        command
            .args(arguments)
            .arg("--rules")
            .arg(self.folder.path().join("rules"))
            .envs(variables.iter().copied())
            .stdin(Stdio::null())
            .kill_on_drop(true);
        if let Some(url) = upstream {
            command.args(["--upstream", url]);
        }
        let status = command.status().await?;
        if status.success() {
            Ok(())
        } else {
            let what = arguments.join(" ");
            Err(Failure::Failed(format!(
                "`sealwire {what}` failed: {status}"
            )))
        }
    }

    /// `sealwire serve`, once it takes clients.
    pub(super) async fn serve(self) -> Result<Proxy, Failure> {
        line("$ sealwire serve");
        let mut command = Command::new(&self.program);
        command
            .arg("serve")
            .arg("--rules")
            .arg(self.folder.path().join("rules"))
            .stdin(Stdio::null())
            .kill_on_drop(true);
        let mut proxy = Proxy {
            child: command.spawn()?,
            site: self,
        };
        proxy.wait_until_ready().await?;
        Ok(proxy)
    }
}

/// The running proxy; ended when dropped.
pub(super) struct Proxy {
    child: Child,
    site: Site,
}

impl Proxy {
    /// A role's connection string.
    pub(super) fn url(&self, role: &str) -> String {
        format!("postgresql://{role}@127.0.0.1:{}/shop", self.site.listen)
    }

    /// Where the metrics are.
    pub(super) fn metrics_url(&self) -> String {
        format!("http://127.0.0.1:{}/metrics", self.site.admin)
    }

    async fn wait_until_ready(&mut self) -> Result<(), Failure> {
        let deadline = Instant::now() + READY_WITHIN;
        while Instant::now() < deadline {
            if super::connect(&self.url("billing")).await.is_ok() {
                return Ok(());
            }
            if let Some(status) = self.child.try_wait()? {
                return Err(Failure::Failed(format!("`sealwire serve` ended: {status}")));
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Err(Failure::Failed(
            "`sealwire serve` takes no clients".to_owned(),
        ))
    }
}
