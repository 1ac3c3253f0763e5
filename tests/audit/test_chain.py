"""Whoever changes, removes or adds a row of the log behind our back, or cuts off its end, is found out."""

from io import StringIO
from pathlib import Path

import psycopg
import pytest
from django.core.management import CommandError, call_command

from familieplan.access.context import acting_as
from familieplan.audit import chain, log
from tests.street import Street


@pytest.fixture(autouse=True)
def as_owner(street: Street, owner_connection: psycopg.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a command on the server, which has the owner's address; and a log with some lines in it."""
    monkeypatch.setattr(chain, "_owner", owner_connection.cursor)
    for name in ("Jens", "Lis", "Sara", "Mette"):
        with acting_as(street.actor(name)):
            log.open_family(street.family, "family")


def verify(*arguments: str) -> str:
    out = StringIO()
    call_command("audit_verify", *arguments, stdout=out)
    return out.getvalue()


def heads(folder: Path) -> str:
    out = StringIO()
    call_command("audit_heads", stdout=out)
    file = folder / "heads"
    file.write_text(out.getvalue())
    return str(file)


ROW = "(SELECT id FROM audit_entry WHERE family_id = %(family)s ORDER BY seq {} LIMIT 1 OFFSET {})"
LAST = ROW.format("DESC", 0)
TAMPERED = {
    "who looked": f"UPDATE audit_entry SET holder = gen_random_uuid() WHERE id = {ROW.format('', 2)}",
    "when": f"UPDATE audit_entry SET at = at - interval '1 second' WHERE id = {ROW.format('', 2)}",
    "what was seen": f"UPDATE audit_entry SET scopes = scopes[2:], bases = bases[2:] WHERE id = {LAST}",
    "another family's": f"UPDATE audit_entry SET family_id = gen_random_uuid() WHERE id = {ROW.format('', 1)}",
    "no hash": f"UPDATE audit_entry SET hash = NULL, previous = NULL WHERE id = {ROW.format('', 2)}",
    "out of the chain": f"UPDATE audit_entry SET seq = NULL WHERE id = {ROW.format('', 2)}",
    "the first removed": f"DELETE FROM audit_entry WHERE id = {ROW.format('', 0)}",
    "one removed": f"DELETE FROM audit_entry WHERE id = {ROW.format('', 2)}",
    "the last removed": f"DELETE FROM audit_entry WHERE id = {LAST}",
    "one put in between": f"""INSERT INTO audit_entry OVERRIDING SYSTEM VALUE
        SELECT (jsonb_populate_record(e, jsonb_build_object('id', 1000000))).*
        FROM audit_entry e WHERE id = {ROW.format('', 2)}""",
}  # fmt: skip


def tamper(database: psycopg.Connection, statement: str, street: Street) -> None:
    database.execute("SET session_replication_role = replica")  # as somebody who knows their way around: no triggers
    assert database.execute(statement.encode(), {"family": street.family}).rowcount > 0


def test_a_log_that_nobody_touched_is_whole(tmp_path: Path) -> None:
    assert "is whole" in verify()
    assert "is whole" in verify(heads(tmp_path))


@pytest.mark.parametrize("what", TAMPERED)
def test_what_was_done_to_the_log_shows(street: Street, superuser_connection: psycopg.Connection, what: str) -> None:
    tamper(superuser_connection, TAMPERED[what], street)
    with pytest.raises(CommandError):
        verify()
    assert street.family in {one.chain for one in chain.breaks()}


def test_an_end_cut_off_with_care_shows_in_the_heads_kept_outside(
    street: Street, superuser_connection: psycopg.Connection, tmp_path: Path
) -> None:
    kept = heads(tmp_path)
    tamper(superuser_connection, TAMPERED["the last removed"], street)
    tamper(
        superuser_connection,
        """UPDATE audit_head h SET seq = e.seq, hash = e.hash FROM audit_entry e WHERE h.chain = %(family)s
           AND e.chain = h.chain AND e.seq = h.seq - 1""",
        street,
    )
    assert "is whole" in verify()
    with pytest.raises(CommandError):
        verify(kept)


def test_the_app_itself_cannot_touch_the_log(app_connection: psycopg.Connection) -> None:
    for statement in (b"SELECT FROM audit_entry", b"UPDATE audit_entry SET why = ''", b"DELETE FROM audit_entry"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app_connection.execute(statement)
