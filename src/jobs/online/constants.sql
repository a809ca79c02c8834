WITH said (class, object, text) AS (
    SELECT 'pg_rewrite'::regclass, r.oid, pg_get_ruledef(r.oid) FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class
     WHERE c.relnamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
    UNION ALL SELECT 'pg_constraint'::regclass, k.oid, pg_get_constraintdef(k.oid) FROM pg_constraint k WHERE k.contype IN ('c', 'x')
    UNION ALL SELECT 'pg_class'::regclass, i.indexrelid, pg_get_indexdef(i.indexrelid) FROM pg_index i
     WHERE i.indexprs IS NOT NULL OR i.indpred IS NOT NULL
    UNION ALL SELECT 'pg_attrdef'::regclass, d.oid, pg_get_expr(d.adbin, d.adrelid) FROM pg_attrdef d
    UNION ALL SELECT 'pg_policy'::regclass, p.oid, concat(pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid))
      FROM pg_policy p
    UNION ALL SELECT 'pg_trigger'::regclass, t.oid, pg_get_triggerdef(t.oid) FROM pg_trigger t WHERE NOT t.tgisinternal
    UNION ALL SELECT 'pg_proc'::regclass, f.oid, concat(f.prosrc, pg_get_function_sqlbody(f.oid)) FROM pg_proc f
     WHERE f.pronamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace) AND f.prokind IN ('f', 'p')
    UNION ALL SELECT 'pg_publication_rel'::regclass, r.oid, published FROM pg_publication_rel r)
SELECT pg_describe_object(class, object, 0) FROM said WHERE text ~* $1 ORDER BY 1
