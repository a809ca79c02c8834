//! The first packets, from everywhere: who may do without TLS, and what is said to those who may not.

use std::net::IpAddr;
use std::time::Duration;

use bytes::BytesMut;
use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};

use crate::fault::{Fault, Refusal};
use crate::policy::PlainFrom;
use crate::session::first::{self, First};
use crate::session::link::Side;
use crate::session::record::Unrecorded;
use crate::tls::testing::Files;
use crate::tls::{ClientSide, Door, Transport};

const SSL: [u8; 8] = [0, 0, 0, 8, 4, 210, 22, 47];
const GSS: [u8; 8] = [0, 0, 0, 8, 4, 210, 22, 48];
const CANCEL: [u8; 16] = [0, 0, 0, 16, 4, 210, 22, 46, 0, 0, 0, 1, 0, 0, 0, 2];
const STARTUP: &[u8] = b"\0\0\0\x12\0\x03\0\0user\0ann\0\0";

/// What comes of these bytes from there, and what was answered.
async fn said(door: &Door, peer: &str, parts: &[&[u8]]) -> (Result<Seen, Refusal>, Vec<u8>) {
    let peer: IpAddr = peer.parse().unwrap();
    let (mut near, far) = duplex(4096);
    let mut side = Side::new(ClientSide::Plain(far), BytesMut::new());
    let client = async {
        for part in parts {
            near.write_all(part).await.unwrap();
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        near.shutdown().await.unwrap();
    };
    let (first, ()) = tokio::join!(first::packet(&mut side, peer, door, &Unrecorded), client);
    drop(side);
    let mut answered = Vec::new();
    near.read_to_end(&mut answered).await.unwrap();
    let seen = first.map(|first| match first {
        First::Gone => Seen::Gone,
        First::Cancel(_) => Seen::Cancel,
        First::Session(_, _, transport) => Seen::Session(transport),
    });
    (seen, answered)
}

#[derive(Debug, PartialEq)]
enum Seen {
    Gone,
    Cancel,
    Session(Transport),
}

#[tokio::test]
async fn plain_is_taken_from_where_the_rules_say() {
    let near = ["127.0.0.1", "127.8.9.1", "::1", "::ffff:127.0.0.1"];
    let far = [
        "192.0.2.7",
        "10.0.0.1",
        "::",
        "2001:db8::1",
        "::ffff:192.0.2.7",
    ];
    for (from, near_in, far_in) in [
        (PlainFrom::Never, false, false),
        (PlainFrom::Loopback, true, false),
        (PlainFrom::Anywhere, true, true),
    ] {
        let door = Door::plain(from);
        let peers = near.iter().map(|peer| (peer, near_in));
        for (peer, taken) in peers.chain(far.iter().map(|peer| (peer, far_in))) {
            // As libpq's `prefer` comes: it asks, hears no, and goes on without.
            for parts in [&[STARTUP][..], &[&SSL, STARTUP], &[&GSS, &SSL, STARTUP]] {
                let (first, answered) = said(&door, peer, parts).await;
                assert_eq!(answered.len(), parts.len() - 1);
                assert!(answered.iter().all(|byte| *byte == b'N'));
                match first {
                    Ok(Seen::Session(transport)) => {
                        assert!(taken && transport.tls.is_none(), "{from:?} {peer}");
                    }
                    Ok(other) => panic!("{other:?}"),
                    Err(refusal) => {
                        assert!(!taken, "{from:?} {peer}");
                        assert_eq!(refusal.fault, Fault::TlsRequired);
                        assert_eq!(refusal.sqlstate, "28000");
                        assert!(refusal.hint.unwrap().contains("no certificate yet"));
                    }
                }
            }
            // The key in it is what a cancel request is judged by.
            assert_eq!(said(&door, peer, &[&CANCEL]).await.0.unwrap(), Seen::Cancel);
        }
    }
}

#[tokio::test]
async fn encryption_is_asked_for_once_and_nothing_comes_before_its_answer() {
    let files = Files::usual();
    for door in [Door::plain(PlainFrom::Loopback), files.door("")] {
        for parts in [
            &[&[&SSL[..], STARTUP].concat()[..]][..],
            &[&[&GSS[..], STARTUP].concat()],
            &[&GSS, &GSS],
        ] {
            let (first, _) = said(&door, "127.0.0.1", parts).await;
            let refusal = first.unwrap_err();
            assert_eq!(refusal.fault, Fault::ProtocolViolation);
        }
    }
    let (twice, answered) = said(&Door::plain(PlainFrom::Loopback), "::1", &[&SSL, &SSL]).await;
    assert_eq!(
        (twice.unwrap_err().fault, answered),
        (Fault::ProtocolViolation, b"N".to_vec())
    );
}

#[tokio::test]
async fn tls_is_asked_for_or_direct_and_the_client_is_known_by_it() {
    let files = Files::usual();
    for (direct, required) in [(false, false), (true, false), (true, true)] {
        let door = files.door(if required { ", require = true" } else { "" });
        let (mut near, far) = duplex(256);
        let connector = files.connector("localhost");
        let client = async move {
            if !direct {
                near.write_all(&SSL).await.unwrap();
                assert_eq!(near.read_u8().await.unwrap(), b'S');
            }
            let mut near = connector.connect(near).await.unwrap();
            near.write_all(STARTUP).await.unwrap();
            near.flush().await.unwrap();
            near
        };
        let mut side = Side::new(ClientSide::Plain(far), BytesMut::new());
        let peer = "192.0.2.7".parse().unwrap();
        let (first, near) =
            tokio::join!(first::packet(&mut side, peer, &door, &Unrecorded), client);
        let First::Session(packet, _, transport) = first.unwrap() else {
            panic!("no session");
        };
        assert_eq!(&packet[..], STARTUP);
        assert_eq!(transport.tls.unwrap().end_point, near.end_point().unwrap());
    }
}
