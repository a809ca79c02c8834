WITH me AS (
    SELECT c.*, format('%I.%I', n.nspname, c.relname) AS place, c.relowner::regrole AS owner
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = $1),
own AS (SELECT a.* FROM pg_attribute a WHERE a.attrelid = $1 AND a.attnum > 0 AND NOT a.attisdropped),
links AS (
    SELECT k.* FROM pg_constraint k WHERE k.contype = 'f' AND (k.conrelid = $1 OR k.confrelid = $1) AND k.conparentid = 0),
counted AS (
    SELECT s.oid, s.relowner, s.relacl, d.deptype, a.attname, a.attidentity, q.*
      FROM pg_depend d JOIN pg_class s ON s.oid = d.objid AND s.relkind = 'S' JOIN pg_sequence q ON q.seqrelid = s.oid
      JOIN own a ON a.attnum = d.refobjsubid
     WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass AND d.refobjid = $1
       AND d.deptype IN ('a', 'i')),
-- What is granted on the table, its columns and its identity's sequences: (object, columns, grantor is the owner, …).
granted AS (
    SELECT 'TABLE ' || me.place AS object, '' AS columns, me.relowner, x.*
      FROM me, aclexplode(me.relacl) AS x
    UNION ALL
    SELECT 'TABLE ' || me.place, format(' (%I)', a.attname), me.relowner, x.*
      FROM me, own a, aclexplode(a.attacl) AS x
    UNION ALL
    SELECT 'SEQUENCE ' || s.oid::regclass, '', s.relowner, x.*
      FROM counted s, aclexplode(s.relacl) AS x WHERE s.deptype = 'i'),
grants AS (
    SELECT relowner, grantor, format('GRANT %s ON %s TO %s%s', string_agg(privilege_type || columns, ', ' ORDER BY privilege_type),
           object, CASE WHEN grantee = 0 THEN 'PUBLIC' ELSE grantee::regrole::text END,
           CASE WHEN is_grantable THEN ' WITH GRANT OPTION' ELSE '' END) AS statement
      FROM granted GROUP BY relowner, grantor, grantee, object, columns, is_grantable),
readers AS (
    SELECT DISTINCT r.ev_class FROM pg_depend d JOIN pg_rewrite r ON r.oid = d.objid
     WHERE d.classid = 'pg_rewrite'::regclass AND d.refclassid = 'pg_class'::regclass AND d.refobjid = $1 AND r.ev_class <> $1)
-- 1: before the old table leaves its place.
SELECT 1, 1, format('ALTER TABLE %s DROP CONSTRAINT %I', k.conrelid::regclass, k.conname) FROM links k
UNION ALL
SELECT 1, 2, format('ALTER PUBLICATION %I DROP TABLE %s', p.pubname, me.place)
  FROM me, pg_publication_rel r JOIN pg_publication p ON p.oid = r.prpubid WHERE r.prrelid = $1
UNION ALL
SELECT 1, 3, format('ALTER SEQUENCE %s OWNED BY NONE', s.oid::regclass) FROM counted s WHERE s.deptype = 'a'
UNION ALL
-- Whoever takes a number waits for the end of this.
SELECT 1, 3, format('ALTER SEQUENCE %s INCREMENT BY %s', s.oid::regclass, s.seqincrement) FROM counted s WHERE s.deptype = 'i'
UNION ALL
-- 2: the new table stands in its place; whatever looked at the old one looks at it.
SELECT 2, 1, format('ALTER TABLE %s ALTER COLUMN %I ADD GENERATED %s AS IDENTITY (SEQUENCE NAME %s START WITH %s INCREMENT BY %s MINVALUE %s MAXVALUE %s CACHE %s %s CYCLE)',
       me.place, s.attname, CASE s.attidentity WHEN 'a' THEN 'ALWAYS' ELSE 'BY DEFAULT' END, s.oid::regclass,
       s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache, CASE WHEN s.seqcycle THEN '' ELSE 'NO' END)
  FROM me, counted s WHERE s.deptype = 'i'
UNION ALL
SELECT 2, 2, format('ALTER TABLE %s OWNER TO %s', me.place, me.owner) FROM me
UNION ALL
SELECT 2, 3, format('ALTER SEQUENCE %s OWNED BY %s.%I', s.oid::regclass, me.place, s.attname)
  FROM me, counted s WHERE s.deptype = 'a'
