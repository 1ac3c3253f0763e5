"""`familieplan-population COMMAND`, the same as `python3 run.py population COMMAND`.

A command is a module with `add_arguments(parser)` and `run(arguments) -> int`; it raises Trouble when it cannot go on.
"""

import argparse
import importlib
import importlib.util
import sys
from collections.abc import Sequence

import duckdb

from familieplan.population.helping import formatter, language_of, spoken_by
from familieplan.population.trouble import Trouble
from familieplan.population.words import Words

NOTHING = "Nothing was written."
ROOM = "familieplan.population"
COMMANDS = {
    "check": (f"{ROOM}.faults", "every fault of the extracts, with file, row and reason; computes nothing else"),
    "target": (
        f"{ROOM}.commands.target",
        "who is in the target group: how many, where, with whom, in contact with what",
    ),
    "risk": (f"{ROOM}.commands.risk", "children in special risk by five factors, and the seven domains"),
    "report": (f"{ROOM}.report", "a report with plots: what, where, since when"),
    "budget": (f"{ROOM}.budget", "the budget potential, and what it assumes"),
    "synthesise": (f"{ROOM}.synthetic", "an invented Denmark in these tables, of nobody's data"),
    "tables": (f"{ROOM}.commands.tables", "the tables that are read, with columns and codes"),
}
ABOUT = """\
Counts families in vulnerable positions in a folder of register extracts. Reads Parquet or CSV files as `tables`
describes them; gives counts, never persons. Nothing leaves the folders you name.
"""
EPILOGUE = """\
A first round, with nobody's data:
  familieplan-population synthesise --out denmark
  familieplan-population check --data denmark
  familieplan-population target --data denmark --year 2022 --out target-2022

Ends with 0 when done, 1 when `check` has found faults, 2 when something is wrong with what was asked for or given:
then nothing has been written. COMMAND --help says more.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    asked = list(sys.argv[1:] if arguments is None else arguments)
    say = Words(language_of(asked))
    try:
        with spoken_by(say):
            options = _options(asked, say)
        say = Words(getattr(options, "language", say.language))
        return int(options.run(options))
    except Trouble as trouble:
        print(trouble.said(say), file=sys.stderr)
        return 2
    except duckdb.OutOfMemoryException:
        short = say("There is too little memory or disk. Give more --memory, or a larger --spill.")
        print(short, say(NOTHING), file=sys.stderr)
        return 2
    except duckdb.Error as problem:  # its words may hold what stands in a row
        name = type(problem).__name__
        what = say("This could not be computed: {name}. `check` tells what is wrong with extracts.", name=name)
        print(what, say(NOTHING), file=sys.stderr)
        return 2
    except BrokenPipeError:  # whoever reads has seen enough
        sys.stderr.close()
        return 0
    except OSError as problem:
        where = f": {problem.filename}" if problem.filename else ""
        print(f"{problem.strerror or problem}{where}. {say(NOTHING)}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\n" + say("Stopped."), say(NOTHING), file=sys.stderr)
        return 130


def _options(asked: list[str], say: Words) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        "familieplan-population",
        description=ABOUT,
        epilog=EPILOGUE,
        formatter_class=formatter(say),
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name, (module, meaning) in COMMANDS.items():
        if not _there(module):
            continue
        command = commands.add_parser(name, help=meaning, description=meaning, formatter_class=formatter(say))
        if name in asked[:1]:  # only the one that is asked for is loaded
            room = importlib.import_module(module)
            room.add_arguments(command)
            command.set_defaults(run=room.run)
    return parser.parse_args(asked)


def _there(module: str) -> bool:
    """A room that has not been built is no command."""
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:
        return False


if __name__ == "__main__":
    sys.exit(main())
