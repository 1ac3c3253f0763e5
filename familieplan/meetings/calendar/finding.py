"""Finding the time: every quarter of an hour that is open is looked at, and the best are proposed, each with why."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta

from familieplan.meetings.calendar import reasons
from familieplan.meetings.calendar.holidays import holiday
from familieplan.meetings.calendar.intervals import Interval, merged
from familieplan.meetings.calendar.opening import Opening, opening
from familieplan.meetings.calendar.question import Found, Participant, Proposal, Question, Slot
from familieplan.meetings.calendar.zone import COPENHAGEN

LONGEST_WINDOW = timedelta(days=366)


MEASURES: dict[str, Callable[[Slot], int]] = {
    "family_week": lambda slot: len(slot.collides),
    "can_come": lambda slot: len(slot.cannot),
    "early": lambda slot: int(slot.is_early),
    "children_minded": lambda slot: len(slot.unminded),
}


def find(question: Question, at: Opening | None = None) -> Found:
    """The best times, spread over the days; or none, and what stands in the way."""
    at = at or opening()
    first, last = window(question, at)
    hindrance = reasons.before_looking(question, at, first, last)
    if hindrance:
        return Found((), hindrance)
    looked_at = list(_slots(question, at, first, last))
    fit = [slot for slot in looked_at if not slot.missing]
    if not fit:
        return Found((), reasons.nothing_fits(question, looked_at, first, last), reasons.unknown(question))
    return Found(tuple(_proposal(question, slot) for slot in _best(fit, at)), unknown=reasons.unknown(question))


def taken(question: Question, starts_at: datetime, at: Opening | None = None) -> list[str]:
    """Who cannot come to a meeting that begins then, by the calendars that are known: a sentence, or none."""
    meeting = Interval(starts_at, starts_at + timedelta(minutes=question.minutes))
    calendars = [_Calendar(one, at or opening()) for one in question.participants if one.busy is not None]
    begins, ends = meeting.starts.timestamp(), meeting.ends.timestamp()
    return reasons.these_cannot([one.participant for one in calendars if one.is_taken(begins, ends)], meeting)


def window(question: Question, at: Opening) -> tuple[date, date]:
    """The first and the last day looked at. Never before the notice is given; the last may lie before the first."""
    soonest = question.today + timedelta(days=at.notice_days)
    first = max(question.first or soonest, soonest)
    last = question.last or max(first, question.today + timedelta(weeks=at.weeks))
    return first, min(last, first + LONGEST_WINDOW)


def _best(fit: list[Slot], at: Opening) -> list[Slot]:
    """One after another: a new day first, then by the rules, then the soonest. No two at the same time."""
    ranked = sorted(fit, key=lambda slot: (*(MEASURES[rule](slot) for rule in at.rules), slot.start))
    chosen: list[Slot] = []
    days: Counter[date] = Counter()
    while ranked and len(chosen) < at.proposals:
        slot = min(ranked, key=lambda one: days[one.start.date()])  # the first of the least used: min is stable
        chosen.append(slot)
        days[slot.start.date()] += 1
        ranked = [one for one in ranked if not _overlap(one, slot)]
    return chosen


def _overlap(one: Slot, other: Slot) -> bool:
    length = timedelta(minutes=one.minutes)
    return one.start < other.start + length and other.start < one.start + length


def _proposal(question: Question, slot: Slot) -> Proposal:
    return Proposal(
        starts_at=slot.start,
        minutes=slot.minutes,
        why=reasons.why(question, slot),
        cannot=tuple(one.key for one in slot.cannot),
    )


def _slots(question: Question, at: Opening, first: date, last: date) -> Iterator[Slot]:
    """All that lie in the opening hours of ordinary days."""
    calendars = [_Calendar(one, at) for one in question.participants if one.busy is not None]
    length = timedelta(minutes=question.minutes)
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        if day.isoweekday() not in at.hours or holiday(day):
            continue
        family = _Day(question, at, day)
        opens, closes = (datetime.combine(day, one, COPENHAGEN) for one in at.hours[day.isoweekday()])
        start = opens
        while start + length <= closes:
            begins = start.timestamp()
            ends = begins + length.total_seconds()
            yield family.slot(start, tuple(one.participant for one in calendars if one.is_taken(begins, ends)))
            start += timedelta(minutes=at.step)


class _Calendar:
    """One participant's busy times with the way to and fro, as two lists to look up in."""

    def __init__(self, participant: Participant, at: Opening) -> None:
        self.participant = participant
        around = timedelta(minutes=travel(participant, at))
        taken = merged(Interval(one.starts - around, one.ends + around) for one in participant.busy or ())
        self.starts = [one.starts.timestamp() for one in taken]
        self.ends = [one.ends.timestamp() for one in taken]

    def is_taken(self, begins: float, ends: float) -> bool:
        """The first that ends after the meeting begins is the only one that can be in its way."""
        place = bisect_right(self.ends, begins)
        return place < len(self.starts) and self.starts[place] < ends


class _Day:
    """What the family has on one day, in minutes since midnight, worked out once for all its quarters of an hour."""

    def __init__(self, question: Question, at: Opening, day: date) -> None:
        today = [(one, _minute(one.starts), _minute(one.ends)) for one in question.week if one.falls_on(day)]
        coming = {one.key: travel(one, at) for one in question.participants}
        self.minutes, self.early = question.minutes, _minute(at.early)
        self.pupils = tuple(one for one in question.participants if one.pupil and not one.is_known)
        self.school = tuple(map(_minute, at.school)) if day.isoweekday() < 6 else (0, 0)
        self.theirs = [
            (one, starts - coming[one.person], ends + coming[one.person])
            for one, starts, ends in today
            if one.person in coming
        ]
        self.children = [child for child in question.small_children if child.key not in coming]
        self.minded = [time for time in today if time[0].minds]

    def slot(self, start: datetime, cannot: tuple[Participant, ...]) -> Slot:
        begins = _minute(start)
        ends = begins + self.minutes
        looked_after = {one.person for one, first, last in self.minded if first <= begins and ends <= last}
        return Slot(
            start=start,
            minutes=self.minutes,
            cannot=cannot,
            collides=tuple(one for one, first, last in self.theirs if first < ends and begins < last),
            unminded=tuple(child for child in self.children if child.key not in looked_after),
            is_early=bool(self.children) and begins < self.early,
            at_school=self.pupils if begins < self.school[1] and self.school[0] < ends else (),
        )


def _minute(clock: time | datetime) -> int:
    return clock.hour * 60 + clock.minute


def travel(participant: Participant, at: Opening) -> int:
    return at.travel if participant.travel is None else participant.travel
