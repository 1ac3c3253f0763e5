"""Where everything we make lies: `.familieplan/` beside run.py, or $FAMILIEPLAN_HOME."""

import contextlib
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from familieplan.launcher.trouble import Trouble

ROOT = Path(__file__).resolve().parents[2]
KEYS = ("SECRET_KEY", "FAMILIEPLAN_ACTOR_KEY", "FAMILIEPLAN_DATA_KEY", "OWNER_PASSWORD", "APP_PASSWORD")

MEMORY, GIGABYTE = Path("/dev/shm"), 2**30  # noqa: S108  (a folder of random name, made for us)


def home() -> Path:
    """The folder, made when missing."""
    folder = Path(os.environ.get("FAMILIEPLAN_HOME") or ROOT / ".familieplan").expanduser().resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / ".writable").touch()
        (folder / ".writable").unlink()
    except OSError as problem:
        raise Trouble(
            f"The folder {folder} cannot be written to ({problem.strerror}).\n"
            "Set FAMILIEPLAN_HOME to a folder of your own and try again."
        ) from problem
    return folder


@contextlib.contextmanager
def throw_away_home(*, in_memory: bool = False) -> Iterator[Path]:
    """A home for one run, open to PostgreSQL's user (temporary folders are closed).

    In memory a copy of a database takes a twentieth of the time it takes on a busy disk.
    """
    roomy = in_memory and MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > 2 * GIGABYTE
    folder = Path(tempfile.mkdtemp(prefix="familieplan-", dir=MEMORY if roomy else None))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def write_private(path: Path, text: str) -> None:
    """Only we may read it, from its first byte on."""
    fresh = path.with_name(path.name + ".new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    fresh.replace(path)


def kept_keys(folder: Path) -> dict[str, str]:
    """The secrets of this installation: made once, kept in `keys`, the same at every start."""
    path = folder / "keys"
    lines = path.read_text().splitlines() if path.exists() else []
    kept = dict(line.split("=", 1) for line in lines if "=" in line)
    missing = {name: secrets.token_hex(32) for name in KEYS if name not in kept}
    if missing:
        kept |= missing
        write_private(path, "".join(f"{name}={value}\n" for name, value in kept.items()))
    return kept
