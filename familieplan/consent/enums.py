"""Words of consents and legal bases."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Form(TextChoices):
    """How a yes was given."""

    TABLET = "tablet", _("On the coordinator's screen")
    PAPER = "paper", _("On paper")
    PORTAL = "portal", _("By their own sign-in")


class Standing(TextChoices):
    """How a consent stands today. In the order in which a list shows them."""

    WAITING = "waiting", _("Waits for a signature")
    ENDING_SOON = "ending_soon", _("Ends soon")
    ACTIVE = "active", _("In force")
    ENDED = "ended", _("Has ended")
    REPLACED = "replaced", _("Talked over again since")
    WITHDRAWN = "withdrawn", _("Taken back")
    DECLINED = "declined", _("Answered with a no")

    @property
    def is_over(self) -> bool:
        return self in (Standing.ENDED, Standing.REPLACED, Standing.WITHDRAWN, Standing.DECLINED)


class BasisKind(TextChoices):
    """Bases other than consent."""

    STATUTORY = "statutory", _("Allowed by law without consent")
    BREAK_GLASS = "break_glass", _("Emergency access")


class RequestStatus(TextChoices):
    """Where a request for access stands."""

    OPEN = "open", _("Waiting for the family")
    YES = "yes", _("The family said yes")
    NO = "no", _("Not this time")


class NoticeKind(TextChoices):
    """What somebody is told of (consent/sql/doors.sql). In the order in which the front page shows them."""

    BREAK_GLASS = "break_glass", _("Somebody used emergency access")
    STATUTORY = "statutory", _("Something is shared because the law allows it")
    ASKED = "asked", _("Somebody asks to see more")
    DEVIATION = "deviation", _("A consent holds without your signature")
    SIGNED = "signed", _("A yes has been written down in your name")
    ENDED = "ended", _("A yes has been ended, or ends sooner")
    MEETING = "meeting", _("There is something new about a meeting")
    CHILD_PART = "child part", _("How a child takes part in a meeting")
    WORDS = "words", _("Your words have been written down")
    COMMENT = "comment", _("New words between the meetings")
    AGREEMENT = "agreement", _("Something has happened to an agreement")
    FOLLOWED = "followed", _("A plan has been followed up")
    CUSTODY = "custody", _("Who has custody has been written down")
    PROTECTION = "protection", _("Address protection has got another end")
    BIRTH_DATE = "birth date", _("A birth date has been changed")
    ANSWERED = "answered", _("An answer has been given for the family")

    @property
    def stands_alone(self) -> bool:
        """To be read one by one. The others are gathered: at the start a family gets several at once."""
        return self in (NoticeKind.BREAK_GLASS, NoticeKind.STATUTORY, NoticeKind.ASKED, NoticeKind.DEVIATION)
