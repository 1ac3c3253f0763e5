"""The family page as plain values: what the queries fill and the template draws. Nothing here asks the database.

Everything in these values is what *this* reader may see; an empty tuple makes its section disappear, unless the reader
may add. Ids are the database's; addresses are made in the template from `FamilyPage.base`:

    base/                                  the page
    base/who/<drawer>/                     who can see this (plan/who.html)
    base/topics/add/                       base/topics/<id>/edit/
    base/topics/<id>/statements/add/?kind=worry|strength|wish|comment
    base/topics/<id>/goals/add/            base/goals/<id>/edit/
    base/topics/<id>/agreements/add/       base/agreements/add/  base/agreements/<id>/edit/
    base/agreements/earlier/               base/agreements/<id>/done/  later/  go-on/
    base/tasks/                            everybody's agreements (plan/tasks.html)
    base/statements/<id>/edit/             base/hopes/add/       base/burning/add/  (statements of those kinds)
    base/interventions/add/                base/interventions/<id>/edit/
    base/interventions/<id>/idea/          the family's own idea of it
    base/plans/add/                        base/plans/<id>/edit/  base/plans/<id>/follow-ups/
    base/times/add/                        base/times/<id>/edit/  (weekly times that belong to no intervention)
    base/network/add/                      base/network/<id>/edit/
    base/consents/                         base/log/             base/fridge-plan/
"""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from functools import cached_property
from uuid import UUID


class Add(StrEnum):
    """What this reader may add on the page (`FamilyPage.may_add`)."""

    BURNING = "burning"
    HOPE = "hope"
    TOPIC = "topic"
    AGREEMENT = "agreement"
    INTERVENTION = "intervention"
    PLAN = "plan"
    NETWORK = "network"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class PersonRef:
    """Somebody on the page. `tone` 0–7 is the person's colour, the same everywhere; the name is always written too."""

    id: UUID
    name: str
    tone: int = 0

    @property
    def initials(self) -> str:
        return self.name[:1].upper()


@dataclass(frozen=True, slots=True)
class StatementView:
    """What somebody said. Without department: the family's own words."""

    id: UUID
    drawer: int
    text: str
    speaker: str
    said_on: date
    department: str = ""
    told_to: str = ""  # by whom it was written down, when that was not the speaker
    is_private: bool = False  # a voice of its own: nobody else sees that it exists
    may_edit: bool = False
    has_earlier: bool = False  # it took the place of earlier words, which can be read


@dataclass(frozen=True, slots=True)
class PersonCard:
    person: PersonRef
    relation: str  # in the family's own words: "mor", "bonusfar"
    age: int | None = None
    home: str = ""  # "bor hos Sara og Jonas, en uge ad gangen"; empty when the reader may not know
    wellbeing: StatementView | None = None  # as the person said it
    is_me: bool = False


@dataclass(frozen=True, slots=True)
class StepView:
    id: UUID
    text: str
    done_on: date | None = None
    is_next: bool = False
    who: str = ""
    may_edit: bool = False


@dataclass(frozen=True, slots=True)
class GoalView:
    id: UUID
    drawer: int
    text: str
    whose: tuple[PersonRef, ...] = ()
    is_long: bool = False
    due: date | None = None
    reached_on: date | None = None
    strategic: str = ""  # the municipality's common goal it counts towards
    helps: tuple[str, ...] = ()  # what becomes easier for whom when it succeeds
    steps: tuple[StepView, ...] = ()
    may_edit: bool = False


@dataclass(frozen=True, slots=True)
class AgreementView:
    id: UUID
    drawer: int
    text: str
    who: str
    due: date | None = None
    done_on: date | None = None
    is_overdue: bool = False
    topic: str = ""
    word: str = ""  # how it went, said by whoever took it on
    first_step: str = ""
    review_on: date | None = None  # of a trial: when we look at it again …
    stop_rule: str = ""  # … and what would make us stop
    is_for_review: bool = False  # that day has come: go on, change it, or stop?
    doer: UUID | None = None  # none: somebody the reader may not know
    is_mine: bool = False
    is_unseen: bool = False  # whoever took it on cannot see it
    may_edit: bool = False
    may_report: bool = False


@dataclass(frozen=True, slots=True)
class TopicCard:
    id: UUID
    drawer: int
    title: str
    about: tuple[PersonRef, ...] = ()
    worries: tuple[StatementView, ...] = ()
    strengths: tuple[StatementView, ...] = ()
    wishes: tuple[StatementView, ...] = ()
    goals: tuple[GoalView, ...] = ()
    next_agreement: AgreementView | None = None
    is_settled: bool = False
    may_add: bool = False
    may_edit: bool = False
    comments: tuple[StatementView, ...] = ()  # between the meetings, the newest last


@dataclass(frozen=True, slots=True)
class WeekSlot:
    intervention: UUID
    weekday: int  # 0 is Monday
    start: time
    end: time
    title: str
    who: tuple[PersonRef, ...] = ()
    place: str = ""
    note: str = ""  # "hver anden uge"
    clashes: bool = False  # somebody should be in two places at once
    to_change: tuple[tuple[UUID, str], ...] = ()  # times that stand alone: id and whose


