"""What the form macros ask of a Django field: its attributes, its shown value, which answer is chosen."""

from collections.abc import Iterable
from datetime import date, time
from typing import Any

from django.forms import BoundField

INPUT_TYPES = {"date": "date", "time": "time", "datetime": "datetime-local", "number": "number"}
OURS = {"rows", "cols", "class"}


def attributes(bound: BoundField, draft: str = "") -> dict[str, str | None]:
    """The widget's own attributes, and what ties the control to its help, its error and its draft."""
    widget = bound.field.widget
    given = {name: value for name, value in widget.attrs.items() if name not in OURS}
    described = bound.help_text or bound.errors or draft
    return {
        **given,
        "name": bound.html_name,
        "id": bound.id_for_label,
        "required": "required" if bound.field.required else None,
        "aria-describedby": f"{bound.auto_id}-more" if described else None,
        "aria-invalid": "true" if bound.errors else None,
        "data-draft": draft or None,
    }


def kept_as(bound: BoundField) -> str:
    """The key a field is kept under while it is typed in: free text, of a form that has a sheet (people.drafts)."""
    sheet, widget = getattr(bound.form, "sheet", None), bound.field.widget
    is_text = bound.widget_type in ("textarea", "text") and widget.attrs.get("autocomplete") != "off"
    return f"{sheet.form}:{bound.html_name}" if sheet and is_text else ""


def asked_for(bound: BoundField) -> bool:
    """Empty, it may be refused after all (``field.asked_for``); or it is a line of a table, or has an answer chosen."""
    in_a_row = "-" in (bound.form.prefix or "")
    return getattr(bound.field, "asked_for", False) or in_a_row or bound.widget_type in ("select", "lazyselect")


def input_type(bound: BoundField) -> str:
    return INPUT_TYPES.get(bound.widget_type, getattr(bound.field.widget, "input_type", "text"))


def shown(bound: BoundField) -> str:
    """The text in the box. A password is never sent back."""
    value = bound.value()
    if value is None or bound.widget_type == "password":
        return ""
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, date):
        return value.isoformat()[:16]
    return str(value)


def is_chosen(value: Any, chosen: Any) -> bool:
    """Choices come as strings, numbers, UUIDs or model values; the form's answer as text or a list of texts."""
    if chosen is None:
        return value in (None, "")
    if isinstance(chosen, str) or not isinstance(chosen, Iterable):
        return str(value) == str(getattr(chosen, "pk", chosen))
    return str(value) in {str(getattr(one, "pk", one)) for one in chosen}


def grouped(choices: Iterable[tuple[Any, Any]]) -> list[tuple[str, list[tuple[Any, Any]]]]:
    """Choices as (group, options); the group is empty for options outside any."""
    groups: list[tuple[str, list[tuple[Any, Any]]]] = []
    for value, label in choices:
        if isinstance(label, list | tuple):
            groups.append((str(value), list(label)))
        elif groups and groups[-1][0] == "":
            groups[-1][1].append((value, label))
        else:
            groups.append(("", [(value, label)]))
    return groups
