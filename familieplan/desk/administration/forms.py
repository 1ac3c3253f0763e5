"""Forms of the directory. What they refuse is said in words; the database refuses it again."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from familieplan.access.enums import Kind
from familieplan.access.models import new_id
from familieplan.people.enums import EarlyPart, Role
from familieplan.people.models import Department, StaffRole, Unit
from familieplan.people.pages import Day, Words, sent_as
from familieplan.people.phones import is_a_number

NAME = 120


class DepartmentForm(forms.Form):
    name = Words(label=_("What is the department called?"), longest=NAME)

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if Department.objects.filter(name__iexact=name).exclude(pk=sent_as(self.data) or new_id()).exists():
            raise forms.ValidationError(_("There is already a department of that name."))
        return name


# What a unit works with is what a consent can name.
WORKED_WITH = [(kind.value, kind.label) for kind in Kind if kind not in (Kind.CONSENT, Kind.IDENTITY)]


def early_part() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Its part in early meetings"),
        help_text=_("Before there is a case: only school, daycare, health visitor and preventive social work."),
        choices=[("", _("None")), *EarlyPart.choices],
        required=False,
        widget=forms.RadioSelect,
    )


class EarlyPartForm(forms.Form):
    early = early_part()


class UnitForm(forms.Form):
    """A unit is the party of a consent; so its name is read by families."""

    name = Words(label=_("What is the unit called?"), help_text=_("As families know it."), longest=NAME)
    category = forms.ChoiceField(label=_("Which kind of information does it work with?"), choices=WORKED_WITH)
    phone = Words(label=_("Phone"), longest=40, required=False, validators=[is_a_number])
    reveals_place = forms.BooleanField(
        label=_("Knowing the unit tells where somebody lives"),
        help_text=_("A school, a daycare, a shelter: with a protected address it then needs a yes of its own."),
        required=False,
    )

    early = early_part()

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if Unit.objects.filter(name__iexact=name).exclude(pk=sent_as(self.data) or new_id()).exists():
            raise forms.ValidationError(_("There is already a unit of that name."))
        return name


class CloseUnitForm(forms.Form):
    first_day_closed = Day(label=_("The first day it is closed"))


class StaffForm(forms.Form):
    name = Words(label=_("Name"), longest=NAME)
    title = Words(
        label=_("Title"), help_text=_("What they do, as families would say it."), longest=NAME, required=False
    )


class RoleForm(forms.Form):
    """A role in a unit from a day until a day, both included."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, widget=forms.RadioSelect)
    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.none(), empty_label=_("Choose"))
    starts = Day(label=_("From"))
    ends = Day(label=_("Until"), help_text=_("The last day. Leave it empty when there is no end yet."), required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts"].initial = today
        units = self.fields["unit"]
        assert isinstance(units, forms.ModelChoiceField)  # noqa: S101 - for the types
        units.queryset = Unit.objects.exclude(closed_on__lte=today).select_related("department").order_by("name")
        units.label_from_instance = lambda obj: f"{obj.name} ({obj.department.name})"  # type: ignore[method-assign]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("starts") and given.get("ends") and given["ends"] < given["starts"]:
            self.add_error("ends", _("The last day lies before the first."))
        return given


class EndRoleForm(forms.Form):
    last_day = Day(label=_("The last day"))

    def __init__(self, *args: Any, role: StaffRole, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.role = role

    def clean_last_day(self) -> date:
        day: date = self.cleaned_data["last_day"]
        if day < self.role.starts:
            raise forms.ValidationError(_("The last day lies before the first."))
        return day


class InviteForm(forms.Form):
    login = Words(label=_("User name"), help_text=_("One word. It is what they sign in with."), longest=150)
