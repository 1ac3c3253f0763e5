"""If N parents come into work: the page, and the same as a paper. Figures of nobody; nothing is kept."""

from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from familieplan.desk.leading.forms import WhatIf
from familieplan.people.guards import role_or_404
from familieplan.population.budget import Potential, Sheet, load, shipped
from familieplan.population.budget.parameters import Parameters
from familieplan.population.budget.pdf import render as as_paper
from familieplan.population.budget.pdf import words
from familieplan.population.budget.remarks import foot, remarks, sources
from familieplan.population.trouble import Trouble
from familieplan.population.words import Words

PAGE = "desk/leading/what_if.html"
DRAWS = 500  # a tenth of a second; the command draws more


@require_GET
def what_if(request: HttpRequest) -> HttpResponse:
    """Aggregates only: there is no way from here to a family."""
    role_or_404(request, "leader")
    try:
        known = parameters()
    except Trouble as trouble:
        return render(request, PAGE, {"form": WhatIf(), "trouble": str(trouble), "sheet": None})
    form = WhatIf(request.GET or None)
    context = {"form": form, "trouble": "", "sheet": None, "parameters": known}
    if not form.is_valid():
        return render(request, PAGE, context, status=422 if form.is_bound else 200)
    sheet = sheet_of(form, known)
    return render(request, PAGE, context | {
        "sheet": sheet,
        "words": words(sheet),
        "remarks": list(remarks(sheet.potential, sheet.say)),
        "sources": sources(known, sheet.say),
        "foot": foot(known, sheet.say),
        "paper": f"/leader/what-if.pdf?{request.GET.urlencode()}",
    })  # fmt: skip


@require_GET
def what_if_pdf(request: HttpRequest) -> HttpResponse:
    role_or_404(request, "leader")
    form = WhatIf(request.GET or None)
    try:
        known = parameters()
    except Trouble:
        return redirect("desk:what_if")  # which says what is wrong
    if not form.is_valid():
        return redirect(f"{reverse('desk:what_if')}?{request.GET.urlencode()}")
    headers = {"Content-Disposition": f'attachment; filename="{_("budget-potential")}.pdf"'}
    return HttpResponse(as_paper(sheet_of(form, known)), content_type="application/pdf", headers=headers)


def sheet_of(form: WhatIf, known: Parameters) -> Sheet:
    cost = form.cleaned_data["cost"]
    asked = known if cost is None else known.with_cost((cost,))
    return Sheet(Potential(asked, form.case()), Words(translation.get_language() or ""), draws=DRAWS)


def parameters() -> Parameters:
    """The municipality's own, or the shipped example."""
    return load(Path(settings.BUDGET_PARAMETERS)) if settings.BUDGET_PARAMETERS else shipped()
