"""The first line of every view about a family: what one may not see does not exist."""

from uuid import UUID

from django.db import connection
from django.http import Http404, HttpRequest

from familieplan.access.actor import Actor
from familieplan.audit import log


def actor_of(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def family_or_404(request: HttpRequest, family: UUID, page: str) -> Actor:
    """Open ``family`` for the one who asks, logged as ``page``; 404 where there is nothing for them to read."""
    if log.open_family(family, page, or_card=False) != "full":
        raise Http404
    return actor_of(request)


def card_or_404(request: HttpRequest, family: UUID, page: str) -> tuple[Actor, log.Opening]:
    """As above, for those on the team to whom nobody has said yes yet: they get the minimal card."""
    opening = log.open_family(family, page)
    if opening is None:
        raise Http404
    return actor_of(request), opening


def coordinates(family: UUID, by: Actor) -> bool:
    """Is ``by`` the coordinator of this family today?"""
    with connection.cursor() as cursor:
        cursor.execute("SELECT access.coordinates(%s)", [family])
        return by.is_staff and bool(cursor.fetchone()[0])


def is_early(family: UUID) -> bool:
    """Is it an early course, before there is a case? What it may hold is less (familieplan/early)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT people.is_early(%s)", [family])
        return bool(cursor.fetchone()[0])


def course_or_404(request: HttpRequest, family: UUID, page: str) -> Actor:
    """The coordinator's pages that an early course does not have."""
    actor = coordinator_or_404(request, family, page)
    if is_early(family):
        raise Http404
    return actor


def coordinator_or_404(request: HttpRequest, family: UUID, page: str) -> Actor:
    """The coordinator's own pages about a family; for everybody else they do not exist."""
    actor = actor_of(request)
    if not coordinates(family, actor) or log.open_family(family, page) is None:
        raise Http404
    return actor


def role_or_404(request: HttpRequest, *roles: str) -> Actor:
    """A page for one role does not exist for another."""
    actor = actor_of(request)
    if not actor.has(*roles):
        raise Http404
    return actor
