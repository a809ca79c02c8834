WITH me AS (SELECT c.* FROM pg_class c WHERE c.oid = $1),
types AS (
    SELECT t.oid FROM pg_type t, me WHERE t.oid = me.reltype OR t.typelem = me.reltype AND t.typlen = -1)
SELECT pg_describe_object(d.classid, d.objid, d.objsubid) || ' uses it in a way that cannot be turned to another table'
  FROM pg_depend d
  LEFT JOIN pg_class c ON d.classid = 'pg_class'::regclass AND c.oid = d.objid
  LEFT JOIN pg_rewrite r ON d.classid = 'pg_rewrite'::regclass AND r.oid = d.objid
  LEFT JOIN pg_class v ON v.oid = r.ev_class
 WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid = $1 AND NOT coalesce(CASE d.classid
    WHEN 'pg_class'::regclass THEN c.relkind IN ('i', 't') OR c.relkind = 'S' AND d.deptype IN ('a', 'i') OR c.oid = $1
    WHEN 'pg_rewrite'::regclass THEN v.relkind = 'v' AND r.rulename = '_RETURN'
    WHEN 'pg_attrdef'::regclass THEN EXISTS (SELECT FROM pg_attrdef f WHERE f.oid = d.objid AND f.adrelid = $1)
    WHEN 'pg_trigger'::regclass THEN EXISTS (SELECT FROM pg_trigger t WHERE t.oid = d.objid AND t.tgrelid = $1)
    WHEN 'pg_type'::regclass THEN d.objid IN (SELECT oid FROM types)
    WHEN 'pg_constraint'::regclass THEN true
    WHEN 'pg_proc'::regclass THEN true
    WHEN 'pg_policy'::regclass THEN true
    WHEN 'pg_publication_rel'::regclass THEN true
    WHEN 'pg_statistic_ext'::regclass THEN true
    ELSE false END, false)
UNION ALL
SELECT pg_describe_object(d.classid, d.objid, d.objsubid) || ' uses its row type'
  FROM pg_depend d JOIN types t ON d.refclassid = 'pg_type'::regclass AND d.refobjid = t.oid
 WHERE NOT (d.classid = 'pg_type'::regclass AND d.objid IN (SELECT oid FROM types))
UNION ALL
SELECT 'it belongs to an extension' FROM pg_depend d
 WHERE d.classid = 'pg_class'::regclass AND d.objid = $1 AND d.deptype IN ('e', 'x')
UNION ALL
SELECT pg_describe_object(d.classid, d.objid, d.objsubid) || ' takes numbers from its identity column'
  FROM pg_depend o JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = o.objid
 WHERE o.classid = 'pg_class'::regclass AND o.refclassid = 'pg_class'::regclass AND o.refobjid = $1 AND o.deptype = 'i'
   AND o.refobjsubid > 0
UNION ALL
SELECT format('foreign key %I of %s has to do with a partitioned table', k.conname, k.conrelid::regclass)
  FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_class t ON t.oid = k.confrelid
 WHERE k.contype = 'f' AND (k.conrelid = $1 OR k.confrelid = $1) AND (k.conparentid <> 0 OR c.relkind = 'p' OR t.relkind = 'p')
UNION ALL
SELECT format('index %s is not valid', i.indexrelid::regclass) FROM pg_index i WHERE i.indrelid = $1 AND NOT i.indisvalid
UNION ALL
SELECT format('key %I is not of the usual kind', k.conname)
  FROM pg_constraint k JOIN pg_class x ON x.oid = k.conindid JOIN pg_am m ON m.oid = x.relam
 WHERE k.conrelid = $1 AND k.contype IN ('p', 'u') AND m.amname <> 'btree'
UNION ALL
SELECT 'it has a security label' FROM pg_seclabel s WHERE s.classoid = 'pg_class'::regclass AND s.objoid = $1
UNION ALL
SELECT format('publication %I is FOR ALL TABLES: it would send the copy to subscribers that do not know it', p.pubname)
  FROM pg_publication p WHERE p.puballtables
UNION ALL
SELECT 'a subscription writes to it' FROM pg_subscription_rel s WHERE s.srrelid = $1
