//! Indexes with a column that is to be sealed: which stay, which become hash, which go.

use std::collections::HashMap;

use tokio_postgres::Transaction;

use super::error::at;
use super::table::{Table, Target};
use super::{JobError, Obstacle, folded_indexes};
use crate::catalog::quote_ident;
use crate::ground::identifiers;
use crate::seal::Scheme;

/// The longest envelope that a btree row takes (2,704 bytes with its neighbours).
pub(super) const BTREE_ROOM: i64 = 2_600;

/// What happens to the indexes of a table; the server itself makes the others anew.
#[derive(Debug, Default)]
pub(super) struct Indexes {
    /// Before the columns change.
    pub(super) before: Vec<String>,
    /// After.
    pub(super) after: Vec<String>,
    /// What an operator should know.
    pub(super) notes: Vec<String>,
    /// Columns (quoted) with an index that begins with their tag.
    pub(super) led: Vec<String>,
}

const INDEX: &str = "
    SELECT c.relname::text, m.amname::text, i.indisunique, i.indkey::int2[], i.indnkeyatts::int4,
           pg_get_expr(i.indpred, i.indrelid), pg_get_expr(i.indexprs, i.indrelid),
           EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = c.oid AND k.contype = 'x'),
           NOT EXISTS (
             SELECT FROM unnest(i.indclass::oid[], i.indcollation::oid[], (i.indkey::int2[])[0:i.indnkeyatts - 1])
                      AS part(class, coll, attnum)
             JOIN pg_opclass o ON o.oid = part.class
             JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = part.attnum
             WHERE part.attnum = ANY ($2)
               AND (NOT (o.opcdefault OR o.opcname = 'varchar_ops')
                    OR part.coll NOT IN (0, a.attcollation))),
           quote_ident(n.nspname),
           i.indnkeyatts = 1 AND i.indnatts = 1 AND NOT i.indisunique AND i.indcollation[0] = 100 AND EXISTS (
             SELECT FROM pg_opclass o WHERE o.oid = i.indclass[0]
               AND o.opcname IN ('text_pattern_ops', 'varchar_pattern_ops', 'bpchar_pattern_ops')),
           coalesce(' WHERE ' || pg_get_expr(i.indpred, i.indrelid), '')
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am m ON m.oid = c.relam
    JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE i.indexrelid = $1";

