"""What the commands that analyse have in common: check, compute year by year, write everything or nothing."""

import argparse
import sys
from collections.abc import Collection
from importlib import import_module

from familieplan.population import asked as common
from familieplan.population import faults, results
from familieplan.population.definitions import loading
from familieplan.population.definitions.model import Definition
from familieplan.population.progress import Steps, on_stderr, steps_told
from familieplan.population.trouble import Trouble
from familieplan.population.words import Words, add_language

EPILOGUE = """\
Each is Parquet with the columns year, variant, level (nation, vulnerable_areas, municipality, housing_area), place,
group, among, measure, persons, base, total: share = persons / base, mean = total / base. about.json says how they came
to be: the command, the definition with its hash, rows read, versions. Counts are exact and by place: keep them as you
keep the extracts.

Before anything is computed the extracts are checked; with faults, nothing is. Age is in full years on 31 December; "in
the year" is a period that touches it; where somebody lives is where they are registered on 31 December.
"""


def add_arguments(parser: argparse.ArgumentParser, definition: str, tables: str) -> None:
    """`tables`: what is written, for whoever asks for help."""
    parser.epilog = f"{tables}\n{EPILOGUE}"
    common.add_source(parser)
    common.add_years(parser)
    common.add_out(parser)
    parser.add_argument(
        "--definition", default=definition, metavar="NAME", help="a shipped one, or a file of your own (%(default)s)"
    )
    parser.add_argument("--variant", metavar="NAME", help="of the definition; its first when left out")
    add_language(parser)
    faults.add_despite(parser)


def run(asked: argparse.Namespace, kinds: Collection[str]) -> int:
    """Nothing is written unless everything could be computed."""
    say, years = Words(asked.language), common.years(asked.year)
    definition = loading.load(asked.definition, asked.variant)
    if definition.kind not in kinds:
        raise Trouble(
            "{definition} defines a {kind}; this command is for {known}.",
            definition=asked.definition,
            kind=definition.kind,
            known=" or ".join(kinds),
        )
    analysis = import_module(f"familieplan.population.analysis.{definition.kind}")
    tables = tuple(sorted(common.needed([definition])))
    with results.folder(asked.out) as into, common.opened(asked, tables) as source:
        step = Steps(len(years) + 2, on_stderr, say)
        step("checking the extracts")
        faults.refuse(
            source, tables, asked.despite, years=years, language=asked.language, spill=asked.spill, memory=asked.memory
        )
        found = []
        for year in years:
            step(f"{year}: {definition.stamp}")
            with steps_told(source.engine, sys.stderr, say):
                found += analysis.analyse(source, definition, year)
        step("writing")
        results.write(into, results.together(found))
        results.about(into, command=sys.argv, definitions=[stamp(definition)], rows=source.rows_read(tables))
    exact = "Written to {out}. The counts are exact: not to be published; `report` makes counts that may be handed on."
    on_stderr(say(exact, out=asked.out))
    return 0


def stamp(definition: Definition) -> dict[str, object]:
    return {
        "name": definition.name,
        "variant": definition.variant.name,
        "sha256": definition.sha256,
        "changed": definition.changed,
        "changes": [change._asdict() for change in definition.changes],
        "source": definition.source,
    }
