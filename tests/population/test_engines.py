"""The same analysis on DuckDB and on Spark: equal tables. What an engine promises besides."""

import io
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from familieplan.population.analysis import domains, risk, target
from familieplan.population.definitions.loading import load
from familieplan.population.engine import Duck, Engine, Spark, started
from familieplan.population.progress import steps_told
from familieplan.population.results import Count, Table
from familieplan.population.source import Source
from familieplan.population.trouble import Trouble
from tests.population.town import made, write

# For so few rows nothing is worth compiling or spreading.
SMALL = {
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.adaptive.enabled": "false",
    "spark.default.parallelism": "1",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
}
NO_JAVA = "No Java 17 here: the tests of Spark did not run. On Debian: apt install openjdk-17-jre-headless."


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """About 2,800 persons with everything that is rare."""
    return write(made(1200, seed=11).tables, tmp_path_factory.mktemp("town") / "extract")


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Spark]:
    if not (os.environ.get("JAVA_HOME") or shutil.which("java") or os.environ.get("CI")):  # in CI they fail
        pytest.skip(NO_JAVA)
    engine = Spark(tmp_path_factory.mktemp("spark"), threads=1, settings=SMALL)
    yield engine
    engine.close()


def everything(engine: Engine, folder: Path) -> dict[str, list[Count]]:
    source = Source(folder, engine)
    tables: list[Table] = [
        *target.analyse(source, load("target_2022"), 2022),
        *risk.analyse(source, load("special_risk"), 2022),
        *domains.analyse(source, load("domains"), 2022),
    ]
    return {table.name: sorted(table.rows, key=str) for table in tables}


@pytest.mark.spark
def test_spark_and_duckdb_agree_on_every_table(town: Path, spark: Spark) -> None:
    with started("duckdb") as duck:
        ours = everything(duck, town)
    theirs = everything(spark, town)
    assert ours.keys() == theirs.keys()
    for name, rows in ours.items():
        assert [row._replace(total=None) for row in rows] == [row._replace(total=None) for row in theirs[name]], name
        assert [row.total for row in rows] == pytest.approx([row.total for row in theirs[name]])  # sums in any order
    assert sum(row.persons for row in ours["target"]) > 100  # of nothing nothing is shown


@pytest.mark.spark
def test_spark_and_duckdb_agree_person_by_person(town: Path, spark: Spark) -> None:
    definition = load("target_2022", "two_challenges")
    with started("duckdb") as duck:
        found = [_persons(engine, town, definition.variant.name) for engine in (duck, spark)]
    assert found[0] == found[1]
    assert len(found[0]) > 20


def _persons(engine: Engine, folder: Path, variant: str) -> list[tuple[str, str, int]]:
    people = target.members(Source(folder, engine), load("target_2022", variant), 2022)
    rows = [*engine.rows(people.children), *engine.rows(people.adults)]
    return sorted((row["person_id"], row["among"], row["challenges"]) for row in rows)


def test_what_is_kept_is_forgotten(tmp_path: Path) -> None:
    (tmp_path / "housing_areas.csv").write_text("housing_area_id,name,vulnerable_from,vulnerable_to\n1,Elmehaven,,\n")
    with started("duckdb") as duck:
        assert isinstance(duck, Duck)
        kept = duck.keep(Source(tmp_path, duck).frame("housing_areas"))
        assert len(duck.rows(kept)) == 1
        with duck.forgetting():
            duck.keep(kept)
            duck.keep(kept)
        assert len(duck.connection.execute("SHOW TABLES").fetchall()) == 1


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_whoever_waits_at_a_terminal_sees_steps_and_a_log_does_not(town: Path) -> None:
    for stream, seen in ((Terminal(), True), (io.StringIO(), False)):
        with started("duckdb") as duck, steps_told(duck, stream):
            risk.analyse(Source(town, duck), load("special_risk"), 2022)
        assert ("\r  2 steps, " in stream.getvalue()) is seen


def test_nothing_put_aside_is_left(tmp_path: Path) -> None:
    with started("duckdb", spill=tmp_path) as duck:
        aside = duck.aside
        assert aside.parent == tmp_path
        assert aside.stat().st_mode & 0o077 == 0  # nobody else may look in
    assert not aside.exists()


def test_without_java_spark_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Trouble, match="openjdk-17-jre-headless"):
        Spark(tmp_path)
