"""Each fault is found where it is, and said; what only looks like one is not."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from familieplan.population.__main__ import main
from familieplan.population.engine import started
from familieplan.population.faults import Fault, check, refuse
from familieplan.population.mapping import TableMapping
from familieplan.population.report.findings import read
from familieplan.population.source import Source
from familieplan.population.trouble import Trouble
from tests.population.town import COLUMNS, made, write

Spoil = Callable[[Path], None]


def faults(folder: Path, mappings: dict[str, TableMapping] | None = None) -> list[Fault]:
    with started("duckdb") as engine:
        return list(check(Source(folder, engine, mappings or {})))


def said(folder: Path) -> list[str]:
    return [line for fault in faults(folder) for line in fault.lines()]


def lines(folder: Path, table: str) -> list[str]:
    return (folder / f"{table}.csv").read_text(encoding="utf-8").splitlines()


def put(table: str, line: int, **cells: str) -> Spoil:
    """The cells of that line of the file, 1 being the names of the columns."""

    def spoil(folder: Path) -> None:
        names = COLUMNS[table].split()
        rows = lines(folder, table)
        values = dict(zip(names, rows[line - 1].split(","), strict=True)) | cells
        rows[line - 1] = ",".join(values.values())
        (folder / f"{table}.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")

    return spoil


def row(table: str, **cells: Any) -> Spoil:
    """One row more, at the end."""

    def spoil(folder: Path) -> None:
        with (folder / f"{table}.csv").open("a", encoding="utf-8") as file:
            file.write(",".join(str(cells.get(name, "")) for name in COLUMNS[table].split()) + "\n")

    return spoil


def whole(table: str, change: Callable[[bytes], bytes]) -> Spoil:
    def spoil(folder: Path) -> None:
        path = folder / f"{table}.csv"
        path.write_bytes(change(path.read_bytes()))

    return spoil


def people(*spoils: Spoil) -> Spoil:
    """A woman born in 1980 (X1), a child of 2010 (X2), somebody of 2005 (X3), an address (DX); then the rest."""

    def spoil(folder: Path) -> None:
        for who, born, sex in (
            ("X1", "1980-05-01", "female"),
            ("X2", "2010-06-15", "male"),
            ("X3", "2005-01-01", "female"),
        ):
            row("persons", person_id=who, born=born, sex=sex)(folder)
        row("addresses", address_id="DX", municipality="101")(folder)
        for each in spoils:
            each(folder)

    return spoil


def link(parent: str, since: str, until: str = "", child: str = "X2", role: str = "mother") -> Spoil:
    return row("parents", child_id=child, parent_id=parent, role=role, valid_from=since, valid_to=until)


def lived(since: str, until: str = "") -> Spoil:
    return row("residence", person_id="X1", address_id="DX", household_id="HX", valid_from=since, valid_to=until)


SPOILT: dict[str, tuple[Spoil, str]] = {
    "missing file": (lambda f: (f / "psychiatry.csv").unlink(), "psychiatry: there is no such file"),
    "empty file": (whole("costs", lambda b: b""), "costs.csv: the file is empty"),
    "missing column": (
        whole("persons", lambda b: b.replace(b"born", b"birth", 1)),
        "persons.csv, column born: the column is missing",
    ),
    "nearest column": (whole("persons", lambda b: b.replace(b"sex", b"sexx", 1)), "did you mean sexx?"),
    "column twice": (
        whole("persons", lambda b: b.replace(b"died", b"born", 1)),
        "persons.csv, column born: the column is there twice",
    ),
    "not UTF-8": (whole("municipalities", lambda b: b.replace(b"Kommune", "Ærø".encode("latin1"))), "[not_utf8]"),
    "ragged": (whole("shelters", lambda b: b + b"P1,homeless_110\n"), "[ragged_row]"),
    "wrong date": (put("persons", 4, born="2022-13-01"), "persons.csv, row 4, column born: this is no date"),
    "Danish date": (put("persons", 4, born="01-02-1980"), "persons.csv, row 4, column born: this is no date"),
    "typing error of a century": (put("housing_areas", 2, vulnerable_from="0202-01-01"), "[unlikely_date]"),
    "nothing where something must be": (put("persons", 5, sex=""), "persons.csv, row 5, column sex: nothing stands"),
    "unknown code": (
        put("employment", 2, state="employd"),
        "row 2, column state: unknown code “employd”; did you mean employed?",
    ),
    "neither true nor false": (
        put("addresses", 2, defects="maybe"),
        "addresses.csv, row 2, column defects: neither true nor",
    ),
    "negative year": (put("costs", 2, year="-2022"), "costs.csv, row 2, column year: this is no year"),
    "amount in words": (put("costs", 2, amount="much"), "costs.csv, row 2, column amount: this is no number"),
    "not a number": (put("costs", 2, amount="NaN"), "costs.csv, row 2, column amount: this is no number"),
    "decimal comma": (
        put("costs", 2, amount='"1.234,50"'),
        "row 2, column amount: the number is written with a decimal comma",
    ),
    "duplicate key": (
        row("municipalities", municipality="101", name="A", region="B"),
        "another row has the same municipality",
    ),
    "nobody": (
        row("education", person_id="X9", completed="2001-01-01", level="basic"),
        "the id is not found in persons.csv",
    ),
    "no such municipality": (
        row("addresses", address_id="DX", municipality="999"),
        "the id is not found in municipalities.csv",
    ),
    "no such area": (
        row("addresses", address_id="DX", municipality="101", housing_area_id="Z"),
        "not found in housing_areas.csv",
    ),
    "no such address": (
        people(row("residence", person_id="X1", address_id="?", household_id="H", valid_from="2020-01-01")),
        "not found in addresses.csv",
    ),
    "two municipalities": (row("addresses", address_id="D0000001", municipality="000"), "[two_municipalities]"),
    "death before birth": (
        people(row("persons", person_id="X4", born="2000-01-02", died="2000-01-01", sex="male")),
        "column died: the death lies",
    ),
    "before birth": (
        people(row("victims", person_id="X2", reported="2010-06-14", offence="other")),
        "column reported: the date lies before",
    ),
    "cost before birth": (
        people(row("costs", person_id="X2", year=2009, area="social", payer="state", amount=1)),
        "column year: the date lies",
    ),
    "ends before it begins": (
        people(row("employment", person_id="X1", state="employed", valid_from="2020-02-02", valid_to="2020-02-01")),
        "column valid_to: the last day lies",
    ),
    "own parent": (people(link("X2", "2010-06-15")), "[own_parent]"),
    "parent of nine": (people(link("X3", "2010-06-15")), "column parent_id: the parent was younger than 10"),
    "two mothers": (people(link("X1", "2010-06-15"), link("P0000001", "2015-01-01")), "[two_mothers]"),
    "two addresses": (people(lived("2010-01-01", "2015-01-01"), lived("2015-01-01")), "[two_addresses]"),
}
HARMLESS: dict[str, Spoil] = {
    "an empty table": whole("shelters", lambda b: b.split(b"\n")[0] + b"\n"),
    "no optional column": whole("persons", lambda b: b"\n".join(line.rsplit(b",", 1)[0] for line in b.splitlines())),
    "a column more": whole("persons", lambda b: b"\n".join(line + b",x" for line in b.splitlines())),
    "a byte order mark": whole("persons", lambda b: b"\xef\xbb\xbf" + b),
    "lines of another system": whole("persons", lambda b: b.replace(b"\n", b"\r\n")),
    "one mother after the other": people(link("X1", "2010-06-15", "2014-12-31"), link("P0000001", "2015-01-01")),
    "a second mother": people(link("X1", "2010-06-15"), link("P0000001", "2010-06-15", role="co_parent")),
    "moved the day after": people(lived("2010-01-01", "2014-12-31"), lived("2015-01-01")),
    "died on the day of birth": row("persons", person_id="X4", born="2000-01-02", died="2000-01-02", sex="male"),
    "happened on the day of birth": people(row("victims", person_id="X2", reported="2010-06-15", offence="other")),
    "reported on before it was born": people(
        row("notifications", person_id="X2", received="2010-03-01", about="parent")
    ),
    "one day long": people(
        row("employment", person_id="X1", state="employed", valid_from="2020-02-02", valid_to="2020-02-02")
    ),
    "parent at ten": people(
        row("persons", person_id="X5", born="2000-06-15", sex="male"), link("X5", "2010-06-15", role="father")
    ),
    "a parent abroad": people(link("Y9", "2010-06-15", role="father")),
    "a negative amount": put("costs", 2, amount="-12.50"),
}


def test_a_sound_extract_has_no_faults(extract: Path) -> None:
    assert faults(extract) == []


@pytest.mark.parametrize(("spoil", "expected"), SPOILT.values(), ids=SPOILT)
def test_a_fault_is_found_and_said(extract: Path, spoil: Spoil, expected: str) -> None:
    spoil(extract)
    assert expected in "\n".join(said(extract))


@pytest.mark.parametrize("spoil", HARMLESS.values(), ids=HARMLESS)
def test_what_is_sound_is_not_called_a_fault(extract: Path, spoil: Spoil) -> None:
    spoil(extract)
    assert [line for fault in faults(extract) if fault.hard for line in fault.lines()] == []


def test_one_that_lasts_overlaps_with_all_after_it(extract: Path) -> None:
    people(lived("2010-01-01"), lived("2011-01-01", "2011-02-01"), lived("2015-01-01"))(extract)
    (found,) = faults(extract)
    assert (found.kind, found.total) == ("two_addresses", 2)


def test_many_of_a_kind_are_counted_and_a_few_shown(extract: Path) -> None:
    whole("education", lambda b: b.replace(b",basic", b",basis"))(extract)
    (found,) = faults(extract)
    assert found.total > len(found.places) == 5
    assert list(found.lines("da"))[-1].strip() == f"… {found.total} rækker af den slags i alt"


def test_faults_of_several_kinds_are_told_together(extract: Path) -> None:
    put("persons", 4, born="soon")(extract)
    put("costs", 2, amount="much")(extract)
    (extract / "shelters.csv").unlink()
    assert {fault.kind for fault in faults(extract)} == {"bad_date", "bad_amount", "missing_file"}


def test_nothing_of_a_person_is_repeated(extract: Path) -> None:
    """Columns that were swapped may hold anything."""
    put("persons", 4, born="010203-1234", sex="010203-1234")(extract)
    put("employment", 2, state="Jens Hansen")(extract)
    text = "\n".join(said(extract))
    assert "unknown code" in text
    assert "010203" not in text
    assert "Jens" not in text


# --- Parquet


def as_parquet(extract: Path, table: str, select: str = "*") -> Path:
    """The CSV becomes Parquet."""
    path = extract / f"{table}.csv"
    query = f"SELECT {select} FROM read_csv('{path}', header=true, all_varchar=true)"
    duckdb.sql(f"COPY ({query}) TO '{path.with_suffix('.parquet')}' (FORMAT parquet)")
    path.unlink()
    return path.with_suffix(".parquet")


def test_parquet_rows_count_from_one(extract: Path) -> None:
    put("persons", 4, born="soon")(extract)
    as_parquet(extract, "persons")
    assert said(extract)[0].startswith("persons.parquet, row 3, column born: this is no date")


def test_types_of_parquet_are_taken_as_they_are(extract: Path) -> None:
    as_parquet(extract, "persons", "* REPLACE (CAST(born AS DATE) AS born, CAST(died AS TIMESTAMP) AS died)")
    assert faults(extract) == []


def test_a_column_of_the_wrong_type_is_named(extract: Path) -> None:
    as_parquet(extract, "persons", "* REPLACE (CAST(substr(born, 1, 4) AS INTEGER) AS born)")
    assert "persons.parquet, column born: the column holds whole numbers; a date is expected.  [wrong_type]" in said(
        extract
    )


@pytest.mark.parametrize("keep", [4, 0.5, 0.98])
def test_a_broken_parquet_file_is_said_to_be_broken(extract: Path, keep: float) -> None:
    path = as_parquet(extract, "residence")
    whole_file = path.read_bytes()
    path.write_bytes(whole_file[: int(keep if keep > 1 else keep * len(whole_file))])
    assert "[broken_file]" in said(extract)[0]


def test_a_parquet_file_broken_inside_is_said_to_be_broken(extract: Path) -> None:
    path = as_parquet(extract, "residence")
    content = bytearray(path.read_bytes())
    content[4 : len(content) // 2] = bytes(len(content) // 2 - 4)
    path.write_bytes(content)
    assert "[broken_file]" in said(extract)[0]


def test_two_files_of_one_table_are_one_too_many(extract: Path) -> None:
    content = (extract / "persons.csv").read_bytes()
    as_parquet(extract, "persons")
    (extract / "persons.csv").write_bytes(content)
    assert "keep the one that is meant" in said(extract)[0]


# --- what the extract calls things itself


def test_their_names_and_codes_are_followed(extract: Path) -> None:
    whole("persons", lambda b: b.replace(b"born", b"FOED", 1).replace(b"female", b"2"))(extract)
    mapping = TableMapping(None, {"born": "FOED"}, {"sex": {"2": "female"}})
    assert faults(extract, {"persons": mapping}) == []
    put("persons", 4, born="soon")(extract)
    assert next(faults(extract, {"persons": mapping})[0].lines()).startswith("persons.csv, row 4, column FOED")


def test_ids_may_be_numbers_in_one_file_and_text_in_another(tmp_path: Path) -> None:
    extract = write(made(100, seed=3, numbers=True).tables, tmp_path / "numbers")
    as_parquet(extract, "persons", "* REPLACE (CAST(person_id AS BIGINT) AS person_id)")
    assert faults(extract) == []


# --- the command, and the commands that compute


def test_the_command_ends_with_what_it_found(extract: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--data", str(extract)]) == 0
    put("persons", 4, born="soon")(extract)
    assert main(["check", "--data", str(extract), "--language", "da"]) == 1
    assert "persons.csv, række 4, kolonne born: det er ikke en dato" in capsys.readouterr().out
    assert main(["check", "--data", str(extract / "nowhere")]) == 2


def test_a_file_larger_than_the_disk_is_not_begun(extract: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A sparse file: it says it is larger than what is free, and takes no room."""
    size = shutil.disk_usage(extract).free + 4_000_000_000
    with (extract / "costs.csv").open("r+b") as file:
        file.truncate(size)
    assert main(["check", "--data", str(extract), "--spill", str(extract)]) == 2
    assert "Name a folder on a larger disk by --spill" in capsys.readouterr().err


