"""The family page for whoever asks: rows of `queries.py` become the values of `page.py`."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, time
from functools import cache, cached_property
from typing import Any
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from familieplan.access.actor import Actor
from familieplan.access.enums import Basis, Kind
from familieplan.people.enums import Part
from familieplan.people.names import in_words
from familieplan.plan import followups, rules
from familieplan.plan.enums import StatementKind, Weeks
from familieplan.plan.page import (
    Add,
    AgreementView,
    ContactView,
    DepartmentView,
    FamilyPage,
    GoalView,
    InterventionView,
    PersonCard,
    PersonRef,
    SectorPlanView,
    SightLine,
    SightView,
    StatementView,
    StepView,
    TopicCard,
    WayIn,
    WeekSlot,
)
from familieplan.plan.queries import parts_of_the_page
from familieplan.plan.times import week_in_words

Row = dict[str, Any]
TONES = 8
FAMILY_ADDS = frozenset({Add.BURNING, Add.HOPE, Add.TOPIC, Add.AGREEMENT, Add.NETWORK, Add.TIME})
TEAM_ADDS = frozenset({Add.BURNING, Add.TOPIC, Add.AGREEMENT, Add.INTERVENTION, Add.PLAN, Add.NETWORK, Add.TIME})
SAME_SLOT = ("weekday", "starts_at", "ends_at", "intervention", "title", "place", "weeks")
VOICES = (StatementKind.WORRY, StatementKind.STRENGTH, StatementKind.WISH)


def base_of(family: UUID) -> str:
    return f"/families/{family}/"


def family_page(*, family: UUID, actor: Actor, today: date) -> FamilyPage:
    """Needs the family to have been opened (`people.guards`): before that there is nothing to see."""
    parts = parts_of_the_page(family=family, reader=actor.id, today=today)
    return Gathering(parts, actor, today).page(family)


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


class Gathering:
    """One reader's rows, and what they look up in each other. Works on nothing but what it was given."""

    def __init__(self, parts: dict[str, list[Row]], actor: Actor, today: date) -> None:
        self.parts, self.actor, self.today, self.me = parts, actor, today, str(actor.id)
        self.people = {
            row["id"]: PersonRef(UUID(row["id"]), row["name"], number % TONES)
            for number, row in enumerate(parts["people"])
        }
        self.drawers = {row["id"]: row for row in parts["drawers"]}
        self.someone, self.language = _("Someone in the family"), get_language()
        writes = parts["writes"][0]
        self.edits, self.adds = frozenset(writes["edits"]), frozenset(writes["adds"])
        team_roles = writes["team_roles"] or ()
        self.coordinates = "coordinator" in team_roles
        self.may_write = actor.is_family or bool(team_roles)

    def page(self, family: UUID) -> FamilyPage:
        return FamilyPage(
            id=family,
            name=self.family_name(),
            today=self.today,
            base=base_of(family),
            is_own=self.actor.is_family,
            coordinator=self.coordinator(),
            people=self.person_cards(),
            burning=self.words_of(StatementKind.BURNING),
            hopes=self.words_of(StatementKind.HOPE),
            topics=tuple(self.topic(row) for row in self.parts["topics"]),
            loose=self.loose_words(),
            loose_goals=tuple(self.goals_of[None]),
            agreements=self.agreements,
            has_earlier_agreements=self.parts["writes"][0]["has_earlier_agreements"],
            week=self.week(),
            professionals=self.professionals(),
            network=tuple(self.network_person(row) for row in self.parts["network"]),
            departments=self.departments(),
            sight=self.sight(),
            coordinates=self.coordinates,
            may_add=self.may_add(),
        )

    def family_name(self) -> str:
        """It has no name of its own: those of it whom the reader may know."""
        members = [row["name"] for row in self.parts["people"] if row["part"] == Part.MEMBER]
        return in_words(members) or _("A family")

    def may_add(self) -> frozenset[Add]:
        if self.actor.is_family:
            return FAMILY_ADDS
        if not self.parts["people"]:  # nobody one may write about
            return frozenset()
        return TEAM_ADDS | {Add.HOPE} if self.coordinates else TEAM_ADDS if self.may_write else frozenset()

    # --- people ---

    def name(self, person: str | None) -> str:
        ref = self.people.get(person or "")
        return ref.name if ref else self.someone

    def about(self, drawer: int) -> tuple[PersonRef, ...]:
        subjects = self.drawers[drawer]["subjects"]
        return tuple(ref for person, ref in self.people.items() if person in subjects)

    def person_cards(self) -> tuple[PersonCard, ...]:
        homes: dict[str, list[str]] = defaultdict(list)
        for row in self.parts["homes"]:
            homes[row["person"]].append(f"{row['label']} ({row['pattern']})" if row["pattern"] else row["label"])
        wellbeing = {said["person"]: said for said in reversed(self.said_by_kind[StatementKind.STATUS])}
        return tuple(self.person(row, homes[row["id"]], wellbeing.get(row["id"])) for row in self.parts["people"])

    def person(self, row: Row, homes: list[str], wellbeing: Row | None) -> PersonCard:
        birth = day(row["birth_date"])
        return PersonCard(
            person=self.people[row["id"]],
            relation=row["role_words"],
            age=rules.age(birth, self.today) if birth else None,
            home=in_words(homes),
            wellbeing=self.said(wellbeing) if wellbeing else None,
            is_me=row["id"] == self.me,
        )

    # --- words ---

    @cached_property
    def said_by_kind(self) -> dict[str, list[Row]]:
        by_kind: dict[str, list[Row]] = defaultdict(list)
        for row in self.parts["words"]:
            by_kind[row["kind"]].append(row)
        return by_kind

    @cached_property
    def said_of_topic(self) -> dict[tuple[str, str], list[StatementView]]:
        by_topic: dict[tuple[str, str], list[StatementView]] = defaultdict(list)
        for kind in (*VOICES, StatementKind.COMMENT):
            for row in self.said_by_kind[kind]:
                by_topic[row["topic"], kind].append(self.said(row))
        return by_topic

    def words_of(self, kind: StatementKind) -> tuple[StatementView, ...]:
        return tuple(self.said(row) for row in self.said_by_kind[kind])

    def loose_words(self) -> tuple[StatementView, ...]:
        """Said about a topic that this reader may not see, or about none."""
        topics = {row["id"] for row in self.parts["topics"]}
        return tuple(
            said for (topic, _kind), some in self.said_of_topic.items() if topic not in topics for said in some
        )

    def said(self, row: Row) -> StatementView:
        drawer = self.drawers[row["drawer"]]
        return StatementView(
            id=UUID(row["id"]),
            drawer=row["drawer"],
            text=row["text"],
            speaker=row["staff_name"] or self.name(row["person"]),
            said_on=date.fromisoformat(row["said_on"]),
            department=(drawer["unit"] or "") if row["staff"] else "",
            told_to=self.told_to.get(row["written_by"], ""),
            is_private=drawer["voice"] is not None,
            may_edit=self.me in (row["person"], row["staff"], row["created_by"]) and row["drawer"] in self.adds,
            has_earlier=row["has_earlier"],
        )

    @cached_property
    def told_to(self) -> dict[str | None, str]:
        """By the name of whoever wrote somebody else's words down: how the page says so."""
        said = _("told to %(whom)s")
        writers = {row["written_by"] for row in self.parts["words"] if row["written_by"]}
        return {name: said % {"whom": name.split()[0]} for name in writers}

    # --- topics, goals, agreements ---

    def topic(self, row: Row) -> TopicCard:
        topic = row["id"]
        worries, strengths, wishes = (tuple(self.said_of_topic[topic, kind]) for kind in VOICES)
        return TopicCard(
            id=UUID(topic),
            drawer=row["drawer"],
            title=row["title"],
            about=self.about(row["drawer"]),
            worries=worries,
            strengths=strengths,
            wishes=wishes,
            goals=tuple(self.goals_of[topic]),
            comments=tuple(reversed(self.said_of_topic[topic, StatementKind.COMMENT])),
            next_agreement=next((one for one in self.agreements_of[topic] if not one.done_on), None),
            is_settled=row["closed_on"] is not None,
            may_add=self.may_write,
            may_edit=row["drawer"] in self.edits,
        )

    @cached_property
    def goals_of(self) -> dict[str | None, list[GoalView]]:
        """Goals by topic; by none, those of no topic or of one the reader may not see. Steps are in their goals."""
        topics, goals = ({row["id"] for row in self.parts[part]} for part in ("topics", "goals"))
        steps, helps = defaultdict(list), defaultdict(list)
        for row in self.parts["goals"]:
            if row["parent"] in goals:
                steps[row["parent"]].append(row)
        for row in self.parts["links"]:
            helps[row["goal"]].append(row["why"])
        found: dict[str | None, list[GoalView]] = defaultdict(list)
        for row in self.parts["goals"]:
            if row["parent"] not in goals:
                topic = row["topic"] if row["topic"] in topics else None
                found[topic].append(self.goal(row, steps[row["id"]], helps[row["id"]]))
        return found

    def goal(self, row: Row, steps: list[Row], helps: list[str]) -> GoalView:
        following = next((step["id"] for step in steps if not step["is_done"]), None)
        return GoalView(
            id=UUID(row["id"]),
            drawer=row["drawer"],
            text=row["text"],
            whose=self.about(row["drawer"]),
            is_long=row["is_long"],
            due=day(row["target_on"]),
            reached_on=day(row["reached_on"]),
            strategic=self.in_language(row["strategic"], row["strategic_en"]),
            helps=tuple(helps),
            steps=tuple(
                StepView(
                    id=UUID(step["id"]),
                    text=step["text"],
                    done_on=day(step["reached_on"]),
                    is_next=step["id"] == following,
                    may_edit=step["drawer"] in self.edits,
                )
                for step in steps
            ),
            may_edit=row["drawer"] in self.edits,
        )

    def in_language(self, danish: str | None, english: str | None) -> str:
        return (english if english and self.language == "en" else danish) or ""

    @cached_property
    def agreements(self) -> tuple[AgreementView, ...]:
        return tuple(one for _topic, one in self.agreements_with_topic)

    @cached_property
    def agreements_of(self) -> dict[str, list[AgreementView]]:
        by_topic: dict[str, list[AgreementView]] = defaultdict(list)
        for topic, one in self.agreements_with_topic:
            by_topic[topic].append(one)
        return by_topic

    @cached_property
    def agreements_with_topic(self) -> list[tuple[str, AgreementView]]:
        titles = {row["id"]: row["title"] for row in self.parts["topics"]}
        return [(row["topic"], self.agreement(row, titles.get(row["topic"], ""))) for row in self.parts["agreements"]]

    def agreement(self, row: Row, topic: str) -> AgreementView:
        due = date.fromisoformat(row["due_on"])
        mine = self.me in (row["person"], row["staff"])
        return AgreementView(
            id=UUID(row["id"]),
            drawer=row["drawer"],
            text=row["what"],
            who=row["staff_name"] or self.name(row["person"]),
            due=due,
            done_on=day(row["done_on"]),
            is_overdue=due < self.today and not row["is_done"],
            topic=topic,
            word=row["word"],
            first_step=row["first_step"],
            review_on=(review := day(row["review_on"])),
            stop_rule=row["stop_rule"],
            is_for_review=review is not None and review <= self.today and not row["is_done"],
            doer=UUID(row["staff"] or row["person"]) if row["staff"] or row["person"] in self.people else None,
            is_mine=mine,
            is_unseen=row["is_unseen"],
            may_edit=row["drawer"] in self.edits,
            may_report=mine or row["drawer"] in self.edits,
        )

    # --- the week and everything that is going on ---

    def week(self) -> tuple[WeekSlot, ...]:
        """Several people at the same place at the same time are one line."""
        clashing = rules.clashes(occupied(row) for row in self.parts["times"])
        same: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
        for row in self.parts["times"]:
            same[tuple(row[key] for key in SAME_SLOT)].append(row)
        return tuple(self.slot(rows, clashing) for rows in same.values())

    def slot(self, rows: list[Row], clashing: frozenset[str]) -> WeekSlot:
        one = rows[0]
        is_told = one["intervention"] is None or one["intervention"] in self.titles  # else: that it is, and when
        return WeekSlot(
            intervention=UUID(one["intervention"] or one["id"]),
            weekday=int(one["weekday"]) - 1,
            start=clock(one["starts_at"]),
            end=clock(one["ends_at"]),
            title=self.titles.get(one["intervention"]) or one["title"] or _("Busy"),
            who=tuple(self.people[row["person"]] for row in rows if row["person"] in self.people),
            place=one["place"] if is_told else "",
            note="" if one["weeks"] == Weeks.EVERY else words_for(Weeks, one["weeks"], self.language),
            clashes=any(row["id"] in clashing for row in rows),
            to_change=tuple(
                (UUID(row["id"]), self.name(row["person"]))
                for row in rows
                if not row["intervention"] and row["drawer"] in self.edits
            ),
        )

    @cached_property
    def titles(self) -> dict[str, str]:
        return {row["id"]: row["title"] for row in self.parts["interventions"]}

    def departments(self) -> tuple[DepartmentView, ...]:
        efforts: dict[str, list[InterventionView]] = defaultdict(list)
        plans: dict[str, list[SectorPlanView]] = defaultdict(list)
        for row in self.parts["interventions"]:
            efforts[row["unit_name"]].append(self.intervention(row))
        for row in self.parts["plans"]:
            plans[row["unit_name"]].append(self.sector_plan(row))
        return tuple(
            DepartmentView(name, tuple(efforts[name]), tuple(plans[name])) for name in sorted({*efforts, *plans})
        )

    def intervention(self, row: Row) -> InterventionView:
        times = self.times_of[row["id"]]
        return InterventionView(
            id=UUID(row["id"]),
            drawer=row["drawer"],
            title=row["title"],
            whom=self.about(row["drawer"]),
            purpose=row["purpose"],
            law=row["legal_section"],
            ideas=tuple(self.said(said) for said in self.ideas_of[row["id"]]),
            place=_unique(time["place"] for time in times),
            times=week_in_words(times),
            start=day(row["starts"]),
            end=day(row["ends"]),
            contact=_unique(line["name"] for line in self.parts["team"] if line["unit"] == row["unit"]),
            may_edit=row["drawer"] in self.edits,
            may_say=self.actor.is_family or self.coordinates,
        )

    @cached_property
    def times_of(self) -> dict[str, list[Row]]:
        return _by("intervention", self.parts["times"])

    @cached_property
    def ideas_of(self) -> dict[str, list[Row]]:
        return _by("intervention", self.said_by_kind[StatementKind.IDEA])

    def sector_plan(self, row: Row) -> SectorPlanView:
        is_followed, starts = followups.is_followed(row["legal_section"]), date.fromisoformat(row["starts"])
        due = followups.due(starts, day(row["next_on"]), row["first_months"]) if is_followed else None
        return SectorPlanView(
            id=UUID(row["id"]),
            drawer=row["drawer"],
            title=row["name"],
            whom=tuple(self.people[row["person"]] for _ in "1" if row["person"] in self.people),
            law=row["legal_section"],
            kept_by=row["kept_in"] or row["unit_name"],
            until=day(row["ends"]),
            follow_up_on=due,
            is_late=due is not None and due < self.today,
            may_edit=row["drawer"] in self.edits,
        )

    # --- people around, and who may see what ---

    def coordinator(self) -> WayIn | None:
        """The latest, where there are two."""
        for row in self.parts["coordinators"][:1]:
            return WayIn(row["name"], row["unit"], row["phone"], is_me=row["staff"] == self.me)
        return None

    def professionals(self) -> tuple[ContactView, ...]:
        return tuple(
            ContactView(
                id=UUID(row["id"]),
                drawer=row["drawer"],
                name=row["name"],
                role=row["title"],
                department=row["unit_name"],
                phone=row["phone"],
                is_coordinator=row["role"] == "coordinator",
                since=day(row["starts"]),
                last_contact=day(row["last_contact_on"]),
                note=row["reason"],
            )
            for row in self.parts["team"]
        )

    def network_person(self, row: Row) -> ContactView:
        return ContactView(
            id=UUID(row["id"]),
            drawer=row["drawer"],
            name=row["name"],
            role=row["relation_words"],
            whose=self.name(row["person"]),
            phone=row["phone"],
            may_contact=row["may_contact"],
            may_edit=row["drawer"] in self.edits,
        )

    @cached_property
    def kinds(self) -> dict[str, str]:
        """Said some hundred times on a page: translated once."""
        return {kind: str(kind.label) for kind in Kind}

    def sight(self) -> tuple[SightView, ...]:
        """For each reader: about whom which kinds, why and until when. What is about two together is its own line."""
        found: dict[tuple[bool, str], list[Row]] = defaultdict(list)
        for row in self.parts["sight"]:
            found[row["is_unit"], row["name"]].append(row)
        return tuple(
            SightView(
                name,
                tuple(self.sight_line(row) for row in rows if row["basis"] != Basis.OWN),
                is_unit,
                has_written=any(row["basis"] == Basis.OWN for row in rows),
            )
            for (is_unit, name), rows in found.items()
        )

    def sight_line(self, row: Row) -> SightLine:
        known = [self.name(one) for one in row["about"] if one in self.people]
        unknown = [_("somebody you may not know the name of")] if len(known) < len(row["about"]) else []
        kinds = tuple(self.kinds[kind] for kind in row["kinds"])
        return SightLine(in_words(known + unknown), kinds, self.why[row["basis"]], day(row["until"]))

    @cached_property
    def why(self) -> dict[str, str]:
        return {basis: str(basis.label) for basis in Basis}


@cache
def words_for(choices: type[TextChoices], value: str, _language: str | None) -> str:
    """A label in one language, looked up once: a page says some of them twenty times."""
    return str(choices(value).label)


def clock(text: str) -> time:
    return time.fromisoformat(text)


def occupied(row: Row) -> rules.Occupied:
    starts, ends = clock(row["starts_at"]), clock(row["ends_at"])
    return rules.Occupied(row["id"], row["person"], int(row["weekday"]), row["weeks"], starts, ends)


def _by(key: str, rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row[key]].append(row)
    return found


def _unique(names: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(name for name in names if name))
