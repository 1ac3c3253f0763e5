"""The meeting begins: who is here, what has not been told yet, and then the board."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from familieplan.access.actor import Actor
from familieplan.meetings import actions
from familieplan.meetings.enums import Reply, Stage
from familieplan.meetings.models import Meeting, Participant
from familieplan.meetings.preparing.forms import AttendanceForm
from familieplan.meetings.preparing.page import MeetingPage
from familieplan.meetings.preparing.views import GET_POST, coordinated_or_404
from familieplan.meetings.reading import when_in_words
from familieplan.people.pages import answers
from familieplan.people.refusals import told


@GET_POST
def begin(request: HttpRequest, family: UUID, meeting: UUID) -> HttpResponse:
    """Who is here is kept even when the meeting cannot begin yet: then the page says what the family has to be told."""
    by, row = coordinated_or_404(request, family, meeting)
    page = MeetingPage(row, by)
    if page.stage == Stage.RUNNING and request.method == "POST":
        return HttpResponseRedirect(f"{page.address}board/")
    if not page.stage.is_ahead:
        raise Http404
    here = [str(seat.id) for seat in page.seats if (seat.reply != Reply.NO if seat.came is None else seat.came)]
    seats = [(str(seat.id), seat.in_words) for seat in page.seats if not seat.while_]  # who comes later, comes later
    form = AttendanceForm(answers(request), initial={"came": here}, seats=seats)
    if request.method == "POST" and form.is_valid():
        _note(row, set(form.cleaned_data["came"]), by)
        with told(form):
            actions.go_on(meeting=row, to=Stage.RUNNING, by=by)
        if form.is_valid():
            return HttpResponseRedirect(f"{page.address}board/")
        page = MeetingPage(row, by)
    is_early = row.starts_at is not None and timezone.localdate(row.starts_at) > timezone.localdate()
    context: dict[str, Any] = {"page": page, "form": form, "noted": request.method == "POST"}
    context["early"] = when_in_words(row) if is_early else ""
    return render(request, "meetings/begin.html", context, status=422 if form.errors else 200)


def _note(row: Meeting, came: set[str], by: Actor) -> None:
    for seat in Participant.objects.filter(meeting=row.pk, removed_at=None, from_minute=None):
        is_here = str(seat.pk) in came
        if seat.came != is_here:
            actions.note_attendance(seat=seat, came=is_here, by=by)
