"""The family's meetings, one of them, and planning one."""

from dataclasses import dataclass
from datetime import date, time
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from familieplan.access.actor import Actor
from familieplan.meetings import actions
from familieplan.meetings.guards import meeting_or_404
from familieplan.meetings.models import Meeting
from familieplan.meetings.preparing.forms import PlanForm, WhenForm
from familieplan.meetings.preparing.listing import meetings_of
from familieplan.meetings.preparing.page import MeetingPage
from familieplan.meetings.preparing.suggesting import suggested, who_sees_nothing
from familieplan.people.guards import card_or_404, coordinates, coordinator_or_404
from familieplan.people.models import Person
from familieplan.people.names import Names
from familieplan.people.pages import answers, form_page, once
from familieplan.people.records import Conflict

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
    if page.coordinates and page.stage.is_ahead:
        context |= {"suggestions": suggested(page), "sees_nothing": who_sees_nothing(page)}
    context |= {"page": page, "today": timezone.localdate(), "finds": False}
    return render(request, "meetings/meeting.html", context, status=status)


@dataclass(frozen=True, slots=True)
class Stands:
    """A meeting as the form calls its parts, to be held beside what was typed."""

    version: int
    day: date | None
    at: time | None
    minutes: int
    place: str

    @classmethod
    def of(cls, row: Meeting) -> "Stands":
        starts = timezone.localtime(row.starts_at) if row.starts_at else None
        return cls(
            row.version, starts.date() if starts else None, starts.time() if starts else None, row.minutes, row.place
        )

    def by_name(self) -> dict[str, Any]:
        return {"day": self.day, "at": self.at, "minutes": self.minutes, "place": self.place}


@GET_POST
def add(request: HttpRequest, family: UUID) -> HttpResponse:
    """The coordinator plans a meeting with those of the family it is for."""
    by = coordinator_or_404(request, family, "meeting")
    persons = Names(family, by.id).persons
    first = {"for_": [str(id) for id, row in persons.items() if _is_grown(row)]}
    form = PlanForm(answers(request), initial=first, persons=[(str(id), row.given_name) for id, row in persons.items()])

    def act(form: PlanForm) -> str:
        given = form.cleaned_data
        try:
            meeting = actions.plan_meeting(
                family=family,
                for_=[persons[UUID(id)] for id in given["for_"]],
                starts_at=form.starts_at,
                minutes=given["minutes"],
                place=given["place"],
                by=by,
                id=once(request),
            )
        except Conflict as conflict:
            raise Conflict(Stands.of(conflict.current)) from None
        if meeting.starts_at != form.starts_at:  # moments are not among what `lay` holds beside each other
            raise Conflict(Stands.of(meeting))
        return address_of(meeting)

    return form_page(
        request,
        form,
        act,
        title=_("Plan a meeting"),
        lead=_("Sit down with the family and do it together: it is their meeting."),
        back=f"/families/{family}/meetings/",
        save=_("Plan the meeting"),
    )


def _is_grown(row: Person) -> bool:
    return row.part == "member" and (row.birth_date is None or row.birth_date.year + 18 < timezone.localdate().year)


@GET_POST
def change(request: HttpRequest, family: UUID, meeting: UUID) -> HttpResponse:
    """Another time, length or place. Whoever sits at the table hears of it."""
    by, row = coordinated_or_404(request, family, meeting)
    if not MeetingPage(row, by).stage.is_ahead:
        raise Http404
    stands = Stands.of(row)
    form = WhenForm(answers(request), initial=stands.by_name())
    seen = request.POST.get("version", "")

    def act(form: WhenForm) -> str:
        given = form.cleaned_data
        version = int(seen) if seen.isdecimal() and len(seen) < 9 else row.version
        try:
            actions.change_meeting(
                meeting=row,
                version=version,
                by=by,
                starts_at=form.starts_at,
                minutes=given["minutes"],
                place=given["place"],
            )
        except Conflict as conflict:
            raise Conflict(Stands.of(conflict.current)) from None
        return address_of(row)

    return form_page(
        request,
        form,
        act,
        template="people/edit.html",
        row=stands,
        title=_("When and where"),
        back=address_of(row),
    )
