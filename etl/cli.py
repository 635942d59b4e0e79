"""The data lead's commands: `python -m etl build|check|refresh|add|diff|rollback|catalogue|extract|…`."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Callable
from functools import partial
from io import TextIOWrapper
from pathlib import Path
from typing import Any

import pandas as pd

from etl.contract import ContractError
from etl.geo import boundaries, similar_areas, small_areas
from etl.geo.geography import reference_of
from etl.geo.hex_map import write_hex
from etl.pipeline import data_catalogue, diff, load
from etl.pipeline.disk import disk_in_words
from etl.pipeline.extract import extract
from etl.pipeline.revisions import write_revisions
from etl.pipeline.tables import read_table, read_tables
from etl.reading.readable import readable
from etl.registry import DATASETS
from etl.release import commands

log = logging.getLogger(__name__)
Run = Callable[[argparse.Namespace], int | None]
ROOT = Path(__file__).parent.parent
DATA = ROOT / "data"


def run(arguments: list[str] | None = None) -> int:
    """Run one command; return 0, or 1 with every problem on standard error (2: a publisher was not reached)."""
    _never_fail_to_print()
    options = _parser().parse_args(arguments)
    try:
        with disk_in_words(), reference_of(options.data):
            return options.run(options) or 0
    except ContractError as error:
        print(f"Stopped, nothing was replaced:\n{error}", file=sys.stderr)
    except Exception as error:
        log.debug("the whole of it", exc_info=error)
        words = f"expected no such error; came {type(error).__name__}: {error}"
        print(f"Stopped, nothing was replaced:\n{words} (COHESION_DEBUG=1 says where)", file=sys.stderr)
    return 1


def _never_fail_to_print() -> None:
    """Let a letter that the output cannot write (ŵ in cp1252) stand as its number: a message decides no outcome."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    if os.environ.get("COHESION_DEBUG"):
        logging.basicConfig(level=logging.DEBUG)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m etl", description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA, help="the data folder (default: data)")
    subcommands = parser.add_subparsers(required=True, metavar="command")
    _command(subcommands, "build", _build, "build the database from data/tidy and put it on show")
    _command(subcommands, "check", _check, "check every table without building")
    commands.register(partial(_command, subcommands))
    generated = _command(subcommands, "catalogue", _catalogue, "write docs/data-catalogue.md from the data")
    generated.add_argument("--check", action="store_true", help="only say whether the page is true now")
    one = _command(subcommands, "extract", _extract, "read a publication into data/tidy")
    one.add_argument(
        "dataset", choices=[*DATASETS, "all"], metavar="dataset", help=f"all, or one of {', '.join(DATASETS)}"
    )
    one.add_argument(
        "--from", dest="source", type=Path, required=True, help="the file; for 'all' the folder of sources"
    )
    older = _command(subcommands, "revisions", _revisions, "list what a table has otherwise than an older edition")
    older.add_argument("dataset", choices=[*DATASETS], metavar="dataset", help=f"one of {', '.join(DATASETS)}")
    older.add_argument("--older", type=Path, required=True, help="the file of the older edition")
    older.add_argument("--edition", required=True, help="what the older edition is called in English")
    older.add_argument("--edition-cy", required=True, help="what it is called in Welsh")
    alike = _command(subcommands, "similar", _similar, "write the ONS lists of areas similar to each Welsh authority")
    alike.add_argument("--from", dest="source", type=Path, required=True, help="the folder of sources")
    small = _command(subcommands, "small-areas", _small_areas, "write the small areas of Cardiff and the Vale")
    small.add_argument("--from", dest="source", type=Path, required=True, help="the folder of sources")
    outlines = _command(subcommands, "boundaries", _boundaries, "simplify published boundaries for the maps")
    outlines.add_argument("--from", dest="source", type=Path, required=True, help="the folder of published boundaries")
    hexes = _command(subcommands, "hex", _hex, "write the hex map of the Welsh authorities")
    hexes.add_argument("--from", dest="source", type=Path, required=True, help="the folder of sources")
    return parser


def _command(commands: Any, name: str, run: Run, summary: str) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser(name, help=summary, description=summary)
    command.set_defaults(run=run)
    return command


def _build(options: argparse.Namespace) -> None:
    print(f"build {load.build(data=options.data)} is on show")


def _check(options: argparse.Namespace) -> None:
    tables = load.check(data=options.data)
    print(f"{len(tables.observation):,} figures in {len(tables.source)} tables keep the contract")
    for sentence in load.large_tables(data=options.data):
        print(sentence)


def _catalogue(options: argparse.Namespace) -> None:
    page = ROOT / "docs" / "data-catalogue.md"
    text = data_catalogue.catalogue_text(read_tables(data=options.data))
    if options.check and (not page.exists() or page.read_text(encoding="utf-8") != text):
        raise ContractError("docs/data-catalogue.md: expected what the data say now; run python -m etl catalogue")
    if not options.check:
        page.write_bytes(text.encode("utf-8"))
    print(f"{page.name} is true")


def _extract(options: argparse.Namespace) -> None:
    names = list(DATASETS) if options.dataset == "all" else [options.dataset]
    for number, name in enumerate(names, start=1):
        dataset = DATASETS[name]
        file = options.source / dataset.material if options.source.is_dir() else options.source
        table = options.data / "tidy" / f"{name}.csv"
        before = read_table(table) if table.exists() else pd.DataFrame()
        with readable(file):
            extract(dataset, file=file, tidy_folder=table.parent)
        print(f"[{number}/{len(names)}] {table.name}", flush=True)
        changed = diff.table_diff(before, read_table(table))
        if changed.changed:
            print(diff.diff_text({name: changed}), flush=True)


def _revisions(options: argparse.Namespace) -> None:
    folders = {"tidy": options.data / "tidy", "target": options.data / "reference"}
    named = (options.edition, options.edition_cy)
    with readable(options.older):
        print(write_revisions(DATASETS[options.dataset], older=options.older, named=named, **folders).name)


def _similar(options: argparse.Namespace) -> None:
    path = similar_areas.write_similar_areas(sources=options.source, target=options.data / "reference")
    print(path.name)


def _small_areas(options: argparse.Namespace) -> None:
    for path in small_areas.write_small_areas(sources=options.source, target=options.data / "reference"):
        print(path.name)


def _boundaries(options: argparse.Namespace) -> None:
    for path in boundaries.write_boundaries(
        sources=options.source, target=ROOT / "dashboard" / "static" / "boundaries"
    ):
        print(path.name)


def _hex(options: argparse.Namespace) -> None:
    print(write_hex(sources=options.source, target=ROOT / "dashboard" / "static" / "boundaries").name)
