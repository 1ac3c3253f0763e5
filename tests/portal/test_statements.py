"""Pages do not ask more of the database because a family has said more: no statement per row."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from familieplan.access.context import acting_as
from familieplan.audit import log
from familieplan.consent import actions as consents
from tests.street import SignIn, Street

MOST = 40  # statements of a page, with session and log


def statements(client: Client, path: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


def some_more(street: Street) -> None:
    for _time in range(3):
        consent = street.give("Sara", "Sara")
        with acting_as(street.actor("Sara")):
            consents.withdraw(consent=consent, by=street.actor("Sara"))
        street.give("Anton", "Sara", to_units=(street.units["Byskolen"],))
        with acting_as(street.actor("Jens")):
            log.open_family(street.family, "family")


@pytest.mark.parametrize(
    ("name", "page"),
    [
        ("Sara", "/"),
        ("Sara", "consents/"),
        ("Sara", "log/"),
        ("Sara", "people/"),
        ("Mette", "consents/"),
        ("Mette", "people/"),
    ],
)
def test_no_statement_per_row(street: Street, sign_in: SignIn, name: str, page: str) -> None:
    client, path = sign_in(name), page if page == "/" else street.base + page
    some_more(street)
    before = statements(client, path)
    some_more(street)
    assert statements(client, path) <= min(before, MOST)
