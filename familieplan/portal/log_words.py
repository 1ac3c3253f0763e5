"""The log in plain words: who opened what, why they could, and what they could see. For one reader.

The database has already left out what the reader may not know of (audit.seen_by_me); here it is only put into words.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
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
from familieplan.ui.dates import full_date

# What was opened. Any page not named here is the plan: which form somebody had open is nobody's business.
OPENED: dict[str, Promise] = {
    "list": gettext_lazy("saw the family in a list of those they work with"),
    "form to ask": gettext_lazy("had the page open where one asks to see more"),
    "form for emergency": gettext_lazy("had the page for emergency access open"),
    "consents": gettext_lazy("looked at the consents"),
    "log": gettext_lazy("looked at who has looked"),
    "fridge plan": gettext_lazy("opened the fridge plan"),
    "search": gettext_lazy("found the family in a search"),
}
OPENED_PLAN = gettext_lazy("opened the plan")
# Before anybody has said yes, and then there is nothing else to see.
SAW_THE_CARD: dict[str, Promise] = {
    "card": gettext_lazy("saw that there is a plan, and who coordinates it. Nothing else"),
    "list": gettext_lazy("saw in a list that there is a plan, and who coordinates it. Nothing else"),
}

# What was written, by the name of its model.
WROTE: dict[str, Promise] = {
    "person": gettext_lazy("who is in the family"),
    "relation": gettext_lazy("how you are related"),
    "custody": gettext_lazy("who has custody"),
    "household": gettext_lazy("a home"),
    "residence": gettext_lazy("who lives where"),
    "addressprotection": gettext_lazy("address protection"),
    "contact": gettext_lazy("how to reach somebody"),
    "teammember": gettext_lazy("who works with the family"),
    "consent": gettext_lazy("a consent"),
    "signature": gettext_lazy("a signature"),
    "legalbasis": gettext_lazy("something that is shared by law"),
    "topic": gettext_lazy("what fills you"),
    "statement": gettext_lazy("what somebody has said"),
    "goal": gettext_lazy("a goal or a step"),
    "goallink": gettext_lazy("how goals hang together"),
    "agreement": gettext_lazy("an agreement"),
    "intervention": gettext_lazy("something that is going on"),
    "weeklytime": gettext_lazy("a time in the week"),
    "sectorplan": gettext_lazy("a pointer to a plan of their own"),
    "networkperson": gettext_lazy("somebody in the network"),
}
ASKED = "asked for access"
DID: dict[str, Promise] = {
    "emergency access": gettext_lazy("took emergency access"),
    "withdrew consent": gettext_lazy("ended a consent, as they were asked to"),
    "shortened consent": gettext_lazy("let a consent end sooner, as they were asked to"),
    "ended legal basis": gettext_lazy("stopped sharing by law"),
}


@dataclass(frozen=True, slots=True)
class Sight:
    """What could be seen, and why."""

    what: str
    why: str


@dataclass(frozen=True, slots=True)
class Line:
    at: tuple[datetime, ...]
    who: str
    did: str
    sights: tuple[Sight, ...] = ()
    reason: str = ""
    wrote: bool = False

    @property
    def because(self) -> str:
        """Why they could, in one breath; the rest is behind "what could they see"."""
        return in_words(list(dict.fromkeys(sight.why for sight in self.sights if sight.why))[:2])


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

    @classmethod
    def of(cls, family: UUID, by: Actor, at_most: int = 500) -> "LogInWords":
        """Professionals only. One's own steps and those of the family are not for this page."""
        seen = [one for one in log.seen_by_me(family, at_most) if one.kind == "staff"]
        return cls(family, by, Names(family, by.id), seen)

    def days(self) -> list[LogDay]:
        """Newest day first; what somebody did several times that day stands once, with every time."""
        by_day = groupby(self.seen, key=lambda one: timezone.localtime(one.at).date())
        return [LogDay(day, tuple(self._lines(rows))) for day, rows in by_day]

    def _lines(self, rows: Iterable[Seen]) -> list[Line]:
        merged: dict[tuple[object, ...], list[Seen]] = {}
        for row in rows:
            verb = self._verb(row)
            same = (verb,) if verb else (self._did([row]), row.why, tuple(row.scopes), tuple(row.bases))
            merged.setdefault((row.holder, row.unit, *same), []).append(row)
        return _together([self._line(same) for same in merged.values()])

    def _line(self, same: list[Seen]) -> Line:
        row = same[0]
        wrote = bool(self._verb(row)) or row.action in DID
        times = tuple(dict.fromkeys(one.at.replace(second=0, microsecond=0) for one in reversed(same)))
        sights = () if wrote else tuple(self._sights(row))
        return Line(times, self._who(row), self._did(same), sights, row.why, wrote)

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
        """Department and role; the name where the municipality shows it (C-579/21)."""
        role = self._roles.get((row.holder, row.unit))
        unit = self.names.unit(row.unit) if row.unit else _("the municipality")
        in_role = _("%(unit)s (%(role)s)") % {"unit": unit, "role": str(Role(role).label).lower()} if role else unit
        name = self.names.staff_member(row.holder, to_family=self.by.is_family)
        return f"{name}, {in_role}" if name else in_role

    @cached_property
    def _roles(self) -> dict[tuple[UUID, UUID | None], str]:
        holders = {row.holder for row in self.seen}
        rows = StaffRole.objects.filter(staff__in=holders).order_by("starts").values_list("staff", "unit", "role")
        return {(staff, unit): role for staff, unit, role in rows}

    def _did(self, same: list[Seen]) -> str:
        row = same[0]
        if row.action in DID:
            return str(DID[row.action])
        if row.action == ASKED:
            asked = self._asked.get(row.about) if row.about else None
            kinds = in_words([kind.lower() for kind in words.kinds(asked.kinds)]) if asked else _("more")
            return _("asked to see: %(kinds)s") % {"kinds": kinds}
        if not row.scopes and row.action in SAW_THE_CARD:
            return str(SAW_THE_CARD[row.action])
        if verb := self._verb(row):
            said = _("wrote: %(what)s") if verb == "added" else _("changed: %(what)s")
            models = dict.fromkeys(one.action.partition(" ")[2] for one in reversed(same))
            what = dict.fromkeys(str(WROTE.get(model, gettext_lazy("something in the plan"))) for model in models)
            return said % {"what": in_words(list(what))}
        return str(OPENED.get(row.action, OPENED_PLAN))

    # --- what they could see, and why ---------------------------------------------------------------------------

    @cached_property
    def _scopes(self) -> dict[int, Scope]:
        wanted = {scope for row in self.seen for scope in row.scopes}
        return Scope.objects.in_bulk(wanted)

    def _sights(self, row: Seen) -> list[Sight]:
        """Kinds gathered by whom they are about and by why they could be seen."""
        gathered: dict[tuple[str, str], list[str]] = {}
        for id, basis in zip(row.scopes, row.bases, strict=True):
            scope = self._scopes.get(id)
            if scope is None:  # the reader's own key has ended since the log was asked
                continue
            key = (self._why(row, scope, basis), self._about(scope))
            kind = str(Kind(scope.category_id).label)
            if kind not in gathered.setdefault(key, []):
                gathered[key].append(kind)
        return [
            Sight(_("%(kinds)s about %(whom)s") % {"kinds": in_words(sorted(kinds)), "whom": whom}, why)
            for (why, whom), kinds in sorted(gathered.items())
        ]

    def _about(self, scope: Scope) -> str:
        return in_words([self.names.you_or(one) for one in scope.subjects])

    def _why(self, row: Seen, scope: Scope, basis: str) -> str:
        if basis == Basis.CONSENT:
            return self._because_of_a_yes(row, scope)
        reasons = {
            Basis.OWN.value: _("because they wrote it themselves"),
            Basis.STATUTORY.value: _("because the law allows it"),
            Basis.BREAK_GLASS.value: _("because of an emergency"),
        }
        return reasons.get(basis, "")

    def _because_of_a_yes(self, row: Seen, scope: Scope) -> str:
        for consent in self._consents:
            holds = consent.created_at <= row.at and (consent.withdrawn_at is None or consent.withdrawn_at > row.at)
            names_it = scope.category_id in consent.kinds and row.unit in consent.to_units
            if holds and names_it and consent.subject_id in scope.subjects and consent.pk in self._signers:
                people, day = self._signers[consent.pk]
                return _("because %(names)s said yes on %(day)s") % {"names": in_words(people), "day": full_date(day)}
        return _("because somebody had said yes")

    @cached_property
    def _consents(self) -> list[Consent]:
        return list(Consent.objects.filter(family_id=self.family).order_by("-created_at"))

    @cached_property
    def _signers(self) -> dict[UUID, tuple[list[str], datetime]]:
        """Who signed each consent, and when the last of them did."""
        found: dict[UUID, tuple[list[str], datetime]] = {}
        for row in Signature.objects.filter(family_id=self.family).order_by("signed_at"):
            people, _day = found.get(row.consent_id, ([], row.signed_at))
            found[row.consent_id] = ([*people, self.names.who_did(row.person_id)], row.signed_at)
        return found
