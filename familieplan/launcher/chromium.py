"""The browser of the browser tests: the machine's own Chromium, installed from the system's packages when we may."""

import functools
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
PACKAGES = ("chromium", "libatomic1")  # the second: the Node inside playwright asks for it, a bare Debian lacks it


def find() -> str | None:
    """Where it is; None also when playwright could not drive it."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    return found if found and _can_be_driven() else None


def ensure() -> None:
    """Root on Debian may install it (FAMILIEPLAN_NO_INSTALL=1: may not); else the tests say that they did not run."""
    if find() or not _may_install():
        return
    print("Installing Chromium for the browser tests …", flush=True)
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update", "-qq"], ["install", "-qq", "-y", "--no-install-recommends", *PACKAGES]):
        subprocess.run(["apt-get", *command], check=False, env=quiet, stdout=subprocess.DEVNULL)
    _can_be_driven.cache_clear()


@functools.cache
def _can_be_driven() -> bool:
    from playwright._impl._driver import compute_driver_executable  # only where the tests' packages are

    node, _script = compute_driver_executable()
    return subprocess.run([node, "--version"], check=False, capture_output=True).returncode == 0


def _may_install() -> bool:
    return os.geteuid() == 0 and bool(shutil.which("apt-get")) and not os.environ.get("FAMILIEPLAN_NO_INSTALL")
