"""The first line of every page of a meeting itself: at its table, or there is no such page."""

from uuid import UUID

from django.http import Http404, HttpRequest

from familieplan.access.actor import Actor
from familieplan.meetings.guards import meeting_or_404
from familieplan.meetings.models import Meeting
from familieplan.people.guards import coordinates


def at_the_table(request: HttpRequest, family: UUID, meeting: UUID, page: str) -> tuple[Actor, Meeting]:
    """Whoever sits there, and the coordinator – not yet whom an item is about. Logged as ``page``."""
    seated = "%(meeting)s = ANY (meetings.mine()) OR access.coordinates(%(family)s)"
    return meeting_or_404(request, family, meeting, page, only=seated)


def writer_at_the_table(request: HttpRequest, family: UUID, meeting: UUID) -> tuple[Actor, Meeting]:
    """One who has a seat of their own, or coordinates: an item may be about somebody who does not come."""
    seated = "meetings.sits_at(%(meeting)s) OR access.coordinates(%(family)s)"
    return meeting_or_404(request, family, meeting, "board", only=seated)


def leader_or_404(request: HttpRequest, family: UUID, meeting: UUID, page: str) -> tuple[Actor, Meeting]:
    """The coordinator's own pages of a meeting."""
    actor, found = meeting_or_404(request, family, meeting, page)
    if not coordinates(family, actor):
        raise Http404
    return actor, found
