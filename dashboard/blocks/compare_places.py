"""The page that compares places: a map, ranked dots beside Wales or the rest of Wales, and a funnel.

The awkward fact: "higher" is heard as "worse". Places are therefore called higher, similar or lower than Wales,
in neutral blues, with a word and a shape, and each figure says that its ranges show chance alone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import chain
from math import sqrt
from typing import Literal

from dashboard import queries
from dashboard.blocks import beside, build, common
from dashboard.blocks.build import Dot
from dashboard.blocks.remembering import remembered
from dashboard.caveats import Caveat, Weight, caveat, each_once
from dashboard.charts import AreaMap, Drawing, FunnelChart, Interval, IntervalDots, Limit, Point, Spot
from dashboard.charts.plotly import map_config
from dashboard.denominators import BEFORE_REBASING
from dashboard.figure import Block, Column, Figure, Subject, Table
from dashboard.i18n.numbers import Numeral, PerCent, round_half_up
from dashboard.i18n.text import ByName, FirstLetter, Text, Wording, joined, list_of, say, sentences
from dashboard.model import TOTAL
from dashboard.nations import HOME, KINGDOM_OUTLINES
from dashboard.places import (
    BY_CODE,
    CITY_OF_LONDON,
    SIMILAR,
    TEN_YEARS,
    Compared,
    Row,
    compared,
    narrowed,
    sources,
)
from dashboard.statistics import (
    MOST_SPREAD,
    WIDE_LEVEL,
    funnel_limits,
    outside_funnel,
    overdispersion,
    round_for_prose,
)
from dashboard.tables import CHANCE, Named, common_columns, period_name, with_days

FEWEST_FOR_A_FUNNEL = 10
# Columns of the table that some measures have nothing for.
OF_SOME = ("whole", "lower", "upper", "benchmark", "benchmark_is", "beside_wales", "marker")
STEPS = 120


@dataclass(frozen=True, kw_only=True)
class Selection:
    """What the reader chose: a measure, a set of places, a form of map, a part of the measure and a unit, as codes.

    The last two are "" where they are the usual ones.
    """

    measure: str
    among: str
    form: str
    part: str = ""
    unit: str = ""


def _comparison(selection: Selection, view: Subject) -> Compared | None:
    codes = beside.codes(view, of=_finder(selection.measure))
    return compared(
        choice=selection.measure,
        among=selection.among,
        place=view.place.code,
        build=view.build,
        at=view.at,
        beside=codes,
        part=selection.part,
        unit=selection.unit,
    )


def _finder(measure: str) -> beside.Finder:
    return beside.force if BY_CODE[measure].kind == "police_force" else beside.own


def _absent(code: str, selection: Selection) -> Block[Wording]:
    page = common.HATE_CRIME_PAGE if BY_CODE[selection.measure].kind == "police_force" else common.ONS_PAGE
    return common.not_held(code, page=page)


# ---- The map


@remembered
def area_map(view: Subject, *, selection: Selection) -> Block[Wording]:
    """Return the places shaded by the measure: on their land, or as hexagons that follow their people."""
    comparison = _comparison(selection, view)
    on_map = _on_map(comparison) if comparison else None
    if comparison is None or not on_map:
        return _absent("compare_map", selection)
    title, sentence = _ends_title(on_map, comparison), _map_sentence(on_map, comparison, view)
    hexagons = selection.form == "hex"
    licence = caveat("compare.map.hex_licence" if hexagons else "map.attribution")
    about = [caveat("compare.map.hex")] if hexagons else []
    if len(on_map) < len(comparison.drawn):
        about.append(caveat("compare.map.welsh_forces"))
    return _figure(
        "compare_map",
        comparison,
        view,
        title=title,
        sentence=sentence,
        drawing=_map_drawing(comparison, view, hexagons=hexagons),
        alt=say(
            "compare.map.count_alt" if _is_count(comparison) else "compare.map.alt", title=title, sentence=sentence
        ),
        caveats=(*_housed(comparison), *about, *_set_notes(comparison, view), *_measure_notes(comparison, view)),
        last=(licence,),
        is_map=True,
        among="wales" if len(on_map) < len(comparison.drawn) else comparison.among,
    )


def _is_count(comparison: Compared) -> bool:
    """Return whether the map is one of circles: counts are never shaded, because larger places have larger ones."""
    return comparison.choice.how == "count"


def _on_map(comparison: Compared) -> ByName[Row]:
    """Return the places with a number whose boundaries are held: of police forces, those of Wales."""
    is_force = comparison.choice.kind == "police_force"
    return comparison.drawn.where(lambda row: not is_force or HOME.has(row.area.code))


def _alike(on_map: ByName[Row], comparison: Compared) -> Literal["", "none", "under_five", "same"]:
    """Tell what several places all are: without anybody, of few people, written as one number; "" where they differ."""
    top = on_map[0]
    if len(on_map) == 1 or len({_as_read(row, comparison) for row in on_map}) > 1:
        return ""
    if not _is_told_in_words(top, comparison):
        return "same"
    return "none" if top.figure and common.is_nobody(top.figure.value, comparison.measure) else "under_five"


def _ends_title(on_map: ByName[Row], comparison: Compared) -> Wording:
    top, bottom = on_map[0], on_map[-1]
    if alike := _alike(on_map, comparison):
        words = {"measure": _measure(comparison), "high": _written(top, comparison)}
        return say(f"compare.map.title_{alike}", n=len(on_map), **words)
    ends = {"low": _written(bottom, comparison), "high": _written(top, comparison)}
    names = {"bottom": _places_at(-1, on_map, comparison), "top": _places_at(0, on_map, comparison)}
    return say("compare.map.title", measure=_measure(comparison), **ends, **names)


def _places_at(end: int, on_map: ByName[Row], comparison: Compared) -> Wording:
    """Return the one place at an end of the map, or how many share the number that is written there."""
    number = _as_read(on_map[end], comparison)
    there = on_map.where(lambda row: _as_read(row, comparison) == number)
    return _name(there[0]) if len(there) == 1 else say("compare.map.place_of_several", n=len(there))


def _map_sentence(on_map: ByName[Row], comparison: Compared, view: Subject) -> Wording:
    """Say how to read the map, and whose outline is drawn strong: ours, and those of the places beside it."""
    low, high = (_written(on_map[at], comparison) for at in (-1, 0))
    key = "compare.map.count_sentence" if _is_count(comparison) else "compare.map.sentence"
    words: dict[str, Wording | int] = {"n": len(on_map), "low": low, "high": high}
    alike = _alike(on_map, comparison)
    sentence = say(f"compare.map.sentence_{alike}", **words) if alike else say(key, **words)
    finder = _finder(comparison.choice.code)
    others = (beside.codes_among_rows(place, of=finder, build=view.build) for place in view.beside)
    strong_codes = {*comparison.chosen, *chain.from_iterable(others)}
    outlined = on_map.where(lambda row: row.area.code in strong_codes).each(_name)
    strong = say("compare.map.outlined", places=list_of(outlined)) if outlined else ""
    return sentences(sentence, strong, _no_worse(comparison))


def _no_worse(comparison: Compared) -> Wording:
    """Return the sentence that no rate goes without: a higher one is no worse place."""
    if comparison.choice.how != "rate":
        return ""
    key = "finding.not_worse" if comparison.choice.kind == "police_force" else "compare.not_worse"
    return say(key)


def _map_drawing(comparison: Compared, view: Subject, *, hexagons: bool) -> AreaMap[Wording]:
    similar = comparison.among in SIMILAR
    is_force = comparison.choice.kind == "police_force"
    on_map = (
        comparison.rows.where(lambda row: HOME.has(row.area.code) and row.value is not None)
        if is_force
        else comparison.rows
    )
    points = on_map.each(
        lambda row: Point(
            at=_name(row), value=_drawn(row, comparison)[0], hover=_hover(row, comparison), code=row.area.code
        )
    )
    counts = _is_count(comparison)
    unit = _unit(comparison)
    return AreaMap(
        points=points,
        outlines=_outlines(comparison, hexagons=hexagons),
        chosen=comparison.chosen,
        unit=unit if counts else say("map.classes", unit=unit),
        counts=counts,
        height=760 if similar else 540,
        ground=_ground(comparison, view) if similar else (),
    )


def _outlines(comparison: Compared, *, hexagons: bool) -> str:
    if comparison.choice.kind == "police_force":
        return HOME.outlines["police_force"]
    if comparison.among in SIMILAR:
        return KINGDOM_OUTLINES
    return HOME.outlines["hex" if hexagons else "local_authority"]


def _ground(comparison: Compared, view: Subject) -> tuple[str, ...]:
    """Return the authorities of the United Kingdom that are not compared, drawn pale to show where the others lie."""
    codes = {row.area.code for row in comparison.rows}
    everywhere = queries.areas(build=view.build).values()
    return tuple(a.code for a in everywhere if a.kind == "local_authority" and a.code not in codes)


# ---- The ranked dots


def ranked_question(selection: Selection) -> str:
    """Return the key of the question the ranked dots answer: counts are not set beside Wales."""
    is_count = narrowed(selection.measure, part=selection.part, unit=selection.unit).how == "count"
    return "compare.question.counts" if is_count else "compare.question.dots"


@remembered
def ranked(view: Subject, *, selection: Selection) -> Block[Wording]:
    """Return one row per place, largest first, with its interval, the line of Wales, and a word for each."""
    comparison = _comparison(selection, view)
    if comparison is None or not comparison.drawn:
        return _absent("compare_dots", selection)
    title, sentence = _ranked_title(comparison), _counted(comparison)
    every = [*comparison.drawn, *comparison.others]
    among = ByName(every, keys=((-(row.value or 0.0), row.area.alphabet) for row in every))
    drawing = IntervalDots(
        rows=among.each(lambda row: _interval(row, comparison)),
        chosen=comparison.chosen,
        benchmark=_line(comparison),
        benchmark_label=_line_label(comparison, view),
    )
    return _figure(
        "compare_dots",
        comparison,
        view,
        title=title,
        sentence=sentence,
        drawing=drawing,
        alt=say("compare.dots.alt", title=title, sentence=sentence),
        caveats=(
            *_housed(comparison),
            *_range_notes(comparison),
            *_set_notes(comparison, view),
            *_measure_notes(comparison, view),
        ),
    )


def _line(comparison: Compared) -> float | None:
    """Return where the line stands: Wales, or where nothing is tested the middle one of the places."""
    return comparison.benchmark if comparison.is_tested or comparison.benchmark is None else comparison.middle


def _line_label(comparison: Compared, view: Subject) -> Wording:
    if comparison.is_tested or comparison.benchmark is None:
        return _wales_label(comparison, view)
    return say("compare.middle", value=_plain(comparison.middle, comparison))


def _interval(row: Row, comparison: Compared) -> Interval[Wording]:
    number = _short(row, comparison)
    value, lower, upper = _drawn(row, comparison)
    return Interval(
        at=_name(row),
        code=row.area.code,
        value=value or 0.0,
        lower=lower,
        upper=upper,
        verdict=row.verdict or "",
        label=sentences(number, _word(row)),
        hover=_hover(row, comparison),
    )


def _drawn(row: Row, comparison: Compared) -> tuple[float | None, float | None, float | None]:
    """Return the number and the ends that are drawn of a row: of one to four people what they may be, no one number."""
    reach = _stretch(row, comparison)
    return (sum(reach) / 2, *reach) if reach else (row.value, row.lower, row.upper)


def _stretch(row: Row, comparison: Compared) -> tuple[float, float] | None:
    count = row.figure.value if row.figure else None
    return common.stretch(count, comparison.measure, number=None if _is_count(comparison) else row.value)


def _ranked_title(comparison: Compared) -> Wording:
    """Return the finding: where the chosen place stands, or for several how many stand where."""
    mine = comparison.drawn.where(lambda row: row.area.code in comparison.chosen)
    measure = _measure(comparison)
    if 1 <= len(mine) <= 2:
        stands = list_of(mine.each(lambda row: _stands(row, comparison)))
        return say("compare.dots.title", measure=measure, stands=stands)
    if comparison.benchmark is None:
        return _ends_title(comparison.drawn, comparison)
    wales = _short(comparison.wales, comparison)
    if not comparison.is_tested:
        middle = _plain(comparison.middle, comparison)
        return say("compare.dots.title_allocated", measure=measure, wales=wales, middle=middle)
    return say(f"compare.dots.title_all{_rest(comparison)}", measure=measure, wales=wales, **_tally(comparison))


def _rest(comparison: Compared) -> str:
    """Return how a text's key ends that names what places stand beside: Wales alone, or for some the rest of it."""
    return "_rest" if comparison.has_rest else ""


