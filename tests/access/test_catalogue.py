"""The lint sees every way in which the database could stop guarding itself."""

import psycopg
import pytest

from familieplan.access.lints import Rows, faults

PLANTED = {
    "a new table nobody thought of": "CREATE TABLE gossip (id int)",
    "a new table with rows for the app": "CREATE TABLE gossip (id int); GRANT SELECT ON gossip TO familieplan_app",
    "a view over statements": "CREATE VIEW words AS SELECT * FROM plan_statement;"
    "GRANT SELECT ON words TO familieplan_app",
    "a materialised view": "CREATE MATERIALIZED VIEW words AS SELECT * FROM plan_statement",
    "row security off": "ALTER TABLE plan_statement DISABLE ROW LEVEL SECURITY",
    "row security not forced": "ALTER TABLE plan_statement NO FORCE ROW LEVEL SECURITY",
    "a policy that lets everybody in": "CREATE POLICY open ON plan_topic FOR SELECT TO PUBLIC USING (true)",
    "a policy gone": "DROP POLICY adds ON plan_goal",
    "a policy that asks for too little": "ALTER POLICY reads ON plan_goal USING (family_id IS NOT NULL)",
    "edits checked by the wrong key": "ALTER POLICY edits ON plan_goal USING "
    "(scope_id = ANY ((SELECT access.readable_scopes())::int[]))",
    "a directory open to nobody signed in": "ALTER POLICY reads ON people_staff USING (true)",
    "the app deletes": "GRANT DELETE ON plan_agreement TO familieplan_app",
    "the app truncates": "GRANT TRUNCATE ON plan_agreement TO familieplan_app",
    "the app reads the log": "GRANT SELECT ON audit_entry TO familieplan_app",
    "everybody reads the key": "GRANT SELECT ON access.signing_key TO PUBLIC",
    "the app may create": "GRANT CREATE ON SCHEMA public TO familieplan_app",
    "the app bypasses": "ALTER ROLE familieplan_app BYPASSRLS",
    "the deriver bypasses": "ALTER ROLE familieplan_deriver BYPASSRLS",
    "the app is also the deriver": "GRANT familieplan_deriver TO familieplan_app",
    "the app owns a table": "ALTER TABLE people_draft OWNER TO familieplan_app",
    "the deriver reads words": "GRANT SELECT ON plan_statement TO familieplan_deriver",
    "the deriver reads topics": "GRANT SELECT ON plan_topic TO familieplan_deriver",
    "a definer of the owner's": "CREATE FUNCTION plan.peek() RETURNS bigint LANGUAGE sql SECURITY DEFINER RETURN 1",
    "a definer changed hands": "ALTER FUNCTION access.keys(text) OWNER TO familieplan_owner",
    "the app may write the log": "GRANT EXECUTE ON FUNCTION audit.write TO familieplan_app",
    "anybody may rebuild grants": "GRANT EXECUTE ON FUNCTION access.rebuild TO PUBLIC",
    "a definer without a search path": "ALTER FUNCTION access.keys(text) RESET search_path",
    "the clock stands still": "CREATE OR REPLACE FUNCTION access.clock() RETURNS timestamptz LANGUAGE sql STABLE "
    "RETURN now()",
    "the clock is moved": "CREATE OR REPLACE FUNCTION access.clock() RETURNS timestamptz LANGUAGE sql STABLE "
    "RETURN statement_timestamp() - interval '1 day'",
    "a fact without its trigger": "DROP TRIGGER grants_follow ON people_custody",
    "a trigger switched off": "ALTER TABLE consent_consent DISABLE TRIGGER grants_follow",
}


def asked(connection: psycopg.Connection) -> list[str]:
    def ask(statement: str) -> Rows:
        return connection.execute(statement.encode()).fetchall()

    return faults(ask)


def test_the_house_is_in_order(superuser_connection: psycopg.Connection) -> None:
    assert asked(superuser_connection) == []


def test_the_app_itself_can_check(app_connection: psycopg.Connection) -> None:
    assert asked(app_connection) == []


@pytest.mark.parametrize("fault", PLANTED)
def test_planted_fault_is_found(superuser_connection: psycopg.Connection, fault: str) -> None:
    with superuser_connection.transaction(force_rollback=True):
        superuser_connection.execute(PLANTED[fault].encode())
        assert asked(superuser_connection), f"not found: {fault}"
