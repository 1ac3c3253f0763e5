"""The small parts: counters that all processes share, and seals that open once."""

import re
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection

from familieplan.access.actor import SIGNING_IN
from familieplan.access.context import act_as
from familieplan.accounts import crypto


@pytest.fixture
def signing_in(db: None) -> None:
    act_as(SIGNING_IN)


def test_what_is_set_is_got(signing_in: None) -> None:
    for value in ([1.5, 2.5], "y", True, {"a": None}):
        cache.set("k", value, 60)
        assert cache.get("k") == value
    assert cache.delete("k")
    assert cache.get("k", "nothing") == "nothing"


def test_added_once_until_it_runs_out(signing_in: None) -> None:
    assert cache.add("k", 1, 60)
    assert not cache.add("k", 2, 60)
    assert cache.touch("k", -1)
    assert cache.get("k") is None
    assert cache.add("k", 3, 60)
    assert cache.get("k") == 3


def test_kept_for_ever_when_asked(signing_in: None) -> None:
    cache.set("k", 1, None)
    assert cache.get("k") == 1


def test_keys_say_nothing(signing_in: None) -> None:
    cache.set("allauth:rl:login:ip:192.0.2.7", [1.0], 60)
    with connection.cursor() as cursor:
        cursor.execute("SELECT key FROM accounts_cacheentry")
        assert all(re.fullmatch("[0-9a-f]{64}", key) for (key,) in cursor.fetchall())


def test_nothing_is_counted_for_nobody(db: None) -> None:
    with pytest.raises(Exception, match="row-level security"):
        cache.set("k", 1, 60)


def test_a_seal_opens_for_its_purpose_and_row_only() -> None:
    sealed = crypto.seal("session", "Mia", bound_to="a")
    assert crypto.unseal("session", sealed, bound_to="a") == "Mia"
    assert crypto.seal("session", "Mia", bound_to="a") != sealed
    wrong: list[tuple[str, bytes, str]] = [
        ("second factor", sealed, "a"),
        ("session", sealed, "b"),
        ("session", sealed[:-1] + bytes([sealed[-1] ^ 1]), "a"),
        ("session", b"", "a"),
    ]
    for purpose, value, row in wrong:
        with pytest.raises(crypto.CannotUnseal):
            crypto.unseal(purpose, value, bound_to=row)


def test_another_key_opens_nothing(settings: Any) -> None:
    sealed = crypto.seal("session", "Mia")
    settings.FAMILIEPLAN_DATA_KEY = "11" * 32
    with pytest.raises(crypto.CannotUnseal):
        crypto.unseal("session", sealed)
