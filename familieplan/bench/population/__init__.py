"""P7: what all of Denmark costs, beside the same questions by hand in SQL, in pandas and on PostgreSQL, in one run.

All ways must give the same answer; where one does not, there is no figure but an error. Each runs in a process of its
own (PostgreSQL: a cluster), in turns; the median is told.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from familieplan.bench.figures import Figure, beside, proportion
from familieplan.bench.population import by_postgres
from familieplan.bench.population.questions import Answer
from familieplan.launcher.trouble import Trouble

YEAR = 2022
WHOLE, TENTH, TENFOLD = 1.0, 0.1, 10.0


@dataclass(frozen=True)
class Run:
    seconds: float
    processor: float  # seconds of all its threads: what neighbours on the machine do not change as much
    mb: float
    answer: Answer


def measured(*, size: float, seed: int, rounds: int, keep: Path | None = None) -> Iterator[Figure]:
    """``size``: times Denmark; other sizes are measured beside the whole of it. ``keep``: where what is made stays."""
    with tempfile.TemporaryDirectory(prefix="population-bench-") as aside:
        folder = keep or Path(aside)
        data = _made(folder, size, seed)
        whole = _in_turns(data, rounds)
        yield from _ratios(whole, data, rounds, seed)
        if size == WHOLE:
            yield from _sizes(folder, whole["ours"], rounds, seed)


def _ratios(runs: dict[str, list[Run]], data: Path, rounds: int, seed: int) -> Iterator[Figure]:
    ours, by_hand, pandas = (_median(runs[way]) for way in ("ours", "by_hand", "pandas"))
    yield beside("P7.seconds", ours, "s", by_hand, n=rounds, seed=seed)
    yield proportion("P7.ratio_sql", ours * 1000, by_hand * 1000, n=rounds, seed=seed)
    yield proportion("P7.ratio_pandas", pandas * 1000, ours * 1000, n=rounds, seed=seed)
    worked = {way: statistics.median(run.processor for run in several) for way, several in runs.items()}
    yield beside("P7.processor_s", worked["ours"], "s", worked["by_hand"], n=rounds, seed=seed)
    yield beside("P7.processor_pandas_s", worked["pandas"], "s", worked["ours"], n=rounds, seed=seed)
    peaks = {way: max(run.mb for run in several) for way, several in runs.items()}
    yield beside("P7.mb", peaks["ours"], "MB", peaks["by_hand"], n=rounds, seed=seed)
    yield beside("P7.mb_pandas", peaks["pandas"], "MB", peaks["ours"], n=rounds, seed=seed)
    with by_postgres.loaded(data) as postgres:
        asked = [postgres.asked(YEAR) for _ in range(rounds)]
        for _, answer in asked:
            _same(runs["ours"][0].answer, answer, "PostgreSQL")
        seconds = statistics.median(each for each, _ in asked)
        yield proportion("P7.ratio_postgres", seconds * 1000, ours * 1000, n=rounds, seed=seed)
        with_load = (seconds + postgres.seconds) * 1000
        yield proportion("P7.ratio_postgres_and_load", with_load, ours * 1000, n=1, seed=seed)


def _sizes(folder: Path, whole: list[Run], rounds: int, seed: int) -> Iterator[Figure]:
    """A tenth and ten times the population, each beside all of Denmark."""
    peak = max(run.mb for run in whole)
    for name, size in (("P7.scale01", TENTH), ("P7.scale10", TENFOLD)):
        data = _made(folder, size, seed)
        runs = [_alone("ours", data) for _ in range(1 if size > 1 else rounds)]
        yield beside(name, _median(runs), "s", _median(whole), n=len(runs), seed=seed)
        yield beside(f"{name}_mb", max(run.mb for run in runs), "MB", peak, n=len(runs), seed=seed)


def _in_turns(data: Path, rounds: int) -> dict[str, list[Run]]:
    """One after the other, so that a busy minute is everybody's. The first round only warms the files."""
    runs: dict[str, list[Run]] = {"ours": [], "by_hand": [], "pandas": []}
    for turn in range(rounds + 1):
        for way, found in runs.items():
            run = _alone(way, data)
            if turn:
                found.append(run)
    for way, found in runs.items():
        _same(runs["ours"][0].answer, found[0].answer, way)
    return runs


def _alone(way: str, data: Path) -> Run:
    command = [sys.executable, "-m", "familieplan.bench.population.alone", way, str(data), str(YEAR)]
    done = subprocess.run(command, stdout=subprocess.PIPE, env=os.environ, check=False)
    if done.returncode:
        raise Trouble(f"The population benchmark did not get through ({way}).")
    told = json.loads(done.stdout)
    return Run(
        told["seconds"], told["processor"], told["mb"], {name: tuple(count) for name, count in told["answer"].items()}
    )


def _same(one: Answer, other: Answer, way: str) -> None:
    """Counts of nobody are no difference: one way names places where there is none."""
    differ = [name for name in one.keys() | other.keys() if one.get(name, (0, 0)) != other.get(name, (0, 0))]
    differ = [name for name in differ if one.get(name, (0, 0))[1] or other.get(name, (0, 0))[1]]
    if differ:
        few = "; ".join(f"{name}: {one.get(name)} and {other.get(name)}" for name in sorted(differ)[:5])
        raise Trouble(f"Ours and {way} give other answers ({len(differ)}): {few}")


def _median(runs: list[Run]) -> float:
    return statistics.median(run.seconds for run in runs)


def _made(folder: Path, size: float, seed: int) -> Path:
    """A synthetic Denmark of that size."""
    data = folder / f"denmark-{size:g}-{seed}"
    if not data.is_dir():
        command = [sys.executable, "-m", "familieplan.population", "synthesise"]
        subprocess.run([*command, "--out", str(data), "--scale", f"{size:g}", "--seed", str(seed)], check=True)
    return data
