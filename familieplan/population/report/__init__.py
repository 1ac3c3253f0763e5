"""`population report`: what, where, since when, compared with the nation; few people are left out."""

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """See command.py, which is loaded when it is asked for: the leaders' page needs no engine and no plots."""
    from familieplan.population.report import command

    command.add_arguments(parser)


def run(asked: argparse.Namespace) -> int:
    from familieplan.population.report import command

    return command.run(asked)
