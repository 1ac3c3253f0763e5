"""Help and complaints of the command line, in the language asked for: argparse's own words and ours, through Words."""

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import pairwise

from familieplan.population.words import Words, of_the_environment


def language_of(arguments: list[str]) -> str:
    """Before anything is parsed: ``--language da`` among them, else as the environment says."""
    spaced = dict(pairwise(arguments)).get("--language")
    joined = next((one.partition("=")[2] for one in arguments if one.startswith("--language=")), None)
    return spaced or joined or of_the_environment()


@contextmanager
def spoken_by(say: Words) -> Iterator[None]:
    """argparse asks gettext for its own words by the name `_`; meanwhile it asks us."""
    before = vars(argparse)["_"]
    vars(argparse)["_"] = say
    try:
        yield
    finally:
        vars(argparse)["_"] = before


def formatter(say: Words) -> Callable[..., argparse.HelpFormatter]:
    """What a parser takes for `formatter_class`."""
    return partial(_Formatter, say=say)


class _Formatter(argparse.RawDescriptionHelpFormatter):
    """Texts are written in English and looked up as they are shown, paragraph by paragraph."""

    def __init__(self, prog: str, say: Words) -> None:
        super().__init__(prog)
        self.say = say

    def start_section(self, heading: str | None) -> None:
        super().start_section(heading and self.say(heading))

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        said = "\n\n".join(self.say(paragraph) for paragraph in text.strip("\n").split("\n\n"))
        return super()._fill_text(said + "\n", width, indent)

    def _get_help_string(self, action: argparse.Action) -> str:
        return self.say(action.help or "")

    def _metavar_formatter(self, action: argparse.Action, default_metavar: str) -> Callable[[int], tuple[str, ...]]:
        written = super()._metavar_formatter(action, default_metavar)
        return lambda size: tuple(self.say(one) for one in written(size))
