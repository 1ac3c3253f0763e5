"""Everything that is written in the plan: the only door (keyword-only, atomic, ``by=``, logged)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from typing import TypeVar
from uuid import UUID

from django.db import IntegrityError, transaction

from familieplan.access.actor import Actor
from familieplan.access.drawers import Drawer
from familieplan.access.enums import Kind
from familieplan.access.models import new_id
from familieplan.people.guards import coordinates as is_coordinator
from familieplan.people.models import Person, Staff, Unit
from familieplan.people.records import Conflict, change, drawer_of, lay, writing_unit
from familieplan.plan.enums import Horizon, Progress, StatementKind, Weeks
from familieplan.plan.models import (
    Agreement,
    FollowUp,
    Goal,
    GoalLink,
    Intervention,
    NetworkPerson,
    SectorPlan,
    Statement,
    StrategicGoal,
    Topic,
    WeeklyTime,
)

Row = TypeVar("Row", Topic, Goal, Agreement, Intervention, WeeklyTime, SectorPlan, NetworkPerson)


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the house something is written: which family, about whom, which kind of information."""

    family: UUID
    about: tuple[UUID, ...]
    kind: Kind | str

    @classmethod
    def for_(cls, people: Iterable[Person], kind: Kind | str) -> "Place":
        persons = list(people)
        return cls(persons[0].family_id, tuple(person.pk for person in persons), kind)

    def drawer(self, by: Actor, *, reveals_place: bool = False) -> Drawer:
        return drawer_of(self.family, self.about, self.kind, by, reveals_place=reveals_place)


def add_topic(*, place: Place, title: str, by: Actor, order: int = 0, id: UUID | None = None) -> Topic:
    """What fills the family, in its own words."""
    return lay(Topic(id=id or new_id(), title=title, order=order), place.drawer(by), by=by)


@transaction.atomic
def say(
    *,
    place: Place,
    kind: StatementKind | str,
    text: str,
    speaker: Person | Staff,
    said_on: date,
    by: Actor,
    topic: Topic | None = None,
    intervention: Intervention | None = None,
    private: bool = False,
    replaces: Statement | None = None,
    occasion: UUID | None = None,
    scale: int | None = None,
    id: UUID | None = None,
) -> Statement:
    """Somebody's words. A coordinator may record a family member's; they lie in the family's own drawer.

    ``private``: between the speaker and whoever writes it down; that it exists is nobody else's to know.
    ``replaces``: new words for old ones, which remain; raises :class:`Conflict` if others replaced them first.
    ``occasion``: the meeting it is said at, going on. ``scale``: 0–10, of kind scale.
    """
    person = speaker if isinstance(speaker, Person) else None
    statement = Statement(
        id=id or new_id(),
        kind=kind,
        text=text,
        said_on=said_on,
        topic=topic,
        intervention=intervention,
        replaces=replaces,
        occasion=occasion,
        scale=scale,
        speaker_person=person,
        speaker_staff=speaker if isinstance(speaker, Staff) else None,
    )
    try:
        with transaction.atomic():
            return lay(statement, drawer_for_words(place, person.pk if person else None, by, private=private), by=by)
    except IntegrityError:
        newer = Statement.objects.filter(replaces=replaces).first() if replaces else None
        if newer is None:
            raise
        raise Conflict(newer) from None


def drawer_for_words(place: Place, speaker: UUID | None, by: Actor, *, private: bool) -> Drawer:
    """Words of the family lie in the family's own drawer; private words and those of professionals with their unit."""
    unit = writing_unit(place.family, by)
    voice = speaker if private else None
    records_for_family = speaker is not None and not private and coordinates(place.family, by)
    source = None if by.is_family or records_for_family else unit
    about = (voice,) if voice and by.is_family else place.about  # whoever it mentions, it is the speaker's own
    return Drawer(place.family, about, place.kind, source=source, voice=voice)


def coordinates(family: UUID, by: Actor) -> bool:
    """Is ``by`` the coordinator of this family?"""
    return is_coordinator(family, by)


def add_goal(
    *,
    place: Place,
    text: str,
    by: Actor,
    horizon: Horizon | str = Horizon.SHORT,
    topic: Topic | None = None,
    strategic: StrategicGoal | None = None,
    target_on: date | None = None,
    order: int = 0,
    id: UUID | None = None,
) -> Goal:
    goal = Goal(
        id=id or new_id(),
        text=text,
        horizon=horizon,
        topic=topic,
        strategic=strategic,
        target_on=target_on,
        order=order,
    )
    return lay(goal, place.drawer(by), by=by)


def add_step(
    *,
    goal: Goal,
    place: Place,
    text: str,
    by: Actor,
    order: int = 0,
    target_on: date | None = None,
    id: UUID | None = None,
) -> Goal:
    """A small step towards ``goal``, small enough to win soon."""
    step = Goal(id=id or new_id(), parent=goal, topic_id=goal.topic_id, text=text, order=order, target_on=target_on)
    return lay(step, place.drawer(by), by=by)


def link_goals(*, goal: Goal, helps: Goal, why: str, place: Place, by: Actor, id: UUID | None = None) -> GoalLink:
    """When ``goal`` succeeds, ``helps`` becomes easier, and why. ``place`` is about everybody both goals are about."""
    return lay(GoalLink(id=id or new_id(), goal=goal, helps=helps, why=why), place.drawer(by), by=by)


