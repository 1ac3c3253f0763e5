"""The log: who opened what, why, and on which basis it was shown. Written only by the database's own functions."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Entry(models.Model):
    """One opening of a family (or of a list), or one write. Access and disclosure are one row: whoever looks is seen.

    ``scopes`` and ``bases`` run in parallel: the drawers that could be read, and why. The app cannot select here;
    it asks :func:`familieplan.audit.log.seen_by_me`, which shows each reader only the drawers they may know of.
    """

    id = models.BigAutoField(primary_key=True)
    chain = models.UUIDField(help_text="The family; for lists, the reader.")
    family_id = models.UUIDField(null=True)
    at = models.DateTimeField()
    xact = models.BigIntegerField(db_index=True)
    holder = models.UUIDField()
    kind = models.CharField(max_length=10)
    unit_id = models.UUIDField(null=True)
    action = models.CharField(max_length=40)
    why = models.TextField(blank=True)
    about = models.UUIDField(null=True, help_text="The row written, if one was.")
    scopes = ArrayField(models.IntegerField())
    bases = ArrayField(models.CharField(max_length=20))
    opens = models.BooleanField(help_text="An opening: the permit to read, in this transaction only.")
    seq = models.BigIntegerField(null=True)
    previous = models.BinaryField(null=True)
    hash = models.BinaryField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["family_id", "-at"], name="log_of_a_family"),
            models.Index(fields=["holder", "-at"], name="log_of_a_reader"),
            models.Index(fields=["chain", "-seq"], name="log_chain"),
        ]


class Head(models.Model):
    """Where each chain has come to: a cut tail shows."""

    chain = models.UUIDField(primary_key=True)
    seq = models.BigIntegerField()
    hash = models.BinaryField()
