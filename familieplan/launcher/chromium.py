"""The browser of the browser tests: the machine's own Chromium, installed from the system's packages when we may."""

import os
import shutil
import subprocess

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find() -> str | None:
    return next(filter(None, map(shutil.which, NAMES)), None)


def ensure() -> str | None:
    """Root on Debian may install it (FAMILIEPLAN_NO_INSTALL=1: may not). None: the tests say that they did not run."""
    if find() or not _may_install():
        return find()
    print("Installing Chromium for the browser tests …", flush=True)
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update", "-qq"], ["install", "-qq", "-y", "--no-install-recommends", "chromium"]):
        subprocess.run(["apt-get", *command], check=False, env=quiet, stdout=subprocess.DEVNULL)
    return find()


def _may_install() -> bool:
    return os.geteuid() == 0 and bool(shutil.which("apt-get")) and not os.environ.get("FAMILIEPLAN_NO_INSTALL")
