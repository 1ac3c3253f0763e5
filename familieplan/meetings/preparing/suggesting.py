"""Who could come, and who would sit there without being able to see anything: said with the reason, never done."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from familieplan.access.drawers import readers_of_scopes
from familieplan.access.enums import Kind
from familieplan.access.models import Scope
from familieplan.meetings.preparing.page import Item, MeetingPage
from familieplan.people.models import TeamMember
from familieplan.people.names import in_words


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Somebody of the team who is not at the table."""

    staff: UUID
    line: UUID
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Missing:
    """A yes that nobody has given: about whom, to which kind of information, for which unit."""

    person: UUID
    name: str
    kind: str
    kind_words: str


@dataclass(frozen=True, slots=True)
class Blind:
    """A professional at the table to whom some items of the agenda – or none of them: ``titles`` is empty – are not
    open, and which yes would open them."""

    name: str
    unit: UUID
    unit_name: str
    titles: list[str]
    missing: list[Missing]


def team_of(family: UUID) -> list[TeamMember]:
    """Those who work with the family today, as far as the reader may know; each once for every unit."""
    today = timezone.localdate()
    rows = TeamMember.objects.filter(family_id=family, starts__lte=today, staff__left_at=None)
    current = rows.filter(Q(ends=None) | Q(ends__gte=today)).select_related("staff", "unit")
    found: dict[tuple[UUID, UUID], TeamMember] = {}
    for line in current.order_by("unit__name", "staff__name", "-starts"):
        found.setdefault((line.staff_id, line.unit_id), line)
    return list(found.values())


def _may_see(page: MeetingPage) -> dict[UUID, list[Item]]:
    """For each holder of a key: the items on the agenda that they can read now."""
    readers = readers_of_scopes({one.drawer for one in page.agenda})
    found: dict[UUID, list[Item]] = {}
    for item in page.agenda:
        for reader in readers.get(item.drawer, ()):
            found.setdefault(reader.holder, []).append(item)
    return found


def suggested(page: MeetingPage) -> list[Suggestion]:
    """Of the team: those who work with somebody an item is about, or who can see an item."""
    seated, sees = {one.holder for one in page.seats}, _may_see(page)
    lines = [line for line in team_of(page.meeting.family_id) if line.staff_id not in seated]
    drawers = Scope.objects.in_bulk([line.scope_id for line in lines])
    about = {one for item in page.agenda for one in item.subjects}
    found: dict[UUID, Suggestion] = {}
    for line in lines:
        works_with = (
            [one for one in drawers[line.scope_id].subjects if one in about] if line.scope_id in drawers else []
        )
        if items := sees.get(line.staff_id):
            why = _("can see %(items)s") % {
                "items": in_words([_("“%(title)s”") % {"title": one.title} for one in items[:2]])
            }
        elif works_with:
            why = _("works with %(names)s") % {"names": in_words([page.names.person(one) for one in works_with])}
        else:
            continue
        name = f"{line.staff.name}, {line.unit.name}"
        found.setdefault(line.staff_id, Suggestion(line.staff_id, line.pk, name, why))
    return list(found.values())


def who_is_blind(page: MeetingPage) -> list[Blind]:
    """Professionals at the table who cannot see all of the agenda: first those who can see nothing of it."""
    sees = _may_see(page)
    found = []
    for seat in page.seats:
        seen = sees.get(seat.holder, []) if seat.holder else []
        hidden = [item for item in page.agenda if item not in seen]
        if hidden and seat.group == "professional" and seat.unit:
            titles = [_("“%(title)s”") % {"title": item.title} for item in hidden] if seen else []
            found.append(Blind(seat.name, seat.unit, seat.where, titles, _missing(page, hidden)))
    return sorted(found, key=lambda one: bool(one.titles))


def _missing(page: MeetingPage, hidden: list[Item]) -> list[Missing]:
    found: dict[tuple[UUID, str], Missing] = {}
    for item in hidden:
        for person in item.subjects:
            label = str(Kind(item.kind).label)
            words = label[0].lower() + label[1:]
            found[person, item.kind] = Missing(person, page.names.person(person), item.kind, words)
    return list(found.values())
