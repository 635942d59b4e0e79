"""What a benchmark is asked on its command line, where it has no choices of its own."""

from __future__ import annotations

import argparse
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def nothing(doc: str | None) -> None:
    """Take no arguments: `--help` says what is measured, anything else is an error."""
    _parser(doc).parse_args()


def checkouts(doc: str | None) -> list[Path]:
    """Return the folders named, or this one's checkout alone; an error names a folder that is no checkout."""
    parser = _parser(doc)
    parser.add_argument("checkouts", nargs="*", type=Path, default=[ROOT], metavar="CHECKOUT")
    named: list[Path] = [one.resolve() for one in parser.parse_args().checkouts]
    for one in named:
        if not (one / "app.py").is_file():
            parser.error(f"expected a checkout of this project, with its app.py; came {one}")
    return named


def _parser(doc: str | None) -> argparse.ArgumentParser:
    return argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
