//! What frameworks and tools ask of the catalogs, by themselves where they are at hand, else by their queries.

use std::process::Command;

use super::{Twins, twins};
use crate::harness::{python, run};

impl Twins {
    /// A Python script against both; it prints what it found.
    #[track_caller]
    fn same_python(&self, script: &str) {
        let direct = python(script, &[&self.plain.url("owner")]).ok();
        let through = python(script, &[&self.proxy.url("owner")]).ok();
        let other: Vec<_> = (direct.lines().zip(through.lines()))
            .filter(|(direct, through)| direct != through)
            .collect();
        assert!(direct == through && !direct.is_empty(), "{other:#?}");
        assert!(!through.contains("sealwire"), "{through}");
    }
}

#[test]
fn sqlalchemy_reflects_what_was_declared() {
    twins().same_python(
        r#"
import sys
from sqlalchemy import create_engine, inspect, MetaData
from sqlalchemy.schema import CreateTable
engine = create_engine(sys.argv[1].replace("postgresql://", "postgresql+psycopg://"))
look = inspect(engine)
for table in sorted(look.get_table_names()):
    for column in look.get_columns(table):
        column["type"] = column["type"].compile(engine.dialect)
        print(table, sorted(column.items(), key=str))
    print(look.get_pk_constraint(table), look.get_foreign_keys(table))
    print(sorted(look.get_indexes(table), key=str), look.get_unique_constraints(table), look.get_check_constraints(table))
    print(look.get_table_comment(table))
print(look.get_enums())
meta = MetaData()
meta.reflect(engine)
for table in meta.sorted_tables:
    print(CreateTable(table).compile(engine))
"#,
    );
}

#[test]
fn django_inspects_what_was_declared() {
    twins().same_python(
        r#"
import re, sys
from urllib.parse import urlparse
import django
from django.conf import settings
from django.core.management import call_command
url = urlparse(sys.argv[1])
settings.configure(DATABASES={"default": {"ENGINE": "django.db.backends.postgresql", "NAME": url.path[1:],
    "USER": url.username, "HOST": url.hostname, "PORT": url.port}}, INSTALLED_APPS=[])
django.setup()
call_command("inspectdb", "--include-views")
from django.db import connection
with connection.cursor() as cursor:
    for table in ("customers", "claims"):
        # An enum has a number of its own in every database.
        print(re.sub(r"type_code=\d{5,}", "type_code=own", str(connection.introspection.get_table_description(cursor, table))))
        print(sorted(connection.introspection.get_constraints(cursor, table).items()))
        print(connection.introspection.get_sequences(cursor, table))
"#,
    );
}

#[test]
fn jdbc_metadata_says_what_was_declared() {
    let jar = "/usr/share/java/postgresql.jar";
    let twins = twins();
    let folder = twins.proxy.site.folder();
    let source = folder.join("Look.java");
    std::fs::write(
        &source,
        r#"
import java.sql.*;
public class Look {
    static void print(ResultSet rows) throws SQLException {
        ResultSetMetaData meta = rows.getMetaData();
        while (rows.next()) {
            StringBuilder line = new StringBuilder();
            for (int i = 1; i <= meta.getColumnCount(); i++)
                if (!meta.getColumnLabel(i).matches("CARDINALITY|PAGES")) line.append(meta.getColumnLabel(i)).append('=').append(rows.getString(i)).append(' ');
            System.out.println(line);
        }
    }
    public static void main(String[] args) throws Exception {
        try (Connection connection = DriverManager.getConnection(args[0])) {
            DatabaseMetaData meta = connection.getMetaData();
            print(meta.getColumns(null, "public", "%", "%"));
            print(meta.getPrimaryKeys(null, "public", "customers"));
            print(meta.getImportedKeys(null, "public", "customers"));
            print(meta.getIndexInfo(null, "public", "customers", false, false));
            print(meta.getBestRowIdentifier(null, "public", "customers", 0, true));
            print(meta.getTables(null, "public", "%", null));
            try (Statement statement = connection.createStatement();
                 ResultSet rows = statement.executeQuery("select * from customers where false")) {
                ResultSetMetaData columns = rows.getMetaData();
                for (int i = 1; i <= columns.getColumnCount(); i++)
                    System.out.println(columns.getColumnName(i) + " " + columns.getColumnTypeName(i) + " "
                        + columns.getPrecision(i) + " " + columns.getScale(i) + " " + columns.isNullable(i) + " "
                        + columns.isAutoIncrement(i) + " " + columns.getTableName(i));
            }
        }
    }
}
"#,
    )
    .unwrap();
    let look = |url: &str, database: &str| {
        let url = url.replace("postgresql://owner@", "jdbc:postgresql://") + "?user=owner";
        run(Command::new("java")
            .args(["-cp", jar])
            .arg(&source)
            .arg(url))
        .ok()
        .replace(database, "DB")
    };
    let direct = look(&twins.plain.url("owner"), twins.plain.name());
    let through = look(&twins.proxy.url("owner"), twins.sealed.name());
    let other: Vec<_> = (direct.lines().zip(through.lines()))
        .filter(|(direct, through)| direct != through)
        .collect();
    assert!(
        direct == through && direct.contains("TYPE_NAME=varchar"),
        "{other:#?}"
    );
}

