//! One reading of the system catalogs: a fixed set of queries in one read-only snapshot.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use tokio_postgres::{Client, Error, IsolationLevel, Transaction};

use crate::catalog::{
    Argument, ByteOrder, CASE_MARK, Case, Column, Facade, ForeignKey, Mode, Ordered, Relation,
    RelationKind, Serial, Signature, Snapshot, TypeInfo,
};
use crate::value::EnumLabels;

use super::homonyms;
use super::judges;
use super::probe;
use super::routines::{Source, reach};
use super::stored::{self, Stored};
use super::views::Definitions;

/// Everything that one transaction saw.
pub(crate) struct Reading {
    /// The catalogs; epoch 0.
    pub(crate) snapshot: Snapshot,
    /// Schema `sealwire`, as its rows are; `None` before `init`.
    pub(crate) stored: Option<Stored>,
    /// What a probe must find for nothing to have changed.
    pub(crate) mark: probe::Mark,
}

const RELATIONS: &str = "
    SELECT c.oid, n.nspname::text, c.relname::text, c.relkind::text
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND n.nspname <> 'pg_toast'";

const COLUMNS: &str = "
    SELECT a.attrelid, a.attnum, a.attname::text, a.atttypid, a.atttypmod, a.attnotnull,
           a.atthasdef OR a.attidentity <> '', a.attgenerated <> ''
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
    WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
    ORDER BY a.attrelid, a.attnum";

/// What generated columns are made of. Before 15 the column itself depends, later its expression.
const MADE_OF: &str = "
    SELECT a.attrelid, a.attnum, d.refobjsubid::int2
    FROM pg_attribute a
    LEFT JOIN pg_attrdef e ON e.adrelid = a.attrelid AND e.adnum = a.attnum
    JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = a.attrelid
     AND d.refobjsubid > 0 AND d.refobjsubid <> a.attnum
     AND (d.classid = 'pg_attrdef'::regclass AND d.objid = e.oid
          OR d.classid = 'pg_class'::regclass AND d.objid = a.attrelid AND d.objsubid = a.attnum)
    WHERE a.attgenerated <> '' AND a.attnum > 0 AND NOT a.attisdropped
    ORDER BY 1, 2, 3";

/// int2vector and oidvector are arrays of the catalogs alone.
const TYPES: &str = "
    SELECT t.oid, n.nspname::text, t.typname::text, t.typtype::text, t.typbasetype,
           CASE WHEN t.typcategory = 'A' AND t.oid NOT IN (22, 30) THEN t.typelem ELSE 0 END
    FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace";

const LABELS: &str = "
    SELECT e.enumtypid, format_type(e.enumtypid, NULL), e.enumlabel::text
    FROM pg_enum e ORDER BY e.enumtypid, e.enumsortorder";

/// A view's own dependencies, and those of the routines in it (second column 0: a routine).
const READS: &str = "
    SELECT DISTINCT r.ev_class,
           CASE WHEN d.refclassid = 'pg_class'::regclass THEN d.refobjid ELSE 0 END,
           CASE WHEN d.refclassid = 'pg_proc'::regclass
                THEN (SELECT p.proname::text FROM pg_proc p WHERE p.oid = d.refobjid) END
    FROM pg_rewrite r JOIN pg_class v ON v.oid = r.ev_class AND v.relkind IN ('v', 'm')
    JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid
     AND d.refobjid <> r.ev_class AND d.refclassid IN ('pg_class'::regclass, 'pg_proc'::regclass)
    WHERE r.ev_class >= 16384";

const PARENTS: &str = "SELECT inhrelid, inhparent FROM pg_inherits ORDER BY inhrelid, inhseqno";

/// The provider's column came with 15 and the locale's was renamed with 17: read as JSON.
const ASCII_CASE: &str = "
    SELECT CASE to_jsonb(d)->>'datlocprovider' WHEN 'i' THEN false WHEN 'b' THEN to_jsonb(d)->>'datlocale' = 'C'
                ELSE d.datctype IN ('C', 'POSIX') END
    FROM pg_database d WHERE d.datname = current_database()";

