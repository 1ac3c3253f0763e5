-- Who reads and writes the accounts tables.
--   signing in (kind 'auth'):  looks users, sessions and second factors up; nothing else in the house is open to it.
--   signed in:                 one's own rows.
--   everything else:           the functions below, which ask for the administrator themselves.

CREATE SCHEMA accounts;
GRANT USAGE ON SCHEMA accounts TO familieplan_app;
GRANT USAGE, CREATE ON SCHEMA accounts TO familieplan_deriver;

CREATE PROCEDURE accounts.guard(tbl regclass, owner_column text, rights text) LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', tbl);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', tbl);
    EXECUTE format('CREATE POLICY owns ON %s TO familieplan_owner USING (true) WITH CHECK (true)', tbl);
    EXECUTE format('CREATE POLICY administers ON %s TO familieplan_deriver USING (true) WITH CHECK (true)', tbl);
    IF owner_column IS NOT NULL THEN
        EXECUTE format($policy$CREATE POLICY signing_in_or_own ON %1$s TO familieplan_app
            USING ((SELECT access.actor_kind()) = 'auth' OR %2$I = (SELECT access.actor_user()))
            WITH CHECK ((SELECT access.actor_kind()) = 'auth' OR %2$I = (SELECT access.actor_user()))$policy$,
            tbl, owner_column);
        EXECUTE format('GRANT %s ON %s TO familieplan_app', rights, tbl);
    END IF;
END
$$;

-- Nobody who signs in or is signed in can change whose account it is, of which kind, or that it is closed.
CALL accounts.guard('accounts_user', 'id', 'SELECT, UPDATE (password, last_login, language)');
CALL accounts.guard('accounts_session', 'user_id', 'SELECT, INSERT, UPDATE (user_id, data, seen_at), DELETE');
CALL accounts.guard('mfa_authenticator', 'user_id', 'SELECT, INSERT, UPDATE, DELETE');
CALL accounts.guard('accounts_invitation', NULL, NULL);
GRANT USAGE ON SEQUENCE mfa_authenticator_id_seq TO familieplan_app;

GRANT SELECT, INSERT, UPDATE (login, password, is_active) ON accounts_user TO familieplan_deriver;
GRANT SELECT, DELETE ON accounts_session, mfa_authenticator TO familieplan_deriver;
GRANT SELECT, INSERT, UPDATE (used_at), DELETE ON accounts_invitation TO familieplan_deriver;

-- Counters under keyed hashes: about nobody, but still only for requests that say who they are.
ALTER TABLE accounts_cacheentry ENABLE ROW LEVEL SECURITY;
ALTER TABLE accounts_cacheentry FORCE ROW LEVEL SECURITY;
CREATE POLICY anybody ON accounts_cacheentry TO familieplan_app
    USING ((SELECT access.actor_kind()) IS NOT NULL) WITH CHECK ((SELECT access.actor_kind()) IS NOT NULL);
