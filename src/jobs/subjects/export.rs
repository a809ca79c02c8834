//! A data subject's rows, opened, as JSON.

use std::sync::Arc;

use serde_json::{Map, Value, json};
use tokio_postgres::Client;
use zeroize::Zeroizing;

use super::reach::{Place, Search, search};
use super::record;
use crate::catalog::quote_ident;
use crate::jobs::JobError;
use crate::jobs::error::at;
use crate::jobs::rows::sent;
use crate::keys::KeyProvider;
use crate::policy::{Policy, Protected, Storage};
use crate::seal::{ColumnCipher, OpenError, SubjectError};
use crate::value::{Canonical, Kind, Settings};

/// How a column is read.
enum Reading {
    /// As the server writes it.
    Plain,
    Sealed(Arc<Protected>, Arc<ColumnCipher>),
}

/// The rows of a data subject, by table, as a JSON document. The client is connected as who may read the tables, and as the owner of
/// schema `sealwire`.
///
/// # Errors
/// Where something cannot be read or opened. Values of an erased subject are null.
pub async fn export(
    client: &mut Client,
    provider: &dyn KeyProvider,
    policy: &Arc<Policy>,
    kind: Option<&str>,
    value: &str,
) -> Result<Zeroizing<String>, JobError> {
    record::prepare(client).await?;
    let tx = client.transaction().await.map_err(at("begin"))?;
    let search = search(&tx, provider, policy, kind, value).await?;
    let mut tables = Map::new();
    for place in &search.places {
        let rows = search.rows(&tx, place).await?;
        tables.insert(place.relation.qualified(), Value::Array(rows));
    }
    let document = json!({
        "kind": search.kind,
        "subject": search.value,
        "database": search.ground.world.snapshot.database,
        "tables": tables,
    });
    let text = serde_json::to_string_pretty(&document)
        .map(Zeroizing::new)
        .map_err(|_| JobError::Nothing("the document cannot be written".to_owned()))?;
    // Recorded before it is given out.
    let listing = search.listing(&tx).await?;
    record::write(&tx, &search, "export", &listing).await?;
    tx.commit().await.map_err(at("commit"))?;
    Ok(text)
}

impl Search {
    async fn rows(
        &self,
        tx: &tokio_postgres::Transaction<'_>,
        place: &Place,
    ) -> Result<Vec<Value>, JobError> {
        let mut list = Vec::new();
        let mut readings = Vec::new();
        for column in &place.relation.columns {
            let table = place.table.as_ref();
            let protected = table.and_then(|table| table.columns.get(&column.attnum));
            let name = quote_ident(&column.name);
            match protected.map(|own| (own, &own.storage)) {
                Some((own, Storage::Sealed(spec))) => {
                    list.push(format!("{name}::pg_catalog.bytea"));
                    let cipher = self.ground.keyring.cipher(spec)?;
                    readings.push(Reading::Sealed(Arc::clone(own), cipher));
                }
                Some((_, Storage::RuleMissing)) => {
                    return Err(JobError::Nothing(format!(
                        "{}.{} is protected, and no rule names it",
                        place.relation.qualified(),
                        column.name
                    )));
                }
                Some((_, Storage::MaskedOnly | Storage::NotYetSealed)) | None => {
                    list.push(format!("pg_catalog.to_json({name})::text"));
                    readings.push(Reading::Plain);
                }
            }
        }
        let step = || at(format!("reading {}", place.relation.qualified()));
        let text = format!(
            "SELECT {} FROM {} WHERE {}",
            list.join(", "),
            place.sql(),
            place.condition
        );
        let mut rows = Vec::new();
        for row in tx.query(&text, &[]).await.map_err(step())? {
            let mut object = Map::new();
            let columns = place.relation.columns.iter().zip(&readings);
            for (at, (column, reading)) in columns.enumerate() {
                let value = match sent(&row, at)? {
                    None => Value::Null,
                    Some(bytes) => shown(reading, bytes)?,
                };
                object.insert(column.name.clone(), value);
            }
            rows.push(Value::Object(object));
        }
        // In an order that does not hang on where rows lie.
        rows.sort_by_cached_key(Value::to_string);
        Ok(rows)
    }
}

fn shown(reading: &Reading, bytes: &[u8]) -> Result<Value, JobError> {
    let (column, cipher) = match reading {
        Reading::Plain => {
            return serde_json::from_slice(bytes)
                .map_err(|_| JobError::Nothing("the server wrote no JSON".to_owned()));
        }
        Reading::Sealed(column, cipher) => (column, cipher),
    };
    let failed = |reason: String| JobError::Value {
        column: column.qualified(),
        reason,
    };
    let value = match cipher.open(bytes) {
        Ok(value) => value,
        Err(OpenError::Subject(SubjectError::Erased)) => return Ok(Value::Null),
        Err(error) => return Err(failed(error.to_string())),
    };
    json_of(column, &value).map_err(failed)
}

/// Numbers, booleans and JSON as they are, everything else as PostgreSQL writes it.
fn json_of(column: &Protected, value: &Canonical) -> Result<Value, String> {
    let mut text = Zeroizing::new(Vec::new());
    column
        .declared
        .to_text(value, &Settings::default(), &mut text)
        .map_err(|error| error.to_string())?;
    let text = std::str::from_utf8(&text).map_err(|error| error.to_string())?;
    Ok(match &column.declared.kind {
        Kind::Int2 | Kind::Int4 | Kind::Int8 | Kind::Json | Kind::Jsonb => {
            serde_json::from_str(text).map_err(|error| error.to_string())?
        }
        Kind::Bool => Value::Bool(text == "t"),
        Kind::Text
        | Kind::Varchar { .. }
        | Kind::Char { .. }
        | Kind::Numeric { .. }
        | Kind::Float4
        | Kind::Float8
        | Kind::Date
        | Kind::Time { .. }
        | Kind::Timestamp { .. }
        | Kind::Timestamptz { .. }
        | Kind::Uuid
        | Kind::Bytea
        | Kind::Inet
        | Kind::Citext
        | Kind::Enum(_)
        | Kind::Array(_) => Value::String(text.to_owned()),
    })
}
