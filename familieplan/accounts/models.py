"""Who may sign in, and from where they are signed in just now. No name, no e-mail, no CPR number lives here."""

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """Which table `holder` points into."""

    PERSON = "person", _("Family")
    STAFF = "staff", _("Staff")


class UserManager(BaseUserManager["User"]):
    """Users are made by `actions.invite` only, so there is no `create_user` here."""

    def get_by_natural_key(self, login: str | None) -> "User":
        return self.get(login=(login or "").strip().lower())


class User(AbstractBaseUser):
    """An account. `holder` is the person or staff member it belongs to."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    login = models.CharField(_("User name"), max_length=150, unique=True)
    kind = models.CharField(max_length=10, choices=Kind)
    holder = models.UUIDField(null=True, unique=True)
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=10, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = UserManager()
    USERNAME_FIELD = "login"

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(login=Lower("login")), name="login_is_lower_case"),
            models.CheckConstraint(condition=models.Q(login__regex=r"^\S{2,150}$"), name="login_is_one_word"),
            models.CheckConstraint(condition=models.Q(kind__in=Kind.values), name="account_has_a_kind"),
        ]


class SessionQuerySet(models.QuerySet["Session"]):
    def open_for(self, user: User, *, now: datetime) -> "SessionQuerySet":
        """Those the user is signed in with; one that has run out may lie here until the night."""
        idle: timedelta = settings.FAMILIEPLAN_SESSION_IDLE[user.kind]
        longest: timedelta = settings.FAMILIEPLAN_SESSION_LONGEST
        return self.filter(user=user, seen_at__gt=now - idle, started_at__gt=now - longest)


class Session(models.Model):
    """A browser that is signed in, or halfway there. Whoever reads the table can take over none of them:
    it holds the hash of the cookie, and the contents are sealed with a key that is not in the database."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key_hash = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="+")
    data = models.BinaryField()
    browser = models.CharField(max_length=60, blank=True)
    started_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = SessionQuerySet.as_manager()


class Invitation(models.Model):
    """A one-time link to choose a password. Only the hash of it is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    made_by = models.UUIDField(null=True, help_text="The holder who made it; null is a command on the server.")
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class EventKind(models.TextChoices):
    """What somebody else can do with one's account."""

    NEW_LINK = "new link", _("A new link was made, to choose a new password with")
    LINK_USED = "link used", _("A link was used, and a new password chosen")
    FACTOR_ASKED = "factor asked", _("Somebody asked to forget the code app; another has to agree")
    FACTOR_FORGOTTEN = "factor forgotten", _("The code app was forgotten")
    CLOSED = "closed", _("The account was closed")
    OPENED = "opened", _("The account was opened again")
    ADDRESS = "address", _("Where your notices are sent was changed")


class Event(models.Model):
    """Something somebody else did with an account. Its holder is told at the next sign-in, until they have read it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    what = models.CharField(max_length=20, choices=EventKind)
    by = models.UUIDField(null=True, help_text="The staff member; null: at the server, or by whoever had a link.")
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)


class CacheEntry(models.Model):
    """Counters of attempts to sign in, and codes already used. See cache.py."""

    key = models.CharField(max_length=64, primary_key=True)
    value = models.JSONField()
    expires_at = models.DateTimeField(db_index=True)
