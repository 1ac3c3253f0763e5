"""Everything is closed; these marks are the exceptions. The gate that reads them is middleware.ActorMiddleware."""

from collections.abc import Callable
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])


def open_to_all(view: View) -> View:
    """Nobody needs to be signed in: the way in, and pages that are about nobody."""
    view.open_to_all = True  # type: ignore[attr-defined]
    return view


def open_before_second_factor(view: View) -> View:
    """Staff who have only given their password come here: to add the second factor, or to leave."""
    view.open_before_second_factor = True  # type: ignore[attr-defined]
    return view


def is_open(view: Callable[..., Any], *, has_given_password: bool) -> bool:
    if getattr(view, "open_to_all", False):
        return True
    return has_given_password and getattr(view, "open_before_second_factor", False)
