"""Statements whose plan a connection keeps."""

import pytest
from django.db import connection

from familieplan.core.parts import Parts, kept

pytestmark = pytest.mark.django_db


def test_a_value_named_twice_is_sent_once_and_percent_signs_stand() -> None:
    with kept("SELECT %(a)s::int - %(b)s::int + %(a)s::int, 'half%%'", {"a": 5, "b": 3, "unused": 1}) as cursor:
        assert cursor.fetchone() == (7, "half%")


def test_its_plan_is_kept_and_its_answer_is_not() -> None:
    counted = Parts({"number": "SELECT %(n)s::int AS n", "none": "SELECT 1 AS one WHERE false"})
    assert [counted.rows({"n": n}) for n in (1, 2)] == [{"number": [{"n": n}], "none": []} for n in (1, 2)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE strpos(statement, 'AS one WHERE false') > 0")
        assert cursor.fetchone() == (1,)
