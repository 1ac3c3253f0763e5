"""What a report shows, in one language: charts and tables of written cells, for paper, plots and the leaders' page."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from math import sqrt

from familieplan.population.report.findings import Findings, Row, named
from familieplan.population.report.parts import Bar, Chart, Figure, Line, Trend
from familieplan.population.words import Words

SURE = 1.96  # standard deviations: 95 %
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
class Report:
    findings: Findings
    say: Words

    # ── words ──

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
        return self.findings.places.get(f"{row.level}/{row.place}") or row.place or self.say("Denmark")

    @property
    def hidden(self) -> str:
        """Few, or what would give few away: a count left out is not always a small one."""
        return self.say("hidden")

    def count(self, number: int | None) -> str:
        return self.hidden if number is None else self.say.number(number)

    @property
    def here(self) -> dict[str, str]:
        """Where the figures in large letters are from."""
        focus = self.findings.focus
        return {"level": "municipality", "place": focus} if focus else {"level": "nation", "place": ""}

    @cached_property
    def where(self) -> str:
        focus = self.findings.focus
        return self.findings.places.get(f"municipality/{focus}", focus) if focus else self.say("Denmark")

    @property
    def title(self) -> str:
        return self.say("Families in vulnerable positions: {where}, {year}", where=self.where, year=self.findings.year)

    # ── in a few figures ──

    @property
    def figures(self) -> list[Figure]:
        children, adults, risk = (
            self._figure("in_target", "children", self.say("Children and young people in the target group")),
            self._figure("in_target", "adults", self.say("Parents in the target group")),
            self._figure("special_risk", "children", self.say("Children in special risk")),
        )
        return [figure for figure in (children, adults, risk) if figure]

    def _figure(self, measure: str, group: str, label: str) -> Figure | None:
        row = self.findings.find(measure, group=group, among="all", **self.here)
        nation = self.findings.find(measure, group=group, among="all")
        if row is None:
            return None
        value = self.count(row.persons)
        if self.findings.sampled and row.persons is not None:
            value = self.say("about {number}", number=self.say.number(row.persons / self.findings.sampled))
        rate, of_nation = (self.rate(one) for one in (row, nation))
        if rate is None:
            return Figure(label, value, self.say("too few to say a share"))
        told = self.say("{rate} of 1,000", rate=self.say.number(rate, 1))
        if self.findings.focus and of_nation is not None:
            told += ", " + self.say("Denmark: {rate}", rate=self.say.number(of_nation, 1))
        return Figure(label, value, told)

    def rate(self, row: Row | None) -> float | None:
        """Per 1,000 of everybody of the age; what is said of the target group alone is no rate."""
        if row is None or row.persons is None:
            return None
        base = row.base
        if row.measure == "in_target":
            whole = self.findings.find(
                "vulnerable", group=row.group, among="all", level=row.level, place=row.place, year=row.year
            )
            base = whole.base if whole else None
        return 1_000 * row.persons / base if base else None

    # ── charts ──

    @property
    def charts(self) -> list[Chart]:
        say = self.say
        found = [
            self._bars("constellations", say("Who lives with whom"), lambda row: row.table == "constellations"),
            self._bars(
                "challenges", say("What the parents struggle with"),
                lambda row: row.table == "challenges" and row.among == "target" and row.measure != "at_least_two",
            ),
            self._bars(
                "contacts-children", say("What the children and young people receive"),
                lambda row: row.table == "contacts" and row.among == "target" and row.group == "children",
            ),
            self._bars(
                "contacts-adults", say("What the parents receive and do"),
                lambda row: row.table == "contacts" and row.among == "target" and row.group == "adults",
            ),
            self._bars("risk-factors", say("Risk factors of the mothers"), lambda row: row.table == "risk_factors"),
            self._bars(
                "domains", say("Burdened domains"),
                lambda row: row.table == "domains" and not row.measure.startswith("n_domains_"),
            ),
            self._places("places", "in_target", "children", say("Children in the target group, by municipality")),
            self._places("risk-places", "special_risk", "children", say("Children in special risk, by municipality")),
        ]  # fmt: skip
        return [chart for chart in found if chart and chart.bars]

    def _bars(self, id_: str, title: str, wanted: Callable[[Row], bool]) -> Chart | None:
        """Shares, the largest first, the nation beside them."""
        here = [
            row for row in self.findings.rows
            if (row.year, row.level, row.place) == (self.findings.year, *self.here.values()) and wanted(row)
        ]  # fmt: skip
        bars = sorted(map(self._bar, here), key=lambda bar: -(bar.value if bar.value is not None else -1))
        note = (
            self.say("Per cent of the target group.")
            if here and here[0].among == "target"
            else self.say("Per cent of the children.")
        )
        return Chart(id_, "bars", title, note, "%", bars, self._said(bars)) if bars else None

    def legend(self, part: "Chart | Trend") -> str:
        """What the bar is and what the tick."""
        if not self.findings.focus or not isinstance(part, Chart) or part.kind != "bars":
            return ""
        return self.say("The bar is {where}, the upright tick is Denmark.", where=self.where)

    def _bar(self, row: Row) -> Bar:
        nation = (
            self.findings.find(row.measure, table=row.table, group=row.group, among=row.among)
            if self.findings.focus
            else None
        )
        low, high = self._interval(row)
        return Bar(
            self.label(row), _percent(row.share), self._share(row), _percent(nation.share if nation else None),
            self.say.percent(nation.share) if nation and nation.share is not None else "", low, high,
        )  # fmt: skip

    def _share(self, row: Row) -> str:
        if row.share is None:
            return self.hidden
        told = self.say.percent(row.share)
        low, high = self._interval(row)
        if low is None or high is None:
            return told
        return f"{told} ({self.say.number(low)}–{self.say.number(high)})"

    def _interval(self, row: Row) -> tuple[float, float] | tuple[None, None]:
        """Wilson's, 95 %, narrower the more of the population was drawn; none for a whole register."""
        drawn = self.findings.sampled
        if not drawn or row.share is None or not row.base:
            return None, None
        wide = SURE**2 * (1 - drawn) / row.base
        middle, half = row.share + wide / 2, sqrt(wide * row.share * (1 - row.share) + wide**2 / 4)
        return 100 * (middle - half) / (1 + wide), 100 * (middle + half) / (1 + wide)

    def _places(self, id_: str, measure: str, group: str, title: str) -> Chart | None:
        nation = self.rate(self.findings.find(measure, group=group, among="all"))
        rows = [
            row for row in self.findings.rows
            if (row.year, row.level, row.measure, row.group, row.among)
            == (self.findings.year, "municipality", measure, group, "all") and row.place != "unknown"
        ]  # fmt: skip
        bars = [
            Bar(
                self.place(row), rate := self.rate(row), self.hidden if rate is None else self.say.number(rate, 1),
                nation, stands_out=row.place == self.findings.focus,
            )
            for row in rows
        ]  # fmt: skip
        bars.sort(key=lambda bar: (-(bar.value if bar.value is not None else -1), bar.label))
        told = self.say.number(nation, 1) if nation is not None else "–"
        note = self.say("Of 1,000 children and young people of the age. The line is Denmark: {rate}.", rate=told)
        return Chart(id_, "dots", title, note, "‰", bars, self._said(bars)) if len(bars) > 1 else None

    def _said(self, bars: list[Bar]) -> str:
        return "; ".join(
            f"{bar.label}: {bar.text}" + (f" ({self.say('Denmark')} {bar.nation_text})" if bar.nation_text else "")
            for bar in bars
        )

    @property
    def trend(self) -> Trend | None:
        """None for a single year."""
        years = self.findings.years
        if len(years) < 2:
            return None
        lines = [
            Line(label, years, [row.persons if row else None for row in rows])
            for group, label in (("children", self.say("Children and young people")), ("adults", self.say("Parents")))
            for rows in [
                [self.findings.find("in_target", group=group, among="all", year=year, **self.here) for year in years]
            ]
        ]
        said = "; ".join(
            f"{line.label}: "
            + ", ".join(
                f"{year} {self.count(value)}" for year, value in zip(line.years, map(_whole, line.values), strict=True)
            )
            for line in lines
        )
        return Trend(
            "trend", self.say("The target group over the years"), self.say("Persons in the target group."), lines, said
        )

    def bars_of(self, line: Line) -> list[Bar]:
        """A bar for each year."""
        return [
            Bar(str(year), value, self.count(_whole(value)))
            for year, value in zip(line.years, line.values, strict=True)
        ]


def _percent(share: float | None) -> float | None:
    return None if share is None else 100 * share


def _whole(value: float | None) -> int | None:
    return None if value is None else round(value)
