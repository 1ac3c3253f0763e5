"""The synthetic Denmark: published margins come out, wrong definitions miss them, irregular families are there."""

from pathlib import Path

import duckdb
import pytest

from familieplan.population.__main__ import main
from familieplan.population.synthetic import building, making
from familieplan.population.synthetic.making import Wish, make
from familieplan.population.synthetic.margins import Margin, margins
from familieplan.population.tables import TABLES, Kind, Table
from familieplan.population.trouble import Trouble
from tests.population.measuring import FEW, HOUSEHOLD, LEGAL, MANY, measured, opened

MARGINS = margins()


# Margins


def missed(folder: Path, *changes: tuple[str, str]) -> set[str]:
    found = measured(folder, *changes)
    return {name for name, margin in MARGINS.items() if not margin.met(*found[name], persons=MANY)}


def test_every_published_margin_comes_out(many: Path) -> None:
    assert not missed(many)


@pytest.mark.parametrize(
    ("said", "instead", "caught_by"),
    [
        ("(factors >= 3)", "(factors >= 2)", "special_risk"),
        ("age <= 23 group", "age <= 17 group", "children_in_target"),
        (LEGAL, HOUSEHOLD, "children_in_target"),
        ("where age >= 18 group by all;", "where age >= 18 group by all having count(*) >= 2;", "adults_in_target"),
        ("and readiness = 'activity'", "", "adults_with_vulnerable_child"),
        (
            "a <= date '2022-12-31' and coalesce(b, date '9999-1-1') >= date '2022-01-01'",
            "true",
            "adults_with_vulnerable_child",
        ),
        ("ml.address_id in (from area) or", "true or", "special_risk"),
    ],
    ids=["two factors", "up to 17", "household", "two challenges", "any cash", "ever", "housing for all"],
)
def test_a_wrong_definition_misses_a_margin(many: Path, said: str, instead: str, caught_by: str) -> None:
    assert caught_by in missed(many, (said, instead))


def test_a_margin_allows_its_tolerance_and_no_more() -> None:
    margin = Margin("m", 0.35, 0.01, "share", "", "")
    assert margin.met(0.36, 34_000)
    assert not margin.met(0.361, 34_000)
    assert margin.met(0.361, 340, persons=59_000)
    assert not Margin("m", 0.6, 0.05, "share", "", "", bound="at_least").met(0.599, 50_000)


# Irregularities


