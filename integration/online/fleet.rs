//! Proxies of one site, beside each other.

use std::process::{Child, Command, Stdio};

use crate::harness::{Database, Site};

/// A second proxy of the same site, beside the first.
pub struct Second {
    child: Child,
    port: u16,
    rules: std::path::PathBuf,
}

impl Second {
    pub fn start(site: &Site, name: &str) -> Second {
        let rules = site.folder().join(name);
        let _ = std::fs::create_dir(&rules);
        let free = || {
            let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
            listener.local_addr().unwrap().port()
        };
        let (port, admin) = (free(), free());
        let settings = std::fs::read_to_string(site.rules_dir().join("sealwire.toml")).unwrap();
        let own = settings
            .replace(&format!(":{}\"", site.port()), &format!(":{port}\""))
            .lines()
            .map(|line| {
                let is_admin = line.starts_with("address")
                    && !line.contains(&format!(":{port}\""))
                    && settings.contains("[admin]");
                let after_admin =
                    settings.find("[admin]").unwrap() < settings.find(line).unwrap_or(0);
                if is_admin && after_admin {
                    format!("address = \"127.0.0.1:{admin}\"")
                } else {
                    line.replace("audit.jsonl", &format!("{name}.jsonl"))
                }
            })
            .collect::<Vec<_>>()
            .join("\n");
        std::fs::write(rules.join("sealwire.toml"), own).unwrap();
        std::fs::copy(
            site.rules_dir().join("rules.toml"),
            rules.join("rules.toml"),
        )
        .unwrap();
        let mut second = Second {
            child: serve(&rules),
            port,
            rules,
        };
        second.wait();
        second
    }

    fn wait(&mut self) {
        crate::harness::until(|| std::net::TcpStream::connect(("127.0.0.1", self.port)).is_ok());
    }

    /// Killed and started again.
    pub fn again(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        self.child = serve(&self.rules);
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    pub fn url(&self, database: &Database) -> String {
        format!(
            "postgresql://owner@127.0.0.1:{}/{}",
            self.port,
            database.name()
        )
    }
}

impl Drop for Second {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn serve(rules: &std::path::Path) -> Child {
    let log = std::fs::File::create(rules.with_extension("log")).unwrap();
    Command::new(crate::harness::binary())
        .args(["serve", "--rules"])
        .arg(rules)
        .stdin(Stdio::null())
        .stdout(log.try_clone().unwrap())
        .stderr(log)
        .spawn()
        .unwrap()
}
