"""The words meetings are told in: what one person does around a table, in their turn of a story."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from familieplan.demo.story import Theme, Turn
from familieplan.meetings import actions, asking, children
from familieplan.meetings.calendar.opening import opening
from familieplan.meetings.enums import Agrees, ChildWay, How, MeetingKind, Reply, Says, Stage
from familieplan.meetings.models import Meeting, Participant, Poll
from familieplan.meetings.reading import still_untold
from familieplan.people.models import Person, TeamMember
from familieplan.plan import actions as plan
from familieplan.plan.enums import StatementKind


def plans(turn: Turn, *family: Person, starts_at: datetime | None = None, place: str, early: bool = False) -> "Table":
    form: dict[str, Any] = {"minutes": 75}
    if early:
        form = {"kind": MeetingKind.EARLY, "minutes": opening().early_minutes, "board": opening().early_board}
    meeting = actions.plan_meeting(
        family=turn.story.family, for_=family, starts_at=starts_at, place=place, by=turn.by, **form
    )
    return Table(turn, meeting.pk)


@dataclass(frozen=True)
class Table:
    """What ``turn`` does at one meeting."""

    turn: Turn
    id: UUID

    def seen_by(self, turn: Turn) -> "Table":
        return Table(turn, self.id)

    @property
    def row(self) -> Meeting:
        return Meeting.objects.get(pk=self.id)

    def talks_about(self, *themes: Theme) -> None:
        for theme in themes:
            actions.put_on_agenda(meeting=self.row, topic=theme.topic.pk, by=self.turn.by)

    def calls(self, *logins: str) -> None:
        for login in logins:
            staff = self.turn.town.staff[login]
            line = TeamMember.objects.get(family_id=self.turn.story.family, staff=staff)
            actions.invite_professional(meeting=self.row, line=line, by=self.turn.by)

    def tells(self, *persons: Person) -> None:
        for person in persons:
            about = [one.about for one in still_untold(self.id) if one.person == person.pk]
            actions.knows(meeting=self.row, person=person.pk, about=about, how=How.TOLD, by=self.turn.by)

    def goes_on(self, to: Stage) -> None:
        actions.go_on(meeting=self.row, to=to, by=self.turn.by)

    def answers(self, reply: Reply, words: str = "") -> None:
        mine = next(seat for seat in self._seats() if self.turn.by.id in (seat.person_id, seat.staff_id))
        actions.answer(meeting=self.row, seat=mine.pk, reply=reply, words=words, by=self.turn.by)

    def asks_for_times(self, *times: datetime) -> None:
        asking.ask_for_times(meeting=self.row, times=times, by=self.turn.by)

    def can(self, *says: Says | str, words: str = "") -> None:
        """The answer to what was asked last, time by time."""
        me = self.turn.by.id
        poll = Poll.objects.filter(meeting_id=self.id).latest("created_at")
        asking.answer_times(poll=poll, holder=me, says=says, words=words, by=self.turn.by)

    def hears(self, child: Person, way: ChildWay, *, met_by: str = "", place: str = "", done: bool = False) -> None:
        """How a child takes part, chosen with it."""
        done_on = self.turn.today if done else None
        children.take_part(
            meeting=self.row, child=child, way=way, met_by=met_by, place=place, done_on=done_on, by=self.turn.by
        )

    def brings(self, child: Person, text: str) -> None:
        """What the child wants said, to all who may read about it."""
        children.bring_words(
            meeting=self.row, child=child, text=text, private=False, said_on=self.turn.today, by=self.turn.by
        )

    def everybody_came(self) -> None:
        for seat in self._seats():
            actions.note_attendance(seat=seat, came=True, by=self.turn.by)

    def _seats(self) -> list[Participant]:
        return list(Participant.objects.filter(meeting_id=self.id, removed_at=None))

    def says(self, theme: Theme, kind: StatementKind, text: str, speaker: Person | None = None) -> None:
        plan.say(
            place=theme.place,
            kind=kind,
            text=text,
            speaker=speaker or self.turn._self(),
            said_on=self.turn.today,
            topic=theme.topic,
            occasion=self.id,
            by=self.turn.by,
        )

    def agrees(self, theme: Theme, what: str, doer: Person | str, *, in_days: int, first_step: str = "") -> None:
        plan.agree(
            place=theme.place,
            topic=theme.topic,
            what=what,
            doer=self.turn.town.staff[doer] if isinstance(doer, str) else doer,
            due_on=self.turn.story.ahead(in_days),
            first_step=first_step,
            occasion=self.id,
            by=self.turn.by,
        )

    def closes(self) -> None:
        actions.close(meeting=self.row, by=self.turn.by)

    def still_agrees(self, person: Person, agrees: Agrees, why: str = "") -> None:
        actions.reflect(meeting=self.row, person=person, agrees=agrees, why=why, by=self.turn.by)
