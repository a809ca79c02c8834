//! For tests of any room: a policy, a protection and rights from a rule text and a catalog made by
//! hand.

#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::path::Path;
use std::sync::Arc;

use super::{Circumstances, Policy, Protection, Rights};
use crate::catalog::{Column, Registered, Registry, Relation, RelationKind, Snapshot, TypeInfo};
use crate::identity::Principal;
use crate::seal::SealSpec;
use crate::value::{DeclaredType, EnumLabels};

/// The sections that every rule set needs.
pub const PRELUDE: &str = r#"
[upstream]
address = "127.0.0.1:5432"
service = { user = "sealwire" }
[keys]
provider = "file"
path = "../keys/root.key"
"#;

/// Oid of `sealwire.sealed` in these catalogs.
pub const SEALED: u32 = 90_000;

/// A policy from classes, tables, roles and tests; the other sections are added.
///
/// # Panics
/// Where the rules have a mistake.
pub fn policy(rules: &str) -> Policy {
    let files = [("prelude.toml", PRELUDE), ("rules.toml", rules)];
    Policy::load_str(&files, Path::new("rules")).unwrap_or_else(|problems| {
        let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
        panic!("{}", lines.join("\n"))
    })
}

/// A snapshot from tables by `schema.table`, with columns by name and type. A type is a built-in
/// name; an enum is `enum:name:label,label`. Oids are 20000 and up, in order; attnums from 1.
///
/// # Panics
/// Where a type is not known.
pub fn snapshot(tables: &[(&str, &[(&str, &str)])]) -> Snapshot {
    let mut snapshot = Snapshot {
        epoch: 1,
        database: "shop".to_owned(),
        server_version: 150_000,
        sealed_type: Some((SEALED, SEALED + 1)),
        ..Snapshot::default()
    };
    for (oid, (name, columns)) in (20_000_u32..).zip(tables) {
        let (schema, name) = name.split_once('.').unwrap_or(("public", name));
        let columns: Vec<Column> = (1_i16..)
            .zip(*columns)
            .map(|(attnum, (name, type_name))| {
                let (type_oid, typmod) = resolve(&mut snapshot, type_name);
                Column {
                    attnum,
                    name: (*name).to_owned(),
                    type_oid,
                    typmod,
                    not_null: false,
                    has_default: false,
                    generated: false,
                    made_of: Vec::new(),
                }
            })
            .collect();
        let relation = Relation {
            oid,
            schema: schema.to_owned(),
            name: name.to_owned(),
            kind: RelationKind::Table,
            columns,
            definition: None,
            reads: Vec::new(),
            parents: Vec::new(),
            unique_keys: Vec::new(),
            case_constraints: Vec::new(),
            ordered: Vec::new(),
            keys: Vec::new(),
        };
        snapshot
            .by_name
            .insert((schema.to_owned(), name.to_owned()), oid);
        snapshot.relations.insert(oid, Arc::new(relation));
    }
    snapshot
}

fn resolve(snapshot: &mut Snapshot, name: &str) -> (u32, i32) {
    if name == "sealed" {
        return (SEALED, -1);
    }
    let Some(rest) = name.strip_prefix("enum:") else {
        let declared = DeclaredType::parse_name(name).unwrap();
        return (declared.oid, declared.typmod);
    };
    let (name, labels) = rest.split_once(':').unwrap();
    let oid = 80_000 + u32::try_from(snapshot.types.len()).unwrap();
    let info = TypeInfo {
        schema: "public".to_owned(),
        name: name.to_owned(),
        typtype: 'e',
        base: 0,
        element: 0,
        labels: Some(Arc::new(EnumLabels {
            name: name.to_owned(),
            labels: labels.split(',').map(str::to_owned).collect(),
            array: 0,
        })),
    };
    snapshot.types.insert(oid, info);
    (oid, -1)
}

/// Replaces a relation after changing it.
pub fn change(snapshot: &mut Snapshot, table: &str, change: impl FnOnce(&mut Relation)) {
    let (schema, name) = table.split_once('.').unwrap_or(("public", table));
    let mut relation = Relation::clone(snapshot.relation(schema, name).unwrap());
    change(&mut relation);
    snapshot.relations.insert(relation.oid, Arc::new(relation));
}

/// Protects, as `protect` does: every column that a rule seals gets the sealed type and an entry
/// in the registry, with domain ids from 1 (one for each named domain); masked-only ones get an
/// entry without a seal.
pub fn protect(policy: &Policy, snapshot: &mut Snapshot) -> Registry {
    let mut registry = Registry {
        environment: [7; 16],
        columns: Vec::new(),
        keysets: std::collections::BTreeMap::new(),
    };
    let mut domains: Vec<String> = Vec::new();
    let (protection, _) = policy.bind(&snapshot.database.clone(), snapshot, &registry);
    let mut oids: Vec<u32> = protection.tables.keys().copied().collect();
    oids.sort_unstable();
    for oid in oids {
        let table = &protection.tables.get(&oid).unwrap();
        let database = snapshot.database.clone();
        let rules = policy.column_rules(&database, &table.schema, &table.name);
        for column in table.columns.values() {
            let Some(rule) = rules.get(&column.column) else {
                continue;
            };
            let seal = rule.seal.as_ref().map(|seal| {
                let domain = seal.domain.clone().unwrap_or_else(|| column.qualified());
                let at = domains.iter().position(|known| *known == domain);
                let at = at.unwrap_or_else(|| {
                    domains.push(domain);
                    domains.len() - 1
                });
                SealSpec {
                    domain: u32::try_from(at).unwrap() + 1,
                    slot: 0,
                    epoch: 1,
                    scheme: seal.scheme,
                    family: column.declared.family(),
                    pad: seal.pad,
                    ci: seal.ci.map(|wish| wish.fold(&column.declared, false)),
                    tokens: seal.tokens.map(|wish| {
                        wish.of(&column.declared, crate::value::Matching::Letters)
                            .unwrap()
                    }),
                    order: seal.order.map(|wish| wish.of(&column.declared).unwrap()),
                }
            });
            if seal.is_some() {
                let qualified = format!("{}.{}", table.schema, table.name);
                change(snapshot, &qualified, |relation| {
                    for live in &mut relation.columns {
                        if live.attnum == column.attnum {
                            live.type_oid = SEALED;
                            live.typmod = -1;
                        }
                    }
                });
            }
            registry.columns.push(Registered {
                table: oid,
                attnum: column.attnum,
                schema: table.schema.clone(),
                table_name: table.name.clone(),
                column: column.column.clone(),
                declared: column.declared.clone(),
                collation: None,
                seal,
                domain_name: rule.seal.as_ref().and_then(|seal| seal.domain.clone()),
                default: None,
            });
        }
    }
    registry
}

/// Policy, snapshot with everything protected, and the protection of database `shop`.
///
/// # Panics
/// Where the rules have a mistake, alone or against the tables.
pub fn protected(
    rules: &str,
    tables: &[(&str, &[(&str, &str)])],
) -> (Policy, Snapshot, Protection) {
    let policy = policy(rules);
    let mut snapshot = snapshot(tables);
    let registry = protect(&policy, &mut snapshot);
    let (protection, problems) = policy.bind("shop", &snapshot, &registry);
    assert_eq!(problems, [], "the rules do not fit the tables");
    (policy, snapshot, protection)
}

/// The rights of a login.
pub fn rights(policy: &Policy, protection: &Protection, login: &str) -> Rights {
    let principal = Principal {
        login: login.to_owned(),
        groups: Vec::new(),
    };
    policy.rights(protection, &principal, &Circumstances::Met, None)
}
