//! A server that asks for nothing.

use super::{PASSWORD, SCRAM, comes_in, database, import, is_in, is_out, site};
use crate::harness::{Site, until};

/// Listens for every host.
fn everywhere(site: &Site) {
    let here = format!("127.0.0.1:{}", site.port());
    site.settings(&[(&here, &format!("0.0.0.0:{}", site.port()))]);
}

#[test]
fn trust_lets_in_only_where_nobody_else_can_come() {
    for auth in ["method = \"relay\"", PASSWORD, SCRAM] {
        let [near, far] = [database(), database()].map(|database| {
            let site = site(&database, auth, false, "\"disable\"");
            if auth == SCRAM {
                import(&site, &database, &["trusted", "ann"]);
            }
            site
        });
        let near = near.serve();
        is_in(&comes_in(&near, "trusted", "trusted", ""), "trusted");
        everywhere(&far);
        let far = far.serve();
        is_out(&comes_in(&far, "trusted", "trusted", ""), "SW440");
        is_in(&comes_in(&far, "ann", "ann", ""), "ann");
    }
}

#[test]
fn an_address_that_is_only_written_down_changes_nothing() {
    let site = site(&database(), PASSWORD, false, "\"disable\"");
    everywhere(&site);
    let proxy = site.serve();
    is_out(&comes_in(&proxy, "trusted", "trusted", ""), "SW440");
    let port = proxy.port();
    proxy
        .site
        .settings(&[(&format!("0.0.0.0:{port}"), &format!("127.0.0.1:{port}"))]);
    until(|| {
        proxy
            .log()
            .contains("changed settings [listen] (from the next start on)")
    });
    std::thread::sleep(std::time::Duration::from_millis(300));
    // It still listens for every host.
    is_out(&comes_in(&proxy, "trusted", "trusted", ""), "SW440");
}
