//! What in the database depends on a column: everything that `pg_depend` names, told apart by kind.
//! What is not known here is an obstacle.

use tokio_postgres::Transaction;

use super::error::at;
use super::{JobError, Obstacle};
use crate::ground::identifiers;

/// Something that depends on a column and is no obstacle by itself.
#[derive(Debug, Default)]
pub(super) struct Dependants {
    /// Indexes, by oid.
    pub(super) indexes: Vec<u32>,
}

const DEPENDANTS: &str = "
    SELECT d.classid::regclass::text,
           pg_describe_object(d.classid, d.objid, d.objsubid),
           d.objid,
           c.relkind::text,
           k.contype::text,
           f.adnum,
           r.ev_class = $1,
           coalesce(v.oid::regclass::text, ''),
           v.relkind::text,
           d.objsubid
    FROM pg_depend d
    LEFT JOIN pg_class c ON d.classid = 'pg_class'::regclass AND c.oid = d.objid
    LEFT JOIN pg_constraint k ON d.classid = 'pg_constraint'::regclass AND k.oid = d.objid
    LEFT JOIN pg_attrdef f ON d.classid = 'pg_attrdef'::regclass AND f.oid = d.objid
    LEFT JOIN pg_rewrite r ON d.classid = 'pg_rewrite'::regclass AND r.oid = d.objid
    LEFT JOIN pg_class v ON v.oid = r.ev_class
    WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid = $1 AND d.refobjsubid = $2::int2
    GROUP BY d.classid, d.objid, d.objsubid, c.relkind, k.contype, f.adnum, r.ev_class, v.oid, v.relkind
    ORDER BY 1, 3";

/// Sorts the dependants of a column; what cannot be converted goes to `obstacles`.
pub(super) async fn walk(
    tx: &Transaction<'_>,
    table: u32,
    attnum: i16,
    column: &str,
    obstacles: &mut Vec<Obstacle>,
) -> Result<Dependants, JobError> {
    let step = || at(format!("looking for what depends on {column}"));
    let mut dependants = Dependants::default();
    for row in tx
        .query(DEPENDANTS, &[&table, &attnum])
        .await
        .map_err(step())?
    {
        let class: String = row.try_get(0).map_err(step())?;
        let described: String = row.try_get(1).map_err(step())?;
        let oid: u32 = row.try_get(2).map_err(step())?;
        let relkind: Option<String> = row.try_get(3).map_err(step())?;
        let contype: Option<String> = row.try_get(4).map_err(step())?;
        let adnum: Option<i16> = row.try_get(5).map_err(step())?;
        let view: String = row.try_get(7).map_err(step())?;
        let view_kind: Option<String> = row.try_get(8).map_err(step())?;
        let part: i32 = row.try_get(9).map_err(step())?;
        let mut obstacle = |what: &str, why: &str| {
            obstacles.push(Obstacle::new(column, what, why));
        };
        match class.as_str() {
            "pg_rewrite" => match view_kind.as_deref() {
                Some("v") => obstacle(
                    &format!("view {view} uses it"),
                    "drop the view, protect, and create it again",
                ),
                Some("m") => obstacle(
                    &format!("materialised view {view} uses it and holds copies of the values"),
                    "drop it, protect, and create it again",
                ),
                Some(_) | None => obstacle(
                    &format!("{described} uses it"),
                    "drop the rule: it works inside the server, on sealed values",
                ),
            },
            "pg_constraint" => match contype.as_deref() {
                // Keys are converted; NOT NULL stays.
                Some("f" | "u" | "p" | "n") => {}
                Some("c") => obstacle(
                    &format!("{described} uses it"),
                    "drop the CHECK: the server cannot evaluate it on sealed values",
                ),
                Some("x") => obstacle(
                    &format!("exclusion {described} uses it"),
                    "drop it: the server cannot evaluate it on sealed values",
                ),
                Some(_) | None => obstacle(&format!("{described} uses it"), "drop it"),
            },
            // Before 15 it is the generated column itself that depends, later its expression.
            "pg_class" if oid == table && part != 0 => obstacle(
                &format!("generated column: {described} uses it"),
                "drop the generated column",
            ),
            "pg_class" => match relkind.as_deref() {
                Some("i") => dependants.indexes.push(oid),
                Some("S") => obstacle(
                    &format!("{described} belongs to it"),
                    "serial and identity values come from the server: such a column cannot be sealed",
                ),
                Some(_) | None => obstacle(&format!("{described} depends on it"), "drop it"),
            },
            // The column's own default is looked at by itself.
            "pg_attrdef" if adnum == Some(attnum) => {}
            "pg_attrdef" => obstacle(
                &format!("generated column: {described} uses it"),
                "drop the generated column",
            ),
            "pg_trigger" => obstacle(
                &format!("{described} names it (WHEN or UPDATE OF)"),
                "drop the trigger or its condition",
            ),
            "pg_policy" => obstacle(
                &format!("row security {described} uses it"),
                "drop the policy: the server cannot evaluate it on sealed values",
            ),
            "pg_publication_rel" => obstacle(
                &format!("{described} has a row filter or a column list with it"),
                "take the table out of the publication, protect, and add it again",
            ),
            "pg_proc" => obstacle(
                &format!("{described} uses it in its body"),
                "drop the function: it works inside the server, on sealed values",
            ),
            // Made anew by ALTER TYPE.
            "pg_statistic_ext" => {}
            _ => obstacle(&format!("{described} depends on it"), "drop it"),
        }
    }
    Ok(dependants)
}

const ROUTINES: &str = "
    SELECT p.oid::regprocedure::text,
           CASE WHEN p.prosqlbody IS NOT NULL THEN pg_get_function_sqlbody(p.oid) ELSE p.prosrc END
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_language l ON l.oid = p.prolang
    WHERE n.nspname NOT IN ('pg_catalog', 'information_schema', 'sealwire') AND l.lanname IN ('sql', 'plpgsql')
    ORDER BY 1";

/// Routines whose text has both names: (signature, columns mentioned).
pub(super) async fn mentions(
    tx: &Transaction<'_>,
    table: &str,
    columns: &[&str],
) -> Result<Vec<(String, Vec<String>)>, JobError> {
    let step = || at("reading routines");
    let mut found = Vec::new();
    for row in tx.query(ROUTINES, &[]).await.map_err(step())? {
        let text: Option<String> = row.try_get(1).map_err(step())?;
        let words = identifiers(&text.unwrap_or_default());
        if !words.contains(table) {
            continue;
        }
        let mentioned: Vec<String> = columns
            .iter()
            .filter(|column| words.contains(**column))
            .map(|column| (*column).to_owned())
            .collect();
        if !mentioned.is_empty() {
            found.push((row.try_get(0).map_err(step())?, mentioned));
        }
    }
    Ok(found)
}
