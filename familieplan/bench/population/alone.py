"""One way, once, in a process of its own, so that its memory is its own: prints seconds, megabytes, the answer.

`python -m familieplan.bench.population.alone ours|by_hand|pandas FOLDER YEAR` gives JSON. Libraries are loaded before
the clock starts.
"""

import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from familieplan.bench.population.questions import Answer, answer, sql

MEGABYTE = 1024


def by_hand(folder: Path, year: int) -> Callable[[], Answer]:
    """DuckDB with the same limits as ours, asked by a statement for each question."""
    from familieplan.population.engine import Duck

    aside = Path(tempfile.gettempdir())

    def ask() -> Answer:
        engine = Duck(aside).connection
        for file in folder.glob("*.parquet"):
            engine.execute(f"CREATE VIEW {file.stem} AS FROM read_parquet('{file}')")
        return answer(*(engine.execute(sql(question, year)).fetchall() for question in ("risk", "target")))

    return ask


def pandas(folder: Path, year: int) -> Callable[[], Answer]:
    from familieplan.bench.population import by_pandas

    return lambda: answer(by_pandas.risk(folder, year), by_pandas.target(folder, year))


def ours(folder: Path, year: int) -> Callable[[], Answer]:
    from familieplan.bench.population.by_us import asked

    return lambda: asked(folder, year)


WAYS = {"ours": ours, "by_hand": by_hand, "pandas": pandas}


def main(way: str, folder: str, year: str) -> None:
    ask = WAYS[way](Path(folder), int(year))
    begun, worked = time.perf_counter(), time.process_time()
    found = ask()
    seconds, worked = time.perf_counter() - begun, time.process_time() - worked
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE  # kilobytes on Linux
    sys.stdout.write(json.dumps({"seconds": seconds, "processor": worked, "mb": peak, "answer": found}))
    sys.stdout.flush()
    os._exit(0)  # an engine's threads are not waited for


if __name__ == "__main__":
    main(*sys.argv[1:4])
