"""What a reader has chosen for their own fridge: kept until they choose again, known to them alone (sql/fridge.sql)."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db import connection, transaction

from familieplan.access.actor import Actor
from familieplan.plan.fridge.choose import Choice, Kinds, Way


def kinds_in(family: UUID) -> Kinds:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT s.id, NULL, s.category_id FROM access_scope s WHERE s.family_id = %(family)s UNION ALL "
            "SELECT NULL, t.id, s.category_id FROM plan_weeklytime t JOIN access_scope s ON s.id = t.scope_id "
            "WHERE t.family_id = %(family)s AND t.intervention_id IS NULL",
            {"family": family},
        )
        rows = cursor.fetchall()
    return Kinds(
        {drawer: kind for drawer, _time, kind in rows if drawer is not None},
        {time: kind for _drawer, time, kind in rows if time is not None},
    )


def chosen_by(by: Actor, family: UUID) -> dict[UUID, Way]:
    mine = "SELECT row_id, way FROM plan_fridgechoice WHERE reader = %s AND family_id = %s"
    with connection.cursor() as cursor:
        cursor.execute(mine, [by.id, family])
        return {row: Way(way) for row, way in cursor.fetchall()}


@transaction.atomic
def keep(*, family: UUID, offered: Iterable[Choice], ways: Mapping[str, str], by: Actor) -> None:
    """Only what differs from the usual is kept, and only of what was offered: the rest stays as it was chosen."""
    said = [(one, ways[str(one.id)]) for one in offered if ways.get(str(one.id)) in one.ways]
    others = [(by.id, family, one.id, way) for one, way in said if way != one.usual]
    rows = [one.id for one, _way in said]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM plan_fridgechoice WHERE reader = %s AND row_id = ANY (%s)", [by.id, rows])
        cursor.executemany(
            "INSERT INTO plan_fridgechoice (reader, family_id, row_id, way) VALUES (%s, %s, %s, %s) "
            "ON CONFLICT (reader, row_id) DO UPDATE SET way = excluded.way",
            others,
        )
