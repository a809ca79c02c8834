//! From the sections that are not rules to settings.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::auth::{self, Surroundings};
use super::keys;
use super::problem::{Located, Place, Problems};
use super::raw::{RawFile, RawLogFormat, RawLogLevel};
use super::settings::{
    Address, AdminSettings, AuditPath, AuditSettings, FacadeSettings, LimitSettings,
    ListenSettings, LogFormat, LogLevel, LogSettings, ServerSettings, ServiceSettings,
    UpstreamSettings,
};
use super::transport::{self, UpstreamTlsMode};

/// Validates the sections that are not rules. `dir` is the rules folder, `whole` stands for it in
/// messages, `present` are the sections that stand in some file, readable or not. Where something is missing the mistake is noted and an unusable placeholder returned:
/// a set with mistakes is never used.
pub(super) fn validate(
    raw: &RawFile,
    present: &BTreeSet<String>,
    dir: &Path,
    whole: &Place,
    problems: &mut Problems,
) -> ServerSettings {
    let listen = raw.listen.as_ref().map(|section| &section.value);
    let admin = raw.admin.as_ref().map(|section| &section.value);
    let log = raw.log.as_ref().map(|section| &section.value);
    let limits = raw.limits.as_ref().map(|section| &section.value);
    let listen_address = listen
        .and_then(|listen| address(listen.address.as_ref(), problems))
        .unwrap_or_else(|| local(6432));
    let raw_tls = listen.and_then(|listen| listen.tls.as_ref());
    let (tls, plain) = transport::listen(raw, dir, problems);
    let upstream = upstream(raw, present, dir, whole, problems);
    let around = Surroundings {
        loopback: listen_address.is_loopback(),
        plain,
        // As written: where it has mistakes of its own, those are told, and not that it is missing.
        client_tls: raw_tls.is_some(),
        client_ca: raw_tls.is_some_and(|tls| tls.value.client_ca.is_some()),
        server_tls: upstream.tls.mode != UpstreamTlsMode::Disable,
        own_certificate: upstream.tls.certificate.is_some(),
    };
    ServerSettings {
        listen: ListenSettings {
            address: listen_address,
            max_sessions: listen
                .and_then(|listen| listen.max_sessions.as_ref())
                .map_or(500, |max| {
                    if max.value == 0 {
                        problems.add(&max.place, "expected at least 1");
                    }
                    max.value
                }),
            tls,
            plain,
        },
        upstream,
        auth: auth::validate(
            raw.auth.as_ref(),
            raw_tls.map(|tls| &tls.place),
            around,
            dir,
            problems,
        ),
        keys: keys::validate(raw, present, dir, whole, problems),
        subjects: keys::subjects(raw, dir, problems),
        admin: AdminSettings {
            address: admin
                .and_then(|admin| address(admin.address.as_ref(), problems))
                .unwrap_or_else(|| local(9432)),
        },
        limits: LimitSettings {
            guesses_per_statement: limits
                .and_then(|limits| limits.guesses_per_statement.as_ref())
                .map_or(20, |limit| limit.value),
            guesses_per_hour: limits
                .and_then(|limits| limits.guesses_per_hour.as_ref())
                .map_or(1000, |limit| limit.value),
            gathered_rows: limits
                .and_then(|limits| limits.gathered_rows.as_ref())
                .map_or(10_000, |limit| limit.value),
            scanned_rows: limits
                .and_then(|limits| limits.scanned_rows.as_ref())
                .map_or(0, |limit| limit.value),
        },
        facade: FacadeSettings {
            enabled: (raw.facade.as_ref())
                .and_then(|facade| facade.value.enabled.as_ref())
                .is_none_or(|enabled| enabled.value),
        },
        log: LogSettings {
            format: match log
                .and_then(|log| log.format.as_ref())
                .map(|format| format.value)
            {
                Some(RawLogFormat::Json) => LogFormat::Json,
                Some(RawLogFormat::Text) | None => LogFormat::Text,
            },
            level: match log
                .and_then(|log| log.level.as_ref())
                .map(|level| level.value)
            {
                Some(RawLogLevel::Error) => LogLevel::Error,
                Some(RawLogLevel::Warn) => LogLevel::Warn,
                Some(RawLogLevel::Info) | None => LogLevel::Info,
                Some(RawLogLevel::Debug) => LogLevel::Debug,
                Some(RawLogLevel::Trace) => LogLevel::Trace,
            },
        },
        audit: AuditSettings {
            path: match raw
                .audit
                .as_ref()
                .and_then(|audit| audit.value.path.as_ref())
            {
                None => AuditPath::Off,
                Some(path) if path.value == "-" => AuditPath::Stdout,
                Some(path) => AuditPath::File(resolve(dir, &path.value)),
            },
        },
    }
}

