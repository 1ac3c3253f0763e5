-- Families by the thousand, for the benchmark. Run by a superuser on a database that is thrown away: it writes facts past
-- row security and past the triggers, in whole sets. What it writes is what the actions would have written; who may read it
-- is then worked out by the deployed access.derive (generate.py), never here.
-- Settings: generate.families, generate.seed.

SET session_replication_role = replica;  -- no triggers, no look-ups of foreign keys: the sets below keep them
SET synchronous_commit = off;

CREATE FUNCTION pg_temp.id(what text, n bigint) RETURNS uuid LANGUAGE sql STABLE
RETURN md5(concat_ws('/', current_setting('generate.seed'), what, n))::uuid;
CREATE FUNCTION pg_temp.dice(what text, n bigint, sides int) RETURNS int LANGUAGE sql STABLE
RETURN ('x' || left(md5(concat_ws('/', current_setting('generate.seed'), 'dice', what, n)), 7))::bit(28)::int % sides;
CREATE FUNCTION pg_temp.pick(what text, n bigint, VARIADIC words text[]) RETURNS text LANGUAGE sql STABLE
RETURN words[1 + pg_temp.dice(what, n, cardinality(words))];
CREATE FUNCTION pg_temp.sentence(what text, n bigint) RETURNS text LANGUAGE sql STABLE
RETURN concat_ws(' ',
    pg_temp.pick(what || 1, n, 'Om morgenen', 'Efter skole', 'I weekenden', 'Når vi spiser', 'På en god dag', 'Når det regner',
                 'Om aftenen', 'I frikvarteret', 'Når mormor er her', 'Hver tirsdag', 'Før sengetid', 'I bussen'),
    pg_temp.pick(what || 2, n, 'taler vi om', 'hjælper det med', 'glæder vi os til', 'øver vi', 'savner jeg', 'bliver jeg glad for',
                 'er det svært med', 'griner vi ad', 'holder jeg af', 'mangler vi', 'lykkes det med', 'husker vi'),
    pg_temp.pick(what || 3, n, 'en rolig halv time.', 'cyklen og skoletasken.', 'at sove godt.', 'fodbold på plænen.', 'en varm suppe.',
                 'at komme til tiden.', 'lektier ved bordet.', 'brevene fra kommunen.', 'en tur til vandet.', 'at sige til i tide.',
                 'et spil kort.', 'tid alene med mor.'));

-- The municipality: one coordinating unit, one job centre, a school for every sixty families.
CREATE TEMP TABLE size AS SELECT current_setting('generate.families')::int AS families;
INSERT INTO people_department (id, name) VALUES (pg_temp.id('department', 0), 'Målekommune');
INSERT INTO people_unit (id, name, category, reveals_place, phone, department_id)
SELECT pg_temp.id('unit', 0), 'Koordinering', 'plan', false, '', pg_temp.id('department', 0)
UNION ALL SELECT pg_temp.id('unit', 1), 'Jobcenter', 'employment', false, '', pg_temp.id('department', 0)
UNION ALL SELECT pg_temp.id('school', s), 'Skole ' || s, 'school', true, '', pg_temp.id('department', 0)
          FROM size, generate_series(0, families / 60) s;
-- Coordinators with 13 families each; teachers with 60; at the job centre number 0 has 300 families, the others 50.
CREATE TEMP TABLE worker AS
SELECT pg_temp.id('coordinator', k) AS id, 'Koordinator ' || k AS name, pg_temp.id('unit', 0) AS unit, 'coordinator' AS role
FROM size, generate_series(0, families / 13) k
UNION ALL SELECT pg_temp.id('teacher', s), 'Lærer ' || s, pg_temp.id('school', s), 'professional'
          FROM size, generate_series(0, families / 60) s
UNION ALL SELECT pg_temp.id('adviser', j), 'Jobkonsulent ' || j, pg_temp.id('unit', 1), 'professional'
          FROM size, generate_series(0, greatest(families - 300, 0) / 50 + 1) j;
