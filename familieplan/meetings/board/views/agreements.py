"""Who does what by when, agreed at the board; as a trial, when it is looked at again and what would end it."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from familieplan.meetings.board.forms import Agree
from familieplan.meetings.board.views.words import placed_as
from familieplan.meetings.board.writing import Writing, on_the_agenda, prompts_for, topic_here, writer_or_404
from familieplan.meetings.boards import AGREEMENTS
from familieplan.people.models import Person
from familieplan.plan import actions
from familieplan.plan.editing import choices_of, ids, must_be_editable
from familieplan.plan.enums import Progress
from familieplan.plan.models import Agreement


def agree(request: HttpRequest, family: UUID, meeting: UUID, topic: UUID) -> HttpResponse:
    actor, found = writer_or_404(request, family, meeting)
    of = on_the_agenda(found, topic)
    key = f"board:{found.pk.hex[:12]}:{topic.hex}:agree"
    writing = Writing(request, family, actor, key, _("What we agree"), meeting=found, topic=topic)
    writing.context |= {"prompts": prompts_for(found, AGREEMENTS), "of": of.title}
    choices = choices_of(writing)
    form = Agree(writing.data, initial=placed_as(of, choices) | {"what": ""}, choices=choices, auto_id=writing.ids)

    def save() -> None:
        given = form.cleaned_data
        actions.agree(
            place=actions.Place(family, ids(given["about"]), given["kind"]),
            what=given["what"],
            doer=choices.doer(given["doer"]),
            due_on=given["due_on"],
            first_step=given["first_step"],
            review_on=given["review_on"],
            stop_rule=given["stop_rule"],
            by=actor,
            topic=of,
            occasion=found.pk,
            id=writing.id,
        )

    return writing.answer_here(form, save)


def values(row: Agreement) -> dict[str, Any]:
    return {
        "what": row.what,
        "doer": str(row.doer_person_id or row.doer_staff_id),
        "due_on": row.due_on,
        "first_step": row.first_step,
        "review_on": row.review_on,
        "stop_rule": row.stop_rule,
        "status": row.status,
    }


def change(request: HttpRequest, family: UUID, meeting: UUID, agreement: UUID) -> HttpResponse:
    """Put right what was agreed, by whoever keeps it; or, of an older one, say how it went."""
    actor, found = writer_or_404(request, family, meeting)
    row = get_object_or_404(Agreement, pk=agreement, family_id=family)
    must_be_editable(row)
    here = topic_here(found, row.topic_id)
    writing = Writing(
        request, family, actor, f"agreement:{agreement}:change", _("What we agree"),
        row=row, values=values, meeting=found, topic=here.pk if here else None,
    )  # fmt: skip
    writing.context["of"] = here.title if here else ""
    choices = choices_of(writing)
    form = Agree(writing.data, initial=values(row), choices=choices, placed=True, auto_id=writing.ids)
    form.keeps(values(row)["doer"])

    def save() -> None:
        given = form.cleaned_data
        same = ("what", "due_on", "first_step", "review_on", "stop_rule", "status")
        fields = {name: given[name] for name in same}
        if "doer" in form.changed_data:
            doer = choices.doer(given["doer"])
            by_person = isinstance(doer, Person)
            fields |= {"doer_person": doer if by_person else None, "doer_staff": None if by_person else doer}
        if given["status"] != row.status:
            fields["done_on"] = choices.today if given["status"] == Progress.DONE else None
        actions.edit(row=row, version=writing.version, by=actor, **fields)

    return writing.answer_here(form, save)
