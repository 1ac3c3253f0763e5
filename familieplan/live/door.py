"""Who may follow a family. The session is recognised by the very code that the pages use, in a thread of its own.

Nothing is logged: the stream carries no word, no name and no count, only that it is time to look again, and every look
is a page that logs itself. A line "followed the board" beside each of those would hide them from the family that reads
the log.
"""

from uuid import UUID

from django.contrib.sessions.middleware import SessionMiddleware
from django.db import close_old_connections, connection, transaction
from django.http import HttpRequest, HttpResponse, parse_cookie
from django.http.request import validate_host

from familieplan.access.actor import SIGNING_IN
from familieplan.access.context import act_as
from familieplan.accounts.middleware import ActorMiddleware
from familieplan.accounts.models import Kind
from familieplan.accounts.request import Recognised


def who_follows(cookie: str, family: UUID) -> UUID | None:
    """The holder of the session in ``cookie``, when they may follow ``family``; None for everybody else.

    Everything is rolled back: an open board is nobody using it, and does not keep a session alive.
    """
    request = HttpRequest()
    request.COOKIES = parse_cookie(cookie)
    close_old_connections()  # as at the beginning of a request: one that PostgreSQL has closed is opened anew
    with transaction.atomic():
        act_as(SIGNING_IN)
        found: list[UUID] = []

        def ask(recognised: HttpRequest) -> HttpResponse:
            found.extend(_allowed(recognised, family))  # type: ignore[arg-type]
            return HttpResponse()

        SessionMiddleware(ActorMiddleware(ask))(request)  # type: ignore[arg-type]
        transaction.set_rollback(True)
    return found[0] if found else None


def _allowed(request: Recognised, family: UUID) -> list[UUID]:
    if request.actor.kind not in Kind.values:
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT live.may_follow(%s)", [family])
        return [request.actor.id] if cursor.fetchone()[0] else []


def may_ask(origin: str, host: str, *, hosts: list[str], origins: list[str]) -> bool:
    """May a page of ``origin`` ("" when the browser names none) listen here, at ``host``?"""
    if not validate_host(host.rpartition(":")[0] or host, hosts):
        return False
    return not origin or origin in origins or origin.partition("://")[2] == host
