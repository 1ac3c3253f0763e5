"""How counts, rates, places and measures are said, in one language."""

from dataclasses import dataclass
from functools import cached_property

from familieplan.population.report.findings import Findings, Row, named
from familieplan.population.report.fives import ENOUGH
from familieplan.population.words import Words

RATED = 20  # of fewer, the fives may move a rate by more than a fifth
BUILT_IN = {
    "both_parents_vulnerable": "Both parents vulnerable",
    "one_of_one": "The only parent is vulnerable",
    "one_of_two": "One of two parents vulnerable",
    "two_or_more_children": "At least two children in the target group",
    "with_other_child": "Live with a vulnerable sibling or step-sibling",
    "with_adult": "Live with a vulnerable parent or step-parent",
    "at_least_two": "At least two challenges",
    "special_risk": "Special risk",
    "vulnerable": "Vulnerable",
    "in_target": "In the target group",
    "none": "None of the types",
    "mixed": "Mixed",
}


@dataclass(frozen=True)
class Wording:
    findings: Findings
    say: Words

    def label(self, row: Row) -> str:
        known, measure = self.findings.labels.get(named(row)), row.measure
        if known:
            return known[0 if self.say.language == "da" else 1]
        if measure.startswith("factors_"):
            return self.say("{number} of 5 factors", number=measure.removeprefix("factors_"))
        if measure.startswith("n_domains_"):
            return self.say("{number} burdened domains", number=measure.removeprefix("n_domains_"))
        return self.say(BUILT_IN.get(measure, measure))

    def place(self, row: Row) -> str:
        if row.place == "unknown":
            return self.say("Place not known")
        return self.findings.places.get(f"{row.level}/{row.place}") or row.place or self.whole

    def count(self, number: int) -> str:
        """Of few people nobody says whether there are any."""
        return self.say.number(number) if number else "0–4"

    @property
    def here(self) -> dict[str, str]:
        """Where the figures in large letters are from."""
        focus = self.findings.focus
        return {"level": "municipality", "place": focus} if focus else {"level": "nation", "place": ""}

    @cached_property
    def where(self) -> str:
        focus = self.findings.focus
        return self.findings.places.get(f"municipality/{focus}", focus) if focus else self.whole

    @cached_property
    def whole(self) -> str:
        """Of whom the extracts are: one municipality's own are not Denmark."""
        match self.findings.whole:
            case "nation":
                return self.say("Denmark")
            case "several":
                return self.say("everybody in the extracts")
            case place:
                return self.findings.places.get(f"municipality/{place}", place)

    @property
    def compares(self) -> bool:
        """A place is not compared with itself."""
        return self.findings.focus not in ("", self.findings.whole)

    @property
    def title(self) -> str:
        return self.say("Families in vulnerable positions: {where}, {year}", where=self.where, year=self.findings.year)

    def rated(self, row: Row | None) -> str:
        """7.4, 21, 340: more figures would say more than counts in fives know. Empty where there are too few."""
        rate = self.rate(row)
        return self.say.number(rate, 1 if rate < 9.95 else 0) if rate else ""

    def rate(self, row: Row | None) -> float | None:
        """Per 1,000 of everybody of the age; what is said of the target group alone is no rate."""
        of = self._everybody(row)
        return 1_000 * row.persons / of if row and row.persons >= RATED and of >= ENOUGH else None

    def _everybody(self, row: Row | None) -> int:
        if row is None or row.measure != "in_target":
            return row.base if row else 0
        where = {"group": row.group, "among": "all", "level": row.level, "place": row.place, "year": row.year}
        whole = self.findings.find("vulnerable", **where)
        return whole.base if whole else 0
