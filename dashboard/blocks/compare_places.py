"""The page that compares places: a map, ranked dots beside Wales or the rest of Wales, and a funnel.

The awkward fact: "higher" is heard as "worse". Places are therefore called higher, similar or lower than Wales,
in neutral blues, with a word and a shape, and each figure says that its ranges show chance alone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import sqrt

from dashboard import queries
from dashboard.blocks import beside, build, common
from dashboard.blocks.build import Dot
from dashboard.blocks.comparison import (
    BY_CODE,
    CITY_OF_LONDON,
    SIMILAR,
    TEN_YEARS,
    Compared,
    Row,
    compared,
    sources,
)
from dashboard.blocks.remembering import remembered
from dashboard.charts import AreaMap, Drawing, FunnelChart, Interval, IntervalDots, Limit, Point, Spot
from dashboard.charts.plotly import map_config
from dashboard.denominators import BEFORE_REBASING
from dashboard.figure import Block, Cell, Column, Figure, Table, View
from dashboard.i18n import t
from dashboard.i18n.numbers import decimal, percent, signed
from dashboard.model import TOTAL
from dashboard.nations import HOME, KINGDOM_OUTLINES
from dashboard.statistics import (
    MOST_SPREAD,
    WIDE_LEVEL,
    funnel_limits,
    outside_funnel,
    overdispersion,
    round_for_prose,
)
from dashboard.tables import period_text

FEWEST_FOR_A_FUNNEL = 10
STEPS = 120


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the reader chose: a measure, a set of places and a form of map, all as codes."""

    measure: str
    among: str
    form: str


def _found(asked: Asked, view: View) -> Compared | None:
    """Return what is compared, largest first; equal places stand in the alphabet of the reader's language."""
    found = compared(choice=asked.measure, among=asked.among, place=view.place.code, build=view.build)
    if found is None:
        return None
    rows = sorted(found.rows, key=lambda row: (row.value is None, -(row.value or 0), row.area.alphabet.text(view.lang)))
    return replace(found, rows=tuple(rows))


def _absent(code: str, asked: Asked, view: View) -> Block:
    page = common.HATE_CRIME_PAGE if BY_CODE[asked.measure].kind == "police_force" else common.ONS_PAGE
    return common.not_held(code, view, page=page)


# ---- The map


@remembered
def area_map(view: View, *, asked: Asked) -> Block:
    """Return the places shaded by the measure: on their land, or as hexagons that follow their people."""
    found = _found(asked, view)
    shown = _on_map(found) if found else ()
    if found is None or not shown:
        return _absent("compare_map", asked, view)
    title, sentence = _ends_title(shown, found, view), _map_sentence(shown, found, view)
    hexagons = asked.form == "hex"
    licence = t("compare.map.hex_licence" if hexagons else "map.attribution", lang=view.lang)
    about = [t("compare.map.hex", lang=view.lang)] if hexagons else []
    if len(shown) < len(found.drawn):
        about.append(t("compare.map.welsh_forces", lang=view.lang))
    return _figure(
        "compare_map",
        found,
        view,
        title=title,
        sentence=sentence,
        drawing=_map_drawing(found, view, hexagons=hexagons),
        alt=t(
            "compare.map.count_alt" if _is_count(found) else "compare.map.alt",
            lang=view.lang,
            title=title,
            sentence=sentence,
        ),
        caveats=(*_housed(found, view), *about, *_set_notes(found, view), *_measure_notes(found, view)),
        last=(licence,),
        is_map=True,
    )


def _is_count(found: Compared) -> bool:
    """Return whether the map is one of circles: counts are never shaded, because larger places have larger ones."""
    return found.choice.how == "count"


def _on_map(found: Compared) -> tuple[Row, ...]:
    """Return the places with a number whose boundaries are held: of police forces, those of Wales."""
    is_force = found.choice.kind == "police_force"
    return tuple(row for row in found.drawn if not is_force or HOME.has(row.area.code))


