-- Who is told, at commit, that something has changed: the stream process hears '<family>:<drawer>' on the channel "board" and asks
-- here which of those who are connected hold a key to that drawer now. '<family>:' – the keys themselves changed, all re-read.

CREATE SCHEMA live;
GRANT USAGE ON SCHEMA live TO familieplan_app;
GRANT USAGE, CREATE ON SCHEMA live TO familieplan_deriver;

-- The families somebody is looking at now. NOTIFY takes a lock of the whole database at commit: writes that nobody watches do
-- without. Unlogged: after a crash every stream registers anew and everybody re-reads.
CREATE UNLOGGED TABLE live.board (family_id uuid PRIMARY KEY, until timestamptz NOT NULL);
ALTER TABLE live.board ENABLE ROW LEVEL SECURITY;
ALTER TABLE live.board FORCE ROW LEVEL SECURITY;
CREATE POLICY derives ON live.board TO familieplan_deriver USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON live.board TO familieplan_deriver;

-- Asked by the stream process only, which signs itself as a job: no page learns here who is looking, or who holds which key.
CREATE FUNCTION live.must_be_the_process() RETURNS void LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF access.actor_kind() IS DISTINCT FROM 'job' THEN
        RAISE EXCEPTION 'not for pages' USING ERRCODE = 'insufficient_privilege';
    END IF;
END
$$;

-- These families are looked at for another minute.
CREATE FUNCTION live.watch(families uuid[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM live.must_be_the_process();
    DELETE FROM live.board b WHERE b.until < clock_timestamp();
    INSERT INTO live.board (family_id, until)
        SELECT DISTINCT f, clock_timestamp() + interval '1 minute' FROM unnest(families) f ORDER BY f
        ON CONFLICT (family_id) DO UPDATE SET until = excluded.until;
END
$$;
ALTER FUNCTION live.watch(uuid[]) OWNER TO familieplan_deriver;

-- Who of these holds a key to which of these drawers now.
CREATE FUNCTION live.may_know(drawers int[], holders uuid[]) RETURNS TABLE (drawer int, holder uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM live.must_be_the_process();
    RETURN QUERY SELECT DISTINCT g.scope_id::int, g.holder FROM public.access_grant g
        WHERE g.scope_id = ANY (drawers) AND g.holder = ANY (holders)
          AND g.valid_from <= access.clock() AND g.valid_until > access.clock();
END
$$;
ALTER FUNCTION live.may_know(int[], uuid[]) OWNER TO familieplan_deriver;

-- May the actor be told that something changes in this family? Whoever audit.open_family() would open it for. A professional's
-- answer does not ask for the log row: nothing is read, and what a page reads because of it is logged by that page.
CREATE FUNCTION live.may_follow(of_family uuid) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    me uuid := access.actor();
BEGIN
    RETURN EXISTS (SELECT FROM access_grant g WHERE g.holder = me AND g.family_id = of_family
            AND g.valid_from <= access.clock() AND g.valid_until > access.clock())
        OR EXISTS (SELECT FROM people_teammember t WHERE t.staff_id = me AND t.family_id = of_family
            AND t.starts <= access.today() AND coalesce(t.ends, 'infinity') >= access.today()
            AND access.works_in(t.unit_id));
END
$$;
ALTER FUNCTION live.may_follow(uuid) OWNER TO familieplan_deriver;

-- At commit, and once for each drawer and transaction: PostgreSQL folds equal notifications.
CREATE FUNCTION live.tell() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM live.board b WHERE b.family_id = NEW.family_id AND b.until > clock_timestamp()) THEN
        PERFORM pg_notify('board', format('%s:%s', NEW.family_id,
            CASE TG_ARGV[0] WHEN 'drawer' THEN to_jsonb(NEW) ->> 'scope_id' ELSE '' END));
    END IF;
    RETURN NULL;
END
$$;
ALTER FUNCTION live.tell() OWNER TO familieplan_deriver;

-- CALL live.tells('app_table'): its rows tell the readers of their drawer. With 'family': everybody who may follow the family
-- re-reads – only for what all of them may know of, since the moment itself tells something.
CREATE PROCEDURE live.tells(tbl regclass, whom text DEFAULT 'drawer') LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE TRIGGER tells AFTER INSERT OR UPDATE ON %s FOR EACH ROW EXECUTE FUNCTION live.tell(%L)', tbl, whom);
END
$$;
CALL live.tells('plan_topic');
CALL live.tells('plan_statement');
CALL live.tells('plan_goal');
CALL live.tells('plan_agreement');

-- The end of access.rebuild(): somebody may have lost or got a key, and every page of the family is read anew. It runs as the
-- deriver; nobody else gets as far as the table.
CREATE OR REPLACE FUNCTION access.keys_changed(of_family uuid) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('board', of_family || ':') FROM live.board b
        WHERE b.family_id = of_family AND b.until > clock_timestamp();
END
$$;

REVOKE CREATE ON SCHEMA live FROM familieplan_deriver;
