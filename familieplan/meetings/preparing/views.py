"""The family's meetings, one of them, and planning one."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from familieplan.access.actor import Actor
from familieplan.meetings.guards import meeting_or_404
from familieplan.meetings.models import Meeting
from familieplan.meetings.preparing.answered import answers_to, open_poll, waits_for
from familieplan.meetings.preparing.children import parts
from familieplan.meetings.preparing.listing import meetings_of
from familieplan.meetings.preparing.page import MeetingPage
from familieplan.meetings.preparing.suggesting import suggested, who_is_blind
from familieplan.meetings.preparing.times import of_meeting
from familieplan.people.guards import card_or_404, coordinates

GET_POST = require_http_methods(["GET", "POST"])


def address_of(meeting: Meeting) -> str:
    return f"/families/{meeting.family_id}/meetings/{meeting.pk}/"


def coordinated_or_404(request: HttpRequest, family: UUID, meeting: UUID) -> tuple[Actor, Meeting]:
    """What only the coordinator does with a meeting does not exist for others."""
    by, row = meeting_or_404(request, family, meeting)
    if not coordinates(family, by):
        raise Http404
    return by, row


@require_GET
def index(request: HttpRequest, family: UUID) -> HttpResponse:
    """The next one large, the earlier ones below. To whom nobody has said yes yet: only meetings they are called to."""
    by, opening = card_or_404(request, family, "meeting")
    found = meetings_of(family, by)
    if opening == "card" and not found.ahead and not found.over:
        raise Http404
    return render(
        request, "meetings/index.html", {"meetings": found, "opening": opening, "today": timezone.localdate()}
    )


@require_GET
def one(request: HttpRequest, family: UUID, meeting: UUID) -> HttpResponse:
    by, row = meeting_or_404(request, family, meeting)
    return show(request, MeetingPage(row, by))


def show(request: HttpRequest, page: MeetingPage, *, status: int = 200, **context: Any) -> HttpResponse:
    """The meeting page; to the coordinator also who could come, and who would see nothing."""
    if page.may_choose and page.stage.is_ahead:
        context["collisions"] = of_meeting(page)
    if page.coordinates and page.stage.is_ahead:
        context |= {"suggestions": suggested(page), "blind": who_is_blind(page)}
    poll = open_poll(page.meeting.pk) if page.stage.is_ahead else None
    if poll and page.coordinates:
        said = answers_to(poll, page)
        context |= {"asked": len(said), "waiting": sum(one.answer.waits for one in said)}
    context |= {"poll": poll, "asks_me": bool(poll) and page.sits_here and waits_for(page.meeting.pk, page.by)}
    context |= {"page": page, "today": timezone.localdate(), "finds": True, "children": parts(page)}
    return render(request, "meetings/meeting.html", context, status=status)
