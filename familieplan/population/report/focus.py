"""Which municipality is meant: by its code, with or without leading zeros, or by its name."""

import difflib
from collections.abc import Mapping

from familieplan.population.source import Source
from familieplan.population.trouble import Trouble

MOST, ALIKE = 3, 0.6  # neighbours that are named, and how much alike they must be


def towns(source: Source) -> dict[str, str]:
    """Code → name, as `municipalities` has them."""
    rows = source.engine.rows(source.frame("municipalities").select("municipality", "name"))
    return {str(row["municipality"]): str(row["name"]) for row in rows}


def found(towns: Mapping[str, str], asked: str) -> str:
    """The code as the extracts have it; Trouble with the nearest when there is none, or more than one."""
    wanted = plain(asked)
    meant = [code for code in towns if plain(code) == wanted] or [
        code for code, name in towns.items() if plain(name) == wanted
    ]
    if len(meant) == 1:
        return meant[0]
    named = ", ".join(f"{towns[code]} ({code})" for code in meant or _nearest(towns, wanted))
    if meant:
        raise Trouble("Which municipality is {asked}? {named}. Write the code.", asked=asked, named=named)
    if named:
        raise Trouble("There is no municipality {asked} in the extracts. Nearest: {named}.", asked=asked, named=named)
    raise Trouble(
        "There is no municipality {asked} in the extracts. Write its name or code as municipalities has it.",
        asked=asked,
    )


def plain(text: str) -> str:
    """As it is compared: "0101" is "101", "ÅRHUS" is "Aarhus"."""
    return text.strip().casefold().replace("å", "aa").lstrip("0")


def _nearest(towns: Mapping[str, str], wanted: str) -> list[str]:
    """Codes of those whose code or name is most alike, most alike first."""
    how_alike = {
        code: max(difflib.SequenceMatcher(None, wanted, plain(each)).ratio() for each in (code, name))
        for code, name in towns.items()
    }
    close = sorted((code for code in how_alike if how_alike[code] >= ALIKE), key=lambda code: (-how_alike[code], code))
    return close[:MOST]
