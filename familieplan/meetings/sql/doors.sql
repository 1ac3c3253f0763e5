-- Who sits at a table, what is on its agenda, who of the family has been told; when a meeting may start and be closed.

CREATE SCHEMA meetings;
GRANT USAGE ON SCHEMA meetings TO familieplan_app;
GRANT USAGE, CREATE ON SCHEMA meetings TO familieplan_deriver;

CALL access.protect('meetings_meeting');
CALL access.protect('meetings_agendaitem');
CALL access.protect('meetings_participant');
CALL access.protect('meetings_minutes');
CALL access.protect('meetings_minutesline');
CALL access.protect('meetings_reflection');
CALL access.coordinator_writes('meetings_meeting');
CALL access.about('meetings_reflection', 'person_id');
CALL access.within_family('meetings_agendaitem', 'meeting_id', 'meetings_meeting');
CALL access.within_family('meetings_participant', 'meeting_id', 'meetings_meeting');
CALL access.within_family('meetings_participant', 'person_id', 'people_person');
CALL access.within_family('meetings_participant', 'of_person_id', 'people_person');
CALL access.within_family('meetings_minutes', 'meeting_id', 'meetings_meeting');
CALL access.within_family('meetings_minutesline', 'minutes_id', 'meetings_minutes');
CALL access.within_family('meetings_reflection', 'meeting_id', 'meetings_meeting');
CALL access.within_family('meetings_told', 'meeting_id', 'meetings_meeting');
CALL access.within_family('meetings_told', 'person_id', 'people_person');
CALL access.within_family('plan_statement', 'occasion', 'meetings_meeting');
CALL access.within_family('plan_agreement', 'occasion', 'meetings_meeting');

-- An item lies where its topic lies.
CREATE UNIQUE INDEX topic_in_drawer ON plan_topic (id, scope_id);
ALTER TABLE meetings_agendaitem ADD FOREIGN KEY (topic_id, scope_id) REFERENCES plan_topic (id, scope_id);

-- Agenda, seats and minutes are written through the functions below; of a seat the coordinator notes who came and who is in the room.
REVOKE INSERT, UPDATE ON meetings_agendaitem, meetings_participant, meetings_minutes, meetings_minutesline FROM familieplan_app;
GRANT UPDATE (came, stepped_out) ON meetings_participant TO familieplan_app;
REVOKE UPDATE ON meetings_reflection FROM familieplan_app;  -- what somebody has said

CREATE POLICY derives ON meetings_meeting TO familieplan_deriver USING (true) WITH CHECK (true);
CREATE POLICY derives ON meetings_agendaitem TO familieplan_deriver USING (true) WITH CHECK (true);
CREATE POLICY derives ON meetings_participant TO familieplan_deriver USING (true) WITH CHECK (true);
CREATE POLICY derives ON meetings_minutes TO familieplan_deriver USING (true) WITH CHECK (true);
CREATE POLICY derives ON meetings_minutesline TO familieplan_deriver USING (true) WITH CHECK (true);
CREATE POLICY derives ON plan_topic FOR SELECT TO familieplan_deriver USING (true);
GRANT SELECT ON meetings_meeting, meetings_agendaitem, meetings_participant, meetings_minutes, meetings_minutesline TO familieplan_deriver;
GRANT INSERT ON meetings_agendaitem, meetings_participant, meetings_minutes, meetings_minutesline TO familieplan_deriver;
GRANT UPDATE (status, "order") ON meetings_agendaitem TO familieplan_deriver;
GRANT UPDATE (reply, reply_words, replied_at, replied_by, by_mail, came, removed_at) ON meetings_participant TO familieplan_deriver;
GRANT SELECT (id, family_id, scope_id, version) ON plan_topic TO familieplan_deriver;
GRANT SELECT (scope_id, occasion, replaces_id, created_at) ON plan_statement TO familieplan_deriver;
GRANT SELECT (id, family_id, scope_id, occasion, version, created_at) ON plan_agreement TO familieplan_deriver;

-- Somebody of the family is old enough to be told themselves; of a younger child those who decide for it are.
CREATE FUNCTION meetings.hears_for_themselves(whom uuid, from_age text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT p.birth_date IS NULL OR p.birth_date + make_interval(years => access.threshold(from_age)) <= access.today()
    FROM people_person p WHERE p.id = whom
$$;
REVOKE EXECUTE ON FUNCTION meetings.hears_for_themselves(uuid, text) FROM PUBLIC;
ALTER FUNCTION meetings.hears_for_themselves(uuid, text) OWNER TO familieplan_deriver;

CREATE FUNCTION meetings.may_read(whom uuid, drawer bigint) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM access_grant g WHERE g.scope_id = drawer AND g.holder = whom
                   AND g.valid_from <= access.clock() AND g.valid_until > access.clock())
$$;
REVOKE EXECUTE ON FUNCTION meetings.may_read(uuid, bigint) FROM PUBLIC;
ALTER FUNCTION meetings.may_read(uuid, bigint) OWNER TO familieplan_deriver;

-- Who has to hear of an item themselves: whom it is about, and of a younger child those who decide for it – as far as they may read it.
CREATE FUNCTION meetings.concerned(drawer bigint) RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT DISTINCT told FROM access_scope d CROSS JOIN unnest(d.subjects) AS subject
    CROSS JOIN LATERAL consent.who_is_told_about(subject) AS told
    WHERE d.id = drawer AND meetings.may_read(told, drawer)
