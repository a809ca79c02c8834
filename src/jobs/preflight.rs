//! What stands in the way of a conversion: the complete list, before anything is touched.

use std::collections::{HashMap, HashSet};

use tokio_postgres::Transaction;

use super::defaults::Default;
use super::error::at;
use super::indexes::{self, Indexes};
use super::table::{Table, Target};
use super::triggers::{self, Trigger};
use super::{JobError, depend, folded_indexes, token_indexes};
use crate::catalog::{ForeignKey, Relation, RelationKind, Snapshot, quote_ident};
use crate::policy::{SealRule, may_fold};
use crate::seal::Scheme;
use crate::value::Kind;

/// One thing that the job cannot convert.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Obstacle {
    /// Table or column it is about.
    pub object: String,
    /// What it is.
    pub what: String,
    /// What to do about it.
    pub remedy: String,
}

impl Obstacle {
    pub(super) fn new(
        object: impl Into<String>,
        what: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Obstacle {
            object: object.into(),
            what: what.into(),
            remedy: remedy.into(),
        }
    }
}

impl std::fmt::Display for Obstacle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {} ({})", self.object, self.what, self.remedy)
    }
}

/// What the preflight found out about one table, for the conversion.
pub(super) struct Findings {
    pub(super) triggers: Vec<Trigger>,
    pub(super) indexes: Indexes,
    pub(super) notes: Vec<String>,
}

/// Looks at one table; `measure` reads its values to see whether index rows will fit.
pub(super) async fn inspect(
    tx: &Transaction<'_>,
    snapshot: &Snapshot,
    table: &Table,
    functions_reviewed: bool,
    measure: bool,
    obstacles: &mut Vec<Obstacle>,
) -> Result<Findings, JobError> {
    let lengths = if measure && !table.sealed.is_empty() {
        lengths(tx, table).await?
    } else {
        HashMap::new()
    };
    judge(tx, snapshot, table, functions_reviewed, &lengths, obstacles).await
}

/// The same, where it is known how long the columns' envelopes are.
pub(super) async fn judge(
    tx: &Transaction<'_>,
    snapshot: &Snapshot,
    table: &Table,
    functions_reviewed: bool,
    lengths: &HashMap<i16, i64>,
    obstacles: &mut Vec<Obstacle>,
) -> Result<Findings, JobError> {
    let columns: Vec<&str> = table
        .sealed
        .iter()
        .map(|target| target.name.as_str())
        .collect();
    let mut findings = Findings {
        triggers: triggers::read(tx, table.relation.oid).await?,
        indexes: Indexes::default(),
        notes: Vec::new(),
    };
    if table.sealed.is_empty() {
        return Ok(findings);
    }
    shape(tx, snapshot, &table.relation, obstacles).await?;
    if folded_indexes::wanted(table).is_some() && !folded_indexes::function_exists(tx).await? {
        obstacles.push(Obstacle::new(
            table.name(),
            "schema sealwire has no function ci, which search = [\"equality-ci\"] needs",
            "run `sealwire init` again",
        ));
    }
    let by_tokens = token_indexes::wanted(table);
    if !by_tokens.is_empty() && !token_indexes::function_exists(tx).await? {
        obstacles.push(Obstacle::new(
            table.name(),
            "schema sealwire has no function tokens, which search = [\"match\"], [\"prefix\"] and [\"range\"] need",
            "run `sealwire init` again",
        ));
    }
    let mut seen = HashSet::new();
    for target in &table.sealed {
        let column = table.column(target);
        kind(target, &column, obstacles);
        let dependants =
            depend::walk(tx, table.relation.oid, target.attnum, &column, obstacles).await?;
        for index in dependants.indexes {
            if seen.insert(index) {
                let out = &mut findings.indexes;
                indexes::decide(tx, table, index, lengths, out, obstacles).await?;
            }
        }
    }
    // Dependencies of constraints' indexes are recorded for the constraint, not for the index.
    for index in constraint_indexes(tx, table).await? {
        if seen.insert(index) {
            let out = &mut findings.indexes;
            indexes::decide(tx, table, index, lengths, out, obstacles).await?;
        }
    }
    let own = folded_indexes::missing(table, &findings.indexes.led);
    findings.indexes.after.extend(own);
    findings.indexes.after.extend(by_tokens);
    for trigger in &findings.triggers {
        match trigger.obstacle(&table.name(), &columns) {
            Some(obstacle) => obstacles.push(obstacle),
            None => findings.notes.extend(trigger.note(&table.name())),
        }
    }
    for (routine, mentioned) in depend::mentions(tx, &table.relation.name, &columns).await? {
        let what = format!(
            "function {routine} names the table and {}",
            mentioned.join(", ")
        );
        if functions_reviewed {
            findings.notes.push(format!("{}: {what}", table.name()));
        } else {
            obstacles.push(Obstacle::new(
                table.name(),
                what,
                "it works inside the server, on sealed values: drop or rewrite it",
            ));
        }
    }
    Ok(findings)
}

