"""Who comes: invited, with whom, what they answer, and who comes instead."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from familieplan.access.actor import Actor
from familieplan.meetings import actions
from familieplan.meetings.guards import meeting_or_404
from familieplan.meetings.models import Meeting, Participant
from familieplan.meetings.preparing.forms import AnswerForm, CompanionForm, DeputyForm, InviteForm
from familieplan.meetings.preparing.page import MeetingPage
from familieplan.meetings.preparing.suggesting import suggested, team_of
from familieplan.meetings.preparing.views import GET_POST, coordinated_or_404
from familieplan.people.models import TeamMember
from familieplan.people.pages import Choices, answers, form_page, once
from familieplan.people.records import Conflict


def _setting_the_table(request: HttpRequest, family: UUID, meeting: UUID) -> tuple[Actor, Meeting, MeetingPage]:
    by, row = meeting_or_404(request, family, meeting)
    page = MeetingPage(row, by)
    if not page.may_choose:
        raise Http404
    return by, row, page


@GET_POST
def invite(request: HttpRequest, family: UUID, meeting: UUID) -> HttpResponse:
    """The family chooses who comes; the coordinator does it with them."""
    by, row, page = _setting_the_table(request, family, meeting)
    is_sent = request.method == "POST"  # who was invited before may be sent again
    there = set() if is_sent else {seat.holder for seat in page.seats}
    persons = {str(id): one for id, one in page.names.persons.items() if id not in there}
    lines = {str(line.pk): line for line in team_of(family) if line.staff_id not in there}
    why = {one.staff: one.why for one in suggested(page)} if page.coordinates else {}
    form = InviteForm(
        answers(request),
        persons=[(id, one.given_name) for id, one in persons.items()],
        lines=_lines(lines.values(), why),
    )

    def act(form: InviteForm) -> str:
        for id in form.cleaned_data.get("persons", ()):
            actions.invite_person(meeting=row, person=persons[id], by=by)
        for id in form.cleaned_data.get("lines", ()):
            actions.invite_professional(meeting=row, line=lines[id], by=by)
        return f"{page.address}#table"

    return form_page(
        request,
        form,
        act,
        template="meetings/invite.html",
        title=_("Who shall come?"),
        lead=_(
            "Whoever is new is told to everybody of the family before the meeting begins. All at the table can see who "
            "else comes, when and where. Of what is talked about each sees only what there is a yes to."
        ),
        back=f"{page.address}#table",
        team=f"{page.base}people/team/add/" if page.coordinates else "",
        save=_("Invite them"),
    )


def _lines(lines: Iterable[TeamMember], why: dict[UUID, str]) -> Choices:
    found = []
    for line in lines:
        reason = why.get(line.staff_id)
        found.append((str(line.pk), f"{line.staff.name}, {line.unit.name}" + (f" – {reason}" if reason else "")))
    return found


@GET_POST
def companion(request: HttpRequest, family: UUID, meeting: UUID) -> HttpResponse:
    """A companion of somebody of the family: chosen by that person, or written down by the coordinator."""
    by, row, page = _setting_the_table(request, family, meeting)
    with_ = {str(seat.holder): seat.name for seat in page.seats if seat.group == "family" and seat.holder}
    if not page.coordinates:
        with_ = {id: name for id, name in with_.items() if id == str(by.id)}
    form = CompanionForm(answers(request), persons=list(with_.items()))

    def act(form: CompanionForm) -> str:
        given = form.cleaned_data
        whom = page.names.persons[UUID(given["with_"])]
        seat = actions.bring_companion(meeting=row, name=given["companion"], with_=whom, by=by, id=once(request))
        made = Participant.objects.get(pk=seat)
        if (made.companion, made.of_person_id) != (given["companion"], whom.pk):
            raise Conflict(made)
        return f"{page.address}#table"

    return form_page(
        request,
        form,
        act,
        title=_("Somebody to sit beside you") if by.is_family else _("A companion"),
        lead=_("A friend, a grandmother, a neighbour: anybody may bring somebody they trust."),
        back=f"{page.address}#table",
        save=_("They come along"),
    )


def _seat_or_404(row: Meeting, seat: UUID) -> Participant:
    return get_object_or_404(Participant, pk=seat, meeting=row.pk, removed_at=None)


@GET_POST
def answer(request: HttpRequest, family: UUID, meeting: UUID, seat: UUID) -> HttpResponse:
    """One's own answer; the coordinator writes down what she is told on the telephone. One press sends no words."""
    by, row = meeting_or_404(request, family, meeting)
    found, page = _seat_or_404(row, seat), MeetingPage(row, by)
    mine = by.id in (found.person_id, found.staff_id)
    if not page.may_answer or not ((mine and page.sits_here) or page.coordinates):
        raise Http404
    said: dict[str, Any] = {"reply": found.reply, "words": found.reply_words}
    one_press = request.method == "POST" and "words" not in request.POST
    sent = answers(request)
    form = AnswerForm(
        {**sent.dict(), "words": found.reply_words} if sent is not None and one_press else sent, initial=said
    )
    seated = next(one for one in page.seats if one.id == found.pk)
    if found.person_id:
        form.fields["words"].help_text = _("The coordinator reads it, and nobody else at the table.")
    if not mine:
        form.fields["reply"].label = _("Does %(name)s come?") % {"name": seated.name}

    def act(form: AnswerForm) -> str:
        given = form.cleaned_data
        actions.answer(meeting=row, seat=seat, reply=given["reply"], words=given["words"], by=by)
        if request.POST.get("then") == "begin":
            return f"{page.address}begin/"
        return f"{page.address}#mine" if mine else f"{page.address}#table"

    return form_page(
        request,
        form,
        act,
        title=_("Your answer") if mine else seated.name,
        back=page.address,
        save=_("Send the answer") if mine else _("Save"),
    )


