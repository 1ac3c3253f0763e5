"""The minutes as their reader may have them: exactly the rows that were frozen, each in the version it then had.

Words never change. A topic or an agreement that was changed since is read from what it said before (plan_earlier). What
somebody has taken back their yes to is gone from here too: rows lie in their own drawers.
"""

# ruff: noqa: S608 - the pieces put together are our own; every value goes by parameter
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from familieplan.access.actor import Actor
from familieplan.core.parts import Parts
from familieplan.meetings.board.queries import NAMED, SAID
from familieplan.meetings.board.values import Agreed, BoardPage, Stands, Words
from familieplan.meetings.faces import FACES, with_faces
from familieplan.meetings.models import Meeting
from familieplan.plan import queries as plan
from familieplan.plan.enums import StatementKind
from familieplan.plan.family import Gathering, Row, base_of, day
from familieplan.plan.page import StatementView

ONE = """(SELECT m.id FROM meetings_minutes m WHERE m.meeting_id = %(meeting)s
    AND (m.number = %(number)s OR %(number)s::int IS NULL) ORDER BY m.number DESC LIMIT 1)"""


def _as_it_was(table: str, what: str) -> str:
    """A row of a kind that changes, in its frozen version: as it stands, else what was kept of it."""
    return f"""
        SELECT l."row" AS id, l.scope_id AS drawer, coalesce(to_jsonb(t), e.was) AS said FROM meetings_minutesline l
        LEFT JOIN {table} t ON t.id = l."row" AND t.version = l.row_version
        LEFT JOIN LATERAL (SELECT e.was FROM plan_earlier e WHERE t.id IS NULL AND e.row_id = l."row"
            AND e.what = '{table}' AND (e.was ->> 'version')::int = l.row_version ORDER BY e.id LIMIT 1) e ON true
        WHERE l.minutes_id = {ONE} AND l.what = '{what}' AND coalesce(to_jsonb(t), e.was) IS NOT NULL
        ORDER BY l."order", coalesce(to_jsonb(t), e.was) ->> 'created_at', l.id"""


PARTS = {
    "versions": """
        SELECT m.number, m.reason, m.created_at, f.name AS by FROM meetings_minutes m
        LEFT JOIN people_staff f ON f.id = m.created_by WHERE m.meeting_id = %(meeting)s ORDER BY m.number DESC""",
    "writes": "SELECT '{}'::int[] AS edits, '{}'::int[] AS adds, NULL AS team_roles",
    "drawers": plan.PARTS["drawers"],
    "people": plan.PARTS["people"],
    "faces": FACES,
    "staff": """
        SELECT f.id, f.name FROM people_staff f WHERE f.id IN (SELECT a.doer_staff_id FROM plan_agreement a
            WHERE a.family_id = %(family)s UNION SELECT t.staff_id FROM people_teammember t
            WHERE t.family_id = %(family)s UNION SELECT p.staff_id FROM meetings_participant p
            WHERE p.meeting_id = %(meeting)s)""",
    "topics": _as_it_was("plan_topic", "topic"),
    "words": f"""
        SELECT {SAID} FROM meetings_minutesline l JOIN plan_statement s ON s.id = l."row" {NAMED}
        WHERE l.minutes_id = {ONE} AND l.what = 'statement' ORDER BY s.created_at, l.id""",
    "agreements": _as_it_was("plan_agreement", "agreement"),
}


MINUTES = Parts(PARTS)


