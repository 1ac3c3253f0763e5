"""A report as files. Every count in them is in fives: nothing exact of few people is written anywhere."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

import duckdb

from familieplan.population.report import pdf
from familieplan.population.report.findings import Findings, Row
from familieplan.population.report.sections import Report
from familieplan.population.results import quoted
from familieplan.population.words import Words

HEADER = (*Row._fields, "share", "place_name")
TYPES = {"table": "VARCHAR", "year": "INTEGER", "level": "VARCHAR", "place": "VARCHAR", "group": "VARCHAR"}
TYPES |= {"among": "VARCHAR", "measure": "VARCHAR", "persons": "BIGINT", "base": "BIGINT", "total": "DOUBLE"}
TYPES |= {"share": "DOUBLE", "place_name": "VARCHAR"}


def write(into: Path, findings: Findings, language: str) -> None:
    report = Report(findings, Words(language))
    plots = pdf.drawn(report)
    (into / "report.pdf").write_bytes(pdf.render(report, plots))
    (into / "plots").mkdir()
    for name, svg in plots.items():
        (into / "plots" / f"{name}.svg").write_text(svg, "utf-8")
    (into / "findings.json").write_text(findings.needed().written(), "utf-8")
    (into / "aggregates").mkdir()
    for table in dict.fromkeys(row.table for row in findings.rows):
        rows = [row for row in findings.rows if row.table == table]
        names = [findings.places.get(f"{row.level}/{row.place}", "") for row in rows]
        _table(
            into / "aggregates" / table,
            [(*row, _rounded(row.share), name) for row, name in zip(rows, names, strict=True)],
        )


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 3)


def _table(path: Path, rows: Iterable[Sequence[object]]) -> None:
    """PATH.csv, and from it PATH.parquet. 0 persons stand for 0 to 4; no share and no total: too few."""
    with path.with_suffix(".csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        writer.writerows(rows)
    columns = ", ".join(f"'{name}': '{kind}'" for name, kind in TYPES.items())
    source, target = (quoted(str(path.with_suffix(suffix))) for suffix in (".csv", ".parquet"))
    with duckdb.connect(":memory:") as connection:
        connection.execute(
            f"COPY (FROM read_csv('{source}', header = true, columns = {{{columns}}})) TO '{target}' (FORMAT parquet)"
        )
