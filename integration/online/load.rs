//! Writers, each with rows of its own and a ledger of what the server has acknowledged, so that an update that is lost or
//! done twice is found.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use tokio_postgres::error::SqlState;

/// The table that is written.
pub const TABLE: &str = "
create table accounts (id bigint primary key, counter int not null default 0, secret text, plain text);
create index by_secret on accounts (secret);
grant all on accounts to owner";

/// Its rules; `MODE` is replaced.
pub const RULES: &str = r#"
[tables."public.accounts"]
mode = "observe"
[tables."public.accounts".columns]
secret = { seal = { search = ["equality"] } }
[roles.owner]
members = ["pg:owner"]
[[roles.owner.grants]]
tables = ["*"]
level = "full-control"
reveal = ["*"]
"#;

/// What every secret begins with: by it a file is searched.
pub const MARK: &str = "qzsecret-";

/// What a row holds: counter and secret.
pub type Row = (i32, Option<String>);

/// Writers at work.
pub struct Load {
    stop: Arc<AtomicBool>,
    done: Arc<AtomicU64>,
    workers: Vec<JoinHandle<BTreeMap<i64, Row>>>,
}

/// Numbers that look random and are the same every time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

impl Load {
    /// `urls`: one writer each; the secret is written where `true`.
    pub fn start(urls: &[(String, bool)], rows: i64, seed: u64) -> Load {
        let (stop, done) = (
            Arc::new(AtomicBool::new(false)),
            Arc::new(AtomicU64::new(0)),
        );
        let workers = urls.iter().enumerate().map(|(number, (url, secret))| {
            let (url, secret, stop, done) =
                (url.clone(), *secret, Arc::clone(&stop), Arc::clone(&done));
            let all = i64::try_from(urls.len()).unwrap();
            let number = i64::try_from(number).unwrap();
            std::thread::spawn(move || {
                let runtime = tokio::runtime::Builder::new_current_thread()
                    .enable_all()
                    .build()
                    .unwrap();
                let own = (0..rows)
                    .filter(|id| id % all == number)
                    .map(|id| (id, (0, Some(format!("{MARK}{id}")))));
                let mut worker = Worker {
                    url,
                    secret,
                    rows: own.collect(),
                    next: rows + number,
                    step: all,
                    dice: Dice(seed + u64::try_from(number).unwrap() * 7919),
                };
                runtime.block_on(worker.work(&stop, &done));
                worker.rows
            })
        });
        Load {
            workers: workers.collect(),
            stop,
            done,
        }
    }

    /// Statements acknowledged so far.
    pub fn done(&self) -> u64 {
        self.done.load(Ordering::Relaxed)
    }

    /// Ends them and gives what must be in the table.
    pub fn finish(self) -> BTreeMap<i64, Row> {
        self.stop.store(true, Ordering::SeqCst);
        let ledgers = self.workers.into_iter();
        ledgers
            .flat_map(|worker| worker.join().expect("a writer has found a wrong row"))
            .collect()
    }
}

/// The rows that the load begins with.
pub fn rows(count: i64) -> String {
    format!(
        "insert into accounts select i, 0, '{MARK}' || i, 'p' || i from generate_series(0, {count} - 1) i"
    )
}

struct Worker {
    url: String,
    /// Whether this one may write the secret: past the proxy only what is not sealed can be written.
    secret: bool,
    rows: BTreeMap<i64, Row>,
    next: i64,
    step: i64,
    dice: Dice,
}

/// What one statement makes of the ledger.
struct Deed {
    sql: String,
    /// The row before and after; `None`: it is not there.
    before: (i64, Option<Row>),
    after: (i64, Option<Row>),
    /// Taken back at the end.
    undone: bool,
}

