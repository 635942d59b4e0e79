"""Five hundred spoilt publications and two hundred spoilt tables, the same ones on every machine.

The awkward fact: what breaks a reader is what nobody thought of. Each case is drawn from its number alone, so a number
that fails can be tried again with its neighbours: `pytest tests/etl/release/test_fuzz.py -k 300-349`.
"""

from __future__ import annotations

import random
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from etl.contract import ContractError
from etl.pipeline import load
from etl.pipeline.extract import tidy_table
from etl.release.recognise import RELEASES, edition_of, recognise
from etl.release.refresh import Workshop, add
from tests import synthetic
from tests.scratch import scratch_data, vouch

PUBLICATIONS, TABLES, IN_ONE_TEST = 500, 200, 50
BOOKS = {
    "pfa": synthetic.pfa,
    "csp": synthetic.csp,
    "asy_d11": synthetic.asy_d11,
    "res_d01": synthetic.res_d01,
    "reg_02": synthetic.reg_02,
    "myeb3": synthetic.myeb3,
    "hate_crime": synthetic.hate_crime,
    "table_12": synthetic.table_12,
    "responders": synthetic.responders,
    "appendix": synthetic.appendix,
}
ODD = (
    "",
    "[q]",
    "²",
    "-7",
    "1e999",
    "nan",
    "9" * 400,
    "2062-07-52",
    "31/02/2026",
    "#REF!",
    "\u202e",
    "Cardiff¹",
    "W06000099",
)


def groups(number: int) -> list[range]:
    return [range(start, start + IN_ONE_TEST) for start in range(0, number, IN_ONE_TEST)]


def flipped(content: bytes, chance: random.Random) -> bytes:
    bad = bytearray(content)
    for _ in range(chance.choice((1, 1, 3, 40))):
        bad[chance.randrange(len(bad))] ^= 1 << chance.randrange(8)
    return bytes(bad)


def cut(content: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(content))
    return content[:start] + content[start + chance.choice((1, 60, len(content))) :]


def one_word(content: bytes, chance: random.Random) -> bytes:
    """Return a text with one of its words, numbers or attributes put out of order."""
    words = list(re.finditer(rb"[\w.-]+", content))
    if not words:
        return content
    word, odd = chance.choice(words), chance.choice(ODD).encode()
    other = chance.choice(words).group()
    return content[: word.start()] + chance.choice((odd, other, word.group() * 2)) + content[word.end() :]


CHANGES: tuple[Callable[[bytes, random.Random], bytes], ...] = (flipped, cut, one_word, one_word)


def spoilt_publication(number: int, *, folder: Path, good: dict[tuple[str, bool], bytes]) -> Path:
    """Write case `number`: the file itself spoilt, or one part inside a sound archive."""
    chance = random.Random(number)
    book, is_xlsx = chance.choice(sorted(BOOKS)), chance.random() < 0.4
    if (book, is_xlsx) not in good:
        write = synthetic.write_xlsx if is_xlsx else synthetic.write_ods
        good[book, is_xlsx] = write(folder / "good", BOOKS[book]()).read_bytes()
    path = folder / f"{number}{'.xlsx' if is_xlsx else '.ods'}"
    path.write_bytes(good[book, is_xlsx])
    if chance.random() < 0.25:
        path.write_bytes(chance.choice((flipped, cut))(path.read_bytes(), chance))
        return path
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    part = max(parts, key=lambda name: len(parts[name])) if chance.random() < 0.7 else chance.choice(sorted(parts))
    parts[part] = chance.choice(CHANGES)(parts[part], chance)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return path


@pytest.fixture(scope="module")
def good() -> dict[tuple[str, bool], bytes]:
    """Return the sound publications, each written when it is first spoilt."""
    return {}


@pytest.mark.parametrize("numbers", groups(PUBLICATIONS), ids=lambda numbers: f"{numbers[0]}-{numbers[-1]}")
def test_a_spoilt_publication_is_read_or_refused_in_words(tmp_path, good, numbers):
    refusals: list[str] = []
    for number in numbers:
        path = spoilt_publication(number, folder=tmp_path, good=good)
        try:
            names = recognise(path)
            edition_of(path)
            for name in names:
                assert isinstance(tidy_table(RELEASES[name], file=path), pd.DataFrame), number
        except ContractError as error:
            refusals.append(f"case {number}: {error}")
        except Exception as error:
            raise AssertionError(f"case {number}: expected figures or a refusal; came {error!r}") from error
    assert all("expected" in refusal for refusal in refusals)
    assert len(refusals) > len(numbers) / 2


def spoilt_table(number: int, *, data: Path) -> tuple[Path, bool]:
    """Spoil one table of ours for case `number`; vouched for half of the time, as if a command had written it."""
    chance = random.Random(10_000 + number)
    path = chance.choice(sorted(p for p in data.rglob("*") if p.suffix in (".csv", ".toml") and p.stat().st_size))
    path.write_bytes(chance.choice(CHANGES)(path.read_bytes(), chance))
    is_vouched = path.suffix == ".csv" and path.parent.name == "tidy" and chance.random() < 0.5
    if is_vouched:
        vouch(path)
    return path, is_vouched


@pytest.mark.parametrize("numbers", groups(TABLES), ids=lambda numbers: f"{numbers[0]}-{numbers[-1]}")
def test_a_spoilt_table_is_named_or_its_figures_are_the_same(tmp_path, numbers):
    pristine = scratch_data(tmp_path)
    before = load.check(data=pristine)
    refusals: list[str] = []
    for number in numbers:
        data = Path(shutil.copytree(pristine, tmp_path / str(number)))
        path, is_vouched = spoilt_table(number, data=data)
        try:
            after = load.check(data=data)
        except ContractError as error:
            refusals.append(f"case {number}: {error}")
        except Exception as error:
            raise AssertionError(f"case {number}, {path.name}: expected a refusal; came {error!r}") from error
        else:
            assert is_vouched or path.parent.name == "reference" or after.observation.equals(before.observation), number
        shutil.rmtree(data)
    assert all("expected" in refusal for refusal in refusals)
    assert len(refusals) > len(numbers) / 3


def test_a_spoilt_table_of_ours_never_gives_a_traceback_to_who_brings_in_a_publication(tmp_path):
    pristine = scratch_data(tmp_path)
    load.build(data=pristine)
    file = synthetic.write_ods(tmp_path / "resettlement.ods", synthetic.res_d01())
    refusals: list[str] = []
    for number in range(20):
        data = Path(shutil.copytree(pristine, tmp_path / str(number)))
        spoilt_table(number, data=data)
        try:
            workshop = Workshop(data=data, say=lambda _: None, dry_run=True)
            outcome = add(file, released="2026-07-23", workshop=workshop)
            refusals += [refusal.words for refusal in outcome.refused]
        except ContractError as error:
            refusals.append(str(error))
    assert all("expected" in refusal for refusal in refusals)
    assert len(refusals) > 5
