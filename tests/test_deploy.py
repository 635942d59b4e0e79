"""The files of `deploy/` are more than examples: systemd and nginx judge them, and two replicas run behind them."""

from __future__ import annotations

import asyncio
import gzip
import json
import os
import re
import shlex
import shutil
import signal
import ssl
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from http.client import HTTPResponse
from itertools import count
from pathlib import Path
from textwrap import dedent
from typing import Any, NamedTuple
from urllib.error import HTTPError

import pytest
from markupsafe import escape
from streamlit import config

from benchmarks import sessions
from dashboard import store as published
from dashboard.i18n import LANGUAGES, t
from etl import cli
from etl.pipeline import load
from etl.release import commands
from local_figures.store import editions, people
from local_figures.store.editions import Act
from local_figures.store.engine import open_store
from tests.browser import driving
from tests.scratch import WALES, replace, scratch_data
from workspace.entrance import TERMS

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / "deploy"
INSIDE = "/opt/cohesion"
OF_TESTS = ROOT / ".venv-tools"  # made by .ci/run, for tools that the environment of the project does not hold
PATH = os.pathsep.join([str(Path(sys.executable).parent), str(OF_TESTS / "bin"), os.environ["PATH"]])
INTO_TOOLS = f"python3 -m venv {OF_TESTS.name} && {OF_TESTS.name}/bin/pip install"
HOW = {"check-jsonschema": INTO_TOOLS, "moto_server": INTO_TOOLS}
SECRET = "of these tests alone, and long enough"
AUTHORITIES = [f"W060000{n:02}" for n in range(1, 25) if n not in (7, 17)]
WHO = "ann@council.example"
MARKS = tuple(str(escape(t("own.mark.private", lang=lang))) for lang in LANGUAGES)  # whoever is let in reads one


def needs(tool: str, *, package: str = ""):
    """Leave a test out where a tool is not installed, and say so; never in CI."""
    absent = shutil.which(tool, path=PATH) is None and not os.environ.get("CI")
    return pytest.mark.skipif(
        absent, reason=f"{tool} is not installed ({HOW.get(tool, 'apt install')} {package or tool})"
    )


def settings(name: str) -> str:
    return (DEPLOY / name).read_text(encoding="utf-8")


@needs("systemd-analyze", package="systemd")
def test_systemd_understands_every_unit(tmp_path):
    units = sorted(path.name for kind in ("service", "timer", "path") for path in DEPLOY.glob(f"*.{kind}"))
    assert len(units) >= 11
    for name in units:
        written = settings(name).replace(f"{INSIDE}/.venv/bin/python", sys.executable)
        for tool in ("curl", "rclone"):  # which a server has, and a machine that tests need not have
            written = written.replace(f"/usr/bin/{tool} ", "/bin/true ")
        (tmp_path / name).write_text(written, encoding="utf-8")
    paths = [tmp_path / name for name in units]
    verified = subprocess.run(["systemd-analyze", "verify", *paths], capture_output=True, text=True, check=False)
    assert (verified.stdout + verified.stderr).strip() == ""
    assert verified.returncode == 0


@needs("check-jsonschema")
@pytest.mark.parametrize(
    ("schema", "recipe"),
    [("vendor.github-workflows", "new-releases.github.yml"), ("vendor.gitlab-ci", "new-releases.gitlab-ci.yml")],
)
def test_a_recipe_is_what_its_host_publishes_as_its_form(schema, recipe):
    command = ["check-jsonschema", "--builtin-schema", schema, str(DEPLOY / recipe)]
    checked = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ | {"PATH": PATH})
    assert (checked.returncode, checked.stdout.strip()) == (0, "ok -- validation done"), checked.stdout


@pytest.mark.parametrize("name", ["cohesion-builds.service", "cohesion-releases.service", "cohesion-briefings.service"])
def test_a_timer_has_no_key_of_sign_in_and_no_way_to_the_councils_own_figures(name):
    lines = dict(line.split("=", 1) for line in settings(name).splitlines() if "=" in line and line[0] != "#")
    secret = {"STREAMLIT_SERVER_COOKIE_SECRET", "STREAMLIT_SECRETS_FILES", "COHESION_LOCAL_DATABASE"}
    assert set(lines["UnsetEnvironment"].split()) == secret
    assert "-/opt/cohesion/data/local" in lines["InaccessiblePaths"].split()