/// The table itself: an ordinary one, alone.
pub(super) async fn shape(
    tx: &Transaction<'_>,
    snapshot: &Snapshot,
    relation: &Relation,
    obstacles: &mut Vec<Obstacle>,
) -> Result<(), JobError> {
    let mut obstacle = |what: String, remedy: &str| {
        obstacles.push(Obstacle::new(relation.qualified(), what, remedy))
    };
    if relation.kind != RelationKind::Table {
        obstacle(
            "it is not an ordinary table".to_owned(),
            "partitioned and foreign tables cannot be converted yet",
        );
    }
    if !relation.parents.is_empty() {
        obstacle(
            "it inherits from another table or is a partition".to_owned(),
            "detach it first",
        );
    }
    for child in snapshot
        .relations
        .values()
        .filter(|child| child.parents.contains(&relation.oid))
    {
        obstacle(
            format!("{} inherits from it", child.qualified()),
            "detach it first",
        );
    }
    let step = || at("looking at the table");
    for row in tx
        .query(
            "SELECT 'rule ' || rulename || ' rewrites statements on it' FROM pg_rewrite WHERE ev_class = $1
             UNION ALL
             SELECT a.attrelid::regclass || '.' || a.attname || ' is of its row type'
             FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
             JOIN pg_class c ON c.oid = $1 AND (t.oid = c.reltype OR t.typelem = c.reltype)
             WHERE a.attrelid <> $1 AND NOT a.attisdropped AND a.attnum > 0
             UNION ALL
             SELECT 'it is a typed table (OF ' || reloftype::regtype || ')' FROM pg_class
             WHERE oid = $1 AND reloftype <> 0
             UNION ALL
             SELECT 'it is a temporary table' FROM pg_class WHERE oid = $1 AND relpersistence = 't'",
            &[&relation.oid],
        )
        .await
        .map_err(step())?
    {
        obstacle(row.try_get(0).map_err(step())?, "remove that first");
    }
    Ok(())
}

/// The column's type, default and rule.
fn kind(target: &Target, column: &str, obstacles: &mut Vec<Obstacle>) {
    let mut obstacle =
        |what: String, remedy: &str| obstacles.push(Obstacle::new(column, what, remedy));
    match &target.default {
        Default::None | Default::Constant { .. } => {}
        Default::Expression => obstacle(
            "its default is not a constant".to_owned(),
            "drop the default, and give the value in the application",
        ),
        Default::Generated => obstacle(
            "it is generated or an identity column".to_owned(),
            "its values come from the server: such a column cannot be sealed",
        ),
    }
    if let Some(seal) = &target.rule.seal
        && let Err(reason) = sealable(target, seal)
    {
        obstacle(reason, "change the column's rule");
    }
}

fn sealable(target: &Target, seal: &SealRule) -> Result<(), String> {
    if let Some(wish) = seal.ci {
        may_fold(wish, &target.declared)
            .map_err(|reason| format!("search = [\"equality-ci\"] is not possible: {reason}"))?;
    }
    if let Some(wish) = seal.order {
        wish.of(&target.declared)
            .map_err(|reason| format!("search = [\"order\"] is not possible: {reason}"))?;
    }
    if let Some(wish) = seal.tokens {
        wish.of(&target.declared, target.matching)
            .map_err(|reason| format!("the rule's search is not possible: {reason}"))?;
    }
    if seal.scheme != Scheme::Deterministic {
        return Ok(());
    }
    target
        .declared
        .deterministic_allowed()
        .map_err(|reason| format!("search = [\"equality\"] is not possible: {reason}"))?;
    let few = match &target.declared.kind {
        Kind::Bool => true,
        Kind::Enum(labels) => labels.labels.len() < 16,
        _ => false,
    };
    if few && !seal.acknowledge_leakage {
        return Err(
            "search = [\"equality\"] on a type of few values shows them: acknowledge_leakage = true"
                .to_owned(),
        );
    }
    Ok(())
}

/// Longest envelope of each deterministic column, from above.
pub(super) async fn lengths(
    tx: &Transaction<'_>,
    table: &Table,
) -> Result<HashMap<i16, i64>, JobError> {
    let parts: Vec<String> = table
        .sealed
        .iter()
        .map(|target| {
            let name = quote_ident(&target.name);
            match target.declared.kind {
                Kind::Bytea => format!("max(octet_length({name}))::int8"),
                _ => format!("max(octet_length(format('%s', {name})))::int8"),
            }
        })
        .collect();
    let step = || at(format!("measuring {}", table.name()));
    let row = tx
        .query_one(
            &format!("SELECT {} FROM ONLY {}", parts.join(", "), table.sql()),
            &[],
        )
        .await
        .map_err(step())?;
    let mut lengths = HashMap::new();
    for (at, target) in table.sealed.iter().enumerate() {
        let longest: Option<i64> = row.try_get(at).map_err(step())?;
        let pad = target.rule.seal.as_ref().and_then(|seal| seal.pad);
        let padded = longest.unwrap_or_default().max(8) + i64::from(pad.unwrap_or(0));
        let index = of_tokens(target, padded) + of_order(target, longest.unwrap_or_default());
        lengths.insert(target.attnum, padded + 26 + index);
    }
    Ok(lengths)
}

