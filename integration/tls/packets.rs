//! The first packets: what is said around a handshake, by clients that mean well and by others.

use std::io::Write;
use std::net::Shutdown;

use super::hello::{GSS_REQUEST, Hello, SSL_REQUEST, byte, open, rest, startup};
use super::secured;
use crate::harness::until;
use crate::harness::{Database, Proxy, Raw};

fn served() -> (Database, Proxy, String) {
    let database = Database::create(&["ann"]);
    let (site, issuer) = secured(&database, "");
    (database, site.serve(), issuer.pem())
}

#[test]
fn direct_tls_needs_the_protocols_name_and_ssl_request_does_not() {
    let (database, proxy, roots) = served();
    let hello = Hello::new(&roots);
    // Asked for: without ALPN, and with it.
    for alpn in [&[][..], &["postgresql"], &["http/1.1", "postgresql"]] {
        let mut talk = Hello::new(&roots).alpn(alpn).asked(proxy.port()).unwrap();
        let agreed = talk.0.conn.alpn_protocol().map(<[u8]>::to_vec);
        assert_eq!(agreed.is_some(), !alpn.is_empty(), "{alpn:?}");
        talk.startup("ann", database.name());
        assert!(talk.until_ready().ends_with('Z'), "{alpn:?}");
    }
    let wrong = Hello::new(&roots).alpn(&["http/1.1"]).asked(proxy.port());
    assert!(
        wrong
            .err()
            .unwrap()
            .to_string()
            .contains("NoApplicationProtocol")
    );
    // Direct.
    let mut talk = Hello::new(&roots)
        .alpn(&["postgresql"])
        .on(open(proxy.port()))
        .unwrap();
    talk.startup("ann", database.name());
    assert!(talk.until_ready().ends_with('Z'));
    talk.send('Q', b"select 1\0");
    assert_eq!(talk.until_ready(), "TDCZ");
    let wrong = Hello::new(&roots)
        .alpn(&["http/1.1"])
        .on(open(proxy.port()));
    assert!(wrong.is_err());
    // Without a name the server ends it after the handshake. (One failure a second is written to the log.)
    std::thread::sleep(std::time::Duration::from_millis(1_100));
    if let Ok(mut talk) = hello.on(open(proxy.port())) {
        let _gone = talk.0.write_all(&startup("ann", database.name()));
        assert_eq!(talk.until_ready(), "");
    }
    // The client sees the end before the line is written.
    until(|| proxy.log().contains("direct TLS without ALPN"));
    // Without a certificate there is no direct TLS either.
    let database = Database::create(&["ann"]);
    let bare = Proxy::start(&database, "");
    assert!(
        Hello::new(&roots)
            .alpn(&["postgresql"])
            .on(open(bare.port()))
            .is_err()
    );
}

#[test]
fn bytes_before_the_handshake_end_the_connection() {
    let (database, proxy, roots) = served();
    // As one packet: what follows the request would be read as if it had come through TLS.
    for request in [SSL_REQUEST, GSS_REQUEST] {
        let mut socket = open(proxy.port());
        let smuggled = [&request[..], &startup("ann", database.name())].concat();
        socket.write_all(&smuggled).unwrap();
        let said = String::from_utf8_lossy(&rest(&mut socket)).into_owned();
        assert!(said.starts_with('E') && said.contains("08P01"), "{said:?}");
        assert!(said.contains("received unencrypted data"), "{said:?}");
    }
    // After the answer: it is no handshake.
    let mut socket = open(proxy.port());
    socket.write_all(&SSL_REQUEST).unwrap();
    assert_eq!(byte(&mut socket), b'S');
    socket.write_all(&startup("ann", database.name())).unwrap();
    let said = rest(&mut socket);
    assert!(!said.contains(&b'Z') && !said.contains(&b'R'), "{said:?}");
    // And a good one goes on.
    let mut talk = Hello::new(&roots).asked(proxy.port()).unwrap();
    talk.startup("ann", database.name());
    assert!(talk.until_ready().ends_with('Z'));
}

