"""`population report`: what, where and since when, on paper and as files."""

import argparse
import sys
from pathlib import Path

from familieplan.population import asked as common
from familieplan.population import faults, results
from familieplan.population.definitions.changes import Change
from familieplan.population.progress import Steps, on_stderr, steps_told
from familieplan.population.report.fives import usual_key
from familieplan.population.report.focus import found, towns
from familieplan.population.report.gathering import SHIPPED, Wish, chosen, gathered
from familieplan.population.report.writing import write
from familieplan.population.tables import TABLES
from familieplan.population.trouble import Trouble
from familieplan.population.words import Words, add_language

EPILOGUE = """\
Example:
  report --data extracts --year 2018-2022 --place 860 --out report-860

Writes report.pdf, the plots, the aggregates as CSV and Parquet, and findings.json, from which the leaders' page shows
the same (its folder is named to the platform by POPULATION_REPORT). All counts are in fives, so that
nobody can be found in them.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.epilog = EPILOGUE
    common.add_source(parser)
    common.add_years(parser)
    common.add_out(parser)
    parser.add_argument(
        "--place", default="", metavar="PLACE", help="the municipality to compare with all: its name or code"
    )
    parser.add_argument(
        "--definition",
        action="append",
        default=[],
        metavar="FILE",
        help="of your own, instead of the shipped one of its kind",
    )
    parser.add_argument(
        "--key",
        type=Path,
        metavar="FILE",
        help="what counts are rounded by, one for all reports of a desk (~/.config/familieplan/rounding.key)",
    )
    parser.add_argument("--variant", metavar="NAME", help="of the definition of the target group")
    parser.add_argument(
        "--sampled", type=float, metavar="SHARE", help="the extracts are a sample of this share, as 0.1"
    )
    add_language(parser)
    faults.add_despite(parser)


def run(asked: argparse.Namespace) -> int:
    if asked.sampled is not None and not 0 < asked.sampled < 1:
        raise Trouble("--sampled is the share of everybody that was drawn: more than 0, less than 1.")
    say = Words(asked.language)
    wish = Wish(
        common.years(asked.year), asked.definition, asked.variant, asked.place, asked.sampled, asked.key or usual_key()
    )
    first_time = not wish.key.exists()
    with results.folder(asked.out) as into, common.opened(asked) as source:
        if wish.focus:  # all that is cheap to refuse is refused before anything long is read
            found(towns(source), wish.focus)
        needed = common.needed(chosen(wish))
        step = Steps(len(SHIPPED) * len(wish.years) + 3, on_stderr, say)
        step("checking the extracts")
        tables = [name for name in TABLES if name in needed or source.find(name)]
        despite = faults.refuse(
            source, tables, asked.despite, years=wish.years, language=asked.language, spill=asked.spill,
            memory=asked.memory,
        )  # fmt: skip
        with steps_told(source.engine, sys.stderr, say):
            findings = gathered(source, wish, despite, told=step)
        step("drawing and writing")
        write(into, findings, asked.language)
        definitions = [
            {
                "name": one.name, "sha256": one.sha256, "changed": one.changed, "variant": one.variant_en,
                "changes": [dict(zip(Change._fields, change, strict=True)) for change in one.changes],
            }
            for one in findings.definitions
        ]  # fmt: skip
        results.about(into, command=sys.argv, definitions=definitions)
    on_stderr(say("Written to {out}", out=asked.out))
    if first_time and wish.key.exists():
        on_stderr(
            say("A key was made, by which counts are rounded: {key}. Keep it, and never hand it on.", key=wish.key)
        )
    return 0
