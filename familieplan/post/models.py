"""Where letters go, and the outbox. Neither is read by the app: see sql/post.sql."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

# One address, and nothing in it that a header could use.
ADDRESS = r"^[^\s@<>(),;:\\\"\[\]]{1,64}@[A-Za-z0-9.-]+\.[A-Za-z0-9-]{2,63}$"


class Address(models.Model):
    """Where an account's holder wants to be written to. Without one nothing is mailed; the app says it anyway."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="+")
    email = models.CharField(max_length=254)
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(email__regex=ADDRESS), name="is_one_address")]


class Letter(models.Model):
    """One "there is something for you": to whom, of which kind, about which meeting, never what it says.
    The address is looked up when it is sent."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20)
    about = models.UUIDField()
    sequence = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True, help_text="Given up; null without sent_at: it waits.")
    trouble = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "kind", "about", "sequence"], name="written_once"),
        ]
