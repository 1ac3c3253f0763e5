"""The board: as each reader may see it, and on the wall as everybody in the room may."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from familieplan.meetings.board import table
from familieplan.meetings.board.gather import board_page, topic_row
from familieplan.meetings.board.room import room_of
from familieplan.meetings.board.seat import at_the_table, leader_or_404
from familieplan.meetings.enums import Stage
from familieplan.meetings.faces import Faces
from familieplan.meetings.preparing.children import messages_to
from familieplan.meetings.reading import by_the_clock, in_the_room, when_in_words


@require_GET
def board(request: HttpRequest, family: UUID, meeting: UUID) -> HttpResponse:
    actor, found = at_the_table(request, family, meeting, "board")
    page, seats = board_page(found, actor), table.around(found, actor)
    brought = messages_to(found.pk, Faces(family, actor.id, found.pk))
    values = {"page": page, "table": seats, "when": when_in_words(found), "brought": brought}
    if page.coordinates and found.stage == Stage.RUNNING:
        values["room"] = room_of(page, table.around(found, actor, everybody=True))
    return render(request, "meetings/board.html", values)


@require_GET
def topic(request: HttpRequest, family: UUID, meeting: UUID, topic: UUID) -> HttpResponse:
    """One topic: to htmx the row alone, read anew; without it a page."""
    actor, found = at_the_table(request, family, meeting, "board")
    page = topic_row(found, topic, actor, whole="all" in request.GET)
    if not page.topics:
        raise Http404
    return render(request, "meetings/row.html", {"page": page})


@require_GET
def projector(request: HttpRequest, family: UUID, meeting: UUID) -> HttpResponse:
    """Led by the coordinator's machine; shows what everybody in the room may read."""
    actor, found = leader_or_404(request, family, meeting, "board")
    room = in_the_room(found.pk)
    brought = [one for one in messages_to(found.pk, Faces(family, actor.id, found.pk)) if one.drawer in room]
    values = {"page": board_page(found, actor, wall=True), "brought": brought, "by_the_clock": by_the_clock(found)}
    return render(request, "meetings/projector.html", values)


@require_GET
def projected(request: HttpRequest, family: UUID, meeting: UUID, topic: UUID) -> HttpResponse:
    actor, found = leader_or_404(request, family, meeting, "board")
    page = topic_row(found, topic, actor, wall=True)
    if not page.topics:
        raise Http404
    return render(request, "meetings/row.html", {"page": page})
