"""Months and weekdays as each language writes them, also where a sentence begins with the day."""

from datetime import date

import pytest
from django.template import engines
from django.utils import translation


@pytest.mark.parametrize(("language", "said"), [("en", "Tuesday 1 December"), ("da", "Tirsdag 1. december")])
def test_only_the_first_letter_is_made_large(language: str, said: str) -> None:
    with translation.override(language):
        page = engines["jinja2"].from_string("{{ when|day(today)|capfirst }}")
        assert page.render({"when": date(2026, 12, 1), "today": date(2026, 11, 22)}) == said