/// Encodings whose bytes compare as those of UTF-8 do.
const BYTES_ALIKE: &str = "getdatabaseencoding() IN ('UTF8', 'LATIN1', 'SQL_ASCII')";

/// The database's default collation: whether it sorts by bytes, and its name. glibc's C.UTF-8 does, as do the server's
/// own collations since 17.
const DEFAULT_ORDER: &str = "
    SELECT BYTES_ALIKE AND CASE to_jsonb(d)->>'datlocprovider'
               WHEN 'i' THEN false
               WHEN 'b' THEN to_jsonb(d)->>'datlocale' IN ('C', 'C.UTF-8', 'PG_UNICODE_FAST')
               ELSE d.datcollate IN ('C', 'POSIX', 'C.UTF-8', 'C.utf8') END,
           CASE to_jsonb(d)->>'datlocprovider'
               WHEN 'c' THEN d.datcollate::text
               ELSE coalesce(to_jsonb(d)->>'datlocale', to_jsonb(d)->>'daticulocale', d.datcollate::text) END
    FROM pg_database d WHERE d.datname = current_database()";

/// Those of pg_catalog that do.
const NAMED_ORDERS: &str = "
    SELECT c.collname::text FROM pg_collation c
    WHERE c.collnamespace = 'pg_catalog'::regnamespace AND BYTES_ALIKE AND CASE c.collprovider
              WHEN 'c' THEN to_jsonb(c)->>'collcollate' IN ('C', 'POSIX', 'C.UTF-8', 'C.utf8')
              WHEN 'b' THEN to_jsonb(c)->>'colllocale' IN ('C', 'C.UTF-8', 'PG_UNICODE_FAST')
              ELSE false END";

/// Columns whose collation is neither the database's default nor none.
const COLLATED: &str = "
    SELECT a.attrelid, a.attnum,
           CASE c.collprovider WHEN 'i' THEN false WHEN 'b' THEN coalesce(to_jsonb(c)->>'colllocale', '') = 'C'
                ELSE to_jsonb(c)->>'collctype' IN ('C', 'POSIX') END
    FROM pg_attribute a JOIN pg_collation c ON c.oid = a.attcollation
    WHERE a.attrelid >= 16384 AND a.attnum > 0 AND a.attcollation NOT IN (0, 100) AND NOT a.attisdropped";

/// Whether text under the database's default collation sorts by its bytes in UTF-8, which is by code point.
const BYTE_ORDER: &str = "
    SELECT CASE to_jsonb(d)->>'datlocprovider' WHEN 'i' THEN false
                WHEN 'b' THEN to_jsonb(d)->>'datlocale' IN ('C', 'C.UTF-8', 'PG_UNICODE_FAST')
                ELSE d.datcollate IN ('C', 'POSIX') OR lower(d.datcollate) IN ('c.utf8', 'c.utf-8') END
           AND pg_encoding_to_char(d.encoding) IN ('UTF8', 'SQL_ASCII', 'LATIN1')
    FROM pg_database d WHERE d.datname = current_database()";

/// The same of columns whose collation is neither the database's default nor none.
const BYTE_ORDERED: &str = "
    SELECT a.attrelid, a.attnum,
           CASE c.collprovider WHEN 'i' THEN false
                WHEN 'b' THEN coalesce(to_jsonb(c)->>'colllocale', '') IN ('C', 'C.UTF-8', 'PG_UNICODE_FAST')
                ELSE coalesce(c.collcollate, '') IN ('C', 'POSIX') OR lower(coalesce(c.collcollate, '')) IN ('c.utf8', 'c.utf-8') END
           AND (SELECT pg_encoding_to_char(d.encoding) IN ('UTF8', 'SQL_ASCII', 'LATIN1')
                FROM pg_database d WHERE d.datname = current_database())
    FROM pg_attribute a JOIN pg_collation c ON c.oid = a.attcollation
    WHERE a.attrelid >= 16384 AND a.attnum > 0 AND a.attcollation NOT IN (0, 100) AND NOT a.attisdropped";

