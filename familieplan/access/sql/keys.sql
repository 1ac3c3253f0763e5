-- The keys: which drawers the actor may read, add to and edit now; and the door through which drawers are opened.
-- Grants are derived (consent/sql/rules.sql); nothing here decides who gets one.

-- Which family is in focus: it only ever narrows what the grants give.
CREATE FUNCTION access.family_in_focus() RETURNS uuid LANGUAGE sql STABLE
RETURN nullif(current_setting('app.family', true), '')::uuid;

-- Law 3: a professional's read is answered only when its log row stands in this very transaction.
-- (audit/sql/log.sql replaces the body once the log exists.)
CREATE FUNCTION access.read_is_logged(reader uuid, family uuid) RETURNS boolean LANGUAGE sql STABLE
RETURN false;

CREATE FUNCTION access.keys(needed text) RETURNS int[] LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    who text[] := access.verified_actor();
    me uuid := nullif(who[2], '')::uuid;
    focus uuid := access.family_in_focus();
    now_ timestamptz := access.clock();
BEGIN
    IF me IS NULL OR (who[1] = 'staff' AND NOT access.read_is_logged(me, focus)) THEN
        RETURN '{}';
    END IF;
    -- Two branches, not "focus IS NULL OR …": the latter would defeat the index. A key twice opens no more than once.
    IF focus IS NULL THEN
        RETURN ARRAY(SELECT g.scope_id FROM public.access_grant g
            WHERE g.holder = me AND g.valid_from <= now_ AND g.valid_until > now_
              AND (needed = 'read' OR (needed = 'add' AND g.may_add) OR (needed = 'edit' AND g.may_edit)));
    END IF;
    RETURN ARRAY(SELECT g.scope_id FROM public.access_grant g
        WHERE g.holder = me AND g.family_id = focus AND g.valid_from <= now_ AND g.valid_until > now_
          AND (needed = 'read' OR (needed = 'add' AND g.may_add) OR (needed = 'edit' AND g.may_edit)));
END
$$;
ALTER FUNCTION access.keys(text) OWNER TO familieplan_deriver;

CREATE FUNCTION access.readable_scopes() RETURNS int[] LANGUAGE sql STABLE RETURN access.keys('read');
CREATE FUNCTION access.addable_scopes() RETURNS int[] LANGUAGE sql STABLE RETURN access.keys('add');
CREATE FUNCTION access.editable_scopes() RETURNS int[] LANGUAGE sql STABLE RETURN access.keys('edit');

-- Who wrote a row, and when, is not the writer's to say; and it stays in the drawer it was laid in. (The owner who loads a database
-- is nobody.)
CREATE FUNCTION access.sign_the_row() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    me uuid := access.actor();
BEGIN
    IF me IS NOT NULL AND TG_OP = 'UPDATE' THEN
        IF (NEW.id, NEW.family_id, NEW.scope_id) IS DISTINCT FROM (OLD.id, OLD.family_id, OLD.scope_id) THEN
            RAISE EXCEPTION 'a row stays in its drawer' USING ERRCODE = 'insufficient_privilege';
        END IF;
        NEW.created_by := OLD.created_by;
        NEW.created_at := OLD.created_at;
    ELSIF me IS NOT NULL THEN
        NEW.created_by := me;
        NEW.created_at := access.clock();
    END IF;
    RETURN NEW;
END
$$;

-- Said at the end of every rebuild of a family's grants. (live/sql/live.sql replaces the body: open pages are told.)
CREATE FUNCTION access.keys_changed(of_family uuid) RETURNS void LANGUAGE plpgsql AS $$ BEGIN END $$;