def _ends_title(shown: tuple[Row, ...], found: Compared, view: View) -> str:
    top, bottom = shown[0], shown[-1]
    ends = {"low": _written(bottom, found, view), "high": _written(top, found, view)}
    names = {"bottom": _name(bottom, view), "top": _name(top, view)}
    return t("compare.map.title", lang=view.lang, measure=_measure(found, view), **ends, **names)


def _map_sentence(shown: tuple[Row, ...], found: Compared, view: View) -> str:
    """Say how to read the map, and whose outline is drawn strong."""
    low, high = (_written(shown[at], found, view) for at in (-1, 0))
    key = "compare.map.count_sentence" if _is_count(found) else "compare.map.sentence"
    sentence = t(key, lang=view.lang, n=len(shown), low=low, high=high)
    outlined = "; ".join(_name(row, view) for row in shown if row.area.code in found.chosen)
    strong = t("compare.map.outlined", lang=view.lang, places=outlined) if outlined else ""
    return " ".join(part for part in (sentence, strong, _no_worse(found, view)) if part)


def _no_worse(found: Compared, view: View) -> str:
    """Return the sentence that no rate goes without: a higher one is no worse place."""
    if found.choice.how != "rate":
        return ""
    key = "finding.not_worse" if found.choice.kind == "police_force" else "compare.not_worse"
    return t(key, lang=view.lang)


def _map_drawing(found: Compared, view: View, *, hexagons: bool) -> AreaMap:
    similar = found.among in SIMILAR
    absent = () if found.choice.kind == "police_force" else tuple(row for row in found.rows if row.value is None)
    points = tuple(
        Point(at=_name(row, view), value=row.value, hover=_hover(row, found, view), code=row.area.code)
        for row in (*_on_map(found), *absent)
    )
    counts = _is_count(found)
    unit = _unit(found, view)
    return AreaMap(
        points=points,
        outlines=_outlines(found, hexagons=hexagons),
        chosen=found.chosen,
        unit=unit if counts else t("map.classes", lang=view.lang, unit=unit),
        counts=counts,
        height=760 if similar else 540,
        ground=_ground(found, view) if similar else (),
    )


def _outlines(found: Compared, *, hexagons: bool) -> str:
    if found.choice.kind == "police_force":
        return HOME.outlines["police_force"]
    if found.among in SIMILAR:
        return KINGDOM_OUTLINES
    return HOME.outlines["hex" if hexagons else "local_authority"]


def _ground(found: Compared, view: View) -> tuple[str, ...]:
    """Return the authorities of the United Kingdom that are not compared, drawn pale to show where the others lie."""
    taken = {row.area.code for row in found.rows}
    everywhere = queries.areas(build=view.build).values()
    return tuple(a.code for a in everywhere if a.kind == "local_authority" and a.code not in taken)


# ---- The ranked dots


def ranked_question(asked: Asked) -> str:
    """Return the key of the question the ranked dots answer: counts are not set beside Wales."""
    return "compare.question.counts" if BY_CODE[asked.measure].how == "count" else "compare.question.dots"


@remembered
def ranked(view: View, *, asked: Asked) -> Block:
    """Return one row per place, largest first, with its interval, the line of Wales, and a word for each."""
    found = _found(asked, view)
    if found is None or not found.drawn:
        return _absent("compare_dots", asked, view)
    title, sentence = _ranked_title(found, view), _counted(found, view)
    drawing = IntervalDots(
        rows=tuple(_interval(row, found, view) for row in found.drawn),
        chosen=found.chosen,
        benchmark=_line(found),
        benchmark_label=_line_label(found, view),
    )
    return _figure(
        "compare_dots",
        found,
        view,
        title=title,
        sentence=sentence,
        drawing=drawing,
        alt=t("compare.dots.alt", lang=view.lang, title=title, sentence=sentence),
        caveats=(
            *_housed(found, view),
            *_range_notes(found, view),
            *_set_notes(found, view),
            *_measure_notes(found, view),
        ),
    )


