"""The municipality (departments, units, staff) and the families (persons, relations, custody, homes, team)."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Cast

from familieplan.access.enums import Kind
from familieplan.access.models import Scope, new_id
from familieplan.people.enums import ContactKind, CustodyKind, EarlyPart, Part, RelationKind, Role, TeamRole


class DateRange(Func):
    """``daterange(starts, ends, '[]')``: both days belong to the period, an empty end is open."""

    function = "DATERANGE"


def period() -> DateRange:
    return DateRange("starts", "ends", RangeBoundary(inclusive_lower=True, inclusive_upper=True))


def same(field: str) -> tuple[Cast, str]:
    """As text: on the column itself the constraint's index (GiST) would be taken for look-ups, and in a large
    municipality reads all of it for one answer (28 ms where the column's own index takes 0.02)."""
    return Cast(field, models.TextField()), RangeOperators.EQUAL


def ends_after_start(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")), name=name)


# --- the municipality -------------------------------------------------------------------------------------------


class Department(models.Model):
    """A department (forvaltning)."""

    id = models.UUIDField(primary_key=True, default=new_id)
    name = models.CharField(max_length=120, unique=True)


class Unit(models.Model):
    """A unit of a department, the party of a consent: job centre, school, family department …"""

    id = models.UUIDField(primary_key=True, default=new_id)
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="units")
    name = models.CharField(max_length=120, unique=True)
    category = models.CharField(max_length=40, choices=Kind.choices, help_text="The kind of information it works with.")
    reveals_place = models.BooleanField(default=False, help_text="Knowing the unit tells where somebody lives.")
    phone = models.CharField(max_length=40, blank=True)
    closed_on = models.DateField(null=True, blank=True, help_text="The first day it is closed.")
    early = models.CharField(
        max_length=10,
        choices=EarlyPart.choices,
        blank=True,
        default="",
        db_default="",
        help_text="Its part in early courses.",
    )


class Staff(models.Model):
    """Somebody who works for the municipality or with it."""

    id = models.UUIDField(primary_key=True, default=new_id)
    name = models.CharField(max_length=120)
    title = models.CharField(max_length=120, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)


class StaffRole(models.Model):
    """What a staff member does, in which unit, from when until when."""

    id = models.UUIDField(primary_key=True, default=new_id)
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="roles")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="roles")
    role = models.CharField(max_length=20, choices=Role.choices)
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [ends_after_start("staff_role_ends_after_start")]


# --- the family ---------------------------------------------------------------------------------------------------


class Family(models.Model):
    """A course with a family. It has no name of its own: who the reader may know says what it is called.

    An early one (before there is a case) is about one child, and holds until ``early_until``; see decision 20.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    early_until = models.DateField(null=True, blank=True, help_text="The last day of an early course; empty: ordinary.")
    clips = models.PositiveSmallIntegerField(default=0, db_default=0, help_text="How often they may come back unasked.")


class FamilyRecord(models.Model):
    """A fact about a family, lying in exactly one drawer."""

    id = models.UUIDField(primary_key=True, default=new_id)
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.UUIDField(help_text="The person or staff member who wrote it.")

    class Meta:
        abstract = True


class Person(FamilyRecord):
    """A person in one family. Somebody in two families is a person in each: neither tells of the other."""

    given_name = models.CharField(max_length=80)
    surname = models.CharField(max_length=80, blank=True)
    birth_date = models.DateField(null=True, blank=True, help_text="Empty only for adults of the network.")
    part = models.CharField(max_length=20, choices=Part.choices, default=Part.MEMBER)
    role_words = models.CharField(
        max_length=80, blank=True, help_text="What the family calls them: mother, bonus dad …"
    )
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"{self.given_name} {self.surname}".strip()


class Identifier(FamilyRecord):
    """A CPR number: encrypted, with a keyed look-up that cannot be enumerated and is not unique."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT)
    cpr_encrypted = models.BinaryField()
    cpr_index = models.BinaryField(db_index=True)


class Relation(FamilyRecord):
    """``person`` is to ``other`` what ``kind`` says; the family's own words beside it."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="relations")
    other = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=RelationKind.choices)
    words = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(person=F("other")), name="relation_between_two")]


class Custody(FamilyRecord):
    """Custody of a child from a day until a day, both included. No row at a moment: nobody of the family has it."""

    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="custody")
    holder = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="custody_of")
    kind = models.CharField(max_length=10, choices=CustodyKind.choices)
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            ends_after_start("custody_ends_after_start"),
            models.CheckConstraint(condition=~Q(child=F("holder")), name="custody_of_another"),
            ExclusionConstraint(
                name="custody_once_at_a_time",
                expressions=[
                    same("child"),
                    same("holder"),
                    (period(), RangeOperators.OVERLAPS),
                ],
            ),
        ]


class FirstTalk(FamilyRecord):
    """Somebody was talked with before anything was written down: by whom (``created_by``), and on which day."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="first_talk")
    talked_on = models.DateField()


class Household(FamilyRecord):
    """A home, by the family's own name for it (\"at mum's\"). Its address is a contact of category address."""

    label = models.CharField(max_length=80)


class Residence(FamilyRecord):
    """Who lives where, when. A child may live in two homes at once, with a pattern for which days."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="residences")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="residents")
    pattern = models.CharField(max_length=120, blank=True, help_text="Which days: even weeks, every Wednesday …")
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [ends_after_start("residence_ends_after_start")]


class AddressProtection(FamilyRecord):
    """Protected name and address (CPR-loven § 28): every fact that reveals a place needs its own yes."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="address_protection")
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [ends_after_start("protection_ends_after_start")]


class Contact(FamilyRecord):
    """A phone number, an e-mail address or a postal address."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="contacts", null=True, blank=True)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="contacts", null=True, blank=True)
    kind = models.CharField(max_length=10, choices=ContactKind.choices)
    value = models.CharField(max_length=200)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, household__isnull=True)
                | Q(person__isnull=True, household__isnull=False),
                name="contact_of_one",
            )
        ]


class TeamMember(FamilyRecord):
    """A professional who works with the family, for a unit, in a period (FHIR CareTeam.participant)."""

    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="families")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=20, choices=TeamRole.choices, default=TeamRole.PROFESSIONAL)
    reason = models.CharField(max_length=200, blank=True, help_text="What they do for the family, in plain words.")
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)
    left_because = models.CharField(max_length=200, blank=True, default="", db_default="")
    last_contact_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            ends_after_start("team_ends_after_start"),
            ExclusionConstraint(
                name="on_the_team_once",
                expressions=[
                    same("family"),
                    same("staff"),
                    same("unit"),
                    (period(), RangeOperators.OVERLAPS),
                ],
            ),
        ]


class Draft(models.Model):
    """What somebody has typed and not yet saved (law 5). Its writer's alone, while the family is theirs to know."""

    id = models.UUIDField(primary_key=True, default=new_id)
    writer = models.UUIDField()
    family_id = models.UUIDField(null=True)
    form = models.CharField(max_length=160, help_text="Which form, of which row.")
    sheet = models.UUIDField(help_text="One opening of the form: two tabs are two sheets.")
    field = models.CharField(max_length=60)
    text = models.TextField()
    once = models.UUIDField(help_text="The id that what is saved gets, whichever tab it is saved from.")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["writer", "form", "sheet", "field"], name="one_draft_a_field"),
        ]
