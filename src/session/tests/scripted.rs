//! An engine between two scripts.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use bytes::{BufMut, Bytes, BytesMut};

use crate::fault::{Fault, Refusal};
use crate::ground::Pass;
use crate::identity::{Caller, Principal};
use crate::plan::{
    Appended, CopyPlan, Outcome, Output, Parameter, Piece, Plan, Reason, Request, StatementPlan,
    Survey, Treatment,
};
use crate::policy::{Protected, Rights};
use crate::session::engine::{Engine, Fatal, Need, Pipes, Step};
use crate::session::record::Unrecorded;
use crate::session::settings::Known;
use crate::session::standing::{CopyStream, Database, Refreshing, Rows, Sealed, Standing, Taking};
use crate::transform::{About, Counts, Described, Said};
use crate::value::{Canonical, Settings};
use crate::wire::{self, Bind, Report};

/// The oid of a table that reaches something protected.
pub(super) const PROTECTED: u32 = 4242;

/// What the scripted ground says: texts with `secret` are watched, with `refuse` refused, with `writes` written.
#[derive(Default)]
pub(super) struct Ground {
    pub(super) epoch: AtomicU64,
    /// Everything is only observed.
    pub(super) observes: AtomicBool,
}

impl Database for Arc<Ground> {
    fn current(&self) -> Arc<dyn Standing> {
        Arc::new(Moment(
            self.epoch.load(Ordering::Relaxed),
            self.observes.load(Ordering::Relaxed),
        ))
    }

    fn refresh(&self) -> Refreshing {
        Box::pin(async { Ok(()) })
    }

    fn changed(&self) {}

    fn is_behind(&self) -> bool {
        false
    }

    fn release(&self, _: Vec<String>) -> Refreshing {
        self.refresh()
    }

    fn enter(&self) -> Option<Pass> {
        Some(Pass::default())
    }

    fn is_followed(&self) -> bool {
        true
    }

    fn admitted(&self) -> Refreshing {
        self.refresh()
    }

    fn overlaid(&self, _: &str) -> Result<Arc<dyn Standing>, Refusal> {
        Ok(self.current())
    }
}

struct Moment(u64, bool);

