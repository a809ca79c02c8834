//! Names of catalogs: which are edited, and which are left.

use super::*;
use crate::catalog::{Column, FACADE, Facade, SYSTEM_COLUMNS};

fn faced() -> Fixture {
    let mut fixture = fixture();
    let mut snapshot = Snapshot::clone(&fixture.world.snapshot);
    let mut facade = Facade::default();
    for (oid, view) in (40_000..).zip(FACADE) {
        if view.system {
            let mut columns = facade.views.get(view.relation).unwrap().clone();
            columns.extend(
                SYSTEM_COLUMNS
                    .iter()
                    .map(|(name, oid)| ((*name).to_owned(), *oid)),
            );
            facade.views.insert(view.name.to_owned(), columns);
            continue;
        }
        let names = ["attrelid", "attname", "atttypid"];
        let columns = (1_i16..).zip(names).map(|(attnum, name)| Column {
            attnum,
            name: name.to_owned(),
            type_oid: 26,
            typmod: -1,
            not_null: true,
            has_default: false,
            generated: false,
            made_of: Vec::new(),
        });
        let relation = Relation {
            oid,
            schema: view.schema.into(),
            name: view.relation.into(),
            kind: RelationKind::Table,
            columns: columns.collect(),
            definition: None,
            reads: Vec::new(),
            parents: Vec::new(),
            unique_keys: Vec::new(),
            keys: Vec::new(),
            case_constraints: Vec::new(),
            ordered: Vec::new(),
        };
        snapshot
            .by_name
            .insert((view.schema.into(), view.relation.into()), oid);
        snapshot.relations.insert(oid, Arc::new(relation));
        let own = names.map(|name| (name.to_owned(), 26)).to_vec();
        facade.views.insert(view.name.to_owned(), own);
    }
    for table in fixture.world.protection.tables.values() {
        for column in table.columns.values() {
            if matches!(column.storage, crate::policy::Storage::Sealed(_)) {
                facade
                    .shapes
                    .insert((table.oid, column.attnum), column.declared.oid);
            }
        }
    }
    snapshot.facade = facade;
    fixture.world = World::new(Arc::new(snapshot), Arc::clone(&fixture.world.protection));
    assert!(fixture.world.has_facade());
    fixture
}

/// What goes upstream, without what `show` says beside it.
fn text(plan: &Plan) -> String {
    plan.text
        .iter()
        .map(|piece| match piece {
            Piece::Text(text) => text.as_str(),
            _ => panic!("a sealed constant"),
        })
        .collect()
}

