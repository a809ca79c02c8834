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