impl Standing for Moment {
    fn follows(&self, _: &Rights) -> Option<&'static str> {
        None
    }
    fn may_start(&self, _: &[(String, String)], _: &Rights) -> Result<(), Refusal> {
        Ok(())
    }
    fn under(&self, _: &str) -> Result<Option<Arc<dyn Standing>>, Refusal> {
        Ok(None)
    }
    fn epoch(&self) -> u64 {
        self.0
    }
    fn protects(&self) -> bool {
        true
    }
    fn enforces(&self) -> bool {
        !self.1
    }
    fn rules_hash(&self) -> &str {
        "hash"
    }
    fn survey(&self, text: &str) -> Survey {
        Survey {
            watched: text.contains("secret"),
            changes_settings: text.starts_with("set"),
            changes_catalog: text.starts_with("create"),
        }
    }
    fn reads_two_ways(&self, text: &str) -> bool {
        text.contains('\\')
    }
    fn plan(&self, request: &Request<'_>) -> (Arc<Plan>, bool) {
        let text = if self.0 > 0 {
            format!("{} /* {} */", request.text, self.0)
        } else {
            request.text.to_owned()
        };
        let refused = request.text.contains("refuse");
        let outcome = if refused {
            Outcome::Refused(Refusal::new(Fault::NotSearchable, "not searchable"))
        } else if request.text.contains("harmless") {
            Outcome::Passthrough(Reason::NothingProtected)
        } else {
            Outcome::Planned
        };
        let plan = Plan {
            text: vec![Piece::Text(text)],
            origins: vec![Some(0)],
            after: Vec::new(),
            stale: false,
            parameters: vec![Parameter {
                upstream_oid: 17,
                client_oid: Some(25),
                treatment: Treatment::Pass,
            }],
            appended: vec![Appended {
                source: 0,
                upstream_oid: 16,
                treatment: Treatment::KeepFlag,
            }],
            changes_settings: false,
            changes_catalog: false,
            statements: vec![StatementPlan {
                outcome,
                outputs: Some(Arc::new([Output::Plain {
                    column: column(),
                    mask: column().default_mask.clone(),
                    array: false,
                    origin: None,
                }])),
                copy: None,
                derived: None,
                touches: Arc::new([]),
                writes: request.text.contains("writes"),
                guesses: 0,
                fingerprint: String::new(),
                observed: None,
                change: None,
            }],
        };
        (Arc::new(plan), false)
    }
    fn rights(&self, _: &Caller, _: Option<&str>) -> Arc<Rights> {
        Arc::new(Rights {
            key: 1,
            tables: Default::default(),
            full_control_everywhere: false,
            guesses_per_statement: 1,
            guesses_per_hour: 1,
            gathered_rows: 1,
            scanned_rows: 0,
            definable: Vec::new(),
            keysets: std::collections::BTreeSet::new(),
        })
    }
    fn knows(&self, _: u32) -> bool {
        true
    }
    fn reaches(&self, relation: u32) -> bool {
        relation == PROTECTED
    }
    fn protects_column(&self, _: u32, _: i16, _: &Rights) -> bool {
        false
    }
    fn render(&self, pieces: &[Piece], _: &mut Counts) -> Result<String, Refusal> {
        Ok(pieces
            .iter()
            .map(|piece| match piece {
                Piece::Text(text) => text.as_str(),
                Piece::Sealed { .. }
                | Piece::SealedArray { .. }
                | Piece::Tags { .. }
                | Piece::Tokens { .. }
                | Piece::Filled { .. }
                | Piece::Entry(_) => "",
            })
            .collect())
    }
    fn parameters(
        &self,
        _: &Plan,
        _: &[i16],
        values: &[Option<Bytes>],
        _: &Settings,
        _: &mut Counts,
    ) -> Result<Sealed, Refusal> {
        if values
            .iter()
            .flatten()
            .any(|value| value.as_ref() == b"bad")
        {
            return Err(Refusal::new(Fault::BadValue, "invalid input syntax"));
        }
        let sealed = values
            .iter()
            .flatten()
            .map(|_| Some(Bytes::from_static(b"sealed")));
        Ok((vec![1], sealed.collect()))
    }
    fn told(&self, said: Said, _: &About<'_>, _: &Rights, _: &Settings, _: &[Bytes]) -> Said {
        Said {
            message: said.message,
            hint: said.hint,
            ..Said::default()
        }
    }
    fn guards(&self, _: &str, table: &str) -> bool {
        table == "secret"
    }
    fn formats(&self, _: &StatementPlan, _: &[i16]) -> Result<(Vec<i16>, Vec<i16>), Refusal> {
        Ok((vec![1], vec![0]))
    }
    fn arguments(
        &self,
        _: &StatementPlan,
        _: &[i16],
        _: &[Option<Bytes>],
        _: &Settings,
    ) -> Result<Vec<Option<Canonical>>, Refusal> {
        Ok(Vec::new())
    }
    fn described(&self, _: &Output) -> Option<Described> {
        Some(Described {
            oid: 25,
            typlen: -1,
            typmod: -1,
            origin: None,
        })
    }
    fn rows(
        &self,
        _: &StatementPlan,
        _: &Taking<'_>,
        _: &Settings,
    ) -> Result<Box<dyn Rows>, Refusal> {
        Ok(Box::new(Opened))
    }
    fn copy(&self, _: &CopyPlan, _: &Settings) -> Result<Box<dyn CopyStream>, Refusal> {
        Ok(Box::new(Opened))
    }
}

struct Opened;

impl Rows for Opened {
    fn row(&mut self, body: &[u8], out: &mut BytesMut, _: &mut Counts) -> Result<(), Refusal> {
        if body.ends_with(b"damaged") {
            return Err(Refusal::new(Fault::CannotOpen, "cannot be opened"));
        }
        wire::put_text(out, b'D', &[b"open"]);
        Ok(())
    }
}

