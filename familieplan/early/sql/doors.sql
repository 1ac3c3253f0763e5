-- The early course: what it may hold, how it begins, what the family's yes to it can be, and how it ends. Before there is a case, so
-- with fewer rights than a course has (Statusanalyse, afsnit 2.3; barnets lov § 17: school, daycare, health visitor and preventive
-- social work; job centre and adult services are outside). Who may read follows from consent/sql/rules.sql, as everywhere.

CREATE SCHEMA early;
GRANT USAGE ON SCHEMA early TO familieplan_app;
GRANT USAGE, CREATE ON SCHEMA early TO familieplan_deriver;

-- What an early course does not hold, whoever writes. (That every other personal table is meant to be held: access/catalogue.toml, [early].)
CREATE PROCEDURE early.does_not_hold(tbl regclass) LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE POLICY not_while_early ON %s AS RESTRICTIVE FOR INSERT TO familieplan_app
        WITH CHECK (NOT people.is_early(family_id))', tbl);
END
$$;
CALL early.does_not_hold('people_identifier');
CALL early.does_not_hold('people_relation');
CALL early.does_not_hold('people_household');
CALL early.does_not_hold('people_residence');
CALL early.does_not_hold('people_addressprotection');
CALL early.does_not_hold('consent_legalbasis');
CALL early.does_not_hold('plan_intervention');
CALL early.does_not_hold('plan_goal');
CALL early.does_not_hold('plan_goallink');
CALL early.does_not_hold('plan_weeklytime');
CALL early.does_not_hold('plan_sectorplan');
CALL early.does_not_hold('plan_networkperson');
CALL early.does_not_hold('plan_followup');

