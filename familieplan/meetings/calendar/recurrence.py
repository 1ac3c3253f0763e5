"""When something repeats (RRULE, RFC 5545 3.3.10), worked out only for the days that are asked about.

Ours, because dateutil walks from the first time to the year 9999 when a rule never comes true, and cannot be stopped.
In tests dateutil is the judge of ours. Times are the wall clock's of the event's own place, without a zone.
"""

import calendar
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from itertools import product

from django.utils.translation import gettext as _

from familieplan.meetings.calendar.refusal import Refused

DAYS = {"MO": 0, "TU": 1, "WE": 2, "TH": 3, "FR": 4, "SA": 5, "SU": 6}
WITHIN_A_DAY = {"HOURLY": timedelta(hours=1), "MINUTELY": timedelta(minutes=1), "SECONDLY": timedelta(seconds=1)}
BY_DAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
NUMBERS = ("BYMONTH", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYSETPOS", "BYHOUR", "BYMINUTE", "BYSECOND")
LAST = date.max


@dataclass(frozen=True, slots=True)
class Rule:
    """``by_day``: (which of them, weekday), 0 for all. ``until``: the last moment, on the same clock as the event."""

    freq: str
    interval: int = 1
    count: int | None = None
    until: datetime | None = None
    by_day: frozenset[tuple[int, int]] = frozenset()
    by: dict[str, frozenset[int]] = field(default_factory=dict)
    week_starts: int = 0


@dataclass(slots=True)
class Work:
    """How many days may be looked at for one calendar: a file of rules without end is refused, it never hangs."""

    left: int = 500_000

    def spend(self, days: int) -> None:
        self.left -= days
        if self.left < 0:
            raise Refused(_("The calendar repeats too much to be read."))


def read_rule(value: str, clock: Callable[[datetime], datetime]) -> Rule:
    """ "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU". ``clock`` tells an instant in UTC as the event's own. ValueError: no rule."""
    said = dict(part.upper().split("=", 1) for part in value.strip().strip(";").split(";"))
    freq, interval = said.get("FREQ", ""), int(said.get("INTERVAL", "1"))
    if (freq not in PERIODS and freq not in WITHIN_A_DAY) or not 1 <= interval <= 10_000:
        raise ValueError
    return Rule(
        freq=freq,
        interval=interval,
        count=int(said["COUNT"]) if "COUNT" in said else None,
        until=_until(said["UNTIL"], clock) if "UNTIL" in said else None,
        by_day=frozenset(_weekday(one) for one in said["BYDAY"].split(",")) if "BYDAY" in said else frozenset(),
        by={key: frozenset(map(int, said[key].split(","))) for key in NUMBERS if key in said},
        week_starts=DAYS.get(said.get("WKST", "MO"), 0),
    )


def occurrences(rule: Rule, starts: datetime, *, since: datetime, until: datetime, work: Work) -> Iterator[datetime]:
    """Each time from ``since`` to ``until``. The first time itself always counts, whether the rule names it or not."""
    limit = min(until, rule.until) if rule.until else until
    counted = 0
    if starts <= limit:
        counted = 1
        if starts >= since:
            yield starts
    for moment in _moments(_completed(rule, starts), starts, starts if rule.count else since, limit, work):
        if moment > limit or (rule.count and counted >= rule.count):
            return
        if moment > starts:
            counted += 1
            if moment >= since:
                yield moment


def _moments(rule: Rule, starts: datetime, since: datetime, limit: datetime, work: Work) -> Iterator[datetime]:
    """Period by period: from the first one with a count, else from the one before the window."""
    number, days_of = PERIODS[rule.freq]
    first, last = number(starts.date(), rule), number(limit.date(), rule)
    skipped = max(0, (number(since.date(), rule) - first) // rule.interval)
    fits, times = _filter(rule), _times(rule, starts.time())
    for period in range(first + skipped * rule.interval, last + 1, rule.interval):
        days = days_of(period, rule)
        work.spend((len(days) + 1) * len(times))
        yield from _chosen([datetime.combine(day, at) for day in days if fits(day) for at in times], rule)


def _chosen(found: list[datetime], rule: Rule) -> list[datetime]:
    places = rule.by.get("BYSETPOS")
    if not places:
        return found
    count = len(found)
    return [one for place, one in enumerate(found) if place + 1 in places or place - count in places]


def _times(rule: Rule, at: time) -> list[time]:
    hours = sorted(rule.by.get("BYHOUR", {at.hour}))
    minutes = sorted(rule.by.get("BYMINUTE", {at.minute}))
    seconds = sorted(rule.by.get("BYSECOND", {at.second}))
    return [time(*one) for one in product(hours, minutes, seconds)]


def _completed(rule: Rule, starts: datetime) -> Rule:
    """What a rule leaves open, its first time says: "every month" is the same day of each month."""
    by, by_day = dict(rule.by), rule.by_day
    if not by_day and not by.keys() & {"BYMONTHDAY", "BYYEARDAY", "BYWEEKNO"}:
        if rule.freq == "WEEKLY":
            by_day = frozenset({(0, starts.weekday())})
        if rule.freq in {"MONTHLY", "YEARLY"}:
            by["BYMONTHDAY"] = frozenset({starts.day})
        if rule.freq == "YEARLY":
            by.setdefault("BYMONTH", frozenset({starts.month}))
    return replace(rule, by=by, by_day=by_day)


def _filter(rule: Rule) -> Callable[[date], bool]:
    """Whether the rule names this day."""
    by, by_day = rule.by, rule.by_day
    in_the_year = rule.freq == "YEARLY" and "BYMONTH" not in by
    counted = rule.freq in {"MONTHLY", "YEARLY"}

    def fits(day: date) -> bool:
        if "BYMONTH" in by and day.month not in by["BYMONTH"]:
            return False
        if by_day and not _is_named(day, by_day, counted=counted, in_the_year=in_the_year):
            return False
        if "BYMONTHDAY" in by and not {day.day, day.day - _length(day) - 1} & by["BYMONTHDAY"]:
            return False
        if "BYYEARDAY" in by:
            of_year, whole = day.timetuple().tm_yday, 366 if calendar.isleap(day.year) else 365
            if not {of_year, of_year - whole - 1} & by["BYYEARDAY"]:
                return False
        return "BYWEEKNO" not in by or bool(_week_numbers(day, rule.week_starts) & by["BYWEEKNO"])

    return fits


def _is_named(day: date, by_day: frozenset[tuple[int, int]], *, counted: bool, in_the_year: bool) -> bool:
    """ "2TU" is the second Tuesday of the month, or of the year; "-1SU" the last Sunday."""
    weekday = day.weekday()
    if not counted:
        return any(weekday == one for _which, one in by_day)
    if (0, weekday) in by_day:
        return True
    place = day.timetuple().tm_yday if in_the_year else day.day
    whole = (366 if calendar.isleap(day.year) else 365) if in_the_year else _length(day)
    return ((place - 1) // 7 + 1, weekday) in by_day or (-((whole - place) // 7 + 1), weekday) in by_day


def _length(day: date) -> int:
    return calendar.monthrange(day.year, day.month)[1]


def _week_numbers(day: date, week_starts: int) -> set[int]:
    """Which week of the year it is, from the front and from the back; week 1 has at least four days in the year."""
    middle = day + timedelta(days=3 - (day.weekday() - week_starts) % 7)
    number = (middle.timetuple().tm_yday - 1) // 7 + 1
    whole = 366 if calendar.isleap(middle.year) else 365
    return {number, -((whole - middle.timetuple().tm_yday) // 7 + 1)}


def _month(period: int) -> list[date]:
    year, month = divmod(period, 12)
    return [date(year, month + 1, day) for day in range(1, calendar.monthrange(year, month + 1)[1] + 1)]


def _year(year: int, rule: Rule) -> list[date]:
    months = rule.by.get("BYMONTH", range(1, 13))
    return [day for month in sorted(months) if 1 <= month <= 12 for day in _month(year * 12 + month - 1)]


def _week(period: int, rule: Rule) -> list[date]:
    first = period * 7 + 1 + rule.week_starts
    return [date.fromordinal(day) for day in range(first, first + 7) if 1 <= day <= LAST.toordinal()]


# Which period a day lies in, and which days a period has. Numbered from the year 1, so that intervals are subtraction.
PERIODS: dict[str, tuple[Callable[[date, Rule], int], Callable[[int, Rule], list[date]]]] = {
    "DAILY": (lambda day, _rule: day.toordinal(), lambda period, _rule: [date.fromordinal(period)]),
    "WEEKLY": (lambda day, rule: (day.toordinal() - 1 - rule.week_starts) // 7, _week),
    "MONTHLY": (lambda day, _rule: day.year * 12 + day.month - 1, lambda period, _rule: _month(period)),
    "YEARLY": (lambda day, _rule: day.year, _year),
}


def _weekday(value: str) -> tuple[int, int]:
    found = BY_DAY.fullmatch(value.strip())
    if not found:
        raise ValueError
    return int(found[1] or 0), DAYS[found[2]]


def _until(value: str, clock: Callable[[datetime], datetime]) -> datetime:
    """A day is meant whole; an instant is told by the event's own clock."""
    until = datetime.fromisoformat(value)
    if "T" not in value:
        return datetime.combine(until.date(), time.max)
    return clock(until) if value.endswith("Z") else until.replace(tzinfo=None)