$$;
REVOKE EXECUTE ON FUNCTION meetings.concerned(bigint) FROM PUBLIC;
ALTER FUNCTION meetings.concerned(bigint) OWNER TO familieplan_deriver;

-- The coordinator, acting in a family she has opened.
CREATE FUNCTION meetings.leads(of_family uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT access.actor_kind() = 'staff' AND access.read_is_logged(access.actor(), of_family) AND access.coordinates(of_family)
$$;
ALTER FUNCTION meetings.leads(uuid) OWNER TO familieplan_deriver;

-- The meetings at whose table the actor sits. Professionals from the day the agenda is out, and only when their look is logged;
-- somebody of the family from the beginning.
-- `also_prepared`: professionals too, of whom times are asked before there is an agenda.
CREATE FUNCTION meetings.mine(also_prepared boolean DEFAULT false) RETURNS uuid[] LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    me uuid := access.actor();
    focus uuid := access.family_in_focus();
BEGIN
    IF access.actor_kind() = 'staff' THEN
        IF NOT access.read_is_logged(me, focus) THEN
            RETURN '{}';
        END IF;
        RETURN ARRAY(SELECT p.meeting_id FROM meetings_participant p JOIN meetings_meeting m ON m.id = p.meeting_id
            WHERE p.staff_id = me AND p.removed_at IS NULL AND (m.stage <> 'preparing' OR also_prepared) AND (focus IS NULL OR p.family_id = focus)
              AND access.works_with(p.family_id));
    END IF;
    RETURN ARRAY(SELECT p.meeting_id FROM meetings_participant p WHERE p.person_id = me AND p.removed_at IS NULL);
END
$$;
ALTER FUNCTION meetings.mine(boolean) OWNER TO familieplan_deriver;

-- And those that the actor has to hear of, because something on the agenda is about them or theirs: that it is, when, and that item, until
-- it is over. (What was said about them stands in the plan.)
CREATE FUNCTION meetings.known_to_me() RETURNS uuid[] LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    me uuid := access.actor();
    mine uuid[] := meetings.mine();
BEGIN
    IF access.actor_kind() IS DISTINCT FROM 'person' THEN
        RETURN mine;
    END IF;
    RETURN mine || ARRAY(
        SELECT i.meeting_id FROM people_person p JOIN meetings_meeting m ON m.family_id = p.family_id
        JOIN meetings_agendaitem i ON i.meeting_id = m.id
        WHERE p.id = me AND m.stage IN ('preparing', 'called', 'running') AND m.id <> ALL (mine)
          AND i.status = 'chosen' AND me IN (SELECT meetings.concerned(i.scope_id)));
END
$$;
ALTER FUNCTION meetings.known_to_me() OWNER TO familieplan_deriver;

CREATE POLICY at_the_table ON meetings_meeting FOR SELECT TO familieplan_app USING (id = ANY ((SELECT meetings.known_to_me())::uuid[]));
CREATE POLICY at_the_table ON meetings_participant FOR SELECT TO familieplan_app USING (meeting_id = ANY ((SELECT meetings.mine())::uuid[]));
CREATE POLICY at_the_table ON meetings_minutes FOR SELECT TO familieplan_app USING (meeting_id = ANY ((SELECT meetings.mine())::uuid[]));
-- A key is not enough: of meetings only those know who sit there, whom an item is about, and the coordinator.
CREATE POLICY with_the_meeting ON meetings_meeting AS RESTRICTIVE FOR SELECT TO familieplan_app
    USING (id = ANY ((SELECT meetings.known_to_me())::uuid[]) OR access.coordinates(family_id));
CREATE POLICY with_the_meeting ON meetings_participant AS RESTRICTIVE FOR SELECT TO familieplan_app
    USING (meeting_id = ANY ((SELECT meetings.mine())::uuid[]) OR access.coordinates(family_id));
CREATE POLICY with_the_meeting ON meetings_minutes AS RESTRICTIVE FOR SELECT TO familieplan_app
    USING (meeting_id = ANY ((SELECT meetings.mine())::uuid[]) OR access.coordinates(family_id));
CREATE POLICY with_the_meeting ON meetings_agendaitem AS RESTRICTIVE FOR SELECT TO familieplan_app
    USING (meeting_id = ANY ((SELECT meetings.known_to_me())::uuid[]) OR access.coordinates(family_id));
CREATE POLICY with_the_meeting ON meetings_minutesline AS RESTRICTIVE FOR SELECT TO familieplan_app
    USING (access.coordinates(family_id) OR minutes_id IN (SELECT m.id FROM meetings_minutes m WHERE m.meeting_id = ANY ((SELECT meetings.mine())::uuid[])));
-- Whether somebody still agrees, and why not, is between them and the coordinator.
CREATE POLICY with_the_meeting ON meetings_reflection AS RESTRICTIVE FOR SELECT TO familieplan_app
    USING (person_id = (SELECT access.actor()) OR access.coordinates(family_id));

-- Does somebody sit at this table now: as they may act there?
CREATE FUNCTION meetings.sits_at(which uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM meetings_participant p JOIN meetings_meeting m ON m.id = p.meeting_id
        WHERE p.meeting_id = which AND p.removed_at IS NULL AND access.actor() IN (p.person_id, p.staff_id)
          AND (access.actor_kind() = 'person' OR (m.stage <> 'preparing' AND access.works_with(p.family_id))))
$$;
ALTER FUNCTION meetings.sits_at(uuid) OWNER TO familieplan_deriver;

-- The family chooses who comes and what is talked about; the coordinator does it with them.
CREATE FUNCTION meetings.sets_the_table(which uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM meetings_meeting m WHERE m.id = which AND m.stage IN ('preparing', 'called', 'running')
        AND (meetings.leads(m.family_id) OR (access.actor_kind() = 'person' AND meetings.sits_at(which)
             AND meetings.hears_for_themselves(access.actor(), 'invite_age'))))
$$;
ALTER FUNCTION meetings.sets_the_table(uuid) OWNER TO familieplan_deriver;

-- What somebody of the family still has to be told of before this meeting may start (law 4): of those at the table every face, and every
-- chosen item they may read; of each item also whom it is about and who decides for a child it is about, when they do not come.
CREATE FUNCTION meetings.untold(which uuid) RETURNS TABLE (person uuid, about uuid, what text) LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    WITH seat AS (SELECT p.* FROM meetings_participant p WHERE p.meeting_id = which AND p.removed_at IS NULL),
    comes AS (SELECT s.person_id AS person FROM seat s WHERE s.person_id IS NOT NULL AND (s.reply <> 'no' OR s.came)
              AND meetings.hears_for_themselves(s.person_id, 'invite_age')),
    item AS (SELECT i.id, i.scope_id FROM meetings_agendaitem i WHERE i.meeting_id = which AND i.status = 'chosen')
    SELECT needed.* FROM (
        SELECT c.person, i.id AS about, 'item' AS what FROM item i CROSS JOIN comes c WHERE meetings.may_read(c.person, i.scope_id)
        UNION
        SELECT told, i.id, 'item' FROM item i CROSS JOIN LATERAL meetings.concerned(i.scope_id) AS told
        UNION ALL
        SELECT c.person, s.id, 'participant' FROM comes c CROSS JOIN seat s WHERE s.person_id IS DISTINCT FROM c.person) needed
    WHERE NOT EXISTS (SELECT FROM meetings_told t WHERE t.person_id = needed.person AND t.about = needed.about)
$$;
REVOKE EXECUTE ON FUNCTION meetings.untold(uuid) FROM PUBLIC;
ALTER FUNCTION meetings.untold(uuid) OWNER TO familieplan_deriver;

-- As the one who asks may know it: one's own; for the coordinator everybody's, of items she may read herself.
CREATE FUNCTION meetings.still_untold(which uuid) RETURNS TABLE (person uuid, about uuid, what text) LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT u.person, u.about, u.what FROM meetings_meeting m CROSS JOIN LATERAL meetings.untold(m.id) u
    LEFT JOIN meetings_agendaitem i ON i.id = u.about
    WHERE m.id = which AND (u.person = access.actor() OR meetings.leads(m.family_id)
        AND (i.id IS NULL OR meetings.may_read(access.actor(), i.scope_id)))
$$;
ALTER FUNCTION meetings.still_untold(uuid) OWNER TO familieplan_deriver;

-- Written down that somebody knows: by themselves ('seen', 'chose'), or by the coordinator who told them ('told').
-- In the room one may wave it through ('waived'): all of it, unseen, and that is written down too, as that they came. Answers how many;
-- to the coordinator only whether, since there may be things she may not know of.
CREATE FUNCTION meetings.knows(which uuid, whom uuid, abouts uuid[], in_what_way text) RETURNS int LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    of_family uuid := (SELECT m.family_id FROM meetings_meeting m WHERE m.id = which AND m.stage IN ('preparing', 'called', 'running'));
    counted int;
BEGIN
    IF of_family IS NULL OR NOT coalesce(CASE WHEN whom = access.actor() THEN in_what_way IN ('seen', 'waived')
                         ELSE meetings.leads(of_family) AND in_what_way IN ('told', 'waived') END, false) THEN
        RETURN 0;
    END IF;
    IF whom <> access.actor() AND in_what_way = 'waived' THEN  -- in the room: whoever writes it says that they are there
        UPDATE meetings_participant p SET came = true WHERE p.meeting_id = which AND p.person_id = whom AND p.removed_at IS NULL;
        IF NOT FOUND THEN
            RETURN 0;
        END IF;
    END IF;
    INSERT INTO meetings_told (id, family_id, meeting_id, person_id, about, how, by, at)
    SELECT gen_random_uuid(), of_family, which, whom, u.about, in_what_way, access.actor(), access.clock()
    FROM meetings.untold(which) u WHERE u.person = whom AND (in_what_way = 'waived' OR u.about = ANY (abouts))
    ON CONFLICT DO NOTHING;
    GET DIAGNOSTICS counted = ROW_COUNT;
    IF whom = access.actor() THEN
        UPDATE consent_notice n SET read_at = access.clock()
        WHERE n.person = whom AND n.what = 'meeting' AND n.about = which AND n.read_at IS NULL
          AND NOT EXISTS (SELECT FROM meetings.untold(which) u WHERE u.person = whom);
    ELSIF counted > 0 THEN  -- what was said in somebody's name is told to them
        PERFORM consent.tell(of_family, ARRAY[whom], 'meeting', which);
        counted := 1;
    END IF;
    RETURN counted;
END
$$;
ALTER FUNCTION meetings.knows(uuid, uuid, uuid[], text) OWNER TO familieplan_deriver;

ALTER TABLE meetings_told ENABLE ROW LEVEL SECURITY;
ALTER TABLE meetings_told FORCE ROW LEVEL SECURITY;
CREATE POLICY own_or_coordinator ON meetings_told FOR SELECT TO familieplan_app
    USING (person_id = (SELECT access.actor()) OR (access.coordinates(family_id) AND (
        EXISTS (SELECT FROM meetings_participant p WHERE p.id = about) OR EXISTS (SELECT FROM meetings_agendaitem i WHERE i.id = about))));
CREATE POLICY derives ON meetings_told TO familieplan_deriver USING (true) WITH CHECK (true);
GRANT SELECT ON meetings_told TO familieplan_app;
GRANT SELECT, INSERT ON meetings_told TO familieplan_deriver;

-- Something is new about a meeting: whoever of the family has to be told of it hears that there is.
CREATE FUNCTION meetings.tell_of(which uuid, about_row uuid) RETURNS void LANGUAGE sql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    INSERT INTO meetings_told (id, family_id, meeting_id, person_id, about, how, by, at)
    SELECT gen_random_uuid(), m.family_id, which, u.person, u.about, 'chose', u.person, access.clock()
    FROM meetings_meeting m CROSS JOIN meetings.untold(which) u WHERE m.id = which AND u.about = about_row AND u.person = access.actor()
    ON CONFLICT DO NOTHING;
    -- What comes up while it goes on comes up before the eyes of those in the room.
    INSERT INTO meetings_told (id, family_id, meeting_id, person_id, about, how, by, at)
    SELECT gen_random_uuid(), m.family_id, which, u.person, u.about, 'told', access.actor(), access.clock()
    FROM meetings_meeting m CROSS JOIN meetings.untold(which) u
    JOIN meetings_participant p ON p.meeting_id = which AND p.person_id = u.person AND p.removed_at IS NULL AND p.came AND NOT p.stepped_out
    WHERE m.id = which AND m.stage = 'running' AND u.about = about_row
    ON CONFLICT DO NOTHING;
    SELECT consent.tell(m.family_id, ARRAY(SELECT DISTINCT u.person FROM meetings.untold(which) u WHERE u.about = about_row), 'meeting', which)
    FROM meetings_meeting m WHERE m.id = which
$$;
REVOKE EXECUTE ON FUNCTION meetings.tell_of(uuid, uuid) FROM PUBLIC;
ALTER FUNCTION meetings.tell_of(uuid, uuid) OWNER TO familieplan_deriver;

-- What is about somebody who hears for themselves is talked about where they may read it: else they could not be told.
CREATE FUNCTION meetings.must_be_theirs(drawer bigint) RETURNS void LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM access_scope d CROSS JOIN unnest(d.subjects) AS subject WHERE d.id = drawer
               AND meetings.hears_for_themselves(subject, 'consent_age') AND NOT meetings.may_read(subject, drawer))
       OR NOT EXISTS (SELECT FROM meetings.concerned(drawer)) THEN
        RAISE EXCEPTION 'about somebody who may not read it' USING ERRCODE = 'check_violation', CONSTRAINT = 'item_is_theirs_to_read';
    END IF;