@pytest.mark.parametrize(
    "query",
    [
        pytest.param(
            """SELECT a.parent_id FROM parents a JOIN parents b ON a.parent_id = b.parent_id AND a.child_id < b.child_id
               JOIN persons x ON x.person_id = a.child_id JOIN persons y ON y.person_id = b.child_id
               WHERE x.born = y.born AND a.role = 'mother' AND b.role = 'mother'""",
            id="twins",
        ),
        pytest.param(
            """SELECT a.parent_id FROM parents a JOIN parents b ON a.parent_id = b.parent_id AND a.child_id < b.child_id
               JOIN parents c ON c.child_id = a.child_id AND c.role = 'father'
               JOIN parents d ON d.child_id = b.child_id AND d.role = 'father'
               WHERE a.role = 'mother' AND b.role = 'mother' AND c.parent_id <> d.parent_id""",
            id="half-siblings",
        ),
        pytest.param(
            """SELECT a.child_id FROM parents a JOIN parents b USING (child_id)
               WHERE a.role = 'mother' AND a.valid_to IS NOT NULL AND b.role = 'adoptive_parent'""",
            id="adoptions that end a link",
        ),
        pytest.param(
            "SELECT person_id FROM residence WHERE valid_from BETWEEN '2022-01-02' AND '2022-12-31'", id="moves"
        ),
        pytest.param("SELECT person_id FROM persons WHERE died BETWEEN '2022-01-01' AND '2022-12-31'", id="deaths"),
        pytest.param(
            """SELECT parent_id FROM parents JOIN persons ON person_id = parent_id
               WHERE born > DATE '2004-12-31' AND valid_to IS NULL""",
            id="parents under 18",
        ),
        pytest.param("SELECT child_id FROM parents WHERE role = 'co_parent'", id="mother and co-mother"),
        pytest.param(
            "SELECT child_id FROM parents WHERE role = 'father' GROUP BY child_id HAVING count(*) = 2", id="two fathers"
        ),
        pytest.param(
            """SELECT p.person_id
               FROM placements p JOIN residence r USING (person_id) JOIN residence o USING (household_id)
               LEFT JOIN parents l ON l.child_id = p.person_id AND l.parent_id = o.person_id
               WHERE place = 'foster' AND r.valid_to IS NULL AND o.person_id <> p.person_id AND p.valid_to IS NULL
               GROUP BY p.person_id HAVING count(l.parent_id) = 0""",
            id="foster families",
        ),
        pytest.param(
            """SELECT child_id FROM parents GROUP BY child_id
               HAVING count(*) FILTER (role IN ('mother', 'adoptive_parent')) = 0""",
            id="missing mothers",
        ),
        pytest.param(
            """SELECT any_value(person_id) FROM residence JOIN persons USING (person_id)
               WHERE valid_to IS NULL AND died IS NULL GROUP BY household_id
               HAVING count(*) = 1 AND max(born) BETWEEN '1999-01-01' AND '2004-12-31'""",
            id="young people alone",
        ),
        pytest.param(
            """SELECT f.person_id FROM residence f JOIN parents p ON p.parent_id = f.person_id AND p.role = 'father'
               JOIN residence s USING (household_id) JOIN parents q ON q.child_id = s.person_id AND q.role = 'mother'
               JOIN residence m ON m.person_id = q.parent_id AND m.household_id = f.household_id
               WHERE f.valid_to IS NULL AND s.valid_to IS NULL AND NOT EXISTS
                   (FROM parents x WHERE x.child_id = s.person_id AND x.parent_id = f.person_id)""",
            id="blended homes",
        ),
    ],
)
def test_an_irregularity_is_there(few: Path, query: str) -> None:
    with opened(few) as engine:
        assert engine.execute(query).fetchone()


def test_the_group_is_about_as_large_in_every_year(many: Path) -> None:
    then = measured(many, ("2022-12-31", "2019-12-31"), ("2022-01-01", "2019-01-01"))["children_in_target"].value
    now = measured(many)["children_in_target"].value
    assert 0.9 < then / now < 1.1


# Tables


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_a_table_has_its_columns_and_types(few: Path, table: Table) -> None:
    with opened(few) as engine:
        described = {name: kind for name, kind, *_ in engine.execute(f"DESCRIBE {table.name}").fetchall()}
    assert list(described) == [column.name for column in table.columns]
    assert {name for name, kind in described.items() if kind == "DATE"} == {
        column.name for column in table.columns if column.kind is Kind.DATE
    }


