"""Words of meetings."""

from django.db.models import TextChoices
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class MeetingKind(TextChoices):
    """S3 §5.2.5.3: the follow-up meeting. S2 §2.3: the early one, before there is a case."""

    FOLLOW_UP = "follow_up", _("Follow-up meeting")
    EARLY = "early", _("Early meeting")


class Stage(TextChoices):
    """Where a meeting stands. It goes forward only (meetings/sql/doors.sql)."""

    PREPARING = "preparing", _("Being prepared")
    CALLED = "called", _("The agenda is out")
    RUNNING = "running", _("Going on now")
    ENDED = "ended", _("Over; the minutes are not shared yet")
    CLOSED = "closed", _("The minutes are shared")
    CANCELLED = "cancelled", _("Called off")

    @property
    def is_ahead(self) -> bool:
        return self in (Stage.PREPARING, Stage.CALLED)

    @property
    def is_over(self) -> bool:
        return self in (Stage.CLOSED, Stage.CANCELLED)


class ItemStatus(TextChoices):
    """The family chooses (S3 §5.6.2); others propose."""

    PROPOSED = "proposed", _("Proposed; the family has not chosen yet")
    CHOSEN = "chosen", _("On the agenda")
    NOT_NOW = "not_now", _("Not this time")


class Reply(TextChoices):
    """Answers to a call (iCalendar PARTSTAT)."""

    NONE = "none", _("Has not answered")
    YES = "yes", _("Comes")
    MAYBE = "maybe", _("Perhaps")
    NO = "no", _("Cannot come")


class ChildWay(TextChoices):
    """How a child takes part without sitting through a meeting (S5, adapted involvement); or why not."""

    TEN_MINUTES = "ten_minutes", _("Come for ten minutes")
    ELSEWHERE = "elsewhere", _("Talk to somebody you trust first")
    MESSAGE = "message", _("Send a message")
    NOT_NOW = "not_now", _("Not this time")
    NOT_ASKED = "not_asked", _("Has not been asked")  # the grown-ups say so, and why; never the child

    @property
    def told(self) -> str:
        """Of a child, to others: "kommer med i ti minutter"."""
        return {
            ChildWay.TEN_MINUTES: gettext("comes for ten minutes"),
            ChildWay.ELSEWHERE: gettext("talks with somebody first"),
            ChildWay.MESSAGE: gettext("sends a message"),
            ChildWay.NOT_NOW: gettext("does not take part this time"),
            ChildWay.NOT_ASKED: gettext("has not been asked"),
        }[self]


class Says(TextChoices):
    """What somebody says to a proposed time. Nothing, where it had passed before they were asked."""

    CAN = "can", _("Suits me")
    IF_NEED_BE = "if_need_be", _("If need be")
    CANNOT = "cannot", _("I cannot")


class How(TextChoices):
    """How somebody of the family came to know of an item or a person."""

    CHOSE = "chose", _("Chose it themselves")
    SEEN = "seen", _("Has read it")
    TOLD = "told", _("Was told")
    WAIVED = "waived", _("Said in the room that it is fine")


class Agrees(TextChoices):
    """The talk a few days later (S3 §5.2.5.3): do you still agree?"""

    YES = "yes", _("Yes")
    NO = "no", _("No, not quite")
    COULD_NOT = "could_not", _("Could not answer")
