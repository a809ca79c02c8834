//! Indexes on `lower(c)`, `upper(c)` or a citext column: `protect` turns them into indexes on `sealwire.ci(c)`,
//! `unprotect` turns them back. What an index was is kept as its comment, in fixed words.

use tokio_postgres::Transaction;

use super::JobError;
use super::error::at;
use super::table::{Table, Target};
use crate::catalog::{CASE_MARK, quote_ident, quote_literal};
use crate::value::{CaseFunction, Fold, Kind};

/// What a key of an index on `sealwire.ci` was before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Was {
    /// `lower(c)`.
    Lower,
    /// `upper(c)`.
    Upper,
    /// The column itself.
    Column,
    /// The column itself, under a UNIQUE constraint.
    Constraint,
}

impl Was {
    fn word(self) -> &'static str {
        match self {
            Was::Lower => "lower",
            Was::Upper => "upper",
            Was::Column => "column",
            Was::Constraint => "constraint",
        }
    }

    fn by_comment(comment: &str) -> Option<Was> {
        let word = comment.strip_prefix(CASE_MARK)?;
        [Was::Lower, Was::Upper, Was::Column, Was::Constraint]
            .into_iter()
            .find(|was| was.word() == word)
    }

    /// The key in an index on the plain column.
    fn key(self, column: &str) -> String {
        match self {
            Was::Lower => format!("lower({column})"),
            Was::Upper => format!("upper({column})"),
            Was::Column | Was::Constraint => column.to_owned(),
        }
    }
}

/// Statements before and after the columns change.
#[derive(Debug, Default)]
pub(super) struct Turned {
    pub(super) before: Vec<String>,
    pub(super) after: Vec<String>,
    pub(super) note: String,
    /// Quoted names of the columns whose tag is the first key.
    pub(super) leads: Option<String>,
}

const INDEX: &str = "
    SELECT quote_ident(n.nspname), c.relname::text, m.amname::text, i.indisunique,
           pg_get_expr(i.indpred, i.indrelid),
           i.indnkeyatts = i.indnatts
               AND NOT EXISTS (SELECT FROM unnest(i.indcollation::oid[]) AS own (id)
                               JOIN pg_collation k ON k.oid = own.id WHERE NOT k.collisdeterministic),
           (i.indoption::int2[])[0:i.indnkeyatts - 1] <@ ARRAY[0::int2],
           ARRAY(SELECT pg_get_indexdef(i.indexrelid, k, false) FROM generate_series(1, i.indnkeyatts) AS k ORDER BY k),
           EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = c.oid AND k.contype IN ('u', 'p')),
           EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = c.oid AND (k.contype IN ('p', 'f', 'x') OR k.condeferrable)),
           obj_description(c.oid, 'pg_class'), i.indrelid::regclass::text,
           coalesce(to_jsonb(i)->>'indnullsnotdistinct', 'false')::bool, pg_get_indexdef(i.indexrelid)
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am m ON m.oid = c.relam
    JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE i.indexrelid = $1";

struct Index {
    schema: String,
    name: String,
    method: String,
    unique: bool,
    predicate: Option<String>,
    plain: bool,
    keys: Vec<String>,
    constraint: bool,
    fixed: bool,
    comment: String,
    table: String,
    definition: String,
}

async fn read(tx: &Transaction<'_>, index: u32) -> Result<Index, JobError> {
    let row = tx
        .query_one(INDEX, &[&index])
        .await
        .map_err(at("reading an index"))?;
    let get = || {
        let included: bool = row.try_get(5)?;
        let ordered: bool = row.try_get(6)?;
        let not_distinct: bool = row.try_get(12)?;
        Ok(Index {
            schema: row.try_get(0)?,
            name: row.try_get(1)?,
            method: row.try_get(2)?,
            unique: row.try_get(3)?,
            predicate: row.try_get(4)?,
            plain: included && ordered && !not_distinct,
            keys: row.try_get(7)?,
            constraint: row.try_get(8)?,
            fixed: row.try_get(9)?,
            comment: row.try_get::<_, Option<String>>(10)?.unwrap_or_default(),
            table: row.try_get(11)?,
            definition: row.try_get(13)?,
        })
    };
    get().map_err(at("reading an index"))
}