/// Decides over one index.
pub(super) async fn decide(
    tx: &Transaction<'_>,
    table: &Table,
    index: u32,
    lengths: &HashMap<i16, i64>,
    out: &mut Indexes,
    obstacles: &mut Vec<Obstacle>,
) -> Result<(), JobError> {
    let step = || at("reading an index");
    let attnums: Vec<i16> = table.sealed.iter().map(|target| target.attnum).collect();
    let row = tx
        .query_one(INDEX, &[&index, &attnums])
        .await
        .map_err(step())?;
    let name: String = row.try_get(0).map_err(step())?;
    let method: String = row.try_get(1).map_err(step())?;
    let unique: bool = row.try_get(2).map_err(step())?;
    let key: Vec<i16> = row.try_get(3).map_err(step())?;
    let count: i32 = row.try_get(4).map_err(step())?;
    let predicate: Option<String> = row.try_get(5).map_err(step())?;
    let expressions: Option<String> = row.try_get(6).map_err(step())?;
    let exclusion: bool = row.try_get(7).map_err(step())?;
    let plain_classes: bool = row.try_get(8).map_err(step())?;
    let schema: String = row.try_get(9).map_err(step())?;
    let for_patterns: bool = row.try_get(10).map_err(step())?;
    let filter: String = row.try_get(11).map_err(step())?;
    if exclusion {
        return Ok(()); // Listed as a constraint.
    }
    let key: &[i16] = key
        .get(..usize::try_from(count).unwrap_or_default())
        .unwrap_or_default();
    let among: Vec<&Target> = table
        .sealed
        .iter()
        .filter(|target| key.contains(&target.attnum))
        .collect();
    let texts = format!(
        "{} {}",
        predicate.as_deref().unwrap_or_default(),
        expressions.unwrap_or_default()
    );
    let words = identifiers(&texts);
    let of_predicate = identifiers(predicate.as_deref().unwrap_or_default());
    let free = !table
        .sealed
        .iter()
        .any(|target| of_predicate.contains(&target.name));
    if free && let Some(turned) = folded_indexes::turn(tx, table, index).await? {
        match turned {
            Ok(turned) => {
                out.before.extend(turned.before);
                out.after.extend(turned.after);
                out.notes.push(turned.note);
                out.led.extend(turned.leads);
            }
            Err(reason) => obstacles.push(Obstacle::new(
                table.name(),
                format!("index {name} {reason}"),
                "drop the index, protect, and create it again where it is still wanted",
            )),
        }
        return Ok(());
    }
    let mut obstacle = |what: String, why: &str| {
        obstacles.push(Obstacle::new(table.name(), what, why));
    };
    if let Some(target) = table
        .sealed
        .iter()
        .find(|target| words.contains(&target.name))
    {
        obstacle(
            format!(
                "index {name} uses {} in an expression or its predicate",
                target.name
            ),
            "drop the index: the server cannot evaluate it on sealed values",
        );
        return Ok(());
    }
    let Some(first) = among.first() else {
        return Ok(()); // An INCLUDE column: carried along.
    };
    let drop_it = format!("DROP INDEX {schema}.{}", quote_ident(&name));
    if let Some(random) = among.iter().find(|target| !deterministic(target)) {
        if unique {
            obstacle(
                format!(
                    "unique index {name} on {}, whose rule gives it no search",
                    random.name
                ),
                "give the column search = [\"equality\"], or drop the constraint: random envelopes never collide",
            );
        } else if key.len() == 1 {
            out.before.push(drop_it);
            out.notes.push(format!(
                "index {name} on {} is dropped: without search the server cannot use it",
                table.column(random)
            ));
        } else {
            obstacle(
                format!(
                    "index {name} has {} among its columns, whose rule gives it no search",
                    random.name
                ),
                "drop the index, or create it without that column",
            );
        }
        return Ok(());
    }
    if !(method == "btree" || method == "hash") {
        obstacle(
            format!("index {name} on {} is of kind {method}", first.name),
            "drop the index: sealed columns take btree and hash",
        );
        return Ok(());
    }
    // Object mappers add such an index to every searched text (`email_…_like`): it serves LIKE, and by the way equality.
    let for_patterns = for_patterns && method == "btree";
    if !plain_classes && !for_patterns {
        obstacle(
            format!(
                "index {name} on {} has an operator class or a collation of its own",
                first.name
            ),
            "drop the index, protect, and create it without them",
        );
        return Ok(());
    }
    let longest: i64 = among
        .iter()
        .map(|target| lengths.get(&target.attnum).copied().unwrap_or_default())
        .sum();
    let fits = longest <= BTREE_ROOM;
    if for_patterns && fits {
        out.before.push(drop_it);
        out.after.push(format!(
            "CREATE INDEX {} ON {} ({}){filter}",
            quote_ident(&name),
            table.sql(),
            quote_ident(&first.name)
        ));
        out.notes.push(format!(
            "index {name} on {} loses its operator class: sealed values are not found by pattern",
            table.column(first)
        ));
    } else if method == "btree" && !fits {
        if unique || key.len() > 1 {
            obstacle(
                format!(
                    "index {name}: sealed values of up to {longest} bytes do not fit a btree row ({BTREE_ROOM})"
                ),
                "drop the index or shorten the values; ciphertext does not compress",
            );
        } else {
            out.before.push(drop_it);
            out.after.push(format!(
                "CREATE INDEX {} ON {} USING hash ({}){filter}",
                quote_ident(&name),
                table.sql(),
                quote_ident(&first.name)
            ));
            out.notes.push(format!(
                "index {name} on {} becomes a hash index: sealed values of up to {longest} bytes do not fit a btree",
                table.column(first)
            ));
        }
    }
    Ok(())
}

fn deterministic(target: &Target) -> bool {
    target
        .rule
        .seal
        .as_ref()
        .is_some_and(|seal| seal.scheme == Scheme::Deterministic)
}
