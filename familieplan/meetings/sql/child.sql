-- A child's part in a meeting: ten minutes of it, a talk elsewhere before it, or a message. What the child says is a statement of the plan in
-- the child's own drawer – private, if the child wants it so; that a message is brought to a meeting lies there too.

CALL access.protect('meetings_childpart');
CALL access.protect('meetings_brought');
CALL access.about('meetings_childpart', 'child_id');
CALL access.within_family('meetings_childpart', 'meeting_id', 'meetings_meeting');
CALL access.within_family('meetings_childpart', 'child_id', 'people_person');
CALL access.within_family('meetings_brought', 'meeting_id', 'meetings_meeting');
CREATE UNIQUE INDEX statement_in_drawer ON plan_statement (id, scope_id);
ALTER TABLE meetings_brought ADD FOREIGN KEY (statement_id, scope_id) REFERENCES plan_statement (id, scope_id);
CREATE POLICY derives ON meetings_childpart FOR SELECT TO familieplan_deriver USING (true);
GRANT SELECT (meeting_id, scope_id, created_by) ON meetings_childpart TO familieplan_deriver;
CREATE POLICY derives ON meetings_brought FOR SELECT TO familieplan_deriver USING (true);
GRANT SELECT (meeting_id, statement_id) ON meetings_brought TO familieplan_deriver;
REVOKE UPDATE ON meetings_childpart, meetings_brought FROM familieplan_app;  -- what was chosen, what was said

CREATE POLICY with_the_meeting ON meetings_childpart AS RESTRICTIVE FOR SELECT TO familieplan_app
    USING (meeting_id = ANY ((SELECT meetings.known_to_me())::uuid[]) OR access.coordinates(family_id));
CREATE POLICY with_the_meeting ON meetings_brought AS RESTRICTIVE FOR SELECT TO familieplan_app
    USING (meeting_id = ANY ((SELECT meetings.known_to_me())::uuid[]) OR access.coordinates(family_id));
CREATE POLICY chosen_with_the_child ON meetings_childpart AS RESTRICTIVE FOR INSERT TO familieplan_app
    WITH CHECK (child_id = (SELECT access.actor()) OR access.coordinates(family_id));

-- Of a child, and in a meeting that is ahead or going on.
CREATE FUNCTION meetings.child_takes_part() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM meetings_meeting m JOIN people_person c ON c.id = NEW.child_id AND c.family_id = m.family_id
                   WHERE m.id = NEW.meeting_id AND m.stage IN ('preparing', 'called', 'running')
                     AND c.birth_date + interval '18 years' > access.today()) THEN
        RAISE EXCEPTION 'not a child, or too late' USING ERRCODE = 'check_violation', CONSTRAINT = 'child_of_a_meeting_ahead';
    ELSIF NEW.way = 'not_asked' AND NEW.child_id = access.actor() THEN
        RAISE EXCEPTION 'it has been asked' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$;
ALTER FUNCTION meetings.child_takes_part() OWNER TO familieplan_deriver;
CREATE TRIGGER child_takes_part BEFORE INSERT ON meetings_childpart FOR EACH ROW EXECUTE FUNCTION meetings.child_takes_part();

-- How a child takes part is told to those who decide for it, and to itself from the age of being invited in: to each who may read it and
-- knows of the meeting, by a seat or by what is on its agenda.
CREATE FUNCTION meetings.tell_of_child() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM consent.tell(NEW.family_id, ARRAY(SELECT told FROM meetings.concerned(NEW.scope_id) AS told
        WHERE EXISTS (SELECT FROM meetings_participant p WHERE p.meeting_id = NEW.meeting_id AND p.person_id = told AND p.removed_at IS NULL)
           OR EXISTS (SELECT FROM meetings_agendaitem i WHERE i.meeting_id = NEW.meeting_id AND i.status = 'chosen'
                      AND told IN (SELECT meetings.concerned(i.scope_id)))), 'child part', NEW.meeting_id);
    RETURN NULL;
END
$$;
ALTER FUNCTION meetings.tell_of_child() OWNER TO familieplan_deriver;
CREATE TRIGGER family_is_told AFTER INSERT ON meetings_childpart FOR EACH ROW EXECUTE FUNCTION meetings.tell_of_child();

-- And to who sits down later, of what was chosen before.
CREATE FUNCTION meetings.tell_who_sits_down() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM meetings_childpart c WHERE c.meeting_id = NEW.meeting_id AND c.created_by <> NEW.person_id
               AND NEW.person_id IN (SELECT meetings.concerned(c.scope_id))) THEN
        PERFORM consent.tell(NEW.family_id, ARRAY[NEW.person_id], 'child part', NEW.meeting_id);
    END IF;
    RETURN NULL;
END
$$;
ALTER FUNCTION meetings.tell_who_sits_down() OWNER TO familieplan_deriver;
CREATE TRIGGER told_of_children AFTER INSERT ON meetings_participant FOR EACH ROW WHEN (NEW.person_id IS NOT NULL)
    EXECUTE FUNCTION meetings.tell_who_sits_down();

