"""The template environment: what every page can call. Components are macros in `ui/forms.html` and `ui/parts.html`."""

import uuid
from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.text import capfirst
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup, escape

from familieplan.ui import controls, dates, nav, words
from familieplan.ui.icons import icon
from familieplan.ui.writing import Writer, written


def url(name: str, **kwargs: Any) -> str:
    return reverse(name, kwargs=kwargs)


def new_id() -> str:
    """One per form shown: a retried post carries the same id, so that nothing is saved twice."""
    return str(uuid.uuid4())


def initials(name: str) -> str:
    """ "Sara Holm" → "SH", for the round mark beside a name."""
    words = name.split()
    return (words[0][:1] + (words[-1][:1] if len(words) > 1 else "")).upper() if words else ""


def lines(text: str) -> Markup:
    """What people typed, with their own line breaks."""
    return Markup("<br>").join(str(text).splitlines()) if "\n" in text else escape(text)


def live_url(family: uuid.UUID) -> str:
    """Where a page hears that something has changed in the family (`<div data-live=…>`, ui/live.js)."""
    return f"{settings.LIVE_URL}families/{family}/"


def setting(name: str, default: str = "") -> Any:
    return getattr(settings, name, default)


def environment(**options: Any) -> Environment:
    """A misspelt name is an error, not a silent gap: what a page leaves out must be left out on purpose."""
    options |= {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    env = Environment(**options | {"autoescape": True}, extensions=["jinja2.ext.i18n"])  # noqa: S701 - it is on
    env.newstyle_gettext = True  # type: ignore[attr-defined]
    env.code_generator_class, env.written = Writer, written  # type: ignore[attr-defined]
    env.globals.update(_=words.gettext, gettext=words.gettext, ngettext=words.ngettext)
    env.globals.update(
        attributes=controls.attributes,
        days=dates.days,
        get_messages=get_messages,
        grouped=controls.grouped,
        icon=icon,
        asked_for=controls.asked_for,
        input_type=controls.input_type,
        is_chosen=controls.is_chosen,
        kept_as=controls.kept_as,
        language=translation.get_language,
        language_is_rtl=translation.get_language_bidi,
        languages=settings.LANGUAGES,
        nav_items=nav.items_for,
        new_id=new_id,
        period=dates.period,
        live_url=live_url,
        setting=setting,
        shown=controls.shown,
        signed_in=nav.signed_in,
        static=cache(static),  # names with hashes are settled when the process starts
        url=url,
        week_words=dates.week_words,
        weekday=dates.weekday,
    )
    env.filters.update(
        age=dates.age,
        capfirst=capfirst,  # Jinja's own `capitalize` makes the rest small: "Tuesday 1 december"
        clock=dates.clock,
        day=dates.day,
        full_date=dates.full_date,
        icon=icon,  # as a filter on a constant, the picture is drawn when the template is compiled
        initials=initials,
        lines=lines,
        moment=dates.moment,
        short_date=dates.short_date,
    )
    return env
