"""The family page: one address, and for each reader what they may see of it."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.plan.house import House


def html(house: House, name: str) -> str:
    answer = house.client(name).get(house.base)
    assert answer.status_code == 200, answer
    return answer.content.decode()


def test_the_mother_sees_her_words(house: House) -> None:
    page = html(house, "Sara")
    assert "Tirsdag er for tidligt" in page
    assert "Det siger jeg kun her" in page


def test_twelve_statements_are_enough(house: House) -> None:
    client = house.client("Mette")
    client.get(house.base)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(house.base).status_code == 200
    assert len(asked) <= 12, [one["sql"][:80] for one in asked]
