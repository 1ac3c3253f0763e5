"""`population target`."""

import argparse

from familieplan.population.commands import analysing


def add_arguments(parser: argparse.ArgumentParser) -> None:
    analysing.add_arguments(parser, "target_2022")


def run(asked: argparse.Namespace) -> int:
    return analysing.run(asked, ["target"])
