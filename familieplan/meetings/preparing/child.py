"""How a child takes part: one choice of three (or why not), what it says, and that it has been met."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from familieplan.access.actor import Actor
from familieplan.access.drawers import NotYourDrawer, readers
from familieplan.access.enums import Kind
from familieplan.meetings import children
from familieplan.meetings.enums import ChildWay
from familieplan.meetings.guards import meeting_or_404
from familieplan.meetings.models import ChildPart, Meeting, Participant
from familieplan.meetings.preparing.child_forms import ChildForm, MessageForm
from familieplan.meetings.preparing.children import chosen, is_child, leader_reads
from familieplan.meetings.preparing.page import MeetingPage
from familieplan.meetings.preparing.views import GET_POST
from familieplan.people.models import Person
from familieplan.people.pages import answers, form_page, once
from familieplan.people.records import drawer_of
from familieplan.plan.editing import cannot_write_there
from familieplan.plan.sight import named


def _child_or_404(request: HttpRequest, family: UUID, meeting: UUID, person: UUID) -> tuple[Actor, MeetingPage, Person]:
    """The child itself, or the coordinator with it; while the meeting is ahead or going on."""
    by, row = meeting_or_404(request, family, meeting)
    page, child = MeetingPage(row, by), Person.objects.filter(pk=person, family_id=family).first()
    may = page.coordinates or person == by.id
    if child is None or not may or not is_child(child, timezone.localdate()):
        raise Http404
    if not (page.stage.is_ahead or page.stage == "running"):
        raise Http404
    return by, page, child


@GET_POST
def choose(request: HttpRequest, family: UUID, meeting: UUID, person: UUID) -> HttpResponse:
    """The choice, in words for a child. What is chosen anew takes the place of what was chosen."""
    by, page, child = _child_or_404(request, family, meeting, person)
    before, is_me = chosen(meeting).get(person), person == by.id
    first, name = _first(page.meeting, before, person), "" if is_me else child.given_name
    reads = not is_me or leader_reads(child)
    form = ChildForm(answers(request), initial=first, name=name, leader_reads=reads)

    def act(form: ChildForm) -> str | None:
        given = form.cleaned_data
        if form.slot and not page.stage.is_ahead:
            form.add_error("way", _("The meeting has begun. Invite the child to it, and note when it comes in."))
            return None
        try:
            children.take_part(
                meeting=page.meeting, child=child, way=given["way"], by=by, met_by=given["met_by"],
                place=given["place"], meets_on=given["meets_on"], why=given["why"], slot=form.slot, id=once(request),
            )  # fmt: skip
        except NotYourDrawer:
            form.add_error(None, cannot_write_there(by))
            return None
        if given["way"] == ChildWay.MESSAGE:
            return f"{page.address}children/{person}/words/"
        return f"{page.address}#children"

    if is_me:
        title, lead = _("How do you want to be heard?"), _("You choose. You can choose something else later.")
    else:
        called = {"name": child.given_name}
        title = _("How does %(name)s want to be heard?") % called
        lead = _("Read it together with %(name)s. It is the child's choice.") % called
    return form_page(
        request,
        form,
        act,
        template="meetings/child.html",
        title=title,
        lead=lead,
        notes=_who_reads(page.meeting, person, by, reads=reads),
        back=f"{page.address}#children",
        save=_("That is how we do it"),
    )


def _who_reads(meeting: Meeting, child: UUID, by: Actor, *, reads: bool) -> list[str]:
    """As it is: the choice lies with the child, and opens for those who may read there."""
    drawer = drawer_of(meeting.family_id, (child,), Kind.PLAN, by)
    whom = ", ".join(one.name for one in named(readers(drawer), by, meeting.family_id))
    said = [_("Who can see what is chosen: %(whom)s. What is said: only those it is said to.") % {"whom": whom}]
    if not reads:
        said.append(
            _("Whoever leads the meeting cannot see it: there is no yes for it. Tell them yourself what you choose.")
        )
    return said


def _first(meeting: Meeting, before: ChildPart | None, person: UUID) -> dict[str, Any]:
    """What was chosen last, and from when to when the child has a seat."""
    seats = Participant.objects.filter(meeting=meeting, person=person, removed_at=None)
    seat = seats.filter(from_minute__isnull=False).first()
    slot = {"from_minute": seat.from_minute, "for_minutes": seat.for_minutes} if seat else {}
    if before is None:
        return slot
    return slot | {name: getattr(before, name) for name in ("way", "met_by", "place", "meets_on", "why")}


@GET_POST
def words(request: HttpRequest, family: UUID, meeting: UUID, person: UUID) -> HttpResponse:
    """What the child says, by itself or written down as it was said; and who may hear it."""
    by, page, child = _child_or_404(request, family, meeting, person)
    is_me = person == by.id
    form = MessageForm(answers(request), name="" if is_me else child.given_name)

    def act(form: MessageForm) -> str | None:
        try:
            children.bring_words(
                meeting=page.meeting, child=child, text=form.cleaned_data["text"], private=form.is_private,
                said_on=timezone.localdate(), by=by, id=once(request),
            )  # fmt: skip
        except NotYourDrawer:
            form.add_error(None, cannot_write_there(by))
            return None
        return f"{page.address}#children"

    if is_me:
        title, lead = _("What do you want to say?"), _("They are your words. Nobody changes them.")
    else:
        title = _("What does %(name)s want to say?") % {"name": child.given_name}
        lead = _("Write it as the child says it. They are the child's words.")
    back, save = f"{page.address}#children", _("Keep the words")
    return form_page(request, form, act, title=title, lead=lead, back=back, save=save)


@require_POST
def met(request: HttpRequest, family: UUID, meeting: UUID, person: UUID) -> HttpResponse:
    """Somebody has met the child elsewhere. Pressed twice, it was once."""
    by, page, child = _child_or_404(request, family, meeting, person)
    before = chosen(meeting).get(person)
    if before is None or before.way != ChildWay.ELSEWHERE:
        raise Http404
    if before.done_on is None:
        children.take_part(
            meeting=page.meeting, child=child, way=before.way, by=by, met_by=before.met_by, place=before.place,
            meets_on=before.meets_on, done_on=timezone.localdate(), why=before.why,
        )  # fmt: skip
        messages.success(request, _("It is written down. What was said can be kept too, if the child wants it."))
    return HttpResponseRedirect(f"{page.address}#children")
