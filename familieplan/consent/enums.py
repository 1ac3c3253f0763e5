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

    @property
    def is_over(self) -> bool:
        return self in (Standing.ENDED, Standing.REPLACED, Standing.WITHDRAWN)


class BasisKind(TextChoices):
    """Bases other than consent."""

    STATUTORY = "statutory", _("Allowed by law without consent")
    BREAK_GLASS = "break_glass", _("Emergency access")


class RequestStatus(TextChoices):
    """Where a request for access stands."""

    OPEN = "open", _("Waiting for the family")
    YES = "yes", _("The family said yes")
    NO = "no", _("Not this time")
