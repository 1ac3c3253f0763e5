"""Builds the tables: SQL of `sql/`, with the chances of `parameters.toml`, one statement after the other."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

HERE = Path(__file__).parent
PLACE = re.compile(r"\{(?:(\w+)\|)?(\w+)\.(\w+)\}")

Parameters = Mapping[str, Mapping[str, float]]


def parameters() -> dict[str, dict[str, float]]:
    """Section → name → chance, of `parameters.toml`."""
    return tomllib.loads((HERE / "parameters.toml").read_text(encoding="utf-8"))


def scripts() -> list[Path]:
    """The people, in order; the tables are made of them afterwards."""
    return sorted((HERE / "sql").glob("*.sql"))


def statements(script: Path, values: Parameters) -> Iterator[str]:
    """The statements of a file. `{section.name}` is a value; `{target|others.name}` the one for a parent or for others.

    Raises KeyError with the name of a value that there is not.
    """
    text = re.sub(r"--[^\n]*", "", script.read_text(encoding="utf-8"))
    for statement in PLACE.sub(lambda place: _value(place, values), text).split(";"):
        if statement.strip():
            yield statement


def _value(place: re.Match[str], values: Parameters) -> str:
    parent, others, name = place.groups()
    if parent:
        return f"(case when parent then {values[parent][name]} else {values[others][name]} end)"
    return str(values[others][name])
