"""The report's tables, and what has to be said beside its figures."""

from collections.abc import Iterator

from familieplan.population.definitions.changes import told
from familieplan.population.report.findings import Row, Stamp
from familieplan.population.report.fives import ENOUGH
from familieplan.population.report.parts import Grid
from familieplan.population.report.sections import Report
from familieplan.population.report.wording import RATED
from familieplan.population.words import Words


def grids(report: Report) -> list[Grid]:
    return [grid for level in ("municipality", "housing_area") if (grid := _by_place(report, level)).rows]


def _by_place(report: Report, level: str) -> Grid:
    say, findings = report.say, report.findings
    shown = [
        (measure, group, label)
        for measure, group, label in (
            ("vulnerable", "children", say("Vulnerable children")),
            ("in_target", "children", say("Children in the target group")),
            ("in_target", "adults", say("Parents in the target group")),
            ("special_risk", "children", say("Children in special risk")),
        )
        if findings.find(measure, group=group, among="all", level=level)
    ]
    cells = {
        (row.place, row.measure, row.group): row
        for row in findings.rows
        if (row.year, row.level, row.among) == (findings.year, level, "all")
    }
    first = {place: row for (place, _measure, _group), row in cells.items()}
    rows = [
        [
            report.place(first[place]),
            *(_cell(report, cells.get((place, measure, group))) for measure, group, _ in shown),
        ]
        for place in sorted(first, key=lambda place: (place == "unknown", report.place(first[place])))
    ]
    title = say("By municipality") if level == "municipality" else say("By housing area")
    return Grid(title, say("Persons, and of 1,000 of the age."), [say("Place"), *(label for *_, label in shown)], rows)


def _cell(report: Report, row: Row | None) -> str:
    if row is None:
        return "–"
    rate = report.rated(row)
    return report.count(row.persons) + (f" ({rate})" if rate else "")


def remarks(report: Report) -> Iterator[str]:
    say, findings = report.say, report.findings
    if findings.invented:
        yield say("These are invented people. The figures show how the report looks, and say nothing about anybody.")
    for stamp in findings.definitions:
        if stamp.changed:
            not_ours = (
                "The definition {name} has been changed from the shipped one: do not compare with published figures."
            )
            yield f"{say(not_ours, name=stamp.name)} {told(stamp.changes, say)}"
    yield say(
        "Counted by: {definitions}.", definitions="; ".join(f"{one[0]} – {one[1]}" for one in definitions(report))
    )
    for fault in findings.despite:
        yield say("Counted in spite of a fault in the extracts: {fault}", fault=fault[0 if say.language == "da" else 1])
    yield say(
        "Counts are rounded to a multiple of five, up or down by chance, so that nobody can be recognised in them. "
        "They do not quite add up, and 0–4 may be nobody at all. Shares are of the rounded counts: none of "
        "fewer than {enough}, and per 1,000 none of counts below {rated}. Of places with fewer than {enough} children "
        "nothing is said.",
        enough=ENOUGH,
        rated=RATED,
    )
    if findings.sampled:
        yield say(
            "A sample of {share} was drawn: counts are of the sample, but where “about” stands before them, and the "
            "95 % interval stands in brackets after a share of the charts.",
            share=say.percent(findings.sampled, 1),
        )
    else:
        yield say("Registers of everybody: no sampling error. Small places still vary from year to year by chance.")
    yield from _notifications(report)
    yield say(
        "Registers hold those who are in contact with the municipality. Whoever needs help without asking for it is "
        "not counted."
    )


def _notifications(report: Report) -> Iterator[str]:
    """Social- og Boligstyrelsen 2024, p. 10, has 14 a child and 40 % with any: together no year has so many."""
    say, row = report.say, report.findings.find("notifications", group="children", among="target", **report.here)
    if row and row.total:
        yield say(
            "Notifications in the year: {mean} for each child of the target group, {each} for each who had any. The 14 "
            "that are published for the nation must be of several years.",
            mean=say.number(row.total / row.base, 1),
            each=say.number(row.total / row.persons, 1),
        )


def changes(report: Report) -> list[list[str]]:
    """Definition, what, as shipped, here: of those that are not the shipped ones."""
    return [[one.name, *change] for one in report.findings.definitions for change in one.changes]


def foot(report: Report) -> str:
    """On every page: which definitions, and whether they are the shipped ones."""
    stamps = (
        f"{one.name}/{one.variant} {one.sha256[:8]} ({_standing(one, report.say)})"
        for one in report.findings.definitions
    )
    return report.say("Definitions: {names}", names="; ".join(stamps))


def definitions(report: Report) -> list[list[str]]:
    """What is counted, in which variant, by whose account, and the file with its hash."""
    da = report.say.language == "da"
    return [
        [
            one.label_da if da else one.label_en, one.variant_da if da else one.variant_en, one.source,
            f"{one.name}, {one.sha256[:16]}", _standing(one, report.say),
        ]
        for one in report.findings.definitions
    ]  # fmt: skip


def spelled(report: Report) -> list[tuple[str, list[str]]]:
    """Each definition's name, and what it says in words."""
    da = report.say.language == "da"
    return [
        (one.label_da if da else one.label_en, [sentence[0 if da else 1] for sentence in one.said])
        for one in report.findings.definitions
    ]


def _standing(stamp: Stamp, say: Words) -> str:
    return say("changed from the shipped one") if stamp.changed else say("as shipped")
