"""What is said in private leaves no trace for the others: not one byte differs, on any page of ours."""

import re

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from familieplan.access.context import acting_as
from familieplan.audit import log
from familieplan.people.models import Person
from familieplan.plan import actions as plan
from tests.street import SignIn, Street

ALWAYS_NEW = re.compile(
    rb'name="(csrfmiddlewaretoken|once)" value="[^"]*"|"X-CSRFToken": "[^"]*"|datetime="[^"]*"|\b\d\d?\.\d\d\b'
)


def pages(client: Client, street: Street) -> dict[str, bytes]:
    paths = ["/", *(f"{street.base}{page}" for page in ("log/", "consents/", "people/", ""))]
    return {path: ALWAYS_NEW.sub(b"", client.get(path).content) for path in paths}


def world(client: Client, street: Street, private_words_of: str = "") -> dict[str, bytes]:
    """What ``client`` sees after the coordinator had the plan open, and perhaps wrote down private words about Anton.

    It has never been, afterwards: the next world starts where this one did.
    """
    with transaction.atomic():
        mette = street.actor("Mette")
        with acting_as(mette):
            log.open_family(street.family, "family")
            if private_words_of:
                say_in_private(street, private_words_of)
        seen = pages(client, street)
        transaction.set_rollback(True)
    return seen


def say_in_private(street: Street, speaker: str) -> None:
    plan.say(
        place=plan.Place.for_([Person.objects.get(pk=street.persons["Anton"])], "wellbeing"),
        kind="worry",
        text="De skændes om natten",
        speaker=Person.objects.get(pk=street.persons[speaker]),
        said_on=timezone.localdate(),
        by=street.actor("Mette"),
        private=True,
    )


@pytest.mark.parametrize(
    ("speaker", "reader"),
    [("Anton", "Sara"), ("Anton", "Jonas"), ("Sara", "Jonas"), ("Jonas", "Sara"), ("Sara", "Anton")],
)
def test_no_trace(street: Street, sign_in: SignIn, speaker: str, reader: str) -> None:
    client = sign_in(reader)
    without, with_them = world(client, street), world(client, street, speaker)
    for path, content in without.items():
        assert len(content) > 1000, path
        assert content == with_them[path], path


@pytest.mark.parametrize("speaker", ["Anton", "Sara", "Jonas"])
def test_the_speaker_sees_what_the_others_do_not(street: Street, sign_in: SignIn, speaker: str) -> None:
    """The comparison above can tell the difference, where there is one to see."""
    client = sign_in(speaker)
    assert world(client, street)[street.base] != world(client, street, speaker)[street.base]


def test_swap_the_parents_and_the_answers_swap(street: Street, sign_in: SignIn) -> None:
    """What Sara has agreed to is Sara's to see and not Jonas's; and the other way about."""
    for about, others in (("Sara", "Jonas"), ("Jonas", "Sara")):
        consent = street.give(about, about, purpose=f"Kun {about} ved det")
        address = f"{street.base}consents/{consent.pk}/"
        assert f"Kun {about} ved det" in sign_in(about).get(address).content.decode()
        other = sign_in(others)
        assert other.get(address).status_code == 404
        assert f"Kun {about} ved det" not in other.get(f"{street.base}consents/").content.decode()
