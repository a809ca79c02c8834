//! Which columns of a table are to be protected, and under which keys.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use tokio_postgres::Transaction;

use super::defaults::Default;
use super::preflight::{self, Link};
use super::table::{self, Table, Target};
use super::{JobError, Obstacle, defaults, folding, registry};
use crate::catalog::{Relation, Snapshot};
use crate::ground::stored::Stored;
use crate::keys::Keyring;
use crate::policy::{ColumnRule, Policy, SubjectColumn, may_fold, nearest};
use crate::seal::{Scheme, SealSpec};
use crate::value::Matching;

/// The columns of a table that the rules name and the registry does not.
pub(super) async fn wanted(
    tx: &Transaction<'_>,
    snapshot: &Snapshot,
    policy: &Policy,
    stored: &Stored,
    schema: &str,
    name: &str,
    obstacles: &mut Vec<Obstacle>,
) -> Result<Table, JobError> {
    let relation = snapshot
        .relation(schema, name)
        .ok_or_else(|| JobError::Nothing(format!("there is no table {schema}.{name}")))?;
    let mut table = Table {
        relation: relation.clone(),
        sealed: Vec::new(),
        masked: Vec::new(),
        awaited: Vec::new(),
        subject: None,
    };
    let known: HashSet<(u32, i16)> = stored
        .columns
        .iter()
        .filter_map(|column| column.place(stored.database_oid, snapshot))
        .collect();
    for (column, rule) in policy.column_rules(&snapshot.database, schema, name) {
        let Some(live) = relation.column(&column) else {
            // A mistyped name would leave the column that is meant in plaintext; one that is like no other is that of a
            // column still to come.
            let live = relation.columns.iter().map(|live| live.name.as_str());
            match nearest(&column, live) {
                Some(near) => obstacles.push(Obstacle::new(
                    format!("{schema}.{name}"),
                    format!("there is no column {column}; did you mean {near}?"),
                    "mend the rule",
                )),
                None => table.awaited.push(column),
            }
            continue;
        };
        if known.contains(&(relation.oid, live.attnum)) {
            continue;
        }
        match target(tx, snapshot, relation, live.attnum, rule, obstacles).await? {
            Some(target) if target.rule.seal.is_some() => table.sealed.push(target),
            Some(target) => table.masked.push(target),
            None => {}
        }
    }
    table.subject = subject(snapshot, policy, &table, obstacles);
    Ok(table)
}

/// The column that says of whom a row is, where any value is to be sealed by that.
fn subject(
    snapshot: &Snapshot,
    policy: &Policy,
    table: &Table,
    obstacles: &mut Vec<Obstacle>,
) -> Option<SubjectColumn> {
    let of_subjects = |target: &&Target| {
        let seal = target.rule.seal.as_ref();
        seal.is_some_and(|seal| seal.scheme == Scheme::Subject)
    };
    table.sealed.iter().find(of_subjects)?;
    let relation = &table.relation;
    for target in table.sealed.iter().filter(of_subjects) {
        if matches!(target.default, Default::Constant { .. }) {
            obstacles.push(Obstacle::new(
                table.column(target),
                "its default would be sealed under the key of nobody",
                "drop the default, or name the column in `kept`",
            ));
        }
    }
    let rule = policy.subject_rule(&snapshot.database, &relation.schema, &relation.name);
    let found = rule.and_then(|rule| {
        let live = relation.column(&rule.column)?;
        let declared = snapshot.declared(live.type_oid, live.typmod)?;
        SubjectColumn::may_be(snapshot, relation.oid, live.attnum, &declared).then(|| {
            SubjectColumn {
                column: rule.column.clone(),
                attnum: live.attnum,
                kind: rule.kind.clone(),
                declared,
                erasable: rule.erasable,
            }
        })
    });
    if found.is_none() {
        obstacles.push(Obstacle::new(
            table.name(),
            "it is erasable, and which column says whose a row is cannot be told",
            "name a column of type smallint, integer, bigint, uuid, text or varchar as `subject` in its rule",
        ));
    }
    found
}

