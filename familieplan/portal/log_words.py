"""The log in plain words: who opened what, why they could, and what they could see. For one reader.

The database has already left out what the reader may not know of (audit.seen_by_me); here it is only put into words.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import IntEnum
from functools import cached_property
from itertools import groupby
from uuid import UUID

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from familieplan.access.actor import Actor
from familieplan.access.enums import Basis, Kind
from familieplan.access.models import Scope
from familieplan.audit import log
from familieplan.audit.log import Seen
from familieplan.consent import words
from familieplan.consent.models import AccessRequest, Consent, Signature
from familieplan.people.enums import Role
from familieplan.people.models import StaffRole
from familieplan.people.names import Names, in_words
from familieplan.portal.written import Written, first_words, written
from familieplan.ui.dates import clock, full_date

# What was opened. Any page not named here is the plan: which form somebody had open is nobody's business.
OPENED: dict[str, Promise] = {
    "list": gettext_lazy("saw the family in a list of those they work with"),
    "form to ask": gettext_lazy("had the page open where one asks to see more"),
    "form for emergency": gettext_lazy("had the page for emergency access open"),
    "consents": gettext_lazy("looked at the consents"),
    "log": gettext_lazy("looked at who has looked"),
    "fridge plan": gettext_lazy("opened the fridge plan"),
    "search": gettext_lazy("found the family in a search"),
    "meeting": gettext_lazy("looked at a meeting"),
    "board": gettext_lazy("had the board of a meeting open"),
    "minutes": gettext_lazy("read the minutes of a meeting"),
}
OPENED_PLAN = gettext_lazy("opened the plan")
# The page of consents is there for all who may open the family; to have read them is something else.
NO_CONSENTS_FOR_THEM = gettext_lazy("opened the page of consents, where none of those you may see were shown to them")
# Before anybody has said yes, and then there is nothing else to see.
SAW_THE_CARD: dict[str, Promise] = {
    "card": gettext_lazy("saw that there is a plan, and who coordinates it. Nothing else"),
    "list": gettext_lazy("saw in a list that there is a plan, and who coordinates it. Nothing else"),
    "meeting": gettext_lazy("saw when a meeting is that they are called to, and who comes. Nothing else"),
    "board": gettext_lazy("had the board of a meeting open, and nothing on it was shown to them"),
    "minutes": gettext_lazy("saw that there are minutes of a meeting, and nothing of what they hold"),
}

ASKED = "asked for access"
A_PAGE = 300  # rows of the log; what was earlier is a link away
DID: dict[str, Promise] = {
    "emergency access": gettext_lazy("took emergency access"),
    "withdrew consent": gettext_lazy("ended a consent, as they were asked to"),
    "shortened consent": gettext_lazy("let a consent end sooner, as they were asked to"),
    "answered request": gettext_lazy("answered, for the family, somebody who had asked to see more"),
    "ended legal basis": gettext_lazy("stopped sharing by law"),
    "opened early course": gettext_lazy("began an early course, when you had been talked with"),
    "closed early course": gettext_lazy("ended the early course"),
    "became a course": gettext_lazy("handed the course over to a coordinator, as all of you had said yes to"),
}


class Why(IntEnum):
    """Reasons in the order they are told: what is out of the ordinary first, then one's own yes before another's."""

    EMERGENCY = 0
    LAW = 1
    MY_YES = 2
    A_YES = 3
    THEIR_OWN = 4
    NOT_TOLD = 5


@dataclass(frozen=True, slots=True)
class Sight:
    """What could be seen, and why."""

    what: str
    why: str
    rank: Why = Why.NOT_TOLD


@dataclass(frozen=True, slots=True)
class Line:
    at: tuple[datetime, ...]
    who: str
    did: str
    sights: tuple[Sight, ...] = ()
    reason: str = ""
    wrote: bool = False
    things: tuple[Written, ...] = ()

    @property
    def because(self) -> str:
        """Why they could, in one breath; the rest is behind "what could they see".

        Of yeses the nearest: one's own where it stands, never somebody else's beside it. That they wrote it themselves
        is a reason only where there is no other.
        """
        nearest: dict[Why, str] = {}
        for sight in sorted(self.sights, key=lambda one: one.rank):
            nearest.setdefault(sight.rank, sight.why)
        always = [nearest[rank] for rank in (Why.EMERGENCY, Why.LAW) if rank in nearest]
        if yes := nearest.get(Why.MY_YES) or nearest.get(Why.A_YES):
            always.append(yes)
        own = _("there is something they have written themselves") if Why.THEIR_OWN in nearest else ""
        return in_words(always[:2]) or own

    @property
    def when(self) -> str:
        """ "12.46", "12.46 and 12.53", "4 times between 12.46 and 12.53"."""
        if len(self.at) < 3:
            return in_words([clock(at) for at in self.at])
        said = {"count": len(self.at), "first": clock(self.at[0]), "last": clock(self.at[-1])}
        return _("%(count)d times between %(first)s and %(last)s") % said


def _together(lines: list[Line]) -> list[Line]:
    """Lines that say the same become one with all its times: the drawers may differ where the words do not."""
    same: dict[Line, list[datetime]] = {}
    for line in lines:
        same.setdefault(replace(line, at=()), []).extend(line.at)
    return [replace(line, at=tuple(sorted(set(times)))) for line, times in same.items()]


@dataclass(frozen=True, slots=True)
class LogDay:
    day: date
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class LogInWords:
    family: UUID
    by: Actor
    names: Names
    seen: list[Seen] = field(default_factory=list)
    earlier: datetime | None = None  # there may be more before this

    @classmethod
    def of(cls, family: UUID, by: Actor, at_most: int = 0, before: datetime | None = None) -> "LogInWords":
        """Professionals only. One's own steps and those of the family are not for this page."""
        at_most = at_most or A_PAGE
        found = log.seen_by_me(family, at_most, before)
        seen = [one for one in found if one.kind == "staff"]
        return cls(family, by, Names(family, by.id), seen, found[-1].at if len(found) >= at_most else None)

    def days(self) -> list[LogDay]:
        """Newest day first; what somebody did several times that day stands once, with every time."""
        by_day = groupby(self.seen, key=lambda one: timezone.localtime(one.at).date())
        return [LogDay(day, tuple(self._lines(rows))) for day, rows in by_day]

    def _lines(self, rows: Iterable[Seen]) -> list[Line]:
        merged: dict[tuple[object, ...], list[Seen]] = {}
        for row in rows:
            verb = self._verb(row)
            did = (verb or self._did(row), row.why)
            same = did if verb or row.action == "list" else (*did, tuple(row.scopes), tuple(row.bases))
            merged.setdefault((row.holder, row.unit, *same), []).append(row)
        return _together([self._line(same) for same in merged.values()])

    def _line(self, same: list[Seen]) -> Line:
        row = same[0]
        verb = self._verb(row)
        wrote = bool(verb) or row.action in DID
        times = tuple(dict.fromkeys(one.at.replace(second=0, microsecond=0) for one in reversed(same)))
        sights = () if wrote else tuple(self._sights(same))
        things = written(reversed(same), self._quotes) if verb else ()
        return Line(times, self._who(row), self._did(row), sights, row.why, wrote, things)

    @cached_property
    def _quotes(self) -> dict[UUID, str]:
        return first_words(row for row in self.seen if self._verb(row))

    @cached_property
    def _asked(self) -> dict[UUID, AccessRequest]:
        wanted = {row.about for row in self.seen if row.about and row.action == ASKED}
        return AccessRequest.objects.in_bulk(wanted) if wanted else {}

    @staticmethod
    def _verb(row: Seen) -> str:
        """Whether somebody added or changed: all of it on a day is one line."""
        verb = row.action.partition(" ")[0]
        return verb if verb in ("added", "changed") else ""

    def _who(self, row: Seen) -> str:
        """Department and role; the name where the municipality shows it (C-579/21): to the family first of all, so a
        professional never reads more here about who has looked than the family does."""
        role = self._roles.get((row.holder, row.unit))
        unit = self.names.unit(row.unit) if row.unit else _("the municipality")
        in_role = _("%(unit)s (%(role)s)") % {"unit": unit, "role": str(Role(role).label).lower()} if role else unit
        name = self.names.staff_member(row.holder)
        return f"{name}, {in_role}" if name else in_role

    @cached_property
    def _roles(self) -> dict[tuple[UUID, UUID | None], str]:
        holders = {row.holder for row in self.seen}
        rows = StaffRole.objects.filter(staff__in=holders).order_by("starts").values_list("staff", "unit", "role")
        return {(staff, unit): role for staff, unit, role in rows}

    def _did(self, row: Seen) -> str:
        if row.action in DID:
            return str(DID[row.action])
        if row.action == ASKED:
            asked = self._asked.get(row.about) if row.about else None
            kinds = in_words([kind.lower() for kind in words.kinds(asked.kinds)]) if asked else _("more")
            return _("asked to see: %(kinds)s") % {"kinds": kinds}
        if not row.scopes and row.action in SAW_THE_CARD:
            return str(SAW_THE_CARD[row.action])
        if verb := self._verb(row):
            return _("wrote:") if verb == "added" else _("changed:")
        if row.action == "consents" and not self._could_see(row, Kind.CONSENT):
            return str(NO_CONSENTS_FOR_THEM)
        return str(OPENED.get(row.action, OPENED_PLAN))

    def _could_see(self, row: Seen, kind: Kind) -> bool:
        return any(self._scopes[id].category_id == kind for id in row.scopes if id in self._scopes)

    # --- what they could see, and why ---------------------------------------------------------------------------

    @cached_property
    def _scopes(self) -> dict[int, Scope]:
        wanted = {scope for row in self.seen for scope in row.scopes}
        return Scope.objects.in_bulk(wanted)

    def _sights(self, same: list[Seen]) -> list[Sight]:
        """Kinds gathered by whom they are about and by why they could be seen."""
        gathered: dict[tuple[Why, str, str], list[str]] = {}
        for row, (id, basis) in ((one, key) for one in same for key in zip(one.scopes, one.bases, strict=True)):
            scope = self._scopes.get(id)
            if scope is None:  # the reader's own key has ended since the log was asked
                continue
            rank, why = self._why(row, scope, basis)
            kind = str(Kind(scope.category_id).label)
            if kind not in gathered.setdefault((rank, why, self._about(scope)), []):
                gathered[rank, why, self._about(scope)].append(kind)
        return [
            Sight(_("%(kinds)s about %(whom)s") % {"kinds": in_words(sorted(kinds)), "whom": whom}, why, rank)
            for (rank, why, whom), kinds in sorted(gathered.items())
        ]

    def _about(self, scope: Scope) -> str:
        return in_words([self.names.you_or(one) for one in scope.subjects])

    def _why(self, row: Seen, scope: Scope, basis: str) -> tuple[Why, str]:
        if basis == Basis.CONSENT:
            return self._because_of_a_yes(row, scope)
        reasons = {
            Basis.OWN.value: (Why.THEIR_OWN, _("they wrote it themselves")),
            Basis.STATUTORY.value: (Why.LAW, _("because the law allows it")),
            Basis.BREAK_GLASS.value: (Why.EMERGENCY, _("because of an emergency")),
        }
        return reasons.get(basis, (Why.NOT_TOLD, ""))

    def _because_of_a_yes(self, row: Seen, scope: Scope) -> tuple[Why, str]:
        """The reader's own yes where it stands. A drawer about several is open by a yes for each of them."""
        theirs: tuple[Why, str] | None = None
        for consent in self._consents:
            if not self._opened(consent, row, scope) or consent.pk not in self._signers:
                continue
            people, day = self._signers[consent.pk]
            signed = [self.names.who_did(id) for id in people]
            why = _("because %(names)s said yes on %(day)s") % {"names": in_words(signed), "day": full_date(day)}
            if self.by.id in people:
                return Why.MY_YES, _("because %(names)s said yes on %(day)s") % {
                    "names": self.names.who_did(self.by.id),
                    "day": full_date(self._signed_by_me[consent.pk]),
                }
            theirs = theirs or (Why.A_YES, why)
        return theirs or (Why.A_YES, _("because somebody had said yes"))

    @staticmethod
    def _opened(consent: Consent, row: Seen, scope: Scope) -> bool:
        holds = consent.created_at <= row.at and (consent.withdrawn_at is None or consent.withdrawn_at > row.at)
        from_there = consent.from_family if scope.source is None else scope.source in consent.from_units
        names_it = scope.category_id in consent.kinds and row.unit in consent.to_units and from_there
        return holds and names_it and consent.subject_id in scope.subjects

    @cached_property
    def _consents(self) -> list[Consent]:
        return list(Consent.objects.filter(family_id=self.family).order_by("-created_at"))

    @cached_property
    def _signatures(self) -> list[Signature]:
        return list(Signature.objects.filter(family_id=self.family).order_by("signed_at"))

    @cached_property
    def _signers(self) -> dict[UUID, tuple[list[UUID], datetime]]:
        """Who signed each consent, and when the last of them did."""
        found: dict[UUID, tuple[list[UUID], datetime]] = {}
        for row in self._signatures:
            people, _day = found.get(row.consent_id, ([], row.signed_at))
            found[row.consent_id] = ([*people, row.person_id], row.signed_at)
        return found

    @cached_property
    def _signed_by_me(self) -> dict[UUID, datetime]:
        return {row.consent_id: row.signed_at for row in self._signatures if row.person_id == self.by.id}
