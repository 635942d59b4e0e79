"""The entry builds before it serves, stays up on broken tables, and tells a monitor which build it shows."""

from __future__ import annotations

import asyncio
import importlib.util
import logging
import os
import shutil
import socket
import sys
from pathlib import Path

import pytest
from starlette.requests import Request

from dashboard import server, store, trouble
from etl.pipeline import load
from etl.pipeline.lock import only_one
from etl.release import staging, start
from tests.releases import next_year, release, run, south_wales
from tests.scratch import WALES, edit, replace, scratch_data

ROOT = Path(__file__).parent.parent
ASKED = Request({"type": "http", "method": "GET", "path": "/health", "headers": []})


@pytest.fixture(scope="module")
def app():
    """Load app.py as a server would (which builds the repository's own data, when it is not built yet)."""
    spec = importlib.util.spec_from_file_location("the_entry", ROOT / "app.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a small data folder that the entry takes for its own."""
    data = scratch_data(tmp_path)
    monkeypatch.setattr(store, "DATA", data)
    return data


def answer(app) -> tuple[int, str]:
    response = asyncio.run(app.health(ASKED))
    return response.status_code, response.body.decode()


def test_the_folder_of_the_script_stands_on_the_path_before_any_page_is_written(app):
    assert sys.path.index(str(app.SCRIPT.parent)) > sys.path.index(os.path.dirname(os.__file__))  # noqa: PTH120


def test_without_a_build_it_makes_one_and_health_names_it(app, data):
    assert answer(app) == (503, "no build")
    app.ensure_build()
    assert answer(app) == (200, load.build_id(data=data))


def test_where_builds_are_fetched_a_start_makes_none_of_older_tables(app, data, monkeypatch):
    app.ensure_build()
    fetched = answer(app)
    replace(data / "tidy" / f"{WALES}.csv", "race,3632", "race,3633")
    monkeypatch.setenv("COHESION_BUILDS", "builds:cohesion")
    app.ensure_build()
    assert answer(app) == fetched
    monkeypatch.delenv("COHESION_BUILDS")
    app.ensure_build()
    assert answer(app) != fetched


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        (f"tidy/{WALES}.csv", "race,3632", "race,-1", "row 3: expected no negative number"),
        ("reference/measures.csv", ",flow,", ",flux,", "flux|CHECK"),
    ],
    ids=["a table", "a reference table"],
)
def test_a_broken_table_is_logged_and_the_build_on_show_stays(app, data, caplog, file, old, new, told):
    app.ensure_build()
    before = answer(app)
    replace(data / file, old, new)
    with caplog.at_level(logging.ERROR):
        app.ensure_build()
    assert answer(app) == before
    (record,) = caplog.records
    assert any(part in record.getMessage() for part in told.split("|"))


def test_nothing_at_all_to_build_from_still_starts(app, tmp_path, monkeypatch, caplog):
    monkeypatch.setattr(store, "DATA", tmp_path)
    monkeypatch.setattr(store, "DATA", tmp_path)
    app.ensure_build()
    assert answer(app) == (503, "no build")
    assert "areas.csv: expected a table; came no file" in caplog.text


def test_a_folder_that_may_not_be_written_is_logged_and_not_a_crash(app, data, caplog, monkeypatch):
    def read_only(*_: object) -> None:
        raise PermissionError("read-only file system")

    monkeypatch.setattr(os, "replace", read_only)
    app.ensure_build()
    assert answer(app) == (503, "no build")
    assert "read-only file system" in caplog.text


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: edit(data / "reference" / "measures.csv", lambda lines: [lines[0], lines[1], *lines[1:]]),
        lambda data: (data / "reference" / "areas.csv").write_bytes(b"\xff\xfe"),
        lambda data: shutil.rmtree(data / "reference"),
        lambda data: (data / "tidy" / f"{WALES}.toml").write_text("="),
    ],
    ids=["a line twice", "not UTF-8", "no reference tables", "a broken origin"],
)
def test_whatever_is_wrong_with_the_tables_the_last_good_build_is_served_and_readers_are_told(app, data, damage):
    app.ensure_build()
    before = answer(app)
    damage(data)
    app.ensure_build()
    assert answer(app) == before
    assert trouble.noted()


def test_an_error_nobody_foresaw_does_not_keep_the_dashboard_from_starting(app, data, monkeypatch):
    app.ensure_build()
    before = answer(app)

    def broken(**_: object) -> None:
        raise RuntimeError("/secret/path")

    monkeypatch.setattr(start, "build", broken)
    app.ensure_build()
    assert answer(app) == before
    assert trouble.noted() == ("RuntimeError",)  # the log has the rest
    monkeypatch.undo()


def test_health_says_503_while_the_build_on_show_is_damaged_and_a_start_makes_it_again(app, data):
    app.ensure_build()
    before = answer(app)
    database = load.build_file(store.build_id(), data=data)
    database.write_bytes(database.read_bytes()[:-4096])
    assert answer(app) == (503, "no build")
    app.ensure_build()
    assert answer(app) == before
    assert trouble.noted() == ()


def test_every_route_of_the_app_is_known_to_what_stands_around_it(app):
    assert {route.path.split("/")[1] for route in vars(app.app)["_user_routes"]} == server.OTHER_ROUTES


def killed_between_the_renames(data: Path) -> str:
    """Kill a refresh when the old tables are out and the new ones not in; return the build on show before."""
    before = load.build(data=data)

    def stop(step: str) -> None:
        if step == "bring the new tables in":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(data, release(data, change=next_year), step=stop)
    assert not (data / "tidy").exists()
    return before


def test_a_refresh_killed_between_its_two_renames_is_finished_at_the_next_start(app, data):
    before = killed_between_the_renames(data)
    app.ensure_build()
    status, shown = answer(app)
    assert status == 200
    assert shown == load.build_id(data=data) != before
    assert south_wales(data) == 2900
    assert not staging.interrupted(data=data)


def test_while_another_process_is_at_work_the_start_leaves_its_work_alone(app, data, caplog):
    before = killed_between_the_renames(data)
    with only_one(data=data, doing="a refresh"):
        app.ensure_build()
    assert "expected no other command at work" in caplog.text
    assert answer(app) == (200, before)
    assert staging.interrupted(data=data)


def test_an_answer_is_sent_when_it_is_written_though_streamlit_says_no_protocol_of_its_socket(app):
    accepted = []

    async def listen() -> None:
        async with app.app._user_lifespan(app.app):
            with socket.socket(socket.AF_INET) as bound:  # as Streamlit's server binds it
                bound.bind(("127.0.0.1", 0))
                port, loop = bound.getsockname()[1], asyncio.get_running_loop()
                server = await loop.create_server(lambda: Accepting(accepted), sock=bound)
                _, writer = await asyncio.open_connection("127.0.0.1", port)
                while not accepted:
                    await asyncio.sleep(0)
                writer.close()
                server.close()

    asyncio.run(listen())
    assert accepted == [1]


class Accepting(asyncio.Protocol):
    """Notes of each connection whether it waits with what is written."""

    def __init__(self, accepted: list[int]) -> None:
        self.accepted = accepted

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Note the option of the socket that was accepted."""
        connection = transport.get_extra_info("socket")
        self.accepted.append(connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
