"""Words for roles, relations and ways of belonging together."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What a staff member does in the municipality."""

    COORDINATOR = "coordinator", _("Coordinator")
    PROFESSIONAL = "professional", _("Professional")
    LEADER = "leader", _("Leader")
    ADMINISTRATOR = "administrator", _("Administrator")


class TeamRole(TextChoices):
    """What a staff member does for one family (FHIR CareTeam.participant.role)."""

    COORDINATOR = "coordinator", _("Coordinator")
    CONTACT = "contact", _("Contact of an early course")
    PROFESSIONAL = "professional", _("Professional")


class EarlyPart(TextChoices):
    """What a unit does in an early course: barnets lov § 17 (SSD), so not job centre or adult services."""

    STARTS = "starts", _("Its people can start one: school, daycare, health visitor")
    TAKES_PART = "takes part", _("Takes part when the family says yes: social adviser at school, PPR")


class Part(TextChoices):
    """How a person takes part in the family, as the family itself defines it."""

    MEMBER = "member", _("Part of the family")
    PARENT_ELSEWHERE = "parent_elsewhere", _("Parent who lives elsewhere")
    SIGNIFICANT = "significant", _("Important to the family")


class RelationKind(TextChoices):
    """How two persons are related; the family's own words stand beside it."""

    BIOLOGICAL_PARENT = "biological_parent", _("Parent")
    STEP_PARENT = "step_parent", _("Step-parent")
    FOSTER_PARENT = "foster_parent", _("Foster parent")
    ADOPTIVE_PARENT = "adoptive_parent", _("Adoptive parent")
    PARTNER = "partner", _("Partner")
    SIBLING = "sibling", _("Sibling")
    GRANDPARENT = "grandparent", _("Grandparent")
    OTHER = "other", _("Other")


class CustodyKind(TextChoices):
    """Custody of a child (forældreansvarsloven ch. 2)."""

    JOINT = "joint", _("Joint custody")
    SOLE = "sole", _("Sole custody")


class ContactKind(TextChoices):
    """Ways to reach a person."""

    PHONE = "phone", _("Phone")
    EMAIL = "email", _("E-mail")
    ADDRESS = "address", _("Address")