impl Worker {
    async fn work(&mut self, stop: &AtomicBool, done: &AtomicU64) {
        let mut client = None;
        while !stop.load(Ordering::SeqCst) {
            let Some(open) = client.take() else {
                client = connect(&self.url).await;
                if client.is_none() {
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
                continue;
            };
            let deed = self.deed();
            match carry_out(&open, &deed).await {
                Ok(count) => {
                    assert_eq!(count, 1, "{}: a row was not found", deed.sql);
                    if !deed.undone {
                        self.note(&deed);
                    }
                    done.fetch_add(1, Ordering::Relaxed);
                    // Writers that never pause leave nothing for anybody else of a busy machine.
                    tokio::time::sleep(Duration::from_millis(2)).await;
                    client = Some(open);
                }
                Err(error) => match error.code() {
                    // Refused for the moment: nothing was done.
                    Some(
                        &SqlState::LOCK_NOT_AVAILABLE
                        | &SqlState::T_R_SERIALIZATION_FAILURE
                        | &SqlState::T_R_DEADLOCK_DETECTED,
                    ) => {
                        let _ = open.batch_execute("rollback").await;
                        client = Some(open);
                    }
                    // The connection is gone with the server or the proxy, or what is protected is shut until the database is heard
                    // of again: it was done, or it was not.
                    None => self.find_out(&deed, stop).await,
                    Some(code)
                        if ["08", "57", "55000"]
                            .iter()
                            .any(|class| code.code().starts_with(class)) =>
                    {
                        self.find_out(&deed, stop).await;
                    }
                    Some(code) => panic!("{}: {code:?} {error:?}", deed.sql),
                },
            }
        }
    }

    fn deed(&mut self) -> Deed {
        let kind = self.dice.roll(10);
        let place = usize::try_from(self.dice.roll(self.rows.len() as u64)).unwrap();
        let (id, row) = self
            .rows
            .iter()
            .nth(place)
            .map(|(id, row)| (*id, row.clone()))
            .unwrap();
        let undone = self.dice.roll(12) == 0;
        let fresh = self.next;
        let text = format!("{MARK}v{}", self.dice.roll(1_000_000));
        let mut deed = match kind {
            0 => {
                let secret = self.secret.then(|| text.clone());
                let given = secret
                    .as_ref()
                    .map_or("null".to_owned(), |text| format!("'{text}'"));
                Deed {
                    sql: format!(
                        "insert into accounts (id, secret, plain) values ({fresh}, {given}, 'new')"
                    ),
                    before: (fresh, None),
                    after: (fresh, Some((0, secret))),
                    undone,
                }
            }
            1 if self.rows.len() > 20 => Deed {
                sql: format!("delete from accounts where id = {id}"),
                before: (id, Some(row)),
                after: (id, None),
                undone,
            },
            2 => Deed {
                sql: format!(
                    "update accounts set id = {fresh}, counter = counter + 1 where id = {id}"
                ),
                before: (id, Some(row.clone())),
                after: (fresh, Some((row.0 + 1, row.1))),
                undone,
            },
            3..6 if self.secret => Deed {
                sql: format!(
                    "update accounts set secret = '{text}', counter = counter + 1 where id = {id}"
                ),
                before: (id, Some(row.clone())),
                after: (id, Some((row.0 + 1, Some(text)))),
                undone,
            },
            6 if self.secret && row.1.is_some() => {
                let by = row.1.clone().unwrap();
                Deed {
                    sql: format!(
                        "update accounts set counter = counter + 1 where secret = '{by}' and id = {id}"
                    ),
                    before: (id, Some(row.clone())),
                    after: (id, Some((row.0 + 1, row.1))),
                    undone,
                }
            }
            _ => Deed {
                sql: format!(
                    "update accounts set counter = counter + 1, plain = 'p{step}' where id = {id}",
                    step = self.next
                ),
                before: (id, Some(row.clone())),
                after: (id, Some((row.0 + 1, row.1))),
                undone,
            },
        };
        if matches!(kind, 0 | 2) {
            self.next += self.step;
        }
        deed.undone = undone;
        deed
    }

    fn note(&mut self, deed: &Deed) {
        self.rows.remove(&deed.before.0);
        if let (id, Some(row)) = &deed.after {
            self.rows.insert(*id, row.clone());
        }
    }

    async fn find_out(&mut self, deed: &Deed, stop: &AtomicBool) {
        for _ in 0..1200 {
            if let Some(client) = connect(&self.url).await {
                // The server may still be at it.
                tokio::time::sleep(Duration::from_millis(300)).await;
                let text = format!(
                    "select id, counter from accounts where id in ({}, {})",
                    deed.before.0, deed.after.0
                );
                if let Ok(found) = client.query(&text, &[]).await {
                    let found: BTreeMap<i64, i32> =
                        found.iter().map(|row| (row.get(0), row.get(1))).collect();
                    let holds = |(id, row): &(i64, Option<Row>)| {
                        found.get(id).copied() == row.as_ref().map(|row| row.0)
                    };
                    let is_after = holds(&deed.after)
                        && (deed.before.0 == deed.after.0 || !found.contains_key(&deed.before.0));
                    if is_after && !deed.undone {
                        self.note(deed);
                    } else {
                        assert!(
                            holds(&deed.before),
                            "{}: {found:?} is neither before nor after",
                            deed.sql
                        );
                    }
                    return;
                }
            }
            if stop.load(Ordering::SeqCst) {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("the server did not come back");
    }
}

async fn carry_out(
    client: &tokio_postgres::Client,
    deed: &Deed,
) -> Result<u64, tokio_postgres::Error> {
    if !deed.undone {
        return count(client, &deed.sql).await;
    }
    client.batch_execute("begin").await?;
    let count = count(client, &deed.sql).await?;
    client.batch_execute("rollback").await?;
    Ok(count)
}

async fn count(client: &tokio_postgres::Client, sql: &str) -> Result<u64, tokio_postgres::Error> {
    let mut count = 0;
    for message in client.simple_query(sql).await? {
        if let tokio_postgres::SimpleQueryMessage::CommandComplete(rows) = message {
            count = rows;
        }
    }
    Ok(count)
}

async fn connect(url: &str) -> Option<tokio_postgres::Client> {
    let (client, connection) = tokio_postgres::connect(url, tokio_postgres::NoTls)
        .await
        .ok()?;
    tokio::spawn(async move {
        let _ = connection.await;
    });
    Some(client)
}
