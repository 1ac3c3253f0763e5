"""Which of these times suits you? Asked by the coordinator, answered by each, read by the coordinator as one table."""

from types import SimpleNamespace
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from familieplan.access.actor import Actor
from familieplan.meetings import asking
from familieplan.meetings.calendar.suiting import weigh
from familieplan.meetings.models import MOST_TIMES, Meeting, Participant, Poll, PollAnswer
from familieplan.meetings.preparing import times
from familieplan.meetings.preparing.answered import answers_to, newest, open_poll
from familieplan.meetings.preparing.page import MeetingPage
from familieplan.meetings.preparing.poll_forms import AskForm, SuitsForm
from familieplan.meetings.preparing.views import GET_POST, address_of, coordinated_or_404
from familieplan.people.guards import card_or_404, coordinates
from familieplan.people.names import Names
from familieplan.people.pages import answers, form_page, once
from familieplan.people.records import Conflict
from familieplan.ui.dates import moment


@GET_POST
def ask(request: HttpRequest, family: UUID, meeting: UUID) -> HttpResponse:
    """The coordinator asks everybody at the table; the best times that are known stand there already."""
    by, row = coordinated_or_404(request, family, meeting)
    page = MeetingPage(row, by)
    if not page.stage.is_ahead or (request.method == "GET" and open_poll(meeting)):
        raise Http404
    found = times.best_times(page)
    first = [(timezone.localtime(one.starts_at), one.why) for one in found.proposals[:MOST_TIMES]]
    form = AskForm(answers(request), proposed=first, against=lambda starts: times.against(page, starts, row.minutes))

    def act(form: AskForm) -> str | None:
        if form.collides_anew():
            return None
        try:
            asking.ask_for_times(meeting=row, times=form.times, by=by, id=once(request))
        except Conflict as conflict:
            raise Conflict(AskForm.stands(conflict.current.times)) from None
        messages.success(request, _("They are asked. Here you see who answers what."))
        return f"{page.address}poll/"

    return form_page(
        request,
        form,
        act,
        template="meetings/poll_ask.html",
        title=_("Ask which times suit"),
        lead=_("Everybody at the table is asked, the family too. The mail says only that there is something for them."),
        back=f"{page.address}time/",
        save=_("Ask them"),
    )


@require_GET
def show(request: HttpRequest, family: UUID, meeting: UUID) -> HttpResponse:
    """The answers, for the coordinator: who says what, and the times in the order they suit."""
    by, row = coordinated_or_404(request, family, meeting)
    poll = open_poll(meeting)
    page = MeetingPage(row, by)
    if poll is None or not page.stage.is_ahead:
        return HttpResponseRedirect(page.address)
    said = answers_to(poll, page)
    collides = times.against(page, poll.times, poll.minutes, {str(holder) for holder in newest(poll)})
    return render(request, "meetings/poll.html", {
        "page": page, "poll": poll, "rows": said, "today": timezone.localdate(), "now": timezone.now(),
        "options": weigh(poll.times, [one.answer for one in said], timezone.now(), collides),
        "compared": any(not one.answer.waits for one in said),
        "waiting": [one.answer.name for one in said if one.answer.waits],
    })  # fmt: skip


@GET_POST
def mine(request: HttpRequest, family: UUID, meeting: UUID) -> HttpResponse:
    """One's own answer. Who is asked before the agenda is out learns here when, and how long; nothing else."""
    by, _opening = card_or_404(request, family, "meeting")
    poll, knows = open_poll(meeting), Meeting.objects.filter(pk=meeting, family_id=family).exists()
    back = f"/families/{family}/meetings/{meeting}/" if knows else "/"
    if poll is None:
        last = Poll.objects.filter(meeting=meeting, family_id=family).order_by("created_at", "pk").last()
        if last is None:
            raise Http404
        found = _("The meeting is %(when)s.") % {"when": moment(last.set_to)} if last.set_to else ""
        messages.success(request, found or _("Nobody is asked about these times any more. Thank you."))
        return HttpResponseRedirect(back)
    if by.id is None or not _is_asked(poll, by):
        raise Http404
    return _answer(request, poll, by.id, by, back=back, title=_("Which times suit you?"))


@GET_POST
def written_down(request: HttpRequest, family: UUID, meeting: UUID, seat: UUID) -> HttpResponse:
    """What somebody told the coordinator; it says so, and they hear of it."""
    by, row = coordinated_or_404(request, family, meeting)
    poll, page = open_poll(meeting), MeetingPage(row, by)
    whose = next((one for one in page.seats if one.id == seat and one.holder), None)
    if poll is None or whose is None or whose.holder is None:
        raise Http404
    title = _("Which times suit %(name)s?") % {"name": whose.name}
    return _answer(request, poll, whose.holder, by, back=f"{page.address}poll/", title=title)


@require_POST
def stop(request: HttpRequest, family: UUID, meeting: UUID) -> HttpResponse:
    """Nobody is asked any more. Pressed twice, it is closed once."""
    by, row = coordinated_or_404(request, family, meeting)
    if poll := open_poll(meeting):
        asking.stop_asking(poll=poll, by=by)
    return HttpResponseRedirect(address_of(row))


def _is_asked(poll: Poll, by: Actor) -> bool:
    """Whoever sees the question has a seat; only the coordinator may be without one."""
    seats = Participant.objects.filter(meeting=poll.meeting_id, removed_at=None, staff=by.id)
    return not coordinates(poll.family_id, by) or seats.exists()


def _answer(request: HttpRequest, poll: Poll, holder: UUID, by: Actor, *, back: str, title: str) -> HttpResponse:
    names, now, is_mine = Names(poll.family_id, by.id), timezone.now(), holder == by.id
    week = times.week_of(poll.family_id, names)
    asked = [
        (number, capfirst(moment(at)), times.conflicts_in(week, at, poll.minutes, [str(holder)]))
        for number, at in enumerate(poll.times)
        if at > now
    ]
    before = newest(poll).get(holder)
    initial = SuitsForm.stands(before) if before else {}
    form = SuitsForm(answers(request), asked=asked, initial=initial, is_mine=is_mine)

    def act(form: SuitsForm) -> str | None:
        says = [form.cleaned_data.get(f"time_{number}", "") for number in range(len(poll.times))]
        words = form.cleaned_data["words"]
        try:
            asking.answer_times(poll=poll, holder=holder, says=says, words=words, by=by, id=once(request))
        except Conflict as conflict:
            raise Conflict(_shown(conflict.current)) from None
        messages.success(
            request, _("Thank you. The coordinator sees your answer.") if is_mine else _("It is written down.")
        )
        return back

    return form_page(
        request,
        form,
        act,
        title=title,
        lead=_("A meeting of %(n)d minutes is being planned. You can change your answer until a time is found.")
        % {"n": poll.minutes}
        if is_mine
        else _("Write down what you were told. It stands there that you wrote it."),
        back=back,
        save=_("Send the answer") if is_mine else _("Save"),
        notes=[] if asked else [_("The times have passed. The coordinator will have to ask again.")],
    )


def _shown(row: PollAnswer) -> SimpleNamespace:
    return SimpleNamespace(created_at=row.created_at, **SuitsForm.stands(row))
