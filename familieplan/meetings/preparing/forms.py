"""What is asked before a meeting: few questions, each with its reason."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from familieplan.meetings import boards
from familieplan.meetings.enums import Reply
from familieplan.meetings.models import LONGEST, SHORTEST, USUAL
from familieplan.people.pages import Choices, Words, choose
from familieplan.plan.forms import Date, Time


class WhenForm(forms.Form):
    """When, how long and where. The time may still be to be found; a day without an hour is no time."""

    day = Date(
        label=_("Which day?"), required=False, help_text=_("Leave it empty while the time is still to be found.")
    )
    at = Time(label=_("At what time?"), required=False)
    minutes = forms.IntegerField(
        label=_("How many minutes?"),
        help_text=_("60 to 90 is usual: long enough to be heard, short enough to listen."),
        initial=USUAL,
        error_messages={"required": _("Write how many minutes it lasts."), "invalid": _("Write it in minutes.")},
    )
    place = Words(
        label=_("Where?"),
        help_text=_("Everybody at the table is told, so no address that somebody may not know."),
        longest=120,
        required=False,
    )

    def clean_minutes(self) -> int:
        minutes: int = self.cleaned_data["minutes"]
        if not SHORTEST <= minutes <= LONGEST:
            said = gettext("A meeting lasts between %(least)d and %(most)d minutes.")
            raise forms.ValidationError(said % {"least": SHORTEST, "most": LONGEST})
        return minutes

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for name, other, said in (
            ("at", "day", gettext("Choose an hour too, or leave the day empty.")),
            ("day", "at", gettext("Choose a day too, or leave the time empty.")),
        ):
            if given.get(other) and not given.get(name) and name not in self.errors:
                self.add_error(name, said)
        return given

    @property
    def starts_at(self) -> datetime | None:
        day, at = self.cleaned_data.get("day"), self.cleaned_data.get("at")
        return timezone.make_aware(datetime.combine(day, at)) if day and at else None


class PlanForm(WhenForm):
    for_ = forms.MultipleChoiceField(
        label=_("Whose meeting is it?"),
        help_text=_("They have the first seats. More can be invited afterwards."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("A meeting without the family is not this meeting. Choose at least one of them.")
        },
    )
    board = forms.ChoiceField(
        label=_("Which board?"),
        help_text=_("How what is said is written down together."),
        widget=forms.RadioSelect,
    )
    field_order = ("for_",)

    def __init__(self, *args: Any, persons: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        choose(self, "for_", persons)
        choose(self, "board", boards.choices())
        self.fields["board"].initial = boards.choices()[0][0]


class ItemsForm(forms.Form):
    """Topics of the plan."""

    topics = forms.MultipleChoiceField(
        label=_("What shall we talk about?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one, or write something new.")},
    )

    def __init__(self, *args: Any, topics: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        choose(self, "topics", topics)


class InviteForm(forms.Form):
    """Of the family, and of those who work with it."""

    persons = forms.MultipleChoiceField(label=_("Of the family"), widget=forms.CheckboxSelectMultiple, required=False)
    lines = forms.MultipleChoiceField(
        label=_("Of those who work with the family"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, persons: Choices, lines: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, among in (("persons", persons), ("lines", lines)):
            choose(self, name, among)
            if not among:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors and not given.get("persons") and not given.get("lines"):
            raise forms.ValidationError(gettext("Choose at least one."))
        return given


class CompanionForm(forms.Form):
    """A companion: whoever one would like to have beside one (forvaltningsloven § 8)."""

    companion = Words(label=_("What are they called?"), longest=80, error_messages={"required": _("Write their name.")})
    with_ = forms.ChoiceField(
        label=_("Whom do they come with?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whom they come with.")},
    )

    def __init__(self, *args: Any, persons: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        choose(self, "with_", persons)
        if len(persons) == 1:
            self.fields["with_"].initial = persons[0][0]


class AnswerForm(forms.Form):
    reply = forms.ChoiceField(
        label=_("Can you come?"),
        choices=[(one.value, one.label) for one in (Reply.YES, Reply.MAYBE, Reply.NO)],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose an answer.")},
    )
    words = Words(
        label=_("A word about it"),
        help_text=_("Everybody at the table can read it. A colleague who comes instead, for one."),
        longest=200,
        required=False,
    )


class DeputyForm(forms.Form):
    line = forms.ChoiceField(
        label=_("Who comes instead?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who comes instead.")},
    )

    def __init__(self, *args: Any, lines: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        choose(self, "line", lines)


class AttendanceForm(forms.Form):
    came = forms.MultipleChoiceField(label=_("Who is here?"), widget=forms.CheckboxSelectMultiple, required=False)

    def __init__(self, *args: Any, seats: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        choose(self, "came", seats)
