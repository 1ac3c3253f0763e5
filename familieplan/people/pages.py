"""The shape of every page with a form: shown, refused with the typed text kept (422), or done and on to the next."""

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from django import forms
from django.core.validators import MaxLengthValidator, RegexValidator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from familieplan.people.refusals import told

F = TypeVar("F", bound=forms.Form)
Choices = list[tuple[str, Any]]
LONGEST = 4_000  # characters of one answer; a page is about three thousand


class Words(forms.CharField):
    """What people write: not endless, and no signs that nobody can see (they come along when one pastes)."""

    unseen = RegexValidator(
        r"^[^\x01-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]*$",
        _("There are signs in the text that cannot be seen. Write it again instead of pasting it."),
    )

    def __init__(self, *, rows: int = 1, longest: int = LONGEST, **options: Any) -> None:
        widget = forms.Textarea(attrs={"rows": rows}) if rows > 1 else forms.TextInput()
        super().__init__(**{"widget": widget, **options})
        # Not max_length: the browser would cut a pasted text off in silence.
        too_long = _("The text is too long: %(show_value)d signs. There is room for %(limit_value)d.")
        self.validators += [MaxLengthValidator(longest, too_long), self.unseen]


class Day(forms.DateField):
    """A day, from the browser's own calendar."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options})


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
    try:
        return UUID(request.POST.get("once", ""))
    except ValueError:
        return None


def form_page(
    request: HttpRequest,
    form: F,
    act: Callable[[F], str | None],
    *,
    template: str = "people/form.html",
    **context: Any,
) -> HttpResponse:
    """``act`` writes and answers with the next address; it may add errors to the form and answer ``None``.

    A form that sets ``is_in_conflict`` is answered with 409: somebody else was first.
    """
    if request.method == "POST" and form.is_valid():
        address: str | None = None
        with told(form):
            address = act(form)
        if address is not None and form.is_valid():
            return HttpResponseRedirect(address)
    status = 409 if getattr(form, "is_in_conflict", False) else 422 if form.errors else 200
    return render(request, template, {"form": form, **context}, status=status)
