"""The first line of every view about a meeting: opened and logged, or it does not exist."""

from uuid import UUID

from django.http import Http404, HttpRequest

from familieplan.access.actor import Actor
from familieplan.core.parts import kept
from familieplan.meetings.models import Meeting
from familieplan.people.guards import card_or_404

FIELDS = Meeting._meta.concrete_fields
# Written by hand, as the session's: every screen around a board asks it before it reads.
FIND = "SELECT {} FROM meetings_meeting WHERE id = %(meeting)s AND family_id = %(family)s AND ({})"


def meeting_or_404(
    request: HttpRequest, family: UUID, meeting: UUID, page: str = "meeting", *, only: str = "true"
) -> tuple[Actor, Meeting]:
    """Open ``family`` (logged as ``page``) and find the meeting, as its reader may know it; and ``only`` for some: a
    question of the database's own, about ``%(meeting)s`` and ``%(family)s``.

    A professional at the table to whom nobody has said yes to anything yet comes in too: they know they are called.
    """
    actor, _opening = card_or_404(request, family, page)
    find = FIND.format(", ".join(f"{field.column}" for field in FIELDS), only)
    with kept(find, {"meeting": meeting, "family": family}) as cursor:
        found = cursor.fetchone()
    if found is None:
        raise Http404
    return actor, Meeting.from_db("default", [field.attname for field in FIELDS], found)
