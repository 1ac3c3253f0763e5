"""One's families and what needs one, as far as one may see. Row security leaves out the rest; nothing is decided here.

The caller has opened a list (``audit.log.open_list``): before that there is nothing to see.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from familieplan.plan import followups

FORTNIGHT = timedelta(days=14)

# The database sorts by bytes: so that æ, ø and å come last and aa is å, they are turned into signs that do.
FAMILIES = """
WITH number AS (SELECT key, value FROM access_threshold),
named AS (
    SELECT p.family_id, string_agg(p.given_name, ', ' ORDER BY p.birth_date NULLS LAST, p.given_name) AS names
    FROM people_person p WHERE p.part = 'member' GROUP BY p.family_id),
team AS (
    SELECT t.family_id, max(t.last_contact_on) AS contact,
           bool_or(t.role IN ('coordinator', 'contact') AND t.staff_id = %(me)s
                   AND t.starts <= %(today)s AND coalesce(t.ends, 'infinity') >= %(today)s) AS is_mine
    FROM people_teammember t GROUP BY t.family_id),
said AS (
    SELECT s.family_id, (max(s.created_at) AT TIME ZONE 'Europe/Copenhagen')::date AS day
    FROM plan_statement s GROUP BY s.family_id),
agreement AS MATERIALIZED (
    SELECT a.family_id, a.what, a.due_on, a.status, a.doer_person_id, a.doer_staff_id,
           greatest((a.created_at AT TIME ZONE 'Europe/Copenhagen')::date, a.done_on) AS day
    FROM plan_agreement a),
agreed AS (SELECT a.family_id, max(a.day) AS day FROM agreement a GROUP BY a.family_id),
next AS (
    SELECT DISTINCT ON (a.family_id) a.family_id, a.due_on, coalesce(s.name, p.given_name)::text AS who, a.what
    FROM agreement a LEFT JOIN people_staff s ON s.id = a.doer_staff_id
    LEFT JOIN people_person p ON p.id = a.doer_person_id
    WHERE a.status = 'open' ORDER BY a.family_id, a.due_on),
consent AS (
    SELECT c.family_id, min(c.until) AS until FROM consent_consent c
    WHERE c.withdrawn_at IS NULL AND c.until >= %(today)s
      AND c.until <= %(today)s + (SELECT value FROM number WHERE key = 'consent_ending_soon_days')
      AND NOT EXISTS (SELECT FROM consent_consent n WHERE n.replaces_id = c.id)
    GROUP BY c.family_id)
SELECT f.id, n.names, coalesce(t.is_mine, false) AS is_mine, w.name AS coordinator,
       greatest(s.day, a.day, t.contact) AS moved_on,
       greatest(s.day, a.day, t.contact, f.opened_on)
           < %(today)s - (SELECT value FROM number WHERE key = 'gone_quiet_days') AS is_quiet,
       x.due_on, x.who, x.what, c.until AS consent_ends_on, coalesce(f.closed_on, 'infinity') <= %(today)s AS is_closed
FROM people_family f
LEFT JOIN named n ON n.family_id = f.id
LEFT JOIN team t ON t.family_id = f.id
LEFT JOIN said s ON s.family_id = f.id
LEFT JOIN agreed a ON a.family_id = f.id
LEFT JOIN next x ON x.family_id = f.id
LEFT JOIN consent c ON c.family_id = f.id
LEFT JOIN (SELECT DISTINCT ON (family_id) * FROM people.coordinators()) w ON w.family_id = f.id
ORDER BY is_closed, n.names IS NULL,
    translate(replace(lower(n.names), 'aa', 'å'), 'æäøöåü', '{||}y') COLLATE "C", f.id
