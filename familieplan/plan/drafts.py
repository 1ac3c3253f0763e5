"""Drafts: what somebody has typed and not yet saved (law 5). The one door for writing them; nobody else reads them."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from familieplan.access.actor import Actor
from familieplan.plan.models import Draft

LONGEST = 200_000  # characters: more than a form takes, so that even a text that is too long is kept
KEY = re.compile(r"[\w:-]{1,120}", re.ASCII)
UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


class NoDraft(ValueError):
    """Not the key of a field, or a text too long to be kept."""


@dataclass(frozen=True, slots=True)
class Kept:
    """The drafts of one form: field → text, and when the newest of them was kept."""

    texts: dict[str, str] = field(default_factory=dict)
    at: datetime | None = None


@transaction.atomic
def keep(*, key: str, text: str, by: Actor) -> None:
    """Keep what is typed in one field. An empty field is a draft no more."""
    if not KEY.fullmatch(key) or len(text) > LONGEST:
        raise NoDraft
    text = UNSEEN.sub("", text)
    if not text.strip():
        Draft.objects.filter(writer=by.id, key=key).delete()
        return
    Draft.objects.update_or_create(writer=by.id, key=key, defaults={"text": text, "at": timezone.now()})


def kept(form: str, by: Actor) -> Kept:
    """What the writer has typed in a form earlier, here or on another machine."""
    found = Draft.objects.filter(writer=by.id, key__startswith=f"{form}:").values_list("key", "text", "at")
    rows = {key.removeprefix(f"{form}:"): (text, at) for key, text, at in found}
    return Kept(
        {field: text for field, (text, _at) in rows.items()}, max((at for _t, at in rows.values()), default=None)
    )


def drop(form: str, *, by: Actor) -> None:
    """It has been saved."""
    Draft.objects.filter(writer=by.id, key__startswith=f"{form}:").delete()


def form_key(family: UUID, what: str) -> str:
    return f"{family.hex}:{what}"
