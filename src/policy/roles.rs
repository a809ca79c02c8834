//! Roles, grants and tests: names that must lead somewhere.

use std::collections::{BTreeMap, BTreeSet};

use super::columns::Classes;
use super::conditions::{Conditions, Hours};
use super::nearest::did_you_mean;
use super::pattern::TablePattern;
use super::problem::{Located, Problems};
use super::raw::{
    Entry, Named, RawDay, RawExpect, RawExpectation, RawGrant, RawHours, RawLevel,
    RawOnMaskedWrite, RawRole, RawTest,
};
use super::rights::OnMaskedWrite;
use super::rules::{ColumnRule, Expectation, Grant, Role, RuleTest, Selector};
use super::tables::Draft;
use crate::auth::Addresses;
use crate::identity::{Level, Verb};
use crate::seal::Scheme;
use crate::value::WallZone;

/// Validates all roles against the tables and classes.
pub(super) fn roles(
    raw: Option<&Named<RawRole>>,
    tables: &[Draft],
    classes: &Classes,
    problems: &mut Problems,
) -> BTreeMap<String, Role> {
    let mut roles = BTreeMap::new();
    for (name, entry) in raw.into_iter().flatten() {
        let role = entry.value.clone().unwrap_or_default();
        let (logins, groups) = members(role.members.as_ref(), problems);
        let grants = role.grants.into_iter().flat_map(|grants| grants.value);
        let role = Role {
            logins,
            groups,
            purpose: role.purpose.map(|purpose| purpose.value),
            keysets: role
                .keysets
                .into_iter()
                .flat_map(|keysets| keysets.value)
                .filter_map(|keyset| {
                    if keyset.value.trim().is_empty() {
                        problems.add(&keyset.place, "expected the name of a keyset");
                        return None;
                    }
                    Some(keyset.value)
                })
                .collect(),
            grants: grants
                .map(|raw| grant(&raw, tables, classes, problems))
                .collect(),
        };
        roles.insert(name.clone(), role);
    }
    roles
}

fn members(
    raw: Option<&Located<Vec<Located<String>>>>,
    problems: &mut Problems,
) -> (BTreeSet<String>, BTreeSet<String>) {
    let mut logins = BTreeSet::new();
    let mut groups = BTreeSet::new();
    for member in raw.into_iter().flat_map(|members| &members.value) {
        match member.value.split_once(':') {
            Some(("pg", login)) if !login.is_empty() => {
                logins.insert(login.to_owned());
            }
            Some(("group", group)) if !group.is_empty() => {
                groups.insert(group.to_owned());
            }
            Some(_) | None => problems.add(
                &member.place,
                format!(
                    "expected `pg:` and a login or `group:` and a group, found `{}`",
                    member.value
                ),
            ),
        }
    }
    (logins, groups)
}

fn grant(
    raw: &Located<RawGrant>,
    tables: &[Draft],
    classes: &Classes,
    problems: &mut Problems,
) -> Grant {
    let grant = &raw.value;
    let patterns = grant_tables(grant, tables, problems);
    let covered: Vec<&Draft> = tables
        .iter()
        .filter(|draft| {
            patterns
                .iter()
                .any(|pattern| pattern.overlaps(&draft.rule.pattern))
        })
        .collect();
    let names = Names {
        // A table whose columns are not all known, or a table name that is wrong, says nothing of
        // what a column name in the grant may mean.
        certain: !covered.is_empty() && !covered.iter().any(|draft| draft.broken),
        covered,
        classes,
    };
    let level = match grant.level.as_ref().map(|level| level.value) {
        Some(RawLevel::Access) | None => Level::Access,
        Some(RawLevel::AccessAndModify) => Level::AccessAndModify,
        Some(RawLevel::Modify) => Level::Modify,
        Some(RawLevel::FullControl) => Level::FullControl,
    };
    if let Some(write) = grant.write.as_ref()
        && !level.allows(Verb::Insert)
    {
        problems.add(
            &write.place,
            "level `access` does not allow writing: expected level = \"access-and-modify\" or higher",
        );
    }
    Grant {
        tables: patterns,
        level,
        reveal: names.selectors(grant.reveal.as_ref(), &|_| None, problems),
        partial: names.selectors(
            grant.partial.as_ref(),
            &|rule| {
                rule.partial_mask
                    .is_none()
                    .then_some("has no partial mask: expected masks = { partial = … } in its rule")
            },
            problems,
        ),
        search: names.selectors(
            grant.search.as_ref(),
            &|rule| {
                let seal = rule.seal.as_ref()?;
                (seal.scheme != Scheme::Deterministic && seal.tokens.is_none() && seal.ci.is_none())
                    .then_some(
                    "is sealed without search: expected search = [\"equality\"] or another in its rule",
                )
            },
            problems,
        ),
        write: names.selectors(grant.write.as_ref(), &|_| None, problems),
        on_masked_write: match grant.on_masked_write.as_ref().map(|word| word.value) {
            Some(RawOnMaskedWrite::Keep) => OnMaskedWrite::Keep,
            Some(RawOnMaskedWrite::Refuse) | None => OnMaskedWrite::Refuse,
        },
        conditions: conditions(grant, problems),
        reason: grant.reason.as_ref().map(|reason| reason.value.clone()),
    }
}

