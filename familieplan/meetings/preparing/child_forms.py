"""What a child is asked: short, concrete, and never between the lines."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from familieplan.meetings.children import Slot
from familieplan.meetings.enums import ChildWay
from familieplan.meetings.models import LONGEST
from familieplan.people.pages import Words, choose
from familieplan.people.refusals import said
from familieplan.plan.forms import Date, Text

USUAL_WHILE = 10  # minutes: S5, "ten minutes of a coordinating meeting"
ONLY_US, ALL = "us", "all"


class ChildForm(forms.Form):
    """``name``: of the child, when the coordinator fills it in together with them; empty: it is the child itself.

    ``leader_reads``: may the coordinator read what the child chooses by itself?
    """

    way = forms.ChoiceField(
        label=_("What would you like?"), widget=forms.RadioSelect, error_messages={"required": _("Choose an answer.")}
    )
    from_minute = forms.IntegerField(
        label=_("Ten minutes: after how many minutes do they come?"), initial=0, min_value=0, max_value=LONGEST,
        required=False, help_text=_("0: at the beginning. Then the child can go again, and knows when it is over."),
    )  # fmt: skip
    for_minutes = forms.IntegerField(
        label=_("And for how many minutes?"), initial=USUAL_WHILE, min_value=5, max_value=60, required=False
    )
    met_by = Words(label=_("Somebody you trust: who?"), longest=120, required=False, asked_for=True)
    place = Words(
        label=_("Where?"),
        longest=120,
        required=False,
        help_text=_("At school, at home, on a walk: where it is nice to talk."),
    )
    meets_on = Date(label=_("Which day?"), required=False, asked_for=True)
    why = Text(
        label=_("Why not?"), rows=2, required=False, asked_for=True,
        help_text=_("Not asked: the reason is kept, a child has a right to be heard (barnets lov § 5)."),
    )  # fmt: skip

    def __init__(self, *args: Any, name: str, leader_reads: bool = True, **options: Any) -> None:
        super().__init__(*args, **options)
        hints = {
            ChildWay.TEN_MINUTES: _("You come into the meeting, say what you want, and leave again."),
            ChildWay.ELSEWHERE: _("You talk to one grown-up, before the meeting."),
            ChildWay.MESSAGE: _("You write or say something that others take along."),
            ChildWay.NOT_NOW: _("You do not take part. That is all right too."),
            ChildWay.NOT_ASKED: _("For us grown-ups: the child has not been asked this time."),
        }
        if not name:
            del hints[ChildWay.NOT_ASKED]
            self.fields["why"].help_text = _("You need not say why.")
        choose(self, "way", [(one.value, f"{one.label}. {hint}") for one, hint in hints.items()])
        if not name:
            del self.fields["from_minute"], self.fields["for_minutes"]
            if leader_reads:
                self.fields["way"].help_text = _("If you come for ten minutes, you are told when.")

    @property
    def slot(self) -> Slot | None:
        """From when, for how long; none where it is the child who asks: the coordinator finds the time."""
        given = self.cleaned_data
        if "for_minutes" not in self.fields or given["way"] != ChildWay.TEN_MINUTES:
            return None
        return given.get("from_minute") or 0, given.get("for_minutes") or USUAL_WHILE

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("way") == ChildWay.ELSEWHERE and not given.get("met_by") and "met_by" not in self.errors:
            self.add_error("met_by", said("child_meets_somebody"))
        if given.get("way") == ChildWay.NOT_ASKED and not given.get("why") and "why" not in self.errors:
            self.add_error("why", said("child_left_out_with_reason"))
        return given


class MessageForm(forms.Form):
    text = Text(label=_("In your own words"), error_messages={"required": _("Write a word or two.")})
    hears = forms.ChoiceField(
        label=_("Who may hear it?"), widget=forms.RadioSelect, initial=ONLY_US,
        help_text=_("If it is about mum or dad, you decide whether they are told."),
    )  # fmt: skip

    def __init__(self, *args: Any, name: str, **options: Any) -> None:
        super().__init__(*args, **options)
        if name:
            only = gettext("Only the child, and we of my unit who work with the family")
            every = gettext("All who may read about the child, the parents too")
        else:
            only, every = gettext("Only me for now"), gettext("All who may read about me, my parents too")
            self.fields["hears"].help_text = _(
                "Is it for your coordinator? Tell her: she can write it down. She and the colleagues of her unit who "
                "work with your family can read it, and nobody else."
            )
        choose(self, "hears", [(ONLY_US, only), (ALL, every)])

    @property
    def is_private(self) -> bool:
        return bool(self.cleaned_data["hears"] == ONLY_US)
