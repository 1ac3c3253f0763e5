"""What people and units are called, as far as the reader may know."""

from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from familieplan.people.models import Person, Staff


def in_words(names: list[str]) -> str:
    """ "Sara", "Sara and Jonas", "Sara, Jonas and Freja"."""
    if len(names) < 2:
        return "".join(names)
    return _("%(some)s and %(last)s") % {"some": ", ".join(names[:-1]), "last": names[-1]}


@dataclass(frozen=True)
class Names:
    """The names of one family for one reader. A person one may not know of is somebody else, and nothing more."""

    family: UUID
    me: UUID

    @cached_property
    def persons(self) -> dict[UUID, Person]:
        rows = Person.objects.filter(family_id=self.family).order_by("birth_date", "given_name")
        return {row.pk: row for row in rows}

    @cached_property
    def units(self) -> dict[UUID, str]:
        """By name; where that tells a place: by department, unless its line on the team is the reader's to know."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT u.id, people.name_of_unit(u.id, %s) FROM people_unit u", [self.family])
            return dict(cursor.fetchall())

    @cached_property
    def staff(self) -> dict[UUID, Staff]:
        return {row.pk: row for row in Staff.objects.filter(families__family_id=self.family).distinct()}

    def person(self, id: UUID) -> str:
        known = self.persons.get(id)
        return known.given_name if known else _("somebody else in the family")

    def you_or(self, id: UUID) -> str:
        """As the sentence says it to its reader: "you", or the name."""
        return _("you") if id == self.me else self.person(id)

    def who_did(self, id: UUID) -> str:
        """As the one who did something: "you said yes" is another "you" in Danish."""
        return pgettext("who did it", "you") if id == self.me else self.person(id)

    def unit(self, id: UUID) -> str:
        return self.units.get(id) or _("a unit that is no more")

    def staff_member(self, id: UUID, *, to_family: bool = True) -> str:
        """A name, or where the municipality shows departments only (C-579/21): nothing."""
        if to_family and not settings.MUNICIPALITY_SHOWS_STAFF_NAMES:
            return ""
        known = self.staff.get(id) or Staff.objects.filter(pk=id).first()
        return known.name if known else ""

    @cached_property
    def family_name(self) -> str:
        """The family has no name of its own: it is called by those the reader knows, the eldest first."""
        return in_words([row.given_name for row in self.persons.values() if row.part == "member"][:4])
