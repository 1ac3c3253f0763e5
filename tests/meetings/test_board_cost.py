"""What a board costs: few statements, whoever asks, and a board of five hundred words stays one that can be used."""

import re
import statistics
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from familieplan.meetings.board.gather import board_page, topic_row
from familieplan.people.models import Person
from familieplan.plan import actions as plan
from familieplan.plan.models import Topic
from tests.meetings.board import base, look, running
from tests.meetings.conftest import SignIn, Table

__all__ = ["running"]
pytestmark = pytest.mark.usefixtures("transactional_db")
MANY = 500
STATEMENTS = 6  # for the fragment of one topic, once the family is open
MS = 10  # of it, in the median, on an unloaded machine; the test allows a loaded one five times as much


def fill(table: Table, many: int) -> None:
    """Words of Sara and of Lis, before the meeting and at it."""
    with table.as_("Mette") as mette:
        topic = Topic.objects.get(pk=table.topics["Skolen"])
        sara = Person.objects.get(pk=table.street.persons["Sara"])
        place = plan.Place(table.street.family, (table.street.persons["Anton"],), "school")
        for number in range(many):
            kind = ("worry", "strength", "wish")[number % 3]
            plan.say(
                place=place, kind=kind, text=f"Ord nummer {number:03} om skolen og morgenerne", speaker=sara,
                said_on=timezone.localdate(), by=mette, topic=topic,
                occasion=table.meeting if number % 10 == 0 else None,
            )  # fmt: skip


def median_ms(ask: Callable[[], Any], times: int = 15) -> float:
    took = []
    for _ in range(times):
        start = time.perf_counter()
        ask()
        took.append((time.perf_counter() - start) * 1000)
    return statistics.median(took)


def test_a_topic_is_read_in_few_statements(
    running: Table, sign_in: SignIn, record_property: Callable[[str, object], None]
) -> None:
    fill(running, 30)
    sara, topic = sign_in("Sara"), running.topics["Skolen"]
    address = f"{base(running)}board/{topic}/"
    sara.get(address, HTTP_HX_REQUEST="true")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        sara.get(address, HTTP_HX_REQUEST="true")
    of_the_page = [one["sql"] for one in asked if not re.match("SAVEPOINT|RELEASE|BEGIN|COMMIT", one["sql"] or "")]
    record_property("statements for a topic, with session and log", len(of_the_page))
    with running.as_("Sara") as actor:
        meeting = running.row()
        with CaptureQueriesContext(connection) as gathered:
            topic_row(meeting, topic, actor)
        assert len(gathered) == 1
        ms = median_ms(lambda: topic_row(meeting, topic, actor))
    whole = median_ms(lambda: sara.get(address, HTTP_HX_REQUEST="true"))
    record_property("ms to gather a topic", round(ms, 1))
    record_property("ms for the whole answer", round(whole, 1))
    assert len(of_the_page) <= STATEMENTS + 4, of_the_page
    assert ms < 5 * MS


def test_five_hundred_words_on_one_board(
    running: Table, sign_in: SignIn, record_property: Callable[[str, object], None]
) -> None:
    fill(running, MANY)
    sara = sign_in("Sara")
    page = look(sara, running)
    shown = page.count("Ord nummer")
    assert MANY // 10 <= shown < MANY  # all that was said now; of what stood before the newest
    assert "Vis også det, der blev sagt tidligere" in page
    whole = look(sara, running, f"board/{running.topics['Skolen']}/?all")
    assert len(set(re.findall(r"Ord nummer \d+", whole))) == MANY
    with running.as_("Sara") as actor:
        meeting = running.row()
        ms = median_ms(lambda: board_page(meeting, actor), 7)
    record_property("ms to gather a board of 500 words", round(ms, 1))
    record_property("kilobytes of its page", len(page.encode()) // 1024)
    assert len(page.encode()) < 400 * 1024
    assert ms < 500


def test_its_cost_does_not_follow_what_was_ever_said(running: Table, sign_in: SignIn) -> None:
    """A client that asks for everything gets everything; one that asks for a topic gets a page of bounded length."""
    fill(running, 200)
    client: Client = sign_in("Sara")
    row = client.get(f"{base(running)}board/{running.topics['Arbejdet']}/", HTTP_HX_REQUEST="true")
    assert b"Ord nummer" not in row.content
