"""Who is in the room just now, and what therefore does not hang on the wall: for the one who leads."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from familieplan.access.drawers import readers_of_scopes
from familieplan.meetings.board.table import Seat
from familieplan.meetings.board.values import BoardPage
from familieplan.meetings.models import Participant
from familieplan.people.names import in_words


@dataclass(frozen=True, slots=True)
class OffTheWall:
    """A topic that is not for all in the room; ``for_whom``, as far as the leader may know who reads along."""

    title: str
    for_whom: str


@dataclass(frozen=True, slots=True)
class Room:
    seats: tuple[Seat, ...]
    off_the_wall: tuple[OffTheWall, ...]


def watched() -> frozenset[int]:
    """The drawers of which the one who asks may be told all who read them; of others they see their own key only."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT access.watched_scopes()")
        return frozenset(cursor.fetchone()[0])


def room_of(page: BoardPage, seats: Iterable[Seat]) -> Room:
    here = [seat for seat in seats if seat.is_here and seat.holder is not None]
    hidden = [topic for topic in page.topics if topic.off_wall]
    readers, told = readers_of_scopes(topic.drawer for topic in hidden), watched()
    off = []
    for topic in hidden:
        may = {one.holder for one in readers.get(topic.drawer, ())}
        names = [seat.name for seat in here if topic.drawer in told and seat.holder not in may]
        off.append(OffTheWall(topic.title, in_words(names)))
    return Room(tuple(seats), tuple(off))


def seat_at(meeting: UUID, seat: UUID) -> Participant | None:
    return Participant.objects.filter(pk=seat, meeting_id=meeting, removed_at=None).first()