def test_every_setting_is_one_that_streamlit_knows():
    known = {option.env_var for option in config.get_config_options().values()}
    named = re.findall(r"^(STREAMLIT_\w+)=", settings("environment"), flags=re.MULTILINE)
    named += re.findall(r"STREAMLIT_[A-Z_]+(?==)", settings("Containerfile"))
    assert len(named) >= 8
    assert [name for name in named if name not in known] == []


def test_everything_the_container_copies_is_there():
    copied = [line.split()[1] for line in settings("Containerfile").splitlines() if line.startswith("COPY")]
    assert len(copied) >= 8
    assert [name for name in copied if not (ROOT / name).exists()] == []


def command_of(text: str) -> list[str]:
    """Return the arguments of `python -m etl` in a unit or a recipe, as a shell with no settings hands them on."""
    (line,) = re.findall(r"python -m etl (refresh .*)", text)
    return shlex.split(line.partition(" || ")[0].replace("$COHESION_TELL", ""))


@pytest.mark.parametrize("name", ["cohesion-releases.service", "new-releases.github.yml", "new-releases.gitlab-ci.yml"])
def test_what_looks_for_releases_brings_nothing_in_and_is_a_command_of_ours(name):
    known = cli._parser().parse_args(command_of(settings(name)))
    assert known.run is commands._refresh
    assert (known.dry_run, known.letter_to) == (True, [])
    assert Path(known.tell).name in ("releases", "new-releases")


def step_of(recipe: str, name: str) -> str:
    """Return the script of a step as GitHub gives it to bash."""
    (script,) = re.findall(
        rf"- name: {name}\n(?:        (?!run).*\n|          .*\n)*?        run: (.*(?:\n          .*)*)", recipe
    )
    return dedent(script.removeprefix("|\n"))


@pytest.mark.parametrize(
    ("code", "open_issue", "did", "ends"),
    [
        (0, "", [], 0),
        (0, "7", ["issue close 7 --comment Nothing new. / Dim byd newydd."], 0),
        (3, "", ["issue create --title New releases / Cyhoeddiadau newydd --body-file body.md"], 0),
        (3, "7", ["issue edit 7 --body-file body.md"], 0),
        (1, "7", ["issue edit 7 --body-file body.md"], 1),
        (2, "", ["issue create --title New releases / Cyhoeddiadau newydd --body-file body.md"], 2),
    ],
)
def test_the_recipe_keeps_one_issue_and_fails_only_in_trouble(tmp_path, code, open_issue, did, ends):
    tools, recipe = tmp_path / "tools", settings("new-releases.github.yml")
    tools.mkdir()
    for tool, script in {
        "python": f"mkdir -p new-releases; echo told > new-releases/new-releases.md; exit {code}",
        "gh": f'[ "$2" = list ] && echo "{open_issue}" || echo "$@" >> did',
    }.items():
        (tools / tool).write_text(f"#!/bin/sh\n{script}\n")
        (tools / tool).chmod(0o755)
    (tmp_path / "env").touch()
    for step in ("Look", "Tell", "Trouble"):
        known = dict(line.split("=", 1) for line in (tmp_path / "env").read_text().split())
        summary = {"GITHUB_ENV": "env", "GITHUB_STEP_SUMMARY": "summary"}
        path = {"PATH": f"{tools}:{os.environ['PATH']}"}
        ended = subprocess.run(
            ["bash", "-e", "-o", "pipefail", "-c", step_of(recipe, step)],
            cwd=tmp_path,
            env=known | summary | path,
            check=False,
        )
    assert ended.returncode == ends
    written = tmp_path / "did"
    assert (written.read_text().splitlines() if written.exists() else []) == did
    assert (tmp_path / "summary").read_text() == "told\n"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory) -> tuple[Path, Path]:
    """Return a certificate for this test alone, and its key."""
    folder = tmp_path_factory.mktemp("certificate")
    cert, key = folder / "cert.pem", folder / "key.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost"]
    subprocess.run([*command, "-keyout", str(key), "-out", str(cert)], check=True, capture_output=True)
    return cert, key


