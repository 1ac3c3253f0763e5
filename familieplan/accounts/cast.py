"""Who one may be in the demo. `familieplan.demo` tells the stories and names its cast in FAMILIEPLAN_DEMO_CAST;
here is only what the sign-in page needs to know of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """A card: `login` is the account, the rest is shown. `group` is the heading it stands under."""

    login: str
    name: str
    role: str
    about: str
    group: str = ""


Cast = Callable[[], Sequence[DemoPerson]]


def everybody() -> Sequence[DemoPerson]:
    """The cast in the order in which it is shown; nobody outside the demo."""
    if not settings.DEMO or not settings.FAMILIEPLAN_DEMO_CAST:
        return ()
    cast: Cast = import_string(settings.FAMILIEPLAN_DEMO_CAST)
    return cast()
