"""What is asked in an early course: first whether the parents have been talked with, and little else."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from familieplan.access.enums import Kind
from familieplan.access.models import Category
from familieplan.consent.forms import kind_choices
from familieplan.consent.rules import age_on
from familieplan.early.actions import Child, Parent
from familieplan.people.enums import CustodyKind
from familieplan.people.pages import Choices, Day, Words, choose
from familieplan.people.refusals import said, said_lazily

NAME = 80
WHO_SIGNS = _("Who signs now?")


class FirstForm(forms.Form):
    """Asked before a name is written. Whatever is answered, nothing of it is kept."""

    answer = forms.ChoiceField(
        label=_("What did they say?"),
        choices=[
            ("yes", _("Yes: we have talked, and I may write it down")),
            ("not_yet", _("I have not talked with all who have custody yet")),
            ("no", _("No thank you")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say how far you have come.")},
    )


class BeginForm(forms.Form):
    """The child, those with custody, and when they were talked with."""

    unit = forms.ChoiceField(label=_("For which unit?"), widget=forms.RadioSelect)
    given_name = Words(label=_("The child's first name"), longest=NAME)
    surname = Words(label=_("The child's surname"), longest=NAME, required=False)
    child_born = Day(label=_("The child's day of birth"), help_text=_("Who decides follows from it."))
    custody = forms.ChoiceField(
        label=_("Who has custody?"),
        choices=[(CustodyKind.JOINT.value, _("Two, jointly")), (CustodyKind.SOLE.value, _("One alone"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say who has custody: they are the ones you talk with.")},
    )
    first_name = Words(label=_("First name of the one with custody"), longest=NAME)
    first_words = Words(label=_("What does the child call them?"), longest=NAME, required=False)
    first_talk = Day(label=_("When did you talk with them?"))
    second_name = Words(label=_("First name of the other"), longest=NAME, required=False, asked_for=True)
    second_words = Words(label=_("What does the child call the other?"), longest=NAME, required=False)
    second_talk = Day(label=_("When did you talk with the other?"), required=False, asked_for=True)
    child_talk = Day(
        label=_("When did you talk with the young person?"),
        help_text=_("From 15 they decide themselves, and are talked with as their parents are."),
        required=False,
        asked_for=True,
    )

    def __init__(self, *args: Any, units: Choices, today: date, consent_age: int, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today, self.consent_age = today, consent_age
        choose(self, "unit", units)
        if len(units) == 1:
            self.fields["unit"].initial = units[0][0]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("custody") == CustodyKind.JOINT:
            for name in ("second_name", "second_talk"):
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, gettext("With joint custody both are talked with first."))
        for name in ("first_talk", "second_talk", "child_talk"):
            if given.get(name) and given[name] > self.today:
                self.add_error(name, gettext("That day is still to come. Talk with them first."))
        self._check_age(given)
        return given

    def _check_age(self, given: dict[str, Any]) -> None:
        born = given.get("child_born")
        if born and (born > self.today or age_on(born, self.today) >= 18):
            self.add_error("child_born", gettext("An early meeting is about a child. Check the day."))
        elif born and age_on(born, self.today) >= self.consent_age and not given.get("child_talk"):
            self.add_error("child_talk", said("early_parents_first"))

    @property
    def child(self) -> Child:
        given = self.cleaned_data
        return Child(given["given_name"], given["surname"], given["child_born"], given["child_talk"])

    @property
    def parents(self) -> list[Parent]:
        given = self.cleaned_data
        which = ("first", "second") if given["custody"] == CustodyKind.JOINT else ("first",)
        return [
            Parent(given[f"{one}_name"], given["surname"], given[f"{one}_words"], given[f"{one}_talk"]) for one in which
        ]


def early_kinds(*besides: Kind) -> list[str]:
    """What may be asked for in an early course (access/data/kinds.toml), ``besides`` what goes without asking."""
    rows = Category.objects.exclude(early="").filter(consentable=True).exclude(key__in=[str(one) for one in besides])
    return list(rows.values_list("key", flat=True))


class YesForm(forms.Form):
    """The small yes: which information, to whom beside us, for what; and who signs."""

    kinds = forms.MultipleChoiceField(
        label=_("What may we talk about?"),
        help_text=_("Only what is needed. Everything else stays closed."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one: a yes to everything is no yes.")},
    )
    units = forms.MultipleChoiceField(
        label=_("Who comes besides us?"),
        help_text=_("Job centre and adult services have no part in an early meeting."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    purpose = Words(label=_("What is it for?"), rows=2, help_text=_("In words that all of you agree on."))
    consequence = Words(
        label=_("What does a no mean?"), help_text=_("This is read aloud before anybody signs."), rows=2
    )
    signed = forms.MultipleChoiceField(
        label=WHO_SIGNS,
        help_text=_(
            "Whoever is not here signs at their own sign-in. Until all have signed, nothing is written about the child."
        ),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": said_lazily("may_sign")},
    )

    def __init__(self, *args: Any, units: Choices, signers: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        choose(self, "kinds", kind_choices(among=early_kinds(Kind.BASIC, Kind.CONTACT, Kind.PLAN)))
        choose(self, "units", units)
        choose(self, "signed", signers)


class CourseForm(forms.Form):
    """The family's yes to an ordinary course: with whom, and what follows."""

    unit = forms.ChoiceField(label=_("Who coordinates it?"), widget=forms.RadioSelect)
    follows = forms.MultipleChoiceField(
        label=_("What has been said here: what of it shall follow?"),
        help_text=_("Leave all of it empty to begin anew: then the coordinator is told who you are, and nothing more."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    purpose = Words(label=_("What is it for?"), rows=2)
    consequence = Words(
        label=_("What does a no mean?"), help_text=_("This is read aloud before anybody signs."), rows=2
    )
    signed = forms.MultipleChoiceField(
        label=WHO_SIGNS,
        help_text=_("Until all have signed, no course begins."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one."), "invalid_choice": said_lazily("may_sign")},
    )

    def __init__(self, *args: Any, units: Choices, signers: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        choose(self, "unit", units)
        choose(self, "follows", kind_choices(among=early_kinds(Kind.BASIC, Kind.CONTACT)))
        choose(self, "signed", signers)
        if len(units) == 1:
            self.fields["unit"].initial = units[0][0]


class CoordinatorForm(forms.Form):
    """Which of the coordinators takes the family on."""

    coordinator = forms.ChoiceField(label=_("Which coordinator?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, coordinators: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        choose(self, "coordinator", coordinators)
        if len(coordinators) == 1:
            self.fields["coordinator"].initial = coordinators[0][0]
