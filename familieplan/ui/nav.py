"""What each role finds at the top of the page. Short on purpose: one thing at a time."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext_noop as _


@dataclass(frozen=True, slots=True)
class Item:
    path: str
    label: str
    icon: str
    roles: frozenset[str]
    covers: str = ""  # addresses that belong under it, when they do not begin with its own

    def is_here(self, path: str) -> bool:
        beneath = self.covers or (self.path if self.path != "/" else "")
        return path == self.path or (bool(beneath) and path.startswith(beneath))


FAMILY = frozenset({"parent", "youth"})
CASE_STAFF = frozenset({"coordinator", "professional"})

ITEMS = (
    Item("/", _("Our plan"), "home", FAMILY, covers="/families/"),
    Item("/", _("My day"), "sun", CASE_STAFF),
    Item("/families/", _("My families"), "people", CASE_STAFF),
    Item("/search/", _("Search"), "search", CASE_STAFF),
    Item("/leader/", _("Overview"), "building", frozenset({"leader"})),
    Item("/admin/", _("Administration"), "key", frozenset({"administrator"})),
    Item("/account/", _("My account"), "person", FAMILY | CASE_STAFF | frozenset({"leader", "administrator"})),
)


def items_for(roles: frozenset[str]) -> list[Item]:
    return [item for item in ITEMS if item.roles & roles]


def signed_in(request: HttpRequest) -> bool:
    """Before sign-in the actor only opens the accounts' tables, and is nobody to greet."""
    actor = getattr(request, "actor", None)
    return actor is not None and actor.kind in {"person", "staff"}
