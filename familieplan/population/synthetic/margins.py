"""The published margins: read, and whether a measured figure meets one."""

import tomllib
from dataclasses import dataclass
from math import inf, sqrt
from pathlib import Path

from familieplan.population.synthetic.making import DENMARK

FILE = Path(__file__).with_name("margins.toml")
ERRORS = 3.0
"""Standard errors that chance may take; families make persons alike, which the factor also covers."""


@dataclass(frozen=True)
class Margin:
    """One published figure; `margins.toml` says what each field is."""

    name: str
    value: float
    tolerance: float
    kind: str
    source: str
    section: str
    bound: str = "about"

    def met(self, measured: float, base: int, persons: int = DENMARK) -> bool:
        """Whether `measured`, of `base` persons in a population of `persons`, is the published figure.

        Counts are compared as if the population were Denmark's.
        """
        scale = persons / DENMARK
        value = measured / scale if self.kind == "count" else measured
        chance = self._chance(base, scale) if persons < DENMARK else 0.0
        below, above = self.value - self.tolerance - chance, self.value + self.tolerance + chance
        if self.bound == "at_least":
            below = self.value - chance
        elif self.bound == "at_most":
            above = self.value + chance
        return below <= value <= above

    def _chance(self, base: int, scale: float) -> float:
        if self.kind == "count":
            return ERRORS * sqrt(2 * self.value / scale)
        if base == 0:
            return inf
        spread = sqrt(self.value * (1 - self.value)) if self.kind == "share" else self.value
        return ERRORS * spread / sqrt(base)


def margins() -> dict[str, Margin]:
    """Name → margin, of `margins.toml`."""
    told = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {row["name"]: Margin(**row | {"source": told["sources"][row["source"]]}) for row in told["margin"]}
