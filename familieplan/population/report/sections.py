"""What a report shows, in one language: charts and tables of written cells, for paper, plots and the leaders' page."""

from collections.abc import Callable
from dataclasses import dataclass
from math import sqrt

from familieplan.population.report.findings import Row
from familieplan.population.report.parts import Bar, Chart, Figure, Line, Trend
from familieplan.population.report.wording import Wording

SURE = 1.96  # standard deviations: 95 %


@dataclass(frozen=True)
class Report(Wording):
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
        if self.findings.sampled and row.persons:
            value = self.say("about {number}", number=self.say.number(row.persons / self.findings.sampled))
        rate, of_nation = self.rated(row), self.rated(nation)
        if not rate:
            return Figure(label, value, self.say("too few to say a share"))
        told = self.say("{rate} of 1,000", rate=rate)
        if self.compares and of_nation:
            told += f", {self.whole}: {of_nation}"
        return Figure(label, value, told)

    @property
    def charts(self) -> list[Chart]:
        say = self.say
        of_parents = "Per cent of the {number} parents in the target group."
        found = [
            self._bars(
                "constellations", say("Who lives with whom"),
                "Per cent of the children, or the parents, in the target group.",
                lambda row: row.table == "constellations",
            ),
            self._bars(
                "challenges", say("What the parents struggle with"), of_parents,
                lambda row: row.table == "challenges" and row.among == "target" and row.measure != "at_least_two",
            ),
            self._bars(
                "contacts-children", say("What the children and young people are in contact with"),
                "Per cent of the {number} children and young people in the target group.",
                lambda row: row.table == "contacts" and row.among == "target" and row.group == "children",
            ),
            self._bars(
                "contacts-adults", say("What the parents are in contact with"), of_parents,
                lambda row: row.table == "contacts" and row.among == "target" and row.group == "adults",
            ),
            self._bars(
                "risk-factors", say("Risk factors of the mothers"),
                "Per cent of the {number} children whose mother is known.", lambda row: row.table == "risk_factors",
            ),
            self._bars(
                "domains", say("Burdened domains"), "Per cent of the {number} children at home with a case.",
                lambda row: row.table == "domains" and not row.measure.startswith("n_domains_"),
            ),
            self._places("places", "in_target", "children", say("Children in the target group, by municipality")),
            self._places("risk-places", "special_risk", "children", say("Children in special risk, by municipality")),
        ]  # fmt: skip
        return [chart for chart in found if chart and chart.bars]

    def _bars(self, id_: str, title: str, note: str, wanted: Callable[[Row], bool]) -> Chart | None:
        """Shares, the largest first, the nation beside them. ``note``: of whom."""
        here = [
            row for row in self.findings.rows
            if (row.year, row.level, row.place) == (self.findings.year, *self.here.values()) and wanted(row)
        ]  # fmt: skip
        most = max((row.base for row in here), default=0)
        bars = sorted(
            (self._bar(row, most) for row in here), key=lambda bar: -(bar.value if bar.value is not None else -1)
        )
        note = self.say(note, number=self.count(most))
        return Chart(id_, "bars", title, note, "%", bars, self._said(bars)) if bars else None

    def legend(self, part: "Chart | Trend") -> str:
        """What the bar is and what the tick."""
        if not self.compares or not isinstance(part, Chart) or part.kind != "bars":
            return ""
        return self.say(
            "The bar is {where}, the upright tick and the figure at the edge are {whole}.",
            where=self.where,
            whole=self.whole,
        )

    def _bar(self, row: Row, most: int) -> Bar:
        """``most``: whom the others of the chart are of; of fewer, it says so."""
        nation = (
            self.findings.find(row.measure, table=row.table, group=row.group, among=row.among)
            if self.compares
            else None
        )
        low, high = self._interval(row)
        label = self.label(row)
        if row.share and row.base < 0.9 * most:
            label += " " + self.say("(of {base})", base=self.count(row.base))
        return Bar(
            label, _percent(row.share), self._share(row), _percent(nation.share if nation else None),
            self.say.percent(nation.share) if nation and nation.share is not None else "", low, high,
        )  # fmt: skip

    def _share(self, row: Row) -> str:
        if row.share is None:
            base = max(row.base, row.persons)  # each is rounded by itself
            return self.say("{persons} of {base}", persons=self.count(row.persons), base=self.count(base))
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
        nation = self.findings.find(measure, group=group, among="all")
        rows = [
            row for row in self.findings.rows
            if (row.year, row.level, row.measure, row.group, row.among)
            == (self.findings.year, "municipality", measure, group, "all") and row.place != "unknown"
        ]  # fmt: skip
        bars = [
            Bar(
                self.place(row), self.rate(row), self.rated(row) or "–", self.rate(nation),
                stands_out=row.place == self.findings.focus,
            )
            for row in rows
        ]  # fmt: skip
        bars.sort(key=lambda bar: (-(bar.value if bar.value is not None else -1), bar.label))
        of_all = self.rated(nation) or "–"
        note = self.say(
            "Of 1,000 children and young people of the age. The line is {whole}: {rate}. – stands for too few to say.",
            whole=self.whole, rate=of_all,
        )  # fmt: skip
        return (
            Chart(id_, "dots", title, note, "‰", bars, self._said(bars), f"{self.whole} {of_all}")
            if len(bars) > 1
            else None
        )

    def _said(self, bars: list[Bar]) -> str:
        return "; ".join(
            f"{bar.label}: {bar.text}" + (f" ({self.whole} {bar.nation_text})" if bar.nation_text else "")
            for bar in bars
        )

    @property
    def trend(self) -> Trend | None:
        """None for a single year."""
        years = self.findings.years
        if len(years) < 2:
            return None
        lines = [
            Line(label, years, [row.persons or None if row else None for row in rows])
            for group, label in (("children", self.say("Children and young people")), ("adults", self.say("Parents")))
            for rows in [
                [self.findings.find("in_target", group=group, among="all", year=year, **self.here) for year in years]
            ]
        ]
        said = "; ".join(
            f"{line.label}: "
            + ", ".join(
                f"{year} {self.count(round(value or 0))}" for year, value in zip(line.years, line.values, strict=True)
            )
            for line in lines
        )
        return Trend(
            "trend", self.say("The target group over the years"), self.say("Persons in the target group."), lines, said
        )

    def bars_of(self, line: Line) -> list[Bar]:
        """A bar for each year."""
        return [
            Bar(str(year), value, self.count(round(value or 0)))
            for year, value in zip(line.years, line.values, strict=True)
        ]


def _percent(share: float | None) -> float | None:
    return None if share is None else 100 * share
