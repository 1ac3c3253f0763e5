"""Answers as the calendars people have write them (shapes after RFC 5546 3.2.3, with each maker's habits)."""

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from familieplan.meetings.calendar import ics
from familieplan.meetings.calendar.refusal import Refused
from familieplan.meetings.calendar.replies import LARGEST, Answer, Reply, check, read
from tests.calendar import strict
from tests.calendar.test_ics import UID, invitation

Shape = Callable[[str, str], bytes]
LIS = "lis@skole.example"
WINDOWS_ZONE = """BEGIN:VTIMEZONE
TZID:Romance Standard Time
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE
"""


def outlook(partstat: str, sequence: str) -> bytes:
    """Its own time zone, the subject in front, a comment, many lines of its own; capitals in the address."""
    return f"""BEGIN:VCALENDAR
METHOD:REPLY
PRODID:Microsoft Exchange Server 2010
VERSION:2.0
{WINDOWS_ZONE}BEGIN:VEVENT
ATTENDEE;PARTSTAT={partstat};CN="Lis; Skolen: 3.b":MAILTO:Lis@Skole.example
COMMENT;LANGUAGE=da-DK:Jeg kommer\\, men\\nlidt senere
UID:{UID}
SUMMARY;LANGUAGE=da-DK:Accepteret: Møde i Familiens Plan – log ind
DTSTART;TZID=Romance Standard Time:20261208T090000
DTEND;TZID=Romance Standard Time:20261208T103000
CLASS:PRIVATE
PRIORITY:5
DTSTAMP:20261123T081500Z
TRANSP:OPAQUE
STATUS:CONFIRMED
SEQUENCE:{sequence}
X-MICROSOFT-CDO-APPT-SEQUENCE:{sequence}
X-MICROSOFT-CDO-BUSYSTATUS:BUSY
END:VEVENT
END:VCALENDAR
""".replace("\n", "\r\n").encode()


def google(partstat: str, sequence: str) -> bytes:
    """Times in UTC, X-NUM-GUESTS, and its lines folded."""
    text = f"""BEGIN:VCALENDAR
PRODID:-//Google Inc//Google Calendar 70.9054//EN
VERSION:2.0
CALSCALE:GREGORIAN
METHOD:REPLY
BEGIN:VEVENT
DTSTART:20261208T080000Z
DTEND:20261208T093000Z
DTSTAMP:20261123T081500Z
ORGANIZER;CN="Familiens Plan, Morsø Kommune":mailto:familiensplan@kommune.example
UID:{UID}
ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT={partstat};CN=lis@skole.example;X-NUM-GUESTS=0:mailto:{LIS}
CREATED:20261122T120000Z
DESCRIPTION:
LAST-MODIFIED:20261123T081500Z
SEQUENCE:{sequence}
STATUS:CONFIRMED
SUMMARY:Møde i Familiens Plan – log ind
TRANSP:OPAQUE
END:VEVENT
END:VCALENDAR
"""
    return re.sub(r"(?m)^(.{74})(?=.)", "\\1\n ", text).replace("\n", "\r\n").encode()


def apple(partstat: str, sequence: str) -> bytes:
    """The VTIMEZONE of ours sent back, EMAIL as a parameter, quoted addresses, times of its own."""
    return f"""BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Apple Inc.//macOS 15.1//EN
METHOD:REPLY
CALSCALE:GREGORIAN
BEGIN:VEVENT
UID:{UID}
DTSTART;TZID=Europe/Copenhagen:20261208T090000
DTEND;TZID=Europe/Copenhagen:20261208T103000
SEQUENCE:{sequence}
ATTENDEE;CN="Lis";CUTYPE=INDIVIDUAL;EMAIL="{LIS}";PARTSTAT={partstat};ROLE=REQ-PARTICIPANT:mailto:{LIS}
ORGANIZER;CN="Familiens Plan":mailto:familiensplan@kommune.example
DTSTAMP:20261123T081500Z
END:VEVENT
END:VCALENDAR
""".replace("\n", "\r\n").encode()


def thunderbird(partstat: str, sequence: str) -> bytes:
    """Line feeds alone, an alarm kept inside, its own X- lines."""
    return f"""BEGIN:VCALENDAR
PRODID:-//Mozilla.org/NONSGML Mozilla Calendar V1.1//EN
VERSION:2.0
METHOD:REPLY
BEGIN:VEVENT
CREATED:20261122T120000Z
LAST-MODIFIED:20261123T081500Z
DTSTAMP:20261123T081500Z
UID:{UID}
SUMMARY:Møde i Familiens Plan – log ind
ORGANIZER:mailto:familiensplan@kommune.example
ATTENDEE;RSVP=TRUE;PARTSTAT={partstat};ROLE=REQ-PARTICIPANT:mailto:{LIS}
DTSTART:20261208T080000Z
SEQUENCE:{sequence}
X-MOZ-RECEIVED-SEQUENCE:9
BEGIN:VALARM
ACTION:DISPLAY
UID:another
TRIGGER:-P1D
END:VALARM
END:VEVENT
END:VCALENDAR
""".encode()


SHAPES = [outlook, google, apple, thunderbird]
SAID = [("ACCEPTED", Answer.YES), ("TENTATIVE", Answer.MAYBE), ("DECLINED", Answer.NO), ("DELEGATED", Answer.DEPUTY)]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(("partstat", "answer"), SAID)
def test_the_round_trip(shape: Shape, partstat: str, answer: Answer) -> None:
    sent = strict.read(ics.request(invitation(sequence=3))).only("VEVENT")
    reply = read(shape(partstat, sent.value("SEQUENCE")))
    assert (reply.uid, reply.sequence, reply.attendee, reply.answer) == (sent.value("UID"), 3, LIS, answer)
    check(reply, uid=UID, sequence=3, attendees={"Lis@skole.example", "jens@kommune.example"})


