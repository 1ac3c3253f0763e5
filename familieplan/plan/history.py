"""What was said before. Nothing is overwritten for good; what one may see of it is decided as for everything else."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from familieplan.people.meanwhile import name_of
from familieplan.plan.models import Earlier
from familieplan.ui.dates import full_date

LONGEST_CHAIN = 50
# From the words asked for, back through those they took the place of.
CHAIN = """
    WITH RECURSIVE said AS (
        SELECT s.*, 1 AS step FROM plan_statement s WHERE s.id = %(row)s AND s.family_id = %(family)s
        UNION ALL
        SELECT s.*, said.step + 1 FROM said JOIN plan_statement s ON s.id = said.replaces_id
        WHERE said.step < %(longest)s
    )
    SELECT said.text, coalesce(p.given_name, f.name, ''), said.created_at, coalesce(w.name, '')
    FROM said
    LEFT JOIN people_person p ON p.id = said.speaker_person_id
    LEFT JOIN people_staff f ON f.id = said.speaker_staff_id
    LEFT JOIN people_staff w ON w.id = said.created_by AND said.speaker_staff_id IS NULL
    ORDER BY said.step
"""
TEXTS = {
    "plan_topic": "title",
    "plan_goal": "text",
    "plan_agreement": "what",
    "plan_intervention": "title",
    "plan_sectorplan": "name",
    "plan_networkperson": "name",
}


@dataclass(frozen=True, slots=True)
class Was:
    """One wording, by whom, and when it was written – or, of a row that was changed, when it was changed."""

    text: str
    who: str
    at: datetime
    told_to: str = ""


def earlier_words(family: UUID, statement: UUID) -> list[Was]:
    with connection.cursor() as cursor:
        cursor.execute(CHAIN, {"row": statement, "family": family, "longest": LONGEST_CHAIN})
        return [Was(*row) for row in cursor.fetchall()]


def earlier_versions(family: UUID, row: UUID) -> list[Was]:
    changes = Earlier.objects.filter(family_id=family, row_id=row, what__in=TEXTS).order_by("-pk")[:LONGEST_CHAIN]
    return [Was(_said(one), name_of(one.changed_by), one.changed_at) for one in changes]


def _said(one: Earlier) -> str:
    """Of an agreement also the day it was promised for."""
    text, due = str(one.was[TEXTS[one.what]]), one.was.get("due_on")
    return _("%(what)s · by %(day)s") % {"what": text, "day": full_date(date.fromisoformat(due))} if due else text
