-- THE RULES: who may read which drawer, when, and why. This file is the only place where grants come from.
--
-- It is written to be read aloud. A *period* is a set of stretches of time (tstzmultirange); "who may read" is
-- worked out as periods and stored as grants, so that birthdays, ends of custody and ends of consents need no job.

-- Whole Danish days: from the first moment of one to the last moment of the other; no end is no end.
CREATE FUNCTION access.days(starts date, ends date) RETURNS tstzmultirange LANGUAGE sql IMMUTABLE
RETURN tstzmultirange(tstzrange(
    starts::timestamp AT TIME ZONE 'Europe/Copenhagen',
    (ends + 1)::timestamp AT TIME ZONE 'Europe/Copenhagen'));

-- The stretch before somebody is so many years old, and from then on. Without a birth date: an adult.
CREATE FUNCTION access.before_age(birth date, years int) RETURNS tstzmultirange LANGUAGE sql IMMUTABLE
RETURN CASE WHEN birth IS NULL THEN '{}'::tstzmultirange ELSE tstzmultirange(tstzrange(
    NULL, (birth + make_interval(years => years))::timestamp AT TIME ZONE 'Europe/Copenhagen')) END;

CREATE FUNCTION access.threshold(which text) RETURNS int LANGUAGE sql STABLE
RETURN (SELECT t.value FROM access_threshold t WHERE t.key = which);

CREATE FUNCTION access.derive(drawers access_scope[])
RETURNS TABLE (scope_id int, family_id uuid, holder uuid, basis text, basis_id uuid,
               may_add boolean, may_edit boolean, valid_from timestamptz, valid_until timestamptz)
LANGUAGE sql STABLE AS $$
WITH
drawer AS (SELECT * FROM unnest(drawers)),
-- An early course, before there is a case, has a last day: for those who work with it nothing is open after that.
family AS (
    SELECT DISTINCT d.family_id AS id, p.early_until IS NOT NULL AS early, CASE WHEN p.early_until IS NULL THEN '{(,)}'
           ELSE access.days('-infinity', least(p.early_until, p.closed_on - 1)) END AS open
    FROM drawer d JOIN people_family p ON p.id = d.family_id
),

-- A staff member works with the family for a unit: on its team, in the unit, still employed, the unit open. Of an early course the
-- contact writes down what the family says, as a coordinator does of another; of no other.
team AS (
    SELECT t.family_id, t.staff_id AS holder, t.unit_id, t.role = CASE WHEN f.early THEN 'contact' ELSE 'coordinator' END AS coordinates,
           range_agg(f.open * access.days(t.starts, t.ends) * access.days(r.starts, r.ends)
                     * access.days('-infinity', u.closed_on - 1)
                     * tstzmultirange(tstzrange(NULL, s.left_at))) AS during
    FROM family f
    JOIN people_teammember t ON t.family_id = f.id
    JOIN people_staffrole r ON r.staff_id = t.staff_id AND r.unit_id = t.unit_id
    JOIN people_staff s ON s.id = t.staff_id
    JOIN people_unit u ON u.id = t.unit_id
    WHERE r.role IN ('coordinator', 'professional')
    GROUP BY t.family_id, t.staff_id, t.unit_id, coordinates
),
records AS (SELECT t.* FROM team t WHERE t.coordinates),
person AS (SELECT p.* FROM family f JOIN people_person p ON p.family_id = f.id),
custody AS (
    SELECT c.child_id AS subject, c.holder_id AS holder, range_agg(access.days(c.starts, c.ends)) AS during
    FROM family f JOIN people_custody c ON c.family_id = f.id GROUP BY c.child_id, c.holder_id
),