#[test]
fn gss_is_declined_and_tls_still_possible_and_neither_inside_of_tls() {
    let (database, proxy, roots) = served();
    let mut socket = open(proxy.port());
    socket.write_all(&GSS_REQUEST).unwrap();
    assert_eq!(byte(&mut socket), b'N');
    socket.write_all(&SSL_REQUEST).unwrap();
    assert_eq!(byte(&mut socket), b'S');
    let mut talk = Hello::new(&roots).on(socket).unwrap();
    talk.startup("ann", database.name());
    assert!(talk.until_ready().ends_with('Z'));
    for request in [SSL_REQUEST, GSS_REQUEST] {
        let mut talk = Hello::new(&roots).asked(proxy.port()).unwrap();
        talk.0.write_all(&request).unwrap();
        let said = talk.until_ready();
        assert!(said.starts_with('E') && said.contains("08P01"), "{said}");
    }
}

#[test]
fn the_oldest_version_is_the_rules_choice() {
    let database = Database::create(&["ann"]);
    let (site, issuer) = secured(&database, "min_version = \"1.3\"");
    let proxy = site.serve();
    let roots = issuer.pem();
    let old = Hello {
        versions: &[&rustls::version::TLS12],
        ..Hello::new(&roots)
    };
    assert!(old.asked(proxy.port()).is_err());
    assert!(Hello::new(&roots).asked(proxy.port()).is_ok());
    drop(proxy);
    let database = Database::create(&["ann"]);
    let (site, issuer) = secured(&database, "");
    let (proxy, roots) = (site.serve(), issuer.pem());
    let old = Hello {
        versions: &[&rustls::version::TLS12],
        ..Hello::new(&roots)
    };
    let mut talk = old.asked(proxy.port()).unwrap();
    talk.startup("ann", database.name());
    assert!(talk.until_ready().ends_with('Z'));
}

#[test]
fn a_cancel_request_is_carried_out_however_it_comes() {
    let database = Database::create(&["ann"]);
    let (site, issuer) = secured(&database, "require = true");
    let (proxy, roots) = (site.serve(), issuer.pem());
    for direct in [false, true] {
        let mut talk = Hello::new(&roots).asked(proxy.port()).unwrap();
        talk.startup("ann", database.name());
        let mut key = Vec::new();
        while let Some((tag, body)) = talk.message() {
            match tag {
                'K' => key = body,
                'Z' => break,
                _ => {}
            }
        }
        talk.send('Q', b"select pg_sleep(30)\0");
        std::thread::sleep(std::time::Duration::from_millis(300));
        let length = u32::try_from(key.len() + 8).unwrap();
        let packet = [
            &length.to_be_bytes()[..],
            &80_877_102_u32.to_be_bytes(),
            &key,
        ]
        .concat();
        if direct {
            let mut cancel = Hello::new(&roots)
                .alpn(&["postgresql"])
                .on(open(proxy.port()))
                .unwrap();
            cancel.0.write_all(&packet).unwrap();
            assert_eq!(cancel.until_ready(), "");
        } else {
            // As with the server, even where plain connections are refused: libpq before 17 sends it so.
            let mut plain = open(proxy.port());
            plain.write_all(&packet).unwrap();
            assert!(rest(&mut plain).is_empty());
        }
        let said = talk.until_ready();
        assert!(said.contains("57014"), "direct: {direct}: {said}");
    }
}

#[test]
fn half_a_handshake_holds_nobody_up_and_is_counted() {
    let (database, proxy, _roots) = served();
    let mut slow = open(proxy.port());
    slow.write_all(&SSL_REQUEST).unwrap();
    assert_eq!(byte(&mut slow), b'S');
    slow.write_all(&[0x16, 3, 1]).unwrap();
    // Others come and go meanwhile.
    let mut raw = Raw::login(proxy.port(), "ann", database.name());
    assert_eq!(Raw::error(&raw.query("select 1")), "");
    let mut gone = open(proxy.port());
    gone.write_all(&SSL_REQUEST).unwrap();
    assert_eq!(byte(&mut gone), b'S');
    gone.shutdown(Shutdown::Both).unwrap();
    crate::harness::until(|| {
        proxy
            .metrics()
            .contains("sealwire_tls_handshake_failures_total 1")
    });
    // The slow one is cut off after its time.
    assert!(rest(&mut slow).is_empty());
    crate::harness::until(|| {
        proxy
            .metrics()
            .contains("sealwire_tls_handshake_failures_total 2")
    });
}
