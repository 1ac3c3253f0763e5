"""The desk: my day, my families, the minimal card and search for professionals; figures for leaders."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from familieplan.access.models import Threshold
from familieplan.audit import log
from familieplan.consent.asking import as_answered, my_questions
from familieplan.consent.enums import RequestStatus
from familieplan.desk import emergencies, figures, reading
from familieplan.desk.day import my_day
from familieplan.desk.meetings import my_meetings, my_polls, who_disagrees
from familieplan.desk.search import SHORTEST, cleaned
from familieplan.desk.search import search as search_for
from familieplan.early.reading import starts_for
from familieplan.people.guards import actor_of, card_or_404, role_or_404

CASE_STAFF = ("coordinator", "professional")


@require_GET
def day(request: HttpRequest) -> HttpResponse:
    """What needs me. Whoever leads or administers, and nothing else, has no families to look after."""
    actor = actor_of(request)
    if not actor.has(*CASE_STAFF):
        return redirect("desk:leader" if actor.has("leader") else "desk:administration")
    log.open_list("my day")
    me, today = actor.id, timezone.localdate()
    mine = my_day(
        today=today,
        families=reading.my_families(me=me, today=today),
        tasks=reading.my_tasks(me=me, today=today),
        requests=reading.open_requests(me=me, today=today),
        unsigned=reading.unsigned(me=me, today=today),
        emergencies=emergencies.unread(me=me),
        answers=reading.answers(me=me, today=today),
        promised=reading.promised(me=me, today=today),
        taken_back=reading.taken_back(me=me, today=today),
        meetings=my_meetings(me=me),
        agenda_days=Threshold.objects.get(key="agenda_out_days").value,
        polls=my_polls(me=me),
        disagree=who_disagrees(),
        trials=reading.trials(me=me, today=today),
        follow_ups=reading.follow_ups(me=me, today=today),
        moved=reading.moved(me=me, today=today),
    )
    return render(request, "desk/day.html", {"day": mine, "starts_early": bool(starts_for(actor))})


@require_GET
def families(request: HttpRequest) -> HttpResponse:
    actor = role_or_404(request, *CASE_STAFF)
    log.open_list("my families")
    today = timezone.localdate()
    rows = reading.my_families(me=actor.id, today=today)
    return render(
        request, "desk/families.html", {"rows": rows, "today": today, "starts_early": bool(starts_for(actor))}
    )


@require_GET
def card(request: HttpRequest, family: UUID) -> HttpResponse:
    """On the team, and nobody has said yes yet: that there is a coordinator and how to reach her. Nothing else."""
    actor, opening = card_or_404(request, family, "card")
    if opening == "full":
        return redirect(f"/families/{family}/")
    asked = my_questions(family, actor)
    context = {
        "family": family,
        "coordinators": reading.coordinators(),
        "notes": [as_answered(row) for row in asked],
        "may_ask": sum(row.status == RequestStatus.OPEN for row in asked) < len(actor.units),
    }
    return render(request, "desk/card.html", context)


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    role_or_404(request, *CASE_STAFF)
    words = cleaned(request.GET.get("q", ""))
    too_short = 0 < len(words) < SHORTEST
    log.open_list("search")
    found = search_for(words) if len(words) >= SHORTEST else []
    return render(request, "desk/search.html", {"words": words, "found": found, "too_short": too_short})


@require_GET
def leader(request: HttpRequest) -> HttpResponse:
    """Aggregates only: there is no way from here to a family."""
    role_or_404(request, "leader")
    least = Threshold.objects.get(key="fewest_in_a_figure").value
    return render(request, "desk/leader.html", {"tables": figures.tables(today=timezone.localdate()), "least": least})
