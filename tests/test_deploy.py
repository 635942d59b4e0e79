"""The files of `deploy/` are more than examples: systemd and nginx judge them, and two replicas run behind them."""

from __future__ import annotations

import asyncio
import gzip
import os
import re
import shlex
import shutil
import ssl
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from http.client import HTTPResponse
from pathlib import Path
from textwrap import dedent

import pytest
from streamlit import config

from benchmarks import sessions
from etl import cli
from etl.release import commands
from tests.browser import driving

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / "deploy"
INSIDE = "/opt/cohesion"


def needs(tool: str):
    """Leave a test out where a tool is not installed, and say so; never in CI."""
    absent = shutil.which(tool) is None and not os.environ.get("CI")
    return pytest.mark.skipif(absent, reason=f"{tool} is not installed (Debian: apt install {tool})")


def settings(name: str) -> str:
    return (DEPLOY / name).read_text(encoding="utf-8")


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not on this machine")
@pytest.mark.parametrize(
    "name",
    [
        "cohesion@.service",
        "cohesion-briefings.path",
        "cohesion-briefings.timer",
        "cohesion-copy.path",
        "cohesion-copy.timer",
        "cohesion-releases.timer",
    ],
)
def test_systemd_understands_the_units(tmp_path, name):
    for each in DEPLOY.glob("cohesion*"):
        written = settings(each.name).replace(f"{INSIDE}/.venv/bin/python", sys.executable)
        (tmp_path / each.name).write_text(written, encoding="utf-8")
    unit = tmp_path / name
    said = subprocess.run(["systemd-analyze", "verify", str(unit)], capture_output=True, text=True, check=False)
    assert (said.stdout + said.stderr).strip() == ""
    assert said.returncode == 0


@pytest.mark.parametrize("name", ["cohesion-releases.service", "cohesion-briefings.service"])
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


@pytest.fixture(scope="module")
def front(tmp_path_factory, certificate, build) -> Iterator[tuple[str, Path]]:
    """Run nginx in front of two replicas of the dashboard; return its address and the folder of its logs."""
    folder, port = tmp_path_factory.mktemp("nginx"), driving.free_port()
    folder.chmod(0o755)
    secret = {"STREAMLIT_SERVER_COOKIE_SECRET": "one secret for both"}
    named = {"STREAMLIT_BROWSER_SERVER_ADDRESS": "127.0.0.1", "STREAMLIT_BROWSER_SERVER_PORT": str(port)}
    with driving.serving(**secret, **named) as one, driving.serving(**secret, **named) as other:
        replicas = [address.removeprefix("http://") for address in (one, other)]
        file = here(folder, certificate, port=port, replicas=replicas)
        with subprocess.Popen(["nginx", "-c", str(file)], stderr=subprocess.DEVNULL) as nginx:
            driving.wait_for_port(port)
            yield f"https://127.0.0.1:{port}", folder
            nginx.terminate()


TRUSTING = ssl._create_unverified_context()


def get(address: str, **headers: str) -> HTTPResponse:
    return urllib.request.urlopen(urllib.request.Request(address, headers=headers), context=TRUSTING, timeout=20)


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
    answer = get(f"{front[0]}/?lang=cy", **{"Accept-Encoding": "gzip", "Accept": "text/html"})
    assert answer.headers["content-encoding"] == "gzip"
    assert b'<html lang="cy"' in gzip.decompress(answer.read())
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    assert answer.headers["strict-transport-security"] == "max-age=31536000"
    assert re.fullmatch(r"replica=[0-9a-f]{32}; Path=/; HttpOnly; Secure; SameSite=Lax", answer.headers["set-cookie"])


@needs("nginx")
def test_scripts_are_packed_and_kept_for_good(front):
    page = get(f"{front[0]}/", Accept="text/html").read().decode()
    scripts = re.findall(r"""['"]\./((?:static/js/index|scripts/)[^'"]+)['"]""", page)
    assert {name.split(".")[0] for name in scripts} == {"static/js/index", "scripts/page", "scripts/plotly"}
    for script in scripts:
        answer = get(f"{front[0]}/{script}", **{"Accept-Encoding": "gzip"})
        assert len(answer.read()) > 1000
        assert answer.headers["content-encoding"] == "gzip"
        assert answer.headers.get_all("cache-control") == ["public, max-age=31536000, immutable"]


@needs("nginx")
def test_a_visitor_stays_with_one_replica_and_visitors_are_shared_out(front):
    base, folder = front
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
        async with sessions.connected(front[0], ssl=TRUSTING, **headers) as socket:
            await sessions.ask(socket, sessions.Click(page="migration", query="lang=en&place=W06000015"), answers)

    asyncio.run(one_click())
    assert answers.errors == []
    assert answers.bytes[0] > 10_000


@needs("nginx")
def test_the_log_holds_no_address_of_a_visitor_no_query_and_no_browser(front):
    base, folder = front
    before = len(logged(folder))
    get(f"{base}/migration?place=W06000015", **{"User-Agent": "Telltale/1.0", "Referer": "https://elsewhere.example/x"})
    line = logged_of("/migration", folder=folder, after=before, lines=1)[-1]
    assert not re.search(r"W06000015|Telltale|elsewhere|\?", line)
    assert re.search(r"^\S+ \S+ GET /migration 200 \d+ [\d.]+$", line)
    assert "127.0.0.1" not in line.split(" ", 1)[1]  # the first word is the replica's, put there by this test
