"""Law 5: what a page has said is kept is kept, once, however often web process and PostgreSQL are killed."""

import os
import random
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event

import psycopg
import pytest

from tests.kill.standing import Standing, standing
from tests.kill.writing import Writer

KILLS = int(os.environ.get("FAMILIEPLAN_KILLS", "12"))
SEED = os.environ.get("FAMILIEPLAN_SEED", "2026-11-22")

pytestmark = pytest.mark.database


def test_no_acknowledged_word_is_lost_or_doubled(record_property: Callable[[str, object], None]) -> None:
    rng = random.Random(SEED)
    with standing() as product:
        family, meeting, topic = product.begin()
        address = f"/families/{family}/topics/{topic}/statements/add/?kind=worry&meeting={meeting}"
        writers = [Writer(product.site, login, address) for login in ("mette", "lis", "sara")]
        is_over = Event()
        with ThreadPoolExecutor() as desk:
            at_work = [desk.submit(writes, one, is_over) for one in writers]
            try:
                killed = Counter(kill(product, writers, rng, at_work) for _ in range(KILLS))
            finally:
                is_over.set()
        for one in at_work:
            one.result()
        kept = words_kept(product)
    said = [text for writer in writers for text in writer.said]
    assert len(said) > KILLS, "too little was said to have tried anything"
    assert {text for text in said if kept[text] == 0} == set(), "acknowledged, and lost"
    assert {text for text, times in kept.items() if times > 1} == set(), "written twice"
    tries = sum(writer.tries for writer in writers)
    record_property("histories", f"killed {dict(killed)}: {len(said)} words, {tries} requests, 0 lost, 0 doubled")


def writes(writer: Writer, is_over: Event) -> None:
    writer.signs_in()
    number = 0
    while not is_over.is_set():
        number += 1
        writer.says(f"{writer.login} ord {number}")


def kill(product: Standing, writers: list[Writer], rng: random.Random, at_work: list[Future[None]]) -> str:
    """At a moment nobody knows, once one of them – now this, now that, or the slowest would never come to an end – has
    said something since the last time. Raises what made a writer give up."""
    awaited = rng.choice(writers)
    before, deadline = len(awaited.said), time.monotonic() + 60
    while len(awaited.said) == before and time.monotonic() < deadline:
        for given_up in (one for one in at_work if one.done()):
            given_up.result()
        time.sleep(0.01)
    time.sleep(rng.uniform(0, 0.4))
    what = rng.choices(("worker", "web", "database"), (5, 2, 3))[0]
    {"worker": product.kill_worker, "web": product.kill_web, "database": product.kill_database}[what]()
    return what


def words_kept(product: Standing) -> Counter[str]:
    with psycopg.connect(product.cluster.url("familieplan")) as database:
        found = database.execute("SELECT text FROM plan_statement WHERE text LIKE '% ord %'").fetchall()
    return Counter(text for (text,) in found)
