"""Somebody leaves the room for a while, comes back, or comes late: the wall follows."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from familieplan.meetings import actions
from familieplan.meetings.board.room import seat_at
from familieplan.meetings.board.seat import leader_or_404
from familieplan.meetings.reading import still_untold


@require_POST
def step(request: HttpRequest, family: UUID, meeting: UUID, seat: UUID) -> HttpResponse:
    actor, found = leader_or_404(request, family, meeting, "board")
    row = seat_at(found.pk, seat)
    if row is None:
        raise Http404
    is_out = request.POST.get("is") == "out"
    comes_late = not is_out and not row.came
    if comes_late:
        row = actions.note_attendance(seat=row, came=True, by=actor)
    if row.stepped_out != is_out:
        actions.step_out(seat=row, is_out=is_out, by=actor)
    base = f"/families/{family}/meetings/{meeting}/"
    if comes_late and any(one.person == row.person_id for one in still_untold(meeting)):
        messages.warning(request, _("Whoever has just come has not heard everything yet. Say it first."))
        return redirect(f"{base}#untold")
    return redirect(f"{base}board/#room")
