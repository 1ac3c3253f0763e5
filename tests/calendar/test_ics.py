"""Invitations, read back by a strict reader that shares nothing with what wrote them."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from familieplan.meetings.calendar.ics import Invitation, cancel, content_type, request, uid_of
from familieplan.meetings.calendar.zone import COPENHAGEN
from tests.calendar import strict

UID = uid_of(UUID("5f3a1c1e-0000-4000-8000-000000000001"), "plan.example.dk")


def invitation(**given: object) -> Invitation:
    standard: dict[str, object] = {
        "uid": UID,
        "sequence": 0,
        "stamped_at": datetime(2026, 11, 22, 12, tzinfo=UTC),
        "starts_at": datetime(2026, 12, 8, 9, tzinfo=COPENHAGEN),
        "minutes": 90,
        "organizer": "familiensplan@kommune.example",
        "organizer_name": "Familiens Plan, Morsø Kommune",
        "attendee": "lis@skole.example",
        "site": "https://plan.example.dk/",
    }
    return Invitation(**(standard | given))  # type: ignore[arg-type]


def test_it_says_when_and_to_sign_in_and_nothing_more() -> None:
    calendar = strict.read(request(invitation(place="Rådhuset; lokale 3, kælderen")))
    event = calendar.only("VEVENT")
    assert calendar.value("METHOD") == "REQUEST"
    assert strict.instant(calendar, event, "DTSTART") == datetime(2026, 12, 8, 8, tzinfo=UTC)
    assert strict.instant(calendar, event, "DTEND") == datetime(2026, 12, 8, 9, 30, tzinfo=UTC)
    assert event.text("SUMMARY") == "Møde i Familiens Plan – log ind"
    assert event.text("DESCRIPTION") == "Møde i Familiens Plan – log ind: https://plan.example.dk/"
    assert event.text("LOCATION") == "Rådhuset; lokale 3, kælderen"
    assert (event.value("UID"), event.value("SEQUENCE"), event.value("STATUS")) == (UID, "0", "CONFIRMED")
    assert event.lines["ATTENDEE"] == (
        {"CUTYPE": "INDIVIDUAL", "PARTSTAT": "NEEDS-ACTION", "ROLE": "REQ-PARTICIPANT", "RSVP": "TRUE"},
        "mailto:lis@skole.example",
    )
    organizer = ({"CN": "Familiens Plan, Morsø Kommune"}, "mailto:familiensplan@kommune.example")
    assert event.lines["ORGANIZER"] == organizer
    assert set(event.lines) == {
        *("UID", "SEQUENCE", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "LOCATION"),
        *("ORGANIZER", "ATTENDEE", "STATUS", "CLASS", "TRANSP"),
    }
    assert event.only("VALARM").value("TRIGGER") == "-P1D"


def test_in_english() -> None:
    event = strict.read(request(invitation(language="en"))).only("VEVENT")
    assert event.lines["SUMMARY"] == ({"LANGUAGE": "en"}, "Meeting in Familiens Plan – sign in")


def test_without_a_place_there_is_no_line_for_it() -> None:
    assert b"LOCATION" not in request(invitation())


def test_a_change_is_the_same_meeting_and_a_cancellation_its_end() -> None:
    later = strict.read(request(invitation(sequence=1, starts_at=datetime(2026, 12, 9, 13, tzinfo=COPENHAGEN))))
    over = strict.read(cancel(invitation(sequence=2)))
    assert [one.only("VEVENT").value("UID") for one in (later, over)] == [UID, UID]
    assert [one.only("VEVENT").value("SEQUENCE") for one in (later, over)] == ["1", "2"]
    assert (over.value("METHOD"), over.only("VEVENT").value("STATUS")) == ("CANCEL", "CANCELLED")
    assert over.only("VEVENT").names() == []  # no alarm for what does not take place


def test_the_mail_names_the_method() -> None:
    assert content_type("CANCEL") == 'text/calendar; charset="utf-8"; method=CANCEL'


@pytest.mark.parametrize(
    ("local", "fold", "instant"),
    [
        ("2027-03-27T09:00", 0, datetime(2027, 3, 27, 8, tzinfo=UTC)),
        ("2027-03-28T01:59", 0, datetime(2027, 3, 28, 0, 59, tzinfo=UTC)),
        ("2027-03-28T02:30", 0, datetime(2027, 3, 28, 1, 30, tzinfo=UTC)),  # does not exist: 3.30
        ("2027-03-28T03:00", 0, datetime(2027, 3, 28, 1, tzinfo=UTC)),
        ("2027-03-29T09:00", 0, datetime(2027, 3, 29, 7, tzinfo=UTC)),
        ("2027-10-30T09:00", 0, datetime(2027, 10, 30, 7, tzinfo=UTC)),
        ("2027-10-31T02:30", 0, datetime(2027, 10, 31, 0, 30, tzinfo=UTC)),  # the first of two
        ("2027-10-31T02:30", 1, datetime(2027, 10, 31, 1, 30, tzinfo=UTC)),  # the second
        ("2027-10-31T03:00", 0, datetime(2027, 10, 31, 2, tzinfo=UTC)),
        ("2027-11-01T09:00", 0, datetime(2027, 11, 1, 8, tzinfo=UTC)),
    ],
)
def test_around_the_change_of_the_clock(local: str, fold: int, instant: datetime) -> None:
    starts_at = datetime.fromisoformat(local).replace(tzinfo=COPENHAGEN, fold=fold)
    calendar = strict.read(request(invitation(starts_at=starts_at, minutes=60)))
    event = calendar.only("VEVENT")
    assert strict.instant(calendar, event, "DTSTART") == instant
    assert strict.instant(calendar, event, "DTEND") == instant + timedelta(hours=1)


def test_a_meeting_through_the_night_of_the_change_keeps_its_length() -> None:
    calendar = strict.read(request(invitation(starts_at=datetime(2027, 10, 30, 23, tzinfo=COPENHAGEN), minutes=600)))
    event = calendar.only("VEVENT")
    length = strict.instant(calendar, event, "DTEND") - strict.instant(calendar, event, "DTSTART")
    assert length == timedelta(minutes=600)


def test_the_zone_we_write_is_the_one_of_the_world() -> None:
    """Each third hour of fifteen years, by our VTIMEZONE and by the IANA's: should the EU let go of it, this fails."""
    raw = request(invitation())
    calendar, zone = strict.read(raw), strict.read(raw).only("VTIMEZONE")
    event = calendar.only("VEVENT")
    for hours in range(0, 15 * 365 * 24, 3):
        moment = datetime(2026, 1, 1, 2, 30, tzinfo=UTC) + timedelta(hours=hours)
        local = moment.astimezone(COPENHAGEN)
        if not local.fold:
            event.lines["X"] = ({"TZID": "Europe/Copenhagen"}, local.strftime("%Y%m%dT%H%M%S"))
            assert strict.instant(calendar, event, "X") == moment
    assert zone.names() == ["DAYLIGHT", "STANDARD"]


