"""The first line of every view about a meeting: opened and logged, or it does not exist."""

from uuid import UUID

from django.http import Http404, HttpRequest

from familieplan.access.actor import Actor
from familieplan.meetings.models import Meeting
from familieplan.people.guards import card_or_404


def meeting_or_404(request: HttpRequest, family: UUID, meeting: UUID, page: str = "meeting") -> tuple[Actor, Meeting]:
    """Open ``family`` (logged as ``page``) and find the meeting, as its reader may know it.

    A professional at the table to whom nobody has said yes to anything yet comes in too: they know they are called.
    """
    actor, _opening = card_or_404(request, family, page)
    found = Meeting.objects.filter(pk=meeting, family_id=family).first()
    if found is None:
        raise Http404
    return actor, found
