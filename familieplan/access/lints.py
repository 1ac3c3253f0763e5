"""Is the database guarded as ``catalogue.toml`` says? Every table, policy and privileged function is accounted for.

Run against a prepared database: in the tests, at boot (``boot.py``) and by ``manage check_database``.
"""

# ruff: noqa: S608 - the pieces put together are our own names of roles; nothing comes from outside
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

CATALOGUE = tomllib.loads(Path(__file__).with_name("catalogue.toml").read_text(encoding="utf-8"))
APP, DERIVER, OWNER = "familieplan_app", "familieplan_deriver", "familieplan_owner"
KEYED = {
    "reads": "(scope_id = ANY (( SELECT access.readable_scopes() AS readable_scopes)::integer[]))",
    "adds": "(scope_id = ANY (( SELECT access.addable_scopes() AS addable_scopes)::integer[]))",
    "edits": "(scope_id = ANY (( SELECT access.editable_scopes() AS editable_scopes)::integer[]))",
}
SIGNED_IN = "( SELECT access.signed_in() AS signed_in)"

Rows = list[tuple[Any, ...]]
Ask = Callable[[str], Rows]
Lint = Callable[[Ask], Iterator[str]]
NOT_THE_SYSTEMS = "n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg_toast%'"


def name(schema: str, table: str) -> str:
    return table if schema == "public" else f"{schema}.{table}"


def tables(ask: Ask) -> Iterator[str]:
    """Every relation is in the catalogue, is an ordinary table, and has row security enabled and forced."""
    found = {
        name(schema, table): (kind, enabled, forced)
        for schema, table, kind, enabled, forced in ask(
            "SELECT n.nspname, c.relname, c.relkind, c.relrowsecurity, c.relforcerowsecurity FROM pg_class c "
            f"JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') "
            f"AND {NOT_THE_SYSTEMS}"
        )
    }
    for table in found.keys() ^ CATALOGUE["tables"].keys():
        yield f"{table}: {'not in the catalogue' if table in found else 'in the catalogue, not in the database'}"
    for table, (kind, enabled, forced) in found.items():
        if kind != "r":
            yield f"{table}: a view or foreign table reads past row security unless proved otherwise"
        elif not (enabled and forced) and table != "django_migrations":
            yield f"{table}: row security is not enabled and forced"


def policies(ask: Ask) -> Iterator[str]:
    """The app's policies are those of the table's class and those given a reason, in the form that was measured."""
    found: dict[str, dict[str, tuple[str, str | None, str | None]]] = {}
    for schema, table, policy, roles, command, using, check in ask(
        "SELECT schemaname, tablename, policyname, roles::text[], cmd, qual, with_check FROM pg_policies"
    ):
        if APP in roles or "public" in roles:
            found.setdefault(name(schema, table), {})[policy] = (command, using, check)
    for table, kind in CATALOGUE["tables"].items():
        there = found.pop(table, {})
        ordinary = {"scoped": set(KEYED), "directory": {"reads"}}.get(kind, set())
        allowed = ordinary | {key.partition(".")[2] for key in CATALOGUE["extra"] if key.partition(".")[0] == table}
        for policy in there.keys() ^ allowed:
            yield f"{table}: policy {policy} is {'not accounted for' if policy in there else 'missing'}"
        if kind == "scoped":
            yield from (f"{table}: {fault}" for fault in _keyed(there))
        if kind == "directory" and there.get("reads", ("", "", ""))[1] != SIGNED_IN:
            yield f"{table}: reads is not 'anybody signed in'"
        if kind == "scoped" and ("not_while_early" in there) == (table in CATALOGUE["early"]["holds"]):
            yield f"{table}: is held by an early course, or is not; both cannot be"
    yield from (f"{table}: has policies of the app's but is not in the catalogue" for table in found)


def _keyed(there: dict[str, tuple[str, str | None, str | None]]) -> Iterator[str]:
    expected = {
        "reads": ("SELECT", KEYED["reads"], None),
        "adds": ("INSERT", None, KEYED["adds"]),
        "edits": ("UPDATE", KEYED["edits"], KEYED["edits"]),
    }
    for policy, form in expected.items():
        if policy in there and there[policy] != form:
            yield f"policy {policy} does not ask for a key: {there[policy]}"


def privileges(ask: Ask) -> Iterator[str]:
    """The app may read, add and change rows where a policy lets it; never delete facts, truncate or see machinery."""
    for schema, table, privilege in ask(
        "SELECT table_schema, table_name, privilege_type FROM information_schema.table_privileges "
        f"WHERE grantee IN ('{APP}', 'PUBLIC') AND table_schema NOT IN ('pg_catalog', 'information_schema')"
    ):
        table = name(schema, table)
        kind = CATALOGUE["tables"].get(table)
        allowed = {
            "scoped": {"SELECT", "INSERT", "UPDATE"},
            "directory": {"SELECT", "INSERT", "UPDATE"},
            "own": {"SELECT", "INSERT", "UPDATE", "DELETE"},
        }.get(str(kind), set())
        if privilege not in allowed:
            yield f"{table}: the app has {privilege}"
    ours = (
        "public",
        "access",
        "audit",
        "people",
        "consent",
        "plan",
        "accounts",
        "live",
        "meetings",
        "post",
        "desk",
        "early",
    )
    for schema in ours:
        if ask(f"SELECT has_schema_privilege('{APP}', '{schema}', 'CREATE')")[0][0]:
            yield f"schema {schema}: the app may create in it"


