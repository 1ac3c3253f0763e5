"""Where the family wants to be: goals, the small steps towards them, and what becomes easier when they succeed."""

from typing import Any
from uuid import UUID, uuid5

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from familieplan.plan import actions
from familieplan.plan.editing import Editing, choices_of, formset, ids, must_be_editable, writer_or_404
from familieplan.plan.enums import Horizon, Progress
from familieplan.plan.forms import GoalForm, LinkForm, StepForm
from familieplan.plan.models import Goal, Topic

LINES = 3  # empty lines for steps


def add(request: HttpRequest, family: UUID, topic: UUID) -> HttpResponse:
    """A goal for a topic, with its first small steps."""
    actor = writer_or_404(request, family)
    of = get_object_or_404(Topic.objects.select_related("scope"), pk=topic, family_id=family)
    editing = Editing(request, family, actor, f"goal:{topic}", _("A goal"), f"topic-{topic}", inside=True)
    choices = choices_of(editing)
    about, kind = choices.about_at_first(of.scope.subjects), of.scope.category_id
    first = {"text": "", "horizon": Horizon.SHORT.value, "about": about, "kind": kind}
    form = GoalForm(editing.data, initial=first, choices=choices)
    steps = editing.context["rows"] = formset(StepForm, request, prefix="steps", extra=LINES)
    editing.context |= {"rows_title": _("Small steps towards it"), "big": True}

    def save() -> None:
        given = form.cleaned_data
        place = actions.Place(family, ids(given["about"]), given["kind"])
        goal = actions.add_goal(
            place=place,
            text=given["text"],
            by=actor,
            horizon=given["horizon"],
            topic=of,
            strategic=choices.common_goals.get(given["strategic"]),
            target_on=given["target_on"],
            id=editing.id,
        )
        _add_steps(editing, steps, goal, place)

    return editing.answer(form, save, steps)


def _add_steps(editing: Editing, steps: Any, goal: Goal, place: actions.Place) -> None:
    """Each with an id that follows from the form's: a form that is sent twice adds them once."""
    for number, line in enumerate(steps.cleaned_data):
        if line.get("text"):
            id = uuid5(editing.id, f"step {number}")
            actions.add_step(goal=goal, place=place, text=line["text"], order=number, by=editing.actor, id=id)


def values(goal: Goal) -> dict[str, Any]:
    return {
        "text": goal.text,
        "horizon": goal.horizon,
        "target_on": goal.target_on,
        "status": goal.status,
        "strategic": str(goal.strategic_id or ""),
    }


def change(request: HttpRequest, family: UUID, goal: UUID) -> HttpResponse:
    """Change a goal or a step, and add steps to a goal."""
    actor = writer_or_404(request, family)
    row = get_object_or_404(Goal.objects.select_related("scope"), pk=goal, family_id=family)
    must_be_editable(row)
    part = f"goal-{row.parent_id or goal}"
    editing = Editing(request, family, actor, f"goal:{goal}:change", _("Change"), part, row=row, values=values)
    choices = choices_of(editing)
    is_step = row.parent_id is not None
    first = values(row)
    form = GoalForm(editing.data, initial=first, choices=choices, placed=True, is_step=is_step)
    steps = formset(StepForm, request, prefix="steps", extra=LINES)
    if not is_step:
        editing.context |= {"rows": steps, "rows_title": _("More small steps")}

    def save() -> None:
        given = form.cleaned_data
        chosen = choices.common_goals.get(given.get("strategic", ""))
        fields = {"text": given["text"], "target_on": given["target_on"], "status": given["status"]}
        if not is_step:
            fields |= {"horizon": given["horizon"], "strategic": chosen}
        if given["status"] != row.status:
            fields["reached_on"] = choices.today if given["status"] == Progress.DONE else None
        actions.edit(row=row, version=editing.version, by=actor, **fields)
        if not is_step:
            _add_steps(editing, steps, row, actions.Place(family, tuple(row.scope.subjects), row.scope.category_id))

    return editing.answer(form, save, steps) if not is_step else editing.answer(form, save)


@require_POST
def step_reached(request: HttpRequest, family: UUID, goal: UUID, step: UUID) -> HttpResponse:
    """One press: the next small step is reached. Pressed twice, it is reached once."""
    actor = writer_or_404(request, family)
    row = get_object_or_404(Goal, pk=step, parent_id=goal, family_id=family)
    must_be_editable(row)
    editing = Editing(request, family, actor, key="step", part=f"goal-{goal}")
    if row.status != Progress.DONE:
        actions.move_goal(goal=row, status=Progress.DONE, on=choices_of(editing).today, by=actor)
    return editing.done(editing.part)


def link(request: HttpRequest, family: UUID, goal: UUID) -> HttpResponse:
    """What becomes easier for whom when this goal succeeds."""
    actor = writer_or_404(request, family)
    row = get_object_or_404(Goal.objects.select_related("scope"), pk=goal, family_id=family)
    editing = Editing(request, family, actor, f"goal:{goal}:helps", row.text[:80], f"goal-{goal}", inside=True)
    choices = choices_of(editing)
    first = {"why": ""}
    form = LinkForm(editing.data, initial=first, choices=choices, goals=choices.other_goals(row))

    def save() -> None:
        helps = Goal.objects.select_related("scope").get(pk=form.cleaned_data["helps"])
        about = {*row.scope.subjects, *helps.scope.subjects}
        place = actions.Place(family, tuple(sorted(about)), row.scope.category_id)
        why = form.cleaned_data["why"]
        actions.link_goals(goal=row, helps=helps, why=why, place=place, by=actor, id=editing.id)

    return editing.answer(form, save)
