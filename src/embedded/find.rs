//! Where PostgreSQL's server binaries may lie.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::EmbeddedError;

/// The versions that Sealwire supports, newest first.
pub const MAJORS: [u32; 5] = [18, 17, 16, 15, 14];

/// A folder with `initdb` and `postgres` of one version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binaries {
    /// The folder.
    pub dir: PathBuf,
    /// Major version.
    pub major: u32,
}

impl Binaries {
    /// Looks at a folder.
    pub fn at(dir: &Path) -> Result<Binaries, EmbeddedError> {
        let unusable = |why: String| EmbeddedError::NotUsable {
            dir: dir.to_owned(),
            why,
        };
        for program in ["postgres", "initdb"] {
            if !dir.join(program).is_file() {
                return Err(unusable(format!("{program} is missing")));
            }
        }
        let output = Command::new(dir.join("postgres"))
            .arg("--version")
            .output()
            .map_err(|error| unusable(format!("postgres does not run: {error}")))?;
        let said = String::from_utf8_lossy(&output.stdout);
        let major = major(&said)
            .ok_or_else(|| unusable("postgres --version says no version".to_owned()))?;
        if MAJORS.contains(&major) {
            let dir = dir.to_owned();
            Ok(Binaries { dir, major })
        } else {
            Err(unusable(format!("version {major} is not one of 14 to 18")))
        }
    }
}

/// Finds binaries: `SEALWIRE_PG_BIN` alone when it is set; else PATH, `pg_config --bindir`, Debian's
/// and Homebrew's folders, the newest version of them.
pub fn find() -> Result<Binaries, EmbeddedError> {
    if let Some(dir) = std::env::var_os("SEALWIRE_PG_BIN").filter(|dir| !dir.is_empty()) {
        return Binaries::at(Path::new(&dir));
    }
    let mut found: Option<Binaries> = None;
    for dir in candidates() {
        let Ok(binaries) = Binaries::at(&dir) else {
            continue;
        };
        if found
            .as_ref()
            .is_none_or(|best| best.major < binaries.major)
        {
            found = Some(binaries);
        }
    }
    found.ok_or_else(|| EmbeddedError::NotFound {
        looked: "PATH, pg_config --bindir, /usr/lib/postgresql/*/bin, Homebrew's folders"
            .to_owned(),
    })
}

fn candidates() -> Vec<PathBuf> {
    let mut dirs: Vec<PathBuf> = std::env::var_os("PATH")
        .map(|path| std::env::split_paths(&path).collect())
        .unwrap_or_default();
    if let Ok(output) = Command::new("pg_config").arg("--bindir").output() {
        let said = String::from_utf8_lossy(&output.stdout);
        dirs.push(PathBuf::from(said.trim()));
    }
    for major in MAJORS {
        dirs.push(format!("/usr/lib/postgresql/{major}/bin").into());
        dirs.push(format!("/usr/pgsql-{major}/bin").into());
        for prefix in ["/opt/homebrew", "/usr/local", "/home/linuxbrew/.linuxbrew"] {
            dirs.push(format!("{prefix}/opt/postgresql@{major}/bin").into());
        }
    }
    // A link on PATH leads to the folder that has the other programs too.
    dirs.into_iter()
        .filter(|dir| dir.is_absolute())
        .filter_map(|dir| dir.join("postgres").canonicalize().ok())
        .filter(|program| program.is_file())
        .filter_map(|program| program.parent().map(Path::to_owned))
        .collect()
}

/// `postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)` → 15; `18beta1` → 18.
fn major(version: &str) -> Option<u32> {
    let number = version.split_whitespace().nth(2)?;
    let digits: String = number.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn reads_versions() {
        assert_eq!(
            major("postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)"),
            Some(15)
        );
        assert_eq!(major("postgres (PostgreSQL) 18beta1"), Some(18));
        assert_eq!(major("gibberish"), None);
    }

    #[test]
    fn a_folder_without_binaries_says_what_is_missing() {
        let empty = tempfile::tempdir().unwrap();
        let said = Binaries::at(empty.path()).unwrap_err().to_string();
        assert!(said.contains("postgres is missing"), "{said}");
    }
}
