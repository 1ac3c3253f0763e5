"""The words of a letter: the same for everybody, whatever it is about."""

import email
import re
from datetime import UTC, datetime
from email.policy import default
from uuid import UUID, uuid4

import pytest
from django.conf import LazySettings

from familieplan.post import calendars
from familieplan.post.enums import LetterKind
from familieplan.post.letters import Letter, written

ID = UUID("11111111-2222-4333-8444-555555555555")
SUBJECTS = {
    "da": "Der er noget til dig i Familiens Plan",
    "en": "There is something for you in Familiens Plan",
    "": "Der er noget til dig i Familiens Plan",
}


@pytest.fixture(autouse=True)
def _site(settings: LazySettings) -> None:
    settings.SITE_URL, settings.MAIL_FROM = "https://plan.example/", "plan@kommune.example"


def letter(kind: LetterKind, language: str = "da", to: str = "mia@mail.example") -> Letter:
    return Letter(ID, uuid4(), to, language, kind, uuid4(), 3, datetime(2026, 11, 22, 12, tzinfo=UTC))


@pytest.mark.parametrize("language", SUBJECTS)
@pytest.mark.parametrize("kind", LetterKind)
def test_nothing_of_what_or_whom(kind: LetterKind, language: str) -> None:
    one, other = letter(kind, language), letter(LetterKind.TASK, language)
    message = email.message_from_bytes(written(one, None).as_bytes(), policy=default)
    assert written(one, None).as_bytes() == written(other, None).as_bytes()  # not even which kind it is
    assert message["Subject"] == SUBJECTS[language]
    text = message.get_content()
    assert re.findall(r"https?://\S+", text) == ["https://plan.example/"]
    for secret in (one.holder, one.about, kind.value, "3"):
        assert str(secret) not in message.as_string().replace(str(ID), "")
    assert message["Message-ID"] == f"<{ID}@plan.example>"
    assert message["To"] == "mia@mail.example"
    assert message["Content-Language"] == (language or "da")


@pytest.mark.parametrize("kind", [LetterKind.INVITATION, LetterKind.CANCELLATION])
def test_the_calendar_part_says_what_it_does(kind: LetterKind) -> None:
    stream = "BEGIN:VCALENDAR\r\nSUMMARY:Møde\r\nEND:VCALENDAR\r\n"
    message = email.message_from_bytes(written(letter(kind), stream.encode()).as_bytes(), policy=default)
    [part] = message.iter_attachments()
    assert part["Content-Type"].params["method"] == kind.method
    assert part.get_payload(decode=True) == stream.encode()


def test_the_same_each_time_it_is_written() -> None:
    one = letter(LetterKind.REMINDER)
    assert written(one, None).as_bytes() == written(one, None).as_bytes()


@pytest.mark.parametrize("to", ["a@b.dk\r\nBcc: c@d.dk", "a@b.dk\nX: y", "a@b.dk\n\nwords"])
def test_no_header_slips_in(to: str) -> None:
    with pytest.raises(ValueError, match="linefeed"):
        written(letter(LetterKind.TASK, to=to), None).as_bytes()


def test_only_an_invitation_and_its_opposite_have_a_calendar_part() -> None:
    with pytest.raises(ValueError, match="no calendar part"):
        calendars.built_by(LetterKind.MINUTES, lambda _letter: b"")
    assert calendars.part_for(letter(LetterKind.MINUTES)) is None
