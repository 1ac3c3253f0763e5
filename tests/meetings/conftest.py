"""A meeting for the family of tests/street.py: Mette coordinates, Sara and Jonas come, Jens and Lis are called."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from familieplan.access.actor import Actor
from familieplan.access.context import acting_as
from familieplan.audit import log
from familieplan.meetings import actions
from familieplan.meetings.enums import How, Stage
from familieplan.meetings.models import Meeting, Participant
from familieplan.meetings.reading import still_untold
from familieplan.people.models import Person, TeamMember
from familieplan.plan import actions as plan
from tests.street import SignIn, Street, sign_in, street

__all__ = ["SignIn", "sign_in", "street"]


@dataclass
class Table:
    """``topics``: school (about Anton), work (about Sara); each on the agenda of ``meeting``."""

    street: Street
    meeting: UUID = field(init=False)
    topics: dict[str, UUID] = field(default_factory=dict)

    @contextmanager
    def as_(self, name: str) -> Iterator[Actor]:
        """Somebody acts in the family, which is logged."""
        by = self.street.actor(name)
        with acting_as(by):
            log.open_family(self.street.family, "meeting")
            yield by

    def row(self) -> Meeting:
        return Meeting.objects.get(pk=self.meeting)

    def unseen(self) -> Meeting:
        """The meeting for somebody who perhaps may not know of it."""
        return Meeting(pk=self.meeting, family_id=self.street.family)

    def person(self, name: str) -> Person:
        return Person.objects.get(pk=self.street.persons[name])

    def topic(self, title: str, kind: str, about: str, by: Actor) -> UUID:
        place = plan.Place(self.street.family, (self.street.persons[about],), kind)
        self.topics[title] = plan.add_topic(place=place, title=title, by=by).pk
        return self.topics[title]

    def seat(self, name: str) -> UUID:
        holder = self.street.actor(name).id
        rows = Participant.objects.filter(meeting_id=self.meeting, removed_at=None)
        return next(row.pk for row in rows if holder in (row.person_id, row.staff_id))

    def tell(self, *names: str) -> None:
        """Mette tells them of everything there is to tell."""
        with self.as_("Mette") as mette:
            for name in names:
                self.knows(name, mette)

    def knows(self, name: str, by: Actor, how: How = How.TOLD) -> int:
        waiting = still_untold(self.meeting)
        me = self.street.persons[name]
        about = [one.about for one in waiting if one.person == me]
        return actions.knows(meeting=self.unseen(), person=me, about=about, how=how, by=by)

    def move(self, *stages: Stage) -> None:
        for stage in stages:
            with self.as_("Mette") as mette:
                actions.go_on(meeting=self.row(), to=stage, by=mette)

    def start(self) -> None:
        self.tell("Sara", "Jonas")
        self.move(Stage.RUNNING)


@pytest.fixture
def table(street: Street) -> Table:
    made = Table(street)
    with made.as_("Mette") as mette:
        meeting = actions.plan_meeting(
            family=street.family,
            for_=[made.person("Sara"), made.person("Jonas")],
            starts_at=timezone.now() + timedelta(days=10),
            place="Familiehuset, lokale 2",
            by=mette,
        )
        made.meeting = meeting.pk
        for title, kind, about in (("Skolen", "school", "Anton"), ("Arbejdet", "employment", "Sara")):
            actions.put_on_agenda(meeting=meeting, topic=made.topic(title, kind, about, mette), by=mette)
        for line in TeamMember.objects.filter(family_id=street.family).exclude(staff_id=mette.id):
            actions.invite_professional(meeting=meeting, line=line, by=mette)
    return made
