"""The fridge plan: to look at, and as one page to print."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from familieplan.access.actor import Actor
from familieplan.people.guards import family_or_404
from familieplan.plan.family import family_page
from familieplan.plan.fridge import pdf
from familieplan.plan.fridge.choose import Choice, Way, choices, hung
from familieplan.plan.fridge.gather import fridge_plan
from familieplan.plan.fridge.keep import chosen_by, keep, kinds_in
from familieplan.plan.page import FamilyPage

WAYS = {
    Way.WHOLE: gettext_lazy("The whole text"),
    Way.NEUTRAL: gettext_lazy("As “Appointment”"),
    Way.OUT: gettext_lazy("Not at all"),
}
# The browser's own viewer is an object with styles of its own: the pages' policy would leave it blank.
VIEWER = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"


@contextmanager
def language_of(request: HttpRequest) -> Iterator[None]:
    """`?lang=en` for this answer only: a family may want the page in two languages."""
    chosen = request.GET.get("lang")
    known = chosen if chosen in dict(settings.LANGUAGES) else translation.get_language()
    with translation.override(known):
        yield


def read(family: UUID, actor: Actor) -> tuple[FamilyPage, dict[str, list[Choice]]]:
    page = family_page(family=family, actor=actor, today=timezone.localdate())
    return page, choices(page, kinds_in(family), chosen_by(actor, family))


@require_http_methods(["GET", "HEAD", "POST"])
def look(request: HttpRequest, family: UUID) -> HttpResponse:
    actor = family_or_404(request, family, "fridge plan")
    with language_of(request):
        page, offered = read(family, actor)
        if request.method == "POST":
            lines = [one for some in offered.values() for one in some]
            keep(family=family, offered=lines, ways=request.POST.dict(), by=actor)
            return redirect(f"{page.base}fridge-plan/?lang={translation.get_language()}")
        return render(request, "plan/fridge.html", {
            "plan": fridge_plan(hung(page, offered)),
            "choices": offered,
            "ways": WAYS,
            "is_chosen": any(one.way is not one.usual for some in offered.values() for one in some),
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
        name, how = _("fridge-plan"), "attachment" if "keep" in request.GET else "inline"
        document = pdf.render(fridge_plan(hung(*read(family, actor))))
    headers = {"Content-Disposition": f'{how}; filename="{name}.pdf"', "Content-Security-Policy": VIEWER}
    return HttpResponse(document, content_type="application/pdf", headers=headers)
