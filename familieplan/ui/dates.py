"""Dates as people say them: "i dag", "i morgen", "tirsdag 24. november". Pure functions; today can be passed in."""

from datetime import date, datetime, time
from functools import lru_cache

from django.utils import timezone
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _


def _date(value: date | datetime) -> date:
    """The Danish calendar day; an instant is first moved to Denmark."""
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


class Days(dict[date, str]):
    """The days around one today, in one language, said as people say them."""

    def __init__(self, today: date) -> None:
        super().__init__()
        self.today = today

    def __missing__(self, value: date) -> str:
        self[value] = _day(value, self.today)
        return self[value]


def days(today: date | None = None) -> Days:
    """A page with many dates asks once, and then says `{{ one.due|day(today) }}`."""
    return _days(today or timezone.localdate(), get_language())


@lru_cache(maxsize=64)
def _days(today: date, language: str | None) -> Days:
    return Days(today)


def day(value: date | datetime | None, today: date | Days | None = None) -> str:
    """ "i dag", "i morgen", "i går", else "tirsdag 24. november" — with the year when it is another year."""
    if value is None:
        return ""
    return (today if isinstance(today, Days) else days(today))[_date(value) if isinstance(value, datetime) else value]


def _day(value: date, today: date) -> str:
    match (value - today).days:
        case 0:
            return _("today")
        case 1:
            return _("tomorrow")
        case -1:
            return _("yesterday")
    words = {"weekday": WEEKDAYS[value.weekday()], "day": value.day, "month": MONTHS[value.month], "year": value.year}
    if value.year == today.year or 0 <= (value - today).days < 90:
        return _("%(weekday)s %(day)d %(month)s") % words
    return _("%(day)d %(month)s %(year)d") % words


def full_date(value: date | datetime | None) -> str:
    """ "24. november 2026": for signatures, consents and print, where "in the morning" would go stale."""
    return _full_date(_date(value), get_language()) if value else ""


@lru_cache(maxsize=2048)
def _full_date(value: date, language: str | None) -> str:
    return _("%(day)d %(month)s %(year)d") % {"day": value.day, "month": MONTHS[value.month], "year": value.year}


def weekday(number: int) -> str:
    """0 is Monday, as in `date.weekday()`."""
    return str(WEEKDAYS[number])


def week_words(day: date) -> str:
    """Which week it is, for those whose times are in even or odd weeks (ISO 8601)."""
    number = day.isocalendar().week
    return (_("Week %(n)d, an odd week") if number % 2 else _("Week %(n)d, an even week")) % {"n": number}


def short_date(value: date | datetime) -> str:
    """ "24/11": for the head of a narrow table, where the whole words stand beside it."""
    day = _date(value)
    return _("%(day)d/%(month)d") % {"day": day.day, "month": day.month}


def clock(value: time | datetime | None) -> str:
    """ "9.30" in Danish, "9:30" in English."""
    if value is None:
        return ""
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return _clock(value.hour, value.minute, get_language())


@lru_cache(maxsize=2048)
def _clock(hour: int, minute: int, language: str | None) -> str:
    return _("%(hour)d:%(minute)02d") % {"hour": hour, "minute": minute}


def moment(value: datetime | None, today: date | Days | None = None) -> str:
    """ "i dag kl. 9.30"."""
    return _("%(day)s at %(clock)s") % {"day": day(value, today), "clock": clock(value)} if value else ""


def period(start: date | None, end: date | None) -> str:
    """ "1. marts 2026 til 30. juni 2026", with either end open."""
    return _period(start, end, get_language())


@lru_cache(maxsize=2048)
def _period(start: date | None, end: date | None, language: str | None) -> str:
    if start and end:
        return _("%(start)s to %(end)s") % {"start": full_date(start), "end": full_date(end)}
    if start:
        return _("since %(start)s") % {"start": full_date(start)}
    return _("until %(end)s") % {"end": full_date(end)} if end else ""


def age(years: int) -> str:
    """ "10 år"."""
    return ngettext("%(years)d year", "%(years)d years", years) % {"years": years}
