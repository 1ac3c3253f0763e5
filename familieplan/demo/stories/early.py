"""Two children before there is a case. Alma, 4, bites at daycare: her parents and Grete have met once, and meet again
next week. Villads, 9, is often late for school: his teacher has talked with both, and waits for his father's signature.

Invented, after what Statusanalyse, afsnit 2.3 and 3.3, tells of early meetings: a small thing somebody knew a way with.
"""

from datetime import time
from typing import TYPE_CHECKING
from uuid import UUID

from familieplan.access.actor import Actor
from familieplan.access.enums import Kind
from familieplan.consent.actions import Yes
from familieplan.consent.enums import Form
from familieplan.demo.municipality import Town
from familieplan.demo.story import Story
from familieplan.demo.table import plans
from familieplan.early import actions as early
from familieplan.early.actions import Child, Parent
from familieplan.meetings.enums import Agrees, Reply, Stage
from familieplan.people.models import Family, Person, Unit
from familieplan.plan.enums import StatementKind

if TYPE_CHECKING:
    from familieplan.demo.story import Theme, Turn

EVERYDAY = (Kind.BASIC, Kind.CONTACT, Kind.PLAN, Kind.FAMILY_LIFE, Kind.WELLBEING)


class EarlyStory(Story):
    """Begun by somebody at school or daycare, when both parents have been talked with."""

    def __init__(
        self,
        key: str,
        town: Town,
        contact: str,
        *,
        opened: int,
        child: tuple[str, str, int],
        parents: tuple[tuple[str, str], ...],
    ) -> None:
        self._child, self._parents = child, parents
        super().__init__(key, town, contact, opened=opened)

    def _opens(self, unit: Unit, by: Actor) -> UUID:
        given_name, surname, age = self._child
        talked_on = self.ago(self.days_ago)
        begun = early.begin(
            unit=unit,
            child=Child(given_name, surname, self.born(age)),
            parents=[Parent(name, surname, words, talked_on) for name, words in self._parents],
            by=by,
            id=self.family,
        )
        self.persons = {one.pk: one for one in (begun.child, *begun.parents)}
        return begun.child.pk

    def named(self, name: str) -> Person:
        return next(one for one in self.persons.values() if one.given_name == name)

    def yes(self, turn: "Turn", kinds: tuple[Kind, ...], *signed: str, to: tuple[str, ...], purpose: str) -> None:
        """The small yes of all who have signed, to these units, until it ends by itself."""
        units = self.town.unit_ids(*to)
        yes = Yes(
            subject=self.persons[self.first],
            kinds=tuple(map(str, kinds)),
            purpose=purpose,
            consequence="Så holder vi ikke mødet, og ingen andre får noget at vide.",
            until=Family.objects.get(pk=self.family).early_until,
            from_units=units,
            to_units=units,
        )
        early.say_yes(yes=yes, form=Form.TABLET, signed_by=[self.named(one) for one in signed], by=turn.by)


def alma(town: Town) -> Story:
    story = EarlyStory(
        "alma",
        town,
        "grete",
        opened=30,
        child=("Alma", "Vestergaard", 4),
        parents=(("Signe", "mor"), ("Rasmus", "far")),
    )
    alma, signe, rasmus = (story.named(name) for name in ("Alma", "Signe", "Rasmus"))
    with story.turn("grete", ago=28) as grete:
        purpose = "At tale om, hvad Alma har brug for, når hun bliver afleveret."
        kinds = (*EVERYDAY, Kind.DAYCARE, Kind.HEALTH)
        story.yes(grete, kinds, "Signe", "Rasmus", to=("boernehave", "sundhedspleje"), purpose=purpose)
        grete.team("stine", alma, reason="Sundhedsplejerske, kender Alma fra hun var spæd")
        goodbye = grete.topic("Når vi siger farvel om morgenen", Kind.DAYCARE, alma)
    the_first(story, goodbye, signe, rasmus)
    the_next(story, goodbye, signe, rasmus)
    return story


def the_first(story: Story, goodbye: "Theme", signe: Person, rasmus: Person) -> None:
    """Held three weeks ago, at the daycare."""
    with story.turn("grete", ago=26) as grete:
        table = plans(grete, signe, rasmus, starts_at=story.at(20, time(15, 0)), place="Personalerummet", early=True)
        table.talks_about(goodbye)
        table.calls("stine")
        table.tells(signe, rasmus)
        table.goes_on(Stage.CALLED)
    with story.turn("grete", ago=20) as grete:
        table = table.seen_by(grete)
        table.everybody_came()
        table.goes_on(Stage.RUNNING)
        table.says(goodbye, StatementKind.WORRY, "Hun bider, når jeg skal gå. Så bliver jeg bare stående.", signe)
        table.says(goodbye, StatementKind.STRENGTH, "Når hun selv må vinke fra vinduet, græder hun ikke.", rasmus)
        table.says(goodbye, StatementKind.WISH, "At jeg kan gå uden dårlig samvittighed.", signe)
    with story.turn("stine", ago=20) as stine:
        table.seen_by(stine).says(
            goodbye, StatementKind.STRENGTH, "Alma falder til ro, når hun ved, hvad der skal ske."
        )
    with story.turn("grete", ago=20) as grete:
        table = table.seen_by(grete)
        table.agrees(goodbye, "Tager imod Alma ved vinduet, så hun kan vinke", "grete", in_days=8)
        table.agrees(
            goodbye, "Tegner morgenen på tre kort sammen med Alma", signe, in_days=5, first_step="Køber karton"
        )
        table.closes()
        table.still_agrees(signe, Agrees.YES)


def the_next(story: Story, goodbye: "Theme", signe: Person, rasmus: Person) -> None:
    """Called for next week."""
    with story.turn("grete", ago=3) as grete:
        table = plans(grete, signe, rasmus, starts_at=story.at(-7, time(15, 0)), place="Personalerummet", early=True)
        table.talks_about(goodbye)
        table.tells(signe)
        table.goes_on(Stage.CALLED)
    with story.turn(signe, ago=2) as me:
        table.seen_by(me).answers(Reply.YES)


def villads(town: Town) -> Story:
    story = EarlyStory(
        "villads", town, "lis", opened=5, child=("Villads", "Bech", 9), parents=(("Nadia", "mor"), ("Jesper", "far"))
    )
    with story.turn("lis", ago=4) as lis:
        purpose = "At tale om, hvordan morgenerne kan blive lettere for Villads."
        story.yes(lis, (*EVERYDAY, Kind.SCHOOL), "Nadia", to=("elmeskolen", "forebyggelse"), purpose=purpose)
    return story
