"""The minutes, for each reader what they may have of them: a page, its earlier versions, and a PDF."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from familieplan.meetings.board import ending, pdf, table
from familieplan.meetings.board.minutes import minutes_of
from familieplan.meetings.board.seat import at_the_table
from familieplan.meetings.board.talk import who_agrees
from familieplan.meetings.reading import when_in_words
from familieplan.people.guards import coordinates
from familieplan.plan.family import base_of

MOST_VERSIONS = 10_000  # beyond what the column holds there is nothing to look for


@require_GET
def minutes(request: HttpRequest, family: UUID, meeting: UUID, number: int | None = None) -> HttpResponse:
    actor, row = at_the_table(request, family, meeting, "minutes")
    page = minutes_of(row, actor, number) if number is None or number < MOST_VERSIONS else None
    leads = coordinates(family, actor)
    if page is None:
        if leads and number is None:
            return redirect(f"{base_of(family)}meetings/{meeting}/end/")
        raise Http404
    return render(request, "meetings/minutes.html", {
        "page": page,
        "table": table.around(row, actor),
        "next": ending.next_meeting(row),
        "when": when_in_words(row),
        "talk": who_agrees(row, actor, leads=leads),
        "leads": leads,
    })  # fmt: skip


@require_GET
def as_pdf(request: HttpRequest, family: UUID, meeting: UUID) -> HttpResponse:
    """Opened by the browser, or kept with `?keep`. Its name says nothing about anybody."""
    actor, row = at_the_table(request, family, meeting, "minutes")
    asked = request.GET.get("number", "")
    page = minutes_of(row, actor, int(asked) if asked.isdecimal() and len(asked) < 5 else None)
    if page is None:
        raise Http404
    document = pdf.render(page, table.around(row, actor), when_in_words(row))
    name, how = _("minutes-of-the-meeting"), "attachment" if "keep" in request.GET else "inline"
    headers = {
        "Content-Disposition": f'{how}; filename="{name}.pdf"',
        "Content-Security-Policy": pdf.VIEWER,
    }
    return HttpResponse(document, content_type="application/pdf", headers=headers)
