"""Two people wrote in the same place: what each of them wrote, who, and when. Nothing is lost."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django import forms

from familieplan.people.models import FamilyRecord, Person, Staff
from familieplan.plan.models import Earlier
from familieplan.ui.dates import full_date


@dataclass(frozen=True, slots=True)
class Differing:
    label: str
    mine: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """Field by field what the one who asks wrote and what stands, and who wrote that when."""

    who: str
    at: datetime
    differing: tuple[Differing, ...]


def meanwhile(
    row: FamilyRecord, form: forms.Form, values: Callable[[Any], dict[str, Any]], *, since: datetime | None = None
) -> Meanwhile | None:
    """How the row stands against what the form says. None when both say the same, or nothing happened ``since``."""
    by, at = last_change(row)
    if since and at <= since:
        return None
    found = (_differing(form[name], theirs) for name, theirs in values(row).items() if name in form.fields)
    differing = tuple(one for one in found if one)
    return Meanwhile(name_of(by), at, differing) if differing else None


def last_change(row: FamilyRecord) -> tuple[UUID | None, datetime]:
    change = Earlier.objects.filter(row_id=row.pk).order_by("-pk").values_list("changed_by", "changed_at").first()
    return change or (row.created_by, row.created_at)


def _differing(bound: forms.BoundField, theirs: Any) -> Differing | None:
    mine, stands = _words(bound.field, bound.value()), _words(bound.field, theirs)
    return Differing(str(bound.label), mine, stands) if mine != stands else None


def _words(field: forms.Field, value: Any) -> str:
    """A value as people read it, and as both sides can be held together."""
    if isinstance(field, forms.BooleanField):
        return "✓" if value in (True, "on", "true", "True") else "–"
    if isinstance(field, forms.DateField) and isinstance(value, str):
        try:
            value = field.to_python(value)
        except forms.ValidationError:
            return str(value)
    if isinstance(value, date):
        return full_date(value)
    if isinstance(field, forms.ChoiceField):
        return _label(field.choices, str(value or ""))
    return str(value or "").replace("\r\n", "\n").strip()


def _label(choices: Any, value: str) -> str:
    for key, label in choices:
        if isinstance(label, list | tuple):
            found = _label(label, value)
            if found != value:
                return found
        elif str(key) == value:
            return str(label)
    return value


def name_of(holder: UUID | None) -> str:
    """As far as the reader may know it."""
    if holder is None:
        return ""
    person = Person.objects.filter(pk=holder).first()
    if person:
        return person.given_name
    staff = Staff.objects.filter(pk=holder).first()
    return staff.name if staff else ""
