"""The family's own pages: the front, what one has been told, and who has looked."""

from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from familieplan.consent import actions
from familieplan.consent.models import Notice
from familieplan.people.guards import actor_of, family_or_404
from familieplan.people.models import Person
from familieplan.portal.front import front_of
from familieplan.portal.log_words import LogInWords


@require_GET
def front(request: HttpRequest) -> HttpResponse:
    """What is new for me, and the way to everything else. Professionals have a front page of their own (desk)."""
    actor = actor_of(request)
    if not actor.is_family:
        raise Http404
    me = get_object_or_404(Person, pk=actor.id)
    by = family_or_404(request, me.family_id, "front")
    return render(
        request,
        "portal/front.html",
        {"front": front_of(me.family_id, by, timezone.localdate()), "given_name": me.given_name},
    )


@require_POST
def have_read(request: HttpRequest, notice: UUID) -> HttpResponse:
    """I have been told. It stays in the consents and in the log."""
    actor = actor_of(request)
    actions.has_been_told(notice=get_object_or_404(Notice, pk=notice, person=actor.id), by=actor)
    return HttpResponseRedirect("/")


@require_GET
def log(request: HttpRequest, family: UUID) -> HttpResponse:
    """Who has looked, in plain words. The same page for the family and for those who work with it."""
    by = family_or_404(request, family, "log")
    words = LogInWords.of(family, by, before=_instant(request.GET.get("before", "")))
    return render(request, "portal/log.html", {"family": family, "words": words, "days": words.days(), "by": by})


def _instant(text: str) -> datetime | None:
    """From the link to what was earlier; anything else is the newest."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None
