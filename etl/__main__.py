"""`python -m etl …`: the data lead's commands, which `etl/cli.py` has.

The awkward fact: every publication is read from its folder when the commands are loaded, so one damaged
`origin.toml` stops them all. It is then told in a sentence, as whatever stops a command later is.
"""

from __future__ import annotations

import sys
from importlib import import_module

from etl.contract import ContractError


def main(arguments: list[str] | None = None) -> int:
    """Run one command; return 0, or 1 with every problem on standard error (2: a publisher was not reached)."""
    try:
        run = import_module("etl.cli").run
    except ContractError as error:
        print(f"Stopped, nothing was replaced:\n{error}", file=sys.stderr)
        return 1
    return int(run(arguments))


if __name__ == "__main__":
    sys.exit(main())
