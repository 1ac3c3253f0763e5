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
CALL accounts.guard('accounts_event', NULL, NULL);
GRANT USAGE ON SEQUENCE mfa_authenticator_id_seq TO familieplan_app;

GRANT SELECT, INSERT, UPDATE (login, password, is_active) ON accounts_user TO familieplan_deriver;
GRANT SELECT, DELETE ON accounts_session, mfa_authenticator TO familieplan_deriver;
GRANT SELECT, INSERT, UPDATE (used_at), DELETE ON accounts_invitation TO familieplan_deriver;

-- What somebody else has done with one's account: read by the one it belongs to, who says that they have read it. Written by the
-- functions below and nobody else; it stays.
CREATE POLICY told ON accounts_event FOR SELECT TO familieplan_app
    USING ((SELECT access.actor_kind()) = 'auth' OR user_id = (SELECT access.actor_user()));
CREATE POLICY has_read ON accounts_event FOR UPDATE TO familieplan_app USING (user_id = (SELECT access.actor_user()));
GRANT SELECT, UPDATE (read_at) ON accounts_event TO familieplan_app;
GRANT SELECT, INSERT ON accounts_event TO familieplan_deriver;

-- Not a definer: only the functions below have the right to the table.
CREATE FUNCTION accounts.note(account uuid, what_was_done text) RETURNS void LANGUAGE sql AS $$
    INSERT INTO public.accounts_event (id, user_id, what, by, at)
    VALUES (gen_random_uuid(), account, what_was_done, access.actor(), clock_timestamp())
$$;

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
    IF account.last_login IS NOT NULL THEN
        PERFORM accounts.note(account.id, 'new link');
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
    PERFORM accounts.note(u.id, 'link used') FROM public.accounts_user u WHERE u.id = account AND u.last_login IS NOT NULL;
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
    PERFORM accounts.note(account, CASE WHEN active THEN 'opened' ELSE 'closed' END);
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

-- Which accounts two administrators must agree about: those that open a family's plan, and those of administrators, or one of
-- them could first become the other.
CREATE FUNCTION accounts.needs_two(account uuid) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN EXISTS (SELECT FROM public.accounts_user u WHERE u.id = account AND (u.kind = 'person'
        OR EXISTS (SELECT FROM public.people_teammember t WHERE t.staff_id = u.holder
                   AND t.starts <= access.today() AND coalesce(t.ends, 'infinity') >= access.today())
        OR EXISTS (SELECT FROM public.people_staffrole r WHERE r.staff_id = u.holder AND r.role = 'administrator'
                   AND r.starts <= access.today() AND coalesce(r.ends, 'infinity') >= access.today())));
END
$$;

-- Who has asked within the last day to forget the second factor, and waits for another to agree.
CREATE FUNCTION accounts.factor_asked_by(account uuid) RETURNS uuid LANGUAGE sql STABLE AS $$
    SELECT e.by FROM public.accounts_event e
    WHERE e.user_id = account AND e.what = 'factor asked' AND e.at > clock_timestamp() - interval '1 day'
      AND NOT EXISTS (SELECT FROM public.accounts_event done
                      WHERE done.user_id = account AND done.what = 'factor forgotten' AND done.at > e.at)
    ORDER BY e.at LIMIT 1
$$;

-- An administrator of a week's standing, whose account nobody has made a link to, opened or changed for a week: nobody makes a
-- second self for the purpose, out of a new account, an idle one or a colleague's.
CREATE FUNCTION accounts.is_settled(administrator uuid) RETURNS boolean LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT FROM public.accounts_user u JOIN public.people_staffrole r ON r.staff_id = u.holder
        WHERE u.holder = administrator AND u.created_at < clock_timestamp() - interval '7 days'
          AND r.role = 'administrator' AND r.starts <= access.today() - 7 AND coalesce(r.ends, 'infinity') >= access.today()
          AND NOT EXISTS (SELECT FROM public.accounts_event e WHERE e.user_id = u.id
              AND e.what IN ('new link', 'link used', 'opened', 'factor forgotten') AND e.at > clock_timestamp() - interval '7 days')
          AND NOT EXISTS (SELECT FROM public.accounts_invitation i WHERE i.user_id = u.id
              AND greatest(i.made_at, i.used_at) > clock_timestamp() - interval '7 days'));
END
$$;

-- A lost telephone: the next sign-in starts with choosing a new second factor. Answers whether it is done, or waits for another
-- administrator. Where there is no other, whoever runs the server does it there.
CREATE FUNCTION accounts.forget_second_factor(account uuid) RETURNS boolean LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me uuid := access.actor();
    other uuid;
BEGIN
    PERFORM accounts.must_administer();
    PERFORM FROM public.accounts_user u WHERE u.id = account FOR UPDATE;
    IF EXISTS (SELECT FROM public.accounts_user u WHERE u.id = account AND u.holder = me) THEN
        RAISE insufficient_privilege USING MESSAGE = 'their own account';
    END IF;
    IF access.actor_kind() IS DISTINCT FROM 'job' AND accounts.needs_two(account) THEN
        other := accounts.factor_asked_by(account);
        IF other IS NULL THEN
            PERFORM accounts.note(account, 'factor asked');
        END IF;
        IF other IS NULL OR other = me OR NOT accounts.is_settled(me) OR NOT accounts.is_settled(other) THEN
            RETURN false;
        END IF;
    END IF;
    DELETE FROM public.mfa_authenticator m WHERE m.user_id = account;
    DELETE FROM public.accounts_session s WHERE s.user_id = account;
    PERFORM accounts.note(account, 'factor forgotten');
    RETURN true;
END
$$;

-- The administrator's list. No password, no secret, no session.
CREATE FUNCTION accounts.directory()
RETURNS TABLE (id uuid, login text, kind text, holder uuid, is_active boolean, last_login timestamptz,
               has_second_factor boolean, invited_until timestamptz, factor_asked_by uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM accounts.must_administer();
    RETURN QUERY SELECT u.id, u.login::text, u.kind::text, u.holder, u.is_active, u.last_login,
        EXISTS (SELECT FROM public.mfa_authenticator m WHERE m.user_id = u.id AND m.type IN ('totp', 'webauthn')),
        (SELECT max(i.expires_at) FROM public.accounts_invitation i WHERE i.user_id = u.id AND i.used_at IS NULL),
        accounts.factor_asked_by(u.id)
        FROM public.accounts_user u ORDER BY u.login;
END
$$;

-- What administrators have done with accounts, the newest first, for all of them to see. Whose a family's account is, is not told:
-- there is no list of who has a plan.
CREATE FUNCTION accounts.done(at_most int)
RETURNS TABLE (at timestamptz, by uuid, what text, holder uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM accounts.must_administer();
    RETURN QUERY SELECT e.at, e.by, e.what::text, CASE WHEN u.kind = 'staff' THEN u.holder END
        FROM public.accounts_event e JOIN public.accounts_user u ON u.id = e.user_id
        ORDER BY e.at DESC LIMIT at_most;
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
