"""An early course begins: parents first, then names, then their yes."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from familieplan.access.models import Threshold
from familieplan.early import actions
from familieplan.early.forms import BeginForm, FirstForm
from familieplan.early.reading import starts_for
from familieplan.people.guards import actor_of
from familieplan.people.models import Unit
from familieplan.people.pages import answers, form_page, once

GET_POST = require_http_methods(["GET", "POST"])


def _units_or_404(request: HttpRequest) -> list[Unit]:
    units = starts_for(actor_of(request))
    if not units:
        raise Http404
    return units


@GET_POST
def first(request: HttpRequest) -> HttpResponse:
    """What comes before everything: have they been talked with, and what did they say? Nothing of it is kept."""
    _units_or_404(request)
    form = FirstForm(answers(request))
    if request.method == "POST" and form.is_valid() and form.cleaned_data["answer"] == "yes":
        return HttpResponseRedirect(reverse("early:begin"))
    said = form.cleaned_data["answer"] if request.method == "POST" and form.is_valid() else ""
    return render(request, "early/first.html", {"form": form, "said": said}, status=422 if form.errors else 200)


@GET_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Who it is about, and when each who decides was talked with."""
    units = _units_or_404(request)
    form = BeginForm(
        answers(request),
        units=[(str(unit.pk), unit.name) for unit in units],
        today=timezone.localdate(),
        consent_age=Threshold.objects.get(key="consent_age").value,
    )

    def act(form: BeginForm) -> str:
        unit = next(one for one in units if str(one.pk) == form.cleaned_data["unit"])
        begun = actions.begin(unit=unit, child=form.child, parents=form.parents, by=actor_of(request), id=once(request))
        return f"/families/{begun.family}/early/"

    return form_page(
        request,
        form,
        act,
        template="early/begin.html",
        title=_("Whom is it about?"),
        lead=_("Only the child and those with custody. What it is about is written when they have said yes to it."),
        back=reverse("early:first"),
        save=_("Write it down"),
    )
