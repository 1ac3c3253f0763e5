"""What professionals have written, for the log: the kind of thing, and its first words where the reader may read it.

Row security leaves out what the reader may not read: there the kind of thing is all that is said.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.apps import apps
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from familieplan.audit.log import Seen
from familieplan.people.models import FamilyRecord

SHOWN = 60  # characters of a quote


@dataclass(frozen=True, slots=True)
class Thing:
    """A kind of row: its word, the field that says which one, and where it stands."""

    called: Promise
    field: str = ""
    place: str = ""
    speaks: bool = False  # its first words need nobody to say what they are


# By the name of the model.
THINGS: dict[str, Thing] = {
    "person": Thing(gettext_lazy("who is in the family"), "given_name", "people/#person-%s"),
    "relation": Thing(gettext_lazy("how you are related")),
    "custody": Thing(gettext_lazy("who has custody")),
    "firsttalk": Thing(gettext_lazy("when somebody was talked with first")),
    "household": Thing(gettext_lazy("a home"), "label"),
    "residence": Thing(gettext_lazy("who lives where")),
    "addressprotection": Thing(gettext_lazy("address protection")),
    "contact": Thing(gettext_lazy("how to reach somebody")),
    "teammember": Thing(gettext_lazy("who works with the family")),
    "consent": Thing(gettext_lazy("a consent"), "purpose", "consents/%s/"),
    "signature": Thing(gettext_lazy("a signature")),
    "legalbasis": Thing(gettext_lazy("something that is shared by law"), "necessity"),
    "topic": Thing(gettext_lazy("what fills you"), "title", "#topic-%s"),
    "statement": Thing(gettext_lazy("what somebody has said"), "text", "#said-%s", speaks=True),
    "goal": Thing(gettext_lazy("a goal or a step"), "text", "#goal-%s"),
    "goallink": Thing(gettext_lazy("how goals hang together"), "why"),
    "agreement": Thing(gettext_lazy("an agreement"), "what", "#agreement-%s"),
    "intervention": Thing(gettext_lazy("something that is going on"), "title", "#effort-%s"),
    "weeklytime": Thing(gettext_lazy("a time in the week"), "title"),
    "sectorplan": Thing(gettext_lazy("a pointer to a plan of their own"), "name", "#plan-%s"),
    "networkperson": Thing(gettext_lazy("somebody in the network"), "name", "#contact-%s"),
    "poll": Thing(gettext_lazy("which times suit for a meeting")),
    "pollanswer": Thing(gettext_lazy("an answer about times for a meeting")),
    "childpart": Thing(gettext_lazy("how a child takes part in a meeting")),
    "brought": Thing(gettext_lazy("a message to a meeting")),
}
SOMETHING = Thing(gettext_lazy("something in the plan"))
MODELS: dict[str, type[FamilyRecord]] = {
    model._meta.model_name: model
    for label in ("people", "consent", "plan")
    for model in apps.get_app_config(label).get_models()
    if issubclass(model, FamilyRecord) and model._meta.model_name
}


@dataclass(frozen=True, slots=True)
class Written:
    what: str
    quote: str = ""
    place: str = ""  # its address under the family's


def thing_of(row: Seen) -> str:
    return row.action.partition(" ")[2]


def first_words(rows: Iterable[Seen]) -> dict[UUID, str]:
    """The first words of every row the reader may read: one question for each kind of row."""
    wanted: dict[str, set[UUID]] = {}
    for row in rows:
        if row.about and THINGS.get(thing_of(row), SOMETHING).field:
            wanted.setdefault(thing_of(row), set()).add(row.about)
    return {
        id: _short(text)
        for name, about in wanted.items()
        for id, text in MODELS[name]._default_manager.filter(pk__in=about).values_list("pk", THINGS[name].field)
    }


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SHOWN else line[:SHOWN].rsplit(" ", 1)[0] + " …"


def written(rows: Iterable[Seen], quotes: dict[UUID, str]) -> tuple[Written, ...]:
    """Each thing once, in the order it was written."""
    found = []
    for row in rows:
        thing = THINGS.get(thing_of(row), SOMETHING)
        quote = quotes.get(row.about, "") if row.about else ""
        called = "" if quote and thing.speaks else str(thing.called)
        found.append(Written(called, quote, thing.place % row.about if quote and thing.place else ""))
    return tuple(dict.fromkeys(found))
