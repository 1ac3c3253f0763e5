"""The shape of every page with a form: shown, refused with the typed text kept (422), or done and on to the next."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar
from uuid import UUID

from django import forms
from django.core.validators import MaxLengthValidator, ProhibitNullCharactersValidator, RegexValidator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from familieplan.people import drafts
from familieplan.people.guards import actor_of
from familieplan.people.meanwhile import as_saved, now
from familieplan.people.records import Conflict
from familieplan.people.refusals import afresh, told

# Django's own words for what no form of ours has words for: in plain Danish (locale/).
gettext_noop("This field is required.")
gettext_noop("Null characters are not allowed.")

F = TypeVar("F", bound=forms.Form)
Choices = list[tuple[str, Any]]
LONGEST = 4_000  # characters of one answer; a page is about three thousand


class Words(forms.CharField):
    """What people write: not endless, and no signs that nobody can see (they come along when one pastes)."""

    default_error_messages = {"required": _("Something has to be written here.")}
    unseen = RegexValidator(
        r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]*$",
        _("There are signs in the text that cannot be seen. Write it again instead of pasting it."),
    )

    def __init__(self, *, rows: int = 1, longest: int = LONGEST, asked_for: bool = False, **options: Any) -> None:
        widget = forms.Textarea(attrs={"rows": rows}) if rows > 1 else forms.TextInput()
        super().__init__(**{"widget": widget, **options})
        self.asked_for = asked_for  # may be empty, and may be refused for it: nobody is told that it is up to them
        self.validators = [one for one in self.validators if not isinstance(one, ProhibitNullCharactersValidator)]
        # Not max_length: the browser would cut a pasted text off in silence.
        too_long = _("The text is too long: %(show_value)d signs. There is room for %(limit_value)d.")
        self.validators += [MaxLengthValidator(longest, too_long), self.unseen]


class Day(forms.DateField):
    """A day, from the browser's own calendar."""

    default_error_messages = {"required": _("Choose a day."), "invalid": _("That is not a day of the calendar.")}

    def __init__(self, *, asked_for: bool = False, **options: Any) -> None:
        super().__init__(**{"widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options})
        self.asked_for = asked_for


def choose(form: forms.Form, name: str, among: Choices) -> None:
    """Give a field the choices that this family has."""
    field = form.fields[name]
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(name)
    field.choices = among


def answers(request: HttpRequest) -> QueryDict | None:
    """What was sent, also when it was nothing; ``None`` when the form is only shown."""
    return request.POST if request.method == "POST" else None


def once(request: HttpRequest) -> UUID | None:
    """The id a form was shown with: sent twice, it is written once."""
    return sent_as(request.POST)


def sent_as(data: Mapping[str, Any]) -> UUID | None:
    try:
        return UUID(data.get("once", ""))
    except ValueError:
        return None


def form_page(
    request: HttpRequest,
    form: F,
    act: Callable[[F], str | None],
    *,
    template: str = "people/form.html",
    row: Any = None,
    **context: Any,
) -> HttpResponse:
    """``act`` writes and answers with the next address; it may add errors to the form and answer ``None``.

    What is typed is kept as a draft until then. 409, with both texts, when the same form was saved before with other
    answers – or, with the ``row`` that is changed, when somebody else was first: ``back`` then, if both say the same.
    """
    sheet, status = drafts.lay_out(request, form, drafts.key_of(request)), 200
    if request.method == "POST":
        status, address = 422, None
        try:
            if form.is_valid():
                with told(form):
                    address = act(form)
        except Conflict as conflict:
            status, row = 409, conflict.current if row else None
            address = None if both_texts(form, conflict.current, is_new=row is None) else context["back"]
        if address is not None and (status == 409 or form.is_valid()):
            drafts.drop(sheet, once=once(request), by=actor_of(request))
            return HttpResponseRedirect(address)
    return render(request, template, {"form": form, "row": row, **context}, status=status)


def both_texts(form: forms.Form, current: Any, *, is_new: bool) -> bool:
    """Show what stands beside what was typed. Of a change that says the same, there is nothing to show."""
    both = as_saved(current, form) if is_new else now(current, form)
    form.meanwhile = both  # type: ignore[attr-defined]
    if is_new:
        afresh(form)
    return is_new or bool(both.differing)
