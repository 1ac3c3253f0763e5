-- The target group of Social- og Boligstyrelsen 2024 by municipality, by hand; DuckDB and PostgreSQL.
WITH here AS (
    SELECT person_id, born, LEAST(DATE '{year}-12-31', died) AS last_day
    FROM persons
    WHERE born <= DATE '{year}-12-31' AND (died IS NULL OR died >= DATE '{year}-01-01')
),
helped AS (
    SELECT person_id FROM social_children
    WHERE measure = 'home_based'
      AND valid_from <= DATE '{year}-12-31' AND (valid_to IS NULL OR valid_to >= DATE '{year}-01-01')
    UNION
    SELECT person_id FROM placements
    WHERE valid_from <= DATE '{year}-12-31' AND (valid_to IS NULL OR valid_to >= DATE '{year}-01-01')
),
child AS (
    SELECT person_id, last_day FROM here JOIN helped USING (person_id) WHERE born >= DATE '{young}-01-01'
),
challenged AS (
    SELECT person_id FROM income_support
    WHERE (benefit IN ('disability_pension', 'resource_course') OR (benefit = 'cash_assistance' AND readiness = 'activity'))
      AND valid_from <= DATE '{year}-12-31' AND (valid_to IS NULL OR valid_to >= DATE '{year}-01-01')
    UNION
    SELECT person_id FROM convictions
    WHERE ((outcome IN ('prison', 'suspended') AND offence <> 'traffic') OR offence = 'violence')
      AND decided BETWEEN DATE '{year}-01-01' AND DATE '{year}-12-31'
    UNION
    SELECT person_id FROM shelters
    WHERE valid_from <= DATE '{year}-12-31' AND (valid_to IS NULL OR valid_to >= DATE '{year}-01-01')
    UNION
    SELECT person_id FROM social_adults
    WHERE service IN ('preventive', 'home_support', 'accommodation') AND reason IS NOT NULL
      AND valid_from <= DATE '{year}-12-31' AND (valid_to IS NULL OR valid_to >= DATE '{year}-01-01')
    UNION
    SELECT person_id FROM victims
    WHERE offence = 'violence' AND reported BETWEEN DATE '{year}-01-01' AND DATE '{year}-12-31'
    UNION
    SELECT person_id FROM psychiatry
    WHERE diagnosis LIKE 'F%'
      AND valid_from <= DATE '{year}-12-31' AND (valid_to IS NULL OR valid_to >= DATE '{year}-01-01')
    UNION
    SELECT person_id FROM substance_treatment
    WHERE valid_from <= DATE '{year}-12-31' AND (valid_to IS NULL OR valid_to >= DATE '{year}-01-01')
),
adult AS (
    SELECT person_id, last_day FROM here JOIN challenged USING (person_id) WHERE born < DATE '{grown}-01-01'
),
link AS (
    SELECT p.child_id, p.parent_id
    FROM parents p
    JOIN child c ON c.person_id = p.child_id
    JOIN adult a ON a.person_id = p.parent_id
    WHERE p.valid_from <= LEAST(c.last_day, a.last_day)
      AND (p.valid_to IS NULL OR p.valid_to >= LEAST(c.last_day, a.last_day))
),
everybody AS (
    SELECT 'children' AS who, person_id, last_day, person_id IN (SELECT child_id FROM link) AS in_target FROM child
    UNION ALL
    SELECT 'adults', person_id, last_day, person_id IN (SELECT parent_id FROM link) FROM adult
),
home AS (
    SELECT e.who, e.person_id, a.municipality
    FROM everybody e
    JOIN residence r ON r.person_id = e.person_id
    JOIN addresses a ON a.address_id = r.address_id
    WHERE e.last_day = DATE '{year}-12-31'
      AND r.valid_from <= DATE '{year}-12-31' AND (r.valid_to IS NULL OR r.valid_to >= DATE '{year}-12-31')
)
SELECT e.who, coalesce(h.municipality, 'unknown') AS municipality,
       count(*) FILTER (WHERE e.in_target) AS in_target, count(*) AS vulnerable
FROM everybody e
LEFT JOIN home h ON h.person_id = e.person_id AND h.who = e.who
GROUP BY e.who, coalesce(h.municipality, 'unknown')
