"""What fills the family: topics."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from familieplan.access.enums import Kind
from familieplan.plan import actions
from familieplan.plan.editing import Editing, choices_of, ids, must_be_editable, writer_or_404
from familieplan.plan.forms import TopicForm
from familieplan.plan.models import Topic


def add(request: HttpRequest, family: UUID) -> HttpResponse:
    actor = writer_or_404(request, family)
    editing = Editing(
        request, family, actor, key="topic", title=_("Something that fills you"), part="topics", inside=True
    )
    choices = choices_of(editing)
    first = {"title": "", "about": choices.about_at_first(()), "kind": Kind.FAMILY_LIFE.value}
    form = TopicForm(editing.data, initial=first, choices=choices)

    def save() -> None:
        given = form.cleaned_data
        place = actions.Place(family, ids(given["about"]), given["kind"])
        actions.add_topic(place=place, title=given["title"], by=actor, id=editing.id)

    return editing.answer(form, save)


def values(topic: Topic) -> dict[str, Any]:
    return {"title": topic.title, "settled": topic.closed_on is not None}


def change(request: HttpRequest, family: UUID, topic: UUID) -> HttpResponse:
    actor = writer_or_404(request, family)
    row = get_object_or_404(Topic, pk=topic, family_id=family)
    must_be_editable(row)
    editing = Editing(request, family, actor, f"topic:{topic}", _("Change"), f"topic-{topic}", row=row, values=values)
    choices = choices_of(editing)
    form = TopicForm(editing.data, initial=values(row), choices=choices, placed=True)

    def save() -> None:
        closed_on = (row.closed_on or choices.today) if form.cleaned_data["settled"] else None
        title = form.cleaned_data["title"]
        actions.edit(row=row, version=editing.version, by=actor, title=title, closed_on=closed_on)

    return editing.answer(form, save)
