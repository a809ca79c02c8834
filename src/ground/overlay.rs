//! What one session's open transaction has changed of the catalog, laid over the ground that everybody stands on.
//! Told by `sealwire.changes()` in the session itself: nobody else can see it yet.

use std::collections::HashSet;
use std::sync::Arc;

use serde_json::Value;

use super::Ground;
use super::build::Verified;
use super::stored::JournalRow;
use crate::catalog::{
    Column, ForeignKey, Judge, JudgeKind, Ordered, Registry, Relation, RelationKind, Snapshot,
    TypeInfo,
};
use crate::fault::{Fault, Refusal};
use crate::value::EnumLabels;

/// The ground with the changes.
pub(super) fn lay(ground: &Ground, changes: &str, epoch: u64) -> Result<Ground, Refusal> {
    let changes: Value = serde_json::from_str(changes).map_err(|_| unread())?;
    let mut snapshot = Snapshot::clone(&ground.world.snapshot);
    snapshot.epoch = epoch;
    take_types(&mut snapshot, &changes)?;
    take_relations(&mut snapshot, &changes)?;
    let registry = registry(ground, &snapshot, &changes)?;
    let verified = Verified {
        snapshot: Arc::new(snapshot),
        keyring: ground.keyring.clone(),
        registry: Arc::new(registry),
        lost: ground.lost.clone(),
        initialised: ground.initialised,
    };
    Ok(verified.bind(ground.policy.clone(), epoch))
}

fn unread() -> Refusal {
    Refusal::new(
        Fault::GroundUnavailable,
        "what the transaction has changed of the catalog cannot be read",
    )
}

fn list<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    value
        .get(key)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}

fn text(value: &Value, key: &str) -> Result<String, Refusal> {
    let text = value.get(key).and_then(Value::as_str);
    text.map(str::to_owned).ok_or_else(unread)
}

fn number<T: TryFrom<i64>>(value: &Value, key: &str) -> Result<T, Refusal> {
    value.get(key).ok_or_else(unread).and_then(whole)
}

fn whole<T: TryFrom<i64>>(value: &Value) -> Result<T, Refusal> {
    let number = value.as_i64().ok_or_else(unread)?;
    T::try_from(number).map_err(|_| unread())
}

fn numbers<T: TryFrom<i64>>(value: &Value, key: &str) -> Result<Vec<T>, Refusal> {
    list(value, key).map(whole).collect()
}

fn flag(value: &Value, key: &str) -> Result<bool, Refusal> {
    value.get(key).and_then(Value::as_bool).ok_or_else(unread)
}

fn take_types(snapshot: &mut Snapshot, changes: &Value) -> Result<(), Refusal> {
    for own in list(changes, "types") {
        let labels: Vec<String> = list(own, "labels")
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect();
        let name = text(own, "full_name")?;
        let info = TypeInfo {
            schema: text(own, "schema")?,
            name: text(own, "name")?,
            typtype: text(own, "typtype")?.chars().next().unwrap_or('?'),
            base: number(own, "base")?,
            element: number(own, "element")?,
            labels: (!labels.is_empty()).then(|| {
                Arc::new(EnumLabels {
                    name,
                    labels,
                    array: 0,
                })
            }),
        };
        let oid = number(own, "oid")?;
        // No two have one name: what had it before is dropped, or has another name.
        (snapshot.types)
            .retain(|_, other| (&other.schema, &other.name) != (&info.schema, &info.name));
        snapshot.types.insert(oid, info);
    }
    Ok(())
}

