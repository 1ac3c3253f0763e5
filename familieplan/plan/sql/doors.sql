-- Who reads and writes the plan.

CREATE SCHEMA plan;
GRANT USAGE ON SCHEMA plan TO familieplan_app;
GRANT USAGE, CREATE ON SCHEMA plan TO familieplan_deriver;

CALL access.directory('plan_strategicgoal');
CALL access.protect('plan_topic');
CALL access.protect('plan_intervention');
CALL access.protect('plan_statement');
CALL access.protect('plan_goal');
CALL access.protect('plan_goallink');
CALL access.protect('plan_agreement');
CALL access.protect('plan_weeklytime');
CALL access.protect('plan_sectorplan');
CALL access.protect('plan_followup');
CALL access.protect('plan_networkperson');

CALL access.within_family('plan_statement', 'topic_id', 'plan_topic');
CALL access.within_family('plan_statement', 'intervention_id', 'plan_intervention');
CALL access.within_family('plan_statement', 'speaker_person_id', 'people_person');
CALL access.within_family('plan_statement', 'replaces_id', 'plan_statement');
CALL access.within_family('plan_goal', 'topic_id', 'plan_topic');
CALL access.within_family('plan_goal', 'parent_id', 'plan_goal');
CALL access.within_family('plan_goallink', 'goal_id', 'plan_goal');
CALL access.within_family('plan_goallink', 'helps_id', 'plan_goal');
CALL access.within_family('plan_agreement', 'topic_id', 'plan_topic');
CALL access.within_family('plan_agreement', 'goal_id', 'plan_goal');
CALL access.within_family('plan_agreement', 'doer_person_id', 'people_person');
CALL access.within_family('plan_weeklytime', 'intervention_id', 'plan_intervention');
CALL access.within_family('plan_weeklytime', 'person_id', 'people_person');
CALL access.within_family('plan_sectorplan', 'person_id', 'people_person');
CALL access.within_family('plan_followup', 'sector_plan_id', 'plan_sectorplan');
CALL access.within_family('plan_networkperson', 'of_person_id', 'people_person');

-- How a child's plan was followed up stays as it was said on the day; a correction is another one.
REVOKE UPDATE ON plan_followup FROM familieplan_app;
CREATE FUNCTION plan.lies_with_its_plan() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM plan_sectorplan p WHERE p.id = NEW.sector_plan_id AND p.scope_id = NEW.scope_id) THEN
        RAISE EXCEPTION 'lies with its plan' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER lies_with_its_plan BEFORE INSERT ON plan_followup FOR EACH ROW EXECUTE FUNCTION plan.lies_with_its_plan();

-- Law 6: words are never edited. New words replace old ones; both stay.
REVOKE UPDATE ON plan_statement FROM familieplan_app;

-- New words take the place of old ones only where their speaker says so (or whoever recorded them, for that speaker).
CREATE FUNCTION plan.words_are_the_speakers() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF access.actor_kind() = 'person' AND NEW.speaker_person_id IS DISTINCT FROM access.actor() THEN
        RAISE EXCEPTION 'one speaks for oneself' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF access.actor_kind() = 'staff' AND NEW.speaker_staff_id IS DISTINCT FROM access.actor()
       AND NOT (NEW.speaker_person_id IS NOT NULL AND access.coordinates(NEW.family_id)) THEN
        RAISE EXCEPTION 'one speaks for oneself' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NEW.replaces_id IS NOT NULL AND NOT EXISTS (SELECT FROM plan_statement s WHERE s.id = NEW.replaces_id
            AND s.family_id = NEW.family_id AND s.kind = NEW.kind
            AND s.speaker_person_id IS NOT DISTINCT FROM NEW.speaker_person_id
            AND s.speaker_staff_id IS NOT DISTINCT FROM NEW.speaker_staff_id
            AND (access.actor_kind() = 'person' OR s.created_by = access.actor())) THEN
        RAISE EXCEPTION 'these words are another''s' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$;
ALTER FUNCTION plan.words_are_the_speakers() OWNER TO familieplan_deriver;
CREATE TRIGGER speakers BEFORE INSERT ON plan_statement FOR EACH ROW EXECUTE FUNCTION plan.words_are_the_speakers();
CREATE POLICY derives ON plan_statement FOR SELECT TO familieplan_deriver USING (true);
GRANT SELECT (id, family_id, kind, speaker_person_id, speaker_staff_id, created_by) ON plan_statement TO familieplan_deriver;

-- Words that a professional writes down for somebody are told to them, or to those who decide for a child: as far as they may read them.
CREATE FUNCTION plan.tell_the_speaker() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM consent.tell(NEW.family_id, ARRAY(
        SELECT told FROM consent.who_is_told_about(NEW.speaker_person_id) told
        WHERE EXISTS (SELECT FROM access_grant g WHERE g.scope_id = NEW.scope_id AND g.holder = told
                      AND g.valid_from <= access.clock() AND g.valid_until > access.clock())), 'words', NEW.id);
    RETURN NULL;
