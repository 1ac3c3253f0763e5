"""Drafts: what somebody has typed and not yet saved (law 5). The one door for writing them; nobody else reads them.

A form that is opened is a sheet of its own, so that two tabs do not write over each other. A sheet goes on from the
newest one before it: what stood there is taken over with the first stroke, unless its own tab has written on meanwhile.
All sheets that go on from one another carry the id the saved row gets (``once``): saved from two tabs, it is one row.
"""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.db import ProgrammingError, transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from psycopg.errors import InsufficientPrivilege

from familieplan.access.actor import Actor
from familieplan.people.guards import actor_of
from familieplan.people.models import Draft
from familieplan.ui.dates import moment

LONGEST = 200_000  # characters: more than a form takes, so that even a text that is too long is kept
KEY = re.compile(r"(?P<form>(?P<family>[0-9a-f]{32}|none):[\w:-]{1,120}):(?P<field>[\w-]{1,60})", re.ASCII)
UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
FIRST_WORDS = 60  # characters that tell one draft from another


class NoDraft(ValueError):
    """Not the key of a field of an open form, or a text too long to be kept."""


@dataclass(frozen=True, slots=True)
class Begun:
    """Another draft of the same form."""

    sheet: UUID
    words: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A form as it lies open in one tab; ``texts``: what was typed in it earlier, here or on another machine."""

    form: str
    id: UUID = field(default_factory=uuid4)
    after: UUID | None = None  # the sheet this one goes on from …
    at: datetime | None = None  # … as it stood then
    once: UUID | None = None
    texts: dict[str, str] = field(default_factory=dict)
    others: tuple[Begun, ...] = ()

    @property
    def token(self) -> str:
        """Carried by the form, with every draft and when it is saved."""
        return f"{self.id} {self.after} {self.at.isoformat()}" if self.after and self.at else str(self.id)

    @property
    def note(self) -> str:
        if self.at is None or not self.texts:
            return ""
        return _("Saved as a draft %(when)s. Nothing is sent before you save.") % {"when": moment(self.at)}


def form_key(family: UUID | None, what: str) -> str:
    return f"{family.hex if family else 'none'}:{what}"


def key_of(request: HttpRequest) -> str:
    """A form that has an address to itself is called by it."""
    match = request.resolver_match
    if match is None:
        raise NoDraft
    ids = dict(match.kwargs)
    family = ids.pop("family", None)
    return form_key(family, ":".join([match.view_name, *(getattr(id, "hex", str(id)) for id in ids.values())]))


def sheet(request: HttpRequest, form: str) -> Sheet:
    """The sheet that is posted; or a new one, which goes on from the newest there is (or the one that is asked for)."""
    if request.method == "POST":
        try:
            return _carried(form, request.POST.get("draft", ""))
        except NoDraft:
            return Sheet(form)
    return _opened(form, actor_of(request), request.GET.get("draft", ""))


def _opened(form: str, by: Actor, asked_for: str) -> Sheet:
    found: dict[UUID, list[Draft]] = {}
    for row in Draft.objects.filter(writer=by.id, form=form).order_by("-at"):
        found.setdefault(row.sheet, []).append(row)
    if not found:
        return Sheet(form)
    chosen = next((id for id in found if str(id) == asked_for), next(iter(found)))
    rows = found.pop(chosen)
    others = tuple(Begun(id, rows[0].text[:FIRST_WORDS]) for id, rows in found.items())
    return Sheet(form, uuid4(), chosen, rows[0].at, rows[0].once, {row.field: row.text for row in rows}, others)


def _carried(form: str, token: str) -> Sheet:
    try:
        id, *before = token.split(" ")
        if not before:
            return Sheet(form, UUID(id))
        after, at = before
        stood = datetime.fromisoformat(at)
        return Sheet(form, UUID(id), UUID(after), stood.astimezone(UTC))
    except (ValueError, OverflowError):
        raise NoDraft from None


def lay_out(request: HttpRequest, form: forms.Form, key: str) -> Sheet:
    """Give a form its sheet: when it is opened, with what was typed in it earlier."""
    found = sheet(request, key)
    form.sheet = found  # type: ignore[attr-defined]
    if not form.is_bound:
        form.initial = {**form.initial, **{name: text for name, text in found.texts.items() if name in form.fields}}
    return found


def keep(*, key: str, token: str, once: str, text: str, by: Actor) -> None:
    """Keep what is typed in one field. An empty field is a draft no more."""
    named = KEY.fullmatch(key)
    if not named or len(text) > LONGEST:
        raise NoDraft
    of = _carried(named["form"], token)
    family = None if named["family"] == "none" else UUID(named["family"])
    place: dict[str, Any] = {"writer": by.id, "form": of.form, "sheet": of.id, "field": named["field"]}
    try:
        with transaction.atomic():
            _before(of, by).update(sheet=of.id)
            if not (text := UNSEEN.sub("", text)).strip():
                Draft.objects.filter(**place).delete()
                return
            said = {"text": text, "at": timezone.now(), "once": UUID(once), "family_id": family}
            Draft.objects.update_or_create(**place, defaults=said)
    except ProgrammingError as error:  # the family is no longer theirs to write about
        if isinstance(error.__cause__, InsufficientPrivilege):
            raise NoDraft from None
        raise
    except ValueError:
        raise NoDraft from None


def _before(of: Sheet, by: Actor) -> Any:
    """What it goes on from, where nobody has written on it in its own tab since."""
    if of.after is None or of.at is None:
        return Draft.objects.none()
    return Draft.objects.filter(writer=by.id, form=of.form, sheet=of.after, at__lte=of.at)


def drop(of: Sheet, *, once: UUID | None, by: Actor) -> None:
    """It has been saved. What other tabs hold stays, to be saved as something of its own."""
    _before(of, by).delete()
    Draft.objects.filter(writer=by.id, form=of.form, sheet=of.id).delete()
    if once:
        Draft.objects.filter(writer=by.id, form=of.form, once=once).update(once=uuid4())
