"""Who does what by when, and how it went."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from familieplan.access.actor import Actor
from familieplan.access.enums import Kind
from familieplan.people.guards import family_or_404
from familieplan.people.models import Person
from familieplan.people.names import Names
from familieplan.plan import actions
from familieplan.plan.editing import Editing, choices_of, ids, must_be_editable, writer_or_404
from familieplan.plan.enums import Progress
from familieplan.plan.family import base_of
from familieplan.plan.forms import AgreementForm, LaterForm, ReportForm
from familieplan.plan.models import Agreement, Topic
from familieplan.plan.queries import STAYS

A_WHILE = timedelta(days=14)  # suggested; any later day can be chosen
SAYS_HOW = (
    "first_step",
    "review_on",
    "stop_rule",
)  # how one begins, and of a trial: when it is looked at, what ends it


def add(request: HttpRequest, family: UUID, topic: UUID | None = None) -> HttpResponse:
    """An agreement, under a topic or for the family as a whole."""
    actor = writer_or_404(request, family)
    of = get_object_or_404(Topic.objects.select_related("scope"), pk=topic, family_id=family) if topic else None
    part = f"topic-{topic}" if of else "agreements"
    key = f"agreement:{topic or 'all'}"
    editing = Editing(request, family, actor, key, _("What we agree"), part, inside=True)
    choices = choices_of(editing)
    about = choices.about_at_first(of.scope.subjects if of else ())
    kind = of.scope.category_id if of else Kind.PLAN.value
    form = AgreementForm(editing.data, initial={"what": "", "about": about, "kind": kind}, choices=choices)

    def save() -> None:
        given = form.cleaned_data
        actions.agree(
            place=actions.Place(family, ids(given["about"]), given["kind"]),
            what=given["what"],
            doer=choices.doer(given["doer"]),
            due_on=given["due_on"],
            **{name: given[name] for name in SAYS_HOW},
            by=actor,
            topic=of,
            id=editing.id,
        )

    return editing.answer(form, save)


def doer_of(row: Agreement, names: Names) -> str:
    if row.doer_person_id:
        return names.person(row.doer_person_id)
    return row.doer_staff.name if row.doer_staff else ""


@require_GET
def earlier(request: HttpRequest, family: UUID) -> HttpResponse:
    """What was agreed once: done more than a month ago, or given up. The latest first."""
    actor = family_or_404(request, family, "earlier words")
    names, today = Names(family, actor.id), timezone.localdate()
    over = Q(done_on__lte=today - timedelta(days=STAYS)) | Q(status=Progress.DROPPED)
    rows = Agreement.objects.filter(over, family_id=family)
    found = [
        (row, doer_of(row, names))
        for row in rows.select_related("doer_staff").order_by(F("done_on").desc(nulls_last=True), "-due_on")
    ]
    values = {"found": found, "base": base_of(family), "dropped": Progress.DROPPED}
    return render(request, "plan/earlier_agreements.html", values)


def values(agreement: Agreement) -> dict[str, Any]:
    return {
        "what": agreement.what,
        "doer": str(agreement.doer_person_id or agreement.doer_staff_id),
        "due_on": agreement.due_on,
        "status": agreement.status,
        **{name: getattr(agreement, name) for name in SAYS_HOW},
    }


def _comes_from(editing: Editing) -> Editing:
    """The same form stands on the family page and among everybody's agreements."""
    editing.page = "tasks/" if editing.request.GET.get("from") == "tasks" else ""
    return editing


