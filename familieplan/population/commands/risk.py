"""`population risk`: the five factors of special risk; with --definition domains, the seven domains."""

import argparse

from familieplan.population.commands import analysing


def add_arguments(parser: argparse.ArgumentParser) -> None:
    analysing.add_arguments(parser, "special_risk")


def run(asked: argparse.Namespace) -> int:
    return analysing.run(asked, ["risk", "domains"])