fn take_relations(snapshot: &mut Snapshot, changes: &Value) -> Result<(), Refusal> {
    let there: HashSet<u32> = numbers(changes, "oids")?.into_iter().collect();
    let relations: Vec<&Value> = list(changes, "relations").collect();
    let changed: HashSet<u32> = relations
        .iter()
        .map(|own| number(own, "oid"))
        .collect::<Result<_, _>>()?;
    // What another session has committed since is taken as it was: its oid may be missing here or there.
    snapshot.relations.retain(|oid, _| there.contains(oid));
    for own in relations {
        let relation = relation(own)?;
        if flag(own, "triggered")? {
            snapshot.triggered.insert(relation.oid);
        } else {
            snapshot.triggered.remove(&relation.oid);
        }
        // What decides about its rows is not asked for: as if something read all of them.
        let judge = Judge {
            name: "made in this transaction".to_owned(),
            kind: JudgeKind::Check,
            reads: vec![(relation.oid, 0)],
            condition: None,
            holds: false,
        };
        let judges = snapshot.judges.entry(relation.oid).or_default();
        judges.push(Arc::new(judge));
        snapshot.checked_views.insert(relation.oid);
        snapshot.relations.insert(relation.oid, Arc::new(relation));
    }
    snapshot.by_name = snapshot
        .relations
        .values()
        .map(|relation| {
            let name = (relation.schema.clone(), relation.name.clone());
            (name, relation.oid)
        })
        .collect();
    let relations = &snapshot.relations;
    snapshot.foreign_keys.retain(|key| {
        !changed.contains(&key.from.0)
            && relations.contains_key(&key.from.0)
            && relations.contains_key(&key.to.0)
    });
    for own in list(changes, "foreign_keys") {
        snapshot.foreign_keys.push(ForeignKey {
            name: text(own, "name")?,
            from: (number(own, "from")?, numbers(own, "from_columns")?),
            to: (number(own, "to")?, numbers(own, "to_columns")?),
            on_delete_acts: flag(own, "on_delete")?,
            on_update_acts: flag(own, "on_update")?,
        });
    }
    Ok(())
}

fn relation(own: &Value) -> Result<Relation, Refusal> {
    let columns = list(own, "columns").map(|column| {
        Ok(Column {
            attnum: number(column, "attnum")?,
            name: text(column, "name")?,
            type_oid: number(column, "type")?,
            typmod: number(column, "typmod")?,
            not_null: flag(column, "not_null")?,
            has_default: flag(column, "has_default")?,
            generated: flag(column, "generated")?,
            made_of: Vec::new(),
        })
    });
    let mut columns = columns.collect::<Result<Vec<Column>, Refusal>>()?;
    let all: Vec<i16> = columns.iter().map(|column| column.attnum).collect();
    // What the transaction generates from what, and which indexes it has made, is not asked for: as if it were everything.
    for column in columns.iter_mut().filter(|column| column.generated) {
        column.made_of.clone_from(&all);
    }
    let ordered = Ordered {
        name: "made in this transaction".to_owned(),
        keys: all.clone(),
        columns: all,
        unique: false,
    };
    let unique = list(own, "unique").map(|key| {
        let columns = key.as_array().into_iter().flatten();
        columns.map(whole).collect::<Result<Vec<i16>, Refusal>>()
    });
    Ok(Relation {
        oid: number(own, "oid")?,
        schema: text(own, "schema")?,
        name: text(own, "name")?,
        kind: match text(own, "kind")?.as_str() {
            "r" => RelationKind::Table,
            "p" => RelationKind::PartitionedTable,
            "v" => RelationKind::View,
            "m" => RelationKind::MaterialisedView,
            "f" => RelationKind::ForeignTable,
            _ => RelationKind::Other,
        },
        columns,
        definition: own
            .get("definition")
            .and_then(Value::as_str)
            .map(str::to_owned),
        reads: numbers(own, "reads")?,
        parents: numbers(own, "parents")?,
        unique_keys: unique.collect::<Result<_, _>>()?,
        // Not asked for: without them fewer statements are answered, none wrongly.
        keys: Vec::new(),
        case_constraints: list(own, "case_constraints")
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect(),
        ordered: vec![ordered],
    })
}

/// What is registered of the columns that are there, and what this transaction has entered.
fn registry(ground: &Ground, snapshot: &Snapshot, changes: &Value) -> Result<Registry, Refusal> {
    let there = |table: u32, attnum: i16| {
        let relation = snapshot.relations.get(&table);
        relation.is_some_and(|own| own.columns.iter().any(|column| column.attnum == attnum))
    };
    let mut registry = Registry::clone(&ground.registry);
    registry.columns.retain(|own| there(own.table, own.attnum));
    for own in list(changes, "entries") {
        let row = JournalRow {
            id: number(own, "id")?,
            database_oid: number(own, "database")?,
            table: number(own, "table")?,
            attnum: number(own, "attnum")?,
            body: text(own, "body")?,
            seal: text(own, "seal")?,
        };
        // One that anybody made is none.
        let Some(entry) = row.verified(&ground.keyring) else {
            continue;
        };
        if there(row.table, row.attnum) {
            registry
                .columns
                .retain(|own| (own.table, own.attnum) != (row.table, row.attnum));
            let entered = entry.registered(row.table, row.attnum, snapshot);
            registry.columns.push(entered);
        }
    }
    Ok(registry)
}
