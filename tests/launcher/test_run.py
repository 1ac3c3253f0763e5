"""run.py on a bare machine: one clear sentence, and nothing done twice."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from familieplan.launcher.home import ROOT


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """run.py with an environment that is not there yet."""
    spec = importlib.util.spec_from_file_location("run", ROOT / "run.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "VENV", tmp_path / "venv")
    monkeypatch.setattr(module, "PYTHON", tmp_path / "venv" / "bin" / "python")
    return module


@pytest.fixture
def calls(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What run.py would start."""
    started: list[str] = []
    run.VENV.mkdir()
    monkeypatch.setattr(run, "make_environment", lambda: started.append("environment"))
    monkeypatch.setattr(run, "call", lambda *command: started.append(str(command[-1])))
    monkeypatch.setattr(run, "works", lambda: True)
    return started


def test_names_the_package_that_debian_lacks(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    with pytest.raises(SystemExit, match="apt install python3-venv"):
        run.make_environment()


def test_names_the_python_it_needs(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 12))
    assert run.main(["demo"]) == 1
    assert "needs Python 3.11 or newer" in capsys.readouterr().err


def test_says_what_it_can_do(run: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert run.main(["--help"]) == 0
    assert run.main([]) == 2
    assert "run.py COMMAND" in capsys.readouterr().out


def test_installs_once(run: ModuleType, calls: list[str]) -> None:
    run.set_up("-demo")
    assert calls == ["environment", run.UV, str(ROOT / "requirements-demo.txt")]
    run.PYTHON.parent.mkdir()
    run.PYTHON.touch()
    calls.clear()
    run.set_up("-demo")
    assert calls == []


def test_what_the_tests_need_contains_what_the_demo_needs(run: ModuleType, calls: list[str]) -> None:
    run.set_up("-dev")
    calls.clear()
    run.PYTHON.parent.mkdir()
    run.PYTHON.touch()
    run.set_up("-demo")
    assert calls == []