def hold(folder: Path, *despite: str) -> None:
    with started("duckdb") as engine:
        refuse(Source(folder, engine, {}), tuple(COLUMNS), despite)


def test_nothing_is_computed_on_faults_that_nobody_named(extract: Path) -> None:
    hold(extract)
    people(lived("2010-01-01"), lived("2015-01-01"))(extract)
    with pytest.raises(Trouble, match="--despite two_addresses"):
        hold(extract)
    with pytest.raises(Trouble):
        hold(extract, "two_mothers")
    hold(extract, "two_addresses")


def test_what_cannot_be_computed_on_stops_whatever_is_named(extract: Path) -> None:
    (extract / "persons.csv").unlink()
    with pytest.raises(Trouble, match="there is no such file"):
        hold(extract, "two_addresses")


def test_a_file_that_only_the_mapping_names_is_missed_by_that_name(
    extract: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (extract.parent / "mapping.toml").write_text('[persons]\nfile = "BEF2022.csv"\n')
    assert main(["check", "--data", str(extract), "--mapping", str(extract.parent / "mapping.toml")]) == 1
    told = capsys.readouterr()
    assert "persons: there is no such file in the folder. Looked for: BEF2022.csv." in told.out
    assert "Faults: 1." in told.err


def test_what_a_report_was_made_in_spite_of_stands_in_it_and_the_rows_do_not(
    extract: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    people(link("X3", "2010-06-15"))(extract)
    out = extract.parent / "out"
    asked = ["report", "--data", str(extract), "--year", "2022", "--out", str(out), "--despite", "parent_too_young"]
    monkeypatch.setattr("sys.argv", ["population", *asked])
    assert main(asked) == 0
    [(danish, english)] = read(out / "findings.json").despite
    assert danish.startswith("parents.csv")
    assert english.endswith("(fewer than 50 rows)")
    about = (out / "about.json").read_text()
    assert "rows_read" not in about
    assert "parent_too_young" in about
    assert str(extract.parent) not in about


@pytest.mark.parametrize("command", ["target", "risk", "report"])
def test_commands_that_compute_refuse_and_write_nothing(
    extract: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    people(link("X3", "2010-06-15"))(extract)
    asked = [command, "--data", str(extract), "--year", "2022", "--out", str(extract.parent / "out")]
    assert main(asked) == 2
    assert "--despite parent_too_young" in capsys.readouterr().err
    assert [path.name for path in extract.parent.iterdir()] == ["extract"]
