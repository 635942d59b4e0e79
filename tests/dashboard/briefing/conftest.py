"""Briefings of the repository's own data, each composed once for all the tests that draw it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from dashboard.briefing.compose import compose
from dashboard.briefing.model import Briefing, Officer
from dashboard.model import Words

MADE = date(2026, 11, 25)
INTRODUCTION = '#import "x": *\n<img src=x onerror=alert(1)>\n- [ ] `raw` _em_ {{ 7*7 }} ${7*7} %x\nשלום\n\n🙂👩‍👩‍👧'
TITLE = "=cmd() <script>alert(1)</script> #eval(1) $x$ \\input{/etc/passwd} **b** @ref «שלום مرحبا» 🙂 " + "long " * 90
HOSTILE = Officer(
    title=TITLE,
    title_cy=TITLE,
    introduction=INTRODUCTION,
    introduction_cy=INTRODUCTION,
    contact='a@b.cymru "quoted" </text><svg/onload=alert(1)>',
    headings=(("hate_crime", Words(en=TITLE, cy=TITLE)),),
    comments=(("hate_crime", Words(en=INTRODUCTION, cy=INTRODUCTION)),),
    actions=((TITLE, "=1+1", "<b>"),),
    questions=((TITLE, "@b", "<i>"),),
)


@pytest.fixture(scope="session")
def compose_for(build: str) -> Callable[..., Briefing]:
    """Return a maker of briefings: `compose_for("four_pages", "XCAV", officer=..., address=...)`."""

    def make(kind: str = "four_pages", place: str = "XCAV", *, officer: Officer | None = None, address: str = ""):
        return compose(kind=kind, place=place, build=build, made_on=MADE, officer=officer, address=address)

    return make


@pytest.fixture(scope="session")
def hostile() -> Officer:
    """Return an officer's words that try everything: markup, code, formulas, other scripts, great length."""
    return HOSTILE