-- Whether the one who leads may read what a child chooses by itself: it lies with the child, and takes a yes. To those who may write there.
CREATE FUNCTION meetings.leader_reads(child uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM people_person p
        CROSS JOIN LATERAL access.readers_of(p.family_id, ARRAY[p.id], 'plan', NULL, NULL, false) r
        JOIN people_teammember t ON t.family_id = p.family_id AND t.staff_id = r.holder AND t.role IN ('coordinator', 'contact')
            AND t.starts <= access.today() AND coalesce(t.ends, 'infinity') >= access.today()
        WHERE p.id = child)
$$;
ALTER FUNCTION meetings.leader_reads(uuid) OWNER TO familieplan_deriver;

-- Words are brought by whoever said or wrote them down for this, and while there is a meeting to hear them: nobody takes to it what somebody
-- has said elsewhere.
CREATE FUNCTION meetings.brings_own_words() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM plan_statement s WHERE s.id = NEW.statement_id AND s.kind = 'message' AND s.created_by = access.actor()) THEN
        RAISE EXCEPTION 'these words are another''s' USING ERRCODE = 'insufficient_privilege';
    ELSIF NOT EXISTS (SELECT FROM meetings_meeting m WHERE m.id = NEW.meeting_id AND m.stage IN ('preparing', 'called', 'running')) THEN
        RAISE EXCEPTION 'it is over' USING ERRCODE = 'check_violation', CONSTRAINT = 'meeting_goes_forward';
    END IF;
    RETURN NEW;
END
$$;
ALTER FUNCTION meetings.brings_own_words() OWNER TO familieplan_deriver;
CREATE TRIGGER brings_own_words BEFORE INSERT ON meetings_brought FOR EACH ROW EXECUTE FUNCTION meetings.brings_own_words();

-- Somebody comes for a while: from a minute of the meeting, for so many; NULL: all the time. Whoever sets the table with the coordinator says so
-- of themselves, she of everybody; the family at the table is told, and their calendar.
GRANT UPDATE (from_minute, for_minutes, sequence, stepped_out) ON meetings_participant TO familieplan_deriver;
CREATE FUNCTION meetings.come_for_a_while(seat uuid, from_the int, minutes_long int) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    p meetings_participant;
    of_it int;
BEGIN
    UPDATE meetings_participant o SET from_minute = from_the, for_minutes = minutes_long, sequence = o.sequence + 1 FROM meetings_meeting m
    WHERE o.id = seat AND m.id = o.meeting_id AND m.stage IN ('preparing', 'called') AND o.removed_at IS NULL
      AND (meetings.leads(o.family_id) OR (o.person_id = access.actor() AND meetings.sets_the_table(m.id)))
    RETURNING o.* INTO p;
    IF p.id IS NULL THEN
        RETURN false;
    END IF;
    SELECT m.minutes INTO of_it FROM meetings_meeting m WHERE m.id = p.meeting_id;
    IF from_the + minutes_long > of_it THEN
        RAISE EXCEPTION 'after it is over' USING ERRCODE = 'check_violation', CONSTRAINT = 'comes_within_the_meeting';
    END IF;
    PERFORM consent.tell(p.family_id, ARRAY(SELECT o.person_id FROM meetings_participant o
        WHERE o.meeting_id = p.meeting_id AND o.removed_at IS NULL), 'meeting', p.meeting_id);
    PERFORM meetings.write(m.id, 'invitation', seat) FROM meetings_meeting m WHERE m.id = p.meeting_id AND m.stage = 'called';
    RETURN true;
END
$$;
ALTER FUNCTION meetings.come_for_a_while(uuid, int, int) OWNER TO familieplan_deriver;

-- A meeting is made shorter: who would come after it is over comes at its end.
CREATE FUNCTION meetings.keeps_within() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE meetings_participant p SET from_minute = greatest(0, NEW.minutes - p.for_minutes), for_minutes = least(p.for_minutes, NEW.minutes)
    WHERE p.meeting_id = NEW.id AND p.removed_at IS NULL AND p.from_minute + p.for_minutes > NEW.minutes;
    RETURN NULL;
END
$$;
ALTER FUNCTION meetings.keeps_within() OWNER TO familieplan_deriver;
CREATE TRIGGER keeps_within AFTER UPDATE ON meetings_meeting FOR EACH ROW
    WHEN (NEW.minutes < OLD.minutes) EXECUTE FUNCTION meetings.keeps_within();

-- When the meeting begins, who comes for a while is not in the room yet.
CREATE FUNCTION meetings.waits_outside() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE meetings_participant p SET stepped_out = true
    WHERE p.meeting_id = NEW.id AND p.removed_at IS NULL AND p.from_minute IS NOT NULL AND p.came IS NULL;
    RETURN NULL;
END
$$;
ALTER FUNCTION meetings.waits_outside() OWNER TO familieplan_deriver;
CREATE TRIGGER waits_outside AFTER UPDATE ON meetings_meeting FOR EACH ROW
    WHEN (OLD.stage IN ('preparing', 'called') AND NEW.stage = 'running') EXECUTE FUNCTION meetings.waits_outside();
