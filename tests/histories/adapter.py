"""From the model's facts to the deployed tables, and from the deployed policies back to ids.

Facts are written with plain SQL as the superuser; the deployed triggers keep the grants in step. Questions are asked
as `familieplan_app`, signed in as one holder after the other: real policies, real tokens, the log opened or not.
Guards that only narrow what may be typed are off, so that the rules of reading are tried on more worlds than a form
lets through; `test_actions.py` keeps them on.
"""

from __future__ import annotations

import hashlib
import hmac
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import psycopg

from .model import FAMILY, Drawer, Fact, Moment, Row, Team, World
from .steps import FAMILIES, HOLDERS, HOMES, STAFF, Step, about
from .tables import COLUMNS, FILLERS, GUARDS, NARROWER, NEEDED_BY_CHECKS, PERSONAL, TABLES, drawer_of, key, keys, maybe

Answer = tuple[str, str]  # a table and an id in it
FALSE_TOKENS = ("forged", "expired", "borrowed")
PROBED = ("plan_topic", "plan_goal")  # tables where writing asks for nothing but the key

CLOCK = """
CREATE OR REPLACE FUNCTION access.clock() RETURNS timestamptz LANGUAGE sql STABLE
RETURN coalesce(nullif(current_setting('histories.clock', true), '')::timestamptz, statement_timestamp());
"""
SCHEMA = """
DROP SCHEMA IF EXISTS histories CASCADE;
CREATE SCHEMA histories;
GRANT USAGE ON SCHEMA histories TO familieplan_app;
CREATE FUNCTION histories.act(token text, opened text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('app.actor', token, true), set_config('app.family', '', true);
    IF opened = 'list' THEN
        PERFORM audit.open_list('history');
    ELSIF opened <> '' THEN
        PERFORM audit.open_family(opened::uuid, 'history');
    END IF;
END $$;
"""
PARAGRAPH = """
INSERT INTO consent_legalparagraph (id, key, citation, plain_words, longest_days) VALUES (%s, 'h', 'h', 'h', 9999)
ON CONFLICT DO NOTHING
"""
# One round trip for all who ask; each in statements of their own, as a page has them.
ASK = """
CREATE FUNCTION histories.ask_%(name)s(at text[], tokens text[], opened text[])
RETURNS TABLE (question int, tbl text, row_id text) LANGUAGE plpgsql AS $$
BEGIN
    FOR i IN 1 .. array_length(tokens, 1) LOOP
        PERFORM set_config('histories.clock', at[i], true);
        PERFORM histories.act(tokens[i], opened[i]);
        RETURN QUERY %(everything)s;
    END LOOP;
END $$;
CREATE FUNCTION histories.writes_%(name)s(token text, opened text, holder uuid, family uuid, scope int, row_id uuid)
RETURNS TABLE (adds bool, edits bool) LANGUAGE plpgsql AS $$
DECLARE
    changed int;
BEGIN
    PERFORM histories.act(token, opened);
    UPDATE %(table)s SET created_at = created_at WHERE id = row_id;
    GET DIAGNOSTICS changed = ROW_COUNT;
    BEGIN
        INSERT INTO %(table)s (%(columns)s) VALUES (%(values)s);
        adds := true;
    EXCEPTION WHEN insufficient_privilege THEN
        adds := false;
    END;
    edits := changed > 0;
    RETURN NEXT;
END $$;
"""


class Mismatch(AssertionError):
    """The deployed rules and the model do not agree; seen when the history was so many steps long."""

    def __init__(self, told: str, step: int | None = None) -> None:
        super().__init__(told)
        self.step = step


@dataclass(frozen=True)
class Question:
    """Who asks when, and what they have opened in the log: a family, all their families ("list"), or nothing ("").

    Or with which token they try their luck: one of `FALSE_TOKENS`.
    """

    at: datetime
    holder: str
    opened: str


@dataclass(frozen=True)
class Probe:
    """May the holder add to the drawer of this row, and change the row?"""

    holder: str
    row: Row


