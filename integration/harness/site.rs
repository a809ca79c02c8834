//! A rules folder of a test's own, and the proxy that serves it.

use std::fs::File;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::{Duration, Instant};

use super::database::Database;
use super::http;
use super::tools::{Output, sealwire_with};

/// A rules folder with its key, for one database.
pub struct Site {
    folder: tempfile::TempDir,
    database_name: String,
    owner_url: String,
    port: u16,
    admin: u16,
    /// Environment variables of everything that runs here.
    pub variables: Vec<(String, String)>,
}

impl Site {
    /// Writes `sealwire.toml` (addresses, key, log, audit) and `rules.toml` (the text given: classes, tables,
    /// roles, tests), makes the key and runs `init`.
    pub fn new(database: &Database, rules: &str) -> Site {
        let site = Site::bare(database, rules);
        site.sealwire(&["keys", "init"]).ok();
        site.sealwire(&["init", "--upstream", &site.owner_url]).ok();
        site
    }

    /// The folder alone: no key, no `init`.
    pub fn bare(database: &Database, rules: &str) -> Site {
        let site = Site {
            folder: tempfile::Builder::new()
                .prefix("sealwire-site-")
                .tempdir()
                .unwrap(),
            database_name: database.name().to_owned(),
            owner_url: database.superuser_url(),
            port: free_port(),
            admin: free_port(),
            variables: Vec::new(),
        };
        std::fs::create_dir(site.rules_dir()).unwrap();
        let settings = format!(
            r#"
[listen]
address = "127.0.0.1:{port}"
[upstream]
address = "127.0.0.1:{upstream}"
[upstream.service]
user = "sealwire"
[auth]
method = "relay"
[keys]
provider = "file"
path = "../keys/root.key"
[admin]
address = "127.0.0.1:{admin}"
[audit]
path = "../audit.jsonl"
"#,
            port = site.port,
            upstream = database.server().port(),
            admin = site.admin,
        );
        std::fs::write(site.rules_dir().join("sealwire.toml"), settings).unwrap();
        site.write_rules(rules);
        site
    }

    /// Replaces the rules (a running proxy reloads them by itself).
    pub fn write_rules(&self, rules: &str) {
        std::fs::write(self.rules_dir().join("rules.toml"), rules).unwrap();
    }

    /// Changes `sealwire.toml` (a running proxy reloads it by itself). What is replaced must be there.
    #[track_caller]
    pub fn settings(&self, changes: &[(&str, &str)]) {
        let path = self.rules_dir().join("sealwire.toml");
        let mut text = std::fs::read_to_string(&path).unwrap();
        for (from, to) in changes {
            assert!(text.contains(from), "{from} is not in {text}");
            text = text.replacen(from, to, 1);
        }
        std::fs::write(&path, text).unwrap();
    }

    /// The rules folder.
    pub fn rules_dir(&self) -> PathBuf {
        self.folder.path().join("rules")
    }

    /// The folder around it: keys, logs, audit.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A page of the admin address, whoever serves there.
    pub fn admin(&self, path: &str) -> Option<(u16, String)> {
        http::get(self.admin, path)
    }

    /// Where clients connect.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Runs the binary with `--rules` of this site appended.
    pub fn sealwire(&self, arguments: &[&str]) -> Output {
        self.sealwire_with(arguments, &[])
    }

    /// The same with further environment variables.
    pub fn sealwire_with(&self, arguments: &[&str], more: &[(&str, &str)]) -> Output {
        let rules = self.rules_dir().to_string_lossy().into_owned();
        let mut all = arguments.to_vec();
        all.extend(["--rules", &rules]);
        let own = self.variables.iter();
        let mut variables: Vec<(&str, &str)> = own
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        variables.extend_from_slice(more);
        sealwire_with(&all, &variables)
    }

    /// `sealwire protect` as the owner of the database; must succeed.
    pub fn protect(&self, table: &str) -> Output {
        let output = self.try_protect(table);
        assert_eq!(output.code, 0, "{}\n{}", output.stdout, output.stderr);
        output
    }

