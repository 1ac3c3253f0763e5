-- Jobs, the outbox, and where letters go.
--   the queue (procrastinate_*):  worked off by kind 'job' only; anybody signed in puts a job into it through post.defer().
--   post_letter:                  nobody's to read; written and worked off through the functions below.
--   post_address:                 its holder's alone, and the letter's at the moment it is sent.

CREATE SCHEMA post;
GRANT USAGE ON SCHEMA post TO familieplan_app;
GRANT USAGE, CREATE ON SCHEMA post TO familieplan_deriver;

-- What a job is told is ids and numbers: the queue is read by whoever keeps the server, and it is about nobody.
ALTER TABLE procrastinate_jobs ADD CONSTRAINT told_ids_only CHECK (NOT jsonb_path_exists(args, 'strict $.* ? (
    !(@.type() == "number" || (@.type() == "string" && @ like_regex "^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$")))'));

CREATE PROCEDURE post.guard(tbl regclass) LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', tbl);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', tbl);
    EXECUTE format('CREATE POLICY owns ON %s TO familieplan_owner USING (true) WITH CHECK (true)', tbl);
    EXECUTE format('CREATE POLICY administers ON %s TO familieplan_deriver USING (true) WITH CHECK (true)', tbl);
END
$$;
CREATE PROCEDURE post.worked_off(tbl regclass) LANGUAGE plpgsql AS $$
BEGIN
    CALL post.guard(tbl);
    EXECUTE format($policy$CREATE POLICY works ON %s TO familieplan_app
        USING ((SELECT access.actor_kind()) = 'job') WITH CHECK ((SELECT access.actor_kind()) = 'job')$policy$, tbl);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO familieplan_app', tbl);
END
$$;
CALL post.worked_off('procrastinate_jobs');
CALL post.worked_off('procrastinate_events');
CALL post.worked_off('procrastinate_workers');
CALL post.worked_off('procrastinate_periodic_defers');
GRANT USAGE ON SEQUENCE procrastinate_jobs_id_seq, procrastinate_events_id_seq, procrastinate_periodic_defers_id_seq
    TO familieplan_app;
GRANT SELECT, INSERT ON procrastinate_jobs TO familieplan_deriver;
GRANT INSERT ON procrastinate_events TO familieplan_deriver;
GRANT USAGE ON SEQUENCE procrastinate_jobs_id_seq, procrastinate_events_id_seq TO familieplan_deriver;

CALL post.guard('post_letter');
GRANT SELECT, INSERT, UPDATE (sent_at, failed_at, trouble), DELETE ON post_letter TO familieplan_deriver;

CALL post.guard('post_address');
CREATE POLICY own ON post_address TO familieplan_app
    USING (user_id = (SELECT access.actor_user())) WITH CHECK (user_id = (SELECT access.actor_user()));
GRANT SELECT, INSERT, UPDATE (email, kept_at), DELETE ON post_address TO familieplan_app;
GRANT SELECT, INSERT, UPDATE (email, kept_at), DELETE ON post_address TO familieplan_deriver;

