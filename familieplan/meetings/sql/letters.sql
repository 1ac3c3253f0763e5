-- Letters about a meeting, and the answers that calendars send back. Written in the transaction that has the news, whoever has it;
-- nothing about a meeting that is still being prepared. What they say, post and meetings/letters.py decide: a time, perhaps a place.

-- Is whom still somebody this meeting is a matter of: of the family, or on its team today?
CREATE FUNCTION meetings.is_concerned(of_family uuid, colleague uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT colleague IS NULL OR EXISTS (SELECT FROM people_teammember t JOIN people_staff s ON s.id = t.staff_id
        WHERE t.family_id = of_family AND t.staff_id = colleague AND s.left_at IS NULL
          AND t.starts <= access.today() AND coalesce(t.ends, 'infinity') >= access.today())
$$;

-- The SEQUENCE of one receiver's letters (RFC 5545, 3.8.7.4): it grows with each new time or place, with each time they are invited
-- or taken off or come for another while, and never goes back.
CREATE FUNCTION meetings.letter_version(which uuid, whom uuid) RETURNS int LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT m.sequence * 10 + (SELECT count(p.id) + count(p.removed_at) + coalesce(sum(p.sequence), 0) FROM meetings_participant p
                              WHERE p.meeting_id = m.id AND whom IN (p.person_id, p.staff_id))::int
    FROM meetings_meeting m WHERE m.id = which
$$;

-- To everybody at the table, or to one seat (also one just taken off). Who has no account gets nothing (post.write); somebody no longer
-- on the team hears only that it is called off.
CREATE FUNCTION meetings.write(which uuid, kind text, only_seat uuid DEFAULT NULL) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM post.write(coalesce(p.person_id, p.staff_id), kind, which,
                       meetings.letter_version(which, coalesce(p.person_id, p.staff_id)))
    FROM meetings_participant p
    WHERE p.meeting_id = which AND p.companion = '' AND CASE WHEN only_seat IS NULL THEN p.removed_at IS NULL ELSE p.id = only_seat END
      AND (kind = 'cancellation' OR meetings.is_concerned(p.family_id, p.staff_id));
END
$$;

CREATE FUNCTION meetings.write_of_meeting() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF (NEW.starts_at, NEW.minutes) IS DISTINCT FROM (OLD.starts_at, OLD.minutes) AND NEW.stage = 'called' THEN
        -- A yes to the old time is no yes to the new one (RFC 5546, 3.2.2.1); whoever set it has answered by that.
        UPDATE meetings_participant p SET reply = 'none', reply_words = '', replied_at = NULL, by_mail = false
        WHERE p.meeting_id = NEW.id AND p.removed_at IS NULL AND p.companion = '' AND p.reply <> 'none'
          AND access.actor() IS DISTINCT FROM coalesce(p.person_id, p.staff_id);
    END IF;
    PERFORM meetings.write(NEW.id, CASE WHEN NEW.stage = 'cancelled' THEN 'cancellation' ELSE 'invitation' END);
    RETURN NULL;
END
$$;
CREATE TRIGGER letters_go_out AFTER UPDATE ON meetings_meeting FOR EACH ROW
    WHEN ((OLD.stage, NEW.stage) IN (('preparing', 'called'), ('called', 'cancelled'))
          OR ((OLD.stage, NEW.stage) = ('called', 'called') AND OLD.sequence <> NEW.sequence))
    EXECUTE FUNCTION meetings.write_of_meeting();

CREATE FUNCTION meetings.write_of_seat() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM meetings_meeting m WHERE m.id = NEW.meeting_id AND m.stage = 'called') THEN
        PERFORM meetings.write(NEW.meeting_id, CASE WHEN NEW.removed_at IS NULL THEN 'invitation' ELSE 'cancellation' END, NEW.id);
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER letter_to_whoever_comes AFTER INSERT ON meetings_participant FOR EACH ROW EXECUTE FUNCTION meetings.write_of_seat();
CREATE TRIGGER letter_to_whoever_leaves AFTER UPDATE ON meetings_participant FOR EACH ROW
    WHEN (OLD.removed_at IS NULL AND NEW.removed_at IS NOT NULL) EXECUTE FUNCTION meetings.write_of_seat();

