"""The examples of docs/api.md are run as they stand, against a server that answers."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.browser.driving import free_port, serving

PAGE = (Path(__file__).parents[3] / "docs" / "api.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```python\n(.*?)```", PAGE, re.S)
ADDRESSES = re.findall(r"http://localhost:8501(/[^\s\"`]+)", PAGE)


@pytest.fixture(scope="module")
def server(build):
    port = free_port()
    with serving(port=port):
        yield f"http://localhost:{port}"


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_runs_as_it_stands(server, example):
    code = example.replace("http://localhost:8501", server)
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert re.search(r"\d", ran.stdout)


def test_there_are_examples_and_each_address_answers(server):
    import httpx

    assert len(EXAMPLES) == 3
    assert len(ADDRESSES) >= 4
    for address in ADDRESSES:
        if not address.endswith("/v1/"):
            assert httpx.get(server + address).status_code == 200, address