-- Who must say yes for somebody: themselves from the age of consent, until then everybody with custody.
authority AS (
    SELECT p.id AS subject, p.id AS holder,
           '{(,)}'::tstzmultirange - access.before_age(p.birth_date, access.threshold('consent_age')) AS during
    FROM person p
    UNION ALL
    SELECT c.subject, c.holder, c.during * access.before_age(p.birth_date, access.threshold('consent_age'))
    FROM custody c JOIN person p ON p.id = c.subject
),
signed AS (
    SELECT s.consent_id, s.person_id AS holder, tstzmultirange(tstzrange(s.signed_at, s.withdrawn_at)) AS during
    FROM family f JOIN consent_signature s ON s.family_id = f.id
),
-- A consent holds while it stands and everybody who must say yes has said it – or, with a reason, somebody of them.
consented AS (
    SELECT c.*, tstzmultirange(tstzrange(c.created_at, least(
                    (c.until + 1)::timestamp AT TIME ZONE 'Europe/Copenhagen', c.withdrawn_at))) *
        CASE WHEN c.deviation_reason = '' THEN
            coalesce((SELECT range_agg(a.during) FROM authority a WHERE a.subject = c.subject_id), '{}')
            - coalesce((SELECT range_agg(a.during - coalesce(s.during, '{}')) FROM authority a
                        LEFT JOIN signed s ON s.consent_id = c.id AND s.holder = a.holder
                        WHERE a.subject = c.subject_id), '{}')
        ELSE
            coalesce((SELECT range_agg(a.during * s.during) FROM authority a
                      JOIN signed s ON s.consent_id = c.id AND s.holder = a.holder
                      WHERE a.subject = c.subject_id), '{}')
        END AS during
    FROM family f JOIN consent_consent c ON c.family_id = f.id
    WHERE c.created_at < coalesce(c.withdrawn_at, 'infinity')
      AND c.created_at < (c.until + 1)::timestamp AT TIME ZONE 'Europe/Copenhagen'
      AND c.until >= access.today() AND coalesce(c.withdrawn_at, 'infinity') > access.clock()  -- the rest is history
),

-- When something is added to what an early course's units have written: who it is about at once, so that they can be asked; what
-- an early meeting needs while the yes for its child holds; anything else never.
early AS (
    SELECT d.id AS scope_id, CASE k.early WHEN 'before yes' THEN '{(,)}'::tstzmultirange WHEN 'with yes' THEN (
        SELECT coalesce(range_agg(c.during), '{}') FROM consented c
        WHERE c.family_id = d.family_id AND c.subject_id IN (SELECT u.subject FROM custody u)
          AND EXISTS (SELECT FROM team t WHERE t.family_id = c.family_id AND t.coordinates AND c.to_units @> ARRAY[t.unit_id]))
        ELSE '{}' END AS may_add
    FROM drawer d JOIN family f ON f.id = d.family_id AND f.early JOIN access_category k ON k.key = d.category_id
),