END
$$;
REVOKE EXECUTE ON FUNCTION meetings.must_be_theirs(bigint) FROM PUBLIC;
ALTER FUNCTION meetings.must_be_theirs(bigint) OWNER TO familieplan_deriver;

-- Put a topic on the agenda: the family and the coordinator choose it, a professional at the table proposes it. Answers with the item; NULL
-- where there is no such meeting or topic for the actor. What was once put off comes back the same way.
CREATE FUNCTION meetings.put_on_agenda(new_id uuid, which uuid, topic uuid) RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    m meetings_meeting;
    drawer bigint;
    chooses boolean;
    item uuid;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended(which::text, 6));  -- one at a time, and not while it starts: goes_forward
    SELECT * INTO m FROM meetings_meeting WHERE id = which AND stage IN ('preparing', 'called', 'running');
    SELECT t.scope_id INTO drawer FROM plan_topic t WHERE t.id = topic AND t.family_id = m.family_id;
    chooses := meetings.leads(m.family_id) OR access.actor_kind() = 'person';
    IF drawer IS NULL OR drawer <> ALL (access.readable_scopes()) OR NOT (meetings.leads(m.family_id) OR meetings.sits_at(which)) THEN
        RETURN NULL;
    END IF;
    IF chooses THEN
        PERFORM meetings.must_be_theirs(drawer);
    END IF;
    INSERT INTO meetings_agendaitem AS i (id, family_id, scope_id, created_at, created_by, meeting_id, topic_id, status, "order")
    VALUES (new_id, m.family_id, drawer, access.clock(), access.actor(), which, topic, CASE WHEN chooses THEN 'chosen' ELSE 'proposed' END,
            (SELECT coalesce(max("order"), 0) + 1 + floor(random() * 5) FROM meetings_agendaitem WHERE meeting_id = which))  -- gaps tell nothing
    ON CONFLICT (meeting_id, topic_id) DO UPDATE SET status = excluded.status WHERE i.status <> 'chosen'
    RETURNING id INTO item;
    item := coalesce(item, (SELECT i.id FROM meetings_agendaitem i WHERE i.meeting_id = which AND i.topic_id = topic));
    IF chooses THEN
        PERFORM meetings.tell_of(which, item);
    ELSE  -- a proposal is the family's to choose: whoever sits at the table and may read it hears of it
        PERFORM consent.tell(m.family_id, ARRAY(SELECT p.person_id FROM meetings_participant p WHERE p.meeting_id = which
            AND p.removed_at IS NULL AND meetings.may_read(p.person_id, drawer)), 'meeting', which);
    END IF;
    RETURN item;
