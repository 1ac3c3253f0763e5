"""Searching: only in what one may see, because the database leaves out the rest before it looks at a word.

LIKE is not leakproof, so PostgreSQL asks for the key of a row first: neither the answer nor the time it takes tells of
words one may not read. Every family found is written in its log.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

SHORTEST, LONGEST = 2, 100  # characters of what is searched for
MOST_FAMILIES, MOST_OF_ONE = 30, 6
AROUND = 60  # characters shown before and after

PLACES = {  # what is searched, and under which heading it is shown
    "people": "SELECT id, family_id, scope_id, trim(given_name || ' ' || surname) AS text FROM people_person",
    "topics": "SELECT id, family_id, scope_id, title FROM plan_topic",
    "said": "SELECT s.id, s.family_id, s.scope_id, s.text FROM plan_statement s "
    "WHERE NOT EXISTS (SELECT FROM plan_statement n WHERE n.replaces_id = s.id)",
    "goals": "SELECT id, family_id, scope_id, text FROM plan_goal WHERE status <> 'dropped'",
    "agreements": "SELECT id, family_id, scope_id, what FROM plan_agreement WHERE status <> 'dropped'",
    "interventions": "SELECT id, family_id, scope_id, concat_ws(' · ', title, nullif(purpose, ''))"
    " FROM plan_intervention",
    "network": "SELECT id, family_id, scope_id, name FROM plan_networkperson WHERE removed_on IS NULL",
}
EVERYWHERE = "\nUNION ALL\n".join(
    f"SELECT {order} AS place, f.* FROM ({sql}) f (id, family_id, scope_id, text) WHERE f.text ILIKE %(like)s"  # noqa: S608
    for order, sql in enumerate(PLACES.values())
)
STATEMENT = f"""
WITH hit AS MATERIALIZED ({EVERYWHERE}),
family AS (SELECT h.family_id, min(h.place) AS best FROM hit h GROUP BY 1 ORDER BY 2, 1 LIMIT {MOST_FAMILIES}),
ranked AS (SELECT h.*, row_number() OVER (PARTITION BY h.family_id ORDER BY h.place, h.id) AS nth
           FROM hit h JOIN family f USING (family_id)),
logged AS MATERIALIZED (  -- every drawer something is shown from: each of the family is told of their own
    SELECT audit.record(s.family_id, 'search', s.id, s.scope_id::int) FROM (
        SELECT DISTINCT ON (r.scope_id) r.* FROM ranked r WHERE r.nth <= {MOST_OF_ONE} ORDER BY r.scope_id, r.nth) s)
SELECT r.family_id, r.place, r.text,
       (SELECT array_agg(p.given_name::text ORDER BY p.birth_date NULLS LAST, p.given_name)
        FROM people_person p WHERE p.family_id = r.family_id AND p.part = 'member') AS names,
       (SELECT count(*) FROM logged) AS families
FROM ranked r WHERE r.nth <= {MOST_OF_ONE} ORDER BY r.family_id, r.place, r.id
"""  # noqa: S608 - our own constants; what is searched for is a parameter


@dataclass(frozen=True, slots=True)
class Piece:
    """A text around what was found in it."""

    before: str
    found: str
    after: str


@dataclass(frozen=True, slots=True)
class Found:
    """One family with what was found there, by place."""

    family: UUID
    names: list[str]
    pieces: dict[str, list[Piece]]


def search(words: str) -> list[Found]:
    """Families in which ``words`` stand somewhere the reader may read. The caller has opened a list."""
    with connection.cursor() as cursor:
        cursor.execute(STATEMENT, {"like": f"%{_literal(words)}%"})
        rows = cursor.fetchall()
    places = list(PLACES)
    found: dict[UUID, Found] = {}
    for family, place, text, names, _logged in rows:
        one = found.setdefault(family, Found(family, names or [], {}))
        one.pieces.setdefault(places[place], []).append(piece(text, words))
    return sorted(found.values(), key=lambda one: [name.casefold() for name in one.names] or ["~"])


def _literal(words: str) -> str:
    return re.sub(r"([\\%_])", r"\\\1", words)


def piece(text: str, words: str) -> Piece:
    """The first place in the text, with a little around it."""
    flat = " ".join(text.split())
    at = re.search(re.escape(" ".join(words.split())), flat, re.IGNORECASE)
    if at is None:  # the words stood over a line break
        return Piece(flat[: 2 * AROUND], "", "")
    before, after = flat[: at.start()], flat[at.end() :]
    return Piece(_end(before), at[0], _start(after))


def _end(text: str) -> str:
    return text if len(text) <= AROUND else "… " + text[-AROUND:].partition(" ")[2]


def _start(text: str) -> str:
    return text if len(text) <= AROUND else text[:AROUND].rpartition(" ")[0] + " …"


def cleaned(words: str) -> str:
    """What was typed, as one line without signs nobody sees."""
    return " ".join("".join(_visible(words)).split())[:LONGEST]


def _visible(words: str) -> Iterator[str]:
    return (sign if sign.isprintable() else " " for sign in words)