def _stands(row: Row, comparison: Compared) -> Wording:
    values = {"place": _name(row), "value": _written(row, comparison)}
    if row.benchmark is None:
        return say("compare.stands.count", **values)
    wales = _phrase if _is_told_in_words(row, comparison) else _plain  # a unit stands once: with ours if that is a rate
    values |= {"wales": wales(row.benchmark, comparison), "middle": _plain(comparison.middle, comparison)}
    return say(f"compare.stands.{_where(row)}", **values)


def _where(row: Row) -> str:
    """Return where a row stands and beside what, as texts are named by it: "higher", "lower_rest", "allocated"."""
    return f"{row.verdict or 'allocated'}{'_rest' if row.is_rest else ''}"


def _counted(comparison: Compared) -> Wording:
    if comparison.benchmark is None:
        return say("compare.dots.sentence_count", n=len(comparison.drawn))
    if not comparison.is_tested:
        middle = _plain(comparison.middle, comparison)
        sentence = say("compare.dots.sentence_allocated", n=len(comparison.drawn), middle=middle)
    else:
        sentence = say(f"compare.dots.sentence{_rest(comparison)}", n=len(comparison.drawn), **_tally(comparison))
    return sentences(sentence, _no_worse(comparison))


def _tally(comparison: Compared) -> dict[str, int]:
    verdicts = [row.verdict for row in comparison.drawn]
    return {one: verdicts.count(one) for one in ("higher", "similar", "lower")}


