//! TLS on both sides: what may be set, with its defaults, and what does not go together.

use std::net::IpAddr;
use std::path::{Path, PathBuf};

use super::problem::{Located, Place, Problems};
use super::raw::{
    RawFile, RawListenTls, RawPlain, RawTlsVersion, RawUpstreamMode, RawUpstreamTls,
    RawUpstreamTlsTable,
};
use super::sections::{outside, resolve};

/// A file, and where the rules name it. Two are equal where the file is the same.
#[derive(Debug, Clone)]
pub struct NamedFile {
    /// The file.
    pub path: PathBuf,
    /// The key that names it.
    pub place: Place,
}

impl PartialEq for NamedFile {
    fn eq(&self, other: &Self) -> bool {
        self.path == other.path
    }
}

impl Eq for NamedFile {}

/// A certificate and its private key, both PEM.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertificateFiles {
    /// The certificate, with what leads to its issuer behind it.
    pub cert: NamedFile,
    /// The private key.
    pub key: NamedFile,
}

/// `[listen.tls]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListenTls {
    /// The certificate.
    pub cert: NamedFile,
    /// Its private key.
    pub key: NamedFile,
    /// Who signs client certificates. Default: nobody is asked for one.
    pub client_ca: Option<NamedFile>,
    /// Nothing without TLS, not even from loopback. Default: false.
    pub require: bool,
    /// The oldest version that is spoken. Default: 1.2.
    pub min_version: TlsVersion,
}

/// A version of TLS.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TlsVersion {
    /// 1.2.
    Tls12,
    /// 1.3.
    Tls13,
}

/// From where connections without TLS are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PlainFrom {
    /// From nowhere.
    Never,
    /// From the same host.
    Loopback,
    /// From every host.
    Anywhere,
}

impl PlainFrom {
    /// Whether a connection without TLS is taken from this address.
    pub fn allows(self, peer: IpAddr) -> bool {
        match self {
            PlainFrom::Never => false,
            PlainFrom::Loopback => peer.to_canonical().is_loopback(),
            PlainFrom::Anywhere => true,
        }
    }
}

/// `tls` of `[upstream]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UpstreamTls {
    /// How much is demanded. Default: nothing of a server on the loopback address, everything of another.
    pub mode: UpstreamTlsMode,
    /// Whom to trust. Default: the system's roots.
    pub roots: Roots,
    /// A client certificate. Default: none.
    pub certificate: Option<CertificateFiles>,
    /// The name that the server's certificate is for. Default: the host of the address.
    pub server_name: Option<String>,
    /// Where the rules say so, or name the address that the default follows from.
    pub place: Setting,
}

/// Where a setting stands. All are equal: it is no part of what is set.
#[derive(Debug, Clone, Default)]
pub struct Setting(pub Place);

impl PartialEq for Setting {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Setting {}

/// How much is demanded of the server. What libpq calls `prefer` is not among them: it falls back unnoticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum UpstreamTlsMode {
    /// No TLS.
    Disable,
    /// TLS with whoever answers.
    Require,
    /// With a server whose certificate comes from the roots.
    VerifyCa,
    /// And is for the host that was asked for.
    VerifyFull,
}

impl UpstreamTlsMode {
    /// As rules write it.
    pub fn name(self) -> &'static str {
        match self {
            UpstreamTlsMode::Disable => "disable",
            UpstreamTlsMode::Require => "require",
            UpstreamTlsMode::VerifyCa => "verify-ca",
            UpstreamTlsMode::VerifyFull => "verify-full",
        }
    }

    /// What is demanded of a host of which nothing is said: its traffic stays on this machine, or it is verified.
    pub fn default_for(host: &str) -> UpstreamTlsMode {
        let local = host == "localhost"
            || host.starts_with('/')
            || host
                .parse::<IpAddr>()
                .is_ok_and(|address| address.to_canonical().is_loopback());
        if local {
            UpstreamTlsMode::Disable
        } else {
            UpstreamTlsMode::VerifyFull
        }
    }
}

/// Whom to trust.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Roots {
    /// The system's roots.
    System,
    /// The certificates of a file.
    File(NamedFile),
}

/// `[listen]`: TLS, and from where it may be left out.
pub(super) fn listen(
    raw: &RawFile,
    dir: &Path,
    problems: &mut Problems,
) -> (Option<ListenTls>, PlainFrom) {
    let section = raw.listen.as_ref().map(|section| &section.value);
    let tls = section
        .and_then(|listen| listen.tls.as_ref())
        .and_then(|tls| listen_tls(&tls.value, dir, problems));
    let required = tls.as_ref().is_some_and(|tls| tls.require);
    let plain = section.and_then(|listen| listen.plain.as_ref());
    let from = plain.map(|plain| match plain.value {
        RawPlain::Never => PlainFrom::Never,
        RawPlain::Loopback => PlainFrom::Loopback,
        RawPlain::Anywhere => PlainFrom::Anywhere,
    });
    if let (Some(plain), Some(given)) = (plain, from) {
        if required && given != PlainFrom::Never {
            problems.add(
                &plain.place,
                "connections without TLS are taken nowhere where listen.tls.require is true: expected \"never\", or no `plain`",
            );
        }
        let has_tls = section.is_some_and(|listen| listen.tls.is_some());
        if given == PlainFrom::Never && !has_tls {
            problems.add(
                &plain.place,
                "without `tls` nobody could connect at all: expected a section [listen.tls] beside it",
            );
        }
    }
    let from = if required {
        PlainFrom::Never
    } else {
        from.unwrap_or(PlainFrom::Loopback)
    };
    (tls, from)
}