fn conditions(grant: &RawGrant, problems: &mut Problems) -> Conditions {
    let from = match super::auth::addresses(grant.from.as_ref(), problems) {
        Addresses::All => Vec::new(),
        Addresses::Networks(networks) => networks,
    };
    Conditions {
        until: grant.until.as_ref().map(|until| until.value.0),
        hours: (grant.hours.as_ref()).and_then(|hours| hours_of(hours, problems)),
        from,
    }
}

fn hours_of(raw: &Located<RawHours>, problems: &mut Problems) -> Option<Hours> {
    let RawHours {
        days,
        from,
        to,
        zone,
    } = &raw.value;
    let name = zone.as_ref().map_or("UTC", |zone| &zone.value);
    let found = WallZone::named(name);
    if let (None, Some(zone)) = (&found, zone) {
        problems.add(
            &zone.place,
            format!("unknown time zone `{name}`: expected an IANA name such as Europe/Berlin"),
        );
    }
    if let Some(days) = days.as_ref().filter(|days| days.value.is_empty()) {
        problems.add(&days.place, "expected at least one day");
    }
    let mut on = [days.is_none(); 7];
    for day in days.iter().flat_map(|days| &days.value) {
        let at = match day.value {
            RawDay::Mon => 0,
            RawDay::Tue => 1,
            RawDay::Wed => 2,
            RawDay::Thu => 3,
            RawDay::Fri => 4,
            RawDay::Sat => 5,
            RawDay::Sun => 6,
        };
        if let Some(on) = on.get_mut(at) {
            *on = true;
        }
    }
    let (begin, end) = (from.as_ref()?.value.0, to.as_ref()?.value.0);
    if begin == end {
        problems.add(
            &raw.place,
            "`from` and `to` are the same: expected hours with a beginning and an end, or none for the whole day",
        );
    }
    Some(Hours {
        days: on,
        begin,
        end,
        zone: found?,
    })
}

fn grant_tables(grant: &RawGrant, tables: &[Draft], problems: &mut Problems) -> Vec<TablePattern> {
    let mut patterns = Vec::new();
    if let Some(named) = grant.tables.as_ref().filter(|named| named.value.is_empty()) {
        problems.add(&named.place, "expected at least one table");
    }
    for name in grant.tables.iter().flat_map(|tables| &tables.value) {
        match TablePattern::parse(&name.value) {
            Err(expected) => problems.add(&name.place, expected),
            Ok(pattern) => {
                let covers = |draft: &Draft| pattern.overlaps(&draft.rule.pattern);
                if name.value != "*" && !tables.iter().any(covers) {
                    let keys: Vec<String> = tables
                        .iter()
                        .map(|draft| draft.rule.pattern.to_string())
                        .collect();
                    let given = pattern.to_string();
                    let hint = did_you_mean(&given, keys.iter().map(String::as_str));
                    problems.add(
                        &name.place,
                        format!("no rule protects a table `{}`{hint}", name.value),
                    );
                }
                patterns.push(pattern);
            }
        }
    }
    patterns
}

/// What column names in a grant may mean.
struct Names<'a> {
    covered: Vec<&'a Draft>,
    certain: bool,
    classes: &'a Classes,
}

