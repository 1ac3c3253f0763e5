"""Tagged PDF (PDF/UA-1) by typst, in memory. What is written comes as JSON: it is data there, never markup."""

import json
import os
import re
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import typst

PLEX = Path("node", "node_modules", "dkfds", "dist", "fonts", "IBMPlexSans", "complete", "ttf")
# A number and its unit stay on a line, and a section, a page, a year with what it belongs to.
TIED = re.compile(
    r"(?<=\d) (?=%|‰|pct\.|mio\.|million|kr\.)|(?<=mio\.) (?=kr\.)|(?<=million) (?=kr\.)|(?<=§) (?=\d)"
    r"|(?<=\b[sp]\.) (?=\d)|(?<=,) (?=20\d\d\b)"
)
ROOT = Path(__file__).resolve().parents[2]


def fonts() -> Path | None:
    """IBM Plex as it comes with the pages' design system; without the platform typst's own letters will do."""
    folder = Path(os.environ.get("FAMILIEPLAN_HOME") or ROOT / ".familieplan") / PLEX
    return folder if folder.is_dir() else None


@cache
def compiler() -> typst.Compiler:
    """One for the whole process: the fonts are read once."""
    found = fonts()
    return typst.Compiler(font_paths=typst.Fonts(include_system_fonts=False, font_paths=[str(found)] if found else []))


@cache
def style() -> str:
    return files("familieplan.population").joinpath("paper.typ").read_text("utf-8")


def tied(text: str) -> str:
    """With the spaces at which no line may end."""
    return TIED.sub("\u00a0", text)


def pdf(template: str, told: dict[str, Any]) -> bytes:
    """``template``: typst source that reads ``told`` and uses what paper.typ defines."""
    source, inputs = (style() + template).encode(), {"told": tied(json.dumps(told, ensure_ascii=False))}
    document = compiler().compile(source, format="pdf", sys_inputs=inputs, pdf_standards="ua-1")
    assert isinstance(document, bytes)  # noqa: S101 - one document; lists are for pictures of pages
    return document
