"""Wrong variants of the deployed rules, each one slip away from the right ones. The histories must notice every one."""

from __future__ import annotations

from dataclasses import dataclass

import psycopg

DERIVE, KEYS = "access.derive(access_scope[])", "access.keys(text)"
TEAM_LEFT = " * tstzmultirange(tstzrange(NULL, s.left_at))"


@dataclass(frozen=True)
class Slip:
    """In this function, this text instead of that; everywhere, or the first time only. Some rules are said twice."""

    function: str
    right: str
    wrong: str
    everywhere: bool = False
    also_without: str = ""

    def plant(self, owner: psycopg.Connection) -> None:
        found = owner.execute("SELECT pg_get_functiondef(%s::regprocedure)", [self.function]).fetchone()
        assert found is not None
        text = _even(found[0])
        assert _even(self.also_without) in text, f"{self.function} no longer says: {self.also_without}"
        text = text.replace(_even(self.also_without), "") if self.also_without else text
        right = _even(self.right)
        assert right in text, f"{self.function} no longer says: {self.right}"
        owner.execute(text.replace(right, _even(self.wrong), -1 if self.everywhere else 1))


@dataclass(frozen=True)
class Change:
    """A statement that breaks the house."""

    statement: str

    def plant(self, owner: psycopg.Connection) -> None:
        done = owner.execute(self.statement)
        assert done.rowcount != 0, f"changes nothing: {self.statement}"


def _even(text: str) -> str:
    """One blank between words: how lines are broken makes no difference. Comments would swallow the rest: out."""
    lines = (line.split(" -- ")[0] if not line.strip().startswith("--") else "" for line in text.splitlines())
    return " ".join(" ".join(lines).split())


def untriggered(table: str) -> Change:
    return Change(f"ALTER TABLE {table} DISABLE TRIGGER grants_follow")


