-- Who gives, signs, withdraws and reads consents. The text of a consent never changes: there is no UPDATE for the app.

CREATE SCHEMA consent;
GRANT USAGE ON SCHEMA consent TO familieplan_app;
GRANT USAGE, CREATE ON SCHEMA consent TO familieplan_deriver;

CALL access.directory('consent_legalparagraph');
CALL access.protect('consent_consent');
CALL access.protect('consent_signature');
CALL access.protect('consent_legalbasis');
REVOKE UPDATE ON consent_consent, consent_signature, consent_legalbasis FROM familieplan_app;
-- A yes is written down by the coordinator or by somebody of the family; no other professional writes one for them.
CREATE POLICY family_or_coordinator ON consent_consent AS RESTRICTIVE FOR INSERT TO familieplan_app
    WITH CHECK (access.coordinates(family_id) OR (access.actor_kind() = 'person' AND deviation_reason = ''));
CREATE POLICY family_or_coordinator ON consent_signature AS RESTRICTIVE FOR INSERT TO familieplan_app
    WITH CHECK (access.actor_kind() = 'person' OR access.coordinates(family_id));
CALL access.about('consent_consent', 'subject_id');
CALL access.about('consent_legalbasis', 'subject_id');
CALL access.coordinator_writes('consent_legalbasis');
-- Emergency access is taken through consent.break_glass and nowhere else, also by a coordinator.
CREATE POLICY only_by_law ON consent_legalbasis AS RESTRICTIVE FOR INSERT TO familieplan_app WITH CHECK (kind = 'statutory');
CALL access.within_family('consent_consent', 'subject_id', 'people_person');
CALL access.within_family('consent_consent', 'replaces_id', 'consent_consent');
CALL access.within_family('consent_signature', 'consent_id', 'consent_consent');
CALL access.within_family('consent_signature', 'person_id', 'people_person');
CALL access.within_family('consent_legalbasis', 'subject_id', 'people_person');
CREATE POLICY derives ON consent_consent TO familieplan_deriver USING (true) WITH CHECK (true);
CREATE POLICY derives ON consent_signature TO familieplan_deriver USING (true) WITH CHECK (true);
CREATE POLICY derives ON consent_legalbasis TO familieplan_deriver USING (true) WITH CHECK (true);
GRANT UPDATE (withdrawn_at, withdrawn_by, until) ON consent_consent TO familieplan_deriver;
GRANT UPDATE (withdrawn_at) ON consent_signature TO familieplan_deriver;
GRANT UPDATE (ends_at) ON consent_legalbasis TO familieplan_deriver;
GRANT SELECT ON consent_legalparagraph TO familieplan_deriver;

-- Who may say yes for somebody today: themselves from the age of consent, until then everybody with custody.
CREATE FUNCTION access.who_decides_for(whom uuid) RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT p.id FROM people_person p WHERE p.id = whom
       AND (p.birth_date IS NULL OR p.birth_date + make_interval(years => access.threshold('consent_age')) <= access.today())
    UNION
    SELECT c.holder_id FROM people_custody c JOIN people_person p ON p.id = c.child_id
    WHERE c.child_id = whom AND c.starts <= access.today() AND coalesce(c.ends, 'infinity') >= access.today()
      AND p.birth_date + make_interval(years => access.threshold('consent_age')) > access.today()
$$;
REVOKE EXECUTE ON FUNCTION access.who_decides_for(uuid) FROM PUBLIC;
ALTER FUNCTION access.who_decides_for(uuid) OWNER TO familieplan_deriver;

-- Who is told of what is done about somebody: whoever decides for them, and they themselves from the age of being invited in.
CREATE FUNCTION consent.who_is_told_about(whom uuid) RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT access.who_decides_for(whom)
    UNION
    SELECT p.id FROM people_person p WHERE p.id = whom
       AND p.birth_date + make_interval(years => access.threshold('invite_age')) <= access.today()
$$;
REVOKE EXECUTE ON FUNCTION consent.who_is_told_about(uuid) FROM PUBLIC;
ALTER FUNCTION consent.who_is_told_about(uuid) OWNER TO familieplan_deriver;

