"""Who is in the family, who has custody, who lives where, who works with them: each asked in a small form."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from familieplan.people import cpr
from familieplan.people.enums import ContactKind, CustodyKind, Part, RelationKind, TeamRole
from familieplan.people.models import Person
from familieplan.people.pages import Choices, Day, Words, choose
from familieplan.people.phones import is_a_number


class Chosen(forms.Form):
    """Choices that depend on the family are given by name: ``choices={"holder": …}``. One choice is chosen already."""

    def __init__(self, *args: Any, choices: dict[str, Choices] | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, among in (choices or {}).items():
            choose(self, name, among)
            if len(among) == 1:
                self.fields[name].initial = among[0][0]


class PersonForm(Chosen):
    """Somebody of the family. ``others`` are those who are in it already."""

    given_name = Words(label=_("First name"), longest=80, error_messages={"required": _("Write the first name.")})
    surname = Words(label=_("Surname"), longest=80, required=False)
    birth_date = Day(
        label=_("Day of birth"),
        required=False,
        asked_for=True,
        help_text=_("Custody and signatures follow from it. Only adults around the family can be without."),
    )
    part = forms.ChoiceField(
        label=_("How do they belong to the family?"),
        choices=Part.choices,
        initial=Part.MEMBER,
        widget=forms.RadioSelect,
    )
    role_words = Words(
        label=_("What does the family call them?"),
        help_text=_("In its own words: mother, bonus dad, nan."),
        longest=80,
        required=False,
    )
    cpr = forms.CharField(
        label=_("CPR number"),
        help_text=_("It is stored encrypted and shown to nobody."),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def __init__(
        self, *args: Any, today: date, others: Iterable[Person] = (), with_cpr: bool = True, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.today, self.others = today, list(others)
        if not with_cpr:
            del self.fields["cpr"]

    def clean_cpr(self) -> str:
        if not self.cleaned_data["cpr"]:
            return ""
        try:
            return cpr.clean(self.cleaned_data["cpr"])
        except ValueError:
            raise forms.ValidationError(gettext("That is not a CPR number. It has ten digits: ddmmyy-nnnn.")) from None

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        born = given.get("birth_date")
        if given.get("cpr"):
            told = cpr.birth_date(given["cpr"])
            if born and born != told:
                self.add_error("birth_date", gettext("The CPR number tells another day of birth."))
            born = given["birth_date"] = born or told
        if born is None and given.get("part") != Part.SIGNIFICANT and "birth_date" not in self.errors:
            self.add_error("birth_date", gettext("Write the day of birth: custody and signatures follow from it."))
        if born and born > self.today:
            self.add_error("birth_date", gettext("That day is still to come."))
        if any(self._is_same(one, given.get("given_name", ""), born) for one in self.others):
            self.add_error("given_name", gettext("Somebody with this name and day of birth is already in the family."))
        return given

    @staticmethod
    def _is_same(one: Person, given_name: str, born: date | None) -> bool:
        return one.given_name.casefold() == given_name.casefold() and one.birth_date == born and born is not None


class FamilyForm(PersonForm):
    """A new family begins with its first adult."""

    unit = forms.ChoiceField(label=_("Which unit do you coordinate for?"), widget=forms.RadioSelect)
    field_order = ("unit",)


class RelationForm(Chosen):
    kind = forms.ChoiceField(label=_("Is"), choices=RelationKind.choices, widget=forms.RadioSelect)
    other = forms.ChoiceField(label=_("To whom?"), widget=forms.RadioSelect)
    words = Words(
        label=_("In the family's own words"), help_text=_("Bonus dad, nan, best friend."), longest=80, required=False
    )


class PeriodForm(Chosen):
    """From a day until a day, both included."""

    starts = Day(label=_("First day"))
    ends = Day(label=_("Last day"), required=False, help_text=_("Leave it empty when it goes on."))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("starts") and given.get("ends") and given["ends"] < given["starts"]:
            self.add_error("ends", gettext("The last day lies before the first."))
        return given


class CustodyForm(PeriodForm):
    holder = forms.ChoiceField(label=_("Who has custody?"), widget=forms.RadioSelect)
    kind = forms.ChoiceField(label=_("Which?"), choices=CustodyKind.choices, widget=forms.RadioSelect)
    field_order = ("holder", "kind", "starts", "ends")


class ProtectionForm(PeriodForm):
    """Protected name and address (CPR-loven § 28)."""


class HomeForm(Chosen):
    label = Words(
        label=_("What does the family call the home?"),
        help_text=_("At mum's, at dad's, grandma's."),
        longest=80,
        error_messages={"required": _("Write what the family calls it.")},
    )
    address = Words(
        label=_("Address"),
        help_text=_("Shown only to those who may know it; with address protection to fewer still."),
        longest=200,
        required=False,
    )
    about = forms.MultipleChoiceField(label=_("Who lives there?"), widget=forms.CheckboxSelectMultiple)
    pattern = Words(
        label=_("Which days?"), help_text=_("When a child has two homes: even weeks, every Wednesday."), longest=120,
        required=False,
    )  # fmt: skip
    starts = Day(label=_("Since when?"))


class ResidenceForm(PeriodForm):
    household = forms.ChoiceField(label=_("Which home?"), widget=forms.RadioSelect)
    pattern = Words(
        label=_("Which days?"), help_text=_("When a child has two homes: even weeks, every Wednesday."), longest=120,
        required=False,
    )  # fmt: skip
    field_order = ("household", "pattern", "starts", "ends")


class ContactForm(forms.Form):
    kind = forms.ChoiceField(label=_("What is it?"), choices=ContactKind.choices, widget=forms.RadioSelect)
    value = Words(
        label=_("Number or address"), longest=200, error_messages={"required": _("Write the number or the address.")}
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("kind") == ContactKind.PHONE and given.get("value"):
            try:
                is_a_number(given["value"])
            except forms.ValidationError as error:
                self.add_error("value", error)
        return given


# The contact of an early course is whoever begins it.
AS_WHAT = [(one.value, one.label) for one in (TeamRole.COORDINATOR, TeamRole.PROFESSIONAL)]


class TeamForm(Chosen):
    """A professional joins. By itself it opens nothing: consents to the unit do."""

    staff = forms.ChoiceField(label=_("Who?"))
    about = forms.MultipleChoiceField(label=_("Whom do they work with?"), widget=forms.CheckboxSelectMultiple)
    reason = Words(
        label=_("What do they do for the family?"), help_text=_("In words the family would use."), longest=200
    )
    role = forms.ChoiceField(
        label=_("As what?"), choices=AS_WHAT, initial=TeamRole.PROFESSIONAL, widget=forms.RadioSelect
    )
    starts = Day(label=_("First day"))


class LastDayForm(forms.Form):
    """Something ends; not before it began."""

    last_day = Day(label=_("Last day"))

    def __init__(self, *args: Any, starts: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.starts = starts

    def clean_last_day(self) -> date:
        day: date = self.cleaned_data["last_day"]
        if day < self.starts:
            raise forms.ValidationError(gettext("The last day lies before the first."))
        return day


class LeaveForm(LastDayForm):
    reason = Words(
        label=_("Why?"),
        help_text=_("The family reads it."),
        longest=200,
        error_messages={"required": _("Write why, in a few words.")},
    )


class InviteForm(forms.Form):
    login = Words(
        label=_("User name"), help_text=_("One word they can remember. It is not shown to others."), longest=150
    )