const UNIQUE_KEYS: &str = "
    SELECT i.indrelid, i.indkey::int2[], i.indnkeyatts::int4, i.indimmediate AND NOT i.indisexclusion
    FROM pg_index i
    WHERE i.indisunique AND i.indisvalid AND i.indpred IS NULL AND i.indexprs IS NULL
    UNION ALL
    -- One on expressions (sealwire.ci) tells as much of the columns in them.
    SELECT i.indrelid, array_agg(d.refobjsubid::int2), count(*)::int4, false
    FROM pg_index i JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = i.indexrelid
     AND d.refclassid = 'pg_class'::regclass AND d.refobjid = i.indrelid AND d.refobjsubid > 0
    WHERE i.indisunique AND i.indisvalid AND i.indexprs IS NOT NULL
    GROUP BY i.indrelid, i.indexrelid
    ORDER BY 1, 2";

/// Unique indexes on tags that are constraints to the application.
const CASE_CONSTRAINTS: &str = "
    SELECT i.indrelid, c.relname::text
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
    JOIN pg_description d ON d.objoid = c.oid AND d.classoid = 'pg_class'::regclass AND d.objsubid = 0
    WHERE i.indexprs IS NOT NULL AND d.description = $1
    ORDER BY 1, 2";

/// All indexes on tags.
const CASE_INDEXES: &str = "
    SELECT n.nspname::text, c.relname::text, substr(d.description, length($1) + 1)
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_description d ON d.objoid = c.oid AND d.classoid = 'pg_class'::regclass AND d.objsubid = 0
    WHERE i.indexprs IS NOT NULL AND starts_with(d.description, $1)";

