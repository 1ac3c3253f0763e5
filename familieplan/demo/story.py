"""The words the stories are told in: one person's turn at a time, every sentence an action of people, consent or plan.

Nothing is written around the rules. A turn is that person's own transaction and log row, as on a page of ours, on the
day it says: the clock is moved there first (clock.py). A story goes forward: no turn before the one before it.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from familieplan.access.actor import Actor
from familieplan.access.context import acting_as
from familieplan.access.enums import Kind
from familieplan.audit import log
from familieplan.consent import actions as consent
from familieplan.consent.enums import Form
from familieplan.consent.models import Consent, LegalParagraph
from familieplan.consent.rules import age_on
from familieplan.demo import clock
from familieplan.demo.municipality import STAFF, Town, id_of
from familieplan.people import actions as people
from familieplan.people.enums import ContactKind, CustodyKind, Part, RelationKind, TeamRole
from familieplan.people.models import Household, Person, Staff, Unit
from familieplan.plan import actions as plan
from familieplan.plan.actions import Place
from familieplan.plan.enums import Horizon, Progress, StatementKind, Weeks, YesNo
from familieplan.plan.models import Agreement, Goal, Intervention, SectorPlan, Statement, StrategicGoal, Topic

COMMUNITY, JOBS, SCHOOLING = range(3)  # the municipality's common goals, in their order
OFFICE, KITCHEN = (time(8, 40), 420), (time(17, 15), 270)  # from when on, and for how many minutes, people sit down
BETWEEN = timedelta(minutes=9)  # from one turn to the next at least


@dataclass(frozen=True, slots=True)
class Theme:
    """A topic and where its words are laid."""

    topic: Topic
    place: Place


@dataclass(frozen=True, slots=True)
class Aim:
    """A goal and where its steps are laid."""

    goal: Goal
    theme: Theme


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that is going on, and where words about it are laid."""

    row: Intervention
    place: Place


class Story:
    """One family's story. ``key`` names it; ``turn`` lets somebody act in it."""

    def __init__(self, key: str, town: Town, coordinator: str, *, opened: int) -> None:
        self.key, self.town, self.today = key, town, town.today
        self.turns, self.days_ago, self.now = 0, opened, _at(self.ago(opened), time(8, 15))
        self.persons: dict[UUID, Person] = {}
        self.family = id_of("family", key)
        self._moves_to(opened, OFFICE)
        by = STAFF[coordinator].actor
        with acting_as(by):
            self.first = self._opens(town.units[STAFF[coordinator].unit], by)

    def _opens(self, unit: Unit, by: Actor) -> UUID:
        """Who is written down first has this id."""
        opened_on = self.ago(self.days_ago)
        return people.open_family(id=self.family, unit=unit, opened_on=opened_on, by=by)[1]

    def ago(self, days: int) -> date:
        return self.today - timedelta(days=days)

    def ahead(self, days: int) -> date:
        return self.today + timedelta(days=days)

    def born(self, age: int, days_since_birthday: int = 100) -> date:
        """The day of birth of somebody who is ``age`` today, and had their birthday so many days ago."""
        birthday = self.ago(days_since_birthday)
        return birthday.replace(year=birthday.year - age, day=min(birthday.day, 28))

    @contextmanager
    def turn(self, who: str | Person, *, ago: int) -> Iterator["Turn"]:
        """A staff member by login, or a person of the family, so many days ago: the family opened, and that logged."""
        by = STAFF[who].actor if isinstance(who, str) else self.actor(who)
        self._moves_to(ago, OFFICE if isinstance(who, str) else KITCHEN)
        with acting_as(by):
            log.open_family(self.family, "family")
            yield Turn(self, by)

    def looks(self, *who: str | Person, ago: int) -> None:
        """They open the plan and read."""
        for one in who:
            with self.turn(one, ago=ago):
                pass

    def _moves_to(self, ago: int, hours: tuple[time, int]) -> None:
        """Offices are closed at weekends."""
        if not 0 < ago <= self.days_ago:
            raise ValueError(f"{self.key}: a turn {ago} days ago after one {self.days_ago} days ago")
        day = self.office_day(ago) if hours is OFFICE else self.ago(ago)
        self.turns, self.days_ago = self.turns + 1, ago
        begins, minutes = hours
        wanted = _at(day, begins) + timedelta(minutes=self.turns * 97 % minutes)
        self.now = max(wanted, self.now + BETWEEN)
        clock.move_to(self.now)

    def office_day(self, ago: int) -> date:
        """Of a weekend it is the Monday after, or, when that is not yet, the Friday before."""
        day = self.ago(ago)
        if day.weekday() < 5:
            return day
        monday = day + timedelta(days=7 - day.weekday())
        return monday if monday < self.today or ago < 0 else day - timedelta(days=day.weekday() - 4)

    def at(self, ago: int, hour: time) -> datetime:
        """A moment of an office day so many days ago; of days to come with a minus."""
        return _at(self.office_day(ago), hour)

    def is_child(self, person: UUID) -> bool:
        born = self.persons[person].birth_date
        return born is not None and age_on(born, self.today) < 18

    def actor(self, person: Person) -> Actor:
        role = "youth" if self.is_child(person.pk) else "parent"
        return Actor(person.pk, "person", person.given_name, frozenset({role}))


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, timezone.get_current_timezone())