-- Somebody of a unit whose people may start one opens it, with themselves as its contact. Everything after that goes through the keys
-- they have thereby. Sent twice, it is begun once.
CREATE FUNCTION early.begin(new_family uuid, team_line uuid, for_unit uuid, child uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    me uuid := access.actor();
    last_day date := access.today() + access.threshold('early_course_days');
    drawer int;
BEGIN
    IF access.actor_kind() IS DISTINCT FROM 'staff' OR NOT access.works_in(for_unit)
       OR NOT EXISTS (SELECT FROM people_unit u WHERE u.id = for_unit AND u.early = 'starts') THEN
        RAISE EXCEPTION 'not of a unit that starts one' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO people_family (id, opened_on, early_until) VALUES (new_family, access.today(), last_day);
    INSERT INTO access_scope (family_id, subjects, category_id, source, reveals_place)
    SELECT new_family, ARRAY[child], 'basic', u.id, u.reveals_place FROM people_unit u WHERE u.id = for_unit
    RETURNING id INTO drawer;
    INSERT INTO people_teammember (id, family_id, scope_id, created_at, created_by, staff_id, unit_id, role, reason, starts, ends)
    VALUES (team_line, new_family, drawer, access.clock(), me, me, for_unit, 'contact', '', access.today(), last_day);
END
$$;
ALTER FUNCTION early.begin(uuid, uuid, uuid, uuid) OWNER TO familieplan_deriver;

-- One child and those with custody of it, and all who decide have been talked with first. Asked when all of it stands there.
CREATE FUNCTION early.one_child_and_its_parents() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    child uuid;
    children int;
BEGIN
    IF NOT people.is_early(NEW.family_id) THEN
        RETURN NULL;
    END IF;
    SELECT (array_agg(DISTINCT c.child_id))[1], count(DISTINCT c.child_id) INTO child, children FROM people_custody c
    WHERE c.family_id = NEW.family_id;
    IF children <> 1 OR EXISTS (SELECT FROM people_person p WHERE p.family_id = NEW.family_id AND p.id <> child
                                AND p.id NOT IN (SELECT consent.custody_today(child))) THEN
        RAISE EXCEPTION 'about one child' USING ERRCODE = 'check_violation', CONSTRAINT = 'early_about_one_child';
    END IF;
    IF EXISTS (SELECT one FROM (SELECT access.who_decides_for(child) AS one UNION SELECT consent.custody_today(child)) must
               WHERE NOT EXISTS (SELECT FROM people_firsttalk t WHERE t.person_id = must.one)) THEN
        RAISE EXCEPTION 'parents first' USING ERRCODE = 'check_violation', CONSTRAINT = 'early_parents_first';
    END IF;
    RETURN NULL;
END
$$;
ALTER FUNCTION early.one_child_and_its_parents() OWNER TO familieplan_deriver;
CREATE CONSTRAINT TRIGGER early_whole AFTER INSERT ON people_person DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION early.one_child_and_its_parents();
CREATE POLICY derives ON people_firsttalk FOR SELECT TO familieplan_deriver USING (true);
GRANT SELECT (family_id, person_id) ON people_firsttalk TO familieplan_deriver;

-- Talked with before it was written down: not a day that is still to come.
CREATE FUNCTION early.talked_before() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.talked_on > access.today() THEN
        RAISE EXCEPTION 'parents first' USING ERRCODE = 'check_violation', CONSTRAINT = 'early_parents_first';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER talked_before BEFORE INSERT ON people_firsttalk FOR EACH ROW EXECUTE FUNCTION early.talked_before();

-- Who works with it: of units with a part in early courses, until its last day. Its contact is whoever began it.
CREATE FUNCTION early.team_of_the_sphere() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF people.is_early(NEW.family_id) THEN
        IF NOT EXISTS (SELECT FROM people_unit u WHERE u.id = NEW.unit_id AND u.early <> '') THEN
            RAISE EXCEPTION 'outside' USING ERRCODE = 'check_violation', CONSTRAINT = 'early_units_only';
        END IF;
        NEW.ends := least(coalesce(NEW.ends, 'infinity'), (SELECT f.early_until FROM people_family f WHERE f.id = NEW.family_id));
    END IF;
    RETURN NEW;
END
$$;
ALTER FUNCTION early.team_of_the_sphere() OWNER TO familieplan_deriver;
CREATE TRIGGER of_the_sphere BEFORE INSERT OR UPDATE ON people_teammember FOR EACH ROW EXECUTE FUNCTION early.team_of_the_sphere();
CREATE POLICY no_second_contact ON people_teammember AS RESTRICTIVE FOR INSERT TO familieplan_app
    WITH CHECK (role <> 'contact' AND (role = 'professional' OR NOT people.is_early(family_id)));

-- The yes to an early meeting: to units with a part in it, kinds that it needs, until its last day, by everybody who decides; and about the
-- child. The one other: to a unit with coordinators, by which the family lets an ordinary course begin. It opens nothing before that.
CREATE FUNCTION early.asks_for_a_course(to_units uuid[]) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT cardinality(to_units) = 1 AND EXISTS (SELECT FROM people_staffrole r JOIN people_unit u ON u.id = r.unit_id
        WHERE r.unit_id = to_units[1] AND u.early = '' AND r.role = 'coordinator'
          AND r.starts <= access.today() AND coalesce(r.ends, 'infinity') >= access.today())
$$;
ALTER FUNCTION early.asks_for_a_course(uuid[]) OWNER TO familieplan_deriver;
CREATE FUNCTION early.a_small_yes() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    last_day date := (SELECT f.early_until FROM people_family f WHERE f.id = NEW.family_id);
    is_way_in boolean := early.asks_for_a_course(NEW.to_units::uuid[]);
BEGIN
    IF last_day IS NULL THEN
        RETURN NEW;
    END IF;
    IF NEW.to_persons <> '{}' OR EXISTS (SELECT FROM unnest(NEW.from_units || CASE WHEN is_way_in THEN '{}' ELSE NEW.to_units END) one
            WHERE NOT EXISTS (SELECT FROM people_unit u WHERE u.id = one AND u.early <> '')) THEN
        RAISE EXCEPTION 'outside' USING ERRCODE = 'check_violation', CONSTRAINT = 'early_units_only';
    END IF;
    IF EXISTS (SELECT FROM access_category k WHERE k.key = ANY (NEW.kinds) AND k.early = '') THEN
        RAISE EXCEPTION 'more than it needs' USING ERRCODE = 'check_violation', CONSTRAINT = 'early_kinds_only';
    END IF;
    IF NEW.until > last_day AND NOT is_way_in THEN
        RAISE EXCEPTION 'holds longer' USING ERRCODE = 'check_violation', CONSTRAINT = 'early_yes_ends_with_it';
    END IF;
    IF NEW.deviation_reason <> '' OR NEW.private_voice THEN
        RAISE EXCEPTION 'everybody or nobody' USING ERRCODE = 'check_violation', CONSTRAINT = 'early_all_say_yes';
    END IF;
    RETURN NEW;
END
$$;
ALTER FUNCTION early.a_small_yes() OWNER TO familieplan_deriver;
CREATE TRIGGER a_small_yes BEFORE INSERT ON consent_consent FOR EACH ROW EXECUTE FUNCTION early.a_small_yes();

-- Has everybody who decides signed, and nobody taken it back?
CREATE FUNCTION early.holds(c consent_consent) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT c.withdrawn_at IS NULL AND c.until >= access.today() AND coalesce(bool_and(s.id IS NOT NULL), false)
    FROM access.who_decides_for(c.subject_id) AS one
    LEFT JOIN consent_signature s ON s.consent_id = c.id AND s.person_id = one AND s.withdrawn_at IS NULL
$$;
REVOKE EXECUTE ON FUNCTION early.holds(consent_consent) FROM PUBLIC;
ALTER FUNCTION early.holds(consent_consent) OWNER TO familieplan_deriver;

-- It is over, from now on and for everybody but the family. What was called is called off; every yes ends with it.
CREATE FUNCTION early.finish(of_family uuid, new_clips int) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE meetings_meeting SET stage = 'cancelled' WHERE family_id = of_family AND stage IN ('preparing', 'called');
    UPDATE people_teammember SET ends = least(ends, greatest(starts, access.today())) WHERE family_id = of_family;
    UPDATE consent_consent SET until = access.today() - 1
    WHERE family_id = of_family AND until >= access.today() AND withdrawn_at IS NULL;
    UPDATE people_family SET closed_on = access.today(), clips = new_clips WHERE id = of_family AND early_until IS NOT NULL;
END
$$;
REVOKE EXECUTE ON FUNCTION early.finish(uuid, int) FROM PUBLIC;
ALTER FUNCTION early.finish(uuid, int) OWNER TO familieplan_deriver;
GRANT UPDATE (stage) ON meetings_meeting TO familieplan_deriver;

-- A no ends it: when no yes to an early meeting about the child stands or waits any more.
CREATE FUNCTION early.a_no_ends_it() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM people_family f WHERE f.id = NEW.family_id AND f.early_until IS NOT NULL AND f.closed_on IS NULL)
       AND EXISTS (SELECT FROM people_custody u WHERE u.child_id = NEW.subject_id)
       AND NOT early.asks_for_a_course(NEW.to_units::uuid[]) AND NOT EXISTS (SELECT FROM consent_consent c
            WHERE c.subject_id = NEW.subject_id AND c.withdrawn_at IS NULL AND c.until >= access.today()
              AND NOT early.asks_for_a_course(c.to_units::uuid[])) THEN
        PERFORM early.finish(NEW.family_id, 0);
    END IF;
    RETURN NULL;