class Deployed:
    """One database with the deployed schema, and the world that lies in it now."""

    def __init__(self, admin: str, app: str, actor_key: str) -> None:
        self.key = bytes.fromhex(actor_key)
        self.admin = psycopg.connect(admin, autocommit=True)
        self.app = psycopg.connect(app, autocommit=True)
        self.filler = psycopg.connect(
            admin, autocommit=True
        )  # where nothing follows: what rows refer to need not be there
        self.filler.execute("SET session_replication_role = replica")
        self.admin.execute(CLOCK + SCHEMA)
        for table, guard in GUARDS.items():
            self.admin.execute(f"ALTER TABLE {table} DISABLE TRIGGER {guard}")
        self.admin.execute(PARAGRAPH, [key("paragraph")])
        self.made: set[str] = set()
        self.columns = self._columns()
        self.content = sorted(
            table
            for table, columns in self.columns.items()
            if {"scope_id", "created_by"} <= set(columns) and table not in {*TABLES.values(), *NARROWER}
        )
        self.emptied = [*self.content, *TABLES.values(), "people_family", "people_department", "consent_notice"]

    def close(self) -> None:
        for connection in (self.admin, self.app, self.filler):
            connection.close()

    def _columns(self) -> dict[str, dict[str, tuple[str, bool]]]:
        """table → column → its type, and whether it must be filled."""
        found: dict[str, dict[str, tuple[str, bool]]] = defaultdict(dict)
        for table, column, kind, needed in self.admin.execute(
            "SELECT table_name, column_name, data_type, is_nullable = 'NO' AND column_default IS NULL"
            " FROM information_schema.columns WHERE table_schema = 'public'"
        ):
            found[table][column] = (kind, needed)
        return found

    # --- a new world --------------------------------------------------------------------------------------------------
    def begin(self, number: int, first: Step) -> None:
        """Empty tables, then the town as it is at first; its grants are derived once."""
        self.world, self.drawers, self.known = World(*first.facts), dict[str, int](), set[str]()
        self.filed: dict[str, list[Answer]] = defaultdict(list)
        self.probes = number % 3 == 0
        self.table = PROBED[number // 3 % 2] if self.probes else self.content[number // 3 * 2 % len(self.content)]
        self.facts_asked = PERSONAL[number % len(PERSONAL)]
        self.tokens = {holder: self._token(holder) for holder in HOLDERS}
        self.admin.execute("TRUNCATE access_grant, audit_entry")
        self.name = f"{self.table}_{TABLES[self.facts_asked]}"
        if self.name not in self.made:
            self.admin.execute(self._functions())
            self.made.add(self.name)
        with self.filler.pipeline(), self.filler.transaction():
            for table in self.emptied:
                self.filler.execute(f"DELETE FROM {table}")
            self._insert(self.filler, "people_department", {"id": key("department"), "name": "department"})
            for drawer in self.world.all(Drawer):
                self._put_there(self.filler, drawer)
            for family in FAMILIES:
                self._family(family)
            for fact in first.facts:
                if isinstance(fact, Row):
                    self._file(fact)
                elif not isinstance(fact, Drawer):
                    self._write(self.filler, fact)
        self._rebuild(first.at, FAMILIES)

    def _family(self, family: str) -> None:
        """A family and its homes; a home is a row of content too."""
        drawer = self.world.get(Drawer, about(FAMILIES[family][0], "basic"))
        self._insert(self.filler, "people_family", {"id": key(family), "opened_on": "2015-01-01"})
        for home in HOMES[family]:
            self._insert(self.filler, "people_household", {"id": key(home), **self._lies_in(drawer), "label": home})
            if self.table == "people_household":
                self.filed[drawer.id].append(("people_household", str(key(home))))

    def _functions(self) -> str:
        asked = [self.table, TABLES[self.facts_asked], "access_scope"]
        columns = self._content_columns(self.table)
        columns |= {"family_id": "family", "scope_id": "scope", "created_by": "holder"}
        return ASK % {
            "name": self.name,
            "everything": " UNION ALL ".join(f"SELECT i, '{t}', id::text FROM public.{t}" for t in asked),
            "table": f"public.{self.table}",
            "columns": ", ".join(f'"{column}"' for column in columns),
            "values": ", ".join(columns.values()),
        }

    def _content_columns(self, table: str) -> dict[str, str]:
        """Every column of a table of content that must be filled, with SQL that fills it."""
        return {
            column: FILLERS.get(column) or FILLERS[kind]
            for column, (kind, needed) in self.columns[table].items()
            if needed or column in NEEDED_BY_CHECKS
        }

    # --- writing ------------------------------------------------------------------------------------------------------
    def write(self, step: Step) -> None:
        """The step's facts in one transaction; drawers are opened through the product's own door."""
        self.world.put(*step.facts)
        for fact in step.facts:
            if isinstance(fact, Drawer):
                self._open(fact, Moment(self.world, step.at))
            elif isinstance(fact, Row):
                self._file(fact)
        facts = [fact for fact in step.facts if not isinstance(fact, Drawer | Row)]
        if facts:
            with self._writing(step.at):
                for fact in facts:
                    self._write(self.admin, fact)

    @contextmanager
    def _writing(self, at: datetime) -> Iterator[None]:
        """One transaction and one round trip: a pipeline is both."""
        with self.admin.pipeline():
            self.admin.execute("SELECT set_config('histories.clock', %s, true)", [at.isoformat()])
            yield

    def _write(self, connection: psycopg.Connection, fact: Fact) -> None:
        table, columns = TABLES[type(fact)], COLUMNS[type(fact)](fact)
        if fact.id in self.known:
            names = ", ".join(f"{column} = %s" for column in columns)
            connection.execute(f"UPDATE {table} SET {names} WHERE id = %s", [*columns.values(), key(fact.id)])
            return
        self.known.add(fact.id)
        if isinstance(fact, PERSONAL):
            drawer = self.world.get(Drawer, drawer_of(fact, self.world))
            columns |= self._lies_in(drawer)
            self._remember(fact, drawer, table)
        self._insert(connection, table, {"id": key(fact.id), **columns})

    def _remember(self, fact: Fact, drawer: Drawer, table: str) -> None:
        if isinstance(fact, self.facts_asked):
            self.filed[drawer.id].append((table, str(key(fact.id))))

    def _insert(self, connection: psycopg.Connection, table: str, columns: dict[str, Any]) -> None:
        names, places = ", ".join(columns), ", ".join(["%s"] * len(columns))
        connection.execute(f"INSERT INTO {table} ({names}) VALUES ({places})", list(columns.values()))

    def _lies_in(self, drawer: Drawer) -> dict[str, Any]:
        place = {"family_id": key(drawer.family), "scope_id": self.drawers[drawer.id]}
        return {**place, "created_at": "2015-01-01T12:00Z", "created_by": key("somebody")}

    def _file(self, row: Row) -> None:
        """A row of content in this world's table of content, filled with something of the right type."""
        table = self.table
        drawer = self.world.get(Drawer, row.drawer)
        columns = self._content_columns(table)
        known = {"id": key(row.id), **self._lies_in(drawer)}
        columns |= dict.fromkeys(known, "%s")
        names, values = ", ".join(f'"{column}"' for column in columns), ", ".join(columns.values())
        places = [known[column] for column, value in columns.items() if value == "%s"]
        self.filler.execute(f"INSERT INTO {table} ({names}) VALUES ({values})", places)
        self.filed[drawer.id].append((table, str(key(row.id))))

    # --- drawers ------------------------------------------------------------------------------------------------------
    def _open(self, drawer: Drawer, moment: Moment) -> None:
        """By somebody who may add to it. Where nobody may, the door stays shut, and it was there from earlier."""
        may = [holder for holder in HOLDERS if moment.may_add(holder, drawer)]
        asks = may[0] if may else HOLDERS[len(self.drawers) % len(HOLDERS)]
        with self.app.pipeline(), self.app.transaction():
            self._acts(moment.at, asks)
            opened = self.app.execute("SELECT access.open_drawer(%s, %s, %s, %s, %s, %s)", self._drawer_columns(drawer))
        found = opened.fetchone()
        number = found[0] if found else None
        if bool(number) != bool(may):
            raise Mismatch(f"{asks} opens {drawer}: the database says {number}, the model {bool(may)}")
        if number is None:
            self._put_there(self.filler, drawer)
            self._rebuild(moment.at, [drawer.family])
        else:
            self._has_number(drawer, number)

    def _put_there(self, connection: psycopg.Connection, drawer: Drawer) -> None:
        number = 1_000_000 + len(self.drawers)
        connection.execute(
            "INSERT INTO access_scope (id, family_id, subjects, category_id, voice, source, reveals_place)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s)",
            [number, *self._drawer_columns(drawer)],
        )
        self._has_number(drawer, number)

    def _has_number(self, drawer: Drawer, number: int) -> None:
        self.drawers[drawer.id] = number
        self.filed[drawer.id].append(("access_scope", str(number)))

    def _drawer_columns(self, drawer: Drawer) -> list[Any]:
        source = None if drawer.source == FAMILY else key(drawer.source)
        about_whom, voice = keys(drawer.subjects), maybe(drawer.voice)
        return [key(drawer.family), about_whom, drawer.category, voice, source, drawer.reveals_place]

    def _rebuild(self, at: datetime, families: Any) -> None:
        with self._writing(at):
            for family in families:
                self.admin.execute("SELECT access.rebuild(%s)", [key(family)])

    # --- asking -------------------------------------------------------------------------------------------------------
    def _token(self, holder: str, wrong: str = "") -> str:
        """Signed as the web process does; or wrong: by another key, too old, made for another connection."""
        kind = "staff" if holder in STAFF else "person"
        expires = int(time.time()) + (-1 if wrong == "expired" else 3600)
        pid = self.app.info.backend_pid + (wrong == "borrowed")
        message = f"{kind}:{key(holder)}::{expires}:{pid}"
        secret = b"another" if wrong == "forged" else self.key
        return f"{message}:{hmac.new(secret, message.encode(), hashlib.sha256).hexdigest()}"

    def _acts(self, at: datetime, holder: str) -> None:
        settings = {"histories.clock": at.isoformat(), "app.actor": self.tokens[holder], "app.family": ""}
        for name, value in settings.items():
            self.app.execute("SELECT set_config(%s, %s, true)", [name, value])

    def ask(self, questions: list[Question], probe: Probe | None) -> tuple[list[set[Answer]], tuple[bool, bool]]:
        """What each of them can select, and what the probe may write then; in one transaction that leaves no trace."""
        at = [question.at.isoformat() for question in questions]
        tokens = [
            self._token(q.holder, q.opened) if q.opened in FALSE_TOKENS else self.tokens[q.holder] for q in questions
        ]
        opened = [self._opened(q) for q in questions]
        ask, writes = f"SELECT * FROM histories.ask_{self.name}", f"SELECT * FROM histories.writes_{self.name}"
        with self.app.pipeline():
            self.app.execute("BEGIN")
            found = self.app.execute(f"{ask}(%s, %s, %s)", [at, tokens, opened])
            tried = self.app.execute(f"{writes}(%s, %s, %s, %s, %s, %s)", self._probe(probe)) if probe else None
            self.app.execute("ROLLBACK")
        answers: list[set[Answer]] = [set() for _ in questions]
        for question, table, row in found:
            answers[question - 1].add((table, row))
        adds, edits = (tried.fetchone() if tried else None) or (False, False)
        return answers, (adds, edits)

    def _opened(self, question: Question) -> str:
        if question.opened in FAMILIES:
            return str(key(question.opened))
        return "list" if question.opened in FALSE_TOKENS else question.opened

    def _probe(self, probe: Probe) -> list[Any]:
        drawer = self.world.get(Drawer, probe.row.drawer)
        opened = "list" if probe.holder in STAFF else ""
        return [
            self.tokens[probe.holder], opened, key(probe.holder), key(drawer.family),
            self.drawers[drawer.id], key(probe.row.id),
        ]  # fmt: skip

    # --- what the model says ------------------------------------------------------------------------------------------
    def expected(self, question: Question, readable: set[str]) -> set[Answer]:
        """The rows of the drawers the holder may read, of the family opened; for staff nothing when none is."""
        if question.opened in FALSE_TOKENS:
            return set()
        mine = self._own_lines(question.holder)
        if question.holder in STAFF and not question.opened:
            return mine
        for drawer in readable:
            if question.opened in ("", "list", self.world.get(Drawer, drawer).family):
                mine.update(self.filed[drawer])
        return mine

    def _own_lines(self, holder: str) -> set[Answer]:
        """A professional always sees their own line on a team."""
        if self.facts_asked is not Team:
            return set()
        return {(TABLES[Team], str(key(team.id))) for team in self.world.all(Team) if team.staff == holder}

    def rows(self) -> int:
        return sum(len(rows) for rows in self.filed.values())