def _line(found: Compared) -> float | None:
    """Return where the line stands: Wales, or where nothing is tested the middle one of the places."""
    return found.benchmark if found.is_tested or found.benchmark is None else found.middle


def _line_label(found: Compared, view: View) -> str:
    if found.is_tested or found.benchmark is None:
        return _wales_label(found, view)
    return t("compare.middle", lang=view.lang, value=_plain(found.middle, found, view))


def _interval(row: Row, found: Compared, view: View) -> Interval:
    number = _short(row, found, view)
    return Interval(
        at=_name(row, view),
        code=row.area.code,
        value=row.value or 0.0,
        lower=row.lower,
        upper=row.upper,
        verdict=row.verdict or "",
        label=f"{number} {_word(row, view)}".strip(),
        hover=_hover(row, found, view),
    )


def _ranked_title(found: Compared, view: View) -> str:
    """Return the finding: where the chosen place stands, or for several how many stand where."""
    mine = [row for row in found.drawn if row.area.code in found.chosen]
    measure = _measure(found, view)
    if 1 <= len(mine) <= 2:
        stands = "; ".join(_stands(row, found, view) for row in mine)
        return t("compare.dots.title", lang=view.lang, measure=measure, stands=stands)
    if found.benchmark is None:
        return _ends_title(found.drawn, found, view)
    wales = _short(found.wales, found, view)
    if not found.is_tested:
        middle = _plain(found.middle, found, view)
        return t("compare.dots.title_allocated", lang=view.lang, measure=measure, wales=wales, middle=middle)
    return t("compare.dots.title_all", lang=view.lang, measure=measure, wales=wales, **_tally(found))


def _stands(row: Row, found: Compared, view: View) -> str:
    values = {"place": _name(row, view), "value": _written(row, found, view)}
    if row.benchmark is None:
        return t("compare.stands.count", lang=view.lang, **values)
    values |= {"wales": _plain(row.benchmark, found, view), "middle": _plain(found.middle, found, view)}
    return t(f"compare.stands.{_where(row)}", lang=view.lang, **values)


def _where(row: Row) -> str:
    """Return where a row stands and beside what, as texts are named by it: "higher", "lower_rest", "allocated"."""
    return f"{row.verdict or 'allocated'}{'_rest' if row.is_rest else ''}"


def _counted(found: Compared, view: View) -> str:
    if found.benchmark is None:
        return t("compare.dots.sentence_count", lang=view.lang, n=len(found.drawn))
    if not found.is_tested:
        middle = _plain(found.middle, found, view)
        told = t("compare.dots.sentence_allocated", lang=view.lang, n=len(found.drawn), middle=middle)
    else:
        told = t("compare.dots.sentence", lang=view.lang, n=len(found.drawn), **_tally(found))
    return " ".join(part for part in (told, _no_worse(found, view)) if part)


def _tally(found: Compared) -> dict[str, int]:
    verdicts = [row.verdict for row in found.drawn]
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
def funnel(view: View, *, asked: Asked) -> Block | None:
    """Return rates against populations with the limits of chance; None where chance is not asked about.

    Nothing for people housed by others, for figures without counts, or for too few places.
    """
    found = _found(asked, view)
    if found is None or found.per is None or not found.choice.has_interval or not found.is_tested:
        return None
    spread = _spread(found)
    if spread is None:
        return None
    title, sentence = _funnel_words(spread, found, view)
    return _figure(
        "compare_funnel",
        found,
        view,
        title=title,
        sentence=" ".join((sentence, _no_worse(found, view))),
        drawing=_funnel_drawing(spread, found, view),
        alt=t("compare.funnel.alt", lang=view.lang, title=title, sentence=sentence),
        caveats=(t("compare.chance_only", lang=view.lang), *_set_notes(found, view), *_measure_notes(found, view)),
    )


