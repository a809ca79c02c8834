//! Tests of the room, frozen derivations among them.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use super::bytes::hex;
use super::derive::{Purpose, derive};
use super::kek::Kek;
use super::keyset::wrap;
use super::secret::Secret;
use super::*;
use crate::seal::{OpenError, Scheme, SealSpec};
use crate::value::Canonical;

const ENVIRONMENT: [u8; 16] = *b"environment sixt";

struct Place {
    _folder: tempfile::TempDir,
    rules: PathBuf,
    key: PathBuf,
}

fn place() -> Place {
    let folder = tempfile::tempdir().unwrap();
    let rules = folder.path().join("rules");
    std::fs::create_dir(&rules).unwrap();
    Place {
        key: folder.path().join("keys/root.key"),
        rules,
        _folder: folder,
    }
}

impl Place {
    fn create(&self) -> FileProvider {
        FileProvider::create(&self.key, &self.rules, None).unwrap()
    }
}

fn passphrase() -> Passphrase {
    Passphrase::new("correct horse battery staple".to_owned()).unwrap()
}

fn ascending() -> Secret<32> {
    Secret::from_slice(&(0..32).collect::<Vec<u8>>()).unwrap()
}

fn spec(scheme: Scheme) -> SealSpec {
    SealSpec {
        domain: 5,
        slot: 0,
        epoch: 1,
        scheme,
        family: 1,
        pad: None,
        ci: None,
        order: None,
        tokens: None,
    }
}

/// Frozen, and made with another implementation (Python): a derivation that changes loses every value.
#[test]
fn derived_keys_are_frozen() {
    let key = ascending();
    let siv: Secret<64> = derive(&key, Purpose::Siv, 0x0102_0304, 0x0A0B).unwrap();
    assert_eq!(
        hex(siv.expose_secret()).as_str(),
        "8aea7d3f8a9b358f668e7cb7e4cadd59a9e4cb5ae5813b07636d648c50753aa2b36f16330a78713e5973efe1e647405b7c37d41f0036177839efb2f34fe79c2b"
    );
    for (purpose, expected) in [
        (
            Purpose::Random,
            "c89fe8223541b8a33182d4f02c9f67bce4a4f3778054dfccb85635188b8ca608",
        ),
        (
            Purpose::Order,
            "bc022fba7fbd5b4732d21a1b37bb0b2c79076e748426758748adf651eef622d7",
        ),
        (
            Purpose::CaseInsensitiveTag,
            "052c4ba9808ebef5e73e05e290f1cf937e7ba1c4a47497652a462100a2580b19",
        ),
        (
            Purpose::Match,
            "b1d3a7fbb1ab456353569ac7c4c1fe975eecf882e01525367a9d8a072d3e5ea6",
        ),
        (
            Purpose::Prefix,
            "a26068cacd49a3ea7d32bb167954d04a54573682bac22db0052bf7afa54fb10e",
        ),
        (
            Purpose::Range,
            "c0783d32f9e9c13e5cb116a9f3d0c8b5887ed2f9cad8fd37865e9f50f102e27a",
        ),
        (
            Purpose::RegistryMac,
            "9f185c9dfd6f237571196a32cd5232a9f7b8a6c3fa270b7ca21987192ee1c8a0",
        ),
        (
            Purpose::Pseudonym,
            "7212ad2e09cc0aa798c8992965d9b925c8dfb398f17d5cc57f6ad2d93b848934",
        ),
    ] {
        let derived: Secret<32> = derive(&key, purpose, 0x0102_0304, 0x0A0B).unwrap();
        assert_eq!(
            hex(derived.expose_secret()).as_str(),
            expected,
            "{purpose:?}"
        );
    }
}

