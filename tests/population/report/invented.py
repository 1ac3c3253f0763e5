"""Result tables as the analyses give them, of an invented country of a few municipalities."""

import random

from familieplan.population.report.findings import Findings, Row, Stamp
from familieplan.population.report.fives import Fives
from familieplan.population.report.shown import shown
from familieplan.population.results import Count, Table

YEARS = (2020, 2021, 2022)
PLACES = {"101": "Solby", "147": "Nørrestrand", "260": "Lilleø", "360": "Østerå", "561": "Vesthavn", "860": "Morland"}
SIZES = {"101": 60_000, "147": 24_000, "260": 300, "360": 6_000, "561": 31_000, "860": 12_000}
AREAS = {"A1": "Solparken", "A2": "Havnevang", "A3": "Birkely"}
LABELS = {
    "target/placed": ("Anbragt", "Placed"),
    "target/home_based": ("Hjemmebaseret indsats", "Home-based measures"),
    "target/notified": ("Underretning", "Notification"),
    "target/convicted": ("Dom for kriminalitet", "Convicted"),
    "target/far_from_work": ("Langt fra arbejdsmarkedet", "Far from the labour market"),
    "target/psychiatric": ("Udvalgte psykiske lidelser", "Selected mental disorders"),
    "target/alcohol": ("Alkoholmisbrug", "Alcohol"),
    "risk/not_nuclear": ("Ikke i kernefamilie", "Not in a nuclear family"),
    "target/employed": ("I beskæftigelse", "Employed"),
}
STAMP = Stamp(
    "target_2022", "Målgruppen for en sammenhængende familieindsats", "The target group", "mindst én udfordring",
    "at least one challenge", "Social- og Boligstyrelsen 2024", "0123456789abcdef" * 4, changed=False,
    variant="one_challenge",
)  # fmt: skip


def tables(seed: int = 1, sizes: dict[str, int] | None = None) -> list[Table]:
    """Counts that add up over the places: target group, constellations, contacts, challenges, risk."""
    chance = random.Random(seed)
    rows: dict[str, list[Count]] = {name: [] for name in ("target", "constellations", "contacts", "challenges", "risk")}
    for year in YEARS:
        for place, size in (sizes or SIZES).items():
            for name, row in _place(chance, year, place, size):
                rows[name].append(row)
    return [Table(name, (*_nation(lines), *lines)) for name, lines in rows.items()]


def _place(chance: random.Random, year: int, place: str, size: int) -> list[tuple[str, Count]]:
    def few(number: int, share: float) -> int:
        return sum(chance.random() < share for _ in range(min(number, 4_000))) * max(number // 4_000, 1)

    found: list[tuple[str, Count]] = []

    def add(table: str, group: str, among: str, measure: str, persons: int, base: int) -> int:
        found.append((table, Count(year, "x", "municipality", place, group, among, measure, persons, base)))
        return persons

    for group, of_all, measures in (
        ("children", 0.28, ("placed", "home_based", "notified")),
        ("adults", 0.7, ("employed",)),
    ):
        everybody = round(size * of_all)
        vulnerable = add("target", group, "all", "vulnerable", few(everybody, 0.035), everybody)
        target = add("target", group, "all", "in_target", few(vulnerable, 0.6), vulnerable)
        for number, measure in enumerate(measures):
            add("contacts", group, "target", measure, few(target, (0.32, 0.9, 0.4)[number]), target)
        if group == "children":
            add("constellations", group, "target", "both_parents_vulnerable", few(target, 0.35), target)
            with_mother = round(everybody * 0.98)
            left = with_mother
            for factors, share in enumerate((0.7, 0.6, 0.6, 0.8, 0.8)):
                left -= add("risk", group, "all", f"factors_{factors}", few(left, share), with_mother)
            add("risk", group, "all", "factors_5", left, with_mother)
            risky = sum(row.persons for _, row in found if row.measure in ("factors_3", "factors_4", "factors_5"))
            add("risk", group, "all", "special_risk", risky, with_mother)
        else:
            add("constellations", group, "target", "two_or_more_children", few(target, 0.28), target)
            for measure, share in (("far_from_work", 0.7), ("convicted", 0.2), ("psychiatric", 0.45), ("alcohol", 0.1)):
                add("challenges", group, "target", measure, few(target, share), target)
    return found


def _nation(rows: list[Count]) -> list[Count]:
    sums: dict[tuple[object, ...], Count] = {}
    for row in rows:
        key = (row.year, row.group, row.among, row.measure)
        before = sums.get(key)
        sums[key] = row._replace(
            level="nation", place="", persons=row.persons + (before.persons if before else 0),
            base=row.base + (before.base if before else 0),
        )  # fmt: skip
    return list(sums.values())


def rows() -> list[Row]:
    return shown(tables(), Fives(b"nobody's secret"), {})


def findings(focus: str = "860", sampled: float | None = None) -> Findings:
    names = {f"municipality/{code}": name for code, name in PLACES.items()}
    return Findings(rows(), LABELS, names, [STAMP], "several", focus, sampled, invented=True)
