"""The family page, who can see a part of it, and what was said earlier."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from familieplan.access.drawers import readers_of_scopes
from familieplan.access.enums import Kind
from familieplan.access.models import Scope
from familieplan.people.guards import card_or_404, family_or_404, is_early
from familieplan.plan import history, sight
from familieplan.plan.beside import beside_the_plan
from familieplan.plan.choices import Choices
from familieplan.plan.family import base_of, family_page
from familieplan.plan.page import DrawerInfo
from familieplan.plan.parts import part_of_the_page


@require_GET
def family(request: HttpRequest, family: UUID) -> HttpResponse:
    """One scroll, in the reader's own scope. To a professional whom nobody has said yes to yet: the card."""
    actor, opening = card_or_404(request, family, "family")
    if opening == "card":
        return redirect(f"{base_of(family)}card/")
    if is_early(family):  # before there is a case there is no plan: its own page stands here
        return redirect(f"{base_of(family)}early/")
    if request.htmx and "part" in request.GET:  # type: ignore[attr-defined]
        return part_of_the_page(request, family, actor, request.GET["part"])
    page = family_page(family=family, actor=actor, today=timezone.localdate())
    return render(request, "plan/family.html", {"page": page, "beside": beside_the_plan(family, actor)})


@require_GET
def who(request: HttpRequest, family: UUID, drawer: int) -> HttpResponse:
    """Who can see what lies in this drawer now."""
    actor = family_or_404(request, family, "who can see")
    scope = Scope.objects.filter(pk=drawer, family_id=family).first()
    if scope is None:
        raise Http404
    choices = Choices(family, actor)
    info = DrawerInfo(
        id=scope.pk,
        kind=str(Kind(scope.category_id).label),
        about=tuple(choices.persons[str(one)].given_name for one in scope.subjects if str(one) in choices.persons),
        readers=sight.named(readers_of_scopes([scope.pk]).get(scope.pk, []), actor, family),
    )
    return render(request, "plan/who.html", {"drawer": info, "base": base_of(family)})


@require_GET
def who_will(request: HttpRequest, family: UUID) -> HttpResponse:
    """Who would see it, before it is written: asked by the form whenever an answer changes what decides it."""
    actor = family_or_404(request, family, "who can see")
    found = sight.will_see(Choices(family, actor), request.GET.getlist)
    return render(request, "plan/who_will.html", {"will_see": found})


@require_GET
def earlier(request: HttpRequest, family: UUID, row: UUID) -> HttpResponse:
    """What was said before: the words that newer ones took the place of, newest first."""
    family_or_404(request, family, "earlier words")
    found = history.earlier_words(family, row) or history.earlier_versions(family, row)
    if not found:
        raise Http404
    return render(request, "plan/earlier.html", {"found": found, "base": base_of(family)})
