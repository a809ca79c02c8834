//! Certificates that are renewed while sessions go on.

use std::process::Command;

use super::hello::Hello;
use super::{folder, secured};
use crate::harness::certificates::{self, Issuer};
use crate::harness::{Database, until};

#[test]
fn a_new_certificate_is_shown_without_a_restart_and_a_bad_one_is_not() {
    let database = Database::create(&["ann"]);
    let (site, issuer) = secured(&database, "");
    let proxy = site.serve();
    let (first, second, third) = (issuer.pem(), Issuer::new("second"), Issuer::new("third"));
    let shows = |roots: &str| Hello::new(roots).asked(proxy.port()).is_ok();
    let mut open = Hello::new(&first).asked(proxy.port()).unwrap();
    open.startup("ann", database.name());
    assert!(open.until_ready().ends_with('Z'));

    // By the change of its files.
    let tls = folder(&proxy.site);
    certificates::write(&tls, "server", &second.server(&["localhost"]));
    let roots = second.pem();
    until(|| shows(&roots));
    assert!(!shows(&first));
    open.send('Q', b"select 'still here'\0");
    assert_eq!(open.until_ready(), "TDCZ");
    assert!(
        proxy
            .metrics()
            .contains("sealwire_tls_reloads_total{result=\"success\"} 1")
    );

    // What cannot be used leaves the last one in force: another's key, an empty file, no file.
    for bad in ["key", "empty", "gone"] {
        let failed = |n: u32| format!("sealwire_tls_reloads_total{{result=\"failure\"}} {n}");
        let before: u32 = match bad {
            "key" => 0,
            "empty" => 1,
            _ => 2,
        };
        match bad {
            "key" => std::fs::write(tls.join("server.key"), &issuer.server(&["x"]).key).unwrap(),
            "empty" => std::fs::write(tls.join("server.crt"), "").unwrap(),
            _ => std::fs::remove_file(tls.join("server.crt")).unwrap(),
        }
        until(|| proxy.metrics().contains(&failed(before + 1)));
        assert!(shows(&roots), "{bad}");
    }
    let log = proxy.log();
    assert!(
        log.contains("listen.tls.key") && log.contains("is not the key of the certificate"),
        "{log}"
    );
    assert!(log.contains("holds no certificate"), "{log}");
    assert!(log.contains("those in force stay"), "{log}");
    assert!(!log.contains("PRIVATE KEY-----\n"), "{log}");

    // By SIGHUP, at once.
    certificates::write(&tls, "server", &third.server(&["localhost"]));
    let hangup = Command::new("kill")
        .args(["-HUP", &proxy.pid().to_string()])
        .status();
    assert!(hangup.unwrap().success());
    let roots = third.pem();
    until(|| shows(&roots));
    open.send('Q', b"select 'still here'\0");
    assert_eq!(open.until_ready(), "TDCZ");
}
