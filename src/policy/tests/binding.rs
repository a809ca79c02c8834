//! Rules and registry against a live catalog.

use expect_test::{Expect, expect};

use super::*;
use crate::catalog::{Registry, Snapshot};
use crate::mask::Mask;
use crate::policy::testing::{SEALED, change};
use crate::seal::Scheme;
use crate::value::Kind;

const RULES: &str = r#"
[classes.email]
seal = { search = ["equality"] }
masks = { partial = "email" }
[tables.customers.columns]
email = "email"
notes = { seal = {} }
phone = { masks = { partial = { keep_last = 2 } } }
"#;

const CUSTOMERS: (&str, &[(&str, &str)]) = (
    "public.customers",
    &[
        ("id", "bigint"),
        ("email", "varchar(254)"),
        ("notes", "text"),
        ("phone", "text"),
    ],
);

fn bind(policy: &Policy, snapshot: &Snapshot, registry: &Registry) -> (Protection, String) {
    let (protection, problems) = policy.bind("shop", snapshot, registry);
    let lines: Vec<String> = problems.iter().map(|p| format!("{p}\n")).collect();
    (protection, lines.concat())
}

#[track_caller]
fn storages(protection: &Protection, expected: Expect) {
    let mut lines: Vec<String> = protection
        .tables
        .values()
        .flat_map(|table| table.columns.values())
        .map(|column| {
            let storage = match &column.storage {
                Storage::Sealed(spec) => format!("sealed {} {:?}", spec.domain, spec.scheme),
                Storage::MaskedOnly => "masked only".to_owned(),
                Storage::NotYetSealed => "not yet sealed".to_owned(),
                Storage::RuleMissing => "rule missing".to_owned(),
            };
            format!(
                "{} {} {storage}\n",
                column.qualified(),
                column.declared.name()
            )
        })
        .collect();
    lines.sort();
    expected.assert_eq(&lines.concat());
}

