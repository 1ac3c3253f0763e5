"""The folder of a population, measured in plain SQL that knows nothing of the analysis."""

from pathlib import Path
from typing import NamedTuple

import duckdb

MANY, FEW = 400_000, 50_000  # persons, in the fixtures `many` and `few`
SQL = Path(__file__).with_name("margins.sql").read_text(encoding="utf-8")

# Who is a parent, and what one might take for it.
LEGAL = SQL[SQL.index("select v.person_id as child_id") : SQL.index("create temp table target_child")]
HOUSEHOLD = """
select v.person_id as child_id, o.person_id as parent_id from vulnerable_child v
join residence m on m.person_id = v.person_id
join residence o on o.household_id = m.household_id and o.person_id <> m.person_id
join vulnerable_adult a on a.person_id = o.person_id
where m.valid_to is null and o.valid_to is null group by all;"""


class Measured(NamedTuple):
    value: float
    base: int


def opened(folder: Path) -> duckdb.DuckDBPyConnection:
    """Every file as a view of its name."""
    engine = duckdb.connect()
    for path in sorted(folder.glob("*.parquet")):
        engine.execute(f"CREATE VIEW {path.stem} AS FROM '{path}'")
    return engine


def measured(folder: Path, *changes: tuple[str, str]) -> dict[str, Measured]:
    """Margin → what it is. `changes`: (said, said instead), to plant a wrong definition."""
    sql = SQL
    for said, instead in changes:
        assert said in sql, f"nothing says {said!r}"
        sql = sql.replace(said, instead)
    with opened(folder) as engine:
        engine.execute(sql)
        return {name: Measured(value, base) for name, value, base in engine.execute("FROM measured").fetchall()}
