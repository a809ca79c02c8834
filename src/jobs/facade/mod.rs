//! The server's side of the catalog facade: what shows a sealed column as it was declared. `init` makes it from the
//! live catalog, since its columns differ from version to version, and anew when it runs on another one.
//!
//! They are views in the form of functions of one SELECT, which the planner puts in place as it does with views:
//! `pg_dump` forbids itself views that are not the server's own (`restrict_nonsystem_relation_kind`). Their names are
//! bound when they are made, whatever the caller's search path.

use tokio_postgres::Transaction;

use super::JobError;
use super::error::at;
use crate::catalog::{CASE_MARK, FACADE, FacadeView, quote_ident};

/// Registry's side: the table of declared shapes, what keeps it in step, and the functions.
const BASE: &str = include_str!("base.sql");

/// The declared shape of an attribute `a`.
const SHAPE: &str = "(sealwire.facade_of(a.attrelid, a.attnum))";

/// Columns of `pg_attribute` that tell a type, and where the declared one stands.
const TYPED: &[&str] = &[
    "atttypid",
    "atttypmod",
    "attcollation",
    "attlen",
    "attndims",
    "attbyval",
    "attalign",
];

/// Makes the facade, or brings it up to date.
///
/// # Errors
/// The server's: for instance where something was built on a function that has to change.
pub(super) async fn install(tx: &Transaction<'_>) -> Result<(), JobError> {
    let step = || at("making the catalog facade");
    tx.batch_execute("SELECT pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true)")
        .await
        .map_err(step())?;
    tx.batch_execute(BASE).await.map_err(step())?;
    for view in FACADE.iter().rev() {
        let name = quote_ident(view.name);
        tx.batch_execute(&format!("DROP FUNCTION IF EXISTS sealwire.{name}()"))
            .await
            .map_err(step())?;
    }
    for view in FACADE {
        let definition = definition(tx, view).await?;
        let columns = columns(tx, view).await?;
        let name = format!("sealwire.{}", quote_ident(view.name));
        tx.batch_execute(&format!(
            "CREATE FUNCTION {name}() RETURNS TABLE ({columns}) LANGUAGE sql STABLE PARALLEL SAFE ROWS 5000
             BEGIN ATOMIC {definition}; END"
        ))
        .await
        .map_err(step())?;
    }
    Ok(())
}

/// Names and types of what it stands for; with them, those of the system columns.
async fn columns(tx: &Transaction<'_>, view: &FacadeView) -> Result<String, JobError> {
    let step = || at("reading the columns of a catalog");
    let qualified = format!(
        "{}.{}",
        quote_ident(view.schema),
        quote_ident(view.relation)
    );
    let rows = tx
        .query(
            "SELECT quote_ident(attname) || ' ' || CASE atttypid WHEN 'anyarray'::regtype THEN 'text'
                        ELSE format_type(atttypid, NULL) END
             FROM pg_catalog.pg_attribute
             WHERE attrelid = $1::text::regclass AND NOT attisdropped AND (attnum > 0 OR $2)
             ORDER BY attnum < 0, abs(attnum)",
            &[&qualified, &view.system],
        )
        .await
        .map_err(step())?;
    let mut columns = Vec::with_capacity(rows.len());
    for row in rows {
        let column: String = row.try_get(0).map_err(step())?;
        columns.push(column);
    }
    Ok(columns.join(", "))
}

async fn definition(tx: &Transaction<'_>, view: &FacadeView) -> Result<String, JobError> {
    match (view.schema, view.relation) {
        ("pg_catalog", "pg_attribute") => attributes(tx, view.system).await,
        ("pg_catalog", "pg_attrdef") => Ok(defaults(view.system)),
        ("pg_catalog", "pg_description") => Ok(comments(view.system)),
        ("pg_catalog", "pg_index") => indexes(tx, view.system).await,
        _ => rewritten(tx, view).await,
    }
}

/// System columns, as a view can have them.
fn system_columns(of: &str, class: &str) -> String {
    format!(", {of}.ctid, {of}.xmin, {of}.cmin, {of}.xmax, {of}.cmax, {class}")
}

/// `pg_attribute` with the declared type of what is sealed. A sealed attribute is looked up by itself: most are
/// not sealed, and a statement's own joins stay what they are.
async fn attributes(tx: &Transaction<'_>, system: bool) -> Result<String, JobError> {
    let step = || at("reading the columns of pg_attribute");
    let rows = tx
        .query(
            "SELECT attname::text FROM pg_catalog.pg_attribute
             WHERE attrelid = 'pg_catalog.pg_attribute'::regclass AND attnum > 0 AND NOT attisdropped
             ORDER BY attnum",
            &[],
        )
        .await
        .map_err(step())?;
    let mut columns = Vec::with_capacity(rows.len());
    for row in rows {
        let name: String = row.try_get(0).map_err(step())?;
        columns.push(attribute(&name));
    }
    let more = if system {
        system_columns("a", "a.tableoid")
    } else {
        String::new()
    };
    Ok(format!(
        "SELECT {}{more} FROM pg_catalog.pg_attribute a",
        columns.join(", ")
    ))
}

