-- Where proxies register, and where a change of places is announced to them.
CREATE TABLE IF NOT EXISTS sealwire.proxies (
    id text PRIMARY KEY, pid int4 NOT NULL, beats bigint NOT NULL, holds bigint,
    seen_at timestamptz NOT NULL DEFAULT pg_catalog.now());
CREATE TABLE IF NOT EXISTS sealwire.swaps (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, pid int4 NOT NULL);
REVOKE ALL ON sealwire.proxies, sealwire.swaps FROM PUBLIC;
REVOKE ALL ON SEQUENCE sealwire.swaps_id_seq FROM PUBLIC;

-- A heartbeat. Registers first and looks then: a job that announces locks the table, so that whoever registers after
-- that sees what it has announced. An announcement ends with the connection of the job that made it.
CREATE OR REPLACE FUNCTION sealwire.beat(INOUT own text, holding bigint, OUT announced bigint)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $beat$
BEGIN
    own := coalesce(own, gen_random_uuid()::text);
    INSERT INTO sealwire.proxies AS p (id, pid, beats, holds) VALUES (own, pg_backend_pid(), 1, holding)
        ON CONFLICT (id) DO UPDATE SET pid = excluded.pid, beats = p.beats + 1, holds = excluded.holds, seen_at = now();
    SELECT max(s.id) INTO announced FROM sealwire.swaps s;
    IF announced IS NOT NULL AND NOT EXISTS (
        SELECT FROM sealwire.swaps s JOIN pg_locks l ON l.locktype = 'advisory' AND l.granted AND l.pid = s.pid
         WHERE s.id = announced) THEN
        announced := NULL;
    END IF;
END $beat$;
CREATE OR REPLACE FUNCTION sealwire.leave(own text) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS $leave$ DELETE FROM sealwire.proxies WHERE id = own $leave$;
REVOKE ALL ON FUNCTION sealwire.beat(text, bigint), sealwire.leave(text) FROM PUBLIC;