def _spread(found: Compared) -> _Spread | None:
    """Return how widely the places spread around the rate of all of them together; None for too few places."""
    held = [row for row in found.drawn if row.whole and row.whole.value and row.figure]
    if len(held) < FEWEST_FOR_A_FUNNEL:
        return None
    counts, people = _counts(held), [_people(row) for row in held]
    beyond = overdispersion(counts=counts, populations=people)
    if beyond.phi is None or beyond.winsorised is None or beyond.p_value is None:
        return None
    by_chance = beyond.p_value >= 0.05
    widened = 1.0 if by_chance else max(1.0, beyond.winsorised)
    return _Spread(
        rows=held,
        centre=sum(counts) / sum(people) * (found.per or 1),
        times=1.0 if by_chance else sqrt(beyond.phi),
        phi=widened if widened <= MOST_SPREAD else None,
    )


def _counts(rows: list[Row]) -> list[float]:
    return [(row.figure.value if row.figure else None) or 0.0 for row in rows]


def _funnel_drawing(spread: _Spread, found: Compared, view: View) -> FunnelChart:
    spots = tuple(
        Spot(
            code=row.area.code,
            name=_name(row, view),
            population=_people(row),
            rate=row.value or 0.0,
            hover=_hover(row, found, view),
        )
        for row in spread.rows
    )
    centre = _plain(spread.centre, found, view)
    return FunnelChart(
        spots=spots,
        limits=_limit_lines(spread, found, view),
        benchmark=spread.centre,
        benchmark_label=t("compare.funnel.centre", lang=view.lang, n=len(spots), value=centre),
        chosen=found.chosen,
        across=t("column.population", lang=view.lang),
    )


def _limit_lines(spread: _Spread, found: Compared, view: View) -> tuple[Limit, ...]:
    """Return the pairs of lines that chance would keep most places between; none where they would tell nothing."""
    if spread.phi is None:
        return ()
    most = max(_people(row) for row in spread.rows)
    across = [most * 1.06 * step / STEPS for step in range(4, STEPS + 1)]
    lines = funnel_limits(populations=across, benchmark=spread.centre, per=found.per or 1, phi=spread.phi)
    pairs = (
        ("95%", "dot", lines.inner_lower, lines.inner_upper),
        ("99.8%", "dash", lines.outer_lower, lines.outer_upper),
    )
    return tuple(
        Limit(
            populations=across,
            lower=[float(v) for v in lower],
            upper=[float(v) for v in upper],
            label=t("compare.funnel.limits", lang=view.lang, level=name),
            dash=dash,
        )
        for name, dash, lower, upper in pairs
    )


def _funnel_words(spread: _Spread, found: Compared, view: View) -> tuple[str, str]:
    values = {"n": len(spread.rows), "measure": _measure(found, view)}
    rounded = round_for_prose(value=spread.times, figures=2).value
    times = decimal(rounded, places=0 if spread.times >= 10 else 1, lang=view.lang)
    if spread.phi is None:
        title = t("compare.funnel.title_wide", lang=view.lang, times=times, **values)
        return title, t("compare.funnel.sentence_wide", lang=view.lang)
    people = [_people(row) for row in spread.rows]
    judged = outside_funnel(
        counts=_counts(spread.rows), populations=people, benchmark=spread.centre, per=found.per or 1, phi=spread.phi
    )
    by_chance = decimal(len(people) * (1 - WIDE_LEVEL), places=2, lang=view.lang)
    title = t("compare.funnel.title", lang=view.lang, outside=int(judged.sum()), **values)
    key = "compare.funnel.sentence_chance" if spread.times == 1 else "compare.funnel.sentence_spread"
    return title, t(key, lang=view.lang, times=times, flags=by_chance)


def _people(row: Row) -> float:
    return (row.whole.value if row.whole else None) or 0.0


# ---- What every figure of the page shares