INSERT INTO people_staff (id, name, title) SELECT id, name, '' FROM worker;
INSERT INTO people_staffrole (id, staff_id, unit_id, role, starts)
SELECT md5(id::text)::uuid, id, unit, role, current_date - 900 FROM worker;

-- The families: two adults and two children under fifteen, in joint custody.
CREATE TEMP TABLE f AS
SELECT n, pg_temp.id('family', n) AS family, now() - interval '30 days' AS since, current_date - 60 AS day,
       pg_temp.id('mother', n) AS a1, pg_temp.id('father', n) AS a2, pg_temp.id('older', n) AS c1, pg_temp.id('younger', n) AS c2,
       pg_temp.id('unit', 0) AS k, pg_temp.id('unit', 1) AS j, pg_temp.id('school', n / 60) AS s,
       pg_temp.id('coordinator', n / 13) AS coordinator, pg_temp.id('teacher', n / 60) AS teacher,
       pg_temp.id('adviser', CASE WHEN n < 300 THEN 0 ELSE (n - 300) / 50 + 1 END) AS adviser,
       pg_temp.pick('surname', n, 'Agerskov', 'Birk', 'Dahl', 'Engberg', 'Fuglsang', 'Gram', 'Hede', 'Iversen', 'Juel', 'Kold',
                    'Lynge', 'Mark', 'Nørby', 'Overgaard', 'Ploug', 'Ravn', 'Søholm', 'Thygesen', 'Ulrik', 'Vang') AS surname
FROM size, generate_series(0, families - 1) n;
INSERT INTO people_family (id, opened_on) SELECT family, day FROM f;

-- Their drawers; numbers are strewn (an odd factor modulo 2³¹ gives each its own), as they are in service. Source is K(oordination),
-- J(ob centre), S(chool) or the family itself.
CREATE TEMP TABLE drawer (d int, kind text, source text, about text[]);
INSERT INTO drawer VALUES (1, 'basic', 'k', '{a1}'), (2, 'basic', 'k', '{a2}'), (3, 'basic', 'k', '{c1}'), (4, 'basic', 'k', '{c2}'),
    (5, 'basic', 'k', '{a1,a2,c1,c2}'), (6, 'address', 'k', '{a1,a2,c1,c2}'), (7, 'plan', '', '{a1}'),
    (8, 'employment', 'k', '{a1}'), (9, 'employment', '', '{a1}'), (10, 'employment', 'j', '{a1}'),
    (11, 'school', 'k', '{c1}'), (12, 'school', '', '{c1}'), (13, 'school', 's', '{c1}'), (14, 'school', 'k', '{c1}'),
    (15, 'family_life', 'k', '{a1,a2,c1,c2}'), (16, 'consent', 'k', '{a1}'), (17, 'consent', 'k', '{a2}'),
    (18, 'consent', 'k', '{c1}'), (19, 'consent', 'k', '{c2}'), (20, 'network', 'k', '{a1}'), (21, 'contact', 'k', '{a1}');
CREATE FUNCTION pg_temp.lies(n int, d int) RETURNS bigint LANGUAGE sql IMMUTABLE
RETURN (n * 32 + d)::bigint * 1597334677 % 2147483648;
INSERT INTO access_scope (id, family_id, subjects, category_id, source, reveals_place)
SELECT pg_temp.lies(n, d), family, ARRAY(SELECT ids.who FROM (VALUES ('a1', a1), ('a2', a2), ('c1', c1), ('c2', c2)) ids (name, who)
                                         WHERE ids.name = ANY (about) ORDER BY ids.who),
       kind, CASE source WHEN 'k' THEN k WHEN 'j' THEN j WHEN 's' THEN s END, d IN (6, 13, 14)
FROM f CROSS JOIN drawer;

