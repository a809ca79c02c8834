//! Each method over each way: TLS towards clients or none, TLS towards the server or none.

use super::{PASSWORD, SCRAM, VERIFIED, comes_in, database, import, is_in, is_out, site};

#[test]
fn every_method_over_every_way() {
    for auth in [SCRAM, PASSWORD] {
        for upstream in ["\"disable\"", "\"require\"", VERIFIED] {
            let database = database();
            let site = site(&database, auth, true, upstream);
            import_for(auth, &site, &database);
            let proxy = site.serve();
            for words in ["sslmode=disable", "sslmode=require"] {
                let output = comes_in(&proxy, "ann", "ann", words);
                is_in(&output, "ann");
                let secured = upstream != "\"disable\"";
                assert!(
                    output.stdout.contains(&format!("tls={secured}")),
                    "{auth} {upstream} {words}: {output:?}"
                );
                for (user, password) in [("ann", "bob"), ("nobody", "ann")] {
                    let output = comes_in(&proxy, user, password, words);
                    let expected = format!("password authentication failed for user \"{user}\"");
                    is_out(&output, &expected);
                }
                let output = comes_in(&proxy, "ann", "", words);
                is_out(&output, "no password supplied");
            }
            let status = proxy
                .site
                .sealwire(&["status", "--database", database.name()])
                .ok();
            let method = if auth == SCRAM { "scram" } else { "password" };
            for words in [
                "TLS 1.2 or newer until ",
                "without TLS from this host",
                &format!("logins by {method}"),
            ] {
                assert!(status.contains(words), "{words}: {status}");
            }
            // What is wrong on the server's side after the login is said in its words.
            let elsewhere = super::to(&proxy, "ann", "ann", "sslmode=require")
                .replace(database.name(), "not_there");
            let output = crate::harness::psql(&elsewhere, "select 1");
            is_out(&output, "database \"not_there\" does not exist");
            let everything = format!("{}{}", proxy.log(), proxy.audit());
            for secret in ["password='", "SCRAM-SHA-256$", "v="] {
                assert!(!everything.contains(secret), "{everything}");
            }
        }
    }
}

fn import_for(auth: &str, site: &crate::harness::Site, database: &crate::harness::Database) {
    if auth == SCRAM {
        import(site, database, &["ann", "bob"]);
    }
}

#[test]
fn a_password_serves_whatever_the_server_asks_for() {
    let database = database();
    let proxy = site(&database, PASSWORD, false, "\"disable\"").serve();
    for user in ["ann", "hashed", "clear"] {
        is_in(&comes_in(&proxy, user, user, ""), user);
        let output = comes_in(&proxy, user, "wrong", "");
        is_out(
            &output,
            &format!("password authentication failed for user \"{user}\""),
        );
    }
    // A token in place of a password may be long and hold anything but NUL.
    let token = format!("{}é:=&/+%", "a".repeat(4_000));
    database.run(&format!("create role token login password '{token}'"));
    is_in(&comes_in(&proxy, "token", &token, ""), "token");
}

#[test]
fn a_proof_serves_only_where_the_server_takes_one() {
    let database = database();
    let site = site(&database, SCRAM, false, "\"disable\"");
    import(&site, &database, &["ann", "clear"]);
    let proxy = site.serve();
    is_in(&comes_in(&proxy, "ann", "ann", ""), "ann");
    let output = comes_in(&proxy, "clear", "clear", "");
    is_out(&output, "SW441");
    is_out(&output, "scram-sha-256 in the server's pg_hba.conf");
    // Another password since the import, and so another salt.
    database.run("create role changes login password 'old'");
    import(&proxy.site, &database, &["changes"]);
    crate::harness::until(|| comes_in(&proxy, "changes", "old", "").code == 0);
    database.run("alter role changes password 'new'");
    is_out(&comes_in(&proxy, "changes", "old", ""), "SW442");
    is_out(
        &comes_in(&proxy, "changes", "new", ""),
        "password authentication failed",
    );
    import(&proxy.site, &database, &["changes"]);
    crate::harness::until(|| comes_in(&proxy, "changes", "new", "").code == 0);
}

#[test]
fn passwords_are_asked_for_in_private_alone() {
    let Some(outside) = crate::tls::clients::outside() else {
        return;
    };
    let database = database();
    let site = site(&database, PASSWORD, true, "\"disable\"");
    let (here, everywhere) = (
        format!("127.0.0.1:{}", site.port()),
        format!("0.0.0.0:{}\"\nplain = \"anywhere", site.port()),
    );
    site.settings(&[(&here, &everywhere)]);
    let proxy = site.serve();
    let words = |mode: &str| format!("sslmode={mode} host={outside}");
    let come = |mode: &str| comes_in(&proxy, "ann", "ann", &words(mode));
    is_out(&come("disable"), "SW437");
    is_in(&come("require"), "ann");
    is_in(&comes_in(&proxy, "ann", "ann", "sslmode=disable"), "ann");
}
