"""Asking for times, and answering: few questions, the same for all."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time
from types import SimpleNamespace
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from familieplan.meetings.enums import Says
from familieplan.meetings.models import FEWEST_TIMES, MOST_TIMES, PollAnswer
from familieplan.people.pages import Words
from familieplan.people.refusals import said
from familieplan.plan.forms import Date, Time
from familieplan.ui.dates import moment

Proposed = Sequence[tuple[datetime, str]]
Against = Callable[[Sequence[datetime]], list[list[str]]]


class AskForm(forms.Form):
    """Three to five times; a line may be left empty. ``proposed``: local times to begin with, each with why.

    ``against``: what stands against each of some times. It is said once: ``told`` holds the times it was said of.
    """

    told = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, proposed: Proposed, against: Against, **options: Any) -> None:
        super().__init__(*args, **options)
        self.against = against
        self.collisions: list[str] = []
        self.why = {at.astimezone(UTC): why for at, why in proposed}
        self.fields["told"].initial = " ".join(at.isoformat() for at in self.why)
        for number in range(MOST_TIMES):
            at = proposed[number][0] if number < len(proposed) else None
            self.fields[f"day_{number}"] = Date(
                label=_("Day"), required=False, initial=at and at.date(), asked_for=True
            )
            hour = Time(label=_("At"), required=False, initial=at and at.time())
            hour.asked_for = True  # type: ignore[attr-defined]
            self.fields[f"at_{number}"] = hour

    @property
    def lines(self) -> list[tuple[Any, Any, str]]:
        return [(self[f"day_{n}"], self[f"at_{n}"], self._proposed_as(n)) for n in range(MOST_TIMES)]

    def _proposed_as(self, number: int) -> str:
        """The words belong to the time that was proposed, and name it: in the browser it may be changed above them."""
        day, hour = (self[f"{part}_{number}"] for part in ("day", "at"))
        try:
            on, at = day.field.clean(day.value()), hour.field.clean(hour.value())
        except forms.ValidationError:
            return ""
        starts_at = timezone.make_aware(datetime.combine(on, at)).astimezone(UTC) if on and at else None
        why = self.why.get(starts_at) if starts_at else None
        return gettext("Proposed: %(when)s. %(why)s") % {"when": moment(starts_at), "why": why} if why else ""

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        self.times: list[datetime] = []
        for number in range(MOST_TIMES):
            self._clean_line(number, given.get(f"day_{number}"), given.get(f"at_{number}"))
        if not self.errors and len(self.times) < FEWEST_TIMES:
            raise forms.ValidationError(said("poll_of_a_few_times"))
        return given

    def collides_anew(self) -> bool:
        """Is there something to say before it is asked? It is no mistake, so it is no error: whoever knows, goes on."""
        told = self.cleaned_data["told"].split()
        new = [at for at in self.times if at.isoformat() not in told]
        found = [(at, sentences) for at, sentences in zip(new, self.against(new), strict=True) if sentences]
        self.collisions = [f"{capfirst(moment(at))}: {' '.join(sentences)}" for at, sentences in found]
        if found:
            self.data = self.data.copy()  # type: ignore[attr-defined]
            self.data["told"] = " ".join([*told, *(at.isoformat() for at, _sentences in found)])  # type: ignore[index]
        return bool(found)

    def _clean_line(self, number: int, day: date | None, at: time | None) -> None:
        if self.errors.keys() & {f"day_{number}", f"at_{number}"} or not (day or at):
            return
        if day is None or at is None:
            missing = f"day_{number}" if day is None else f"at_{number}"
            self.add_error(missing, gettext("A day and an hour belong together. Write both, or leave both empty."))
            return
        starts_at = timezone.make_aware(datetime.combine(day, at)).astimezone(UTC)
        if starts_at <= timezone.now():
            self.add_error(f"day_{number}", said("meeting_in_the_past"))
        elif starts_at not in self.times:
            self.times.append(starts_at)

    @staticmethod
    def stands(times: Sequence[datetime]) -> SimpleNamespace:
        """What was asked, as the form calls it."""
        local = [timezone.localtime(at) for at in times]
        days = {f"day_{number}": at.date() for number, at in enumerate(local)}
        return SimpleNamespace(**days, **{f"at_{number}": at.time() for number, at in enumerate(local)})


class SuitsForm(forms.Form):
    """``asked``: number, words and what lies there in one's own week, for each time that is still ahead."""

    def __init__(
        self, *args: Any, asked: Sequence[tuple[int, str, Sequence[str]]], is_mine: bool, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.asked = [f"time_{number}" for number, _words, _collides in asked]
        for number, words, collides in asked:
            self.fields[f"time_{number}"] = forms.ChoiceField(
                label=words,
                help_text=" ".join(collides),
                choices=[*Says.choices, ("", _("I do not know yet"))],
                widget=forms.RadioSelect,
                required=False,
            )
        self.fields["words"] = Words(
            label=_("A word about it"),
            help_text=_("The coordinator reads it, and nobody else.") if is_mine else "",
            longest=200,
            required=False,
        )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if self.asked and not any(given.get(name) for name in self.asked) and not self.errors:
            self.add_error(self.asked[0], gettext("Answer at least one of the times."))
        return given

    @staticmethod
    def stands(row: PollAnswer) -> dict[str, str]:
        """What was answered, as the form calls it."""
        return {f"time_{number}": one for number, one in enumerate(row.says)} | {"words": row.words}
