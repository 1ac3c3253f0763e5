"""The fridge plan: to look at, and as one page to print."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from familieplan.people.guards import family_or_404
from familieplan.plan.family import family_page
from familieplan.plan.fridge import pdf
from familieplan.plan.fridge.choose import choices, ids, without
from familieplan.plan.fridge.gather import fridge_plan

# The browser's own viewer is an object with styles of its own: the pages' policy would leave it blank.
VIEWER = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"


@contextmanager
def language_of(request: HttpRequest) -> Iterator[None]:
    """`?lang=en` for this answer only: a family may want the page in two languages."""
    chosen = request.GET.get("lang")
    known = chosen if chosen in dict(settings.LANGUAGES) else translation.get_language()
    with translation.override(known):
        yield


@require_GET
def look(request: HttpRequest, family: UUID) -> HttpResponse:
    actor = family_or_404(request, family, "fridge plan")
    with language_of(request):
        page = family_page(family=family, actor=actor, today=timezone.localdate())
        left_out = ids(request.GET.getlist("leave"))
        return render(request, "plan/fridge.html", {
            "plan": fridge_plan(without(page, left_out)),
            "choices": choices(page, left_out),
            "chosen": urlencode([("leave", str(one)) for one in sorted(left_out)]),
            "base": page.base,
            "others": [(code, name) for code, name in settings.LANGUAGES if code != translation.get_language()],
            "clocks": pdf.clocks,
            "short_day": pdf.short_day,
            "weekdays": pdf.weekdays,
        })  # fmt: skip


@require_GET
def as_pdf(request: HttpRequest, family: UUID) -> HttpResponse:
    """Opened by the browser, or kept with `?keep=1`. Its name says nothing about anybody."""
    actor = family_or_404(request, family, "fridge plan, printed")
    with language_of(request):
        page = family_page(family=family, actor=actor, today=timezone.localdate())
        name, how = _("fridge-plan"), "attachment" if "keep" in request.GET else "inline"
        document = pdf.render(fridge_plan(without(page, ids(request.GET.getlist("leave")))))
    headers = {"Content-Disposition": f'{how}; filename="{name}.pdf"', "Content-Security-Policy": VIEWER}
    return HttpResponse(document, content_type="application/pdf", headers=headers)
