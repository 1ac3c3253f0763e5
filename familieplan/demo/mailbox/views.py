"""The mailbox of everybody in the demo. The letters are those of the product; only here can anybody read them all."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from familieplan.accounts.doors import open_to_all
from familieplan.demo.mailbox import answering, reading
from familieplan.post import smtp


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
    return render(request, "demo/letter.html", {"letter": _letter_or_404(letter)})


@open_to_all
@require_POST
def answer(request: HttpRequest, letter: UUID) -> HttpResponse:
    """The button in somebody's calendar: a mail goes back to the address the invitation came from."""
    found = _letter_or_404(letter)
    said = request.POST.get("answer", "")
    if said not in answering.ANSWERS or found.appointment is None or found.appointment.method != "REQUEST":
        raise BadRequest
    try:
        answering.send(found, said)
    except smtp.Refused:
        messages.warning(request, _("The answer came back: it is not an answer to the newest invitation."))
    except smtp.Unreachable:
        messages.warning(request, _("The mail server does not answer. Try once more."))
    else:
        messages.success(request, _("The calendar has sent its answer. It stands at the meeting now."))
    return HttpResponseRedirect(reverse("demo_letter", args=[letter]))


def _letter_or_404(id: UUID) -> reading.Letter:
    _only_in_the_demo()
    found = reading.letter(settings.DEMO_MAILBOX, id)
    if found is None:
        raise Http404
    return found


def _only_in_the_demo() -> None:
    if not settings.DEMO:
        raise Http404