def test_the_check_finds_no_fault(few: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--data", str(few)]) == 0, capsys.readouterr()


def test_nobody_lives_after_death_or_before_birth(few: Path) -> None:
    with opened(few) as engine:
        late = "valid_to IS NULL OR valid_to > died"
        assert _count(engine, f"residence JOIN persons USING (person_id) WHERE died IS NOT NULL AND ({late})") == 0
        assert _count(engine, "residence JOIN persons USING (person_id) WHERE valid_from < born") == 0


def _count(engine: duckdb.DuckDBPyConnection, what: str) -> int:
    row = engine.execute(f"SELECT count(*) FROM {what}").fetchone()
    assert row
    return int(row[0])


# Making


def test_the_seed_decides_and_nothing_else(tmp_path: Path) -> None:
    for name, seed, threads in (("a", 1, 1), ("b", 1, 2), ("c", 2, 2)):
        make(Wish(tmp_path / name, persons=5_000, seed=seed, threads=threads))
    with duckdb.connect() as engine:
        for table in set(TABLES) - {"municipalities", "housing_areas"}:
            a, b, c = (f"FROM '{tmp_path / name / table}.parquet'" for name in "abc")
            assert not engine.execute(f"({a} EXCEPT ALL {b}) UNION ALL ({b} EXCEPT ALL {a})").fetchone(), table
            if table not in {"substance_treatment", "shelters"}:
                assert engine.execute(f"{a} EXCEPT ALL {c}").fetchone(), table


def test_as_many_persons_as_asked_for_and_none_looks_like_a_cpr_number(few: Path) -> None:
    with opened(few) as engine:
        found = engine.execute("SELECT count(*), count(DISTINCT person_id), max(person_id) FROM persons").fetchone()
    assert found
    assert found[:2] == (FEW, FEW)
    assert found[2] < 10**9


def test_csv_holds_the_same(tmp_path: Path) -> None:
    make(Wish(tmp_path / "p", persons=2_000))
    make(Wish(tmp_path / "c", persons=2_000, csv=True))
    with duckdb.connect() as engine:
        for table in ("persons", "residence", "costs"):
            both = [f"FROM '{tmp_path / 'p' / table}.parquet'", f"FROM '{tmp_path / 'c' / table}.csv'"]
            counts = [engine.execute(f"SELECT count(*) {each}").fetchone() for each in both]
            assert counts[0] == counts[1]


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(Trouble, match="exists already"):
        make(Wish(tmp_path, persons=2_000))
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_what_is_broken_off_leaves_nothing(tmp_path: Path) -> None:
    def stop(line: str) -> None:
        if "convictions" in line:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make(Wish(tmp_path / "out", persons=2_000), told=stop)
    assert not list(tmp_path.iterdir())


def test_a_disk_that_is_too_small_is_said_before_anything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(making.BYTES_A_PERSON, "parquet", 1 << 40)
    with pytest.raises(Trouble, match="MB of disk"):
        make(Wish(tmp_path / "out", persons=2_000))
    assert not list(tmp_path.iterdir())


def test_too_little_memory_is_said_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="Out of Memory"):
        make(Wish(tmp_path / "out", persons=2_000, memory=4))
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("size", [["--persons", "999"], ["--scale", "0"], ["--scale", "101"], ["--threads", "0"]])
def test_a_size_that_cannot_be_is_refused(tmp_path: Path, size: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["synthesise", "--out", str(tmp_path / "out"), *size]) == 2
    assert "Traceback" not in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


# Chance and data


def test_two_questions_about_one_person_are_independent() -> None:
    chance = building.statements(building.HERE / "sql" / "01_chance.sql", {"run": {"seed": 1}, **building.parameters()})
    with duckdb.connect() as engine:
        engine.execute(next(chance))
        found = engine.execute(
            """SELECT avg(u(i, 'a')), corr(u(i, 'a'), u(i, 'b')), corr(u(i, 'a'), u(i + 1, 'a')),
               avg((u(i, 'a') < 0.01 AND u(i, 'b') < 0.01)::int) FROM range(400000) r(i)"""
        ).fetchone()
    assert found
    assert found == pytest.approx((0.5, 0, 0, 0.0001), abs=0.006)
    assert found[3] < 0.0002


def test_every_chance_is_used_and_every_place_has_one() -> None:
    chances = building.parameters()
    there = {(section, name) for section, names in chances.items() for name in names}
    used = set()
    for script in [*building.scripts(), *(building.HERE / "sql" / "tables").glob("*.sql")]:
        for either, section, name in building.PLACE.findall(script.read_text(encoding="utf-8")):
            used |= {(section, name), (either or section, name)}
    asked = {("run", "seed"), ("run", "persons"), ("run", "families")}
    assert used - asked == there - {("families", "per_person")}


def test_98_municipalities_of_denmark() -> None:
    with duckdb.connect() as engine:
        path = building.HERE / "data" / "municipalities.csv"
        found = engine.execute(
            f"SELECT count(DISTINCT municipality), count(DISTINCT region), sum(persons) FROM '{path}'"
        ).fetchone()
    assert found
    assert found[:2] == (98, 5)
    assert 0.98 < found[2] / making.DENMARK < 1.02
