"""Giving, signing, withdrawing and renegotiating consents; the other legal bases. The only door for writing them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils import timezone

from familieplan.access.actor import Actor
from familieplan.access.clock import moment
from familieplan.access.drawers import Drawer
from familieplan.access.enums import Kind
from familieplan.access.models import Threshold, new_id
from familieplan.audit import log
from familieplan.consent.enums import BasisKind, Form, NoticeKind, RequestStatus
from familieplan.consent.models import AccessRequest, Consent, LegalBasis, LegalParagraph, Notice, Signature
from familieplan.consent.rules import CustodyFact, missing_parts, who_must_sign
from familieplan.people.models import Custody, Person, Unit
from familieplan.people.records import Conflict, drawer_of, lay


class Incomplete(ValueError):
    """A consent that lacks something. ``parts`` names what, in the order of the form."""

    def __init__(self, parts: list[str]) -> None:
        super().__init__(", ".join(parts))
        self.parts = parts


@dataclass(frozen=True, slots=True)
class Yes:
    """What somebody says yes to: which kinds, from whom, to whom, for what, until when."""

    subject: Person
    kinds: tuple[str, ...]
    purpose: str
    until: date | None
    from_family: bool = True
    from_units: tuple[UUID, ...] = ()
    to_units: tuple[UUID, ...] = ()
    to_persons: tuple[UUID, ...] = ()
    consequence: str = ""
    deviation_reason: str = ""
    private_voice: bool = False
    id: UUID = field(default_factory=new_id)


def must_sign(subject: Person, today: date) -> frozenset[UUID]:
    """Who must sign for ``subject`` today, by age and custody."""
    custody = [CustodyFact(row.holder_id, row.starts, row.ends) for row in Custody.objects.filter(child=subject)]
    age = Threshold.objects.get(key="consent_age").value
    return who_must_sign(
        subject=subject.pk, birth_date=subject.birth_date, custody=custody, today=today, consent_age=age
    )


@transaction.atomic
def give(
    *, yes: Yes, form: Form | str, signed_by: Iterable[Person], by: Actor, replaces: Consent | None = None
) -> Consent:
    """Write a consent down with the signatures that are there. It opens nothing until everybody who must has signed.

    With ``replaces`` it is renegotiated: the earlier version ends in the same transaction. Raises :class:`Incomplete`.
    """
    parts = missing_parts(
        kinds=yes.kinds,
        from_family=yes.from_family,
        from_units=yes.from_units,
        to_units=yes.to_units,
        to_persons=yes.to_persons,
        purpose=yes.purpose,
        until=yes.until,
    )
    if parts or yes.until is None:
        raise Incomplete(parts)
    consent = Consent(
        id=yes.id,
        subject=yes.subject,
        kinds=list(yes.kinds),
        from_family=yes.from_family,
        from_units=list(yes.from_units),
        to_units=list(yes.to_units),
        to_persons=list(yes.to_persons),
        private_voice=yes.private_voice,
        purpose=yes.purpose,
        consequence=yes.consequence,
        until=yes.until,
        agreed_until=yes.until,
        form=form,
        deviation_reason=yes.deviation_reason,
        replaces=replaces,
    )
    signers = list(signed_by)
    laid = lay(consent, _consent_drawer(yes.subject, by), by=by)
    if laid is not consent:  # sent twice
        if {person.pk for person in signers} != set(laid.signatures.values_list("person", flat=True)):
            raise Conflict(laid)
        return laid
    for person in signers:
        sign(consent=consent, person=person, form=form, by=by)
    if replaces is not None:
        withdraw(consent=replaces, by=by)
    return consent


def stands_already(yes: Yes, today: date) -> bool:
    """Is the very same written down already? Twice the same yes would have to be taken back twice."""
    same = Consent.objects.filter(subject=yes.subject, withdrawn_at=None, until__gte=today).exclude(pk=yes.id)
    return any(
        row.purpose == yes.purpose
        and row.from_family == yes.from_family
        and row.private_voice == yes.private_voice
        and all(
            set(getattr(row, part)) == set(getattr(yes, part))
            for part in ("kinds", "from_units", "to_units", "to_persons")
        )
        for row in same
    )


def _consent_drawer(subject: Person, by: Actor) -> Drawer:
    return drawer_of(subject.family_id, (subject.pk,), Kind.CONSENT, by)


@transaction.atomic
def sign(*, consent: Consent, person: Person, form: Form | str, by: Actor) -> Signature:
    """One person's yes. On the portal they sign themselves; on tablet and paper the coordinator registers it.

    Raises ``PermissionDenied`` for somebody who signs for another, ``IntegrityError`` for one who may not sign.
    """
    if by.is_family:
        return _sign_for_oneself(consent, person, by)
    row = Signature(consent=consent, person=person, signed_at=timezone.now(), form=form)
    return lay(row, _consent_drawer(consent.subject, by), by=by)


def _sign_for_oneself(consent: Consent, person: Person, by: Actor) -> Signature:
    if person.pk != by.id:
        raise PermissionDenied
    _ended("SELECT consent.sign(%s, %s)", [new_id(), consent.pk])
    row = Signature.objects.get(consent=consent, person=person)
    log.record(consent.family_id, "added signature", row.pk, row.scope_id)
    return row


@transaction.atomic
def withdraw(*, consent: Consent, by: Actor) -> None:
    """Take a yes back. The next statement of anybody sees nothing through it. Raises ``PermissionDenied``."""
    _ended("SELECT consent.withdraw(%s)", [consent.pk])
    log.record(consent.family_id, "withdrew consent", consent.pk, consent.scope_id)


@transaction.atomic
def shorten(*, consent: Consent, last_day: date, by: Actor) -> None:
    """Let it end sooner. Longer or wider is a new consent. Raises ``PermissionDenied``."""
    _ended("SELECT consent.shorten(%s, %s)", [consent.pk, last_day])
    log.record(consent.family_id, "shortened consent", consent.pk, consent.scope_id)


def _ended(statement: str, values: list[Any]) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        answer = cursor.fetchone()[0]
    if not answer:
        raise PermissionDenied
    return answer


@transaction.atomic
def share_by_law(
    *,
    subject: Person,
    kinds: Iterable[str],
    from_units: Iterable[UUID],
    to_unit: Unit,
    paragraph: LegalParagraph,
    necessity: str,
    days: int,
    by: Actor,
    from_family: bool = False,
    id: UUID | None = None,
) -> LegalBasis:
    """Let a unit know something without consent, by a section of law, until a day. The family is told."""
    now = moment()
    row = LegalBasis(
        id=id or new_id(),
        kind=BasisKind.STATUTORY,
        subject=subject,
        kinds=list(kinds),
        from_family=from_family,
        from_units=list(from_units),
        to_unit=to_unit,
        paragraph=paragraph,
        necessity=necessity,
        starts_at=now,
        ends_at=now + timedelta(days=days),
    )
    laid = lay(row, _consent_drawer(subject, by), by=by)
    if laid.ends_at - laid.starts_at != timedelta(days=days):
        raise Conflict(laid)
    return laid


@transaction.atomic
def stop_sharing(*, basis: LegalBasis, by: Actor) -> None:
    """What the law let through ends now, before its time. The coordinator's act. Raises ``PermissionDenied``."""
    _ended("SELECT consent.end_basis(%s)", [basis.pk])
    log.record(basis.family_id, "ended legal basis", basis.pk, basis.scope_id)