UNION ALL
SELECT 2, 4, format('ALTER TABLE %s ALTER COLUMN %I SET STATISTICS %s', me.place, a.attname, a.attstattarget)
  FROM me, own a WHERE coalesce(a.attstattarget::int4, -1) <> -1
UNION ALL
SELECT 2, 4, format('ALTER TABLE %s ALTER COLUMN %I SET (%s)', me.place, a.attname, array_to_string(a.attoptions, ', '))
  FROM me, own a WHERE a.attoptions IS NOT NULL
UNION ALL
SELECT 2, 5, format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', me.place) FROM me WHERE me.relrowsecurity
UNION ALL
SELECT 2, 5, format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', me.place) FROM me WHERE me.relforcerowsecurity
UNION ALL
SELECT 2, 6, format('CREATE POLICY %I ON %s AS %s FOR %s TO %s%s%s', p.polname, me.place,
       CASE WHEN p.polpermissive THEN 'PERMISSIVE' ELSE 'RESTRICTIVE' END,
       CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE' ELSE 'ALL' END,
       (SELECT string_agg(CASE WHEN r = 0 THEN 'PUBLIC' ELSE r::regrole::text END, ', ') FROM unnest(p.polroles) AS r),
       ' USING (' || pg_get_expr(p.polqual, p.polrelid) || ')', ' WITH CHECK (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')')
  FROM me, pg_policy p WHERE p.polrelid = $1
UNION ALL
SELECT 2, 7, pg_get_triggerdef(t.oid) FROM pg_trigger t
 WHERE t.tgrelid = $1 AND NOT t.tgisinternal AND NOT starts_with(t.tgname::text, 'sealwire online ')
