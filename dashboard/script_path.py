"""Where Streamlit finds the script of the dashboard, settled once for the whole process."""

from __future__ import annotations

import sys
from pathlib import Path

SCRIPT = Path(__file__).parent / "main.py"


def settle_path() -> None:
    """Put the script's folder at the end of Python's path for good, unless it stands there.

    Streamlit would put it first for each run and take it away again: first, `dashboard/statistics` hides Python's own
    from every library; and another visitor's import that looks through the path at that moment misses a folder.
    """
    if str(SCRIPT.parent) not in sys.path:
        sys.path.append(str(SCRIPT.parent))
