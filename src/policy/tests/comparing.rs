//! What a change of the rules means.
#![expect(clippy::unwrap_used, reason = "tests")]

use expect_test::{Expect, expect};

use crate::policy::testing::policy;
use crate::policy::{NamedTable, Policy, compare, resealed};

const OLD: &str = r#"
[classes.email]
seal = { search = ["equality"] }
masks = { partial = "email" }
[tables."public.customers".columns]
email = "email"
ssn = { seal = {}, masks = { partial = { keep_last = 4 } } }
[tables."tenant_*.people".columns]
phone = { masks = {} }
[roles.support]
members = ["pg:support"]
[[roles.support.grants]]
tables = ["public.customers"]
level = "access"
partial = ["ssn"]
[roles.billing]
members = ["pg:billing"]
[[roles.billing.grants]]
tables = ["*"]
level = "modify"
reveal = ["*"]
"#;

fn lines(old: &Policy, new: &Policy, role: Option<&str>, tables: Option<&[NamedTable]>) -> String {
    let mask = |mask: &crate::mask::Mask| format!("{mask:?}");
    compare(old, new, role, tables, &mask)
        .unwrap()
        .iter()
        .map(|change| {
            format!(
                "{}{} | {} | {} | {} -> {}\n",
                if change.widens { "+ " } else { "- " },
                change.role.as_deref().unwrap_or("everyone"),
                change.object,
                change.what,
                change.was,
                change.now
            )
        })
        .collect()
}

fn check(new: &str, role: Option<&str>, expected: Expect) {
    expected.assert_eq(&lines(&policy(OLD), &policy(new), role, None));
}

#[test]
fn the_same_rules_change_nothing() {
    check(OLD, None, expect![""]);
    assert!(resealed(&policy(OLD), &policy(OLD)).is_empty());
}

#[test]
fn what_a_role_gains_and_loses_is_told_by_column() {
    let new = OLD
        .replace(
            "partial = [\"ssn\"]",
            "reveal = [\"email\"]\nsearch = []\nwrite = [\"ssn\"]",
        )
        .replace("level = \"access\"\n", "level = \"access-and-modify\"\n")
        .replace(
            "members = [\"pg:support\"]",
            "members = [\"pg:support\", \"group:agents\"]",
        );
    check(
        &new,
        None,
        expect![[r#"
        + support |  | members | pg:support -> group:agents, pg:support
        + support | public.customers | level | SELECT -> INSERT, SELECT, UPDATE
        + support | public.customers.email | search | may not -> may
        + support | public.customers.email | sees | Null -> the value
        + support | public.customers.email | write | may not -> may
        - support | public.customers.ssn | sees | KeepLast { keep: 4, with: '*' } -> Null
        + support | public.customers.ssn | write | may not -> may
    "#]],
    );
    check(&new, Some("billing"), expect![""]);
}

#[test]
fn keysets_that_a_role_may_choose_are_told() {
    let with = |keysets: &str| {
        OLD.replace(
            "members = [\"pg:support\"]",
            &format!("members = [\"pg:support\"]\nkeysets = {keysets}"),
        )
    };
    let new = with("[\"tenant-a\", \"tenant-b\"]");
    check(
        &new,
        None,
        expect!["+ support | SET sealwire.keyset | keysets | none -> tenant-a, tenant-b\n"],
    );
    let told = lines(
        &policy(&new),
        &policy(&with("[\"tenant-b\"]")),
        Some("support"),
        None,
    );
    assert_eq!(
        told,
        "- support | SET sealwire.keyset | keysets | tenant-a, tenant-b -> tenant-b\n"
    );
    check(&new, Some("billing"), expect![""]);
}

#[test]
fn a_column_or_table_that_is_no_longer_named_opens_for_all() {
    let new = OLD
        .replace(
            "ssn = { seal = {}, masks = { partial = { keep_last = 4 } } }\n",
            "",
        )
        .replace("partial = [\"ssn\"]\n", "")
        .replace(
            "[tables.\"tenant_*.people\".columns]\nphone = { masks = {} }\n",
            "",
        );
    check(
        &new,
        None,
        expect![[r#"
        + everyone | public.customers.ssn | protection | protected -> not protected by any rule
        + everyone | tenant_*.people.phone | protection | protected -> not protected by any rule
        + (no role) | public.customers.ssn | search | may not -> may
        + (no role) | public.customers.ssn | sees | Null -> the value
        - (no role) | public.customers.ssn | write | may not -> may
        + (no role) | tenant_*.people | level | SELECT -> DDL, DELETE, INSERT, SELECT, UPDATE
        + (no role) | tenant_*.people.phone | search | may not -> may
        + (no role) | tenant_*.people.phone | sees | Null -> the value
        + (no role) | tenant_*.people.phone | write | may not -> may
        + billing | tenant_*.people | level | DELETE, INSERT, SELECT, UPDATE -> DDL, DELETE, INSERT, SELECT, UPDATE
        + support | public.customers.ssn | search | may not -> may
        + support | public.customers.ssn | sees | KeepLast { keep: 4, with: '*' } -> the value
        - support | public.customers.ssn | write | may not -> may
        + support | tenant_*.people | level | SELECT -> DDL, DELETE, INSERT, SELECT, UPDATE
        + support | tenant_*.people.phone | search | may not -> may
        + support | tenant_*.people.phone | sees | Null -> the value
        + support | tenant_*.people.phone | write | may not -> may
    "#]],
    );
}

#[test]
fn a_live_database_says_which_tables_a_pattern_means() {
    let new = OLD
        .replace(
            "tables = [\"public.customers\"]",
            "tables = [\"public.customers\", \"tenant_1.people\"]",
        )
        .replace(
            "partial = [\"ssn\"]",
            "partial = [\"ssn\"]\nsearch = [\"phone\"]",
        );
    let table = |schema: &str| NamedTable {
        database: "shop".to_owned(),
        schema: schema.to_owned(),
        table: "people".to_owned(),
    };
    // By names alone the grant on one of many is not seen.
    expect![""].assert_eq(&lines(&policy(OLD), &policy(&new), None, None));
    let tables = [table("tenant_1"), table("tenant_2")];
    expect![[r#"
        + support | tenant_1.people.phone | search | may not -> may
    "#]]
    .assert_eq(&lines(&policy(OLD), &policy(&new), None, Some(&tables)));
}

#[test]
fn other_sealing_is_told_apart() {
    let new = OLD.replace(
        "ssn = { seal = {},",
        "ssn = { seal = { search = [\"equality\"], domain = \"ssn\", pad = 16 },",
    );
    let changes = resealed(&policy(OLD), &policy(&new));
    assert_eq!(changes.len(), 1);
    expect!["sealed, random -> sealed, equality, domain ssn, padded to 16"]
        .assert_eq(&format!("{} -> {}", changes[0].was, changes[0].now));
}

#[test]
fn a_role_that_is_nowhere_is_a_mistake() {
    let mask = |_: &crate::mask::Mask| String::new();
    assert_eq!(
        compare(&policy(OLD), &policy(OLD), Some("nobody"), None, &mask),
        Err("nobody".to_owned())
    );
}