def _figure(
    code: str,
    found: Compared,
    view: View,
    *,
    title: str,
    sentence: str,
    drawing: Drawing,
    alt: str,
    caveats: tuple[str, ...],
    last: tuple[str, ...] = (),
    is_map: bool = False,
) -> Figure:
    cited = sources(found, build=view.build)
    counted = tuple(row.figure for row in (*found.rows, found.wales) if row.figure)
    old = common.age_words(counted, lang=view.lang, build=view.build)
    figure = Figure(
        code=code,
        title=title,
        subtitle=common.aged(_subtitle(found, view), old, lang=view.lang),
        chips=common.chips(cited, lang=view.lang, counted=counted),
        drawing=drawing,
        config=map_config() if is_map else {},
        alt=alt,
        sentence=sentence,
        caveats=tuple(dict.fromkeys((*caveats, *common.cautions(cited, lang=view.lang, counted=counted), *last))),
        table=_table(found, view),
        sources=cited,
        newest=counted,
        age=old,
    )
    rows = [
        Dot(name=_name(row, view), value=row.value, label=_written(row, found, view), hover="", code=row.area.code)
        for row in found.rows
    ]
    return build.among(figure, rows, view, of=beside.force if found.choice.kind == "police_force" else beside.own)


def _subtitle(found: Compared, view: View) -> str:
    among, unit = among_name(found.choice.kind, found.among, view), _unit(found, view)
    return t(
        "figure.subtitle",
        lang=view.lang,
        measure=_measured(found, view),
        unit=unit[:1].lower() + unit[1:],
        area=among[:1].lower() + among[1:],
        period=_when(found, view),
    )


def _measured(found: Compared, view: View) -> str:
    """Return what is measured: the measure's full name, or the short name where it is a share of one or a change."""
    full = found.choice.how in ("rate", "count", "published") and found.choice.part == TOTAL
    return found.measure.name.text(view.lang) if full else _measure(found, view)


def among_name(kind: str, among: str, view: View) -> str:
    """Return what a set of places is called."""
    code = f"{among}_forces" if kind == "police_force" else among
    return t(f"compare.among.{code}", lang=view.lang, place=view.place.called.text(view.lang))


def _when(found: Compared, view: View) -> str:
    last = period_text(found.period, lang=view.lang, measure=found.choice.measure)
    first = next((row.whole.period for row in found.rows if row.whole and found.choice.how == "change"), None)
    if first is None:
        return last
    return f"{period_text(first, lang=view.lang, measure=found.choice.measure)} – {last}"


def _range_notes(found: Compared, view: View) -> tuple[str, ...]:
    """Say what a range shows and does not show, or why there is none."""
    if found.choice.how == "count":
        return ()
    if found.measure.allocated is not None:
        return (t("compare.rest", lang=view.lang),)
    about: tuple[str, ...] = (t("compare.no_range", lang=view.lang),)
    if found.choice.has_interval:
        n = len(found.drawn)
        by_chance = decimal(n * 0.05, places=1, lang=view.lang)
        flags = t("compare.flags", lang=view.lang, n=n, flags=by_chance)
        about = (t("compare.chance_only", lang=view.lang), t("compare.whole_interval", lang=view.lang), flags)
    axis = ("compare.axis_not_zero",) if found.choice.unit == "score" else ()
    rest = ("compare.rest",) if found.measure.sum_areas else ()
    return (*about, *(t(key, lang=view.lang) for key in (*rest, *axis, "compare.no_judgement")))


def _set_notes(found: Compared, view: View) -> tuple[str, ...]:
    """Say who is compared, and that all figures are of one period."""
    notes = [t("compare.one_period", lang=view.lang, period=_when(found, view))]
    if found.among in SIMILAR:
        notes.append(t(f"compare.similar.{found.among}", lang=view.lang, place=view.place.called.text(view.lang)))
    absent = [_name(row, view) for row in found.rows if row.value is None]
    if absent:
        notes.append(t("compare.absent", lang=view.lang, places="; ".join(absent)))
    if any(row.area.code == CITY_OF_LONDON for row in found.rows):
        notes.append(t("forces.city_of_london", lang=view.lang))
    return tuple(notes)


