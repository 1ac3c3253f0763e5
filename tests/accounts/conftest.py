"""A small town hall: Ada administers, Carla coordinates for Mia and her daughter Sif, Ib works at the school.
Per belongs to a family of somebody else's. Sif and Per have no account yet."""

import re
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import psycopg
import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from familieplan.access.actor import Actor
from familieplan.access.context import acting_as
from familieplan.accounts import actions
from familieplan.accounts.models import Kind

JOB = Actor(holder=None, kind="job")
PASSWORD = "tolv gule cykler"


@dataclass
class Someone:
    """A person of the tests, with the key of their code app once they have one."""

    name: str
    kind: Kind
    roles: frozenset[str]
    holder: uuid.UUID = field(default_factory=uuid.uuid4)
    user: uuid.UUID = field(default_factory=uuid.uuid4)
    secret: str = ""

    @property
    def login(self) -> str:
        return self.name.lower()

    @property
    def actor(self) -> Actor:
        return Actor(
            holder=self.holder,
            kind="staff" if self.kind == Kind.STAFF else "person",
            name=self.name,
            roles=self.roles,
            user=self.user,
        )


@dataclass(frozen=True)
class House:
    ada: Someone
    carla: Someone
    ib: Someone
    mia: Someone
    sif: Someone
    per: Someone


EMPTIED = (
    "TRUNCATE accounts_user, accounts_session, accounts_invitation, accounts_cacheentry, mfa_authenticator,"
    " people_department, people_staff, people_family, access_scope, access_grant, audit_entry, audit_head CASCADE"
)


@pytest.fixture
def house(django_db_blocker: Any, superuser_connection: psycopg.Connection) -> Iterator[House]:
    """Committed, as it is in service, and emptied afterwards: a new database for each test would take a second."""
    with django_db_blocker.unblock():
        yield _furnished(superuser_connection)
    superuser_connection.execute(EMPTIED)


def _furnished(database: psycopg.Connection) -> House:
    staff = {"Ada": "administrator", "Carla": "coordinator", "Ib": "professional"}
    people = {name: Someone(name, Kind.STAFF, frozenset({role})) for name, role in staff.items()}
    mia, sif, per = (Someone(name, Kind.PERSON, frozenset({"parent"})) for name in ("Mia", "Sif", "Per"))
    unit = _town_hall(database)
    for someone in people.values():
        database.execute(
            "INSERT INTO people_staff (id, name, title) VALUES (%s, %s, '')", [someone.holder, someone.name]
        )
        database.execute(
            "INSERT INTO people_staffrole (id, staff_id, unit_id, role, starts) VALUES (%s, %s, %s, %s, '2020-01-01')",
            [uuid.uuid4(), someone.holder, unit, staff[someone.name]],
        )
    scope, family = _family_of(database, mia, sif)
    _family_of(database, per)
    database.execute(
        "INSERT INTO people_teammember (id, family_id, scope_id, created_at, created_by, staff_id, unit_id,"
        " role, reason, starts) VALUES (%s, %s, %s, now(), %s, %s, %s, 'coordinator', '', '2024-01-01')",
        [uuid.uuid4(), family, scope, people["Carla"].holder, people["Carla"].holder, unit],
    )
    for someone in (*people.values(), mia):
        with acting_as(JOB):
            invited = actions.invite(kind=someone.kind, holder=someone.holder, login=someone.login, by=JOB)
            someone.user = actions.accept(token=invited.token, password=PASSWORD)
    return House(people["Ada"], people["Carla"], people["Ib"], mia, sif, per)


def _town_hall(database: psycopg.Connection) -> uuid.UUID:
    department, unit = uuid.uuid4(), uuid.uuid4()
    database.execute("INSERT INTO people_department (id, name) VALUES (%s, 'Skole')", [department])
    database.execute(
        "INSERT INTO people_unit (id, department_id, name, category, reveals_place, phone)"
        " VALUES (%s, %s, 'Byskolen', 'school', false, '')",
        [unit, department],
    )
    return unit


def _family_of(database: psycopg.Connection, *people: Someone) -> tuple[int, uuid.UUID]:
    family = uuid.uuid4()
    database.execute("INSERT INTO people_family (id, opened_on) VALUES (%s, '2024-01-01')", [family])
    scope = database.execute(
        "INSERT INTO access_scope (family_id, subjects, category_id, reveals_place)"
        " VALUES (%s, %s, 'basic', false) RETURNING id",
        [family, sorted(someone.holder for someone in people)],
    ).fetchone()
    assert scope
    for someone in people:
        database.execute(
            "INSERT INTO people_person (id, family_id, scope_id, created_at, created_by, given_name, surname,"
            " birth_date, part, role_words, version)"
            " VALUES (%s, %s, %s, now(), %s, %s, '', '1985-05-05', 'member', '', 1)",
            [someone.holder, family, scope[0], someone.holder, someone.name],
        )
    return scope[0], family


SignIn = Callable[[Someone], Client]


def code_of(someone: Someone, *, steps: int = 0) -> str:
    """What the app on the phone shows, now or some half minutes away."""
    return str(format_hotp_value(hotp_value(someone.secret, int(time.time()) // 30 + steps)))


def give_password(client: Client, login: str, password: str = PASSWORD, **more: str) -> Any:
    return client.post("/account/sign-in/", {"login": login, "password": password, **more})


def add_app(client: Client, someone: Someone) -> None:
    page = client.get("/account/app/").content.decode()
    found = re.search(r"<code>([A-Z2-7]{32})</code>", page)
    assert found, page
    someone.secret = found[1]
    assert client.post("/account/app/", {"code": code_of(someone)}).status_code == 302


@pytest.fixture
def sign_in(house: House) -> SignIn:
    """The whole way in, with the second factor for staff."""

    def sign_in(someone: Someone) -> Client:
        client = Client(HTTP_USER_AGENT="Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")
        give_password(client, someone.login)
        if someone.secret:
            # A code is good once: the next sign-in of a test uses the one before or after.
            for steps in (0, 1, -1):
                if client.post("/account/sign-in/code/", {"code": code_of(someone, steps=steps)}).status_code == 302:
                    break
        elif someone.kind == Kind.STAFF:
            add_app(client, someone)
        assert client.get("/account/").status_code == 200
        return client

    return sign_in
