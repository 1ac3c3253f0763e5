"""The mailbox of everybody in the demo. The letters are those of the product; only here can anybody read them all."""

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from familieplan.accounts.doors import open_to_all
from familieplan.demo.mailbox import reading


@open_to_all
@require_GET
def mailbox(request: HttpRequest) -> HttpResponse:
    _only_in_the_demo()
    to = request.GET.get("to", "")
    letters = reading.letters(settings.DEMO_MAILBOX, to=to)
    return render(request, "demo/mailbox.html", {"letters": letters, "to": to})


@open_to_all
@require_GET
def letter(request: HttpRequest, letter: UUID) -> HttpResponse:
    _only_in_the_demo()
    found = reading.letter(settings.DEMO_MAILBOX, letter)
    if found is None:
        raise Http404
    return render(request, "demo/letter.html", {"letter": found})


def _only_in_the_demo() -> None:
    if not settings.DEMO:
        raise Http404
