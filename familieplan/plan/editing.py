"""How every form of the plan is shown, refused, saved and answered: as a card in place (htmx) or as a page of its own.

GET                        the form, with what was typed earlier and never saved (the draft)
POST, something missing    422: the form, all that was typed still in it
POST, changed meanwhile    409: both texts, and the form with the newest version
POST, done                 the part of the page it changed; without htmx, the page at that part
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from psycopg.errors import InsufficientPrivilege

from familieplan.access.actor import Actor
from familieplan.access.drawers import NotYourDrawer
from familieplan.people import drafts
from familieplan.people.guards import family_or_404
from familieplan.people.meanwhile import Meanwhile, as_saved
from familieplan.people.models import FamilyRecord
from familieplan.people.pages import once
from familieplan.people.records import Conflict, writing_unit
from familieplan.people.refusals import afresh, told
from familieplan.plan import parts, sight
from familieplan.plan.choices import Choices
from familieplan.plan.family import base_of
from familieplan.plan.meanwhile import meanwhile


@dataclass
class Editing:
    """One form at one place of the family page.

    ``part`` is the id of what a save changes: a card, which the form stands in place of – or, with ``inside``, a
    section or card that the form stands inside of.
    """

    request: HttpRequest
    family: UUID
    actor: Actor
    key: str  # names the form: for its draft, and as its id on the page
    title: str = ""
    part: str = ""
    page: str = ""  # where it stands and one comes back to, within the family; empty: the family page
    inside: bool = False
    row: Any = None  # what is changed
    values: Callable[[Any], dict[str, Any]] = field(
        default=lambda _row: {}
    )  # what a row says, by the names of the form
    context: dict[str, Any] = field(default_factory=dict)
    template: str = "plan/edit.html"

    @property
    def base(self) -> str:
        return base_of(self.family)

    @property
    def box(self) -> str:
        """The form's id on the page."""
        return f"form-{self.key.replace(':', '-')}"

    @property
    def id(self) -> UUID:
        """The id a new row gets: a form that is sent twice carries the same one."""
        return once(self.request) or uuid4()

    @property
    def version(self) -> int:
        """The version the writer saw."""
        seen = self.request.POST.get("seen", "")
        return int(seen) if seen.isdecimal() and len(seen) < 9 else getattr(self.row, "version", 1)

    @property
    def seen(self) -> str:
        """Carried by the form, so that nothing is overwritten unseen: a row's version; of words, which they replace."""
        return str(getattr(self.row, "version", self.row.pk)) if self.row else ""

    @property
    def data(self) -> Any:
        return self.request.POST if self.request.method == "POST" else None

    def show(self, form: forms.Form, *, status: int = 200, both: Meanwhile | None = None) -> HttpResponse:
        sheet = drafts.lay_out(self.request, form, drafts.form_key(self.family, self.key))
        for line in self.context["rows"].forms if "rows" in self.context else ():
            drafted = {name: sheet.texts.get(line.add_prefix(name)) for name in line.fields}
            line.sheet, line.initial = sheet, line.initial | {name: text for name, text in drafted.items() if text}
        if self.row and sheet.texts:  # the draft may be older than what stands
            both = meanwhile(self.row, form, self.values(self.row), since=sheet.at)
        form.meanwhile = both  # type: ignore[attr-defined]
        context = {
            "title": self.title,
            "form": form,
            "action": self.request.get_full_path(),
            "base": self.base,
            "box": self.box,
            "cancel": f"{self.base}{self.page}?part={self.part}#{self.part}",
            "replaces": self.part if self.inside else "",
            "drawer": self.row.scope_id if self.row else None,
            "seen": self.seen,
            "earlier": f"{self.base}earlier/{self.row.pk}/" if getattr(self.row, "version", 1) > 1 else "",
            "will_see": None if self.row else self.will_see(form),
        }
        return render(self.request, self.template, context | self.context, status=status)

    def will_see(self, form: forms.Form) -> Any:
        """Who would see it, as the form stands."""

        def answers(name: str) -> list[str]:
            value = form[name].value() if name in form.fields else self.context.get(name)
            values = value if isinstance(value, list | tuple) else [value]
            return [str(one) for one in values if one not in (None, "", False)]

        return sight.will_see(Choices(self.family, self.actor), answers)

    def answer(self, form: forms.Form, save: Callable[[], str | None], *also: "forms.BaseFormSet[Any]") -> HttpResponse:
        """Save when all is in order. ``save`` may name another part of the page than the one that was open."""
        if self.request.method != "POST":
            return self.show(form)
        if not all([form.is_valid(), *(rows.is_valid() for rows in also)]):
            return self.show(form, status=422)
        part = self.part
        try:
            with told(form):
                part = save() or part
        except Conflict as conflict:
            return self._conflict(form, conflict.current)
        except NotYourDrawer:
            form.add_error(None, cannot_write_there(self.actor))
        except ProgrammingError as error:
            if isinstance(error.__cause__, InsufficientPrivilege):
                raise PermissionDenied from error
            raise
        return self.saved(part) if form.is_valid() else self.show(form, status=422)

    def saved(self, part: str) -> HttpResponse:
        sheet = drafts.sheet(self.request, drafts.form_key(self.family, self.key))
        drafts.drop(sheet, once=once(self.request), by=self.actor)
        return self.done(part)

    def done(self, part: str) -> HttpResponse:
        """Back to the page, at what was changed."""
        if not self.request.htmx:  # type: ignore[attr-defined]
            return redirect(f"{self.base}{self.page}#{part}")
        answer = parts.part_of_the_page(self.request, self.family, self.actor, part)
        if self.inside:
            answer["HX-Retarget"] = f"#{self.part}"
        return answer

    def _conflict(self, form: forms.Form, current: Any) -> HttpResponse:
        """Both texts. Of a change that says the same as what stands it was our own save: its answer got lost."""
        if self.row is None:
            afresh(form)
            return self.show(form, status=409, both=as_saved(current, form))
        both = meanwhile(current, form, self.values(current))
        if both is None:
            return self.saved(self.part)
        self.row = current
        return self.show(form, status=409, both=both)


def cannot_write_there(by: Actor) -> str:
    if by.is_family:
        return _(
            "You can write about yourself and about children you have custody of, as long as it is still yours to say."
        )
    return _(
        "There is no yes to you for this kind of information about them, so you cannot write it down as their own "
        "words. Ask for their yes first, or write it as your own."
    )


def writer_or_404(request: HttpRequest, family: UUID) -> Actor:
    """The guard of every form: 404 for whom the family is nothing, 403 for those who only read."""
    actor = family_or_404(request, family, "family")
    writing_unit(family, actor)
    return actor


def is_editable(row: FamilyRecord) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s = ANY (access.editable_scopes())", [row.scope_id])
        return bool(cursor.fetchone()[0])


def must_be_editable(row: FamilyRecord) -> None:
    """May see, may not change: 403 – before anybody has typed anything."""
    if not is_editable(row):
        raise PermissionDenied


def formset(
    of: type[forms.Form], request: HttpRequest, *, prefix: str, extra: int, form_kwargs: dict[str, Any] | None = None
) -> "forms.BaseFormSet[Any]":
    """Lines that may stay empty."""
    made = forms.formset_factory(of, extra=extra, max_num=40, absolute_max=60)
    data = request.POST if request.method == "POST" else None
    return made(data, prefix=prefix, form_kwargs=form_kwargs or {})


def choices_of(editing: Editing) -> Choices:
    return Choices(editing.family, editing.actor)


def ids(values: Iterable[str]) -> tuple[UUID, ...]:
    return tuple(UUID(value) for value in values)
