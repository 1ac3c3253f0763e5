"""A meeting that has begun, for a generated family: planned, told of and opened by the actions, by its coordinator."""

from uuid import UUID

from familieplan.access.actor import Actor
from familieplan.access.context import acting_as
from familieplan.audit import log
from familieplan.demo.generate import Generated
from familieplan.meetings import actions
from familieplan.meetings.enums import How, Stage
from familieplan.meetings.reading import still_untold
from familieplan.people.models import Person

TOPICS = ("topic1", "topic2", "topic3", "topic4")


def begun(generated: Generated, n: int) -> UUID:
    """Its id. The two adults and the coordinator sit there, and all four topics of the family are on the agenda."""
    family = generated.id("family", n)
    coordinator = Actor(generated.id("coordinator", n // 13), "staff", units=(generated.id("unit"),))
    with acting_as(coordinator):
        log.open_family(family, "meeting")
        adults = list(Person.objects.filter(pk__in=[generated.id("mother", n), generated.id("father", n)]))
        meeting = actions.plan_meeting(family=family, for_=adults, by=coordinator)
        for topic in TOPICS:
            actions.put_on_agenda(meeting=meeting, topic=generated.id(topic, n), by=coordinator)
        untold = still_untold(meeting.pk)
        for person in {one.person for one in untold}:
            about = [one.about for one in untold if one.person == person]
            actions.knows(meeting=meeting, person=person, about=about, how=How.TOLD, by=coordinator)
        actions.go_on(meeting=meeting, to=Stage.RUNNING, by=coordinator)
    return meeting.pk
