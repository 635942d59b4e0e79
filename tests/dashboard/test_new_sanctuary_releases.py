"""What the pages say once newer tables of resettlement and of referrals come in through `etl add`.

The publications are made up (tests/synthetic.py) and live in a folder of the test alone.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dashboard import memory, queries, store
from dashboard.blocks import schemes, slavery
from dashboard.charts import RankedDots, TimeLine
from dashboard.figure import Figure, View
from dashboard.i18n import LANGUAGES, t
from etl.__main__ import main
from tests.every_block import cells, usual_block
from tests.scratch import DATA
from tests.synthetic import res_d01, table_12, write_ods, write_xlsx

CARDIFF, VALE, BOTH = "W06000015", "W06000014", "XCAV"
Views = Callable[..., View]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder into which Afghan arrivals by authority came, and a second quarter of referrals by county."""
    there = tmp_path_factory.mktemp("released")
    data = there / "data"
    shutil.copytree(DATA / "reference", data / "reference")
    (data / "tidy").mkdir()
    for name in ("resettlement_since_2014", "nrm_county"):
        for kind in ("csv", "toml"):
            shutil.copy(DATA / "tidy" / f"{name}.{kind}", data / "tidy")
    arrived = write_xlsx(there / "res.xlsx", res_d01())
    referred = write_ods(there / "nrm.ods", table_12(quarter="October to December 2025"))
    for file in (arrived, referred):
        command = ["--data", str(data), "add", str(file), "--released", "2026-08-20"]
        assert main([*command, "--accept-large-changes"]) == 0
    return data


@pytest.fixture(scope="module", autouse=True)
def forgotten() -> Iterator[None]:
    yield
    memory.forget()


@pytest.fixture
def view(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Views:
    monkeypatch.setattr(store, "DATA", folder)
    build = store.build_id(data=folder)
    return lambda place, lang="en": View(place=queries.area(place, build=build), lang=lang, build=build)


def test_afghan_arrivals_of_a_place_are_told_apart_from_the_total_that_leaves_them_out(view):
    figure = schemes.resettlement_schemes(view(CARDIFF))
    assert figure.title == "All 12 people resettled in Cardiff by 30 June 2026 came under the UK Resettlement Scheme"
    assert figure.sentence == (
        "The parts: UK Resettlement Scheme: 12. Under the Afghan schemes, which the total leaves out: "
        "Afghan Relocations and Assistance Policy (ARAP): 7."
    )
    drawn = {panel.title: panel.points[-1].value for panel in figure.drawing.panels}
    assert drawn == {"UK Resettlement Scheme": 12, "Afghan Relocations and Assistance Policy (ARAP)": 7}
    welsh = schemes.resettlement_schemes(view(CARDIFF, "cy"))
    assert "O dan gynlluniau Affganistan, nad ydynt yn y cyfanswm: " in welsh.sentence


def test_an_edition_that_ends_no_later_is_not_called_later(view):
    assert "later edition" not in schemes.resettlement_schemes(view(VALE)).sentence


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nobody_says_that_no_afghan_arrival_is_placed_once_some_are(view, lang):
    texts = schemes.afghan_schemes(view(CARDIFF, lang)).caveat_texts
    assert t("afghan_schemes.placed", lang=lang) in texts
    assert t("afghan_schemes.kingdom", lang=lang) not in texts


def test_one_afghan_scheme_over_time_is_not_set_beside_a_total_that_leaves_it_out(view):
    figure = usual_block(view(CARDIFF), code="resettlement", scheme="afghan_arap")
    assert isinstance(figure, Figure)
    assert figure.sentence == t("category.sentence_apart", lang="en")
    other = usual_block(view(CARDIFF), code="resettlement", scheme="uk_resettlement_scheme")
    assert other.sentence == "People resettled in all at that time: nobody."


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("place", [CARDIFF, BOTH])
def test_two_quarters_of_a_county_are_drawn_over_time_and_not_called_one(view, place, lang):
    figure = slavery.referrals_county(view(place, lang))
    assert isinstance(figure.drawing, TimeLine)
    assert cells(figure, "value") == [27, 27]
    assert t("referrals_county.one", lang=lang) not in figure.caveat_texts
    assert t("referrals_county.whole", lang=lang) in figure.caveat_texts


def test_one_quarter_of_a_county_is_a_dot_and_called_one(view, data_folder, build, monkeypatch):
    monkeypatch.setattr(store, "DATA", data_folder)
    figure = slavery.referrals_county(View(place=queries.area(CARDIFF, build=build), lang="en", build=build))
    assert isinstance(figure.drawing, RankedDots)
    assert t("referrals_county.one", lang="en") in figure.caveat_texts