#[test]
fn macs_and_pseudonyms_are_frozen() {
    let place = place();
    let provider = place.create();
    let info = KeysetInfo {
        id: KeysetId([1; 16]),
        slot: 0,
        epoch: 1,
        name: "main".to_owned(),
    };
    let wrapped = wrap(&provider, ENVIRONMENT, info, &ascending()).unwrap();
    let keyring = Keyring::unwrap(ENVIRONMENT, &provider, &[wrapped]).unwrap();
    assert_eq!(
        hex(&keyring.registry_mac(b"registry")).as_str(),
        "d17549972732edb9d9f8b043fd7b25d773c2a8df08e5ccb39d0fb07432198c26"
    );
    assert!(keyring.registry_mac_fits(b"registry", &keyring.registry_mac(b"registry")));
    assert!(!keyring.registry_mac_fits(b"Registry", &keyring.registry_mac(b"registry")));
    assert!(!keyring.registry_mac_fits(b"registry", b""));
    let value = Canonical::new(b"value".to_vec());
    for _ in 0..2 {
        assert_eq!(
            hex(&keyring.pseudonym(0x0102_0304).pseudonym(&value)).as_str(),
            "7ad8c35f6d52359e2b839d2499fdb30230e855bd2ab85d0348b59c7fe9846dbd"
        );
    }
    assert_eq!(
        Kek::from_slice(ascending().expose_secret())
            .unwrap()
            .fingerprint()
            .to_string(),
        "9d6c30cef33ad2ed"
    );
}

#[test]
fn secrets_cannot_be_printed() {
    let place = place();
    let provider = FileProvider::create(&place.key, &place.rules, None).unwrap();
    let keyset = mint_keyset(&provider, ENVIRONMENT, 0, 1, "main").unwrap();
    let keyring = Keyring::unwrap(ENVIRONMENT, &provider, &[keyset]).unwrap();
    let printed = format!(
        "{:?} {:?} {:?} {:?}",
        ascending(),
        provider,
        keyring,
        passphrase()
    );
    assert!(!printed.contains("horse") && !printed.contains("0, 1, 2"));
    let key = hex(provider.kek().secret().expose_secret());
    assert!(!printed.contains(key.as_str()));
}

#[test]
fn a_key_file_is_made_once_and_read_again() {
    let place = place();
    let made = place.create();
    let mode = std::fs::metadata(&place.key).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let read = FileProvider::open(&place.key, &place.rules, None).unwrap();
    assert_eq!(read.describe().unwrap(), made.describe().unwrap());
    assert!(matches!(
        FileProvider::create(&place.key, &place.rules, None),
        Err(KeyError::Exists { .. })
    ));
}

#[test]
fn a_key_file_that_others_reach_is_refused() {
    let place = place();
    place.create();
    for mode in [0o640, 0o604, 0o660] {
        std::fs::set_permissions(&place.key, std::fs::Permissions::from_mode(mode)).unwrap();
        assert!(matches!(
            FileProvider::open(&place.key, &place.rules, None),
            Err(KeyError::TooOpen { mode: found, .. }) if found == mode
        ));
    }
}

#[test]
fn a_key_file_inside_the_rules_is_refused() {
    let place = place();
    let inside = place.rules.join("deep/root.key");
    assert!(matches!(
        FileProvider::create(&inside, &place.rules, None),
        Err(KeyError::InsideRules { .. })
    ));
    assert!(!inside.exists());
    // By way of `..` and by a symbolic link as well.
    let winding = place.rules.join("../rules/root.key");
    assert!(matches!(
        FileProvider::create(&winding, &place.rules, None),
        Err(KeyError::InsideRules { .. })
    ));
    place.create();
    let hidden = place.rules.join("really.key");
    std::fs::rename(&place.key, &hidden).unwrap();
    std::os::unix::fs::symlink(&hidden, &place.key).unwrap();
    assert!(matches!(
        FileProvider::open(&place.key, &place.rules, None),
        Err(KeyError::InsideRules { .. })
    ));
}

#[test]
fn a_damaged_key_file_is_refused() {
    let place = place();
    place.create();
    let text = std::fs::read_to_string(&place.key).unwrap();
    let at = text.find("\"key\"").unwrap() + 8;
    let digit = if &text[at..=at] == "0" { "1" } else { "0" };
    let altered = format!("{}{digit}{}", &text[..at], &text[at + 1..]);
    for (text, later) in [
        (altered, false),
        (text[..text.len() / 2].to_owned(), false),
        (
            text.replace("\"sealwire-key\": 1", "\"sealwire-key\": 2"),
            true,
        ),
    ] {
        std::fs::write(&place.key, text).unwrap();
        let error = FileProvider::open(&place.key, &place.rules, None).unwrap_err();
        assert_eq!(
            matches!(error, KeyError::UnknownVersion { .. }),
            later,
            "{error}"
        );
        assert_eq!(
            matches!(error, KeyError::Malformed { .. }),
            !later,
            "{error}"
        );
    }
}