def test_a_comment_comes_along_on_one_line() -> None:
    assert read(outlook("ACCEPTED", "0")).words == "Jeg kommer, men lidt senere"


def test_an_old_calendar_says_no_sequence_and_means_nought() -> None:
    assert read(google("ACCEPTED", "0").replace(b"SEQUENCE:0\r\n", b"")).sequence == 0


def test_who_comes_instead() -> None:
    """RFC 5546 4.2.5: the one who stays away, and in some calendars the one who comes, too."""
    away = f'ATTENDEE;PARTSTAT=DELEGATED;DELEGATED-TO="mailto:Ib@skole.example":mailto:{LIS}'
    comes = f'ATTENDEE;PARTSTAT=NEEDS-ACTION;DELEGATED-FROM="mailto:{LIS}":mailto:ib@skole.example'
    for lines in ([away], [away, comes], [comes, away]):
        reply = read(bare(lines))
        assert (reply.attendee, reply.answer, reply.deputy) == (LIS, Answer.DEPUTY, "ib@skole.example")


def bare(lines: list[str], method: str = "REPLY") -> bytes:
    body = ["BEGIN:VEVENT", f"UID:{UID}", *lines, "END:VEVENT"]
    return "\r\n".join(["BEGIN:VCALENDAR", f"METHOD:{method}", *body, "END:VCALENDAR", ""]).encode()


YES = f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:{LIS}"


@pytest.mark.parametrize("raw", [bare([YES]).decode().encode("utf-16"), b"\xef\xbb\xbf" + bare([YES])])
def test_other_ways_to_write_letters(raw: bytes) -> None:
    assert read(raw).attendee == LIS


def test_words_from_an_old_windows() -> None:
    assert read(bare([YES, "COMMENT:Møde på gården"]).decode().encode("cp1252")).words == "Møde på gården"


def test_a_fold_in_the_middle_of_a_letter() -> None:
    raw = bare([YES, "COMMENT:på"]).replace("å".encode(), b"\xc3\r\n \xa5")
    assert read(raw).words == "på"


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"", "ikke en kalender"),
        (b"\x00\xff\xfe garbage \r\n" * 50, "ikke en kalender"),
        (b"BEGIN:VEVENT\r\nEND:VEVENT\r\n", "ikke en kalender"),
        (bare([YES])[:-27], "midt i det hele"),
        (b"x" * (LARGEST + 1), "for stor"),
        (b"BEGIN:VCALENDAR\r\n" * 10_000, "kan læses"),
        (b"BEGIN:VCALENDAR\r\nEND:VEVENT\r\nEND:VCALENDAR", "kan læses"),
        (bare([YES], "REQUEST"), "ikke et svar"),
        (bare([YES], "COUNTER"), "foreslår et andet tidspunkt"),
        (bare(["SEQUENCE:0"]), "hvem der svarer"),
        (bare([YES, YES.replace("lis@", "ib@")]), "hvem der svarer"),
        (bare([YES.replace("mailto:", "tel:")]), "hvem der svarer"),
        (bare([YES.replace("ACCEPTED", "NEEDS-ACTION")]), "hverken ja"),
        (bare([YES.replace(";PARTSTAT=ACCEPTED", "")]), "hverken ja"),
        (bare([YES, "RECURRENCE-ID:20261208T080000Z"]), "ikke på ét møde"),
        (bare([YES, "END:VEVENT", "BEGIN:VEVENT", f"UID:{UID}", YES]), "ikke på ét møde"),
        (b"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nEND:VCALENDAR\r\n", "ikke på ét møde"),
        (bare([YES, "SEQUENCE:-1"]), "aldrig er sendt"),
        (bare([YES, "SEQUENCE:" + "9" * 5000]), "aldrig er sendt"),
    ],
)
def test_what_is_no_answer_is_refused_in_words(raw: bytes, says: str) -> None:
    with pytest.raises(Refused, match=says):
        read(raw)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"uid": "another@plan.example.dk"}, "et andet møde"),
        ({"sequence": 3}, "er ændret siden"),
        ({"sequence": 1}, "aldrig er sendt"),
        ({"attendees": {"jens@kommune.example"}}, "ikke er indkaldt"),
    ],
)
def test_an_answer_to_something_else_is_refused(wrong: dict[str, object], says: str) -> None:
    reply = Reply(uid=UID, sequence=2, attendee=LIS, answer=Answer.YES)
    expected: dict[str, object] = {"uid": UID, "sequence": 2, "attendees": {LIS}}
    with pytest.raises(Refused, match=says):
        check(reply, **(expected | wrong))  # type: ignore[arg-type]


@given(st.binary(max_size=400))
def test_garbage_is_refused_and_nothing_else(raw: bytes) -> None:
    with pytest.raises(Refused):
        read(raw)


@given(st.sampled_from(SHAPES), st.integers(0, 900), st.binary(max_size=4))
def test_a_damaged_answer_is_read_or_refused(shape: Shape, place: int, put: bytes) -> None:
    raw = shape("ACCEPTED", "0")
    try:
        reply = read(raw[:place] + put + raw[place + len(put) :])
    except Refused:
        return
    assert reply.answer in Answer
    assert len(reply.words) <= 200
