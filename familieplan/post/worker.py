"""The worker: takes jobs from the queue until it is told to stop. The weak role, and each statement is signed."""

import asyncio
import contextlib
import logging
import signal
from collections.abc import AsyncIterator, Coroutine, Iterable
from typing import Any

import psycopg
from procrastinate import App, PsycopgConnector
from procrastinate.contrib.django import connector_params
from procrastinate.exceptions import ConnectorException
from psycopg_pool import PoolTimeout

from familieplan.access.actor import JOB, token

logger = logging.getLogger(__name__)
AT_ONCE = 4  # a mail server that takes its time does not stop everybody else's letters
BEATS, MISSED = 2.0, 10.0  # seconds: a worker says that it lives; who has said nothing for so long is dead
PAUSE = 2.0  # seconds: for so long the database may not answer, and then it is asked again
NO_DATABASE = (psycopg.OperationalError, ConnectorException, PoolTimeout, OSError)


class Signed(PsycopgConnector):
    """The queue's own connections: each statement is asked by a job, and by nobody who cannot sign."""

    @contextlib.asynccontextmanager
    async def _get_cursor(self, connection: Any = None) -> AsyncIterator[Any]:
        async with super()._get_cursor(connection) as cursor:
            signed = token(JOB, backend_pid=cursor.connection.info.backend_pid)
            await cursor.execute("SELECT set_config('app.actor', %s, true)", [signed])
            yield cursor


async def work(app: App, queues: Iterable[str]) -> None:
    """Until SIGTERM or Ctrl-C; jobs that have begun are ended first. A database that is away is waited for."""
    told_to_stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, told_to_stop.set)
    while not told_to_stop.is_set():
        try:
            await _until_one_ends(told_to_stop.wait(), _serve(app, queues))
        except NO_DATABASE:
            logger.warning("The database does not answer. It is asked again.")
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(told_to_stop.wait(), PAUSE)


async def _serve(app: App, queues: Iterable[str]) -> None:
    with app.replace_connector(Signed(kwargs=connector_params(), min_size=1, max_size=AT_ONCE + 1, timeout=PAUSE)):
        async with app.open_async():
            await _until_one_ends(_take_jobs(app, queues), _take_over(app))


async def _take_jobs(app: App, queues: Iterable[str]) -> None:
    await app.run_worker_async(
        queues=queues,
        concurrency=AT_ONCE,
        fetch_job_polling_interval=PAUSE,
        delete_jobs="successful",
        install_signal_handlers=False,
        update_heartbeat_interval=BEATS,
        stalled_worker_timeout=MISSED,
    )


async def _take_over(app: App) -> None:
    """What a dead worker had begun is begun again."""
    while True:
        for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=MISSED):
            await app.job_manager.retry_job(job)
        await asyncio.sleep(BEATS)


async def _until_one_ends(*doing: Coroutine[Any, Any, Any]) -> None:
    """All of it until one ends; then the others are asked to end, and waited for."""
    tasks = [asyncio.create_task(one) for one in doing]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
