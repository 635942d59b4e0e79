"""A PostgreSQL of the tests' own, in a temporary folder, reached by a socket file alone."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NONE = "no PostgreSQL server on this machine (Debian: apt install postgresql)"


def programs() -> Path | None:
    """Return the folder of the newest server's programs."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3].split(".")[0]))
    return found[-1].parent if found else None


@contextmanager
def running() -> Iterator[str]:
    """Start a server and give the address of its database `postgres` for its superuser; stop it at the end."""
    folder, bin_ = Path(tempfile.mkdtemp(prefix="pg")), programs()
    assert bin_ is not None, NONE
    user = _user()
    if user is not None:
        os.chown(folder, pwd.getpwnam(user).pw_uid, -1)
    _run(user, bin_ / "initdb", "-D", folder / "data", "-U", "owner", "--auth=trust", "-E", "UTF8", "--no-sync")
    options = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off"
    try:
        _run(user, bin_ / "pg_ctl", "-D", folder / "data", "-w", "-l", folder / "log", "-o", options, "start")
        yield f"postgresql+psycopg://owner@/postgres?host={folder}"
    finally:
        _run(user, bin_ / "pg_ctl", "-D", folder / "data", "-m", "immediate", "stop", may_fail=True)
        shutil.rmtree(folder, ignore_errors=True)


def _user() -> str | None:
    """Return who is to run the server: PostgreSQL refuses root."""
    if os.geteuid():
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _run(user: str | None, *command: object, may_fail: bool = False) -> None:
    subprocess.run([str(part) for part in command], user=user, cwd="/", check=not may_fail, stdout=subprocess.DEVNULL)
