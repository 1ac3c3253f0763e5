"""When and where: planned, found, changed. What it collides with in the family's week is shown while it is booked."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from familieplan.meetings import actions
from familieplan.meetings.calendar.opening import opening
from familieplan.meetings.enums import MeetingKind
from familieplan.meetings.models import Meeting
from familieplan.meetings.preparing import times
from familieplan.meetings.preparing.answered import open_poll
from familieplan.meetings.preparing.forms import PlanForm, WhenForm
from familieplan.meetings.preparing.page import MeetingPage
from familieplan.meetings.preparing.views import GET_POST, address_of, coordinated_or_404
from familieplan.people.guards import coordinator_or_404, is_early
from familieplan.people.models import Person
from familieplan.people.names import Names
from familieplan.people.pages import answers, form_page, once
from familieplan.people.records import Conflict
from familieplan.people.refusals import told


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
    early = is_early(family)
    first: dict[str, Any] = {"for_": [str(id) for id, row in persons.items() if _is_grown(row)]}
    if early:  # a shorter one, at the board that is made for it
        first |= {"minutes": opening().early_minutes, "board": opening().early_board}
    form = PlanForm(answers(request), initial=first, persons=[(str(id), row.given_name) for id, row in persons.items()])

    def act(form: PlanForm) -> str:
        given = form.cleaned_data
        try:
            meeting = actions.plan_meeting(
                family=family,
                kind=MeetingKind.EARLY if early else MeetingKind.FOLLOW_UP,
                for_=[persons[UUID(id)] for id in given["for_"]],
                starts_at=form.starts_at,
                minutes=given["minutes"],
                place=given["place"],
                board=given["board"],
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
        template="meetings/when.html",
        back=f"/families/{family}/meetings/",
        collides=f"/families/{family}/meetings/collides/",
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
        template="meetings/when.html",
        row=stands,
        collides=f"/families/{family}/meetings/collides/",
        coming=times.coming(MeetingPage(row, by)),
        title=_("When and where"),
        back=address_of(row),
    )


@require_GET
def collides(request: HttpRequest, family: UUID) -> HttpResponse:
    """Asked by the form whenever the time changes: what lies there in the week of those who come."""
    by = coordinator_or_404(request, family, "meeting")
    form = WhenForm(request.GET)
    sentences: list[str] = []
    if form.is_valid():
        minutes = form.cleaned_data["minutes"]
        sentences = times.in_the_way(family, Names(family, by.id), form.starts_at, minutes, request.GET.getlist("for_"))
    return render(request, "meetings/collides.html", {"collisions": sentences})


@GET_POST
def find(request: HttpRequest, family: UUID, meeting: UUID) -> HttpResponse:
    """The best times with their reasons; one press books one."""
    by, row = coordinated_or_404(request, family, meeting)
    page = MeetingPage(row, by)
    if not page.stage.is_ahead:
        raise Http404
    form = Form({})
    if request.method == "POST":
        starts_at, version = _chosen(request.POST.get("starts_at", "")), request.POST.get("version", "")
        seen = int(version) if version.isdecimal() and len(version) < 9 else row.version
        try:
            with told(form):
                actions.change_meeting(meeting=row, version=seen, by=by, starts_at=starts_at)
        except Conflict:
            messages.warning(request, _("Somebody else changed the meeting meanwhile. This is how it stands now."))
        for sentence in form.non_field_errors():
            messages.warning(request, str(sentence))
        return HttpResponseRedirect(page.address)
    asked = open_poll(row.pk)
    return render(request, "meetings/time.html", {"page": page, "found": times.best_times(page), "asked": asked})


def _chosen(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise BadRequest from None
    if found.tzinfo is None or not 2000 < found.year < 2200:
        raise BadRequest
    return found
