-- The log. Rows are written by these functions only; the app's role can neither read, change nor remove them.

CREATE SCHEMA audit;
GRANT USAGE ON SCHEMA audit TO familieplan_app;
GRANT USAGE, CREATE ON SCHEMA audit TO familieplan_deriver;

ALTER TABLE audit_entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_entry FORCE ROW LEVEL SECURITY;
CREATE POLICY writes ON audit_entry TO familieplan_deriver USING (true) WITH CHECK (true);
CREATE POLICY verifies ON audit_entry FOR SELECT TO familieplan_owner USING (true);
GRANT SELECT, INSERT, UPDATE (seq, previous, hash) ON audit_entry TO familieplan_deriver;
ALTER TABLE audit_head ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_head FORCE ROW LEVEL SECURITY;
CREATE POLICY writes ON audit_head TO familieplan_deriver USING (true) WITH CHECK (true);
CREATE POLICY verifies ON audit_head FOR SELECT TO familieplan_owner USING (true);
GRANT SELECT, INSERT, UPDATE ON audit_head TO familieplan_deriver;

-- What the chain covers: every column a reader of the log relies on. As JSON, so that no text can pass for two columns.
CREATE FUNCTION audit.digest(e audit_entry, seq bigint, previous bytea) RETURNS bytea LANGUAGE sql STABLE
RETURN sha256(previous || convert_to(jsonb_build_array(e.id, e.chain, seq, e.family_id, extract(epoch FROM e.at), e.holder,
    e.kind, e.unit_id, e.action, e.why, e.about, e.scopes, e.bases, e.opens)::text, 'UTF8'));

-- Rows are linked at commit, so that readers of one family wait for each other only while the link is made.
CREATE FUNCTION audit.link() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    head audit_head;
    link bytea;
BEGIN
    INSERT INTO audit_head (chain, seq, hash) VALUES (NEW.chain, 0, '') ON CONFLICT DO NOTHING;
    SELECT * INTO head FROM audit_head WHERE chain = NEW.chain FOR UPDATE;
    link := audit.digest(NEW, head.seq + 1, head.hash);
    UPDATE audit_entry SET seq = head.seq + 1, previous = head.hash, hash = link WHERE id = NEW.id;
    UPDATE audit_head SET seq = head.seq + 1, hash = link WHERE chain = NEW.chain;
    RETURN NULL;
END
$$;
ALTER FUNCTION audit.link() OWNER TO familieplan_deriver;
CREATE CONSTRAINT TRIGGER linked AFTER INSERT ON audit_entry DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION audit.link();

-- Every break of every chain: a row changed, removed, put in between, or a tail cut off.
CREATE FUNCTION audit.verify() RETURNS TABLE (chain uuid, seq bigint, fault text) LANGUAGE sql STABLE AS $$
    WITH link AS (
        SELECT e.chain, e.seq, e.hash, e.previous, audit.digest(e, e.seq, e.previous) AS right_hash,
               lag(e.hash, 1, ''::bytea) OVER w AS before, lag(e.seq, 1, 0::bigint) OVER w AS seq_before,
               lead(e.seq) OVER w IS NULL AS last
        FROM audit_entry e WINDOW w AS (PARTITION BY e.chain ORDER BY e.seq)
    )
    SELECT l.chain, l.seq, CASE WHEN l.seq IS NULL THEN 'not linked'
                                WHEN l.hash IS DISTINCT FROM l.right_hash THEN 'row changed'
                                WHEN l.seq <> l.seq_before + 1 THEN 'row missing before this'
                                ELSE 'chain broken before this' END
    FROM link l
    WHERE l.seq IS NULL OR l.hash IS DISTINCT FROM l.right_hash OR l.previous IS DISTINCT FROM l.before
       OR l.seq <> l.seq_before + 1
    UNION ALL
    SELECT h.chain, h.seq, 'end of the chain is missing'
    FROM audit_head h
    WHERE h.seq > 0 AND NOT EXISTS (SELECT FROM audit_entry e WHERE e.chain = h.chain AND e.seq = h.seq AND e.hash = h.hash)
$$;
REVOKE EXECUTE ON FUNCTION audit.verify() FROM PUBLIC;

CREATE FUNCTION audit.write(of_family uuid, what text, reason text, row_id uuid, drawers int[], grounds text[],
                            opening boolean, for_unit uuid DEFAULT NULL)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    who text[] := access.verified_actor();
    me uuid := nullif(who[2], '')::uuid;