# ---- The funnel


@dataclass(frozen=True, kw_only=True)
class _Spread:
    """Places around their common rate: `times` as widely as chance (as a standard deviation), limits widened by `phi`.

    `phi` is None where limits would tell nothing, because the places differ far more than chance.
    """

    rows: list[Row]
    centre: float
    times: float
    phi: float | None


@remembered
def funnel(view: Subject, *, selection: Selection) -> Block[Wording] | None:
    """Return rates against populations with the limits of chance; None where chance is not asked about.

    Nothing for people housed by others, for figures without counts, or for too few places.
    """
    comparison = _comparison(selection, view)
    if comparison is None or comparison.per is None or not comparison.choice.has_interval or not comparison.is_tested:
        return None
    spread = _spread(comparison)
    if spread is None:
        return None
    title, sentence = _funnel_words(spread, comparison)
    figure = _figure(
        "compare_funnel",
        comparison,
        view,
        title=title,
        sentence=sentences(sentence, _no_worse(comparison)),
        drawing=_funnel_drawing(spread, comparison),
        alt=say("compare.funnel.alt", title=title, sentence=sentence),
        caveats=(caveat("compare.chance_only"), *_set_notes(comparison, view), *_measure_notes(comparison, view)),
    )
    usual = figure.table
    return replace(figure, table=Table.later(lambda: _with_limits(usual, spread, comparison)))


