//! Binaries from the postgresql_embedded crate, where a machine has none.

use super::{Binaries, EmbeddedError};

/// Fetches PostgreSQL 17 once and keeps it for the next time.
#[cfg(feature = "embedded")]
pub async fn fetch() -> Result<Binaries, EmbeddedError> {
    let failed = |error: &dyn std::fmt::Display| EmbeddedError::Fetch(error.to_string());
    let scratch = tempfile::tempdir().map_err(EmbeddedError::io("making a temporary folder"))?;
    // The crate goes on to run initdb unless it finds a data folder; as root that would fail.
    std::fs::write(scratch.path().join("postgresql.conf"), "")
        .map_err(EmbeddedError::io("writing in the temporary folder"))?;

    let mut settings = postgresql_embedded::Settings::new();
    for left_behind in [settings.password_file.parent(), Some(&settings.data_dir)] {
        // Settings::new makes two temporary folders and keeps them; they are empty here.
        let _ = left_behind.map(std::fs::remove_dir);
    }
    settings.data_dir = scratch.path().to_owned();
    settings.temporary = false;
    settings.version = postgresql_embedded::V17.clone();
    if super::account::unprivileged(scratch.path())?.is_some() {
        // root's home is closed to the user that the server runs as.
        settings.installation_dir = "/var/cache/sealwire/postgresql".into();
    }
    let mut postgresql = postgresql_embedded::PostgreSQL::new(settings);
    postgresql.setup().await.map_err(|error| failed(&error))?;
    Binaries::at(&postgresql.settings().binary_dir())
}

/// This build cannot fetch.
#[cfg(not(feature = "embedded"))]
pub async fn fetch() -> Result<Binaries, EmbeddedError> {
    Err(EmbeddedError::Fetch(
        "this build has no feature `embedded`; install PostgreSQL 14 to 18".to_owned(),
    ))
}
