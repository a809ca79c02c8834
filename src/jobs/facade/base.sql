-- What the catalog facade reads: the declared shape of every sealed column, fitted to this database's numbers.
-- Nothing here is secret: names and types of columns, and defaults, which the catalogs showed before.
CREATE TABLE IF NOT EXISTS sealwire.facade (
    id bigint PRIMARY KEY,
    attrelid oid NOT NULL, attnum int2 NOT NULL,
    atttypid oid NOT NULL, atttypmod int4 NOT NULL, attcollation oid NOT NULL,
    attlen int2 NOT NULL, attndims int4 NOT NULL, attbyval bool NOT NULL,
    attalign "char" NOT NULL, attstorage "char" NOT NULL,
    shown_default oid,
    UNIQUE (attrelid, attnum));
COMMENT ON TABLE sealwire.facade IS 'Declared types of sealed columns, for the views of the catalog facade';
REVOKE ALL ON sealwire.facade FROM PUBLIC;
GRANT SELECT ON sealwire.facade TO PUBLIC;

-- Fits one row of the registry: by oid and attnum in the database that it was written in, else by names. A default
-- becomes the default of a domain of its own, so that the server's own pg_get_expr can print it.
CREATE OR REPLACE FUNCTION sealwire.facade_fit(entry sealwire.columns) RETURNS void
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on AS $body$
DECLARE
    relid oid; num int2; typid oid; element oid; modifier int4 := -1; parts text[]; home oid; name text; source text;
    -- Casts to types of the server's own.
    casts constant text := '(::(character varying|character|text|bpchar|smallint|integer|bigint|numeric|real'
        '|double precision|boolean|date|uuid|bytea|inet|jsonb?|timestamp with(out)? time zone|time without time zone)'
        '(\([0-9, ]+\))?(\[\])?)*';
