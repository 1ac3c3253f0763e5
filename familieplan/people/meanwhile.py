"""Two wrote in the same place, or one form was sent twice with other words: what was typed, and what stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django import forms
from django.db import models
from django.utils.html import strip_tags

from familieplan.people.models import Person, Staff
from familieplan.ui.dates import full_date


@dataclass(frozen=True, slots=True)
class Differing:
    label: str
    mine: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """Field by field what the one who asks wrote and what stands; who wrote that, as far as it is known, and when."""

    who: str
    at: datetime | None
    differing: tuple[Differing, ...]
    again: bool = False  # it was the same form, saved before: what stands stays, and what is saved now is one more


def differing(form: forms.Form, stands: Mapping[str, Any]) -> tuple[Differing, ...]:
    """``stands``: by the names of the form."""
    found = (_differing(form[name], value) for name, value in stands.items() if name in form.fields)
    return tuple(one for one in found if one)


def as_saved(row: models.Model, form: forms.Form) -> Meanwhile:
    """What a form was saved as before, where the row calls it as the form does."""
    return Meanwhile("", getattr(row, "created_at", None), differing(form, by_name(row, form)), again=True)


def now(row: models.Model, form: forms.Form) -> Meanwhile:
    """How a row stands that somebody else has changed."""
    return Meanwhile("", None, differing(form, by_name(row, form)))


def by_name(row: models.Model, form: forms.Form) -> dict[str, Any]:
    return {name: getattr(row, name) for name in form.fields if hasattr(row, name)}


def _differing(bound: forms.BoundField, theirs: Any) -> Differing | None:
    mine, stands = _words(bound.field, bound.value()), _words(bound.field, theirs)
    return Differing(str(bound.label), mine, stands) if mine != stands else None


def _words(field: forms.Field, value: Any) -> str:
    """A value as people read it, and as both sides can be held together."""
    if isinstance(field, forms.BooleanField):
        return "✓" if value in (True, "on", "true", "True") else "–"
    if isinstance(field, forms.DateField | forms.TimeField) and isinstance(value, str):
        try:
            value = field.to_python(value)
        except forms.ValidationError:
            return str(value)
    if isinstance(value, date):
        return full_date(value)
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(field, forms.ChoiceField):
        chosen = value if isinstance(value, list | tuple) else [value]
        return ", ".join(sorted(_label(field.choices, str(getattr(one, "pk", one) or "")) for one in chosen))
    return str(value or "").replace("\r\n", "\n").strip()


def _label(choices: Any, value: str) -> str:
    for key, label in choices:
        if isinstance(label, list | tuple):
            found = _label(label, value)
            if found != value:
                return found
        elif str(key) == value:
            return strip_tags(str(label))
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
