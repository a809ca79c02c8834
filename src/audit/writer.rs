//! The queue and the thread that writes it.

use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, TryRecvError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use super::Event;

/// Events that may wait for the writer before sessions wait for it.
pub const QUEUE: usize = 4096;

/// Where the lines go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sink {
    /// Nowhere: no audit is asked for.
    Off,
    /// Standard output.
    Stdout,
    /// A file, appended to; made readable by its owner alone.
    File(PathBuf),
}

/// The audit file cannot be opened, or its thread not started.
#[derive(Debug, thiserror::Error)]
#[error("audit: {path}: {source}", path = path.display())]
pub struct AuditError {
    path: PathBuf,
    source: io::Error,
}

/// The audit stream. Dropping the last one writes what is queued.
pub struct Audit {
    queue: Option<SyncSender<Message>>,
    thread: Mutex<Option<JoinHandle<()>>>,
    counts: Arc<Counts>,
}

#[derive(Default)]
struct Counts {
    written: AtomicU64,
    failed: AtomicU64,
    complained: AtomicBool,
}

enum Message {
    Line(Box<Event>),
    Reopen,
}

impl Audit {
    /// Opens the sink and starts its thread.
    pub fn start(sink: Sink) -> Result<Audit, AuditError> {
        let counts = Arc::new(Counts::default());
        if sink == Sink::Off {
            return Ok(Audit {
                queue: None,
                thread: Mutex::new(None),
                counts,
            });
        }
        let output = open(&sink)?;
        let (queue, events) = sync_channel(QUEUE);
        let counted = Arc::clone(&counts);
        let thread = std::thread::Builder::new()
            .name("audit".to_owned())
            .spawn(move || write_all(&events, &sink, output, &counted))
            .map_err(|source| AuditError {
                path: PathBuf::from("thread"),
                source,
            })?;
        Ok(Audit {
            queue: Some(queue),
            thread: Mutex::new(Some(thread)),
            counts,
        })
    }

    /// Queues an event; waits only while the queue is full.
    pub fn record(&self, event: Event) {
        self.send(Message::Line(Box::new(event)));
    }

    /// Opens the file again, after someone has moved it away.
    pub fn reopen(&self) {
        self.send(Message::Reopen);
    }

    /// Lines written so far.
    pub fn written(&self) -> u64 {
        self.counts.written.load(Ordering::Relaxed)
    }

    /// Events that could not be written.
    pub fn failed(&self) -> u64 {
        self.counts.failed.load(Ordering::Relaxed)
    }

    fn send(&self, message: Message) {
        let Some(queue) = &self.queue else { return };
        // The thread ends only after the queue's last sender, so this cannot fail; if it does, say so.
        if queue.send(message).is_err() {
            self.counts.fail();
        }
    }
}

impl Drop for Audit {
    fn drop(&mut self) {
        self.queue = None;
        let mut thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(thread) = thread.take() {
            let _ = thread.join();
        }
    }
}

impl Counts {
    fn fail(&self) {
        self.failed.fetch_add(1, Ordering::Relaxed);
        if !self.complained.swap(true, Ordering::Relaxed) {
            tracing::error!("an audit event could not be written; further ones are only counted");
        }
    }
}

fn write_all(
    events: &Receiver<Message>,
    sink: &Sink,
    mut output: BufWriter<Box<dyn Write + Send>>,
    counts: &Counts,
) {
    loop {
        // Flush whenever the queue runs dry: a line is on its way to the disk when its session idles.
        let message = match events.try_recv() {
            Ok(message) => message,
            Err(TryRecvError::Disconnected) => break,
            Err(TryRecvError::Empty) => {
                if output.flush().is_err() {
                    counts.fail();
                }
                match events.recv() {
                    Ok(message) => message,
                    Err(_) => break,
                }
            }
        };
        match message {
            Message::Line(event) => match write_line(&mut output, &event) {
                Ok(()) => {
                    counts.written.fetch_add(1, Ordering::Relaxed);
                }
                Err(_) => counts.fail(),
            },
            Message::Reopen => match open(sink) {
                Ok(fresh) => output = fresh,
                Err(error) => tracing::error!(%error, "the audit file stays as it was"),
            },
        }
    }
    let _ = output.flush();
}

fn write_line(output: &mut impl Write, event: &Event) -> io::Result<()> {
    let mut line = serde_json::to_vec(event)?;
    line.push(b'\n');
    output.write_all(&line)
}

fn open(sink: &Sink) -> Result<BufWriter<Box<dyn Write + Send>>, AuditError> {
    let output: Box<dyn Write + Send> = match sink {
        Sink::Off => Box::new(io::sink()),
        Sink::Stdout => Box::new(io::stdout()),
        Sink::File(path) => Box::new(open_file(path)?),
    };
    Ok(BufWriter::new(output))
}

fn open_file(path: &Path) -> Result<File, AuditError> {
    use std::os::unix::fs::OpenOptionsExt;
    OpenOptions::new()
        .append(true)
        .create(true)
        .mode(0o600)
        .open(path)
        .map_err(|source| AuditError {
            path: path.to_owned(),
            source,
        })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::identity::Principal;

    fn event(n: usize) -> Event {
        let principal = Principal {
            login: format!("user{n}"),
            groups: Vec::new(),
        };
        Event::new(&principal, "shop", "hash")
    }

    #[test]
    fn more_events_than_the_queue_holds_are_all_written_in_order() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("audit.jsonl");
        let audit = Audit::start(Sink::File(path.clone())).unwrap();
        let total = QUEUE * 3;
        for n in 0..total {
            audit.record(event(n));
        }
        drop(audit);
        let text = std::fs::read_to_string(&path).unwrap();
        assert_eq!(text.lines().count(), total);
        for (n, line) in text.lines().enumerate() {
            let line: serde_json::Value = serde_json::from_str(line).unwrap();
            assert_eq!(
                line.get("login").unwrap().as_str(),
                Some(&*format!("user{n}"))
            );
        }
    }

    #[test]
    fn a_moved_file_is_opened_again() {
        let folder = tempfile::tempdir().unwrap();
        let (path, moved) = (folder.path().join("a"), folder.path().join("b"));
        let audit = Audit::start(Sink::File(path.clone())).unwrap();
        audit.record(event(1));
        while audit.written() == 0 {
            std::thread::yield_now();
        }
        std::fs::rename(&path, &moved).unwrap();
        audit.reopen();
        audit.record(event(2));
        drop(audit);
        assert!(std::fs::read_to_string(moved).unwrap().contains("user1"));
        assert!(std::fs::read_to_string(path).unwrap().contains("user2"));
    }

    #[test]
    fn what_cannot_be_written_is_counted() {
        let audit = Audit::start(Sink::File("/dev/full".into())).unwrap();
        for n in 0..200 {
            audit.record(event(n));
        }
        let counts = Arc::clone(&audit.counts);
        drop(audit);
        if cfg!(target_os = "linux") {
            assert!(counts.failed.load(Ordering::Relaxed) > 0);
        }
    }

    #[test]
    fn a_file_that_cannot_be_opened_is_an_error_at_the_start() {
        let error = Audit::start(Sink::File("/nowhere/at/all".into()));
        assert!(error.err().unwrap().to_string().contains("/nowhere/at/all"));
    }
}
