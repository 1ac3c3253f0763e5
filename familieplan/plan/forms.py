"""The forms of the plan: few questions, in the order one would talk them over in."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from familieplan.people.pages import Day, Words
from familieplan.people.phones import is_a_number
from familieplan.people.refusals import said
from familieplan.plan.choices import Choices
from familieplan.plan.enums import Horizon, Progress, StatementKind, Weekday, Weeks, YesNo
from familieplan.plan.models import LONGEST_TEXT, FollowUp
from familieplan.ui.dates import full_date

EARLIEST, LATEST = date(1900, 1, 1), date(2200, 1, 1)
TRIAL = ("review_on", "stop_rule")
CALLED = _("Write what it is called.")
ENDS_FIRST = _("The last day lies before the first.")
LABELS = {
    StatementKind.WORRY: _("What fills you?"),
    StatementKind.STRENGTH: _("What works already?"),
    StatementKind.WISH: _("What do you want to see happen?"),
    StatementKind.HOPE: _("What do you hope for?"),
    StatementKind.BURNING: _("What is burning today?"),
    StatementKind.STATUS: _("How are you?"),
    StatementKind.IDEA: _("What do you think it is for?"),
    StatementKind.COMMENT: _("What should the others know?"),
}


class Text(Words):
    """Some lines, as long as a page. What is too long is refused with its length, never cut off."""

    def __init__(self, *, rows: int = 4, **options: Any) -> None:
        super().__init__(rows=rows, longest=LONGEST_TEXT, **options)

    def to_python(self, value: Any) -> str:
        """Browsers send two signs for each new line; people count one."""
        return str(super().to_python(value)).replace("\r\n", "\n")


class Line(Words):
    """One line."""

    def __init__(self, *, longest: int = 120, **options: Any) -> None:
        super().__init__(longest=longest, **options)


class Date(Day):
    """A day of a calendar people use: a slip of the finger is not a plan for the year 20226."""

    def clean(self, value: Any) -> date | None:
        day: date | None = super().clean(value)
        if day and not EARLIEST <= day < LATEST:
            raise forms.ValidationError(_("Check the year: %(year)d cannot be right."), params={"year": day.year})
        return day


class Time(forms.TimeField):
    def __init__(self, **options: Any) -> None:
        super().__init__(**{"widget": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), **options})


class PlanForm(forms.Form):
    """``about`` and ``kind`` decide the drawer, and so who can see it. What is ``placed`` stays in its drawer."""

    def __init__(self, *args: Any, choices: Choices, placed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choices = choices
        if placed:
            self.fields.pop("about", None)
            self.fields.pop("kind", None)
        for name, offered in self.offers().items():
            if name in self.fields:
                self.fields[name].choices = offered  # type: ignore[attr-defined]

    def offers(self) -> dict[str, Any]:
        return {"about": self.choices.about(), "kind": self.choices.kinds()}

    @property
    def kind_in_words(self) -> str:
        chosen = str(self["kind"].value())
        return next((label for kind, label in self.choices.kinds() if kind == chosen), "")

    def must_not_end_first(self, first: str, last: str) -> None:
        starts, ends = self.cleaned_data.get(first), self.cleaned_data.get(last)
        if starts and ends and ends < starts:
            self.add_error(last, ENDS_FIRST)

    def must_be_ahead(self, name: str) -> None:
        """A new day to look forward to is not in the past; one that has passed may stand."""
        day = self.cleaned_data.get(name)
        if day and name in self.changed_data and day < self.choices.today:
            self.add_error(name, _("That day has passed. Choose today or a later day."))


class YesOrNo(forms.ChoiceField):
    def __init__(self, **options: Any) -> None:
        needed = {"required": _("Answer yes or no.")}
        super().__init__(choices=YesNo.choices, widget=forms.RadioSelect, error_messages=needed, **options)


class About(forms.MultipleChoiceField):
    def __init__(self) -> None:
        super().__init__(
            label=_("Who is it about?"),
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": _("Say who it is about.")},
        )


class OfKind(forms.ChoiceField):
    def __init__(self) -> None:
        super().__init__(label=_("What kind of information is it?"), help_text=_("It decides who can see it."))


class WordsForm(PlanForm):
    """Something somebody says."""

    text = Text(error_messages={"required": _("Write a word or two.")})
    speaker = forms.ChoiceField(label=_("Who says it?"), required=False)
    private = forms.BooleanField(
        label=_("Only between us"),
        help_text=_("Nobody else can see it, or that it exists: only the one who says it, and whoever writes it down."),
        required=False,
    )
    about = About()
    kind = OfKind()

    def __init__(self, *args: Any, says: StatementKind, placed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, placed=placed, **kwargs)
        self.fields["text"].label = LABELS[says]
        if self.choices.by.is_staff:
            self.fields["private"].help_text = _(
                "Only the one who says it can see it, and we of my unit who work with the family. Nobody else can see "
                "that it exists."
            )
        if placed or len(self.choices.speakers()) == 1:
            del self.fields["speaker"]
        if placed:
            del self.fields["private"]

    def offers(self) -> dict[str, Any]:
        return super().offers() | {"speaker": self.choices.speakers()}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("private") and self.choices.by.is_staff and not given.get("speaker"):
            self.add_error("private", _("Only what a family member says can be between you. Choose who says it."))
        return given


class TopicForm(PlanForm):
    title = Line(
        label=_("What is it about, in a few words?"),
        longest=200,
        error_messages={"required": _("Write what it is about.")},
    )
    settled = forms.BooleanField(
        label=_("It goes well now"), help_text=_("The topic is kept, and stands last."), required=False
    )
    about = About()
    kind = OfKind()

    def __init__(self, *args: Any, placed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, placed=placed, **kwargs)
        if not placed:
            del self.fields["settled"]


class GoalForm(PlanForm):
    text = Text(
        label=_("What do we want to be able to do?"),
        help_text=_("So that one can see it when it has happened."),
        error_messages={"required": _("Write the goal in a sentence.")},
    )
    horizon = forms.ChoiceField(label=_("When?"), choices=Horizon.choices, widget=forms.RadioSelect)
    target_on = Date(label=_("By which day?"), required=False)
    status = forms.ChoiceField(label=_("How is it going?"), choices=Progress.choices, widget=forms.RadioSelect)
    strategic = forms.ChoiceField(
        label=_("Which of the municipality's common goals does it count towards?"), required=False
    )
    about = About()
    kind = OfKind()

    def __init__(self, *args: Any, placed: bool = False, is_step: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, placed=placed, **kwargs)
        if not placed:
            del self.fields["status"]
        if is_step:
            del self.fields["strategic"], self.fields["horizon"]

    def offers(self) -> dict[str, Any]:
        return super().offers() | {"strategic": self.choices.strategic()}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        self.must_be_ahead("target_on")
        return given


class StepForm(forms.Form):
    """One small step; an empty line is none."""

    text = Text(label=_("A small step"), rows=1, required=False)


class LinkForm(PlanForm):
    """What becomes easier when a goal succeeds."""

    helps = forms.ChoiceField(label=_("Which goal becomes easier?"))
    why = Line(label=_("What becomes easier, and for whom?"), longest=200)

    def __init__(self, *args: Any, goals: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["helps"].choices = goals  # type: ignore[attr-defined]


class AgreementForm(PlanForm):
    what = Text(label=_("What have you agreed?"), rows=2, error_messages={"required": _("Write what is to be done.")})
    doer = forms.ChoiceField(label=_("Who does it?"), error_messages={"required": _("Say who does it.")})
    due_on = Date(label=_("By which day?"), error_messages={"required": _("Say by which day.")})
    first_step = Line(label=_("The smallest first step"), longest=200, required=False)
    review_on = Date(
        label=_("When do we look at it again?"),
        required=False,
        asked_for=True,
        help_text=_("Then you choose: go on, change it, or stop."),
    )
    stop_rule = Line(label=_("What would make us stop?"), longest=200, required=False, asked_for=True)
    status = forms.ChoiceField(label=_("How is it going?"), choices=Progress.choices, widget=forms.RadioSelect)
    about = About()
    kind = OfKind()

    def __init__(self, *args: Any, placed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, placed=placed, **kwargs)
        if not placed:
            del self.fields["status"]

    @property
    def is_trial(self) -> bool:
        return any(self[name].value() or self[name].errors for name in TRIAL)

    def offers(self) -> dict[str, Any]:
        return super().offers() | {"doer": [("", _("Choose")), *self.choices.doers()]}

    def keeps(self, doer: str) -> None:
        """Whoever has taken it on may stay, also where the writer may not know their name."""
        if doer not in self.choices.persons and doer not in self.choices.team:
            self.fields["doer"].choices += [(doer, _("The same as now"))]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        self.must_be_ahead("due_on")
        self.must_be_ahead("review_on")
        if bool(given.get("review_on")) != bool(given.get("stop_rule")) and not self.errors:
            self.add_error("stop_rule" if given.get("review_on") else "review_on", said("trial_has_day_and_stop"))
        return given


class ReportForm(PlanForm):
    """How an agreement went, from whoever took it on."""

    status = forms.ChoiceField(label=_("How did it go?"), choices=Progress.choices, widget=forms.RadioSelect)
    word = Line(label=_("A word about it"), longest=200, required=False)


class LaterForm(PlanForm):
    """Another day: of an agreement that takes longer, or of a trial that goes on."""

    day = Date()
    word = Line(label=_("A word about it"), longest=200, required=False)

    def __init__(self, *args: Any, asks: str, after: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].label, self.after = asks, after

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        self.must_be_ahead("day")
        if (day := given.get("day")) and day <= self.after:
            self.add_error("day", _("Choose a later day than %(day)s.") % {"day": full_date(self.after)})
        return given


class InterventionForm(PlanForm):
    title = Line(label=_("What is it called?"), longest=200, error_messages={"required": CALLED})
    unit = forms.ChoiceField(label=_("Who gives it?"))
    purpose = Text(label=_("What good should it do?"), rows=3, required=False)
    legal_section = Line(label=_("By which section of law?"), required=False)
    starts = Date(label=_("First day"))
    ends = Date(label=_("Last day"), required=False)
    stopped = forms.MultipleChoiceField(
        label=_("Which times stop now?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    about = About()
    kind = OfKind()

    def __init__(
        self, *args: Any, times: list[tuple[str, str]] | None = None, placed: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, placed=placed, **kwargs)
        if placed:
            del self.fields["unit"]
        if times:
            self.fields["stopped"].choices = times  # type: ignore[attr-defined]
        else:
            del self.fields["stopped"]

    def offers(self) -> dict[str, Any]:
        return super().offers() | {"unit": self.choices.units()}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        self.must_not_end_first("starts", "ends")
        return given


class TimeForm(forms.Form):
    """One time of the ordinary week; an empty line is none."""

    person = forms.ChoiceField(label=_("Who?"), required=False)
    weekday = forms.ChoiceField(label=_("Day of the week"), choices=[("", "–"), *Weekday.choices], required=False)
    weeks = forms.ChoiceField(label=_("Which weeks"), choices=Weeks.choices, required=False)
    starts_at = Time(label=_("From"), required=False)
    ends_at = Time(label=_("To"), required=False)
    place = Line(label=_("Where"), required=False)

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", "–"), *choices.about()]  # type: ignore[attr-defined]

    @property
    def is_filled_in(self) -> bool:
        return bool(self.cleaned_data.get("weekday"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        needed = [name for name in ("person", "weekday", "starts_at", "ends_at") if not given.get(name)]
        if needed and (len(needed) < 4 or given.get("place")):
            missing = ", ".join(str(self.fields[name].label) for name in needed)
            count = ngettext("This is missing: %(what)s.", "These are missing: %(what)s.", len(needed))
            raise forms.ValidationError(count % {"what": missing})
        if not needed and given["ends_at"] <= given["starts_at"]:
            self.add_error("ends_at", _("It ends before it begins."))
        return given


class WeekForm(PlanForm):
    """A time of the ordinary week that stands on its own: school, work, sport. What is ``placed`` keeps whose it is."""

    title = Line(label=_("What is it?"), help_text=_("School, work, football …"))
    person = forms.ChoiceField(label=_("Whose time is it?"))
    weekday = forms.ChoiceField(label=_("Day of the week"), choices=Weekday.choices)
    weeks = forms.ChoiceField(label=_("Which weeks"), choices=Weeks.choices)
    starts_at = Time(label=_("From"))
    ends_at = Time(label=_("To"))
    place = Line(label=_("Where"), required=False)
    stopped = forms.BooleanField(label=_("It has stopped"), required=False)
    kind = OfKind()

    def __init__(self, *args: Any, placed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, placed=placed, **kwargs)
        for name in ("person", "place") if placed else ("stopped",):  # another place is another drawer: a new time
            del self.fields[name]

    def offers(self) -> dict[str, Any]:
        return super().offers() | {"person": self.choices.about()}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        starts, ends = given.get("starts_at"), given.get("ends_at")
        if starts and ends and ends <= starts:
            self.add_error("ends_at", _("It ends before it begins."))
        return given


class SectorPlanForm(PlanForm):
    person = forms.ChoiceField(label=_("Whose plan is it?"), error_messages={"required": _("Say whose plan it is.")})
    unit = forms.ChoiceField(label=_("Who keeps it?"))
    name = Line(label=_("What is it called?"), error_messages={"required": CALLED})
    legal_section = Line(label=_("By which section of law?"), required=False)
    kept_in = Line(label=_("In which system or file is it?"), required=False)
    starts = Date(label=_("First day"))
    ends = Date(label=_("Last day"), required=False)

    def __init__(self, *args: Any, placed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, placed=placed, **kwargs)
        if placed:
            del self.fields["person"], self.fields["unit"]

    def offers(self) -> dict[str, Any]:
        return super().offers() | {
            "person": [("", _("Choose")), *self.choices.about()],
            "unit": self.choices.units(),
        }

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        self.must_not_end_first("starts", "ends")
        return given


class FollowUpForm(PlanForm):
    """The four questions; whoever says yes says what."""

    held_on = Date(label=_("On which day?"))
    adjust = YesOrNo(label=_("Should the effort be adjusted?"))
    adjust_words = Text(label=_("What, and why?"), rows=2, required=False, asked_for=True)
    assess = YesOrNo(label=_("Do we need to find out more about what the child needs?"))
    assess_words = Text(label=_("What, and why?"), rows=2, required=False, asked_for=True)
    revise = YesOrNo(label=_("Should the plan be written anew, or changed?"))
    revise_words = Text(label=_("What, and why?"), rows=2, required=False, asked_for=True)
    other = YesOrNo(label=_("Is there something else that the plan should take up?"))
    other_words = Text(label=_("What, and why?"), rows=2, required=False, asked_for=True)
    next_on = Date(label=_("When do we follow up again, at the latest?"))
    why = Text(
        label=_("Why then?"),
        help_text=_("What the child wants and needs counts. The child and the parents read it."),
        rows=2,
        error_messages={"required": _("Say why then: the child and the parents must be able to see it.")},
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for question in FollowUp.QUESTIONS:
            if given.get(question) == YesNo.YES and not given.get(f"{question}_words", "").strip():
                self.add_error(f"{question}_words", _("You said yes: say what, and why."))
        held, following = given.get("held_on"), given.get("next_on")
        if held and held > self.choices.today:
            self.add_error("held_on", _("That day is still to come. Choose today or an earlier day."))
        if held and following and following <= held:
            self.add_error("next_on", _("Choose a later day than %(day)s.") % {"day": full_date(held)})
        return given


class NetworkForm(PlanForm):
    person = forms.ChoiceField(
        label=_("Whose friend or relative is it?"),
        error_messages={"required": _("Say whose friend or relative it is.")},
    )
    name = Line(label=_("Name"), error_messages={"required": _("Write the name.")})
    relation_words = Line(
        label=_("Who is it?"), help_text=_("In your own words: grandmother, neighbour, coach …"), required=False
    )
    phone = Line(label=_("Phone"), longest=40, required=False, validators=[is_a_number])
    may_contact = forms.BooleanField(label=_("The municipality may get in touch"), required=False)
    removed = forms.BooleanField(label=_("Is not part of our network any more"), required=False)

    def __init__(self, *args: Any, placed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, placed=placed, **kwargs)
        del self.fields["person" if placed else "removed"]

    def offers(self) -> dict[str, Any]:
        return super().offers() | {"person": [("", _("Choose")), *self.choices.about()]}
