"""Who does what: the agreements of a family page, gathered by who took them on. Pure; mine first, then by name."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from django.utils.translation import gettext as _

from familieplan.plan.enums import Progress
from familieplan.plan.models import Agreement
from familieplan.plan.page import AgreementView
from familieplan.ui.dates import day

SOON = timedelta(days=7)


class When(StrEnum):
    """In the order in which one looks at them."""

    REVIEW = "review"  # a trial whose day has come
    OVERDUE = "overdue"
    SOON = "soon"
    LATER = "later"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Doer:
    """What one person has taken on, or somebody the reader may not know (``id`` none: one for all of them)."""

    id: UUID | None
    name: str
    is_me: bool
    tasks: tuple[tuple[When, tuple[AgreementView, ...]], ...]

    @property
    def key(self) -> str:
        return str(self.id or "somebody")


def how_it_stands(one: Agreement) -> str:
    """In a line, for those who are told that it has moved: "gjort: »det gik fint«"."""
    if one.status == Progress.OPEN:
        stands = _("now for %(day)s") % {"day": day(one.due_on)}
    else:
        stands = str(Progress(one.status).label).lower()
    return f"{stands}: »{one.word}«" if one.word else stands


def by_doer(agreements: Iterable[AgreementView], today: date) -> list[Doer]:
    found: dict[UUID | None, list[AgreementView]] = defaultdict(list)
    for one in agreements:
        found[one.doer].append(one)
    doers = [Doer(id, some[0].who, some[0].is_mine, _sorted(some, today)) for id, some in found.items()]
    return sorted(doers, key=lambda doer: (not doer.is_me, doer.id is None, doer.name.casefold()))


def _sorted(agreements: Iterable[AgreementView], today: date) -> tuple[tuple[When, tuple[AgreementView, ...]], ...]:
    found: dict[When, list[AgreementView]] = defaultdict(list)
    for one in agreements:
        found[when(one, today)].append(one)
    return tuple((time, tuple(found[time])) for time in When if time in found)


def when(one: AgreementView, today: date) -> When:
    if one.done_on:
        return When.DONE
    if one.is_for_review:
        return When.REVIEW
    if one.is_overdue:
        return When.OVERDUE
    return When.SOON if one.due and one.due <= today + SOON else When.LATER
