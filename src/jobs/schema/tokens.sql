-- The search tokens of an envelope (flag 4): behind the header of 10 and the case-insensitive tag of 16 (flag 2) a count of
-- two bytes, then eight bytes for each. What has none is an error, never NULL: it would be left out of answers.
-- Order bytes (flag 1) stand before them and do not say where they end.
CREATE OR REPLACE FUNCTION sealwire.tokens(sealwire.sealed) RETURNS pg_catalog.int8[]
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    AS $body$
DECLARE
    flags CONSTANT pg_catalog.int4 := pg_catalog.get_byte($1, 2);
    base CONSTANT pg_catalog.int4 := CASE WHEN flags OPERATOR(pg_catalog.&) 2 OPERATOR(pg_catalog.=) 0 THEN 10 ELSE 26 END;
    count pg_catalog.int4;
BEGIN
    IF flags OPERATOR(pg_catalog.&) 5 OPERATOR(pg_catalog.<>) 4 THEN
        RAISE EXCEPTION 'the sealed value has no search tokens' USING ERRCODE = '55000';
    END IF;
    count := pg_catalog.get_byte($1, base) OPERATOR(pg_catalog.*) 256
        OPERATOR(pg_catalog.+) pg_catalog.get_byte($1, base OPERATOR(pg_catalog.+) 1);
    RETURN ARRAY(
        SELECT ('x' OPERATOR(pg_catalog.||) pg_catalog.encode(
                pg_catalog.substr($1, each.at, 8), 'hex'))::pg_catalog.bit(64)::pg_catalog.int8
        FROM pg_catalog.generate_series(base OPERATOR(pg_catalog.+) 3,
                base OPERATOR(pg_catalog.+) 2 OPERATOR(pg_catalog.+) (count OPERATOR(pg_catalog.*) 8), 8) AS each (at));
END
$body$;
COMMENT ON FUNCTION sealwire.tokens(sealwire.sealed) IS 'Sealwire: search tokens of a sealed value';
