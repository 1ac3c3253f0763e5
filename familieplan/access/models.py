"""Drawers (scopes), the keys to them (grants), and the kinds of information they hold."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models

from familieplan.access.enums import Basis, Early, Kind


class Category(models.Model):
    """A kind of information. Reference data: what may be asked for in a consent, and how long custody reads it."""

    key = models.CharField(max_length=40, primary_key=True, choices=Kind.choices)
    custody_until = models.PositiveSmallIntegerField(help_text="Age in years at which a custody holder stops reading.")
    consentable = models.BooleanField(default=True)
    early = models.CharField(
        max_length=10, choices=Early.choices, blank=True, default="", help_text="Whether an early course holds it."
    )
    source = models.CharField(max_length=200)


class Threshold(models.Model):
    """A number from the law or from our own choice, with its source. Data, never code (law 9)."""

    key = models.CharField(max_length=40, primary_key=True)
    value = models.IntegerField()
    source = models.CharField(max_length=200)


class Scope(models.Model):
    """A drawer: whose information, of which kind, in which family, said by whom, written by which unit.

    Opened only through :func:`familieplan.access.drawers.open_drawer`; never changed afterwards.
    """

    family_id = models.UUIDField()
    subjects = ArrayField(models.UUIDField(), help_text="Person ids, sorted.")
    category = models.ForeignKey(Category, on_delete=models.PROTECT)
    voice = models.UUIDField(null=True, help_text="Set for a private statement: whose.")
    source = models.UUIDField(null=True, help_text="The unit that wrote it; null is the family itself.")
    reveals_place = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["family_id", "category", "subjects", "voice", "source", "reveals_place"],
                name="one_drawer_of_a_kind",
                nulls_distinct=False,
            ),
            models.UniqueConstraint(fields=["id", "family_id"], name="drawer_in_family"),
            models.CheckConstraint(condition=models.Q(subjects__len__gt=0), name="drawer_has_subjects"),
            models.CheckConstraint(
                condition=models.Q(voice__isnull=True) | models.Q(reveals_place=False),
                name="private_voice_reveals_no_place",
            ),
        ]


class Grant(models.Model):
    """A key: ``holder`` (a person or a staff member) reads ``scope`` for a time, on a basis. Derived, never by hand."""

    id = models.BigAutoField(primary_key=True)
    scope = models.ForeignKey(Scope, on_delete=models.CASCADE, db_index=False)
    family_id = models.UUIDField()
    holder = models.UUIDField()
    basis = models.CharField(max_length=20, choices=Basis.choices)
    basis_id = models.UUIDField(null=True, help_text="The consent or legal basis it rests on.")
    may_add = models.BooleanField(default=False)
    may_edit = models.BooleanField(default=False)
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(
                fields=["holder", "family_id"],
                include=["scope_id", "valid_from", "valid_until", "may_add", "may_edit"],
                name="keys_of_a_holder",
            ),
            models.Index(fields=["scope"], name="keys_to_a_drawer"),
            models.Index(fields=["family_id"], name="keys_in_a_family"),
        ]


def new_id() -> uuid.UUID:
    """Row ids are random: they say nothing and cannot be guessed."""
    return uuid.uuid4()
