"""A yes is taken back while a page, a form and a PDF are under way: no later statement returns anything through it."""

from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from django.conf import LazySettings
from django.db import connection
from django.test import Client
from django.utils.html import escape

from familieplan.access.actor import SIGNING_IN, Actor, token
from familieplan.access.context import acting_as
from familieplan.accounts.models import User
from familieplan.demo.municipality import STAFF, UNITS, id_of
from tests.conftest import databases

HOLM, JENS = id_of("family", "eight_places"), STAFF["jens"].actor
PAGES = {"page": "", "form": "agreements/add/", "pdf": "fridge-plan.pdf"}


class Withdrawal:
    """Sara takes back what the job centre may know, on a connection of her own, just before the n-th statement."""

    def __init__(self, database: psycopg.Connection, before: int) -> None:
        self.database, self.before = database, before
        self.statements, self.after = 0, 0
        self.told: list[str] = []
        self.secrets = self._through_consent()

    def _through_consent(self) -> list[str]:
        """Words that only a consent lets Jens read."""
        rows = self.database.execute(
            "SELECT DISTINCT words FROM ("
            "  SELECT scope_id, text AS words FROM plan_statement UNION SELECT scope_id, text FROM plan_goal"
            "  UNION SELECT scope_id, what FROM plan_agreement UNION SELECT scope_id, title FROM plan_topic) w "
            "JOIN access_grant g USING (scope_id) WHERE g.holder = %s AND g.family_id = %s AND g.basis = 'consent'",
            [JENS.holder, HOLM],
        )
        return [row[0] for row in rows]

    def take_back(self) -> None:
        rows = self.database.execute(
            "SELECT id, subject_id FROM consent_consent WHERE %s = ANY (to_units) AND withdrawn_at IS NULL",
            [UNITS["jobcenter"].id],
        ).fetchall()
        with psycopg.connect(databases.addresses()["DATABASE_URL"]) as sara:
            for consent, subject in rows:
                signed = token(Actor(subject, "person"), backend_pid=sara.info.backend_pid)
                sara.execute("SELECT set_config('app.actor', %s, true)", [signed])
                assert sara.execute("SELECT consent.withdraw(%s)", [consent]).fetchone() == (True,)

    def give_again(self) -> None:
        self.database.execute("UPDATE consent_consent SET withdrawn_at = NULL, withdrawn_by = NULL")

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        self.statements += 1
        if self.statements == self.before:
            self.take_back()
        if self.statements >= self.before and sql.lstrip().upper().startswith("SELECT"):
            self.after += 1
            with type(context["cursor"].cursor)(connection.connection) as again:  # bound as it was
                again.execute(sql, params)
                answer = repr(again.fetchall())
            self.told += [words for words in self.secrets if words in answer]
        return execute(sql, params, many, context)


@pytest.mark.parametrize("kind", PAGES)
def test_nothing_is_read_after_the_withdrawal(
    demo_db: None, superuser_connection: psycopg.Connection, settings: LazySettings, kind: str
) -> None:
    settings.DEMO = True  # staff without a second factor
    client, before, reads = Client(), 1, 0
    with acting_as(SIGNING_IN):
        client.force_login(User.objects.get(login="jens"))
    while True:
        withdrawal = Withdrawal(superuser_connection, before)
        assert withdrawal.secrets
        with connection.execute_wrapper(withdrawal):
            answer = client.get(f"/families/{HOLM}/{PAGES[kind]}")
        assert not withdrawal.told, f"statement {before} of a {kind}: {withdrawal.told}"
        if withdrawal.statements < before:
            break  # nothing was taken back: this is the answer with the yes
        withdrawal.give_again()
        before, reads = before + 1, reads + withdrawal.after
    assert answer.status_code == 200
    assert before > 4
    assert reads > 4
    if kind == "page":
        assert any(escape(words) in answer.content.decode() for words in withdrawal.secrets), "the yes opens nothing"