"""


@dataclass(frozen=True, slots=True)
class FamilyRow:
    """One family in a list. Without names: on the team, and nobody has said yes yet."""

    id: UUID
    names: str | None
    is_mine: bool  # the reader coordinates it
    coordinator: str | None
    moved_on: date | None
    is_quiet: bool
    due_on: date | None
    who: str | None
    what: str | None
    consent_ends_on: date | None
    is_closed: bool


def my_families(*, me: UUID, today: date) -> list[FamilyRow]:
    """All of them, in one statement: three hundred are one page."""
    with connection.cursor() as cursor:
        cursor.execute(FAMILIES, {"me": me, "today": today})
        return [FamilyRow(*row) for row in cursor.fetchall()]


AGREEMENTS = """
SELECT a.id, a.family_id, a.what, a.due_on FROM plan_agreement a
WHERE a.doer_staff_id = %(me)s AND a.status = 'open' AND a.due_on <= %(today)s + 7 ORDER BY a.due_on, a.created_at
"""

REQUESTS = """
SELECT r.id, r.family_id, u.name, r.asked_at, r.staff_id = %(me)s AS is_mine
FROM consent_accessrequest r JOIN people_unit u ON u.id = r.unit_id WHERE r.status = 'open' ORDER BY r.asked_at
"""

# Answers one has not read: the family's words to the one who asked, and nothing else of the family.
ANSWERS = """
SELECT n.id, n.family_id, u.name, r.status = 'yes' AS said_yes, r.answer, r.answered_at
FROM consent_notice n JOIN consent_accessrequest r ON r.id = n.about JOIN people_unit u ON u.id = r.unit_id
WHERE n.person = %(me)s AND n.what = 'answered' AND n.read_at IS NULL AND r.staff_id = n.person AND r.status <> 'open'
ORDER BY n.at
"""

# Written down, and not yet signed by everybody who must (consent/sql/rules.sql: authority, signed, consented).
UNSIGNED = """
WITH authority AS (
    SELECT p.id AS subject, p.id AS holder FROM people_person p
    WHERE p.birth_date IS NULL OR p.birth_date + make_interval(years => access.threshold('consent_age')) <= %(today)s
    UNION ALL
    SELECT c.child_id, c.holder_id FROM people_custody c JOIN people_person p ON p.id = c.child_id
    WHERE c.starts <= %(today)s AND coalesce(c.ends, 'infinity') >= %(today)s
      AND p.birth_date + make_interval(years => access.threshold('consent_age')) > %(today)s)
SELECT c.id, c.family_id, s.given_name, array_agg(coalesce(h.given_name, '')) AS missing
FROM consent_consent c JOIN people_person s ON s.id = c.subject_id
JOIN authority a ON a.subject = c.subject_id LEFT JOIN people_person h ON h.id = a.holder
WHERE c.withdrawn_at IS NULL AND c.until >= %(today)s AND c.deviation_reason = ''
  AND NOT EXISTS (SELECT FROM consent_signature g
                  WHERE g.consent_id = c.id AND g.person_id = a.holder AND g.withdrawn_at IS NULL)
  AND NOT EXISTS (SELECT FROM consent_consent n WHERE n.replaces_id = c.id)
GROUP BY c.id, c.family_id, s.given_name, c.created_at ORDER BY c.created_at
"""

# The family said yes to a question, and its consent is not written down yet: the asker believes it is on its way.
PROMISED = """
SELECT r.id, r.family_id, u.name, r.answered_at
FROM consent_accessrequest r JOIN people_unit u ON u.id = r.unit_id
WHERE r.status = 'yes' AND access.coordinates(r.family_id) AND NOT EXISTS (
    SELECT FROM consent_consent c
    WHERE c.family_id = r.family_id AND c.created_at > r.asked_at AND r.unit_id = ANY (c.to_units))
ORDER BY r.answered_at
"""

# A yes that somebody of the family took back, or answered with a no: told for two weeks, to whoever coordinates.
TAKEN_BACK = """
SELECT c.id, c.family_id, coalesce(s.given_name, ''), coalesce(p.given_name, ''), c.withdrawn_at
FROM consent_consent c LEFT JOIN people_person s ON s.id = c.subject_id
LEFT JOIN people_person p ON p.id = c.withdrawn_by
WHERE c.withdrawn_at > access.clock() - interval '14 days' AND access.coordinates(c.family_id)
  AND NOT EXISTS (SELECT FROM people_staff f WHERE f.id = c.withdrawn_by)
ORDER BY c.withdrawn_at DESC
"""


# What one has been told of and not yet read, as far as one may still read it: the rows themselves decide.
MOVED = """
SELECT n.id, n.family_id, 'comment' AS kind, coalesce(p.given_name, f.name, '') AS who, coalesce(t.title, '') AS what,
       '' AS status, NULL::date AS due_on, '' AS word, n.at
FROM consent_notice n JOIN plan_statement s ON s.id = n.about LEFT JOIN plan_topic t ON t.id = s.topic_id
LEFT JOIN people_person p ON p.id = s.speaker_person_id LEFT JOIN people_staff f ON f.id = s.speaker_staff_id
WHERE n.person = %(me)s AND n.what = 'comment' AND n.read_at IS NULL
UNION ALL
SELECT n.id, n.family_id, 'agreement', coalesce(p.given_name, f.name, ''), a.what, a.status, a.due_on, a.word, n.at
FROM consent_notice n JOIN plan_agreement a ON a.id = n.about
LEFT JOIN people_person p ON p.id = n.by LEFT JOIN people_staff f ON f.id = n.by
WHERE n.person = %(me)s AND n.what = 'agreement' AND n.read_at IS NULL
ORDER BY at DESC
"""

# Plans one's own unit keeps, with what decides when they are followed up next (plan/followups.py).
FOLLOWED = """
SELECT p.id, p.family_id, p.name, p.legal_section, p.starts, access.threshold('child_plan_first_follow_up_months'),
       (SELECT f.next_on FROM plan_followup f WHERE f.sector_plan_id = p.id
        ORDER BY f.held_on DESC, f.created_at DESC LIMIT 1)
