"""The minutes as a tagged PDF (PDF/UA-1), in memory: no file is ever written."""

import json
from contextlib import suppress
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import typst
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from familieplan.meetings.board.minutes import Decision, MinutesPage, Part
from familieplan.meetings.board.table import Seat
from familieplan.plan.fridge.pdf import compiler, drawn_by_all, drawn_by_most
from familieplan.plan.fridge.views import VIEWER
from familieplan.plan.page import StatementView
from familieplan.ui.dates import full_date

__all__ = ["VIEWER", "render"]


@cache
def source() -> bytes:
    return files("familieplan.meetings.board").joinpath("minutes.typ").read_bytes()


def render(page: MinutesPage, table: tuple[Seat, ...], when: str) -> bytes:
    """The PDF in the language of this request. A sign that no font here can draw is left out: PDF/UA allows no gaps."""
    data = json.dumps(to_write(page, table, when), ensure_ascii=False)
    for may_stand in (drawn_by_most, drawn_by_all):
        with suppress(typst.TypstError):
            return _compiled("".join(filter(may_stand, data)), "ua-1")
    return _compiled(data, None)


def _compiled(data: str, standards: Literal["ua-1"] | None) -> bytes:
    pdf = compiler().compile(source(), format="pdf", sys_inputs={"minutes": data}, pdf_standards=standards)
    assert isinstance(pdf, bytes)  # noqa: S101 - one document; lists are for pictures of pages
    return pdf


def to_write(page: MinutesPage, table: tuple[Seat, ...], when: str) -> dict[str, Any]:
    shared = page.version.at if page.version else timezone.now()
    return {
        "lang": translation.get_language(),
        "words": {
            "title": _("Minutes"),
            "came": _("At the table"),
            "decided": _("Agreements"),
            "said": _("Said at the meeting"),
            "also": _("Also said"),
            "step": _("The smallest next step:"),
            "nothing": _("There is nothing in these minutes that you may see."),
            "quotes": ["»", "«"] if translation.get_language() == "da" else ["“", "”"],
        },
        "when": f"{when}, {page.meeting.place}" if page.meeting.place else when,
        "version": version_in_words(page, full_date(timezone.localtime(shared).date())),
        "came": [f"{seat.name}, {seat.note}" if seat.note else seat.name for seat in table if seat.came is not False],
        "parts": [_part(one) for one in page.parts],
    }


def version_in_words(page: MinutesPage, shared: str) -> str:
    if page.version is None or len(page.versions) == 1:
        return _("Shared %(day)s") % {"day": shared}
    said = _("Version %(number)d, shared %(day)s") % {"number": page.version.number, "day": shared}
    return f"{said}: {page.version.reason}" if page.version.reason else said


def _part(part: Part) -> dict[str, Any]:
    words = [*part.family, *part.staff]
    return {
        "title": part.title,
        "decisions": [_decision(one) for one in part.decisions],
        "words": [
            {"kind": kind, "text": said.text, "who": _who(said), "own": not said.department} for kind, said in words
        ],
        "scales": [{"who": one.who, "number": str(one.now), "word": one.word} for one in part.scales],
    }


def _who(said: StatementView) -> str:
    return ", ".join(one for one in (said.speaker, said.department, said.told_to) if one)


def _decision(one: Decision) -> dict[str, str]:
    trial = ""
    if one.review_on:
        said = _("Trial: we look at it %(day)s. We stop if: %(rule)s")
        trial = said % {"day": full_date(one.review_on), "rule": one.stop_rule}
    return {"who": one.who, "what": one.what, "due": _by(one.due), "step": one.first_step, "trial": trial}


def _by(day: date) -> str:
    return _("by %(day)s") % {"day": full_date(day)}