UNION ALL
SELECT 2, 8, format('ALTER TABLE %s %s TRIGGER %I', me.place,
       CASE t.tgenabled WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA' ELSE 'ENABLE ALWAYS' END, t.tgname)
  FROM me, pg_trigger t
 WHERE t.tgrelid = $1 AND NOT t.tgisinternal AND t.tgenabled <> 'O' AND NOT starts_with(t.tgname::text, 'sealwire online ')
UNION ALL
SELECT 2, 9, format('REVOKE ALL ON TABLE %s FROM %s', me.place, me.owner) FROM me WHERE me.relacl IS NOT NULL
UNION ALL
SELECT 2, 9, format('REVOKE ALL ON SEQUENCE %s FROM %s', s.oid::regclass, s.relowner::regrole)
  FROM counted s WHERE s.deptype = 'i' AND s.relacl IS NOT NULL
UNION ALL
SELECT 2, 10, g.statement FROM grants g WHERE g.grantor = g.relowner
UNION ALL
SELECT 2, 11, format('SET LOCAL ROLE %s; %s; RESET ROLE', g.grantor::regrole, g.statement) FROM grants g WHERE g.grantor <> g.relowner
UNION ALL
SELECT 2, 12, format('CREATE OR REPLACE VIEW %s%s AS %s', c.oid::regclass,
       ' WITH (' || array_to_string(c.reloptions, ', ') || ')', pg_get_viewdef(c.oid))
  FROM readers r JOIN pg_class c ON c.oid = r.ev_class
UNION ALL
SELECT 2, 12, pg_get_functiondef(f.objid) FROM (
    SELECT DISTINCT d.objid FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass
       AND d.refclassid = 'pg_class'::regclass AND d.refobjid = $1) AS f
UNION ALL
SELECT 2, 12, format('ALTER POLICY %I ON %s%s%s', p.polname, p.polrelid::regclass,
       ' USING (' || pg_get_expr(p.polqual, p.polrelid) || ')', ' WITH CHECK (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')')
  FROM pg_policy p WHERE p.polrelid <> $1 AND p.oid IN (
    SELECT d.objid FROM pg_depend d WHERE d.classid = 'pg_policy'::regclass
       AND d.refclassid = 'pg_class'::regclass AND d.refobjid = $1)
UNION ALL
SELECT 2, 13, format('ALTER TABLE %s ADD CONSTRAINT %I %s', me.place, k.conname, pg_get_constraintdef(k.oid))
  FROM me, pg_constraint k WHERE k.conrelid = $1 AND k.contype = 'c' AND NOT k.convalidated
UNION ALL
SELECT 2, 14, format('ALTER TABLE %s ADD CONSTRAINT %I %s%s', k.conrelid::regclass, k.conname, pg_get_constraintdef(k.oid),
       CASE WHEN k.convalidated THEN ' NOT VALID' ELSE '' END)
  FROM links k
UNION ALL
SELECT 2, 15, format('COMMENT ON CONSTRAINT %I ON %s IS %L', k.conname, k.conrelid::regclass, obj_description(k.oid, 'pg_constraint'))
  FROM pg_constraint k WHERE (k.oid IN (SELECT l.oid FROM links l) OR k.conrelid = $1 AND k.contype = 'c')
   AND obj_description(k.oid, 'pg_constraint') IS NOT NULL
UNION ALL
SELECT 2, 15, format('COMMENT ON TABLE %s IS %L', me.place, obj_description($1, 'pg_class')) FROM me
 WHERE obj_description($1, 'pg_class') IS NOT NULL
UNION ALL
SELECT 2, 15, format('COMMENT ON COLUMN %s.%I IS %L', me.place, a.attname, col_description($1, a.attnum)) FROM me, own a
 WHERE col_description($1, a.attnum) IS NOT NULL
UNION ALL
SELECT 2, 15, format('COMMENT ON TRIGGER %I ON %s IS %L', t.tgname, me.place, obj_description(t.oid, 'pg_trigger'))
  FROM me, pg_trigger t WHERE t.tgrelid = $1 AND NOT t.tgisinternal AND obj_description(t.oid, 'pg_trigger') IS NOT NULL
UNION ALL
SELECT 2, 15, format('COMMENT ON POLICY %I ON %s IS %L', p.polname, me.place, obj_description(p.oid, 'pg_policy'))
  FROM me, pg_policy p WHERE p.polrelid = $1 AND obj_description(p.oid, 'pg_policy') IS NOT NULL
UNION ALL
SELECT 2, 15, format('COMMENT ON SEQUENCE %s IS %L', s.oid::regclass, obj_description(s.oid, 'pg_class'))
  FROM counted s WHERE s.deptype = 'i' AND obj_description(s.oid, 'pg_class') IS NOT NULL
UNION ALL
SELECT 2, 16, format('ALTER TABLE %s REPLICA IDENTITY %s', me.place, CASE me.relreplident WHEN 'f' THEN 'FULL' ELSE 'NOTHING' END)
  FROM me WHERE me.relreplident IN ('f', 'n')
UNION ALL
SELECT 2, 17, format('ALTER PUBLICATION %I ADD TABLE %s', p.pubname, me.place) || published
  FROM me, pg_publication_rel r JOIN pg_publication p ON p.oid = r.prpubid WHERE r.prrelid = $1
UNION ALL
-- 3: the old table is gone.
SELECT 3, 1, pg_get_statisticsobjdef(s.oid) FROM pg_statistic_ext s WHERE s.stxrelid = $1
UNION ALL
SELECT 3, 2, format('ALTER STATISTICS %I.%I SET STATISTICS %s', n.nspname, s.stxname, s.stxstattarget)
  FROM pg_statistic_ext s JOIN pg_namespace n ON n.oid = s.stxnamespace
 WHERE s.stxrelid = $1 AND coalesce(s.stxstattarget::int4, -1) <> -1
UNION ALL
SELECT 3, 3, format('COMMENT ON STATISTICS %I.%I IS %L', n.nspname, s.stxname, obj_description(s.oid, 'pg_statistic_ext'))
  FROM pg_statistic_ext s JOIN pg_namespace n ON n.oid = s.stxnamespace
 WHERE s.stxrelid = $1 AND obj_description(s.oid, 'pg_statistic_ext') IS NOT NULL
UNION ALL
SELECT 3, 4, format('ALTER STATISTICS %I.%I OWNER TO %s', n.nspname, s.stxname, s.stxowner::regrole)
  FROM pg_statistic_ext s JOIN pg_namespace n ON n.oid = s.stxnamespace
 WHERE s.stxrelid = $1 AND s.stxowner::regrole::text <> quote_ident(current_user)
ORDER BY 1, 2, 3
