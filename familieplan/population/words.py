"""The room's own words, without Django: English in the code, Danish in words_da.toml and help_da.toml."""

import argparse
import os
import tomllib
from functools import lru_cache
from importlib.resources import files

LANGUAGES = ("da", "en")
MILLION, THOUSAND = 1_000_000, 1_000


@lru_cache(maxsize=1)
def danish() -> dict[str, str]:
    room = files("familieplan.population")
    texts = [room.joinpath(name).read_text("utf-8") for name in ("words_da.toml", "help_da.toml")]
    return {english: danish for text in texts for english, danish in tomllib.loads(text).items()}


def add_language(parser: argparse.ArgumentParser) -> None:
    """One for all that is said, help too."""
    parser.add_argument(
        "--language",
        choices=LANGUAGES,
        default=of_the_environment(),
        help="of all that is said: en or da; left out, as LC_ALL or LANG (%(default)s)",
    )


def of_the_environment() -> str:
    """``LANG=da_DK.UTF-8`` is Danish, everything else English; LC_ALL goes before LANG."""
    return "da" if (os.environ.get("LC_ALL") or os.environ.get("LANG", "")).startswith("da") else "en"


class Words:
    """``say = Words("da"); say("Net over {years} years", years=4)``. A sentence without Danish stays English."""

    def __init__(self, language: str) -> None:
        self.language = language if language in LANGUAGES else "en"

    def __call__(self, sentence: str, **values: object) -> str:
        known = danish().get(sentence, sentence) if self.language == "da" else sentence
        return known.format(**values) if values else known

    def number(self, value: float, decimals: int = 0) -> str:
        """1.234,5 in Danish and 1,234.5 in English, with a real minus and no minus for 0."""
        text = f"{abs(value):,.{decimals}f}"
        sign = "−" if value < 0 and any(one in "123456789" for one in text) else ""
        return sign + (text.translate(str.maketrans(",.", ".,")) if self.language == "da" else text)

    def kr(self, amount: float) -> str:
        """As people say it: 3,4 mio. kr., 31.000 kr.; nothing here is known to the krone."""
        if abs(amount) >= MILLION:
            return self(
                "{amount} million kr.", amount=self.number(amount / MILLION, 1 if abs(amount) < 100 * MILLION else 0)
            )
        return self("{amount} kr.", amount=self.number(round(amount / THOUSAND) * THOUSAND))

    def thousands(self, amount: float) -> str:
        return self.number(amount / THOUSAND)

    def percent(self, share: float, decimals: int = 0) -> str:
        return self("{share} %", share=self.number(100 * share, decimals))