CREATE POLICY owns ON accounts_cacheentry TO familieplan_owner USING (true) WITH CHECK (true);
CREATE POLICY administers ON accounts_cacheentry TO familieplan_deriver USING (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON accounts_cacheentry TO familieplan_app;
GRANT SELECT, DELETE ON accounts_cacheentry TO familieplan_deriver;

-- An administrator, or a command on the server itself.
CREATE FUNCTION accounts.must_administer() RETURNS void LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF access.actor_kind() IS DISTINCT FROM 'job' AND access.has_role('administrator') IS NOT TRUE THEN
        RAISE insufficient_privilege USING MESSAGE = 'only an administrator does this';
    END IF;
END
$$;

-- A new account, or a new link to one. The coordinator of a family invites the people in it. An account already in use gets
-- a new link from an administrator only: otherwise the one who invites a mother could later sign in as her.
CREATE FUNCTION accounts.invite(kind_ text, holder_ uuid, login_ text, token_hash_ text, until_ timestamptz)
RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    account public.accounts_user;
BEGIN
    SELECT * INTO account FROM public.accounts_user u WHERE u.holder = holder_ FOR UPDATE;
    IF kind_ <> 'person' OR account.last_login IS NOT NULL OR NOT EXISTS (
        SELECT FROM public.people_person p WHERE p.id = holder_ AND access.coordinates(p.family_id)) THEN
        PERFORM accounts.must_administer();
    END IF;
    IF account.id IS NULL THEN
        INSERT INTO public.accounts_user (id, login, password, kind, holder, is_active, language, created_at)
        VALUES (gen_random_uuid(), lower(login_), '!', kind_, holder_, true, '', clock_timestamp()) RETURNING * INTO account;
    ELSIF account.kind <> kind_ OR NOT account.is_active THEN
        RAISE insufficient_privilege USING MESSAGE = 'the account is closed or of another kind';
    ELSE
        UPDATE public.accounts_user u SET login = lower(login_) WHERE u.id = account.id AND u.login <> lower(login_);
    END IF;
    DELETE FROM public.accounts_invitation i WHERE i.user_id = account.id AND i.used_at IS NULL;
    INSERT INTO public.accounts_invitation (id, user_id, token_hash, made_by, made_at, expires_at)
    VALUES (gen_random_uuid(), account.id, token_hash_, access.actor(), clock_timestamp(), until_);
    RETURN account.id;
END
$$;

-- The user name a link is for, or NULL: unknown, used, too old or closed are not told apart.
CREATE FUNCTION accounts.invited(token_hash_ text) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
    SELECT u.login FROM public.accounts_invitation i JOIN public.accounts_user u ON u.id = i.user_id
    WHERE i.token_hash = token_hash_ AND i.used_at IS NULL AND i.expires_at > clock_timestamp() AND u.is_active
$$;

-- The link is spent, the password is set, and whoever was signed in with the old one no longer is.
CREATE FUNCTION accounts.accept_invitation(token_hash_ text, password_ text) RETURNS uuid LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    account uuid;
BEGIN
    UPDATE public.accounts_invitation i SET used_at = clock_timestamp()
        WHERE i.token_hash = token_hash_ AND i.used_at IS NULL AND accounts.invited(token_hash_) IS NOT NULL
        RETURNING i.user_id INTO account;
    IF account IS NULL THEN
        RETURN NULL;
    END IF;
    UPDATE public.accounts_user u SET password = password_ WHERE u.id = account;
    DELETE FROM public.accounts_session s WHERE s.user_id = account;
    RETURN account;
END
$$;

-- Closing an account ends its sessions and links in the same statement; opening it again brings none of them back.
-- Answers with the holder of a staff account, NULL for a family's.
CREATE FUNCTION accounts.set_active(account uuid, active boolean) RETURNS uuid LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    staff uuid;
BEGIN
    PERFORM accounts.must_administer();
    UPDATE public.accounts_user u SET is_active = active WHERE u.id = account
        RETURNING CASE WHEN u.kind = 'staff' THEN u.holder END INTO staff;
    DELETE FROM public.accounts_session s WHERE s.user_id = account;
    DELETE FROM public.accounts_invitation i WHERE i.user_id = account AND i.used_at IS NULL;
    RETURN staff;
END
$$;

-- A staff member leaves: by the trigger on people_staff every key to every drawer ends with it.
-- Not a definer: people_staff's own policy asks for the administrator once more.
CREATE FUNCTION accounts.staff_leaves(staff uuid, leaves boolean) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    UPDATE public.people_staff s SET left_at = CASE WHEN leaves THEN access.clock() END
        WHERE s.id = staff AND (s.left_at IS NULL) = leaves;
END
$$;

-- A lost telephone: the next sign-in starts with choosing a new second factor.
CREATE FUNCTION accounts.forget_second_factor(account uuid) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM accounts.must_administer();
    DELETE FROM public.mfa_authenticator m WHERE m.user_id = account;
    DELETE FROM public.accounts_session s WHERE s.user_id = account;
END
$$;

-- The administrator's list. No password, no secret, no session.
CREATE FUNCTION accounts.directory()
RETURNS TABLE (id uuid, login text, kind text, holder uuid, is_active boolean, last_login timestamptz,
               has_second_factor boolean, invited_until timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM accounts.must_administer();
    RETURN QUERY SELECT u.id, u.login::text, u.kind::text, u.holder, u.is_active, u.last_login,
        EXISTS (SELECT FROM public.mfa_authenticator m WHERE m.user_id = u.id AND m.type IN ('totp', 'webauthn')),
        (SELECT max(i.expires_at) FROM public.accounts_invitation i WHERE i.user_id = u.id AND i.used_at IS NULL)
        FROM public.accounts_user u ORDER BY u.login;
END
$$;

-- What has run out is removed. Harmless to call, so nobody is asked who they are: no session lives for a day unseen.
CREATE FUNCTION accounts.forget_expired() RETURNS int LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    gone int;
BEGIN
    DELETE FROM public.accounts_session s WHERE s.seen_at < clock_timestamp() - interval '1 day';
    GET DIAGNOSTICS gone = ROW_COUNT;
    DELETE FROM public.accounts_invitation i WHERE i.expires_at < clock_timestamp();
    DELETE FROM public.accounts_cacheentry c WHERE c.expires_at < clock_timestamp();
    RETURN gone;
END
$$;

DO $$
DECLARE
    function_ regprocedure;
BEGIN
    FOR function_ IN SELECT p.oid::regprocedure FROM pg_proc p
        WHERE p.pronamespace = 'accounts'::regnamespace AND p.prokind = 'f' LOOP
        EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', function_);
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO familieplan_app', function_);
        EXECUTE format('ALTER FUNCTION %s OWNER TO familieplan_deriver', function_);
    END LOOP;
END
$$;
REVOKE CREATE ON SCHEMA accounts FROM familieplan_deriver;
