"""Somebody leaves the room for a while, comes back, or comes late: the wall follows."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from familieplan.meetings import actions
from familieplan.meetings.board.room import seat_at
from familieplan.meetings.board.seat import leader_or_404


@require_POST
def step(request: HttpRequest, family: UUID, meeting: UUID, seat: UUID) -> HttpResponse:
    actor, found = leader_or_404(request, family, meeting, "board")
    row = seat_at(found.pk, seat)
    if row is None:
        raise Http404
    is_out = request.POST.get("is") == "out"
    if not is_out and not row.came:
        row = actions.note_attendance(seat=row, came=True, by=actor)
    if row.stepped_out != is_out:
        actions.step_out(seat=row, is_out=is_out, by=actor)
    return redirect(f"/families/{family}/meetings/{meeting}/board/#room")
