"""The two engines: DuckDB, embedded, and Spark. The analysis is written once, as Narwhals frames; only this differs.

DuckDB streams from the files, holds to a limit of memory, and puts aside on disk what does not fit. Spark (PySpark 4,
Java 17) is for who has it already; here it runs in local mode.
"""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from itertools import count
from pathlib import Path
from typing import Any, Protocol, cast

import duckdb
import narwhals as nw

from familieplan.population.trouble import Trouble
from familieplan.population.written import PLAIN, Written

MEGABYTE = 1024 * 1024
MEMORY = 1400  # megabytes for DuckDB itself; with Python and what is outside its limit, 2 GB together

Frame = nw.LazyFrame[Any]
Row = dict[str, Any]


def _silent() -> None:
    """Nobody waits."""


class Engine(Protocol):
    """What the analysis needs of an engine."""

    name: str
    aside: Path
    stepped: Callable[[], None]  # called after everything that is computed: for whoever waits

    def scan(self, path: Path, written: Written = PLAIN) -> Frame:
        """A Parquet file as it is, a CSV file as text. Nothing is read yet."""

    def keep(self, frame: Frame) -> Frame:
        """Computed now, once, for many uses."""

    def forgetting(self) -> AbstractContextManager[None]:
        """What is kept within is forgotten at its end."""

    def rows(self, frame: Frame) -> list[Row]:
        """Into Python: for aggregates."""


class Duck:
    """DuckDB in this process, without a file of its own."""

    name = "duckdb"

    def __init__(self, spill: Path, memory: int = MEMORY, threads: int | None = None) -> None:
        """`spill`: a folder for what does not fit in `memory` megabytes."""
        self.aside, self.stepped = spill, _silent
        self.connection = duckdb.connect(
            ":memory:",
            config={
                "memory_limit": f"{memory}MiB",
                "threads": str(threads or os.cpu_count() or 2),
                "temp_directory": str(spill),
                "max_temp_directory_size": f"{shutil.disk_usage(spill).free * 9 // 10 // MEGABYTE}MiB",
                "preserve_insertion_order": "false",
                "autoinstall_known_extensions": "false",  # nothing is fetched
                "autoload_known_extensions": "false",
            },
        )
        self.connection.execute("SET enable_progress_bar = false")  # of a session, not of the engine
        self._numbers = count(1)
        self._kept: list[str] = []

    def scan(self, path: Path, written: Written = PLAIN) -> Frame:
        if path.suffix == ".parquet":
            return nw.from_native(self.connection.read_parquet(str(path)))
        how = f"header = true, all_varchar = true, delim = '{written.separator}', encoding = '{written.encoding}'"
        path_in_sql = str(path).replace("'", "''")
        return nw.from_native(
            self.connection.sql(f"FROM read_csv('{path_in_sql}', {how})")
        )  # the call knows UTF-8 only

    def keep(self, frame: Frame) -> Frame:
        name = f"kept_{next(self._numbers)}"
        frame.to_native().create(name)
        self._kept.append(name)
        self.stepped()
        return nw.from_native(self.connection.table(name))

    @contextmanager
    def forgetting(self) -> Iterator[None]:
        before = len(self._kept)
        try:
            yield
        finally:
            while len(self._kept) > before:
                self.connection.execute(f"DROP TABLE {self._kept.pop()}")

    def rows(self, frame: Frame) -> list[Row]:
        relation = frame.to_native()
        names = relation.columns
        found = [dict(zip(names, row, strict=True)) for row in relation.fetchall()]
        self.stepped()
        return found

    def close(self) -> None:
        self.connection.close()


class Spark:
    """PySpark in local mode. Its words about itself go nowhere: they would hold paths and rows."""

    name = "spark"

    def __init__(
        self, spill: Path, memory: int = MEMORY, threads: int | None = None, settings: Mapping[str, str] | None = None
    ) -> None:
        """`settings`: Spark's own, instead of ours."""
        self.aside, self.stepped = spill, _silent
        processors = threads or os.cpu_count() or 2
        try:
            from pyspark.sql import SparkSession
        except ImportError as missing:
            raise Trouble(
                "Spark is not installed here: install pyspark 4 and Java 17, or leave --engine out."
            ) from missing
        if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
            raise Trouble("Spark needs Java 17: install it (Debian: openjdk-17-jre-headless) or set JAVA_HOME.")
        builder: Any = SparkSession.builder.master(f"local[{processors}]").appName("population")
        for name, value in (self._local(spill, memory, processors) | dict(settings or {})).items():
            builder = builder.config(name, value)
        self.session = builder.getOrCreate()
        self.session.sparkContext.setLogLevel("OFF")

    @staticmethod
    def _local(spill: Path, memory: int, processors: int) -> dict[str, str]:
        return {
            "spark.driver.memory": f"{memory}m",
            "spark.local.dir": str(spill),
            "spark.sql.warehouse.dir": str(spill / "warehouse"),
            "spark.ui.enabled": "false",
            "spark.driver.host": "localhost",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.sql.shuffle.partitions": str(processors),
            "spark.sql.session.timeZone": "UTC",
        }

    def scan(self, path: Path, written: Written = PLAIN) -> Frame:
        if path.suffix == ".parquet":
            return _frame(self.session.read.parquet(str(path)))
        encoding = {"latin-1": "ISO-8859-1"}.get(written.encoding, written.encoding)
        as_written = {"sep": written.separator, "encoding": encoding}
        return _frame(self.session.read.csv(str(path), header=True, inferSchema=False, escape='"', **as_written))

    def keep(self, frame: Frame) -> Frame:
        kept = _frame(frame.to_native().localCheckpoint())
        self.stepped()
        return kept

    def forgetting(self) -> AbstractContextManager[None]:
        return nullcontext()  # Spark forgets by itself what nobody refers to

    def rows(self, frame: Frame) -> list[Row]:
        found = [row.asDict() for row in frame.to_native().collect()]
        self.stepped()
        return found

    def close(self) -> None:
        self.session.stop()


def _frame(native: Any) -> Frame:
    return cast("Frame", nw.from_native(native))


ENGINES: dict[str, type[Duck] | type[Spark]] = {"duckdb": Duck, "spark": Spark}


@contextmanager
def started(
    name: str = "duckdb", *, spill: Path | None = None, memory: int = MEMORY, threads: int | None = None
) -> Iterator[Duck | Spark]:
    """An engine, and a folder only we may enter for what it puts aside; both gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="population-", dir=spill) as aside:
        engine = ENGINES[name](Path(aside), memory, threads)
        try:
            yield engine
        finally:
            engine.close()