def _with_limits(table: Table[Wording], spread: _Spread, comparison: Compared) -> Table[Wording]:
    """Return the rows of a funnel with the limits of chance of each place that stands in it, where it has any."""
    limits: dict[object, tuple[float, ...]] = {}
    if spread.phi is not None:
        people = [_people(row) for row in spread.rows]
        lines = funnel_limits(populations=people, benchmark=spread.centre, per=comparison.per or 1, phi=spread.phi)
        four = (lines.inner_lower, lines.inner_upper, lines.outer_lower, lines.outer_upper)
        limits = {row.area.code: tuple(map(float, ends)) for row, *ends in zip(spread.rows, *four, strict=True)}
    columns = (
        Column[Wording](
            key=key, label=say(f"column.{key}"), kind="number", decimals=comparison.choice.decimals, is_shown=False
        )
        for key in CHANCE
    )
    cells = (limits.get(code, (None,) * len(CHANCE)) for code in table.cells("area_code"))
    return table.beside(columns, cells, after="upper")


def _spread(comparison: Compared) -> _Spread | None:
    """Return how widely the places spread around the rate of all of them together; None for too few places."""
    with_people = [row for row in comparison.drawn if row.whole and row.whole.value and row.figure]
    if len(with_people) < FEWEST_FOR_A_FUNNEL:
        return None
    counts, people = _counts(with_people), [_people(row) for row in with_people]
    beyond = overdispersion(counts=counts, populations=people)
    if beyond.phi is None or beyond.winsorised is None or beyond.p_value is None:
        return None
    by_chance = beyond.p_value >= 0.05
    widened = 1.0 if by_chance else max(1.0, beyond.winsorised)
    return _Spread(
        rows=with_people,
        centre=sum(counts) / sum(people) * (comparison.per or 1),
        times=1.0 if by_chance else sqrt(beyond.phi),
        phi=widened if widened <= MOST_SPREAD else None,
    )