impl Index {
    fn drop(&self) -> String {
        if self.constraint {
            format!(
                "ALTER TABLE {} DROP CONSTRAINT {}",
                self.table,
                quote_ident(&self.name)
            )
        } else {
            format!("DROP INDEX {}.{}", self.schema, quote_ident(&self.name))
        }
    }

    fn create(&self, keys: &[String]) -> String {
        format!(
            "CREATE {}INDEX {} ON {} USING {} ({}){}",
            if self.unique { "UNIQUE " } else { "" },
            quote_ident(&self.name),
            self.table,
            self.method,
            keys.join(", "),
            self.predicate
                .as_ref()
                .map(|predicate| format!(" WHERE {predicate}"))
                .unwrap_or_default()
        )
    }
}

/// The way of an index that has a case function of a sealed column, or a citext column, among its keys; `None` where
/// it has none that a tag stands for. `Err`: why it cannot be turned.
pub(super) async fn turn(
    tx: &Transaction<'_>,
    table: &Table,
    index: u32,
) -> Result<Option<Result<Turned, String>>, JobError> {
    let index = read(tx, index).await?;
    let mut keys = Vec::new();
    let mut was: Vec<Was> = Vec::new();
    let mut leads = None;
    for (at, key) in index.keys.iter().enumerate() {
        match table
            .sealed
            .iter()
            .find_map(|target| Some((target, stands_for(target, key)?)))
        {
            Some((target, found)) => {
                was.push(found);
                let column = quote_ident(&target.name);
                if at == 0 {
                    leads = Some(column.clone());
                }
                keys.push(format!("sealwire.ci({column})"));
            }
            None => keys.push(key.clone()),
        }
    }
    let Some(first) = was.first().copied() else {
        return Ok(None);
    };
    let was_one = if index.constraint {
        Was::Constraint
    } else {
        first
    };
    if was.iter().any(|one| *one != first) {
        return Ok(Some(Err(
            "has different case functions among its keys".to_owned()
        )));
    }
    if !index.plain || index.fixed || !(index.method == "btree" || index.method == "hash") {
        return Ok(Some(Err(
            "is a key, or has an order, INCLUDE columns, a nondeterministic collation or a kind of its own".to_owned(),
        )));
    }
    let shown = format!("{}.{}", index.schema, quote_ident(&index.name));
    Ok(Some(Ok(Turned {
        before: vec![index.drop()],
        after: vec![
            index.create(&keys),
            format!(
                "COMMENT ON INDEX {shown} IS '{CASE_MARK}{}'",
                was_one.word()
            ),
        ],
        note: format!("index {} is now on {}", index.name, keys.join(", ")),
        leads,
    })))
}

/// What a key is of the column, where its tag can take its place.
fn stands_for(target: &Target, key: &str) -> Option<Was> {
    let fold = target.fold?;
    let quoted = quote_ident(&target.name);
    let plain = quoted.trim_matches('"');
    let names = [quoted.as_str(), plain];
    let of = |function: &str| {
        names.iter().any(|name| {
            key == format!("{function}({name})") || key == format!("{function}(({name})::text)")
        })
    };
    if target.declared.kind == Kind::Citext && names.contains(&key) {
        return Some(Was::Column);
    }
    if of("lower") && fold.answers(CaseFunction::Lower) {
        return Some(Was::Lower);
    }
    (of("upper") && fold.answers(CaseFunction::Upper)).then_some(Was::Upper)
}

/// An index of its own for every column with a tag that has none.
pub(super) fn missing(table: &Table, led: &[String]) -> Vec<String> {
    table
        .sealed
        .iter()
        .filter(|target| target.fold.is_some())
        .filter(|target| !led.contains(&quote_ident(&target.name)))
        .map(|target| own(&table.sql(), &target.name))
        .collect()
}

