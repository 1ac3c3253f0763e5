"""Meetings in random towns, through the product's own actions: who sees what of them, against the model.

The rules of the table are said here a second time, from facts read past row security and the model's own keys.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import chain
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import connection, transaction
from psycopg.rows import dict_row

from familieplan.access.actor import Actor
from familieplan.access.context import acting_as
from familieplan.audit import log
from familieplan.meetings import actions
from familieplan.meetings.enums import How, Stage
from familieplan.meetings.models import AgendaItem, Meeting, Participant
from familieplan.meetings.reading import in_the_room, still_untold
from familieplan.people.models import Person, TeamMember
from familieplan.plan import actions as plan
from familieplan.plan.models import Topic
from tests.histories.errands import REFUSALS, Errands, invites_to_team, writes
from tests.histories.faults import Change, Slip
from tests.histories.loader import world_of
from tests.histories.model import Drawer, Moment
from tests.histories.test_actions import town_hall
from tests.histories.test_histories import SEED

__all__ = ["town_hall"]
PARTS, TOWNS, STEPS = 2, 3, 30
TABLES = ("meetings_meeting", "meetings_agendaitem", "meetings_participant", "meetings_minutes", "meetings_minutesline")
Row = dict[str, Any]


# --- what people try around a table ---
def plans(town: Errands, family: UUID, by: Actor) -> None:
    whom = {town.somebody(family) for _ in range(2)}
    starts_at = town.now + town.rng.choice((1, 8, 20)) * timedelta(days=1)
    actions.plan_meeting(family=family, for_=whom, starts_at=starts_at, by=by)


def puts_on_agenda(town: Errands, family: UUID, by: Actor) -> None:
    actions.put_on_agenda(
        meeting=town.one(Meeting, family_id=family), topic=town.one(Topic, family_id=family).pk, by=by
    )


def decides(town: Errands, family: UUID, by: Actor) -> None:
    item = town.one(AgendaItem, family_id=family)
    status = town.rng.choice(("chosen", "chosen", "not_now"))
    actions.decide(meeting=Meeting.objects.get(pk=item.meeting_id), item=item.pk, status=status, by=by)


def invites(town: Errands, family: UUID, by: Actor) -> None:
    meeting = town.one(Meeting, family_id=family)
    if town.rng.random() < 0.5:
        actions.invite_professional(meeting=meeting, line=town.one(TeamMember, family_id=family), by=by)
    else:
        actions.invite_person(meeting=meeting, person=town.one(Person, family_id=family), by=by)


def uninvites(town: Errands, family: UUID, by: Actor) -> None:
    seat = town.one(Participant, family_id=family, removed_at=None)
    actions.uninvite(meeting=Meeting.objects.get(pk=seat.meeting_id), seat=seat.pk, by=by)


def answers(town: Errands, family: UUID, by: Actor) -> None:
    seat = town.one(Participant, family_id=family, removed_at=None)
    reply = town.rng.choice(("yes", "maybe", "no"))
    actions.answer(meeting=Meeting.objects.get(pk=seat.meeting_id), seat=seat.pk, reply=reply, by=by)


def tells(town: Errands, family: UUID, by: Actor) -> None:
    tell(town, town.one(Meeting, family_id=family), by, How.TOLD)


def tell(town: Errands, meeting: Meeting, by: Actor, how: How) -> None:
    """All that the one who tells may know of, to all of the family."""
    waiting = still_untold(meeting.pk)
    for person in {one.person for one in waiting}:
        about = [one.about for one in waiting if one.person == person]
        said = How.SEEN if person == by.id and how == How.TOLD else how
        actions.knows(meeting=meeting, person=person, about=about, how=said, by=by)


def calls(town: Errands, family: UUID, by: Actor) -> None:
    actions.go_on(meeting=town.one(Meeting, family_id=family, stage="preparing"), to=Stage.CALLED, by=by)


def starts(town: Errands, family: UUID, by: Actor) -> None:
    meeting = town.one(Meeting, family_id=family, stage__in=("preparing", "called"))
    if town.rng.random() < 0.7:
        tell(town, meeting, by, How.WAIVED)
    actions.go_on(meeting=meeting, to=Stage.RUNNING, by=by)


def ends(town: Errands, family: UUID, by: Actor) -> None:
    actions.go_on(meeting=town.one(Meeting, family_id=family, stage="running"), to=Stage.ENDED, by=by)


def says(town: Errands, family: UUID, by: Actor) -> None:
    meeting = town.one(Meeting, family_id=family, stage="running")
    speaker = Person.objects.get(pk=by.id) if by.is_family else town.somebody(family)
    topic = town.one(Topic, family_id=family)
    place = plan.Place(family, tuple(topic.scope.subjects), topic.scope.category_id)
    said: dict[str, Any] = {"kind": "worry", "text": "words", "said_on": town.today, "topic": topic, "by": by}
    plan.say(place=place, speaker=speaker, occasion=meeting.pk, **said)


def closes(town: Errands, family: UUID, by: Actor) -> None:
    actions.close(meeting=town.one(Meeting, family_id=family, stage="ended"), by=by)


AROUND = (plans, plans, puts_on_agenda, puts_on_agenda, decides, invites, invites, uninvites, answers, tells,
          calls, calls, starts, starts, starts, says, says, says, ends, closes)  # fmt: skip


# --- the same rules, said again ---
@dataclass
class Reference:
    """Every fact about meetings, and the model's keys at one moment."""

    superuser: psycopg.Connection
    town: Errands
    rows: dict[str, list[Row]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        cursor = self.superuser.cursor(row_factory=dict_row)
        for table in (*TABLES, "meetings_told"):
            self.rows[table] = cursor.execute(f"SELECT * FROM {table}".encode()).fetchall()
        self.world = world_of(self.superuser)
        self.moment = Moment(self.world, self.town.now)
        self.drawers = {drawer.id: drawer for drawer in self.world.all(Drawer)}

    def reads(self, holder: UUID, scope: int) -> bool:
        return self.moment.may_read(str(holder), self.drawers[str(scope)])

    def old_enough(self, person: UUID, years: int) -> bool:
        return self.moment.ages[str(person)] >= years

    def works_with(self, staff: UUID, family: UUID) -> bool:
        return any((who, whose) == (str(staff), str(family)) for who, _unit, whose in self.moment.team)

    def coordinates(self, holder: UUID, family: UUID) -> bool:
        return self.moment.coordinates(str(holder), str(family))

    def seats(self, meeting: UUID) -> list[Row]:
        found = self.rows["meetings_participant"]
        return [row for row in found if row["meeting_id"] == meeting and row["removed_at"] is None]

    def chosen(self, meeting: UUID) -> list[Row]:
        found = self.rows["meetings_agendaitem"]
        return [row for row in found if row["meeting_id"] == meeting and row["status"] == "chosen"]

    def concerned(self, item: Row) -> set[UUID]:
        """Whom an item is about, and who decides for them: as far as they may read it."""
        about: set[UUID] = set()
        for subject in self.drawers[str(item["scope_id"])].subjects:
            about |= {UUID(one) for one in self.moment.authority(subject)}
            about |= {UUID(subject)} if self.moment.ages[subject] >= 12 else set()
        return {one for one in about if self.reads(one, item["scope_id"])}

    def at_the_table(self, holder: UUID, meeting: Row) -> bool:
        sits = any(holder in (seat["person_id"], seat["staff_id"]) for seat in self.seats(meeting["id"]))
        if holder in self.town.staff:
            return sits and meeting["stage"] != "preparing" and self.works_with(holder, meeting["family_id"])
        return sits

    def hears_of(self, holder: UUID, meeting: Row) -> bool:
        is_ahead = meeting["stage"] in ("preparing", "called", "running")
        return is_ahead and any(holder in self.concerned(item) for item in self.chosen(meeting["id"]))

    def visible(self, holder: UUID, family: UUID) -> set[tuple[str, str]]:
        meetings = {row["id"]: row for row in self.rows["meetings_meeting"] if row["family_id"] == family}
        leads = self.coordinates(holder, family)
        seated = {id for id, row in meetings.items() if self.at_the_table(holder, row)}
        heard = {id for id, row in meetings.items() if self.hears_of(holder, row)}
        of_minutes = {row["id"]: row["meeting_id"] for row in self.rows["meetings_minutes"]}
        found = set()
        for table in TABLES:
            for row in self.rows[table]:
                if row["family_id"] != family:
                    continue
                meeting = row["id"] if table == TABLES[0] else row.get("meeting_id") or of_minutes[row["minutes_id"]]
                knows = seated | heard if table in ("meetings_meeting", "meetings_agendaitem") else seated
                by_seat = meeting in knows and table not in ("meetings_agendaitem", "meetings_minutesline")
                if by_seat or (self.reads(holder, row["scope_id"]) and (meeting in knows or leads)):
                    found.add((table, str(row["id"])))
        return found

    def untold(self, meeting: UUID) -> set[tuple[UUID, UUID]]:
        """Who has to be told of what."""
        told = {(row["person_id"], row["about"]) for row in self.rows["meetings_told"]}
        comes = {
            seat["person_id"]
            for seat in self.seats(meeting)
            if seat["person_id"] and (seat["reply"] != "no" or seat["came"])
        }
        comes = {person for person in comes if self.old_enough(person, 12)}
        needed = {
            (person, seat["id"]) for person in comes for seat in self.seats(meeting) if seat["person_id"] != person
        }
        for item in self.chosen(meeting):
            hears = {person for person in comes if self.reads(person, item["scope_id"])} | self.concerned(item)
            needed |= {(person, item["id"]) for person in hears}
        return needed - told

    def on_the_wall(self, meeting: UUID, family: UUID) -> set[str]:
        present = [seat["person_id"] or seat["staff_id"] for seat in self.seats(meeting)
                   if seat["companion"] == "" and not seat["stepped_out"]
                   and (seat["came"] if seat["came"] is not None else seat["reply"] != "no")]  # fmt: skip
        drawers = [id for id, drawer in self.drawers.items() if drawer.family == str(family)]
        return {id for id in drawers if present and all(self.reads(one, int(id)) for one in present)}


@pytest.mark.parametrize("part", range(PARTS))
def test_who_sees_what_of_a_meeting(
    town_hall: psycopg.Connection, part: int, record_property: Callable[[str, object], None]
) -> None:
    done, decisions = Counter[str](), 0
    for number in range(TOWNS):
        for one, count in history(town_hall, f"{SEED}/meetings/{part}/{number}"):
            done[one] += 1
            decisions += count
    never = {errand.__name__ for errand in AROUND} - set(done)
    assert len(never) <= 1, f"what never succeeds tests nothing: {never}"
    steps = f"meetings: {sum(done.values()):,} steps, {decisions:,} row decisions, 0 leaks, 0 wrong denials"
    record_property("histories", steps)


FAULTS: dict[str, Slip | Change] = {
    "professionals sit down before the agenda is out": Slip("meetings.mine()", "AND m.stage <> 'preparing'", ""),
    "whoever was taken off stays": Slip("meetings.mine()", "p.removed_at IS NULL AND", "", everywhere=True),
    "the agenda is for all who know the topic": Change("DROP POLICY with_the_meeting ON meetings_agendaitem"),
    "who decides for a child need not hear": Slip(
        "meetings.concerned(bigint)",
        "CROSS JOIN LATERAL consent.who_is_told_about(subject) AS told",
        "CROSS JOIN LATERAL (SELECT subject) AS o (told)",
    ),
    "a new face needs no telling": Slip("meetings.untold(uuid)", "c.person, s.id,", "NULL::uuid, s.id,"),
    "who said no is told, who comes is not": Slip("meetings.untold(uuid)", "s.reply <> 'no'", "s.reply = 'no'"),
    "one of them may read it, so it hangs on the wall": Slip(
        "meetings.in_the_room(uuid)", "= (SELECT count(*) FROM present)", ">= 1"
    ),
    "who said no counts as in the room": Slip("meetings.in_the_room(uuid)", "p.reply <> 'no'", "true"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_caught(town_hall: psycopg.Connection, fault: str) -> None:
    FAULTS[fault].plant(town_hall)
    with pytest.raises(AssertionError, match="seed"):
        list(chain.from_iterable(history(town_hall, f"{SEED}/meeting faults/{number}") for number in range(8)))


def history(superuser: psycopg.Connection, seed: str) -> Iterator[tuple[str, int]]:
    """One town: what was tried, and how many rows were decided about after it."""
    town = Errands(superuser, random.Random(seed))
    town.build()
    begin(town)
    for step in range(STEPS):
        for _ in range(4):
            name, succeeded = around(town)
            yield f"{name}{'' if succeeded else ' (refused)'}", 0
        if step % 3 == 0:  # the world goes on: yeses, custody, teams, work
            town.next()
        yield "compared", compare(superuser, town, f"seed {seed}, step {step}")


def begin(town: Errands) -> None:
    """Each family has what it takes to meet: topics, and two professionals more on its team."""
    for family, coordinator in town.coordinators.items():
        by = town.actor(coordinator)
        with acting_as(by):
            log.open_family(family, "history")
            for errand in (writes, writes, writes, invites_to_team, invites_to_team, plans, puts_on_agenda):
                with suppress(*REFUSALS), transaction.atomic():
                    errand(town, family, by)


def around(town: Errands) -> tuple[str, bool]:
    """Somebody tries something with a meeting; the clock goes on a little."""
    town.tick(timedelta(minutes=town.rng.choice((1, 30, 300))))
    family = town.rng.choice(list(town.families))
    anybody = [*town.families[family], *town.staff]
    by = town.actor(town.coordinators[family] if town.rng.random() < 0.6 else town.rng.choice(anybody))
    errand = town.rng.choice(AROUND)
    try:
        with acting_as(by):
            log.open_family(family, "history")
            errand(town, family, by)
    except REFUSALS:
        return errand.__name__, False
    return errand.__name__, True


def compare(superuser: psycopg.Connection, town: Errands, where: str) -> int:
    """Two who ask: what they see of every table, what is still untold, what the wall shows."""
    reference, decisions = Reference(superuser, town), 0
    for holder in town.rng.sample(town.holders, 2):
        for family in town.families:
            if holder not in town.staff and holder not in town.families[family]:
                continue
            expected = reference.visible(holder, family)
            with acting_as(town.actor(holder)), connection.cursor() as cursor:
                opened = log.open_family(family, "history")
                cursor.execute(" UNION ALL ".join(f"SELECT '{table}', id::text FROM {table}" for table in TABLES))
                found = set(cursor.fetchall()) if opened else set()
            assert found == (expected if opened else set()), f"{holder} in {family}: {where}"
            decisions += sum(len(rows) for rows in reference.rows.values())
    for meeting in reference.rows["meetings_meeting"]:
        family = meeting["family_id"]
        coordinator = town.coordinators.get(family)  # none: of a town before this one
        if coordinator is None or not reference.coordinates(coordinator, family):
            continue
        by = town.actor(coordinator)
        with acting_as(by):
            log.open_family(family, "history")
            told, wall = still_untold(meeting["id"]), in_the_room(meeting["id"])
        of_items = {row["id"]: row["scope_id"] for row in reference.rows["meetings_agendaitem"]}
        for person, about in reference.untold(meeting["id"]) ^ {(one.person, one.about) for one in told}:
            is_hidden = about in of_items and not reference.reads(by.id, of_items[about])
            assert is_hidden, f"untold to {person}: {where}"
        mine = {id for id in reference.on_the_wall(meeting["id"], family) if reference.reads(by.id, int(id))}
        assert set(map(str, wall)) == mine, f"on the wall: {where}"
    return decisions
