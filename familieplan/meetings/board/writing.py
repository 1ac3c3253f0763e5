"""Every form of the board: in place at its topic (htmx), or a page of its own. Built on `plan.editing`."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from familieplan.access.actor import Actor
from familieplan.meetings.board.gather import may_write
from familieplan.meetings.board.seat import writer_at_the_table
from familieplan.meetings.boards import Prompt, board
from familieplan.meetings.enums import ItemStatus, Stage
from familieplan.meetings.models import AgendaItem, Meeting
from familieplan.people.guards import coordinates
from familieplan.people.records import writing_unit
from familieplan.plan.editing import Editing
from familieplan.plan.models import Topic


@dataclass
class Writing(Editing):
    """One form at one topic of one board."""

    meeting: Meeting = field(kw_only=True)
    topic: UUID | None = field(kw_only=True)  # none: it stands under "also said"

    def __post_init__(self) -> None:
        self.template, self.inside = "meetings/write.html", True
        self.part = f"row-{self.topic}"
        self.context |= {"cancel": self.row_address if self.topic else self.board_address}

    @property
    def board_address(self) -> str:
        return f"{self.base}meetings/{self.meeting.pk}/board/"

    @property
    def ids(self) -> str:
        """Of its fields: several forms may be open on one board."""
        return f"{self.key.replace(':', '-')}-%s"

    @property
    def row_address(self) -> str:
        return f"{self.board_address}{self.topic}/"

    def done(self, part: str) -> HttpResponse:
        """Back to the board, at the topic. In place, the words are told to every screen before this one reads them too:
        twelve wait for them."""
        if not self.request.htmx:  # type: ignore[attr-defined]
            return redirect(f"{self.board_address}#{self.part if self.topic else 'also'}")
        if self.topic is None:
            answer = HttpResponse()
            answer["HX-Redirect"] = f"{self.board_address}#also"
            return answer
        return render(self.request, "meetings/saved.html", {"box": self.box})

    def answer_here(self, form: forms.Form, save: Any) -> HttpResponse:
        """As `answer`; before the meeting and after its end nothing is written, and nothing typed is lost."""
        if self.is_open():
            return self.answer(form, save)
        if self.request.method != "POST":
            return redirect(self.board_address)
        form.is_valid()
        form.add_error(None, not_now(self.meeting))
        return self.show(form, status=422)

    def is_open(self) -> bool:
        closed = self.meeting.stage == Stage.CLOSED
        return may_write(self.meeting, sits=True, coordinates=closed and coordinates(self.family, self.actor))


def not_now(meeting: Meeting) -> str:
    if Stage(meeting.stage).is_ahead:
        return _("The meeting has not begun. What you wrote is kept here until it does.")
    return _(
        "The meeting is over and its minutes are shared, so nothing more is written at it. What you wrote is still "
        "here: say it in the plan, or ask the coordinator to put the minutes right."
    )


def writer_or_404(request: HttpRequest, family: UUID, meeting: UUID) -> tuple[Actor, Meeting]:
    actor, found = writer_at_the_table(request, family, meeting)
    writing_unit(family, actor)
    return actor, found


def on_the_agenda(meeting: Meeting, topic: UUID) -> Topic:
    """A topic that the meeting is about, as the writer may know it."""
    found = topic_here(meeting, topic)
    if found is None:
        raise Http404
    return found


def topic_here(meeting: Meeting, topic: UUID | None) -> Topic | None:
    item = AgendaItem.objects.filter(meeting=meeting, topic=topic, status=ItemStatus.CHOSEN)
    row = item.select_related("topic__scope").first()
    return row.topic if row else None


def prompts_for(meeting: Meeting, what: str) -> tuple[Prompt, ...]:
    """The questions of the column where it will stand."""
    column = board(meeting.board).column_of(what)
    return column.prompts if column else ()
