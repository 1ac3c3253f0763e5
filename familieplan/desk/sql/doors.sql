-- What the desk needs besides the keys: figures for leaders. Nobody's words are here.

CREATE SCHEMA desk;
GRANT USAGE ON SCHEMA desk TO familieplan_app;
GRANT USAGE, CREATE ON SCHEMA desk TO familieplan_deriver;

-- The deriver counts agreements: whose they are and how they stand, never what they say.
CREATE POLICY derives ON plan_agreement FOR SELECT TO familieplan_deriver USING (true);
GRANT SELECT (id, family_id, doer_person_id, doer_staff_id, due_on, status, done_on) ON plan_agreement TO familieplan_deriver;

-- Consents that hold today: not taken back, not run out, and signed by everybody who must (consent/sql/rules.sql), or by
-- somebody of them where a reason is written.
CREATE FUNCTION desk.standing_consents() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    WITH once AS MATERIALIZED (  -- not for every row: that is what takes the time
        SELECT access.today() AS today, make_interval(years => access.threshold('consent_age')) AS age),
    authority AS (
        SELECT p.id AS subject, p.id AS holder FROM people_person p, once WHERE p.birth_date IS NULL OR p.birth_date + age <= today
        UNION ALL
        SELECT c.child_id, c.holder_id FROM people_custody c JOIN people_person p ON p.id = c.child_id, once
        WHERE c.starts <= today AND coalesce(c.ends, 'infinity') >= today AND p.birth_date + age > today)
    SELECT c.id FROM once, consent_consent c JOIN authority a ON a.subject = c.subject_id
    LEFT JOIN consent_signature s ON s.consent_id = c.id AND s.person_id = a.holder AND s.withdrawn_at IS NULL
    WHERE c.withdrawn_at IS NULL AND c.until >= today
    GROUP BY c.id, c.deviation_reason
    HAVING bool_and(s.id IS NOT NULL) OR (c.deviation_reason <> '' AND bool_or(s.id IS NOT NULL))
$$;
REVOKE EXECUTE ON FUNCTION desk.standing_consents() FROM PUBLIC;  -- before it changes hands: afterwards it revokes nothing
ALTER FUNCTION desk.standing_consents() OWNER TO familieplan_deriver;

-- Everything that is counted for leaders, one cell for each figure, measure and place, with how many families are behind it.
CREATE FUNCTION desk.cells(since date) RETURNS TABLE (figure text, measure text, place text, value int, families int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT 'families', 'open', u.name, count(DISTINCT f.id)::int, count(DISTINCT f.id)::int
    FROM people_unit u
    LEFT JOIN people_teammember t ON t.unit_id = u.id AND t.role = 'coordinator'
        AND t.starts <= (SELECT access.today()) AND coalesce(t.ends, 'infinity') >= (SELECT access.today())
    LEFT JOIN people_family f ON f.id = t.family_id AND coalesce(f.closed_on, 'infinity') > (SELECT access.today())
    WHERE EXISTS (SELECT FROM people_staffrole r WHERE r.unit_id = u.id AND r.role = 'coordinator')
    GROUP BY u.name
    UNION ALL
    SELECT 'agreements', m.measure, p.place, count(a.id)::int, count(DISTINCT a.family_id)::int
    FROM (SELECT d.name AS place FROM people_department d UNION ALL SELECT '') p  -- '': the families themselves
    CROSS JOIN (VALUES ('done'), ('under way'), ('overdue')) m (measure)
    LEFT JOIN (
        SELECT a.id, a.family_id,
               CASE WHEN a.doer_staff_id IS NULL THEN '' ELSE d.name END AS place,
               CASE WHEN a.status = 'done' AND a.done_on >= since THEN 'done'
                    WHEN a.status = 'open' AND a.due_on < (SELECT access.today()) THEN 'overdue'
                    WHEN a.status = 'open' THEN 'under way' END AS measure
        FROM plan_agreement a
        LEFT JOIN (SELECT DISTINCT ON (t.family_id, t.staff_id) t.family_id, t.staff_id, t.unit_id
                   FROM people_teammember t ORDER BY t.family_id, t.staff_id, t.starts DESC) line
          ON line.family_id = a.family_id AND line.staff_id = a.doer_staff_id
        LEFT JOIN people_unit u ON u.id = line.unit_id
        LEFT JOIN people_department d ON d.id = u.department_id) a
      ON a.place = p.place AND a.measure = m.measure
    GROUP BY m.measure, p.place
    UNION ALL
    SELECT 'consents', m.measure, d.name, count(DISTINCT c.id)::int, count(DISTINCT c.family_id)::int
    FROM people_department d
    CROSS JOIN (VALUES ('in force'), ('taken back')) m (measure)
    LEFT JOIN (
        SELECT c.id, c.family_id, u.department_id,
               CASE WHEN c.withdrawn_at IS NULL THEN 'in force' ELSE 'taken back' END AS measure
        FROM consent_consent c CROSS JOIN unnest(c.to_units) AS receiver (unit)
        JOIN people_unit u ON u.id = receiver.unit
        WHERE c.withdrawn_at >= since OR c.id IN (SELECT desk.standing_consents())) c
      ON c.department_id = d.id AND c.measure = m.measure
    GROUP BY m.measure, d.name
$$;
REVOKE EXECUTE ON FUNCTION desk.cells(date) FROM PUBLIC;
ALTER FUNCTION desk.cells(date) OWNER TO familieplan_deriver;

-- Law 8. A cell with fewer families behind it than the threshold is not shown (NULL). Where one is hidden it must not be
-- found again by taking the others from the total: then the smallest of the others are hidden too, until at least two are,
-- and enough families stand behind them. place NULL is the total (a consent to two departments has none). Leaders only.
CREATE FUNCTION desk.figures(since date) RETURNS TABLE (figure text, measure text, place text, value int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH least AS (SELECT access.threshold('fewest_in_a_figure') AS families),
    cell AS (
        SELECT c.*, bool_or(c.families < least.families) OVER (PARTITION BY c.figure, c.measure) AS one_is_hidden,
               row_number() OVER smallest_first AS nth,
               coalesce(sum(c.families) OVER (smallest_first ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS hidden_so_far
        FROM desk.cells(since) c CROSS JOIN least
        WINDOW smallest_first AS (PARTITION BY c.figure, c.measure ORDER BY c.families, c.value, c.place)
    )
    SELECT c.figure, c.measure, c.place,
           CASE WHEN c.families < least.families
                  OR (c.one_is_hidden AND (c.nth <= 2 OR c.hidden_so_far < least.families)) THEN NULL ELSE c.value END
    FROM cell c CROSS JOIN least WHERE access.has_role('leader')
    UNION ALL
    SELECT c.figure, c.measure, NULL, CASE WHEN sum(c.families) < min(least.families) THEN NULL ELSE sum(c.value)::int END
    FROM cell c CROSS JOIN least WHERE access.has_role('leader') AND c.figure <> 'consents' GROUP BY c.figure, c.measure
$$;
ALTER FUNCTION desk.figures(date) OWNER TO familieplan_deriver;