#[test]
fn catalogs_are_named_otherwise_where_they_are_read() {
    let fixture = faced();
    let system = "sealwire.pg_attribute_system() AS \"pg_attribute\"";
    let plain = "sealwire.pg_attribute() AS \"pg_attribute\"";
    let columns = "sealwire.information_schema_columns() AS \"columns\"";
    for (sql, upstream) in [
        (
            "select 1 from pg_attribute",
            format!("select 1 from {plain}"),
        ),
        (
            "select 1 from PG_CATALOG . \"pg_attribute\";",
            format!("select 1 from {plain};"),
        ),
        (
            "select 1 from shop.pg_catalog.pg_attribute a",
            "select 1 from sealwire.pg_attribute() a".into(),
        ),
        (
            "select 1 from pg_class c, only pg_attribute * as a, pg_attrdef d",
            "select 1 from pg_class c, sealwire.pg_attribute() as a, sealwire.pg_attrdef() d"
                .into(),
        ),
        (
            "table only pg_attribute order by 1",
            format!("SELECT * FROM {plain} order by 1"),
        ),
        ("(table pg_attribute)", format!("(SELECT * FROM {plain})")),
        (
            "select pg_catalog.pg_attribute.attname from pg_catalog.pg_attribute",
            format!("select \"pg_attribute\".attname from {plain}"),
        ),
        (
            "select a.xmin from pg_attribute a",
            "select a.xmin from sealwire.pg_attribute_system() a".into(),
        ),
        (
            "select tableoid from pg_attribute",
            format!("select tableoid from {system}"),
        ),
        (
            "select 1 from ((pg_class c join pg_attribute a on true))",
            "select 1 from ((pg_class c join sealwire.pg_attribute() a on true))".into(),
        ),
        (
            "select 1 where exists (select from pg_attribute where attrelid in ($1, $2))",
            format!("select 1 where exists (select from {plain} where attrelid in ($1, $2))"),
        ),
        (
            "select extract(year from x), y is distinct from pg_attribute.x from pg_attribute",
            format!("select extract(year from x), y is distinct from pg_attribute.x from {plain}"),
        ),
        (
            "select * from information_schema.columns where columns.x = 1",
            format!("select * from {columns} where columns.x = 1"),
        ),
        (
            "select 'from pg_attribute' from information_schema.columns c",
            "select 'from pg_attribute' from sealwire.information_schema_columns() c".into(),
        ),
        (
            "select pg_get_indexdef(1), pg_catalog.pg_get_indexdef(2)",
            "select sealwire.pg_get_indexdef(1), sealwire.pg_get_indexdef(2)".into(),
        ),
        (
            "explain select 1 from pg_attribute where a operator(pg_catalog.=) any ('{}')",
            format!("explain select 1 from {plain} where a operator(pg_catalog.=) any ('{{}}')"),
        ),
        (
            "copy (select 1 from pg_attribute) to stdout",
            format!("copy (select 1 from {plain}) to stdout"),
        ),
        (
            "declare c cursor for select 1 from pg_attribute",
            format!("declare c cursor for select 1 from {plain}"),
        ),
        (
            "insert into orders select 1 from pg_attribute",
            format!("insert into orders select 1 from {plain}"),
        ),
        (
            "select 1 from rows from (f(1), g(2)) x, pg_attribute",
            format!("select 1 from rows from (f(1), g(2)) x, {plain}"),
        ),
        (
            "select 1 from unnest(array[1, 2]) u join lateral (select 1 from pg_attribute) x on true",
            format!(
                "select 1 from unnest(array[1, 2]) u join lateral (select 1 from {plain}) x on true"
            ),
        ),
    ] {
        for login in ["owner", "support", "stranger"] {
            let plan = fixture.plan(login, sql);
            assert_eq!(text(&plan), upstream, "{sql}");
            assert_eq!(
                plan.statements[0].outcome,
                Outcome::Passthrough(crate::plan::Reason::NothingProtected)
            );
        }
    }
}

#[test]
fn what_is_not_certain_stays() {
    let fixture = faced();
    for sql in [
        "update pg_attribute set attname = 'x'",
        "delete from pg_attribute",
        "select 1 from pg_attribute for share",
        "select 1 from pg_attribute for update",
        "select 1 from pg_attribute tablesample system (1)",
        "with pg_attribute as (select 1) select * from pg_attribute",
        "with pg_attribute (x) as not materialized (select 1) select * from pg_attribute",
        "select null::pg_attribute from pg_attribute",
        "select null::pg_catalog.pg_attribute from pg_attribute",
        "select a.*, xmin from pg_attribute a",
        "select 1 from pg_attribute natural join x where xmin is null",
        "select 'x' as pg_attribute",
        "select pg_attribute.attname from pg_class as pg_attribute",
        "select 1 from public.pg_attribute",
        "select 1 from other.information_schema.columns",
        "select pg_attribute(1)",
        "select 1 from pg_attribute()",
        "select x.pg_get_indexdef(1)",
        "create view v as select 1 from pg_attribute",
        "select 1 into t from pg_attribute",
        "lock table pg_attribute",
        "comment on column pg_attribute.attname is 'x'",
        "select 1) from pg_attribute",
        "select only from only (pg_attribute)",
    ] {
        assert_eq!(text(&fixture.plan("owner", sql)), sql);
    }
    // Nor is anything where a name may mean something else.
    for (path, temporary) in [
        (vec!["other", "pg_catalog"], vec![]),
        (vec!["pg_temp_3", "pg_catalog"], vec!["pg_attribute"]),
    ] {
        let mut snapshot = Snapshot::clone(&fixture.world.snapshot);
        let oid = snapshot.relation("other", "customers").unwrap().oid;
        snapshot
            .by_name
            .insert(("other".into(), "pg_attribute".into()), oid);
        let moved = Fixture {
            policy: super::fixture().policy,
            world: World::new(Arc::new(snapshot), Arc::clone(&fixture.world.protection)),
        };
        let environment = Environment {
            search_path: path.into_iter().map(str::to_owned).collect(),
            temp_relations: temporary.into_iter().map(str::to_owned).collect(),
            ..environment()
        };
        let sql = "select 1 from pg_attribute";
        let plan = moved.plan_in("owner", sql, &[], &environment);
        assert_eq!(text(&plan), sql);
        let plan = moved.plan_in(
            "owner",
            "select 1 from pg_catalog.pg_attribute x",
            &[],
            &environment,
        );
        assert_eq!(text(&plan), "select 1 from sealwire.pg_attribute() x");
    }
    let plan = fixture.plan(
        "owner",
        "set search_path = other; select 1 from pg_attribute",
    );
    assert_eq!(
        text(&plan),
        "set search_path = other; select 1 from pg_attribute"
    );
}

