"""Which of these times suits you? Asked, answered and closed: the only door (keyword-only, atomic, ``by=``, logged).

Who may is decided by functions of the database (sql/poll.sql). Booking a time closes the question by itself.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from familieplan.access.actor import Actor
from familieplan.access.models import new_id
from familieplan.audit import log
from familieplan.meetings.actions import NotTheirs
from familieplan.meetings.enums import Says
from familieplan.meetings.models import Meeting, Poll, PollAnswer
from familieplan.people.records import Conflict


@transaction.atomic
def ask_for_times(*, meeting: Meeting, times: Sequence[datetime], by: Actor, id: UUID | None = None) -> Poll:
    """The coordinator asks everybody at the table about these times (aware; three to five).

    Raises :class:`Conflict` where the same id came with other times.
    """
    made, moments = id or new_id(), sorted({at.astimezone(UTC) for at in times})  # in spring 2.30 and 3.30 are one
    if not _ask("ask_for_times(%s, %s, %s::timestamptz[])", made, meeting.pk, moments):
        raise NotTheirs
    row = Poll.objects.get(pk=made)
    if row.times != moments:
        raise Conflict(row)
    log.record(meeting.family_id, "added poll", row.pk, row.scope_id)
    return row


@transaction.atomic
def answer_times(
    *, poll: Poll, holder: UUID, says: Sequence[Says | str], by: Actor, words: str = "", id: UUID | None = None
) -> PollAnswer:
    """What ``holder`` says to each of the times, in their order; by themselves, or told to the coordinator.

    Raises :class:`Conflict` where the same id came with another answer.
    """
    made = id or new_id()
    said = [str(one) for one in says]
    if not _ask("answer_times(%s, %s, %s, %s, %s)", made, poll.pk, holder, said, words):
        raise NotTheirs
    row = PollAnswer.objects.get(pk=made)
    if (row.says, row.words) != (said, words):
        raise Conflict(row)
    log.record(poll.family_id, "added pollanswer", row.pk, poll.scope_id)
    return row


@transaction.atomic
def stop_asking(*, poll: Poll, by: Actor) -> None:
    """No time is taken; nobody is asked any more."""
    if not _ask("stop_asking(%s)", poll.pk):
        raise NotTheirs
    log.record(poll.family_id, "changed poll", poll.pk, poll.scope_id)


def _ask(call: str, *values: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT meetings.{call}", values)
        return cursor.fetchone()[0]
