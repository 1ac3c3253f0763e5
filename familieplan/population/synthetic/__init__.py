"""`population synthesise`: an invented Denmark, in the tables that the analyses read.

Nobody in it exists. It is built so that the published margins of `margins.toml` come out: families are drawn with or
without vulnerable children and parents, and facts are drawn from that; no definition is asked. So a definition that
misreads the publication misses a margin. `docs/population-synthetic.md` says how, and what is not as in life.
"""

import argparse
from pathlib import Path

from familieplan.population.progress import on_stderr
from familieplan.population.synthetic.making import DENMARK, Wish, make
from familieplan.population.trouble import Trouble
from familieplan.population.words import Words, add_language


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="where to put it; new, or empty")
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--persons", type=int, metavar="N", help="how many persons (5.9 million)")
    size.add_argument("--scale", type=float, metavar="X", help="times Denmark: 0.1, 1, 10")
    parser.add_argument(
        "--seed", type=int, default=2022, metavar="N", help="another number, other people (%(default)s)"
    )
    parser.add_argument("--csv", action="store_true", help="CSV files instead of Parquet")
    parser.add_argument("--memory", type=int, default=1200, metavar="MB", help="memory of the engine (%(default)s)")
    parser.add_argument("--threads", type=int, default=2, metavar="N", help="processors to use (%(default)s)")
    add_language(parser)


def run(asked: argparse.Namespace) -> int:
    if asked.scale is not None and not asked.scale > 0:
        raise Trouble("--scale {scale} is no size. Write 0.1, 1 or 10.", scale=asked.scale)
    persons = asked.persons if asked.persons is not None else round(DENMARK * (asked.scale or 1))
    wish = Wish(asked.out, persons, asked.seed, asked.csv, asked.memory, asked.threads)
    make(wish, told=on_stderr, say=Words(asked.language))
    return 0
