"""The log in plain words, as each may know it."""

import re
from datetime import timedelta

import psycopg
import pytest
from django.utils import timezone
from django.utils.translation import override

from familieplan.access.context import acting_as
from familieplan.access.enums import Kind
from familieplan.audit import log
from familieplan.plan import actions
from familieplan.portal import log_words
from familieplan.portal.log_words import Line
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


def test_the_reason_is_the_readers_own_yes(street: Street, sign_in: SignIn) -> None:
    """Two have said yes about the same child: each reads of their own, and nobody else's name beside it."""
    street.give("Anton", "Sara", "Jonas")
    opens(street, "Jens")
    page = sign_in("Sara").get(f"{street.base}log/").content.decode()
    assert "fordi du sagde ja" in page
    assert "Jonas sagde ja" not in page


def test_what_was_written_is_said_in_its_own_words(street: Street, sign_in: SignIn) -> None:
    street.give("Sara", "Sara")
    with acting_as(street.actor("Mette")):
        log.open_family(street.family, "family")
        place = actions.Place(street.family, (street.persons["Sara"],), Kind.PLAN)
        row = actions.add_topic(place=place, title="Morgenerne", by=street.actor("Mette"))
    page = sign_in("Sara").get(f"{street.base}log/").content.decode()
    assert f'<a href="{street.base}#topic-{row.pk}"><q>Morgenerne</q></a>' in page


def test_many_times_are_folded() -> None:
    at = timezone.now().replace(second=0, microsecond=0)
    times = tuple(at + timedelta(minutes=minute) for minute in (0, 1, 5))
    with override("da"):
        assert Line(times[:2], "", "").when.count(" og ") == 1
        assert Line(times, "", "").when.startswith("3 gange mellem")


def test_who_opened_the_page_of_consents_has_not_read_them(street: Street, sign_in: SignIn) -> None:
    street.give("Sara", "Sara")
    opens(street, "Jens", "consents")
    page = sign_in("Sara").get(f"{street.base}log/").content.decode()
    assert "så på samtykkerne" not in page
    assert "var inde på siden om samtykker" in page


def test_a_professional_reads_no_more_names_than_the_family(street: Street, sign_in: SignIn) -> None:
    street.give("Sara", "Sara")
    opens(street, "Jens")
    assert "Jens, " not in sign_in("Mette").get(f"{street.base}log/").content.decode()


@pytest.mark.parametrize("at", ["at", "date_trunc('hour', at)"])  # also where much happened in one instant
def test_what_was_earlier_is_never_pushed_out(
    street: Street,
    sign_in: SignIn,
    monkeypatch: pytest.MonkeyPatch,
    superuser_connection: psycopg.Connection,
    at: str,
) -> None:
    """However much is opened since: the page says that there is more, and the link leads to it."""
    street.give("Sara", "Sara")
    opens(street, "Jens", "fridge plan")
    for _time in range(4):
        opens(street, "Mette")
    superuser_connection.execute(f"UPDATE audit_entry SET at = {at}".encode())
    monkeypatch.setattr(log_words, "A_PAGE", 2)
    sara, address, pages = sign_in("Sara"), f"{street.base}log/", []
    while address:
        pages.append(sara.get(address).content.decode())
        more = re.search(r'href="(\?before=[^"]+)"', pages[-1])
        address = f"{street.base}log/{more.group(1)}" if more else ""
    assert sum("åbnede køleskabsplanen" in page for page in pages) == 1
    assert "Hvem har kigget" in sara.get(f"{street.base}log/?before=x").content.decode()
