"""The next meeting, as the pages of other rooms say it: the family page, the family's front page."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext as _

from familieplan.access.actor import Actor
from familieplan.meetings.enums import Stage
from familieplan.meetings.models import Meeting, Poll
from familieplan.meetings.preparing.answered import waits
from familieplan.meetings.reading import still_untold, when_in_words
from familieplan.plan.beside import Beside, beside

AHEAD = (Stage.RUNNING, Stage.CALLED, Stage.PREPARING)


@dataclass(frozen=True, slots=True)
class Nearest:
    meeting: Meeting
    is_new: bool  # there is something that the reader has not been told yet

    @property
    def address(self) -> str:
        return address(self.meeting)


def address(meeting: Meeting) -> str:
    return f"/families/{meeting.family_id}/meetings/{meeting.pk}/"


def nearest(family: UUID, by: Actor) -> Nearest | None:
    """What goes on now, else the next that is planned. Needs the family to have been opened."""
    rows = Meeting.objects.filter(family_id=family, stage__in=AHEAD)
    row = rows.order_by(F("starts_at").asc(nulls_last=True)).first()
    if row is None:
        return None
    is_new = by.is_family and any(one.person == by.id for one in still_untold(row.pk))
    return Nearest(row, is_new)


def asked_for_times(family: UUID, by: Actor) -> list[str]:
    """Where to say which times suit oneself, for each meeting that still waits for it."""
    polls = Poll.objects.filter(closed_at=None, meeting__family_id=family, meeting__stage__in=AHEAD)
    return [f"{address(poll.meeting)}poll/mine/" for poll in polls.select_related("meeting") if waits(poll, by)]


@beside
def on_the_family_page(family: UUID, by: Actor) -> Beside | None:
    """ "Næste møde: 3. december 2026 kl. 10.00"."""
    found, listed = nearest(family, by), f"/families/{family}/meetings/"
    if found is None:
        return Beside(_("Meetings"), "", listed, "people", _("See them"))
    is_running = found.meeting.stage == Stage.RUNNING
    title = _("The meeting is going on now") if is_running else _("Next meeting")
    words = "" if is_running else when_in_words(found.meeting)
    also = (listed, _("All meetings"))
    return Beside(title, words, found.address, "calendar", _("Open the meeting"), found.is_new, also)
