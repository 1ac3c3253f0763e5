"""Every door of the house, found in the URL resolver, and everybody who may stand before one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID, uuid4

import psycopg
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from familieplan.access.actor import SIGNING_IN
from familieplan.access.context import acting_as
from familieplan.accounts.models import User

# In the order of the table's letters. The near misses are the point: on the team without a yes, the other parent …
CALLERS = {
    "nobody": "not signed in",
    "mette": "coordinates the Holm family",
    "omar": "coordinates other families",
    "jens": "job centre, with Sara's yes to work and plan",
    "lis": "school, with the yes for Emil's school",
    "tom": "on the team, nobody has said yes yet",
    "birgit": "leader",
    "vera": "administrator",
    "sara": "mother, with custody",
    "thomas": "Emil's father, joint custody, lives elsewhere",
    "freja": "16 years old",
    "stranger": "mother of another family",
}
LETTERS = {200: "2", 302: ">", 400: "b", 403: "f", 404: "-", 405: "m", 409: "c", 422: "u"}


@dataclass(frozen=True, slots=True)
class Door:
    """One address with its holes: ``/families/<family>/topics/<topic>/edit/``."""

    pattern: str

    @property
    def holes(self) -> list[str]:
        return re.findall(r"<(?:\w+:)?(\w+)>", self.pattern)

    def address(self, ids: dict[str, object]) -> str:
        return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda hole: str(ids[hole[1]]), self.pattern)


def doors(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[Door]:
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from doors(entry, prefix + str(entry.pattern))
        elif isinstance(entry, URLPattern):
            yield Door(prefix + str(entry.pattern))


# Which table a hole is about: by the word before it in the address, else by its own name.
TABLES = {
    "topics": "plan_topic",
    "statements": "plan_statement",
    "goals": "plan_goal",
    "agreements": "plan_agreement",
    "interventions": "plan_intervention",
    "plans": "plan_sectorplan",
    "times": "plan_weeklytime",
    "network": "plan_networkperson",
    "meetings": "meetings_meeting",
    "items": "meetings_agendaitem",
    "seat": "meetings_participant",
    "consents": "consent_consent",
    "sharing": "consent_legalbasis",
    "custody": "people_custody",
    "residences": "people_residence",
    "team": "people_teammember",
    "person": "people_person",
    "row": "people_addressprotection",
    "question": "consent_accessrequest",
    "unit": "people_unit",
    "staff": "people_staff",
    "role": "people_staffrole",
    "department": "people_department",
    "account": "accounts_user",
}
FIRST = {  # which of them: the first that was written, so that the table stays the same from run to run
    "plan_goal": "parent_id IS NOT NULL, created_at",
    "plan_statement": "kind = 'idea', created_at",
    "plan_weeklytime": "intervention_id IS NOT NULL, created_at",
    "consent_accessrequest": "asked_at",
    "meetings_meeting": "stage <> 'called', created_at",  # the one that is still to come
    "meetings_agendaitem": "status <> 'proposed', created_at",
    "meetings_participant": "staff_id IS NULL, meeting_id <> (SELECT id FROM meetings_meeting m WHERE m.family_id ="
    " meetings_participant.family_id AND m.stage = 'called' LIMIT 1), created_at",
    "people_unit": "name",
    "people_staff": "name",
    "people_staffrole": "(SELECT name FROM people_staff s WHERE s.id = staff_id)",
    "people_department": "name",
    "accounts_user": "login",
}
SUCH = {  # doors that only some of the rows have
    "agreements/<uuid:agreement>/go-on/": "review_on, created_at",
    "plans/<uuid:plan>/follow-ups/": "legal_section NOT LIKE 'Barnets lov § 91', created_at",
    "plans/<uuid:plan>/follow-ups/add/": "legal_section NOT LIKE 'Barnets lov § 91', created_at",
}
OF_NO_FAMILY = {"people_unit", "people_staff", "people_staffrole", "people_department", "accounts_user"}


def ids_for(door: Door, family: UUID, database: psycopg.Connection) -> dict[str, object]:
    """Real ids of rows of ``family`` for every hole of the address; one of nobody's where there is no such row."""
    ids: dict[str, object] = {"family": family}
    for hole in door.holes:
        if hole == "drawer":
            ids[hole] = first_of("plan_topic", "scope_id", family, database)
        elif hole == "step":
            query = "SELECT id FROM plan_goal WHERE parent_id = %s ORDER BY created_at LIMIT 1"
            row = database.execute(query, [ids["goal"]]).fetchone()
            ids[hole] = row[0] if row else uuid4()
        elif hole == "number":
            ids[hole] = 1
        elif hole == "kind":
            ids[hole] = "worry"
        elif hole == "topic" and "meeting" in ids:
            query = 'SELECT topic_id FROM meetings_agendaitem WHERE meeting_id = %s ORDER BY "order" LIMIT 1'
            row = database.execute(query.encode(), [ids["meeting"]]).fetchone()
            ids[hole] = row[0] if row else uuid4()
        elif hole != "family":
            before = re.findall(rf"([\w-]+)/<(?:\w+:)?{hole}>", door.pattern)[0]
            table = TABLES.get(before, TABLES.get(hole))
            such = SUCH.get(door.pattern.partition(">/")[2])  # of the family
            order = "birth_date DESC" if before == "children" else such
            ids[hole] = first_of(table, "id", family, database, order) if table else uuid4()
    return ids


def first_of(table: str, column: str, family: UUID, database: psycopg.Connection, such: str | None = None) -> object:
    of_family = "" if table in OF_NO_FAMILY else "WHERE family_id = %s"
    order = such or FIRST.get(table, "created_at")
    row = database.execute(
        f"SELECT {column} FROM {table} {of_family} ORDER BY {order} LIMIT 1".encode(),
        [family] if of_family else [],
    ).fetchone()
    return row[0] if row else uuid4()


class House:
    """Callers who knock. Whatever a knock does is undone."""

    def __init__(self, logins: dict[str, str]) -> None:
        self.users: dict[str, User] = {}
        with acting_as(SIGNING_IN):
            for caller, login in logins.items():
                self.users[caller] = User.objects.get(login=login)

    def knock(self, caller: str, method: str, address: str) -> HttpResponse:
        with transaction.atomic():
            client = Client(raise_request_exception=False)
            if caller in self.users:
                with acting_as(SIGNING_IN):
                    client.force_login(self.users[caller])
            answer: Any = client.generic(method, address, content_type="application/x-www-form-urlencoded")
            if hasattr(answer, "streaming_content"):
                answer.content = b"".join(answer.streaming_content)
            transaction.set_rollback(True)
        return cast(HttpResponse, answer)


def letter(answer: HttpResponse) -> str:
    if answer.status_code == 302:
        return "@" if "/account/sign-in/" in answer["Location"] else ">"
    return LETTERS.get(answer.status_code, str(answer.status_code))
