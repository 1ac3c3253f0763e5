"""The first line of every view about a meeting: opened and logged, or it does not exist."""

from uuid import UUID

from django.db.models import BooleanField
from django.db.models.expressions import RawSQL
from django.http import Http404, HttpRequest

from familieplan.access.actor import Actor
from familieplan.meetings.models import Meeting
from familieplan.people.guards import card_or_404


def meeting_or_404(
    request: HttpRequest, family: UUID, meeting: UUID, page: str = "meeting", *, only: RawSQL | None = None
) -> tuple[Actor, Meeting]:
    """Open ``family`` (logged as ``page``) and find the meeting, as its reader may know it; and ``only`` for some.

    A professional at the table to whom nobody has said yes to anything yet comes in too: they know they are called.
    """
    actor, _opening = card_or_404(request, family, page)
    found = Meeting.objects.filter(*([only] if only else []), pk=meeting, family_id=family).first()
    if found is None:
        raise Http404
    return actor, found


def if_so(sql: str, *values: UUID) -> RawSQL:
    """A question of the database's own, asked in the statement that finds the meeting."""
    return RawSQL(sql, values, output_field=BooleanField())  # noqa: S611 - our own words; values go by parameter
