"""What is run on the server, in a process of its own as there."""

import os
import subprocess
import sys
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from tests.conftest import databases

from .conftest import PASSWORD, House, give_password

VERA = ("first_administrator", "vera", "Vera", "--department", "Stab", "--unit", "Digitalisering")


def on_the_server(*command: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | databases.addresses() | {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    return subprocess.run(
        [sys.executable, "-m", "django", *command], env=environment, capture_output=True, text=True, check=False
    )


def test_the_first_administrator_gets_a_link(house: House, client: Client) -> None:
    first, again = (on_the_server(*VERA).stdout.split()[-1] for _ in range(2))
    assert client.get(first).status_code == 404  # again is a new link, not a second Vera
    assert client.post(again, {"password": PASSWORD, "again": PASSWORD}).status_code == 200
    assert give_password(client, "vera").status_code == 302
    assert client.get("/account/")["Location"] == "/account/app/"


def test_a_taken_user_name_is_said_plainly(house: House) -> None:
    said = on_the_server("first_administrator", "mia", *VERA[2:]).stderr
    assert "taken" in said or "optaget" in said
    assert "Traceback" not in said


def test_without_the_owner_it_is_refused(house: House) -> None:
    with pytest.raises(CommandError, match="DATABASE_OWNER_URL"):
        call_command(*VERA)


def test_the_night_forgets(house: House) -> None:
    said = StringIO()
    call_command("forget_expired", stdout=said)
    assert said.getvalue() == "0 sessions removed.\n"
