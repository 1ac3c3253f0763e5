"""Who has answered what, for the coordinator: one row for each at the table, the family first."""

from dataclasses import dataclass
from uuid import UUID

from familieplan.access.actor import Actor
from familieplan.meetings.calendar.suiting import Answered
from familieplan.meetings.models import Poll, PollAnswer
from familieplan.meetings.preparing.page import MeetingPage


@dataclass(frozen=True, slots=True)
class Row:
    seat: UUID
    where: str
    is_me: bool
    answer: Answered


def open_poll(meeting: UUID) -> Poll | None:
    """As far as the reader is asked, or asks."""
    return Poll.objects.filter(meeting=meeting, closed_at=None).first()


def waits_for(meeting: UUID, by: Actor) -> bool:
    """Is one still to say which times suit oneself? One who is asked, that is: see ``poll.mine``."""
    poll = open_poll(meeting)
    return poll is not None and waits(poll, by)


def waits(poll: Poll, by: Actor) -> bool:
    return by.id is not None and by.id not in newest(poll)


def newest(poll: Poll) -> dict[UUID, PollAnswer]:
    """By whose answer it is, as far as the reader may see them; earlier ones are kept, and count no more."""
    return {row.holder: row for row in PollAnswer.objects.filter(poll=poll).order_by("created_at", "pk")}


def answers_to(poll: Poll, page: MeetingPage) -> list[Row]:
    """Of those who sit at the table today and have not said that they stay away."""
    given = newest(poll)
    return [
        Row(
            seat.id,
            seat.where,
            seat.is_me,
            _answered(seat.name, seat.holder, seat.group == "family", given.get(seat.holder), page),
        )
        for seat in page.seats
        if seat.holder and seat.reply != "no"
    ]


def _answered(name: str, holder: UUID, is_family: bool, row: PollAnswer | None, page: MeetingPage) -> Answered:
    if row is None:
        return Answered(name, is_family)
    by = page.who(row.created_by) if row.created_by != holder else ""
    return Answered(name, is_family, tuple(row.says), row.words, by)