/// Order bytes of a value of so many bytes: of a text nine for each.
fn of_order(target: &Target, longest: i64) -> i64 {
    let asks = target.rule.seal.as_ref().and_then(|seal| seal.order);
    match asks.map(|wish| wish.of(&target.declared)) {
        None | Some(Err(_)) => 0,
        Some(Ok(order)) => match order.width() {
            Some(width) => i64::try_from(width).unwrap_or(i64::MAX),
            None => longest * 9 + 1,
        },
    }
}

/// Bytes of the search tokens of a value of so many bytes, from above.
fn of_tokens(target: &Target, longest: i64) -> i64 {
    let asks = target.rule.seal.as_ref().and_then(|seal| seal.tokens);
    let Some(Ok(tokens)) = asks.map(|wish| wish.of(&target.declared, target.matching)) else {
        return 0;
    };
    let trigrams = tokens.matching.map_or(0, |_| longest + 1);
    let beginnings = tokens.prefix.map_or(0, i64::from);
    let blocks = tokens.range.map_or(0, |_| 64);
    2 + 8 * (trigrams + beginnings + blocks)
}

async fn constraint_indexes(tx: &Transaction<'_>, table: &Table) -> Result<Vec<u32>, JobError> {
    let step = || at("reading indexes");
    let attnums: Vec<i16> = table.sealed.iter().map(|target| target.attnum).collect();
    tx.query(
        "SELECT indexrelid FROM pg_index WHERE indrelid = $1 AND indkey::int2[] && $2 ORDER BY 1",
        &[&table.relation.oid, &attnums],
    )
    .await
    .map_err(step())?
    .iter()
    .map(|row| row.try_get(0).map_err(step()))
    .collect()
}

/// A foreign key that is taken off and put on again.
pub(super) struct Link {
    pub(super) key: ForeignKey,
    pub(super) table: String,
    pub(super) definition: String,
}

/// The foreign keys from and to columns that change. `domain` gives what each column will be: `None`
/// stays plain, else a name for its key domain, equal for equal domains.
pub(super) async fn links(
    tx: &Transaction<'_>,
    snapshot: &Snapshot,
    changing: &HashSet<(u32, i16)>,
    domain: impl Fn(u32, i16) -> Option<String>,
    obstacles: &mut Vec<Obstacle>,
) -> Result<Vec<Link>, JobError> {
    let step = || at("reading foreign keys");
    let mut links = Vec::new();
    for key in &snapshot.foreign_keys {
        let from = key.from.1.iter().map(|attnum| (key.from.0, *attnum));
        let to = key.to.1.iter().map(|attnum| (key.to.0, *attnum));
        let pairs: Vec<_> = from.zip(to).collect();
        if !pairs
            .iter()
            .any(|(from, to)| changing.contains(from) || changing.contains(to))
        {
            continue;
        }
        let name = |oid: u32| {
            snapshot
                .relations
                .get(&oid)
                .map_or_else(|| oid.to_string(), |relation| relation.qualified())
        };
        let fits = pairs
            .iter()
            .all(|(from, to)| domain(from.0, from.1) == domain(to.0, to.1));
        if !fits {
            obstacles.push(Obstacle::new(
                name(key.from.0),
                format!("foreign key {} to {} joins columns that would not be sealed alike", key.name, name(key.to.0)),
                "give both columns one `domain` with search = [\"equality\"] and name both tables in one run, or drop the foreign key",
            ));
        }
        let row = tx
            .query_one(
                "SELECT pg_get_constraintdef(oid), confdeltype = 'd' OR confupdtype = 'd'
                 FROM pg_constraint WHERE conrelid = $1 AND conname = $2 AND contype = 'f'",
                &[&key.from.0, &key.name],
            )
            .await
            .map_err(step())?;
        if row.try_get(1).map_err(step())? {
            obstacles.push(Obstacle::new(
                name(key.from.0),
                format!("foreign key {} sets a default", key.name),
                "the default of a sealed column is written by the proxy, not by the server: use another action",
            ));
        }
        links.push(Link {
            table: snapshot
                .relations
                .get(&key.from.0)
                .map_or_else(String::new, |relation| super::table::relation_sql(relation)),
            definition: row.try_get(0).map_err(step())?,
            key: key.clone(),
        });
    }
    Ok(links)
}