/// Queries of tools, by heart. Numbers that each database gives its own are left out of what they select.
const ASKED: &[(&str, &str)] = &[
    (
        "ActiveRecord: columns",
        r#"SELECT a.attname, format_type(a.atttypid, a.atttypmod), pg_get_expr(d.adbin, d.adrelid), a.attnotnull, a.atttypmod, c.collname, col_description(a.attrelid, a.attnum) AS comment, attidentity AS identity, attgenerated as attgenerated FROM pg_attribute a LEFT JOIN pg_attrdef d ON a.attrelid = d.adrelid AND a.attnum = d.adnum LEFT JOIN pg_type t ON a.atttypid = t.oid LEFT JOIN pg_collation c ON a.attcollation = c.oid AND a.attcollation <> t.typcollation WHERE a.attrelid = '"customers"'::regclass AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum"#,
    ),
    (
        "ActiveRecord: indexes",
        r#"SELECT distinct i.relname, d.indisunique, d.indkey, pg_get_indexdef(d.indexrelid), pg_catalog.obj_description(i.oid, 'pg_class') AS comment, d.indisvalid FROM pg_class t INNER JOIN pg_index d ON t.oid = d.indrelid INNER JOIN pg_class i ON d.indexrelid = i.oid LEFT JOIN pg_namespace n ON n.oid = t.relnamespace WHERE i.relkind IN ('i', 'I') AND d.indisprimary = 'f' AND t.relname = 'customers' AND n.nspname = ANY (current_schemas(false)) ORDER BY i.relname"#,
    ),
    (
        "ActiveRecord: primary key",
        r#"SELECT a.attname FROM ( SELECT indrelid, indkey, generate_subscripts(indkey, 1) idx FROM pg_index WHERE indrelid = '"customers"'::regclass AND indisprimary ) i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[i.idx] ORDER BY i.idx"#,
    ),
    (
        "DBeaver: columns",
        r#"SELECT c.relname,a.attname,a.attlen,a.attnotnull,pg_catalog.pg_get_expr(ad.adbin, ad.adrelid, true) as def_value,dsc.description,a.atttypmod,t.typname FROM pg_catalog.pg_attribute a INNER JOIN pg_catalog.pg_class c ON (a.attrelid=c.oid) INNER JOIN pg_catalog.pg_type t ON t.oid=a.atttypid LEFT OUTER JOIN pg_catalog.pg_attrdef ad ON (a.attrelid=ad.adrelid AND a.attnum = ad.adnum) LEFT OUTER JOIN pg_catalog.pg_description dsc ON (c.oid=dsc.objoid AND a.attnum = dsc.objsubid) LEFT OUTER JOIN pg_depend dep on dep.refobjid = a.attrelid AND dep.deptype = 'i' and dep.refobjsubid = a.attnum and dep.classid = dep.refclassid WHERE NOT a.attisdropped AND c.relkind not in ('i','I','c') AND c.relname = 'customers' AND a.attnum > 0 ORDER BY a.attnum"#,
    ),
    (
        "pgAdmin: columns",
        r#"SELECT att.attname as name, att.atttypmod, att.attnum, att.attndims, att.attnotnull, pg_catalog.format_type(ty.oid,NULL) AS typname, pg_catalog.format_type(ty.oid,att.atttypmod) AS displaytypname, CASE WHEN ty.typelem > 0 THEN ty.typelem::regtype ELSE ty.oid::regtype END as elemoid, (SELECT nspname FROM pg_catalog.pg_namespace WHERE oid = ty.typnamespace) as typnspname, ty.typstorage AS defaultstorage, description, att.attstorage, pg_catalog.pg_get_expr(def.adbin, def.adrelid) AS defval, CASE WHEN length(coll.collname::text) > 0 THEN coll.collname ELSE '' END AS collspcname FROM pg_catalog.pg_attribute att JOIN pg_catalog.pg_type ty ON ty.oid=atttypid LEFT OUTER JOIN pg_catalog.pg_attrdef def ON adrelid=att.attrelid AND adnum=att.attnum LEFT OUTER JOIN pg_catalog.pg_description des ON (des.objoid=att.attrelid AND des.objsubid=att.attnum AND des.classoid='pg_class'::regclass) LEFT OUTER JOIN pg_catalog.pg_collation coll ON att.attcollation=coll.oid WHERE att.attrelid = 'customers'::regclass AND att.attnum > 0 AND att.attisdropped IS FALSE ORDER BY att.attnum"#,
    ),
    (
        "DataGrip: columns, by the age of their rows",
        r#"with T as ( select T.oid as table_id, T.relname as table_name from pg_catalog.pg_class T where T.relnamespace = 'public'::regnamespace and T.relkind in ('r', 'm', 'v', 'f', 'p') ) select T.table_name, C.attnum as column_position, C.attname as column_name, C.xmin is null as state, C.atttypmod as type_mod, pg_catalog.format_type(C.atttypid, C.atttypmod) as type_spec, C.attnotnull as mandatory, pg_catalog.pg_get_expr(D.adbin, T.table_id) as column_default_expression, not C.attislocal as column_is_inherited, C.attisdropped as column_is_dropped from T join pg_catalog.pg_attribute C on T.table_id = C.attrelid left join pg_catalog.pg_attrdef D on (C.attrelid, C.attnum) = (D.adrelid, D.adnum) where attnum > 0 and not attisdropped and pg_catalog.age(C.xmin) <= 2147483647 order by table_name, attnum"#,
    ),
    (
        "Drizzle: columns",
        r#"SELECT a.attrelid::regclass::text, a.attname, is_nullable, a.attndims as array_dimensions , CASE WHEN a.atttypid = ANY ('{int,int8,int2}'::regtype[]) AND EXISTS ( SELECT FROM pg_attrdef ad WHERE ad.adrelid = a.attrelid AND ad.adnum = a.attnum AND pg_get_expr(ad.adbin, ad.adrelid) = 'nextval(''' || pg_get_serial_sequence(a.attrelid::regclass::text, a.attname)::regclass || '''::regclass)' ) THEN CASE a.atttypid WHEN 'int'::regtype THEN 'serial' ELSE 'bigserial' END ELSE format_type(a.atttypid, a.atttypmod) END AS data_type, INFORMATION_SCHEMA.COLUMNS.table_name, ns.nspname as type_schema, pg_get_serial_sequence('"public"."customers"', a.attname)::regclass as seq_name, INFORMATION_SCHEMA.COLUMNS.column_name, INFORMATION_SCHEMA.COLUMNS.column_default, INFORMATION_SCHEMA.COLUMNS.data_type as additional_dt, INFORMATION_SCHEMA.COLUMNS.udt_name as enum_name, INFORMATION_SCHEMA.COLUMNS.is_generated, INFORMATION_SCHEMA.COLUMNS.is_identity FROM pg_attribute a JOIN INFORMATION_SCHEMA.COLUMNS ON INFORMATION_SCHEMA.COLUMNS.column_name = a.attname JOIN pg_type t ON t.oid = a.atttypid LEFT JOIN pg_namespace ns ON ns.oid = t.typnamespace WHERE a.attrelid = '"public"."customers"'::regclass and INFORMATION_SCHEMA.COLUMNS.table_name = 'customers' and INFORMATION_SCHEMA.COLUMNS.table_schema = 'public' AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum"#,
    ),
    (
        "Prisma: columns",
        r#"SELECT namespace.nspname as namespace, info.table_name, info.column_name, format_type(att.atttypid, att.atttypmod) as formatted_type, info.numeric_precision, info.numeric_scale, info.numeric_precision_radix, info.datetime_precision, info.data_type, info.udt_schema as type_schema_name, info.udt_name as full_data_type, pg_get_expr(attdef.adbin, attdef.adrelid) AS column_default, info.is_nullable, info.is_identity, info.character_maximum_length, col_description(att.attrelid, ordinal_position) AS description FROM information_schema.columns info JOIN pg_attribute att ON att.attname = info.column_name JOIN ( SELECT pg_class.oid, relname, pg_namespace.nspname as namespace FROM pg_class JOIN pg_namespace on pg_namespace.oid = pg_class.relnamespace AND pg_namespace.nspname = ANY ( '{public}' ) WHERE reltype > 0 ) as oid on oid.oid = att.attrelid AND relname = info.table_name AND namespace = info.table_schema LEFT OUTER JOIN pg_attrdef attdef ON attdef.adrelid = att.attrelid AND attdef.adnum = att.attnum AND table_schema = namespace JOIN pg_namespace namespace ON namespace.nspname = info.table_schema WHERE table_schema = ANY ( '{public}' ) ORDER BY namespace, table_name, ordinal_position"#,
    ),
    (
        "TypeORM: columns",
        r#"SELECT columns.*, pg_catalog.col_description(('"' || table_catalog || '"."' || table_schema || '"."' || table_name || '"')::regclass::oid, ordinal_position) AS description, ('"' || "udt_schema" || '"."' || "udt_name" || '"')::"regtype" AS "regtype", pg_catalog.format_type("col_attr"."atttypid", "col_attr"."atttypmod") AS "format_type" FROM "information_schema"."columns" LEFT JOIN "pg_catalog"."pg_attribute" AS "col_attr" ON "col_attr"."attname" = "columns"."column_name" AND "col_attr"."attrelid" = ( SELECT "cls"."oid" FROM "pg_catalog"."pg_class" AS "cls" LEFT JOIN "pg_catalog"."pg_namespace" AS "ns" ON "ns"."oid" = "cls"."relnamespace" WHERE "cls"."relname" = "columns"."table_name" AND "ns"."nspname" = "columns"."table_schema" ) WHERE ("table_schema" = 'public' AND "table_name" = 'customers') ORDER BY ordinal_position"#,
    ),
    (
        "Hibernate: columns",
        r#"select table_name, column_name, data_type, character_maximum_length, numeric_precision, numeric_scale, datetime_precision from information_schema.columns where table_schema = any(current_schemas(false)) order by 1, ordinal_position"#,
    ),
    (
        "knex: columnInfo",
        r#"select "column_name", "data_type", "character_maximum_length", "is_nullable", "column_default" from information_schema.columns where table_name = 'customers' and table_catalog = current_database() and table_schema = current_schema() order by ordinal_position"#,
    ),
];

#[test]
fn queries_of_tools_give_what_they_would() {
    let twins = twins();
    for (tool, sql) in ASKED {
        let (direct, _) = twins.ask("owner", sql);
        assert!(!direct.contains("ERROR"), "{tool}: {direct}");
        twins.same("owner", sql);
        twins.same("support", sql);
    }
}
