-- The case-insensitive tag of an envelope: 16 bytes behind the header of 10, where flag 2 (and not flag 1, order bytes)
-- is set. What has none is an error, never NULL: a unique index on it would let duplicates in.
CREATE OR REPLACE FUNCTION sealwire.ci(sealwire.sealed) RETURNS pg_catalog.bytea
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    AS $body$
BEGIN
    IF pg_catalog.get_byte($1, 2) OPERATOR(pg_catalog.&) 3 OPERATOR(pg_catalog.<>) 2 THEN
        RAISE EXCEPTION 'the sealed value has no case-insensitive tag' USING ERRCODE = '55000';
    END IF;
    RETURN pg_catalog.substr($1, 11, 16);
END
$body$;
COMMENT ON FUNCTION sealwire.ci(sealwire.sealed) IS 'Sealwire: case-insensitive tag of a sealed value';

-- Default collations under which lower() and upper() were compared with what Sealwire knows, and found alike.
CREATE TABLE IF NOT EXISTS sealwire.folding (default_collation text PRIMARY KEY);
REVOKE ALL ON sealwire.folding FROM PUBLIC;
GRANT SELECT ON sealwire.folding TO PUBLIC;

-- An index on the tag of a column that a definition through the proxy has made, where none begins with it. As whoever
-- owns the table; a definition that did nothing (IF NOT EXISTS) leaves nothing to do.
CREATE OR REPLACE PROCEDURE sealwire.index_tag(in_schema text, in_table text, in_column text)
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $body$
DECLARE
    key text := 'sealwire.ci(' || quote_ident(in_column) || ')';
    relation oid;
BEGIN
    SELECT a.attrelid INTO relation
      FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = in_schema AND c.relname = in_table AND a.attname = in_column AND NOT a.attisdropped
       AND a.attnum > 0 AND a.atttypid = 'sealwire.sealed'::regtype AND c.relkind IN ('r', 'p')
       AND pg_has_role(c.relowner, 'USAGE');
    IF NOT FOUND OR EXISTS (SELECT FROM pg_index i WHERE i.indrelid = relation AND i.indexprs IS NOT NULL
                               AND pg_get_indexdef(i.indexrelid, 1, false) = key) THEN
        RETURN;
    END IF;
    EXECUTE format('CREATE INDEX ON %I.%I (%s)', in_schema, in_table, key);
END $body$;

-- Notes what an index on a tag was written as.
CREATE OR REPLACE PROCEDURE sealwire.note_index(in_schema text, in_index text, written text)
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $body$
DECLARE
    index oid := to_regclass(quote_ident(in_schema) || '.' || quote_ident(in_index));
BEGIN
    IF index IS NULL OR strpos(pg_get_indexdef(index), 'sealwire.ci(') = 0
       OR obj_description(index, 'pg_class') IS NOT NULL OR written NOT IN ('lower', 'upper') THEN
        RETURN;
    END IF;
    EXECUTE format('COMMENT ON INDEX %I.%I IS %L', in_schema, in_index, 'sealwire ci: ' || written);
END $body$;