@GET_POST
def deputy(request: HttpRequest, family: UUID, meeting: UUID, seat: UUID) -> HttpResponse:
    """A colleague of the family's team takes a professional's seat."""
    by, row = coordinated_or_404(request, family, meeting)
    found, page = _seat_or_404(row, seat), MeetingPage(row, by)
    if not page.may_choose or found.staff_id is None:
        raise Http404
    there = set() if request.method == "POST" else {one.holder for one in page.seats}
    lines = {str(line.pk): line for line in team_of(family) if line.staff_id not in there | {found.staff_id}}
    form = DeputyForm(answers(request), lines=_lines(lines.values(), {}))
    seated = next(one for one in page.seats if one.id == found.pk)

    def act(form: DeputyForm) -> str:
        line = lines[form.cleaned_data["line"]]
        actions.invite_professional(meeting=row, line=line, instead_of=found, by=by)
        return f"{page.address}#table"

    return form_page(
        request,
        form,
        act,
        template="meetings/invite.html",
        title=_("Instead of %(name)s") % {"name": seated.name},
        lead=_("A colleague has to be on the family's team first. The family is told who comes."),
        back=f"{page.address}#table",
        team=f"{page.base}people/team/add/",
        save=_("They come instead"),
    )


@require_POST
def remove(request: HttpRequest, family: UUID, meeting: UUID, seat: UUID) -> HttpResponse:
    """Somebody shall not come after all."""
    by, row = meeting_or_404(request, family, meeting)
    found, page = _seat_or_404(row, seat), MeetingPage(row, by)
    if not page.may_choose:
        raise Http404
    actions.uninvite(meeting=row, seat=found.pk, by=by)
    return HttpResponseRedirect(f"{page.address}#table" if not _was_me(found, by) else f"{page.base}meetings/")


def _was_me(seat: Participant, by: Actor) -> bool:
    return by.id == seat.person_id
