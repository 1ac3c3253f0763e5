-- Which of these times suits you? The coordinator asks, each answers for themselves – she writes down what she is told – and a time that is
-- booked closes the question. Answers are between the one who answers and the coordinator; that they are asked, those with a seat
-- know, professionals too before the agenda is out: then it tells them that there is to be a meeting, and nothing of it.

CALL access.protect('meetings_poll');
CALL access.protect('meetings_pollanswer');
CALL access.within_family('meetings_poll', 'meeting_id', 'meetings_meeting');
CALL access.within_family('meetings_pollanswer', 'poll_id', 'meetings_poll');
REVOKE INSERT, UPDATE ON meetings_poll, meetings_pollanswer FROM familieplan_app;
CREATE POLICY derives ON meetings_poll TO familieplan_deriver USING (true) WITH CHECK (true);
CREATE POLICY derives ON meetings_pollanswer TO familieplan_deriver USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE (reminded_at, closed_at, set_to) ON meetings_poll TO familieplan_deriver;
GRANT SELECT, INSERT ON meetings_pollanswer TO familieplan_deriver;
ALTER TABLE meetings_pollanswer ADD CONSTRAINT poll_says CHECK (says <@ ARRAY['can', 'if_need_be', 'cannot', '']::varchar[]);

CREATE POLICY at_the_table ON meetings_poll FOR SELECT TO familieplan_app USING (meeting_id = ANY ((SELECT meetings.mine(true))::uuid[]));
CREATE POLICY with_the_meeting ON meetings_poll AS RESTRICTIVE FOR SELECT TO familieplan_app
    USING (meeting_id = ANY ((SELECT meetings.mine(true))::uuid[]) OR access.coordinates(family_id));
CREATE POLICY ones_own ON meetings_pollanswer FOR SELECT TO familieplan_app
    USING (holder = (SELECT access.actor()) AND poll_id IN (SELECT q.id FROM meetings_poll q WHERE q.meeting_id = ANY ((SELECT meetings.mine(true))::uuid[])));
CREATE POLICY with_the_meeting ON meetings_pollanswer AS RESTRICTIVE FOR SELECT TO familieplan_app
    USING (holder = (SELECT access.actor()) OR access.coordinates(family_id));

-- Ask everybody at the table, also who sits down later. Answers with the question; NULL where there is no such meeting for the actor.
CREATE FUNCTION meetings.ask_for_times(new_id uuid, which uuid, proposed timestamptz[]) RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    m meetings_meeting;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended(which::text, 6));
    SELECT * INTO m FROM meetings_meeting WHERE id = which AND stage IN ('preparing', 'called');
    IF m.id IS NULL OR NOT meetings.leads(m.family_id) THEN
        RETURN NULL;
    ELSIF EXISTS (SELECT FROM meetings_poll q WHERE q.id = new_id AND q.meeting_id = which) THEN  -- sent twice
        RETURN new_id;
    ELSIF EXISTS (SELECT FROM unnest(proposed) AS t WHERE t <= access.clock()) THEN
        RAISE EXCEPTION 'in the past' USING ERRCODE = 'check_violation', CONSTRAINT = 'meeting_in_the_past';
    END IF;
    INSERT INTO meetings_poll (id, family_id, scope_id, created_at, created_by, meeting_id, times, minutes)
    VALUES (new_id, m.family_id, m.scope_id, access.clock(), access.actor(), which,
            ARRAY(SELECT DISTINCT t FROM unnest(proposed) AS t ORDER BY t), m.minutes);
    PERFORM post.write(coalesce(p.person_id, p.staff_id), 'poll', new_id, 0) FROM meetings_participant p
    WHERE p.meeting_id = which AND p.removed_at IS NULL AND p.companion = '' AND coalesce(p.person_id, p.staff_id) <> access.actor()
      AND meetings.is_concerned(p.family_id, p.staff_id);
    PERFORM consent.tell(m.family_id, ARRAY(SELECT p.person_id FROM meetings_participant p
        WHERE p.meeting_id = which AND p.removed_at IS NULL), 'meeting', which);
    RETURN new_id;
END
$$;
ALTER FUNCTION meetings.ask_for_times(uuid, uuid, timestamptz[]) OWNER TO familieplan_deriver;

