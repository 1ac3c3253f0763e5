"""The demo municipality, and the stream process beside it."""

from collections.abc import Callable, Iterator
from uuid import UUID

import pytest
from pytest_django import Settings

from tests.live.listening import Listener, Process, cookie_of

Listen = Callable[..., Listener]


@pytest.fixture
def process(demo_db: None, settings: Settings) -> Iterator[Process]:
    settings.DEMO = True  # staff without a second factor
    process = Process()
    process.start()
    yield process
    process.end()


@pytest.fixture
def listen(process: Process) -> Iterator[Listen]:
    """`listen(login, family)`; each person's session is one for the whole test."""
    open_ones: list[Listener] = []
    cookies: dict[str, str] = {}

    def listening(login: str, family: UUID) -> Listener:
        cookies[login] = cookies.get(login) or cookie_of(login)
        open_ones.append(Listener(process, family, cookies[login]).open())
        return open_ones[-1]

    yield listening
    for one in open_ones:
        one.close()