def _housed(found: Compared, view: View) -> tuple[str, ...]:
    """Say who decides where the people of a measure live, where somebody does; first, as it could mislead most."""
    return (found.measure.allocated.text(view.lang),) if found.measure.allocated else ()


def _measure_notes(found: Compared, view: View) -> tuple[str, ...]:
    notes = [t(key, lang=view.lang) for key in found.choice.caveats]
    if any(source.line == BEFORE_REBASING for source in sources(found, build=view.build)):
        notes.append(t("compare.older_series", lang=view.lang))
    if found.choice.kind == "police_force" and found.chosen and found.chosen[0] != view.place.code:
        force = queries.area(found.chosen[0], build=view.build).name.text(view.lang)
        names = {"force": force, "place": view.place.called.text(view.lang)}
        notes.append(t("caveat.force_not_place", lang=view.lang, **names))
    return tuple(notes)


def measure_name(code: str, view: View) -> str:
    """Return the short name of a measure of this page."""
    return t(f"compare.measure.{code}", lang=view.lang, years=TEN_YEARS)


def _measure(found: Compared, view: View) -> str:
    return measure_name(found.choice.code, view)


def _name(row: Row, view: View) -> str:
    return row.area.name.text(view.lang)


def _unit(found: Compared, view: View) -> str:
    return t(f"compare.axis.{found.choice.unit}", lang=view.lang)


def _number(value: float | None, found: Compared, view: View) -> str:
    write = signed if found.choice.how == "change" or found.choice.measure.endswith("_net") else decimal
    return write(value, places=found.choice.decimals, lang=view.lang)


def _written(row: Row, found: Compared, view: View) -> str:
    """Return a number with its unit as a phrase: "41.1 per 10,000 people", "16.5%", "7.41 out of 10"."""
    if found.choice.unit == "percent":
        change = found.choice.how == "change"
        return percent(row.value, places=found.choice.decimals, lang=view.lang, with_sign=change)
    return t(f"compare.unit.{found.choice.unit}", lang=view.lang, value=_number(row.value, found, view))


def _wales_label(found: Compared, view: View) -> str:
    wales = queries.area(HOME.benchmark, build=view.build).name.text(view.lang)
    return f"{wales} {_short(found.wales, found, view)}"


def _short(row: Row, found: Compared, view: View) -> str:
    """Return a number with a per cent sign where it is one, and without any other unit."""
    return _plain(row.value, found, view)


def _plain(value: float | None, found: Compared, view: View) -> str:
    if found.choice.unit == "percent":
        return percent(value, places=found.choice.decimals, lang=view.lang, with_sign=found.choice.how == "change")
    return _number(value, found, view)


def _benchmark_name(row: Row, view: View) -> str:
    """Return what a row stands beside: Wales, the rest of Wales, or nothing."""
    if row.benchmark is None:
        return ""
    return t("compare.benchmark.rest" if row.is_rest else "compare.benchmark.wales", lang=view.lang)


def _word(row: Row, view: View) -> str:
    return t(f"compare.word.{row.verdict}", lang=view.lang) if row.verdict else ""


def _hover(row: Row, found: Compared, view: View) -> str:
    written = _written(row, found, view) if row.value is not None else decimal(None, places=0, lang=view.lang)
    lines = [_name(row, view), f"<b>{written}</b>"]
    if row.lower is not None and row.upper is not None:
        ends = {"lower": _number(row.lower, found, view), "upper": _number(row.upper, found, view)}
        lines.append(t("compare.hover.range", lang=view.lang, **ends))
    if found.choice.how in ("rate", "share") and row.figure and row.figure.value is not None:
        count = common.amount(row.figure.value, found.measure, lang=view.lang)
        lines.append(t("compare.hover.count", lang=view.lang, n=count, unit=found.measure.unit.text(view.lang)))
    if row.verdict:
        lines.append(t(f"compare.hover.{_where(row)}", lang=view.lang))
    return "<br>".join(lines)


