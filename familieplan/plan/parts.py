"""One part of the family page, sent alone after a change in place: a card by its id, or a whole section."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from familieplan.access.actor import Actor
from familieplan.plan.family import family_page
from familieplan.plan.page import FamilyPage

# id of a card → the macro that draws it (cards.html)
MACROS = {
    "topic": "topic_card",
    "goal": "goal_card",
    "agreement": "agreement_row",
    "said": "said",
    "effort": "intervention_card",
    "plan": "plan_row",
    "contact": "contact_card",
}
SECTIONS = frozenset({"people", "burning", "hopes", "topics", "agreements", "week", "around", "everything", "sight"})


def part_of_the_page(request: HttpRequest, family: UUID, actor: Actor, part: str) -> HttpResponse:
    """The answer to htmx. A section is picked by the browser out of the page; a card is sent alone."""
    page = family_page(family=family, actor=actor, today=timezone.localdate())
    if part in SECTIONS:
        answer = render(request, "plan/family.html", {"page": page})
        answer["HX-Reselect"] = f"#{part}"
        return answer
    kind, _dash, id = part.partition("-")
    if kind not in MACROS:
        raise Http404
    one = next((card for card in cards(page, kind) if str(card.id) == id), None)
    if one is None:  # no longer part of the page: dropped, ended, removed
        return HttpResponse("")
    context = {"card": MACROS[kind], "one": one, "base": page.base, "today": page.today}
    return render(request, "plan/fragment.html", context)


def cards(page: FamilyPage, kind: str) -> Iterable[Any]:
    """All cards of a kind, wherever on the page they are."""
    match kind:
        case "topic":
            return page.topics
        case "goal":
            return [*(goal for topic in page.topics for goal in topic.goals), *page.loose_goals]
        case "agreement":
            return page.agreements
        case "effort":
            return [effort for department in page.departments for effort in department.interventions]
        case "plan":
            return [plan for department in page.departments for plan in department.plans]
        case "contact":
            return page.network
        case _:
            of_topics = (
                said
                for topic in page.topics
                for said in (*topic.worries, *topic.strengths, *topic.wishes, *topic.comments)
            )
            ideas = (said for effort in cards(page, "effort") for said in effort.ideas)
            return [*of_topics, *page.burning, *page.hopes, *page.loose, *ideas]