-- Every yes: from one subject to one holder. NULL kinds or units: all of them.
yes AS (
    SELECT 1 AS nearness, 'self' AS basis, NULL::uuid AS basis_id, p.id AS subject, p.id AS holder,
           NULL::varchar[] AS kinds, true AS from_family, NULL::uuid[] AS from_units, false AS private_voice,
           '{(,)}'::tstzmultirange AS during
    FROM person p
    UNION ALL
    SELECT 2, 'custody', NULL, c.subject, c.holder, array_agg(k.key), true, NULL, false,
           c.during * access.before_age(p.birth_date, k.custody_until)
    FROM custody c JOIN person p ON p.id = c.subject CROSS JOIN access_category k
    GROUP BY c.subject, c.holder, c.during, p.birth_date, k.custody_until
    UNION ALL
    SELECT 4, 'consent', c.id, c.subject_id, t.holder, c.kinds, c.from_family, c.from_units, c.private_voice,
           c.during * t.during
    FROM consented c JOIN team t ON t.family_id = c.family_id AND t.unit_id = ANY (c.to_units)
    UNION ALL
    SELECT 4, 'consent', c.id, c.subject_id, p.id, c.kinds, c.from_family, c.from_units, c.private_voice, c.during
    FROM consented c JOIN person p ON p.family_id = c.family_id AND p.id = ANY (c.to_persons)
    UNION ALL
    SELECT 5, 'statutory', l.id, l.subject_id, t.holder, l.kinds, l.from_family, l.from_units, false,
           tstzmultirange(tstzrange(l.starts_at, l.ends_at)) * t.during
    FROM family f
    JOIN consent_legalbasis l ON l.family_id = f.id AND l.kind = 'statutory' AND l.ends_at > access.clock()
    JOIN team t ON t.family_id = l.family_id AND t.unit_id = l.to_unit_id
    UNION ALL
    SELECT 6, 'break_glass', l.id, l.subject_id, s.id, NULL, true, NULL, false,
           tstzmultirange(tstzrange(l.starts_at, l.ends_at)) * tstzmultirange(tstzrange(NULL, s.left_at))
           * (SELECT coalesce(range_agg(access.days(r.starts, r.ends) * access.days('-infinity', u.closed_on - 1)), '{}')
              FROM people_staffrole r JOIN people_unit u ON u.id = r.unit_id
              WHERE r.staff_id = s.id AND r.role IN ('coordinator', 'professional'))  -- leaders have no keys
    FROM family f
    JOIN consent_legalbasis l ON l.family_id = f.id AND l.kind = 'break_glass' AND l.ends_at > access.clock()
    JOIN people_staff s ON s.id = l.to_staff_id
),
-- Consents and legal bases are never handed on by a consent or a legal basis; CPR numbers neither.
usable AS (SELECT y.*, y.nearness >= 4 AS given FROM yes y WHERE NOT isempty(y.during)),
kind AS (SELECT k.key, k.consentable FROM access_category k),

-- Address protection: what reveals a place needs a yes for the address too; custody counts only in the child's own home.
protection AS (
    SELECT a.person_id AS subject, range_agg(access.days(a.starts, a.ends)) AS during
    FROM family f JOIN people_addressprotection a ON a.family_id = f.id GROUP BY a.person_id
),
home AS (
    SELECT r.person_id AS person, r.household_id, access.days(r.starts, r.ends) AS during
    FROM family f JOIN people_residence r ON r.family_id = f.id
),
together AS (
    SELECT a.person AS subject, b.person AS holder, range_agg(a.during * b.during) AS during
    FROM home a JOIN home b ON b.household_id = a.household_id AND b.person <> a.person GROUP BY a.person, b.person
),
address_yes AS (
    SELECT u.subject, u.holder, u.given, u.from_family, u.from_units, u.basis,
           CASE WHEN u.basis = 'custody' THEN u.during * coalesce(t.during, '{}') ELSE u.during END AS during
    FROM usable u LEFT JOIN together t ON t.subject = u.subject AND t.holder = u.holder
    WHERE u.kinds IS NULL OR 'address' = ANY (u.kinds)
),

