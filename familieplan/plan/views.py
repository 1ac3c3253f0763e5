"""The family page."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from familieplan.people.guards import card_or_404
from familieplan.plan.family import base_of, family_page


@require_GET
def family(request: HttpRequest, family: UUID) -> HttpResponse:
    """One scroll, in the reader's own scope. To a professional whom nobody has said yes to yet: the card."""
    actor, opening = card_or_404(request, family, "family")
    if opening == "card":
        return redirect(f"{base_of(family)}card/")
    page = family_page(family=family, actor=actor, today=timezone.localdate())
    return render(request, "plan/family.html", {"page": page})
