-- Special risk as somebody would write it who knows both the data and SQL, for DuckDB and PostgreSQL alike: children of
-- 0–17, the five factors of their mothers (CFBU), counted by where the child lives and by its origin.
WITH here AS (
    SELECT person_id, born, died, sex, origin, LEAST(DATE '{year}-12-31', died) AS last_day
    FROM persons
    WHERE born <= DATE '{year}-12-31' AND (died IS NULL OR died >= DATE '{year}-01-01')
),
kids AS (
    SELECT person_id AS child, origin, last_day FROM here WHERE born >= DATE '{youngest}-01-01'
),
theirs AS MATERIALIZED (
    SELECT p.child_id, p.parent_id, p.role, p.valid_from, p.valid_to, k.last_day
    FROM parents p
    JOIN kids k ON k.child = p.child_id
),
parent AS (
    SELECT t.child_id AS child, t.parent_id AS parent, t.role, a.sex
    FROM theirs t
    JOIN here a ON a.person_id = t.parent_id
    WHERE t.valid_from <= LEAST(t.last_day, a.last_day)
      AND (t.valid_to IS NULL OR t.valid_to >= LEAST(t.last_day, a.last_day))
),
candidate AS (
    SELECT child,
           count(*) FILTER (WHERE role = 'mother') AS by_role,
           min(parent) FILTER (WHERE role = 'mother') AS mother,
           count(*) FILTER (WHERE role = 'adoptive_parent' AND sex = 'female') AS adopting,
           min(parent) FILTER (WHERE role = 'adoptive_parent' AND sex = 'female') AS adoptive
    FROM parent
    GROUP BY child
),
mothers AS (
    SELECT child, CASE WHEN by_role = 1 THEN mother ELSE adoptive END AS mother
    FROM candidate
    WHERE by_role = 1 OR (by_role = 0 AND adopting = 1)
),
home AS (
    SELECT r.person_id, r.household_id, a.municipality, a.housing_area_id, a.tenure, a.defects,
           v.housing_area_id IS NOT NULL AS vulnerable
    FROM residence r
    JOIN here h ON h.person_id = r.person_id
    JOIN addresses a ON a.address_id = r.address_id
    LEFT JOIN housing_areas v
      ON v.housing_area_id = a.housing_area_id
     AND v.vulnerable_from <= DATE '{year}-12-31'
     AND (v.vulnerable_to IS NULL OR v.vulnerable_to >= DATE '{year}-12-31')
    WHERE h.last_day = DATE '{year}-12-31'
      AND r.person_id IN (SELECT child FROM kids UNION ALL SELECT parent FROM parent)
      AND r.valid_from <= DATE '{year}-12-31' AND (r.valid_to IS NULL OR r.valid_to >= DATE '{year}-12-31')
),
nuclear AS (
    SELECT DISTINCT m.child
    FROM mothers m
    JOIN parent o ON o.child = m.child AND o.parent <> m.mother
    JOIN home hm ON hm.person_id = m.mother
    JOIN home ho ON ho.person_id = o.parent AND ho.household_id = hm.household_id
),
convicted AS (
    SELECT DISTINCT person_id FROM convictions
    WHERE offence <> 'traffic' AND decided BETWEEN DATE '{year}-01-01' AND DATE '{year}-12-31'
),
benefits AS (
    SELECT DISTINCT person_id FROM income_support
    WHERE benefit IN ('cash_assistance', 'education_assistance', 'disability_pension')
      AND valid_from <= DATE '{year}-12-31' AND (valid_to IS NULL OR valid_to >= DATE '{year}-01-01')
),
educated AS (
    SELECT DISTINCT person_id FROM education WHERE level <> 'basic' AND completed <= DATE '{year}-12-31'
),
judged AS (
    SELECT k.child, k.origin, m.mother,
           CASE WHEN n.child IS NULL THEN 1 ELSE 0 END AS not_nuclear,
           CASE WHEN c.person_id IS NULL THEN 0 ELSE 1 END AS convicted,
           CASE WHEN b.person_id IS NULL THEN 0 ELSE 1 END AS benefits,
           CASE WHEN e.person_id IS NULL THEN 1 ELSE 0 END AS no_education,
           CASE WHEN (hm.tenure = 'private_rental' AND hm.defects) OR hm.tenure = 'other' OR hm.vulnerable
                THEN 1 ELSE 0 END AS housing,
           coalesce(hk.municipality, 'unknown') AS municipality,
           hk.housing_area_id AS area,
           coalesce(hk.vulnerable, false) AS vulnerable
    FROM kids k
    LEFT JOIN mothers m ON m.child = k.child
    LEFT JOIN nuclear n ON n.child = k.child
    LEFT JOIN convicted c ON c.person_id = m.mother
    LEFT JOIN benefits b ON b.person_id = m.mother
    LEFT JOIN educated e ON e.person_id = m.mother
    LEFT JOIN home hm ON hm.person_id = m.mother
    LEFT JOIN home hk ON hk.person_id = k.child
),
counted AS (
    SELECT *, not_nuclear + convicted + benefits + no_education + housing AS factors FROM judged
)
SELECT municipality, area, vulnerable, origin,
       count(*) AS children,
       count(mother) AS with_mother,
       count(mother) FILTER (WHERE factors >= 3) AS special_risk,
       count(mother) FILTER (WHERE not_nuclear = 1) AS not_nuclear,
       count(mother) FILTER (WHERE convicted = 1) AS convicted,
       count(mother) FILTER (WHERE benefits = 1) AS benefits,
       count(mother) FILTER (WHERE no_education = 1) AS no_education,
       count(mother) FILTER (WHERE housing = 1) AS housing,
       count(mother) FILTER (WHERE factors = 0) AS factors_0,
       count(mother) FILTER (WHERE factors = 1) AS factors_1,
       count(mother) FILTER (WHERE factors = 2) AS factors_2,
       count(mother) FILTER (WHERE factors = 3) AS factors_3,
       count(mother) FILTER (WHERE factors = 4) AS factors_4,
       count(mother) FILTER (WHERE factors = 5) AS factors_5
FROM counted
GROUP BY municipality, area, vulnerable, origin
