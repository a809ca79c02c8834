//! COPY: its data through the plan of its statement, both ways. What the plan does not treat is relayed in bulk.
//!
//! Invariant: data of a client never goes upstream but as its plan says: what comes before the server has asked for it
//! waits while a plan may treat it, and what comes after a COPY has failed is dropped.

use bytes::BytesMut;

use crate::fault::{Fault, Refusal};
use crate::plan::CopyWay;
use crate::wire::{self, MAX_FRAME, Report};

use super::begun::Verdict;
use super::engine::{Engine, Fatal, Need, Pipes, Step, Stop};
use super::planning::Planned;
use super::queue::{Ask, Entry, Shown, Treat, Work};
use super::standing::CopyStream;

/// What a COPY is failed with: by it the server's error is known again, in whatever language it comes. What a client
/// gives as its reason may quote a value, and the server would log it.
const REASON: &[u8] = b"broken off through sealwire";

/// The SQLSTATE of a COPY that was failed.
const FAILED: &[u8] = b"57014";

/// The data of a COPY FROM under way.
#[derive(Default)]
pub(super) enum CopyIn {
    /// Not treated.
    #[default]
    Relayed,
    /// Sealed.
    Through(Box<dyn CopyStream>),
    /// Its COPY has failed: what is still on its way goes nowhere.
    Dropped,
}

/// Why a COPY FROM was failed.
pub(super) enum Failing {
    /// By us.
    Refused(Refusal),
    /// By the client, with these words.
    Client(Vec<u8>),
}

/// What is done with CopyData of the client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DataWay {
    /// It goes upstream as it is.
    Relay,
    /// Into the plan.
    Through,
    /// Nowhere.
    Drop,
    /// It has to wait.
    Wait,
}

impl Engine {
    /// CopyInResponse, CopyOutResponse.
    pub(super) fn copy_begins(
        &mut self,
        tag: u8,
        frame: &[u8],
        pipes: &mut Pipes<'_>,
    ) -> Result<Step, Fatal> {
        let other = match self.begun_copy() {
            Verdict::Fine => None,
            Verdict::Look => return Ok(Step::Wait(Need::Ground)),
            Verdict::Other(refusal) => Some(refusal),
        };
        let entry = self
            .queue
            .front()
            .ok_or(Fatal::Astray("nothing was asked"))?;
        let (Ask::Execute(work) | Ask::Query(work)) = &mut entry.ask else {
            return Err(Fatal::Astray("COPY that nobody asked for"));
        };
        if entry.shown != Shown::All {
            if tag == b'G' {
                if pipes.cut {
                    return Err(Fatal::Astray("COPY data that nobody asked for"));
                }
                // The client has its error and will send nothing.
                wire::put_text(pipes.up, b'f', &[REASON, b"\0"]);
            }
            return Ok(Step::Done);
        }
        if let (Some(refusal), b'H') = (&other, tag) {
            self.cannot_open(refusal.clone(), pipes);
            return Ok(Step::Done);
        }
        let planned = work.planned.clone();
        let at = work.at;
        let plan = (planned.as_deref()).and_then(|planned| Some((planned, planned.copy(at)?)));
        let Some((planned, plan)) = plan else {
            pipes.down.extend_from_slice(frame);
            if tag == b'G' {
                self.copy_in = CopyIn::Relayed;
                self.copying_in = self.queue.copy_begins();
            }
            return match other {
                Some(_) if pipes.cut || tag != b'G' => {
                    Err(Fatal::Astray("a COPY that was not planned so"))
                }
                Some(refusal) => {
                    self.fail_copy(Failing::Refused(refusal), pipes.up);
                    Ok(Step::Done)
                }
                None => Ok(Step::Done),
            };
        };
        let stream = match other {
            Some(refusal) => Err(refusal),
            None => (planned.standing).copy(plan, &planned.environment.settings),
        };
        match (&plan.way, tag) {
            (CopyWay::Out(_), b'H') => {
                pipes.down.extend_from_slice(frame);
                match stream {
                    Ok(stream) => work.rows = Treat::Copied(stream),
                    Err(refusal) => self.cannot_open(refusal, pipes),
                }
            }
            (CopyWay::In { columns, .. }, b'G') => {
                write_response(frame, columns.len(), pipes.down)?;
                self.copying_in = self.queue.copy_begins();
                match stream {
                    Ok(stream) => self.copy_in = CopyIn::Through(stream),
                    Err(refusal) => self.fail_copy(Failing::Refused(refusal), pipes.up),
                }
            }
            _ => return Err(Fatal::Astray("COPY in another direction")),
        }
        Ok(Step::Done)
    }

