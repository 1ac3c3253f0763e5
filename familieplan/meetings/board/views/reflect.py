"""Do you still agree? Asked a few days after the meeting, answered by oneself or written down by the coordinator."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from familieplan.access.drawers import NotYourDrawer
from familieplan.meetings import actions
from familieplan.meetings.board.forms import StillAgree
from familieplan.meetings.board.seat import at_the_table, writer_at_the_table
from familieplan.meetings.board.talk import who_agrees
from familieplan.meetings.enums import Stage
from familieplan.meetings.reading import when_in_words
from familieplan.people.guards import coordinates
from familieplan.people.models import Person
from familieplan.people.pages import answers, form_page, once
from familieplan.plan.editing import cannot_write_there
from familieplan.plan.family import base_of


@require_GET
def talk(request: HttpRequest, family: UUID, meeting: UUID) -> HttpResponse:
    actor, row = at_the_table(request, family, meeting, "meeting")
    if Stage(row.stage) not in (Stage.ENDED, Stage.CLOSED):
        raise Http404
    said = who_agrees(row, actor, leads=coordinates(family, actor))
    values = {"talk": said, "base": f"{base_of(family)}meetings/{meeting}/", "when": when_in_words(row)}
    return render(request, "meetings/talk.html", values)


def answer(request: HttpRequest, family: UUID, meeting: UUID, person: UUID) -> HttpResponse:
    actor, row = writer_at_the_table(request, family, meeting)
    said = who_agrees(row, actor, leads=coordinates(family, actor))
    one = next((one for one in said if one.person == person and one.may_answer), None)
    if one is None or Stage(row.stage) not in (Stage.ENDED, Stage.CLOSED):
        raise Http404
    form = StillAgree(answers(request), is_me=one.is_me)
    back = f"{base_of(family)}meetings/{meeting}/reflect/"

    def act(form: StillAgree) -> str | None:
        given = form.cleaned_data
        try:
            actions.reflect(
                meeting=row, person=Person.objects.get(pk=person), agrees=given["answer"], why=given["why"],
                by=actor, id=once(request),
            )  # fmt: skip
        except NotYourDrawer:
            form.add_error(None, cannot_write_there(actor))
            return None
        return back

    title = _("Do you still agree?") if one.is_me else _("Does %(name)s still agree?") % {"name": one.name}
    lead = _("With what was agreed at the meeting. Both answers are good answers. Only the coordinator reads it.")
    return form_page(request, form, act, title=title, lead=lead, back=back)