END
$$;
ALTER FUNCTION meetings.put_on_agenda(uuid, uuid, uuid) OWNER TO familieplan_deriver;

-- The family or the coordinator chooses what was proposed, or puts off what was chosen; and says in which order.
CREATE FUNCTION meetings.decide(item uuid, new_status text, place int DEFAULT NULL) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    i meetings_agendaitem;
BEGIN
    SELECT * INTO i FROM meetings_agendaitem WHERE id = item;
    PERFORM pg_advisory_xact_lock(hashtextextended(i.meeting_id::text, 6));
    IF i.id IS NULL OR NOT meetings.sets_the_table(i.meeting_id) OR i.scope_id <> ALL (access.readable_scopes())
       OR new_status NOT IN ('chosen', 'not_now') THEN
        RETURN false;
    END IF;
    IF new_status = 'chosen' THEN
        PERFORM meetings.must_be_theirs(i.scope_id);
    END IF;
    UPDATE meetings_agendaitem SET status = new_status, "order" = coalesce(place, "order") WHERE id = item;
    IF new_status = 'chosen' THEN
        PERFORM meetings.tell_of(i.meeting_id, item);
    END IF;
    RETURN true;
END
$$;
ALTER FUNCTION meetings.decide(uuid, text, int) OWNER TO familieplan_deriver;