#[test]
fn a_passphrase_protects_the_key_file() {
    let place = place();
    let made = FileProvider::create(&place.key, &place.rules, Some(&passphrase())).unwrap();
    let text = std::fs::read_to_string(&place.key).unwrap();
    assert!(!text.contains(hex(made.kek().secret().expose_secret()).as_str()));
    assert!(matches!(
        FileProvider::open(&place.key, &place.rules, None),
        Err(KeyError::PassphraseMissing { .. })
    ));
    let wrong = Passphrase::new("another passphrase".to_owned()).unwrap();
    assert!(matches!(
        FileProvider::open(&place.key, &place.rules, Some(&wrong)),
        Err(KeyError::PassphraseWrong { .. })
    ));
    let read = FileProvider::open(&place.key, &place.rules, Some(&passphrase())).unwrap();
    assert_eq!(read.describe().unwrap(), made.describe().unwrap());
    assert!(matches!(
        Passphrase::new("short".to_owned()),
        Err(KeyError::PassphraseShort { .. })
    ));
}

#[test]
fn a_passphrase_file_is_private_and_loses_its_line_end() {
    let place = place();
    let path = place.rules.join("passphrase");
    std::fs::write(&path, "correct horse battery staple\n").unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
    assert!(matches!(
        Passphrase::from_file(&path),
        Err(KeyError::TooOpen { .. })
    ));
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
    assert!(Passphrase::from_file(&path).unwrap().expose_secret() == passphrase().expose_secret());
}

#[test]
fn wrapped_keysets_survive_storage_and_no_alteration() {
    let place = place();
    let provider = place.create();
    let wrapped = mint_keyset(&provider, ENVIRONMENT, 3, 7, "tenant").unwrap();
    let bytes = wrapped.to_bytes().unwrap();
    assert_eq!(WrappedKeyset::from_bytes(&bytes).unwrap(), wrapped);
    for at in 0..bytes.len() {
        let mut altered = bytes.clone();
        altered[at] ^= 1;
        assert!(WrappedKeyset::from_bytes(&altered).is_err());
        assert!(WrappedKeyset::from_bytes(&bytes[..at]).is_err());
    }
    let alterations: [fn(&mut WrappedKeyset); 5] = [
        |keyset| keyset.info.slot += 1,
        |keyset| keyset.info.epoch += 1,
        |keyset| keyset.info.name.push('x'),
        |keyset| keyset.info.id.0[0] ^= 1,
        |keyset| keyset.blob[20] ^= 1,
    ];
    for alter in alterations {
        let mut altered = wrapped.clone();
        alter(&mut altered);
        assert!(matches!(
            Keyring::unwrap(ENVIRONMENT, &provider, &[altered]),
            Err(KeyError::DoesNotUnwrap { .. })
        ));
    }
    // Moved to another database: by what it says, and by what was authenticated.
    let mut moved = wrapped.clone();
    assert!(matches!(
        Keyring::unwrap([0; 16], &provider, std::slice::from_ref(&moved)),
        Err(KeyError::OtherEnvironment { .. })
    ));
    moved.environment = [0; 16];
    assert!(matches!(
        Keyring::unwrap([0; 16], &provider, &[moved]),
        Err(KeyError::DoesNotUnwrap { .. })
    ));
    assert!(matches!(
        Keyring::unwrap(ENVIRONMENT, &provider, &[wrapped.clone(), wrapped]),
        Err(KeyError::Duplicate { slot: 3, epoch: 7 })
    ));
    assert!(matches!(
        mint_keyset(&provider, ENVIRONMENT, 0, 1, "a\nb"),
        Err(KeyError::BadName)
    ));
}

