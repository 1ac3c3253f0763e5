"""Danish time: the hour that happens twice, the one that does not exist, and how iCalendar is told of both."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vRecur

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
NORMAL, SUMMER = timedelta(hours=1), timedelta(hours=2)


def danish(moment: datetime) -> datetime:
    """The same instant as a Danish clock shows it. An hour that does not exist becomes the one after it."""
    return moment.astimezone(UTC).astimezone(COPENHAGEN)


def is_said_once(moment: datetime) -> bool:
    """False for the second 2.30 of a night in October: a local time always means the first (RFC 5545 3.3.5)."""
    return not danish(moment).fold


def vtimezone() -> Timezone:
    """The rule of the EU since October 1996, as it stands: the library's own writes each onset an hour late."""
    zone = Timezone()
    zone.add("tzid", COPENHAGEN.key)
    for part, name, onset, month, before, after in (
        (TimezoneDaylight(), "CEST", datetime(1997, 3, 30, 2), 3, NORMAL, SUMMER),  # noqa: DTZ001 - local by RFC 5545
        (TimezoneStandard(), "CET", datetime(1996, 10, 27, 3), 10, SUMMER, NORMAL),  # noqa: DTZ001
    ):
        part.add("dtstart", onset)
        part.add("rrule", vRecur(freq="yearly", bymonth=month, byday="-1su"))
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        part.add("tzname", name)
        zone.add_component(part)
    return zone