impl Names<'_> {
    /// Reads a list of columns. `unfit` says what a column lacks for this right; it is a mistake
    /// where all columns of the name lack it.
    fn selectors(
        &self,
        raw: Option<&Located<Vec<Located<String>>>>,
        unfit: &dyn Fn(&ColumnRule) -> Option<&'static str>,
        problems: &mut Problems,
    ) -> Vec<Selector> {
        let mut selectors = Vec::new();
        for name in raw.into_iter().flat_map(|names| &names.value) {
            let selector = match name.value.strip_prefix("class:") {
                Some(class) => Selector::Class(class.to_owned()),
                None if name.value == "*" => Selector::All,
                None => Selector::Column(name.value.clone()),
            };
            self.check(&selector, name, unfit, problems);
            selectors.push(selector);
        }
        selectors
    }

    fn check(
        &self,
        selector: &Selector,
        name: &Located<String>,
        unfit: &dyn Fn(&ColumnRule) -> Option<&'static str>,
        problems: &mut Problems,
    ) {
        match selector {
            Selector::All => {}
            Selector::Class(class) => match self.classes.get(class) {
                None => {
                    let hint = did_you_mean(class, self.classes.keys().map(String::as_str));
                    problems.add(
                        &name.place,
                        format!("unknown class `{class}`, expected one of [classes.…]{hint}"),
                    );
                }
                Some(rule) => {
                    if let Some(lack) = rule.as_deref().and_then(unfit) {
                        problems.add(&name.place, format!("class `{class}` {lack}"));
                    }
                }
            },
            Selector::Column(column) if self.certain => {
                let known = || self.covered.iter().flat_map(|draft| &draft.names);
                let mut rules = self
                    .covered
                    .iter()
                    .filter_map(|draft| draft.rule.columns.get(column))
                    .peekable();
                if !known().any(|name| name == column) {
                    let hint = did_you_mean(column, known().map(String::as_str));
                    problems.add(
                        &name.place,
                        format!("no rule protects a column `{column}` of these tables{hint}"),
                    );
                } else if rules.peek().is_some() {
                    let lacks: Option<Vec<&str>> = rules.map(|rule| unfit(rule)).collect();
                    if let Some(lack) = lacks.and_then(|lacks| lacks.first().copied()) {
                        problems.add(&name.place, format!("column `{column}` {lack}"));
                    }
                }
            }
            Selector::Column(_) => {}
        }
    }
}

/// Validates the tests.
pub(super) fn tests(
    raw: Option<&Located<Vec<Located<RawTest>>>>,
    roles: &BTreeMap<String, Role>,
    problems: &mut Problems,
) -> Vec<RuleTest> {
    let mut tests = Vec::new();
    for test in raw.into_iter().flat_map(|tests| &tests.value) {
        let RawTest {
            as_role,
            sql,
            database,
            from,
            at,
            expect,
        } = &test.value;
        // What is missing was noted when it was read.
        let (Some(as_role), Some(sql), Some(expect)) = (as_role, sql, expect) else {
            continue;
        };
        let login = as_role
            .value
            .strip_prefix("pg:")
            .is_some_and(|login| !login.is_empty());
        if !login && !roles.contains_key(&as_role.value) {
            let hint = did_you_mean(&as_role.value, roles.keys().map(String::as_str));
            problems.add(
                &as_role.place,
                format!(
                    "unknown role `{}`, expected one of [roles.…] or `pg:` and a login{hint}",
                    as_role.value
                ),
            );
        }
        if sql.value.trim().is_empty() {
            problems.add(&sql.place, "expected a statement");
        }
        tests.push(RuleTest {
            as_role: as_role.value.clone(),
            sql: sql.value.clone(),
            database: database.as_ref().map(|database| database.value.clone()),
            from: from.as_ref().and_then(|from| {
                let address = from.value.parse().ok();
                if address.is_none() {
                    problems.add(&from.place, "expected an address such as 10.1.2.3");
                }
                address
            }),
            at: at.as_ref().map(|at| at.value.0),
            expect: expectations(expect, problems),
            file: test.place.file.clone(),
            line: test.place.line,
        });
    }
    tests
}

fn expectations(
    expect: &Located<RawExpect>,
    problems: &mut Problems,
) -> BTreeMap<String, Expectation> {
    let word = |word: RawExpectation| match word {
        RawExpectation::Value | RawExpectation::Reveal => Expectation::Value,
        RawExpectation::Partial => Expectation::Partial,
        RawExpectation::Mask | RawExpectation::Default => Expectation::Mask,
        RawExpectation::Null => Expectation::Null,
        RawExpectation::Refused => Expectation::Refused,
    };
    match &expect.value {
        RawExpect::Whole(RawExpectation::Refused) => {
            BTreeMap::from([("*".to_owned(), Expectation::Refused)])
        }
        RawExpect::Whole(_) => {
            problems.add(
                &expect.place,
                "only `refused` can stand for the whole statement: expected a table of result columns",
            );
            BTreeMap::new()
        }
        RawExpect::Columns(columns) => {
            if columns.is_empty() {
                problems.add(&expect.place, "expected at least one result column");
            }
            let known =
                columns
                    .iter()
                    .filter_map(|(name, entry): (&String, &Entry<RawExpectation>)| {
                        Some((name.clone(), word(entry.value?)))
                    });
            known.collect()
        }
    }
}
