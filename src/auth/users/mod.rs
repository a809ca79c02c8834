//! The users file: names, verifiers and until when they are valid, one a line, as in PgBouncer's `userlist.txt`
//! with a third field; and the passwords file for logins by certificate, in the same form.
//!
//! ```text
//! "ann" "SCRAM-SHA-256$4096:…$…:…"
//! "bob" "SCRAM-SHA-256$4096:…$…:…" "2027-01-01T00:00:00Z"
//! ```

mod file;
mod line;

use std::collections::{BTreeMap, HashMap};
use std::num::NonZeroU32;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use zeroize::Zeroizing;

use super::credential::Password;
use super::scram::Verifier;
use line::Fields;

/// What is known of a user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Of the password.
    pub verifier: Verifier,
    /// The password counts until then.
    pub valid_until: Option<SystemTime>,
}

impl Account {
    /// Whether the password still counts.
    pub fn is_valid(&self, now: SystemTime) -> bool {
        self.valid_until.is_none_or(|end| now < end)
    }
}

/// Until when a password counts, as it is written: RFC 3339, or `infinity`.
///
/// # Errors
/// What was expected.
pub fn valid_until(text: &str) -> Result<Option<SystemTime>, &'static str> {
    line::time(text).ok_or("expected a time such as 2027-01-01T00:00:00Z, or infinity")
}

/// The same the other way round.
pub fn written_until(until: Option<SystemTime>) -> String {
    until.map_or_else(|| "infinity".to_owned(), line::written)
}

/// A moment as the server gives it: seconds since 1970, infinite for never.
pub fn moment(seconds: f64) -> Option<SystemTime> {
    if seconds <= 0.0 {
        return Some(UNIX_EPOCH);
    }
    Duration::try_from_secs_f64(seconds)
        .ok()
        .and_then(|since| UNIX_EPOCH.checked_add(since))
}

/// All users of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Users(BTreeMap<String, Account>);

impl Users {
    /// Reads a file that only its owner may reach.
    ///
    /// # Errors
    /// Every mistake, with its line. No text of the file stands in them.
    pub fn read(path: &Path) -> Result<Users, Vec<String>> {
        let text = file::read(path).map_err(|why| vec![why])?;
        let mut users = BTreeMap::new();
        let mut mistakes = Vec::new();
        for (number, line) in lines(&text) {
            let mut wrong =
                |what: &str| mistakes.push(format!("{}:{number}: {what}", path.display()));
            let Some(Fields {
                name,
                secret,
                until,
            }) = Fields::read(line)
            else {
                wrong("expected \"name\" \"verifier\", and optionally \"valid until\"");
                continue;
            };
            let verifier = match secret.parse::<Verifier>() {
                Ok(verifier) => verifier,
                Err(expected) => {
                    wrong(&expected.to_string());
                    continue;
                }
            };
            let valid_until = match until.as_deref().map(valid_until) {
                None => None,
                Some(Ok(until)) => until,
                Some(Err(expected)) => {
                    wrong(expected);
                    continue;
                }
            };
            let account = Account {
                verifier,
                valid_until,
            };
            if users.insert(name, account).is_some() {
                wrong("this user stands in a line before");
            }
        }
        if mistakes.is_empty() {
            Ok(Users(users))
        } else {
            Err(mistakes)
        }
    }

    /// The same, or nobody where there is no file yet.
    ///
    /// # Errors
    /// As [`Users::read`].
    pub fn read_or_none(path: &Path) -> Result<Users, Vec<String>> {
        match std::fs::symlink_metadata(path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Users::default()),
            Ok(_) | Err(_) => Users::read(path),
        }
    }

    /// A user.
    pub fn get(&self, name: &str) -> Option<&Account> {
        self.0.get(name)
    }

    /// Adds a user or replaces what was known; whether somebody was known under the name.
    pub fn set(&mut self, name: &str, account: Account) -> bool {
        self.0.insert(name.to_owned(), account).is_some()
    }

    /// Takes a user out; whether there was one.
    pub fn remove(&mut self, name: &str) -> bool {
        self.0.remove(name).is_some()
    }

    /// All of them, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Account)> {
        self.0
            .iter()
            .map(|(name, account)| (name.as_str(), account))
    }

    /// Reads the file, or nobody where there is none yet, lets `change` change it and writes it anew. Whoever else
    /// changes it meanwhile waits.
    ///
    /// # Errors
    /// As [`Users::read`] and [`Users::write`]; what `change` returns as an error leaves the file as it was.
    pub fn change<T>(
        path: &Path,
        change: impl FnOnce(&mut Users) -> Result<T, String>,
    ) -> Result<T, Vec<String>> {
        let one = |why: String| vec![why];
        let _turn = file::turn(path).map_err(one)?;
        let mut users = Users::read_or_none(path)?;
        let changed = change(&mut users).map_err(one)?;
        users.write(path).map_err(one)?;
        Ok(changed)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is nobody.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The iterations that most of them have: those of nobody's verifier.
    pub fn usual_iterations(&self) -> Option<NonZeroU32> {
        let mut counts: HashMap<NonZeroU32, usize> = HashMap::new();
        for account in self.0.values() {
            *counts.entry(account.verifier.iterations()).or_default() += 1;
        }
        let (iterations, _) = counts
            .into_iter()
            .max_by_key(|(iterations, count)| (*count, *iterations))?;
        Some(iterations)
    }

    /// Writes the file anew in one step, for its owner only.
    ///
    /// # Errors
    /// Where a name cannot be written, and those of the system.
    pub fn write(&self, path: &Path) -> Result<(), String> {
        let mut text = String::from("# Users of Sealwire: \"name\" \"verifier\" \"valid until\"\n");
        for (name, account) in &self.0 {
            if name.contains(['\n', '\r', '\0']) {
                return Err("a name with a line break cannot stand in a users file".to_owned());
            }
            text.push_str(&line::quoted(name));
            text.push(' ');
            text.push_str(&line::quoted(&account.verifier.stored_form()));
            if let Some(until) = account.valid_until {
                text.push(' ');
                text.push_str(&line::quoted(&line::written(until)));
            }
            text.push('\n');
        }
        file::replace(path, text.as_bytes())
    }
}