FAULTS: dict[str, Slip | Change] = {
    # ages
    "consent from 14": Change("UPDATE access_threshold SET value = 14 WHERE key = 'consent_age'"),
    "consent from 16": Change("UPDATE access_threshold SET value = 16 WHERE key = 'consent_age'"),
    "custody reads health until 16": Change("UPDATE access_category SET custody_until = 16 WHERE key = 'health'"),
    "custody reads violence until 18": Change("UPDATE access_category SET custody_until = 18 WHERE key = 'violence'"),
    "custody ends at 17": Change("UPDATE access_category SET custody_until = 17 WHERE custody_until = 18"),
    "birthday by London's midnight": Slip(
        "access.before_age(date,int)", "'Europe/Copenhagen'", "'Europe/London'", everywhere=True
    ),
    # days
    "days by London's midnight": Slip(
        "access.days(date,date)", "'Europe/Copenhagen'", "'Europe/London'", everywhere=True
    ),
    "no summer time": Slip("access.days(date,date)", "'Europe/Copenhagen'", "'Etc/GMT-1'", everywhere=True),
    "the last day does not count": Slip("access.days(date,date)", "(ends + 1)", "(ends)"),
    # consents
    "until is exclusive": Slip(DERIVE, "(c.until + 1)", "(c.until + 0)", everywhere=True),
    "until is a day longer": Slip(DERIVE, "(c.until + 1)", "(c.until + 2)"),
    "withdrawal is ignored": Slip(
        DERIVE,
        ", c.withdrawn_at))",
        "))",
        also_without="AND coalesce(c.withdrawn_at, 'infinity') > access.clock()",
    ),
    "a withdrawn signature stands": Slip(
        DERIVE, "tstzrange(s.signed_at, s.withdrawn_at)", "tstzrange(s.signed_at, NULL)"
    ),
    "one signature is enough": Slip(DERIVE, "CASE WHEN c.deviation_reason = '' THEN", "CASE WHEN false THEN"),
    "a reason does not help": Slip(DERIVE, "CASE WHEN c.deviation_reason = '' THEN", "CASE WHEN true THEN"),
    "anybody's signature will do": Slip(DERIVE, "s.consent_id = c.id AND s.holder = a.holder", "s.consent_id = c.id"),
    "another consent's signature will do": Slip(
        DERIVE, "s.consent_id = c.id AND s.holder = a.holder", "s.holder = a.holder", everywhere=True
    ),
    "the kinds are ignored": Slip(
        DERIVE, "AND (u.kinds IS NULL OR d.category_id = ANY (u.kinds)) AND (k.consentable", "AND (k.consentable"
    ),
    "which unit wrote it is ignored": Slip(
        DERIVE, "(u.from_units IS NULL OR d.source = ANY (u.from_units))", "true", everywhere=True
    ),
    "the family's own words are in every consent": Slip(
        DERIVE, "(d.source IS NULL AND u.from_family)", "d.source IS NULL", everywhere=True
    ),
    "everybody in the family is a recipient": Slip(DERIVE, "AND p.id = ANY (c.to_persons)", ""),
    "every unit is a recipient": Slip(DERIVE, "AND t.unit_id = ANY (c.to_units)", ""),
    "papers are handed on": Slip(DERIVE, "AND (k.consentable OR NOT u.given)", ""),
    # several subjects, voices
    "one subject's yes is enough": Slip(DERIVE, "HAVING count(*) = cardinality(d.subjects)", "HAVING count(*) > 0"),
    "a voice is no secret": Slip(DERIVE, "WHERE d.voice IS NULL AND", "WHERE"),
    "any consent opens a voice": Slip(DERIVE, "AND u.private_voice AND", "AND"),
    "a voice reads its own words no more": Slip(
        DERIVE,
        "FROM drawer d JOIN person p ON p.id = d.voice",
        "FROM drawer d JOIN person p ON p.id = d.voice AND false",
    ),
    # custody and the address
    "custody has no dates": Slip(
        DERIVE, "range_agg(access.days(c.starts, c.ends))", "range_agg('{(,)}'::tstzmultirange)"
    ),
    "the place is ignored": Slip(DERIVE, "CASE WHEN NOT d.reveals_place THEN", "CASE WHEN true THEN"),
    "the address is for custody anywhere": Slip(DERIVE, "u.during * coalesce(t.during, '{}')", "u.during"),
    "any yes opens the address": Slip(DERIVE, "WHERE u.kinds IS NULL OR 'address' = ANY (u.kinds)", ""),
    "protection has no end": Slip(
        DERIVE, "range_agg(access.days(a.starts, a.ends))", "range_agg(access.days(a.starts, NULL))"
    ),
    "having lived together is enough": Slip(
        DERIVE, "access.days(r.starts, r.ends) AS during", "access.days(NULL, NULL) AS during"
    ),
    # at work
    "a closed unit reads on": Slip(DERIVE, "* access.days('-infinity', u.closed_on - 1)", ""),
    "a unit closes a day late": Slip(DERIVE, "u.closed_on - 1", "u.closed_on"),
    "who has left reads on": Slip(DERIVE, TEAM_LEFT, ""),
    "a role has no end": Slip(DERIVE, "* access.days(r.starts, r.ends)", ""),
    "a role in another unit will do": Slip(DERIVE, "AND r.unit_id = t.unit_id", ""),
    "the team has no end": Slip(DERIVE, "access.days(t.starts, t.ends)", "access.days(t.starts, NULL)"),
    "leaders have keys": Slip(DERIVE, "r.role IN ('coordinator', 'professional')", "r.role <> 'administrator'"),
    # other legal bases
    "break-glass has no end": Slip(
        DERIVE,
        "tstzmultirange(tstzrange(l.starts_at, l.ends_at))" + TEAM_LEFT,
        "tstzmultirange(tstzrange(l.starts_at, NULL))" + TEAM_LEFT,
    ),
    "a statutory basis has no end": Slip(
        DERIVE, "tstzrange(l.starts_at, l.ends_at)) * t.during", "tstzrange(l.starts_at, NULL)) * t.during"
    ),
    "a statutory basis is for every unit": Slip(DERIVE, "AND t.unit_id = l.to_unit_id", ""),
    # writing
    "who reads also writes": Slip(DERIVE, "e.writes, e.writes, e.during - coalesce", "true, true, e.during - coalesce"),
    "the coordinator edits the family's words": Slip(
        DERIVE, "true, false, e.during * t.during", "true, true, e.during * t.during"
    ),
    "the whole team records": Slip(DERIVE, "WHERE t.coordinates", ""),
    # keys and tokens
    "keys that have ended": Slip(KEYS, "AND g.valid_until > now_", "", everywhere=True),
    "keys that have not begun": Slip(KEYS, "g.valid_from <= now_ AND", "", everywhere=True),
    "everybody's keys": Slip(KEYS, "g.holder = me AND", "", everywhere=True),
    "reading without the log": Slip(KEYS, "NOT access.read_is_logged(me, focus)", "false"),
    "the family in focus is ignored": Slip(KEYS, "g.family_id = focus AND", ""),
    "the signature is not checked": Slip("access.verified_actor()", "encode(signature, 'hex') <> part[6]", "false"),
    "old tokens": Slip("access.verified_actor()", "part[4]::bigint < extract(epoch FROM clock_timestamp()) OR", ""),
    "another connection's token": Slip("access.verified_actor()", "OR part[5]::int <> pg_backend_pid()", ""),
    "grants follow only what a fact has become": Slip(
        "access.facts_changed()", "ARRAY[to_jsonb(OLD), to_jsonb(NEW)]", "ARRAY[to_jsonb(coalesce(NEW, OLD))]"
    ),
    # tables
    "no policy on signatures": Change("DROP POLICY reads ON consent_signature"),
    "everybody reads custody": Change("ALTER POLICY reads ON people_custody USING (true)"),
    "row security off for goals": Change("ALTER TABLE plan_goal DISABLE ROW LEVEL SECURITY"),
    "drawers are seen from outside": Change("ALTER POLICY reads ON access_scope USING (true)"),
    **{
        f"grants do not follow {table.partition('_')[2]}": untriggered(table)
        for table in (
            *("people_person", "people_custody", "people_residence", "people_addressprotection", "people_teammember"),
            *("people_staff", "people_staffrole", "people_unit"),
            *("consent_consent", "consent_signature", "consent_legalbasis"),
        )
    },
}
