"""Consents, signatures and the other legal bases for sharing."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from familieplan.access.enums import Kind
from familieplan.access.models import new_id
from familieplan.consent.enums import BasisKind, Form, NoticeKind, RequestStatus
from familieplan.people.models import FamilyRecord, Person, Staff, Unit


class Consent(FamilyRecord):
    """One person's yes: which kinds of information, from whom, to whom, for what, until when.

    Retssikkerhedsloven § 11 a and forvaltningsloven § 28: a general consent is invalid. FHIR Consent: per patient.
    The text never changes; it may be withdrawn, or replaced by a new version (renegotiated).
    """

    subject = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="consents")
    kinds = ArrayField(models.CharField(max_length=40, choices=Kind.choices))
    from_family = models.BooleanField(default=True, help_text="What the family itself says.")
    from_units = ArrayField(models.UUIDField(), default=list, blank=True)
    to_units = ArrayField(models.UUIDField(), default=list, blank=True)
    to_persons = ArrayField(models.UUIDField(), default=list, blank=True)
    private_voice = models.BooleanField(default=False, help_text="Includes what the subject has said in private.")
    purpose = models.TextField()
    consequence = models.TextField(help_text="What a no would mean, as it was told.")
    until = models.DateField(help_text="The last day it holds.")
    agreed_until = models.DateField(null=True, help_text="The last day as it was signed; it may end sooner.")
    form = models.CharField(max_length=10, choices=Form.choices)
    deviation_reason = models.TextField(blank=True, help_text="Why fewer than all who must sign have signed.")
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kinds__len__gt=0), name="consent_names_a_kind"),
            models.CheckConstraint(condition=~Q(purpose=""), name="consent_names_a_purpose"),
            models.CheckConstraint(
                condition=Q(to_units__len__gt=0) | Q(to_persons__len__gt=0), name="consent_names_a_recipient"
            ),
            models.CheckConstraint(
                condition=Q(from_family=True) | Q(from_units__len__gt=0), name="consent_names_a_source"
            ),
        ]


class Signature(FamilyRecord):
    """One person's signature on a consent, withdrawable by itself."""

    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="signatures")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()
    form = models.CharField(max_length=10, choices=Form.choices)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["consent", "person"], name="signs_once")]


class LegalParagraph(models.Model):
    """A section of law that allows an exchange without consent: data with its source, never code (law 9)."""

    id = models.UUIDField(primary_key=True, default=new_id)
    key = models.CharField(max_length=40, unique=True)
    citation = models.CharField(max_length=160)
    plain_words = models.TextField()
    longest_days = models.PositiveIntegerField(
        help_text="How long such a basis may stand before it is looked at again."
    )


class LegalBasis(FamilyRecord):
    """Sharing without consent: its own recorded act, with paragraph, necessity and end. The family is told."""

    kind = models.CharField(max_length=20, choices=BasisKind.choices)
    subject = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="legal_bases")
    kinds = ArrayField(models.CharField(max_length=40, choices=Kind.choices), default=list, blank=True)
    from_family = models.BooleanField(default=False)
    from_units = ArrayField(models.UUIDField(), default=list, blank=True)
    to_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    to_staff = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    paragraph = models.ForeignKey(LegalParagraph, on_delete=models.PROTECT, related_name="+")
    necessity = models.TextField(help_text="Why it is necessary for this child or adult, in words.")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(necessity=""), name="basis_says_why"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="basis_ends_after_start"),
            models.CheckConstraint(
                condition=Q(kind=BasisKind.STATUTORY, to_unit__isnull=False, to_staff__isnull=True, kinds__len__gt=0)
                | Q(kind=BasisKind.BREAK_GLASS, to_unit__isnull=True, to_staff__isnull=False),
                name="basis_names_its_recipient",
            ),
        ]


class AccessRequest(models.Model):
    """A professional asks to see something. The coordinator talks it over with the family; nothing is shown yet."""

    id = models.UUIDField(primary_key=True, default=new_id)
    family_id = models.UUIDField()
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    about = ArrayField(models.UUIDField(), help_text="Whom it is about, by id; about others it is another question.")
    by_cpr = models.BooleanField(default=False, help_text="Asked blind: whoever asked never sees it here.")
    kinds = ArrayField(models.CharField(max_length=40, choices=Kind.choices))
    why = models.TextField()
    status = models.CharField(max_length=10, choices=RequestStatus.choices, default=RequestStatus.OPEN)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.UUIDField(null=True)
    answer = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["family_id", "staff", "unit", "about", "by_cpr"],
                condition=Q(status=RequestStatus.OPEN),
                name="one_open_question",
            )
        ]


class Notice(models.Model):
    """Something somebody must be told (law 4), until they have read it. The database writes it."""

    id = models.UUIDField(primary_key=True, default=new_id)
    family_id = models.UUIDField()
    person = models.UUIDField(help_text="Who is told: somebody of the family, or a coordinator.")
    what = models.CharField(max_length=20, choices=NoticeKind.choices)
    about = models.UUIDField(help_text="The legal basis, consent, request, custody, protection or person.")
    by = models.UUIDField(null=True, help_text="Who did it.")
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["person", "read_at"], name="notices_of_somebody")]
