//! What is opened: values of every sealed column through the proxy, and the counts of both sides.

use std::pin::pin;

use futures_util::StreamExt;
use tokio_postgres::SimpleQueryMessage;

use super::dump::Dump;
use super::machine::{self, Proxy};
use crate::catalog::quote_ident;
use crate::cli::Failure;
use crate::embedded::Server;
use crate::ground::Ground;

/// A table with sealed columns.
pub(super) struct Table {
    pub(super) columns: Vec<Column>,
}

/// A sealed column.
pub(super) struct Column {
    schema: String,
    table: String,
    name: String,
    pub(super) qualified: String,
}

/// What was seen of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Opened {
    pub(super) column: String,
    /// Rows of its table.
    pub(super) rows: i64,
    /// Those with a value.
    pub(super) values: i64,
    /// Values that were opened.
    pub(super) opened: u64,
}

/// Every sealed column of the registry, as the restored database has it.
pub(super) fn tables(ground: &Ground) -> Vec<Table> {
    let mut columns: Vec<Column> = ground
        .registry
        .columns
        .iter()
        .filter(|column| column.seal.is_some())
        .filter_map(|column| {
            let relation = ground.world.snapshot.relations.get(&column.table)?;
            let live = relation
                .columns
                .iter()
                .find(|live| live.attnum == column.attnum)?;
            Some(Column {
                schema: relation.schema.clone(),
                table: relation.name.clone(),
                name: live.name.clone(),
                qualified: format!("{}.{}", relation.qualified(), live.name),
            })
        })
        .collect();
    columns.sort_by(|one, other| one.qualified.cmp(&other.qualified));
    let mut tables: Vec<Table> = Vec::new();
    for column in columns {
        match tables.last_mut() {
            Some(table)
                if table.columns.first().is_some_and(|first| {
                    (&first.schema, &first.table) == (&column.schema, &column.table)
                }) =>
            {
                table.columns.push(column);
            }
            _ => tables.push(Table {
                columns: vec![column],
            }),
        }
    }
    tables
}

/// Opens `sample` values (0: all), and compares the counts of the server, of the proxy and of the database that was dumped.
pub(super) async fn open(
    server: &Server,
    proxy: &Proxy,
    database: &str,
    column: &Column,
    sample: u32,
    dump: &Dump,
) -> Result<(Opened, String), Failure> {
    let table = format!(
        "{}.{}",
        quote_ident(&column.schema),
        quote_ident(&column.table)
    );
    let name = quote_ident(&column.name);
    let counting = format!("SELECT count(*), count({name}) FROM {table}");
    let direct = machine::connect(server, database).await?;
    let row = direct.query_one(&counting, &[]).await?;
    let (rows, values): (i64, i64) = (row.try_get(0)?, row.try_get(1)?);
    let client = proxy.connect().await?;
    let through = client
        .query_one(&format!("SELECT count(*) FROM {table}"), &[])
        .await?;
    let through: i64 = through.try_get(0)?;
    if through != rows {
        return Err(Failure::Failed(format!(
            "{rows} rows in the server, {through} through the proxy"
        )));
    }
    if let Some(dumped) = dump.count(&column.schema, &column.table)
        && dumped != rows
    {
        return Err(Failure::Failed(format!(
            "{dumped} rows in the database that was dumped, {rows} in the restored one"
        )));
    }
    let limit = match sample {
        0 => String::new(),
        some => format!(" LIMIT {some}"),
    };
    let sql = format!("SELECT {name} FROM {table} WHERE {name} IS NOT NULL{limit}");
    let mut opened = 0_u64;
    let mut stream = pin!(client.simple_query_raw(&sql).await?);
    while let Some(message) = stream.next().await {
        // A value that does not open is an error of the proxy (XX001).
        if let SimpleQueryMessage::Row(row) = message? {
            opened += u64::from(row.try_get(0)?.is_some());
        }
    }
    let expected = match sample {
        0 => values,
        some => values.min(i64::from(some)),
    };
    if i64::try_from(opened).ok() != Some(expected) {
        return Err(Failure::Failed(format!(
            "{opened} of {expected} values came through the proxy"
        )));
    }
    let said = format!("{opened} of {values} values, {rows} rows");
    Ok((
        Opened {
            column: column.qualified.clone(),
            rows,
            values,
            opened,
        },
        said,
    ))
}
