"""What the tests of the dashboard look at: views of the build of the repository's own data."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from dashboard import queries
from dashboard.beside import read
from dashboard.figure import View
from dashboard.i18n import Language
from dashboard.model import ALL_YEARS, Years


@pytest.fixture(scope="session")
def view(build: str) -> Callable[..., View]:
    """Return a maker of views: `view("W06000015", "cy")`; `beside` names places beside it as addresses do."""

    def made(
        code: str, lang: Language = "en", *, beside: str = "", years: Years = ALL_YEARS, at: date | None = None
    ) -> View:
        place = queries.area(code, build=build)
        others, refusal = read(filter(None, beside.split(",")), place=place, build=build)
        assert not refusal
        return View(place=place, lang=lang, build=build, beside=others, years=years, at=at)

    return made