INSERT INTO people_person (id, family_id, scope_id, created_at, created_by, given_name, surname, birth_date, part, role_words, version)
SELECT p.id, family, pg_temp.lies(n, p.d), since, coordinator,
       CASE WHEN p.d IN (1, 3) THEN pg_temp.pick('name' || p.d, n, 'Anna', 'Birgitte', 'Clara', 'Dina', 'Ella', 'Frida', 'Gry', 'Helle',
                                                 'Ida', 'Jane', 'Karla', 'Line', 'Maja', 'Nina', 'Oda', 'Rosa')
            ELSE pg_temp.pick('name' || p.d, n, 'Adam', 'Bo', 'Carl', 'David', 'Emil', 'Frank', 'Gustav', 'Henrik', 'Ivan', 'Jonas',
                              'Kim', 'Lasse', 'Mads', 'Noah', 'Otto', 'Rune') END,
       surname, current_date - 365 * p.age - pg_temp.dice('birthday' || p.d, n, 365), 'member', p.words, 1
FROM f CROSS JOIN LATERAL (VALUES (a1, 1, 34, 'mor'), (a2, 2, 36, 'far'), (c1, 3, 9, 'datter'), (c2, 4, 4, 'søn')) p (id, d, age, words);
INSERT INTO people_custody (id, family_id, scope_id, created_at, created_by, child_id, holder_id, kind, starts)
SELECT pg_temp.id('custody' || x.d || x.h, n), family, pg_temp.lies(n, x.d), since, coordinator, x.child, x.holder, 'joint', day - 900
FROM f CROSS JOIN LATERAL (VALUES (c1, a1, 3, 1), (c1, a2, 3, 2), (c2, a1, 4, 1), (c2, a2, 4, 2)) x (child, holder, d, h);
INSERT INTO people_relation (id, family_id, scope_id, created_at, created_by, person_id, other_id, kind, words)
SELECT pg_temp.id('relation' || x.r, n), family, pg_temp.lies(n, 5), since, coordinator, x.person, x.other, 'biological_parent', ''
FROM f CROSS JOIN LATERAL (VALUES (1, a1, c1), (2, a1, c2), (3, a2, c1), (4, a2, c2)) x (r, person, other);
INSERT INTO people_household (id, family_id, scope_id, created_at, created_by, label)
SELECT pg_temp.id('home', n), family, pg_temp.lies(n, 5), since, coordinator, 'Hjemme' FROM f;
INSERT INTO people_residence (id, family_id, scope_id, created_at, created_by, person_id, household_id, pattern, starts)
SELECT pg_temp.id('residence' || x.d, n), family, pg_temp.lies(n, x.d), since, coordinator, x.who, pg_temp.id('home', n), '', day
FROM f CROSS JOIN LATERAL (VALUES (a1, 1), (a2, 2), (c1, 3), (c2, 4)) x (who, d);
INSERT INTO people_contact (id, family_id, scope_id, created_at, created_by, kind, value, version, person_id, household_id)
SELECT pg_temp.id('phone', n), family, pg_temp.lies(n, 21), since, coordinator, 'phone', '00 00 00 00', 1, a1, NULL FROM f
UNION ALL SELECT pg_temp.id('address', n), family, pg_temp.lies(n, 6), since, coordinator, 'address', 'Vejen ' || n, 1, NULL,
                 pg_temp.id('home', n) FROM f;
INSERT INTO people_teammember (id, family_id, scope_id, created_at, created_by, staff_id, unit_id, role, reason, starts)
SELECT pg_temp.id('team' || x.d, n), family, pg_temp.lies(n, x.d), since, coordinator, x.staff, x.unit, x.role, '', day
FROM f CROSS JOIN LATERAL (VALUES (coordinator, k, 'coordinator', 1), (adviser, j, 'professional', 8), (teacher, s, 'professional', 14))
    x (staff, unit, role, d);