-- Tell them: each reads it on their own front page, once, until they say they have read it. Nobody is told what they did themselves.
CREATE FUNCTION consent.tell(of_family uuid, whom uuid[], what_happened text, about_row uuid) RETURNS void LANGUAGE sql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
    INSERT INTO consent_notice (id, family_id, person, what, about, by, at)
    SELECT gen_random_uuid(), of_family, told.id, what_happened, about_row, access.actor(), access.clock()
    FROM (SELECT DISTINCT id FROM unnest(whom) AS id WHERE id IS NOT NULL) told
    WHERE told.id IS DISTINCT FROM access.actor() AND NOT EXISTS (SELECT FROM consent_notice n
        WHERE n.person = told.id AND n.what = what_happened AND n.about = about_row AND n.read_at IS NULL)
$$;
REVOKE EXECUTE ON FUNCTION consent.tell(uuid, uuid[], text, uuid) FROM PUBLIC;
ALTER FUNCTION consent.tell(uuid, uuid[], text, uuid) OWNER TO familieplan_deriver;
GRANT SELECT, INSERT ON consent_notice TO familieplan_deriver;

-- A signature is that of somebody who may sign: a child of 14 cannot sign alone. On their own sign-in, only as themselves.
CREATE FUNCTION consent.may_sign() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.person_id NOT IN (SELECT access.who_decides_for(c.subject_id) FROM consent_consent c WHERE c.id = NEW.consent_id) THEN
        RAISE EXCEPTION 'may not sign' USING ERRCODE = 'check_violation', CONSTRAINT = 'may_sign';
    END IF;
    IF EXISTS (SELECT FROM consent_consent c WHERE c.id = NEW.consent_id AND c.private_voice AND c.subject_id <> NEW.person_id) THEN
        RAISE EXCEPTION 'said in private' USING ERRCODE = 'check_violation', CONSTRAINT = 'private_words_are_ones_own';
    END IF;
    IF (access.actor_kind() = 'person' AND NEW.person_id <> access.actor())
       OR (access.actor_kind() = 'staff' AND NEW.form = 'portal') THEN
        RAISE EXCEPTION 'signs only as themselves' USING ERRCODE = 'insufficient_privilege';
    END IF;
    -- Shared custody takes two: where only one of them is written down, the other would not be asked.
    IF EXISTS (SELECT FROM consent_consent c JOIN people_person p ON p.id = c.subject_id
               JOIN people_custody u ON u.child_id = c.subject_id AND u.kind = 'joint'
                AND u.starts <= access.today() AND coalesce(u.ends, 'infinity') >= access.today()
               WHERE c.id = NEW.consent_id AND c.deviation_reason = ''
                 AND p.birth_date + make_interval(years => access.threshold('consent_age')) > access.today()
               GROUP BY c.id HAVING count(DISTINCT u.holder_id) < 2) THEN
        RAISE EXCEPTION 'the other is missing' USING ERRCODE = 'check_violation', CONSTRAINT = 'custody_lacks_the_other';
    END IF;
    NEW.signed_at := access.clock();
    RETURN NEW;
END
$$;
ALTER FUNCTION consent.may_sign() OWNER TO familieplan_deriver;
CREATE TRIGGER may_sign BEFORE INSERT ON consent_signature FOR EACH ROW EXECUTE FUNCTION consent.may_sign();

-- On their own sign-in a person signs where the consent lies: whoever knows of it sees that it has been signed.
-- Returns whether there was a consent that waits for them. Pressed twice, it is signed once.
CREATE FUNCTION consent.sign(new_id uuid, which uuid) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    me uuid := access.actor();
    c consent_consent;
