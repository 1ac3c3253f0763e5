"""The people around the family, and whether the municipality may get in touch with them."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from familieplan.plan import actions
from familieplan.plan.editing import Editing, choices_of, must_be_editable, writer_or_404
from familieplan.plan.forms import NetworkForm
from familieplan.plan.models import NetworkPerson


def add(request: HttpRequest, family: UUID) -> HttpResponse:
    actor = writer_or_404(request, family)
    title = _("Somebody who means something to you") if actor.is_family else _("Somebody who means something to them")
    editing = Editing(request, family, actor, "network", title, "around", inside=True)
    choices = choices_of(editing)
    me = choices.about_at_first(())
    first = {"name": "", "relation_words": "", "person": me[0] if me else ""}
    form = NetworkForm(editing.data, initial=first, choices=choices)

    def save() -> None:
        given = dict(form.cleaned_data)
        actions.add_network_person(of=choices.person(given.pop("person")), by=actor, id=editing.id, **given)

    return editing.answer(form, save)


def values(row: NetworkPerson) -> dict[str, Any]:
    said = {name: getattr(row, name) for name in ("name", "relation_words", "phone", "may_contact")}
    return said | {"removed": row.removed_on is not None}


def change(request: HttpRequest, family: UUID, person: UUID) -> HttpResponse:
    actor = writer_or_404(request, family)
    row = get_object_or_404(NetworkPerson, pk=person, family_id=family)
    must_be_editable(row)
    editing = Editing(
        request, family, actor, f"network:{person}", _("Change"), f"contact-{person}", row=row, values=values
    )
    choices = choices_of(editing)
    form = NetworkForm(editing.data, initial=values(row), choices=choices, placed=True)

    def save() -> None:
        fields = dict(form.cleaned_data)
        fields["removed_on"] = choices.today if fields.pop("removed") else None
        actions.edit(row=row, version=editing.version, by=actor, **fields)

    return editing.answer(form, save)
