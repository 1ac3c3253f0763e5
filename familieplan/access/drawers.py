"""Opening drawers, and saying who can see what lies in one."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import connection

from familieplan.access.enums import Kind


@dataclass(frozen=True, slots=True)
class Drawer:
    """Which drawer words are laid in: whose information, of which kind, said by whom, written by which unit."""

    family: UUID
    subjects: tuple[UUID, ...]
    kind: Kind | str
    source: UUID | None = None
    voice: UUID | None = None
    reveals_place: bool = False


class NotYourDrawer(PermissionDenied):
    """The actor may not write there."""


def open_drawer(drawer: Drawer) -> int:
    """The scope id of the drawer, opened if it was not. Raises :class:`NotYourDrawer` where the actor may not write."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT access.open_drawer(%s, %s, %s, %s, %s, %s)",
            [
                drawer.family,
                sorted(drawer.subjects),
                str(drawer.kind),
                drawer.voice,
                drawer.source,
                drawer.reveals_place,
            ],
        )
        row = cursor.fetchone()
    if row is None or row[0] is None:
        raise NotYourDrawer
    return int(row[0])


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who can see a drawer now, and why."""

    holder: UUID
    basis: str
    basis_id: UUID | None


def readers(drawer: Drawer) -> list[Reader]:
    """Who would see words laid in ``drawer`` now, opened or not. Opens nothing: a GET cannot write."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT holder, basis, basis_id FROM access.readers_of(%s, %s, %s, %s, %s, %s)",
            [
                drawer.family,
                sorted(drawer.subjects),
                str(drawer.kind),
                drawer.voice,
                drawer.source,
                drawer.reveals_place,
            ],
        )
        return [Reader(*row) for row in cursor.fetchall()]


def readers_of_scopes(scopes: Iterable[int]) -> dict[int, list[Reader]]:
    """Who can see each of these drawers now, as far as the one who asks can read them."""
    found: dict[int, list[Reader]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT scope_id, holder, min(basis), (array_agg(basis_id))[1] FROM access_grant "
            "WHERE scope_id = ANY(%s) AND valid_from <= access.clock() AND valid_until > access.clock() "
            "GROUP BY scope_id, holder",
            [list(scopes)],
        )
        for scope, holder, basis, basis_id in cursor.fetchall():
            found.setdefault(scope, []).append(Reader(holder, basis, basis_id))
    return found
