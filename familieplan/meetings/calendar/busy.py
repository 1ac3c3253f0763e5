"""When somebody is busy, from the calendar they have: stretches of time and nothing else, in UTC.

The lines with titles, places and people are never decoded (``reading``). Half known is said: ``unread`` counts events
whose times could not be understood. A time whose zone nobody knows is taken as Danish.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from familieplan.meetings.calendar.intervals import Interval, merged, within
from familieplan.meetings.calendar.reading import Line, Part, parts
from familieplan.meetings.calendar.recurrence import WITHIN_A_DAY, Rule, Work, occurrences, read_rule
from familieplan.meetings.calendar.zone import COPENHAGEN

LARGEST = 10_000_000  # bytes of a file that somebody gives: ten years of a full calendar
WANTED = frozenset(
    {
        *("DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "UID"),
        *("STATUS", "TRANSP", "X-MICROSOFT-CDO-BUSYSTATUS", "FREEBUSY"),
    }
)
TIME = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z)?)?", re.ASCII)
LENGTH = re.compile(r"\+?P(?:(\d{1,5})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,7})M)?(?:(\d{1,8})S)?)?", re.ASCII)
DAY = timedelta(days=1)

Moment = tuple[datetime, ZoneInfo | None]  # the wall clock and its zone; without zone: a whole day
Skipped = frozenset[datetime | date]


@dataclass(frozen=True, slots=True)
class Busy:
    """What is known of somebody's time in the window: when they are busy, and how many events could not be read."""

    intervals: tuple[Interval, ...]
    unread: int = 0


def read(raw: bytes, *, since: datetime, until: datetime, largest: int = LARGEST) -> Busy:
    """Busy from ``since`` to ``until`` (both aware). Refused when it is no calendar, too large, or repeats too much."""
    taken: list[Interval] = []
    unread, work = 0, Work()
    found = [part for part in parts(raw, WANTED, largest=largest) if part.name in {"VEVENT", "VFREEBUSY"}]
    moved = _moved(found)
    for part in found:
        try:
            if part.name == "VFREEBUSY":
                taken += within(_periods(part), since, until)
            elif not _is_free(part):
                taken += within(_times(part, moved, since, until, work), since, until)
        except (ValueError, OverflowError):
            unread += 1
    return Busy(merged(taken), unread)


def _is_free(event: Part) -> bool:
    return (
        event.value("STATUS").upper() == "CANCELLED"
        or event.value("TRANSP").upper() == "TRANSPARENT"
        or event.value("X-MICROSOFT-CDO-BUSYSTATUS").upper() == "FREE"
    )


def _moved(events: Iterable[Part]) -> dict[str, set[datetime | date]]:
    """By UID: the times of a series that an event of their own takes the place of, wherever it has gone."""
    moved: dict[str, set[datetime | date]] = {}
    for event in events:
        line = event.first("RECURRENCE-ID")
        try:
            if line:
                moved.setdefault(event.value("UID"), set()).update(_skipped([line]))
        except (ValueError, OverflowError):
            continue  # its event is counted as unread when it cannot be read either
    return moved


def _times(
    event: Part, moved: dict[str, set[datetime | date]], since: datetime, until: datetime, work: Work
) -> Iterator[Interval]:
    """Each time the event takes place in the window, and perhaps some around it."""
    start = event.first("DTSTART")
    if start is None:
        raise ValueError
    wall, zone = _moment(start.value, start.params)
    length = _length(event, (wall, zone))
    if event.first("RECURRENCE-ID") or not (event.first("RRULE") or event.first("RDATE")):
        yield _interval((wall, zone), length)
        return
    elsewhere, skipped = moved.get(event.value("UID"), set()), _skipped(event.all("EXDATE"))
    for begin in _series(event, (wall, zone), length, since, until, work):
        one = _interval((begin, zone), length)
        if not {begin.date(), one.starts} & skipped and not {begin.date(), one.starts} & elsewhere:
            yield one
    yield from _more(event.all("RDATE"), length, skipped)


def _series(
    event: Part, start: Moment, length: timedelta, since: datetime, until: datetime, work: Work
) -> Iterator[datetime]:
    """The wall clock's times of the rules, the first time among them."""
    wall, zone = start
    here = zone or COPENHAGEN

    def clock(moment: datetime) -> datetime:
        return moment.astimezone(here).replace(tzinfo=None)

    window = clock(since - DAY) - length, clock(until) + DAY
    rules = [read_rule(line.value, clock) for line in event.all("RRULE")]
    if not rules:
        yield wall
    for rule in rules:
        if rule.freq in WITHIN_A_DAY:
            yield from _all_day_long(rule, wall, length, window, work)
        else:
            yield from occurrences(rule, wall, since=window[0], until=window[1], work=work)


