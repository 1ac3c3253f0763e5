"""Figures for leaders: few people are left out, and cannot be found again by subtraction."""

from datetime import timedelta
from uuid import uuid4

import psycopg
import pytest
from django.db import ProgrammingError, connection, transaction

from familieplan.access.context import acting_as
from familieplan.consent import actions as consents
from familieplan.desk.figures import tables
from familieplan.people.models import Person
from tests.desk.test_families import page
from tests.plan.house import House

Families = dict[str, int]


def families(database: psycopg.Connection, house: House, counts: Families) -> None:
    """So many families for a coordinator of each unit; Familieteamet has two already."""
    department = database.execute("SELECT id FROM people_department LIMIT 1").fetchone()
    assert department
    database.execute("SET session_replication_role = replica")
    for name, count in counts.items():
        unit = house.units.get(name) or uuid4()
        if name not in house.units:
            database.execute(
                "INSERT INTO people_unit (id, department_id, name, category, reveals_place, phone)"
                " VALUES (%s, %s, %s, 'plan', false, '')",
                [unit, department[0], name],
            )
            database.execute(
                "INSERT INTO people_staffrole (id, staff_id, unit_id, role, starts)"
                " VALUES (%s, %s, %s, 'coordinator', '2020-01-01')",
                [uuid4(), house.staff["Mette"], unit],
            )
        for _ in range(count):
            family = uuid4()
            database.execute("INSERT INTO people_family (id, opened_on) VALUES (%s, now())", [family])
            database.execute(
                "INSERT INTO people_teammember"
                " (id, family_id, scope_id, created_at, created_by, staff_id, unit_id, role, reason, starts)"
                " VALUES (%s, %s, 1, now(), %s, %s, %s, 'coordinator', '', '2020-01-01')",
                [uuid4(), family, family, house.staff["Mette"], unit],
            )


def shown(house: House, name: str = "Lena") -> dict[str | None, int | None]:
    with acting_as(house.actor(name)):
        table = next(iter(tables(today=house.today)), None)
        if table is None:
            return {}
        return {place: row["open"] for place, row in table.rows.items()} | {None: table.total["open"]}


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({"Syd": 6, "Nord": 9}, {"Familieteamet": None, "Syd": None, "Nord": 9, None: 17}),  # the smallest other, too
        ({"Familieteamet": 3, "Syd": 6}, {"Familieteamet": 5, "Syd": 6, None: 11}),  # five are enough
        ({"Familieteamet": 2, "Syd": 6}, {"Familieteamet": None, "Syd": None, None: 10}),  # four are not
        ({"Syd": 1, "Nord": 1}, {"Familieteamet": None, "Syd": None, "Nord": None, None: None}),
        ({"Syd": 1, "Nord": 7}, {"Familieteamet": None, "Syd": None, "Nord": None, None: 10}),  # 1 + 2 are still few
        ({"Syd": 2, "Nord": 2, "Øst": 8}, {"Familieteamet": None, "Syd": None, "Nord": None, "Øst": 8, None: 14}),
    ],
)
def test_few_families_are_not_counted_aloud(
    house: House, superuser_connection: psycopg.Connection, counts: Families, expected: dict[str | None, int | None]
) -> None:
    families(superuser_connection, house, counts)
    assert shown(house) == expected


def test_figures_are_a_leaders(house: House, superuser_connection: psycopg.Connection) -> None:
    families(superuser_connection, house, {"Syd": 9})
    for name in ("Mette", "Ada", "Sara"):
        assert shown(house, name) == {}
    with acting_as(house.actor("Lena")), pytest.raises(ProgrammingError, match="denied"), transaction.atomic():
        connection.cursor().execute("SELECT * FROM desk.cells(now()::date)")


def test_the_page_names_nobody_and_leads_to_no_family(house: House, superuser_connection: psycopg.Connection) -> None:
    families(superuser_connection, house, {"Syd": 9, "Nord": 8})
    html = page(house, "Lena", "/leader/")
    assert "få" in html
    assert "/families/" not in html
    for name in ("Sara", "Mette", "ringer til butikken"):
        assert name not in html


def test_a_consent_counts_from_its_last_signature_to_its_end(
    house: House, superuser_connection: psycopg.Connection
) -> None:
    def standing() -> int:
        row = superuser_connection.execute("SELECT count(*) FROM desk.standing_consents()").fetchone()
        assert row
        return int(row[0])

    before = standing()
    with house.as_("Mette") as by:
        people = {person.given_name: person for person in Person.objects.all()}
        yes = consents.Yes(
            people["Anton"], ("school",), "ro", house.today + timedelta(days=9), to_units=(house.units["Byskolen"],)
        )
        half = consents.give(yes=yes, form="tablet", signed_by=[people["Sara"]], by=by)
    assert standing() == before  # joint custody: both sign
    with house.as_("Mette") as by:
        consents.sign(consent=half, person=people["Peter"], form="tablet", by=by)
    assert standing() == before + 1
    with house.as_("Sara") as by:
        consents.withdraw(consent=half, by=by)
    assert standing() == before