-- Put a personal table behind the keys: it has scope_id and family_id, and the pair must exist.
CREATE PROCEDURE access.protect(tbl regclass) LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', tbl);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', tbl);
    EXECUTE format('CREATE POLICY reads ON %s FOR SELECT TO familieplan_app
        USING (scope_id = ANY ((SELECT access.readable_scopes())::int[]))', tbl);
    EXECUTE format('CREATE POLICY adds ON %s FOR INSERT TO familieplan_app
        WITH CHECK (scope_id = ANY ((SELECT access.addable_scopes())::int[]))', tbl);
    EXECUTE format('CREATE POLICY edits ON %s FOR UPDATE TO familieplan_app
        USING (scope_id = ANY ((SELECT access.editable_scopes())::int[]))
        WITH CHECK (scope_id = ANY ((SELECT access.editable_scopes())::int[]))', tbl);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE ON %s TO familieplan_app', tbl);
    EXECUTE format('CREATE TRIGGER signed BEFORE INSERT OR UPDATE ON %s
        FOR EACH ROW EXECUTE FUNCTION access.sign_the_row()', tbl);
    EXECUTE format('ALTER TABLE %s ADD FOREIGN KEY (scope_id, family_id)
        REFERENCES public.access_scope (id, family_id)', tbl);
END
$$;

-- A row points only to rows of its own family: what hangs on a topic is of the family the topic is of.
CREATE PROCEDURE access.within_family(tbl regclass, col name, target regclass) LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE UNIQUE INDEX IF NOT EXISTS %I ON %s (id, family_id)', 'in_family_' || target::oid, target);
    EXECUTE format('ALTER TABLE %s ADD FOREIGN KEY (%I, family_id) REFERENCES %s (id, family_id)
        DEFERRABLE INITIALLY DEFERRED', tbl, col, target);
END
$$;

-- A fact lies in a drawer about the one it is about, and (unless it is a person's own word) only the coordinator writes
-- facts that grants come from: nobody gives themselves custody.
CREATE FUNCTION access.lies_with_its_subject() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM access_scope s WHERE s.id = NEW.scope_id
                   AND (to_jsonb(NEW) ->> TG_ARGV[0])::uuid = ANY (s.subjects)) THEN
        RAISE EXCEPTION 'lies with somebody else' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$;
ALTER FUNCTION access.lies_with_its_subject() OWNER TO familieplan_deriver;
CREATE PROCEDURE access.about(tbl regclass, col name) LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE TRIGGER lies_with_its_subject BEFORE INSERT OR UPDATE ON %s
        FOR EACH ROW EXECUTE FUNCTION access.lies_with_its_subject(%L)', tbl, col);
END
$$;
CREATE PROCEDURE access.coordinator_writes(tbl regclass) LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE POLICY coordinator_adds ON %s AS RESTRICTIVE FOR INSERT TO familieplan_app
        WITH CHECK (access.coordinates(family_id))', tbl);
    EXECUTE format('CREATE POLICY coordinator_edits ON %s AS RESTRICTIVE FOR UPDATE TO familieplan_app
        USING (access.coordinates(family_id))', tbl);
END
$$;

-- Tables about the municipality, not about families: anybody signed in reads them; who writes is the table's own policy.
CREATE PROCEDURE access.directory(tbl regclass) LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', tbl);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', tbl);
    EXECUTE format('CREATE POLICY reads ON %s FOR SELECT TO familieplan_app USING ((SELECT access.signed_in()))', tbl);
    EXECUTE format('CREATE POLICY derives ON %s FOR SELECT TO familieplan_deriver USING (true)', tbl);
    EXECUTE format('CREATE POLICY owns ON %s TO familieplan_owner USING (true) WITH CHECK (true)', tbl);
    EXECUTE format('GRANT SELECT ON %s TO familieplan_app, familieplan_deriver', tbl);
END
$$;

-- A fact that grants are derived from: the deriver reads it, and the trigger rebuilds in the same transaction.
CREATE PROCEDURE access.derives_from(tbl regclass) LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_policy WHERE polrelid = tbl AND polname = 'derives') THEN
        EXECUTE format('CREATE POLICY derives ON %s FOR SELECT TO familieplan_deriver USING (true)', tbl);
    END IF;
    EXECUTE format('GRANT SELECT ON %s TO familieplan_deriver', tbl);
    EXECUTE format('CREATE TRIGGER grants_follow AFTER INSERT OR UPDATE OR DELETE ON %s
        FOR EACH ROW EXECUTE FUNCTION access.facts_changed()', tbl);
END
$$;

-- A drawer's number is drawn by lot: numbers in a row would tell, by a gap, of a drawer one may not know of (law 2).
CREATE FUNCTION access.new_drawer_number() RETURNS int LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    number int;
BEGIN
    LOOP
        number := ('x' || left(replace(gen_random_uuid()::text, '-', ''), 8))::bit(32)::int & 2147483647;
        EXIT WHEN NOT EXISTS (SELECT FROM access_scope WHERE id = number);
    END LOOP;
    RETURN number;
END
$$;
ALTER FUNCTION access.new_drawer_number() OWNER TO familieplan_deriver;
ALTER TABLE access_scope ALTER COLUMN id DROP IDENTITY;
ALTER TABLE access_scope ALTER COLUMN id SET DEFAULT access.new_drawer_number();

ALTER TABLE access_scope ENABLE ROW LEVEL SECURITY;
ALTER TABLE access_scope FORCE ROW LEVEL SECURITY;
CREATE POLICY reads ON access_scope FOR SELECT TO familieplan_app
    USING (id = ANY ((SELECT access.readable_scopes())::int[]));
CREATE POLICY derives ON access_scope TO familieplan_deriver USING (true) WITH CHECK (true);
GRANT SELECT ON access_scope TO familieplan_app;
GRANT SELECT, INSERT ON access_scope TO familieplan_deriver;

ALTER TABLE access_grant ENABLE ROW LEVEL SECURITY;
ALTER TABLE access_grant FORCE ROW LEVEL SECURITY;
-- "Who can see this" is told to those it is about, to those with custody of them, and to whoever may write there. Others who
-- were let in are not told who else was: to the job centre, that the addiction centre knows his name would tell of treatment.
CREATE FUNCTION access.watched_scopes() RETURNS int[] LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT CASE access.actor_kind() WHEN 'staff' THEN access.addable_scopes() ELSE ARRAY(
        SELECT s.id FROM access_scope s WHERE s.id = ANY (access.readable_scopes()) AND (
            access.actor() = ANY (s.subjects) OR EXISTS (SELECT FROM access_grant g WHERE g.scope_id = s.id
                AND g.holder = access.actor() AND g.basis IN ('self', 'custody')
                AND g.valid_from <= access.clock() AND g.valid_until > access.clock()))) END
$$;
ALTER FUNCTION access.watched_scopes() OWNER TO familieplan_deriver;
CREATE POLICY reads ON access_grant FOR SELECT TO familieplan_app
    USING (scope_id = ANY ((SELECT access.watched_scopes())::int[])
           OR (holder = (SELECT access.actor()) AND scope_id = ANY ((SELECT access.readable_scopes())::int[])));
CREATE POLICY derives ON access_grant TO familieplan_deriver USING (true) WITH CHECK (true);
GRANT SELECT ON access_grant TO familieplan_app;
GRANT SELECT, INSERT, DELETE ON access_grant TO familieplan_deriver;

CALL access.directory('access_category');
CALL access.directory('access_threshold');
