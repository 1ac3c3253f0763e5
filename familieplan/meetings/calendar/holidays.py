"""Days on which nobody holds a meeting in Denmark."""

from datetime import date, timedelta
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Days from Easter Sunday, and fixed days (month, day): the public holidays of the Danish national church.
MOVING: dict[int, Promise] = {
    -3: _("Maundy Thursday"),
    -2: _("Good Friday"),
    0: _("Easter Sunday"),
    1: _("Easter Monday"),
    39: _("Ascension Day"),
    49: _("Whit Sunday"),
    50: _("Whit Monday"),
}
PRAYER_DAY, ITS_LAST_YEAR = 26, 2023  # abolished as a public holiday from 1 January 2024
FIXED: dict[tuple[int, int], Promise] = {
    (1, 1): _("New Year's Day"),
    (12, 25): _("Christmas Day"),
    (12, 26): _("the second day of Christmas"),
    # No public holidays, but town halls are closed. Own choice.
    (6, 5): _("Constitution Day"),
    (12, 24): _("Christmas Eve"),
    (12, 31): _("New Year's Eve"),
}


@lru_cache(maxsize=64)
def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (the algorithm of Meeus, Jones and Butcher)."""
    a, (b, c) = year % 19, divmod(year, 100)
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    left = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    month, day = divmod(h + left - 7 * ((a + 11 * h + 22 * left) // 451) + 114, 31)
    return date(year, month, day + 1)


def holiday(day: date) -> str:
    """What the day is called, or nothing when it is an ordinary one. Saturdays and Sundays are ordinary here."""
    since = day - easter(day.year)
    if since == timedelta(days=PRAYER_DAY) and day.year <= ITS_LAST_YEAR:
        return str(_("Great Prayer Day"))
    return str(MOVING.get(since.days) or FIXED.get((day.month, day.day)) or "")