async fn target(
    tx: &Transaction<'_>,
    snapshot: &Snapshot,
    relation: &Relation,
    attnum: i16,
    rule: Arc<ColumnRule>,
    obstacles: &mut Vec<Obstacle>,
) -> Result<Option<Target>, JobError> {
    let Some(live) = relation.columns.iter().find(|c| c.attnum == attnum) else {
        return Ok(None);
    };
    let (type_sql, collation, exact) = table::spelling(tx, relation.oid, attnum).await?;
    let qualified = format!("{}.{}", relation.qualified(), live.name);
    let Some(declared) = snapshot.declared(live.type_oid, live.typmod) else {
        obstacles.push(Obstacle::new(
            qualified,
            format!("its type {type_sql} is not supported"),
            "leave the column out of the rules, or change its type",
        ));
        return Ok(None);
    };
    if let Some(name) = &rule.declared
        && snapshot
            .declared_named(name)
            .is_none_or(|named| (named.oid, &named.kind) != (declared.oid, &declared.kind))
    {
        obstacles.push(Obstacle::new(
            &qualified,
            format!("it is of type {type_sql}, not {name}"),
            "mend the rule's `type`",
        ));
    }
    let searched = rule.seal.as_ref().is_some_and(|seal| {
        seal.scheme == Scheme::Deterministic || seal.ci.is_some() || seal.tokens.is_some()
    });
    if searched && !exact {
        obstacles.push(Obstacle::new(
            &qualified,
            "its collation is nondeterministic: texts that differ are equal to the server",
            "seal it without search",
        ));
    }
    if rule.wants_text_order(&declared) && !snapshot.sorts_by_bytes(relation.oid, attnum) {
        obstacles.push(Obstacle::new(
            &qualified,
            "search = [\"order\"] of a text that the server does not sort by its bytes",
            "give the column collation \"C\", or leave order out of the rule",
        ));
    }
    let mut fold = None;
    if let Some(wish) = rule.seal.as_ref().and_then(|seal| seal.ci)
        && may_fold(wish, &declared).is_ok()
    {
        match folding::fold(tx, relation.oid, attnum, &declared, wish).await? {
            Ok(found) => fold = Some(found),
            Err(reason) => obstacles.push(Obstacle::new(
                &qualified,
                format!("search = [\"equality-ci\"] would not be exact: {reason}"),
                "leave equality-ci out, or give the column another collation",
            )),
        }
    }
    let asks = rule.seal.as_ref().and_then(|seal| seal.tokens);
    let matching = match asks.filter(|tokens| tokens.matching) {
        // What it may answer of ILIKE shows in `explain`; LIKE needs no cases.
        Some(_) => folding::matching(tx, relation.oid, attnum, &declared).await?,
        None => Matching::Exact,
    };
    Ok(Some(Target {
        matching,
        attnum,
        name: live.name.clone(),
        default: defaults::read(tx, relation.oid, attnum, &type_sql).await?,
        declared,
        type_sql,
        collation,
        rule,
        fold,
        spec: None,
    }))
}

/// Gives every column its key domain: a new one, or the named one that others share.
pub(super) async fn assign_domains(
    tx: &Transaction<'_>,
    stored: &Stored,
    keyring: &Keyring,
    work: &mut [Table],
    obstacles: &mut Vec<Obstacle>,
) -> Result<(), JobError> {
    let mut named: HashMap<String, SealSpec> = stored
        .columns
        .iter()
        .filter_map(|column| Some((column.domain_name.clone()?, column.seal.clone()?)))
        .collect();
    for table in work {
        let name = table.name();
        for target in &mut table.sealed {
            let Some(rule) = &target.rule.seal else {
                continue;
            };
            let Some(newest) = keyring.newest_of(rule.keyset.as_deref()) else {
                obstacles.push(Obstacle::new(
                    format!("{name}.{}", target.name),
                    format!(
                        "the rules seal it under keyset {:?}, which this database does not have",
                        rule.keyset.as_deref().unwrap_or_default()
                    ),
                    "sealwire keys init --name NAME",
                ));
                continue;
            };
            let shared = rule
                .domain
                .as_ref()
                .and_then(|domain| named.get(domain))
                .cloned();
            let spec = SealSpec {
                domain: match &shared {
                    Some(shared) => shared.domain,
                    None => registry::mint_domain(tx, stored).await?,
                },
                slot: shared.as_ref().map_or(newest.slot, |shared| shared.slot),
                epoch: shared.as_ref().map_or(newest.epoch, |shared| shared.epoch),
                scheme: rule.scheme,
                family: target.declared.family(),
                pad: rule.pad,
                ci: target.fold,
                tokens: rule
                    .tokens
                    .and_then(|wish| wish.of(&target.declared, target.matching).ok()),
                order: rule.order.and_then(|wish| wish.of(&target.declared).ok()),
            };
            if shared
                .as_ref()
                .is_some_and(|shared| shared.slot != newest.slot)
            {
                obstacles.push(Obstacle::new(
                    format!("{name}.{}", target.name),
                    format!(
                        "key domain {} is sealed under another keyset than that of the table",
                        rule.domain.as_deref().unwrap_or_default()
                    ),
                    "columns of one domain are sealed under one keyset",
                ));
            }
            if shared.is_some_and(|shared| shared != spec) {
                obstacles.push(Obstacle::new(
                    format!("{name}.{}", target.name),
                    format!(
                        "key domain {} holds columns of another type, collation, search or pad",
                        rule.domain.as_deref().unwrap_or_default()
                    ),
                    "columns of one domain are sealed alike",
                ));
            }
            if let Some(domain) = &rule.domain {
                named.insert(domain.clone(), spec.clone());
            }
            target.spec = Some(spec);
        }
    }
    Ok(())
}

pub(super) async fn links<'a>(
    tx: &Transaction<'_>,
    snapshot: &Snapshot,
    stored: &Stored,
    work: impl Iterator<Item = &'a Table>,
    obstacles: &mut Vec<Obstacle>,
) -> Result<Vec<Link>, JobError> {
    let mut domains: HashMap<(u32, i16), SealSpec> = stored
        .columns
        .iter()
        .filter_map(|column| {
            let place = column.place(stored.database_oid, snapshot)?;
            Some((place, column.seal.clone()?))
        })
        .collect();
    let mut changing = HashSet::new();
    for table in work {
        for target in &table.sealed {
            let place = (table.relation.oid, target.attnum);
            changing.insert(place);
            if let Some(spec) = &target.spec {
                domains.insert(place, spec.clone());
            }
        }
    }
    let domain = |oid, attnum| {
        // Two random columns never fit: their envelopes differ for equal values.
        domains.get(&(oid, attnum)).map(|spec| match spec.scheme {
            Scheme::Deterministic => format!("domain {}", spec.domain),
            Scheme::Random | Scheme::Subject => format!("random {oid}.{attnum}"),
        })
    };
    preflight::links(tx, snapshot, &changing, domain, obstacles).await
}
