"""The database and its three roles: made by a superuser once, afterwards nobody needs one."""

import sys
from dataclasses import dataclass

import psycopg
from psycopg import sql

from familieplan.launcher.cluster import Cluster
from familieplan.launcher.home import ROOT

OWNER, APP = "familieplan_owner", "familieplan_app"
SQL = ROOT / "familieplan" / "access" / "sql"
ROLES, DATABASE = SQL / "roles.sql", SQL / "database.sql"


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
    """A database of the owner's: sorting by bytes, letters as Unicode knows them. Nothing changes when it is there."""
    with psycopg.connect(cluster.url(), autocommit=True) as superuser:
        if not superuser.execute("select 1 from pg_database where datname = %s", [name]).fetchone():
            superuser.execute(_creation(name, template))
    with psycopg.connect(cluster.url(name), autocommit=True) as superuser:
        superuser.execute(DATABASE.read_bytes())


def drop_database(cluster: Cluster, name: str) -> None:
    """Gone, with whoever was connected to it."""
    with psycopg.connect(cluster.url(), autocommit=True) as superuser:
        superuser.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))


def _creation(name: str, template: str) -> sql.Composed:
    whole = "create database {} owner {} template {} encoding 'UTF8' lc_collate 'C' lc_ctype {} strategy file_copy"
    return sql.SQL(whole).format(
        sql.Identifier(name),
        sql.Identifier(OWNER),
        sql.Identifier(template),
        sql.Literal("UTF-8" if sys.platform == "darwin" else "C.UTF-8"),
    )


def addresses(cluster: Cluster, name: str, passwords: Passwords) -> dict[str, str]:
    """What the web process and the migrations are told."""
    return {
        "DATABASE_URL": cluster.url(name, APP, passwords.app),
        "DATABASE_OWNER_URL": cluster.url(name, OWNER, passwords.owner),
    }