def here(folder: Path, certificate: tuple[Path, Path], *, port: int, replicas: list[str]) -> Path:
    """Write the shipped nginx file with the places of this machine put in; return it inside a whole configuration."""
    cert, key = certificate
    text = settings("nginx.conf")
    for old, new in {
        "/etc/ssl/cohesion/fullchain.pem": str(cert),
        "/etc/ssl/cohesion/key.pem": str(key),
        "/var/log/nginx/": f"{folder}/",
        "/var/cache/nginx/cohesion": f"{folder}/cache",
        "listen 80;": f"listen 127.0.0.1:{driving.free_port()};",
        "listen 443 ssl;": f"listen 127.0.0.1:{port} ssl;",
        "127.0.0.1:8501": replicas[0],
        "127.0.0.1:8502": replicas[1],
        "log_format cohesion '": "log_format cohesion '$upstream_addr ",  # so that the test sees who answered
    }.items():
        assert old in text
        text = text.replace(old, new)
    whole = folder / "nginx.conf"
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    owner = "user root;\n" if os.geteuid() == 0 else ""  # a folder of a test is its maker's alone
    whole.write_text(
        f"{owner}pid {folder}/pid; error_log {folder}/start.log; daemon off;\n"
        f"events {{}}\nhttp {{ include /etc/nginx/mime.types; {temporary}\n{text}\n}}\n"
    )
    return whole


@needs("nginx")
def test_nginx_understands_the_file(tmp_path, certificate):
    file = here(tmp_path, certificate, port=driving.free_port(), replicas=["127.0.0.1:1", "127.0.0.1:2"])
    said = subprocess.run(["nginx", "-t", "-c", str(file)], capture_output=True, text=True, check=False)
    assert "syntax is ok" in said.stderr
    assert "warn" not in said.stderr


class Replicas:
    """Two replicas of the dashboard where people sign in, each on a port of its own."""

    def __init__(self, **environment: str) -> None:
        """Start both."""
        self._environment = environment
        self._running = {driving.free_port(): ExitStack() for _ in range(2)}
        self.ports = tuple(self._running)
        for port in self.ports:
            self.start(port)

    def start(self, port: int) -> None:
        """Start one, and wait until it answers."""
        self._running[port].enter_context(driving.serving(port=port, **self._environment))

    def stop(self, port: int) -> None:
        """Stop one as systemd does."""
        self._running[port].close()

    def kill(self, port: int) -> None:
        """End one with no time to say anything."""
        os.kill(driving.process_of(f"http://127.0.0.1:{port}"), signal.SIGKILL)
        self.stop(port)


class Front(NamedTuple):
    """nginx in front of two replicas: its address, the folder of its logs, and the replicas."""

    base: str
    folder: Path
    replicas: Replicas


@pytest.fixture(scope="module")
def front(tmp_path_factory, certificate, build) -> Iterator[Front]:
    """Run nginx in front of two replicas of the dashboard, where one person may sign in."""
    folder, port = tmp_path_factory.mktemp("nginx"), driving.free_port()
    folder.chmod(0o755)
    (folder / "secrets.toml").write_text(sessions.SECRETS.format(port=port, secret=SECRET), encoding="utf-8")
    store = open_store(f"sqlite:///{folder / 'local.sqlite'}")
    act = Act(workspace="council", who=WHO, now=datetime.now(UTC))
    editions.open_workspace(store, act, areas=["W06000015"])
    people.accept(store, act, version=TERMS, words={})
    store.engine.dispose()
    replicas = Replicas(
        STREAMLIT_SERVER_COOKIE_SECRET="one secret for both",
        STREAMLIT_BROWSER_SERVER_ADDRESS="127.0.0.1",
        STREAMLIT_BROWSER_SERVER_PORT=str(port),
        STREAMLIT_SECRETS_FILES=str(folder / "secrets.toml"),
        COHESION_LOCAL_DATABASE=str(store.engine.url),
    )
    file = here(folder, certificate, port=port, replicas=[f"127.0.0.1:{one}" for one in replicas.ports])
    with subprocess.Popen(["nginx", "-c", str(file)], stderr=subprocess.DEVNULL) as nginx:
        driving.wait_for_port(port)
        yield Front(f"https://127.0.0.1:{port}", folder, replicas)
        nginx.terminate()
    for one in replicas.ports:
        replicas.stop(one)


