"""What the family page is made of, in one statement: every part of it is of the same moment, and of the same yes.

No permission is decided here. Row security leaves out what the reader may not see; what is left is what is shown.
"""

# ruff: noqa: S608 - the pieces put together are our own; every value goes by parameter
from datetime import date
from uuid import UUID

from familieplan.core.parts import Parts, Rows

STAYS = 30  # days that an agreement which is done stays on the page
CURRENT = "{0}.starts <= %(today)s AND coalesce({0}.ends, 'infinity') >= %(today)s"
PARTS = {
    "drawers": """
        WITH drawer AS MATERIALIZED (SELECT * FROM access_scope s WHERE s.family_id = %(family)s),
        unit AS MATERIALIZED (SELECT u.source, people.name_of_unit(u.source, %(family)s) AS name
            FROM (SELECT DISTINCT source FROM drawer) u)
        SELECT d.id, d.category_id AS kind, d.subjects, d.voice, u.name AS unit
        FROM drawer d LEFT JOIN unit u ON u.source = d.source""",
    "people": """
        SELECT p.id, p.scope_id AS drawer, p.given_name AS name, p.birth_date, p.part, p.role_words
        FROM people_person p WHERE p.family_id = %(family)s
        ORDER BY p.part <> 'member', p.birth_date NULLS LAST, p.given_name""",
    "homes": f"""
        SELECT r.person_id AS person, h.label, r.pattern
        FROM people_residence r JOIN people_household h ON h.id = r.household_id
        WHERE r.family_id = %(family)s AND {CURRENT.format("r")} ORDER BY r.starts, h.label""",
    # New words take the place of old ones only for those who can see the new ones.
    "words": """
        SELECT s.id, s.scope_id AS drawer, s.kind, s.topic_id AS topic, s.intervention_id AS intervention, s.text,
               s.said_on,
               s.speaker_person_id AS person, s.speaker_staff_id AS staff, f.name AS staff_name, s.created_by,
               w.name AS written_by, s.replaces_id IS NOT NULL AS has_earlier
        FROM plan_statement s LEFT JOIN people_staff f ON f.id = s.speaker_staff_id
        LEFT JOIN people_staff w ON w.id = s.created_by AND s.speaker_staff_id IS NULL
        WHERE s.family_id = %(family)s AND NOT EXISTS (SELECT FROM plan_statement n WHERE n.replaces_id = s.id)
        ORDER BY s.said_on DESC, s.created_at DESC""",
    "topics": """
        SELECT t.id, t.scope_id AS drawer, t.title, t.closed_on FROM plan_topic t WHERE t.family_id = %(family)s
        ORDER BY t.closed_on IS NOT NULL, t."order", t.created_at""",
    "goals": """
        SELECT g.id, g.scope_id AS drawer, g.topic_id AS topic, g.parent_id AS parent, g.text,
               g.horizon = 'long' AS is_long, g.target_on, g.status = 'done' AS is_done, g.reached_on,
               c.text AS strategic, c.text_en AS strategic_en
        FROM plan_goal g LEFT JOIN plan_strategicgoal c ON c.id = g.strategic_id
        WHERE g.family_id = %(family)s AND g.status <> 'dropped'
        ORDER BY g.horizon, g."order", g.created_at""",
    "links": """
        SELECT l.goal_id AS goal, l.why FROM plan_goallink l WHERE l.family_id = %(family)s ORDER BY l.created_at""",
    "agreements": """
        SELECT a.id, a.scope_id AS drawer, a.topic_id AS topic, a.what, a.doer_person_id AS person,
               a.doer_staff_id AS staff,
               f.name AS staff_name, a.due_on, a.status = 'done' AS is_done, a.done_on, a.word, a.first_step,
               a.review_on, a.stop_rule,
               a.status = 'open' AND a.scope_id = ANY ((SELECT access.watched_scopes())::int[]) AND NOT EXISTS (
                   SELECT FROM access_grant g WHERE g.scope_id = a.scope_id
                   AND g.holder = coalesce(a.doer_person_id, a.doer_staff_id)
                   AND g.valid_from <= access.clock() AND g.valid_until > access.clock()) AS is_unseen
        FROM plan_agreement a LEFT JOIN people_staff f ON f.id = a.doer_staff_id
        WHERE a.family_id = %(family)s
          AND (a.status = 'open' OR a.status = 'done' AND a.done_on > %(today)s - %(stays)s)
        ORDER BY a.status = 'done', a.due_on, a.created_at""",
    "interventions": """
        SELECT i.id, i.scope_id AS drawer, i.title, i.unit_id AS unit, u.name AS unit_name, i.purpose, i.legal_section,
               i.starts, i.ends
        FROM plan_intervention i JOIN people_unit u ON u.id = i.unit_id
        WHERE i.family_id = %(family)s AND coalesce(i.ends, 'infinity') >= %(today)s ORDER BY u.name, i.title""",
    "times": """
        SELECT w.id, w.scope_id AS drawer, w.intervention_id AS intervention, w.title, w.person_id AS person, w.weekday,
               w.weeks, w.starts_at, w.ends_at, w.place
        FROM plan_weeklytime w
        WHERE w.family_id = %(family)s AND coalesce(w.stopped_on, 'infinity') > %(today)s
        ORDER BY w.weekday, w.starts_at, w.id""",
    "plans": """
        SELECT p.id, p.scope_id AS drawer, p.person_id AS person, p.name, u.name AS unit_name, p.legal_section,
               p.kept_in, p.starts, p.ends,
               (SELECT f.next_on FROM plan_followup f WHERE f.sector_plan_id = p.id
                ORDER BY f.held_on DESC, f.created_at DESC LIMIT 1) AS next_on,
               access.threshold('child_plan_first_follow_up_months') AS first_months
        FROM plan_sectorplan p JOIN people_unit u ON u.id = p.unit_id
        WHERE p.family_id = %(family)s AND coalesce(p.ends, 'infinity') >= %(today)s ORDER BY u.name, p.name""",
    "network": """
        SELECT n.id, n.scope_id AS drawer, n.of_person_id AS person, n.name, n.relation_words, n.phone, n.may_contact
        FROM plan_networkperson n WHERE n.family_id = %(family)s AND n.removed_on IS NULL ORDER BY n.name""",
    "team": f"""
        SELECT t.id, t.scope_id AS drawer, t.staff_id AS staff, s.name, s.title, t.unit_id AS unit, u.name AS unit_name,
               u.phone, t.role, t.reason, t.starts, t.last_contact_on
        FROM people_teammember t JOIN people_staff s ON s.id = t.staff_id JOIN people_unit u ON u.id = t.unit_id
        WHERE t.family_id = %(family)s AND {CURRENT.format("t")} AND s.left_at IS NULL
        ORDER BY t.role <> 'coordinator', u.name, s.name""",
    # Whom to call: for all who may open the family, also where her line on the team is not theirs to read.
    "coordinators": """
        SELECT c.staff, c.name, c.unit, c.phone FROM people.coordinators() c WHERE c.family_id = %(family)s""",
    # Who may see what: people by name, staff by their unit, for each set of people it is about, reason and end.
    "sight": f"""
        SELECT coalesce(p.given_name, u.name) AS name, p.id IS NULL AS is_unit, g.basis,
               ((nullif(g.valid_until, 'infinity') - interval '1 microsecond')
                AT TIME ZONE 'Europe/Copenhagen')::date AS until,
               s.subjects AS about, array_agg(DISTINCT s.category_id) AS kinds
        FROM access_grant g JOIN access_scope s ON s.id = g.scope_id
        LEFT JOIN people_person p ON p.id = g.holder
        LEFT JOIN LATERAL (
            SELECT people.name_of_unit(r.unit_id, g.family_id) AS name
            FROM people_staffrole r
            WHERE r.staff_id = g.holder AND {CURRENT.format("r")}
            ORDER BY EXISTS (SELECT FROM people_teammember t WHERE t.family_id = g.family_id
                             AND t.staff_id = g.holder AND t.unit_id = r.unit_id) DESC, r.starts LIMIT 1) u ON true
        WHERE g.family_id = %(family)s AND g.basis <> 'self' AND g.holder <> %(reader)s
          AND g.valid_from <= access.clock() AND g.valid_until > access.clock()
          AND coalesce(p.given_name, u.name) IS NOT NULL
        GROUP BY 1, 2, 3, 4, 5 ORDER BY 2, 1, 3, 4, 5""",
    "writes": f"""
        SELECT access.editable_scopes() AS edits, access.addable_scopes() AS adds,
               EXISTS (SELECT FROM plan_agreement a WHERE a.family_id = %(family)s
                       AND (a.status = 'dropped' OR a.done_on <= %(today)s - %(stays)s)) AS has_earlier_agreements,
               (SELECT array_agg(t.role) FROM people_teammember t
                WHERE t.family_id = %(family)s AND t.staff_id = %(reader)s AND {CURRENT.format("t")}) AS team_roles""",
}


WHOLE_PAGE = Parts(PARTS)


def parts_of_the_page(*, family: UUID, reader: UUID, today: date) -> Rows:
    """The family has been opened before: else there is nothing."""
    return WHOLE_PAGE.rows({"family": family, "reader": reader, "today": today, "stays": STAYS})
