"""Rows against each other: the same key, nobody of that id, before birth, two at one time.

Each asks the typed views of `cells.as_it_should_be`; what a cell does not say is passed over here, it was said there.
"""

from collections.abc import Iterator, Mapping

import duckdb

from familieplan.population.faults.findings import Fault, Place
from familieplan.population.faults.reading import Opened, quoted
from familieplan.population.tables import Kind, Table

UNBORN = {"notifications": 300}  # days: a child may be reported on before it is born
PARENT_AT_LEAST = 10  # years
OPEN_END = "DATE '9999-12-31'"


class Between:
    """``files``: those that could be opened and whose columns are of their types."""

    def __init__(self, files: Mapping[str, Opened], engine: duckdb.DuckDBPyConnection, show: int) -> None:
        self.files, self.engine, self.show = files, engine, show

    def faults(self) -> Iterator[Fault]:
        for file in self.files.values():
            yield from self._keys(file)
            yield from self._ends(file)
            yield from self._strangers(file)
            yield from self._persons(file)
            yield from self._at_one_time(file)
        if "parents" in self.files:
            yield from self._families(self.files["parents"])

    def _found(
        self, kind: str, file: Opened, column: str, source: str, blanks: str = "", **fixed: str
    ) -> Iterator[Fault]:
        """``source``: FROM and WHERE; its rows at fault are called t. ``blanks``: SQL that fills in a word."""
        total = self.engine.execute(f"SELECT count(DISTINCT t._row) {source}").fetchall()[0][0]
        if not total:
            return
        other = f"min({blanks})" if blanks else "NULL"
        rows = self.engine.execute(
            f"SELECT t._row, {other} {source} GROUP BY t._row ORDER BY t._row LIMIT {self.show}"
        ).fetchall()
        places = [Place(row, {**fixed, "row_of_other": other}) for row, other in rows]
        yield Fault(kind, file.file, file.names.get(column, column), total, places)

    def _keys(self, file: Opened) -> Iterator[Fault]:
        table = file.table
        if not table.key or not all(file.has(name) for name in table.key):
            return
        key = ", ".join(quoted(name) for name in table.key)
        name = quoted(table.name)
        # Hashes are quicker than keys. Two that agree by chance only lead to the exact question below.
        rows, kinds = self.engine.execute(f"SELECT count(*), count(DISTINCT hash({key})) FROM {name}").fetchall()[0]
        if rows == kinds:
            return
        twice = f"(SELECT {key} FROM {name} GROUP BY {key} HAVING count(*) > 1)"
        nth = f"row_number() OVER (PARTITION BY {key} ORDER BY _row) AS nth"
        later = f"(SELECT *, {nth} FROM {name} SEMI JOIN {twice} USING ({key}))"
        if table.name == "addresses" and file.has("municipality"):
            two = f"(SELECT address_id FROM {name} GROUP BY address_id HAVING count(DISTINCT municipality) > 1)"
            yield from self._found(
                "two_municipalities",
                file,
                "municipality",
                f"FROM {later} t SEMI JOIN {two} USING (address_id) WHERE nth > 1",
            )
            later = f"(SELECT * FROM {later} ANTI JOIN {two} USING (address_id))"
        yield from self._found(
            "duplicate_key", file, table.key[0], f"FROM {later} t WHERE nth > 1", key=", ".join(table.key)
        )

    def _ends(self, file: Opened) -> Iterator[Fault]:
        for first, last in file.table.periods.values():
            if first != last:
                source = f"FROM {quoted(file.table.name)} t WHERE {last} < {first}"
                yield from self._found("ends_before_it_begins", file, last, source, first=first)
        if file.table.name == "persons":
            yield from self._found("death_before_birth", file, "died", "FROM persons t WHERE died < born")

    def _strangers(self, file: Opened) -> Iterator[Fault]:
        """Ids that must be found elsewhere, and are not. Persons have a pass of their own."""
        for column in file.table.columns:
            name, _, key = column.refers_to.partition(".")
            other = self.files.get(name)
            if other is None or name == "persons" or not file.has(column.name) or not other.has(key):
                continue
            ids = f"SELECT _row, {column.name} AS id FROM {quoted(file.table.name)} WHERE {column.name} IS NOT NULL"
            source = f"FROM ({ids}) t ANTI JOIN {quoted(name)} o ON t.id = o.{key}"
            yield from self._found("nobody", file, column.name, source, other=other.file)

    def _persons(self, file: Opened) -> Iterator[Fault]:
        """Who is nobody, what lies before birth: everything that is asked of a person's own row, in one pass."""
        persons = self.files.get("persons")
        people = [name for name in ("person_id", "child_id", "parent_id") if file.has(name)]
        if persons is None or not persons.has("person_id") or file.table.name == "persons" or not people:
            return
        joined = f"FROM {quoted(file.table.name)} t " + " ".join(
            f"LEFT JOIN (SELECT person_id AS id, born FROM persons) {name} ON t.{name} = {name}.id" for name in people
        )
        asked = [*_nobody(people), *_too_early(file, people[0])]
        counts = ", ".join(f"count_if({condition})" for _, _, condition in asked)
        found = self.engine.execute(f"SELECT {counts} {joined}").fetchall()[0]
        for (kind, column, condition), count in zip(asked, found, strict=True):
            if count:
                yield from self._found(kind, file, column, f"{joined} WHERE {condition}", other=persons.file)

    def _at_one_time(self, file: Opened) -> Iterator[Fault]:
        """No two periods of the same overlap."""
        alone = file.table.alone_in_time
        if not alone or not all(file.has(name) for name in alone):
            return
        first, last = file.table.periods["valid"]
        kind, column = (
            ("two_addresses", "address_id") if file.table.name == "residence" else ("twice_at_one_time", first)
        )
        source = _overlapping(quoted(file.table.name), ", ".join(alone), first, last)
        yield from self._found(kind, file, column, source, "t._other")

    def _families(self, file: Opened) -> Iterator[Fault]:
        yield from self._found("own_parent", file, "parent_id", "FROM parents t WHERE child_id = parent_id")
        mothers = "(SELECT * FROM parents WHERE role = 'mother')"
        source = _overlapping(mothers, "child_id", "valid_from", "valid_to", "parent_id")
        yield from self._found("two_mothers", file, "role", source, "t._other")


