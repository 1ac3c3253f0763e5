"""One stream: what waits to be told never grows."""

import asyncio
from uuid import uuid4

from familieplan.live.stream import EVERYTHING, MOST, Stream, Streams


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

    asyncio.run(much())


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

    asyncio.run(come_and_go())