    /// What becomes of CopyData of the client that comes now.
    pub(super) fn data_way(&mut self, up: &mut BytesMut) -> DataWay {
        if self.skipping {
            return DataWay::Drop;
        }
        match &self.copy_in {
            CopyIn::Dropped => return DataWay::Drop,
            CopyIn::Through(_) if self.copying_in => return DataWay::Through,
            CopyIn::Through(_) | CopyIn::Relayed => {}
        }
        if self.copying_in {
            return DataWay::Relay;
        }
        if self.queue.is_empty() {
            // Nobody will ask for it: the server would pass it over.
            return DataWay::Drop;
        }
        if self.queue.has_plan() {
            let _flushed: Stop = self.wait_for_answers(up);
            return DataWay::Wait;
        }
        self.queue.note_copy(false);
        DataWay::Relay
    }

    /// A part of the client's data.
    pub(super) fn copy_data(&mut self, data: &[u8], pipes: &mut Pipes<'_>) {
        self.feed(pipes, |stream, out, work| {
            stream.take(data, out, &mut work.counts)
        });
    }

    /// CopyData that is at hand in full.
    pub(super) fn copy_frame(&mut self, frame: &[u8], pipes: &mut Pipes<'_>) -> Result<(), Stop> {
        match self.data_way(pipes.up) {
            DataWay::Wait => return Err(Stop::Wait(Need::Answers)),
            DataWay::Drop => {}
            DataWay::Relay => pipes.up.extend_from_slice(frame),
            DataWay::Through => self.copy_data(wire::body(frame), pipes),
        }
        Ok(())
    }

    /// CopyDone, CopyFail.
    pub(super) fn copy_ends(
        &mut self,
        tag: u8,
        frame: &[u8],
        pipes: &mut Pipes<'_>,
    ) -> Result<(), Stop> {
        match self.data_way(pipes.up) {
            DataWay::Wait => return Err(Stop::Wait(Need::Answers)),
            DataWay::Drop => return Ok(()),
            DataWay::Relay => {
                pipes.up.extend_from_slice(frame);
                if !self.copying_in {
                    self.queue.note_copy(true);
                }
            }
            DataWay::Through if tag == b'f' => {
                let reason = wire::body(frame);
                let reason = reason.strip_suffix(b"\0").unwrap_or(reason).to_vec();
                self.fail_copy(Failing::Client(reason), pipes.up);
            }
            DataWay::Through => {
                if !self.feed(pipes, |stream, out, work| stream.end(out, &mut work.counts)) {
                    return Ok(());
                }
                pipes.up.extend_from_slice(frame);
                self.copy_in = CopyIn::Relayed;
            }
        }
        self.copying_in = false;
        Ok(())
    }

    /// Lets the stream of the COPY at hand write CopyData upstream; whether it could.
    fn feed(
        &mut self,
        pipes: &mut Pipes<'_>,
        step: impl FnOnce(&mut dyn CopyStream, &mut BytesMut, &mut Work) -> Result<(), Refusal>,
    ) -> bool {
        let CopyIn::Through(stream) = &mut self.copy_in else {
            return true;
        };
        let Some(Entry {
            ask: Ask::Execute(work) | Ask::Query(work),
            ..
        }) = self.queue.front()
        else {
            return true;
        };
        let watch = work.opening.start();
        let done = framed(pipes.up, |out| step(&mut **stream, out, work));
        work.opening.stop(watch);
        match done {
            Ok(()) => true,
            Err(refusal) => {
                self.fail_copy(Failing::Refused(refusal), pipes.up);
                false
            }
        }
    }

    /// Fails the COPY FROM at hand: the server's error is told as this one.
    fn fail_copy(&mut self, failing: Failing, up: &mut BytesMut) {
        wire::put_text(up, b'f', &[REASON, b"\0"]);
        if let Some(Entry {
            ask: Ask::Execute(work) | Ask::Query(work),
            ..
        }) = self.queue.front()
        {
            work.failing = Some(failing);
        }
        self.copying_in = false;
        self.copy_in = CopyIn::Dropped;
    }

    /// A COPY FROM has ended by an error of the server.
    pub(super) fn copy_failed(&mut self) {
        self.copying_in = false;
        if matches!(self.copy_in, CopyIn::Through(_)) {
            self.copy_in = CopyIn::Dropped;
        }
    }

