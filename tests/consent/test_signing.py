"""Who sees a signature, and who may give one."""

import psycopg
import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from familieplan.access.context import acting_as
from familieplan.access.drawers import NotYourDrawer
from familieplan.audit import log
from familieplan.consent import actions
from familieplan.consent.models import Consent, Signature
from familieplan.people.models import Person
from tests.street import Street, years_ago


def signers_seen_by(street: Street, name: str) -> set[str]:
    with acting_as(street.actor(name)):
        log.open_family(street.family, "consents")
        return {row.person.given_name for row in Signature.objects.all() if Person.objects.filter(pk=row.person_id)}


def sign_as(street: Street, name: str, consent: Consent) -> None:
    me = street.actor(name)
    with acting_as(me):
        log.open_family(street.family, "consents")
        actions.sign(consent=consent, person=Person.objects.get(pk=me.id), form="portal", by=me)


def test_a_signature_of_the_portal_is_seen_by_the_coordinator(street: Street) -> None:
    consent = street.give("Sara")
    sign_as(street, "Sara", consent)
    assert signers_seen_by(street, "Mette") == {"Sara"}


def test_signing_twice_is_signing_once(street: Street) -> None:
    consent = street.give("Sara", "Sara")
    sign_as(street, "Sara", consent)
    with acting_as(street.actor("Sara")):
        assert Signature.objects.count() == 1


def test_nobody_signs_what_is_not_theirs_to_sign(street: Street) -> None:
    consent = street.give("Sara")
    with pytest.raises(PermissionDenied):
        sign_as(street, "Jonas", consent)


def test_a_child_of_ten_does_not_sign(street: Street) -> None:
    consent = street.give("Anton", "Sara")
    with pytest.raises(PermissionDenied):
        sign_as(street, "Anton", consent)
    with pytest.raises(IntegrityError):
        street.give("Anton", "Anton")


def test_what_is_withdrawn_is_not_signed_again(street: Street) -> None:
    consent = street.give("Sara")
    with acting_as(street.actor("Sara")):
        actions.withdraw(consent=consent, by=street.actor("Sara"))
    with pytest.raises(PermissionDenied):
        sign_as(street, "Sara", consent)


def test_parents_do_not_hand_on_what_a_child_has_said_in_private(street: Street) -> None:
    with pytest.raises(IntegrityError, match="said in private"):
        street.give("Anton", private_voice=True)
    assert street.give("Freja", "Freja", private_voice=True).pk  # 16, and her own to give


def test_nor_do_they_sign_for_it_where_the_age_was_written_down_wrong(
    street: Street, superuser_connection: psycopg.Connection
) -> None:
    """Written when Anton passed for an adult; he is ten."""
    age = "UPDATE people_person SET birth_date = %s WHERE id = %s"
    superuser_connection.execute(age, [None, street.persons["Anton"]])
    consent = street.give("Anton", private_voice=True)
    superuser_connection.execute(age, [years_ago(10), street.persons["Anton"]])
    with pytest.raises(PermissionDenied):
        sign_as(street, "Sara", consent)
    with acting_as(street.actor("Mette")):
        log.open_family(street.family, "consents")
        sara = Person.objects.get(pk=street.persons["Sara"])
        with pytest.raises(IntegrityError, match="said in private"):
            actions.sign(consent=consent, person=sara, form="tablet", by=street.actor("Mette"))


def test_the_coordinator_signs_for_nobody_as_on_their_own_sign_in(street: Street) -> None:
    """It would be told to nobody: what she writes down is marked as hers."""
    consent = street.give("Sara")
    mette = street.actor("Mette")
    with acting_as(mette):
        log.open_family(street.family, "consents")
        sara = Person.objects.get(pk=street.persons["Sara"])
        with pytest.raises(NotYourDrawer), transaction.atomic():
            actions.sign(consent=consent, person=sara, form="portal", by=mette)
        assert actions.sign(consent=consent, person=sara, form="tablet", by=mette).pk


def test_a_parent_ends_no_consent_by_writing_another_in_its_place(street: Street) -> None:
    old = street.give("Anton", "Sara", "Jonas", kinds=("basic", "school"), to_units=(street.units["Byskolen"],))
    jonas = street.actor("Jonas")
    with acting_as(jonas):
        log.open_family(street.family, "consents")
        yes = street.yes("Anton")
        with pytest.raises(NotYourDrawer), transaction.atomic():
            actions.give(yes=yes, form="portal", signed_by=(), by=jonas, replaces=old)
        assert actions.give(yes=yes, form="portal", signed_by=(), by=jonas).pk  # another beside it
