-- The case-insensitive tag of an envelope: 16 bytes behind the header of 10, where flag 2 is set. Flag 1: in front of it are
-- the order bytes of a text, nine for each of its bytes and one, and behind it 16 bytes and the text once more. What has none
-- is an error, never NULL: a unique index on it would let duplicates in.
CREATE OR REPLACE FUNCTION sealwire.ci(sealwire.sealed) RETURNS pg_catalog.bytea
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    AS $body$
BEGIN
    CASE pg_catalog.get_byte($1, 2) OPERATOR(pg_catalog.&) 3
    WHEN 2 THEN
        RETURN pg_catalog.substr($1, 11, 16);
    WHEN 3 THEN
        RETURN pg_catalog.substr($1, 12 OPERATOR(pg_catalog.+) (9 OPERATOR(pg_catalog.*)
            ((pg_catalog.length($1) OPERATOR(pg_catalog.-) 43) OPERATOR(pg_catalog./) 10)), 16);
    ELSE
        RAISE EXCEPTION 'the sealed value has no case-insensitive tag' USING ERRCODE = '55000';
    END CASE;
END
$body$;
COMMENT ON FUNCTION sealwire.ci(sealwire.sealed) IS 'Sealwire: case-insensitive tag of a sealed value';
