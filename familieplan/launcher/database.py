"""The database and its three roles: made by a superuser once, afterwards nobody needs one."""

import sys
from dataclasses import dataclass

import psycopg
from psycopg import sql

from familieplan.launcher.cluster import Cluster
from familieplan.launcher.home import ROOT

OWNER, APP = "familieplan_owner", "familieplan_app"
ROLES = ROOT / "familieplan" / "access" / "sql" / "roles.sql"


@dataclass(frozen=True)
class Passwords:
    owner: str
    app: str


def make_roles(cluster: Cluster, passwords: Passwords) -> None:
    """Run access/sql/roles.sql, which may be run again at any time, and set the passwords."""
    with psycopg.connect(cluster.url(), autocommit=True) as superuser:
        superuser.execute(ROLES.read_bytes())
        for role, password in ((OWNER, passwords.owner), (APP, passwords.app)):
            superuser.execute(sql.SQL("alter role {} password {}").format(sql.Identifier(role), sql.Literal(password)))


def make_database(cluster: Cluster, name: str, template: str = "template0") -> None:
    """A database of the owner's when there is none: sorting by bytes, letters as Unicode knows them."""
    with psycopg.connect(cluster.url(), autocommit=True) as superuser:
        if superuser.execute("select 1 from pg_database where datname = %s", [name]).fetchone():
            return
        superuser.execute(
            sql.SQL("create database {} owner {} template {} encoding 'UTF8' lc_collate 'C' lc_ctype {}").format(
                sql.Identifier(name),
                sql.Identifier(OWNER),
                sql.Identifier(template),
                sql.Literal("UTF-8" if sys.platform == "darwin" else "C.UTF-8"),
            )
        )
        superuser.execute(sql.SQL("revoke all on database {} from public").format(sql.Identifier(name)))
        superuser.execute(
            sql.SQL("grant connect on database {} to {}").format(sql.Identifier(name), sql.Identifier(APP))
        )


def addresses(cluster: Cluster, name: str, passwords: Passwords) -> dict[str, str]:
    """What the web process and the migrations are told."""
    return {
        "DATABASE_URL": cluster.url(name, APP, passwords.app),
        "DATABASE_OWNER_URL": cluster.url(name, OWNER, passwords.owner),
    }