def _nobody(people: list[str]) -> Iterator[tuple[str, str, str]]:
    """Kind, column, condition. A parent may live abroad and be in no register of persons."""
    for name in people:
        kind = "parent_abroad" if name == "parent_id" else "nobody"
        yield kind, name, f"t.{name} IS NOT NULL AND {name}.id IS NULL"


def _too_early(file: Opened, who: str) -> Iterator[tuple[str, str, str]]:
    earliest = f"{who}.born - {UNBORN.get(file.table.name, 0)}"
    for column in file.table.columns:
        if column.kind is Kind.DATE and file.has(column.name) and not _is_end(file.table, column.name):
            yield "before_birth", column.name, f"t.{column.name} < {earliest}"
        if column.kind is Kind.YEAR and file.has(column.name):
            yield "before_birth", column.name, f"t.{column.name} BETWEEN 1850 AND year({who}.born) - 1"
    if file.has("child_id") and file.has("parent_id"):
        grown = f"parent_id.born + INTERVAL {PARENT_AT_LEAST} YEAR"
        yield "parent_too_young", "parent_id", f"t.child_id <> t.parent_id AND {grown} > child_id.born"


def _is_end(table: Table, column: str) -> bool:
    """A last day before birth follows from a first day before it, or from its own fault."""
    return any(column == last != first for first, last in table.periods.values())


def _overlapping(rows: str, who: str, first: str, last: str, unless_same: str = "") -> str:
    """FROM …: the later of each pair that overlaps, and the row of the earlier one (`_other`).

    Of two rows it is seen without sorting whether they overlap; most have one or two. Where there are more, each row is
    held against the one that has lasted longest so far.
    """
    end = f"coalesce({last}, {OPEN_END})"
    touching = f"count(*) > 2 OR (count(*) = 2 AND max({first}) <= min({end}))"
    several = f"SELECT {who} FROM {rows} GROUP BY {who} HAVING {touching}"
    before = f"OVER (PARTITION BY {who} ORDER BY {first}, _row ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)"
    same = unless_same or "NULL"
    longest = f"max(struct_pack(until := {end}, other := _row, whose := {same})) {before}"
    others = f"{rows} SEMI JOIN ({several}) USING ({who})"
    ordered = f"SELECT _row, {first} AS since, {same} AS whose, {longest} AS before FROM {others}"
    another = "AND whose IS DISTINCT FROM before.whose" if unless_same else ""
    return f"FROM (SELECT _row, before.other AS _other FROM ({ordered}) WHERE since <= before.until {another}) t"
