WITH own AS (
    SELECT a.*, row_number() OVER (ORDER BY a.attnum) AS place FROM pg_attribute a
     WHERE a.attrelid = $1 AND a.attnum > 0 AND NOT a.attisdropped),
tags AS (
    SELECT o.classid, o.objid, o.kind, o.name FROM (
        SELECT 'pg_class'::regclass::oid, $1::oid, 'table', ''
        UNION ALL SELECT 'pg_constraint'::regclass, k.oid, 'constraint', k.conname FROM pg_constraint k WHERE k.conrelid = $1
        UNION ALL SELECT 'pg_class'::regclass, c.oid, 'index', c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
                   WHERE i.indrelid = $1
        UNION ALL SELECT 'pg_trigger'::regclass, t.oid, 'trigger', t.tgname FROM pg_trigger t WHERE t.tgrelid = $1
        UNION ALL SELECT 'pg_policy'::regclass, p.oid, 'policy', p.polname FROM pg_policy p WHERE p.polrelid = $1
        UNION ALL SELECT 'pg_statistic_ext'::regclass, s.oid, 'statistics', s.stxname FROM pg_statistic_ext s
                   WHERE s.stxrelid = $1) AS o (classid, objid, kind, name))
SELECT 'form', a.attname::text, concat_ws(' | ', a.place, format_type(a.atttypid, a.atttypmod), a.attcollation::regcollation,
       a.attnotnull, a.attgenerated, a.attstorage, a.attcompression, a.attndims,
       (SELECT pg_get_expr(d.adbin, d.adrelid) FROM pg_attrdef d WHERE d.adrelid = a.attrelid AND d.adnum = a.attnum))
  FROM own a
UNION ALL
SELECT 'column', a.attname::text, concat_ws(' | ', a.attidentity, nullif(coalesce(a.attstattarget::int4, -1), -1),
       (SELECT string_agg(o, ', ' ORDER BY o) FROM unnest(a.attoptions) AS o),
       (SELECT string_agg(g::text, ', ' ORDER BY g::text) FROM unnest(a.attacl) AS g))
  FROM own a
UNION ALL
SELECT 'table', '', concat_ws(' | ', c.relpersistence, m.amname, c.reltablespace, c.relrowsecurity, c.relforcerowsecurity,
       c.relreplident, c.relowner::regrole, c.reloptions::text, b.reloptions::text,
       (SELECT string_agg(g::text, ', ' ORDER BY g::text) FROM unnest(coalesce(c.relacl, acldefault('r', c.relowner))) AS g))
  FROM pg_class c JOIN pg_am m ON m.oid = c.relam LEFT JOIN pg_class b ON b.oid = c.reltoastrelid WHERE c.oid = $1
UNION ALL
SELECT CASE WHEN k.contype IN ('u', 'p', 'x') THEN 'key' ELSE 'constraint' END, k.conname::text,
       regexp_replace(pg_get_constraintdef(k.oid), CASE k.contype WHEN 'f' THEN ' NOT VALID$' ELSE '^$' END, '')
  FROM pg_constraint k WHERE k.conrelid = $1 AND k.contype NOT IN ('t', 'n')
UNION ALL
SELECT 'referring', concat(k.conrelid::regclass, ' ', k.conname), regexp_replace(pg_get_constraintdef(k.oid), ' NOT VALID$', '')
  FROM pg_constraint k WHERE k.confrelid = $1 AND k.conrelid <> $1
UNION ALL
SELECT 'index', c.relname::text, concat_ws(' | ', substr(pg_get_indexdef(c.oid), strpos(pg_get_indexdef(c.oid), ' USING ')),
       i.indisunique, i.indisvalid, i.indisclustered, i.indisreplident, c.reltablespace,
       (SELECT string_agg(concat(a.attnum, ' ', a.attstattarget), ', ') FROM pg_attribute a
         WHERE a.attrelid = c.oid AND coalesce(a.attstattarget::int4, -1) <> -1))
  FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE i.indrelid = $1
UNION ALL
SELECT 'trigger', t.tgname::text, concat(t.tgenabled, ' ', pg_get_triggerdef(t.oid))
  FROM pg_trigger t WHERE t.tgrelid = $1 AND NOT t.tgisinternal AND NOT starts_with(t.tgname::text, 'sealwire online ')
UNION ALL
SELECT 'policy', p.polname::text, concat_ws(' | ', p.polcmd, p.polpermissive,
       (SELECT string_agg(r::regrole::text, ', ' ORDER BY r::regrole::text) FROM unnest(p.polroles) AS r),
       pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid))
  FROM pg_policy p WHERE p.polrelid = $1
UNION ALL
SELECT 'comment', concat_ws(' ', t.kind, t.name, a.attname), d.description
  FROM tags t JOIN pg_description d ON d.classoid = t.classid AND d.objoid = t.objid
  LEFT JOIN own a ON t.kind = 'table' AND a.attnum = d.objsubid
UNION ALL
SELECT 'statistics', s.stxname::text, concat_ws(' | ', pg_get_statisticsobjdef(s.oid), nullif(coalesce(s.stxstattarget::int4, -1), -1),
       s.stxowner::regrole)
  FROM pg_statistic_ext s WHERE s.stxrelid = $1
UNION ALL
SELECT 'publication', p.pubname::text, concat_ws(' | ', published)
  FROM pg_publication_rel r JOIN pg_publication p ON p.oid = r.prpubid WHERE r.prrelid = $1
UNION ALL
SELECT 'sequence', a.attname::text, concat_ws(' | ', d.deptype, s.oid::regclass, s.relowner::regrole,
       (SELECT string_agg(g::text, ', ' ORDER BY g::text) FROM unnest(coalesce(s.relacl, acldefault('S', s.relowner))) AS g),
       q.seqtypid::regtype, q.seqstart, q.seqincrement, q.seqmax, q.seqmin, q.seqcache, q.seqcycle, obj_description(s.oid, 'pg_class'))
  FROM pg_depend d JOIN pg_class s ON s.oid = d.objid AND s.relkind = 'S' JOIN pg_sequence q ON q.seqrelid = s.oid
  JOIN own a ON a.attnum = d.refobjsubid
 WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass AND d.refobjid = $1 AND d.deptype IN ('a', 'i')
UNION ALL
SELECT 'dependant', pg_describe_object(d.classid, d.objid, 0), string_agg(DISTINCT coalesce(a.attname::text, '*'), ', ')
  FROM pg_depend d LEFT JOIN own a ON a.attnum = d.refobjsubid
 WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid = $1
   AND d.classid IN ('pg_rewrite'::regclass, 'pg_proc'::regclass)
 GROUP BY d.classid, d.objid
