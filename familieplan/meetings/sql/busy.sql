-- When somebody is busy, from the calendar they have given. Theirs alone; a job reads the calendar anew, and who finds a time for a
-- meeting they are called to learns two moments, never what they are for.

CREATE PROCEDURE meetings.is_ones_own(tbl regclass) LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', tbl);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', tbl);
    EXECUTE format('CREATE POLICY owns ON %s TO familieplan_owner USING (true) WITH CHECK (true)', tbl);
    EXECUTE format('CREATE POLICY derives ON %s TO familieplan_deriver USING (true) WITH CHECK (true)', tbl);
    EXECUTE format('CREATE POLICY own ON %s TO familieplan_app USING (holder = (SELECT access.actor()))'
                   ' WITH CHECK (holder = (SELECT access.actor()))', tbl);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO familieplan_app', tbl);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO familieplan_deriver', tbl);
END
$$;
CALL meetings.is_ones_own('meetings_owncalendar');
CALL meetings.is_ones_own('meetings_busy');
DROP PROCEDURE meetings.is_ones_own(regclass);
GRANT USAGE ON SEQUENCE meetings_busy_id_seq TO familieplan_app, familieplan_deriver;

-- The calendars to look into, or one of them: for the worker, who alone can also open the seal.
CREATE FUNCTION meetings.calendars() RETURNS TABLE (holder uuid) LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM post.must_be_a_job();
    RETURN QUERY SELECT c.holder FROM meetings_owncalendar c WHERE c.sealed IS NOT NULL;
END
$$;
CREATE FUNCTION meetings.calendar_of(whom uuid) RETURNS TABLE (sealed bytea) LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM post.must_be_a_job();
    RETURN QUERY SELECT c.sealed FROM meetings_owncalendar c WHERE c.holder = whom AND c.sealed IS NOT NULL;
END
$$;

-- What was found in it takes the place of what was known. Null: it could not be read, and what was known stays.
CREATE FUNCTION meetings.found_in_calendar(whom uuid, of_address bytea, begins timestamptz[], finishes timestamptz[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM post.must_be_a_job();
    UPDATE meetings_owncalendar c SET failed = begins IS NULL, read_at = CASE WHEN begins IS NULL THEN c.read_at ELSE access.clock() END
    WHERE c.holder = whom AND c.sealed = of_address;  -- taken back or changed meanwhile: nothing is kept
    IF FOUND AND begins IS NOT NULL THEN
        DELETE FROM meetings_busy b WHERE b.holder = whom;
        INSERT INTO meetings_busy (holder, starts, ends) SELECT whom, t.b, t.e FROM unnest(begins, finishes) AS t (b, e);
    END IF;
END
$$;

-- For finding a time: when those called to this table are busy by their own calendars. A row without times: known, and nothing in it.
CREATE FUNCTION meetings.busy_at_home(which uuid) RETURNS TABLE (holder uuid, starts timestamptz, ends timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT c.holder, b.starts, b.ends
    FROM meetings_meeting m JOIN meetings_participant p ON p.meeting_id = m.id AND p.removed_at IS NULL
    JOIN meetings_owncalendar c ON c.holder IN (p.person_id, p.staff_id) AND c.read_at IS NOT NULL
    LEFT JOIN meetings_busy b ON b.holder = c.holder AND b.ends > access.clock()
    WHERE m.id = which AND access.coordinates(m.family_id)
$$;

ALTER FUNCTION meetings.calendars() OWNER TO familieplan_deriver;
ALTER FUNCTION meetings.calendar_of(uuid) OWNER TO familieplan_deriver;
ALTER FUNCTION meetings.found_in_calendar(uuid, bytea, timestamptz[], timestamptz[]) OWNER TO familieplan_deriver;
ALTER FUNCTION meetings.busy_at_home(uuid) OWNER TO familieplan_deriver;
