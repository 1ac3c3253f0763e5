"""The consent as a form: what a yes must name, asked in the order one would talk it over in."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from familieplan.access.enums import Kind
from familieplan.consent import words
from familieplan.consent.actions import Yes
from familieplan.consent.models import Consent
from familieplan.consent.rules import last_day
from familieplan.people.models import Person
from familieplan.people.names import in_words
from familieplan.people.pages import Choices, Day, Words, choose
from familieplan.people.refusals import said, said_lazily
from familieplan.ui.dates import full_date

FAMILY = "family"
OTHER = "other"
MONTHS = (3, 6, 12)
NOT_ON_TEAM = _("One of those chosen has closed, or is no longer on the team. Choose another.")


def kind_choices(among: list[str] | None = None) -> Choices:
    """Kinds that may be asked for, each with what it covers."""
    return [
        (kind.value, format_html("<b>{}</b> <span class='form-hint'>{}</span>", kind.label, covers))
        for kind, covers in words.COVERS.items()
        if among is None or kind.value in among
    ]


FACTS = [str(kind) for kind in (Kind.BASIC, Kind.CONTACT, Kind.ADDRESS)]


class ConsentForm(forms.Form):
    """Everything a consent must name, and who signs. ``subject`` and the choices come from the family."""

    kinds = forms.MultipleChoiceField(
        label=_("Which information?"),
        help_text=_("Only what is needed. Everything else stays closed."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": words.PARTS["kinds"]},
    )
    sources = forms.MultipleChoiceField(
        label=_("From whom?"),
        help_text=_("Whose words and notes may be seen."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": words.PARTS["source"], "invalid_choice": NOT_ON_TEAM},
    )
    recipients = forms.MultipleChoiceField(
        label=_("Who may see it?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": words.PARTS["recipient"], "invalid_choice": NOT_ON_TEAM},
    )
    private_voice = forms.BooleanField(
        label=_("Also what has been said in private"),
        help_text=_("Leave it empty if you are in doubt. What was said in private then stays between the two of you."),
        required=False,
    )
    purpose = Words(
        label=_("What is it for?"),
        help_text=_("What it shall help with, in a sentence or two."),
        rows=3,
        error_messages={"required": words.PARTS["purpose"]},
    )
    lasts = forms.ChoiceField(
        label=_("Until when?"),
        help_text=_("At most a year. It can be taken back at any time before."),
        widget=forms.RadioSelect,
        error_messages={"required": words.PARTS["until"]},
    )
    until = Day(label=_("Another day"), required=False, asked_for=True)
    consequence = Words(
        label=_("What does a no mean?"), help_text=_("This is read aloud before anybody signs."), rows=3
    )
    signed = forms.MultipleChoiceField(
        label=_("Who signs?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": said_lazily("may_sign")},
    )
    deviation_reason = Words(
        label=_("Somebody cannot or should not sign?"),
        help_text=_("Leave it empty as a rule. With a reason here it holds, though somebody's signature is missing."),
        rows=2,
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        subject: Person,
        sources: Choices,
        recipients: Choices,
        signers: Mapping[UUID, str],
        signs_alone: bool,
        today: date,
        longest_days: int,
        written_by: Mapping[str, str],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.written_by = written_by  # the units that write down who somebody is, and how to reach them
        self.subject, self.today, self.longest_days = subject, today, longest_days
        choose(self, "kinds", kind_choices())
        choose(self, "sources", sources)
        choose(self, "recipients", recipients)
        choose(self, "signed", [(str(id), _signs(name)) for id, name in signers.items()])
        choose(self, "lasts", self._periods())
        self.fields["consequence"].initial = words.NO_MEANS
        if not signs_alone:  # what a child has said in confidence is not their parents' to hand on
            del self.fields["private_voice"]

    def _periods(self) -> Choices:
        named = [
            (str(months), format_html("<b>{}</b> <span class='form-hint'>{}</span>", _months(months), _until(day)))
            for months in MONTHS
            for day in [last_day(self.today, months, self.longest_days)]
        ]
        return [*named, (OTHER, _("Another day"))]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("lasts") not in (None, OTHER):
            given["until"] = last_day(self.today, int(given["lasts"]), self.longest_days)
        elif given.get("lasts") == OTHER and "until" not in self.errors:
            self._check_last_day(given.get("until"))
        self._check_whose_facts(given)
        if given.get("deviation_reason") and not given.get("signed"):
            self.add_error("signed", gettext("At least one of them must have signed, also when there is a reason."))
        return given

    def _check_whose_facts(self, given: dict[str, Any]) -> None:
        """A yes to the name that names no source of it would open nothing, and say that it does."""
        facts = [kind for kind in FACTS if kind in given.get("kinds", ())]
        if facts and given.get("sources") and self.written_by and self.written_by.keys().isdisjoint(given["sources"]):
            named = {"unit": in_words(list(self.written_by.values())), "kinds": in_words(words.kinds(facts))}
            line = gettext("“%(kinds)s” is written down by %(unit)s. Tick %(unit)s too, or leave it out above.")
            self.add_error("sources", line % named)

    def _check_last_day(self, day: date | None) -> None:
        if day is None:
            self.add_error("until", words.PARTS["until"])
        elif day < self.today:
            self.add_error("until", said("consent_ends_ahead"))
        elif (day - self.today).days > self.longest_days:
            self.add_error("until", gettext("A consent holds for a year at the most. Then you talk it over again."))

    def as_yes(self, id: UUID) -> Yes:
        given = self.cleaned_data
        units, persons = _split(given["recipients"])
        return Yes(
            id=id,
            subject=self.subject,
            kinds=tuple(given["kinds"]),
            purpose=given["purpose"],
            until=given["until"],
            from_family=FAMILY in given["sources"],
            from_units=tuple(UUID(one) for one in given["sources"] if one != FAMILY),
            to_units=units,
            to_persons=persons,
            consequence=given["consequence"],
            deviation_reason=given["deviation_reason"],
            private_voice=given.get("private_voice", False),
        )


def answers_of(consent: Consent) -> dict[str, Any]:
    """An earlier consent as the form's answers. The day is asked anew, and nobody has signed the new one."""
    return {
        "kinds": consent.kinds,
        "sources": ([FAMILY] if consent.from_family else []) + [str(one) for one in consent.from_units],
        "recipients": [f"unit:{one}" for one in consent.to_units] + [f"person:{one}" for one in consent.to_persons],
        "private_voice": consent.private_voice,
        "purpose": consent.purpose,
        "consequence": consent.consequence,
    }


