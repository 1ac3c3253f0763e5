"""What happens at the door is not told in the log with anybody's name."""

import logging

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from familieplan.access.context import acting_as
from familieplan.accounts import actions
from familieplan.core.logs import NothingPersonal

from .conftest import JOB, House, SignIn, give_password

SECRETS = ("mia", "carla", "tolv gule", "forkert", "Mia", "Carla", "Firefox")


def test_no_name_no_password_no_code(house: House, sign_in: SignIn, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        for logger in ("django.request", "django.security", "django.contrib.auth", "allauth", "familieplan"):
            logging.getLogger(logger).setLevel(logging.DEBUG)
        for _ in range(7):
            give_password(Client(), "mia", "forkert kodeord")
        sign_in(house.carla)
        client = Client()
        client.get("/account/sessions/00000000-0000-4000-8000-000000000000/end/")
        client.post("/account/welcome/no-such-link/", {"password": "tolv gule", "again": "tolv gule"})
    said = [
        f"{record.name} {record.getMessage()}" for record in caplog.records if not record.name.startswith("django.db")
    ]
    assert not [line for line in said if any(secret in line for secret in SECRETS)]


def test_nor_when_something_breaks(house: House, caplog: pytest.LogCaptureFixture) -> None:
    """PostgreSQL's message about a taken name quotes it; our log lines keep the kind of the fault and the frames."""
    taken = house.mia
    try:
        with acting_as(JOB):
            actions.invite(kind=taken.kind, holder=taken.user, login=taken.login, by=JOB)
    except ValidationError:
        logging.getLogger("django.request").exception("Internal Server Error: /admin/users/")
    told = NothingPersonal().format(caplog.records[-1])
    assert "UniqueViolation" in told or "ValidationError" in told
    assert not [secret for secret in SECRETS if secret in told]
