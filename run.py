#!/usr/bin/env python3
"""Nothing but Python and git needed: `python3 run.py` opens the dashboard, `python3 run.py test` tests it.

Standard library only. The environment lives in `.venv` and is made again only when the locked requirements change.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import venv
import webbrowser
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Timer

ROOT = Path(__file__).resolve().parent
ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
NEEDED = (3, 11)
PORT = 8501
SPELLING = ("-m", "dashboard.i18n.spelling")
CHECKS = (  # the longest first: two at a time
    ("types", ("-m", "mypy")),
    ("formatting", ("-m", "ruff", "format", "--check", ".")),
    ("lint", ("-m", "ruff", "check", ".")),
    (
        "layers",
        ("-c", "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"),
    ),
    ("data contract", ("-m", "etl", "check")),
    ("data catalogue", ("-m", "etl", "catalogue", "--check")),
    ("spelling", SPELLING),
)
# Two files at a time, those of most tests first: a browser waits for a third of its time.
BY_MODULE = ("--dist", "loadfile", "--no-loadscope-reorder")
ON_EVERY_CORE = ("-n", "auto", *BY_MODULE)
IN_A_BROWSER = ("-m", "pytest", "-n", "2", *BY_MODULE, "-m", "browser")
THE_REST = ("-m", "pytest", *ON_EVERY_CORE, "-m", "not browser")
BEHIND = 10  # how much later than a browser the rest gets the processor: a browser waits for much of its time


def main() -> None:
    """Run one command, or end with one plain sentence."""
    options = _options()
    if sys.version_info < NEEDED:
        _stop(f"Python {NEEDED[0]}.{NEEDED[1]} or newer is needed; this is {sys.version.split()[0]}.")
    os.chdir(ROOT)
    commands = {"open": _open, "test": _test, "check": _check, "install": _install_all, "lock": _lock}
    commands[options.command](options)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="run.py", description=__doc__.splitlines()[0])
    parser.add_argument("command", nargs="?", default="open", choices=("open", "test", "check", "install", "lock"))
    parser.add_argument("--port", type=int, default=PORT, help=f"where the dashboard answers (default {PORT})")
    parser.add_argument("--local", action="store_true", help="with a workspace for own figures, on this computer alone")
    parser.add_argument("--no-browser", action="store_true", help="do not open a browser window")
    options, options.rest = parser.parse_known_args()
    if options.rest and options.command != "test":
        parser.error(f"unknown: {' '.join(options.rest)}")
    return options


def _open(options: argparse.Namespace) -> None:
    _environment("requirements.txt")
    _free_port(options.port)
    print("Building the data …", flush=True)
    _run("-m", "etl", "build", may_fail=True)  # a broken table keeps the previous build on show
    # The name may mean another of this computer's addresses as well, where somebody else listens for the key.
    address = f"http://{'127.0.0.1' if options.local else 'localhost'}:{options.port}"
    if options.local:  # whoever has no key is shown nothing of the workspace: another person of this computer neither
        os.environ |= {"COHESION_LOCAL": "1", "COHESION_LOCAL_KEY": secrets.token_urlsafe(24)}
        address += f"/own/open?key={os.environ['COHESION_LOCAL_KEY']}"
    print(f"The dashboard is at {address} — press Ctrl+C to stop.", flush=True)
    if not options.no_browser:
        opener = Timer(3, webbrowser.open, [address])
        opener.daemon = True
        opener.start()
    quiet = ("--server.headless=true", "--logger.hideWelcomeMessage=true")  # it names an address without key
    served = ("-m", "streamlit", "run", "app.py", *quiet, f"--server.port={options.port}")
    if options.local:
        served = (*served, "--server.address=127.0.0.1")
    _run(*served, may_fail=True)


def _test(options: argparse.Namespace) -> None:
    _environment("requirements-dev.txt")
    with subprocess.Popen([PYTHON, "-m", "tests.frozen", "build"]) as frozen:
        _run("-m", "etl", "build")
    if frozen.returncode:
        sys.exit(frozen.returncode)
    if options.rest:
        are_rooms = all(Path(one).is_dir() for one in options.rest)  # a single test begins sooner without workers
        _run("-m", "pytest", *(ON_EVERY_CORE if are_rooms else ()), *options.rest)
        return
    print("— in a browser; what needs none runs behind it and is told afterwards", flush=True)
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as report,
        subprocess.Popen([PYTHON, *THE_REST], stdout=report, stderr=subprocess.STDOUT) as rest,
    ):
        if hasattr(os, "setpriority"):
            os.setpriority(os.PRIO_PROCESS, rest.pid, BEHIND)
        in_a_browser = subprocess.run([PYTHON, *IN_A_BROWSER], check=False).returncode
        rest.wait()
        report.seek(0)
        print(f"— without a browser\n{report.read()}", flush=True)
    sys.exit(in_a_browser or rest.returncode)


def _install_all(_: argparse.Namespace) -> None:
    """Make the environment of whoever works on the dashboard, and nothing more."""
    _environment("requirements-dev.txt")


def _check(_: argparse.Namespace) -> None:
    _environment("requirements-dev.txt")
    failed = []
    with ThreadPoolExecutor(2) as pool:
        for name, done in pool.map(_checked, CHECKS):
            print(f"— {name}\n{done.stdout}", end="", flush=True)
            failed += [name] if done.returncode else []
    if failed:
        _stop(f"Not right yet: {', '.join(failed)}.")
    print("Everything checks.")


def _checked(check: tuple[str, tuple[str, ...]]) -> tuple[str, subprocess.CompletedProcess[str]]:
    name, command = check
    output = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "encoding": "utf-8", "errors": "replace"}
    return name, subprocess.run([PYTHON, *command], check=False, **output)


def _lock(_: argparse.Namespace) -> None:
    """Write both requirements files again from pyproject.toml (for maintainers; needs `pip install uv`)."""
    base = [
        "uv",
        "pip",
        "compile",
        "pyproject.toml",
        "--universal",
        "--generate-hashes",
        "--python-version",
        "3.11",
        "-q",
    ]
    for extra in (
        ["-o", "requirements.txt"],
        ["--extra", "dev", "-c", "requirements.txt", "-o", "requirements-dev.txt"],
    ):
        if subprocess.run([*base, *extra], check=False).returncode:
            _stop("The requirements were not locked: see the lines above.")


def _environment(requirements: str) -> None:
    """Make `.venv` hold `requirements`, unless it does already."""
    locked = ROOT / requirements
    stamp = ENVIRONMENT / f"{locked.stem}.sha256"
    digest = hashlib.sha256(locked.read_bytes() + str(sys.version_info[:2]).encode()).hexdigest()
    if PYTHON.exists() and stamp.exists() and stamp.read_text() == digest:
        return
    if not PYTHON.exists():
        print("Making the environment in .venv …", flush=True)
        try:
            venv.create(ENVIRONMENT, with_pip=True)
        except (subprocess.CalledProcessError, OSError) as error:
            _stop(f"The environment could not be made ({error}). On Debian or Ubuntu: apt install python3-venv.")
    _install(requirements)
    stamp.write_text(digest)


def _install(requirements: str) -> None:
    """Install the locked packages, counting them as they come."""
    # Not compiled: of 12,000 modules few are ever read, and Python compiles those when it first does.
    quick = ("--disable-pip-version-check", "--no-compile")
    command = [PYTHON, "-m", "pip", "install", *quick, "--require-hashes", "-r", requirements]
    print(f"Installing {requirements} (about a minute the first time) …", flush=True)
    packages, last_lines = 0, []
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as pip:
        for line in pip.stdout or ():
            last_lines = [*last_lines[-8:], line]
            packages += line.startswith("Collecting")
            if sys.stdout.isatty():
                print(f"\r  {packages} packages so far", end="", flush=True)
    print(f"\r  {packages} packages" + " " * 8, flush=True)
    if pip.returncode:
        print("".join(last_lines), file=sys.stderr)
        _stop("The packages could not be installed. Is this computer connected to the network?")


def _free_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("localhost", port))
        except OSError:
            _stop(f"Port {port} is taken. Is the dashboard open already? Otherwise: python3 run.py --port {port + 1}")


def _run(*command: str, may_fail: bool = False) -> None:
    try:
        result = subprocess.run([PYTHON, *command], check=False)
    except KeyboardInterrupt:
        sys.exit(0)
    if result.returncode and not may_fail:
        sys.exit(result.returncode)


def _stop(sentence: str) -> None:
    sys.exit(f"\n{sentence}")


if __name__ == "__main__":
    main()
