"""The Holm family's meetings: one held, and one called, with a proposal that the family has not chosen yet."""

from datetime import time
from typing import TYPE_CHECKING

from familieplan.access.enums import Kind
from familieplan.demo.story import Story
from familieplan.demo.table import plans
from familieplan.meetings.enums import Agrees, ChildWay, Reply, Stage
from familieplan.plan.enums import StatementKind

if TYPE_CHECKING:
    from familieplan.demo.stories.eight_places import Holm, Themes


def the_first(story: Story, holm: "Holm", on: "Themes") -> None:
    """Held five weeks ago: Sara and Thomas, the school and the family's adviser."""
    sara, thomas = holm.sara, holm.thomas
    with story.turn("mette", ago=41) as mette:
        table = plans(mette, sara, thomas, starts_at=story.at(34, time(14, 0)), place="Familiehuset, lokale 2")
        table.talks_about(on.school, on.mornings)
        table.calls("lis", "hanne")
        table.tells(sara, thomas)
        table.goes_on(Stage.CALLED)
    with story.turn("mette", ago=34) as mette:
        table = table.seen_by(mette)
        table.everybody_came()
        table.goes_on(Stage.RUNNING)
        table.says(on.school, StatementKind.WORRY, "Det er søndag aften, det begynder. Så sover han ikke.", sara)
        table.says(on.school, StatementKind.STRENGTH, "De dage, Lis står ved lågen, går Emil selv ind.", sara)
        table.says(on.school, StatementKind.WISH, "At jeg får en besked, også når det er gået godt.", thomas)
    with story.turn("lis", ago=34) as lis:
        table.seen_by(lis).says(on.school, StatementKind.STRENGTH, "Emil tegner, når han skal have ro. Det virker.")
    with story.turn("mette", ago=34) as mette:
        table = table.seen_by(mette)
        table.agrees(on.school, "Skriver til Sara og Thomas hver fredag om ugen", "lis", in_days=19)
        table.agrees(
            on.mornings,
            "Finder ud af, om Emil kan møde ti minutter senere om mandagen",
            "hanne",
            in_days=14,
            first_step="Ringer til skolen i morgen",
        )
        table.closes()
    with story.turn("mette", ago=31) as mette:
        table = table.seen_by(mette)
        table.still_agrees(sara, Agrees.YES)
        table.still_agrees(thomas, Agrees.NO, "Jeg vil gerne have beskeden torsdag, så jeg kan nå at tale med Emil.")


def the_next(story: Story, holm: "Holm", on: "Themes") -> None:
    """Called for next week. Sara has chosen; the school would like one more thing talked about."""
    sara, thomas = holm.sara, holm.thomas
    with story.turn("mette", ago=2) as mette:
        table = plans(mette, sara, thomas, starts_at=story.at(-8, time(14, 0)), place="Familiehuset, lokale 2")
        table.talks_about(on.school, on.mornings, on.work)
        table.calls("lis", "hanne", "jens")
        table.tells(sara)
        table.goes_on(Stage.CALLED)
    with story.turn("mette", ago=2) as mette:  # Emil does not come: he has talked with Mette, and sends a message
        table = table.seen_by(mette)
        table.hears(holm.emil, ChildWay.ELSEWHERE, met_by="Mette", place="På en tur ned til fjorden", done=True)
        table.brings(holm.emil, "Jeg vil gerne vide om morgenen, om der er vikar. Så kan jeg nå at gøre mig klar.")
    with story.turn("lis", ago=2) as lis:
        table.seen_by(lis).answers(Reply.YES)
        quiet = lis.topic("Ro, når der er vikar", Kind.SCHOOL, holm.emil, order=7)
        table.seen_by(lis).talks_about(quiet)
    with story.turn("jens", ago=2) as jens:
        table.seen_by(jens).answers(Reply.MAYBE, "Kan være med fra kl. 14.30")
    with story.turn(sara, ago=2) as me:
        table.seen_by(me).answers(Reply.YES)