fn attribute(name: &str) -> String {
    let quoted = quote_ident(name);
    let shown = |expression: &str| {
        format!(
            "CASE a.atttypid WHEN 'sealwire.sealed'::regtype THEN COALESCE({expression}, a.{quoted})
                ELSE a.{quoted} END AS {quoted}"
        )
    };
    match name {
        // Gone in 18, and never anything else: what names it would not be restored there.
        "attcacheoff" => "-1".to_owned(),
        // A value, of rows from before the column was added, sealed or not: nobody but the server itself needs it, and which
        // roles may see it is not a catalog's to know.
        "attmissingval" => "NULL::pg_catalog.text AS attmissingval".to_owned(),
        "atthasdef" => shown(&format!("a.atthasdef OR {SHAPE}.shown_default IS NOT NULL")),
        // What a sealed column is stored as by itself stands for what its type would be by itself.
        "attstorage" => shown(&format!(
            "CASE WHEN a.attstorage = 'x' OR {SHAPE}.attstorage = 'p' THEN {SHAPE}.attstorage END"
        )),
        name if TYPED.contains(&name) => shown(&format!("{SHAPE}.{quoted}")),
        _ => format!("a.{quoted}"),
    }
}

/// `pg_attrdef` with the defaults that the proxy writes itself.
fn defaults(system: bool) -> String {
    let class = "'pg_catalog.pg_attrdef'::regclass::oid";
    let (own, shown) = if system {
        (
            system_columns("d", "d.tableoid"),
            system_columns("t", class),
        )
    } else {
        (String::new(), String::new())
    };
    format!(
        "SELECT d.oid, d.adrelid, d.adnum, d.adbin{own} FROM pg_catalog.pg_attrdef d
         UNION ALL
         SELECT t.oid, f.attrelid, f.attnum, t.typdefaultbin{shown}
           FROM sealwire.facade f JOIN pg_catalog.pg_type t ON t.oid = f.shown_default
          WHERE t.typdefaultbin IS NOT NULL"
    )
}

/// `pg_index` without the indexes that nobody declared: those that `protect` makes on tags.
async fn indexes(tx: &Transaction<'_>, system: bool) -> Result<String, JobError> {
    let columns: String = tx
        .query_one(
            "SELECT string_agg('i.' || quote_ident(attname), ', ' ORDER BY attnum) FROM pg_catalog.pg_attribute
             WHERE attrelid = 'pg_catalog.pg_index'::regclass AND attnum > 0 AND NOT attisdropped",
            &[],
        )
        .await
        .and_then(|row| row.try_get(0))
        .map_err(at("reading the columns of pg_index"))?;
    let own = if system {
        system_columns("i", "i.tableoid")
    } else {
        String::new()
    };
    Ok(format!(
        "SELECT {columns}{own} FROM pg_catalog.pg_index i
         WHERE i.indexprs IS NULL
            OR pg_catalog.obj_description(i.indexrelid, 'pg_class') IS DISTINCT FROM '{CASE_MARK}own'"
    ))
}

/// `pg_description` without what jobs note down.
fn comments(system: bool) -> String {
    let own = if system {
        system_columns("d", "d.tableoid")
    } else {
        String::new()
    };
    format!(
        "SELECT d.objoid, d.classoid, d.objsubid, d.description{own} FROM pg_catalog.pg_description d
         WHERE d.description NOT LIKE 'sealwire ci: %'"
    )
}

/// A view of the server's own over other catalogs: its definition, reading ours.
async fn rewritten(tx: &Transaction<'_>, view: &FacadeView) -> Result<String, JobError> {
    let qualified = format!(
        "{}.{}",
        quote_ident(view.schema),
        quote_ident(view.relation)
    );
    let text: String = tx
        .query_one(
            "SELECT pg_catalog.rtrim(pg_catalog.pg_get_viewdef($1::text::regclass), ';')",
            &[&qualified],
        )
        .await
        .and_then(|row| row.try_get(0))
        .map_err(at("reading a definition of information_schema"))?;
    Ok(text
        // Functions of pg_attribute's row type cannot be given a row of ours: what they say, said here.
        .replace(
            "information_schema._pg_truetypid(a.*, t.*)",
            "(CASE WHEN t.typtype = 'd' THEN t.typbasetype ELSE a.atttypid END)",
        )
        .replace(
            "information_schema._pg_truetypmod(a.*, t.*)",
            "(CASE WHEN t.typtype = 'd' THEN t.typtypmod ELSE a.atttypmod END)",
        )
        .replace("pg_attribute a", "sealwire.pg_attribute() a")
        .replace("pg_attrdef ad", "sealwire.pg_attrdef() ad")
        .replace("pg_index x", "sealwire.pg_index() x")
        .replace("pg_get_indexdef(", "sealwire.pg_get_indexdef("))
}
