"""What a leader asks: if N parents come into work. Refused in plain words, and what was typed stays in its box."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from familieplan.population.budget import Case

MOST_PARENTS, MOST_KRONER, MOST_YEARS = 10_000, 10_000_000, 30


class Number(forms.Field):
    """A figure as Danes and Britons write it. A text box: a number box throws away what it does not understand."""

    widget = forms.TextInput

    def __init__(self, *, least: float, most: float, says: Any, whole: bool = False, **options: Any) -> None:
        self.least, self.most, self.says, self.whole = least, most, says, whole
        super().__init__(**options, error_messages={"required": says})

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"inputmode": "numeric" if self.whole else "decimal", "autocomplete": "off"}

    def clean(self, value: Any) -> float | None:
        text = re.sub(r"(?i)\s|%|pct\.?|kr\.?", "", str(value or ""))
        if self.whole:
            text = re.sub(r"(?<=\d)[.,](?=\d{3}(\D|$))", "", text)  # 30.000 and 30,000 are thirty thousand
        if not text:
            super().clean("")
            return None
        if not re.fullmatch(r"\d{1,9}" if self.whole else r"\d{1,3}([.,]\d{1,4})?", text):
            raise forms.ValidationError(self.says)
        number = float(text.replace(",", "."))
        if not self.least <= number <= self.most:
            raise forms.ValidationError(self.says)
        return number


class WhatIf(forms.Form):
    """Asked by GET: nothing is kept, and the address can be sent on."""

    parents = Number(
        label=_("How many parents take part?"), least=1, most=MOST_PARENTS, whole=True, initial="15",
        says=_("Write a whole number of parents, from 1 to 10,000."),
    )  # fmt: skip
    success = Number(
        label=_("How many of 100 come into work or education?"), least=0, most=100,
        help_text=_("p, in per cent: of those who take part, a year later."),
        says=_("Write a share from 0 to 100, as 40."),
    )  # fmt: skip
    anyway = Number(
        label=_("How many of 100 would have done so anyway?"), least=0, most=100,
        help_text=_(
            "p0, in per cent: without the effort. There is no standard for it. Take it from a group that was not "
            "helped, from the years before, or from research – and say where from."
        ),
        says=_(
            "Write how many of 100 would have come into work anyway, also if you mean 0. Without it the potential "
            "would count what would have happened by itself."
        ),
    )  # fmt: skip
    cost = Number(
        label=_("What does the effort cost per parent who takes part?"), least=0, most=MOST_KRONER, whole=True,
        required=False, help_text=_("In kroner, paid by the municipality in the first year."),
        says=_("Write whole kroner, as 30,000."),
    )  # fmt: skip
    years = Number(
        label=_("How many years do you look ahead?"), least=1, most=MOST_YEARS, whole=True, initial="4",
        help_text=_("What is known reaches four years. What comes after is assumed to fade."),
        says=_("Write a whole number of years, from 1 to 30."),
    )  # fmt: skip

    def case(self) -> Case:
        given = self.cleaned_data
        return Case(int(given["parents"]), given["success"] / 100, given["anyway"] / 100, int(given["years"]))
