"""A measure taken in a process of its own, so that what is remembered, and the peak of memory, are its own.

The awkward fact: a child that prints what it measured shares its output with whatever Streamlit and DuckDB print, and
Streamlit's threads keep it alive. So the answer is a file, and once it is written the child ends at once.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

ROOT = Path(__file__).resolve().parents[1]
Measures = TypeVar("Measures")


class FailedError(Exception):
    """A process that measured nothing; its last words."""


def apart(
    function: Callable[..., Measures],
    *arguments: str | int,
    checkout: Path = ROOT,
    environment: Mapping[str, str] = MappingProxyType({}),
) -> Measures:
    """Return what a function of a benchmark returns, as JSON has it, from a new process in a checkout's folder."""
    script = sys.modules[function.__module__].__file__
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "measures.json"
        command = [sys.executable, __file__, str(script), function.__name__, json.dumps(arguments), str(file)]
        done = subprocess.run(
            command,
            cwd=checkout,
            env={**os.environ, **environment},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
        if done.returncode:
            raise FailedError((done.stderr.strip().splitlines() or ["killed"])[-1])
        measures: Measures = json.loads(file.read_text(encoding="utf-8"))
        return measures


def _answer(script: str, function: str, arguments: str, file: str) -> None:
    """Call the function of a script and write what it returns, in the process of its own."""
    sys.path[0] = str(ROOT)
    spec = spec_from_file_location("measured", script)
    if spec is None or spec.loader is None:
        raise ValueError(f"expected a benchmark; came {script}")
    module = sys.modules["measured"] = module_from_spec(spec)
    spec.loader.exec_module(module)
    measures = getattr(module, function)(*json.loads(arguments))
    Path(file).write_text(json.dumps(measures), encoding="utf-8")
    os._exit(0)


if __name__ == "__main__":
    _answer(*sys.argv[1:])