-- Something was proposed: the family at the table hears of it, each of what they may read. Each proposal is a matter of its own.
CREATE FUNCTION meetings.write_of_proposal() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM post.write(p.person_id, 'agenda', NEW.id, 0) FROM meetings_participant p JOIN meetings_meeting m ON m.id = p.meeting_id
    WHERE p.meeting_id = NEW.meeting_id AND m.stage = 'called' AND p.removed_at IS NULL AND p.person_id IS NOT NULL
      AND p.person_id <> access.actor() AND meetings.may_read(p.person_id, NEW.scope_id);
    RETURN NULL;
END
$$;
CREATE TRIGGER letter_of_proposal AFTER INSERT ON meetings_agendaitem FOR EACH ROW WHEN (NEW.status = 'proposed')
    EXECUTE FUNCTION meetings.write_of_proposal();

-- The minutes are shared, or a new version of them: to all at the table.
CREATE FUNCTION meetings.write_of_minutes() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM post.write(coalesce(p.person_id, p.staff_id), 'minutes', NEW.meeting_id, NEW.number) FROM meetings_participant p
    WHERE p.meeting_id = NEW.meeting_id AND p.companion = '' AND p.removed_at IS NULL AND meetings.is_concerned(p.family_id, p.staff_id);
    RETURN NULL;
END
$$;
CREATE TRIGGER letters_with_minutes AFTER INSERT ON meetings_minutes FOR EACH ROW EXECUTE FUNCTION meetings.write_of_minutes();

-- A week before: everybody at the table, once for each day the meeting is set to, when the agenda went out before it had to (who was
-- invited yesterday has not forgotten). And the coordinator, when the agenda should be out by now.
CREATE FUNCTION meetings.remind() RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    soon date := access.today() + access.threshold('meeting_reminder_days');
    late date := access.today() + access.threshold('agenda_out_days');
BEGIN
    PERFORM post.must_be_a_job();
    PERFORM post.write(coalesce(p.person_id, p.staff_id), 'reminder', m.id, meetings.day_number(m.starts_at))
    FROM meetings_meeting m JOIN meetings_participant p ON p.meeting_id = m.id
    WHERE m.stage = 'called' AND m.starts_at > access.clock() AND meetings.day_of(m.starts_at) <= soon
      AND meetings.day_of(m.called_at) < meetings.day_of(m.starts_at) - access.threshold('agenda_out_days')
      AND p.companion = '' AND p.removed_at IS NULL AND p.reply <> 'no' AND meetings.is_concerned(p.family_id, p.staff_id);
    PERFORM post.write(t.staff_id, 'task', m.id, meetings.day_number(m.starts_at))
    FROM meetings_meeting m JOIN people_teammember t ON t.family_id = m.family_id AND t.role IN ('coordinator', 'contact')
    WHERE m.stage = 'preparing' AND m.starts_at > access.clock() AND meetings.day_of(m.starts_at) < late
      AND t.starts <= access.today() AND coalesce(t.ends, 'infinity') >= access.today();
END
$$;
CREATE FUNCTION meetings.day_of(moment timestamptz) RETURNS date LANGUAGE sql IMMUTABLE
RETURN (moment AT TIME ZONE 'Europe/Copenhagen')::date;
CREATE FUNCTION meetings.day_number(moment timestamptz) RETURNS int LANGUAGE sql IMMUTABLE
RETURN meetings.day_of(moment) - DATE '2000-01-01';

