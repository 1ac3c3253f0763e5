-- Who reads and writes the municipality's directory and the families' own rows.

CREATE SCHEMA people;
GRANT USAGE ON SCHEMA people TO familieplan_app;
GRANT USAGE, CREATE ON SCHEMA people TO familieplan_deriver;

CALL access.directory('people_department');
CALL access.directory('people_unit');
CALL access.directory('people_staff');
CALL access.directory('people_staffrole');

-- What the actor is in the municipality today.
CREATE FUNCTION access.has_role(wanted text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM people_staffrole r JOIN people_staff s ON s.id = r.staff_id
        WHERE r.staff_id = access.actor() AND r.role = wanted AND s.left_at IS NULL
          AND r.starts <= access.today() AND coalesce(r.ends, 'infinity') >= access.today())
$$;
ALTER FUNCTION access.has_role(text) OWNER TO familieplan_deriver;

-- An early course, before there is a case: about one child, with fewer rights for those who work with it (early/sql/doors.sql).
CREATE FUNCTION people.is_early(of_family uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM people_family f WHERE f.id = of_family AND f.early_until IS NOT NULL)
$$;
ALTER FUNCTION people.is_early(uuid) OWNER TO familieplan_deriver;

-- Does the actor still work in a unit: employed, in a role with families there, the unit open? A line on a team counts only so
-- long; whoever has moved to another unit has nothing to do with the families of the old one, though nobody ended the line. An early
-- course is over for all of them from the day it was ended, and after its last day.
CREATE FUNCTION access.works_in(unit uuid, of_family uuid DEFAULT NULL) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM people_staffrole r JOIN people_staff s ON s.id = r.staff_id JOIN people_unit u ON u.id = r.unit_id
        WHERE r.staff_id = access.actor() AND r.unit_id = unit AND r.role IN ('coordinator', 'professional')
          AND r.starts <= access.today() AND coalesce(r.ends, 'infinity') >= access.today()
          AND s.left_at IS NULL AND coalesce(u.closed_on, 'infinity') > access.today())
        AND NOT EXISTS (SELECT FROM people_family f WHERE f.id = of_family AND f.early_until IS NOT NULL
            AND least(f.early_until, f.closed_on - 1) < access.today())
$$;
ALTER FUNCTION access.works_in(uuid, uuid) OWNER TO familieplan_deriver;

-- Does the actor coordinate this family? Of an early course its contact does; what that course may hold is less.
CREATE FUNCTION access.coordinates(of_family uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM people_teammember t WHERE t.family_id = of_family AND t.staff_id = access.actor()
        AND (t.role = 'coordinator' OR (t.role = 'contact' AND people.is_early(of_family)))
        AND t.starts <= access.today() AND coalesce(t.ends, 'infinity') >= access.today()
        AND access.works_in(t.unit_id, of_family))
$$;
ALTER FUNCTION access.coordinates(uuid) OWNER TO familieplan_deriver;

-- Name, roles and units of whoever signs in: what the web process puts on the request.
CREATE FUNCTION people.actor_profile(of_holder uuid, of_kind text,
    OUT name text, OUT roles text[], OUT units uuid[]) LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF access.actor_kind() IS DISTINCT FROM 'auth' AND access.actor() IS DISTINCT FROM of_holder THEN
        RETURN;
    END IF;
    IF of_kind = 'staff' THEN
        SELECT s.name, array_agg(DISTINCT r.role) FILTER (WHERE r.id IS NOT NULL),
               array_agg(DISTINCT r.unit_id) FILTER (WHERE r.id IS NOT NULL) INTO name, roles, units
        FROM people_staff s LEFT JOIN people_staffrole r ON r.staff_id = s.id
            AND r.starts <= access.today() AND coalesce(r.ends, 'infinity') >= access.today()
        WHERE s.id = of_holder AND s.left_at IS NULL GROUP BY s.name;
    ELSE
        SELECT p.given_name, ARRAY[CASE WHEN p.birth_date > access.today() - interval '18 years' THEN 'youth' ELSE 'parent' END]
        INTO name, roles FROM people_person p WHERE p.id = of_holder;
    END IF;