#[test]
fn another_key_is_named() {
    let (here, there) = (place(), place());
    let (one, other) = (here.create(), there.create());
    let wrapped = mint_keyset(&one, ENVIRONMENT, 0, 1, "main").unwrap();
    assert!(matches!(
        Keyring::unwrap(ENVIRONMENT, &other, std::slice::from_ref(&wrapped)),
        Err(KeyError::OtherKek { .. })
    ));
    let before = Keyring::unwrap(ENVIRONMENT, &one, std::slice::from_ref(&wrapped)).unwrap();
    let moved = rewrap(&wrapped, &one, &other).unwrap();
    let after = Keyring::unwrap(ENVIRONMENT, &other, &[moved]).unwrap();
    assert_eq!(before.registry_mac(b"m"), after.registry_mac(b"m"));
}

#[test]
fn a_keyring_gives_ciphers() {
    let place = place();
    let provider = place.create();
    let keysets = [
        mint_keyset(&provider, ENVIRONMENT, 0, 2, "newer").unwrap(),
        mint_keyset(&provider, ENVIRONMENT, 0, 1, "main").unwrap(),
    ];
    let keyring = Keyring::unwrap(ENVIRONMENT, &provider, &keysets).unwrap();
    assert_eq!(keyring.environment(), ENVIRONMENT);
    assert_eq!(
        keyring
            .slots()
            .iter()
            .map(|info| info.epoch)
            .collect::<Vec<_>>(),
        [1, 2]
    );
    assert_eq!(keyring.newest(0).unwrap().epoch, 2);
    assert_eq!(keyring.newest(1), None);
    let value = Canonical::new(b"value".to_vec());
    for scheme in [Scheme::Deterministic, Scheme::Random] {
        let cipher = keyring.cipher(&spec(scheme)).unwrap();
        assert!(std::sync::Arc::ptr_eq(
            &cipher,
            &keyring.cipher(&spec(scheme)).unwrap()
        ));
        let sealed = cipher.seal(&value).unwrap();
        assert!(cipher.open(&sealed).unwrap() == value);
        let mut other = spec(scheme);
        other.domain = 6;
        assert!(matches!(
            keyring.cipher(&other).unwrap().open(&sealed),
            Err(OpenError::OtherDomain {
                expected: 6,
                found: 5
            })
        ));
    }
    let mut absent = spec(Scheme::Random);
    absent.slot = 9;
    assert!(matches!(
        keyring.cipher(&absent),
        Err(KeyError::NoKeyset { slot: 9, epoch: 1 })
    ));
    let empty = Keyring::empty().unwrap();
    assert!(matches!(
        empty.cipher(&spec(Scheme::Random)),
        Err(KeyError::NoKeyset { .. })
    ));
    assert_ne!(
        empty.registry_mac(b""),
        Keyring::empty().unwrap().registry_mac(b"")
    );
}

#[test]
fn a_column_without_search_opens_every_epoch_and_a_searched_one_its_own() {
    let place = place();
    let provider = place.create();
    let one = mint_keyset(&provider, ENVIRONMENT, 0, 1, "main").unwrap();
    let two = mint_keyset(&provider, ENVIRONMENT, 0, 2, "main").unwrap();
    let other = mint_keyset(&provider, ENVIRONMENT, 3, 2, "other").unwrap();
    let ring = |keysets: &[WrappedKeyset]| Keyring::unwrap(ENVIRONMENT, &provider, keysets);
    let before = ring(std::slice::from_ref(&one)).unwrap();
    let both = ring(&[one.clone(), two.clone(), other]).unwrap();
    let after = ring(&[two]).unwrap();
    let value = Canonical::new(b"value".to_vec());
    let newer = |scheme| SealSpec {
        epoch: 2,
        ..spec(scheme)
    };
    let (old, new) = (spec(Scheme::Random), newer(Scheme::Random));
    let seal = |ring: &Keyring, spec: &SealSpec| ring.cipher(spec).unwrap().seal(&value).unwrap();
    let (under_one, under_two) = (seal(&before, &old), seal(&both, &new));
    // Whatever epoch the column seals in, and a proxy that has both: each opens.
    for spec in [&old, &new] {
        let cipher = both.cipher(spec).unwrap();
        assert!(cipher.open(&under_one).unwrap() == value);
        assert!(cipher.open(&under_two).unwrap() == value);
    }
    // One that has not read the newer, and one that has lost the older.
    let fails = |ring: &Keyring, spec: &SealSpec, envelope: &[u8]| {
        ring.cipher(spec).unwrap().open(envelope).err()
    };
    let unknown = |expected, found| Some(OpenError::OtherEpoch { expected, found });
    assert_eq!(fails(&before, &old, &under_two), unknown(1, 2));
    assert_eq!(fails(&after, &new, &under_one), unknown(2, 1));
    // Another keyset's is not opened, and the epoch is authenticated.
    let foreign = SealSpec {
        slot: 3,
        ..new.clone()
    };
    assert!(matches!(
        fails(&both, &new, &seal(&both, &foreign)),
        Some(OpenError::OtherSlot { .. })
    ));
    let mut turned = under_one.clone();
    turned[5] = 2;
    assert_eq!(fails(&both, &new, &turned), Some(OpenError::Damaged));
    // Equal values of a searched column are equal in one epoch only.
    let searched = seal(&both, &newer(Scheme::Deterministic));
    assert_eq!(
        fails(&both, &spec(Scheme::Deterministic), &searched),
        unknown(1, 2)
    );
}

