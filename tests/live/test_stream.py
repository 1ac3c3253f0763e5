"""One stream: what waits to be told never grows."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

from familieplan.launcher import environment
from familieplan.live.stream import EVERYTHING, MOST, Stream, Streams


def alone(work: Coroutine[Any, Any, None]) -> None:
    """In a thread of its own: a browser test before this one has left its loop running in ours."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, work).result()


def test_who_takes_it_slowly_reads_all_anew() -> None:
    async def much() -> None:
        stream = Stream(uuid4(), uuid4(), "")
        for number in range(MOST):
            stream.tell(str(number))
            stream.tell(str(number))
        assert await stream.next() == [str(number) for number in range(MOST)]
        for number in range(10_000):
            stream.tell(str(number))
        assert await stream.next() == [EVERYTHING]
        stream.tell("1")
        stream.tell(EVERYTHING)
        stream.tell("2")
        assert await stream.next() == [EVERYTHING]

    alone(much())


def test_nothing_is_kept_of_a_family_nobody_follows_any_more() -> None:
    async def come_and_go() -> None:
        streams, family = Streams(), uuid4()
        one, other = Stream(family, uuid4(), ""), Stream(family, uuid4(), "")
        streams.add(one)
        streams.add(other)
        streams.remove(one)
        assert streams.families == [family]
        streams.remove(other)
        assert streams.families == []
        assert streams.of(family) == set()
        assert streams.families == []

    alone(come_and_go())


def test_the_web_process_carries_nothing_of_it() -> None:
    program = (
        "import sys, django; django.setup(); import familieplan.urls\n"
        "sys.exit(', '.join({'uvicorn', 'familieplan.live.app', 'familieplan.live.ear'} & sys.modules.keys()))"
    )
    told = environment.for_django(os.environ | environment.NOWHERE | {"DJANGO_SETTINGS_MODULE": "familieplan.settings"})
    ended = subprocess.run([sys.executable, "-c", program], env=told, capture_output=True, text=True, check=False)
    assert ended.stderr.strip() == ""
