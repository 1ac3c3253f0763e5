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


def test_reads_a_mail_server_with_all_its_parts() -> None:
    found = environment.mail_server("smtp+starttls://plan:p%40ss@mail.example:2525")
    assert found == environment.MailServer("smtp+starttls", "mail.example", 2525, "plan", "p@ss")
    assert environment.mail_server("") is None
    ports = [environment.mail_server(f"{security}://mail.example") for security in environment.MAIL_PORTS]
    assert [one.port for one in ports if one] == [25, 587, 465]


@pytest.mark.parametrize(
    "url", ["mail.example", "http://mail.example", "smtp://", "smtps://h:secret", "smtps://h/secret"]
)
def test_refuses_what_is_no_mail_server_without_repeating_it(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"SMTP_URL reads smtp\+starttls") as refused:
        environment.mail_server(url)
    assert "secret" not in str(refused.value)


def test_no_password_goes_out_in_the_clear() -> None:
    with pytest.raises(ImproperlyConfigured, match="in the clear"):
        environment.mail_server("smtp://plan:secret@mail.example")


@pytest.mark.parametrize("value", ["plan", "Plan <plan@kommune.example>", "a@b.dk, c@d.dk", "a@b.dk\nBcc: c@d.dk"])
def test_refuses_what_is_no_address_to_write_from(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("MAIL_FROM", value)
    with pytest.raises(ImproperlyConfigured, match="MAIL_FROM is one plain mail address"):
        environment.mail_address("MAIL_FROM")


@pytest.mark.parametrize("value", ["plan.example", "ftp://plan.example/", "https://plan.example/?x=1"])
def test_refuses_what_is_no_front_page(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("SITE_URL", value)
    with pytest.raises(ImproperlyConfigured, match="SITE_URL is the address of the front page"):
        environment.site_address("SITE_URL")
