"""The verdicts on recorded offences that pages, tables and messages share: beside what was expected, and a year before.

The awkward fact: a verdict worked out in two places comes apart on the first odd series, and a reader then finds two
answers on one page. So the figure before, the guard, the spread and the test are chosen here, and nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from dashboard import queries
from dashboard.comparability import Comparability, comparable
from dashboard.expectations import expected_of
from dashboard.findings.figures import across, at, refused, years_before
from dashboard.findings.message import Quantity, Value, Whole
from dashboard.i18n import Language, t
from dashboard.model import Observation, Series
from dashboard.statistics import RUN, Change, ExpectedRange, Spread, change

SPREAD_OF = {"hate_crimes": "rra_offences"}  # two years tell no spread; the quarters of the same area do
LARGE = 25.0  # per cent: a change of a quarter is large, whatever a test says of it
RANGE_KEYS = {"within": "range.within", "above": "range.above", "below": "range.below"}
RUN_KEYS = {
    ("within", 1): "range.though_run_up",
    ("within", -1): "range.though_run_down",
    ("above", 1): "range.run_up",
    ("below", -1): "range.run_down",
}
CHANGE_KEYS = {
    ("higher", True): "finding.change_higher",
    ("lower", True): "finding.change_lower",
    ("no_clear_change", True): "finding.change_none",
    ("higher", False): "finding.change_higher_small",
    ("lower", False): "finding.change_lower_small",
    ("no_clear_change", False): "finding.change_none_small",
}


@dataclass(frozen=True, kw_only=True)
class Sentences:
    """Whole sentences by their keys, with their values in no language yet."""

    keys: tuple[str, ...]
    values: dict[str, Value] = field(default_factory=dict)
    large: bool = False

    def text(self, lang: Language) -> str:
        """Return the sentences in `lang`."""
        values = {name: value.text(lang) for name, value in self.values.items()}
        return " ".join(t(key, lang=lang, **values) for key in self.keys)


@dataclass(frozen=True, kw_only=True)
class Usual:
    """How widely counts like these spread, with the figures that tell; `borrowed` where they are another measure's."""

    spread: Spread | None
    figures: tuple[Observation, ...]
    borrowed: bool


@dataclass(frozen=True, kw_only=True)
class YearBefore:
    """A figure beside the one of exactly the same months a year before: may they be compared, and what changed.

    `before` is None where no such figure is held, and then so are the rest.
    """

    newest: Observation
    before: Observation | None
    usual: Usual
    comparability: Comparability | None = None
    change: Change | None = None

    @property
    def verdict(self) -> str | None:
        """The verdict on the change, or None where none may be given."""
        return self.change.verdict if self.change else None


def beside_expected(series: Series) -> Sentences:
    """Say whether the newest figure of a series is what was expected of it, and whether a long run stands apart."""
    expected = expected_of(series)
    point, limits = expected.newest, expected.range
    if point is None or point.verdict is None or point.lower is None or point.upper is None or not _is_newest(limits):
        few = point is not None and point.reason == "too_few_events"
        return Sentences(keys=("range.too_few" if few else "range.too_short",))
    values: dict[str, Value] = {
        "lower": Quantity(value=point.lower, how="expected_lower", of=expected.used),
        "upper": Quantity(value=point.upper, how="expected_upper", of=expected.used),
    }
    keys = [RANGE_KEYS[point.verdict]]
    if abs(limits.run) >= RUN:
        keys.append(RUN_KEYS[point.verdict, 1 if limits.run > 0 else -1])
        values["run"] = Whole(value=abs(limits.run))
    return Sentences(keys=tuple(keys), values=values, large=_is_large(point.value, point.expected))


def _is_newest(limits: ExpectedRange) -> bool:
    """Return whether the figure judged is the last one: a negative correction after it cannot be judged."""
    return limits.latest == len(limits.points) - 1


def _is_large(value: float | None, other: float | None) -> bool:
    """Return whether a figure is a quarter or more above or below another, however sure the difference is."""
    return value is not None and bool(other) and abs(value / (other or 1) - 1) * 100 >= LARGE


def usual(series: Series, *, build: str) -> Usual:
    """Return how widely a series spreads, from its own quarters or from those that may speak for it."""
    other = SPREAD_OF.get(series.measure.code)
    telling = queries.series(other, series.area.code, build=build) if other else series
    if telling.is_empty:
        return Usual(spread=None, figures=(), borrowed=other is not None)
    expected = expected_of(telling)
    spread = expected.range.spread
    return Usual(spread=spread, figures=expected.used if spread else (), borrowed=other is not None)


