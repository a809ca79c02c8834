//! A client of the raw protocol: frames out, frames in, nothing understood.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::time::Duration;

/// One message of the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    pub tag: char,
    pub body: Vec<u8>,
}

impl Frame {
    /// A field of an ErrorResponse or NoticeResponse.
    pub fn field(&self, code: char) -> Option<String> {
        self.body.split(|byte| *byte == 0).find_map(|field| {
            let (first, rest) = field.split_first()?;
            (*first == code as u8).then(|| String::from_utf8_lossy(rest).into_owned())
        })
    }

    /// SQLSTATE of an ErrorResponse.
    pub fn sqlstate(&self) -> String {
        self.field('C').unwrap_or_default()
    }

    /// The values of a DataRow.
    pub fn values(&self) -> Vec<Option<Vec<u8>>> {
        let count = u16::from_be_bytes([self.body[0], self.body[1]]);
        let mut rest = &self.body[2..];
        (0..count)
            .map(|_| {
                let length = i32::from_be_bytes(rest[..4].try_into().unwrap());
                rest = &rest[4..];
                let length = usize::try_from(length).ok()?;
                let (value, after) = rest.split_at(length);
                rest = after;
                Some(value.to_vec())
            })
            .collect()
    }
}

/// A connection.
pub struct Raw {
    stream: TcpStream,
    /// (process id, secret key) of BackendKeyData.
    pub key: Option<(u32, Vec<u8>)>,
}