END
$$;
ALTER FUNCTION people.actor_profile(uuid, text) OWNER TO familieplan_deriver;

-- The directory is kept by administrators.
CREATE POLICY adds ON people_department FOR INSERT TO familieplan_app WITH CHECK (access.has_role('administrator'));
CREATE POLICY edits ON people_department FOR UPDATE TO familieplan_app USING (access.has_role('administrator'));
CREATE POLICY adds ON people_unit FOR INSERT TO familieplan_app WITH CHECK (access.has_role('administrator'));
CREATE POLICY edits ON people_unit FOR UPDATE TO familieplan_app USING (access.has_role('administrator'));
CREATE POLICY adds ON people_staff FOR INSERT TO familieplan_app WITH CHECK (access.has_role('administrator'));
CREATE POLICY edits ON people_staff FOR UPDATE TO familieplan_app USING (access.has_role('administrator'));
CREATE POLICY adds ON people_staffrole FOR INSERT TO familieplan_app WITH CHECK (access.has_role('administrator'));
CREATE POLICY edits ON people_staffrole FOR UPDATE TO familieplan_app USING (access.has_role('administrator'));
GRANT INSERT, UPDATE ON people_department, people_unit, people_staff, people_staffrole TO familieplan_app;

-- Nobody is made an administrator of old: what takes two of some standing (accounts.is_settled) would take one.
CREATE FUNCTION people.administrator_from_today() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.role = 'administrator' AND NEW.starts < access.today() AND access.actor_kind() = 'staff'
       AND (TG_OP = 'INSERT' OR (NEW.staff_id, NEW.role, NEW.starts) IS DISTINCT FROM (OLD.staff_id, OLD.role, OLD.starts)) THEN
        RAISE EXCEPTION 'not from an earlier day' USING ERRCODE = 'check_violation', CONSTRAINT = 'administrator_from_today';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER administrator_from_today BEFORE INSERT OR UPDATE ON people_staffrole
    FOR EACH ROW EXECUTE FUNCTION people.administrator_from_today();

CALL access.protect('people_person');
CALL access.protect('people_identifier');
CALL access.protect('people_relation');
CALL access.protect('people_custody');
CALL access.protect('people_household');
CALL access.protect('people_residence');
CALL access.protect('people_addressprotection');
CALL access.protect('people_contact');
CALL access.protect('people_teammember');
CALL access.protect('people_firsttalk');

-- Who is who, who has custody and who lives where is the coordinator's to write down: grants come from it.
CALL access.coordinator_writes('people_person');
CALL access.coordinator_writes('people_identifier');
CALL access.coordinator_writes('people_relation');
CALL access.coordinator_writes('people_custody');
CALL access.coordinator_writes('people_household');
CALL access.coordinator_writes('people_residence');
CALL access.coordinator_writes('people_addressprotection');
CALL access.coordinator_writes('people_firsttalk');
REVOKE UPDATE ON people_firsttalk FROM familieplan_app;  -- when they were talked with does not change
CALL access.about('people_firsttalk', 'person_id');
CALL access.within_family('people_firsttalk', 'person_id', 'people_person');
CALL access.about('people_person', 'id');
CALL access.about('people_custody', 'child_id');
CALL access.about('people_residence', 'person_id');
CALL access.about('people_addressprotection', 'person_id');
CALL access.within_family('people_identifier', 'person_id', 'people_person');
CALL access.within_family('people_relation', 'person_id', 'people_person');
CALL access.within_family('people_relation', 'other_id', 'people_person');
CALL access.within_family('people_custody', 'child_id', 'people_person');
CALL access.within_family('people_custody', 'holder_id', 'people_person');
CALL access.within_family('people_residence', 'person_id', 'people_person');
CALL access.within_family('people_residence', 'household_id', 'people_household');
CALL access.within_family('people_addressprotection', 'person_id', 'people_person');
CALL access.within_family('people_contact', 'person_id', 'people_person');
CALL access.within_family('people_contact', 'household_id', 'people_household');

