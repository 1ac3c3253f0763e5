-- Who is asking. The web process signs a short-lived token for the transaction; these functions verify it.
-- A setting alone would be forgeable by injected SQL; the key lies where the app's role cannot read it.

CREATE SCHEMA access;
GRANT USAGE ON SCHEMA access TO familieplan_app;
GRANT USAGE, CREATE ON SCHEMA access TO familieplan_deriver;

-- HMAC-SHA256 (RFC 2104) keeps its key as the two padded blocks; PostgreSQL's own sha256() does the rest.
CREATE TABLE access.signing_key (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    inner_block bytea NOT NULL CHECK (length(inner_block) = 64),
    outer_block bytea NOT NULL CHECK (length(outer_block) = 64)
);
ALTER TABLE access.signing_key ENABLE ROW LEVEL SECURITY;
ALTER TABLE access.signing_key FORCE ROW LEVEL SECURITY;
CREATE POLICY deriver_reads ON access.signing_key FOR SELECT TO familieplan_deriver USING (true);
CREATE POLICY owner_installs ON access.signing_key TO familieplan_owner USING (true) WITH CHECK (true);
GRANT SELECT ON access.signing_key TO familieplan_deriver;

-- {kind, holder, user} of the verified actor, or NULL. Token: kind:holder:user:expires:backend:signature
CREATE FUNCTION access.verified_actor() RETURNS text[] LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    token text := current_setting('app.actor', true);
    part text[] := string_to_array(token, ':');
    message bytea;
    signature bytea;
BEGIN
    IF token IS NULL OR array_length(part, 1) IS DISTINCT FROM 6 THEN
        RETURN NULL;
    END IF;
    IF part[4]::bigint < extract(epoch FROM clock_timestamp()) OR part[5]::int <> pg_backend_pid() THEN
        RETURN NULL;
    END IF;
    message := convert_to(array_to_string(part[1:5], ':'), 'UTF8');
    SELECT sha256(k.outer_block || sha256(k.inner_block || message)) INTO signature FROM access.signing_key k;
    IF signature IS NULL OR encode(signature, 'hex') <> part[6] THEN
        RETURN NULL;
    END IF;
    RETURN part[1:3];
EXCEPTION WHEN invalid_text_representation OR numeric_value_out_of_range THEN
    RETURN NULL;
END
$$;

-- The person or staff member asking; NULL when nobody is, or while somebody is signing in.
CREATE FUNCTION access.actor() RETURNS uuid LANGUAGE sql STABLE
RETURN nullif((access.verified_actor())[2], '')::uuid;

CREATE FUNCTION access.actor_kind() RETURNS text LANGUAGE sql STABLE
RETURN (access.verified_actor())[1];

CREATE FUNCTION access.actor_user() RETURNS uuid LANGUAGE sql STABLE
RETURN nullif((access.verified_actor())[3], '')::uuid;

CREATE FUNCTION access.signed_in() RETURNS boolean LANGUAGE sql STABLE
RETURN access.actor() IS NOT NULL;

ALTER FUNCTION access.verified_actor() OWNER TO familieplan_deriver;