-- Eight consents: everybody to the coordinator; one adult to the job centre, one child to the school; the adults to each other.
CREATE TEMP TABLE yes AS
SELECT n, family, since, coordinator, a1, a2, pg_temp.id('consent' || x.c, n) AS id, pg_temp.lies(n, x.d) AS scope, x.*
FROM f CROSS JOIN LATERAL (VALUES
    (1, a1, 16, '{basic,contact,address,plan,family_life,network,employment}'::text[], ARRAY[k, j], ARRAY[k], '{}'::uuid[]),
    (2, a2, 17, '{basic,contact,address,plan,family_life}', ARRAY[k], ARRAY[k], '{}'),
    (3, c1, 18, '{basic,address,plan,family_life,school}', ARRAY[k, s], ARRAY[k], '{}'),
    (4, c2, 19, '{basic,address,plan,family_life,school}', ARRAY[k, s], ARRAY[k], '{}'),
    (5, a1, 16, '{basic,employment}', ARRAY[k], ARRAY[j], '{}'),
    (6, c1, 18, '{basic,school}', ARRAY[k], ARRAY[s], '{}'),
    (7, a1, 16, '{basic,address,plan,family_life}', ARRAY[k], '{}', ARRAY[a2]),
    (8, a2, 17, '{basic,address,plan,family_life}', ARRAY[k], '{}', ARRAY[a1])) x (c, subject, d, kinds, sources, units, persons);
INSERT INTO consent_consent (id, family_id, scope_id, created_at, created_by, subject_id, kinds, from_family, from_units, to_units,
    to_persons, private_voice, purpose, consequence, until, form, deviation_reason)
SELECT id, family, scope, since, coordinator, subject, kinds, true, sources, units, persons, false, 'At hjælpen hænger sammen.',
       'Så spørger vi igen.', current_date + 20 + pg_temp.dice('until' || c, n, 300), 'tablet', ''
FROM yes;
INSERT INTO consent_signature (id, family_id, scope_id, created_at, created_by, consent_id, person_id, signed_at, form)
SELECT md5(id::text || signer)::uuid, family, scope, since, coordinator, id, signer, since, 'tablet'
FROM yes CROSS JOIN LATERAL unnest(CASE WHEN subject IN (a1, a2) THEN ARRAY[subject] ELSE ARRAY[a1, a2] END) signer;

-- The plan: four topics, their words, goals with steps, agreements, what is going on, the week, the network.
CREATE TEMP TABLE topic (t int, d int, title text);
INSERT INTO topic VALUES (1, 11, 'Skoledagen'), (2, 15, 'Vores aftener'), (3, 8, 'Arbejde'), (4, 15, 'Sammen');
INSERT INTO plan_topic (id, family_id, scope_id, created_at, created_by, title, "order", version)
SELECT pg_temp.id('topic' || t, n), family, pg_temp.lies(n, d), since, coordinator, title, t, 1 FROM f CROSS JOIN topic;
INSERT INTO plan_statement (id, family_id, scope_id, created_at, created_by, topic_id, kind, text, speaker_person_id,
    speaker_staff_id, said_on)
SELECT pg_temp.id('word' || w, n), family, pg_temp.lies(n, x.d), since, coordinator,
       CASE WHEN x.t > 0 THEN pg_temp.id('topic' || x.t, n) END, x.kind, pg_temp.sentence('word' || w, n),
       CASE WHEN x.d IN (7, 9, 12) THEN a1 END, CASE x.d WHEN 10 THEN adviser WHEN 15 THEN coordinator END,
       current_date - pg_temp.dice('said' || w, n, 50)
FROM f CROSS JOIN generate_series(1, 17) w CROSS JOIN LATERAL (
    SELECT CASE WHEN w <= 5 THEN 12 WHEN w <= 9 THEN 9 WHEN w <= 14 THEN 15 WHEN w <= 15 THEN 10 ELSE 7 END AS d,
           CASE WHEN w <= 5 THEN 1 WHEN w <= 9 THEN 3 WHEN w <= 12 THEN 2 WHEN w <= 14 THEN 4 WHEN w <= 15 THEN 3 ELSE 0 END AS t,
           CASE WHEN w = 16 THEN 'hope' WHEN w = 17 THEN 'burning' ELSE (ARRAY['worry', 'strength', 'wish'])[1 + w % 3] END AS kind) x;
INSERT INTO plan_goal (id, family_id, scope_id, created_at, created_by, topic_id, parent_id, horizon, text, "order", target_on, status,
    reached_on, version)
SELECT pg_temp.id('goal' || g, n), family, pg_temp.lies(n, topic.d), since, coordinator, pg_temp.id('topic' || t, n),
       CASE WHEN g % 3 <> 1 THEN pg_temp.id('goal' || (g - 1) / 3 * 3 + 1, n) END, 'short', pg_temp.sentence('goal' || g, n), g,
       current_date + 40, CASE WHEN g % 3 = 2 THEN 'done' ELSE 'open' END, CASE WHEN g % 3 = 2 THEN current_date - 9 END, 1