def _split(recipients: list[str]) -> tuple[tuple[UUID, ...], tuple[UUID, ...]]:
    """Units and persons."""
    pairs = [one.split(":", 1) for one in recipients]
    return (
        tuple(UUID(id) for sort, id in pairs if sort == "unit"),
        tuple(UUID(id) for sort, id in pairs if sort == "person"),
    )


def _signs(name: str) -> str:
    return gettext("%(name)s has signed here") % {"name": name}


def _months(months: int) -> str:
    return gettext("%(months)d months") % {"months": months} if months != 12 else gettext("A year")


def _until(day: date) -> str:
    return gettext("until %(day)s") % {"day": full_date(day)}


class ShortenForm(forms.Form):
    """An earlier last day."""

    until = Day(label=_("The last day it shall hold"))

    def __init__(self, *args: Any, today: date, until: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today, self.ends = today, until

    def clean_until(self) -> date:
        day: date = self.cleaned_data["until"]
        if day < self.today:
            raise forms.ValidationError(said("consent_ends_ahead"))
        if day >= self.ends:
            raise forms.ValidationError(
                gettext("It already ends %(day)s. For longer, talk it over again.") % {"day": full_date(self.ends)}
            )
        return day


class SignaturesForm(forms.Form):
    """A paper form that has come back: who has signed on it."""

    signed = forms.MultipleChoiceField(
        label=_("Who has signed on the paper?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one."), "invalid_choice": said_lazily("may_sign")},
    )

    def __init__(self, *args: Any, signers: Mapping[UUID, str], **options: Any) -> None:
        super().__init__(*args, **options)
        choose(self, "signed", [(str(id), name) for id, name in signers.items()])
