//! What one principal may do: the union of its roles' grants, narrowed by SET ROLE.

use std::collections::{BTreeSet, HashMap};
use std::hash::{Hash, Hasher};

use super::conditions::Circumstances;
use super::load::Policy;
use super::pattern::TablePattern;
use super::protection::{Protected, ProtectedTable, Protection};
use super::rights::{ColumnRights, OnMaskedWrite, Rights, Sight, TableRights, full_control};
use super::rules::{Grant, Role, Selector};
use super::settings::LimitSettings;
use crate::identity::{Level, Principal};

impl Policy {
    /// The rights of a principal in its circumstances. With `active_role`, the role of a SET ROLE, what both have: it
    /// can narrow, never widen.
    pub fn rights(
        &self,
        protection: &Protection,
        principal: &Principal,
        circumstances: &Circumstances,
        active_role: Option<&str>,
    ) -> Rights {
        let has = |role: &Role| {
            role.logins.contains(&principal.login)
                || principal
                    .groups
                    .iter()
                    .any(|group| role.groups.contains(group))
        };
        let other = active_role.filter(|active| *active != principal.login);
        let active = |role: &Role| other.is_some_and(|active| role.logins.contains(active));
        let mut keysets = self.keysets(has);
        if other.is_some() {
            let narrowed = self.keysets(active);
            keysets.retain(|keyset| narrowed.contains(keyset));
        }
        let own = self.grants(has, circumstances);
        let active = other.map(|_| self.grants(active, circumstances));
        self.resolve(protection, &own, active.as_deref(), keysets)
    }

    /// The rights of a role of these rules by its name, or of a login with `pg:` before it, as tests
    /// and `explain` name them. `None`: no such role.
    pub fn rights_as(
        &self,
        protection: &Protection,
        name: &str,
        circumstances: &Circumstances,
    ) -> Option<Rights> {
        if let Some(login) = name.strip_prefix("pg:") {
            let principal = Principal {
                login: login.to_owned(),
                groups: Vec::new(),
            };
            return Some(self.rights(protection, &principal, circumstances, None));
        }
        let role = self.roles.get(name)?;
        let grants: Vec<&Grant> = (role.grants.iter())
            .filter(|grant| grant.conditions.hold(circumstances))
            .collect();
        Some(self.resolve(protection, &grants, None, role.keysets.clone()))
    }

    /// Which of the grants that have conditions hold in these circumstances, by number: equal for equal rights, and
    /// empty where no grant has any.
    pub fn in_force(&self, circumstances: &Circumstances) -> Vec<u32> {
        let grants = self.roles.values().flat_map(|role| &role.grants);
        (0_u32..)
            .zip(grants.filter(|grant| grant.conditions.are_any()))
            .filter(|(_, grant)| grant.conditions.hold(circumstances))
            .map(|(at, _)| at)
            .collect()
    }

    fn grants(&self, has: impl Fn(&Role) -> bool, circumstances: &Circumstances) -> Vec<&Grant> {
        let roles = self.roles.values().filter(|role| has(role));
        (roles.flat_map(|role| &role.grants))
            .filter(|grant| grant.conditions.hold(circumstances))
            .collect()
    }

    /// The keysets that whoever has these roles may choose.
    fn keysets(&self, has: impl Fn(&Role) -> bool) -> BTreeSet<String> {
        let roles = self.roles.values().filter(|role| has(role));
        roles
            .flat_map(|role| role.keysets.iter().cloned())
            .collect()
    }

    fn resolve(
        &self,
        protection: &Protection,
        own: &[&Grant],
        active: Option<&[&Grant]>,
        keysets: BTreeSet<String>,
    ) -> Rights {
        let tables: HashMap<u32, TableRights> = protection
            .tables
            .iter()
            .map(|(oid, table)| {
                let own = Allowed::of(table, own);
                let allowed = match active {
                    Some(active) => own.both(&Allowed::of(table, active)),
                    None => own,
                };
                (*oid, allowed.rights(table))
            })
            .collect();
        let full_control_everywhere = full_control(&tables);
        let limits = &self.settings.limits;
        let definable = definable(own, active);
        Rights {
            key: key(&tables, &definable, &keysets, limits),
            tables,
            full_control_everywhere,
            guesses_per_statement: limits.guesses_per_statement,
            guesses_per_hour: limits.guesses_per_hour,
            gathered_rows: limits.gathered_rows,
            scanned_rows: limits.scanned_rows,
            definable,
            keysets,
        }
    }
}

/// The patterns of full control. Under another role a pattern counts where that role has the very same one.
fn definable(own: &[&Grant], active: Option<&[&Grant]>) -> Vec<TablePattern> {
    let full = |grants: &[&Grant]| -> BTreeSet<TablePattern> {
        let full = grants
            .iter()
            .filter(|grant| grant.level == Level::FullControl);
        full.flat_map(|grant| grant.tables.iter().cloned())
            .collect()
    };
    let own = full(own);
    match active.map(full) {
        Some(active) => own.intersection(&active).cloned().collect(),
        None => own.into_iter().collect(),
    }
}

