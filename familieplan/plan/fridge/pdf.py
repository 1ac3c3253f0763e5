"""From the fridge plan to a tagged PDF (PDF/UA-1), in memory: no file is ever written."""

import json
import re
from contextlib import suppress
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Literal

import typst
from django.conf import settings
from django.utils import translation
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext as _

from familieplan.plan.fridge.fit import levels
from familieplan.plan.fridge.values import FridgePlan, Slot
from familieplan.ui import dates
from familieplan.ui.icons import icon

GREEN = "#1f5c57"
DRAWINGS = {"goal": GREEN, "step": GREEN, "agreement": GREEN, "calendar": GREEN, "heart": "#a3421d", "phone": "#ffffff"}
FONTS = settings.DKFDS / "fonts" / "IBMPlexSans" / "complete" / "ttf"


@cache
def compiler() -> typst.Compiler:
    """One for the whole process: the fonts are read once. IBM Plex comes with dkfds; without it typst's own will do."""
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)] if FONTS.is_dir() else [])
    return typst.Compiler(font_paths=fonts)


@cache
def source() -> bytes:
    return files("familieplan.plan.fridge").joinpath("fridge.typ").read_bytes()


def render(plan: FridgePlan) -> bytes:
    """The PDF in the language of this request. A sign that no font here can draw is left out: PDF/UA allows no gaps."""
    data = json.dumps(_to_write(plan), ensure_ascii=False)
    for may_stand in (drawn_by_most, drawn_by_all):
        with suppress(typst.TypstError):
            return _compiled("".join(filter(may_stand, data)), "ua-1")
    return _compiled(data, None)


def _compiled(data: str, standards: Literal["ua-1"] | None) -> bytes:
    pdf = compiler().compile(source(), format="pdf", sys_inputs={"plan": data}, pdf_standards=standards)
    assert isinstance(pdf, bytes)  # noqa: S101 - one document; lists are for pictures of pages
    return pdf


def drawn_by_most(sign: str) -> bool:
    """All but pictures (emoji) and what joins them."""
    return sign < "\U0001f000" and sign not in "\u200d\ufe0f"


def drawn_by_all(sign: str) -> bool:
    """Latin, Greek, Cyrillic, Arabic and ordinary punctuation."""
    return sign < "\u0530" or "\u0600" <= sign < "\u0700" or "\u2010" <= sign < "\u2027"


def _to_write(plan: FridgePlan) -> dict[str, object]:
    return {
        "lang": translation.get_language(),
        "words": _words(plan),
        "drawings": drawings(),
        "levels": levels(),
        "made_on": dates.full_date(plan.today),
        "names": plan.names,
        "hopes": [{"text": hope.text, "who": hope.who} for hope in plan.hopes],
        "works": [{"title": work.title, "step": work.step} for work in plan.works],
        "tasks": [
            {"who": task.who, "what": task.what, "due": short_day(task.due), "waits": task.is_waiting}
            for task in plan.tasks
        ],
        "week": [{"name": weekdays(row.days), "slots": [_slot(slot) for slot in row.slots]} for row in plan.week],
        "calls": [{"name": call.name, "what": call.what, "phone": call.phone} for call in plan.calls],
    }


def _words(plan: FridgePlan) -> dict[str, object]:
    return {
        "title": _("Our plan") if plan.is_own else _("The family's plan"),
        "hopes": _("Our hopes"),
        "works": _("What we work on now"),
        "next": _("Next step:"),
        "tasks": _("Who does what"),
        "week": _("Our week"),
        "calls": _("Whom we call"),
        "more": _("and %(number)s more in the plan").split("%(number)s"),
        "in_plan": _("stands in the plan"),
        "steps_in_plan": _("the next steps stand in the plan"),
        "waits": _("(still waits)"),
        "burns": _("two things at once"),
        "quotes": ["»", "«"] if translation.get_language() == "da" else ["“", "”"],
    }


def _slot(slot: Slot) -> dict[str, str | bool]:
    title = f"{slot.title} ({slot.weeks})" if slot.weeks else slot.title
    return {"time": clocks(slot), "who": slot.who, "title": title, "burns": slot.burns}


def clocks(slot: Slot) -> str:
    """9–13, 9.30–10.15: whole hours need no minutes."""
    return "–".join(str(at.hour) if at.minute == 0 else dates.clock(at) for at in (slot.starts, slot.ends))


def weekdays(days: tuple[int, ...]) -> str:
    """Mandag; man–fre; man ons fre."""
    if len(days) == 1:
        return dates.weekday(days[0]).capitalize()
    short = [str(WEEKDAYS_ABBR[day]) for day in days]
    in_a_row = days == tuple(range(days[0], days[-1] + 1))
    return (f"{short[0]}–{short[-1]}" if in_a_row else " ".join(short)).capitalize()


def short_day(day: date | None) -> str:
    """tir 24/11: "tomorrow" would go stale on a fridge."""
    if day is None:
        return ""
    weekday = WEEKDAYS_ABBR[day.weekday()]
    return _("%(weekday)s\u00a0%(day)d/%(month)d") % {"weekday": weekday, "day": day.day, "month": day.month}


@cache
def drawings() -> dict[str, str]:
    """The icons of the pages, as pictures that stand alone."""
    return {name: _standing_alone(str(icon(name)), colour) for name, colour in DRAWINGS.items()}


def _standing_alone(svg: str, colour: str) -> str:
    shape = re.search(r'<path d="[^"]+"/>', svg)
    assert shape is not None  # noqa: S101 - every icon is one path
    drawn = f'fill="none" stroke="{colour}" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" {drawn}>{shape[0]}</svg>'
