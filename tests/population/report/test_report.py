"""What the report shows: right figures, few people nowhere, definitions named, plots also in words."""

import csv
import re
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from familieplan.population.definitions.loading import load
from familieplan.population.engine import started
from familieplan.population.report.findings import Row, read
from familieplan.population.report.gathering import Wish, gathered
from familieplan.population.report.sections import Report
from familieplan.population.report.spelled import spelled
from familieplan.population.report.telling import changes, foot, grids, remarks
from familieplan.population.report.writing import write
from familieplan.population.source import Source
from familieplan.population.trouble import Trouble
from familieplan.population.words import Words
from tests.population.report.invented import STAMP, findings, tables
from tests.population.town import Tables
from tests.population.town import write as write_town


def report(focus: str = "860", sampled: float | None = None) -> Report:
    return Report(findings(focus, sampled), Words("en"))


def test_rates_are_of_everybody_of_the_age_and_compared_with_the_nation() -> None:
    made = report()
    exact = next(table for table in tables() if table.name == "target")
    here = {"level": "municipality", "place": "860", "year": 2022, "group": "children"}
    nation = {**here, "level": "nation", "place": ""}
    target, everybody = exact.one("in_target", **here).persons, exact.one("vulnerable", **here).base
    vulnerable, of_all = exact.one("in_target", **nation).persons, exact.one("vulnerable", **nation).base
    first = made.figures[0]
    assert abs(int(first.value) - target) < 5
    rate, whole, denmark = re.findall(r"[\d.]+(?= of 1,000)|everybody in the extracts|[\d.]+$", first.note)
    assert float(rate) == pytest.approx(1000 * target / everybody, abs=1000 * 5 / everybody)
    assert float(denmark) == pytest.approx(1000 * vulnerable / of_all, abs=0.8)
    assert whole == made.whole


def test_a_place_with_few_is_named_without_a_rate() -> None:
    made = report()
    few = replace(made.findings, rows=[few_in(row) for row in made.findings.rows])
    places = next(chart for chart in Report(few, Words("en")).charts if chart.id == "places")
    little = next(bar for bar in places.bars if bar.label == "Lilleø")
    assert (little.value, little.text) == (None, "–")
    assert places.bars[-1].value is None
    assert [bar.label for bar in places.bars if bar.stands_out] == ["Morland"]
    assert "Lilleø: –" in places.said
    cells = next(row for row in grids(Report(few, Words("en")))[0].rows if row[0] == "Lilleø")
    assert "0–4" in cells


def few_in(row: Row) -> Row:
    return row._replace(persons=0) if (row.place, row.measure) == ("260", "in_target") else row


def test_a_share_of_few_is_told_as_counts() -> None:
    row = next(row for row in findings().rows if row.measure == "placed")
    told = Report(findings(), Words("en"))
    assert told._share(row._replace(persons=15, base=45)) == "15 of 45"
    assert told._share(row._replace(persons=0, base=95)) == "0–4 of 95"
    assert told._share(row._replace(persons=55, base=50)) == "100 %"
    assert told._share(row._replace(persons=10, base=5)) == "10 of 10"


def test_without_a_focus_the_nation_is_not_compared_with_itself() -> None:
    made = report(focus="")
    assert made.where == "everybody in the extracts"
    assert all(bar.nation is None for chart in made.charts if chart.kind == "bars" for bar in chart.bars)
    assert "extracts" not in made.figures[0].note


def test_one_municipalitys_own_extracts_are_not_denmark_and_compare_with_nothing() -> None:
    own = Report(replace(findings("860"), whole="860"), Words("en"))
    assert own.whole == own.where == "Morland"
    assert not own.compares
    assert report("860").compares
    assert Report(replace(findings(), whole="nation"), Words("en")).whole == "Denmark"


def test_another_municipality_than_the_extracts_is_refused(small_town: Tables, tmp_path: Path) -> None:
    towns = [{**row, "municipality": "101"} for row in small_town["addresses"]]
    folder = write_town({**small_town, "addresses": towns}, tmp_path / "own")
    other = next(str(row["municipality"]) for row in small_town["municipalities"] if row["municipality"] != "101")
    with started("duckdb") as engine, pytest.raises(Trouble, match="extracts of Kommune 101"):
        gathered(Source(folder, engine), Wish([2022], [], focus=other))


def test_what_was_counted_in_spite_of_is_said() -> None:
    made = replace(findings(), despite=[("dansk", "persons.csv, born: a birth after death × 2")])
    assert any("in spite of" in one and "after death × 2" in one for one in remarks(Report(made, Words("en"))))


def test_a_sample_has_intervals_and_a_register_has_none() -> None:
    bars = next(chart for chart in report(sampled=0.1).charts if chart.id == "challenges").bars
    for bar in bars:
        assert bar.low is not None
        assert bar.high is not None
        assert bar.value is not None
        assert bar.low < bar.value < bar.high
        assert re.search(r"\(\d+–\d+\)$", bar.text)
    assert all(bar.low is None for chart in report().charts for bar in chart.bars)