BEGIN
    INSERT INTO audit_entry (chain, family_id, at, xact, holder, kind, unit_id, action, why, about, scopes, bases, opens)
    VALUES (coalesce(of_family, me), of_family, access.clock(), pg_current_xact_id()::text::bigint, me, who[1],
            CASE WHEN of_family IS NULL THEN NULL ELSE coalesce(for_unit,
                (SELECT t.unit_id FROM people_teammember t
                 WHERE t.family_id = of_family AND t.staff_id = me ORDER BY t.starts DESC LIMIT 1)) END,
            what, reason, row_id, drawers, grounds, opening);
END
$$;
REVOKE EXECUTE ON FUNCTION audit.write(uuid, text, text, uuid, int[], text[], boolean, uuid) FROM PUBLIC;
ALTER FUNCTION audit.write(uuid, text, text, uuid, int[], text[], boolean, uuid) OWNER TO familieplan_deriver;

-- Open a family: put it in focus, log it, and say what is there for the reader:
-- 'full' (drawers to read), 'card' (on the team, no drawer yet), NULL (it does not exist for them; nothing is logged).
-- A page that is not the card's does not exist for those who only get the card: what was not shown is not logged.
CREATE FUNCTION audit.open_family(of_family uuid, page text, reason text DEFAULT '', card_will_do boolean DEFAULT true)
RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    me uuid := access.actor();
    drawers int[];
    grounds text[];
BEGIN
    SELECT array_agg(g.scope_id), array_agg(g.basis) INTO drawers, grounds FROM (
        SELECT DISTINCT ON (scope_id) scope_id, basis FROM access_grant
        WHERE holder = me AND family_id = of_family
          AND valid_from <= access.clock() AND valid_until > access.clock() ORDER BY scope_id, id) g;
    IF drawers IS NULL AND NOT (card_will_do AND EXISTS (
            SELECT FROM people_teammember t WHERE t.family_id = of_family AND t.staff_id = me
            AND t.starts <= access.today() AND coalesce(t.ends, 'infinity') >= access.today()
            AND access.works_in(t.unit_id, of_family))) THEN
        RETURN NULL;
    END IF;
    PERFORM set_config('app.family', of_family::text, true);
    PERFORM audit.write(of_family, page, reason, NULL, coalesce(drawers, '{}'), coalesce(grounds, '{}'), true);
    RETURN CASE WHEN drawers IS NULL THEN 'card' ELSE 'full' END;
END
$$;
ALTER FUNCTION audit.open_family(uuid, text, text, boolean) OWNER TO familieplan_deriver;

