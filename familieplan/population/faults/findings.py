"""What is wrong, as data, and as a plain sentence in Danish or English."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SENTENCES: dict[str, dict[str, Any]] = tomllib.loads((Path(__file__).parent / "sentences.toml").read_text("utf-8"))
FEW = 50
OF_NO_ROW = {"year", "there", "table", "names"}  # blanks that say nothing of what stands in a row
WORDS = {  # kept in one place so that a sentence is whole in each language
    "en": {
        "row": "row",
        "column": "column",
        "nearest": "; did you mean {}?",
        "more": "… {total} rows of this kind in all",
        "few": "fewer than {} rows",
        "many": "about {} rows",
        "text": "text",
        "date": "a date",
        "whole number": "whole numbers",
        "decimal number": "numbers with decimals",
        "true or false": "true or false",
        "other": "something else",
        "semicolon": "semicolons",
        "point": "point",
        "comma": "comma",
        "tab": "tabs",
        "bar": "vertical bars",
        "nothing known": "nothing that is known here",
    },
    "da": {
        "row": "række",
        "column": "kolonne",
        "nearest": "; mener du {}?",
        "more": "… {total} rækker af den slags i alt",
        "few": "færre end {} rækker",
        "many": "omkring {} rækker",
        "text": "tekst",
        "date": "en dato",
        "whole number": "hele tal",
        "decimal number": "tal med decimaler",
        "true or false": "sandt eller falsk",
        "other": "noget andet",
        "semicolon": "semikolon",
        "point": "punktum",
        "comma": "komma",
        "tab": "tabulator",
        "bar": "lodrette streger",
        "nothing known": "ikke noget, der kendes her",
    },
}


@dataclass(frozen=True)
class Place:
    """One row and what is to be filled in of it. No row: it is about the file or the whole column."""

    row: int | None = None
    blanks: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Fault:
    """One kind of fault in one column: how often in all, and the first rows."""

    kind: str
    file: str
    column: str = ""
    total: int = 1
    places: Sequence[Place] = (Place(),)

    @property
    def hard(self) -> bool:
        """Is it a fault at all, or only said?"""
        return self.always or SENTENCES[self.kind].get("hard", False)

    @property
    def always(self) -> bool:
        """Nothing can be computed on it, whoever asks."""
        return bool(SENTENCES[self.kind].get("always", False))

    def lines(self, language: str = "en") -> Iterator[str]:
        """``persons.csv, row 3, column born: …``, and how many there are beyond those shown."""
        words = WORDS[language]
        for place in self.places:
            where = [self.file]
            if place.row is not None:
                where.append(f"{words['row']} {place.row}")
            if self.column:
                where.append(f"{words['column']} {self.column}")
            yield f"{', '.join(where)}: {_sentence(self.kind, place.blanks, language)}  [{self.kind}]"
        if self.total > len(self.places):
            yield f"    {words['more'].format(total=_number(self.total, language))}"

    def told(self, language: str) -> str:
        """For papers: the kind of fault, without what stands in the file; of few rows not how many (few people)."""
        where = f"{self.file}, {self.column}" if self.column else self.file
        blanks = dict.fromkeys(re.findall(r"{(\w+)", SENTENCES[self.kind][language]), "…") | {"nearest": ""}
        blanks |= {name: value for name, value in self.places[0].blanks.items() if name in OF_NO_ROW}
        rows = "few" if self.total < FEW else "many"
        about = WORDS[language][rows].format(_number(FEW if rows == "few" else round(self.total, -1), language))
        return f"{where}: {_sentence(self.kind, blanks, language)} ({about})"


def _sentence(kind: str, blanks: Mapping[str, Any], language: str) -> str:
    words = WORDS[language]
    filled = {name: words.get(str(value), value) for name, value in blanks.items() if name != "nearest"}
    nearest = blanks.get("nearest")
    filled["nearest"] = words["nearest"].format(nearest) if nearest else ""
    return str(SENTENCES[kind][language].format(**filled))


def _number(value: int, language: str) -> str:
    """1,234 or 1.234."""
    return f"{value:,}".replace(",", "." if language == "da" else ",")
