//! From files to a policy: read, merge, validate; every mistake reported at once.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::problem::{Located, Place, Problem, Problems};
use super::raw::{self, Named, RawFile, RawMode, Source};
use super::routines::{self, RoutineRule};
use super::rules::{Role, RuleTest, TableRule};
use super::settings::ServerSettings;
use super::{columns, folder, roles, sections, tables};

/// A validated rule set.
#[derive(Debug, Clone)]
pub struct Policy {
    /// Everything that is not a rule.
    pub settings: ServerSettings,
    /// Content hash of the files, hexadecimal: for logs, metrics and audit.
    pub hash: String,
    /// Grows with every rule set that this process loads.
    pub epoch: u64,
    pub(super) tables: Vec<TableRule>,
    pub(super) routines: Vec<RoutineRule>,
    pub(super) roles: BTreeMap<String, Role>,
    pub(super) tests: Vec<RuleTest>,
}

impl Policy {
    /// Whether any column is to be compared without regard to case.
    pub fn asks_case(&self) -> bool {
        let mut columns = self.tables.iter().flat_map(|table| table.columns.values());
        columns.any(|column| {
            column.seal.as_ref().is_some_and(|seal| {
                seal.ci.is_some() || seal.tokens.is_some_and(|tokens| tokens.matching)
            })
        })
    }

    /// Loads all `*.toml` files of a folder.
    ///
    /// # Errors
    /// Every mistake, in order of place.
    pub fn load(dir: &Path) -> Result<Policy, Vec<Problem>> {
        Policy::load_as(dir, dir)
    }

    /// The same as if the folder lay at `place`, so that relative paths of two versions of a folder mean the same.
    ///
    /// # Errors
    /// Every mistake, in order of place.
    pub fn load_as(dir: &Path, place: &Path) -> Result<Policy, Vec<Problem>> {
        let whole = Place {
            file: dir.display().to_string(),
            ..Place::default()
        };
        let mut problems = Problems::default();
        match folder::read(dir) {
            Ok(files) if files.is_empty() => {
                problems.add(
                    &whole,
                    "no rules here: expected files *.toml in this folder",
                );
            }
            Ok(files) => {
                let name = |name: &str| dir.join(name).display().to_string();
                return build(&files, name, place, &whole);
            }
            Err(error) => problems.add(&whole, format!("cannot be read: {error}")),
        }
        Err(problems.into_sorted())
    }

    /// Loads files given as (name, text), as if they lay in `dir`.
    ///
    /// # Errors
    /// Every mistake, in order of place.
    pub fn load_str(files: &[(&str, &str)], dir: &Path) -> Result<Policy, Vec<Problem>> {
        let mut owned: Vec<(String, String)> = files
            .iter()
            .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
            .collect();
        owned.sort();
        let whole = Place {
            file: dir.display().to_string(),
            ..Place::default()
        };
        build(&owned, str::to_owned, dir, &whole)
    }

    /// What `check` must find true.
    pub fn tests(&self) -> &[RuleTest] {
        &self.tests
    }

    /// The table rules, by pattern.
    pub fn tables(&self) -> &[TableRule] {
        &self.tables
    }

    /// The routines that are vouched for.
    pub fn routines(&self) -> &[RoutineRule] {
        &self.routines
    }

    /// The roles by name.
    pub fn roles(&self) -> &BTreeMap<String, Role> {
        &self.roles
    }
}

