"""`python3 run.py bench [--json FILE] [--quick] [--only P7]`: makes databases and a population, measures, prints."""

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

import django

from familieplan.bench import population
from familieplan.bench.figures import HEADING, Figure, line, write
from familieplan.bench.town import Town, built
from familieplan.launcher import assets
from familieplan.launcher.environment import for_django
from familieplan.launcher.home import home
from familieplan.launcher.trouble import Trouble

ONLY = ("P1", "P2", "P3", "P4", "P5", "P6", "P7", "P11")
POPULATION = "P7"  # asks no database of families
HIDDEN = ("DATABASE_OWNER_URL", "FAMILIEPLAN_SUPERUSER_URL", "FAMILIEPLAN_DEMO")  # what a web process does not know


def asked(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="run.py bench")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    parser.add_argument("--quick", action="store_true", help="340 and 3,400 families, a tenth of Denmark, fewer rounds")
    parser.add_argument("--only", choices=ONLY, default="", help="these figures alone")
    parser.add_argument(
        "--kept", type=Path, metavar="FOLDER", help="where the populations of P7 stay for the next time"
    )
    parser.add_argument("--scale", type=float, metavar="X", help="the population of P7, times Denmark (1)")
    parser.add_argument("--few", type=int, default=340, help="families in the small database")
    parser.add_argument("--many", type=int, help="families in the large one (34,000)")
    parser.add_argument("--rounds", type=int, help="how often each is measured (100)")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    options.many = options.many or (3_400 if options.quick else 34_000)
    options.rounds = options.rounds or (25 if options.quick else 100)
    options.scale = options.scale or (0.1 if options.quick else 1)
    return options


def main(arguments: Sequence[str]) -> int:
    options = asked(arguments)
    print(HEADING)
    figures = []
    for figure in chain(of_families(options), of_population(options)):
        figures.append(figure)
        print(line(figure), flush=True)
    if options.json:
        write(options.json, figures)
    return 0


def of_families(options: argparse.Namespace) -> Iterator[Figure]:
    """Everything that is measured in two databases made for it."""
    if options.only == POPULATION:
        return
    town = Town(options.few, options.many, options.seed)
    assets.collect(home())
    with built(town) as environment:
        os.environ |= for_django({name: value for name, value in environment.items() if name not in HIDDEN})
        django.setup()
        from familieplan.bench.measure import everything  # models know their database from here on

        yield from everything(environment, town, options.rounds, options.only)


def of_population(options: argparse.Namespace) -> Iterator[Figure]:
    if options.only in {"", POPULATION}:
        rounds = max(1, min(3, options.rounds // 8))
        yield from population.measured(size=options.scale, seed=options.seed, rounds=rounds, keep=options.kept)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Trouble as trouble:
        sys.exit(str(trouble))
