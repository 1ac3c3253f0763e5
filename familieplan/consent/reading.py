"""Consents and legal bases as their reader may see them, as plain values. Five statements for a whole family."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from familieplan.access.actor import Actor
from familieplan.access.models import Threshold
from familieplan.consent import words
from familieplan.consent.enums import BasisKind, Form, Standing
from familieplan.consent.models import Consent, LegalBasis, Signature
from familieplan.consent.rules import CustodyFact, age_on, stands, who_must_sign
from familieplan.people.guards import coordinates, is_early
from familieplan.people.models import Custody, Staff
from familieplan.people.names import Names, in_words


@dataclass(frozen=True, slots=True)
class SignatureView:
    name: str
    at: datetime
    how: str
    is_mine: bool


@dataclass(frozen=True, slots=True)
class ConsentView:
    """One consent, in words."""

    id: UUID
    about: str
    about_me: bool
    kinds: tuple[str, ...]
    sources: tuple[str, ...]
    recipients: tuple[str, ...]
    among_us: bool  # to somebody of the family, and to no unit
    private_voice: bool
    purpose: str
    consequence: str
    given_on: datetime
    until: date
    agreed_until: date | None
    how: str
    deviation: str
    standing: Standing
    signatures: tuple[SignatureView, ...]
    missing: tuple[str, ...]  # names of those whose signature it waits for
    nobody_may_sign: bool  # a child of whom nobody in the family has custody
    waits_for_me: bool
    may_end: bool
    withdrawn_at: datetime | None
    withdrawn_by: str
    replaces: UUID | None
    replaced_by: UUID | None

    @property
    def is_over(self) -> bool:
        return self.standing.is_over

    @property
    def tone(self) -> str:
        return {"waiting": "alert", "ending_soon": "alert", "active": "leaf"}.get(self.standing.value, "")

    @property
    def recipients_in_words(self) -> str:
        return in_words(list(self.recipients))


@dataclass(frozen=True, slots=True)
class BasisView:
    """Something that is shared without a consent: by which section of law, why, for how long."""

    id: UUID
    about: str
    about_me: bool
    is_emergency: bool
    kinds: tuple[str, ...]
    sources: tuple[str, ...]
    recipient: str
    citation: str
    plain_words: str
    necessity: str
    starts_at: datetime
    ends_at: datetime
    is_over: bool


@dataclass(frozen=True)
class Consents:
    """What one reader may know of a family's consents. The guard has opened the family."""

    family: UUID
    by: Actor
    today: date

    @cached_property
    def names(self) -> Names:
        return Names(self.family, self.by.id)

    @cached_property
    def coordinates(self) -> bool:
        return coordinates(self.family, self.by)

    @cached_property
    def writes_new(self) -> bool:
        """The coordinator of a course; of an early one the small yes stands on its own page."""
        return self.coordinates and not is_early(self.family)

    @cached_property
    def thresholds(self) -> dict[str, int]:
        return dict(Threshold.objects.values_list("key", "value"))

    @cached_property
    def _custody(self) -> dict[UUID, list[CustodyFact]]:
        found: dict[UUID, list[CustodyFact]] = {}
        for row in Custody.objects.filter(family_id=self.family):
            found.setdefault(row.child_id, []).append(CustodyFact(row.holder_id, row.starts, row.ends))
        return found

    def must_sign(self, subject: UUID) -> frozenset[UUID]:
        """Who must sign for somebody today, as far as the reader may know of them."""
        person = self.names.persons.get(subject)
        return who_must_sign(
            subject=subject,
            birth_date=person.birth_date if person else None,
            custody=self._custody.get(subject, []),
            today=self.today,
            consent_age=self.thresholds["consent_age"],
        )

    def signs_alone(self, subject: UUID) -> bool:
        """Old enough to decide for themselves."""
        person = self.names.persons.get(subject)
        born = person.birth_date if person else None
        return born is None or age_on(born, self.today) >= self.thresholds["consent_age"]

    def all(self) -> list[ConsentView]:
        """Newest first within how they stand: what waits for somebody comes first."""
        rows = Consent.objects.filter(family_id=self.family).order_by("-created_at")
        order = list(Standing)
        return sorted(self._views(list(rows)), key=lambda view: order.index(view.standing))

    def one(self, consent: Consent) -> ConsentView:
        return self._views([consent])[0]

    def as_well(self, consent: Consent) -> list[ConsentView]:
        """Other yeses through which some of the same would still be seen by some of the same."""
        others = Consent.objects.filter(
            Q(to_units__overlap=consent.to_units) | Q(to_persons__overlap=consent.to_persons),
            subject_id=consent.subject_id,
            kinds__overlap=consent.kinds,
            withdrawn_at=None,
            until__gte=self.today,
        ).exclude(pk=consent.pk)
        return self._views(list(others.order_by("created_at")))

    def _views(self, rows: list[Consent]) -> list[ConsentView]:
        signatures: dict[UUID, list[Signature]] = {}
        for signature in Signature.objects.filter(consent__in=rows, withdrawn_at=None).order_by("signed_at"):
            signatures.setdefault(signature.consent_id, []).append(signature)
        later = dict(Consent.objects.filter(replaces__in=rows).values_list("replaces", "pk"))
        return [self._view(row, signatures.get(row.pk, []), later.get(row.pk)) for row in rows]

    def _view(self, row: Consent, signatures: list[Signature], replaced_by: UUID | None) -> ConsentView:
        must_sign = self.must_sign(row.subject_id)
        signed = [signature.person_id for signature in signatures]
        point = stands(
            until=row.until,
            withdrawn=row.withdrawn_at is not None,
            replaced=replaced_by is not None and row.withdrawn_at is not None,
            must_sign=must_sign,
            signed=signed,
            has_deviation=bool(row.deviation_reason),
            today=self.today,
            soon_days=self.thresholds["consent_ending_soon_days"],
        )
        me = self.by.id
        # Ended by one who should have signed and had not: that was a no.
        was_declined = point.standing is Standing.WITHDRAWN and row.withdrawn_by in must_sign - frozenset(signed)
        return ConsentView(
            id=row.pk,
            about=self.names.person(row.subject_id),
            about_me=row.subject_id == me,
            kinds=tuple(words.kinds(row.kinds)),
            sources=self._sources(row.from_family, row.from_units),
            recipients=tuple(
                [self.names.unit(unit) for unit in row.to_units] + [self.names.you_or(one) for one in row.to_persons]
            ),
            among_us=not row.to_units,
            private_voice=row.private_voice,
            purpose=row.purpose,
            consequence=row.consequence,
            given_on=row.created_at,
            until=row.until,
            agreed_until=row.agreed_until,
            how=str(Form(row.form).label),
            deviation=row.deviation_reason,
            standing=Standing.DECLINED if was_declined else point.standing,
            signatures=tuple(self._signature(one) for one in signatures),
            missing=tuple(self._signer(one) for one in sorted(point.missing)),
            nobody_may_sign=point.standing is Standing.WAITING and not must_sign,
            waits_for_me=me in point.missing,
            may_end=not point.standing.is_over and (self.coordinates or me in must_sign or me in signed),
            withdrawn_at=row.withdrawn_at,
            withdrawn_by=self._who(row.withdrawn_by),
            replaces=row.replaces_id,
            replaced_by=replaced_by,
        )

    def _sources(self, from_family: bool, from_units: list[UUID]) -> tuple[str, ...]:
        return tuple(([_("the family itself")] if from_family else []) + [self.names.unit(one) for one in from_units])

    def _signature(self, row: Signature) -> SignatureView:
        mine = row.person_id == self.by.id
        return SignatureView(self._signer(row.person_id), row.signed_at, str(Form(row.form).label), mine)

    def _signer(self, id: UUID) -> str:
        """A parent may have to sign with somebody whose name is not theirs to know here."""
        known = id == self.by.id or id in self.names.persons
        return self.names.you_or(id) if known else _("the other one with custody")

    def _who(self, id: UUID | None) -> str:
        if id is None:
            return ""
        return _("the coordinator") if id in self._staff_who_ended else self._signer(id)

    @cached_property
    def _staff_who_ended(self) -> frozenset[UUID]:
        ended = Consent.objects.filter(family_id=self.family, withdrawn_by__isnull=False).values("withdrawn_by")
        return frozenset(Staff.objects.filter(pk__in=ended).values_list("pk", flat=True))

    def bases(self) -> list[BasisView]:
        """What is shared without consent, newest first."""
        rows = (
            LegalBasis.objects.filter(family_id=self.family).select_related("paragraph", "scope").order_by("-starts_at")
        )
        return [self._basis(row) for row in rows]

    def _basis(self, row: LegalBasis) -> BasisView:
        emergency = row.kind == BasisKind.BREAK_GLASS
        everything = _("everything about %(name)s") % {"name": self.names.you_or(row.subject_id)}
        return BasisView(
            id=row.pk,
            about=self.names.person(row.subject_id),
            about_me=row.subject_id == self.by.id,
            is_emergency=emergency,
            kinds=(everything,) if emergency else tuple(words.kinds(row.kinds)),
            sources=self._sources(row.from_family, row.from_units),
            recipient=self._recipient(row),
            citation=row.paragraph.citation,
            plain_words=row.paragraph.plain_words,
            necessity=row.necessity,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            is_over=row.ends_at <= timezone.now(),
        )

    def _recipient(self, row: LegalBasis) -> str:
        if row.to_unit_id is not None:
            return self.names.unit(row.to_unit_id)
        name = self.names.staff_member(row.to_staff_id, to_family=self.by.is_family) if row.to_staff_id else ""
        unit = self.names.unit(row.scope.source) if row.scope.source else _("the municipality")
        return _("%(who)s, %(unit)s") % {"who": name or _("A professional"), "unit": unit}