/// An index that the application did not ask for, and that the facade hides by its comment. The server chooses its name.
fn own(table: &str, column: &str) -> String {
    let quoted = quote_ident(column);
    let keys = [&quoted, column].map(|name| quote_literal(&format!("sealwire.ci({name})")));
    let (literal, keys) = (quote_literal(table), keys.join(", "));
    let mark = quote_literal(&format!("{CASE_MARK}own"));
    let body = format!(
        "DECLARE own regclass; BEGIN
            CREATE INDEX ON {table} (sealwire.ci({quoted}));
            SELECT indexrelid::regclass INTO STRICT own FROM pg_index
             WHERE indrelid = {literal}::regclass AND pg_get_indexdef(indexrelid, 1, false) IN ({keys});
            EXECUTE format('COMMENT ON INDEX %s IS %L', own, {mark});
         END"
    );
    format!("DO {}", quote_literal(&body))
}

/// The way back of an index on `sealwire.ci`, for the columns that are opened (true: citext); `None` for another index.
pub(super) async fn back(
    tx: &Transaction<'_>,
    index: u32,
    columns: &[(String, bool)],
) -> Result<Option<Turned>, JobError> {
    let index = read(tx, index).await?;
    let citext = |name: &str| columns.iter().any(|(own, citext)| own == name && *citext);
    let mut was = Was::by_comment(&index.comment);
    let mut ours = None;
    let mut keys = Vec::new();
    for key in &index.keys {
        let column = columns.iter().find(|(column, _)| {
            let quoted = quote_ident(column);
            *key == format!("sealwire.ci({quoted})") || *key == format!("sealwire.ci({column})")
        });
        match column {
            Some((column, _)) => {
                ours = ours.or(Some(column));
                keys.push((key.clone(), Some(column)));
            }
            None => keys.push((key.clone(), None)),
        }
    }
    let Some(first) = ours else {
        return Ok(None);
    };
    let made_by_protect =
        !index.unique && keys.len() == 1 && index.name.contains("_ci_idx") && index.plain;
    if was.is_none() && !made_by_protect {
        // Made concurrently, where no comment could follow.
        was = Some(if citext(first) {
            Was::Column
        } else {
            Was::Lower
        });
    }
    let keys: Vec<String> = keys
        .into_iter()
        .map(|(key, column)| match (column, was) {
            (Some(column), Some(was)) => was.key(&quote_ident(column)),
            (Some(_) | None, _) => key,
        })
        .collect();
    let after = match was {
        // Made by `protect` itself.
        None => Vec::new(),
        Some(Was::Constraint) => vec![format!(
            "ALTER TABLE {} ADD CONSTRAINT {} UNIQUE ({})",
            index.table,
            quote_ident(&index.name),
            keys.join(", ")
        )],
        Some(was @ (Was::Lower | Was::Upper | Was::Column)) => {
            // All else that is said of it stays.
            let mut definition = index.definition.clone();
            for (column, _) in columns {
                let key = was.key(&quote_ident(column));
                for shown in [quote_ident(column), column.clone()] {
                    definition = definition.replace(&format!("sealwire.ci({shown})"), &key);
                }
            }
            vec![definition]
        }
    };
    Ok(Some(Turned {
        before: vec![index.drop()],
        after,
        ..Turned::default()
    }))
}

/// Whether `init` has made `sealwire.ci` here.
pub(super) async fn function_exists(tx: &Transaction<'_>) -> Result<bool, JobError> {
    tx.query_one(
        "SELECT to_regprocedure('sealwire.ci(sealwire.sealed)') IS NOT NULL",
        &[],
    )
    .await
    .and_then(|row| row.try_get(0))
    .map_err(at("looking for sealwire.ci"))
}

/// Whether an index begins with the tag of the column.
pub(super) async fn leads(
    tx: &Transaction<'_>,
    table: u32,
    column: &str,
) -> Result<bool, JobError> {
    let step = || at("looking for an index on a tag");
    let keys = tx
        .query(
            "SELECT pg_get_indexdef(indexrelid, 1, false) FROM pg_index
             WHERE indrelid = $1 AND indisvalid AND indexprs IS NOT NULL",
            &[&table],
        )
        .await
        .map_err(step())?;
    for row in keys {
        let key: String = row.try_get(0).map_err(step())?;
        if key == format!("sealwire.ci({column})")
            || key == format!("sealwire.ci({})", quote_ident(column))
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether a fold is asked of any column.
pub(super) fn wanted(table: &Table) -> Option<Fold> {
    table.sealed.iter().find_map(|target| target.fold)
}