FROM f CROSS JOIN generate_series(1, 8) g JOIN topic ON t = (g - 1) / 3 + 1;
INSERT INTO plan_agreement (id, family_id, scope_id, created_at, created_by, topic_id, what, doer_person_id, doer_staff_id, due_on,
    status, word, version)
SELECT pg_temp.id('agreement' || t, n), family, pg_temp.lies(n, d), since, coordinator, pg_temp.id('topic' || t, n),
       pg_temp.sentence('agreement' || t, n), CASE WHEN t IN (2, 4) THEN a1 END,
       CASE t WHEN 1 THEN teacher WHEN 3 THEN adviser END, current_date - 12 + pg_temp.dice('due' || t, n, 50), 'open', '', 1
FROM f CROSS JOIN topic;
INSERT INTO plan_intervention (id, family_id, scope_id, created_at, created_by, title, unit_id, legal_section, purpose, starts, version)
SELECT pg_temp.id('offer' || x.o, n), family, pg_temp.lies(n, x.d), since, x.staff, x.title, x.unit, x.law, pg_temp.sentence('offer', n),
       day, 1
FROM f CROSS JOIN LATERAL (VALUES (1, 10, adviser, 'Ressourceforløb', j, 'Lov om en aktiv beskæftigelsesindsats'),
    (2, 13, teacher, 'Særligt skema', s, 'Folkeskoleloven')) x (o, d, staff, title, unit, law);
INSERT INTO plan_weeklytime (id, family_id, scope_id, created_at, created_by, intervention_id, title, person_id, weekday, weeks,
    starts_at, ends_at, place, version)
SELECT pg_temp.id('time' || w, n), family, pg_temp.lies(n, CASE WHEN w <= 5 THEN 13 ELSE 10 END), since, coordinator,
       pg_temp.id('offer' || CASE WHEN w <= 5 THEN 2 ELSE 1 END, n), '', CASE WHEN w <= 5 THEN c1 ELSE a1 END,
       (1 + (w - 1) % 5)::text, 'every', '08:00', '12:00', CASE WHEN w <= 5 THEN 'Skolen' ELSE '' END, 1
FROM f CROSS JOIN generate_series(1, 7) w;
INSERT INTO plan_sectorplan (id, family_id, scope_id, created_at, created_by, person_id, unit_id, name, legal_section, kept_in, starts,
    version)
SELECT pg_temp.id('plan' || x.d, n), family, pg_temp.lies(n, x.d), since, x.staff, x.who, x.unit, x.name, '', '', day, 1
FROM f CROSS JOIN LATERAL (VALUES (10, adviser, a1, j, 'Min plan'), (13, teacher, c1, s, 'Plan for fremmøde'))
    x (d, staff, who, unit, name);
INSERT INTO plan_networkperson (id, family_id, scope_id, created_at, created_by, of_person_id, name, relation_words, phone,
    may_contact, version)
SELECT pg_temp.id('network' || w, n), family, pg_temp.lies(n, 20), since, coordinator, a1, pg_temp.pick('network' || w, n, 'Mormor',
       'Farfar', 'Naboen', 'Træneren', 'Moster', 'Veninden'), '', '', w = 1, 1
FROM f CROSS JOIN generate_series(1, 2) w;

-- Who signs in for the measurements.
INSERT INTO accounts_user (id, login, password, kind, holder, is_active, language, created_at)
SELECT md5(x.login)::uuid, x.login, '!', x.kind, x.holder, true, '', now()
FROM (VALUES ('bench-coordinator', 'staff', pg_temp.id('coordinator', 0)), ('bench-adviser', 'staff', pg_temp.id('adviser', 0)),
    ('bench-teacher', 'staff', pg_temp.id('teacher', 0)), ('bench-mother', 'person', pg_temp.id('mother', 0))) x (login, kind, holder);
RESET session_replication_role;
