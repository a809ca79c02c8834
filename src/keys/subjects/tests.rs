//! Tests of the store: two processes, crashes, erasing, replacing the intermediate key.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use super::*;
use crate::keys::FileProvider;
use crate::value::Canonical;

struct Site {
    folder: tempfile::TempDir,
    provider: Arc<dyn KeyProvider>,
}

impl Site {
    fn new() -> Site {
        let folder = tempfile::tempdir().unwrap();
        let rules = folder.path().join("rules");
        std::fs::create_dir(&rules).unwrap();
        let key = folder.path().join("keys/root.key");
        let provider = Arc::new(FileProvider::create(&key, &rules, None).unwrap());
        let site = Site { folder, provider };
        site.subjects().create(&rules).unwrap();
        site
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    fn settings(&self) -> SubjectSettings {
        SubjectSettings {
            store: SubjectPlace::Folder(self.path("subjects")),
            intermediate: self.path("intermediate/key"),
            replace_after: Duration::from_secs(30 * 86_400),
            copies_kept: Duration::from_secs(7 * 86_400),
        }
    }

    /// As another process would have it.
    fn subjects(&self) -> Subjects {
        Subjects::new(self.settings(), Arc::clone(&self.provider))
    }
}

const HERE: [u8; 16] = [7; 16];

fn subject(number: i64) -> Subject {
    Subject::new(
        "customer",
        3,
        &Canonical::new(number.to_be_bytes().to_vec()),
    )
}

fn key(found: Result<(SubjectId, SubjectKey), SubjectError>) -> Vec<u8> {
    found.unwrap().1.0.to_vec()
}

#[test]
fn a_subject_has_one_key_in_every_process_and_another_than_everyone_else() {
    let site = Site::new();
    let (one, two) = (site.subjects(), site.subjects());
    let own = key(one.of(&HERE, &subject(1)));
    assert_eq!(key(two.of(&HERE, &subject(1))), own);
    assert_ne!(key(two.of(&HERE, &subject(2))), own);
    assert_ne!(key(two.of(&[8; 16], &subject(1))), own);
    let staff = Subject::new("staff", 3, &Canonical::new(1_i64.to_be_bytes().to_vec()));
    assert_ne!(key(two.of(&HERE, &staff)), own);
    let (id, _) = one.of(&HERE, &subject(1)).unwrap();
    assert_eq!(two.find(id).unwrap().0.to_vec(), own);
    assert_eq!(
        two.find(SubjectId([1; 8])).unwrap_err(),
        SubjectError::Unknown
    );
}

#[test]
fn of_many_that_make_a_key_at_once_one_is_first() {
    let site = Site::new();
    let keys: Vec<Vec<u8>> = std::thread::scope(|scope| {
        let makers: Vec<_> = (0..16)
            .map(|_| {
                let subjects = site.subjects();
                scope.spawn(move || key(subjects.of(&HERE, &subject(5))))
            })
            .collect();
        makers
            .into_iter()
            .map(|maker| maker.join().unwrap())
            .collect()
    });
    assert!(keys.windows(2).all(|two| two[0] == two[1]));
    assert_eq!(site.subjects().count().unwrap(), (1, 0));
}

#[test]
fn an_erased_subject_has_no_key_and_is_given_none() {
    let site = Site::new();
    let (one, two) = (site.subjects(), site.subjects());
    let (id, _) = one.of(&HERE, &subject(1)).unwrap();
    let other = key(one.of(&HERE, &subject(2)));
    two.of(&HERE, &subject(1)).unwrap();
    let file =
        std::fs::read_to_string(site.path(&format!("subjects/keys/{}/{id}", &id.to_string()[..2])))
            .unwrap();
    let before = std::time::SystemTime::now();
    let standing = one.erase(&HERE, &subject(1)).unwrap().unwrap();
    assert_eq!((standing.id, standing.replaced), (id, false));
    // Due in thirty days, copies kept for seven more.
    let days = standing.complete.duration_since(before).unwrap().as_secs() / 86_400;
    assert!((36..=37).contains(&days), "{days}");
    assert_eq!(one.find(id).unwrap_err(), SubjectError::Erased);
    // Another process uses what it holds for the lapse, and no longer.
    std::thread::sleep(LAPSE + Duration::from_millis(100));
    assert_eq!(two.find(id).unwrap_err(), SubjectError::Erased);
    assert_eq!(
        two.of(&HERE, &subject(1)).unwrap_err(),
        SubjectError::Erased
    );
    assert_eq!(key(two.of(&HERE, &subject(2))), other);
    assert!(one.erase(&HERE, &subject(3)).unwrap().is_none());
    let again = two.erase(&HERE, &subject(1)).unwrap().unwrap();
    assert_eq!(
        again
            .erased
            .unwrap()
            .duration_since(std::time::UNIX_EPOCH)
            .unwrap()
            .as_secs(),
        standing
            .erased
            .unwrap()
            .duration_since(std::time::UNIX_EPOCH)
            .unwrap()
            .as_secs()
    );
    // The wrapped key is nowhere in the store any more.
    assert!(!holds(&site.path("subjects"), file.trim()));
}

#[test]
fn copies_of_the_store_age_out_with_the_intermediate_key() {
    let site = Site::new();
    let one = site.subjects();
    let own = key(one.of(&HERE, &subject(1)));
    let (id, gone) = one.of(&HERE, &subject(2)).unwrap();
    // A copy of the store from before the erasure, without the intermediate key.
    let copied = site.path("copy");
    copy(&site.path("subjects"), &copied);
    one.erase(&HERE, &subject(2)).unwrap();
    let with = |store: &Path| {
        Subjects::new(
            SubjectSettings {
                store: SubjectPlace::Folder(store.to_owned()),
                ..site.settings()
            },
            Arc::clone(&site.provider),
        )
    };
    assert_eq!(with(&copied).find(id).unwrap().0, gone.0);
    let rolled = site.subjects().roll().unwrap();
    assert_eq!((rolled.wrapped, rolled.erased), (1, 1));
    assert!(matches!(
        with(&copied).find(id),
        Err(SubjectError::Store(_))
    ));
    assert_eq!(key(site.subjects().of(&HERE, &subject(1))), own);
    assert_eq!(key(one.of(&HERE, &subject(1))), own);
    // A process that held the old intermediate key makes new keys under the new one.
    one.of(&HERE, &subject(3)).unwrap();
    site.subjects().of(&HERE, &subject(3)).unwrap();
    let standing = one.standing(&HERE, &subject(2)).unwrap().unwrap();
    assert!(standing.replaced);
    assert!(one.standing(&HERE, &subject(9)).unwrap().is_none());
}

#[test]
fn a_replacement_that_was_broken_off_is_finished_by_the_next() {
    let site = Site::new();
    let one = site.subjects();
    let own = key(one.of(&HERE, &subject(1)));
    let other = key(one.of(&HERE, &subject(2)));
    let first = one.current().unwrap().fingerprint;
    // As a crash leaves it: the new key is there, one of two is wrapped under it, and a file has no name yet.
    let fresh = one.roots.add().unwrap();
    let (id, _) = one.of(&HERE, &subject(1)).unwrap();
    let record = one.store.read(id).unwrap().unwrap();
    let anew = one
        .wrapped(
            &fresh.fingerprint,
            id,
            record.handle,
            &one.unwrap(&record).unwrap(),
        )
        .unwrap();
    let lock = one.store.exclusive().unwrap();
    one.store.replace(&lock, &anew).unwrap();
    drop(lock);
    let unnamed = site.path(&format!("subjects/keys/{}/.new-00", &id.to_string()[..2]));
    std::fs::write(&unnamed, "half").unwrap();
    let two = site.subjects();
    assert_eq!(key(two.of(&HERE, &subject(1))), own);
    assert_eq!(key(two.of(&HERE, &subject(2))), other);
    let rolled = two.roll().unwrap();
    assert_eq!(rolled.root.fingerprint, fresh.fingerprint);
    assert_ne!(rolled.root.fingerprint, first);
    assert_eq!(rolled.wrapped, 2);
    assert!(!unnamed.exists());
    assert_eq!(key(site.subjects().of(&HERE, &subject(2))), other);
}

#[test]
fn keys_are_made_and_erased_while_the_intermediate_key_is_replaced() {
    let site = Site::new();
    let subjects = site.subjects();
    let keys: Vec<Vec<u8>> = (0..40)
        .map(|number| key(subjects.of(&HERE, &subject(number))))
        .collect();
    std::thread::scope(|scope| {
        let maker = site.subjects();
        scope.spawn(move || {
            for number in 40..80 {
                maker.of(&HERE, &subject(number)).unwrap();
            }
        });
        let eraser = site.subjects();
        scope.spawn(move || {
            for number in 0..20 {
                eraser.erase(&HERE, &subject(number)).unwrap().unwrap();
            }
        });
        for _ in 0..3 {
            site.subjects().roll().unwrap();
        }
    });
    let after = site.subjects();
    assert_eq!(after.count().unwrap(), (60, 20));
    for number in 0..80 {
        let found = after.of(&HERE, &subject(number));
        match number {
            0..20 => assert_eq!(found.unwrap_err(), SubjectError::Erased),
            20..40 => assert_eq!(key(found), keys[usize::try_from(number).unwrap()]),
            _ => assert!(found.is_ok()),
        }
    }
}

#[test]
fn another_key_encryption_key_can_open_it_too() {
    let site = Site::new();
    let own = key(site.subjects().of(&HERE, &subject(1)));
    let to = FileProvider::create(&site.path("other/root.key"), &site.path("rules"), None).unwrap();
    site.subjects().wrap_also(&to).unwrap();
    site.subjects().wrap_also(&to).unwrap();
    let moved = Subjects::new(site.settings(), Arc::new(to));
    assert_eq!(key(moved.of(&HERE, &subject(1))), own);
    assert_eq!(key(site.subjects().of(&HERE, &subject(1))), own);
    moved.roll().unwrap();
    assert!(site.subjects().of(&HERE, &subject(1)).is_err());
    assert_eq!(key(moved.of(&HERE, &subject(1))), own);
}

#[test]
fn a_store_is_where_nobody_else_comes_and_not_with_its_intermediate_key() {
    let site = Site::new();
    let subjects = site.subjects();
    subjects.create(&site.path("rules")).unwrap();
    let (id, _) = subjects.of(&HERE, &subject(1)).unwrap();
    let file = site.path(&format!("subjects/keys/{}/{id}", &id.to_string()[..2]));
    for (path, mode) in [
        ("subjects", 0o700),
        ("subjects/store", 0o600),
        ("intermediate/key", 0o600),
    ] {
        let found = std::fs::metadata(site.path(path)).unwrap().permissions();
        assert_eq!(found.mode() & 0o777, mode, "{path}");
    }
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o640)).unwrap();
    assert!(matches!(
        site.subjects().find(id),
        Err(SubjectError::Store(_))
    ));
    let inside = SubjectSettings {
        store: SubjectPlace::Folder(site.path("other")),
        intermediate: site.path("other/key"),
        ..site.settings()
    };
    let inside = Subjects::new(inside, Arc::clone(&site.provider));
    assert!(matches!(
        inside.create(&site.path("rules")),
        Err(KeyError::SubjectStore { .. })
    ));
    let in_rules = SubjectSettings {
        store: SubjectPlace::Folder(site.path("rules/subjects")),
        ..site.settings()
    };
    let in_rules = Subjects::new(in_rules, Arc::clone(&site.provider));
    assert!(matches!(
        in_rules.create(&site.path("rules")),
        Err(KeyError::InsideRules { .. })
    ));
    // The folder without the store in it, as where it is not mounted: nobody is given a new key.
    std::fs::rename(site.path("subjects"), site.path("away")).unwrap();
    std::fs::create_dir(site.path("subjects")).unwrap();
    assert!(matches!(
        subjects.find(SubjectId([3; 8])),
        Err(SubjectError::Store(_))
    ));
    assert!(matches!(
        subjects.of(&HERE, &subject(7)),
        Err(SubjectError::Store(_))
    ));
    assert!(!site.path("subjects/keys").exists());
    std::fs::remove_dir_all(site.path("subjects")).unwrap();
    std::fs::rename(site.path("away"), site.path("subjects")).unwrap();
    // Half of it is gone: nothing is made anew.
    std::fs::remove_file(site.path("intermediate/key")).unwrap();
    assert!(site.subjects().create(&site.path("rules")).is_err());
    assert!(site.subjects().of(&HERE, &subject(1)).is_err());
    assert!(site.subjects().of(&HERE, &subject(2)).is_err());
}

fn holds(folder: &Path, text: &str) -> bool {
    std::fs::read_dir(folder).unwrap().any(|entry| {
        let path = entry.unwrap().path();
        if path.is_dir() {
            holds(&path, text)
        } else {
            std::fs::read_to_string(&path).unwrap().contains(text)
        }
    })
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let there = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &there);
        } else {
            std::fs::copy(&path, &there).unwrap();
        }
    }
}