impl CopyStream for Opened {
    fn take(&mut self, data: &[u8], out: &mut BytesMut, _: &mut Counts) -> Result<(), Refusal> {
        if data.ends_with(b"damaged") {
            return Err(Refusal::new(Fault::BadValue, "not of its type"));
        }
        out.extend_from_slice(&data.to_ascii_uppercase());
        Ok(())
    }
    fn end(&mut self, out: &mut BytesMut, _: &mut Counts) -> Result<(), Refusal> {
        out.extend_from_slice(b"end");
        Ok(())
    }
    fn kept(&self) -> usize {
        0
    }
}

fn column() -> Arc<Protected> {
    Arc::new(Protected::sample(PROTECTED))
}

/// An engine whose settings are known, and what it has sent either way.
pub(super) struct Bench {
    pub(super) engine: Engine,
    pub(super) ground: Arc<Ground>,
    up: BytesMut,
    down: BytesMut,
}

impl Bench {
    pub(super) fn new() -> Self {
        let ground = Arc::new(Ground::default());
        let mut known = Known::default();
        let values: [&[u8]; 12] = [
            b"[\"public\"]",
            b"[]",
            b"ann",
            b"on",
            b"UTF8",
            b"ISO, MDY",
            b"GMT",
            b"postgres",
            b"hex",
            b"1",
            b"on",
            b"",
        ];
        known.take(&values.map(Some)).unwrap();
        Bench {
            engine: Engine::new(
                Caller {
                    principal: Principal {
                        login: "ann".to_owned(),
                        groups: Vec::new(),
                    },
                    from: std::net::IpAddr::from([127, 0, 0, 1]),
                },
                "shop".to_owned(),
                Arc::new(Arc::clone(&ground)),
                Arc::default(),
                Arc::new(Unrecorded),
                known,
            ),
            ground,
            up: BytesMut::new(),
            down: BytesMut::new(),
        }
    }

    /// One message of the client.
    pub(super) fn offer(&mut self, frame: &Bytes) -> Result<Step, Fatal> {
        let mut pipes = Pipes {
            up: &mut self.up,
            down: &mut self.down,
            cut: false,
        };
        self.engine.client(frame[0], frame, &mut pipes)
    }

    /// Messages of the client, all of which must be taken. Returns what went up.
    pub(super) fn says(&mut self, frames: &[Bytes]) -> Vec<String> {
        for frame in frames {
            assert_eq!(self.offer(frame).unwrap(), Step::Done);
        }
        shown(&mut self.up)
    }

    /// Answers of the server, the ground read again where one waits for that. Returns what came down.
    pub(super) fn hears(&mut self, frames: &[Bytes]) -> Vec<String> {
        for frame in frames {
            let mut step = self.answer(frame).unwrap();
            if step == Step::Wait(Need::Ground) {
                self.engine.ground_read(Ok(()));
                step = self.answer(frame).unwrap();
            }
            assert_eq!(step, Step::Done);
        }
        shown(&mut self.down)
    }

    pub(super) fn answer(&mut self, frame: &Bytes) -> Result<Step, Fatal> {
        let mut pipes = Pipes {
            up: &mut self.up,
            down: &mut self.down,
            cut: false,
        };
        self.engine.server(frame[0], frame, &mut pipes)
    }

    /// What has gone up since.
    pub(super) fn up(&mut self) -> Vec<String> {
        shown(&mut self.up)
    }
}

