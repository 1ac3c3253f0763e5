"""Extracts in other people's words: files, columns, codes, types."""

from datetime import date
from pathlib import Path
from types import SimpleNamespace

import duckdb
import pytest

from familieplan.population import mapping
from familieplan.population.engine import started
from familieplan.population.source import Source, enough_room
from familieplan.population.tables import TABLES, described
from familieplan.population.trouble import Trouble

OWN_WORDS = """\
[persons]
file = "BEF2022.csv"
columns = { person_id = "PNR", born = "FOED_DAG", sex = "KOEN" }
codes.sex = { "1" = "male", "2" = "female" }
"""


def test_their_words_become_ours(tmp_path: Path) -> None:
    (tmp_path / "BEF2022.csv").write_text("PNR,KOEN,FOED_DAG,MORE\n007,2,1980-05-06,x\n008,1,,y\n009,male,,\n")
    (tmp_path / "m.toml").write_text(OWN_WORDS)
    with started() as engine:
        rows = engine.rows(Source(tmp_path, engine, mapping.read(tmp_path / "m.toml")).frame("persons"))
    assert [(row["person_id"], row["sex"], row["born"]) for row in sorted(rows, key=lambda row: row["person_id"])] == [
        ("007", "female", date(1980, 5, 6)),  # text stays text: nought in front is kept
        ("008", "male", None),
        ("009", "male", None),  # a code that is not named stays as it is
    ]
    assert rows[0].keys() == {"person_id", "born", "died", "sex", "origin"}  # left out: empty; unknown: not read


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ('[person]\nfile = "x.csv"\n', 1, "there is no table “person”"),
        ('[persons]\n\ncolumns = { id = "PNR" }\n', 3, "persons has no column “id”"),
        ('[persons]\ncodes.sex = { "1" = "man" }\n', 2, "sex has no code “man”. Codes: female, male."),
        ('[addresses]\ncodes.defects = { "ja" = "yes" }\n', 2, "defects has no code “yes”. Codes: true, false."),
        ('[persons]\nname = "x"\n', 1, "may hold file, columns, codes, encoding"),
    ],
)
def test_a_name_we_do_not_know_is_said_with_its_line(tmp_path: Path, text: str, line: int, reason: str) -> None:
    path = tmp_path / "m.toml"
    path.write_text(text)
    with pytest.raises(Trouble) as trouble:
        mapping.read(path)
    assert f"{path}, line {line}: " in str(trouble.value)
    assert reason in str(trouble.value)


def test_ids_are_numbers_when_all_files_say_so_and_text_when_one_does_not(tmp_path: Path) -> None:
    for name, row in (
        ("parents", "7 AS child_id, 8 AS parent_id, 'mother' AS role, DATE '2020-01-01' AS valid_from"),
        ("persons", "7 AS person_id, DATE '2020-01-01' AS born, 'male' AS sex"),
    ):
        duckdb.execute(f"COPY (SELECT {row}) TO '{tmp_path / name}.parquet' (FORMAT parquet)")
    with started() as engine:
        assert engine.rows(Source(tmp_path, engine).frame("parents"))[0]["child_id"] == 7
        (tmp_path / "victims.csv").write_text("person_id,reported,offence\n7,2022-01-01,violence\n")
        source = Source(tmp_path, engine)
        assert engine.rows(source.frame("parents"))[0]["child_id"] == "7"
        assert engine.rows(source.frame("persons"))[0]["person_id"] == "7"


def test_a_missing_file_or_column_is_named(tmp_path: Path) -> None:
    (tmp_path / "persons.csv").write_text("person_id,sex\n1,male\n")
    with started() as engine:
        source = Source(tmp_path, engine)
        with pytest.raises(Trouble, match=r"holds no parents\.parquet or parents\.csv"):
            source.frame("parents")
        with pytest.raises(Trouble, match=r"persons\.csv lacks the column born"):
            source.frame("persons")


def test_a_file_that_is_not_what_it_is_called(tmp_path: Path) -> None:
    (tmp_path / "persons.parquet").write_bytes(b"not a parquet file at all")
    with started() as engine, pytest.raises(Trouble, match=r"persons\.parquet cannot be read as parquet"):
        Source(tmp_path, engine).frame("persons")


def test_a_large_file_on_a_small_disk_is_refused_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (tmp_path / "persons.csv").open("wb") as file:
        file.truncate(5 * 10**9)  # sparse: takes no room
    monkeypatch.setattr("familieplan.population.source.shutil.disk_usage", lambda _: SimpleNamespace(free=10**9))
    with started() as engine:
        source = Source(tmp_path, engine)
        with pytest.raises(Trouble, match=r"has 953 MB free; .* 3,368 MB .* --spill"):
            enough_room(source, TABLES, tmp_path, memory=1400)
        enough_room(source, TABLES, tmp_path, memory=5000)  # all of it fits in memory


def test_the_tables_are_told_whole() -> None:
    told = "\n".join(described())
    for table in TABLES.values():
        assert table.name in told
        for column in table.columns:
            assert column.name in told
            assert all(code in told for code in column.codes)