/// The passwords that the proxy logs in upstream with, for clients who came by certificate.
#[derive(Default)]
pub struct Passwords(HashMap<String, Zeroizing<String>>);

impl Passwords {
    /// Reads a file that only its owner may reach.
    ///
    /// # Errors
    /// Every mistake, with its line.
    pub fn read(path: &Path) -> Result<Passwords, Vec<String>> {
        let text = file::read(path).map_err(|why| vec![why])?;
        let mut passwords = HashMap::new();
        let mut mistakes = Vec::new();
        for (number, line) in lines(&text) {
            match Fields::read(line) {
                Some(Fields {
                    name,
                    secret,
                    until: None,
                }) => {
                    passwords.insert(name, secret);
                }
                Some(_) | None => mistakes.push(format!(
                    "{}:{number}: expected \"name\" \"password\"",
                    path.display()
                )),
            }
        }
        if mistakes.is_empty() {
            Ok(Passwords(passwords))
        } else {
            Err(mistakes)
        }
    }

    /// That of a user.
    pub fn get(&self, user: &str) -> Option<Password> {
        self.0
            .get(user)
            .map(|password| Password::new(password.as_bytes().to_vec()))
    }
}

impl std::fmt::Debug for Passwords {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Passwords({})", self.0.len())
    }
}

/// Lines that say something, numbered from 1.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    (1..)
        .zip(text.lines())
        .map(|(number, line)| (number, line.trim()))
        .filter(|(_, line)| !line.is_empty() && !line.starts_with(['#', ';']))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use std::os::unix::fs::PermissionsExt;
    use std::path::PathBuf;

    use super::*;

    fn written(text: &str, mode: u32) -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("users");
        std::fs::write(&path, text).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
        (folder, path)
    }

    #[test]
    fn what_is_written_reads_back() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deeper/users");
        let mut users = Users::default();
        for (name, until) in [
            ("ann", None),
            ("o\"k", Some(1_800_000_000.25)),
            ("é x", None),
        ] {
            let account = Account {
                verifier: Verifier::mint(b"secret").unwrap(),
                valid_until: until.and_then(moment),
            };
            assert!(!users.set(name, account));
        }
        users.write(&path).unwrap();
        assert_eq!(Users::read(&path).unwrap(), users);
        users.write(&path).unwrap();
        let mode = std::fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn every_mistake_has_its_line_and_quotes_nothing() {
        let good = Verifier::mint(b"secret").unwrap().stored_form();
        let text = format!(
            "; a comment\n\"ann\" \"{good}\"\n\"bob\" \"hunter2\"\nbob\n\"ann\" \"{good}\"\n\"cy\" \"{good}\" \"soon\"\n"
        );
        let (_folder, path) = written(&text, 0o600);
        let mistakes = Users::read(&path).unwrap_err().join("\n");
        for line in [3, 4, 5, 6] {
            assert!(mistakes.contains(&format!("users:{line}: ")), "{mistakes}");
        }
        assert!(!mistakes.contains("hunter2") && !mistakes.contains("soon"));
    }

    #[test]
    fn a_file_that_others_can_reach_is_refused() {
        let (_folder, path) = written("", 0o644);
        let mistakes = Users::read(&path).unwrap_err();
        assert!(mistakes.join("").contains("0600"), "{mistakes:?}");
        assert!(Users::read(&path.with_extension("none")).is_err());
        let none = Users::read_or_none(&path.with_extension("none")).unwrap();
        assert!(none.is_empty());
    }

    #[test]
    fn time_ends_a_password() {
        let account = |until| Account {
            verifier: Verifier::mint(b"x").unwrap(),
            valid_until: until,
        };
        let now = SystemTime::now();
        assert!(account(None).is_valid(now));
        assert!(account(moment(f64::INFINITY)).is_valid(now));
        assert!(!account(Some(now)).is_valid(now));
        assert!(!account(moment(f64::NEG_INFINITY)).is_valid(now));
        assert!(account(Some(now + Duration::from_secs(1))).is_valid(now));
    }

    #[test]
    fn passwords_are_read_and_never_shown() {
        let (_folder, path) = written("\"app\" \"it's \"\"quoted\"\"\"\n", 0o600);
        let passwords = Passwords::read(&path).unwrap();
        let password = passwords.get("app").unwrap();
        assert_eq!(password.expose_secret(), b"it's \"quoted\"");
        assert!(passwords.get("ann").is_none());
        assert_eq!(format!("{passwords:?}"), "Passwords(1)");
    }

    #[test]
    fn iterations_of_nobody_are_those_of_most() {
        let mut users = Users::default();
        assert_eq!(users.usual_iterations(), None);
        for (name, iterations) in [("a", 4096), ("b", 4096), ("c", 10_000)] {
            let iterations = NonZeroU32::new(iterations).unwrap();
            let verifier = Verifier::of(b"x", vec![1; 16], iterations);
            let valid_until = None;
            users.set(
                name,
                Account {
                    verifier,
                    valid_until,
                },
            );
        }
        assert_eq!(users.usual_iterations(), NonZeroU32::new(4096));
    }
}
