"""What the report shows: right figures, few people nowhere, definitions named, plots also in words."""

import csv
import re
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from familieplan.population.report.findings import Row, read, shown
from familieplan.population.report.sections import Report
from familieplan.population.report.telling import changes, foot, grids, remarks
from familieplan.population.report.writing import write
from familieplan.population.results import Count, Table
from familieplan.population.trouble import Trouble
from familieplan.population.words import Words
from tests.population.report.invented import STAMP, findings, tables


def report(focus: str = "860", sampled: float | None = None) -> Report:
    return Report(findings(focus, sampled), Words("en"))


def test_rates_are_of_everybody_of_the_age_and_compared_with_the_nation() -> None:
    made = report()
    exact = next(table for table in tables() if table.name == "target")
    here = {"level": "municipality", "place": "860", "year": 2022, "group": "children"}
    target, everybody = exact.one("in_target", **here).persons, exact.one("vulnerable", **here).base
    nation = {**here, "level": "nation", "place": ""}
    denmark = 1000 * exact.one("in_target", **nation).persons / exact.one("vulnerable", **nation).base
    first = made.figures[0]
    assert first.value == str(target)
    assert first.note == f"{1000 * target / everybody:.1f} of 1,000, Denmark: {denmark:.1f}"


def test_a_place_with_few_is_named_without_a_figure() -> None:
    places = next(chart for chart in report().charts if chart.id == "places")
    little = next(bar for bar in places.bars if bar.label == "Lilleø")
    assert (little.value, little.text) == (None, "hidden")
    assert places.bars[-1].value is None
    assert [bar.label for bar in places.bars if bar.stands_out] == ["Morland"]
    assert "Lilleø: hidden" in places.said


def test_without_a_focus_the_nation_is_not_compared_with_itself() -> None:
    made = report(focus="")
    assert made.where == "Denmark"
    assert all(bar.nation is None for chart in made.charts if chart.kind == "bars" for bar in chart.bars)
    assert "Denmark" not in made.figures[0].note


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


def test_notifications_are_said_beside_what_was_published() -> None:
    row = Row("means", 2022, "municipality", "860", "children", "target", "notifications", 20, 50, 70.0)
    told, few = (
        list(remarks(Report(replace(findings("860"), rows=[*findings().rows, one]), Words("en"))))
        for one in (row, row._replace(persons=None))
    )
    assert any("Notifications: 1.4 for each child of the target group in the year, 3.5 for each" in one for one in told)
    assert not any("Notifications" in one for one in few)


def test_one_name_in_two_definitions_is_two_labels() -> None:
    labels = {"target/convicted": ("Dom", "Convicted"), "risk/convicted": ("Mor er dømt", "Mother convicted")}
    told = Report(replace(findings(), labels=labels), Words("en"))
    row = Row("challenges", 2022, "nation", "", "adults", "target", "convicted", 20, 50, None)
    assert told.label(row) == "Convicted"
    assert told.label(row._replace(table="risk_factors")) == "Mother convicted"


def test_two_variants_side_by_side_are_refused() -> None:
    rows = [Count(2022, variant, "nation", "", "adults", "all", "in_target", 50, 90) for variant in ("one", "two")]
    with pytest.raises(Trouble, match="one variant"):
        shown([Table("target", tuple(rows))], 3)


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
    assert ("skjult" if language == "da" else "hidden") in svg
    with (tmp_path / "aggregates" / "target.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert {row["place_name"] for row in rows} >= {"Morland", "Lilleø", ""}
    assert not [row for row in rows if row["persons"] and 0 < int(row["persons"]) < 5]
    parquet = str(tmp_path / "aggregates" / "target.parquet")
    found = duckdb.execute("SELECT count(*), count(persons), min(place) FROM read_parquet(?)", [parquet]).fetchone()
    assert found == (len(rows), sum(bool(row["persons"]) for row in rows), "101")
    kept = read(tmp_path / "findings.json")
    assert kept == made.needed()
    assert len(kept.rows) < len(made.rows)
    one, other = (Report(found, Words(language)) for found in (kept, made))
    assert (one.charts, one.trend, one.figures, grids(one)) == (other.charts, other.trend, other.figures, grids(other))


def test_a_file_that_is_no_findings(tmp_path: Path) -> None:
    (tmp_path / "findings.json").write_text('{"rows": [[1]]}')
    with pytest.raises(Trouble, match="is not what"):
        read(tmp_path / "findings.json")


def test_what_makes_up_special_risk_and_constellations_is_not_found_by_subtracting() -> None:
    """9 in special risk less 8 with three factors told of the one with four; so did 33 children less 13 and 18."""
    factors = {f"factors_{number}": persons for number, persons in enumerate((133, 71, 8, 8, 1, 0))}
    parents = {"both_parents_vulnerable": 13, "one_of_one": 2, "one_of_two": 18}
    counts = {"special_risk": (9, 221), "without_mother": (7, 228), **{name: (n, 221) for name, n in factors.items()}}
    tables = [
        Table("risk", tuple(Count(2022, "v", "municipality", "217", "children", "all", name, persons, base)
                            for name, (persons, base) in counts.items())),
        Table("constellations", tuple(Count(2022, "v", "municipality", "217", "children", "target", name, persons, 33)
                                      for name, persons in parents.items())),
    ]  # fmt: skip
    seen = {row.measure: row.persons for row in shown(tables, 3)}
    assert seen["factors_4"] is None
    assert seen["special_risk"] is None or [seen["factors_3"], seen["factors_5"]].count(None)
    assert [seen[name] for name in parents].count(None) >= 2
