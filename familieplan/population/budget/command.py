"""`population budget`: what it could be worth when N parents come into work or education."""

import argparse
import sys
from pathlib import Path

from familieplan.population.budget.loading import load, shipped
from familieplan.population.budget.parameters import Parameters, Payer
from familieplan.population.budget.potential import Case, Potential
from familieplan.population.budget.sensitivity import DRAWS, SEED
from familieplan.population.budget.sheet import Sheet
from familieplan.population.budget.text import fitted, written
from familieplan.population.trouble import Trouble
from familieplan.population.words import Words, add_language

EPILOGUE = """\
The published example (Social- og Boligstyrelsen, "Familiens vej", 2024): 15 parents, all of them a difference made:
  budget --parents 15 --success 100% --anyway 0
A real question has both shares and a cost:
  budget --parents 15 --success 40% --anyway 25% --cost 30000 --out potential-15

What comes out is a potential, not a saving, and it never stands alone.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.epilog = EPILOGUE
    parser.add_argument("--parents", type=int, metavar="N", help="how many parents take part")
    parser.add_argument(
        "--success", type=share, metavar="P", help="p: the share who come into work or education: 40%% or 0.4"
    )
    parser.add_argument(
        "--anyway", type=share, metavar="P0", help="p0: the share who would have done so without the effort; no default"
    )
    parser.add_argument("--years", type=int, metavar="YEARS", help="how long to follow them (as the parameters say: 4)")
    parser.add_argument(
        "--cost", type=kroner, metavar="KR[,KR…]", help="of the effort per parent who takes part, in year 1, 2 …"
    )
    parser.add_argument("--cost-payer", choices=[*Payer], default=Payer.MUNICIPALITY, help="who pays it (%(default)s)")
    parser.add_argument(
        "--parameters", type=Path, metavar="FILE", help="prices, effects and sources (the shipped ones)"
    )
    parser.add_argument("--fit", action="store_true", help="only show how the parameters fit what was published")
    parser.add_argument(
        "--draws", type=int, default=DRAWS, metavar="N", help="random draws for the range (%(default)s)"
    )
    parser.add_argument(
        "--seed", type=int, default=SEED, metavar="N", help="the same seed draws the same (%(default)s)"
    )
    add_language(parser)
    parser.add_argument(
        "--out", type=Path, metavar="FOLDER", help="also write PDF, CSV and Parquet; must not exist yet"
    )


def run(asked: argparse.Namespace) -> int:
    parameters = load(asked.parameters) if asked.parameters else shipped()
    if asked.fit:
        sheet = Sheet(Potential(parameters, Case(1, 1.0, 0.0)), Words(asked.language))
        print("\n".join(fitted(sheet)))
        return 0
    if asked.out:
        from familieplan.population.results import must_be_free  # its engine is no weight on the web process

        must_be_free(asked.out)
    sheet = Sheet(_potential(parameters, asked), Words(asked.language), _draws(asked.draws), asked.seed)
    print("\n".join(written(sheet)))
    if not sheet.potential.costed:
        print(sheet.say("What the effort costs is not in the figures: give it by --cost."))
    if asked.out:
        from familieplan.population.budget.writing import write  # so here

        write(asked.out, sheet)
        print(sheet.say("Written to {out}", out=asked.out), file=sys.stderr)
    return 0


def _potential(parameters: Parameters, asked: argparse.Namespace) -> Potential:
    if asked.parents is None or asked.success is None:
        raise Trouble("Say how many parents take part (--parents) and the share who succeed (--success).")
    if asked.cost:
        parameters = parameters.with_cost(asked.cost, Payer(asked.cost_payer))
    return Potential(parameters, Case(asked.parents, asked.success, asked.anyway, asked.years))


def _draws(number: int) -> int:
    if not 20 <= number <= 1_000_000:
        raise Trouble("--draws lies between 20 and 1,000,000.")
    return number


def share(text: str) -> float:
    """ "40%", "0.4" and "0,4" are the same; "40" is refused by Case."""
    try:
        return float(text.rstrip("% ").replace(",", ".")) / (100 if text.rstrip().endswith("%") else 1)
    except ValueError:
        raise Trouble("“{text}” is no share: write 40% or 0.4.", text=text) from None


def kroner(text: str) -> tuple[float, ...]:
    """ "30000" in the first year; "30000,10000" in the first and second."""
    parts = text.split(",")
    if not all(part.strip().isdigit() for part in parts) or len(parts) > 50:
        raise Trouble("“{text}” is no cost: write 30000, or 30000,10000 for two years.", text=text)
    return tuple(float(part) for part in parts)
