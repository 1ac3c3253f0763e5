"""The first line of every view about an early course: opened and logged, or it does not exist."""

from uuid import UUID

from django.http import Http404, HttpRequest

from familieplan.early.reading import EarlyPage, standing_of
from familieplan.people.guards import family_or_404


def early_or_404(request: HttpRequest, family: UUID) -> EarlyPage:
    """For those of the family, and those who work with it; of an ordinary course there is no such page."""
    by = family_or_404(request, family, "family")
    standing = standing_of(family)
    if standing is None:
        raise Http404
    return EarlyPage(family, by, standing)


def led_or_404(request: HttpRequest, family: UUID) -> EarlyPage:
    """Its contact's own pages; for everybody else they do not exist."""
    page = early_or_404(request, family)
    if not page.leads:
        raise Http404
    return page