-- A seat at the table: somebody of the family; a professional of its team, for their unit; or a companion (bisidder) whom the one they
-- come with brings. Answers with the seat; NULL where the actor cannot know of them. A face is told like an item.
CREATE FUNCTION meetings.invite(new_id uuid, which uuid, whom uuid, colleague uuid, for_unit uuid, companion_name text, comes_with uuid,
                                deputises_for uuid DEFAULT NULL) RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    m meetings_meeting;
    line people_teammember;
    seat uuid;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended(which::text, 6));
    SELECT * INTO m FROM meetings_meeting WHERE id = which;
    SELECT p.id INTO seat FROM meetings_participant p WHERE p.meeting_id = which AND p.removed_at IS NULL
        AND (p.person_id = whom OR p.staff_id = colleague OR p.id = new_id);
    IF NOT meetings.sets_the_table(which) THEN
        RETURN NULL;
    ELSIF seat IS NOT NULL THEN  -- asked twice: the same seat
        RETURN seat;
    END IF;
    IF colleague IS NOT NULL THEN
        SELECT t.* INTO line FROM people_teammember t WHERE t.family_id = m.family_id AND t.staff_id = colleague AND t.unit_id = for_unit
            AND t.starts <= access.today() AND coalesce(t.ends, 'infinity') >= access.today()
            AND (t.scope_id = ANY (access.readable_scopes()) OR t.staff_id = access.actor());
        IF line.id IS NULL THEN
            RETURN NULL;
        END IF;
    ELSIF NOT EXISTS (SELECT FROM people_person p WHERE p.id = coalesce(whom, comes_with) AND p.family_id = m.family_id
                      AND p.scope_id = ANY (access.readable_scopes()))
       OR (comes_with <> access.actor() AND NOT meetings.leads(m.family_id)) THEN
        RETURN NULL;
    END IF;
    INSERT INTO meetings_participant (id, family_id, scope_id, created_at, created_by, meeting_id, person_id, staff_id, unit_id, companion,
                                      of_person_id, instead_of_id, reply, reply_words, stepped_out)
    VALUES (new_id, m.family_id, m.scope_id, access.clock(), access.actor(), which, whom, colleague, for_unit, coalesce(companion_name, ''),
            CASE WHEN whom IS NULL AND colleague IS NULL THEN comes_with END, (SELECT d.id FROM meetings_participant d WHERE d.id = deputises_for AND d.meeting_id = which), 'none', '', false);
    PERFORM meetings.tell_of(which, new_id);
    PERFORM consent.tell(m.family_id, ARRAY[whom], 'meeting', which);
    RETURN new_id;
END
$$;
ALTER FUNCTION meetings.invite(uuid, uuid, uuid, uuid, uuid, text, uuid, uuid) OWNER TO familieplan_deriver;

-- Somebody shall not come after all: who sets the table says so, and the family at the table hears of it. A person of the family is taken off
-- by themselves or the coordinator; a companion by the one they come with, or her.
CREATE FUNCTION meetings.uninvite(seat uuid) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    p meetings_participant;
BEGIN
    SELECT * INTO p FROM meetings_participant WHERE id = seat AND removed_at IS NULL;
    PERFORM pg_advisory_xact_lock(hashtextextended(p.meeting_id::text, 6));
    IF p.id IS NULL OR NOT meetings.sets_the_table(p.meeting_id)
       OR (coalesce(p.person_id, p.of_person_id) <> access.actor() AND NOT meetings.leads(p.family_id))
       OR (access.actor_kind() = 'person' AND EXISTS (SELECT FROM people_teammember t
            WHERE t.staff_id = p.staff_id AND t.family_id = p.family_id AND t.role IN ('coordinator', 'contact'))) THEN
        RETURN false;
    END IF;
    UPDATE meetings_participant SET removed_at = access.clock() WHERE id = seat AND removed_at IS NULL;
    PERFORM consent.tell(p.family_id, ARRAY(SELECT o.person_id FROM meetings_participant o
        WHERE o.meeting_id = p.meeting_id AND (o.removed_at IS NULL OR o.id = seat)), 'meeting', p.meeting_id);
    RETURN true;