def roles(ask: Ask) -> Iterator[str]:
    """The app's role owns nothing, bypasses nothing and is nobody else."""
    for role, superuser, bypass, create_role in ask(
        "SELECT rolname, rolsuper, rolbypassrls, rolcreaterole FROM pg_roles "
        f"WHERE rolname IN ('{APP}', '{DERIVER}', '{OWNER}')"
    ):
        if superuser or bypass or create_role:
            yield f"role {role}: superuser, BYPASSRLS or CREATEROLE"
    for (granted,) in ask(
        "SELECT g.rolname FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid "
        f"JOIN pg_roles r ON r.oid = m.member WHERE r.rolname = '{APP}'"
    ):
        yield f"role {APP}: is a member of {granted}"
    for schema, owned in ask(
        "SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
        f"JOIN pg_roles r ON r.oid = c.relowner WHERE r.rolname = '{APP}' AND {NOT_THE_SYSTEMS}"
    ):
        yield f"{name(schema, owned)}: owned by the app"


def deriver(ask: Ask) -> Iterator[str]:
    """The deriver works out who may read; it does not get to know what was said."""
    readable = {
        name(schema, table)
        for schema, table in ask(
            "SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
            f"WHERE c.relkind = 'r' AND {NOT_THE_SYSTEMS} AND (has_table_privilege('{DERIVER}', c.oid, 'SELECT') "
            f"OR has_any_column_privilege('{DERIVER}', c.oid, 'SELECT'))"
        )
    }
    for table in readable - set(CATALOGUE["deriver"]["reads"]):
        yield f"{table}: the deriver may read it"
    for column in CATALOGUE["deriver"]["never_reads"]:
        table, _, field = column.rpartition(".")
        if ask(f"SELECT has_column_privilege('{DERIVER}', '{table}', '{field}', 'SELECT')")[0][0]:
            yield f"{column}: the deriver may read what was said"


def functions(ask: Ask) -> Iterator[str]:
    """Functions with more rights than their caller are known, belong to the deriver and fix their search path."""
    found = {}
    for schema, function, owner, config in ask(
        "SELECT n.nspname, p.proname, pg_get_userbyid(p.proowner), p.proconfig FROM pg_proc p "
        f"JOIN pg_namespace n ON n.oid = p.pronamespace WHERE p.prosecdef AND {NOT_THE_SYSTEMS}"
    ):
        found[name(schema, function)] = (owner, config or [])
    for function in found.keys() ^ CATALOGUE["definers"].keys():
        yield f"{function}: definer {'not accounted for' if function in found else 'missing'}"
    for function, (owner, config) in found.items():
        if owner != DERIVER or not any(setting.startswith("search_path=") for setting in config):
            yield f"{function}: not owned by the deriver, or without a search path of its own"
    for schema, function in ask(
        "SELECT n.nspname, p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace "
        f"WHERE {NOT_THE_SYSTEMS} AND p.prorettype <> 'trigger'::regtype "
        f"AND has_function_privilege('{APP}', p.oid, 'EXECUTE')"
    ):
        if name(schema, function) in CATALOGUE["private"]["functions"]:
            yield f"{schema}.{function}: the app may call it"
    if not ask("SELECT pg_get_function_sqlbody('access.clock()'::regprocedure) = 'RETURN statement_timestamp()'")[0][0]:
        yield "access.clock: is not the statement's own moment"


def triggers(ask: Ask) -> Iterator[str]:
    """Every fact has its trigger, and no trigger is switched off."""
    following = {
        name(schema, table)
        for schema, table in ask(
            "SELECT n.nspname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
            "JOIN pg_namespace n ON n.oid = c.relnamespace WHERE t.tgname = 'grants_follow'"
        )
    }
    for table in following ^ set(CATALOGUE["facts"]["tables"]):
        yield f"{table}: grants {'follow it unasked' if table in following else 'do not follow it'}"
    for table, trigger in ask(
        "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'O'"
    ):
        yield f"{table}: trigger {trigger} is switched off"


LINTS: tuple[Lint, ...] = (tables, policies, privileges, roles, deriver, functions, triggers)


def faults(ask: Ask) -> list[str]:
    """All that is not as the catalogue says; empty when the house is in order. Any role can ask."""
    return [fault for lint in LINTS for fault in lint(ask)]


def through(connection: BaseDatabaseWrapper) -> Ask:
    """Ask by way of a Django connection."""

    def ask(statement: str) -> Rows:
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return list(cursor.fetchall())

    return ask
