"""`population tables`."""

import argparse

from familieplan.population.tables import described


def add_arguments(_parser: argparse.ArgumentParser) -> None:
    """Nothing to ask for."""


def run(_asked: argparse.Namespace) -> int:
    print("\n".join(described()))
    return 0
