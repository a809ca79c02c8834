//! The machine of the drill: a folder that nobody else reaches, a private server, rules that name both, a key that came back, and a
//! proxy. The passwords are random, and the key file is under a random passphrase that lies nowhere.

use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Arc;
use std::time::{Duration, Instant};

use arc_swap::ArcSwap;
use tokio::process::{Child, Command};
use tokio_postgres::{Client, NoTls};

use super::dump::Dump;
use super::password;
use crate::cli::Failure;
use crate::cli::arguments::SubjectCopy;
use crate::cli::backup::{named, put_back, write_private};
use crate::cli::common::{KEY_PASSPHRASE, free_port, policy, with_subjects};
use crate::embedded::{Binaries, Login, Options, Server};
use crate::ground::{Ground, Grounds};
use crate::jobs;
use crate::keys::{self, FileProvider, KeyProvider, Opening, Passphrase, Provider};
use crate::policy::rehearsed;

/// The role that looks; it exists nowhere else.
const LOOKER: &str = "sealwire_drill";
/// How long the proxy may take to answer.
const READY_WITHIN: Duration = Duration::from_secs(60);

/// The database of the private server that a store of subjects' keys is restored into.
const SUBJECTS: &str = "sealwire_drill_subjects";

/// Where the keys of data subjects are in a drill.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kept {
    /// Nowhere.
    None,
    /// In the machine's folder.
    Folder,
    /// In this database of the private server.
    Database(&'static str),
}

/// An empty machine. What it held is overwritten and removed when it is dropped.
pub(super) struct Machine {
    folder: tempfile::TempDir,
    passphrase: String,
    looker: String,
    listen: u16,
    admin: u16,
}

impl Machine {
    pub(super) fn make() -> Result<Self, Failure> {
        let folder = tempfile::Builder::new()
            .prefix("sealwire-drill-")
            .tempdir()?;
        std::fs::create_dir(folder.path().join("rules"))?;
        Ok(Machine {
            folder,
            passphrase: password()?,
            looker: password()?,
            listen: free_port()?,
            admin: free_port()?,
        })
    }

    /// Nobody but its owner may enter it.
    pub(super) fn folder(&self) -> &Path {
        self.folder.path()
    }

    fn rules(&self) -> PathBuf {
        self.folder.path().join("rules")
    }

    fn key(&self) -> PathBuf {
        self.folder.path().join("keys/root.key")
    }

    /// The rules of the folder, for this server, and a role that sees everything.
    /// `subjects`: where the keys of data subjects are, where the rules speak of any.
    pub(super) fn write_rules(
        &self,
        from: &Path,
        server: &Server,
        subjects: Option<&Kept>,
    ) -> Result<(), Failure> {
        for (name, text) in rehearsed(from).map_err(named(from))? {
            // None of theirs is overwritten by ours.
            std::fs::write(self.rules().join(format!("copy-{name}")), text)?;
        }
        let settings = format!(
            "[listen]\naddress = \"127.0.0.1:{}\"\n\
             [upstream]\naddress = \"127.0.0.1:{}\"\n\
             [upstream.service]\nuser = \"{}\"\npassword_file = \"../service\"\n\
             [auth]\nmethod = \"relay\"\n\
             [keys]\nprovider = \"file\"\npath = \"../keys/root.key\"\n\
             [admin]\naddress = \"127.0.0.1:{}\"\n\
             [audit]\npath = \"off\"\n\
             [log]\nlevel = \"warn\"\n\
             [roles.{LOOKER}]\nmembers = [\"pg:{LOOKER}\"]\n\
             [[roles.{LOOKER}.grants]]\ntables = [\"*\"]\nlevel = \"access\"\nreveal = [\"*\"]\n",
            self.listen,
            server.port(),
            server.superuser(),
            self.admin
        );
        let store = subjects.map(|kept| match kept {
            Kept::Database(name) => format!(
                "[subjects]\nstore = \"postgresql://{}@127.0.0.1:{}/{name}?sslmode=disable\"\npassword_file = \"../service\"\n\
                 intermediate = \"../keys/subjects.key\"\n",
                server.superuser(),
                server.port()
            ),
            Kept::Folder | Kept::None => "[subjects]\nstore = \"file:../subjects\"\nintermediate = \"../keys/subjects.key\"\n".to_owned(),
        });
        let settings = format!("{settings}{}", store.unwrap_or_default());
        std::fs::write(self.rules().join("drill.toml"), settings)?;
        let password = server_password(server);
        write_private(&self.folder.path().join("service"), password.as_bytes())
    }