#[test]
fn the_registry_is_signed_in_the_newest_epoch_and_verified_in_each() {
    let place = place();
    let provider = place.create();
    let one = mint_keyset(&provider, ENVIRONMENT, 0, 1, "main").unwrap();
    let two = mint_keyset(&provider, ENVIRONMENT, 0, 2, "main").unwrap();
    let other = mint_keyset(&provider, ENVIRONMENT, 1, 1, "other").unwrap();
    let ring = |keysets: &[&WrappedKeyset]| {
        let keysets: Vec<WrappedKeyset> = keysets.iter().map(|&keyset| keyset.clone()).collect();
        Keyring::unwrap(ENVIRONMENT, &provider, &keysets).unwrap()
    };
    let (before, both, after) = (
        ring(&[&one]),
        ring(&[&other, &two, &one]),
        ring(&[&two, &other]),
    );
    let old = before.registry_mac(b"m");
    let new = both.registry_mac(b"m");
    assert!(both.registry_mac_fits(b"m", &old) && both.registry_mac_fits(b"m", &new));
    assert!(after.registry_mac_fits(b"m", &new) && !after.registry_mac_fits(b"m", &old));
    assert!(!before.registry_mac_fits(b"m", &new));
    // Another keyset signs nothing.
    assert!(!both.registry_mac_fits(b"m", &ring(&[&other]).registry_mac(b"m")));
    // A domain of a name is the same to a proxy that has read the newer epoch and to one that has not.
    assert_eq!(
        before.new_domain(Some("a")).unwrap(),
        both.new_domain(Some("a")).unwrap()
    );
    // Pseudonyms stay until the old epoch goes.
    let seen = |ring: &Keyring| ring.pseudonym(7).pseudonym(&Canonical::new(b"v".to_vec()));
    assert_eq!(seen(&before), seen(&both));
    assert_ne!(seen(&before), seen(&after));
}