BEGIN
    SELECT * INTO c FROM consent_consent WHERE id = which AND withdrawn_at IS NULL AND until >= access.today();
    IF access.actor_kind() IS DISTINCT FROM 'person' OR me NOT IN (SELECT access.who_decides_for(c.subject_id)) THEN
        RETURN false;
    END IF;
    IF c.private_voice AND c.subject_id <> me THEN
        RETURN false;
    END IF;
    INSERT INTO consent_signature (id, family_id, scope_id, created_at, created_by, consent_id, person_id, signed_at, form)
    SELECT new_id, c.family_id, c.scope_id, access.clock(), me, c.id, me, access.clock(), 'portal'
    WHERE c.id IS NOT NULL ON CONFLICT DO NOTHING;
    RETURN c.id IS NOT NULL;
END
$$;
ALTER FUNCTION consent.sign(uuid, uuid) OWNER TO familieplan_deriver;
GRANT INSERT ON consent_signature TO familieplan_deriver;

-- The consent is as old as the moment it is written: nobody dates one back.
CREATE FUNCTION consent.dated_now() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.created_at := access.clock();
    IF access.actor_kind() = 'person' AND NEW.replaces_id IS NOT NULL THEN
        RAISE EXCEPTION 'the coordinator talks it over again' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NEW.until < access.today() THEN
        RAISE EXCEPTION 'ends in the past' USING ERRCODE = 'check_violation', CONSTRAINT = 'consent_ends_ahead';
    END IF;
    IF NEW.until > access.today() + access.threshold('longest_consent_days') THEN
        RAISE EXCEPTION 'holds too long' USING ERRCODE = 'check_violation', CONSTRAINT = 'consent_not_for_ever';
    END IF;
    -- What a child has said in private is not for those who decide for the child to hand on.
    IF NEW.private_voice AND NOT EXISTS (SELECT FROM public.people_person p WHERE p.id = NEW.subject_id AND (p.birth_date IS NULL
            OR p.birth_date + make_interval(years => access.threshold('consent_age')) <= access.today())) THEN
        RAISE EXCEPTION 'said in private' USING ERRCODE = 'check_violation', CONSTRAINT = 'private_words_are_ones_own';
    END IF;
    IF EXISTS (SELECT FROM public.people_unit u WHERE u.id = ANY (NEW.to_units) AND u.closed_on <= access.today()) THEN
        RAISE EXCEPTION 'the unit has closed' USING ERRCODE = 'check_violation', CONSTRAINT = 'unit_is_open';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER dated_now BEFORE INSERT ON consent_consent FOR EACH ROW EXECUTE FUNCTION consent.dated_now();

-- May the actor end this consent? Whoever may say yes may take it back; so may somebody who signed it, and the
-- coordinator who is told "stop" in the kitchen.
CREATE FUNCTION consent.may_end(c consent_consent) RETURNS boolean LANGUAGE sql STABLE
RETURN access.actor() IN (SELECT access.who_decides_for(c.subject_id))
    OR access.actor() IN (SELECT s.person_id FROM consent_signature s WHERE s.consent_id = c.id)
    OR (access.actor_kind() = 'staff' AND access.coordinates(c.family_id));

-- Take a yes back, whole. Returns whether there was such a consent for the actor to end.
CREATE FUNCTION consent.withdraw(consent_id uuid) RETURNS boolean LANGUAGE sql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    WITH ended AS (
        UPDATE consent_consent c SET withdrawn_at = access.clock(), withdrawn_by = access.actor()
        WHERE c.id = consent_id AND c.withdrawn_at IS NULL AND consent.may_end(c) RETURNING 1)
    SELECT EXISTS (SELECT FROM ended)
$$;
ALTER FUNCTION consent.withdraw(uuid) OWNER TO familieplan_deriver;

-- Let it end sooner. Longer or wider is a new consent, signed anew.
CREATE FUNCTION consent.shorten(consent_id uuid, last_day date) RETURNS boolean LANGUAGE sql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    WITH ended AS (
        UPDATE consent_consent c SET until = last_day
        WHERE c.id = consent_id AND c.withdrawn_at IS NULL AND last_day < c.until AND last_day >= access.today()
          AND consent.may_end(c) RETURNING 1)
    SELECT EXISTS (SELECT FROM ended)
$$;
ALTER FUNCTION consent.shorten(uuid, date) OWNER TO familieplan_deriver;