END
$$;
ALTER FUNCTION early.a_no_ends_it() OWNER TO familieplan_deriver;
CREATE TRIGGER a_no_ends_it AFTER UPDATE OF withdrawn_at ON consent_consent FOR EACH ROW
    WHEN (OLD.withdrawn_at IS NULL AND NEW.withdrawn_at IS NOT NULL) EXECUTE FUNCTION early.a_no_ends_it();

-- Ended by its contact: with a no that was said (no clips), or because it is well now (clips to come back by). Answers whether.
CREATE FUNCTION early.close(of_family uuid, is_well boolean) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF access.actor_kind() IS DISTINCT FROM 'staff' OR NOT people.is_early(of_family) OR NOT access.coordinates(of_family) THEN
        RETURN false;
    END IF;
    PERFORM early.finish(of_family, CASE WHEN is_well THEN access.threshold('early_clips') ELSE 0 END);
    RETURN true;
END
$$;
ALTER FUNCTION early.close(uuid, boolean) OWNER TO familieplan_deriver;

-- What the family knows of its own early course, and its contact while there is one.
CREATE FUNCTION early.standing(of_family uuid, OUT opened_on date, OUT until date, OUT closed_on date, OUT clips int, OUT clips_until date,
                               OUT may_come_back boolean) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT f.opened_on, f.early_until, f.closed_on, f.clips, f.closed_on + access.threshold('early_clip_days'),
           access.actor_kind() = 'person' AND f.clips > 0 AND f.closed_on + access.threshold('early_clip_days') >= access.today()
           AND EXISTS (SELECT FROM people_custody c WHERE c.family_id = f.id AND access.actor() IN (SELECT access.who_decides_for(c.child_id)))
    FROM people_family f WHERE f.id = of_family AND f.early_until IS NOT NULL AND f.id = ANY (access.my_families())
$$;
ALTER FUNCTION early.standing(uuid) OWNER TO familieplan_deriver;

