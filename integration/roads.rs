//! The manual's page on adopting: the road in and the road out, its commands run as they stand there.

use crate::customers::{RULES, plain};
use crate::harness::{Output, Proxy, Site, psql};
use crate::recovering::{carry_out, commands};

const PAGE: &str = include_str!("../src/manual/adopting.md");

/// What the application of the page sends.
const STATEMENTS: &str = "select name, email from customers where email = 'user7@example.com';\n\
    insert into orders values (100, 1, 'user1@example.com', 12.50);\n";

/// Before the proxy runs, and with it.
enum Place {
    Folder(Site),
    Served(Proxy),
}

impl Place {
    fn site(&self) -> &Site {
        match self {
            Place::Folder(site) => site,
            Place::Served(proxy) => &proxy.site,
        }
    }
}

fn observed() -> String {
    format!("mode = \"observe\"\n{RULES}")
}

#[test]
fn the_commands_of_the_manual_lead_in_and_out_again() {
    let database = plain();
    let site = Site::bare(&database, "");
    let owner = database.superuser_url();
    std::fs::write(site.folder().join("app.sql"), STATEMENTS).unwrap();
    let before = psql(&owner, "select * from customers order by id; table claims").ok();
    let mut place = Place::Folder(site);
    let mut app = String::new();
    let mut steps = Vec::new();
    let mut checks = Vec::new();
    for (heading, block) in commands(PAGE) {
        if steps.last() != Some(&heading) {
            // What the page tells a person to do by hand.
            match heading.as_str() {
                "Keys" => {
                    let draft = place.site().rules_dir().join("suggested.toml");
                    let text = std::fs::read_to_string(&draft).unwrap();
                    assert!(text.contains("public.customers"), "{text}");
                    std::fs::remove_file(draft).unwrap();
                    place.site().write_rules(&observed());
                }
                "The road out" => place.site().write_rules(&observed()),
                _ => {}
            }
            steps.push(heading.clone());
        }
        if block.starts_with("sealwire serve") {
            assert_eq!(block.trim(), "sealwire serve --rules rules");
            let Place::Folder(site) = place else {
                panic!("served twice");
            };
            let proxy = site.serve();
            app = proxy.url("billing");
            place = Place::Served(proxy);
            continue;
        }
        if heading == "Protect" && block.starts_with("sealwire check") {
            // `mode = "observe"` is out.
            place.site().write_rules(RULES);
        }
        let variables = [
            ("owner", owner.as_str()),
            ("app", app.as_str()),
            ("database", database.name()),
        ];
        let done = carry_out(place.site(), &block, &variables);
        let said = format!("{heading}: {block}{}{}", done.stdout, done.stderr);
        // Until the tables are sealed, and when they are not any more, it ends with 1.
        let against_server = block.contains("sealwire check --rules rules --upstream");
        let unsealed = against_server && heading != "Protect";
        assert_eq!(done.code, i32::from(unsealed), "{said}");
        if block.contains("sealwire check") {
            checks.push(done.code);
        }
        judge(&heading, &block, &done, &said);
    }
    assert_eq!(checks, [0, 1, 0, 1]);
    assert_eq!(
        steps,
        [
            "Rules",
            "Keys",
            "Look",
            "Protect",
            "What is left of the plaintext",
            "Rehearse",
            "The road out",
        ]
    );
    let after = psql(&owner, "select * from customers order by id; table claims").ok();
    assert_eq!(before, after);
    let sealed = std::fs::read_to_string(place.site().folder().join("sealed.sql")).unwrap();
    assert!(sealed.contains("\\\\xfb11") && !sealed.contains("00100000003"));
}

/// What a step has to say beside that it went well.
fn judge(heading: &str, block: &str, done: &Output, said: &str) {
    if block.contains("psql \"$app\"") {
        assert!(done.stdout.contains("name 7 | user7@example.com"), "{said}");
    }
    if heading == "Protect" && block.contains("sealwire check") {
        assert!(done.stdout.contains("0 error(s), 0 warning(s)"), "{said}");
    }
    if block.contains("keys drill") {
        assert!(!done.stdout.contains("FAIL"), "{said}");
    }
}