-- What the law let through is stopped before its time by the coordinator.
CREATE FUNCTION consent.end_basis(which uuid) RETURNS boolean LANGUAGE sql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    WITH ended AS (
        UPDATE consent_legalbasis l SET ends_at = greatest(access.clock(), l.starts_at + interval '1 microsecond')
        WHERE l.id = which AND l.ends_at > access.clock()
          AND access.actor_kind() = 'staff' AND access.coordinates(l.family_id) RETURNING 1)
    SELECT EXISTS (SELECT FROM ended)
$$;
ALTER FUNCTION consent.end_basis(uuid) OWNER TO familieplan_deriver;

-- A legal basis other than consent: a professional of the receiving unit, or the coordinator, for a bounded time.
-- Emergency access: a staff member for themselves, with a reason, for as long as the paragraph allows at the most.
CREATE FUNCTION consent.basis_is_bounded() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    longest int := (SELECT p.longest_days FROM consent_legalparagraph p WHERE p.id = NEW.paragraph_id);
BEGIN
    IF NEW.ends_at > NEW.starts_at + make_interval(days => longest)
       OR (NEW.kind = 'break_glass' AND NEW.ends_at > NEW.starts_at + interval '1 day') THEN
        RAISE EXCEPTION 'too long' USING ERRCODE = 'check_violation', CONSTRAINT = 'basis_is_bounded';
    END IF;
    RETURN NEW;
END
$$;
ALTER FUNCTION consent.basis_is_bounded() OWNER TO familieplan_deriver;
CREATE TRIGGER bounded BEFORE INSERT ON consent_legalbasis FOR EACH ROW EXECUTE FUNCTION consent.basis_is_bounded();

-- The persons a member of the team works with in a family: those named when they joined; a coordinator with all. Ids only: who they are is told by
-- nothing here, and somebody to whom nobody has said yes may still have to act in an emergency.
CREATE FUNCTION consent.whom_i_work_with(of_family uuid) RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(DISTINCT whom), '{}') FROM people_teammember t JOIN access_scope s ON s.id = t.scope_id
    JOIN LATERAL (SELECT unnest(s.subjects) UNION
                  SELECT p.id FROM people_person p WHERE t.role IN ('coordinator', 'contact') AND p.family_id = t.family_id) w (whom) ON true
    WHERE t.family_id = of_family AND t.staff_id = access.actor() AND access.actor_kind() = 'staff'
      AND t.starts <= access.today() AND coalesce(t.ends, 'infinity') >= access.today() AND access.works_in(t.unit_id, of_family)
$$;
ALTER FUNCTION consent.whom_i_work_with(uuid) OWNER TO familieplan_deriver;

-- Statutory bases are the coordinator's act, in her own drawer of category consent (access.protect). Emergency access is
-- taken by a member of the family's team, for those they work with; it opens its own drawer, so that it can be written without
-- any key. Answers with the drawer, so that the log can name it; NULL when it is not theirs to open.
-- Again within some days is not alone: then it is the coordinator, whom the refusal names, who shares what the law allows.
-- What is opened in one transaction, for several persons, is one use.
CREATE FUNCTION consent.break_glass(new_id uuid, whom uuid, which_paragraph uuid, reason text, hours int)
RETURNS int LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    me uuid := access.actor();
    person people_person;
    unit uuid;
    drawer int;
