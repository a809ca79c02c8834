//! Keys of the targets: a keyset of a folder that is gone again, minted anew for every process.

use std::sync::LazyLock;

use sealwire::keys::{FileProvider, Keyring, mint_keyset};

/// The keyring of all targets.
pub static KEYRING: LazyLock<Keyring> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let rules = folder.path().join("rules");
    std::fs::create_dir(&rules).unwrap();
    let provider = FileProvider::create(&folder.path().join("root.key"), &rules, None).unwrap();
    let wrapped = mint_keyset(&provider, [7; 16], 0, 1, "main").unwrap();
    Keyring::unwrap([7; 16], &provider, &[wrapped]).unwrap()
});
