"""Every door of the house, found in the URL resolver, and everybody who may stand before one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
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


# Which row stands in for a hole, by the words of the address before it: (table, which of them).
ROWS = {
    "topics": "plan_topic",
    "statements": "plan_statement",
    "goals": "plan_goal",
    "steps": "plan_goal",
    "agreements": "plan_agreement",
    "interventions": "plan_intervention",
    "plans": "plan_sectorplan",
    "network": "plan_networkperson",
    "consents": "consent_consent",
    "bases": "consent_legalbasis",
    "people": "people_person",
    "homes": "people_household",
    "team": "people_teammember",
    "times": "plan_weeklytime",
    "who": "access_scope",
}


def ids_for(door: Door, family: UUID, database: psycopg.Connection) -> dict[str, object]:
    """Real ids of rows of ``family`` for every hole of the address; a random id where the family has no such row."""
    ids: dict[str, object] = {}
    for hole in door.holes:
        if hole == "family":
            ids[hole] = family
            continue
        before = re.findall(rf"(\w[\w-]*)/<(?:\w+:)?{hole}>", door.pattern)
        table = ROWS.get(before[0] if before else "")
        row = None
        if table:
            row = database.execute(
                f"SELECT t.id FROM {table} t WHERE family_id = %s ORDER BY "
                "(SELECT s.category_id FROM access_scope s WHERE s.id = t.{}) = 'employment' DESC, id LIMIT 1".format(
                    "id" if table == "access_scope" else "scope_id"
                ).encode(),
                [family],
            ).fetchone()
        ids[hole] = row[0] if row else (0 if "<int:" + hole in door.pattern else uuid4())
    return ids


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
            answer: HttpResponse = client.generic(
                method, address, content_type="application/x-www-form-urlencoded"
            )
            if hasattr(answer, "streaming_content"):
                answer.content = b"".join(answer.streaming_content)
            transaction.set_rollback(True)
        return answer


def letter(answer: HttpResponse) -> str:
    if answer.status_code == 302:
        return "@" if "/account/sign-in/" in answer["Location"] else ">"
    return LETTERS.get(answer.status_code, str(answer.status_code))
