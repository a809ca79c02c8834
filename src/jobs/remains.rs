//! Where plaintext may remain after `protect`.

use tokio_postgres::Client;

use super::JobError;
use super::error::at;

/// Where plaintext may remain, as far as the server tells.
pub(super) async fn remains(client: &Client) -> Result<Vec<String>, JobError> {
    let step = || at("reading the server's settings (the tables are protected)");
    let row = client
        .query_one(
            "SELECT current_setting('archive_mode') <> 'off',
                    (SELECT count(*) > 0 FROM pg_replication_slots),
                    EXISTS (SELECT FROM pg_extension WHERE extname = 'pg_stat_statements'),
                    current_setting('log_statement') <> 'none' OR current_setting('log_min_duration_statement') <> '-1'",
            &[],
        )
        .await
        .map_err(step())?;
    let mut remains = vec![
        "WAL segments written before now, until they are recycled (several checkpoints later)"
            .to_owned(),
        "base backups and dumps taken before now, and file system snapshots".to_owned(),
        "blocks of the disk that held the old table files, until they are overwritten".to_owned(),
    ];
    if row.try_get(0).map_err(step())? {
        remains.push("the WAL archive (archive_mode is on)".to_owned());
    }
    if row.try_get(1).map_err(step())? {
        remains.push(
            "replicas and subscribers: they have WAL or copies from before (replication slots exist)"
                .to_owned(),
        );
    } else {
        remains.push("replicas, if there are any".to_owned());
    }
    if row.try_get(2).map_err(step())? {
        remains.push(
            "pg_stat_statements: texts with literals; SELECT pg_stat_statements_reset()".to_owned(),
        );
    }
    let logs = if row.try_get(3).map_err(step())? {
        "the server's logs (log_statement or log_min_duration_statement is on: statements with their values)"
    } else {
        "the server's logs (failed statements with their values)"
    };
    remains.push(logs.to_owned());
    remains
        .push("copies that the application itself made: exports, caches, other tables".to_owned());
    Ok(remains)
}
