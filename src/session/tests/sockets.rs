//! A whole conversation over in-memory sockets with small buffers: nothing deadlocks when both are full, every
//! split of the stream reads alike, and each way to end ends it.

use std::time::Duration;

use bytes::BytesMut;
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, ReadHalf, WriteHalf, duplex, split};
use tokio::sync::watch;
use tokio::time::{sleep, timeout};

use super::scripted::*;
use crate::fault::{Fault, Refusal};
use crate::session::Wish;
use crate::session::converse::Conversation;
use crate::session::link::Side;
use crate::wire;

const PATIENCE: Duration = Duration::from_secs(20);

/// A conversation under way: the client's end, the server's end, how to stop it, what came of it.
struct Wire {
    client: DuplexStream,
    server: DuplexStream,
    stop: watch::Sender<Wish>,
    ended: tokio::task::JoinHandle<Result<(), Refusal>>,
}

fn wire(buffer: usize) -> Wire {
    let (client, near) = duplex(buffer);
    let (server, far) = duplex(buffer);
    let (stop, mut stopping) = watch::channel(Wish::GoOn);
    let ended = tokio::spawn(async move {
        let mut near = Side::new(near, BytesMut::new());
        let mut far = Side::new(far, BytesMut::new());
        let ended = {
            let engine = Bench::new().engine;
            Conversation::resumed(&mut near, &mut far, engine)
                .hold(&mut stopping)
                .await
        };
        if let Err(refusal) = &ended {
            wire::fatal(&mut near.output, refusal);
        }
        near.finish().await;
        ended
    });
    Wire {
        client,
        server,
        stop,
        ended,
    }
}

/// A server that answers every Query with two rows, until the end.
async fn serve(mut reads: ReadHalf<DuplexStream>, mut writes: WriteHalf<DuplexStream>) {
    let mut input = BytesMut::new();
    while reads.read_buf(&mut input).await.unwrap() > 0 {
        while let Some(head) = wire::head(&input).unwrap() {
            if head.total > input.len() {
                break;
            }
            let frame = input.split_to(head.total);
            if head.tag == b'Q' {
                let value = "x".repeat(frame.len());
                for part in [
                    columns(0),
                    row(&value),
                    row(&value),
                    complete("SELECT 2"),
                    ready(b'I'),
                ] {
                    writes.write_all(&part).await.unwrap();
                }
            }
        }
    }
}

async fn answers(mut reads: ReadHalf<DuplexStream>, queries: usize) -> Vec<u8> {
    let (mut input, mut tags) = (BytesMut::new(), Vec::new());
    while tags.iter().filter(|tag| **tag == b'Z').count() < queries {
        assert!(reads.read_buf(&mut input).await.unwrap() > 0);
        while let Some(head) = wire::head(&input).unwrap() {
            if head.total > input.len() {
                break;
            }
            let _frame = input.split_to(head.total);
            tags.push(head.tag);
        }
    }
    tags
}

#[tokio::test]
async fn nothing_deadlocks_when_both_sockets_are_full() {
    let wire = wire(64);
    let (reads, writes) = split(wire.server);
    tokio::spawn(serve(reads, writes));
    let (reads, mut writes) = split(wire.client);
    let text = format!("select '{}'", "y".repeat(3_000));
    let sending = tokio::spawn(async move {
        for at in 0..200 {
            // Every seventh is planned, its rows opened.
            let text = if at % 7 == 0 {
                format!("secret {text}")
            } else {
                text.clone()
            };
            writes.write_all(&query(&text)).await.unwrap();
        }
        writes
    });
    let tags = timeout(PATIENCE, answers(reads, 200)).await.unwrap();
    assert_eq!(tags.len(), 200 * 5);
    drop(sending.await.unwrap());
    timeout(PATIENCE, wire.ended)
        .await
        .unwrap()
        .unwrap()
        .unwrap();
}

#[tokio::test]
async fn one_byte_at_a_time_reads_alike() {
    let wire = wire(1);
    let (reads, writes) = split(wire.server);
    tokio::spawn(serve(reads, writes));
    let (reads, mut writes) = split(wire.client);
    tokio::spawn(async move {
        for text in ["select 1", "secret", "select 2"] {
            writes.write_all(&query(text)).await.unwrap();
        }
        writes
    });
    let tags = timeout(PATIENCE, answers(reads, 3)).await.unwrap();
    assert_eq!(tags, b"TDDCZTDDCZTDDCZ");
}

#[tokio::test]
async fn a_server_that_goes_away_is_told_of_once() {
    let mut wire = wire(4096);
    wire.client.write_all(&query("select 1")).await.unwrap();
    drop(wire.server);
    let mut said = Vec::new();
    timeout(PATIENCE, wire.client.read_to_end(&mut said))
        .await
        .unwrap()
        .unwrap();
    assert!(String::from_utf8_lossy(&said).contains("08006"));
    let ended = wire.ended.await.unwrap();
    assert_eq!(ended.unwrap_err().fault, Fault::UpstreamUnavailable);
}

#[tokio::test]
async fn a_client_that_vanishes_leaves_no_connection_behind() {
    let mut wire = wire(4096);
    let begun = [&query("copy x from stdin")[..], b"d\0\0\0\x20half of it"].concat();
    wire.client.write_all(&begun).await.unwrap();
    let mut asked = [0; 64];
    let _query = wire.server.read(&mut asked).await.unwrap();
    wire.server.write_all(&bare(b'G')).await.unwrap();
    drop(wire.client);
    let mut heard = Vec::new();
    timeout(PATIENCE, wire.server.read_to_end(&mut heard))
        .await
        .unwrap()
        .unwrap();
    assert!(heard.ends_with(b"half of it"));
    drop(wire.server);
    timeout(PATIENCE, wire.ended)
        .await
        .unwrap()
        .unwrap()
        .unwrap();
}

#[tokio::test]
async fn an_idle_session_is_let_go_when_the_process_stops_and_a_busy_one_is_not() {
    let mut wire = wire(4096);
    wire.client.write_all(&query("select 1")).await.unwrap();
    let mut input = [0; 64];
    let _query = wire.server.read(&mut input).await.unwrap();
    wire.stop.send(Wish::EndIdle).unwrap();
    sleep(Duration::from_millis(50)).await;
    assert!(!wire.ended.is_finished());
    wire.server.write_all(&complete("SELECT 0")).await.unwrap();
    wire.server.write_all(&ready(b'I')).await.unwrap();
    let mut said = Vec::new();
    timeout(PATIENCE, wire.client.read_to_end(&mut said))
        .await
        .unwrap()
        .unwrap();
    assert!(String::from_utf8_lossy(&said).contains("57P01"));
}

#[tokio::test]
async fn malformed_input_is_a_protocol_violation() {
    for bytes in [
        &b"Q\0\0\0\x01"[..],
        b"~\0\0\0\x04",
        b"B\0\0\0\x05x",
        b"Q\xff\xff\xff\xff",
    ] {
        let mut wire = wire(4096);
        wire.client.write_all(bytes).await.unwrap();
        let mut said = Vec::new();
        timeout(PATIENCE, wire.client.read_to_end(&mut said))
            .await
            .unwrap()
            .unwrap();
        assert!(String::from_utf8_lossy(&said).contains("08P01"));
    }
}
