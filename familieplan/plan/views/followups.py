"""How a child's plan is followed: when next, and the four questions of barnets lov § 95."""

from datetime import date
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from familieplan.access.models import Threshold
from familieplan.people.guards import family_or_404
from familieplan.people.names import Names
from familieplan.plan import actions, followups
from familieplan.plan.editing import Editing, choices_of, is_editable, must_be_editable, writer_or_404
from familieplan.plan.family import base_of
from familieplan.plan.forms import FollowUpForm
from familieplan.plan.models import FollowUp, SectorPlan


def followed_or_404(family: UUID, plan: UUID) -> SectorPlan:
    row = get_object_or_404(SectorPlan.objects.select_related("scope", "unit"), pk=plan, family_id=family)
    if not followups.is_followed(row.legal_section):
        raise Http404
    return row


def held(plan: SectorPlan) -> list[FollowUp]:
    """The latest first."""
    return list(FollowUp.objects.filter(sector_plan=plan).order_by("-held_on", "-created_at"))


def first_months() -> int:
    return Threshold.objects.get(key="child_plan_first_follow_up_months").value


def due(plan: SectorPlan, latest: FollowUp | None) -> date:
    return followups.due(plan.starts, latest.next_on if latest else None, first_months())


@require_GET
def all_of(request: HttpRequest, family: UUID, plan: UUID) -> HttpResponse:
    actor = family_or_404(request, family, "follow-ups")
    row = followed_or_404(family, plan)
    rows = held(row)
    names, questions = (
        Names(family, actor.id),
        [(name, FollowUpForm.base_fields[name].label) for name in FollowUp.QUESTIONS],
    )
    found = [
        (one, [(label, getattr(one, name) == "yes", getattr(one, f"{name}_words")) for name, label in questions])
        for one in rows
    ]
    context = {
        "plan": row,
        "whose": names.person(row.person_id),
        "due": due(row, rows[0] if rows else None),
        "first_months": first_months(),
        "today": timezone.localdate(),
        "found": found,
        "base": base_of(family),
        "may_add": is_editable(row),
    }
    return render(request, "plan/follow_ups.html", context)


def add(request: HttpRequest, family: UUID, plan: UUID) -> HttpResponse:
    """Answered by those who keep the plan; read by all who may know of it."""
    actor = writer_or_404(request, family)
    row = followed_or_404(family, plan)
    must_be_editable(row)
    page = f"plans/{plan}/follow-ups/"
    editing = Editing(
        request, family, actor, f"follow-up:{plan}", _("Follow up on the plan"), "follow-ups", page, inside=True
    )
    latest, choices = next(iter(held(row)), None), choices_of(editing)
    first = {"held_on": choices.today, "why": latest.why if latest else ""}
    form = FollowUpForm(editing.data, initial=first, choices=choices)
    editing.context = {"drawer": row.scope_id, "lead": row.name}

    def save() -> None:
        actions.follow_up(plan=row, by=actor, id=editing.id, **form.cleaned_data)

    return editing.answer(form, save)
