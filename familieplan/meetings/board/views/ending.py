"""The end of a meeting: a look at what would be shared, and one click. Later, why there is a new version."""

from uuid import UUID

from django.contrib import messages
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from familieplan.access.actor import Actor
from familieplan.access.models import new_id
from familieplan.meetings import actions
from familieplan.meetings.board import ending, table
from familieplan.meetings.board.forms import Again
from familieplan.meetings.board.gather import board_page
from familieplan.meetings.board.minutes import draft
from familieplan.meetings.board.seat import leader_or_404
from familieplan.meetings.enums import Stage
from familieplan.meetings.faces import Faces
from familieplan.meetings.models import Meeting, Minutes, Participant
from familieplan.meetings.preparing.children import messages_to
from familieplan.meetings.reading import when_in_words
from familieplan.people.pages import answers, form_page, once
from familieplan.people.records import Conflict


def base_of(meeting: Meeting) -> str:
    return f"/families/{meeting.family_id}/meetings/{meeting.pk}/"


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, family: UUID, meeting: UUID) -> HttpResponse:
    """The draft, what may be missing, and the next time. POST: over for now; the minutes are shared later."""
    actor, row = leader_or_404(request, family, meeting, "board")
    if row.stage == Stage.CLOSED:
        return redirect(f"{base_of(row)}minutes/")
    if Stage(row.stage) not in (Stage.RUNNING, Stage.ENDED):
        return redirect(base_of(row))
    if request.method == "POST":
        _lock(row)
        row.refresh_from_db()
        if row.stage == Stage.RUNNING:
            actions.go_on(meeting=row, to=Stage.ENDED, by=actor)
        return redirect(f"{base_of(row)}end/")
    page = board_page(row, actor)
    return render(request, "meetings/end.html", {
        "page": page,
        "minutes": draft(page, actor.id),
        "brought": [one for one in messages_to(row.pk, Faces(family, actor.id, row.pk)) if not one.is_private],
        "hints": ending.hints(page),
        "table": table.around(row, actor),
        "next": ending.next_meeting(row),
        "suggested": ending.suggested(row),
        "when": when_in_words(row),
    })  # fmt: skip


@require_POST
def close(request: HttpRequest, family: UUID, meeting: UUID) -> HttpResponse:
    """Share the minutes and close the meeting: one click, and pressed twice it is still one."""
    actor, row = leader_or_404(request, family, meeting, "minutes")
    _lock(row)
    row.refresh_from_db()
    if Stage(row.stage) not in (Stage.RUNNING, Stage.ENDED):
        return redirect(f"{base_of(row)}{'minutes/' if row.stage == Stage.CLOSED else ''}")
    if "seats" in request.POST:
        _note(row, set(request.POST.getlist("came")), actor)
    actions.close(meeting=row, by=actor, id=once(request))
    messages.success(request, _("The minutes are shared. Everybody now has the part that is theirs to read."))
    return redirect(f"{base_of(row)}minutes/")


def _lock(meeting: Meeting) -> None:
    """Two clicks come one after the other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s::text, 7))", [meeting.pk])


def _note(meeting: Meeting, came: set[str], by: Actor) -> None:
    for seat in Participant.objects.filter(meeting=meeting, removed_at=None):
        is_here = str(seat.pk) in came
        if seat.came != is_here:
            actions.note_attendance(seat=seat, came=is_here, by=by)


def again(request: HttpRequest, family: UUID, meeting: UUID) -> HttpResponse:
    """A new version, after something has been put right on the board. The earlier ones stand."""
    actor, row = leader_or_404(request, family, meeting, "minutes")
    if row.stage != Stage.CLOSED:
        return redirect(f"{base_of(row)}end/")
    form = Again(answers(request))

    def act(form: Again) -> str:
        sent, reason = once(request) or new_id(), form.cleaned_data["reason"]
        before = Minutes.objects.filter(pk=sent, meeting=row).first()
        if before and before.reason != reason:
            raise Conflict(before)
        actions.share_minutes(meeting=row, reason=reason, by=actor, id=sent)
        return f"{base_of(row)}minutes/"

    return form_page(
        request, form, act, title=_("A new version of the minutes"), back=f"{base_of(row)}minutes/",
        save=_("Share the new version"),
        lead=_("First put right on the board what is wrong. The earlier version is kept, and everybody can read both."),
    )  # fmt: skip
