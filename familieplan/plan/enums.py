"""Words of the plan."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class StatementKind(TextChoices):
    """What a statement says. Solution-focused: what works stands beside every worry (S3 figure 6)."""

    WORRY = "worry", _("What worries us")
    STRENGTH = "strength", _("What works")
    WISH = "wish", _("What we want to see happen")
    HOPE = "hope", _("Hopes and dreams")
    BURNING = "burning", _("What is burning today")
    STATUS = "status", _("How I am")
    IDEA = "idea", _("What we think it is for")
    SCALE = "scale", _("Where we are, from 0 to 10")
    COMMENT = "comment", _("Between the meetings")
    MESSAGE = "message", _("A message to a meeting")


class Horizon(TextChoices):
    """Goals for soon and goals for later."""

    SHORT = "short", _("Soon")
    LONG = "long", _("Later on")


class Progress(TextChoices):
    """Where a goal, a step or an agreement stands (FHIR Goal.lifecycleStatus, Task.status)."""

    OPEN = "open", _("Under way")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("No longer relevant")


class YesNo(TextChoices):
    """An answer that has to be given: nothing is answered by leaving it out."""

    YES = "yes", _("Yes")
    NO = "no", _("No")


class Weekday(TextChoices):
    """Days of the week, Monday first."""

    MONDAY = "1", _("Monday")
    TUESDAY = "2", _("Tuesday")
    WEDNESDAY = "3", _("Wednesday")
    THURSDAY = "4", _("Thursday")
    FRIDAY = "5", _("Friday")
    SATURDAY = "6", _("Saturday")
    SUNDAY = "7", _("Sunday")


class Weeks(TextChoices):
    """Which weeks a weekly time falls in."""

    EVERY = "every", _("Every week")
    EVEN = "even", _("Even weeks")
    ODD = "odd", _("Odd weeks")