fn build(
    files: &[(String, String)],
    shown: impl Fn(&str) -> String,
    dir: &Path,
    whole: &Place,
) -> Result<Policy, Vec<Problem>> {
    static EPOCH: AtomicU64 = AtomicU64::new(0);

    let mut problems = Problems::default();
    let mut merged = Merged::default();
    let mut all_read = true;
    for (name, text) in files {
        let name = shown(name);
        let source = Source { name: &name, text };
        match raw::parse(&source, &mut problems) {
            Some((file, present)) => merged.add(file, present, &mut problems),
            None => all_read = false,
        }
    }
    // With a file missing, what the others refer to may stand in it.
    if !all_read {
        return Err(problems.into_sorted());
    }
    let settings = sections::validate(&merged.file, &merged.present, dir, whole, &mut problems);
    let file = &merged.file;
    let observe = file
        .mode
        .as_ref()
        .is_some_and(|mode| mode.value == RawMode::Observe);
    let classes = columns::classes(
        file.classes.as_ref().map(|classes| &classes.value),
        &mut problems,
    );
    let drafts = tables::tables(
        file.tables.as_ref().map(|tables| &tables.value),
        &classes,
        observe,
        merged.present.contains("subjects"),
        &mut problems,
    );
    // A class is compared where it is defined; its uses would only repeat what it says.
    let own = drafts
        .iter()
        .flat_map(|draft| draft.rule.columns.values())
        .filter(|rule| rule.class.is_none());
    columns::check_domains(
        classes.values().flatten().chain(own).map(Arc::as_ref),
        &mut problems,
    );
    let roles = roles::roles(
        file.roles.as_ref().map(|roles| &roles.value),
        &drafts,
        &classes,
        &mut problems,
    );
    let routines = routines::routines(
        file.routines.as_ref().map(|routines| &routines.value),
        &classes,
        &drafts,
        &mut problems,
    );
    let tests = roles::tests(file.tests.as_ref(), &roles, &mut problems);
    if !problems.is_empty() {
        return Err(problems.into_sorted());
    }
    Ok(Policy {
        settings,
        hash: folder::hash(files),
        epoch: EPOCH.fetch_add(1, Ordering::Relaxed) + 1,
        tables: drafts.into_iter().map(|draft| draft.rule).collect(),
        routines,
        roles,
        tests,
    })
}

/// All files as one.
#[derive(Default)]
struct Merged {
    file: RawFile,
    present: BTreeSet<String>,
}

impl Merged {
    fn add(&mut self, file: RawFile, present: BTreeSet<String>, problems: &mut Problems) {
        // Taken apart whole, so that a new section cannot be forgotten here.
        let RawFile {
            mode,
            listen,
            upstream,
            auth,
            keys,
            subjects,
            admin,
            log,
            audit,
            limits,
            facade,
            classes,
            tables,
            routines,
            roles,
            tests,
        } = file;
        self.present.extend(present);
        once(&mut self.file.mode, mode, problems);
        once(&mut self.file.listen, listen, problems);
        once(&mut self.file.upstream, upstream, problems);
        once(&mut self.file.auth, auth, problems);
        once(&mut self.file.keys, keys, problems);
        once(&mut self.file.subjects, subjects, problems);
        once(&mut self.file.admin, admin, problems);
        once(&mut self.file.log, log, problems);
        once(&mut self.file.audit, audit, problems);
        once(&mut self.file.limits, limits, problems);
        once(&mut self.file.facade, facade, problems);
        named(&mut self.file.classes, classes, problems);
        named(&mut self.file.tables, tables, problems);
        named(&mut self.file.routines, routines, problems);
        named(&mut self.file.roles, roles, problems);
        match (&mut self.file.tests, tests) {
            (Some(all), Some(more)) => all.value.extend(more.value),
            (all @ None, more) => *all = more,
            (Some(_), None) => {}
        }
    }
}

fn once<T>(slot: &mut Option<Located<T>>, given: Option<Located<T>>, problems: &mut Problems) {
    match (slot.as_ref(), given) {
        (Some(first), Some(again)) => problems.add(
            &again.place,
            format!("given already at {}", first.place.short()),
        ),
        (None, Some(given)) => *slot = Some(given),
        (_, None) => {}
    }
}

fn named<T>(
    slot: &mut Option<Located<Named<T>>>,
    given: Option<Located<Named<T>>>,
    problems: &mut Problems,
) {
    let Some(given) = given else { return };
    let Some(all) = slot else {
        *slot = Some(given);
        return;
    };
    for (name, entry) in given.value {
        match all.value.get(&name) {
            Some(first) => problems.add(
                &entry.place,
                format!("given already at {}", first.place.short()),
            ),
            None => {
                all.value.insert(name, entry);
            }
        }
    }
}