def _all_day_long(
    rule: Rule, wall: datetime, length: timedelta, window: tuple[datetime, datetime], work: Work
) -> Iterator[datetime]:
    """By the hour or more often: each step in the window. BY-parts that leave steps out are not looked at."""
    step, thinned = WITHIN_A_DAY[rule.freq] * rule.interval, bool(rule.by or rule.by_day)
    if rule.by.keys() & {"BYMINUTE", "BYSECOND"}:
        raise ValueError  # these may add times between the steps
    last = min(window[1], rule.until or window[1])
    if rule.count and not thinned:
        last = min(last, wall + step * (rule.count - 1))
    steps = max(0, (window[0] - wall) // step)
    work.spend(max(0, (last - wall) // step - steps))
    while wall + step * steps <= last:
        yield wall + step * steps
        steps += 1


def _more(lines: Iterable[Line], length: timedelta, skipped: Skipped) -> Iterator[Interval]:
    """RDATE: further times, some with a length of their own."""
    for line in lines:
        for value in line.value.split(","):
            one = _period(value, line.params) if "/" in value else _interval(_moment(value, line.params), length)
            if one.starts not in skipped and one.starts.astimezone(COPENHAGEN).date() not in skipped:
                yield one


def _periods(free_busy: Part) -> Iterator[Interval]:
    for line in free_busy.all("FREEBUSY"):
        if line.params.get("FBTYPE", "BUSY").upper() != "FREE":
            yield from (_period(value, line.params) for value in line.value.split(","))


def _period(value: str, params: dict[str, str]) -> Interval:
    """ "start/end" or "start/length"."""
    first, _slash, last = value.strip().partition("/")
    start = _moment(first, params)
    if last[:1] in {"P", "+"}:
        return _interval(start, _duration(last))
    return Interval(_instant(start), _instant(_moment(last, params)))


def _length(event: Part, start: Moment) -> timedelta:
    """Days on the wall clock for whole days, else the time that truly passes. Without an end: a day, or a moment."""
    end, duration = event.first("DTEND"), event.first("DURATION")
    if end:
        until = _moment(end.value, end.params)
        return until[0] - start[0] if start[1] is None else _instant(until) - _instant(start)
    if duration:
        return _duration(duration.value)
    return DAY if start[1] is None else timedelta()


def _interval(start: Moment, length: timedelta) -> Interval:
    wall, zone = start
    begins = _instant(start)
    return Interval(begins, _instant((wall + length, None)) if zone is None else begins + length)


def _skipped(lines: Iterable[Line]) -> Skipped:
    """Instants, and whole days where a day is said."""
    moments = [_moment(value, line.params) for line in lines for value in line.value.split(",") if value.strip()]
    return frozenset(wall.date() if zone is None else _instant((wall, zone)) for wall, zone in moments)


def _instant(moment: Moment) -> datetime:
    wall, zone = moment
    return wall.replace(tzinfo=zone or COPENHAGEN).astimezone(UTC)


def _moment(value: str, params: dict[str, str]) -> Moment:
    """ "20261124", "20261124T090000" or "20261124T080000Z". ValueError for anything else."""
    found = TIME.fullmatch(value.strip())
    if not found:
        raise ValueError
    day = date(int(found[1]), int(found[2]), int(found[3]))
    if found[4] is None:
        return datetime.combine(day, time()), None
    wall = datetime.combine(day, time(int(found[4]), int(found[5]), min(int(found[6]), 59)))
    return wall, _utc() if found[7] else zone_named(params.get("TZID", ""))


def _duration(value: str) -> timedelta:
    found = LENGTH.fullmatch(value.strip())
    if not found or not any(found.groups()):
        raise ValueError
    weeks, days, hours, minutes, seconds = (int(one or 0) for one in found.groups())
    return timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)


@cache
def _known() -> frozenset[str]:
    return frozenset(available_timezones())


@cache
def _utc() -> ZoneInfo:
    return ZoneInfo("UTC")


def zone_named(name: str) -> ZoneInfo:
    """ "Europe/Copenhagen", Outlook's "Romance Standard Time", Evolution's "/freeassociation.../Europe/Copenhagen"."""
    ends = name.split("/")
    for one in (name, WINDOWS_TO_OLSON.get(name, ""), "/".join(ends[-2:]), "/".join(ends[-3:])):
        if one in _known():
            return ZoneInfo(one)
    return COPENHAGEN