-- One clip: the family comes back to the same contact, without being referred again. What may be known is asked anew. Answers whether
-- that contact is still there.
CREATE FUNCTION early.come_back(new_line uuid, of_family uuid) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    last_day date := access.today() + access.threshold('early_course_days');
    line people_teammember;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended(of_family::text, 7));
    IF EXISTS (SELECT FROM people_teammember t WHERE t.id = new_line AND t.family_id = of_family) THEN  -- pressed twice
        RETURN true;
    END IF;
    IF NOT coalesce((SELECT s.may_come_back FROM early.standing(of_family) s), false) THEN
        RAISE EXCEPTION 'no clip' USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT t.* INTO line FROM people_teammember t JOIN people_unit u ON u.id = t.unit_id AND coalesce(u.closed_on, 'infinity') > access.today()
    JOIN people_staff s ON s.id = t.staff_id AND s.left_at IS NULL
    WHERE t.family_id = of_family AND t.role = 'contact' AND EXISTS (SELECT FROM people_staffrole r WHERE r.staff_id = t.staff_id
        AND r.unit_id = t.unit_id AND r.role IN ('coordinator', 'professional')
        AND r.starts <= access.today() AND coalesce(r.ends, 'infinity') >= access.today())
    ORDER BY t.starts DESC, t.id LIMIT 1;
    IF line.id IS NULL THEN
        RETURN false;
    END IF;
    UPDATE people_family SET closed_on = NULL, early_until = last_day, clips = clips - 1 WHERE id = of_family;
    UPDATE people_teammember SET ends = last_day WHERE id = line.id AND ends >= access.today();
    IF NOT FOUND THEN
        INSERT INTO people_teammember (id, family_id, scope_id, created_at, created_by, staff_id, unit_id, role, reason, starts, ends)
        VALUES (new_line, of_family, line.scope_id, access.clock(), access.actor(), line.staff_id, line.unit_id, 'contact', line.reason,
                access.today(), last_day);
    END IF;
    RETURN true;
END
$$;
ALTER FUNCTION early.come_back(uuid, uuid) OWNER TO familieplan_deriver;

-- The way into a course: a coordinator takes the family on when all who decide for the child have said yes to her unit. What was said in
-- the early course she reads as far as they let it follow; the contact becomes one of the team. Answers whether.
CREATE FUNCTION early.become_a_course(new_line uuid, of_family uuid, coordinator uuid, for_unit uuid) RETURNS boolean LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    child uuid := (SELECT c.child_id FROM people_custody c WHERE c.family_id = of_family LIMIT 1);
    drawer int;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended(of_family::text, 7));
    IF access.actor_kind() IS DISTINCT FROM 'staff' OR NOT people.is_early(of_family) OR NOT access.coordinates(of_family)
       OR NOT EXISTS (SELECT FROM people_staffrole r JOIN people_staff s ON s.id = r.staff_id AND s.left_at IS NULL
            WHERE r.staff_id = coordinator AND r.unit_id = for_unit AND r.role = 'coordinator'
              AND r.starts <= access.today() AND coalesce(r.ends, 'infinity') >= access.today()) THEN
        RETURN false;
    END IF;
    IF NOT EXISTS (SELECT FROM consent_consent c WHERE c.family_id = of_family AND c.subject_id = child AND c.to_units = ARRAY[for_unit]
                   AND early.holds(c)) THEN
        RAISE EXCEPTION 'all of them first' USING ERRCODE = 'check_violation', CONSTRAINT = 'early_all_say_yes';
    END IF;
    UPDATE people_family SET early_until = NULL, clips = 0 WHERE id = of_family;
    UPDATE people_teammember SET role = 'professional', ends = NULL WHERE family_id = of_family AND role = 'contact' AND ends >= access.today();
    INSERT INTO access_scope (family_id, subjects, category_id, source, reveals_place)
    SELECT of_family, ARRAY[child], 'basic', u.id, u.reveals_place FROM people_unit u WHERE u.id = for_unit RETURNING id INTO drawer;
    INSERT INTO people_teammember (id, family_id, scope_id, created_at, created_by, staff_id, unit_id, role, reason, starts)
    VALUES (new_line, of_family, drawer, access.clock(), access.actor(), coordinator, for_unit, 'coordinator', '', access.today());
    RETURN true;
END
$$;
ALTER FUNCTION early.become_a_course(uuid, uuid, uuid, uuid) OWNER TO familieplan_deriver;

-- The meeting of an early course is an early one, and of no other; it is called and begins while the family's yes holds.
CREATE FUNCTION early.meets_with_a_yes() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' AND (NEW.kind = 'early') <> people.is_early(NEW.family_id) THEN
        RAISE EXCEPTION 'another kind of meeting' USING ERRCODE = 'check_violation', CONSTRAINT = 'early_meeting_of_an_early_course';
    END IF;
    IF NEW.stage IN ('called', 'running') AND people.is_early(NEW.family_id) AND NOT EXISTS (SELECT FROM consent_consent c
            WHERE c.family_id = NEW.family_id AND c.subject_id IN (SELECT u.child_id FROM people_custody u WHERE u.family_id = NEW.family_id)
              AND NOT early.asks_for_a_course(c.to_units::uuid[]) AND early.holds(c)) THEN
        RAISE EXCEPTION 'a yes first' USING ERRCODE = 'check_violation', CONSTRAINT = 'early_yes_first';
    END IF;
    RETURN NEW;
END
$$;
ALTER FUNCTION early.meets_with_a_yes() OWNER TO familieplan_deriver;
CREATE TRIGGER early_meets_with_a_yes BEFORE INSERT OR UPDATE OF stage ON meetings_meeting
    FOR EACH ROW EXECUTE FUNCTION early.meets_with_a_yes();
