"""`population target`."""

import argparse

from familieplan.population.commands import analysing

TABLES = """\
Writes  target          how many are vulnerable, and how many of them in the target group
        challenges      the nine challenges of the adults, in the target group and beside it
        constellations  both parents, several children, with whom the children live
        contacts        services, measures, income support, decisions: target group beside other vulnerable
        means           municipal spending and notifications: sums, for means
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    analysing.add_arguments(parser, "target_2022", TABLES)


def run(asked: argparse.Namespace) -> int:
    return analysing.run(asked, ["target"])