FROM plan_sectorplan p
WHERE coalesce(p.ends, 'infinity') >= %(today)s AND p.scope_id = ANY ((SELECT access.editable_scopes())::int[])
"""

# Trials whose day has come: one's own, and those of the families one coordinates.
TRIALS = """
SELECT a.id, a.family_id, a.what, a.review_on FROM plan_agreement a
WHERE a.status = 'open' AND a.review_on <= %(today)s
  AND (a.doer_staff_id = %(me)s OR access.coordinates(a.family_id)) ORDER BY a.review_on, a.created_at
"""


@dataclass(frozen=True, slots=True)
class Moved:
    """Words between the meetings, or an agreement that somebody has moved on."""

    id: UUID  # of the notice
    family: UUID
    kind: str  # of the notice: comment | agreement
    who: str
    what: str  # the topic's title, or what was agreed
    status: str
    due_on: date | None
    word: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Task:
    """An agreement one has taken on."""

    id: UUID
    family: UUID
    what: str
    due_on: date


@dataclass(frozen=True, slots=True)
class Request:
    """Somebody asks to see more: of a family one coordinates, or oneself of another."""

    id: UUID
    family: UUID
    unit: str
    asked_at: datetime
    is_mine: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """What a family has said to one's own question, until one has read it."""

    id: UUID  # of the notice
    family: UUID
    unit: str
    said_yes: bool
    words: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Unsigned:
    """A consent that opens nothing yet."""

    id: UUID
    family: UUID
    about: str
    missing: list[str]


@dataclass(frozen=True, slots=True)
class Promised:
    """A yes that is still to be written down as a consent."""

    id: UUID
    family: UUID
    unit: str
    at: datetime


@dataclass(frozen=True, slots=True)
class TakenBack:
    """A consent that the family has ended or not wanted."""

    id: UUID
    family: UUID
    about: str
    who: str
    at: datetime


def my_tasks(*, me: UUID, today: date) -> list[Task]:
    """Overdue, and due within a week."""
    return [Task(*row) for row in _asked(AGREEMENTS, me, today)]


def trials(*, me: UUID, today: date) -> list[Task]:
    """To be looked at: go on, change, or stop? ``due_on``: the day agreed for it."""
    return [Task(*row) for row in _asked(TRIALS, me, today)]


def follow_ups(*, me: UUID, today: date) -> list[Task]:
    """Children's plans one keeps, to be followed up within two weeks or earlier than today."""
    found = [
        Task(id, family, name, followups.due(starts, decided, months))
        for id, family, name, law, starts, months, decided in _asked(FOLLOWED, me, today)
        if followups.is_followed(law)
    ]
    return sorted((one for one in found if one.due_on <= today + FORTNIGHT), key=lambda one: one.due_on)


def moved(*, me: UUID, today: date) -> list[Moved]:
    """The latest first."""
    return [Moved(*row) for row in _asked(MOVED, me, today)]


def open_requests(*, me: UUID, today: date) -> list[Request]:
    return [Request(*row) for row in _asked(REQUESTS, me, today)]


def answers(*, me: UUID, today: date) -> list[Answer]:
    return [Answer(*row) for row in _asked(ANSWERS, me, today)]


def promised(*, me: UUID, today: date) -> list[Promised]:
    return [Promised(*row) for row in _asked(PROMISED, me, today)]


def taken_back(*, me: UUID, today: date) -> list[TakenBack]:
    return [TakenBack(*row) for row in _asked(TAKEN_BACK, me, today)]


def unsigned(*, me: UUID, today: date) -> list[Unsigned]:
    return [Unsigned(*row) for row in _asked(UNSIGNED, me, today)]


def _asked(statement: str, me: UUID, today: date) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"me": me, "today": today})
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


@dataclass(frozen=True, slots=True)
class Coordinator:
    """The whole of the minimal card."""

    name: str
    unit: str
    department: str
    phone: str


def coordinators() -> list[Coordinator]:
    """Of the family in focus."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, unit, department, phone FROM people.coordinators()")
        return [Coordinator(*row) for row in cursor.fetchall()]