END
$$;
ALTER FUNCTION plan.tell_the_speaker() OWNER TO familieplan_deriver;
CREATE TRIGGER told AFTER INSERT ON plan_statement FOR EACH ROW
    WHEN (access.actor_kind() = 'staff' AND NEW.speaker_person_id IS NOT NULL) EXECUTE FUNCTION plan.tell_the_speaker();

-- Words between the meetings are for all concerned, not only by way of the coordinator: whoever may read them hears of them.
-- The speaker whose words somebody else wrote down has been told of that already.
CREATE FUNCTION plan.tell_of_comment() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM consent.tell(NEW.family_id, ARRAY(
        SELECT reader FROM plan.readers_now(NEW.scope_id) reader WHERE reader IS DISTINCT FROM NEW.speaker_person_id),
        'comment', NEW.id);
    RETURN NULL;
END
$$;
CREATE FUNCTION plan.readers_now(drawer bigint) RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT DISTINCT g.holder FROM access_grant g
    WHERE g.scope_id = drawer AND g.valid_from <= access.clock() AND g.valid_until > access.clock()
$$;
REVOKE EXECUTE ON FUNCTION plan.readers_now(bigint) FROM PUBLIC;
ALTER FUNCTION plan.readers_now(bigint) OWNER TO familieplan_deriver;
ALTER FUNCTION plan.tell_of_comment() OWNER TO familieplan_deriver;
CREATE TRIGGER told_all AFTER INSERT ON plan_statement FOR EACH ROW
    WHEN (NEW.kind = 'comment') EXECUTE FUNCTION plan.tell_of_comment();

-- An agreement that is done, dropped or gets another day is told to those it concerns, as far as they may read it: whom it is
-- about (or who decides for them), who made it, who took it on, and the coordinator.
CREATE FUNCTION plan.concerned(in_family uuid, drawer bigint) RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT reader FROM plan.readers_now(drawer) reader
    WHERE reader IN (SELECT consent.who_is_told_about(subject)
                     FROM access_scope s CROSS JOIN unnest(s.subjects) subject WHERE s.id = drawer)
       OR EXISTS (SELECT FROM people_teammember t WHERE t.family_id = in_family AND t.staff_id = reader
                  AND t.role IN ('coordinator', 'contact') AND t.starts <= access.today()
                  AND coalesce(t.ends, 'infinity') >= access.today())
$$;
REVOKE EXECUTE ON FUNCTION plan.concerned(uuid, bigint) FROM PUBLIC;
ALTER FUNCTION plan.concerned(uuid, bigint) OWNER TO familieplan_deriver;
CREATE FUNCTION plan.tell_of_agreement() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM consent.tell(NEW.family_id, ARRAY(
        SELECT plan.concerned(NEW.family_id, NEW.scope_id)
        UNION
        SELECT reader FROM plan.readers_now(NEW.scope_id) reader
        WHERE reader IN (NEW.created_by, NEW.doer_person_id, NEW.doer_staff_id)), 'agreement', NEW.id);
    RETURN NULL;
END
$$;
ALTER FUNCTION plan.tell_of_agreement() OWNER TO familieplan_deriver;
-- What was decided about following a child's plan is given to the child and those who decide for it, and to the coordinator.
CREATE FUNCTION plan.tell_of_follow_up() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM consent.tell(NEW.family_id, ARRAY(SELECT plan.concerned(NEW.family_id, NEW.scope_id)), 'followed', NEW.sector_plan_id);
    RETURN NULL;
END
$$;
ALTER FUNCTION plan.tell_of_follow_up() OWNER TO familieplan_deriver;
CREATE TRIGGER told AFTER INSERT ON plan_followup FOR EACH ROW EXECUTE FUNCTION plan.tell_of_follow_up();

CREATE TRIGGER told AFTER UPDATE ON plan_agreement FOR EACH ROW
    WHEN ((OLD.status, OLD.due_on, OLD.review_on) IS DISTINCT FROM (NEW.status, NEW.due_on, NEW.review_on))
    EXECUTE FUNCTION plan.tell_of_agreement();

-- Whoever has taken an agreement on says how it goes, and may ask for more time, even where it lies in another's drawer –
-- and nothing but that. More time is a later day: what was promised earlier stays in plan_earlier, and is told.
CREATE POLICY doer_reports ON plan_agreement FOR UPDATE TO familieplan_app
    USING (scope_id = ANY ((SELECT access.readable_scopes())::int[])
           AND (SELECT access.actor()) IN (doer_person_id, doer_staff_id))
    WITH CHECK (scope_id = ANY ((SELECT access.readable_scopes())::int[])
           AND (SELECT access.actor()) IN (doer_person_id, doer_staff_id));
CREATE FUNCTION plan.doer_only_reports() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    reports text[] := ARRAY['status', 'done_on', 'word', 'due_on', 'version'];
BEGIN
    IF NEW.scope_id <> ALL (access.editable_scopes())
       AND (to_jsonb(NEW) - reports <> to_jsonb(OLD) - reports OR NEW.due_on < OLD.due_on) THEN
        RAISE EXCEPTION 'the doer only says how it goes' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER doer_only_reports BEFORE UPDATE ON plan_agreement FOR EACH ROW EXECUTE FUNCTION plan.doer_only_reports();

