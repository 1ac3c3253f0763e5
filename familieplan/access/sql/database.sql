-- What a new database needs from a superuser, once; running it again changes nothing. roles.sql comes first.

-- By name: PostgreSQL 15 gives a NOINHERIT owner nothing of what the owner of the database has.
ALTER SCHEMA public OWNER TO familieplan_owner;

-- Large objects lie outside row security; nobody here keeps any.
REVOKE EXECUTE ON FUNCTION lo_creat(int), lo_create(oid), lo_from_bytea(oid, bytea) FROM PUBLIC;

DO $$
BEGIN
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO familieplan_app', current_database());
    -- The same by name for the owner: connect, make schemas and trusted extensions.
    EXECUTE format('GRANT CONNECT, CREATE, TEMPORARY ON DATABASE %I TO familieplan_owner', current_database());
END
$$;
