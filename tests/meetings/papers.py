"""What is handed out of a meeting, against the model: minutes as printed, and what calendars are told."""

import json
import re
from uuid import UUID

from familieplan.access.actor import JOB
from familieplan.access.context import acting_as
from familieplan.audit import log
from familieplan.meetings import letters
from familieplan.meetings.board import pdf, table
from familieplan.meetings.board.minutes import minutes_of
from familieplan.meetings.models import Meeting
from familieplan.meetings.reading import when_in_words
from tests.histories.errands import Errands
from tests.meetings.reference import Reference, Row

CODE = re.compile(r"ord[0-9a-f]{8}")  # what is said in these towns: no two say the same


def papers(reference: Reference, meeting: Row, holder: UUID, where: str) -> int:
    """Both of one meeting for one holder. Answers how many decisions that were."""
    return minutes(reference, meeting, holder, where) + calendar(reference, meeting, holder, where)


def minutes(reference: Reference, meeting: Row, holder: UUID, where: str) -> int:
    """What typst is given to draw, for the newest version; nothing for whom there is no such page."""
    town, expected = reference.town, reference.in_the_minutes(holder, meeting)
    with acting_as(by := town.actor(holder)):
        opened = log.open_family(meeting["family_id"], "history")
        row = Meeting.objects.filter(pk=meeting["id"]).first() if opened else None
        page = minutes_of(row, by) if row else None
        drawn = pdf.to_write(page, table.around(row, by), when_in_words(row)) if row and page else None
    found = set(CODE.findall(json.dumps(drawn))) if drawn else None
    assert found == (expected if opened else None), f"minutes for {holder}: {where}"
    return len(expected or ())


def calendar(reference: Reference, meeting: Row, holder: UUID, where: str) -> int:
    """The letter of a job, and the copy one takes oneself: the same, and only to who is called."""
    is_called = reference.is_called(holder, meeting)
    with acting_as(JOB):
        told = letters._told(meeting["id"], holder)
    assert (told is not None and told.is_called) == is_called, f"letter to {holder}: {where}"
    with acting_as(by := reference.town.actor(holder)):
        log.open_family(meeting["family_id"], "history")
        own = letters.own_copy(meeting["id"], by)
    assert (own is not None) == is_called, f"calendar of {holder}: {where}"
    return 2


def of(town: Errands, reference: Reference, holder: UUID, where: str) -> int:
    """Of every meeting that is in the families this town is about."""
    meetings = [row for row in reference.rows["meetings_meeting"] if row["family_id"] in town.families]
    known = [row for row in meetings if holder in town.staff or holder in town.families[row["family_id"]]]
    return sum(papers(reference, row, holder, where) for row in known)