-- The team is the coordinator's to compose, with the family; a professional sees and keeps their own line on it.
CREATE POLICY coordinator_adds ON people_teammember AS RESTRICTIVE FOR INSERT TO familieplan_app
    WITH CHECK (access.coordinates(family_id));
-- Who coordinates, for which unit, is not changed afterwards: another line is written.
REVOKE UPDATE ON people_teammember FROM familieplan_app;
GRANT UPDATE (ends, left_because, last_contact_on) ON people_teammember TO familieplan_app;
CREATE POLICY own_line ON people_teammember FOR SELECT TO familieplan_app USING (staff_id = (SELECT access.actor()));
CREATE POLICY derives ON people_teammember TO familieplan_deriver USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE (role, ends) ON people_teammember TO familieplan_deriver;

-- Families the reader has anything to do with.
CREATE FUNCTION access.my_families() RETURNS uuid[] LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    me uuid := access.actor();
    focus uuid := access.family_in_focus();
BEGIN
    IF me IS NULL OR (access.actor_kind() = 'staff' AND NOT access.read_is_logged(me, focus)) THEN
        RETURN '{}';
    END IF;
    -- Two branches, not "focus IS NULL OR …": the latter would defeat the indexes.
    IF focus IS NULL THEN
        RETURN ARRAY(
            SELECT g.family_id FROM access_grant g WHERE g.holder = me
                AND g.valid_from <= access.clock() AND g.valid_until > access.clock()
            UNION
            SELECT t.family_id FROM people_teammember t WHERE t.staff_id = me
                AND t.starts <= access.today() AND coalesce(t.ends, 'infinity') >= access.today()
                AND t.unit_id IN (SELECT r.unit_id FROM people_staffrole r WHERE r.staff_id = me AND access.works_in(r.unit_id))
                AND NOT EXISTS (SELECT FROM people_family f WHERE f.id = t.family_id AND f.early_until IS NOT NULL
                    AND least(f.early_until, f.closed_on - 1) < access.today()));
    END IF;
    RETURN ARRAY(
        SELECT focus WHERE EXISTS (SELECT FROM access_grant g WHERE g.holder = me AND g.family_id = focus
                AND g.valid_from <= access.clock() AND g.valid_until > access.clock())
            OR EXISTS (SELECT FROM people_teammember t WHERE t.staff_id = me AND t.family_id = focus
                AND t.starts <= access.today() AND coalesce(t.ends, 'infinity') >= access.today()
                AND access.works_in(t.unit_id, focus)));
END
$$;
ALTER FUNCTION access.my_families() OWNER TO familieplan_deriver;

