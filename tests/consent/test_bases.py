"""Sharing without consent: by law, and in an emergency. The family is told of both."""

from typing import Any

from familieplan.access.context import acting_as
from familieplan.audit import log
from familieplan.consent.models import LegalBasis, LegalParagraph, Notice
from tests.street import SignIn, Street


def by_law(street: Street, **changes: Any) -> dict[str, Any]:
    return {
        "subject": str(street.persons["Anton"]),
        "paragraph": str(LegalParagraph.objects.get(key="ssd").pk),
        "necessity": "Anton har ikke været i skole i tre uger",
        "kinds": ["basic", "school"],
        "sources": [str(street.units["Familieteam"])],
        "unit": str(street.units["Byskolen"]),
        "days": "30",
    } | changes


def opening(street: Street, name: str) -> str | None:
    with acting_as(street.actor(name)):
        return log.open_family(street.family, "family")


def told(street: Street, name: str) -> int:
    with acting_as(street.actor(name)):
        return Notice.objects.count()


def test_by_law_it_opens_at_once_and_both_parents_are_told(street: Street, sign_in: SignIn) -> None:
    mette = sign_in("Mette")
    with acting_as(street.actor("Mette")):
        given = by_law(street)
    assert mette.post(f"{street.base}sharing/new/", given).status_code == 302
    assert opening(street, "Lis") == "full"
    assert (told(street, "Sara"), told(street, "Jonas")) == (1, 1)
    page = sign_in("Jonas").get(f"{street.base}consents/").content.decode()
    assert "Anton har ikke været i skole i tre uger" in page
    assert "Barnets lov § 17" in page
    with acting_as(street.actor("Sara")):
        basis = LegalBasis.objects.get().pk
    stop = f"{street.base}sharing/{basis}/end/"
    assert sign_in("Sara").post(stop).status_code == 403
    assert mette.post(stop).status_code == 302
    assert opening(street, "Lis") == "card"


def test_by_law_never_longer_than_the_law_and_never_without_a_reason(street: Street, sign_in: SignIn) -> None:
    mette = sign_in("Mette")
    with acting_as(street.actor("Mette")):
        too_long, no_reason = by_law(street, days="91"), by_law(street, necessity="")
    answer = mette.post(f"{street.base}sharing/new/", too_long)
    assert answer.status_code == 422
    assert "Loven tillader det ikke så længe" in answer.content.decode()
    assert "Anton har ikke været i skole" in answer.content.decode()
    assert mette.post(f"{street.base}sharing/new/", no_reason).status_code == 422
    assert opening(street, "Lis") == "card"


def test_emergency_access_from_the_card(street: Street, sign_in: SignIn) -> None:
    jens = sign_in("Jens")
    address = f"{street.base}emergency/"
    assert "Sara" not in jens.get(address).content.decode()
    assert jens.post(address, {"hours": "4"}).status_code == 422
    assert opening(street, "Jens") == "card"
    assert jens.post(address, {"hours": "4", "reason": "Hun svarer ikke, og døren er låst"}).status_code == 302
    assert opening(street, "Jens") == "full"
    assert (told(street, "Sara"), told(street, "Jonas")) == (1, 0)
    page = sign_in("Sara").get(f"{street.base}consents/").content.decode()
    assert "Hun svarer ikke, og døren er låst" in page


def test_no_emergency_for_those_who_do_not_work_with_the_family(street: Street, sign_in: SignIn) -> None:
    for name in ("Olga", "Leo", "Sara"):
        assert sign_in(name).post(f"{street.base}emergency/", {"hours": "4", "reason": "x"}).status_code == 404, name


def test_only_the_coordinator_shares_by_law(street: Street, sign_in: SignIn) -> None:
    for name in ("Jens", "Olga", "Sara"):
        assert sign_in(name).get(f"{street.base}sharing/new/").status_code == 404, name
