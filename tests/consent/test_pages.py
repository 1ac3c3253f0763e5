"""The list, one consent, taking it back, letting it end sooner, signing one's own."""

from datetime import timedelta

from django.utils import timezone

from familieplan.access.context import acting_as
from familieplan.audit import log
from tests.street import SignIn, Street


def test_the_mother_reads_who_may_see_what(street: Street, sign_in: SignIn) -> None:
    street.give("Sara", "Sara")
    page = sign_in("Sara").get(f"{street.base}consents/").content.decode()
    assert "Jobcenter" in page
    assert "Arbejde og uddannelse" in page
    assert "At finde et job" in page
    assert "Gælder" in page


def test_taken_back_in_two_presses_and_gone_at_once(street: Street, sign_in: SignIn) -> None:
    consent = street.give("Sara", "Sara")
    sara = sign_in("Sara")
    address = f"{street.base}consents/{consent.pk}/withdraw/"
    page = sara.get(address).content.decode()
    assert "Jobcenter må så ikke længere se dette gennem dit ja" in page
    assert sara.post(address).status_code == 302
    assert sara.post(address).status_code == 302  # pressed again: it stays taken back
    with acting_as(street.actor("Jens")):
        assert log.open_family(street.family, "family") == "card"


def test_the_other_parent_does_not_know_of_it(street: Street, sign_in: SignIn) -> None:
    consent = street.give("Sara", "Sara")
    jonas = sign_in("Jonas")
    assert "Jobcenter" not in jonas.get(f"{street.base}consents/").content.decode()
    for door in ("", "withdraw/", "shorten/", "sign/"):
        assert jonas.get(f"{street.base}consents/{consent.pk}/{door}").status_code == 404
    assert jonas.post(f"{street.base}consents/{consent.pk}/withdraw/").status_code == 404


def test_both_parents_are_waited_for_and_sign_on_their_own(street: Street, sign_in: SignIn) -> None:
    school = {"kinds": ("basic", "school"), "to_units": (street.units["Byskolen"],)}
    consent = street.give("Anton", "Sara", **school)
    jonas = sign_in("Jonas")
    assert "Læs og skriv under" in jonas.get(f"{street.base}consents/").content.decode()
    address = f"{street.base}consents/{consent.pk}/sign/"
    assert "Siger du ja til det her?" in jonas.get(address).content.decode()
    assert jonas.post(address).status_code == 302
    with acting_as(street.actor("Lis")):
        assert log.open_family(street.family, "family") == "full"
    assert "Det venter på" not in sign_in("Mette").get(f"{street.base}consents/{consent.pk}/").content.decode()


def test_the_child_reads_but_may_neither_sign_nor_take_back(street: Street, sign_in: SignIn) -> None:
    consent = street.give("Anton", "Sara", kinds=("basic", "school"), to_units=(street.units["Byskolen"],))
    anton = sign_in("Anton")
    assert "Tag det tilbage" not in anton.get(f"{street.base}consents/{consent.pk}/").content.decode()
    assert anton.post(f"{street.base}consents/{consent.pk}/withdraw/").status_code == 403
    assert anton.post(f"{street.base}consents/{consent.pk}/sign/").status_code == 403


def test_a_young_person_decides_alone(street: Street, sign_in: SignIn) -> None:
    consent = street.give("Freja", kinds=("basic", "plan"))
    address = f"{street.base}consents/{consent.pk}/"
    sara, freja = sign_in("Sara"), sign_in("Freja")
    assert "Det venter på: Freja" in sara.get(address).content.decode()
    assert sara.post(f"{address}sign/").status_code == 403
    assert sara.post(f"{address}withdraw/").status_code == 403
    assert freja.post(f"{address}sign/").status_code == 302
    assert "Gælder" in freja.get(address).content.decode()
    assert freja.post(f"{address}withdraw/").status_code == 302
    assert "Taget tilbage af Freja" in sara.get(address).content.decode()


def test_consents_are_not_for_professionals_to_read(street: Street, sign_in: SignIn) -> None:
    consent = street.give("Sara", "Sara")
    jens = sign_in("Jens")
    page = jens.get(f"{street.base}consents/").content.decode()
    assert "Samtykkerne læses af familien" in page
    assert consent.purpose not in page
    assert jens.get(f"{street.base}consents/{consent.pk}/").status_code == 404


def test_it_ends_sooner_and_never_later(street: Street, sign_in: SignIn) -> None:
    consent = street.give("Sara", "Sara")
    sara, today = sign_in("Sara"), timezone.localdate()
    address = f"{street.base}consents/{consent.pk}/shorten/"
    for day in (today - timedelta(days=1), consent.until, consent.until + timedelta(days=1)):
        assert sara.post(address, {"until": day.isoformat()}).status_code == 422
    assert sara.post(address, {"until": today.isoformat()}).status_code == 302
    assert "Slutter snart" in sara.get(f"{street.base}consents/{consent.pk}/").content.decode()


def test_what_another_yes_still_shows_is_said_before_one_takes_one_back(street: Street, sign_in: SignIn) -> None:
    one = street.give("Sara", "Sara")
    street.give("Sara", "Sara", kinds=("basic", "employment", "plan"))
    street.give("Sara", "Sara", kinds=("basic",), to_units=(street.units["Byskolen"],))  # another's: not in the way
    sara = sign_in("Sara")
    address = f"{street.base}consents/{one.pk}/withdraw/"
    page = sara.get(address).content.decode()
    assert "Det her er ikke det eneste ja" in page
    assert "må så ikke længere se" not in page
    assert page.count("Byskolen") == 0
    sara.post(address, {"all": ""})
    with acting_as(street.actor("Jens")):
        assert log.open_family(street.family, "family") == "card"


def test_sara_says_no(street: Street, sign_in: SignIn) -> None:
    consent = street.give("Sara")
    address = f"{street.base}consents/{consent.pk}/"
    sara = sign_in("Sara")
    assert "Nej tak" in sara.get(f"{address}sign/").content.decode()
    assert "Du har sagt nej" in sara.post(f"{address}sign/", {"no": ""}, follow=True).content.decode()
    assert "Et samtykke venter på dig" not in sara.get("/").content.decode()
    assert "Svaret var nej" in sign_in("Mette").get(address).content.decode()
    assert sara.post(f"{address}sign/").status_code == 403  # what was answered is not signed by an old form


def test_the_coordinator_hears_that_a_yes_was_taken_back(street: Street, sign_in: SignIn) -> None:
    """By the family: what she ended herself is no news to her, and to the job centre it is nothing at all."""
    told = "Et ja er taget tilbage"
    consent = street.give("Sara", "Sara")
    sign_in("Mette").post(f"{street.base}consents/{street.give('Freja', 'Freja').pk}/withdraw/")
    assert told not in sign_in("Mette").get("/").content.decode()
    sign_in("Sara").post(f"{street.base}consents/{consent.pk}/withdraw/")
    assert told in sign_in("Mette").get("/").content.decode()
    assert told not in sign_in("Jens").get("/").content.decode()
