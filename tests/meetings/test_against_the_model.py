"""Meetings in random towns, through the product's own actions: who sees what of them, against the model.

Their tables, what is untold, the wall, the minutes as they are printed and what calendars are told.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from itertools import chain
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import connection, transaction

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
from tests.histories.test_actions import town_hall
from tests.histories.test_histories import SEED
from tests.meetings import papers
from tests.meetings.reference import TABLES, Reference

__all__ = ["town_hall"]
PARTS, TOWNS, STEPS = 2, 3, 30


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
    said: dict[str, Any] = {
        "kind": "worry",
        "text": f"ord{uuid4().hex[:8]}",
        "said_on": town.today,
        "topic": topic,
        "by": by,
    }
    plan.say(place=place, speaker=speaker, occasion=meeting.pk, **said)


def closes(town: Errands, family: UUID, by: Actor) -> None:
    actions.close(meeting=town.one(Meeting, family_id=family, stage="ended"), by=by)


AROUND = (plans, plans, puts_on_agenda, puts_on_agenda, decides, invites, invites, uninvites, answers, tells,
          calls, calls, starts, starts, starts, says, says, says, ends, closes)  # fmt: skip


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
    "professionals sit down before the agenda is out": Slip(
        "meetings.mine(boolean)", "m.stage <> 'preparing' OR", "true OR"
    ),
    "whoever was taken off stays": Slip("meetings.mine(boolean)", "p.removed_at IS NULL AND", "", everywhere=True),
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
    "whoever was taken off is still written to": Slip(
        "meetings.for_calendar(uuid, uuid)", "AND p.removed_at IS NULL", ""
    ),
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
    yield from begin(town)
    for step in range(STEPS):
        for _ in range(4):
            name, succeeded = around(town)
            yield f"{name}{'' if succeeded else ' (refused)'}", 0
        if step % 3 == 0:  # the world goes on: yeses, custody, teams, work
            town.next()
        yield "compared", compare(superuser, town, f"seed {seed}, step {step}")


def begin(town: Errands) -> Iterator[tuple[str, int]]:
    """Each family has what it takes to meet – topics, two professionals more on its team – and has met once."""
    once = (plans, *[puts_on_agenda] * 3, *[invites] * 4, calls, starts, *[says] * 4, ends, closes)
    again = (plans, puts_on_agenda, *[invites] * 3, *[answers] * 4)
    for family, coordinator in town.coordinators.items():
        by = town.actor(coordinator)
        with acting_as(by):
            log.open_family(family, "history")
            for errand in (writes, writes, writes, invites_to_team, invites_to_team, *once, *again):
                with suppress(*REFUSALS), transaction.atomic():
                    errand(town, family, by)
                    yield errand.__name__, 0


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
        decisions += papers.of(town, reference, holder, where)
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
