//! Doors and connectors over sockets in memory; what is said of certificates.
#![expect(clippy::unwrap_used, reason = "tests")]

use bytes::Bytes;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use sha2::{Digest, Sha256, Sha384};
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex};

use super::testing::Files;
use super::{
    ClientSide, Connector, Door, NoTls, TlsFacts, UpstreamSide, Weight, binding, expiries, remarks,
};

type Both = (
    Result<UpstreamSide<DuplexStream>, NoTls>,
    (ClientSide<DuplexStream>, Result<TlsFacts, NoTls>),
);

async fn shake(door: &Door, connector: &Connector, buffer: usize, direct: bool) -> Both {
    let (near, far) = duplex(buffer);
    let mut side = ClientSide::Plain(far);
    let acceptor = door.acceptor().unwrap();
    let accepting = async {
        let facts = side.secure(&acceptor, Bytes::new(), direct).await;
        if facts.is_err() {
            side = ClientSide::Lost;
        }
        facts
    };
    let (connected, facts) = tokio::join!(connector.connect(near), accepting);
    (connected, (side, facts))
}

#[tokio::test]
async fn both_ends_meet_and_bind_to_the_same_certificate() {
    let files = Files::usual();
    let (near, (mut far, facts)) =
        shake(&files.door(""), &files.connector("localhost"), 64, true).await;
    let (mut near, facts) = (near.unwrap(), facts.unwrap());
    assert_eq!(facts.client_certificate, None);
    assert_eq!(near.end_point().unwrap(), facts.end_point);
    assert!(near.encrypted());
    let sent: Vec<u8> = (0..300_000_u32).map(|n| n.to_le_bytes()[0]).collect();
    let expected = sent.clone();
    let sending = async {
        near.write_all(&sent).await.unwrap();
        near.shutdown().await.unwrap();
    };
    let mut got = Vec::new();
    let (_, length) = tokio::join!(sending, far.read_to_end(&mut got));
    assert_eq!((length.unwrap(), got), (300_000, expected));
}

#[tokio::test]
async fn the_name_and_the_roots_decide() {
    let files = Files::usual();
    let (near, (_, facts)) =
        shake(&files.door(""), &files.connector("elsewhere"), 4096, false).await;
    let said = near.err().unwrap().to_string();
    assert!(said.contains("not for elsewhere, but for"), "{said}");
    assert!(facts.is_err());
    let (near, _) = shake(
        &files.door(""),
        &Files::usual().connector("localhost"),
        4096,
        false,
    )
    .await;
    let said = near.err().unwrap().to_string();
    assert!(said.contains("nobody among the roots"), "{said}");
    let ended = Files::new(0, &rcgen::PKCS_ECDSA_P256_SHA256);
    tokio::time::sleep(std::time::Duration::from_millis(1_200)).await;
    let (near, _) = shake(&ended.door(""), &ended.connector("localhost"), 4096, false).await;
    let said = near.err().unwrap().to_string();
    assert!(said.contains("has expired"), "{said}");
}

/// RFC 5929, section 4.1: the hash of the signature, SHA-256 for anything older, none where there is no one hash.
#[test]
fn the_end_point_is_the_hash_of_the_certificate() {
    let der = |algorithm| {
        let files = Files::new(1, algorithm);
        let path = files.settings("tls = { cert = \"../a.crt\", key = \"../a.key\" }", "");
        let path = path.listen.tls.unwrap().cert.path;
        CertificateDer::from_pem_file(path).unwrap()
    };
    let p256 = der(&rcgen::PKCS_ECDSA_P256_SHA256);
    assert_eq!(
        binding::end_point(&p256).unwrap(),
        Sha256::digest(&p256).to_vec()
    );
    let p384 = der(&rcgen::PKCS_ECDSA_P384_SHA384);
    assert_eq!(
        binding::end_point(&p384).unwrap(),
        Sha384::digest(&p384).to_vec()
    );
    assert_eq!(binding::end_point(&der(&rcgen::PKCS_ED25519)), None);
    assert_eq!(binding::end_point(b"no certificate"), None);
}

#[test]
fn what_ends_soon_or_binds_nothing_is_told() {
    let told = |files: &Files| -> Vec<(Weight, String)> {
        remarks(&files.listening(""))
            .into_iter()
            .map(|remark| (remark.weight, remark.message))
            .collect()
    };
    assert_eq!(told(&Files::usual()), []);
    let soon = Files::new(10, &rcgen::PKCS_ECDSA_P256_SHA256);
    let said = told(&soon);
    assert!(
        matches!(said.as_slice(), [(Weight::Warning, message)] if message.contains("expires in 9 day(s)")
            || message.contains("expires in 10 day(s)")),
        "{said:?}"
    );
    let ends = expiries(&soon.listening(""));
    assert!(
        matches!(ends.as_slice(), [end] if end.key == "listen.tls.cert"),
        "{ends:?}"
    );
    let said = told(&Files::new(365, &rcgen::PKCS_ED25519));
    assert!(
        matches!(said.as_slice(), [(Weight::Note, message)] if message.contains("SCRAM-SHA-256-PLUS")),
        "{said:?}"
    );
}
