"""Words of consents and legal bases."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Form(TextChoices):
    """How a yes was given."""

    TABLET = "tablet", _("On the coordinator's screen")
    PAPER = "paper", _("On paper")
    PORTAL = "portal", _("By their own sign-in")


class BasisKind(TextChoices):
    """Bases other than consent."""

    STATUTORY = "statutory", _("Allowed by law without consent")
    BREAK_GLASS = "break_glass", _("Emergency access")


class RequestStatus(TextChoices):
    """Where a request for access stands."""

    OPEN = "open", _("Waiting for the family")
    YES = "yes", _("The family said yes")
    NO = "no", _("Not this time")
