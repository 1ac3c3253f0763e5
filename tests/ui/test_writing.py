"""Templates write values by a shorter way: nothing may come out otherwise than by the long one."""

from typing import Any
from uuid import UUID

import pytest
from markupsafe import Markup, escape

from familieplan.ui.jinja import environment
from familieplan.ui.writing import written


class Shouts(str):
    """A kind of text that knows its own markup."""

    def __html__(self) -> str:
        return f"<b>{escape(str(self))}</b>"


TEMPLATES = environment()
VALUES = ["", "plain", "<b>&\"'</b>", Markup("<b>ours</b>"), 7, None, UUID(int=7), Shouts("<hey>"), ["<", ">"]]


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_written_as_escaped(value: Any) -> None:
    assert written(value) == escape(value)


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_in_a_template(value: Any) -> None:
    template = TEMPLATES.from_string("{% macro twice(it) %}{{ it }}·{{ it }}{% endmacro %}{{ twice(value) }}")
    assert template.render(value=value) == f"{escape(value)}·{escape(value)}"


def test_templates_do_take_that_way() -> None:
    assert "environment.written(" in TEMPLATES.compile("{{ value }}", raw=True)
