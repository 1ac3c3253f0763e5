#!/usr/bin/env python3
"""Familiens Plan from nothing: `python3 run.py demo` or `python3 run.py test`.

Needs Python 3.11 or newer and nothing else. Makes a virtual environment, installs exactly what requirements*.txt
pin by hash, and hands over to `familieplan.launcher`, which does the rest.
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
UV = "uv>=0.9"
NEEDS_TOOLS = {"test", "check", "messages", "bench"}
HELP = """\
Usage: python3 run.py COMMAND

  demo [--port N]       the demo municipality at a local address; prints who to sign in as
       [--fresh]        … with its stories told anew, from today
  test [pytest …]       all checks and tests; with arguments, those tests only
  check                 style, types and import direction
  bench [--json FILE]   what pages cost, among 34,000 families, and all of Denmark; --quick: a tenth
        [--only P7]     … these figures alone
  population …          register extracts: target group, risk, report, budget; says more with --help
  manage …              a management command of Django's or ours
  assets                for an own server: what is served besides pages
  messages              bring the translation files up to date
"""


def main(arguments: list[str]) -> int:
    if not arguments or arguments[0] in {"-h", "--help", "help"} or asks_for_help(*arguments):
        print(HELP)
        return 0 if arguments else 2
    if sys.version_info < (3, 11):  # noqa: UP036
        return sorry(f"Familiens Plan needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
    try:
        set_up(wanted="-dev" if arguments[0] in NEEDS_TOOLS else "-demo")
    except subprocess.CalledProcessError as problem:
        return sorry(f"This did not succeed: {' '.join(map(str, problem.cmd))}")
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    os.environ["PYTHONPATH"] = path
    return os.execv(PYTHON, [str(PYTHON), "-m", "familieplan.launcher", *arguments])


def asks_for_help(command: str, *options: str) -> bool:
    """Nothing is installed to say what there is; what pytest, Django and population can do they say themselves."""
    return command not in {"test", "manage", "population"} and not {"-h", "--help"}.isdisjoint(options)


def set_up(wanted: str) -> None:
    """The environment with exactly the pinned packages; nothing to do when it has them."""
    if not PYTHON.exists() or not works():
        make_environment()
    installed = VENV / "installed"
    stamps = installed.read_text().split() if installed.exists() else []
    if stamp(wanted) in stamps:
        return
    print("Installing packages …", flush=True)
    uv = VENV / "bin" / "uv"
    if not uv.exists():
        call(PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", UV)
    call(uv, "pip", "install", "--quiet", "--python", PYTHON, "--require-hashes", "-r", requirements(wanted))
    # What the tests need contains what the demo needs.
    installed.write_text("\n".join({stamp(wanted), stamp("-demo")}))


def make_environment() -> None:
    try:
        import ensurepip  # noqa: F401
        import venv
    except ImportError:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        sys.exit(
            "Python cannot make a virtual environment here.\n"
            f"On Debian or Ubuntu: apt install python3-venv  (or python{version}-venv), then try again."
        )
    venv.create(VENV, clear=True, with_pip=True)


def works() -> bool:
    """An environment moved from elsewhere, or whose Python is gone, is made anew."""
    probe = [PYTHON, "-c", "import sys; assert sys.version_info >= (3, 11)"]
    return subprocess.run(probe, capture_output=True, check=False).returncode == 0


def requirements(which: str) -> Path:
    return ROOT / f"requirements{which}.txt"


def stamp(which: str) -> str:
    return hashlib.sha256(requirements(which).read_bytes()).hexdigest()


def call(*command: str | Path) -> None:
    subprocess.run(command, check=True)


def sorry(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