@dataclass(frozen=True, slots=True)
class Decision:
    """Who does what by when."""

    who: str
    what: str
    due: date
    first_step: str = ""
    review_on: date | None = None
    stop_rule: str = ""
    is_mine: bool = False
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One topic of the minutes; without a title: what was said about something this reader may not see."""

    title: str
    decisions: tuple[Decision, ...]
    family: tuple[tuple[str, StatementView], ...]  # kind in words, and what was said
    staff: tuple[tuple[str, StatementView], ...]
    scales: tuple[Stands, ...] = ()


@dataclass(frozen=True, slots=True)
class Version:
    number: int
    at: datetime
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class MinutesPage:
    """``version`` none: a draft, not shared with anybody."""

    meeting: Meeting
    version: Version | None
    versions: tuple[Version, ...]
    parts: tuple[Part, ...]

    @property
    def mine(self) -> tuple[Decision, ...]:
        return tuple(replace(one, topic=part.title) for part in self.parts for one in part.decisions if one.is_mine)

    @property
    def decisions(self) -> tuple[Decision, ...]:
        return tuple(one for part in self.parts for one in part.decisions)

    @property
    def is_latest(self) -> bool:
        return self.version is None or self.version == self.versions[0]

    @property
    def base(self) -> str:
        return f"{base_of(self.meeting.family_id)}meetings/{self.meeting.pk}/"


def minutes_of(meeting: Meeting, actor: Actor, number: int | None = None) -> MinutesPage | None:
    """The latest, or the one of that number; none where none are shared."""
    values = {"family": meeting.family_id, "meeting": meeting.pk, "number": number}
    return Frozen(with_faces(MINUTES.rows(values)), actor, meeting).version(number)


def kind_in_words(kind: str) -> str:
    return str(StatementKind(kind).label)


class Frozen(Gathering):
    """One reader's rows of one version."""

    def __init__(self, parts: dict[str, list[Row]], actor: Actor, meeting: Meeting) -> None:
        super().__init__(parts, actor, timezone.localdate())
        self.meeting = meeting
        self.staff = {row["id"]: row["name"] for row in parts["staff"]}

    def version(self, number: int | None) -> MinutesPage | None:
        versions = tuple(
            Version(row["number"], datetime.fromisoformat(row["created_at"]), row["by"] or "", row["reason"])
            for row in self.parts["versions"]
        )
        chosen = next((one for one in versions if number in (None, one.number)), None)
        return MinutesPage(self.meeting, chosen, versions, tuple(self.topics())) if chosen else None

    def topics(self) -> Iterable[Part]:
        words: dict[str | None, list[Row]] = defaultdict(list)
        agreed: dict[str | None, list[Row]] = defaultdict(list)
        titles = {row["id"]: row["said"]["title"] for row in self.parts["topics"]}
        for row in self.parts["words"]:
            words[row["topic"] if row["topic"] in titles else None].append(row)
        for row in self.parts["agreements"]:
            topic = row["said"]["topic_id"]
            agreed[topic if topic in titles else None].append(row["said"])
        for topic, title in titles.items():
            yield self.part(title, words[topic], agreed[topic])
        if words[None] or agreed[None]:
            yield self.part("", words[None], agreed[None])

    def part(self, title: str, words: list[Row], agreed: list[Row]) -> Part:
        spoken = [row for row in words if row["kind"] != StatementKind.SCALE]
        numbers = {row["person"] or row["staff"]: row for row in words if row["kind"] == StatementKind.SCALE}
        return Part(
            title=title,
            decisions=tuple(self.decision(row) for row in agreed),
            family=tuple((kind_in_words(row["kind"]), self.said(row)) for row in spoken if row["staff"] is None),
            staff=tuple((kind_in_words(row["kind"]), self.said(row)) for row in spoken if row["staff"] is not None),
            scales=tuple(self.number(row) for row in numbers.values()),
        )

    def number(self, row: Row) -> Stands:
        said = self.said(row)
        return Stands(said.speaker, row["scale"], None, row["text"], row["staff"] is not None, said.department)

    def decision(self, said: dict[str, Any]) -> Decision:
        person, staff = said["doer_person_id"], said["doer_staff_id"]
        return Decision(
            who=self.name(person) if person else self.staff.get(staff, ""),
            what=said["what"],
            due=date.fromisoformat(said["due_on"]),
            first_step=said["first_step"],
            review_on=day(said["review_on"]),
            stop_rule=said["stop_rule"],
            is_mine=self.me in (person, staff),
        )


def draft(page: BoardPage, me: UUID) -> MinutesPage:
    """What would be shared now: what was said and agreed at this meeting, as the coordinator sees it herself."""
    parts = [
        _drafted(row.title, (one for cell in row.cells for one in cell.cards), row.scales, me) for row in page.topics
    ]
    if page.also_words or page.also_agreed:
        parts.append(_drafted("", (*page.also_words, *page.also_agreed), (), me))
    return MinutesPage(page.meeting, None, (), tuple(parts))


def _drafted(title: str, cards: Iterable[Words | Agreed], scales: Iterable[Stands], me: UUID) -> Part:
    now = [one for one in cards if one.is_now]
    words = [(kind_in_words(one.kind), one) for one in now if isinstance(one, Words)]
    return Part(
        title=title,
        decisions=tuple(
            Decision(one.one.who, one.one.text, one.one.due or timezone.localdate(), one.first_step,
                     one.review_on, one.stop_rule)
            for one in now if isinstance(one, Agreed)
        ),
        family=tuple((kind, one.said) for kind, one in words if not one.is_staff),
        staff=tuple((kind, one.said) for kind, one in words if one.is_staff),
        scales=tuple(one for one in scales if one.now is not None),
    )  # fmt: skip