BEGIN
    SELECT p.* INTO person FROM people_person p WHERE p.id = whom;
    SELECT t.unit_id INTO unit FROM people_teammember t WHERE t.family_id = person.family_id AND t.staff_id = me
        AND t.starts <= access.today() AND coalesce(t.ends, 'infinity') >= access.today() AND access.works_in(t.unit_id)
        AND NOT people.is_early(person.family_id)  -- before there is a case, whoever is in danger is notified of, not looked up
        LIMIT 1;
    IF access.actor_kind() IS DISTINCT FROM 'staff' OR unit IS NULL OR btrim(reason) = ''
       OR whom <> ALL (consent.whom_i_work_with(person.family_id)) THEN
        RETURN NULL;
    END IF;
    SELECT l.scope_id INTO drawer FROM consent_legalbasis l WHERE l.id = new_id AND l.subject_id = whom AND l.created_by = me;
    IF drawer IS NOT NULL THEN  -- sent twice
        RETURN drawer;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended(person.family_id::text || me, 2));
    IF EXISTS (SELECT FROM consent_legalbasis l WHERE l.family_id = person.family_id AND l.to_staff_id = me
               AND l.kind = 'break_glass' AND l.created_at < now()
               AND l.created_at > access.clock() - make_interval(days => access.threshold('emergency_again_days'))) THEN
        RAISE EXCEPTION 'not alone again so soon' USING ERRCODE = 'check_violation', CONSTRAINT = 'emergency_again' || CASE WHEN access.coordinates(person.family_id) THEN '_yourself' ELSE '' END,
            DETAIL = coalesce((SELECT concat_ws(', ', c.name, c.unit, nullif(c.phone, '')) FROM people.coordinators() c
                               WHERE c.family_id = person.family_id LIMIT 1), '');
    END IF;
    INSERT INTO access_scope (family_id, subjects, category_id, source, reveals_place)
    VALUES (person.family_id, ARRAY[whom], 'consent', unit, false) ON CONFLICT DO NOTHING;
    SELECT id INTO drawer FROM access_scope s WHERE s.family_id = person.family_id AND s.subjects = ARRAY[whom]
        AND s.category_id = 'consent' AND s.source = unit AND s.voice IS NULL AND NOT s.reveals_place;
    INSERT INTO consent_legalbasis (id, family_id, scope_id, created_at, created_by, kind, subject_id, kinds, from_family,
        from_units, to_staff_id, paragraph_id, necessity, starts_at, ends_at)
    VALUES (new_id, person.family_id, drawer, access.clock(), me, 'break_glass', whom, '{}', true, '{}', me,
        which_paragraph, reason, access.clock(), access.clock() + make_interval(hours => hours));
    RETURN drawer;
END
$$;
ALTER FUNCTION consent.break_glass(uuid, uuid, uuid, text, int) OWNER TO familieplan_deriver;
GRANT INSERT ON consent_legalbasis TO familieplan_deriver;

-- The family is told (law 4) in the transaction that does it. Of an emergency so are the family's coordinators: a second pair
-- of eyes.
CREATE FUNCTION consent.tell_the_family() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM consent.tell(NEW.family_id, ARRAY(SELECT consent.who_is_told_about(NEW.subject_id)
        UNION
        SELECT t.staff_id FROM people_teammember t WHERE t.family_id = NEW.family_id AND t.role = 'coordinator'
           AND NEW.kind = 'break_glass' AND t.starts <= access.today() AND coalesce(t.ends, 'infinity') >= access.today()
           AND EXISTS (SELECT FROM people_staffrole r WHERE r.staff_id = t.staff_id AND r.unit_id = t.unit_id
                       AND r.starts <= access.today() AND coalesce(r.ends, 'infinity') >= access.today())),
        NEW.kind, NEW.id);
    RETURN NULL;
END
$$;
ALTER FUNCTION consent.tell_the_family() OWNER TO familieplan_deriver;
CREATE TRIGGER family_is_told AFTER INSERT ON consent_legalbasis
    FOR EACH ROW EXECUTE FUNCTION consent.tell_the_family();

-- A signature that somebody else wrote down: the one whose name it is. And where a consent holds with fewer signatures than
-- it should have: the others who might have signed.
CREATE FUNCTION consent.tell_of_signature() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    c consent_consent;
BEGIN
    SELECT * INTO c FROM consent_consent WHERE id = NEW.consent_id;
    IF NEW.form <> 'portal' THEN
        PERFORM consent.tell(NEW.family_id, ARRAY[NEW.person_id], 'signed', NEW.consent_id);
    END IF;
    IF c.deviation_reason <> '' THEN
        PERFORM consent.tell(NEW.family_id, ARRAY(SELECT consent.who_is_told_about(c.subject_id) EXCEPT
            SELECT s.person_id FROM consent_signature s WHERE s.consent_id = c.id), 'deviation', NEW.consent_id);
    END IF;
    RETURN NULL;