-- A job, in the caller's own transaction: rolled back with it, and seen by the worker when it commits. One after the other where
-- they share a lock. Anybody signed in may ask; what the job may do, it does as kind 'job'.
CREATE FUNCTION post.defer(task text, queue text, told jsonb, in_turn text, not_before timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF access.actor() IS NULL AND access.actor_kind() IS DISTINCT FROM 'job' THEN
        RAISE insufficient_privilege USING MESSAGE = 'nobody is asking';
    END IF;
    PERFORM procrastinate_defer_jobs_v1(
        ARRAY[ROW(queue, task, 0, in_turn, NULL, told, not_before)::procrastinate_job_to_defer_v1]);
END
$$;

-- A letter and the job that sends it, once for each account, kind, matter and version. Who has no account gets none, and whoever
-- writes is not told which it was.
CREATE FUNCTION post.write(holder_ uuid, kind_ text, about_ uuid, sequence_ int) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    letter post_letter;
BEGIN
    INSERT INTO post_letter (id, user_id, kind, about, sequence, created_at, trouble)
        SELECT gen_random_uuid(), u.id, kind_, about_, sequence_, access.clock(), ''
        FROM accounts_user u WHERE u.holder = holder_ AND u.is_active
        ON CONFLICT (user_id, kind, about, sequence) DO NOTHING RETURNING * INTO letter;
    IF letter.id IS NOT NULL THEN
        PERFORM post.defer('post.send', 'post', jsonb_build_object('letter', letter.id), letter.user_id::text, NULL);
    END IF;
END
$$;

CREATE FUNCTION post.must_be_a_job() RETURNS void LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF access.actor_kind() IS DISTINCT FROM 'job' THEN
        RAISE insufficient_privilege USING MESSAGE = 'only the worker does this';
    END IF;
END
$$;

-- The letter, held until the transaction ends: a second worker waits, and then finds that it has been sent. No row: nothing to do.
-- No address: there is none, or the account is closed.
CREATE FUNCTION post.take(letter_ uuid)
RETURNS TABLE (id uuid, holder uuid, email text, language text, kind text, about uuid, sequence int, created_at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM post.must_be_a_job();
    RETURN QUERY SELECT l.id, u.holder, CASE WHEN u.is_active THEN coalesce(a.email, '') ELSE '' END::text, u.language::text,
            l.kind::text, l.about, l.sequence, l.created_at
        FROM public.post_letter l JOIN public.accounts_user u ON u.id = l.user_id
        LEFT JOIN public.post_address a ON a.user_id = l.user_id
        WHERE l.id = letter_ AND l.sent_at IS NULL AND l.failed_at IS NULL FOR UPDATE OF l;
END
$$;

-- How it went: '' sent; otherwise what was in the way, for good or so far.
CREATE FUNCTION post.settle(letter_ uuid, trouble_ text, for_good boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM post.must_be_a_job();
    UPDATE public.post_letter l SET trouble = trouble_,
            sent_at = CASE WHEN trouble_ = '' THEN clock_timestamp() END,
            failed_at = CASE WHEN trouble_ <> '' AND for_good THEN clock_timestamp() END
        WHERE l.id = letter_ AND l.sent_at IS NULL;
END
$$;

-- For whoever keeps the server: how many letters wait, since when, and why; how many could not be delivered within a week.
CREATE FUNCTION post.standing() RETURNS TABLE (waiting int, since timestamptz, unreachable boolean, failed int)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM accounts.must_administer();
    RETURN QUERY SELECT (count(*) FILTER (WHERE l.failed_at IS NULL))::int, min(l.created_at) FILTER (WHERE l.failed_at IS NULL),
            coalesce(bool_or(l.trouble <> '') FILTER (WHERE l.failed_at IS NULL), false),
            (count(*) FILTER (WHERE l.trouble = 'refused' AND l.failed_at > clock_timestamp() - interval '7 days'))::int
        FROM public.post_letter l WHERE l.sent_at IS NULL;
END
$$;

-- An administrator writes down a colleague's address at work; a family's is the family's own to give. Its holder is told.
CREATE FUNCTION post.give_address(staff uuid, email_ text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    account uuid;
BEGIN
    PERFORM accounts.must_administer();
    SELECT u.id INTO account FROM public.accounts_user u WHERE u.holder = staff AND u.kind = 'staff';
    IF account IS NULL THEN
        RAISE insufficient_privilege USING MESSAGE = 'not a colleague with an account';
    END IF;
    INSERT INTO public.post_address AS a (user_id, email, kept_at) VALUES (account, email_, clock_timestamp())
        ON CONFLICT (user_id) DO UPDATE SET email = excluded.email, kept_at = excluded.kept_at;
    PERFORM accounts.note(account, 'address');
END
$$;

-- Does one's own address take our letters? What became of the last one since it was written down.
CREATE FUNCTION post.comes_back() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce((SELECT l.trouble = 'refused' FROM public.post_letter l JOIN public.post_address a ON a.user_id = l.user_id
        WHERE l.user_id = access.actor_user() AND coalesce(l.sent_at, l.failed_at) > a.kept_at
        ORDER BY coalesce(l.sent_at, l.failed_at) DESC LIMIT 1), false)
$$;

-- What was sent, or could not be, a quarter of a year ago: nobody needs to know any more who was written to when.
CREATE FUNCTION post.forget_old() RETURNS int LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    gone int;
BEGIN
    PERFORM post.must_be_a_job();
    DELETE FROM public.post_letter l WHERE coalesce(l.sent_at, l.failed_at) < clock_timestamp() - interval '90 days';
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN gone;
END
$$;

DO $$
DECLARE
    function_ regprocedure;
BEGIN
    FOR function_ IN SELECT p.oid::regprocedure FROM pg_proc p
        WHERE p.pronamespace = 'post'::regnamespace AND p.prokind = 'f' LOOP
        EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', function_);
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO familieplan_app', function_);
        EXECUTE format('ALTER FUNCTION %s OWNER TO familieplan_deriver', function_);
    END LOOP;
END
$$;
