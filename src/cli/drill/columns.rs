//! What is opened: values of every sealed column through the proxy, and the counts of both sides.

use std::pin::pin;
use std::sync::Arc;

use futures_util::StreamExt;
use tokio_postgres::SimpleQueryMessage;

use super::dump::Dump;
use super::machine::{self, Proxy};
use crate::catalog::quote_ident;
use crate::cli::Failure;
use crate::embedded::Server;
use crate::ground::Ground;
use crate::keys::SubjectFate;
use crate::seal::{Scheme, SubjectId};

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
    /// Under the keys of data subjects.
    of_subjects: bool,
}

/// The keys of data subjects.
pub(super) struct Subjects {
    pub(super) keys: Arc<crate::keys::Subjects>,
    /// Whether a copy of them was given.
    pub(super) given: bool,
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
                of_subjects: (column.seal.as_ref())
                    .is_some_and(|spec| spec.scheme == Scheme::Subject),
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
    subjects: Option<&Subjects>,
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
    let mut gone = Gone::default();
    if let Some(subjects) = subjects.filter(|_| column.of_subjects) {
        gone = find_gone(&direct, &table, &name, subjects).await?;
        if !subjects.given {
            let said = format!(
                "not opened without a copy of the keys of data subjects: {values} values, {}",
                gone.said()
            );
            let opened = Opened {
                column: column.qualified.clone(),
                rows,
                values,
                opened: 0,
            };
            return Ok((opened, said));
        }
        if !gone.lost.is_empty() {
            return Err(Failure::Failed(format!(
                "{} values are lost: the copy of the keys does not hold those of their data subjects, and nothing says that they were erased: {}",
                gone.lost_values,
                some(&gone.lost)
            )));
        }
    }
    let limit = match sample {
        0 => String::new(),
        some => format!(" LIMIT {some}"),
    };
    let sql = format!("SELECT {name} FROM {table} WHERE {name} IS NOT NULL{limit}");
    let (mut opened, mut hidden) = (0_u64, 0_i64);
    let mut stream = pin!(client.simple_query_raw(&sql).await?);
    while let Some(message) = stream.next().await {
        // A value that does not open is an error of the proxy (XX001).
        if let SimpleQueryMessage::Row(row) = message? {
            match row.try_get(0)? {
                Some(_) => opened += 1,
                // As a value of who was erased is shown.
                None => hidden += 1,
            }
        }
    }
    let expected = match sample {
        0 => values,
        some => values.min(i64::from(some)),
    };
    let came = i64::try_from(opened).unwrap_or(i64::MAX);
    let too_few = hidden > gone.values || (sample == 0 && hidden != gone.values);
    if came.saturating_add(hidden) != expected || too_few {
        return Err(Failure::Failed(format!(
            "{opened} of {expected} values came through the proxy"
        )));
    }
    let mut said = format!("{opened} of {values} values, {rows} rows");
    if gone.values > 0 {
        said.push_str(&format!("; {}", gone.said()));
    }
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

/// What is under keys that are not to be had.
#[derive(Default)]
struct Gone {
    /// Values of erased data subjects.
    values: i64,
    /// Their keys.
    erased: Vec<String>,
    /// Values whose keys are not there.
    lost_values: i64,
    /// Those keys.
    lost: Vec<String>,
}

impl Gone {
    fn said(&self) -> String {
        let mut said = Vec::new();
        if !self.erased.is_empty() {
            said.push(format!(
                "{} values of {} erased data subjects: {}",
                self.values,
                self.erased.len(),
                some(&self.erased)
            ));
        }
        if !self.lost.is_empty() {
            said.push(format!(
                "{} values of {} data subjects whose keys are not there: {}",
                self.lost_values,
                self.lost.len(),
                some(&self.lost)
            ));
        }
        said.join("; ")
    }
}

/// The first of many.
fn some(ids: &[String]) -> String {
    let shown: Vec<&str> = ids.iter().take(20).map(String::as_str).collect();
    let more = match ids.len() > shown.len() {
        true => ", …",
        false => "",
    };
    format!("{}{more}", shown.join(", "))
}

async fn find_gone(
    direct: &tokio_postgres::Client,
    table: &str,
    name: &str,
    subjects: &Subjects,
) -> Result<Gone, Failure> {
    let text = format!(
        "SELECT substr({name}, 11, 8)::bytea, count(*) FROM {table} WHERE {name} IS NOT NULL GROUP BY 1 ORDER BY 1"
    );
    let mut gone = Gone::default();
    for row in direct.query(&text, &[]).await? {
        let (id, values): (&[u8], i64) = (row.try_get(0)?, row.try_get(1)?);
        let id: [u8; 8] = id
            .try_into()
            .map_err(|_| Failure::Failed("an envelope without the id of a key".to_owned()))?;
        let id = SubjectId(id);
        match subjects.keys.fate(id).map_err(Failure::because)? {
            SubjectFate::Live => {}
            SubjectFate::Erased => {
                gone.values += values;
                gone.erased.push(id.to_string());
            }
            SubjectFate::Unknown => {
                gone.lost_values += values;
                gone.lost.push(id.to_string());
            }
        }
    }
    Ok(gone)
}