/// Frames in short: the tag, and for some what is in them.
fn shown(bytes: &mut BytesMut) -> Vec<String> {
    let mut found = Vec::new();
    while let Some(head) = wire::head(bytes).unwrap() {
        let frame = bytes.split_to(head.total);
        let body = wire::body(&frame);
        let tag = char::from(head.tag);
        found.push(match head.tag {
            // An Execute is no error.
            b'E' if Report::read(body).is_ok() => {
                let report = Report::read(body).unwrap();
                let detail = report.field(b'D').map_or("", |_| " with detail");
                format!("E {}{detail}", String::from_utf8_lossy(report.sqlstate()))
            }
            b'P' => {
                let parse = wire::Parse::read(body).unwrap();
                let text = String::from_utf8_lossy(parse.text).into_owned();
                format!(
                    "P {} {text} {:?}",
                    String::from_utf8_lossy(parse.name),
                    parse.types
                )
            }
            b'B' => {
                let bind = Bind::read(&Bytes::copy_from_slice(body)).unwrap();
                format!("B {:?} {:?} {:?}", bind.formats, bind.values, bind.results)
            }
            b'Q' | b'Z' | b'D' | b'C' | b't' => format!("{tag} {:?}", Bytes::copy_from_slice(body)),
            _ => tag.to_string(),
        });
    }
    assert!(bytes.is_empty());
    found
}

fn frame(tag: u8, parts: &[&[u8]]) -> Bytes {
    let mut out = BytesMut::new();
    wire::put_text(&mut out, tag, parts);
    out.freeze()
}

pub(super) fn query(text: &str) -> Bytes {
    frame(b'Q', &[text.as_bytes(), b"\0"])
}

pub(super) fn parse(name: &str, text: &str) -> Bytes {
    let mut out = BytesMut::new();
    wire::write_parse(&mut out, name.as_bytes(), text.as_bytes(), &[]);
    out.freeze()
}

pub(super) fn bind(portal: &str, statement: &str, values: &[&str]) -> Bytes {
    let mut out = BytesMut::new();
    let bind = Bind {
        portal: Bytes::copy_from_slice(portal.as_bytes()),
        statement: Bytes::copy_from_slice(statement.as_bytes()),
        formats: vec![],
        values: values
            .iter()
            .map(|value| Some(Bytes::copy_from_slice(value.as_bytes())))
            .collect(),
        results: vec![],
    };
    wire::write_bind(&mut out, &bind);
    out.freeze()
}

pub(super) fn describe(kind: &str, name: &str) -> Bytes {
    frame(b'D', &[kind.as_bytes(), name.as_bytes(), b"\0"])
}

pub(super) fn execute(portal: &str) -> Bytes {
    frame(b'E', &[portal.as_bytes(), b"\0\0\0\0\0"])
}

pub(super) fn sync() -> Bytes {
    frame(b'S', &[])
}

/// A frame of the server without a body that matters.
pub(super) fn bare(tag: u8) -> Bytes {
    frame(tag, &[])
}

pub(super) fn ready(status: u8) -> Bytes {
    frame(b'Z', &[&[status]])
}

pub(super) fn error(sqlstate: &str) -> Bytes {
    let fields = format!("SERROR\0VERROR\0C{sqlstate}\0Mno\0Dkey (c)=(x)\0P8\0\0");
    frame(b'E', &[fields.as_bytes()])
}

pub(super) fn row(value: &str) -> Bytes {
    let mut out = BytesMut::new();
    let start = wire::begin(&mut out, b'D');
    out.put_i16(1);
    out.put_i32(i32::try_from(value.len()).unwrap());
    out.put_slice(value.as_bytes());
    wire::finish(&mut out, start);
    out.freeze()
}

pub(super) fn columns(table: u32) -> Bytes {
    let mut out = BytesMut::new();
    wire::write_row(
        &mut out,
        &[wire::Field {
            name: Bytes::from_static(b"c"),
            table,
            attnum: 1,
            oid: 17,
            typlen: -1,
            typmod: -1,
            format: 0,
        }],
    );
    out.freeze()
}

pub(super) fn complete(tag: &str) -> Bytes {
    frame(b'C', &[tag.as_bytes(), b"\0"])
}

pub(super) fn parameters(types: &[u32]) -> Bytes {
    let mut out = BytesMut::new();
    wire::write_parameters(&mut out, types);
    out.freeze()
}
