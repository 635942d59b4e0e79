"""With the tables of one publication alone every page opens, every kind of briefing is made, and the presenter too.

The awkward fact: a block that looks at two publications works on the tables we hold, and fails at the first data folder
that holds one of them. What is not held has to be a card, never an error.
"""

from __future__ import annotations

import shutil
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from dashboard import store
from dashboard.briefing.compose import compose
from dashboard.briefing.forms import as_file, forms_of
from dashboard.briefing.model import KINDS
from dashboard.briefing.presenter import presenter_html
from dashboard.i18n import LANGUAGES
from etl.pipeline import load
from etl.registry import ALL
from tests.scratch import DATA

PAGES = sorted(path.stem for path in (Path(__file__).parents[2] / "pages").glob("*.py"))
PLACES = ("W06000015", "XCAV", "W06000024", "W15000003", "W92000004")
DAY = date(2026, 11, 29)


@cache
def publications() -> dict[str, tuple[str, ...]]:
    """Return the tables that are held of each publication: those whose origins name one page of one publisher."""
    found: dict[str, list[str]] = {}
    for path in sorted((DATA / "tidy").glob("*.csv")):
        origin = ALL[path.stem].origin
        page = "census" if path.stem.startswith("census_") else origin.url.rpartition("/")[2]
        found.setdefault(f"{origin.publisher_en} {page}", []).append(path.stem)
    return {name: tuple(tables) for name, tables in found.items()}


def folder(to: Path, tables: tuple[str, ...]) -> Path:
    """Return a data folder with today's reference tables and these tables of the frozen edition."""
    shutil.copytree(DATA / "reference", to / "reference")
    (to / "tidy").mkdir()
    for name in tables:
        for kind in ("csv", "toml"):
            shutil.copy(DATA / "tidy" / f"{name}.{kind}", to / "tidy")
    return to


def everything_opens(data: Path, *, number: int, open_page, monkeypatch) -> None:
    """Open every page in one language and make every kind of briefing of one place in both; places take turns."""
    build = load.build(data=data)
    monkeypatch.setattr(store, "DATA", data)
    lang, place = LANGUAGES[number % 2], PLACES[number % len(PLACES)]
    for page in PAGES:
        session = open_page(page, lang=lang, place=place)
        assert not session.exception, (page, lang, place, [e.value for e in session.exception])
    for kind in KINDS:
        briefing = compose(kind=kind, place=place, build=build, made_on=DAY)
        forms = forms_of(kind)
        form = forms[number % len(forms)].code  # in turns: each draws the same briefing
        assert as_file(briefing, form=form, languages=lang).content, (kind, form)
    for each in LANGUAGES:
        assert presenter_html(compose(kind="deck", place=place, build=build, made_on=DAY), lang=each)


@pytest.mark.parametrize("name", publications())
def test_one_publication_alone(name, tmp_path, open_page, monkeypatch):
    data = folder(tmp_path / "data", publications()[name])
    everything_opens(data, number=list(publications()).index(name), open_page=open_page, monkeypatch=monkeypatch)