BEGIN
    IF entry.scheme IS NULL THEN RETURN; END IF;
    SELECT a.attrelid, a.attnum INTO relid, num FROM pg_attribute a
     WHERE a.attrelid = entry.table_oid AND a.attnum = entry.attnum AND NOT a.attisdropped
       AND entry.database_oid = (SELECT oid FROM pg_database WHERE datname = current_database());
    IF relid IS NULL THEN
        SELECT a.attrelid, a.attnum INTO relid, num
          FROM pg_namespace n JOIN pg_class c ON c.relnamespace = n.oid JOIN pg_attribute a ON a.attrelid = c.oid
         WHERE n.nspname = entry.schema_name AND c.relname = entry.table_name
           AND a.attname = entry.column_name AND a.attnum > 0 AND NOT a.attisdropped;
    END IF;
    typid := to_regtype(entry.declared);
    IF relid IS NULL OR typid IS NULL THEN RETURN; END IF;
    SELECT CASE WHEN t.typcategory = 'A' AND t.typelem <> 0 THEN t.typelem ELSE t.oid END INTO element
      FROM pg_type t WHERE t.oid = typid;
    parts := regexp_match(entry.declared, '\((-?[0-9]+)(?:,(-?[0-9]+))?\)');
    IF parts IS NOT NULL THEN
        modifier := CASE
            WHEN element IN ('varchar'::regtype, 'bpchar'::regtype) THEN parts[1]::int4 + 4
            WHEN element = 'numeric'::regtype
                THEN ((parts[1]::int4 << 16) | (coalesce(parts[2], '0')::int4 & 2047)) + 4
            WHEN element IN ('bit'::regtype, 'varbit'::regtype, 'time'::regtype, 'timetz'::regtype,
                             'timestamp'::regtype, 'timestamptz'::regtype) THEN parts[1]::int4
            ELSE -1 END;
    END IF;
    -- Only where reading the literal runs no code but the server's own and that of extensions: the check of a domain,
    -- inside an array or a row, would be its owner's, and run by the owner of this schema.
    IF entry.default_sql IS NOT NULL
       AND (SELECT t.typtype IN ('b', 'e') FROM pg_type t WHERE t.oid = element) THEN
        name := 'default_' || entry.id;
        source := CASE WHEN entry.default_sql ~
            ('^\(?(''([^'']|'''')*''|-?[0-9.]+|true|false|NULL)' || casts || '\)?' || casts || '$')
            THEN entry.default_sql ELSE coalesce(quote_literal(entry.default_text), 'NULL') END;
        EXECUTE format('CREATE DOMAIN sealwire.%I AS %s DEFAULT %s', name, format_type(typid, modifier), source);
        SELECT t.oid INTO home FROM pg_type t
         WHERE t.typnamespace = 'sealwire'::regnamespace AND t.typname = name AND t.typdefaultbin IS NOT NULL;
    END IF;
    INSERT INTO sealwire.facade
    SELECT entry.id, relid, num, typid, modifier,
           coalesce(to_regcollation(entry.collation_name)::oid, t.typcollation),
           t.typlen, CASE WHEN element <> typid THEN 1 ELSE 0 END, t.typbyval, t.typalign, t.typstorage, home
      FROM pg_type t WHERE t.oid = typid
    ON CONFLICT DO NOTHING;
END $body$;

CREATE OR REPLACE FUNCTION sealwire.facade_forget(entry bigint) RETURNS void
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $body$
BEGIN
    DELETE FROM sealwire.facade WHERE id = entry;
    IF EXISTS (SELECT FROM pg_type t
                WHERE t.typnamespace = 'sealwire'::regnamespace AND t.typname = 'default_' || entry) THEN
        EXECUTE format('DROP DOMAIN sealwire.%I', 'default_' || entry);
    END IF;
END $body$;

CREATE OR REPLACE FUNCTION sealwire.facade_follow() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $body$
BEGIN
    IF TG_OP <> 'INSERT' THEN PERFORM sealwire.facade_forget(OLD.id); END IF;
    IF TG_OP <> 'DELETE' THEN PERFORM sealwire.facade_fit(NEW); END IF;
    RETURN NULL;
END $body$;
REVOKE ALL ON FUNCTION sealwire.facade_fit(sealwire.columns), sealwire.facade_forget(bigint),
    sealwire.facade_follow() FROM PUBLIC;

DROP TRIGGER IF EXISTS facade ON sealwire.columns;
CREATE TRIGGER facade AFTER INSERT OR UPDATE OR DELETE ON sealwire.columns
    FOR EACH ROW EXECUTE FUNCTION sealwire.facade_follow();

-- Everything anew: the numbers may be those of another database, which this one was copied or restored from.
SELECT sealwire.facade_forget(id) FROM sealwire.facade;
SELECT sealwire.facade_forget(substr(t.typname, 9)::bigint) FROM pg_catalog.pg_type t
 WHERE t.typnamespace = 'sealwire'::regnamespace AND t.typname ~ '^default_-?[0-9]+$' AND t.typtype = 'd';
SELECT sealwire.facade_fit(c) FROM sealwire.columns c ORDER BY c.id;

-- What a sealed attribute is shown as: a table's column; an index's, by the column that it indexes; a view's, by
-- the column of its name that the view reads, where all of that name are of one type. A call for each sealed
-- attribute alone is cheaper than what the planner would think of a join or a subquery for each attribute.
CREATE OR REPLACE FUNCTION sealwire.facade_of(relation oid, number int2) RETURNS sealwire.facade
    LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1 AS $body$
DECLARE
    shape sealwire.facade;
BEGIN
    SELECT f.* INTO shape FROM sealwire.facade f
     WHERE f.attrelid OPERATOR(pg_catalog.=) relation AND f.attnum OPERATOR(pg_catalog.=) number;
    IF FOUND THEN RETURN shape; END IF;
    SELECT f.* INTO shape FROM pg_catalog.pg_index i
      JOIN sealwire.facade f ON f.attrelid OPERATOR(pg_catalog.=) i.indrelid
       AND f.attnum OPERATOR(pg_catalog.=) i.indkey[number OPERATOR(pg_catalog.-) 1]
     WHERE i.indexrelid OPERATOR(pg_catalog.=) relation;
    IF NOT FOUND THEN
        SELECT f.* INTO shape
          FROM pg_catalog.pg_rewrite r
          JOIN pg_catalog.pg_depend d ON d.classid OPERATOR(pg_catalog.=) 'pg_catalog.pg_rewrite'::pg_catalog.regclass
           AND d.objid OPERATOR(pg_catalog.=) r.oid
           AND d.refclassid OPERATOR(pg_catalog.=) 'pg_catalog.pg_class'::pg_catalog.regclass
          JOIN sealwire.facade f ON f.attrelid OPERATOR(pg_catalog.=) d.refobjid
           AND f.attnum OPERATOR(pg_catalog.=) d.refobjsubid
          JOIN pg_catalog.pg_attribute s ON s.attrelid OPERATOR(pg_catalog.=) f.attrelid
           AND s.attnum OPERATOR(pg_catalog.=) f.attnum
          JOIN pg_catalog.pg_attribute v ON v.attrelid OPERATOR(pg_catalog.=) r.ev_class
           AND v.attname OPERATOR(pg_catalog.=) s.attname
         WHERE r.ev_class OPERATOR(pg_catalog.=) relation AND v.attnum OPERATOR(pg_catalog.=) number
           AND r.rulename OPERATOR(pg_catalog.=) '_RETURN'::pg_catalog.name
           AND NOT EXISTS (
               SELECT FROM pg_catalog.pg_depend e
                 JOIN sealwire.facade g ON g.attrelid OPERATOR(pg_catalog.=) e.refobjid
                  AND g.attnum OPERATOR(pg_catalog.=) e.refobjsubid
                 JOIN pg_catalog.pg_attribute o ON o.attrelid OPERATOR(pg_catalog.=) g.attrelid
                  AND o.attnum OPERATOR(pg_catalog.=) g.attnum
                WHERE e.classid OPERATOR(pg_catalog.=) d.classid AND e.objid OPERATOR(pg_catalog.=) d.objid
                  AND e.refclassid OPERATOR(pg_catalog.=) d.refclassid
                  AND o.attname OPERATOR(pg_catalog.=) s.attname
                  AND (g.atttypid OPERATOR(pg_catalog.<>) f.atttypid
                       OR g.atttypmod OPERATOR(pg_catalog.<>) f.atttypmod
                       OR g.attcollation OPERATOR(pg_catalog.<>) f.attcollation))
         LIMIT 1;
    END IF;
    shape.shown_default := NULL;
    RETURN shape;
END $body$;

-- The index of case-insensitive equality as it was declared: `protect` says in its comment what it was.
CREATE OR REPLACE FUNCTION sealwire.facade_index(definition text, index oid, pretty boolean) RETURNS text
    LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $body$
DECLARE
    own record;
    was text;
    cast_to text;
BEGIN
    IF strpos(definition, 'sealwire.ci(') = 0 THEN RETURN definition; END IF;
    was := coalesce(substr(pg_catalog.obj_description(index, 'pg_class'), 14), 'lower');
    FOR own IN
        SELECT quote_ident(a.attname) AS name, f.atttypid
          FROM pg_index i JOIN sealwire.facade f ON f.attrelid = i.indrelid
          JOIN pg_attribute a ON a.attrelid = f.attrelid AND a.attnum = f.attnum
         WHERE i.indexrelid = index
    LOOP
        cast_to := CASE WHEN own.atttypid = 'text'::regtype THEN own.name
                        WHEN pretty THEN own.name || '::text' ELSE '(' || own.name || ')::text' END;
        definition := replace(definition, 'sealwire.ci(' || own.name || ')', CASE was
            WHEN 'column' THEN own.name WHEN 'constraint' THEN own.name
            WHEN 'upper' THEN 'upper(' || cast_to || ')' ELSE 'lower(' || cast_to || ')' END);
    END LOOP;
    RETURN definition;
END $body$;
CREATE OR REPLACE FUNCTION sealwire.pg_get_indexdef(oid) RETURNS text LANGUAGE sql STABLE STRICT PARALLEL SAFE
    AS 'SELECT sealwire.facade_index(pg_catalog.pg_get_indexdef($1), $1, false)';
CREATE OR REPLACE FUNCTION sealwire.pg_get_indexdef(oid, integer, boolean) RETURNS text
    LANGUAGE sql STABLE STRICT PARALLEL SAFE
    AS 'SELECT sealwire.facade_index(pg_catalog.pg_get_indexdef($1, $2, $3), $1, $3)';

-- Comments of our own are not the application's.
CREATE OR REPLACE FUNCTION sealwire.obj_description(oid, name) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
    AS $body$SELECT d FROM pg_catalog.obj_description($1, $2) AS c(d) WHERE d NOT LIKE 'sealwire ci: %'$body$;
CREATE OR REPLACE FUNCTION sealwire.obj_description(oid) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
    AS $body$SELECT d FROM pg_catalog.obj_description($1) AS c(d) WHERE d NOT LIKE 'sealwire ci: %'$body$;
