"""Figures for leaders: as the database gives them, few people already left out (sql/doors.sql)."""

from dataclasses import dataclass, field
from datetime import date

from django.db import connection
from django.utils.translation import gettext as _

DAYS_BACK = 90


@dataclass
class Table:
    """Places down, measures across. None stands for few people; no total for none that can be given."""

    title: str
    measures: dict[str, str]
    rows: dict[str, dict[str, int | None]] = field(default_factory=dict)
    total: dict[str, int | None] = field(default_factory=dict)


def tables(*, today: date) -> list[Table]:
    found = {
        "families": Table(_("Families with a plan, by the coordinator's unit"), {"open": _("Families")}),
        "agreements": Table(
            _("Agreements, by who has taken them on"),
            {"done": _("Done"), "under way": _("Under way"), "overdue": _("Overdue")},
        ),
        "consents": Table(_("Consents, by who receives"), {"in force": _("In force"), "taken back": _("Taken back")}),
    }
    for figure, measure, place, value in _figures(date.fromordinal(today.toordinal() - DAYS_BACK)):
        table = found[figure]
        row = table.total if place is None else table.rows.setdefault(place or _("The families themselves"), {})
        row[measure] = value
    return [table for table in found.values() if table.rows]


def _figures(since: date) -> list[tuple[str, str, str | None, int | None]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT figure, measure, place, value FROM desk.figures(%s) ORDER BY figure, place NULLS LAST", [since]
        )
        found: list[tuple[str, str, str | None, int | None]] = cursor.fetchall()
        return found