#[test]
fn a_backup_brings_everything_back() {
    let (here, there) = (place(), place());
    let provider = Provider::File(here.create());
    let keysets = [mint_keyset(&provider, ENVIRONMENT, 0, 1, "main").unwrap()];
    assert!(!status(&provider, &here.key, &keysets).unwrap().backed_up);
    let (phrase, wrong) = (
        passphrase(),
        Passphrase::new("another passphrase".to_owned()).unwrap(),
    );
    let under = Protection::Passphrase(&phrase);
    let opening = Opening::Passphrase(&phrase);
    let bytes = backup(&provider, &keysets, under).unwrap().bytes;
    let summary = verify_backup(&bytes, opening).unwrap();
    assert_eq!(summary.kek, provider.describe().unwrap().fingerprint);
    assert_eq!(summary.environment, ENVIRONMENT);
    let kek = provider.describe().unwrap().fingerprint;
    summary.record(kek).write(&here.key).unwrap();
    let known = status(&provider, &here.key, &keysets).unwrap();
    assert!(known.backed_up && known.keysets == [(keysets[0].info.clone(), true)]);
    // A keyset made since is not in it.
    let more = [
        keysets[0].clone(),
        mint_keyset(&provider, ENVIRONMENT, 0, 2, "newer").unwrap(),
    ];
    assert!(!status(&provider, &here.key, &more).unwrap().backed_up);

    let restored = restore(&bytes, opening, &there.key, &there.rules, None).unwrap();
    assert_eq!(restored.keysets, keysets);
    assert_eq!(
        restored.provider.describe().unwrap().fingerprint,
        provider.describe().unwrap().fingerprint
    );
    let before = Keyring::unwrap(ENVIRONMENT, &provider, &keysets).unwrap();
    let after = Keyring::unwrap(ENVIRONMENT, &restored.provider, &restored.keysets).unwrap();
    let value = Canonical::new(b"value".to_vec());
    let sealed = before
        .cipher(&spec(Scheme::Random))
        .unwrap()
        .seal(&value)
        .unwrap();
    assert!(
        after
            .cipher(&spec(Scheme::Random))
            .unwrap()
            .open(&sealed)
            .unwrap()
            == value
    );
    assert!(matches!(
        restore(&bytes, opening, &there.key, &there.rules, None),
        Err(KeyError::Exists { .. })
    ));

    assert!(matches!(
        verify_backup(&bytes, Opening::Passphrase(&wrong)),
        Err(KeyError::PassphraseWrong { .. })
    ));
    for at in [0, 4, 6, 30, 60, bytes.len() - 1] {
        let mut altered = bytes.clone();
        altered[at] ^= 1;
        assert!(verify_backup(&altered, opening).is_err());
        assert!(verify_backup(&bytes[..at], opening).is_err());
    }
    assert!(matches!(
        backup(&provider, &[], under),
        Err(KeyError::NoKeysets)
    ));
}

#[test]
fn a_backup_under_shares_opens_with_enough_of_them() {
    let (here, there) = (place(), place());
    let provider = Provider::File(here.create());
    let keysets = [mint_keyset(&provider, ENVIRONMENT, 0, 1, "main").unwrap()];
    let split = Split::new(2, 3).unwrap();
    let Backup { bytes, shares } = backup(&provider, &keysets, Protection::Shares(split)).unwrap();
    assert_eq!(backup_split(&bytes).unwrap(), Some(split));
    for two in [[0, 1], [2, 0], [1, 2]] {
        let two = two.map(|at| shares[at].clone());
        let summary = verify_backup(&bytes, Opening::Shares(&two)).unwrap();
        assert_eq!(summary.kek, provider.describe().unwrap().fingerprint);
    }
    assert!(matches!(
        verify_backup(&bytes, Opening::Shares(&shares[..1])),
        Err(KeyError::SharesTooFew { have: 1, need: 2 })
    ));
    let phrase = passphrase();
    assert!(matches!(
        verify_backup(&bytes, Opening::Passphrase(&phrase)),
        Err(KeyError::NeedsShares {
            threshold: 2,
            count: 3
        })
    ));
    // The shares of a later backup of the same key do not open this one, nor does this one's number of shares change.
    let later = backup(
        &provider,
        &keysets,
        Protection::Shares(Split::new(2, 3).unwrap()),
    )
    .unwrap();
    assert!(matches!(
        verify_backup(&bytes, Opening::Shares(&later.shares)),
        Err(KeyError::ShareOfAnother { .. })
    ));
    for at in 0..bytes.len() {
        let mut altered = bytes.clone();
        altered[at] ^= 1;
        assert!(verify_backup(&altered, Opening::Shares(&shares)).is_err());
    }
    let restored = restore(
        &bytes,
        Opening::Shares(&shares[1..]),
        &there.key,
        &there.rules,
        None,
    )
    .unwrap();
    assert_eq!(restored.keysets, keysets);
    let under_phrase = backup(&provider, &keysets, Protection::Passphrase(&phrase)).unwrap();
    assert!(under_phrase.shares.is_empty());
    assert_eq!(backup_split(&under_phrase.bytes).unwrap(), None);
    assert!(matches!(
        verify_backup(&under_phrase.bytes, Opening::Shares(&shares)),
        Err(KeyError::NeedsPassphrase)
    ));
}