def _counts(rows: list[Row]) -> list[float]:
    return [(row.figure.value if row.figure else None) or 0.0 for row in rows]


def _funnel_drawing(spread: _Spread, comparison: Compared) -> FunnelChart[Wording]:
    spots = tuple(
        Spot(
            code=row.area.code,
            name=_name(row),
            population=_people(row),
            rate=row.value or 0.0,
            hover=_hover(row, comparison),
        )
        for row in spread.rows
    )
    centre = _plain(spread.centre, comparison)
    return FunnelChart(
        spots=spots,
        limits=_limit_lines(spread, comparison),
        benchmark=spread.centre,
        benchmark_label=say("compare.funnel.centre", n=len(spots), value=centre),
        chosen=comparison.chosen,
        across=say("column.population"),
    )


def _limit_lines(spread: _Spread, comparison: Compared) -> tuple[Limit[Wording], ...]:
    """Return the pairs of lines that chance would keep most places between; none where they would tell nothing."""
    if spread.phi is None:
        return ()
    most = max(_people(row) for row in spread.rows)
    across = [most * 1.06 * step / STEPS for step in range(4, STEPS + 1)]
    lines = funnel_limits(populations=across, benchmark=spread.centre, per=comparison.per or 1, phi=spread.phi)
    pairs = (
        ("95%", "dot", lines.inner_lower, lines.inner_upper),
        ("99.8%", "dash", lines.outer_lower, lines.outer_upper),
    )
    return tuple(
        Limit(
            populations=across,
            lower=[float(v) for v in lower],
            upper=[float(v) for v in upper],
            label=say("compare.funnel.limits", level=name),
            dash=dash,
        )
        for name, dash, lower, upper in pairs
    )


def _funnel_words(spread: _Spread, comparison: Compared) -> tuple[Wording, Wording]:
    values = {"n": len(spread.rows), "measure": _measure(comparison)}
    rounded = round_for_prose(value=spread.times, figures=2).value
    times = Numeral(rounded, places=0 if spread.times >= 10 else 1)
    if spread.phi is None:
        title = say("compare.funnel.title_wide", times=times, **values)
        return title, say("compare.funnel.sentence_wide")
    people = [_people(row) for row in spread.rows]
    judged = outside_funnel(
        counts=_counts(spread.rows),
        populations=people,
        benchmark=spread.centre,
        per=comparison.per or 1,
        phi=spread.phi,
    )
    by_chance = Numeral(len(people) * (1 - WIDE_LEVEL), places=2)
    title = say("compare.funnel.title", outside=int(judged.sum()), **values)
    key = "compare.funnel.sentence_chance" if spread.times == 1 else "compare.funnel.sentence_spread"
    return title, say(key, times=times, flags=by_chance)


def _people(row: Row) -> float:
    return (row.whole.value if row.whole else None) or 0.0


# ---- What every figure of the page shares


def _figure(
    code: str,
    comparison: Compared,
    view: Subject,
    *,
    title: Wording,
    sentence: Wording,
    drawing: Drawing[Wording],
    alt: Wording,
    caveats: tuple[Caveat[Wording], ...],
    last: tuple[Caveat[Wording], ...] = (),
    is_map: bool = False,
    among: str | None = None,
) -> Figure[Wording]:
    named = among_name(comparison.choice.kind, among or comparison.among, view)
    cited = sources(comparison, build=view.build)
    counted = tuple(row.figure for row in (*comparison.rows, comparison.wales) if row.figure)
    old = common.age_in(counted, view)
    revised = common.revised_words(counted, view) if comparison.choice.how == "change" else ()
    figure = Figure(
        code=code,
        title=title,
        subtitle=common.aged(_subtitle(comparison, among=named), old),
        chips=common.chips(cited, counted=counted),
        drawing=drawing,
        config=map_config() if is_map else {},
        alt=alt,
        sentence=sentences(sentence, *revised),
        caveats=each_once(
            (*common.since_notes(counted, view), *caveats, *common.cautions(cited, counted=counted), *last)
        ),
        table=Table.later(lambda: _table(comparison, view)),
        sources=cited,
        newest=counted,
        age=old,
    )
    rows = [
        Dot(name=_name(row), value=row.value, label=_written(row, comparison), hover="", code=row.area.code)
        for row in comparison.rows
    ]
    others = [
        Dot(name=_name(row), value=row.value, label=_written(row, comparison), hover="", code=row.area.code)
        for row in comparison.others
    ]
    return build.among(figure, rows, view, others=others, of=_finder(comparison.choice.code))


