"""What those at a table are called. Whoever is called to it knows the given names of who sits there: no new faces."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db import connection

from familieplan.people.names import Names

FACES = "SELECT id, name FROM meetings.faces(%(meeting)s)"


@dataclass(frozen=True)
class Faces(Names):
    """The names one knows, and besides the given names of the family at one's own table."""

    meeting: UUID

    @cached_property
    def seated(self) -> dict[UUID, str]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT id, name FROM meetings.faces(%s)", [self.meeting])
            return dict(cursor.fetchall())

    def person(self, id: UUID) -> str:
        known = self.persons.get(id)
        return known.given_name if known else self.seated.get(id) or super().person(id)


def with_faces(parts: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    """Rows of people (plan.queries), and after them who else sits at the table: a name, and nothing more."""
    known = {row["id"] for row in parts["people"]}
    nothing_more = {"drawer": None, "birth_date": None, "part": "", "role_words": ""}
    parts["people"] += [nothing_more | face for face in parts["faces"] if face["id"] not in known]
    return parts