#[test]
fn texts_without_a_catalog_are_not_looked_at_and_strange_ones_pass() {
    let fixture = faced();
    for sql in [
        "select * from orders where id = 1",
        "select 'pg_attribute'",
        "select 0x1f from pg_attribute",
        "select 'a'\n'b' from pg_attribute",
    ] {
        assert!(!fixture.world.survey(sql).watched, "{sql}");
    }
    // Backslashes that may or may not end a string: nothing to guard, and nothing to edit.
    let sql = r"select '\' from pg_attribute";
    let plan = fixture.plan_in(
        "owner",
        sql,
        &[],
        &Environment {
            standard_conforming_strings: false,
            ..environment()
        },
    );
    assert_eq!(text(&plan), sql);
}

#[test]
fn what_guards_protected_tables_still_does() {
    let fixture = faced();
    let refused = fixture.refusal("support", "select 1 from pg_stats s, pg_attribute a");
    assert!(refused.contains("pg_stats"), "{refused}");
    // What counts HOT updates tells whether one has written what was there.
    let refused = fixture.refusal(
        "support",
        "select n_tup_hot_upd from pg_stat_xact_user_tables where relname = 'customers'",
    );
    assert!(refused.contains("pg_stat_xact_user_tables"), "{refused}");
    let shown = fixture.shows(
        "billing",
        "select c.email, a.attname from customers c, pg_attribute a where c.email = 'x'",
    );
    assert!(
        shown.contains("\"public\".customers c, sealwire.pg_attribute() a where c.email = ‹x›"),
        "{shown}"
    );
    assert!(
        fixture
            .refusal(
                "support",
                "select lower(notes) from customers, pg_attribute"
            )
            .contains("lower")
    );
}

#[test]
fn without_all_of_it_there_is_none() {
    let fixture = faced();
    let off = |change: &dyn Fn(&mut Snapshot, &mut crate::policy::Protection)| {
        let mut snapshot = Snapshot::clone(&fixture.world.snapshot);
        let mut protection = crate::policy::Protection::clone(&fixture.world.protection);
        change(&mut snapshot, &mut protection);
        let world = World::new(Arc::new(snapshot), Arc::new(protection));
        (world.has_facade(), world.lacks_facade())
    };
    assert_eq!(off(&|_, _| {}), (true, false));
    assert_eq!(
        off(&|_, protection| protection.facade = false),
        (false, false)
    );
    assert_eq!(
        off(&|snapshot, _| snapshot.facade = Facade::default()),
        (false, true)
    );
    // Another version of the server has another catalog.
    assert_eq!(
        off(
            &|snapshot, _| testing::change(snapshot, "pg_catalog.pg_attribute", |relation| {
                relation.columns.pop();
            })
        ),
        (false, true)
    );
    // A restored database has other numbers.
    assert_eq!(
        off(&|snapshot, _| {
            let (place, oid) = snapshot
                .facade
                .shapes
                .iter()
                .next()
                .map(|(k, v)| (*k, *v))
                .unwrap();
            snapshot.facade.shapes.remove(&place);
            snapshot.facade.shapes.insert((place.0, 1), oid);
        }),
        (false, true)
    );
    // Where rules are only watched nothing changes.
    assert_eq!(
        off(&|_, protection| {
            for table in protection.tables.values_mut() {
                let mut watched = crate::policy::ProtectedTable::clone(table);
                watched.observe = true;
                *table = Arc::new(watched);
            }
        }),
        (false, false)
    );
}