def _subtitle(comparison: Compared, *, among: Text) -> Wording:
    unit = _unit(comparison)
    return say(
        "figure.subtitle",
        measure=_measured(comparison),
        unit=FirstLetter(unit, capital=False),
        area=FirstLetter(among, capital=False),
        period=_when(comparison),
    )


def _measured(comparison: Compared) -> Wording:
    """Return what is measured: the measure's full name, or the short name where it is a share of one or a change."""
    full = comparison.choice.how in ("rate", "count", "published") and comparison.choice.part == TOTAL
    return comparison.measure.name if full else _measure(comparison)


def among_name(kind: str, among: str, view: Subject) -> Text:
    """Return what a set of places is called."""
    code = f"{among}_forces" if kind == "police_force" else among
    return say(f"compare.among.{code}", place=view.place.called)


def _when(comparison: Compared) -> Wording:
    last = period_name(comparison.period, measure=comparison.choice.measure)
    first = next((row.whole.period for row in comparison.rows if row.whole and comparison.choice.how == "change"), None)
    if first is None:
        return last
    return joined(period_name(first, measure=comparison.choice.measure), " – ", last)


def _range_notes(comparison: Compared) -> tuple[Caveat[Wording], ...]:
    """Say what a range shows and does not show, or why there is none."""
    if comparison.choice.how == "count":
        return ()
    if comparison.measure.allocated is not None:
        return _rest_notes(comparison)
    about: tuple[Caveat[Wording], ...] = (caveat("compare.no_range"),)
    if comparison.choice.has_interval:
        n = len(comparison.drawn)
        by_chance = Numeral(n * 0.05, places=1)
        flags = caveat("compare.flags", n=n, flags=by_chance)
        about = (caveat("compare.chance_only"), caveat("compare.whole_interval"), flags)
    axis = ("compare.axis_not_zero",) if comparison.choice.unit == "score" else ()
    return (*about, *_rest_notes(comparison), *(caveat(key) for key in (*axis, "compare.no_judgement")))


def _rest_notes(comparison: Compared) -> tuple[Caveat[Wording], ...]:
    """Say which places stand beside the rest of Wales, and which large ones may not."""
    if not comparison.measure.sum_areas:
        return ()
    whole = comparison.undivided.each(_name)
    notes = (caveat("compare.rest"),) if comparison.has_rest or not whole else ()
    return (*notes, *((caveat("compare.rest_apart", places=list_of(whole)),) if whole else ()))


def _set_notes(comparison: Compared, view: Subject) -> tuple[Caveat[Wording], ...]:
    """Say who is compared, and that all figures are of one period."""
    one_period = "compare.one_period" if view.at is None else "compare.chosen_period"
    notes = [caveat(one_period, period=_when(comparison))]
    if comparison.among in SIMILAR:
        notes.append(caveat(f"compare.similar.{comparison.among}", place=view.place.called))
    absent = comparison.rows.where(lambda row: row.value is None).each(_name)
    if absent:
        notes.append(caveat("compare.absent", places=list_of(absent)))
    if any(row.area.code == CITY_OF_LONDON for row in comparison.rows):
        notes.append(caveat("forces.city_of_london"))
    return tuple(notes)


def _housed(comparison: Compared) -> tuple[Caveat[Wording], ...]:
    """Say who decides where the people of a measure live, where somebody does; first, as it could mislead most."""
    allocated = comparison.measure.allocated
    return (Caveat(text=allocated, weight=Weight.MISLEADS),) if allocated else ()