    /// The copy of the keys of data subjects: a folder is copied again, a dump restored beside the database.
    pub(super) async fn keep_subjects(
        &self,
        copy: &SubjectCopy,
        server: &Server,
        binaries: &Binaries,
    ) -> Result<(Kept, String), Failure> {
        let (Some(store), Some(intermediate)) = (&copy.subjects, &copy.intermediate) else {
            return Ok((
                Kept::None,
                "none is given (--subjects): what is under them is not opened".to_owned(),
            ));
        };
        let keys = self.folder.path().join("keys");
        std::fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(&keys)?;
        let own = keys.join("subjects.key");
        write_private(
            &own,
            &std::fs::read(intermediate).map_err(named(intermediate))?,
        )?;
        if store.is_dir() {
            let to = self.folder.path().join("subjects");
            let copied = copy_folder(store, &to).map_err(named(store))?;
            return Ok((Kept::Folder, format!("{copied} files of a folder")));
        }
        let (dump, _) = Dump::of(store.clone(), binaries).await?;
        let ((), _) = dump.restore(server, binaries, SUBJECTS).await?;
        Ok((
            Kept::Database(SUBJECTS),
            "a dump of their database, restored".to_owned(),
        ))
    }

    /// The key file and the copies of the keysets, as `keys restore` writes them.
    pub(super) fn restore_key(&self, backup: &[u8], opening: Opening<'_>) -> Result<(), Failure> {
        let passphrase = Passphrase::new(self.passphrase.clone()).map_err(Failure::because)?;
        let path = self.key();
        let restored = keys::restore(backup, opening, &path, &self.rules(), Some(&passphrase))
            .map_err(Failure::because)?;
        put_back(restored.keysets, &path)
    }

    /// What the proxy will stand on: the registry of the restored database, opened by the restored key. Keysets that were wrapped by a
    /// hardware module or a key service come from the backup, as `rotate kek` takes them.
    pub(super) async fn registry(
        &self,
        server: &Server,
        database: &str,
        kept: &Kept,
    ) -> Result<(Arc<Ground>, String), Failure> {
        let passphrase = Passphrase::new(self.passphrase.clone()).map_err(Failure::because)?;
        let key = self.key();
        let open = || FileProvider::open(&key, &self.rules(), Some(&passphrase));
        let policy = policy(&self.rules())?;
        let provider = with_subjects(Provider::File(open().map_err(Failure::because)?), &policy)?;
        if let (Some(subjects), Kept::None) = (provider.subjects(), kept) {
            subjects.create(&self.rules()).map_err(Failure::because)?;
        }
        let mut client = connect(server, database).await?;
        let copies = jobs::copies(&key).map_err(Failure::because)?;
        let moved = jobs::rotate_kek(&mut client, &provider, &provider, &key, &copies)
            .await
            .map_err(Failure::because)?;
        client
            .batch_execute(&format!(
                "CREATE ROLE {LOOKER} LOGIN BYPASSRLS PASSWORD '{}'; GRANT pg_read_all_data TO {LOOKER}",
                self.looker
            ))
            .await?;
        let policy = Arc::new(ArcSwap::from_pointee(policy));
        let grounds = Grounds::new(policy, Arc::new(provider));
        let ground = grounds.of(database).await?.current();
        grounds.release(&[database.to_owned()]).await;
        if !ground.initialised {
            return Err(Failure::Failed(
                "the dump holds no schema sealwire: it is of no protected database, or was taken without it"
                    .to_owned(),
            ));
        }
        let sealed = ground.registry.columns.iter();
        let sealed = sealed.filter(|column| column.seal.is_some()).count();
        let mut said = format!("{sealed} sealed columns");
        if moved.wrapped > 0 {
            said.push_str(&format!(", {} keyset(s) from the backup", moved.wrapped));
        }
        for lost in ground.lost.iter() {
            said.push_str(&format!(", {} is registered and gone", lost.qualified()));
        }
        match sealed {
            0 => Err(Failure::Failed(
                "no sealed column is registered in the dump: there is nothing to open".to_owned(),
            )),
            _ => Ok((ground, said)),
        }
    }