def whom_i_work_with(family: UUID) -> list[UUID]:
    """The persons of ``family`` for whom the actor is on its team, known by id only."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT consent.whom_i_work_with(%s)", [family])
        return list(cursor.fetchone()[0])


@transaction.atomic
def break_glass(
    *,
    family: UUID,
    subject: UUID,
    paragraph: LegalParagraph,
    reason: str,
    hours: int,
    by: Actor,
    id: UUID | None = None,
) -> UUID:
    """Emergency access for ``by`` alone, for some hours. The family is told at once, and so is its coordinator.

    Raises ``PermissionDenied``, and ``IntegrityError`` (emergency_again) for a second use within some days.
    """
    basis = id or new_id()
    before = LegalBasis.objects.filter(pk=basis, created_by=by.id, subject=subject).first()
    if before:  # sent twice
        if (before.necessity, before.ends_at - before.starts_at) != (reason, timedelta(hours=hours)):
            raise Conflict(before)
        return basis
    drawer = _ended("SELECT consent.break_glass(%s, %s, %s, %s, %s)", [basis, subject, paragraph.pk, reason, hours])
    log.record(family, "emergency access", basis, drawer)
    return basis


@transaction.atomic
def ask_for_access(
    *,
    unit: UUID,
    kinds: Iterable[str],
    why: str,
    by: Actor,
    family: UUID | None = None,
    cpr_index: bytes | None = None,
    id: UUID | None = None,
) -> None:
    """Ask the family, through its coordinator. By CPR number the answer is the same whether there is one or not."""
    with connection.cursor() as cursor:
        values = [id or new_id(), family, cpr_index, unit, list(kinds), why]
        cursor.execute("SELECT consent.ask(%s, %s, %s, %s, %s, %s)", values)
    log.record(None, "asked for access")


@transaction.atomic
def answer_request(*, request: AccessRequest, status: RequestStatus | str, answer: str, by: Actor) -> None:
    """What the family said. A yes still needs its consent: answering opens nothing."""
    rows = AccessRequest.objects.filter(pk=request.pk, status=RequestStatus.OPEN)
    if not rows.update(status=status, answer=answer, answered_at=timezone.now(), answered_by=by.id):
        raise PermissionDenied
    log.record(request.family_id, "answered request", request.pk)


def has_been_told(*, notice: Notice, by: Actor) -> None:
    """They have read it, and what was gathered with it."""
    kind = NoticeKind(notice.what)
    rows = Notice.objects.filter(family_id=notice.family_id, what=kind, at__lte=notice.at)
    if kind is NoticeKind.ANSWERED or (by.is_family and kind.stands_alone):
        rows = rows.filter(pk=notice.pk)
    elif kind.stands_alone:
        rows = rows.filter(by=notice.by)
    rows.filter(person=by.id, read_at__isnull=True).update(read_at=timezone.now())
