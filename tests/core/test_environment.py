"""The environment, read once and refused in sentences."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from familieplan import environment


def test_reads_an_address_with_all_its_parts() -> None:
    found = environment.database("postgresql://app:p%40ss@db.example:5433/plan?sslmode=require", CONN_MAX_AGE=None)
    assert found == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "plan",
        "USER": "app",
        "PASSWORD": "p@ss",
        "HOST": "db.example",
        "PORT": "5433",
        "OPTIONS": {"sslmode": "require"},
        "CONN_MAX_AGE": None,
    }


@pytest.mark.parametrize("address", ["", "mysql://host/plan", "postgresql://host", "plan"])
def test_refuses_what_is_no_address(address: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="postgresql://user:password@host:port/name"):
        environment.database(address)


def test_names_the_variable_that_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SECRET_KEY")
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY is not set"):
        environment.required("SECRET_KEY")


def test_reads_words_and_flags(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOSTS", " a.example, b.example ,")
    monkeypatch.setenv("YES", "1")
    assert environment.words("HOSTS") == ["a.example", "b.example"]
    assert environment.words("OTHER", "localhost") == ["localhost"]
    assert environment.flag("YES")
    assert not environment.flag("NO")