def year_before(series: Series, *, build: str) -> YearBefore | None:
    """Return the newest count of a series beside that of a year before; None where none is held or it is below 0."""
    newest = series.latest
    if newest is None or (newest.value or 0) < 0:
        return None
    before = at(series, years_before(newest.period))
    return beside(newest, before, series=series, usual=usual(series, build=build))


def beside(newest: Observation, before: Observation | None, *, series: Series, usual: Usual) -> YearBefore:
    """Return a count beside an earlier one of its series, if there is one: guarded first, and tested then."""
    if before is None:
        return YearBefore(newest=newest, before=None, usual=usual)
    comparability = comparable(newest, before, series=series)
    moved = change(before=before.value, after=newest.value, spread=usual.spread) if comparability.allowed else None
    return YearBefore(newest=newest, before=before, usual=usual, comparability=comparability, change=moved)


def change_sentences(pair: YearBefore) -> Sentences | None:
    """Say what changed from the figure before, or why no change can be given; None where there is none to speak of."""
    if pair.before is None or pair.comparability is None:
        return None
    if not pair.comparability.allowed:
        return Sentences(keys=("finding.change_refused",), values={"why": refused(pair.comparability)})
    moved = pair.change
    if moved is None or (moved.verdict is None and moved.reason != "unknown_spread"):
        return None
    large = not _is_small(pair) and _is_large(pair.newest.value, pair.before.value)
    if moved.verdict is None:
        return Sentences(keys=("finding.change_unknown",), large=large)
    by_percent = pair.comparability.percent_allowed and moved.percent is not None
    values = _percentages(pair, moved) if by_percent else {}
    keys, effect = across(pair.comparability)
    return Sentences(keys=(CHANGE_KEYS[moved.verdict, by_percent], *keys), values=values | effect, large=large)


def rates_compared(mine: Quantity, other: Quantity, *, usual: Usual) -> str | None:
    """Return whether a rate is higher than, similar to, or lower than another, by how widely counts spread."""
    (count, people), (whole, all_people, *less) = ((o.value or 0.0 for o in rate.of) for rate in (mine, other))
    other_count, other_people = (whole - less[0], all_people - less[1]) if less else (whole, all_people)
    moved = change(
        before=other_count,
        after=count,
        exposure_before=other_people,
        exposure_after=people,
        spread=usual.spread,
    )
    return {"no_clear_change": "similar"}.get(moved.verdict or "", moved.verdict)


def _is_small(pair: YearBefore) -> bool:
    return pair.comparability is None or not pair.comparability.percent_allowed


def _percentages(pair: YearBefore, moved: Change) -> dict[str, Value]:
    """Return the change in per cent with the ends of its range, the end nearer to no change first."""
    pair_of = tuple(o for o in (pair.newest, pair.before) if o is not None)
    of = (*pair_of, *pair.usual.figures)
    low = Quantity(value=moved.percent_lower or 0.0, how="change_lower", of=of)
    high = Quantity(value=moved.percent_upper or 0.0, how="change_upper", of=of)
    if moved.verdict == "no_clear_change":
        return {"low": low, "high": high}
    near, far = (low, high) if moved.verdict == "higher" else (high, low)
    return {
        "percent": Quantity(value=moved.percent or 0.0, how="percent_change", of=pair_of),
        "least": near,
        "most": far,
    }


def caveat(value: float | None, other: float | None, *, is_clear: bool) -> str:
    """Return the key of what more, or fewer, recorded crimes can mean; of either where no difference is clear."""
    if not is_clear or value is None or other is None or value == other:
        return "caveat.recorded_changes"
    return "caveat.more_recorded" if value > other else "caveat.less_recorded"


def change_caveat(pair: YearBefore | None) -> str:
    """Return the key of what a change can mean, also of one that cannot be tested; of either where it is not clear."""
    before = pair.before.value if pair and pair.before else None
    is_clear = pair is not None and pair.verdict != "no_clear_change"
    return caveat(pair.newest.value if pair else None, before, is_clear=is_clear)


def range_caveat(series: Series) -> str:
    """Return the key of what more, or fewer, recorded crimes than expected can mean."""
    limits = expected_of(series)
    point = limits.newest
    is_clear = point is not None and (point.verdict in ("above", "below") or abs(limits.range.run) >= RUN)
    return caveat(point.value if point else None, point.expected if point else None, is_clear=is_clear)