/// Rights on one table before masks are filled in; ordered, so that union and intersection are the
/// greater and the lesser of each.
struct Allowed {
    level: Level,
    columns: HashMap<i16, Column>,
}

/// Rights on one column.
#[derive(Clone, Copy)]
struct Column {
    sight: Degree,
    search: bool,
    write: bool,
    keep: bool,
}

/// How much of a value is seen.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Degree {
    Default,
    Partial,
    Reveal,
}

impl Allowed {
    /// The union of the grants that cover the table; without any: access, default masks, no search.
    fn of(table: &ProtectedTable, grants: &[&Grant]) -> Allowed {
        let covering: Vec<&&Grant> = grants
            .iter()
            .filter(|grant| {
                let mut tables = grant.tables.iter();
                tables.any(|pattern| pattern.matches(&table.schema, &table.name))
            })
            .collect();
        let columns = table.columns.iter().map(|(attnum, column)| {
            let chosen = |pick: fn(&Grant) -> &[Selector]| {
                covering.iter().any(|grant| selects(pick(grant), column))
            };
            let reveal = chosen(|grant| &grant.reveal);
            let sight = if reveal {
                Degree::Reveal
            } else if chosen(|grant| &grant.partial) {
                Degree::Partial
            } else {
                Degree::Default
            };
            let rights = Column {
                sight,
                search: reveal || chosen(|grant| &grant.search),
                write: reveal || chosen(|grant| &grant.write),
                keep: covering
                    .iter()
                    .any(|grant| grant.on_masked_write == OnMaskedWrite::Keep),
            };
            (*attnum, rights)
        });
        Allowed {
            columns: columns.collect(),
            level: covering
                .iter()
                .map(|grant| grant.level)
                .max()
                .unwrap_or(Level::Access),
        }
    }

    fn both(&self, other: &Allowed) -> Allowed {
        let columns = self.columns.iter().filter_map(|(attnum, left)| {
            let right = other.columns.get(attnum)?;
            let both = Column {
                sight: left.sight.min(right.sight),
                search: left.search && right.search,
                write: left.write && right.write,
                keep: left.keep && right.keep,
            };
            Some((*attnum, both))
        });
        Allowed {
            columns: columns.collect(),
            level: self.level.min(other.level),
        }
    }

    fn rights(&self, table: &ProtectedTable) -> TableRights {
        let columns = table.columns.iter().map(|(attnum, column)| {
            let allowed = self.columns.get(attnum).copied().unwrap_or(Column {
                sight: Degree::Default,
                search: false,
                write: false,
                keep: false,
            });
            let mask = match allowed.sight {
                Degree::Reveal => None,
                // A column without a partial mask shows its default one.
                Degree::Partial => Some(column.partial_mask.as_ref()),
                Degree::Default => Some(None),
            };
            let rights = ColumnRights {
                sight: match mask {
                    None => Sight::Reveal,
                    Some(mask) => Sight::Mask(mask.unwrap_or(&column.default_mask).clone()),
                },
                search: allowed.search,
                write: allowed.write,
                on_masked_write: if allowed.keep {
                    OnMaskedWrite::Keep
                } else {
                    OnMaskedWrite::Refuse
                },
            };
            (*attnum, rights)
        });
        TableRights {
            levels: vec![self.level],
            columns: columns.collect(),
        }
    }
}

fn selects(selectors: &[Selector], column: &Protected) -> bool {
    selectors
        .iter()
        .any(|selector| selector.selects(&column.column, column.class.as_deref()))
}

/// Equal for equal content, whatever the order of the maps. The hasher's keys are constant.
fn key(
    tables: &HashMap<u32, TableRights>,
    definable: &[TablePattern],
    keysets: &BTreeSet<String>,
    limits: &LimitSettings,
) -> u64 {
    let mut hasher = std::hash::DefaultHasher::new();
    (limits, definable, keysets).hash(&mut hasher);
    let mut oids: Vec<(&u32, &TableRights)> = tables.iter().collect();
    oids.sort_by_key(|(oid, _)| **oid);
    for (oid, table) in oids {
        (oid, &table.levels).hash(&mut hasher);
        let mut columns: Vec<(&i16, &ColumnRights)> = table.columns.iter().collect();
        columns.sort_by_key(|(attnum, _)| **attnum);
        columns.len().hash(&mut hasher);
        for (attnum, column) in columns {
            let mask = match &column.sight {
                Sight::Reveal => None,
                Sight::Mask(mask) => Some(mask),
            };
            (
                attnum,
                mask,
                column.search,
                column.write,
                column.on_masked_write,
            )
                .hash(&mut hasher);
        }
    }
    hasher.finish()
}