    /// The same, which may fail.
    pub fn try_protect(&self, table: &str) -> Output {
        self.sealwire(&[
            "protect",
            "--upstream",
            &self.owner_url,
            "--i-have-no-backup",
            table,
        ])
    }

    /// Starts `sealwire serve` and waits until `/readyz` says so. The proxy owns the site from then on.
    pub fn serve(self) -> Proxy {
        let child = spawn(&self);
        let mut proxy = Proxy { child, site: self };
        proxy.wait_until_ready();
        proxy
    }

    /// Starts it without waiting: it may not become ready.
    pub fn serve_unready(self) -> Proxy {
        let child = spawn(&self);
        Proxy { child, site: self }
    }
}

fn spawn(site: &Site) -> Child {
    let log = site.folder.path().join("serve.log");
    let out = File::create(&log).unwrap();
    Command::new(super::tools::binary())
        .args(["serve", "--rules"])
        .arg(site.rules_dir())
        .envs(site.variables.iter().map(|(name, value)| (name, value)))
        .stdin(Stdio::null())
        .stdout(out.try_clone().unwrap())
        .stderr(out)
        .spawn()
        .unwrap()
}

/// A running proxy; killed when dropped.
pub struct Proxy {
    child: Child,
    pub site: Site,
}

impl Proxy {
    /// A site without anything protected, served.
    pub fn start(database: &Database, rules: &str) -> Proxy {
        Site::new(database, rules).serve()
    }

    /// A site with its tables protected, served.
    pub fn start_protected(database: &Database, rules: &str, tables: &[&str]) -> Proxy {
        let site = Site::new(database, rules);
        for table in tables {
            site.protect(table);
        }
        site.serve()
    }

    /// The connection string of a role through the proxy.
    pub fn url(&self, role: &str) -> String {
        format!(
            "postgresql://{role}@127.0.0.1:{}/{}",
            self.site.port, self.site.database_name
        )
    }

    /// The port of the proxy.
    pub fn port(&self) -> u16 {
        self.site.port
    }

    /// The process id, for signals.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// What it has logged so far.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.site.folder().join("serve.log")).unwrap_or_default()
    }

    /// The audit stream so far.
    pub fn audit(&self) -> String {
        std::fs::read_to_string(self.site.folder().join("audit.jsonl")).unwrap_or_default()
    }

    /// The metrics page.
    pub fn metrics(&self) -> String {
        self.admin("/metrics").expect("the admin address answers").1
    }

    /// A page of the admin address: status and body.
    pub fn admin(&self, path: &str) -> Option<(u16, String)> {
        http::get(self.site.admin, path)
    }

    /// Ends the proxy (SIGKILL) and gives its site back, to change it and serve again.
    pub fn stop(mut self) -> String {
        let _ = self.child.kill();
        let _ = self.child.wait();
        self.log()
    }

    /// Ends it and starts it again.
    pub fn again(mut self) -> Proxy {
        let _ = self.child.kill();
        let _ = self.child.wait();
        self.child = spawn(&self.site);
        self.wait_until_ready();
        self
    }

    fn wait_until_ready(&mut self) {
        let deadline = Instant::now() + Duration::from_secs(30);
        while Instant::now() < deadline {
            if let Some((200, _)) = self.admin("/readyz") {
                return;
            }
            if let Some(status) = self.child.try_wait().unwrap() {
                panic!("serve ended with {status}: {}", self.log());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        panic!("serve did not become ready: {}", self.log());
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A port that nothing has and that no other site of this process gets: below the range from which the system
/// takes ports for outgoing connections, since it is only listened on after a while.
fn free_port() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    loop {
        let step = NEXT.fetch_add(1, Ordering::Relaxed);
        assert!(step < 10_000, "no port is free");
        let start = u16::try_from(std::process::id() % 1_000).unwrap() * 10;
        let port = 20_000 + (start + step) % 10_000;
        if TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok() {
            return port;
        }
    }
}