-- Whoever has something to do with a family may know that a coordinator exists and how to reach her, whether or not they may
-- know her line on the team; without any yes this is the whole of what there is. A unit that tells a place is called by its
-- department, and its telephone is not told, but to those who may read the line. access.my_families() asks for the log row.
CREATE FUNCTION people.coordinators()
RETURNS TABLE (family_id uuid, staff uuid, name text, unit text, department text, phone text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT t.family_id, s.id, s.name::text, CASE WHEN known.place THEN u.name ELSE d.name END::text, d.name::text,
           CASE WHEN known.place THEN u.phone ELSE '' END::text
    FROM people_teammember t
    JOIN people_staff s ON s.id = t.staff_id AND s.left_at IS NULL
    JOIN people_unit u ON u.id = t.unit_id AND coalesce(u.closed_on, 'infinity') > access.today()
    JOIN people_department d ON d.id = u.department_id
    CROSS JOIN LATERAL (SELECT NOT u.reveals_place OR t.staff_id = access.actor() OR EXISTS (
        SELECT FROM access_grant g WHERE g.scope_id = t.scope_id AND g.holder = access.actor()
            AND g.valid_from <= access.clock() AND g.valid_until > access.clock())) AS known (place)
    WHERE t.family_id = ANY ((SELECT access.my_families())::uuid[]) AND t.role IN ('coordinator', 'contact')
      AND t.starts <= access.today() AND coalesce(t.ends, 'infinity') >= access.today()
      AND EXISTS (SELECT FROM people_staffrole r WHERE r.staff_id = t.staff_id AND r.unit_id = t.unit_id
                  AND r.role IN ('coordinator', 'professional')
                  AND r.starts <= access.today() AND coalesce(r.ends, 'infinity') >= access.today())
    ORDER BY t.family_id, t.starts DESC, s.name
$$;
ALTER FUNCTION people.coordinators() OWNER TO familieplan_deriver;

ALTER TABLE people_family ENABLE ROW LEVEL SECURITY;
ALTER TABLE people_family FORCE ROW LEVEL SECURITY;
CREATE POLICY reads ON people_family FOR SELECT TO familieplan_app
    USING (id = ANY ((SELECT access.my_families())::uuid[]));
CREATE POLICY closes ON people_family FOR UPDATE TO familieplan_app USING (access.coordinates(id));
CREATE POLICY derives ON people_family TO familieplan_deriver USING (true) WITH CHECK (true);
GRANT SELECT, UPDATE (closed_on) ON people_family TO familieplan_app;
GRANT SELECT, INSERT, UPDATE (early_until, closed_on, clips) ON people_family TO familieplan_deriver;

-- What the reader may call a unit: one that tells where somebody is by its department, unless its line on the family's team is theirs to read.
CREATE FUNCTION people.name_of_unit(which uuid, of_family uuid) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN u.reveals_place AND NOT EXISTS (
                    SELECT FROM people_teammember v WHERE v.family_id = of_family AND v.unit_id = u.id)
                THEN (SELECT d.name FROM people_department d WHERE d.id = u.department_id) ELSE u.name END
    FROM people_unit u WHERE u.id = which
$$;

-- A coordinator opens a course with a family: the family, and herself as its coordinator for one of her units. Everything
-- after that goes through the keys she has thereby. Who coordinates is a basic fact: whoever may know the first person may
-- read that line; where the unit tells a place, whoever may know the place. Whom to call is told to all: people.coordinators().
CREATE FUNCTION people.open_family(new_family uuid, team_line uuid, for_unit uuid, first_person uuid, opened date)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    me uuid := access.actor();
    drawer int;
BEGIN
    IF NOT access.has_role('coordinator') OR NOT EXISTS (SELECT FROM people_staffrole r WHERE r.staff_id = me
            AND r.unit_id = for_unit AND r.role = 'coordinator'
            AND r.starts <= access.today() AND coalesce(r.ends, 'infinity') >= access.today()) THEN
        RAISE EXCEPTION 'only a coordinator of the unit opens a family' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO people_family (id, opened_on) VALUES (new_family, opened);
    INSERT INTO access_scope (family_id, subjects, category_id, source, reveals_place)
    SELECT new_family, ARRAY[first_person], 'basic', u.id, u.reveals_place FROM people_unit u WHERE u.id = for_unit
    RETURNING id INTO drawer;
    INSERT INTO people_teammember (id, family_id, scope_id, created_at, created_by, staff_id, unit_id, role, reason, starts)
    VALUES (team_line, new_family, drawer, access.clock(), me, me, for_unit, 'coordinator', '', opened);
END
$$;
ALTER FUNCTION people.open_family(uuid, uuid, uuid, uuid, date) OWNER TO familieplan_deriver;

-- Sole custody stands alone; a child is not its own parent's parent. Dates that contradict each other are refused.
CREATE FUNCTION people.custody_agrees() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF access.actor() IS NOT NULL AND NOT access.coordinates(NEW.family_id) THEN  -- before an error could tell anything
        RAISE EXCEPTION 'not theirs to write' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended(NEW.child_id::text, 2));
    IF EXISTS (SELECT FROM people_custody c WHERE c.child_id = NEW.child_id AND c.id <> NEW.id
               AND 'sole' IN (c.kind, NEW.kind)
               AND daterange(c.starts, c.ends, '[]') && daterange(NEW.starts, NEW.ends, '[]')) THEN
        RAISE EXCEPTION 'sole custody stands alone' USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'sole_custody_stands_alone';
    END IF;
    IF EXISTS (SELECT FROM people_person p WHERE p.id = NEW.child_id AND (p.birth_date IS NULL OR NEW.starts < p.birth_date
               OR NEW.starts >= p.birth_date + interval '18 years')) THEN
        RAISE EXCEPTION 'custody is of a child' USING ERRCODE = 'check_violation', CONSTRAINT = 'custody_of_a_child';
    END IF;
    RETURN NEW;
