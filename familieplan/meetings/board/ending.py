"""What is kind to notice before the minutes are shared, and when to meet again. Nothing here is a duty."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from familieplan.meetings.board.gather import needing
from familieplan.meetings.board.values import BoardPage
from familieplan.meetings.enums import Stage
from familieplan.meetings.models import Meeting

WEEKS = 6  # S3 §5.2.5.3: about every sixth week


@dataclass(frozen=True, slots=True)
class Hint:
    """Something that may be missing, and where on the board it would stand."""

    text: str
    at: str


def hints(page: BoardPage) -> list[Hint]:
    found = [
        Hint(
            _("Nothing has been agreed about “%(topic)s” at this meeting yet.") % {"topic": row.title}, f"row-{row.id}"
        )
        for row in needing(page)
    ]
    for row in page.topics:
        place = f"row-{row.id}"
        agreed = [one for cell in row.cells for one in cell.agreements]
        fresh = [one for one in agreed if one.is_now]
        blind = [one.one.who for one in fresh if one.one.is_unseen]
        stepless = 0 if any(one.first_step for one in fresh) else len(fresh)  # one small step is a beginning
        late = sum(one.one.is_overdue for one in agreed if not one.is_now)
        if blind:
            said = _("%(name)s cannot see what they have taken on under “%(topic)s”.")
            found.append(Hint(said % {"name": ", ".join(dict.fromkeys(blind)), "topic": row.title}, place))
        if stepless:
            said = ngettext(
                "“%(topic)s”: one agreement has no smallest next step.",
                "“%(topic)s”: %(num)d agreements have no smallest next step.",
                stepless,
            )
            found.append(Hint(said % {"topic": row.title, "num": stepless}, place))
        if late:
            said = ngettext(
                "“%(topic)s”: one agreement from before is overdue. How did it go?",
                "“%(topic)s”: %(num)d agreements from before are overdue. How did they go?",
                late,
            )
            found.append(Hint(said % {"topic": row.title, "num": late}, place))
    return found


def next_meeting(meeting: Meeting) -> Meeting | None:
    """The one that is planned already."""
    ahead = Meeting.objects.filter(family_id=meeting.family_id, stage__in=[Stage.PREPARING, Stage.CALLED])
    return ahead.exclude(pk=meeting.pk).order_by("starts_at").first()


def suggested(meeting: Meeting) -> datetime | None:
    """The same hour of the same day of the week, six weeks on, when the family likes it so."""
    if meeting.starts_at is None:
        return None
    local = timezone.localtime(meeting.starts_at)
    then = local.date() + timedelta(weeks=WEEKS)
    return timezone.make_aware(datetime.combine(then, local.time().replace(tzinfo=None)))
