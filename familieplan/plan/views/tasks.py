"""Everybody's agreements, between the meetings."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from familieplan.people.guards import family_or_404
from familieplan.plan.family import family_page
from familieplan.plan.parts import part_of_the_page
from familieplan.plan.tasks import by_doer


@require_GET
def tasks(request: HttpRequest, family: UUID) -> HttpResponse:
    """Every agreement the reader may see; with ``who``, those of one person."""
    actor = family_or_404(request, family, "tasks")
    if request.htmx and "part" in request.GET:  # type: ignore[attr-defined]
        return part_of_the_page(request, family, actor, request.GET["part"])
    page = family_page(family=family, actor=actor, today=timezone.localdate())
    doers = by_doer(page.agreements, page.today)
    wanted = request.GET.get("who", "")
    shown = [one for one in doers if one.key == wanted] or doers
    return render(request, "plan/tasks.html", {"page": page, "doers": doers, "shown": shown, "who": wanted})
