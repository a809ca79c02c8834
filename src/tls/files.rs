//! Certificates and keys from PEM files; every mistake with the place in the rules that names the file.

use std::path::PathBuf;
use std::sync::Arc;

use rustls::RootCertStore;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::{Error as PemError, PemObject};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::sign::CertifiedKey;

use crate::policy::{CertificateFiles, NamedFile, Problem, Roots, ServerSettings};

use super::{Connector, Door, explain, provider};

/// Whatever is wrong with the files that the settings name, on both sides.
pub fn problems(settings: &ServerSettings) -> Vec<Problem> {
    let upstream = &settings.upstream;
    let mut problems = Door::open(&settings.listen).err().unwrap_or_default();
    let host = &upstream.address.host;
    let session = upstream.tls.certificate.as_ref();
    problems.extend(
        Connector::new(&upstream.tls, session, host)
            .err()
            .unwrap_or_default(),
    );
    if let Some(service) = &upstream.service.certificate {
        problems.extend(certified(service, &provider()).err().unwrap_or_default());
    }
    problems.sort();
    problems.dedup();
    problems
}

/// The certificates of a file, at least one.
pub(super) fn certificates(file: &NamedFile) -> Result<Vec<CertificateDer<'static>>, Problem> {
    let found: Result<Vec<_>, PemError> =
        read(file).map(|text| CertificateDer::pem_slice_iter(&text).collect())?;
    match found {
        Ok(found) if found.is_empty() => Err(problem(
            file,
            "holds no certificate: expected PEM, `-----BEGIN CERTIFICATE-----`",
        )),
        Ok(found) => Ok(found),
        Err(error) => Err(problem(file, &format!("is not PEM: {error}"))),
    }
}

/// Reads a certificate and its key, and sees that they belong together.
pub(super) fn certified(
    files: &CertificateFiles,
    provider: &CryptoProvider,
) -> Result<Arc<CertifiedKey>, Vec<Problem>> {
    match (certificates(&files.cert), private_key(&files.key)) {
        (Ok(chain), Ok(key)) => CertifiedKey::from_der(chain, key, provider)
            .map(Arc::new)
            .map_err(|error| vec![unfit(files, &error)]),
        (chain, key) => Err([chain.err(), key.err()].into_iter().flatten().collect()),
    }
}

fn unfit(files: &CertificateFiles, error: &rustls::Error) -> Problem {
    match error {
        rustls::Error::InconsistentKeys(_) => problem(
            &files.key,
            &format!(
                "is not the key of the certificate {}",
                files.cert.path.display()
            ),
        ),
        rustls::Error::InvalidCertificate(_) => {
            problem(&files.cert, &format!("cannot be used: {}", explain(error)))
        }
        _ => problem(
            &files.key,
            "cannot be used: expected an RSA key of 2048 bits or more, or a key on P-256, P-384, P-521 or Ed25519",
        ),
    }
}

fn private_key(file: &NamedFile) -> Result<PrivateKeyDer<'static>, Problem> {
    let text = zeroize::Zeroizing::new(read(file)?);
    PrivateKeyDer::from_pem_slice(&text).map_err(|error| match error {
        PemError::NoItemsFound if holds(&text, b"ENCRYPTED") => problem(
            file,
            "is under a passphrase, which is not supported: expected a plain PEM key that only this process's user may read",
        ),
        PemError::NoItemsFound => problem(
            file,
            "holds no private key: expected PEM, `-----BEGIN PRIVATE KEY-----`",
        ),
        // What PEM says of a damaged file may quote it.
        _ => problem(file, "is not a PEM file"),
    })
}

/// The trust that a setting stands for, and the certificates that were named one by one.
pub(super) fn roots(
    roots: &Roots,
    place: &NamedFile,
) -> Result<(RootCertStore, Vec<CertificateDer<'static>>), Problem> {
    let mut store = RootCertStore::empty();
    match roots {
        Roots::System => {
            store.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
            if store.is_empty() {
                return Err(Problem {
                    message: "this system has no roots: install its package of CA certificates, or name a file in `roots`".to_owned(),
                    ..problem(place, "")
                });
            }
            Ok((store, Vec::new()))
        }
        Roots::File(file) => {
            let found = certificates(file)?;
            let (taken, _) = store.add_parsable_certificates(found.iter().cloned());
            if taken == 0 {
                return Err(problem(file, "holds no certificate that can be trusted"));
            }
            Ok((store, found))
        }
    }
}

fn read(file: &NamedFile) -> Result<Vec<u8>, Problem> {
    std::fs::read(&file.path).map_err(|error| problem(file, &format!("cannot be read: {error}")))
}

/// A mistake in a file, at the place that names it.
pub(super) fn problem(file: &NamedFile, message: &str) -> Problem {
    Problem {
        file: file.place.file.clone(),
        line: file.place.line,
        key: file.place.key.clone(),
        message: format!("{} {message}", file.path.display()),
    }
}

fn holds(text: &[u8], word: &[u8]) -> bool {
    text.windows(word.len()).any(|window| window == word)
}

/// The files of certificates, keys and roots that the settings name.
pub fn named(settings: &ServerSettings) -> Vec<PathBuf> {
    let mut found: Vec<&NamedFile> = Vec::new();
    if let Some(tls) = &settings.listen.tls {
        found.extend([&tls.cert, &tls.key]);
        found.extend(&tls.client_ca);
    }
    if let Roots::File(roots) = &settings.upstream.tls.roots {
        found.push(roots);
    }
    let pair = |files: &'_ CertificateFiles| [files.cert.path.clone(), files.key.path.clone()];
    let mut paths: Vec<PathBuf> = found.into_iter().map(|file| file.path.clone()).collect();
    paths.extend(settings.upstream.tls.certificate.iter().flat_map(pair));
    paths.extend(settings.upstream.service.certificate.iter().flat_map(pair));
    paths
}
