"""The first line of every page of a meeting itself: at its table, or there is no such page."""

from uuid import UUID

from django.db import connection
from django.http import Http404, HttpRequest

from familieplan.access.actor import Actor
from familieplan.meetings.guards import meeting_or_404
from familieplan.meetings.models import Meeting
from familieplan.people.guards import coordinates


def at_the_table(request: HttpRequest, family: UUID, meeting: UUID, page: str) -> tuple[Actor, Meeting]:
    """Whoever sits there, whom an item is about, and the coordinator. Logged as ``page``."""
    actor, found = meeting_or_404(request, family, meeting, page)
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s = ANY (meetings.mine()) OR access.coordinates(%s)", [meeting, family])
        if not cursor.fetchone()[0]:
            raise Http404
    return actor, found


def writer_at_the_table(request: HttpRequest, family: UUID, meeting: UUID) -> tuple[Actor, Meeting]:
    """One who has a seat of their own, or coordinates: an item may be about somebody who does not come."""
    actor, found = meeting_or_404(request, family, meeting, "board")
    with connection.cursor() as cursor:
        cursor.execute("SELECT meetings.sits_at(%s) OR access.coordinates(%s)", [meeting, family])
        if not cursor.fetchone()[0]:
            raise Http404
    return actor, found


def leader_or_404(request: HttpRequest, family: UUID, meeting: UUID, page: str) -> tuple[Actor, Meeting]:
    """The coordinator's own pages of a meeting."""
    actor, found = meeting_or_404(request, family, meeting, page)
    if not coordinates(family, actor):
        raise Http404
    return actor, found