-- Open a list over all one's families. Each family's log gets one line a day for it, with every drawer the list may show
-- something from (the next agreement, the last words' day); another when a drawer has been opened to the reader since.
-- A family of which there is only the card stands in the list too, by its coordinator: a line without drawers.
CREATE FUNCTION audit.open_list(page text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    me uuid := access.actor();
    midnight timestamptz := access.today()::timestamp AT TIME ZONE 'Europe/Copenhagen';
BEGIN
    IF me IS NULL THEN
        RETURN;
    END IF;
    PERFORM set_config('app.family', '', true);
    PERFORM audit.write(NULL, page, '', NULL, '{}', '{}', true);
    PERFORM audit.write(listed.family_id, 'list', '', NULL, listed.drawers, listed.grounds, false) FROM (
        SELECT k.family_id, array_agg(k.scope_id)::int[] AS drawers, array_agg(k.basis)::text[] AS grounds FROM (
            SELECT g.family_id, g.scope_id, min(g.basis) AS basis FROM access_grant g
            WHERE g.holder = me AND g.valid_from <= access.clock() AND g.valid_until > access.clock()
            GROUP BY g.family_id, g.scope_id) k
        GROUP BY k.family_id
        UNION ALL
        SELECT DISTINCT t.family_id, '{}'::int[], '{}'::text[] FROM people_teammember t
        WHERE t.staff_id = me AND t.starts <= access.today() AND coalesce(t.ends, 'infinity') >= access.today()
          AND access.works_in(t.unit_id, t.family_id) AND NOT EXISTS (SELECT FROM access_grant g WHERE g.holder = me
              AND g.family_id = t.family_id AND g.valid_from <= access.clock() AND g.valid_until > access.clock())) listed
    WHERE NOT EXISTS (SELECT FROM audit_entry e WHERE e.holder = me AND e.family_id = listed.family_id
                      AND e.action = 'list' AND e.at >= midnight AND e.scopes @> listed.drawers);
END
$$;
ALTER FUNCTION audit.open_list(text) OWNER TO familieplan_deriver;

-- One write, or one thing found by a search: which row, in which drawer the actor may read.
CREATE FUNCTION audit.record(of_family uuid, what text, row_id uuid, drawer int) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    ground text := (SELECT min(g.basis) FROM access_grant g WHERE g.scope_id = drawer AND g.holder = access.actor()
                    AND g.valid_from <= access.clock() AND g.valid_until > access.clock());
BEGIN
    IF access.actor() IS NULL THEN
        RAISE EXCEPTION 'nobody is signed in' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM audit.write(of_family, what, '', row_id, CASE WHEN drawer IS NULL THEN '{}' ELSE ARRAY[drawer] END,
                        CASE WHEN drawer IS NULL THEN '{}' ELSE ARRAY[coalesce(ground, 'own')] END, false);
END
$$;
ALTER FUNCTION audit.record(uuid, text, uuid, int) OWNER TO familieplan_deriver;

-- The permit that access.keys() asks for: this transaction has logged that this reader opened this family (or a list).
CREATE OR REPLACE FUNCTION access.read_is_logged(reader uuid, family uuid) RETURNS boolean LANGUAGE sql STABLE
RETURN EXISTS (SELECT FROM public.audit_entry e
    WHERE e.xact = pg_current_xact_id_if_assigned()::text::bigint AND e.holder = reader AND e.opens
      AND (e.family_id = family OR (family IS NULL AND e.family_id IS NULL)));

-- The family's view: each line with only those drawers that the one who asks may be told the readers of (watched_scopes).
-- Professionals, and oneself: when another of the family opens the plan, or writes in it in private, is theirs alone.
-- A line without drawers is what a professional did before anybody had said yes. Seen by whoever may know that they are on the
-- team (their line on it lies in a drawer too); a question and its answer by those who hear of what is done about all whom it is about.
CREATE FUNCTION audit.seen_by_me(of_family uuid, at_most int DEFAULT 200, before timestamptz DEFAULT 'infinity')
RETURNS TABLE (at timestamptz, holder uuid, kind text, unit_id uuid, action text, why text, about uuid,
               scopes int[], bases text[])
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE
    me uuid := access.actor();
    keys int[] := access.watched_scopes();
    coordinates boolean := access.coordinates(of_family);
    knows_of_meetings boolean := coordinates OR meetings.known_to_me() <> '{}';  -- else a meeting opened is the plan opened
BEGIN
    -- With ties: who reads on from the last instant of a page misses no line of that instant.
    RETURN QUERY SELECT l.at, l.holder, l.kind, l.unit_id,
        CASE WHEN l.action IN ('meeting', 'board', 'minutes') AND NOT knows_of_meetings THEN 'family' ELSE l.action END, l.why, l.about, l.scopes, l.bases FROM (
    SELECT e.id, e.at, e.holder, e.kind::text, e.unit_id, e.action::text, e.why, e.about, seen.scopes, seen.bases
    FROM audit_entry e CROSS JOIN LATERAL (
        SELECT coalesce(array_agg(s.scope), '{}') AS scopes, coalesce(array_agg(s.basis::text), '{}') AS bases
        FROM unnest(e.scopes, e.bases) AS s (scope, basis) WHERE s.scope = ANY (keys)) seen
    WHERE e.family_id = of_family AND e.at < before AND (e.kind = 'staff' OR e.holder = me) AND (e.scopes && keys OR e.scopes = '{}' AND (
        (e.action = ANY (ARRAY['card', 'list', 'form to ask', 'form for emergency']
            || CASE WHEN knows_of_meetings THEN ARRAY['meeting', 'board', 'minutes'] ELSE '{}' END) AND EXISTS (
            SELECT FROM people_teammember t WHERE t.family_id = of_family AND t.staff_id = e.holder AND t.scope_id = ANY (keys)))
        OR (e.action IN ('asked for access', 'answered request') AND (coordinates OR EXISTS (
            SELECT FROM consent_accessrequest r WHERE r.id = e.about AND consent.hears_of(r.about))))))
    ORDER BY e.at DESC FETCH FIRST (at_most) ROWS WITH TIES) l
    ORDER BY l.at DESC, l.id DESC;
END
$$;
ALTER FUNCTION audit.seen_by_me(uuid, int, timestamptz) OWNER TO familieplan_deriver;