END
$$;
ALTER FUNCTION meetings.uninvite(uuid) OWNER TO familieplan_deriver;

-- An answer to the call: one's own; the coordinator writes down what she is told on the telephone, and whose answer it is hears of that.
-- What somebody else had answered before is kept (plan_earlier).
CREATE FUNCTION meetings.answer(seat uuid, new_reply text, words text) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    p meetings_participant;
BEGIN
    UPDATE meetings_participant o SET reply = new_reply, reply_words = words, replied_at = access.clock(), replied_by = access.actor(), by_mail = false
    FROM meetings_meeting m WHERE o.id = seat AND m.id = o.meeting_id AND m.stage IN ('preparing', 'called') AND o.removed_at IS NULL
      AND new_reply IN ('yes', 'maybe', 'no')
      AND (meetings.leads(o.family_id) OR (access.actor() IN (o.person_id, o.staff_id) AND meetings.sits_at(m.id)))
    RETURNING o.* INTO p;
    IF p.id IS NULL THEN
        RETURN false;
    END IF;
    PERFORM consent.tell(p.family_id, ARRAY[coalesce(p.person_id, p.of_person_id)], 'meeting', p.meeting_id);  -- not what one did oneself
    RETURN true;
END
$$;
ALTER FUNCTION meetings.answer(uuid, text, text) OWNER TO familieplan_deriver;
CREATE TRIGGER keep_earlier AFTER UPDATE OF reply, reply_words ON meetings_participant FOR EACH ROW
    WHEN (OLD.replied_by <> NEW.replied_by) EXECUTE FUNCTION plan.keep_earlier();

-- A meeting goes forward, and not before its time.
CREATE FUNCTION meetings.goes_forward() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    waiting uuid[];
    was text := CASE WHEN TG_OP = 'INSERT' THEN 'preparing' ELSE OLD.stage END;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended(NEW.id::text, 6));  -- nothing is put on the agenda while it starts
    IF TG_OP = 'UPDATE' THEN  -- the database says when
        NEW.called_at := OLD.called_at;
        NEW.started_at := OLD.started_at;
        NEW.ended_at := OLD.ended_at;
    END IF;
    IF was IN ('closed', 'cancelled') THEN  -- when and where it was stands in its minutes
        RAISE EXCEPTION 'a meeting goes forward' USING ERRCODE = 'check_violation', CONSTRAINT = 'meeting_goes_forward';
    END IF;
    IF TG_OP = 'INSERT' THEN
        NEW.stage := 'preparing';
        NEW.sequence := 0;
    ELSIF was IN ('preparing', 'called')
          AND (NEW.starts_at, NEW.minutes, NEW.place, NEW.stage = 'cancelled') IS DISTINCT FROM (OLD.starts_at, OLD.minutes, OLD.place, false) THEN
        NEW.sequence := OLD.sequence + 1;
    ELSE
        NEW.sequence := OLD.sequence;
    END IF;
    IF NEW.starts_at < access.clock() - interval '15 minutes' AND NEW.stage IN ('preparing', 'called')
       AND (TG_OP = 'INSERT' OR NEW.starts_at IS DISTINCT FROM OLD.starts_at OR NEW.stage <> was) THEN
        RAISE EXCEPTION 'in the past' USING ERRCODE = 'check_violation', CONSTRAINT = 'meeting_in_the_past';
    END IF;
    IF NEW.stage = was THEN
        RETURN NEW;
    END IF;
    IF (was, NEW.stage) NOT IN (('preparing', 'called'), ('preparing', 'running'), ('called', 'running'), ('running', 'ended'),
            ('ended', 'running'), ('ended', 'closed'), ('preparing', 'cancelled'), ('called', 'cancelled')) THEN
        RAISE EXCEPTION 'a meeting goes forward' USING ERRCODE = 'check_violation', CONSTRAINT = 'meeting_goes_forward';
    END IF;
    IF NEW.stage IN ('called', 'running') AND was <> 'ended' THEN
        IF NOT EXISTS (SELECT FROM meetings_participant p WHERE p.meeting_id = NEW.id AND p.person_id IS NOT NULL AND p.removed_at IS NULL
                       AND coalesce(p.came, p.reply <> 'no') AND meetings.hears_for_themselves(p.person_id, 'consent_age')) THEN
            RAISE EXCEPTION 'without the family' USING ERRCODE = 'check_violation', CONSTRAINT = 'meeting_with_the_family';
        END IF;
        IF NOT EXISTS (SELECT FROM meetings_agendaitem i WHERE i.meeting_id = NEW.id AND i.status = 'chosen') THEN
            RAISE EXCEPTION 'about nothing' USING ERRCODE = 'check_violation', CONSTRAINT = 'meeting_about_something';
        END IF;
    END IF;
    IF NEW.stage IN ('called', 'running') AND was <> 'ended' THEN
        PERFORM meetings.must_be_theirs(i.scope_id) FROM meetings_agendaitem i WHERE i.meeting_id = NEW.id AND i.status = 'chosen';
    END IF;
    IF NEW.stage = 'called' THEN
        IF NEW.starts_at IS NULL THEN
            RAISE EXCEPTION 'at no time' USING ERRCODE = 'check_violation', CONSTRAINT = 'meeting_has_a_time';
        END IF;
        NEW.called_at := access.clock();
    ELSIF NEW.stage = 'running' AND was <> 'ended' THEN
        SELECT array_agg(DISTINCT u.person) INTO waiting FROM meetings.untold(NEW.id) u;
        IF waiting IS NOT NULL THEN
            RAISE EXCEPTION 'the family has not been told' USING ERRCODE = 'check_violation', CONSTRAINT = 'family_is_told_first',
                DETAIL = array_to_string(waiting, ',');
        END IF;
        NEW.started_at := access.clock();
    ELSIF NEW.stage = 'ended' THEN
        NEW.ended_at := access.clock();
    ELSIF NEW.stage = 'closed' AND NOT EXISTS (SELECT FROM meetings_minutes s WHERE s.meeting_id = NEW.id AND s.created_at >= OLD.ended_at) THEN
        RAISE EXCEPTION 'minutes first' USING ERRCODE = 'check_violation', CONSTRAINT = 'minutes_are_shared_first';
    END IF;
    RETURN NEW;
