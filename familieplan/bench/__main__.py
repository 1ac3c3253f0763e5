"""`python3 run.py bench [--json FILE] [--quick]`: makes two databases, measures, prints."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import django

from familieplan.bench.figures import HEADING, line, write
from familieplan.bench.town import Town, built
from familieplan.launcher import assets
from familieplan.launcher.environment import for_django
from familieplan.launcher.home import home
from familieplan.launcher.trouble import Trouble

HIDDEN = ("DATABASE_OWNER_URL", "FAMILIEPLAN_SUPERUSER_URL", "FAMILIEPLAN_DEMO")  # what a web process does not know


def asked(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="run.py bench")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    parser.add_argument("--quick", action="store_true", help="340 and 3,400 families, fewer rounds")
    parser.add_argument("--few", type=int, default=340, help="families in the small database")
    parser.add_argument("--many", type=int, help="families in the large one (34,000)")
    parser.add_argument("--rounds", type=int, help="how often each is measured (100)")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    options.many = options.many or (3_400 if options.quick else 34_000)
    options.rounds = options.rounds or (25 if options.quick else 100)
    return options


def main(arguments: Sequence[str]) -> int:
    options = asked(arguments)
    town = Town(options.few, options.many, options.seed)
    assets.collect(home())
    with built(town) as environment:
        os.environ |= for_django({name: value for name, value in environment.items() if name not in HIDDEN})
        django.setup()
        from familieplan.bench.measure import everything  # models know their database from here on

        print(HEADING)
        figures = []
        for figure in everything(environment, town, options.rounds):
            figures.append(figure)
            print(line(figure), flush=True)
    if options.json:
        write(options.json, figures)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Trouble as trouble:
        sys.exit(str(trouble))
