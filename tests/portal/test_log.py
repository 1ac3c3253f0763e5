"""The log in plain words, as each may know it."""

from familieplan.access.context import acting_as
from familieplan.audit import log
from tests.street import SignIn, Street


def opens(street: Street, name: str, page: str = "family") -> None:
    with acting_as(street.actor(name)):
        log.open_family(street.family, page)


def test_who_looked_why_and_what_they_could_see(street: Street, sign_in: SignIn) -> None:
    street.give("Sara", "Sara")
    opens(street, "Jens")
    page = sign_in("Sara").get(f"{street.base}log/").content.decode()
    assert "Jobcenter (fagperson)" in page
    assert "åbnede planen – fordi du sagde ja" in page
    assert "om dig – fordi du sagde ja" in page
    assert "Jens" not in page  # department and role, unless the municipality shows names


def test_names_where_the_municipality_shows_them(street: Street, sign_in: SignIn, settings: object) -> None:
    street.give("Sara", "Sara")
    opens(street, "Jens")
    settings.MUNICIPALITY_SHOWS_STAFF_NAMES = True  # type: ignore[attr-defined]
    assert "Jens, Jobcenter (fagperson)" in sign_in("Sara").get(f"{street.base}log/").content.decode()


def test_what_is_about_another_is_not_there(street: Street, sign_in: SignIn) -> None:
    street.give("Sara", "Sara")
    opens(street, "Jens")
    assert "Jobcenter" not in sign_in("Jonas").get(f"{street.base}log/").content.decode()


def test_after_a_withdrawal_the_log_still_says_it(street: Street, sign_in: SignIn) -> None:
    consent = street.give("Sara", "Sara")
    opens(street, "Jens")
    sara = sign_in("Sara")
    sara.post(f"{street.base}consents/{consent.pk}/withdraw/")
    assert "fordi du sagde ja" in sara.get(f"{street.base}log/").content.decode()


def test_what_one_did_several_times_stands_once(street: Street, sign_in: SignIn) -> None:
    street.give("Sara", "Sara")
    for _time in range(3):
        opens(street, "Jens")
    page = sign_in("Sara").get(f"{street.base}log/").content.decode()
    assert page.count("Jobcenter (fagperson)") == 1