/// Indexes in whose order rows can come: hash, GIN and BRIN give none. The columns of expressions and conditions are known
/// by what the index, or the constraint that it belongs to, depends on.
const ORDERED: &str = "
    SELECT i.indrelid, c.relname::text, (i.indkey::int2[])[0:i.indnkeyatts - 1], i.indisunique,
           ARRAY(SELECT k FROM unnest(i.indkey::int2[]) k WHERE k > 0
                 UNION
                 SELECT d.refobjsubid::int2 FROM pg_depend d
                 WHERE d.classid = 'pg_class'::regclass AND d.objid = i.indexrelid
                   AND d.refclassid = 'pg_class'::regclass AND d.refobjid = i.indrelid AND d.refobjsubid > 0
                 UNION
                 SELECT d.refobjsubid::int2 FROM pg_constraint k JOIN pg_depend d
                     ON d.classid = 'pg_constraint'::regclass AND d.objid = k.oid
                    AND d.refclassid = 'pg_class'::regclass AND d.refobjid = i.indrelid AND d.refobjsubid > 0
                 WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am a ON a.oid = c.relam
    WHERE i.indrelid >= 16384 AND i.indisvalid AND a.amname NOT IN ('hash', 'gin', 'brin')
    ORDER BY 1, 2";

const FOREIGN_KEYS: &str = "
    SELECT conname::text, conrelid, conkey, confrelid, confkey,
           confdeltype NOT IN ('a', 'r'), confupdtype NOT IN ('a', 'r')
    FROM pg_constraint WHERE contype = 'f' ORDER BY conrelid, conname";

/// Sequences with the columns that own them, and those whose defaults count them.
const SERIALS: &str = "
    SELECT c.relname::text, d.refobjid, d.refobjsubid::int2
    FROM pg_depend d JOIN pg_class c ON c.oid = d.objid AND c.relkind = 'S'
    WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass AND d.refobjsubid > 0
    UNION
    SELECT c.relname::text, a.adrelid, a.adnum
    FROM pg_attrdef a JOIN pg_depend d ON d.classid = 'pg_attrdef'::regclass AND d.objid = a.oid
    JOIN pg_class c ON d.refclassid = 'pg_class'::regclass AND c.oid = d.refobjid AND c.relkind = 'S'
    ORDER BY 1, 2, 3";

const TRIGGERED: &str = "
    SELECT tgrelid FROM pg_trigger WHERE NOT tgisinternal
    UNION
    SELECT ev_class FROM pg_rewrite WHERE rulename <> '_RETURN' AND ev_class >= 16384";

const SHAPES: &str = "SELECT attrelid, attnum, atttypid FROM sealwire.facade";

const VIEWS: &str = "
    SELECT p.proname::text, p.proargnames, p.proallargtypes::oid[]
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE n.nspname = 'sealwire' AND p.proretset AND p.pronargs = 0
      AND p.proargnames IS NOT NULL AND p.proallargtypes IS NOT NULL";

const ROUTINES: &str = "
    SELECT p.proname::text, l.lanname::text, p.provolatile = 'i', e.extname::text,
           -- A domain is checked where a value becomes one, as an argument or as the result.
           coalesce((SELECT string_agg(quote_ident(t.typname), ' ') || ' ' FROM pg_type t
                     WHERE t.typtype = 'd' AND t.oid >= 16384
                       AND t.oid IN (SELECT unnest(p.proargtypes) UNION ALL SELECT p.prorettype
                                     UNION ALL SELECT e.typelem FROM pg_type e
                                     WHERE e.oid IN (SELECT unnest(p.proargtypes) UNION ALL SELECT p.prorettype))), '')
           || CASE WHEN p.prokind = 'a'
                THEN (SELECT string_agg(f.proname, ' ') FROM pg_aggregate a JOIN pg_proc f
                      ON f.oid IN (a.aggtransfn, a.aggfinalfn, a.aggcombinefn, a.aggmtransfn, a.aggmfinalfn)
                      WHERE a.aggfnoid = p.oid)
                WHEN p.prosqlbody IS NOT NULL THEN pg_get_function_sqlbody(p.oid)
                ELSE p.prosrc END
    FROM pg_proc p
    JOIN pg_namespace n ON n.oid = p.pronamespace
    JOIN pg_language l ON l.oid = p.prolang
    LEFT JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
     AND d.refclassid = 'pg_extension'::regclass
    LEFT JOIN pg_extension e ON e.oid = d.refobjid
    WHERE n.nspname NOT IN ('pg_catalog', 'information_schema', 'sealwire')";

/// What carries out a routine without naming it: operators, domains by their checks, types by their casts. As
/// [`ROUTINES`], with the names of what they carry out as their text.
const CARRIERS: &str = "
    SELECT o.oprname::text, 'sql', false, NULL::text, p.proname::text
    FROM pg_operator o JOIN pg_proc p ON p.oid = o.oprcode WHERE o.oid >= 16384
    UNION ALL
    SELECT t.typname::text, 'sql', false, NULL::text,
           concat_ws(' ', b.typname, (SELECT string_agg(pg_get_constraintdef(c.oid), ' ') FROM pg_constraint c WHERE c.contypid = t.oid))
    FROM pg_type t JOIN pg_type b ON b.oid = t.typbasetype WHERE t.typtype = 'd' AND t.oid >= 16384
    UNION ALL
    SELECT t.typname::text, 'sql', false, NULL::text, p.proname::text
    FROM pg_cast c JOIN pg_proc p ON p.oid = c.castfunc JOIN pg_type t ON t.oid IN (c.castsource, c.casttarget)
    WHERE c.oid >= 16384 AND t.oid >= 16384";

/// Casts between types of the server's own, which no text names: only a superuser makes one. As [`CARRIERS`].
const CASTS: &str = "
    SELECT format('(%s AS %s)', format_type(c.castsource, NULL), format_type(c.casttarget, NULL)), 'sql', false, NULL::text,
           p.proname::text
    FROM pg_cast c JOIN pg_proc p ON p.oid = c.castfunc
    WHERE c.oid >= 16384 AND c.castsource < 16384 AND c.casttarget < 16384";

/// What rules of tables and views do beside or in place of a statement.
const RULED: &str = "
    SELECT r.ev_class, array_agg(DISTINCT CASE WHEN d.refclassid = 'pg_class'::regclass THEN d.refobjid ELSE 0::oid END)
    FROM pg_rewrite r JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid
     AND d.refclassid IN ('pg_class'::regclass, 'pg_proc'::regclass)
    WHERE r.rulename <> '_RETURN' AND r.ev_class >= 16384 AND d.refobjid <> r.ev_class
    GROUP BY r.ev_class";

const SIGNATURES: &str = "
    SELECT n.nspname::text, p.proname::text, p.prokind = 'p', p.pronargdefaults::int4, p.prorettype,
           CASE WHEN t.typtype = 'c' THEN t.typrelid ELSE 0 END, p.proargnames,
           coalesce(p.proargmodes::text[], array_fill('i'::text, ARRAY[p.pronargs::int4])),
           coalesce(p.proallargtypes::oid[], p.proargtypes::oid[]),
           ARRAY(SELECT format_type(a.oid, NULL)
                 FROM unnest(coalesce(p.proallargtypes::oid[], p.proargtypes::oid[])) WITH ORDINALITY AS a (oid, n) ORDER BY a.n)
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_type t ON t.oid = p.prorettype
    WHERE n.nspname NOT IN ('pg_catalog', 'information_schema', 'sealwire') AND p.prokind IN ('f', 'p')
    ORDER BY p.oid";

/// Reads a database. `before` is the routine's own statement of what is asked first: the mark is
/// taken in the same snapshot as the rest, so a change in between is seen by the next probe.
pub(crate) async fn read(
    client: &mut Client,
    database: &str,
    views: &mut Definitions,
) -> Result<Reading, Error> {
    let tx = client
        .build_transaction()
        .isolation_level(IsolationLevel::RepeatableRead)
        .read_only(true)
        .start()
        .await?;
    let mark = probe::take(&tx).await?;
    let stored = stored::read(&tx).await?;
    let snapshot = snapshot(&tx, database, views).await?;
    tx.commit().await?;
    Ok(Reading {
        snapshot,
        stored,
        mark,
    })
}

/// The catalogs as a transaction sees them; epoch 0.
pub(crate) async fn snapshot(
    tx: &Transaction<'_>,
    database: &str,
    views: &mut Definitions,
) -> Result<Snapshot, Error> {
    let version: String = tx
        .query_one("SELECT current_setting('server_version_num')", &[])
        .await?
        .try_get(0)?;
    let routines = sources(tx, ROUTINES).await?;
    let carriers = sources(tx, CARRIERS).await?;
    let casts = sources(tx, CASTS).await?;
    views.read(tx).await?;
    let mut relations = relations(tx, views).await?;
    let names: HashMap<&str, Vec<u32>> = relations
        .values()
        .filter(|relation| relation.oid >= 16384)
        .fold(HashMap::new(), |mut names, relation| {
            names
                .entry(relation.name.as_str())
                .or_insert_with(Vec::new)
                .push(relation.oid);
            names
        });
    let of = |sources: &[Source]| -> HashSet<String> {
        sources.iter().map(|one| one.name.clone()).collect()
    };
    let (own, carrying, casting) = (of(&routines), of(&carriers), of(&casts));
    let all: Vec<Source> = (routines.iter().cloned())
        .chain(carriers)
        .chain(casts)
        .collect();
    let reached = reach(&all, &names);
    let only = |names: &HashSet<String>| -> Vec<(String, Option<Vec<u32>>)> {
        let mut own = reached.clone();
        own.retain(|(name, _)| names.contains(name));
        own
    };
    let (carriers, casts) = (only(&carrying), only(&casting));
    let reached = only(&own);
    add_reads(tx, &mut relations, &reached).await?;
    let facade = facade(tx).await?;
    let types = types(tx).await?;
    let sealed_type = types
        .iter()
        .find(|(_, info)| info.schema == "sealwire" && info.name == "sealed")
        .and_then(|(oid, _)| {
            let array = types.iter().find(|(_, info)| info.element == *oid)?;
            Some((*oid, *array.0))
        });
    Ok(Snapshot {
        epoch: 0,
        database: database.to_owned(),
        case: Case::NotCompared,
        ascii_case: tx.query_one(ASCII_CASE, &[]).await?.try_get(0)?,
        text_order: text_order(tx).await?,
        collated: collated(tx, COLLATED).await?,
        byte_order: tx.query_one(BYTE_ORDER, &[]).await?.try_get(0)?,
        byte_ordered: collated(tx, BYTE_ORDERED).await?,
        server_version: version.parse().unwrap_or_default(),
        by_name: relations
            .values()
            .map(|relation| {
                (
                    (relation.schema.clone(), relation.name.clone()),
                    relation.oid,
                )
            })
            .collect(),
        relations: relations
            .into_iter()
            .map(|(oid, relation)| (oid, Arc::new(relation)))
            .collect(),
        types,
        sealed_type,
        foreign_keys: foreign_keys(tx).await?,
        serials: serials(tx).await?,
        user_functions: routines.into_iter().map(|source| source.name).collect(),
        homonyms: homonyms::read(tx).await?,
        routines: reached,
        carriers,
        casts,
        facade,
        case_indexes: case_indexes(tx).await?,
        signatures: signatures(tx).await?,
        ruled: ruled(tx).await?,
        triggered: triggered(tx).await?,
        judges: judges::read(tx).await?,
        checked_views: judges::checked_views(tx).await?,
    })
}

async fn relations(
    tx: &Transaction<'_>,
    views: &Definitions,
) -> Result<HashMap<u32, Relation>, Error> {
    let mut relations = HashMap::new();
    for row in tx.query(RELATIONS, &[]).await? {
        let kind: &str = row.try_get(3)?;
        let relation = Relation {
            oid: row.try_get(0)?,
            schema: row.try_get(1)?,
            name: row.try_get(2)?,
            kind: match kind {
                "r" => RelationKind::Table,
                "p" => RelationKind::PartitionedTable,
                "v" => RelationKind::View,
                "m" => RelationKind::MaterialisedView,
                "f" => RelationKind::ForeignTable,
                _ => RelationKind::Other,
            },
            columns: Vec::new(),
            definition: views.of(row.try_get(0)?),
            reads: Vec::new(),
            parents: Vec::new(),
            unique_keys: Vec::new(),
            case_constraints: Vec::new(),
            ordered: Vec::new(),
            keys: Vec::new(),
        };
        relations.insert(relation.oid, relation);
    }
    for row in tx.query(COLUMNS, &[]).await? {
        let table: u32 = row.try_get(0)?;
        if let Some(relation) = relations.get_mut(&table) {
            relation.columns.push(Column {
                attnum: row.try_get(1)?,
                name: row.try_get(2)?,
                type_oid: row.try_get(3)?,
                typmod: row.try_get(4)?,
                not_null: row.try_get(5)?,
                has_default: row.try_get(6)?,
                generated: row.try_get(7)?,
                made_of: Vec::new(),
            });
        }
    }
    for row in tx.query(MADE_OF, &[]).await? {
        let (table, attnum): (u32, i16) = (row.try_get(0)?, row.try_get(1)?);
        let columns = relations
            .get_mut(&table)
            .map(|own: &mut Relation| &mut own.columns);
        let own = columns.and_then(|all| all.iter_mut().find(|own| own.attnum == attnum));
        if let Some(own) = own {
            own.made_of.push(row.try_get(2)?);
        }
    }
    for row in tx.query(PARENTS, &[]).await? {
        let child: u32 = row.try_get(0)?;
        if let Some(relation) = relations.get_mut(&child) {
            relation.parents.push(row.try_get(1)?);
        }
    }
    for row in tx.query(UNIQUE_KEYS, &[]).await? {
        let table: u32 = row.try_get(0)?;
        let mut key: Vec<i16> = row.try_get(1)?;
        let count: i32 = row.try_get(2)?;
        key.truncate(usize::try_from(count).unwrap_or_default());
        if let Some(relation) = relations.get_mut(&table) {
            let not_null = |attnum: &i16| {
                let column = relation.columns.iter().find(|own| own.attnum == *attnum);
                column.is_some_and(|own| own.not_null)
            };
            if row.try_get(3)? && key.iter().all(not_null) {
                relation.keys.push(key.clone());
            }
            relation.unique_keys.push(key);
        }
    }
    for row in tx.query(ORDERED, &[]).await? {
        let table: u32 = row.try_get(0)?;
        if let Some(relation) = relations.get_mut(&table) {
            relation.ordered.push(Ordered {
                name: row.try_get(1)?,
                keys: row.try_get(2)?,
                unique: row.try_get(3)?,
                columns: row.try_get(4)?,
            });
        }
    }
    let mark = format!("{CASE_MARK}constraint");
    for row in tx.query(CASE_CONSTRAINTS, &[&mark]).await? {
        let table: u32 = row.try_get(0)?;
        if let Some(relation) = relations.get_mut(&table) {
            relation.case_constraints.push(row.try_get(1)?);
        }
    }
    Ok(relations)
}

async fn text_order(tx: &Transaction<'_>) -> Result<ByteOrder, Error> {
    let asked = |sql: &str| sql.replace("BYTES_ALIKE", BYTES_ALIKE);
    let default = tx.query_one(&asked(DEFAULT_ORDER), &[]).await?;
    let named = tx.query(&asked(NAMED_ORDERS), &[]).await?;
    Ok(ByteOrder {
        by_default: default.try_get(0)?,
        default_name: default.try_get(1)?,
        named: named
            .iter()
            .map(|row| row.try_get(0))
            .collect::<Result<_, Error>>()?,
    })
}

async fn serials(tx: &Transaction<'_>) -> Result<Vec<Serial>, Error> {
    let rows = tx.query(SERIALS, &[]).await?;
    rows.iter()
        .map(|row| {
            Ok(Serial {
                name: row.try_get(0)?,
                column: (row.try_get(1)?, row.try_get(2)?),
            })
        })
        .collect()
}

async fn collated(tx: &Transaction<'_>, query: &str) -> Result<HashMap<(u32, i16), bool>, Error> {
    let rows = tx.query(query, &[]).await?;
    rows.iter()
        .map(|row| Ok(((row.try_get(0)?, row.try_get(1)?), row.try_get(2)?)))
        .collect()
}

/// What views read, directly and through the routines in them. A routine that cannot be read stands
/// as oid 0.
async fn add_reads(
    tx: &Transaction<'_>,
    relations: &mut HashMap<u32, Relation>,
    reached: &[(String, Option<Vec<u32>>)],
) -> Result<(), Error> {
    let mut reads: HashMap<u32, std::collections::BTreeSet<u32>> = HashMap::new();
    for row in tx.query(READS, &[]).await? {
        let set = reads.entry(row.try_get(0)?).or_default();
        let routine: Option<&str> = row.try_get(2)?;
        match routine {
            None => {
                set.insert(row.try_get(1)?);
            }
            Some(name) => match reached.iter().find(|(known, _)| known == name) {
                Some((_, Some(oids))) => set.extend(oids),
                Some((_, None)) => {
                    set.insert(0);
                }
                None => {}
            },
        }
    }
    for (view, read) in reads {
        if let Some(relation) = relations.get_mut(&view) {
            relation.reads = read.into_iter().collect();
        }
    }
    Ok(())
}

async fn types(tx: &Transaction<'_>) -> Result<HashMap<u32, TypeInfo>, Error> {
    let mut types = HashMap::new();
    for row in tx.query(TYPES, &[]).await? {
        let typtype: &str = row.try_get(3)?;
        types.insert(
            row.try_get(0)?,
            TypeInfo {
                schema: row.try_get(1)?,
                name: row.try_get(2)?,
                typtype: typtype.chars().next().unwrap_or('?'),
                base: row.try_get(4)?,
                element: row.try_get(5)?,
                labels: None,
            },
        );
    }
    let mut enums: HashMap<u32, EnumLabels> = HashMap::new();
    for row in tx.query(LABELS, &[]).await? {
        let name: String = row.try_get(1)?;
        enums
            .entry(row.try_get(0)?)
            .or_insert_with(|| EnumLabels {
                name,
                labels: Vec::new(),
                array: 0,
            })
            .labels
            .push(row.try_get(2)?);
    }
    for (oid, info) in &types {
        if let Some(labels) = enums.get_mut(&info.element) {
            labels.array = *oid;
        }
    }
    for (oid, labels) in enums {
        if let Some(info) = types.get_mut(&oid) {
            info.labels = Some(Arc::new(labels));
        }
    }
    Ok(types)
}

async fn foreign_keys(tx: &Transaction<'_>) -> Result<Vec<ForeignKey>, Error> {
    tx.query(FOREIGN_KEYS, &[])
        .await?
        .iter()
        .map(|row| {
            Ok(ForeignKey {
                name: row.try_get(0)?,
                from: (row.try_get(1)?, row.try_get(2)?),
                to: (row.try_get(3)?, row.try_get(4)?),
                on_delete_acts: row.try_get(5)?,
                on_update_acts: row.try_get(6)?,
            })
        })
        .collect()
}

/// What `init` fitted to the numbers of this database.
async fn facade(tx: &Transaction<'_>) -> Result<Facade, Error> {
    let readable: bool = tx
        .query_one(
            "SELECT coalesce(has_table_privilege(to_regclass('sealwire.facade'), 'SELECT'), false)",
            &[],
        )
        .await?
        .try_get(0)?;
    let mut facade = Facade::default();
    if !readable {
        return Ok(facade);
    }
    for row in tx.query(SHAPES, &[]).await? {
        let place = (row.try_get(0)?, row.try_get(1)?);
        facade.shapes.insert(place, row.try_get(2)?);
    }
    for row in tx.query(VIEWS, &[]).await? {
        let (names, types): (Vec<String>, Vec<u32>) = (row.try_get(1)?, row.try_get(2)?);
        facade
            .views
            .insert(row.try_get(0)?, names.into_iter().zip(types).collect());
    }
    Ok(facade)
}

async fn case_indexes(tx: &Transaction<'_>) -> Result<HashMap<(String, String), String>, Error> {
    let rows = tx.query(CASE_INDEXES, &[&CASE_MARK]).await?;
    rows.iter()
        .map(|row| Ok(((row.try_get(0)?, row.try_get(1)?), row.try_get(2)?)))
        .collect()
}

async fn ruled(tx: &Transaction<'_>) -> Result<HashMap<u32, Vec<u32>>, Error> {
    let rows = tx.query(RULED, &[]).await?;
    rows.iter()
        .map(|row| Ok((row.try_get(0)?, row.try_get(1)?)))
        .collect()
}

async fn signatures(tx: &Transaction<'_>) -> Result<Vec<Signature>, Error> {
    tx.query(SIGNATURES, &[])
        .await?
        .iter()
        .map(|row| {
            let defaults: i32 = row.try_get(3)?;
            let names: Option<Vec<String>> = row.try_get(6)?;
            let modes: Vec<String> = row.try_get(7)?;
            let oids: Vec<u32> = row.try_get(8)?;
            let types: Vec<String> = row.try_get(9)?;
            let mut names = names.unwrap_or_default().into_iter();
            let arguments = modes.iter().zip(oids).zip(types);
            Ok(Signature {
                schema: row.try_get(0)?,
                name: row.try_get(1)?,
                procedure: row.try_get(2)?,
                defaults: usize::try_from(defaults).unwrap_or_default(),
                result: row.try_get(4)?,
                relation: row.try_get(5)?,
                arguments: arguments
                    .map(|((mode, type_oid), type_name)| Argument {
                        name: names.next().filter(|name| !name.is_empty()),
                        mode: match mode.as_str() {
                            "o" => Mode::Out,
                            "b" => Mode::InOut,
                            "v" => Mode::Variadic,
                            "t" => Mode::Table,
                            _ => Mode::In,
                        },
                        type_oid,
                        type_name,
                    })
                    .collect(),
            })
        })
        .collect()
}

async fn triggered(tx: &Transaction<'_>) -> Result<HashSet<u32>, Error> {
    tx.query(TRIGGERED, &[])
        .await?
        .iter()
        .map(|row| row.try_get(0))
        .collect()
}

async fn sources(tx: &Transaction<'_>, query: &str) -> Result<Vec<Source>, Error> {
    tx.query(query, &[])
        .await?
        .iter()
        .map(|row| {
            let text: Option<String> = row.try_get(4)?;
            Ok(Source {
                name: row.try_get(0)?,
                language: row.try_get(1)?,
                immutable: row.try_get(2)?,
                extension: row.try_get(3)?,
                text: text.unwrap_or_default(),
            })
        })
        .collect()
}