TRUSTING = ssl._create_unverified_context()


def get(address: str, **headers: str) -> HTTPResponse:
    return urllib.request.urlopen(urllib.request.Request(address, headers=headers), context=TRUSTING, timeout=20)


def status_of(address: str, **headers: str) -> int:
    try:
        return get(address, **headers).status
    except HTTPError as error:
        return error.code


def logged(folder: Path) -> list[str]:
    return (folder / "cohesion.log").read_text(encoding="utf-8").splitlines()


def logged_of(path: str, *, folder: Path, after: int, lines: int) -> list[str]:
    """Return the lines of requests for a path, as soon as there are so many: nginx writes after it has answered."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        found = [line for line in logged(folder)[after:] if f" {path} " in line]
        if len(found) >= lines:
            return found
        time.sleep(0.02)
    raise AssertionError(f"expected {lines} lines of {path} in the log; came {found}")


@needs("nginx")
def test_a_page_comes_through_packed_with_its_headers_and_a_cookie_that_says_nothing(front):
    answer = get(f"{front.base}/?lang=cy", **{"Accept-Encoding": "gzip", "Accept": "text/html"})
    assert answer.headers["content-encoding"] == "gzip"
    assert b'<html lang="cy"' in gzip.decompress(answer.read())
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    assert answer.headers["strict-transport-security"] == "max-age=31536000"
    assert re.fullmatch(r"replica=[0-9a-f]{32}; Path=/; HttpOnly; Secure; SameSite=Lax", answer.headers["set-cookie"])


@needs("nginx")
def test_scripts_are_packed_and_kept_for_good(front):
    page = get(f"{front.base}/", Accept="text/html").read().decode()
    scripts = re.findall(r"""['"]\./((?:static/js/index|scripts/)[^'"]+)['"]""", page)
    assert {name.split(".")[0] for name in scripts} == {"static/js/index", "scripts/page", "scripts/plotly"}
    for script in scripts:
        answer = get(f"{front.base}/{script}", **{"Accept-Encoding": "gzip"})
        assert len(answer.read()) > 1000
        assert answer.headers["content-encoding"] == "gzip"
        assert answer.headers.get_all("cache-control") == ["public, max-age=31536000, immutable"]


@needs("nginx")
def test_a_visitor_stays_with_one_replica_and_visitors_are_shared_out(front):
    base, folder, _ = front
    before = len(logged(folder))
    for visitor in range(12):
        for _ in range(3):
            get(f"{base}/health", Cookie=f"replica={visitor:032x}").read()
    answered = [line.split()[0] for line in logged_of("/health", folder=folder, after=before, lines=36)]
    assert len(answered) == 36
    assert all(len(set(answered[first : first + 3])) == 1 for first in range(0, 36, 3))
    assert len(set(answered)) == 2


@needs("nginx")
def test_a_session_runs_through_the_websocket(front):
    answers = sessions.Answers()

    async def one_click() -> None:
        headers = {"Cookie": f"replica={7:032x}"}
        async with sessions.connected(front.base, ssl=TRUSTING, **headers) as socket:
            await sessions.ask(socket, sessions.Click(page="migration", query="lang=en&place=W06000015"), answers)

    asyncio.run(one_click())
    assert answers.errors == []
    assert answers.bytes[0] > 10_000


@needs("nginx")
def test_the_log_holds_no_address_of_a_visitor_no_query_and_no_browser(front):
    base, folder, _ = front
    before = len(logged(folder))
    get(f"{base}/migration?place=W06000015", **{"User-Agent": "Telltale/1.0", "Referer": "https://elsewhere.example/x"})
    line = logged_of("/migration", folder=folder, after=before, lines=1)[-1]
    assert not re.search(r"W06000015|Telltale|elsewhere|\?", line)
    assert re.search(r"^\S+ \S+ GET /migration 200 \d+ [\d.]+$", line)
    assert "127.0.0.1" not in line.split(" ", 1)[1]  # the first word is the replica's, put there by this test


@needs("nginx")
def test_one_replica_is_restarted_and_one_killed_under_load_and_nobody_meets_an_error_or_signs_in_again(front):
    base, folder, replicas = front
    newport = [sessions.Click(page=page, query="lang=cy&place=W06000022") for page in ("migration", "hate_crime")]
    own = [sessions.Click(page=page, query="lang=cy&place=W06000015") for page in ("own_area", "own_more")]
    public, private, files = sessions.Answers(), sessions.Answers(), Counter()
    cookies = sessions.signed_in(WHO, base=base, secret=SECRET)

    def ask_for_files(until: asyncio.Event) -> None:
        for number in count():
            if until.is_set():
                return
            cookie = f"replica={number:032x}"
            place = AUTHORITIES[number % len(AUTHORITIES)]
            for address in ("health", f"figures/population.csv?place={place}", f"cards/population.txt?place={place}"):
                files[status_of(f"{base}/{address}", Cookie=cookie)] += 1

    async def crowd() -> None:
        over = asyncio.Event()

        def reading(number: int, clicks: list[sessions.Click], **more: Any) -> Awaitable[None]:
            cookie = "; ".join((f"replica={number:032x}", *more.pop("cookies", ())))
            return sessions.reader(
                base, clicks, first=number, pause=0.3, until=over, ssl=TRUSTING, Cookie=cookie, **more
            )

        async def one_after_the_other() -> None:
            first, second = replicas.ports
            try:
                for port, end in ((first, replicas.stop), (second, replicas.kill)):
                    await asyncio.sleep(1)
                    await asyncio.to_thread(end, port)
                    await asyncio.sleep(0.5)
                    await asyncio.to_thread(replicas.start, port)
            finally:
                over.set()

        insider = {"answers": private, "says": MARKS, "cookies": (cookies,), "token": sessions.TOKEN}
        await asyncio.gather(
            one_after_the_other(),
            asyncio.to_thread(ask_for_files, over),
            *(reading(number, newport, answers=public, says=("Casnewydd",)) for number in range(6)),
            *(reading(number, own, **insider) for number in range(6, 10)),
        )

    asyncio.run(crowd())
    assert public.errors == private.errors == []
    assert public.broken  # some were talking to the one that went
    assert private.broken
    assert min(len(public.seconds), len(private.seconds)) > 20
    assert max(public.seconds + private.seconds) < 2 * sessions.PATIENCE
    assert set(files) == {200}
    before = len(logged(folder))
    for number in range(12):
        get(f"{base}/health", Cookie=f"replica={number:032x}").read()
    answered = {line.split()[0] for line in logged_of("/health", folder=folder, after=before, lines=12)}
    assert answered == {f"127.0.0.1:{port}" for port in replicas.ports}


@pytest.fixture
def storage(tmp_path) -> Iterator[tuple[dict[str, str], Callable[[], None]]]:
    """Run a server that speaks S3; return the environment in which rclone knows it as `builds:`, and what ends it."""
    port = driving.free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    environment |= {
        "PATH": PATH,
        "RCLONE_CONFIG": str(tmp_path / "no configuration"),
        "RCLONE_CONFIG_BUILDS_TYPE": "s3",
        "RCLONE_CONFIG_BUILDS_PROVIDER": "Other",
        "RCLONE_CONFIG_BUILDS_ENDPOINT": f"http://127.0.0.1:{port}",
        "RCLONE_CONFIG_BUILDS_ACCESS_KEY_ID": "of this test",
        "RCLONE_CONFIG_BUILDS_SECRET_ACCESS_KEY": "of this test",
        "RCLONE_RETRIES": "1",
        "RCLONE_LOW_LEVEL_RETRIES": "1",
        "COHESION_BUILDS": "builds:cohesion",
    }
    command = ["moto_server", "--host", "127.0.0.1", "--port", str(port)]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, env=environment, **quiet) as server:
        try:
            driving.wait_for_port(port, seconds=60)
            subprocess.run(["rclone", "mkdir", "builds:cohesion"], env=environment, check=True)
            yield environment, lambda: (server.terminate(), server.wait())
        finally:
            server.terminate()


def fetched(folder: Path, environment: dict[str, str]) -> bool:
    """Do what cohesion-builds.service does, one step after the other until one fails; return whether none did."""
    steps = re.findall(r"^ExecStart=(.*)$", settings("cohesion-builds.service"), flags=re.MULTILINE)
    assert len(steps) == 3
    commands = [shlex.split(step.replace("${COHESION_BUILDS}", environment["COHESION_BUILDS"])) for step in steps]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return all(
        subprocess.run(one, cwd=folder, env=environment, check=False, **quiet).returncode == 0 for one in commands
    )


def sent(folder: Path, environment: dict[str, str]) -> None:
    """Send the builds of a folder with the lines that deploy/README.md gives."""
    (block,) = re.findall(r"```\n *cd data/build && (cp current.*?)```", settings("README.md"), flags=re.DOTALL)
    subprocess.run(["sh", "-e", "-c", dedent(block)], cwd=folder, env=environment, check=True)


@needs("rclone")
@needs("moto_server", package="moto[server]")
def test_a_build_comes_out_of_object_storage_whole_or_the_one_before_stays(storage, tmp_path, monkeypatch):
    environment, end = storage
    made = scratch_data(tmp_path)
    here, there = tmp_path / "server" / "build", made / "build"
    here.mkdir(parents=True)
    monkeypatch.setattr(published, "DATA", here.parent)
    pointer, question = here / "current.json", "SELECT value FROM observation WHERE category = 'race'"

    first = load.build(data=made)
    sent(there, environment)
    assert fetched(here, environment)
    assert published.build_id() == first
    assert published.rows(question, build=first) == [{"value": 3632}]
    untouched = pointer.stat().st_mtime_ns
    assert fetched(here, environment)
    assert pointer.stat().st_mtime_ns == untouched  # nobody who waits for another build is woken

    replace(made / "tidy" / f"{WALES}.csv", "race,3632", "race,3633")
    second = load.build(data=made)
    database = load.build_file(second, data=made)
    whole = database.read_bytes()
    database.write_bytes(whole[: len(whole) // 2])
    sent(there, environment)
    assert fetched(here, environment)
    assert json.loads(pointer.read_text())["build"] == second
    assert (published.build_id(), published.is_torn()) == (first, True)
    assert published.rows(question, build=first) == [{"value": 3632}]

    database.write_bytes(whole)
    sent(there, environment)
    assert fetched(here, environment)
    assert (published.build_id(), published.is_torn()) == (second, False)
    assert published.rows(question, build=second) == [{"value": 3633}]

    end()
    before = {path.name: path.read_bytes() for path in here.iterdir()}
    assert not fetched(here, environment)
    assert {path.name: path.read_bytes() for path in here.iterdir()} == before
    assert published.build_id() == second


@needs("rclone")
def test_a_mounted_folder_is_fetched_from_alike_and_one_that_disappears_takes_nothing_along(tmp_path, monkeypatch):
    made = scratch_data(tmp_path)
    mount, here = tmp_path / "mount", tmp_path / "server" / "build"
    here.mkdir(parents=True)
    monkeypatch.setattr(published, "DATA", here.parent)
    build = load.build(data=made)
    (made / "build").rename(mount)
    environment = os.environ | {"COHESION_BUILDS": str(mount), "RCLONE_CONFIG": str(tmp_path / "none")}
    assert fetched(here, environment)
    mount.rename(tmp_path / "away")
    assert not fetched(here, environment | {"RCLONE_RETRIES": "1"})
    assert published.build_id() == build
    assert published.rows("SELECT count(*) AS n FROM build", build=build) == [{"n": 1}]
