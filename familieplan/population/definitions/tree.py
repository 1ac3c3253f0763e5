"""A definition's file as a tree: what stands where, and its criteria. What is wrong is said with file, line, reason."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from familieplan.population.definitions.lines import line_of
from familieplan.population.definitions.model import Criterion, Fact, Window
from familieplan.population.tables import DERIVED, TABLES, Column, Kind, Table
from familieplan.population.trouble import Trouble

Node = Mapping[str, Any]
Keys = tuple[str | int, ...]


class Tree:
    """The file as TOML has it; `keys` say where in it."""

    def __init__(self, path: Path, text: str, tree: dict[str, Any]) -> None:
        self.path, self.text, self.tree = path, text, tree

    def wrong(self, keys: Keys, reason: str, **values: object) -> Trouble:
        return Trouble(
            "{path}, line {line}: {reason}",
            path=self.path,
            line=line_of(self.text, keys),
            reason=Trouble(reason, **values),
        )

    def at(self, keys: Keys) -> Any:
        node: Any = self.tree
        for key in keys:
            node = node[key]
        return node

    def part(self, keys: Keys, default: Node | None = None) -> Node:
        """The table at `keys`."""
        try:
            found = self.at(keys)
        except KeyError:
            found = default
        if not isinstance(found, dict):
            raise self.wrong(keys, "[{known}] is missing or no table.", known=".".join(map(str, keys)))
        return found

    def only(self, keys: Keys, allowed: set[str] | frozenset[str]) -> Node:
        node = self.at(keys)
        if not isinstance(node, dict):
            raise self.wrong(keys, "a table is expected here.")
        for key in node:
            if key not in allowed:
                raise self.wrong(
                    (*keys, key),
                    "“{key}” means nothing here. Known: {known}.",
                    key=key,
                    known=", ".join(sorted(allowed)),
                )
        return node

    def named(self, keys: Keys) -> dict[str, str]:
        """name, labels and source, all needed: a figure without a source is nobody's."""
        node = self.at(keys)
        name = node.get("name", keys[-1] if keys else "")
        for key in ("label_da", "label_en", "source"):
            if not isinstance(node.get(key), str) or not node[key]:
                raise self.wrong(keys, "“{name}” needs {key}.", name=name, key=key)
        return {"name": str(name)} | {key: node[key] for key in ("label_da", "label_en", "source")}

    def known(self, keys: Keys, name: object, there: Mapping[str, Any]) -> str:
        if name not in there:
            raise self.wrong(keys, "there is no “{name}”. Known: {known}.", name=name, known=", ".join(there))
        return str(name)

    def ages(self, keys: Keys, found: Any) -> tuple[int, int | None]:
        whole = isinstance(found, list) and all(isinstance(age, int) for age in found)
        if not whole or not 1 <= len(found) <= 2 or not 0 <= found[0] <= found[-1] <= 125:
            raise self.wrong(keys, "ages are [first, last], or [first] without an upper limit.")
        return found[0], (found[1] if len(found) == 2 else None)

    def fact(self, name: str) -> Fact:
        keys: Keys = ("facts", name)
        node = self.only(keys, {"label_da", "label_en", "source", "any_of", "none_of"})
        which = "none_of" if "none_of" in node else "any_of"
        if not node.get(which) or ("any_of" in node and "none_of" in node):
            raise self.wrong(keys, "a fact has either any_of or none_of, with at least one criterion.")
        criteria = tuple(self.criterion((*keys, which, n)) for n in range(len(node[which])))
        return Fact(**self.named(keys), criteria=criteria, absent=which == "none_of")

    def criterion(self, keys: Keys, more: frozenset[str] = frozenset()) -> Criterion:
        node = self.only(keys, {"table", "where", "window", "years", "period"} | more)
        table = (TABLES | DERIVED).get(str(node.get("table")))
        if table is None:
            there = ", ".join([*TABLES, *DERIVED])
            raise self.wrong(
                (*keys, "table"), "there is no table “{name}”. Tables: {there}.", name=node.get("table"), there=there
            )
        if node.get("window") not in list(Window):
            raise self.wrong((*keys, "window"), "window is to be one of {known}.", known=", ".join(Window))
        if table.name in DERIVED and node["window"] != Window.ON_DATE:
            raise self.wrong(
                (*keys, "window"), "{table} is as things are on 31 December: window on_date only.", table=table.name
            )
        period = node.get("period", next(iter(table.periods), ""))
        if period not in table.periods and (table.periods or period):
            there = ", ".join(table.periods) or "none"
            raise self.wrong(
                (*keys, "period"),
                "{table} has no period “{period}”. Periods: {there}.",
                table=table.name,
                period=period,
                there=there,
            )
        years = node.get("years", 1)
        if not isinstance(years, int) or years < 1 or ("years" in node) != (node["window"] == Window.YEARS_BACK):
            raise self.wrong((*keys, "years"), "window years_back, and no other, has years: a whole number from 1 up.")
        where, starts = self.where(keys, table)
        return Criterion(table.name, Window(node["window"]), where, starts, period, years)

    def where(self, keys: Keys, table: Table) -> tuple[dict[str, tuple[str | bool, ...]], dict[str, tuple[str, ...]]]:
        where: dict[str, tuple[str | bool, ...]] = {}
        starts: dict[str, tuple[str, ...]] = {}
        for name, wanted in self.at(keys).get("where", {}).items():
            here = (*keys, "where", name)
            column = table.column(name)
            if column is None:
                there = ", ".join(column.name for column in table.columns)
                raise self.wrong(
                    here, "{table} has no column “{name}”. Columns: {there}.", table=table.name, name=name, there=there
                )
            beginnings = wanted.get("starts_with") if isinstance(wanted, dict) else None
            values = beginnings if beginnings is not None else wanted
            if not isinstance(values, list) or not values:
                raise self.wrong(
                    here, "{name} is to be a list of what is looked for, or {{ starts_with = [ … ] }}.", name=name
                )
            if beginnings is not None:
                starts[name] = tuple(map(str, values))
            else:
                where[name] = tuple(self.value(here, column, value) for value in values)
        return where, starts

    def value(self, keys: Keys, column: Column, value: object) -> str | bool:
        if column.codes and value not in column.codes:
            raise self.wrong(
                keys,
                "{column} has no code “{value}”. Codes: {known}.",
                column=column.name,
                value=str(value),
                known=", ".join(column.codes),
            )
        if column.kind is Kind.FLAG and not isinstance(value, bool):
            raise self.wrong(keys, "{column} is true or false, without quotation marks.", column=column.name)
        if column.kind in {Kind.DATE, Kind.YEAR, Kind.AMOUNT, Kind.ID}:
            raise self.wrong(
                keys, "{column} is no code: a definition names codes, not {kind}.", column=column.name, kind=column.kind
            )
        return value if isinstance(value, bool) else str(value)
