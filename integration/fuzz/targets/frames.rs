//! Frames of both sides: delimited alike wherever they are cut; what is read is written again as the same bytes.

use bytes::{Bytes, BytesMut};
use sealwire::wire::{self, Authentication, Bind, Parse, Report, Target};

/// The tags that one of the readers below takes.
const TAGS: &[u8] = b"QPBDCETtRNZSd";

/// The data as a stream of frames, then as the body of one of each kind.
pub fn run(data: &[u8]) {
    stream(data);
    for tag in TAGS {
        body(*tag, data);
    }
}

fn stream(data: &[u8]) {
    let mut rest = data;
    while let Ok(Some(head)) = wire::head(rest) {
        assert!(head.total >= 5 && head.total <= wire::MAX_FRAME + 1);
        // The head alone says it, whatever follows.
        assert_eq!(wire::head(&rest[..5]), Ok(Some(head)));
        for cut in 0..5 {
            assert_eq!(wire::head(&rest[..cut]), Ok(None));
        }
        let Some(frame) = rest.get(..head.total) else {
            break;
        };
        body(head.tag, wire::body(frame));
        rest = &rest[head.total..];
    }
}

fn body(tag: u8, data: &[u8]) {
    let mut out = BytesMut::new();
    match tag {
        b'Q' => {
            let Ok(text) = wire::query_text(data) else {
                return;
            };
            wire::write_query(&mut out, text);
        }
        b'P' => {
            let Ok(parse) = Parse::read(data) else { return };
            wire::write_parse(&mut out, parse.name, parse.text, &parse.types);
        }
        b'B' => {
            let frame = Bytes::copy_from_slice(data);
            let Ok(bind) = Bind::read(&frame) else { return };
            let names = Bind::names(data).unwrap();
            assert_eq!(names, (&*bind.portal, &*bind.statement));
            wire::write_bind(&mut out, &bind);
        }
        b'D' => {
            if let Ok(values) = wire::row_values(data) {
                let length: usize = values.iter().flatten().map(|value| value.len()).sum();
                assert_eq!(2 + 4 * values.len() + length, data.len());
            }
            let Ok(target) = Target::read(data) else {
                return;
            };
            wire::write_describe(&mut out, &target);
        }
        b'C' => {
            let _ = wire::command_tag(data);
            let Ok(target) = Target::read(data) else {
                return;
            };
            wire::write_close(&mut out, &target);
        }
        b'T' => {
            let Ok(fields) = wire::described_row(data) else {
                return;
            };
            wire::write_row(&mut out, &fields);
        }
        b't' => {
            let Ok(types) = wire::described_parameters(data) else {
                return;
            };
            wire::write_parameters(&mut out, &types);
        }
        b'R' => {
            without_binding(data);
            match wire::authentication(data) {
                // What follows another code is not kept.
                Ok(Authentication::Other(_)) | Err(_) => return,
                Ok(message) => wire::write_authentication(&mut out, &message),
            }
        }
        b'E' | b'N' => {
            let Ok(report) = Report::read(data) else {
                return;
            };
            let _ = report.is_fatal();
            report.write(&mut out, tag);
            dropped(data);
        }
        b'Z' => {
            let _ = wire::ready_status(data);
            return;
        }
        b'S' => {
            let _ = wire::parameter_status(data);
            return;
        }
        _ => return,
    }
    assert_eq!(out.first(), Some(&tag), "the tag");
    assert_eq!(wire::body(&out), data, "written again");
    let head = wire::head(&out).unwrap().unwrap();
    assert_eq!(head.total, out.len());
}

/// Fields taken out of a report are out of it, and the others as they were.
fn dropped(data: &[u8]) {
    let mut report = Report::read(data).unwrap();
    let state = report.sqlstate().to_vec();
    report.drop_fields(b"DHW");
    report.set(b'M', Some(b"other".to_vec()));
    let mut out = BytesMut::new();
    report.write(&mut out, b'E');
    let again = Report::read(wire::body(&out)).unwrap();
    assert_eq!(again.sqlstate(), state);
    assert_eq!(again.field(b'M'), Some(&b"other"[..]));
    assert!(b"DHW".iter().all(|code| again.field(*code).is_none()));
}

/// Twice is as once, and the mechanism is gone wherever the message can be read.
fn without_binding(data: &[u8]) {
    let mut frame = BytesMut::new();
    wire::put_text(&mut frame, b'R', &[data]);
    let once = wire::without_binding(frame.freeze());
    assert_eq!(wire::without_binding(once.clone()), once);
    if let Ok(Authentication::Sasl(names)) = wire::authentication(wire::body(&once)) {
        assert!(!names.contains(&&b"SCRAM-SHA-256-PLUS"[..]));
    }
}