def move_goal(*, goal: Goal, status: Progress | str, on: date, by: Actor, version: int | None = None) -> Goal:
    """A goal or step is reached, dropped or taken up again."""
    reached = on if status == Progress.DONE else None
    return change(goal, by=by, version=version, status=status, reached_on=reached)


def agree(
    *,
    place: Place,
    what: str,
    doer: Person | Staff,
    due_on: date,
    by: Actor,
    topic: Topic | None = None,
    goal: Goal | None = None,
    first_step: str = "",
    review_on: date | None = None,
    stop_rule: str = "",
    occasion: UUID | None = None,
    id: UUID | None = None,
) -> Agreement:
    """Who does what by when. A trial has a day when it is looked at again, and what would end it (S4 §2)."""
    agreement = Agreement(
        id=id or new_id(),
        what=what,
        due_on=due_on,
        topic=topic,
        goal=goal,
        first_step=first_step,
        review_on=review_on,
        stop_rule=stop_rule,
        occasion=occasion,
        doer_person=doer if isinstance(doer, Person) else None,
        doer_staff=doer if isinstance(doer, Staff) else None,
    )
    return lay(agreement, place.drawer(by), by=by)


def report(
    *, agreement: Agreement, status: Progress | str, on: date, by: Actor, word: str = "", version: int | None = None
) -> Agreement:
    """How it went, said by whoever took it on or whoever keeps the agreement."""
    done = on if status == Progress.DONE else None
    return change(agreement, by=by, version=version, status=status, done_on=done, word=word)


def give_time(*, agreement: Agreement, until: date, by: Actor, word: str = "", version: int | None = None) -> Agreement:
    """More time, asked for by whoever took it on or given by whoever keeps it. The earlier day stays in its history."""
    return change(agreement, by=by, version=version, due_on=until, word=word)


def go_on(*, agreement: Agreement, review_on: date, by: Actor, word: str = "", version: int | None = None) -> Agreement:
    """A trial goes on until ``review_on``, when it is looked at again."""
    until = max(agreement.due_on, review_on)
    return change(agreement, by=by, version=version, review_on=review_on, due_on=until, word=word)


def add_intervention(
    *,
    place: Place,
    title: str,
    unit: Unit,
    starts: date,
    by: Actor,
    legal_section: str = "",
    purpose: str = "",
    ends: date | None = None,
    id: UUID | None = None,
) -> Intervention:
    """Something that is going on, by which unit, under which section of law, for what."""
    row = Intervention(
        id=id or new_id(),
        title=title,
        unit=unit,
        starts=starts,
        ends=ends,
        legal_section=legal_section,
        purpose=purpose,
    )
    return lay(row, place.drawer(by, reveals_place=unit.reveals_place), by=by)


def add_weekly_time(
    *,
    person: Person,
    kind: Kind | str,
    weekday: str,
    starts_at: time,
    ends_at: time,
    by: Actor,
    intervention: Intervention | None = None,
    title: str = "",
    weeks: Weeks | str = Weeks.EVERY,
    at: str = "",
    id: UUID | None = None,
) -> WeeklyTime:
    """When in the week, and where. With a place it lies in a drawer that address protection reaches."""
    row = WeeklyTime(
        id=id or new_id(),
        person=person,
        intervention=intervention,
        title=title,
        weekday=weekday,
        weeks=weeks,
        starts_at=starts_at,
        ends_at=ends_at,
        place=at,
    )
    return lay(row, Place.for_([person], kind).drawer(by, reveals_place=bool(at)), by=by)


def add_sector_plan(
    *,
    person: Person,
    unit: Unit,
    name: str,
    starts: date,
    by: Actor,
    legal_section: str = "",
    kept_in: str = "",
    ends: date | None = None,
    id: UUID | None = None,
) -> SectorPlan:
    """A pointer to a department's own plan; the plan stays where it is."""
    row = SectorPlan(
        id=id or new_id(),
        person=person,
        unit=unit,
        name=name,
        starts=starts,
        ends=ends,
        legal_section=legal_section,
        kept_in=kept_in,
    )
    return lay(row, Place.for_([person], unit.category).drawer(by, reveals_place=unit.reveals_place), by=by)


def follow_up(
    *, plan: SectorPlan, held_on: date, next_on: date, why: str, by: Actor, id: UUID | None = None, **answers: str
) -> FollowUp:
    """The four questions of barnets lov § 95, answered on a day, and when next. In the plan's own drawer."""
    row = FollowUp(id=id or new_id(), sector_plan=plan, held_on=held_on, next_on=next_on, why=why, **answers)
    scope = plan.scope
    about = tuple(scope.subjects)
    drawer = Drawer(plan.family_id, about, scope.category_id, source=scope.source, reveals_place=scope.reveals_place)
    return lay(row, drawer, by=by)


def add_network_person(
    *,
    of: Person,
    name: str,
    by: Actor,
    relation_words: str = "",
    phone: str = "",
    may_contact: bool = False,
    id: UUID | None = None,
) -> NetworkPerson:
    """Somebody around the family, and whether the municipality may contact them."""
    row = NetworkPerson(
        id=id or new_id(),
        of_person=of,
        name=name,
        relation_words=relation_words,
        phone=phone,
        may_contact=may_contact,
    )
    return lay(row, Place.for_([of], Kind.NETWORK).drawer(by), by=by)


def edit(*, row: Row, version: int, by: Actor, **fields: object) -> Row:
    """Change a row as its writer. Raises :class:`Conflict` when somebody else was first; both texts are then shown."""
    return change(row, by=by, version=version, **fields)
