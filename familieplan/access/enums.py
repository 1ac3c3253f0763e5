"""Kinds of information and bases for reading them, with the words the user meets."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """What a drawer is about. Consents name these (retssikkerhedsloven § 11 a: which information)."""

    BASIC = "basic", _("Name, age and who belongs together")
    CONTACT = "contact", _("Phone and e-mail")
    ADDRESS = "address", _("Address and places")
    PLAN = "plan", _("Hopes, goals and agreements")
    FAMILY_LIFE = "family_life", _("Everyday life in the family")
    NETWORK = "network", _("The people around the family")
    SCHOOL = "school", _("School")
    DAYCARE = "daycare", _("Daycare")
    EMPLOYMENT = "employment", _("Work and education")
    ECONOMY = "economy", _("Money")
    HOUSING = "housing", _("Housing")
    HEALTH = "health", _("Physical health")
    MENTAL_HEALTH = "mental_health", _("Mental health")
    SUBSTANCE_USE = "substance_use", _("Alcohol and drugs")
    VIOLENCE = "violence", _("Violence")
    CRIME = "crime", _("Crime")
    WELLBEING = "wellbeing", _("Wellbeing")
    CONSENT = "consent", _("Consents")
    IDENTITY = "identity", _("CPR number")


class Basis(TextChoices):
    """Why somebody may read. In the order from nearest to the family to furthest."""

    SELF = "self", _("It is about themselves")
    CUSTODY = "custody", _("Custody of the child")
    OWN = "own", _("They wrote it themselves")
    CONSENT = "consent", _("Consent")
    STATUTORY = "statutory", _("The law")
    BREAK_GLASS = "break_glass", _("Emergency access")


class Early(TextChoices):
    """Whether an early course, before there is a case, holds such information (access/data/kinds.toml)."""

    BEFORE_YES = "before yes", _("Who it is about, so that they can be asked")
    WITH_YES = "with yes", _("While the family's yes to the early meeting holds")