END
$$;
ALTER FUNCTION meetings.goes_forward() OWNER TO familieplan_deriver;
CREATE TRIGGER goes_forward BEFORE INSERT OR UPDATE ON meetings_meeting FOR EACH ROW EXECUTE FUNCTION meetings.goes_forward();

-- Another time or place, or called off: everybody of the family at the table is told (the professionals get it in their calendar).
CREATE FUNCTION meetings.tell_of_change() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM consent.tell(NEW.family_id, ARRAY(SELECT p.person_id FROM meetings_participant p
        WHERE p.meeting_id = NEW.id AND p.removed_at IS NULL), 'meeting', NEW.id);
    RETURN NULL;
END
$$;
ALTER FUNCTION meetings.tell_of_change() OWNER TO familieplan_deriver;
CREATE TRIGGER family_is_told AFTER UPDATE ON meetings_meeting FOR EACH ROW
    WHEN (OLD.sequence <> NEW.sequence OR (OLD.stage, NEW.stage) IN (('preparing', 'called'), ('ended', 'closed')))
    EXECUTE FUNCTION meetings.tell_of_change();

-- Who came stands in the minutes too.
CREATE FUNCTION meetings.came_stands() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF (SELECT m.stage FROM meetings_meeting m WHERE m.id = NEW.meeting_id) = 'closed' THEN
        RAISE EXCEPTION 'the minutes say who came' USING ERRCODE = 'check_violation', CONSTRAINT = 'meeting_goes_forward';
    END IF;
    RETURN NEW;
END
$$;
ALTER FUNCTION meetings.came_stands() OWNER TO familieplan_deriver;
CREATE TRIGGER came_stands BEFORE UPDATE OF came ON meetings_participant FOR EACH ROW EXECUTE FUNCTION meetings.came_stands();

-- What is said at a meeting is said by somebody who sits there, while it is going on or its minutes are being put right.
CREATE FUNCTION meetings.said_at_a_meeting() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NEW.occasion IS DISTINCT FROM OLD.occasion THEN
            RAISE EXCEPTION 'it was said where it was said' USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN NEW;
    END IF;
    PERFORM pg_advisory_xact_lock_shared(hashtextextended(NEW.occasion::text, 5));  -- minutes hold it or do not: see share_minutes
    IF NOT EXISTS (SELECT FROM meetings_meeting m WHERE m.id = NEW.occasion AND m.family_id = NEW.family_id
                   AND (m.stage IN ('running', 'ended') AND meetings.sits_at(m.id)
                        OR m.stage IN ('running', 'ended', 'closed') AND access.coordinates(m.family_id))) THEN
        RAISE EXCEPTION 'not at that meeting' USING ERRCODE = 'check_violation', CONSTRAINT = 'said_at_a_meeting';
    END IF;
    RETURN NEW;
END
$$;
ALTER FUNCTION meetings.said_at_a_meeting() OWNER TO familieplan_deriver;
CREATE TRIGGER said_at_a_meeting BEFORE INSERT ON plan_statement FOR EACH ROW WHEN (NEW.occasion IS NOT NULL)
    EXECUTE FUNCTION meetings.said_at_a_meeting();
CREATE TRIGGER said_at_a_meeting BEFORE INSERT ON plan_agreement FOR EACH ROW WHEN (NEW.occasion IS NOT NULL)
    EXECUTE FUNCTION meetings.said_at_a_meeting();
CREATE TRIGGER said_where_it_was BEFORE UPDATE ON plan_agreement FOR EACH ROW EXECUTE FUNCTION meetings.said_at_a_meeting();