impl Raw {
    /// TCP only; nothing sent.
    pub fn open(port: u16) -> Raw {
        let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(20)))
            .unwrap();
        stream.set_nodelay(true).unwrap();
        Raw { stream, key: None }
    }

    /// Startup under trust, up to the first ReadyForQuery.
    pub fn login(port: u16, user: &str, database: &str) -> Raw {
        let mut raw = Raw::open(port);
        raw.startup(196_608, &[("user", user), ("database", database)]);
        for frame in raw.until_ready() {
            match frame.tag {
                'E' => panic!("login failed: {:?}", frame.field('M')),
                'K' => {
                    let (pid, secret) = frame.body.split_at(4);
                    raw.key = Some((u32::from_be_bytes(pid.try_into().unwrap()), secret.to_vec()));
                }
                _ => {}
            }
        }
        raw
    }

    /// A startup packet.
    pub fn startup(&mut self, version: u32, parameters: &[(&str, &str)]) {
        let mut body = version.to_be_bytes().to_vec();
        for (name, value) in parameters {
            body.extend([name.as_bytes(), b"\0", value.as_bytes(), b"\0"].concat());
        }
        body.push(0);
        self.untagged(&body);
    }

    /// A message without a tag: startup, SSLRequest, CancelRequest.
    pub fn untagged(&mut self, body: &[u8]) {
        let length = u32::try_from(body.len() + 4).unwrap();
        self.bytes(&[&length.to_be_bytes()[..], body].concat());
    }

    /// Bytes as they are.
    pub fn bytes(&mut self, bytes: &[u8]) {
        self.stream.write_all(bytes).unwrap();
    }

    /// A message.
    pub fn send(&mut self, tag: char, body: &[u8]) {
        let length = u32::try_from(body.len() + 4).unwrap();
        self.bytes(&[&[tag as u8], &length.to_be_bytes()[..], body].concat());
    }

    /// A second hand on the same connection, to write while the first reads.
    pub fn twin(&self) -> Raw {
        Raw {
            stream: self.stream.try_clone().unwrap(),
            key: self.key.clone(),
        }
    }

    /// Query, without waiting for its answer.
    pub fn ask(&mut self, sql: &str) {
        self.send('Q', &[sql.as_bytes(), b"\0"].concat());
    }

    /// Parse of the unnamed statement, Bind, Execute, without parameters and Sync.
    pub fn run(&mut self, sql: &str) {
        self.parse("", sql, &[]);
        self.bind("", "", 0, &[], 0);
        self.execute("", 0);
    }

    /// The same and Sync; its answer.
    pub fn extended(&mut self, sql: &str) -> Vec<Frame> {
        self.run(sql);
        self.sync();
        self.until_ready()
    }

    /// Query.
    pub fn query(&mut self, sql: &str) -> Vec<Frame> {
        self.send('Q', &[sql.as_bytes(), b"\0"].concat());
        self.until_ready()
    }

    /// Parse.
    pub fn parse(&mut self, name: &str, sql: &str, oids: &[u32]) {
        let mut body = [name.as_bytes(), b"\0", sql.as_bytes(), b"\0"].concat();
        body.extend(u16::try_from(oids.len()).unwrap().to_be_bytes());
        body.extend(oids.iter().flat_map(|oid| oid.to_be_bytes()));
        self.send('P', &body);
    }

    /// Bind, with all parameters in one format and all results in one.
    pub fn bind(
        &mut self,
        portal: &str,
        statement: &str,
        format: i16,
        values: &[Option<&[u8]>],
        results: i16,
    ) {
        self.bind_formats(portal, statement, &[format], values, results);
    }

    /// The same with formats of parameters: none, one, or as many as there are parameters.
    pub fn bind_formats(
        &mut self,
        portal: &str,
        statement: &str,
        formats: &[i16],
        values: &[Option<&[u8]>],
        results: i16,
    ) {
        let mut body = [portal.as_bytes(), b"\0", statement.as_bytes(), b"\0"].concat();
        body.extend(u16::try_from(formats.len()).unwrap().to_be_bytes());
        body.extend(formats.iter().flat_map(|format| format.to_be_bytes()));
        body.extend(u16::try_from(values.len()).unwrap().to_be_bytes());
        for value in values {
            match value {
                None => body.extend((-1_i32).to_be_bytes()),
                Some(value) => {
                    body.extend(u32::try_from(value.len()).unwrap().to_be_bytes());
                    body.extend_from_slice(value);
                }
            }
        }
        body.extend(1_u16.to_be_bytes());
        body.extend(results.to_be_bytes());
        self.send('B', &body);
    }

    /// Describe of a statement ('S') or portal ('P').
    pub fn describe(&mut self, kind: char, name: &str) {
        self.send('D', &[&[kind as u8], name.as_bytes(), b"\0"].concat());
    }

    /// Execute; 0 rows for all.
    pub fn execute(&mut self, portal: &str, rows: u32) {
        self.send(
            'E',
            &[portal.as_bytes(), b"\0", &rows.to_be_bytes()[..]].concat(),
        );
    }

    /// Close of a statement ('S') or portal ('P').
    pub fn close(&mut self, kind: char, name: &str) {
        self.send('C', &[&[kind as u8], name.as_bytes(), b"\0"].concat());
    }

    /// Sync.
    pub fn sync(&mut self) {
        self.send('S', &[]);
    }

    /// Flush.
    pub fn flush(&mut self) {
        self.send('H', &[]);
    }

    /// The next message; `None` at the end of the stream.
    pub fn read(&mut self) -> Option<Frame> {
        let mut head = [0_u8; 5];
        self.stream.read_exact(&mut head).ok()?;
        let length = u32::from_be_bytes(head[1..].try_into().unwrap());
        let mut body = vec![0; usize::try_from(length).unwrap() - 4];
        self.stream.read_exact(&mut body).ok()?;
        Some(Frame {
            tag: char::from(head[0]),
            body,
        })
    }

    /// One byte: the answer to SSLRequest and GSSENCRequest.
    pub fn byte(&mut self) -> char {
        let mut byte = [0];
        self.stream.read_exact(&mut byte).unwrap();
        char::from(byte[0])
    }

    /// Messages up to and with ReadyForQuery, or to the end of the stream.
    pub fn until_ready(&mut self) -> Vec<Frame> {
        let mut frames = Vec::new();
        while let Some(frame) = self.read() {
            let last = frame.tag == 'Z';
            frames.push(frame);
            if last {
                break;
            }
        }
        frames
    }

    /// SQLSTATE of the first error among messages; empty without one.
    pub fn error(frames: &[Frame]) -> String {
        frames
            .iter()
            .find(|frame| frame.tag == 'E')
            .map(Frame::sqlstate)
            .unwrap_or_default()
    }

    /// The rows among messages, values as text.
    pub fn rows(frames: &[Frame]) -> Vec<Vec<Option<String>>> {
        let text = |value: Vec<u8>| String::from_utf8_lossy(&value).into_owned();
        frames
            .iter()
            .filter(|frame| frame.tag == 'D')
            .map(|frame| frame.values().into_iter().map(|v| v.map(text)).collect())
            .collect()
    }

    /// Says that nothing more will be sent.
    pub fn half_close(&mut self) {
        let _gone = self.stream.shutdown(std::net::Shutdown::Write);
    }

    /// Messages up to the end of the stream.
    pub fn until_end(&mut self) -> Vec<Frame> {
        std::iter::from_fn(|| self.read()).collect()
    }

    /// Bytes up to the end of the stream, or to a reset.
    pub fn rest(&mut self) -> Vec<u8> {
        let mut bytes = Vec::new();
        let _reset = self.stream.read_to_end(&mut bytes);
        bytes
    }

    /// The tags of messages, as one word.
    pub fn tags(frames: &[Frame]) -> String {
        frames.iter().map(|frame| frame.tag).collect()
    }
}
