"""My day: what needs me, and nothing else. Pure: rows in, groups out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from familieplan.desk.emergencies import Emergency
from familieplan.desk.meetings import Asked, Disagrees, MeetingRow, Waits
from familieplan.desk.reading import Answer, FamilyRow, Moved, Promised, Request, TakenBack, Task, Unsigned

WEEK, SHOWN = timedelta(days=7), 8


@dataclass(frozen=True, slots=True)
class MyDay:
    """Each list is empty when it needs nobody; a part that is empty is not on the page."""

    today: date
    families: dict[UUID, FamilyRow]
    overdue: tuple[Task, ...]
    soon: tuple[Task, ...]
    requests: tuple[Request, ...]  # of others, for one's families
    asked: tuple[Request, ...]  # one's own
    answers: tuple[Answer, ...]  # to one's own, not read yet
    unsigned: tuple[Unsigned, ...]
    emergencies: tuple[Emergency, ...]
    ending: tuple[FamilyRow, ...]
    promised: tuple[Promised, ...]  # a yes without its consent
    taken_back: tuple[TakenBack, ...]  # by somebody of the family, of late
    quiet: tuple[FamilyRow, ...]
    meetings: tuple[MeetingRow, ...]  # one sits at: the next ones, and those whose minutes are new
    meetings_wait: tuple[tuple[Waits, MeetingRow], ...]
    polls: tuple[Asked, ...]  # which times suit me?
    answered: tuple[Asked, ...]  # what I said to it may be changed; or what came of it
    disagree: tuple[Disagrees, ...]  # after a meeting
    trials: tuple[Task, ...]  # whose day has come
    follow_ups: tuple[Task, ...]  # of children's plans that one keeps
    news: tuple[tuple[Moved, ...], ...]  # between the meetings: for each family and kind, the newest first
    next: tuple[FamilyRow, ...]  # what others have taken on, in the week to come: each family's first

    @property
    def is_free(self) -> bool:
        waiting = (self.overdue, self.soon, self.requests, self.asked, self.answers, self.unsigned)
        meetings = (self.meetings, self.meetings_wait, self.polls, self.answered, self.disagree)
        between = (self.trials, self.follow_ups, self.news)
        rest = (self.emergencies, self.ending, self.promised, self.taken_back, self.quiet)
        return not any((*waiting, *meetings, *between, *rest))


def my_day(
    *,
    today: date,
    families: Iterable[FamilyRow],
    tasks: Iterable[Task],
    requests: Iterable[Request],
    unsigned: Iterable[Unsigned],
    emergencies: Iterable[Emergency] = (),
    answers: Iterable[Answer] = (),
    promised: Iterable[Promised] = (),
    taken_back: Iterable[TakenBack] = (),
    meetings: Iterable[MeetingRow] = (),
    agenda_days: int = 0,
    polls: Iterable[Asked] = (),
    disagree: Iterable[Disagrees] = (),
    trials: Iterable[Task] = (),
    follow_ups: Iterable[Task] = (),
    moved: Iterable[Moved] = (),
) -> MyDay:
    """Consents and silence are the coordinator's to look after; agreements are whoever's who took them on."""
    by_id = {row.id: row for row in families}
    mine = [row for row in by_id.values() if row.is_mine and not row.is_closed]
    tasks, requests = list(tasks), list(requests)
    known = [one for one in meetings if one.family in by_id]
    asked = [one for one in polls if one.family in by_id]
    return MyDay(
        today=today,
        families=by_id,
        overdue=tuple(task for task in tasks if task.due_on < today),
        soon=tuple(task for task in tasks if task.due_on >= today),
        requests=tuple(one for one in requests if not one.is_mine),
        asked=tuple(one for one in requests if one.is_mine),
        answers=tuple(one for one in answers if one.family in by_id),
        unsigned=tuple(one for one in unsigned if one.family in {row.id for row in mine}),
        emergencies=tuple(one for one in emergencies if one.family in by_id),
        ending=tuple(
            sorted((row for row in mine if row.consent_ends_on), key=lambda row: row.consent_ends_on or today)
        ),
        promised=tuple(one for one in promised if one.family in by_id),
        taken_back=tuple(one for one in taken_back if one.family in by_id),
        quiet=tuple(row for row in mine if row.is_quiet),
        meetings=tuple(one for one in known if one.is_mine_to_see(today))[:SHOWN],
        meetings_wait=tuple((what, one) for one in known for what in one.waits(today, agenda_days)),
        polls=tuple(one for one in asked if one.waits),
        answered=tuple(one for one in asked if not one.waits),
        disagree=tuple(one for one in disagree if one.family in by_id),
        trials=tuple(one for one in trials if one.family in by_id),
        follow_ups=tuple(one for one in follow_ups if one.family in by_id),
        news=_news(one for one in moved if one.family in by_id),
        next=_next(by_id.values(), tasks, today),
    )


def _news(moved: Iterable[Moved]) -> tuple[tuple[Moved, ...], ...]:
    found: dict[tuple[UUID, str], list[Moved]] = {}
    for one in moved:
        found.setdefault((one.family, one.kind), []).append(one)
    return tuple(tuple(some) for some in found.values())


def _next(families: Iterable[FamilyRow], tasks: Iterable[Task], today: date) -> tuple[FamilyRow, ...]:
    mine = {(task.family, task.what) for task in tasks}
    soon = [
        (row.due_on, row)
        for row in families
        if row.names and row.due_on and row.due_on <= today + WEEK and (row.id, row.what) not in mine
    ]
    return tuple(row for _day, row in sorted(soon, key=lambda one: one[0])[:SHOWN] if not row.is_closed)
