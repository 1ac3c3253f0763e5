"""Who can see this: names and plain reasons. Staff are named by their unit, once."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from familieplan.access.actor import Actor
from familieplan.access.drawers import Drawer, readers
from familieplan.access.drawers import Reader as Holder
from familieplan.access.enums import Basis, Kind
from familieplan.plan.actions import Place, drawer_for_words
from familieplan.plan.choices import KINDS, Choices
from familieplan.plan.page import Reader

# For each holder: the person's name, or the unit they work for this family in (else any unit), and the end of the yes.
NAMES = """
    SELECT h.holder, p.given_name, u.name, c.until
    FROM unnest(%(holders)s::uuid[], %(reasons)s::uuid[]) AS h (holder, reason)
    LEFT JOIN people_person p ON p.id = h.holder
    LEFT JOIN consent_consent c ON c.id = h.reason
    LEFT JOIN LATERAL (
        SELECT people.name_of_unit(r.unit_id, %(family)s) AS name
        FROM people_staffrole r
        WHERE r.staff_id = h.holder AND r.starts <= %(today)s AND coalesce(r.ends, 'infinity') >= %(today)s
        ORDER BY EXISTS (SELECT FROM people_teammember t WHERE t.staff_id = h.holder AND t.unit_id = r.unit_id) DESC,
                 r.starts LIMIT 1) u ON true
"""


def named(readable_by: Iterable[Holder], by: Actor, family: UUID) -> tuple[Reader, ...]:
    """The family first, then the units; oneself as "you"."""
    rows = list(readable_by)
    with connection.cursor() as cursor:
        holders, reasons = [row.holder for row in rows], [row.basis_id for row in rows]
        asked: dict[str, Any] = {
            "holders": holders,
            "reasons": reasons,
            "family": family,
            "today": timezone.localdate(),
        }
        cursor.execute(NAMES, asked)
        known = {holder: (person, unit, until) for holder, person, unit, until in cursor.fetchall()}
    found: dict[tuple[bool, str], Reader] = {}
    for row in rows:
        person, unit, until = known[row.holder]
        is_unit = person is None and unit is not None
        if row.holder == by.id and by.is_family:
            found[False, ""] = Reader(_("You"), reason(row.basis, mine=True), until=until)  # first of all
            continue
        name = person or unit or _("somebody else in the family")
        found.setdefault((is_unit, name), Reader(name, reason(row.basis), is_unit, until))
    return tuple(found[key] for key in sorted(found))


def reason(basis: str, *, mine: bool = False) -> str:
    if mine and basis == Basis.SELF:
        return _("It is yours")
    return str(Basis(basis).label)


# The fields of a form that decide who will see what is written in it.
DECIDE = ("about", "person", "kind", "unit", "speaker", "private", "words")


@dataclass(frozen=True, slots=True)
class WillSee:
    """Who would see what is being written; and who takes it on without being able to see it."""

    readers: tuple[Reader, ...]
    unseen_by: str = ""


def will_see(choices: Choices, answers: Callable[[str], list[str]]) -> WillSee | None:
    """By what the form says so far. None: it does not say enough yet."""
    drawer = drawer_to_be(choices, {name: answers(name) for name in DECIDE})
    if drawer is None:
        return None
    found, doer = readers(drawer), "".join(answers("doer")[:1])
    sees = not found or doer in {str(one.holder) for one in found}
    return WillSee(named(found, choices.by, choices.family), "" if sees else choices.name_of(doer))


def seen_by_fewest(choices: Choices, kinds: Iterable[Kind]) -> Kind:
    """The kind that the fewest would see if it were written now about the writer; of equals the first."""
    return min(kinds, key=lambda kind: len(readers(Place(choices.family, (choices.by.id,), kind).drawer(choices.by))))


def drawer_to_be(choices: Choices, answers: dict[str, list[str]]) -> Drawer | None:
    one = {name: values[0] if values else "" for name, values in answers.items()}
    about = [id for id in (*answers["about"], *answers["person"]) if id in choices.subjects]
    unit = choices.open_units.get(one["unit"])
    kind = one["kind"] or (unit.category if unit else Kind.NETWORK.value)
    if not about or kind not in KINDS:
        return None
    place = Place(choices.family, tuple(UUID(id) for id in about), kind)
    if not one["words"]:
        return place.drawer(choices.by, reveals_place=unit is not None and unit.reveals_place)
    me = str(choices.by.id) if choices.by.is_family else ""
    speaker = one["speaker"] if one["speaker"] in choices.persons else me
    return drawer_for_words(place, UUID(speaker) if speaker else None, choices.by, private=bool(one["private"]))
