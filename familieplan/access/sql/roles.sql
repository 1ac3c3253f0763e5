-- The three roles of a deployment. Run once per PostgreSQL server, as a superuser; running it again changes nothing.
-- Passwords are set by whoever runs it:  ALTER ROLE familieplan_app PASSWORD '…'.

DO $$
BEGIN
    -- Owns the schema and migrates it. NOINHERIT: it may hand functions to the deriver, but never reads as the deriver.
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'familieplan_owner') THEN
        CREATE ROLE familieplan_owner LOGIN NOINHERIT;
    END IF;
    -- Owns the functions that work out who may read what. Sees facts about *who*, never what anybody said.
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'familieplan_deriver') THEN
        CREATE ROLE familieplan_deriver NOLOGIN;
    END IF;
    -- What the web process signs in as: owns nothing, bypasses nothing.
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'familieplan_app') THEN
        CREATE ROLE familieplan_app LOGIN;
    END IF;
END
$$;

ALTER ROLE familieplan_owner NOINHERIT NOSUPERUSER NOBYPASSRLS NOCREATEROLE;
ALTER ROLE familieplan_deriver NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB;
ALTER ROLE familieplan_app NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB;
GRANT familieplan_deriver TO familieplan_owner;
-- What one request asks is not for the next one to read in pg_stat_activity: they share a role.
ALTER ROLE familieplan_app SET track_activities = off;
