//! Snapshots of plans: a statement and a role in, what goes upstream and comes back out.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "tests"
)]

mod attacks;
mod bulk;
mod computed;
mod copies;
mod erasable;
mod facade;
mod folded;
mod forms;
mod hidden;
mod keyed;
mod literals;
mod many;
mod ordered;
mod page;
mod reads;
mod session_words;
mod sorted;
mod tokened;
mod unordered;
mod writes;

use std::fmt::Write as _;
use std::sync::Arc;

use super::{Environment, Outcome, Output, Piece, Plan, Protocol, Request, Show, Treatment, World};
use crate::catalog::{ForeignKey, Relation, RelationKind, Snapshot};
use crate::policy::testing;
use crate::policy::{Policy, Protected, Rights};
use crate::value::{
    ByteaOutput, DateOrder, DateStyle, IntervalStyle, Place, Settings, Sought, TimeZone,
};

const RULES: &str = r#"
[classes.email]
seal = { search = ["equality"] }
masks = { default = "null", partial = "email" }
[classes.ssn]
seal = { search = ["equality"], domain = "ssn" }
masks = { default = "null", partial = { keep_last = 4 } }
[tables."public.customers".columns]
email = "email"
ssn = "ssn"
notes = { seal = {} }
balance = { seal = { search = ["equality"] } }
visits = { seal = { search = ["equality"] } }
birth_date = { seal = { search = ["equality"] }, masks = { partial = "year" } }
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
search = ["ssn"]
write = ["notes", "ssn"]
on_masked_write = "keep"
[roles.owner]
members = ["pg:owner"]
[[roles.owner.grants]]
tables = ["*"]
level = "full-control"
reveal = ["*"]
"#;

struct Fixture {
    policy: Policy,
    world: World,
}

/// customers and claims protected, orders and cities plain; a view over customers, a parent with a cascade.
fn fixture() -> Fixture {
    fixture_under(RULES)
}

