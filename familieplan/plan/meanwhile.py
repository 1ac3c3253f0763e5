"""Who changed a row of the plan last, and how it stands against what somebody else has typed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms

from familieplan.people.meanwhile import Meanwhile, differing, name_of
from familieplan.people.models import FamilyRecord
from familieplan.plan.models import Earlier


def meanwhile(
    row: FamilyRecord, form: forms.Form, stands: Mapping[str, Any], *, since: datetime | None = None
) -> Meanwhile | None:
    """None when the form says the same as what stands, or nothing happened ``since``."""
    by, at = last_change(row)
    if since and at <= since:
        return None
    found = differing(form, stands)
    return Meanwhile(name_of(by), at, found) if found else None


def last_change(row: FamilyRecord) -> tuple[UUID | None, datetime]:
    change = Earlier.objects.filter(row_id=row.pk).order_by("-pk").values_list("changed_by", "changed_at").first()
    return change or (row.created_by, row.created_at)