END
$$;
ALTER FUNCTION consent.tell_of_signature() OWNER TO familieplan_deriver;
CREATE TRIGGER family_is_told AFTER INSERT ON consent_signature
    FOR EACH ROW EXECUTE FUNCTION consent.tell_of_signature();

-- A yes that a professional ended or shortened: those who gave it, and those who decide. (Talked over again, they sign anew.)
CREATE FUNCTION consent.tell_of_end() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM consent_consent n WHERE n.replaces_id = NEW.id) THEN
        PERFORM consent.tell(NEW.family_id, ARRAY(SELECT s.person_id FROM consent_signature s WHERE s.consent_id = NEW.id
            UNION SELECT consent.who_is_told_about(NEW.subject_id)), 'ended', NEW.id);
    END IF;
    RETURN NULL;
END
$$;
ALTER FUNCTION consent.tell_of_end() OWNER TO familieplan_deriver;
CREATE TRIGGER family_is_told AFTER UPDATE OF withdrawn_at, until ON consent_consent FOR EACH ROW
    WHEN (access.actor_kind() = 'staff') EXECUTE FUNCTION consent.tell_of_end();

-- Custody begins, changes or ends: the child who is old enough, whoever gains or loses it, and whoever has it.
CREATE FUNCTION consent.custody_today(child uuid) RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT c.holder_id FROM people_custody c
    WHERE c.child_id = child AND c.starts <= access.today() AND coalesce(c.ends, 'infinity') >= access.today()
$$;
REVOKE EXECUTE ON FUNCTION consent.custody_today(uuid) FROM PUBLIC;
ALTER FUNCTION consent.custody_today(uuid) OWNER TO familieplan_deriver;
CREATE FUNCTION consent.tell_of_custody() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM consent.tell(NEW.family_id, ARRAY(SELECT consent.custody_today(NEW.child_id) UNION SELECT NEW.holder_id
        UNION SELECT OLD.holder_id UNION SELECT consent.who_is_told_about(NEW.child_id)), 'custody', NEW.id);
    RETURN NULL;
END
$$;
ALTER FUNCTION consent.tell_of_custody() OWNER TO familieplan_deriver;
CREATE TRIGGER family_is_told AFTER INSERT OR UPDATE ON people_custody
    FOR EACH ROW EXECUTE FUNCTION consent.tell_of_custody();

-- Address protection gets another end: the one who is protected, and those with custody who live with them; never the one
-- from whom an address is kept.
CREATE FUNCTION consent.tell_of_protection() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM consent.tell(NEW.family_id, ARRAY(
        SELECT told FROM consent.who_is_told_about(NEW.person_id) AS told WHERE told = NEW.person_id
        UNION
        SELECT h FROM consent.custody_today(NEW.person_id) AS h WHERE EXISTS (
            SELECT FROM people_residence a JOIN people_residence b ON b.household_id = a.household_id
            WHERE a.person_id = NEW.person_id AND b.person_id = h
              AND access.days(a.starts, a.ends) @> access.clock() AND access.days(b.starts, b.ends) @> access.clock())),
        'protection', NEW.id);
    RETURN NULL;
END
$$;
ALTER FUNCTION consent.tell_of_protection() OWNER TO familieplan_deriver;
CREATE TRIGGER family_is_told AFTER UPDATE ON people_addressprotection FOR EACH ROW
    WHEN ((OLD.starts, OLD.ends) IS DISTINCT FROM (NEW.starts, NEW.ends)) EXECUTE FUNCTION consent.tell_of_protection();

-- Another birth date that makes somebody pass an age limit, one way or the other, opens and closes things at once.
CREATE FUNCTION consent.tell_of_birth_date() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT FROM (SELECT custody_until AS age FROM access_category
                     UNION SELECT value FROM access_threshold WHERE key IN ('consent_age', 'invite_age')) limits
        WHERE coalesce(OLD.birth_date + make_interval(years => age) <= access.today(), true)
           <> coalesce(NEW.birth_date + make_interval(years => age) <= access.today(), true)) THEN
        PERFORM consent.tell(NEW.family_id, ARRAY(SELECT consent.custody_today(NEW.id) UNION SELECT NEW.id), 'birth date', NEW.id);
    END IF;
    RETURN NULL;
