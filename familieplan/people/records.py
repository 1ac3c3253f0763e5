"""Laying facts in drawers and changing them: the one way any row about a family is written."""

from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, ProgrammingError, transaction
from django.db.models import BinaryField, DateTimeField, F, Model
from psycopg.errors import InsufficientPrivilege

from familieplan.access.actor import Actor
from familieplan.access.drawers import Drawer, NotYourDrawer, open_drawer
from familieplan.access.enums import Kind
from familieplan.audit import log
from familieplan.core.parts import kept
from familieplan.people.models import FamilyRecord

Record = TypeVar("Record", bound=FamilyRecord)
Row = TypeVar("Row", bound=Model)


class Conflict(Exception):
    """Somebody else changed the row first, or the same form was saved before with other answers. ``current`` is how it
    stands now; what was typed is still the caller's."""

    def __init__(self, current: Any) -> None:
        super().__init__("changed meanwhile, or saved before")
        self.current = current


WRITES_FOR = """
SELECT unit_id FROM people_teammember WHERE family_id = %(family)s AND staff_id = %(staff)s ORDER BY starts DESC LIMIT 1
"""


def writing_unit(family: UUID, by: Actor) -> UUID | None:
    """The unit the actor writes for in this family; ``None`` for the family itself. Raises ``PermissionDenied``."""
    if by.is_family:
        return None
    with kept(WRITES_FOR, {"family": family, "staff": by.id}) as cursor:
        line = cursor.fetchone()
    if line is None:
        raise PermissionDenied
    unit: UUID = line[0]
    return unit


def drawer_of(
    family: UUID, about: tuple[UUID, ...], kind: Kind | str, by: Actor, *, reveals_place: bool = False
) -> Drawer:
    """The drawer that facts written by ``by`` go into: their unit's, or the family's own."""
    return Drawer(family, about, kind, source=writing_unit(family, by), reveals_place=reveals_place)


@transaction.atomic
def lay(row: Record, drawer: Drawer, *, by: Actor) -> Record:
    """Write ``row`` into ``drawer``. Sent twice with the same id (a lost connection), it is written once.

    Raises ``NotYourDrawer`` where the actor may not write, :class:`Conflict` where the same id came with other answers.
    """
    row.family_id = drawer.family
    row.scope_id = open_drawer(drawer)
    row.created_by = by.id
    try:
        laid = insert_once(row, created_by=by.id, family_id=drawer.family)
    except ProgrammingError as error:
        if isinstance(error.__cause__, InsufficientPrivilege):  # the table asks for more than the key to the drawer
            raise NotYourDrawer from None
        raise
    if laid is row:
        log.record(drawer.family, f"added {row._meta.model_name}", row.pk, row.scope_id)
    return laid


def insert_once(row: Row, **own: object) -> Row:
    """``row``, or the one that was written when the same was sent before. ``own``: what tells it from somebody else's.

    Raises :class:`Conflict` where the same id came with other answers.
    """
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        existing = type(row)._default_manager.filter(pk=row.pk, **own).first()
        if existing is None:
            raise
        if _said(existing) != _said(row):  # an answer got lost, and there was written on in between
            raise Conflict(existing) from error
        return existing
    return row


NOT_SAID = {"created_by", "version", "said_on"}  # neither are moments, which the clock says, and what is encrypted


def _said(row: Model) -> dict[str, object]:
    """What a row says of what somebody has answered in a form, and to whom."""
    fields = (field for field in row._meta.concrete_fields if not isinstance(field, DateTimeField | BinaryField))
    return {field.attname: field.to_python(getattr(row, field.attname)) for field in fields} | dict.fromkeys(NOT_SAID)


@transaction.atomic
def change(row: Record, *, by: Actor, version: int | None = None, **fields: Any) -> Record:
    """Change fields of ``row``. With ``version``: only if it still stands as the caller saw it, else :class:`Conflict`.

    Raises ``PermissionDenied`` where the actor may read but not write.
    """
    rows = type(row)._default_manager.filter(pk=row.pk)
    changes: dict[str, Any] = dict(fields)
    if version is not None:
        rows = rows.filter(version=version)
        changes["version"] = F("version") + 1
    if rows.update(**changes) == 0:
        current = type(row)._default_manager.filter(pk=row.pk).first()
        if current is not None and version is not None and getattr(current, "version", version) != version:
            raise Conflict(current)
        raise PermissionDenied
    log.record(row.family_id, f"changed {row._meta.model_name}", row.pk, row.scope_id)
    row.refresh_from_db()
    return row
