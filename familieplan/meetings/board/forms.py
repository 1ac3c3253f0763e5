"""What is written at a board: few questions, in the order they are talked over."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from familieplan.meetings.enums import Agrees
from familieplan.plan.enums import StatementKind
from familieplan.plan.forms import LABELS, AgreementForm, Date, Line, Text, WordsForm

LABELS_HERE = LABELS | {
    StatementKind.COMMENT: _("How do you see it?"),
    StatementKind.SCALE: _("A word about the number"),
}
NUMBERS = [(str(number), str(number)) for number in range(11)]


class Said(WordsForm):
    """Somebody's words in one cell."""

    def __init__(self, *args: Any, says: StatementKind, placed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, says=StatementKind.WORRY, placed=placed, **kwargs)
        self.fields["text"].label = LABELS_HERE[says]
        self.fields["text"].widget.attrs["rows"] = 3
        if "speaker" in self.fields:
            self.fields["speaker"] = forms.ChoiceField(
                label=_("Who says it?"), required=False, widget=forms.RadioSelect, choices=self.choices.speakers()
            )


class Scaled(Said):
    """Where one is, from 0 to 10; a word if one likes."""

    scale = forms.ChoiceField(
        label=_("Where are you today?"),
        help_text=_("0 is as hard as it can be, 10 is as good as it can be."),
        choices=NUMBERS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a number.")},
    )
    field_order = ["scale", "speaker", "text"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, says=StatementKind.SCALE, **kwargs)
        self.fields["text"].required = False
        self.fields["text"].widget.attrs["rows"] = 1
        self.order_fields(self.field_order)


class Agree(AgreementForm):
    """Who does what by when, the smallest next step; as a trial also when we look at it and what makes us stop."""

    first_step = Line(label=_("What is the smallest next step?"), longest=200, required=False)
    review_on = Date(label=_("When do we look at it again?"), required=False)
    stop_rule = Line(label=_("What makes us stop?"), longest=200, required=False)
    field_order = ["what", "doer", "due_on", "first_step", "review_on", "stop_rule", "status"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        self.must_be_ahead("review_on")
        day, rule = given.get("review_on"), given.get("stop_rule")
        if day and not rule and "stop_rule" not in self.errors:
            self.add_error("stop_rule", _("Say what would make you stop the trial."))
        if rule and not day and "review_on" not in self.errors:
            self.add_error("review_on", _("Choose the day when you look at the trial again."))
        return given


class Again(forms.Form):
    """Why there is a new version of the minutes."""

    reason = Line(
        label=_("What has been put right?"), longest=200, error_messages={"required": _("Say what has been put right.")}
    )


class StillAgree(forms.Form):
    """Yes; no, and why; could not answer, and why (S3 §5.2.5.3)."""

    answer = forms.ChoiceField(
        choices=Agrees.choices, widget=forms.RadioSelect, error_messages={"required": _("Choose an answer.")}
    )
    why = Text(label=_("What makes it so?"), rows=3, required=False)

    def __init__(self, *args: Any, is_me: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].label = _("Your answer") if is_me else _("The answer, in their words")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("answer") in (Agrees.NO, Agrees.COULD_NOT) and not given.get("why") and "why" not in self.errors:
            self.add_error("why", _("Write a word about what makes it so, so that it can be made better."))
        return given
