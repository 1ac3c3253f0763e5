"""CSV as offices write it: semicolons, decimal commas, a byte order mark, Latin-1. Equal figures, or a clear fault."""

from collections.abc import Callable
from pathlib import Path

import pytest

from familieplan.population import mapping
from familieplan.population.analysis import target
from familieplan.population.definitions.loading import load
from familieplan.population.engine import Engine, started
from familieplan.population.faults import check
from familieplan.population.results import Table
from familieplan.population.source import Source
from familieplan.population.trouble import Trouble
from tests.population.families import YEAR, three_families
from tests.population.test_engines import spark  # noqa: F401 - a fixture

LATIN = '[municipalities]\nencoding = "latin-1"\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    town = three_families()
    town.row("costs", person_id="anton", year=YEAR, area="social", payer="municipality", amount=1234.5)
    town.row("municipalities", municipality="803", name="Ærø By", region="Syd")
    return town.write(tmp_path / "extracts")


def in_danish(folder: Path) -> None:
    """What a spreadsheet with Danish settings makes of it; no cell of ours holds a comma."""
    for path in folder.glob("*.csv"):
        text = path.read_text("utf-8").replace(",", ";").replace("1234.5", "1234,5")
        path.write_text(text, "latin-1" if path.stem == "municipalities" else "utf-8-sig")


def computed(folder: Path, engine: Engine, said: str = "") -> list[Table]:
    (folder / "mapping.toml").write_text(said)
    source = Source(folder, engine, mapping.read(folder / "mapping.toml"))
    return target.analyse(source, load("target_2022"), YEAR)


def test_the_same_figures_from_danish_files(folder: Path) -> None:
    with started() as engine:
        ours = computed(folder, engine)
        in_danish(folder)
        theirs = computed(folder, engine, LATIN)
        danish = Source(folder, engine, mapping.read(folder / "mapping.toml"))
        assert {row["name"] for row in engine.rows(danish.frame("municipalities"))} >= {"Ærø By"}
        found = [fault for fault in check(Source(folder, engine, mapping.read(folder / "mapping.toml"))) if fault.hard]
    assert next(table for table in ours if table.name == "means").rows[0].total == 1234.5
    assert ours == theirs
    assert not found


def test_flags_in_other_words(folder: Path) -> None:
    header, first, second, *rows = (folder / "addresses.csv").read_text("utf-8").splitlines()
    (folder / "addresses.csv").write_text("\n".join([header, f"{first}ja", f"{second}nej", *rows]) + "\n", "utf-8")
    with started() as engine:
        spoken = computed(folder, engine, '[addresses]\ncodes.defects = { "ja" = "true", "nej" = "false" }\n')
        source = Source(folder, engine, mapping.read(folder / "mapping.toml"))
        assert not [fault for fault in check(source) if fault.hard]
        assert {row["defects"] for row in engine.rows(source.frame("addresses"))} == {True, False, None}
        assert [fault.kind for fault in check(Source(folder, engine, mapping.NONE)) if fault.hard] == ["bad_flag"]
    assert spoken


@pytest.mark.spark
def test_spark_reads_them_too(folder: Path, spark: Engine) -> None:  # noqa: F811
    in_danish(folder)
    (folder / "mapping.toml").write_text(LATIN)
    source = Source(folder, spark, mapping.read(folder / "mapping.toml"))
    assert [row["amount"] for row in spark.rows(source.frame("costs"))] == [1234.5]
    assert {row["name"] for row in spark.rows(source.frame("municipalities"))} == {"Havneby", "Fjordby", "Ærø By"}


def changed(name: str, change: Callable[[str], str], encoding: str = "utf-8") -> Callable[[Path], None]:
    def change_it(folder: Path) -> None:
        path = folder / f"{name}.csv"
        path.write_text(change(path.read_text("utf-8")), encoding)

    return change_it


@pytest.mark.parametrize(
    ("change", "said", "line"),
    [
        (changed("municipalities", str, "latin-1"), "", "row 4: the file is not UTF-8 text; save it anew as UTF-8, or"),
        (
            changed("costs", lambda text: text.replace(",", ";")),
            "",
            "row 2, column amount: a point stands in the number",
        ),
        (changed("costs", lambda text: text.replace("1234.5", '"1.234,5"')), "", "row 2, column amount: the number is"),
        (
            changed("costs", lambda text: text.replace("1234.5", '"1.234,5"')),
            '[costs]\ndecimal = ","\n',
            "row 2, column amount: a point stands in the number",  # of thousands
        ),
    ],
    ids=["Latin-1", "semicolons and a point", "comma", "thousands"],
)
def test_what_cannot_be_told_is_a_fault_with_its_row(
    folder: Path, change: Callable[[Path], None], said: str, line: str
) -> None:
    change(folder)
    (folder / "mapping.toml").write_text(said)
    with started() as engine:
        found = [fault for fault in check(Source(folder, engine, mapping.read(folder / "mapping.toml"))) if fault.hard]
    assert len(found) == 1
    assert line in next(found[0].lines())


def test_points_are_decimals_where_the_mapping_says_so(folder: Path) -> None:
    changed("costs", lambda text: text.replace(",", ";"))(folder)
    with started() as engine:
        told = computed(folder, engine, '[costs]\ndecimal = "."\n')
    assert next(table for table in told if table.name == "means").rows[0].total == 1234.5


def test_a_file_is_written_in_a_way_we_know(tmp_path: Path) -> None:
    path = tmp_path / "m.toml"
    path.write_text('[costs]\nencoding = "ebcdic"\n')
    with pytest.raises(Trouble, match=r"line 2: encoding is to be one of “utf-8” “latin-1”\."):
        mapping.read(path)