def change(request: HttpRequest, family: UUID, agreement: UUID) -> HttpResponse:
    actor = writer_or_404(request, family)
    row = get_object_or_404(Agreement, pk=agreement, family_id=family)
    must_be_editable(row)
    key, part = f"agreement:{agreement}:change", f"agreement-{agreement}"
    editing = _comes_from(Editing(request, family, actor, key, _("Change"), part, row=row, values=values))
    choices = choices_of(editing)
    form = AgreementForm(editing.data, initial=values(row), choices=choices, placed=True)
    form.keeps(values(row)["doer"])

    def save() -> None:
        given = form.cleaned_data
        fields = {name: given[name] for name in ("what", "due_on", "status", *SAYS_HOW)}
        if "doer" in form.changed_data:
            doer = choices.doer(given["doer"])
            by_person = isinstance(doer, Person)
            fields |= {"doer_person": doer if by_person else None, "doer_staff": None if by_person else doer}
        if given["status"] != row.status:
            fields["done_on"] = choices.today if given["status"] == Progress.DONE else None
        actions.edit(row=row, version=editing.version, by=actor, **fields)

    return editing.answer(form, save)


def reported(agreement: Agreement) -> dict[str, Any]:
    return {"status": agreement.status, "word": agreement.word}


def report(request: HttpRequest, family: UUID, agreement: UUID) -> HttpResponse:
    """How it went, said by whoever took it on or whoever keeps the agreement."""
    actor = writer_or_404(request, family)
    row = _to_report(family, agreement, actor)
    key, part = f"agreement:{agreement}:done", f"agreement-{agreement}"
    editing = _comes_from(Editing(request, family, actor, key, row.what[:80], part, row=row, values=reported))
    choices = choices_of(editing)
    form = ReportForm(editing.data, initial={**reported(row), "status": Progress.DONE}, choices=choices)

    def save() -> None:
        status, word = form.cleaned_data["status"], form.cleaned_data["word"]
        actions.report(agreement=row, status=status, on=choices.today, word=word, by=actor, version=editing.version)

    return editing.answer(form, save)


def _to_report(family: UUID, agreement: UUID, actor: Actor) -> Agreement:
    row = get_object_or_404(Agreement, pk=agreement, family_id=family)
    if actor.id not in (row.doer_person_id, row.doer_staff_id):
        must_be_editable(row)
    return row


def later(request: HttpRequest, family: UUID, agreement: UUID) -> HttpResponse:
    """More time: another day, and why. Asked for by whoever took it on, or given by whoever keeps the agreement."""
    actor = writer_or_404(request, family)
    row = _to_report(family, agreement, actor)
    key, part = f"agreement:{agreement}:later", f"agreement-{agreement}"
    editing = Editing(request, family, actor, key, row.what[:80], part, row=row, values=_until)

    def save(day: date, word: str) -> None:
        actions.give_time(agreement=row, until=day, word=word, by=actor, version=editing.version)

    return _another_day(editing, _("By which day instead?"), row.due_on, save)


def go_on(request: HttpRequest, family: UUID, agreement: UUID) -> HttpResponse:
    """A trial that goes on, and when we look at it again. It is decided by those who keep the agreement."""
    actor = writer_or_404(request, family)
    row = get_object_or_404(Agreement, pk=agreement, family_id=family, review_on__isnull=False)
    must_be_editable(row)
    key, part = f"agreement:{agreement}:go-on", f"agreement-{agreement}"
    editing = Editing(request, family, actor, key, row.what[:80], part, row=row, values=_looked_at)

    def save(day: date, word: str) -> None:
        actions.go_on(agreement=row, review_on=day, word=word, by=actor, version=editing.version)

    return _another_day(editing, _("When do we look at it again?"), row.review_on or row.due_on, save)


def _another_day(editing: Editing, asks: str, after: date, act: Callable[[date, str], None]) -> HttpResponse:
    choices = choices_of(editing)
    first = editing.values(editing.row) | {"day": max(after, choices.today) + A_WHILE}
    if editing.version != editing.row.version:  # moved since: the same form once more, or both days are shown
        after = date.min
    form = LaterForm(editing.data, initial=first, choices=choices, asks=asks, after=after)
    return _comes_from(editing).answer(form, lambda: act(form.cleaned_data["day"], form.cleaned_data["word"]))


def _until(agreement: Agreement) -> dict[str, Any]:
    return {"day": agreement.due_on, "word": agreement.word}


def _looked_at(agreement: Agreement) -> dict[str, Any]:
    return {"day": agreement.review_on, "word": agreement.word}