-- An answer to each of the times, in their order: one's own; the coordinator writes down what she is told, and of the family whose answer it
-- is hears of that. Answers whether it was taken. The same id with another answer is not written: who calls looks.
CREATE FUNCTION meetings.answer_times(new_id uuid, poll uuid, whom uuid, answers text[], what_they_write text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    q meetings_poll;
    p meetings_participant;
BEGIN
    SELECT * INTO q FROM meetings_poll WHERE id = poll AND closed_at IS NULL FOR SHARE;  -- not while it is closed
    SELECT * INTO p FROM meetings_participant o WHERE o.meeting_id = q.meeting_id AND o.removed_at IS NULL AND whom IN (o.person_id, o.staff_id);
    IF p.id IS NULL OR cardinality(answers) <> cardinality(q.times) OR array_ndims(answers) <> 1
       OR NOT (meetings.leads(q.family_id) OR (whom = access.actor() AND q.meeting_id = ANY (meetings.mine(true)))) THEN
        RETURN false;
    ELSIF EXISTS (SELECT FROM meetings_pollanswer a WHERE a.id = new_id AND a.poll_id = poll AND a.holder = whom) THEN
        RETURN true;
    END IF;
    INSERT INTO meetings_pollanswer (id, family_id, scope_id, created_at, created_by, poll_id, holder, says, words)
    VALUES (new_id, q.family_id, q.scope_id, access.clock(), access.actor(), poll, whom, answers, what_they_write);
    PERFORM consent.tell(q.family_id, ARRAY[p.person_id], 'meeting', q.meeting_id);  -- not what one did oneself
    RETURN true;
END
$$;
ALTER FUNCTION meetings.answer_times(uuid, uuid, uuid, text[], text) OWNER TO familieplan_deriver;

CREATE FUNCTION meetings.stop_asking(poll uuid) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE meetings_poll q SET closed_at = access.clock() WHERE q.id = poll AND q.closed_at IS NULL AND meetings.leads(q.family_id);
    RETURN FOUND;
END
$$;
ALTER FUNCTION meetings.stop_asking(uuid) OWNER TO familieplan_deriver;

-- A time is booked, however it was found – or there is to be no meeting: nobody is asked any more. Whoever was asked last may know what
-- came of it, also before the agenda is out.
CREATE FUNCTION meetings.time_is_found() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE meetings_poll q SET closed_at = coalesce(q.closed_at, access.clock()), set_to = CASE WHEN NEW.stage <> 'cancelled' THEN NEW.starts_at END
    WHERE q.id = (SELECT l.id FROM meetings_poll l WHERE l.meeting_id = NEW.id ORDER BY l.created_at DESC, l.id DESC LIMIT 1);
    RETURN NULL;
END
$$;
ALTER FUNCTION meetings.time_is_found() OWNER TO familieplan_deriver;
CREATE TRIGGER time_is_found AFTER UPDATE ON meetings_meeting FOR EACH ROW
    WHEN ((NEW.starts_at IS NOT NULL AND NEW.starts_at IS DISTINCT FROM OLD.starts_at) OR NEW.stage NOT IN ('preparing', 'called'))
    EXECUTE FUNCTION meetings.time_is_found();

CREATE FUNCTION meetings.ask_the_new_one() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM post.write(coalesce(NEW.person_id, NEW.staff_id), 'poll', q.id, 0) FROM meetings_poll q
    WHERE q.meeting_id = NEW.meeting_id AND q.closed_at IS NULL AND coalesce(NEW.person_id, NEW.staff_id) <> access.actor();
    RETURN NULL;
END
$$;
ALTER FUNCTION meetings.ask_the_new_one() OWNER TO familieplan_deriver;
CREATE TRIGGER ask_the_new_one AFTER INSERT ON meetings_participant FOR EACH ROW WHEN (NEW.companion = '')
    EXECUTE FUNCTION meetings.ask_the_new_one();

-- Once, some days after they were asked, and while one of the times is still ahead: who has not answered.
CREATE FUNCTION meetings.remind_of_times() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    late meetings_poll;
BEGIN
    PERFORM post.must_be_a_job();
    FOR late IN UPDATE meetings_poll q SET reminded_at = access.clock()
        WHERE q.closed_at IS NULL AND q.reminded_at IS NULL AND access.clock() < ANY (q.times)
          AND meetings.day_of(q.created_at) + access.threshold('poll_reminder_days') <= access.today()
        RETURNING q.* LOOP
        PERFORM post.write(coalesce(p.person_id, p.staff_id), 'poll', late.id, 1) FROM meetings_participant p
        WHERE p.meeting_id = late.meeting_id AND p.removed_at IS NULL AND p.companion = '' AND meetings.is_concerned(p.family_id, p.staff_id)
          AND NOT EXISTS (SELECT FROM meetings_pollanswer a WHERE a.poll_id = late.id AND a.holder IN (p.person_id, p.staff_id));
    END LOOP;
END
$$;
ALTER FUNCTION meetings.remind_of_times() OWNER TO familieplan_deriver;
