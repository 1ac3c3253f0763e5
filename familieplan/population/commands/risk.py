"""`population risk`: the five factors of special risk; with --definition domains, the seven domains."""

import argparse

from familieplan.population.commands import analysing

TABLES = """\
Writes  risk            children in special risk, by number of factors and by origin; those without a mother apart
        risk_factors    each of the five factors
or, with --definition domains:
        domains         children under 18 at home with a case: each domain by its proxies, and how many at once
        types           the three types of families, by rules that are ours
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    analysing.add_arguments(parser, "special_risk", TABLES)


def run(asked: argparse.Namespace) -> int:
    return analysing.run(asked, ["risk", "domains"])
