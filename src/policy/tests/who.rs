//! Who may do what.

use super::*;
use crate::identity::{Level, Principal, Verb};
use crate::mask::Mask;

const RULES: &str = r#"
[classes.email]
seal = { search = ["equality"] }
masks = { partial = "email" }
[tables.customers.columns]
email = "email"
ssn = { seal = { search = ["equality"] }, masks = { partial = { keep_last = 4 } } }
notes = { seal = {}, masks = { default = { fixed = "hidden" } } }

[roles.billing]
members = ["pg:billing"]
[[roles.billing.grants]]
tables = ["public.customers"]
level = "access-and-modify"
reveal = ["*"]

[roles.support]
members = ["pg:support", "group:cx"]
[[roles.support.grants]]
tables = ["cust*"]
level = "access-and-modify"
reveal = ["class:email"]
partial = ["ssn"]
search = ["ssn"]
write = ["notes"]
on_masked_write = "keep"

[roles.cleaner]
members = ["pg:support_lead", "pg:cleaner"]
[[roles.cleaner.grants]]
tables = ["customers"]
level = "modify"
[roles.lead]
members = ["pg:support_lead"]
[[roles.lead.grants]]
tables = ["customers"]
reveal = ["ssn"]

[roles.owner]
members = ["pg:owner"]
[[roles.owner.grants]]
tables = ["*"]
level = "full-control"
reveal = ["*"]
[roles.ddl]
members = ["pg:ddl"]
[[roles.ddl.grants]]
tables = ["*"]
level = "full-control"

[limits]
guesses_per_statement = 3
"#;

fn shop() -> (Policy, Protection) {
    let (policy, _, protection) = protected(
        RULES,
        &[(
            "customers",
            &[("email", "text"), ("ssn", "text"), ("notes", "text")],
        )],
    );
    (policy, protection)
}

fn table(rights: &Rights) -> &TableRights {
    &rights.tables[&20_000]
}

#[test]
fn grants() {
    let (policy, protection) = shop();
    let support = rights(&policy, &protection, "support");
    let seen = table(&support);
    assert!(seen.allows(Verb::Update) && !seen.allows(Verb::Delete));
    let email = &seen.columns[&1];
    assert_eq!(email.sight, Sight::Reveal);
    assert!(email.search && email.write);
    let ssn = &seen.columns[&2];
    let keep = 4;
    assert_eq!(ssn.sight, Sight::Mask(Mask::KeepLast { keep, with: '*' }));
    assert!(ssn.search && !ssn.write);
    assert_eq!(ssn.on_masked_write, OnMaskedWrite::Keep);
    let notes = &seen.columns[&3];
    let text = "hidden".to_owned();
    assert_eq!(notes.sight, Sight::Mask(Mask::Fixed { text }));
    assert!(!notes.search && notes.write);
    assert_eq!(support.guesses_per_statement, 3);
    assert_eq!(support.guesses_per_hour, 1000);
    assert!(!support.full_control_everywhere);
}

#[test]
fn no_grant_is_access_with_default_masks() {
    let (policy, protection) = shop();
    let intern = rights(&policy, &protection, "intern");
    assert_eq!(table(&intern).levels, [Level::Access]);
    for column in table(&intern).columns.values() {
        assert_ne!(column.sight, Sight::Reveal);
        assert!(!column.search && !column.write);
        assert_eq!(column.on_masked_write, OnMaskedWrite::Refuse);
    }
    assert_eq!(table(&intern).columns[&1].sight, Sight::Mask(Mask::Null));
}

#[test]
fn several_roles_are_united() {
    let (policy, protection) = shop();
    let lead = rights(&policy, &protection, "support_lead");
    assert!(table(&lead).allows(Verb::Delete));
    assert_eq!(table(&lead).columns[&2].sight, Sight::Reveal);
    assert_ne!(table(&lead).columns[&1].sight, Sight::Reveal);
}

#[test]
fn groups_have_roles_too() {
    let (policy, protection) = shop();
    let principal = Principal {
        login: "ada".to_owned(),
        groups: vec!["cx".to_owned()],
    };
    let ada = policy.rights(&protection, &principal, &Circumstances::Met, None);
    assert_eq!(ada.key, rights(&policy, &protection, "support").key);
}

#[test]
fn set_role_narrows_and_never_widens() {
    let (policy, protection) = shop();
    let login = |login: &str| Principal {
        login: login.to_owned(),
        groups: Vec::new(),
    };
    let under = |who: &str, role: &str| {
        policy.rights(&protection, &login(who), &Circumstances::Met, Some(role))
    };
    let support = rights(&policy, &protection, "support");
    assert_eq!(under("support", "support"), support);
    assert_eq!(
        under("support", "billing").key,
        under("billing", "support").key
    );
    let narrowed = under("billing", "support");
    let columns = &table(&narrowed).columns;
    assert_eq!(columns[&1].sight, Sight::Reveal);
    assert_eq!(columns[&2].sight, table(&support).columns[&2].sight);
    assert_eq!(columns[&2].on_masked_write, OnMaskedWrite::Refuse);
    let intern = rights(&policy, &protection, "intern");
    assert_eq!(under("owner", "intern"), intern);
    assert_eq!(under("intern", "owner"), intern);
    assert!(!under("owner", "intern").full_control_everywhere);
}