fn fixture_under(rules: &str) -> Fixture {
    let (policy, mut snapshot, protection) = testing::protected(
        rules,
        &[
            (
                "public.customers",
                &[
                    ("id", "bigint"),
                    ("name", "text"),
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
            ("pg_catalog.pg_statistic", &[("stavalues1", "text")]),
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
    view(
        &mut snapshot,
        30_000,
        "contacts",
        "SELECT c.id, c.email AS mail, c.ssn FROM public.customers c;",
        &["id", "mail", "ssn"],
        customers,
    );
    snapshot
        .routines
        .push(("find_customer".into(), Some(vec![customers])));
    snapshot.routines.push(("anything".into(), None));
    snapshot.user_functions.extend([
        "find_customer".to_owned(),
        "anything".to_owned(),
        "harmless".to_owned(),
    ]);
    testing::change(&mut snapshot, "public.customers", |relation| {
        relation.unique_keys = vec![vec![1], vec![3]];
        relation.keys = vec![vec![1]];
    });
    // Arrays that a placeholder can be shown as.
    for (element, array) in [
        (25, 1009),
        (1043, 1015),
        (23, 1007),
        (20, 1016),
        (1082, 1182),
    ] {
        snapshot.types.insert(
            array,
            crate::catalog::TypeInfo {
                schema: "pg_catalog".into(),
                name: format!("_{element}"),
                typtype: 'b',
                base: 0,
                element,
                labels: None,
            },
        );
    }
    Fixture {
        policy,
        world: World::new(Arc::new(snapshot), Arc::new(protection)),
    }
}

fn view(
    snapshot: &mut Snapshot,
    oid: u32,
    name: &str,
    definition: &str,
    columns: &[&str],
    reads: u32,
) {
    let columns = (1_i16..)
        .zip(columns)
        .map(|(attnum, name)| crate::catalog::Column {
            attnum,
            name: (*name).to_owned(),
            type_oid: 25,
            typmod: -1,
            not_null: false,
            has_default: false,
            generated: false,
            made_of: Vec::new(),
        })
        .collect();
    let relation = Relation {
        oid,
        schema: "public".into(),
        name: name.into(),
        kind: RelationKind::View,
        columns,
        definition: Some(definition.into()),
        reads: vec![reads],
        parents: Vec::new(),
        unique_keys: Vec::new(),
        keys: Vec::new(),
        case_constraints: Vec::new(),
        ordered: Vec::new(),
    };
    snapshot.by_name.insert(("public".into(), name.into()), oid);
    snapshot.relations.insert(oid, Arc::new(relation));
}

fn environment() -> Environment {
    Environment {
        search_path: vec!["pg_temp_3".into(), "pg_catalog".into(), "public".into()],
        temp_relations: vec!["scratch".into()],
        standard_conforming_strings: true,
        array_nulls: true,
        unsettled: false,
        client_encoding: "UTF8".into(),
        settings: Settings {
            date_style: DateStyle::Iso,
            date_order: DateOrder::Mdy,
            interval_style: IntervalStyle::Postgres,
            time_zone: TimeZone("UTC".into()),
            bytea_output: ByteaOutput::Hex,
            extra_float_digits: 1,
        },
        literals: None,
        keyset: None,
    }
}

impl Fixture {
    fn rights(&self, login: &str) -> Rights {
        testing::rights(&self.policy, &self.world.protection, login)
    }

    fn plan_in(
        &self,
        login: &str,
        text: &str,
        declared: &[u32],
        environment: &Environment,
    ) -> Plan {
        let rights = self.rights(login);
        let request = Request {
            text,
            protocol: if declared.is_empty() && !text.contains('$') {
                Protocol::Simple
            } else {
                Protocol::Extended
            },
            declared,
            environment,
            rights: &rights,
            application: "test",
            named: crate::plan::Named::none(),
        };
        Plan::clone(&self.world.plan(&request).0)
    }

    fn plan(&self, login: &str, text: &str) -> Plan {
        assert!(self.world.survey(text).watched, "not watched: {text}");
        self.plan_in(login, text, &[], &environment())
    }

    /// The plan in readable form.
    fn shows(&self, login: &str, text: &str) -> String {
        show(&self.plan(login, text))
    }

    /// The id and message of the refusal; fails where the statement is let through.
    fn refusal(&self, login: &str, text: &str) -> String {
        let plan = self.plan(login, text);
        match plan
            .statements
            .iter()
            .find_map(|statement| match &statement.outcome {
                Outcome::Refused(refusal) => Some(refusal.clone()),
                _ => None,
            }) {
            Some(refusal) => {
                let position = refusal
                    .position
                    .map(|at| format!(" @{at}"))
                    .unwrap_or_default();
                format!(
                    "{} {} {}{position}",
                    refusal.fault.entry().id,
                    refusal.sqlstate,
                    refusal.message
                )
            }
            None => panic!("let through as {login}: {text}\n{}", show(&plan)),
        }
    }
}

/// A sealed constant. One that equals no value of the type cannot be shown.
fn shown(column: &Protected, place: &Place) -> String {
    let mut text = Vec::new();
    match place {
        Place::At(value) => {
            let written = column
                .declared
                .to_text(value, &environment().settings, &mut text);
            if written.is_err() {
                return "none".to_owned();
            }
            String::from_utf8(text).unwrap()
        }
        Place::Before(_) => "between".to_owned(),
        Place::End => "end".to_owned(),
        Place::Beside(value) => {
            let declared = match column.declared.without_modifier() {
                own if matches!(
                    own.kind,
                    crate::value::Kind::Int2 | crate::value::Kind::Int4
                ) =>
                {
                    crate::value::DeclaredType::parse_name("bigint").unwrap()
                }
                own => own,
            };
            match declared.to_text(value, &environment().settings, &mut text) {
                Ok(()) => format!("{}, shown only", String::from_utf8(text).unwrap()),
                Err(_) => "none".to_owned(),
            }
        }
    }
}

fn show(plan: &Plan) -> String {
    let mut out = String::new();
    for piece in &plan.text {
        match piece {
            Piece::Text(text) => out.push_str(text),
            Piece::Sealed { column, value, .. } => {
                write!(out, "‹{}›", shown(column, value)).unwrap();
            }
            Piece::SealedArray { column, values, .. } => {
                let texts: Vec<String> = values
                    .iter()
                    .map(|value| match value {
                        None => "NULL".to_owned(),
                        Some(value) => shown(column, value),
                    })
                    .collect();
                write!(out, "‹[{}]›", texts.join(",")).unwrap();
            }
            Piece::Tags { forms, array, .. } => {
                let texts: Vec<String> = forms
                    .iter()
                    .map(|form| match form {
                        None => "NULL".to_owned(),
                        Some(Sought::Nothing) => "nothing".to_owned(),
                        Some(Sought::Form(form)) => {
                            String::from_utf8(form.expose_plaintext().to_vec()).unwrap()
                        }
                    })
                    .collect();
                let (open, close) = if *array { ("[", "]") } else { ("", "") };
                write!(out, "‹tag {open}{}{close}›", texts.join(",")).unwrap();
            }
            Piece::Tokens { fragments, .. } => {
                write!(out, "‹{} tokens›", fragments.len()).unwrap();
            }
            Piece::Filled { .. } => out.push_str("‹default›"),
            Piece::Entry(entry) => write!(
                out,
                "‹enter {}.{}.{}: {}›",
                entry.schema, entry.table, entry.column, entry.declared
            )
            .unwrap(),
        }
    }
    for statement in &plan.statements {
        match &statement.outcome {
            Outcome::Passthrough(reason) => write!(out, "\npasses: {reason:?}").unwrap(),
            Outcome::Planned => {}
            Outcome::Refused(refusal) => {
                write!(
                    out,
                    "\nrefused: {} {}",
                    refusal.fault.entry().id,
                    refusal.message
                )
                .unwrap();
            }
        }
        if let Some(outputs) = &statement.outputs {
            let columns: Vec<String> = outputs
                .iter()
                .map(|output| match output {
                    Output::Pass => "-".to_owned(),
                    Output::Sealed {
                        column,
                        show,
                        array,
                        origin,
                        ..
                    } => format!(
                        "{}{}{}{}",
                        column.column,
                        if *array { "[]" } else { "" },
                        match show {
                            Show::Open => String::new(),
                            Show::Mask(mask) => format!(" {mask:?}"),
                        },
                        if origin.is_some() { "" } else { " (derived)" },
                    ),
                    Output::Plain { column, mask, .. } => {
                        format!("plain {} {mask:?}", column.column)
                    }
                })
                .collect();
            write!(out, "\nrows: {}", columns.join(", ")).unwrap();
        }
        if statement.guesses > 0 {
            write!(out, "\nguesses: {}", statement.guesses).unwrap();
        }
    }
    for (at, parameter) in plan.parameters.iter().enumerate() {
        write!(
            out,
            "\n${}: upstream {}, client {:?}, {}",
            at + 1,
            parameter.upstream_oid,
            parameter.client_oid,
            treatment(&parameter.treatment)
        )
        .unwrap();
    }
    for (at, appended) in plan.appended.iter().enumerate() {
        write!(
            out,
            "\n+${} of ${}: upstream {}, {}",
            plan.parameters.len() + at + 1,
            appended.source + 1,
            appended.upstream_oid,
            treatment(&appended.treatment)
        )
        .unwrap();
    }
    out
}

fn treatment(treatment: &Treatment) -> String {
    match treatment {
        Treatment::Pass => "pass".to_owned(),
        Treatment::Guess => "guess".to_owned(),
        Treatment::KeepFlag => "keep flag".to_owned(),
        Treatment::Local => "read by the proxy".to_owned(),
        Treatment::Tag {
            column,
            by,
            array,
            guess,
            ..
        } => format!(
            "tag of {}{} by {:?} of {:?}{}{}",
            column.column,
            if *array { "[]" } else { "" },
            by.function,
            by.beside.applied,
            if by.pattern { " of a pattern" } else { "" },
            if *guess { ", a guess" } else { "" }
        ),
        Treatment::Tokens {
            column,
            by,
            sent_as,
            guess,
            ..
        } => format!(
            "tokens of {} by {by:?} sent as {sent_as}{}",
            column.column,
            if *guess { ", a guess" } else { "" }
        ),
        Treatment::Keep(keep) => format!("keep {} unless {:?}", keep.column.column, keep.mask),
        Treatment::Seal {
            column,
            sent_as,
            array,
            guess,
            ..
        } => format!(
            "seal {}{} sent as {sent_as} read as {}{}",
            column.column,
            if *array { "[]" } else { "" },
            column.declared.name(),
            if *guess { ", a guess" } else { "" }
        ),
    }
}
