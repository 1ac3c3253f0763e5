"""The family's ordinary week, and what a meeting in it collides with. Whose time it is and what it is come as words."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _

from familieplan.meetings.calendar.holidays import holiday
from familieplan.meetings.calendar.zone import danish
from familieplan.plan.enums import Weeks
from familieplan.ui.dates import clock, weekday


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekTime:
    """``weekday`` from 1, Monday; ``weeks`` of ISO 8601. ``what`` is None where the reader may only know of the time.

    ``minds``: school, daycare and the like, where a child is looked after.
    """

    person: str
    who: str
    what: str | None
    weekday: int
    starts: time
    ends: time
    weeks: str = Weeks.EVERY
    minds: bool = False

    def falls_on(self, day: date) -> bool:
        if day.isoweekday() != self.weekday:
            return False
        return self.weeks == Weeks.EVERY or (self.weeks == Weeks.ODD) == bool(day.isocalendar().week % 2)


def conflicts(
    start: datetime, minutes: int, week: Iterable[WeekTime], *, coming: Collection[str] | None = None
) -> tuple[str, ...]:
    """What a meeting then collides with, in sentences. ``coming``: only what these persons have; None: everybody."""
    begins = danish(start)
    known_as = holiday(begins.date())
    said = [_("It is a day off: %(day)s.") % {"day": known_as}] if known_as else []
    theirs = [one for one in week if coming is None or one.person in coming]
    said += [in_words(one) for one in colliding(begins, minutes, theirs)]
    return tuple(dict.fromkeys(said))


def colliding(start: datetime, minutes: int, week: Iterable[WeekTime]) -> Iterator[WeekTime]:
    """What lies at that time on a Danish clock. Touching is no collision."""
    begins = start.replace(tzinfo=None)
    ends = begins + timedelta(minutes=minutes)
    for one in week:
        for day in sorted({begins.date(), ends.date()}):
            if (
                one.falls_on(day)
                and datetime.combine(day, one.starts) < ends
                and begins < datetime.combine(day, one.ends)
            ):
                yield one
                break


def in_words(one: WeekTime) -> str:
    """ "Det falder sammen med praktik (Sara) hver mandag kl. 9–12." """
    said = {
        "who": one.who,
        "what": one.what,
        "day": weekday(one.weekday - 1),
        "start": clock(one.starts),
        "end": clock(one.ends),
    }
    if one.what is None:
        return _("%(who)s is busy on %(day)s at %(start)s–%(end)s.") % said
    match one.weeks:
        case Weeks.EVEN:
            return _("It collides with %(what)s (%(who)s) on %(day)s in even weeks at %(start)s–%(end)s.") % said
        case Weeks.ODD:
            return _("It collides with %(what)s (%(who)s) on %(day)s in odd weeks at %(start)s–%(end)s.") % said
    return _("It collides with %(what)s (%(who)s) every %(day)s at %(start)s–%(end)s.") % said
