"""A page, its tables and its messages give one range and one verdict, whatever becomes of the series."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from inspect import unwrap

import pytest

from dashboard import queries
from dashboard.blocks import hate_crime, summary
from dashboard.figure import View, in_language
from dashboard.findings import hate_crime as rules
from dashboard.findings.message import Draft, Scope
from dashboard.i18n import LANGUAGES, t
from dashboard.model import Break, Period, Series, Words
from dashboard.tables import period_text

FORCE = "W15000003"
Bend = Callable[[Series], Series]
QUARTERS = 40


def steady(s: Series, *last: float | None, mean: float = 300.0) -> Series:
    """Return a series of 40 quarters around one mean, no wider than chance, that ends with these values."""
    source = s.sources[0].code
    starts = [date(2013 + n // 4, 1 + 3 * (n % 4), 1) for n in range(QUARTERS)]
    values = [*(mean + n % 2 for n in range(QUARTERS - len(last))), *last]
    figures = tuple(
        replace(
            s.observations[0],
            period=Period(start=start, months=3),
            value=value,
            source=source,
            marker=None if value is not None else "[x]",
        )
        for start, value in zip(starts, values, strict=True)
    )
    return replace(s, observations=figures, breaks=())


def without(s: Series, *starts: date) -> Series:
    return replace(s, observations=tuple(o for o in s.observations if o.period.start not in starts))


def broken(s: Series, day: date) -> Series:
    words = Words(en="Counted anew.", cy="Cyfrif o'r newydd.")
    one = Break(
        measure=s.measure.code,
        area=s.area.code,
        date=day,
        kind="coverage",
        severity="hard",
        label=words,
        effect=words,
        origin="o",
    )
    return replace(s, breaks=(one,))


# the newest quarter is October to December 2022; a year before is October to December 2021
BENDS: dict[str, Bend] = {
    "as it is": steady,
    "above": lambda s: steady(s, 500.0),
    "below": lambda s: steady(s, 100.0),
    "a long run": lambda s: steady(s, *(float(302 + round(0.6 * n * n)) for n in range(1, 10))),
    "a hard break": lambda s: broken(steady(s), date(2022, 4, 1)),
    "the year before is not held": lambda s: without(steady(s), date(2021, 10, 1)),
    "two quarters are not held": lambda s: without(steady(s), date(2021, 7, 1), date(2021, 10, 1)),
    "the newest has no value": lambda s: steady(s, 340.0, None),
    "the newest three have no value": lambda s: steady(s, 290.0, None, None, None),
    "small": lambda s: steady(s, mean=3.0),
}


@pytest.fixture(params=BENDS, ids=str)
def bent(request, monkeypatch):
    """Bend every series of aggravated offences."""
    real = queries.series

    def series(measure: str, area: str, **more: object) -> Series:
        found = real(measure, area, **more)
        return BENDS[request.param](found) if measure == "rra_offences" and found.observations else found

    monkeypatch.setattr(queries, "series", series)
    parts = queries.breakdown
    monkeypatch.setattr(
        queries, "breakdown", lambda m, a, *, build: tuple(BENDS[request.param](s) for s in parts(m, a, build=build))
    )
    return request.param


def asked(view: View) -> Scope:
    return Scope(place=view.place, police=view.place, build=view.build)


def written(draft: Draft, lang: str, *, leave: int) -> str:
    values = {name: value.text(lang) for name, value in draft.values.items()}
    return " ".join(t(key, lang=lang, **values) for key in draft.keys[leave:])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_one_range_on_the_page_and_in_the_message(view, bent, lang):
    here = view(FORCE, lang)
    block = in_language(unwrap(hate_crime.aggravated_by_quarter)(here), lang)
    draft = rules.rra_level(asked(here))
    assert block.sentence == written(draft, lang, leave=1)
    assert ("range.though_run_up" in draft.keys) == (bent == "a long run")
    drawn = [band.upper[-1] for band in block.drawing.bands]
    assert drawn[-1:] == ([draft.values["upper"].value] if "upper" in draft.values else drawn[-1:])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_one_verdict_on_the_page_in_the_message_and_in_the_table(view, bent, lang):
    here = view(FORCE, lang)
    block = in_language(unwrap(hate_crime.same_quarter)(here), lang)
    draft = rules.rra_same_quarter(asked(here))
    if draft is None:
        assert bent in ("the year before is not held", "two quarters are not held")
        assert block.title == t("same_quarter.none", lang=lang, **counts(here, lang))
        assert block.sentence == t("same_quarter.not_held", lang=lang, **counts(here, lang))
        return
    assert block.sentence.endswith(written(draft, lang, leave=1))
    assert (draft.keys[1] == "finding.change_refused") == (bent == "a hard break")
    if bent == "a hard break":
        assert block.title == t("same_quarter.none", lang=lang, **counts(here, lang))


def counts(here: View, lang: str) -> dict[str, str]:
    newest = queries.series("rra_offences", here.place.code, build=here.build).latest
    return {"after": period_text(newest.period, lang=lang), "b": f"{newest.value:.0f}"}


def test_the_table_sets_exactly_the_twelve_months_before_beside_a_year_or_nothing(view, bent):
    here = view(FORCE, "en")
    found = in_language(unwrap(summary.offences)(here), "en")
    if found is None:  # a quarter of the newest year is missing, or another way of counting began in it
        assert bent == "a hard break"
        return
    before, verdict = (found.table.rows[0][n] for n in (2, 5))
    gap = bent in ("the year before is not held", "two quarters are not held")
    assert (before is None) == gap
    assert (verdict == "Not compared") == (gap or bent == "small")
    tested = [note for note in found.notes if "changes are tested: " in note]
    assert len(tested) == (0 if gap or bent == "small" else 1)