# ---- The table


def _table(found: Compared, view: View) -> Table:
    everyone = (*found.rows, found.wales) if found.benchmark is not None else found.rows
    rows = tuple(_cells(row, found, view) for row in everyone)
    marked = any(row.marker for row in everyone)
    return Table(columns=_columns(found, view, marked=marked), rows=rows)


def _columns(found: Compared, view: View, *, marked: bool) -> tuple[Column, ...]:
    how, ends = found.choice.how, found.choice.has_interval and found.is_tested
    counted, whole = _count_labels(found, view)
    places = found.choice.decimals
    is_change = how == "change" or found.choice.measure.endswith("_net")
    says = t("compare.column.beside_wales", lang=view.lang)
    return (
        Column(key="area", label=t("column.area", lang=view.lang)),
        Column(key="area_code", label=t("column.area_code", lang=view.lang), shown=False),
        Column(key="period", label=t("column.period", lang=view.lang), shown=False),
        Column(key="measure", label=t("column.measure", lang=view.lang), shown=False),
        Column(key="whole", label=whole, kind="number", shown=how in ("rate", "share", "change")),
        Column(key="count", label=counted, kind="number", shown=how in ("rate", "share", "change")),
        Column(key="value", label=_unit(found, view), kind="number", decimals=places, signed=is_change),
        Column(
            key="lower", label=t("compare.column.lower", lang=view.lang), kind="number", decimals=places, shown=ends
        ),
        Column(
            key="upper", label=t("compare.column.upper", lang=view.lang), kind="number", decimals=places, shown=ends
        ),
        Column(
            key="benchmark",
            label=t("compare.column.benchmark", lang=view.lang),
            kind="number",
            decimals=places,
            signed=is_change,
            shown=found.benchmark is not None,
        ),
        Column(key="benchmark_is", label=t("compare.column.benchmark_is", lang=view.lang), shown=False),
        Column(key="beside_wales", label=says, shown=found.is_tested),
        Column(key="marker", label=t("column.marker", lang=view.lang), shown=marked),
        Column(key="source", label=t("column.source", lang=view.lang), shown=False),
        Column(key="edition", label=t("figure.edition", lang=view.lang), shown=False),
        Column(key="grade", label=t("grade.label", lang=view.lang), shown=False),
    )


def _count_labels(found: Compared, view: View) -> tuple[str, str]:
    """Return what the count and what it stands beside are called in the table."""
    if found.choice.how == "change":
        days = [one.period for row in found.rows[:1] for one in (row.figure, row.whole) if one]
        names = [period_text(day, lang=view.lang, measure="population") for day in days]
        return (*names, "", "")[0], (*names, "", "")[1]
    unit = found.measure.unit.text(view.lang)
    whole = "compare.column.everyone" if found.choice.how == "share" else "column.population"
    return unit[:1].upper() + unit[1:], t(whole, lang=view.lang)


def _cells(row: Row, found: Compared, view: View) -> tuple[Cell, ...]:
    known = queries.sources(build=view.build)
    used = [known[one.source] for one in (row.figure, row.whole) if one]
    cited = tuple(dict.fromkeys(used))
    return (
        _name(row, view),
        row.area.code,
        _when(found, view),
        _measure(found, view),
        row.whole.value if row.whole else None,
        row.figure.value if row.figure else None,
        row.value,
        row.lower,
        row.upper,
        row.benchmark,
        _benchmark_name(row, view),
        _word(row, view),
        row.marker,
        "; ".join(one.title.text(view.lang) for one in cited),
        "; ".join(one.edition.text(view.lang) for one in cited),
        "; ".join(one.grade for one in cited),
    )