-- Each change of a topic or an agreement is a version of its own: minutes hold it by number (plan_earlier keeps what it said).
CREATE FUNCTION plan.counts_versions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.version := OLD.version + 1;
    RETURN NEW;
END
$$;
CREATE TRIGGER counts_versions BEFORE UPDATE ON plan_topic FOR EACH ROW EXECUTE FUNCTION plan.counts_versions();
CREATE TRIGGER counts_versions BEFORE UPDATE ON plan_agreement FOR EACH ROW EXECUTE FUNCTION plan.counts_versions();

-- What reveals a place lies in a drawer that says so, so that address protection reaches it.
CREATE FUNCTION plan.place_is_tagged() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    fact jsonb := to_jsonb(NEW);
    tells boolean := coalesce(fact ->> 'place', '') <> ''
        OR EXISTS (SELECT FROM people_unit u WHERE u.id = (fact ->> 'unit_id')::uuid AND u.reveals_place)
        OR fact ->> 'kind' = 'address' AND TG_TABLE_NAME = 'people_contact';
BEGIN
    IF tells AND NOT (SELECT s.reveals_place FROM access_scope s WHERE s.id = NEW.scope_id) THEN
        RAISE EXCEPTION 'tells where somebody is' USING ERRCODE = 'check_violation', CONSTRAINT = 'place_is_tagged';
    END IF;
    RETURN NEW;
END
$$;
ALTER FUNCTION plan.place_is_tagged() OWNER TO familieplan_deriver;
CREATE TRIGGER place_is_tagged BEFORE INSERT OR UPDATE ON plan_weeklytime FOR EACH ROW EXECUTE FUNCTION plan.place_is_tagged();
CREATE TRIGGER place_is_tagged BEFORE INSERT OR UPDATE ON plan_intervention FOR EACH ROW EXECUTE FUNCTION plan.place_is_tagged();
CREATE TRIGGER place_is_tagged BEFORE INSERT OR UPDATE ON plan_sectorplan FOR EACH ROW EXECUTE FUNCTION plan.place_is_tagged();
CREATE TRIGGER place_is_tagged BEFORE INSERT OR UPDATE ON people_teammember FOR EACH ROW EXECUTE FUNCTION plan.place_is_tagged();
CREATE TRIGGER place_is_tagged BEFORE INSERT OR UPDATE ON people_contact FOR EACH ROW EXECUTE FUNCTION plan.place_is_tagged();

-- What a row said before, in the same drawer.
ALTER TABLE plan_earlier ENABLE ROW LEVEL SECURITY;
ALTER TABLE plan_earlier FORCE ROW LEVEL SECURITY;
CREATE POLICY reads ON plan_earlier FOR SELECT TO familieplan_app
    USING (scope_id = ANY ((SELECT access.readable_scopes())::int[]));
CREATE POLICY derives ON plan_earlier TO familieplan_deriver USING (true) WITH CHECK (true);
GRANT SELECT ON plan_earlier TO familieplan_app;
GRANT INSERT ON plan_earlier TO familieplan_deriver;
CREATE FUNCTION plan.keep_earlier() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO plan_earlier (family_id, scope_id, row_id, what, was, changed_by, changed_at)
    VALUES (OLD.family_id, OLD.scope_id, OLD.id, TG_TABLE_NAME, to_jsonb(OLD), access.actor(), access.clock());
    RETURN NULL;
END
$$;
ALTER FUNCTION plan.keep_earlier() OWNER TO familieplan_deriver;
CREATE TRIGGER keep_earlier AFTER UPDATE ON plan_topic FOR EACH ROW EXECUTE FUNCTION plan.keep_earlier();
CREATE TRIGGER keep_earlier AFTER UPDATE ON plan_intervention FOR EACH ROW EXECUTE FUNCTION plan.keep_earlier();
CREATE TRIGGER keep_earlier AFTER UPDATE ON plan_goal FOR EACH ROW EXECUTE FUNCTION plan.keep_earlier();
CREATE TRIGGER keep_earlier AFTER UPDATE ON plan_agreement FOR EACH ROW EXECUTE FUNCTION plan.keep_earlier();
CREATE TRIGGER keep_earlier AFTER UPDATE ON plan_weeklytime FOR EACH ROW EXECUTE FUNCTION plan.keep_earlier();
CREATE TRIGGER keep_earlier AFTER UPDATE ON plan_sectorplan FOR EACH ROW EXECUTE FUNCTION plan.keep_earlier();
CREATE TRIGGER keep_earlier AFTER UPDATE ON plan_networkperson FOR EACH ROW EXECUTE FUNCTION plan.keep_earlier();
CREATE TRIGGER keep_earlier AFTER UPDATE ON people_person FOR EACH ROW EXECUTE FUNCTION plan.keep_earlier();
CREATE TRIGGER keep_earlier AFTER UPDATE ON people_contact FOR EACH ROW EXECUTE FUNCTION plan.keep_earlier();