-- What a calendar is told: for the letter to be sent, and for whoever takes the meeting into their own calendar; to who comes for a while,
-- that while. The place is left out
-- when anybody of the family has address protection today, and for who is no longer called.
CREATE FUNCTION meetings.for_calendar(which uuid, whom uuid)
RETURNS TABLE (starts_at timestamptz, minutes int, place text, is_called boolean, version int) LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT m.starts_at + make_interval(mins => coalesce(w.from_minute, 0)), coalesce(w.for_minutes, m.minutes), CASE WHEN c.is_called AND NOT EXISTS (
            SELECT FROM people_addressprotection a WHERE a.family_id = m.family_id AND a.starts <= access.today() AND coalesce(a.ends, 'infinity') >= access.today()) THEN m.place ELSE '' END,
        c.is_called, meetings.letter_version(which, whom)
    FROM meetings_meeting m CROSS JOIN LATERAL (SELECT m.stage IN ('called', 'running') AND EXISTS (SELECT FROM meetings_participant p
        WHERE p.meeting_id = which AND p.removed_at IS NULL AND whom IN (p.person_id, p.staff_id)
          AND meetings.is_concerned(p.family_id, p.staff_id)) AS is_called) c
    LEFT JOIN LATERAL (SELECT p.from_minute, p.for_minutes FROM meetings_participant p
        WHERE p.meeting_id = which AND p.person_id = whom AND p.removed_at IS NULL) w ON true
    WHERE m.id = which AND m.starts_at IS NOT NULL
      AND (access.actor_kind() = 'job' OR (whom = access.actor() AND (meetings.sits_at(which) OR access.coordinates(m.family_id))))
$$;

-- Who might have answered: the tag in the address the answer came to says which of them (meetings/tags.py).
CREATE FUNCTION meetings.called_to(which uuid) RETURNS TABLE (seat uuid, holder uuid) LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM post.must_be_a_job();
    RETURN QUERY SELECT p.id, coalesce(p.person_id, p.staff_id) FROM meetings_participant p JOIN meetings_meeting m ON m.id = p.meeting_id
        WHERE m.id = which AND m.stage = 'called' AND p.removed_at IS NULL AND p.companion = ''
          AND meetings.is_concerned(p.family_id, p.staff_id);
END
$$;

-- An answer out of a calendar: to the newest letter, from the address that letter went to, for that one seat. Answers whether it was taken.
CREATE FUNCTION meetings.answer_by_mail(seat_ uuid, to_version int, email_ text, new_reply text, words text) RETURNS boolean LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM post.must_be_a_job();
    UPDATE meetings_participant p SET reply = new_reply, reply_words = words, replied_at = access.clock(),
        replied_by = coalesce(p.person_id, p.staff_id), by_mail = true
    FROM meetings_meeting m, accounts_user u, post_address a
    WHERE p.id = seat_ AND m.id = p.meeting_id AND m.stage = 'called' AND p.removed_at IS NULL AND new_reply IN ('yes', 'maybe', 'no')
      AND u.holder = coalesce(p.person_id, p.staff_id) AND u.is_active AND a.user_id = u.id AND lower(a.email) = lower(email_)
      AND meetings.letter_version(m.id, u.holder) = to_version AND meetings.is_concerned(p.family_id, p.staff_id);
    RETURN FOUND;
END
$$;

DO $$
DECLARE
    function_ regprocedure;
BEGIN
    FOR function_ IN SELECT p.oid::regprocedure FROM pg_proc p WHERE p.pronamespace = 'meetings'::regnamespace AND p.proname IN (
            'is_concerned', 'letter_version', 'write', 'write_of_meeting', 'write_of_seat', 'write_of_proposal', 'write_of_minutes',
            'remind', 'for_calendar', 'called_to', 'answer_by_mail', 'day_of', 'day_number') LOOP
        EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', function_);
        IF function_::regproc::text IN ('meetings.remind', 'meetings.for_calendar', 'meetings.called_to', 'meetings.answer_by_mail') THEN
            EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO familieplan_app', function_);
        END IF;
        EXECUTE format('ALTER FUNCTION %s OWNER TO familieplan_deriver', function_);
    END LOOP;
END
$$;