END
$$;
ALTER FUNCTION consent.tell_of_birth_date() OWNER TO familieplan_deriver;
CREATE TRIGGER family_is_told AFTER UPDATE OF birth_date ON people_person
    FOR EACH ROW EXECUTE FUNCTION consent.tell_of_birth_date();

-- Somebody of the family's team today.
CREATE FUNCTION access.works_with(of_family uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM people_teammember t WHERE t.family_id = of_family AND t.staff_id = access.actor()
        AND t.starts <= access.today() AND coalesce(t.ends, 'infinity') >= access.today() AND access.works_in(t.unit_id, of_family))
$$;
ALTER FUNCTION access.works_with(uuid) OWNER TO familieplan_deriver;

ALTER TABLE consent_notice ENABLE ROW LEVEL SECURITY;
ALTER TABLE consent_notice FORCE ROW LEVEL SECURITY;
CREATE POLICY told ON consent_notice FOR SELECT TO familieplan_app USING (person = (SELECT access.actor())
    AND ((SELECT access.actor_kind()) = 'person' OR access.works_with(family_id)));
CREATE POLICY has_read ON consent_notice FOR UPDATE TO familieplan_app USING (person = (SELECT access.actor()));
CREATE POLICY derives ON consent_notice TO familieplan_deriver USING (true) WITH CHECK (true);
GRANT SELECT, UPDATE (read_at) ON consent_notice TO familieplan_app;
GRANT UPDATE (read_at) ON consent_notice TO familieplan_deriver;

-- Requests for access: seen by the family's coordinator, by those of the family who were told, and by whoever asked while
-- they are on its team. What was asked by CPR number the asker sees nowhere: it would tell that there is a plan. And it is a
-- question of its own, so that nobody reads what was asked about somebody else.
ALTER TABLE consent_accessrequest ENABLE ROW LEVEL SECURITY;
ALTER TABLE consent_accessrequest FORCE ROW LEVEL SECURITY;
CREATE POLICY asked ON consent_accessrequest FOR SELECT TO familieplan_app
    USING ((staff_id = (SELECT access.actor()) AND NOT by_cpr AND access.works_with(family_id)) OR access.coordinates(family_id));
CREATE FUNCTION consent.hears_of(whom uuid[]) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT bool_and(access.actor() IN (SELECT consent.who_is_told_about(one))) FROM unnest(whom) AS one
$$;
ALTER FUNCTION consent.hears_of(uuid[]) OWNER TO familieplan_deriver;
CREATE POLICY told ON consent_accessrequest FOR SELECT TO familieplan_app USING (id IN (
    SELECT n.about FROM consent_notice n WHERE n.person = (SELECT access.actor()) AND n.what = 'asked')
    AND consent.hears_of(about));
CREATE POLICY answers ON consent_accessrequest FOR UPDATE TO familieplan_app USING (access.coordinates(family_id));
CREATE POLICY derives ON consent_accessrequest TO familieplan_deriver USING (true) WITH CHECK (true);
GRANT SELECT, UPDATE (status, answered_at, answered_by, answer) ON consent_accessrequest TO familieplan_app;
GRANT SELECT, INSERT, UPDATE (why, kinds) ON consent_accessrequest TO familieplan_deriver;

-- Whoever asked hears the answer, in the coordinator's words and nothing more: while on the team. By CPR number nothing is
-- told them: an answer would tell that there is a plan. Those of the family who heard of the question read what was answered.
CREATE FUNCTION consent.tell_of_answer() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM consent.tell(NEW.family_id, ARRAY(SELECT t.staff_id FROM people_teammember t
        WHERE t.family_id = NEW.family_id AND t.staff_id = NEW.staff_id AND NOT NEW.by_cpr
          AND t.starts <= access.today() AND coalesce(t.ends, 'infinity') >= access.today()
        UNION SELECT n.person FROM consent_notice n WHERE n.about = NEW.id AND n.what = 'asked'), 'answered', NEW.id);
    UPDATE consent_notice n SET read_at = access.clock() WHERE n.about = NEW.id AND n.what = 'asked' AND n.read_at IS NULL;
    RETURN NULL;