def _measure_notes(comparison: Compared, view: Subject) -> tuple[Caveat[Wording], ...]:
    notes = [caveat(key) for key in comparison.choice.caveats]
    if any(source.line == BEFORE_REBASING for source in sources(comparison, build=view.build)):
        notes.append(caveat("compare.older_series"))
    if comparison.choice.kind == "police_force" and comparison.chosen and comparison.chosen[0] != view.place.code:
        force = queries.area(comparison.chosen[0], build=view.build).name
        names = {"force": force, "place": view.place.called}
        notes.append(caveat("caveat.force_not_place", **names))
    return tuple(notes)


def measure_name(code: str) -> Text:
    """Return the short name of a measure of this page."""
    return say(f"compare.measure.{code}", years=TEN_YEARS)


def _measure(comparison: Compared) -> Wording:
    """Return what is compared: the short name of the measure, or that of a part of it with what it is a part of."""
    one = comparison.choice
    if one.part == BY_CODE[one.code].part and not one.named_by_part:
        return measure_name(one.code)
    if one.part_says_all:
        return comparison.part_name
    return say("compare.part", part=comparison.part_name, measure=FirstLetter(comparison.measure.name, capital=False))


def _name(row: Row) -> Wording:
    return row.area.name


def _unit(comparison: Compared) -> Wording:
    return say(f"compare.axis.{comparison.choice.unit}")


def _number(value: float | None, comparison: Compared) -> Wording:
    is_change = comparison.choice.how == "change" or comparison.choice.measure.endswith("_net")
    return Numeral(value, places=comparison.choice.decimals, signed=is_change)


def _written(row: Row, comparison: Compared) -> Wording:
    """Return a number with its unit as a phrase: "41.1 per 10,000 people", "16.5%", "7.41 out of 10".

    Nobody is said so, and of one to four people neither their number nor its rate is told.
    """
    if row.figure is not None and _is_told_in_words(row, comparison):
        return common.beside_rates(row.figure.value, comparison.measure)
    return _phrase(row.value, comparison)


def _as_read(row: Row, comparison: Compared) -> Decimal | Wording | None:
    """Return what is told of a row, equal for rows that read the same: its number as rounded, or words in its place."""
    if row.figure is not None and _is_told_in_words(row, comparison):
        return common.beside_rates(row.figure.value, comparison.measure)
    return None if row.value is None else round_half_up(row.value, places=comparison.choice.decimals)


def _phrase(value: float | None, comparison: Compared) -> Wording:
    if comparison.choice.unit == "percent":
        return _plain(value, comparison)
    return say(f"compare.unit.{comparison.choice.unit}", value=_number(value, comparison))


def _wales_label(comparison: Compared, view: Subject) -> Wording:
    """Name the line of Wales with its number: as all of it, where a place on the chart stands beside the rest of it."""
    number = _short(comparison.wales, comparison)
    if comparison.has_rest:
        return say("compare.line_of_all", n=number)
    return joined(queries.area(HOME.benchmark, build=view.build).name, " ", number)


def _short(row: Row, comparison: Compared) -> Wording:
    """Return a number with a per cent sign where it is one, and without any other unit.

    Among counts, one to four people are "<5" and nobody is "0"; among rates they are "<5 people" and "nobody".
    """
    if row.figure is None or not _is_told_in_words(row, comparison):
        return _plain(row.value, comparison)
    return common.on_chart(row.figure.value, comparison.measure, among_rates=not _is_count(comparison))


def _is_told_in_words(row: Row, comparison: Compared) -> bool:
    """Tell whether words stand in the place of a row's number: of nobody, and of few people."""
    count = row.figure.value if row.figure else None
    return count is not None and not common.has_rate(count, comparison.measure)


def _plain(value: float | None, comparison: Compared) -> Wording:
    if comparison.choice.unit != "percent":
        return Numeral(0) if value == 0 else _number(value, comparison)  # of nobody there is no rate of 0.0
    if comparison.choice.how == "change":
        return Numeral(value, places=comparison.choice.decimals, signed=True, percent=True)
    return PerCent(value)


def _benchmark_name(row: Row) -> Wording:
    """Return what a row stands beside: Wales, the rest of Wales, or nothing."""
    if row.benchmark is None:
        return ""
    return say("compare.benchmark.rest" if row.is_rest else "compare.benchmark.wales")


def _word(row: Row) -> Wording:
    return say(f"compare.word.{row.verdict}") if row.verdict else ""


