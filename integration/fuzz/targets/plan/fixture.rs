//! What is planned against: protected tables with every capability, a view, a cascade, four roles.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use sealwire::catalog::{Column, ForeignKey, Relation, RelationKind, TypeInfo};
use sealwire::plan::{Environment, World};
use sealwire::policy::{Circumstances, Policy, Protection, Rights};
use sealwire::value::Settings;

/// The fixture of the library's own tests, which is no part of the library.
#[path = "../../../../src/policy/testing.rs"]
mod testing;

const RULES: &str = r#"
[classes.email]
seal = { search = ["equality", "equality-ci"] }
masks = { default = "null", partial = "email" }
[classes.ssn]
seal = { search = ["equality"], domain = "ssn" }
masks = { default = "null", partial = { keep_last = 4 } }
[tables."public.customers".columns]
email = "email"
ssn = "ssn"
name = { seal = { search = ["order", "equality-ci"], acknowledge_leakage = true } }
notes = { seal = { search = ["match", "prefix"], acknowledge_leakage = true } }
balance = { seal = { search = ["equality", "range"], acknowledge_leakage = true } }
visits = { seal = { search = ["range"], acknowledge_leakage = true } }
birth_date = { seal = { search = ["order"], acknowledge_leakage = true }, masks = { partial = "year" } }
phone = { masks = { partial = { keep_last = 2 } } }
[tables."public.claims".columns]
ssn = "ssn"
amount = { seal = {} }

[roles.billing]
members = ["pg:billing"]
[[roles.billing.grants]]
tables = ["public.*"]
level = "access-and-modify"
reveal = ["*"]
[roles.support]
members = ["pg:support"]
[[roles.support.grants]]
tables = ["public.customers"]
level = "access-and-modify"
reveal = ["email"]
partial = ["ssn", "phone"]
search = ["ssn", "visits", "notes"]
write = ["notes", "ssn"]
on_masked_write = "keep"
[roles.owner]
members = ["pg:owner"]
[[roles.owner.grants]]
tables = ["*"]
level = "full-control"
reveal = ["*"]
"#;

/// A world and who is in it.
pub struct Fixture {
    /// The catalog and the rules.
    pub world: World,
    /// By login.
    pub rights: HashMap<&'static str, Rights>,
    /// A session.
    pub environment: Environment,
}

/// The one fixture.
pub static FIXTURE: LazyLock<Fixture> = LazyLock::new(|| {
    let (policy, mut snapshot, protection) = testing::protected(
        RULES,
        &[
            (
                "public.customers",
                &[
                    ("id", "bigint"),
                    ("name", "character varying(30)"),
                    ("email", "character varying(40)"),
                    ("ssn", "character varying(11)"),
                    ("notes", "text"),
                    ("balance", "numeric(10,2)"),
                    ("visits", "integer"),
                    ("birth_date", "date"),
                    ("phone", "text"),
                    ("city_id", "integer"),
                ],
            ),
            (
                "public.claims",
                &[
                    ("id", "bigint"),
                    ("ssn", "character varying(11)"),
                    ("amount", "numeric"),
                    ("customer_id", "bigint"),
                ],
            ),
            (
                "public.orders",
                &[
                    ("id", "bigint"),
                    ("customer_id", "bigint"),
                    ("email", "text"),
                ],
            ),
            ("public.cities", &[("id", "integer"), ("name", "text")]),
            ("pg_catalog.pg_stats", &[("most_common_vals", "text")]),
            ("other.customers", &[("id", "bigint"), ("email", "text")]),
        ],
    );
    snapshot.text_order.by_default = true;
    snapshot.text_order.named.insert("C".to_owned());
    let city = snapshot.relation("public", "cities").unwrap().oid;
    let customers = snapshot.relation("public", "customers").unwrap().oid;
    snapshot.foreign_keys.push(ForeignKey {
        name: "customers_city_id_fkey".into(),
        from: (customers, vec![10]),
        to: (city, vec![1]),
        on_delete_acts: true,
        on_update_acts: false,
    });
    let columns = (1_i16..).zip(["id", "mail", "ssn"]);
    let view = Relation {
        oid: 30_000,
        schema: "public".into(),
        name: "contacts".into(),
        kind: RelationKind::View,
        columns: columns
            .map(|(attnum, name)| Column {
                attnum,
                name: name.to_owned(),
                type_oid: 25,
                typmod: -1,
                not_null: false,
                has_default: false,
                generated: false,
                made_of: Vec::new(),
            })
            .collect(),
        definition: Some("SELECT c.id, c.email AS mail, c.ssn FROM public.customers c;".into()),
        reads: vec![customers],
        parents: Vec::new(),
        unique_keys: Vec::new(),
        keys: Vec::new(),
        case_constraints: Vec::new(),
        ordered: Vec::new(),
    };
    let name = ("public".to_owned(), "contacts".to_owned());
    snapshot.by_name.insert(name, view.oid);
    snapshot.relations.insert(view.oid, Arc::new(view));
    snapshot
        .routines
        .push(("find_customer".into(), Some(vec![customers])));
    snapshot.routines.push(("anything".into(), None));
    snapshot
        .user_functions
        .extend(["find_customer", "anything", "harmless"].map(str::to_owned));
    testing::change(&mut snapshot, "public.customers", |relation| {
        relation.unique_keys = vec![vec![1], vec![3]];
        relation.keys = vec![vec![1]];
    });
    for (element, array) in [
        (25, 1009),
        (1043, 1015),
        (23, 1007),
        (20, 1016),
        (1082, 1182),
    ] {
        let info = TypeInfo {
            schema: "pg_catalog".into(),
            name: format!("_{element}"),
            typtype: 'b',
            base: 0,
            element,
            labels: None,
        };
        snapshot.types.insert(array, info);
    }
    let logins = ["owner", "billing", "support", "stranger"];
    let rights = logins.map(|login| (login, testing::rights(&policy, &protection, login)));
    Fixture {
        world: World::new(Arc::new(snapshot), Arc::new(protection)),
        rights: rights.into(),
        environment: Environment {
            search_path: vec!["pg_temp_3".into(), "pg_catalog".into(), "public".into()],
            temp_relations: vec!["scratch".into()],
            standard_conforming_strings: true,
            array_nulls: true,
            unsettled: false,
            client_encoding: "UTF8".into(),
            settings: Settings::default(),
            literals: None,
            keyset: None,
        },
    }
});