def test_wilsons_interval_is_the_known_one() -> None:
    """Newcombe 1998, table I: 15 of 148 is 0.0624–0.1605 (hardly anybody drawn)."""
    row = next(row for row in findings().rows if row.measure == "employed")._replace(persons=15, base=148)
    low, high = Report(findings(sampled=1e-9), Words("en"))._interval(row)
    assert low == pytest.approx(6.24, abs=0.01)
    assert high == pytest.approx(16.05, abs=0.01)


def test_a_changed_definition_is_said_on_every_page_and_in_the_remarks() -> None:
    made = findings()
    changed = replace(made, definitions=[replace(STAMP, changed=True)])
    told = Report(changed, Words("en"))
    assert "01234567 (changed from the shipped one)" in foot(told)
    assert any("changed from the shipped one" in remark for remark in remarks(told))
    assert "(as shipped)" in foot(report())


def test_a_changed_definition_is_told_with_its_limits() -> None:
    five = tuple((f"groups.child.{n}", "[0, 23]", "[0, 17]") for n in range(5))
    told = Report(replace(findings(), definitions=[replace(STAMP, changed=True, changes=five)]), Words("en"))
    said = next(remark for remark in remarks(told) if "changed from the shipped one" in remark)
    assert "groups.child.0: [0, 23] → [0, 17]; groups.child.1" in said
    assert said.endswith("groups.child.3: [0, 23] → [0, 17] and 1 more.")
    assert len(changes(told)) == 5


def test_which_variant_was_counted_stands_first_and_on_every_page() -> None:
    assert any("at least one challenge" in remark for remark in list(remarks(report()))[:2])
    assert "target_2022/one_challenge 01234567" in foot(report())


@pytest.mark.parametrize(
    ("variant", "sentence"),
    [
        ("one_challenge", "18 years and older: at least 1 of: Far from the labour market; "),
        ("two_challenges", "18 years and older: at least 2 of: Far from the labour market; "),
    ],
)
def test_a_definition_is_spelled_out_as_its_file_says(variant: str, sentence: str) -> None:
    children, parents = spelled(load("target_2022", variant), Words("en"))
    assert "0–23 years: at least 1 of: " in children
    assert sentence in parents


def test_a_domain_that_registers_hold_nothing_of_says_so() -> None:
    told = list(spelled(load("domains"), Words("da")))
    assert "Socialt netværk. Registrene ved intet om det." in told


def test_notifications_are_said_beside_what_was_published() -> None:
    row = Row("means", 2022, "municipality", "860", "children", "target", "notifications", 20, 50, 70.0)
    told, few = (
        list(remarks(Report(replace(findings("860"), rows=[*findings().rows, one]), Words("en"))))
        for one in (row, row._replace(total=None))
    )
    assert any("Notifications in the year: 1.4 for each child of the target group, 3.5 for each" in one for one in told)
    assert not any("Notifications" in one for one in few)


def test_one_name_in_two_definitions_is_two_labels() -> None:
    labels = {"target/convicted": ("Dom", "Convicted"), "risk/convicted": ("Mor er dømt", "Mother convicted")}
    told = Report(replace(findings(), labels=labels), Words("en"))
    row = Row("challenges", 2022, "nation", "", "adults", "target", "convicted", 20, 50, None)
    assert told.label(row) == "Convicted"
    assert told.label(row._replace(table="risk_factors")) == "Mother convicted"


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_folder(tmp_path: Path, language: str) -> None:
    made = findings()
    write(tmp_path, made, language)
    document = (tmp_path / "report.pdf").read_bytes()
    assert document.startswith(b"%PDF-")
    assert b"pdfuaid" in document
    assert document.count(b"/Alt") >= len(report().charts)
    svg = (tmp_path / "plots" / "places.svg").read_text()
    assert "Morland" in svg
    with (tmp_path / "aggregates" / "target.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert {row["place_name"] for row in rows} >= {"Morland", "Lilleø", ""}
    assert not [row for row in rows if int(row["persons"]) % 5 or int(row["base"]) % 5]
    assert all(len(row["share"]) <= len("0.123") for row in rows)
    parquet = str(tmp_path / "aggregates" / "target.parquet")
    [found] = duckdb.execute("SELECT count(*), count(share), min(place) FROM read_parquet(?)", [parquet]).fetchall()
    assert found == (len(rows), sum(bool(row["share"]) for row in rows), "101")
    kept = read(tmp_path / "findings.json")
    assert kept == made.needed()
    assert len(kept.rows) < len(made.rows)
    one, other = (Report(found, Words(language)) for found in (kept, made))
    assert (one.charts, one.trend, one.figures, grids(one)) == (other.charts, other.trend, other.figures, grids(other))


def test_a_file_that_is_no_findings(tmp_path: Path) -> None:
    (tmp_path / "findings.json").write_text('{"rows": [[1]]}')
    with pytest.raises(Trouble, match="is not what"):
        read(tmp_path / "findings.json")
