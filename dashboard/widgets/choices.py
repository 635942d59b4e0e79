"""The small controls over a chart: a day, a category, a unit, as far as the figure admits them.

The awkward fact: a chart is redrawn by the address alone, and a Streamlit widget for each of sixty figures would cost
every page more than its charts. So a control is a plain list in the block's own HTML; static/explore.js writes what is
chosen into the address, as it does for a click.
"""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.figures import catalogue
from dashboard.figures.request import Option, Request
from dashboard.i18n import t
from dashboard.i18n.text import written


@dataclass(frozen=True, kw_only=True)
class Control:
    """One list over a chart: its name in addresses, its label, codes with words, the usual one and the chosen."""

    name: str
    label: str
    choices: tuple[tuple[str, str], ...]
    usual: str
    now: str


def controls(request: Request, *, code: str) -> tuple[Control, ...]:
    """Return the controls of a figure, one for each choice that has more than one code."""
    quiet = (option for option in catalogue.entry(code).options if option.is_quiet)
    return tuple(control for option in quiet if (control := _control(option, request)))


def _control(option: Option, request: Request) -> Control | None:
    codes = option.codes(request)
    if len(codes) < 2 or option.words is None:
        return None
    return Control(
        name=option.name,
        label=t(f"choice.{option.name}", lang=request.lang),
        choices=tuple((code, written(option.words(code, request), request.lang)) for code in codes),
        usual=codes[0],
        now=request.unusual(option.name) or codes[0],
    )
