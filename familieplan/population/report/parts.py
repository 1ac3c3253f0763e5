"""What a report is put together from: charts, a trend, tables and figures, all of them written out."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of a chart. ``value`` and ``nation`` in the chart's unit; None is not drawn: too few people."""

    label: str
    value: float | None
    text: str
    nation: float | None = None
    nation_text: str = ""
    low: float | None = None
    high: float | None = None
    stands_out: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """``kind``: bars (the nation as a tick), dots (places, the nation as a line)."""

    id: str
    kind: str
    title: str
    note: str
    unit: str
    bars: list[Bar]
    said: str
    """The chart in words, for whoever does not see it."""
    line: str = ""
    """What the line of dots says: whose it is, and its figure."""

    @property
    def most(self) -> float:
        """The end of the scale; where nothing can be drawn, a hundred."""
        return max((end for bar in self.bars for end in (bar.value, bar.nation, bar.high) if end), default=100)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a trend: the years and what they say."""

    label: str
    years: list[int]
    values: list[float | None]


@dataclass(frozen=True, slots=True)
class Trend:
    id: str
    title: str
    note: str
    lines: list[Line]
    said: str


@dataclass(frozen=True, slots=True)
class Grid:
    title: str
    note: str
    header: list[str]
    rows: list[list[str]]


@dataclass(frozen=True, slots=True)
class Figure:
    label: str
    value: str
    note: str