    /// `sealwire serve`, once it takes clients.
    pub(super) async fn serve(
        &self,
        _server: &Server,
        database: &str,
    ) -> Result<(Proxy, String), Failure> {
        let log = self.folder.path().join("serve.log");
        let out = std::fs::OpenOptions::new()
            .create_new(true)
            .write(true)
            .mode(0o600)
            .open(&log)?;
        let child = Command::new(std::env::current_exe()?)
            .arg("serve")
            .arg("--rules")
            .arg(self.rules())
            .env(KEY_PASSPHRASE, &self.passphrase)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(out)
            .kill_on_drop(true)
            .spawn()?;
        let mut proxy = Proxy {
            child,
            url: format!(
                "postgresql://{LOOKER}:{}@127.0.0.1:{}/{database}",
                self.looker, self.listen
            ),
        };
        let deadline = Instant::now() + READY_WITHIN;
        while Instant::now() < deadline {
            if proxy.connect().await.is_ok() {
                return Ok((proxy, format!("role {LOOKER} is let in")));
            }
            let ended = proxy.child.try_wait()?;
            if let Some(status) = ended {
                // Its log holds no value.
                let said = std::fs::read_to_string(&log).unwrap_or_default();
                return Err(Failure::Failed(format!(
                    "`sealwire serve` ended ({status}): {}",
                    said.lines().collect::<Vec<_>>().join("; ")
                )));
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        let said = std::fs::read_to_string(&log).unwrap_or_default();
        Err(Failure::Failed(format!(
            "`sealwire serve` takes no clients: {}",
            said.lines().last().unwrap_or_default()
        )))
    }
}

impl Drop for Machine {
    fn drop(&mut self) {
        // The folder goes whatever comes of this; blocks of a file system that copies on write may stay.
        for folder in [
            self.folder.path().to_owned(),
            self.folder.path().join("keys"),
        ] {
            for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
                let _ = overwrite(&entry.path());
            }
        }
    }
}

/// Copies a folder with all that is in it, for its owner only; gives the number of files.
fn copy_folder(from: &Path, to: &Path) -> std::io::Result<u64> {
    std::fs::DirBuilder::new().mode(0o700).create(to)?;
    let mut files = 0;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            files += copy_folder(&entry.path(), &target)?;
        } else {
            // With its mode.
            std::fs::copy(entry.path(), target)?;
            files += 1;
        }
    }
    Ok(files)
}

fn overwrite(path: &Path) -> std::io::Result<()> {
    let metadata = std::fs::symlink_metadata(path)?;
    if metadata.is_file() && metadata.len() < 1 << 20 {
        let mut file = std::fs::OpenOptions::new().write(true).open(path)?;
        let length = usize::try_from(metadata.len()).unwrap_or_default();
        file.write_all(&vec![0; length])?;
        file.sync_all()?;
    }
    Ok(())
}

/// The running proxy; ended when dropped.
pub(super) struct Proxy {
    child: Child,
    url: String,
}

impl Proxy {
    pub(super) async fn connect(&self) -> Result<Client, Failure> {
        open(&self.url).await
    }
}

/// A private server that asks for a password.
pub(super) async fn start(binaries: Binaries) -> Result<(Server, String), Failure> {
    let options = Options {
        login: Login::Password {
            method: "scram-sha-256",
            password: password()?,
        },
        ..Options::default()
    };
    let server = tokio::task::spawn_blocking(move || Server::start(&binaries, options))
        .await
        .map_err(Failure::because)??;
    let said = format!("PostgreSQL {}", server.major());
    Ok((server, said))
}

/// As its superuser.
pub(super) async fn connect(server: &Server, database: &str) -> Result<Client, Failure> {
    open(&server.url(server.superuser(), database)).await
}

async fn open(url: &str) -> Result<Client, Failure> {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await?;
    tokio::spawn(connection);
    Ok(client)
}

fn server_password(server: &Server) -> String {
    match server.login() {
        Login::Password { password, .. } => password.clone(),
        Login::Trust => String::new(),
    }
}

/// For PostgreSQL's own programs, so that no password stands among their arguments.
pub(super) fn environment(server: &Server, database: &str) -> Vec<(&'static str, String)> {
    vec![
        ("PGHOST", "127.0.0.1".to_owned()),
        ("PGPORT", server.port().to_string()),
        ("PGUSER", server.superuser().to_owned()),
        ("PGPASSWORD", server_password(server)),
        ("PGDATABASE", database.to_owned()),
        ("PGSSLMODE", "disable".to_owned()),
    ]
}

/// A program of PostgreSQL: beside the server's, else that of the path. What the caller's environment says to such programs is not
/// for this one.
pub(super) fn program(binaries: &Binaries, name: &str) -> Command {
    let beside = binaries.dir.join(name);
    let mut command = Command::new(match beside.is_file() {
        true => beside,
        false => PathBuf::from(name),
    });
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("PG") {
            command.env_remove(name);
        }
    }
    command.env("LC_ALL", "C").kill_on_drop(true);
    command
}