-- One subject's yes to one holder for one drawer, place considered.
subject_yes AS (
    SELECT d.id AS scope_id, d.family_id, d.source, u.holder, u.subject, u.nearness, u.basis, u.basis_id, u.given,
           u.during - CASE WHEN NOT d.reveals_place THEN '{}'::tstzmultirange ELSE
               coalesce((SELECT p.during FROM protection p WHERE p.subject = u.subject), '{}')
               - coalesce((SELECT range_agg(a.during) FROM address_yes a
                           WHERE a.subject = u.subject AND a.holder = u.holder
                             AND ((d.source IS NULL AND a.from_family)
                                  OR (d.source IS NOT NULL AND (a.from_units IS NULL OR d.source = ANY (a.from_units))))),
                          '{}') END AS during
    FROM drawer d
    CROSS JOIN unnest(d.subjects) AS whose (subject)
    JOIN kind k ON k.key = d.category_id
    JOIN usable u ON u.subject = whose.subject
    WHERE d.voice IS NULL
      AND (u.kinds IS NULL OR d.category_id = ANY (u.kinds))
      AND (k.consentable OR NOT u.given)
      AND ((d.source IS NULL AND u.from_family)
           OR (d.source IS NOT NULL AND (u.from_units IS NULL OR d.source = ANY (u.from_units))))
),
each_subject AS (  -- twice: by every yes, and (for writing in the family's own drawers) by self and custody alone
    SELECT s.scope_id, s.family_id, s.source, s.holder, s.subject, false AS writes,
           range_agg(s.during) AS during, min(s.nearness) AS nearness,
           (array_agg(s.basis ORDER BY s.nearness))[1] AS basis, (array_agg(s.basis_id ORDER BY s.nearness))[1] AS basis_id
    FROM subject_yes s WHERE NOT isempty(s.during) GROUP BY 1, 2, 3, 4, 5
    UNION ALL
    SELECT s.scope_id, s.family_id, s.source, s.holder, s.subject, true,
           range_agg(s.during), min(s.nearness), (array_agg(s.basis ORDER BY s.nearness))[1], NULL
    FROM subject_yes s WHERE NOT isempty(s.during) AND NOT s.given AND s.source IS NULL GROUP BY 1, 2, 3, 4, 5
),
every_subject AS (  -- a row about several persons needs every one's yes
    SELECT e.scope_id, e.family_id, e.source, e.holder, e.writes, range_intersect_agg(e.during) AS during,
           (array_agg(e.basis ORDER BY e.nearness DESC))[1] AS basis,
           (array_agg(e.basis_id ORDER BY e.nearness DESC))[1] AS basis_id
    FROM each_subject e JOIN drawer d ON d.id = e.scope_id
    GROUP BY e.scope_id, e.family_id, e.source, e.holder, e.writes, d.subjects
    HAVING count(*) = cardinality(d.subjects)
),

reads AS (
    -- 1. A unit keeps what it wrote.
    SELECT d.id AS scope_id, d.family_id, t.holder, 'own' AS basis, NULL::uuid AS basis_id,
           true AS may_add, true AS may_edit, t.during * coalesce(e.may_add, '{(,)}') AS during
    FROM drawer d JOIN team t ON t.family_id = d.family_id AND t.unit_id = d.source LEFT JOIN early e ON e.scope_id = d.id
    UNION ALL
    SELECT d.id, d.family_id, t.holder, 'own', NULL, false, false, t.during - e.may_add
    FROM drawer d JOIN team t ON t.family_id = d.family_id AND t.unit_id = d.source JOIN early e ON e.scope_id = d.id
    UNION ALL
    -- 2. Everybody the drawer is about has said yes. Self and custody write in the family's own drawers.
    SELECT e.scope_id, e.family_id, e.holder, e.basis, e.basis_id, e.writes, e.writes, e.during - coalesce(t.during, '{}')
    FROM every_subject e LEFT JOIN records t ON t.family_id = e.family_id AND t.holder = e.holder
     AND e.source IS NULL AND NOT e.writes
    UNION ALL
    -- The coordinator records the family's words where she may read them; nobody but the family edits them.
    SELECT e.scope_id, e.family_id, e.holder, e.basis, e.basis_id, true, false, e.during * t.during
    FROM every_subject e JOIN records t ON t.family_id = e.family_id AND t.holder = e.holder
    WHERE e.source IS NULL AND NOT e.writes
    UNION ALL
    -- 3. A private statement: its speaker, and those the speaker named for it. The speaker writes there as anywhere:
    -- about themselves and the children in their custody.
    SELECT d.id, d.family_id, d.voice, 'self', NULL, false, false, '{(,)}'
    FROM drawer d JOIN person p ON p.id = d.voice
    UNION ALL
    SELECT d.id, d.family_id, d.voice, 'self', NULL, true, true, range_intersect_agg(u.during)
    FROM drawer d JOIN usable u ON u.subject = ANY (d.subjects) AND u.holder = d.voice AND NOT u.given
     AND (u.kinds IS NULL OR d.category_id = ANY (u.kinds))
    WHERE d.source IS NULL
    GROUP BY d.id, d.family_id, d.voice, d.subjects HAVING count(*) = cardinality(d.subjects)
    UNION ALL
    SELECT d.id, d.family_id, u.holder, u.basis, u.basis_id, false, false, u.during
    FROM drawer d JOIN kind k ON k.key = d.category_id
    JOIN usable u ON u.subject = d.voice AND u.private_voice AND d.category_id = ANY (u.kinds)
    WHERE k.consentable
      AND ((d.source IS NULL AND u.from_family) OR (d.source IS NOT NULL AND d.source = ANY (u.from_units)))
)
SELECT r.scope_id, r.family_id, r.holder, r.basis, r.basis_id, r.may_add, r.may_edit,
       coalesce(lower(stretch), '-infinity'), coalesce(upper(stretch), 'infinity')
FROM reads r CROSS JOIN unnest(r.during) AS stretch
WHERE coalesce(upper(stretch), 'infinity') > access.clock()
$$;

-- Grants follow the facts in the transaction that changes them. One change in a family at a time: the lock makes the
-- second see what the first did, or two half-seen changes could leave a grant that neither meant.
CREATE FUNCTION access.rebuild(of_family uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(4);  -- see access.facts_changed
    PERFORM pg_advisory_xact_lock(hashtextextended(of_family::text, 1));
    DELETE FROM access_grant WHERE family_id = of_family;
    INSERT INTO access_grant (scope_id, family_id, holder, basis, basis_id, may_add, may_edit, valid_from, valid_until)
    SELECT * FROM access.derive(ARRAY(SELECT s FROM access_scope s WHERE s.family_id = of_family));
    PERFORM access.keys_changed(of_family);
END
$$;
REVOKE EXECUTE ON FUNCTION access.rebuild(uuid) FROM PUBLIC;
ALTER FUNCTION access.rebuild(uuid) OWNER TO familieplan_deriver;

-- Which families a changed fact concerns, as it was and as it is: its own, or all those of the staff member or unit.
CREATE FUNCTION access.facts_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    facts jsonb[] := ARRAY[to_jsonb(OLD), to_jsonb(NEW)];
BEGIN
    -- A unit that closes, somebody who leaves: which families that concerns is asked when nobody is just joining a team.
    IF TG_TABLE_NAME IN ('people_staff', 'people_staffrole', 'people_unit') THEN
        PERFORM pg_advisory_xact_lock(4);
    END IF;
    PERFORM access.rebuild(id) FROM (
        SELECT (fact ->> CASE TG_TABLE_NAME WHEN 'people_family' THEN 'id' ELSE 'family_id' END)::uuid AS id
        FROM unnest(facts) AS fact WHERE TG_TABLE_NAME = 'people_family' AND TG_OP = 'UPDATE' OR fact ? 'family_id'
        UNION
        SELECT t.family_id FROM unnest(facts) AS fact CROSS JOIN people_teammember t
        WHERE (TG_TABLE_NAME = 'people_staff' AND t.staff_id = (fact ->> 'id')::uuid)
           OR (TG_TABLE_NAME = 'people_staffrole' AND t.staff_id = (fact ->> 'staff_id')::uuid)
           OR (TG_TABLE_NAME = 'people_unit' AND t.unit_id = (fact ->> 'id')::uuid)
        UNION
        SELECT l.family_id FROM unnest(facts) AS fact CROSS JOIN consent_legalbasis l
        WHERE (TG_TABLE_NAME = 'people_staff' AND l.to_staff_id = (fact ->> 'id')::uuid)
           OR (TG_TABLE_NAME = 'people_staffrole' AND l.to_staff_id = (fact ->> 'staff_id')::uuid)
           OR (TG_TABLE_NAME = 'people_unit' AND l.to_staff_id IN (
               SELECT r.staff_id FROM people_staffrole r WHERE r.unit_id = (fact ->> 'id')::uuid))
    ) AS concerned ORDER BY id;
    RETURN NULL;
END
$$;
ALTER FUNCTION access.facts_changed() OWNER TO familieplan_deriver;

-- Open the drawer for these words, or find it open already. Only somebody who might write in it: a unit's drawer by its
-- people on the family's team; the family's own by a person about themselves and the children in their custody, or by the
-- coordinator who records the family's words. That is decided by the grants the drawer gets.
CREATE FUNCTION access.open_drawer(of_family uuid, about uuid[], kind text, said_by uuid, written_by uuid, place boolean)
RETURNS int LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    me uuid := access.actor();
    sorted uuid[] := ARRAY(SELECT DISTINCT s FROM unnest(about) s ORDER BY s);
    found int;
    wanted access_scope;
BEGIN
    SELECT id INTO found FROM access_scope s
    WHERE s.family_id = of_family AND s.subjects = sorted AND s.category_id = kind AND s.reveals_place = place
      AND s.voice IS NOT DISTINCT FROM said_by AND s.source IS NOT DISTINCT FROM written_by;
    IF found IS NOT NULL THEN
        IF EXISTS (SELECT FROM access_grant g WHERE g.scope_id = found AND g.holder = me AND g.may_add
                   AND g.valid_from <= access.clock() AND g.valid_until > access.clock()) THEN
            RETURN found;
        END IF;
        RETURN NULL;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended(of_family::text, 1));
    INSERT INTO access_scope (family_id, subjects, category_id, voice, source, reveals_place)
    VALUES (of_family, sorted, kind, said_by, written_by, place)
    ON CONFLICT DO NOTHING RETURNING * INTO wanted;
    IF wanted.id IS NULL THEN  -- somebody else opened it a moment ago
        RETURN access.open_drawer(of_family, about, kind, said_by, written_by, place);
    END IF;
    INSERT INTO access_grant (scope_id, family_id, holder, basis, basis_id, may_add, may_edit, valid_from, valid_until)
    SELECT * FROM access.derive(ARRAY[wanted]);
    IF NOT EXISTS (SELECT FROM access_grant g WHERE g.scope_id = wanted.id AND g.holder = me AND g.may_add
                   AND g.valid_from <= access.clock() AND g.valid_until > access.clock()) THEN
        DELETE FROM access_grant WHERE scope_id = wanted.id;
        DELETE FROM access_scope WHERE id = wanted.id;
        RETURN NULL;
    END IF;
    RETURN wanted.id;
END
$$;
ALTER FUNCTION access.open_drawer(uuid, uuid[], text, uuid, uuid, boolean) OWNER TO familieplan_deriver;
GRANT DELETE ON access_scope TO familieplan_deriver;

-- Who would see words laid in such a drawer now: what the form says before one writes. Only for those who have something to
-- do with the family, and opening nothing.
CREATE FUNCTION access.readers_of(of_family uuid, about uuid[], kind text, said_by uuid, written_by uuid, place boolean)
RETURNS TABLE (holder uuid, basis text, basis_id uuid) LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    imagined access_scope;
BEGIN
    IF of_family <> ALL (access.my_families()) OR (access.actor_kind() = 'staff' AND said_by IS NOT NULL
            AND said_by <> ALL (consent.whom_i_work_with(of_family))) THEN
        RETURN;
    END IF;
    imagined := ROW (0, of_family, about, said_by, written_by, place, kind)::access_scope;
    RETURN QUERY SELECT DISTINCT ON (d.holder) d.holder, d.basis, d.basis_id
        FROM access.derive(ARRAY[imagined]) d
        WHERE d.valid_from <= access.clock() AND d.valid_until > access.clock()
          AND (EXISTS (SELECT FROM access.derive(ARRAY[imagined]) m WHERE m.holder = access.actor() AND m.may_add
                       AND m.valid_from <= access.clock() AND m.valid_until > access.clock()))
        ORDER BY d.holder, d.basis, d.basis_id;
END
$$;
ALTER FUNCTION access.readers_of(uuid, uuid[], text, uuid, uuid, boolean) OWNER TO familieplan_deriver;
