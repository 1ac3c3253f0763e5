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
            yield from self._born(file)
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
        rows, kinds = self.engine.execute(f"SELECT count(*), count(DISTINCT ({key})) FROM {name}").fetchall()[0]
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
        """Ids that must be found elsewhere, and are not."""
        for column in file.table.columns:
            name, _, key = column.refers_to.partition(".")
            kind = "nobody"
            if (file.table.name, column.name) == ("parents", "parent_id"):
                name, key, kind = "persons", "person_id", "parent_abroad"
            other = self.files.get(name)
            if other is None or not file.has(column.name) or not other.has(key):
                continue
            ids = f"SELECT _row, {column.name} AS id FROM {quoted(file.table.name)} WHERE {column.name} IS NOT NULL"
            source = f"FROM ({ids}) t ANTI JOIN {quoted(name)} o ON t.id = o.{key}"
            yield from self._found(kind, file, column.name, source, other=other.file)

    def _born(self, file: Opened) -> Iterator[Fault]:
        """Nothing happens to a person before birth."""
        who = next((c.name for c in file.table.columns if c.refers_to == "persons.person_id"), None)
        if who is None or not file.has(who) or not self._births():
            return
        earliest = f"born - {UNBORN.get(file.table.name, 0)}"
        born = "(SELECT person_id AS whose, born FROM persons) p"
        together = f"FROM {quoted(file.table.name)} t JOIN {born} ON t.{who} = p.whose"
        for column in file.table.columns:
            if column.kind is Kind.DATE and file.has(column.name) and not _is_end(file.table, column.name):
                yield from self._found(
                    "before_birth", file, column.name, f"{together} WHERE t.{column.name} < {earliest}"
                )
            if column.kind is Kind.YEAR and file.has(column.name):
                yield from self._found(
                    "before_birth",
                    file,
                    column.name,
                    f"{together} WHERE t.{column.name} BETWEEN 1850 AND year(born) - 1",
                )

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
        if not self._births():
            return
        ages = (
            "FROM parents t JOIN (SELECT person_id AS c, born AS child_born FROM persons) ON t.child_id = c "
            "JOIN (SELECT person_id AS p, born AS parent_born FROM persons) ON t.parent_id = p "
            f"WHERE child_id <> parent_id AND parent_born + INTERVAL {PARENT_AT_LEAST} YEAR > child_born"
        )
        yield from self._found("parent_too_young", file, "parent_id", ages)
        mothers = "(SELECT * FROM parents WHERE role = 'mother')"
        source = _overlapping(mothers, "child_id", "valid_from", "valid_to", "parent_id")
        yield from self._found("two_mothers", file, "role", source, "t._other")

    def _births(self) -> bool:
        """Do we know who was born when?"""
        persons = self.files.get("persons")
        return persons is not None and persons.has("person_id") and persons.has("born")


def _is_end(table: Table, column: str) -> bool:
    """A last day before birth follows from a first day before it, or from its own fault."""
    return any(column == last != first for first, last in table.periods.values())


def _overlapping(rows: str, who: str, first: str, last: str, unless_same: str = "") -> str:
    """FROM …: the later of each pair that overlaps, and the row of the earlier one (`_other`).

    Only who has more than one row is sorted; of these each row is held against the one that has lasted longest so far.
    """
    several = f"(SELECT {who} FROM {rows} GROUP BY {who} HAVING count(*) > 1)"
    before = f"OVER (PARTITION BY {who} ORDER BY {first}, _row ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)"
    end = f"coalesce({last}, {OPEN_END})"
    same = unless_same or "NULL"
    longest = f"max(struct_pack(until := {end}, other := _row, whose := {same})) {before}"
    others = f"{rows} SEMI JOIN {several} USING ({who})"
    ordered = f"SELECT _row, {first} AS since, {same} AS whose, {longest} AS before FROM {others}"
    another = "AND whose IS DISTINCT FROM before.whose" if unless_same else ""
    return f"FROM (SELECT _row, before.other AS _other FROM ({ordered}) WHERE since <= before.until {another}) t"