-- The minutes: the board as it stands, with what was brought to it for all, by the coordinator. They hold which rows, in which version; what those say stays in their own drawers,
-- so that each reads what they may, and a yes that is taken back closes the minutes too. Words never change and what agreements
-- said is kept, so neither do minutes. Answers whether they were shared.
CREATE FUNCTION meetings.share_minutes(new_id uuid, which uuid, why text) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    m meetings_meeting;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended(which::text, 5));
    SELECT * INTO m FROM meetings_meeting WHERE id = which AND stage IN ('ended', 'closed');
    IF m.id IS NULL OR NOT access.coordinates(m.family_id) THEN
        RETURN false;
    ELSIF EXISTS (SELECT FROM meetings_minutes s WHERE s.id = new_id AND s.meeting_id = which) THEN  -- sent twice
        RETURN true;
    END IF;
    INSERT INTO meetings_minutes (id, family_id, scope_id, created_at, created_by, meeting_id, number, reason)
    VALUES (new_id, m.family_id, m.scope_id, access.clock(), access.actor(), which,
            (SELECT coalesce(max(number), 0) + 1 FROM meetings_minutes WHERE meeting_id = which), why);
    INSERT INTO meetings_minutesline (id, family_id, scope_id, created_at, created_by, minutes_id, what, "row", row_version, "order")
    SELECT gen_random_uuid(), m.family_id, l.scope_id, access.clock(), access.actor(), new_id, l.what, l.id, l.version, l.place FROM (
        SELECT 'topic' AS what, t.id, t.scope_id, t.version, i."order" AS place FROM meetings_agendaitem i JOIN plan_topic t ON t.id = i.topic_id
        WHERE i.meeting_id = which AND i.status = 'chosen'
        UNION ALL
        SELECT 'statement', s.id, s.scope_id, NULL, 0 FROM plan_statement s
        WHERE (s.occasion = which OR (s.id IN (SELECT b.statement_id FROM meetings_brought b WHERE b.meeting_id = which)
               AND EXISTS (SELECT FROM access_scope d WHERE d.id = s.scope_id AND d.voice IS NULL)))  -- what was for her ears only is no minutes
          AND NOT EXISTS (SELECT FROM plan_statement n WHERE n.replaces_id = s.id AND n.scope_id = s.scope_id)
        UNION ALL
        SELECT 'agreement', a.id, a.scope_id, a.version, 0 FROM plan_agreement a
        WHERE a.occasion = which) l;
    PERFORM consent.tell(m.family_id, ARRAY(SELECT p.person_id FROM meetings_participant p
        WHERE p.meeting_id = which AND p.removed_at IS NULL), 'meeting', which);
    RETURN true;
END
$$;
ALTER FUNCTION meetings.share_minutes(uuid, uuid, text) OWNER TO familieplan_deriver;

-- The given names of the family at one's own table. To be called to it is to be told who comes, by those who chose: no new faces.
CREATE FUNCTION meetings.faces(which uuid) RETURNS TABLE (id uuid, name text) LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT p.id, p.given_name::text FROM meetings_participant s JOIN people_person p ON p.id = s.person_id
    WHERE s.meeting_id = which AND s.removed_at IS NULL AND (SELECT which = ANY (meetings.mine())
        OR meetings.leads((SELECT m.family_id FROM meetings_meeting m WHERE m.id = which)))
$$;
ALTER FUNCTION meetings.faces(uuid) OWNER TO familieplan_deriver;

-- The drawers that everybody in the room may read: what the wall may show. Those who came and have not stepped out; until it is noted
-- who came, those who have not said no; and who comes for a while, while that while lasts by the clock, as long as nobody has said
-- otherwise: no button has to be remembered for the wall to keep back what a child in the room may not read.
-- (A companion hears what the one they come with chooses.)
CREATE FUNCTION meetings.in_the_room(which uuid) RETURNS int[] LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    WITH present AS (SELECT DISTINCT coalesce(p.person_id, p.staff_id) AS holder FROM meetings_participant p
        JOIN meetings_meeting m ON m.id = p.meeting_id
        WHERE p.meeting_id = which AND p.removed_at IS NULL AND coalesce(p.came, p.reply <> 'no') AND p.companion = ''
          AND (NOT p.stepped_out OR (p.came IS NULL AND access.clock() >= m.started_at + make_interval(mins => p.from_minute)
               AND access.clock() < m.started_at + make_interval(mins => p.from_minute + p.for_minutes))))
    SELECT coalesce(array_agg(d.scope_id)::int[], '{}') FROM (
        SELECT g.scope_id FROM meetings_meeting m JOIN access_grant g ON g.family_id = m.family_id JOIN present ON present.holder = g.holder
        WHERE m.id = which AND (SELECT meetings.leads((SELECT l.family_id FROM meetings_meeting l WHERE l.id = which)))
          AND g.valid_from <= access.clock() AND g.valid_until > access.clock()
        GROUP BY g.scope_id HAVING count(DISTINCT g.holder) = (SELECT count(*) FROM present)) d
    WHERE d.scope_id = ANY ((SELECT access.readable_scopes())::int[])
$$;
ALTER FUNCTION meetings.in_the_room(uuid) OWNER TO familieplan_deriver;

-- When those at a table sit at other tables, so that a time can be found for all: to the coordinator alone, and never which meetings.
CREATE FUNCTION meetings.busy_elsewhere(which uuid) RETURNS TABLE (holder uuid, starts timestamptz, ends timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT DISTINCT coalesce(p.person_id, p.staff_id), m.starts_at, m.starts_at + make_interval(mins => m.minutes)
    FROM meetings_meeting this
    JOIN meetings_participant p ON p.meeting_id = this.id AND p.removed_at IS NULL
    JOIN meetings_participant o ON o.meeting_id <> this.id AND o.removed_at IS NULL AND o.reply <> 'no'
        AND (o.staff_id = p.staff_id OR o.person_id = p.person_id)
    JOIN meetings_meeting m ON m.id = o.meeting_id AND m.stage IN ('preparing', 'called') AND m.starts_at > access.clock()
    WHERE this.id = which AND meetings.leads(this.family_id)
$$;
ALTER FUNCTION meetings.busy_elsewhere(uuid) OWNER TO familieplan_deriver;