fn listen_tls(raw: &RawListenTls, dir: &Path, problems: &mut Problems) -> Option<ListenTls> {
    let cert = raw.cert.as_ref().map(|cert| public(dir, cert, problems));
    let key = raw.key.as_ref().map(|key| private(dir, key, problems));
    Some(ListenTls {
        cert: cert?,
        key: key?,
        client_ca: raw
            .client_ca
            .as_ref()
            .map(|roots| public(dir, roots, problems)),
        require: raw.require.as_ref().is_some_and(|require| require.value),
        min_version: match raw.min_version.as_ref().map(|version| version.value) {
            Some(RawTlsVersion::Tls13) => TlsVersion::Tls13,
            Some(RawTlsVersion::Tls12) | None => TlsVersion::Tls12,
        },
    })
}

/// `tls` of `[upstream]`, for this host.
pub(super) fn upstream(
    raw: &RawFile,
    host: &str,
    dir: &Path,
    problems: &mut Problems,
) -> UpstreamTls {
    let section = raw.upstream.as_ref().map(|section| &section.value);
    let given = section.and_then(|upstream| upstream.tls.as_ref());
    let address = section.and_then(|upstream| upstream.address.as_ref());
    let place = given
        .map(|given| given.place.clone())
        .or_else(|| address.map(|address| address.place.below("tls")))
        .unwrap_or_default();
    let mut settings = UpstreamTls {
        mode: UpstreamTlsMode::default_for(host),
        roots: Roots::System,
        certificate: None,
        server_name: None,
        place: Setting(place.clone()),
    };
    match given.map(|given| &given.value) {
        None => {}
        Some(RawUpstreamTls::Mode(mode)) => settings.mode = known(*mode),
        Some(RawUpstreamTls::Table(table)) => of_table(table, &mut settings, dir, problems),
    }
    if settings.mode == UpstreamTlsMode::VerifyCa && settings.roots == Roots::System {
        problems.add(
            &place,
            "`verify-ca` with the system's roots trusts whoever has any certificate at all: expected `roots` with a file, or `verify-full`",
        );
    }
    settings
}

fn of_table(
    table: &RawUpstreamTlsTable,
    settings: &mut UpstreamTls,
    dir: &Path,
    problems: &mut Problems,
) {
    if let Some(mode) = &table.mode {
        settings.mode = known(mode.value);
    }
    match &table.roots {
        None => {}
        Some(roots) if roots.value == "system" => {}
        Some(roots) => settings.roots = Roots::File(public(dir, roots, problems)),
    }
    if let (Some(roots), UpstreamTlsMode::Require) = (&table.roots, settings.mode) {
        problems.add(
            &roots.place,
            "`require` does not look at the server's certificate: expected mode verify-ca or verify-full, or no `roots`",
        );
    }
    if settings.mode == UpstreamTlsMode::Disable {
        let more = [&table.roots, &table.cert, &table.key, &table.server_name];
        for unused in more.into_iter().flatten() {
            problems.add(&unused.place, "means nothing with mode `disable`");
        }
    }
    settings.certificate = pair(table.cert.as_ref(), table.key.as_ref(), dir, problems);
    settings.server_name = table.server_name.as_ref().map(|name| {
        if name.value.is_empty() {
            problems.add(
                &name.place,
                "expected the name that the server's certificate is for",
            );
        }
        name.value.clone()
    });
}

/// `cert` and `key` of `[upstream.service]`.
pub(super) fn service(
    raw: &RawFile,
    mode: UpstreamTlsMode,
    dir: &Path,
    problems: &mut Problems,
) -> Option<CertificateFiles> {
    let service = raw.upstream.as_ref()?.value.service.as_ref()?;
    let (cert, key) = (service.value.cert.as_ref(), service.value.key.as_ref());
    if mode == UpstreamTlsMode::Disable {
        for unused in [cert, key].into_iter().flatten() {
            problems.add(
                &unused.place,
                "a client certificate is shown in TLS only, and upstream.tls is `disable`",
            );
        }
    }
    pair(cert, key, dir, problems)
}

fn known(mode: RawUpstreamMode) -> UpstreamTlsMode {
    match mode {
        RawUpstreamMode::Disable => UpstreamTlsMode::Disable,
        RawUpstreamMode::Require => UpstreamTlsMode::Require,
        RawUpstreamMode::VerifyCa => UpstreamTlsMode::VerifyCa,
        RawUpstreamMode::VerifyFull => UpstreamTlsMode::VerifyFull,
    }
}

fn pair(
    cert: Option<&Located<String>>,
    key: Option<&Located<String>>,
    dir: &Path,
    problems: &mut Problems,
) -> Option<CertificateFiles> {
    match (cert, key) {
        (Some(cert), Some(key)) => Some(CertificateFiles {
            cert: public(dir, cert, problems),
            key: private(dir, key, problems),
        }),
        (Some(cert), None) => {
            problems.add(&cert.place, "`key` is missing beside it");
            None
        }
        (None, Some(key)) => {
            problems.add(&key.place, "`cert` is missing beside it");
            None
        }
        (None, None) => None,
    }
}

fn public(dir: &Path, path: &Located<String>, problems: &mut Problems) -> NamedFile {
    if path.value.is_empty() {
        problems.add(&path.place, "expected a path");
    }
    NamedFile {
        path: resolve(dir, &path.value),
        place: path.place.clone(),
    }
}

fn private(dir: &Path, path: &Located<String>, problems: &mut Problems) -> NamedFile {
    NamedFile {
        path: outside(dir, path, "a private key", problems),
        place: path.place.clone(),
    }
}
