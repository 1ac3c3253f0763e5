"""Everything that is going on: interventions with their weekly times, and pointers to the departments' own plans."""

from typing import Any
from uuid import UUID, uuid5

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from familieplan.access.enums import Kind
from familieplan.people.models import Person
from familieplan.plan import actions
from familieplan.plan.editing import Editing, choices_of, formset, ids, must_be_editable, writer_or_404
from familieplan.plan.forms import InterventionForm, SectorPlanForm, TimeForm, WeekForm
from familieplan.plan.models import Intervention, SectorPlan, WeeklyTime
from familieplan.plan.times import week_in_words

LINES = 2  # empty lines for weekly times


def add_intervention(request: HttpRequest, family: UUID) -> HttpResponse:
    actor = writer_or_404(request, family)
    editing = Editing(request, family, actor, "effort", _("Something that is going on"), "everything", inside=True)
    choices = choices_of(editing)
    unit = choices.my_unit()
    kind = unit.category if unit else Kind.PLAN.value
    about = choices.about_at_first(())
    first = {"title": "", "purpose": "", "unit": str(unit.pk) if unit else "", "about": about, "kind": kind}
    form = InterventionForm(editing.data, initial=first | {"starts": choices.today}, choices=choices)
    times = _times(editing)

    def save() -> None:
        given = form.cleaned_data
        row = actions.add_intervention(
            place=actions.Place(family, ids(given["about"]), given["kind"]),
            title=given["title"],
            unit=choices.open_units[given["unit"]],
            starts=given["starts"],
            ends=given["ends"],
            legal_section=given["legal_section"],
            purpose=given["purpose"],
            by=actor,
            id=editing.id,
        )
        _add_times(editing, times, row, given["kind"], choices.persons)

    return editing.answer(form, save, times)


def _times(editing: Editing) -> Any:
    kwargs = {"choices": choices_of(editing)}
    lines = formset(TimeForm, editing.request, prefix="times", extra=LINES, form_kwargs=kwargs)
    editing.context |= {"rows": lines, "rows_title": _("When in the week?")}
    return lines


def _add_times(editing: Editing, lines: Any, row: Intervention, kind: str, persons: dict[str, Person]) -> None:
    for number, line in enumerate(lines.cleaned_data):
        if line.get("weekday"):
            actions.add_weekly_time(
                person=persons[line["person"]],
                kind=kind,
                weekday=line["weekday"],
                weeks=line["weeks"] or "every",
                starts_at=line["starts_at"],
                ends_at=line["ends_at"],
                at=line["place"],
                intervention=row,
                by=editing.actor,
                id=uuid5(editing.id, f"time {number}"),
            )


def values(row: Intervention) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("title", "purpose", "legal_section", "starts", "ends")}


def change_intervention(request: HttpRequest, family: UUID, intervention: UUID) -> HttpResponse:
    """A weekly time that changes is stopped, and the new one written below: what was stays to be read."""
    actor = writer_or_404(request, family)
    row = get_object_or_404(Intervention.objects.select_related("scope"), pk=intervention, family_id=family)
    must_be_editable(row)
    key, part = f"effort:{intervention}", f"effort-{intervention}"
    editing = Editing(request, family, actor, key, _("Change"), part, row=row, values=values)
    choices = choices_of(editing)
    standing = {str(time.pk): time for time in WeeklyTime.objects.filter(intervention=row, stopped_on=None)}
    form = InterventionForm(
        editing.data,
        initial=values(row),
        choices=choices,
        placed=True,
        times=[(id, in_words(time)) for id, time in standing.items()],
    )
    times = _times(editing)

    def save() -> None:
        given = form.cleaned_data
        fields = {name: given[name] for name in values(row)}
        actions.edit(row=row, version=editing.version, by=actor, **fields)
        for id in given.get("stopped", ()):
            actions.edit(row=standing[id], version=standing[id].version, by=actor, stopped_on=choices.today)
        _add_times(editing, times, row, row.scope.category_id, choices.persons)

    return editing.answer(form, save, times)


def in_words(time: WeeklyTime) -> str:
    said = week_in_words(
        [
            {
                "starts_at": time.starts_at.isoformat(),
                "ends_at": time.ends_at.isoformat(),
                "weeks": time.weeks,
                "weekday": time.weekday,
            }
        ]
    )
    return f"{said}, {time.place}" if time.place else said


def add_time(request: HttpRequest, family: UUID) -> HttpResponse:
    """School, work, sport: a time that belongs to no intervention lies in a drawer of its own."""
    actor = writer_or_404(request, family)
    editing = Editing(request, family, actor, "time", _("A weekly time"), "week", inside=True)
    choices = choices_of(editing)
    first = {"title": "", "kind": Kind.FAMILY_LIFE.value, "person": str(actor.id)}
    form = WeekForm(editing.data, initial=first, choices=choices)

    def save() -> None:
        given = dict(form.cleaned_data)
        person, at = choices.person(given.pop("person")), given.pop("place")
        actions.add_weekly_time(person=person, at=at, by=actor, id=editing.id, **given)

    return editing.answer(form, save)


def time_values(row: WeeklyTime) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("title", "weekday", "weeks", "starts_at", "ends_at")}


def change_time(request: HttpRequest, family: UUID, time: UUID) -> HttpResponse:
    actor = writer_or_404(request, family)
    row = get_object_or_404(WeeklyTime, pk=time, family_id=family, intervention=None)
    must_be_editable(row)
    editing = Editing(request, family, actor, f"time:{time}", _("Change"), "week", row=row, values=time_values)
    choices = choices_of(editing)
    form = WeekForm(editing.data, initial=time_values(row), choices=choices, placed=True)

    def save() -> None:
        fields = dict(form.cleaned_data)
        if fields.pop("stopped"):
            fields["stopped_on"] = choices.today
        actions.edit(row=row, version=editing.version, by=actor, **fields)

    return editing.answer(form, save)


def add_plan(request: HttpRequest, family: UUID) -> HttpResponse:
    """A pointer to a department's own plan; the plan stays where it is."""
    actor = writer_or_404(request, family)
    editing = Editing(request, family, actor, "plan", _("Point to a plan"), "everything", inside=True)
    choices = choices_of(editing)
    unit = choices.my_unit()
    first = {"name": "", "unit": str(unit.pk) if unit else "", "starts": choices.today}
    form = SectorPlanForm(editing.data, initial=first, choices=choices)

    def save() -> None:
        given = dict(form.cleaned_data)
        person, unit = choices.person(given.pop("person")), choices.open_units[given.pop("unit")]
        actions.add_sector_plan(person=person, unit=unit, by=actor, id=editing.id, **given)

    return editing.answer(form, save)


def plan_values(row: SectorPlan) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("name", "legal_section", "kept_in", "starts", "ends")}


def change_plan(request: HttpRequest, family: UUID, plan: UUID) -> HttpResponse:
    actor = writer_or_404(request, family)
    row = get_object_or_404(SectorPlan, pk=plan, family_id=family)
    must_be_editable(row)
    editing = Editing(request, family, actor, f"plan:{plan}", _("Change"), f"plan-{plan}", row=row, values=plan_values)
    choices = choices_of(editing)
    form = SectorPlanForm(editing.data, initial=plan_values(row), choices=choices, placed=True)

    def save() -> None:
        actions.edit(row=row, version=editing.version, by=actor, **form.cleaned_data)

    return editing.answer(form, save)