@dataclass(frozen=True)
class Turn:
    """What ``by`` does on the day of the turn."""

    story: Story
    by: Actor
    town: Town = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "town", self.story.town)

    @property
    def today(self) -> date:
        return self.story.now.date()

    # --- who they are ---------------------------------------------------------------------------------------------

    def person(
        self,
        given_name: str,
        surname: str,
        age: int,
        words: str,
        *,
        part: Part = Part.MEMBER,
        birthday: int = 100,
    ) -> Person:
        person = people.add_person(
            id=id_of("person", self.story.key, given_name) if self.story.persons else self.story.first,
            family=self.story.family,
            given_name=given_name,
            surname=surname,
            birth_date=self.story.born(age, birthday),
            part=part,
            role_words=words,
            by=self.by,
        )
        self.story.persons[person.pk] = person
        return person

    def parent(self, parent: Person, *children: Person, words: str, kind: RelationKind | None = None) -> None:
        for child in children:
            people.relate(
                person=parent, other=child, kind=kind or RelationKind.BIOLOGICAL_PARENT, words=words, by=self.by
            )

    def related(self, person: Person, other: Person, kind: RelationKind, words: str = "") -> None:
        people.relate(person=person, other=other, kind=kind, words=words, by=self.by)

    def custody(self, child: Person, *holders: Person) -> None:
        since = child.birth_date or self.story.today
        kind = CustodyKind.SOLE if len(holders) == 1 else CustodyKind.JOINT
        for holder in holders:
            people.set_custody(child=child, holder=holder, kind=kind, starts=since, by=self.by)

    def home(self, label: str, address: str, *residents: Person) -> Household:
        """Each resident's own fact; the address is about all of them."""
        home = people.add_household(family=self.story.family, label=label, about=residents, address=address, by=self.by)
        for person in residents:
            people.live_at(person=person, household=home, starts=self.story.ago(700), by=self.by)
        return home

    def also_lives(self, person: Person, home: Household, pattern: str) -> None:
        people.live_at(person=person, household=home, pattern=pattern, starts=self.story.ago(700), by=self.by)

    def phone(self, person: Person, number: str) -> None:
        people.add_contact(person=person, kind=ContactKind.PHONE, value=number, by=self.by)

    def protects_address(self, *persons: Person) -> None:
        for person in persons:
            people.protect_address(person=person, starts=self.story.ago(200), by=self.by)

    def team(self, login: str, *about: Person, reason: str) -> None:
        people.add_to_team(
            family=self.story.family,
            staff=self.town.staff[login],
            unit=self.town.units[STAFF[login].unit],
            about=about,
            starts=self.today,
            reason=reason,
            role=TeamRole.PROFESSIONAL,
            by=self.by,
        )

    # --- consent --------------------------------------------------------------------------------------------------

    def yes(
        self,
        subject: Person,
        kinds: Iterable[Kind],
        *,
        to: str | Person,
        purpose: str,
        without: str,
        signed: Sequence[Person] = (),
        units: Iterable[str] = ("koordination",),
        days: int = 180,
        deviation: str = "",
        private_voice: bool = False,
    ) -> Consent:
        """``subject`` says yes: these kinds, from the family and ``units``, ``to`` a unit or a person.

        ``without``: what a no would mean. No ``signed``: the subject signs alone.
        """
        to_unit = self.town.unit_ids(to) if isinstance(to, str) else ()
        to_person = () if isinstance(to, str) else (to.pk,)
        return consent.give(
            yes=consent.Yes(
                subject=subject,
                kinds=tuple(kinds),
                purpose=purpose,
                consequence=without,
                until=self.story.ahead(days),
                from_units=self.town.unit_ids(*units),
                to_units=to_unit,
                to_persons=to_person,
                deviation_reason=deviation,
                private_voice=private_voice,
            ),
            form=Form.PORTAL if self.by.is_family else Form.TABLET,
            signed_by=signed or (subject,),
            by=self.by,
        )

    def by_law(
        self,
        subject: Person,
        kinds: Iterable[Kind],
        paragraph: str,
        *,
        to: str,
        units: Iterable[str],
        why: str,
        days: int,
    ) -> None:
        """Shared without consent, by a section of law: its own act, and the family is told."""
        consent.share_by_law(
            subject=subject,
            kinds=[str(kind) for kind in kinds],
            from_units=self.town.unit_ids(*units),
            to_unit=self.town.units[to],
            paragraph=LegalParagraph.objects.get(key=paragraph),
            necessity=why,
            days=days,
            by=self.by,
        )

    def asks(self, kinds: Iterable[Kind], why: str) -> None:
        """A professional on the team asks the family to see something."""
        consent.ask_for_access(
            unit=self.by.units[0], kinds=[str(kind) for kind in kinds], why=why, family=self.story.family, by=self.by
        )

    # --- the plan -------------------------------------------------------------------------------------------------

    def topic(self, title: str, kind: Kind, *about: Person, order: int = 0) -> Theme:
        place = Place.for_(about, kind)
        return Theme(plan.add_topic(place=place, title=title, order=order, by=self.by), place)

    def worry(self, at: Theme, text: str, speaker: Person | None = None, *, ago: int | None = None) -> Statement:
        return self._says(StatementKind.WORRY, at.place, text, speaker, ago, topic=at.topic)

    def works(self, at: Theme, text: str, speaker: Person | None = None, *, ago: int | None = None) -> Statement:
        return self._says(StatementKind.STRENGTH, at.place, text, speaker, ago, topic=at.topic)

    def wish(self, at: Theme, text: str, speaker: Person | None = None, *, ago: int | None = None) -> Statement:
        return self._says(StatementKind.WISH, at.place, text, speaker, ago, topic=at.topic)

    def tells_the_others(self, at: Theme, text: str, speaker: Person | None = None) -> Statement:
        """Between the meetings."""
        return self._says(StatementKind.COMMENT, at.place, text, speaker, None, topic=at.topic)

    def hope(self, speaker: Person, text: str, *, ago: int | None = None) -> Statement:
        return self._says(StatementKind.HOPE, Place.for_([speaker], Kind.PLAN), text, speaker, ago)

    def burning(self, speaker: Person, text: str, *, ago: int | None = None) -> Statement:
        return self._says(StatementKind.BURNING, Place.for_([speaker], Kind.PLAN), text, speaker, ago)

    def status(self, speaker: Person, text: str, *, ago: int | None = None) -> Statement:
        return self._says(StatementKind.STATUS, Place.for_([speaker], Kind.WELLBEING), text, speaker, ago)

    def idea(self, offer: Offer, text: str, speaker: Person | None = None, *, ago: int | None = None) -> Statement:
        """What somebody of the family thinks it is for: about themselves and the children, not for the other adults."""
        said_by = speaker or self._self()
        about = tuple(one for one in offer.place.about if one == said_by.pk or self.story.is_child(one))
        place = Place(offer.place.family, about or (said_by.pk,), offer.place.kind)
        return self._says(StatementKind.IDEA, place, text, speaker, ago, intervention=offer.row)

    def keeps_to_self(self, text: str, kind: Kind, *, ago: int | None = None) -> Statement:
        """A worry that is the actor's own: that it exists is nobody else's to know."""
        own = Place.for_([self.story.persons[self.by.id]], kind)
        return self._says(StatementKind.WORRY, own, text, None, ago, private=True)

    def _says(
        self,
        kind: StatementKind,
        place: Place,
        text: str,
        speaker: Person | None,
        ago: int | None,
        *,
        topic: Topic | None = None,
        intervention: Intervention | None = None,
        private: bool = False,
    ) -> Statement:
        """The actor's own words, or a family member's that the coordinator writes down."""
        return plan.say(
            place=place,
            kind=kind,
            text=text,
            speaker=speaker or self._self(),
            said_on=min(self.story.ago(ago or 0), self.today),
            topic=topic,
            intervention=intervention,
            private=private,
            by=self.by,
        )

    def _self(self) -> Person | Staff:
        if self.by.is_family:
            return self.story.persons[self.by.id]
        return next(staff for staff in self.town.staff.values() if staff.pk == self.by.id)

    def _unit(self) -> Unit:
        return next(unit for unit in self.town.units.values() if unit.pk == self.by.units[0])

    def goal(
        self,
        theme: Theme,
        text: str,
        *steps: str,
        done: int = 0,
        common: int | None = None,
        days: int = 90,
        reached: int | None = None,
        long: bool = False,
    ) -> Aim:
        """A goal with its ladder of small steps, the first ``done`` of them reached; itself ``reached`` days ago."""
        strategic = StrategicGoal.objects.order_by("order")[common] if common is not None else None
        goal = plan.add_goal(
            place=theme.place,
            topic=theme.topic,
            text=text,
            horizon=Horizon.LONG if long else Horizon.SHORT,
            strategic=strategic,
            target_on=self.story.ahead(days),
            by=self.by,
        )
        for number, step_text in enumerate(steps):
            step = plan.add_step(goal=goal, place=theme.place, text=step_text, order=number, by=self.by)
            if number < done:
                on = min(self.today, self.story.ago(reached or 0)) - timedelta(days=5 * (done - number))
                plan.move_goal(goal=step, status=Progress.DONE, on=on, by=self.by)
        if reached is not None:
            plan.move_goal(goal=goal, status=Progress.DONE, on=self.story.ago(reached), by=self.by)
        return Aim(goal, theme)

    def helps(self, first: Aim, then: Aim, why: str) -> None:
        """When ``first`` succeeds, ``then`` becomes easier: told about everybody both are about."""
        about = tuple(dict.fromkeys((*first.theme.place.about, *then.theme.place.about)))
        place = Place(self.story.family, about, Kind.PLAN)
        plan.link_goals(goal=first.goal, helps=then.goal, why=why, place=place, by=self.by)

    def agree(
        self, theme: Theme, what: str, doer: Person | str, *, in_days: int, aim: Aim | None = None, stop_rule: str = ""
    ) -> Agreement:
        """With a ``stop_rule`` it is a trial, to be looked at today."""
        return plan.agree(
            place=theme.place,
            topic=theme.topic,
            goal=aim.goal if aim else None,
            what=what,
            doer=self.town.staff[doer] if isinstance(doer, str) else doer,
            due_on=self.story.ahead(in_days),
            review_on=self.story.ahead(0) if stop_rule else None,
            stop_rule=stop_rule,
            by=self.by,
        )

    def done(self, agreement: Agreement, word: str, *, days_ago: int) -> None:
        plan.report(agreement=agreement, status=Progress.DONE, on=self.story.ago(days_ago), word=word, by=self.by)

    def offer(self, title: str, *about: Person, law: str, purpose: str, until: int | None = None) -> Offer:
        """Something the actor's own unit does with the family."""
        place = Place.for_(about, self._unit().category)
        row = plan.add_intervention(
            place=place,
            title=title,
            unit=self._unit(),
            starts=self.today,
            ends=self.story.ahead(until) if until is not None else None,
            legal_section=law,
            purpose=purpose,
            by=self.by,
        )
        return Offer(row, place)

    def weekly(self, offer: Offer, person: Person, days: str, hours: str, at: str, weeks: Weeks = Weeks.EVERY) -> None:
        """``days``: the numbers of the weekdays, Monday is 1. ``hours``: "09:00-12:00"."""
        starts, ends = hours.split("-")
        for weekday in days:
            plan.add_weekly_time(
                person=person,
                intervention=offer.row,
                kind=offer.place.kind,
                weekday=weekday,
                weeks=weeks,
                starts_at=time.fromisoformat(starts),
                ends_at=time.fromisoformat(ends),
                at=at,
                by=self.by,
            )

    def sector_plan(self, person: Person, name: str, law: str, kept_in: str, *, days: int = 120) -> None:
        plan.add_sector_plan(
            person=person,
            unit=self._unit(),
            name=name,
            legal_section=law,
            kept_in=kept_in,
            starts=self.today,
            ends=self.story.ahead(days),
            by=self.by,
        )

    def follow_up(self, name: str, *, revise: str, why: str, again_in: int) -> None:
        """The four questions: the plan is changed, the rest is as it should be."""
        no = dict.fromkeys(("adjust", "assess", "other"), YesNo.NO.value)
        answers: dict[str, Any] = no | {"revise": YesNo.YES.value, "revise_words": revise}
        plan.follow_up(
            plan=SectorPlan.objects.get(family_id=self.story.family, name=name),
            held_on=self.today,
            next_on=self.story.ahead(again_in),
            why=why,
            by=self.by,
            **answers,
        )

    def network(self, of: Person, name: str, words: str, phone: str = "", *, may_contact: bool = False) -> None:
        plan.add_network_person(
            of=of, name=name, relation_words=words, phone=phone, may_contact=may_contact, by=self.by
        )
