"""What a board is made of, in one statement: every cell is of the same moment, and of the same yes.

No permission is decided here. Row security leaves out what the reader may not see; ``wall`` leaves out besides what
somebody in the room may not see (meetings.in_the_room), for the picture that everybody looks at.
"""

# ruff: noqa: S608 - the pieces put together are our own; every value goes by parameter
from functools import cache
from uuid import UUID

from django.utils import timezone

from familieplan.core.parts import Parts, Rows
from familieplan.meetings.faces import FACES, with_faces
from familieplan.plan import queries as plan

MOST = (
    8  # words of one kind in one cell, of the family and of professionals, from before this meeting; the rest by a link
)
ALL = 1_000
ROOM = "(SELECT meetings.in_the_room(%(meeting)s))"
ITEMS = """SELECT i.topic_id FROM meetings_agendaitem i WHERE i.meeting_id = %(meeting)s AND i.status = 'chosen'"""
# Of one topic; or of all on the agenda, and whatever was said at this meeting about anything else.
WHICH = {
    "one": "{0}.topic_id = %(topic)s",
    "all": f"({{0}}.topic_id IN ({ITEMS}) OR {{0}}.occasion = %(meeting)s)",
}
NOW = "s.occasion IS NOT DISTINCT FROM %(meeting)s"
SAID = f"""s.id, s.scope_id AS drawer, s.kind, s.topic_id AS topic, s.text, s.scale, s.said_on,
    s.speaker_person_id AS person, s.speaker_staff_id AS staff, f.name AS staff_name, s.created_by,
    w.name AS written_by, s.replaces_id IS NOT NULL AS has_earlier, {NOW} AS is_now"""
NAMED = """LEFT JOIN people_staff f ON f.id = s.speaker_staff_id
    LEFT JOIN people_staff w ON w.id = s.created_by AND s.speaker_staff_id IS NULL"""
# New words take the place of old ones only for those who can see the new ones.
STANDS = "NOT EXISTS (SELECT FROM plan_statement n WHERE n.replaces_id = s.id{0})"


def _parts(which: str, wall: bool) -> dict[str, str]:
    def on_wall(alias: str) -> str:
        return f" AND {alias}.scope_id = ANY ({ROOM}::int[])" if wall else ""

    def of(alias: str) -> str:
        return f"{alias}.family_id = %(family)s AND {WHICH[which].format(alias)}{on_wall(alias)}"

    stands = STANDS.format(on_wall("n"))
    topics = "AND i.topic_id = %(topic)s" if which == "one" else ""
    return {
        "writes": """
            SELECT access.editable_scopes() AS edits, access.addable_scopes() AS adds,
                   access.coordinates(%(family)s) AS coordinates, meetings.sits_at(%(meeting)s) AS sits,
                   CASE WHEN access.coordinates(%(family)s) THEN meetings.in_the_room(%(meeting)s) END AS room,
                   NULL AS team_roles""",
        "drawers": plan.PARTS["drawers"],
        "people": f"""
            SELECT p.id, p.scope_id AS drawer, p.given_name AS name, p.birth_date, p.part, p.role_words
            FROM people_person p WHERE p.family_id = %(family)s{on_wall("p")}
            ORDER BY p.part <> 'member', p.birth_date NULLS LAST, p.given_name""",
        "faces": FACES,
        "topics": f"""
            SELECT t.id, t.scope_id AS drawer, t.title, t.closed_on FROM meetings_agendaitem i
            JOIN plan_topic t ON t.id = i.topic_id
            WHERE i.meeting_id = %(meeting)s AND i.status = 'chosen'{topics}{on_wall("t")}
            ORDER BY i."order", i.created_at""",
        "words": f"""
            SELECT {SAID}, s.place FROM (
                SELECT s.*, row_number() OVER (
                    PARTITION BY s.topic_id, s.kind, s.speaker_staff_id IS NULL, {NOW}
                    ORDER BY s.said_on DESC, s.created_at DESC) AS place
                FROM plan_statement s
                WHERE {of("s")} AND s.kind IN ('worry', 'strength', 'wish', 'comment') AND {stands}) s {NAMED}
            WHERE s.place <= %(most)s + 1 ORDER BY s.said_on DESC, s.created_at DESC""",
        "scales": f"""
            SELECT DISTINCT ON (s.topic_id, s.speaker_person_id, s.speaker_staff_id, {NOW}) {SAID}
            FROM plan_statement s {NAMED} WHERE {of("s")} AND s.kind = 'scale' AND {stands}
            ORDER BY s.topic_id, s.speaker_person_id, s.speaker_staff_id, {NOW},
                     s.said_on DESC, s.created_at DESC""",
        "goals": f"""
            SELECT g.id, g.scope_id AS drawer, g.topic_id AS topic, g.text, g.reached_on, g.status = 'done' AS is_done
            FROM plan_goal g WHERE g.family_id = %(family)s AND g.parent_id IS NULL AND g.status <> 'dropped'
              AND {"g.topic_id = %(topic)s" if which == "one" else f"g.topic_id IN ({ITEMS})"}{on_wall("g")}
            ORDER BY g.horizon, g."order", g.created_at""",
        "agreements": f"""
            SELECT a.id, a.scope_id AS drawer, a.topic_id AS topic, a.what, a.doer_person_id AS person,
                   a.doer_staff_id AS staff, f.name AS staff_name, a.due_on, a.status = 'done' AS is_done, a.done_on,
                   a.word, a.first_step, a.review_on, a.stop_rule,
                   a.occasion IS NOT DISTINCT FROM %(meeting)s AS is_now,
                   a.status = 'open' AND a.scope_id = ANY ((SELECT access.watched_scopes())::int[]) AND NOT EXISTS (
                       SELECT FROM access_grant g WHERE g.scope_id = a.scope_id
                       AND g.holder = coalesce(a.doer_person_id, a.doer_staff_id)
                       AND g.valid_from <= access.clock() AND g.valid_until > access.clock()) AS is_unseen
            FROM plan_agreement a LEFT JOIN people_staff f ON f.id = a.doer_staff_id
            WHERE {of("a")} AND (a.status = 'open' OR a.occasion = %(meeting)s
                                 OR a.status = 'done' AND a.done_on > %(today)s - %(stays)s)
            ORDER BY a.occasion IS DISTINCT FROM %(meeting)s, a.status = 'done', a.due_on, a.created_at""",
    }


def parts_of_the_board(
    *, family: UUID, meeting: UUID, which: str = "all", topic: UUID | None = None, wall: bool = False, most: int = MOST
) -> Rows:
    """Of ``all`` the board, or of ``one`` topic."""
    values = {
        "family": family, "meeting": meeting, "topic": topic, "most": most,
        "today": timezone.localdate(), "stays": plan.STAYS,
    }  # fmt: skip
    return with_faces(_asked(which, wall).rows(values))


@cache
def _asked(which: str, wall: bool) -> Parts:
    return Parts(_parts(which, wall))