#[test]
fn before_and_after_protect() {
    let policy = policy(RULES);
    let mut live = snapshot(&[CUSTOMERS]);
    let (before, problems) = bind(&policy, &live, &Registry::default());
    assert_eq!(problems, "");
    storages(
        &before,
        expect![[r#"
        public.customers.email character varying(254) not yet sealed
        public.customers.notes text not yet sealed
        public.customers.phone text masked only
    "#]],
    );
    let registry = protect(&policy, &mut live);
    let (after, problems) = bind(&policy, &live, &registry);
    assert_eq!(problems, "");
    storages(
        &after,
        expect![[r#"
        public.customers.email character varying(254) sealed 1 Deterministic
        public.customers.notes text sealed 2 Random
        public.customers.phone text masked only
    "#]],
    );
    let table = &after.tables[&20_000];
    assert_eq!(table.columns[&2].class.as_deref(), Some("email"));
    assert_eq!(table.columns[&2].partial_mask, Some(Mask::Email));
    assert_eq!(table.columns[&2].default_mask, Mask::Null);
    assert_eq!(after.rules_hash, policy.hash);
}

#[test]
fn a_lost_rule_never_unprotects() {
    let mut live = snapshot(&[CUSTOMERS]);
    let registry = protect(&policy(RULES), &mut live);
    let lost =
        policy("[tables.customers.columns]\nemail = { seal = { search = [\"equality\"] } }\n");
    let (protection, problems) = bind(&lost, &live, &registry);
    storages(
        &protection,
        expect![[r#"
        public.customers.email character varying(254) sealed 1 Deterministic
        public.customers.notes text rule missing
        public.customers.phone text rule missing
    "#]],
    );
    expect![[r#"
        registry: public.customers.notes: public.customers.notes is protected and no rule names it: expected its rule, or `sealwire unprotect`
        registry: public.customers.phone: public.customers.phone is protected and no rule names it: expected its rule, or `sealwire unprotect`
    "#]].assert_eq(&problems);
    // Nor where the registry is lost as well.
    let (protection, _) = bind(&policy(""), &live, &Registry::default());
    storages(
        &protection,
        expect![[r#"
        public.customers.email text rule missing
        public.customers.notes text rule missing
    "#]],
    );
}

#[test]
fn rules_that_say_other_than_the_registry() {
    let mut live = snapshot(&[CUSTOMERS]);
    let registry = protect(&policy(RULES), &mut live);
    let other = policy(
        r#"
[tables.customers.columns]
email = { seal = { domain = "people", pad = 8 } }
notes = { masks = {} }
phone = { seal = {} }
"#,
    );
    let (protection, problems) = bind(&other, &live, &registry);
    storages(
        &protection,
        expect![[r#"
        public.customers.email character varying(254) sealed 1 Deterministic
        public.customers.notes text sealed 2 Random
        public.customers.phone text not yet sealed
    "#]],
    );
    expect![[r#"
        rules.toml:3: tables.customers.columns.email: public.customers.email was protected in another key domain: unprotect and protect it again
        rules.toml:3: tables.customers.columns.email: public.customers.email was protected with another `pad`: unprotect and protect it again
        rules.toml:3: tables.customers.columns.email: public.customers.email was protected with search = ["equality"] and the rule does not give it: unprotect and protect it again
        rules.toml:4: tables.customers.columns.notes: public.customers.notes is sealed and the rule only masks it: expected `seal` in the rule, or `sealwire unprotect`
    "#]].assert_eq(&problems);
}

#[test]
fn a_registered_column_that_lost_its_type_is_refused() {
    let rules = policy(RULES);
    let mut live = snapshot(&[CUSTOMERS]);
    let registry = protect(&rules, &mut live);
    let (protection, problems) = bind(&rules, &snapshot(&[CUSTOMERS]), &registry);
    storages(
        &protection,
        expect![[r#"
        public.customers.email character varying(254) not yet sealed
        public.customers.notes text not yet sealed
        public.customers.phone text masked only
    "#]],
    );
    expect![[r#"
        rules.toml:6: tables.customers.columns.email: public.customers.email is registered as sealed, and its type in the server is another
        rules.toml:7: tables.customers.columns.notes: public.customers.notes is registered as sealed, and its type in the server is another
    "#]].assert_eq(&problems);
}

#[test]
fn what_is_not_there_or_does_not_fit() {
    let rules = policy(
        r#"
[tables.customers.columns]
emial = { seal = {} }
notes = { type = "integer", seal = {} }
[tables.orders.columns]
x = { seal = {} }
[tables.elsewhere]
database = "crm"
columns = { x = { seal = {} } }
[tables.flags.columns]
a = { seal = { search = ["equality"] } }
b = { seal = { search = ["equality"] } }
c = { type = "mood", seal = {} }
d = { seal = { domain = "shared" } }
e = { seal = { domain = "shared" } }
[tables.totals.columns]
x = { masks = {} }
"#,
    );
    let mut live = snapshot(&[
        CUSTOMERS,
        (
            "flags",
            &[
                ("a", "boolean"),
                ("b", "json"),
                ("c", "enum:mood:sad,happy"),
                ("d", "text"),
                ("e", "date"),
            ],
        ),
        ("totals", &[("x", "text")]),
    ]);
    change(&mut live, "totals", |relation| {
        relation.kind = crate::catalog::RelationKind::View;
    });
    let (protection, problems) = bind(&rules, &live, &Registry::default());
    expect![[r#"
        rules.toml:3: tables.customers.columns.emial: table public.customers has no column `emial`; did you mean `email`?
        rules.toml:4: tables.customers.columns.notes: public.customers.notes is of type text, not integer
        rules.toml:5: tables.orders: no table public.orders in database shop
        rules.toml:11: tables.flags.columns.a.seal: public.flags.a, of type boolean: equality on a type of few values shows how often each occurs, and so which is which: leave it out, or set acknowledge_leakage = true
        rules.toml:12: tables.flags.columns.b.seal: public.flags.b, of type json: search = ["equality"] is not possible here: json keeps its text as it was written, and has no equality
        rules.toml:15: tables.flags.columns.e: public.flags.e, of type date, cannot share key domain `shared` with tables.flags.columns.d (rules.toml:14): expected the same type
        rules.toml:16: tables.totals: public.totals is not an ordinary table: expected the table under it
    "#]].assert_eq(&problems);
    let flags = &protection.tables[&20_001];
    assert!(matches!(flags.columns[&3].declared.kind, Kind::Enum(_)));
}

#[test]
fn a_mask_that_does_not_fit_the_live_type_is_not_used() {
    let rules = policy("[tables.customers.columns]\nid = { masks = { partial = \"email\" } }\n");
    let live = snapshot(&[CUSTOMERS]);
    let (protection, problems) = bind(&rules, &live, &Registry::default());
    let said = "rules.toml:2: tables.customers.columns.id.masks.partial: mask does not fit public.customers.id, of type bigint: ";
    assert!(problems.starts_with(said), "{problems}");
    let id = &protection.tables[&20_000].columns[&1];
    assert_eq!((&id.default_mask, &id.partial_mask), (&Mask::Null, &None));
}

#[test]
fn a_type_that_is_not_supported_is_refused() {
    let rules = policy("[tables.customers.columns]\nphone = { masks = {} }\n");
    let mut live = snapshot(&[CUSTOMERS]);
    change(&mut live, "customers", |relation| {
        relation.columns[3].type_oid = 600;
    });
    let (protection, problems) = bind(&rules, &live, &Registry::default());
    assert!(problems.contains("is not supported"), "{problems}");
    assert_eq!(
        protection.tables[&20_000].columns[&4].storage,
        Storage::NotYetSealed
    );
}

#[test]
fn patterns_of_tables_and_databases() {
    let rules = policy(
        r#"
[tables."tenant_*.customers"]
database = "sh*"
like = "public.customers"
[tables."public.customers".columns]
email = { seal = {} }
[tables."tenant_1.customers".columns]
email = { seal = { search = ["equality"] } }
[tables."crm.customers"]
database = "other"
like = "customers"
"#,
    );
    let email: &[(&str, &str)] = &[("email", "text")];
    let mut live = snapshot(&[
        ("public.customers", email),
        ("tenant_1.customers", email),
        ("tenant_2.customers", email),
        ("crm.customers", email),
    ]);
    let registry = protect(&rules, &mut live);
    let (protection, problems) = bind(&rules, &live, &registry);
    assert_eq!(problems, "");
    storages(
        &protection,
        expect![[r#"
        public.customers.email text sealed 1 Random
        tenant_1.customers.email text sealed 2 Deterministic
        tenant_2.customers.email text sealed 3 Random
    "#]],
    );
    let plain = snapshot(&[("public.customers", email), ("tenant_2.customers", email)]);
    let (elsewhere, _) = rules.bind("elsewhere", &plain, &Registry::default());
    let tables: Vec<&u32> = elsewhere.tables.keys().collect();
    assert_eq!(tables, [&20_000], "the tenants are protected in sh* only");
}

#[test]
fn parents_and_children_share_protection() {
    let rules = policy("[tables.events.columns]\nwho = { seal = { search = [\"equality\"] } }\n");
    let who: &[(&str, &str)] = &[("id", "bigint"), ("who", "text")];
    let mut live = snapshot(&[("events", who), ("events_1", who), ("other", who)]);
    change(&mut live, "events_1", |child| {
        child.parents = vec![20_000];
        child.columns.swap(0, 1);
        child.columns[0].attnum = 1;
        child.columns[1].attnum = 2;
    });
    let (protection, problems) = bind(&rules, &live, &Registry::default());
    assert_eq!(problems, "");
    storages(
        &protection,
        expect![[r#"
        public.events.who text not yet sealed
        public.events_1.who text not yet sealed
    "#]],
    );
    let mut registry = protect(&rules, &mut live);
    registry.columns.retain(|entry| entry.table == 20_000);
    change(&mut live, "events_1", |child| {
        child.columns[0].type_oid = SEALED;
    });
    let (protection, problems) = bind(&rules, &live, &registry);
    assert_eq!(problems, "");
    storages(
        &protection,
        expect![[r#"
        public.events.who text sealed 1 Deterministic
        public.events_1.who text sealed 1 Deterministic
    "#]],
    );
    // A rule for the child only: the parent shows the child's rows, so it is protected too.
    let child = policy("[tables.events_1.columns]\nwho = { masks = {} }\n");
    let mut live = snapshot(&[("events", who), ("events_1", who)]);
    change(&mut live, "events_1", |child| child.parents = vec![20_000]);
    let (protection, _) = bind(&child, &live, &Registry::default());
    storages(
        &protection,
        expect![[r#"
        public.events.who text masked only
        public.events_1.who text masked only
    "#]],
    );
}

#[test]
fn observing_ends_where_a_table_is_protected() {
    let rules = policy(&format!("mode = \"observe\"\n{RULES}"));
    let mut live = snapshot(&[CUSTOMERS]);
    let (before, _) = bind(&rules, &live, &Registry::default());
    assert!(before.tables[&20_000].observe);
    let registry = protect(&rules, &mut live);
    let (after, problems) = bind(&rules, &live, &registry);
    assert!(!after.tables[&20_000].observe);
    assert!(problems.contains("cannot be only observed"), "{problems}");
}

#[test]
fn a_restored_table_is_found_by_its_name() {
    let rules = policy(RULES);
    let mut live = snapshot(&[CUSTOMERS]);
    let mut registry = protect(&rules, &mut live);
    for entry in &mut registry.columns {
        entry.table = 12_345;
    }
    let (protection, problems) = bind(&rules, &live, &registry);
    assert_eq!(problems, "");
    let Storage::Sealed(spec) = &protection.tables[&20_000].columns[&2].storage else {
        unreachable!("email is sealed");
    };
    assert_eq!(spec.scheme, Scheme::Deterministic);
}