END
$$;
ALTER FUNCTION people.custody_agrees() OWNER TO familieplan_deriver;
CREATE TRIGGER agrees BEFORE INSERT OR UPDATE ON people_custody FOR EACH ROW EXECUTE FUNCTION people.custody_agrees();

-- A unit that has closed takes no new work.
CREATE FUNCTION people.unit_is_open() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM public.people_unit u WHERE u.id = NEW.unit_id AND u.closed_on <= NEW.starts) THEN
        RAISE EXCEPTION 'the unit has closed' USING ERRCODE = 'check_violation', CONSTRAINT = 'unit_is_open';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER open_unit BEFORE INSERT ON people_teammember FOR EACH ROW EXECUTE FUNCTION people.unit_is_open();
CREATE TRIGGER open_unit BEFORE INSERT ON people_staffrole FOR EACH ROW EXECUTE FUNCTION people.unit_is_open();

-- The same CPR number twice in one family is a slip; whether it is in another family is nobody's business.
CREATE FUNCTION people.once_in_a_family() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended(NEW.family_id::text, 3));
    IF EXISTS (SELECT FROM people_identifier i WHERE i.family_id = NEW.family_id AND i.cpr_index = NEW.cpr_index
               AND i.id <> NEW.id) THEN
        RAISE EXCEPTION 'already in this family' USING ERRCODE = 'unique_violation', CONSTRAINT = 'once_in_a_family';
    END IF;
    RETURN NEW;
END
$$;
ALTER FUNCTION people.once_in_a_family() OWNER TO familieplan_deriver;
CREATE TRIGGER once BEFORE INSERT OR UPDATE ON people_identifier
    FOR EACH ROW EXECUTE FUNCTION people.once_in_a_family();
CREATE POLICY derives ON people_identifier FOR SELECT TO familieplan_deriver USING (true);
GRANT SELECT (id, family_id, person_id, cpr_index) ON people_identifier TO familieplan_deriver;

-- Drafts are their writer's alone, and what is about a family only as long as the writer has anything to do with it. No log
-- row is asked for: nobody but the writer ever said what stands there.
CREATE FUNCTION people.may_write_about(of_family uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM access_grant g WHERE g.holder = access.actor() AND g.family_id = of_family
            AND g.valid_from <= access.clock() AND g.valid_until > access.clock())
        OR EXISTS (SELECT FROM people_teammember t WHERE t.staff_id = access.actor() AND t.family_id = of_family
            AND t.starts <= access.today() AND coalesce(t.ends, 'infinity') >= access.today() AND access.works_in(t.unit_id, of_family))
$$;
ALTER FUNCTION people.may_write_about(uuid) OWNER TO familieplan_deriver;
ALTER TABLE people_draft ENABLE ROW LEVEL SECURITY;
ALTER TABLE people_draft FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON people_draft TO familieplan_app
    USING (writer = (SELECT access.actor()) AND (family_id IS NULL OR people.may_write_about(family_id)))
    WITH CHECK (writer = (SELECT access.actor()) AND (family_id IS NULL OR people.may_write_about(family_id)));
GRANT SELECT, INSERT, UPDATE, DELETE ON people_draft TO familieplan_app;