@given(
    place=st.text(max_size=200),
    name=st.text(max_size=80),
    day=st.dates(date(2026, 1, 1), date(2040, 1, 1)),
    minute=st.integers(0, 24 * 60 - 1),
    minutes=st.integers(1, 600),
    sequence=st.integers(0, 99),
)
def test_whatever_is_typed_it_can_be_read(
    place: str, name: str, day: date, minute: int, minutes: int, sequence: int
) -> None:
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
    starts = (midnight + timedelta(minutes=minute)).astimezone(COPENHAGEN)
    given = {"place": place, "organizer_name": name, "starts_at": starts, "minutes": minutes, "sequence": sequence}
    made = invitation(**given)
    raw = request(made)
    assert raw == request(made)
    for calendar in (strict.read(raw), strict.read(cancel(made))):
        event = calendar.only("VEVENT")
        assert strict.instant(calendar, event, "DTSTART") == starts.astimezone(UTC)
        assert strict.instant(calendar, event, "DTEND") == starts.astimezone(UTC) + timedelta(minutes=minutes)


@pytest.mark.parametrize(
    "wrong",
    [
        {"minutes": 0},
        {"sequence": -1},
        {"starts_at": datetime.fromisoformat("2026-12-08T09:00")},
        {"stamped_at": datetime.fromisoformat("2026-12-08T09:00")},
        {"attendee": "lis@skole.example\r\nATTENDEE:mailto:other@example.dk"},
        {"attendee": "Lis <lis@skole.example>"},
        {"organizer": "nobody"},
    ],
)
def test_what_can_be_no_invitation_is_none(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        invitation(**wrong)