fn upstream(
    raw: &RawFile,
    present: &BTreeSet<String>,
    dir: &Path,
    whole: &Place,
    problems: &mut Problems,
) -> UpstreamSettings {
    let section = raw.upstream.as_ref().map(|section| &section.value);
    if section.is_none() && !present.contains("upstream") {
        problems.add(
            whole,
            "section [upstream] is missing: expected address, and [upstream.service] with user",
        );
    }
    let service = section
        .and_then(|section| section.service.as_ref())
        .map(|service| &service.value);
    let user = service.and_then(|service| service.user.as_ref());
    if let Some(user) = user.filter(|user| user.value.is_empty()) {
        problems.add(&user.place, "expected a login name");
    }
    let password_file = service.and_then(|service| service.password_file.as_ref());
    let address = section
        .and_then(|section| address(section.address.as_ref(), problems))
        .unwrap_or_else(|| local(5432));
    let tls = transport::upstream(raw, &address.host, dir, problems);
    UpstreamSettings {
        address,
        service: ServiceSettings {
            user: user.map_or_else(String::new, |user| user.value.clone()),
            password_file: password_file.map(|path| outside(dir, path, "a password", problems)),
            certificate: transport::service(raw, tls.mode, dir, problems),
        },
        tls,
    }
}

fn local(port: u16) -> Address {
    Address {
        host: "127.0.0.1".to_owned(),
        port,
    }
}

fn address(text: Option<&Located<String>>, problems: &mut Problems) -> Option<Address> {
    let text = text?;
    match text.value.parse() {
        Ok(address) => Some(address),
        Err(expected) => {
            problems.add(&text.place, expected);
            None
        }
    }
}

/// A path that must not lie in the rules folder, which goes to version control.
pub(super) fn outside(
    dir: &Path,
    path: &Located<String>,
    what: &str,
    problems: &mut Problems,
) -> PathBuf {
    let resolved = resolve(dir, &path.value);
    let inside = |file: &Path, folder: &Path| file.starts_with(folder);
    // Lexically, and as the file system sees it, so that a symbolic link does not hide it.
    let real = || {
        let folder = dir.canonicalize().ok()?;
        let file = resolved.canonicalize().or_else(|_| {
            resolved
                .parent()
                .unwrap_or(Path::new("."))
                .canonicalize()
                .map(|parent| parent.join("file"))
        });
        Some(inside(&file.ok()?, &folder))
    };
    if path.value.is_empty() {
        problems.add(&path.place, "expected a path");
    } else if inside(&resolved, &resolve(dir, ".")) || real() == Some(true) {
        problems.add(
            &path.place,
            format!(
                "{what} file must not lie in the rules folder, since rules go to version control"
            ),
        );
    }
    resolved
}

/// A path relative to the rules folder, `.` and `..` folded where that needs no look at the disk.
pub(super) fn resolve(dir: &Path, path: &str) -> PathBuf {
    use std::path::Component;
    let mut folded = PathBuf::new();
    for part in dir.join(path).components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                let can_fold =
                    matches!(folded.components().next_back(), Some(Component::Normal(_)));
                if !(can_fold && folded.pop()) {
                    folded.push("..");
                }
            }
            Component::Prefix(_) | Component::RootDir | Component::Normal(_) => folded.push(part),
        }
    }
    folded
}
