"""The meeting as a file for one's own calendar: a time, perhaps a place, and where to sign in."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from familieplan.meetings import letters
from familieplan.meetings.guards import meeting_or_404


@require_GET
def own_copy(request: HttpRequest, family: UUID, meeting: UUID) -> HttpResponse:
    """For who is called to it. The file has the same name whatever it is about."""
    by, row = meeting_or_404(request, family, meeting)
    raw = letters.own_copy(row.pk, by)
    if raw is None:
        raise Http404
    answer = HttpResponse(raw, content_type="text/calendar; charset=utf-8; method=PUBLISH")
    answer["Content-Disposition"] = 'attachment; filename="calendar.ics"'
    return answer
