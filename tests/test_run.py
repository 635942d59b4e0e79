"""`run.py --local` opens a workspace of this computer alone; without it nothing of one is asked for."""

from __future__ import annotations

import argparse
import importlib.util
import os
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests import conftest

ROOT = Path(__file__).parent.parent


@pytest.fixture
def run(monkeypatch):
    spec = importlib.util.spec_from_file_location("run", ROOT / "run.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for name in ("_environment", "_free_port"):
        monkeypatch.setattr(module, name, lambda *_: None)
    monkeypatch.setenv("COHESION_LOCAL", "")
    monkeypatch.setenv("COHESION_LOCAL_KEY", "")
    return module


def opened(run, monkeypatch, *, local: bool) -> list[str]:
    commands: list[tuple[str, ...]] = []
    monkeypatch.setattr(run, "_run", lambda *command, **_: commands.append(command))
    run._open(argparse.Namespace(port=8601, local=local, no_browser=True))
    return list(commands[-1])


def test_local_mode_listens_on_this_computer_alone_and_tells_an_address_with_a_key_of_this_start(
    run, monkeypatch, capsys
):
    keys = set()
    for _ in range(2):
        assert "--server.address=127.0.0.1" in opened(run, monkeypatch, local=True)
        assert os.environ["COHESION_LOCAL"] == "1"
        key = os.environ["COHESION_LOCAL_KEY"]
        assert f"http://127.0.0.1:8601/own/open?key={key}" in capsys.readouterr().out
        keys.add(key)
    assert len(keys) == 2
    assert min(map(len, keys)) >= 32


def test_a_plain_start_asks_for_no_workspace(run, monkeypatch, capsys):
    assert not any("server.address" in part for part in opened(run, monkeypatch, local=False))
    assert os.environ["COHESION_LOCAL"] == ""
    assert "key" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("named", "workers"),
    [
        (["tests/cohesion"], True),
        (["tests/etl/geo", "tests/etl/reading"], True),
        (["tests/test_run.py"], False),
        (["tests/cohesion", "-x"], False),
    ],
)
def test_the_tests_of_a_room_run_on_every_core_and_what_else_is_named_as_it_is(run, monkeypatch, named, workers):
    commands: list[tuple[str, ...]] = []
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(run, "_run", lambda *command, **_: commands.append(command))
    monkeypatch.setattr(run.subprocess, "Popen", lambda *_: nullcontext(SimpleNamespace(returncode=0)))
    run._test(argparse.Namespace(rest=named))
    assert commands[-1] == ("-m", "pytest", *(run.ON_EVERY_CORE if workers else ()), *named)


def test_tests_that_share_documents_are_given_to_one_worker_and_others_by_module():
    caveats, forms, pdf = (
        conftest.Together._split_scope(None, f"tests/{name}::test_a[n-@x::y]")
        for name in (*conftest.SHARING, "dashboard/briefing/test_pdf.py")
    )
    assert caveats == forms != pdf == "tests/dashboard/briefing/test_pdf.py"


def test_modules_that_are_begun_with_or_share_are_there():
    named = (*conftest.LONGEST, *conftest.SHARING)
    assert [name for name in named if not (ROOT / "tests" / name).is_file()] == []


def test_each_half_reads_its_own_modules_and_together_they_read_all():
    def left_out(half: str) -> set[Path]:
        asked = SimpleNamespace(option=SimpleNamespace(markexpr=half))
        return {path for path in modules if conftest.pytest_ignore_collect(path, asked)}

    modules = set((ROOT / "tests").rglob("test_*.py"))
    browser, rest = (left_out(half) for half in conftest.HALVES)
    assert rest == set((ROOT / "tests" / "browser").glob("test_*.py"))
    assert browser
    assert not browser & rest
    assert ROOT / "tests/dashboard/briefing/test_in_a_browser.py" not in browser | rest
    assert left_out("") == set()
