"""What own figures say of the example, as a file to read: `python -m tests.workspace.figures.golden` writes it anew."""

from __future__ import annotations

import tempfile
import tomllib
from pathlib import Path

import tomli_w

from dashboard import queries, store
from dashboard.figure import Figure
from dashboard.i18n import LANGUAGES
from dashboard.i18n.text import in_language
from local_figures.store import editions
from local_figures.store.engine import open_store
from tests.workspace import example
from workspace.figures import catalogue, hate_crime
from workspace.figures.inputs import Inputs

FILE = Path(__file__).with_name("golden_words.toml")
Words = dict[str, dict[str, str]]


def said() -> dict[str, Words]:
    """Return title, subtitle, sentence and caveats of every own figure of the example, in both languages."""
    with tempfile.TemporaryDirectory() as folder:
        opened = open_store(folder=Path(folder))
        editions.open_workspace(opened, example.ACT, areas=[example.AREA])
        example.put_on_show(opened, example.EVERY)
        place = queries.area(example.AREA, build=store.build_id())
        given = Inputs(place=place, editions=example.on_show(opened, example.EVERY))
        found = {code: {lang: _words(code, given, lang) for lang in LANGUAGES} for code in catalogue.BY_CODE}
        opened.engine.dispose()
    beside = hate_crime.beside_police(given)
    found["beside_police"] = {lang: {"said": " ".join(one.text(lang) for one in beside)} for lang in LANGUAGES}
    return found


def _words(code: str, given: Inputs, lang: str) -> dict[str, str]:
    figure = in_language(catalogue.unread(code, given), lang)
    if not isinstance(figure, Figure):
        raise TypeError(f"{code}: expected a figure of the example; came a card")
    caveats = " | ".join(figure.caveat_texts)
    return {"title": figure.title, "subtitle": figure.subtitle, "sentence": figure.sentence, "caveats": caveats}


def golden() -> dict[str, Words]:
    """Return what stands in the file."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


if __name__ == "__main__":
    FILE.write_text(tomli_w.dumps(said()), encoding="utf-8")