    /// CopyData and CopyDone of the server.
    pub(super) fn copied_out(
        &mut self,
        tag: u8,
        frame: &[u8],
        body: &[u8],
        pipes: &mut Pipes<'_>,
    ) -> Result<(), Fatal> {
        let entry = self
            .queue
            .front()
            .ok_or(Fatal::Astray("COPY data that nobody asked for"))?;
        if entry.shown != Shown::All {
            return Ok(());
        }
        let (Ask::Execute(work) | Ask::Query(work)) = &mut entry.ask else {
            return Err(Fatal::Astray("COPY data that nobody asked for"));
        };
        let Treat::Copied(stream) = &mut work.rows else {
            pipes.down.extend_from_slice(frame);
            return Ok(());
        };
        let watch = work.opening.start();
        let shown = framed(pipes.down, |out| {
            if tag == b'd' {
                stream.take(body, out, &mut work.counts)
            } else {
                stream.end(out, &mut work.counts)
            }
        });
        work.opening.stop(watch);
        match shown {
            Ok(()) if tag == b'c' => pipes.down.extend_from_slice(frame),
            Ok(()) => {}
            Err(refusal) => self.cannot_open(refusal, pipes),
        }
        Ok(())
    }
}

/// One CopyData frame of what is written; none where nothing is, or it fails.
fn framed(
    out: &mut BytesMut,
    write: impl FnOnce(&mut BytesMut) -> Result<(), Refusal>,
) -> Result<(), Refusal> {
    let start = wire::begin(out, b'd');
    let head = out.len();
    let written = write(out).and_then(|()| {
        if out.len() - start > MAX_FRAME {
            let message = "a row of COPY data is too long";
            return Err(Refusal::new(Fault::BadValue, message).with_sqlstate("54000"));
        }
        Ok(())
    });
    if written.is_err() || out.len() == head {
        out.truncate(start);
    } else {
        wire::finish(out, start);
    }
    written
}

/// CopyInResponse for the columns that the client gives.
fn write_response(frame: &[u8], columns: usize, out: &mut BytesMut) -> Result<(), Fatal> {
    let (Some(format), Ok(count)) = (wire::body(frame).first(), u16::try_from(columns)) else {
        return Err(Fatal::Astray("a malformed message"));
    };
    let codes = [0, *format].repeat(columns);
    wire::put_text(out, b'G', &[&[*format], &count.to_be_bytes(), &codes]);
    Ok(())
}

/// What the client is told of an error that was brought about by failing its COPY: `None` where it was not.
pub(super) fn failed_by<'w>(report: &mut Report<'_>, ask: &'w Ask) -> Option<&'w Refusal> {
    let (Ask::Execute(work) | Ask::Query(work)) = ask else {
        return None;
    };
    let message = report.field(b'M').unwrap_or_default();
    let at = message
        .windows(REASON.len())
        .position(|window| window == REASON)?;
    if report.sqlstate() != FAILED {
        return None;
    }
    match work.failing.as_ref()? {
        Failing::Refused(refusal) => Some(refusal),
        Failing::Client(reason) => {
            let (before, rest) = message.split_at(at);
            let after = rest.get(REASON.len()..).unwrap_or_default();
            let told = [before, reason.as_slice(), after].concat();
            report.set(b'M', Some(told));
            None
        }
    }
}

/// The place in the data that the server's context of a COPY FROM gives, without what it quotes; empty where that is
/// not certain, `None` for any other context. Its lines are those that were sent to it: the client's, where each row
/// was one.
pub(super) fn place(context: &[u8], planned: &Planned, at: usize) -> Option<Vec<u8>> {
    let plan = planned.copy(at)?;
    let CopyWay::In { columns, .. } = &plan.way else {
        return None;
    };
    let text = String::from_utf8_lossy(context);
    let head = format!("COPY {}, line ", plan.table);
    let rest = text.strip_prefix(&head)?;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let (line, rest) = rest.split_at(digits);
    let Some(line) = plan.client_line(line) else {
        return Some(Vec::new());
    };
    let mut told = format!("{head}{line}");
    if let Some(rest) = rest.strip_prefix(", column ") {
        let named = columns.iter().map(|column| column.name.as_str());
        let name = named
            .filter(|name| {
                rest.strip_prefix(name)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
            })
            .max_by_key(|name| name.len());
        if let Some(name) = name {
            told.push_str(", column ");
            told.push_str(name);
        }
    }
    Some(told.into_bytes())
}