def _hover(row: Row, comparison: Compared) -> Wording:
    written = _written(row, comparison) if row.value is not None else Numeral(None)
    lines = [_name(row), joined("<b>", written, "</b>")]
    if row.lower is not None and row.upper is not None and not _is_told_in_words(row, comparison):
        ends = {"lower": _number(row.lower, comparison), "upper": _number(row.upper, comparison)}
        lines.append(say("compare.hover.range", **ends))
    is_told = row.figure is not None and row.figure.value is not None and not _is_told_in_words(row, comparison)
    if comparison.choice.how in ("rate", "share") and row.figure and is_told:
        count = common.amount(row.figure.value, comparison.measure)
        lines.append(say("compare.hover.count", n=count, unit=comparison.measure.unit))
    if row.verdict:
        lines.append(say(f"compare.hover.{_where(row)}"))
    return list_of(lines, between="<br>")


# ---- The table


def _table(comparison: Compared, view: Subject) -> Table[Wording]:
    everyone = comparison.rows
    for row in (*comparison.others, *(() if comparison.benchmark is None else (comparison.wales,))):
        everyone = everyone.followed_by(row)
    rows = everyone.each(lambda row: _cells(row, comparison, view))
    marked = any(row.marker for row in everyone)
    return with_days(Table.of(_columns(comparison, marked=marked), rows).without_empty(*OF_SOME))


def _columns(comparison: Compared, *, marked: bool) -> tuple[Column[Wording], ...]:
    how, ends = comparison.choice.how, comparison.choice.has_interval and comparison.is_tested
    is_worked_out = how in ("rate", "share", "change")
    counted, whole = _count_labels(comparison)
    places = comparison.choice.decimals
    is_change = how == "change" or comparison.choice.measure.endswith("_net")
    says = say(f"compare.column.beside_wales{_rest(comparison)}")
    return (
        *common_columns("area"),
        *common_columns("area_code", "period", "measure", is_shown=False),
        Column(key="whole", label=whole, kind="number", is_shown=is_worked_out),
        *((Column(key="count", label=counted, kind="number"),) if is_worked_out else ()),
        Column(key="value", label=_unit(comparison), kind="number", decimals=places, signed=is_change),
        Column(key="lower", label=say("compare.column.lower"), kind="number", decimals=places, is_shown=ends),
        Column(key="upper", label=say("compare.column.upper"), kind="number", decimals=places, is_shown=ends),
        Column(
            key="benchmark",
            label=say(f"compare.column.benchmark{_rest(comparison)}"),
            kind="number",
            decimals=places,
            signed=is_change,
            is_shown=comparison.benchmark is not None,
        ),
        Column(key="benchmark_is", label=say("compare.column.benchmark_is"), is_shown=False),
        Column(key="beside_wales", label=says, is_shown=comparison.is_tested),
        *common_columns("marker", is_shown=marked),
        *common_columns("source", "edition", "grade", is_shown=False),
    )


def _count_labels(comparison: Compared) -> tuple[Wording, Wording]:
    """Return what the count and what it stands beside are called in the table."""
    if comparison.choice.how == "change":
        days = [one.period for row in comparison.rows[:1] for one in (row.figure, row.whole) if one]
        names: list[Wording] = [period_name(day, measure="population") for day in days]
        return (*names, "", "")[0], (*names, "", "")[1]
    whole = "compare.column.everyone" if comparison.choice.how == "share" else "column.population"
    return FirstLetter(comparison.measure.unit), say(whole)


def _cells(row: Row, comparison: Compared, view: Subject) -> Named:
    every_source = queries.sources(build=view.build)
    used = dict.fromkeys(every_source[one.source] for one in (row.figure, row.whole) if one)
    return {
        "area": _name(row),
        "area_code": row.area.code,
        "period": _when(comparison),
        "measure": _measure(comparison),
        "whole": row.whole.value if row.whole else None,
        "count": row.figure.value if row.figure else None,
        "value": row.value,
        "lower": row.lower,
        "upper": row.upper,
        "benchmark": row.benchmark,
        "benchmark_is": _benchmark_name(row),
        "beside_wales": _word(row),
        "marker": row.marker,
        "source": list_of(one.title for one in used),
        "edition": list_of(one.edition for one in used),
        "grade": list_of(one.grade for one in used),
    }
