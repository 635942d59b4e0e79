"""An nginx of the tests' own in front of a dashboard."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.browser.driving import free_port, wait_for_port

SOCKETS = 'proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade";'
FRAMED = f"{SOCKETS} proxy_hide_header content-security-policy; proxy_hide_header x-frame-options;"  # pages forbid it


@contextmanager
def proxied(site: str, folder: Path, *, more: str = "") -> Iterator[str]:
    """Run an nginx that takes the path /cohesion/ off; `more` are its words on what it hands on."""
    if not shutil.which("nginx") and not os.environ.get("CI"):
        pytest.skip("nginx is not installed (Debian: apt install nginx-light)")
    port = free_port()
    kept = "".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    owner = "user root;" if os.geteuid() == 0 else ""
    configuration = folder / "nginx.conf"
    configuration.write_text(
        f"{owner} daemon off; pid {folder}/pid; error_log {folder}/error.log; events {{}} "
        f"http {{ access_log off; {kept}"
        f"server {{ listen 127.0.0.1:{port}; location /cohesion/ {{ proxy_pass {site}/; proxy_http_version 1.1;"
        f"proxy_set_header Host $host:{port}; {more} }} }} }}"
    )
    with subprocess.Popen(["nginx", "-c", str(configuration)], stderr=subprocess.DEVNULL) as nginx:
        wait_for_port(port)
        yield f"http://127.0.0.1:{port}/cohesion"
        nginx.terminate()
