"""A family's consents: the list, one of them, taking it back, letting it end sooner, signing one's own."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from familieplan.consent import actions, forms
from familieplan.consent.enums import Form
from familieplan.consent.models import AccessRequest, Consent
from familieplan.consent.reading import Consents
from familieplan.people.guards import family_or_404
from familieplan.people.models import Person
from familieplan.people.pages import answers, form_page


@require_GET
def index(request: HttpRequest, family: UUID) -> HttpResponse:
    """Who gave what to whom until when, and what the law lets through besides."""
    by = family_or_404(request, family, "consents")
    consents = Consents(family, by, timezone.localdate())
    views = consents.all()
    asked = AccessRequest.objects.filter(family_id=family, status="open") if consents.coordinates else ()
    return render(request, "consent/index.html", {
        "family": family,
        "consents": consents,
        "standing": [view for view in views if not view.is_over],
        "over": [view for view in views if view.is_over],
        "bases": consents.bases(),
        "asked": [(row, consents.names.unit(row.unit_id)) for row in asked],
    })  # fmt: skip


@require_GET
def one(request: HttpRequest, family: UUID, consent: UUID) -> HttpResponse:
    """One consent whole, and what has happened to it."""
    by = family_or_404(request, family, "consents")
    consents = Consents(family, by, timezone.localdate())
    view = consents.one(get_object_or_404(Consent, pk=consent, family_id=family))
    return render(request, "consent/one.html", {"family": family, "view": view, "consents": consents})


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, family: UUID, consent: UUID) -> HttpResponse:
    """Take a yes back: what it means is said, then one press."""
    by = family_or_404(request, family, "consents")
    row = get_object_or_404(Consent, pk=consent, family_id=family)
    consents = Consents(family, by, timezone.localdate())
    as_well = consents.as_well(row)
    if row.withdrawn_at is None and request.method == "POST":
        also = [other.id for other in as_well if other.may_end and "all" in request.POST]
        for ending in (row, *Consent.objects.filter(pk__in=also)):
            actions.withdraw(consent=ending, by=by)
        messages.success(request, _("It has been taken back. It holds from now on."))
    if row.withdrawn_at is not None or request.method == "POST":
        return HttpResponseRedirect(_page_of(row))
    return render(request, "consent/withdraw.html", {
        "view": consents.one(row), "as_well": as_well, "action": request.path, "cancel": _page_of(row),
        "yes": _("Take only this one back") if as_well else _("Yes, take it back"),
    })  # fmt: skip


@require_http_methods(["GET", "POST"])
def shorten(request: HttpRequest, family: UUID, consent: UUID) -> HttpResponse:
    """Let it end sooner. Longer or wider is talked over again."""
    by = family_or_404(request, family, "consents")
    row = get_object_or_404(Consent, pk=consent, family_id=family, withdrawn_at=None)
    form = forms.ShortenForm(answers(request), today=timezone.localdate(), until=row.until)

    def act(form: forms.ShortenForm) -> str:
        actions.shorten(consent=row, last_day=form.cleaned_data["until"], by=by)
        return _page_of(row)

    return form_page(request, form, act, title=_("Let it end sooner"), back=_page_of(row), save=_("Let it end then"))


@require_http_methods(["GET", "POST"])
def sign(request: HttpRequest, family: UUID, consent: UUID) -> HttpResponse:
    """Signed by a parent or young person on their own sign-in: the whole text, what a no means, one press."""
    by = family_or_404(request, family, "consents")
    if not by.is_family:
        raise Http404
    row = get_object_or_404(Consent, pk=consent, family_id=family)
    if request.method == "POST" and "no" in request.POST and row.withdrawn_at is None:
        actions.withdraw(consent=row, by=by)
        messages.success(request, _("You have said no. Nothing is opened, and your coordinator can see your answer."))
        return HttpResponseRedirect(_page_of(row))
    if request.method == "POST":
        actions.sign(consent=row, person=get_object_or_404(Person, pk=by.id), form=Form.PORTAL, by=by)
        return HttpResponseRedirect(_page_of(row))
    view = Consents(family, by, timezone.localdate()).one(row)
    if not view.waits_for_me:
        return HttpResponseRedirect(_page_of(row))
    return render(request, "consent/sign.html", {
        "view": view, "action": request.path, "cancel": _page_of(row), "yes": _("Yes, I sign"),
    })  # fmt: skip


def _page_of(row: Consent) -> str:
    return reverse("consent:one", kwargs={"family": row.family_id, "consent": row.pk})