@dataclass(frozen=True, slots=True)
class ContactView:
    """A professional (with department; in order of department) or one of the family's own people (without)."""

    id: UUID
    drawer: int
    name: str  # of the unit, where the municipality does not show its staff by name
    role: str = ""  # "sagsbehandler", "farmor"
    department: str = ""
    phone: str = ""
    email: str = ""
    is_coordinator: bool = False
    since: date | None = None
    last_contact: date | None = None
    may_contact: bool | None = None  # may the municipality contact this person? none: not asked
    note: str = ""
    whose: str = ""  # of one of the family's own people: to whom they belong
    may_edit: bool = False


@dataclass(frozen=True, slots=True)
class WayIn:
    """Whom to call: the family's coordinator. Told by name to everybody who may open the family."""

    name: str
    unit: str
    phone: str = ""
    is_me: bool = False


@dataclass(frozen=True, slots=True)
class InterventionView:
    id: UUID
    drawer: int
    title: str
    whom: tuple[PersonRef, ...] = ()
    purpose: str = ""
    law: str = ""
    ideas: tuple[StatementView, ...] = ()  # what the family thinks it is for
    place: str = ""
    times: str = ""  # "tirsdag og torsdag kl. 9–12"
    start: date | None = None
    end: date | None = None
    contact: str = ""
    may_edit: bool = False
    may_say: bool = False  # may add the family's own idea


@dataclass(frozen=True, slots=True)
class SectorPlanView:
    """A pointer: the plan itself stays in the department's own system."""

    id: UUID
    drawer: int
    title: str
    whom: tuple[PersonRef, ...] = ()
    law: str = ""
    kept_by: str = ""
    until: date | None = None
    follow_up_on: date | None = None  # of a child's plan that the law wants followed (base/plans/<id>/follow-ups/)
    is_late: bool = False
    may_edit: bool = False


@dataclass(frozen=True, slots=True)
class DepartmentView:
    name: str
    interventions: tuple[InterventionView, ...] = ()
    plans: tuple[SectorPlanView, ...] = ()


@dataclass(frozen=True, slots=True)
class Reader:
    """One answer to "who can see this": a person or a unit, and why, in plain words."""

    name: str
    why: str
    is_unit: bool = False
    until: date | None = None


@dataclass(frozen=True, slots=True)
class DrawerInfo:
    """What lies in one drawer, and who may open it: the whole answer to "who can see this"."""

    id: int
    kind: str  # "arbejde og uddannelse"
    about: tuple[str, ...]
    readers: tuple[Reader, ...]


@dataclass(frozen=True, slots=True)
class SightLine:
    """What one reader may see about somebody, and why."""

    about: str
    kinds: tuple[str, ...]
    why: str
    until: date | None = None


@dataclass(frozen=True, slots=True)
class SightView:
    """Who may see what, gathered by reader."""

    name: str
    lines: tuple[SightLine, ...] = ()
    is_unit: bool = False
    has_written: bool = False  # and keeps what they wrote, whatever is said yes to


@dataclass(frozen=True)
class FamilyPage:
    id: UUID
    name: str
    today: date
    base: str  # the page's own address, with a slash at the end
    is_own: bool = False  # the reader is of this family
    coordinator: WayIn | None = None
    people: tuple[PersonCard, ...] = ()
    burning: tuple[StatementView, ...] = ()
    hopes: tuple[StatementView, ...] = ()
    topics: tuple[TopicCard, ...] = ()
    loose: tuple[StatementView, ...] = ()  # said about a topic this reader may not see, or about none
    loose_goals: tuple[GoalView, ...] = ()
    agreements: tuple[AgreementView, ...] = ()
    has_earlier_agreements: bool = False
    week: tuple[WeekSlot, ...] = ()
    professionals: tuple[ContactView, ...] = ()
    network: tuple[ContactView, ...] = ()
    departments: tuple[DepartmentView, ...] = ()
    sight: tuple[SightView, ...] = ()
    coordinates: bool = False
    may_add: frozenset[Add] = frozenset()

    @cached_property
    def days(self) -> tuple[tuple[int, tuple[WeekSlot, ...]], ...]:
        """Monday to Friday always, Saturday and Sunday when something happens; each day in order of the clock."""
        by_day: dict[int, list[WeekSlot]] = {number: [] for number in range(5)}
        for slot in sorted(self.week, key=lambda slot: (slot.weekday, slot.start)):
            by_day.setdefault(slot.weekday, []).append(slot)
        return tuple((number, tuple(slots)) for number, slots in sorted(by_day.items()))

    @cached_property
    def meeting_places(self) -> int:
        """How many places the family meets the municipality: S4's mother has eight."""
        return len({one.place for department in self.departments for one in department.interventions if one.place})

    @cached_property
    def plan_count(self) -> int:
        return sum(len(department.plans) for department in self.departments)
