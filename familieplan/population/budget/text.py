"""The potential in the terminal."""

from collections.abc import Iterator

from familieplan.population.budget.remarks import foot, remarks
from familieplan.population.budget.sheet import Grid, Sheet

BAR = 32  # signs


def written(sheet: Sheet) -> Iterator[str]:
    """Line by line."""
    say = sheet.say
    yield from (sheet.title, "=" * len(sheet.title), "")
    yield from (f"{label}: {value}" for label, value in sheet.question)
    yield ""
    yield from (f"{figure.label}: {figure.value} ({figure.note})" for figure in sheet.figures)
    yield ""
    yield from (f"! {remark}" for remark in remarks(sheet.potential, say))
    for grid in sheet.grids:
        yield from ("", *_grid(grid))
    yield from ("", say("What hangs on what"))
    longest = max((len(swing.label) for swing in sheet.swings), default=0)
    for swing in sheet.swings:
        before, after = round(swing.start * BAR / 100), round(swing.end * BAR / 100)
        bar = " " * before + "█" * max(after - before, 1)
        yield f"  {swing.label:<{longest}}  {swing.lower:>9} {swing.higher:>9}  {bar}"
    yield from ("", *fitted(sheet), foot(sheet.potential.parameters, say))


def fitted(sheet: Sheet) -> Iterator[str]:
    """The published sums, ours for the same, and whether they fit."""
    if sheet.fits:
        yield sheet.say("The fit to the published sums")
        yield from (f"  {published}  {ours} kr., {fits}" for published, ours, fits in sheet.fits)
        yield ""


def _grid(grid: Grid) -> Iterator[str]:
    rows = [grid.header, *grid.rows]
    widths = [max(len(row[column]) for row in rows) for column in range(len(grid.header))]
    yield f"{grid.title} ({grid.note})"
    for first, *others in rows:
        figures = "  ".join(cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True))
        yield f"  {first:<{widths[0]}}  {figures}"
