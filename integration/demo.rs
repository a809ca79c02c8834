//! The demo is true, and cleans up behind itself.

use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Stdio};

use crate::harness::{psql, sealwire};

#[test]
fn everything_that_the_demo_shows_is_true() {
    let output = sealwire(&["demo"]);
    assert_eq!(output.code, 0, "{}\n{}", output.stdout, output.stderr);
    assert!(output.stdout.contains("checks true"), "{}", output.stdout);
    for shown in [
        "before",
        "  superuser  ",
        "  billing  ",
        "  support  ",
        "  intern  ",
        "HINT",
    ] {
        assert!(output.stdout.contains(shown), "{shown}\n{}", output.stdout);
    }
}

/// Both connection strings work, and after the signal that a supervisor or a terminal sends nothing is left.
#[test]
fn kept_until_it_is_told_to_stop() {
    let folder = tempfile::Builder::new()
        .prefix("sealwire-keep-")
        .tempdir_in("/tmp")
        .unwrap();
    // The server runs as another user where we are root.
    std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
    let mut demo = Command::new(env!("CARGO_BIN_EXE_sealwire"))
        .args(["demo", "--keep"])
        .env("TMPDIR", folder.path())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let shown: Vec<String> = BufReader::new(demo.stdout.take().unwrap())
        .lines()
        .map_while(Result::ok)
        .take_while(|line| !line.contains("metrics: "))
        .collect();
    let urls: Vec<&str> = shown
        .iter()
        .filter_map(|line| line.trim().strip_prefix("psql '")?.strip_suffix('\''))
        .collect();
    assert_eq!(urls.len(), 4, "{shown:?}");
    let email = |url: &str| psql(url, "select email from customers where id = 1").ok();
    assert!(email(urls[0]).contains("\\xfb"), "directly: sealed");
    assert!(email(urls[1]).contains('@'), "billing sees it");
    assert!(!email(urls[3]).contains('@'), "intern does not");
    let pid = demo.id().to_string();
    assert!(
        Command::new("kill")
            .args(["-TERM", &pid])
            .status()
            .unwrap()
            .success()
    );
    assert_eq!(demo.wait().unwrap().code(), Some(0));
    for url in urls {
        assert_ne!(psql(url, "select 1").code, 0, "{url} still answers");
    }
    let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().collect();
    assert!(left.is_empty(), "{left:?}");
}