#[test]
fn the_file_copy_is_read_back() {
    let place = place();
    let provider = place.create();
    let path = place.key.with_file_name("keysets");
    for count in 1..3 {
        let keysets: Vec<_> = (0..count)
            .map(|epoch| mint_keyset(&provider, ENVIRONMENT, 0, epoch, "main").unwrap())
            .collect();
        write_copy(&path, &keysets).unwrap();
        assert_eq!(read_copy(&path).unwrap(), keysets);
    }
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[10] ^= 1;
    std::fs::write(&path, bytes).unwrap();
    assert!(matches!(read_copy(&path), Err(KeyError::Malformed { .. })));
}

#[test]
fn keysets_in_use_stay_in_use_under_another_key() {
    let (here, there) = (place(), place());
    let (one, other) = (here.create(), there.create());
    let wrapped = mint_keyset(&one, ENVIRONMENT, 0, 1, "main").unwrap();
    let held = Keyring::unwrap(ENVIRONMENT, &one, std::slice::from_ref(&wrapped)).unwrap();
    let moved = [rewrap(&wrapped, &one, &other).unwrap()];
    assert!(matches!(
        Keyring::unwrap(ENVIRONMENT, &one, &moved),
        Err(KeyError::OtherKek { .. })
    ));
    let kept = Keyring::renew(ENVIRONMENT, &one, &moved, Some(&held)).unwrap();
    assert_eq!(kept.registry_mac(b"m"), held.registry_mac(b"m"));
    // One that it never had is not.
    let unknown = [mint_keyset(&other, ENVIRONMENT, 0, 1, "main").unwrap()];
    assert!(Keyring::renew(ENVIRONMENT, &one, &unknown, Some(&held)).is_err());
    // Nor is one that was altered.
    let mut altered = moved.clone();
    altered[0].info.epoch = 2;
    assert!(Keyring::renew(ENVIRONMENT, &one, &altered, Some(&held)).is_err());
}

#[test]
fn a_keyset_of_another_provider_is_named() {
    let place = place();
    let provider = place.create();
    let mut wrapped = mint_keyset(&provider, ENVIRONMENT, 0, 1, "main").unwrap();
    wrapped.provider = "vault".to_owned();
    let error = Keyring::unwrap(ENVIRONMENT, &provider, &[wrapped]).unwrap_err();
    assert!(
        error.to_string().contains("wrapped by provider vault") && error.help().is_some(),
        "{error}"
    );
}

#[test]
fn a_backup_stands_on_a_page_and_is_told_when_it_was_mistyped() {
    let folder = tempfile::tempdir().unwrap();
    let rules = folder.path().join("rules");
    std::fs::create_dir(&rules).unwrap();
    let path = folder.path().join("keys/root.key");
    let provider = Provider::File(FileProvider::create(&path, &rules, None).unwrap());
    let environment = mint_environment().unwrap();
    let keysets = vec![mint_keyset(&provider, environment, 0, 1, "main").unwrap()];
    let split = Split::new(2, 3).unwrap();
    let made = backup(&provider, &keysets, Protection::Shares(split)).unwrap();
    let code = backup_code(&made.bytes).unwrap();
    let page = format!(
        "some words\n\n{}\n\n  {}\n\nmore words",
        *made.shares[0].code(),
        code.to_lowercase()
    );
    assert_eq!(backup_on_page(&page).unwrap(), Some(made.bytes.clone()));
    assert_eq!(backup_on_page("no code here").unwrap(), None);
    let typed = code.replacen('0', "1", 1);
    assert!(typed == code || matches!(backup_on_page(&typed), Err(KeyError::BackupMistyped)));
    let cut = code.get(..code.len() / 2).unwrap();
    assert!(matches!(backup_on_page(cut), Err(KeyError::BackupMistyped)));
    assert_eq!(backup_code(&[0; 1_501]), None);
    // Keysets of a key that cannot leave its holder come from the backup, by slot, epoch and environment.
    let opened = OpenBackup::open(&made.bytes, Opening::Shares(&made.shares)).unwrap();
    let other_path = folder.path().join("keys/other.key");
    let other = FileProvider::create(&other_path, &rules, None).unwrap();
    let moved = rewrap(&keysets[0], &provider, &other).unwrap();
    assert!(opened.keyring(std::slice::from_ref(&moved)).is_ok());
    let stranger = mint_keyset(&other, environment, 0, 2, "later").unwrap();
    assert!(matches!(
        opened.keyring(&[moved, stranger]),
        Err(KeyError::OtherKek { .. })
    ));
}