END
$$;
ALTER FUNCTION consent.tell_of_answer() OWNER TO familieplan_deriver;
CREATE TRIGGER asker_is_told AFTER UPDATE OF status ON consent_accessrequest FOR EACH ROW
    WHEN (OLD.status = 'open' AND NEW.status <> 'open') EXECUTE FUNCTION consent.tell_of_answer();

-- Ask about a family one is on the team of, or about a CPR number (its keyed index). The second answers nothing, always
-- the same and never faster: whether there is a family is nobody's business until the family says so.
-- Told at once are those who decide for (or are) every one it is about: the one with the number, or those one works with.
-- What it is for stands in the family's log for them, and for the coordinator; not for a parent whom it does not concern.
CREATE FUNCTION consent.ask(new_id uuid, of_family uuid, cpr bytea, for_unit uuid, about_kinds varchar[], reason text)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    done_at timestamptz := clock_timestamp() + interval '60 milliseconds';
    asked record;
BEGIN
    IF access.actor_kind() IS DISTINCT FROM 'staff' OR NOT EXISTS (SELECT FROM people_staffrole r
            WHERE r.staff_id = access.actor() AND r.unit_id = for_unit
              AND r.starts <= access.today() AND coalesce(r.ends, 'infinity') >= access.today()) THEN
        RAISE EXCEPTION 'asks for a unit of their own' USING ERRCODE = 'insufficient_privilege';
    END IF;
    FOR asked IN
        SELECT f.id AS family, about.id, about.whom, about.by_cpr FROM (
            SELECT new_id AS id, of_family AS family, consent.whom_i_work_with(of_family) AS whom, false AS by_cpr
            WHERE access.works_with(of_family)
            UNION ALL
            SELECT md5(new_id::text || i.family_id)::uuid, i.family_id, ARRAY[i.person_id], true
            FROM people_identifier i WHERE i.cpr_index = cpr) about
        JOIN people_family f ON f.id = about.family AND f.closed_on IS NULL
        WHERE NOT EXISTS (SELECT FROM consent_accessrequest r WHERE r.id = about.id AND r.status <> 'open')  -- sent again
    LOOP
        INSERT INTO consent_accessrequest AS r
            (id, family_id, staff_id, unit_id, about, by_cpr, kinds, why, status, asked_at, answer)
        VALUES (asked.id, asked.family, access.actor(), for_unit, ARRAY(SELECT unnest(asked.whom) ORDER BY 1), asked.by_cpr,
                about_kinds, reason, 'open', access.clock(), '')
        -- While one question waits for its answer, more words about the same people are added to it: they are asked once.
        ON CONFLICT (family_id, staff_id, unit_id, about, by_cpr) WHERE status = 'open' DO UPDATE SET
            why = CASE WHEN strpos(r.why, excluded.why) > 0 THEN r.why ELSE r.why || E'\n' || excluded.why END,
            kinds = ARRAY(SELECT unnest(r.kinds) UNION SELECT unnest(excluded.kinds))
        RETURNING r.id INTO asked.id;
        PERFORM consent.tell(asked.family, ARRAY(
            SELECT told FROM unnest(asked.whom) AS one CROSS JOIN LATERAL consent.who_is_told_about(one) AS told
            GROUP BY told HAVING count(*) = cardinality(asked.whom)), 'asked', asked.id);
        PERFORM audit.write(asked.family, 'asked for access', reason, asked.id, '{}', '{}', false, for_unit);
    END LOOP;
    IF cpr IS NOT NULL THEN
        PERFORM pg_sleep(greatest(0, extract(epoch FROM done_at - clock_timestamp())));
    END IF;
END
$$;
ALTER FUNCTION consent.ask(uuid, uuid, bytea, uuid, varchar[], text) OWNER TO familieplan_deriver;
