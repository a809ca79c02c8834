//! What keeps the proxy from starting, looked for before it starts, so that all of it is told at once.

use std::io::ErrorKind;
use std::path::Path;

use super::listen;
use crate::policy::{AuditPath, ServerSettings};

/// What was found.
#[derive(Debug, Default)]
pub struct Obstacles {
    /// Mistakes of the settings.
    pub mistakes: Vec<String>,
    /// Addresses that cannot be listened on at this moment.
    pub taken: Vec<String>,
}

/// Looks at everything that starting needs beside the rules and the keys. Nothing is changed but that an audit file
/// that is not there is made.
pub async fn obstacles(settings: &ServerSettings) -> Obstacles {
    let mut found = Obstacles::default();
    let (clients, pages) = (&settings.listen.address, &settings.admin.address);
    if clients == pages {
        found.mistakes.push(format!(
            "sealwire: admin.address: {pages} is listen.address too: expected another port"
        ));
    } else {
        for (section, address) in [("listen", clients), ("admin", pages)] {
            if let Err(error) = listen(section, address).await {
                found.taken.push(format!("sealwire: {error}"));
            }
        }
    }
    if let Some(path) = &settings.upstream.service.password_file
        && let Err(reason) = readable(path)
    {
        found.mistakes.push(format!(
            "sealwire: upstream.service.password_file: {}: {reason}",
            path.display()
        ));
    }
    if let AuditPath::File(path) = &settings.audit.path
        && let Err(reason) = appendable(path)
    {
        found.mistakes.push(format!(
            "sealwire: audit.path: {}: {reason}",
            path.display()
        ));
    }
    found
}

fn readable(path: &Path) -> Result<(), String> {
    match std::fs::File::open(path) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            Err("expected a file with the service user's password, and there is none".to_owned())
        }
        Err(error) => Err(error.to_string()),
    }
}

fn appendable(path: &Path) -> Result<(), String> {
    use std::os::unix::fs::OpenOptionsExt;
    std::fs::OpenOptions::new()
        .append(true)
        .create(true)
        .mode(0o600)
        .open(path)
        .map(drop)
        .map_err(|error| error.to_string())
}