#[test]
fn full_control_means_seeing_everything() {
    let (policy, protection) = shop();
    assert!(rights(&policy, &protection, "owner").full_control_everywhere);
    assert!(!rights(&policy, &protection, "ddl").full_control_everywhere);
    assert!(!rights(&policy, &protection, "billing").full_control_everywhere);
    let nothing = Protection::default();
    assert!(rights(&policy, &nothing, "intern").full_control_everywhere);
}

#[test]
fn keys_stand_for_content() {
    let (policy, protection) = shop();
    let key = |login: &str| rights(&policy, &protection, login).key;
    assert_eq!(key("intern"), key("nobody"));
    assert_eq!(key("support"), key("support"));
    let logins = [
        "intern",
        "support",
        "billing",
        "cleaner",
        "support_lead",
        "owner",
        "ddl",
    ];
    let mut keys: Vec<u64> = logins.into_iter().map(key).collect();
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len(), logins.len());
}

/// Six grants; which of them a role has is drawn.
const GRANTS: [&str; 6] = [
    "tables = [\"*\"]\nreveal = [\"email\"]",
    "tables = [\"customers\"]\nlevel = \"modify\"\npartial = [\"email\", \"ssn\"]",
    "tables = [\"public.*\"]\nsearch = [\"ssn\"]",
    "tables = [\"customers\"]\nlevel = \"access-and-modify\"\nwrite = [\"*\"]",
    "tables = [\"customers\"]\nlevel = \"full-control\"\non_masked_write = \"keep\"",
    "tables = [\"customers\"]\nreveal = [\"*\"]",
];

fn with_grants(chosen: u8) -> Rights {
    let tables = RULES.split("[roles.billing]").next().unwrap();
    let grants: String = (0_u8..)
        .zip(GRANTS)
        .filter(|(at, _)| chosen & (1 << at) != 0)
        .map(|(_, grant)| format!("[[roles.r.grants]]\n{grant}\n"))
        .collect();
    let (policy, _, protection) = protected(
        &format!("{tables}[roles.r]\nmembers = [\"pg:r\"]\n{grants}"),
        &[(
            "customers",
            &[("email", "text"), ("ssn", "text"), ("notes", "text")],
        )],
    );
    rights(&policy, &protection, "r")
}

#[test]
fn taking_a_grant_away_never_gives_more() {
    let all: Vec<Rights> = (0..64).map(with_grants).collect();
    for (chosen, rights) in (0_usize..).zip(&all) {
        for taken in (0..6).map(|at| 1 << at).filter(|bit| chosen & bit != 0) {
            let (more, less) = (table(rights), table(&all[chosen & !taken]));
            assert!(less.levels <= more.levels);
            for (attnum, column) in &less.columns {
                let above = &more.columns[attnum];
                assert!(above.search >= column.search && above.write >= column.write);
                let revealed = |column: &ColumnRights| column.sight == Sight::Reveal;
                assert!(revealed(above) >= revealed(column));
            }
        }
    }
}

#[test]
fn rights_by_the_name_of_a_role() {
    let (policy, protection) = shop();
    let named = policy
        .rights_as(&protection, "support", &Circumstances::Met)
        .unwrap();
    assert_eq!(named, rights(&policy, &protection, "support"));
    let login = policy
        .rights_as(&protection, "pg:intern", &Circumstances::Met)
        .unwrap();
    assert_eq!(login, rights(&policy, &protection, "intern"));
    assert!(
        policy
            .rights_as(&protection, "intern", &Circumstances::Met)
            .is_none()
    );
}

#[test]
fn grants_in_force() {
    let (policy, _, protection) = protected(
        r#"
[tables.customers.columns]
email = { seal = { search = ["equality"] } }
[roles.a]
members = ["pg:a"]
[[roles.a.grants]]
tables = ["public.customers"]
level = "modify"
[[roles.a.grants]]
tables = ["public.customers"]
reveal = ["email"]
until = 2027-01-01
[roles.b]
members = ["pg:b"]
[[roles.b.grants]]
tables = ["public.customers"]
reveal = ["email"]
from = "10.0.0.0/8"
"#,
        &[("customers", &[("email", "text")])],
    );
    let end = 1_798_761_600;
    let at = |unix: i64, from: &str| Circumstances::Now {
        unix,
        from: from.parse().ok(),
    };
    assert_eq!(policy.in_force(&at(end - 1, "10.0.0.1")), [0, 1]);
    assert_eq!(policy.in_force(&at(end, "10.0.0.1")), [1]);
    assert_eq!(policy.in_force(&at(end - 1, "")), [0]);
    assert_eq!(policy.in_force(&at(end, "11.0.0.1")), [] as [u32; 0]);
    let login = |login: &str| Principal {
        login: login.to_owned(),
        groups: Vec::new(),
    };
    let sees = |who: &str, circumstances: &Circumstances| {
        let rights = policy.rights(&protection, &login(who), circumstances, None);
        let table = table(&rights);
        assert_eq!(table.allows(Verb::Delete), who == "a");
        table.columns[&1].sight == Sight::Reveal
    };
    assert!(sees("a", &at(end - 1, "")) && !sees("a", &at(end, "")));
    assert!(sees("b", &at(0, "10.9.9.9")) && !sees("b", &at(0, "")));
    // Under another role both must hold.
    let both = |circumstances: &Circumstances| {
        let rights = policy.rights(&protection, &login("a"), circumstances, Some("b"));
        table(&rights).columns[&1].sight == Sight::Reveal
    };
    assert!(both(&at(0, "10.0.0.1")) && !both(&at(0, "11.0.0.1")) && !both(&at(end, "10.0.0.1")));
}
