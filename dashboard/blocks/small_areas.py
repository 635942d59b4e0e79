"""Maps of small areas of Cardiff and the Vale: census and deprivation, never crime and never asylum.

The awkward fact: a small area has about 1,500 people (LSOA) or 8,000 (MSOA), and census counts are altered
slightly to protect them. Ranks of deprivation are of places among places: they are listed and shaded, never averaged.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median

from dashboard import drill, queries
from dashboard.blocks import beside, build, common
from dashboard.blocks.build import BlockWords, Dot
from dashboard.blocks.remembering import remembered
from dashboard.caveats import caveat
from dashboard.charts import DECILES, Classes
from dashboard.figure import Block, Column, NotHeld, Subject, Table
from dashboard.i18n.numbers import Numeral, PerCent
from dashboard.i18n.text import Translatable, Wording, joined, say, sentences
from dashboard.model import TOTAL, Area, Category, Observation, Period
from dashboard.tables import Named, by_name, cited, common_columns, day_columns, named_days, period_name

RANK = "wimd_rank"
DOMAINS = ("income", "employment", "health", "education", "access_to_services", "housing", "physical_environment")
RANKS = Classes(  # of about 1,900 small areas of Wales
    edges=(0.5, 400.5, 800.5, 1200.5, 1600.5, 2000.5),
    labels=("1–400", "401–800", "801–1,200", "1,201–1,600", "1,601–"),
    low_is_dark=True,
)
_OUTLINES = "app/static/boundaries/cardiff_vale_{geography}.geojson"


@dataclass(frozen=True, kw_only=True)
class Layer:
    """One thing to shade small areas by: a category's share of its table's total, a deprivation decile, or a rank."""

    code: str
    measure: str
    category: str
    kind: str
    geography: str
    is_share: bool = True

    @property
    def is_rank(self) -> bool:
        """Whether its numbers are ranks, which of one domain of deprivation alone are published."""
        return self.measure == RANK

    @property
    def unit(self) -> str:
        """The key of what its numbers are."""
        return "unit.percent" if self.is_share else "small_areas.rank_unit" if self.is_rank else "small_areas.decile"

    @property
    def classes(self) -> Classes | None:
        """The shades of its own scale; None where as many areas have each."""
        return None if self.is_share else RANKS if self.is_rank else DECILES


def _domain(category: str) -> Layer:
    code = f"{RANK}-{category}"
    return Layer(code=code, measure=RANK, category=category, kind="lsoa", geography="lsoa21", is_share=False)


def _census(measure: str, category: str, kind: str, geography: str) -> Layer:
    return Layer(code=f"{measure}-{category}", measure=measure, category=category, kind=kind, geography=geography)


LAYERS = (
    Layer(
        code="wimd_decile-total",
        measure="wimd_decile",
        category=TOTAL,
        kind="lsoa",
        geography="lsoa21",
        is_share=False,
    ),
    *map(_domain, DOMAINS),
    _census("census_migrant_indicator", "outside_uk", "msoa", "msoa21"),
    _census("census_english_proficiency", "main_other", "msoa", "msoa21"),
    _census("census_ethnic_group", "asian", "msoa", "msoa21"),
    _census("census_ethnic_group", "black", "msoa", "msoa21"),
    _census("census_ethnic_group", "mixed", "msoa", "msoa21"),
    _census("census_ethnic_group", "white", "msoa", "msoa21"),
    _census("census_religion", "christian", "lsoa", "lsoa21"),
    _census("census_religion", "muslim", "lsoa", "lsoa21"),
    _census("census_religion", "no_religion", "lsoa", "lsoa21"),
    _census("census_disability", "disabled", "lsoa", "lsoa21"),
)


def layer_name(layer: Layer, *, build_id: str) -> Translatable:
    """Return what a layer is called: its measure and category."""
    measure = queries.measure(layer.measure, build=build_id).name
    if layer.category == TOTAL:
        return measure
    category = queries.categories(layer.measure, build=build_id)[layer.category].name
    return say("small_areas.domain", domain=category) if layer.is_rank else joined(measure, ": ", category)


def covered(place: Area, *, build: str) -> tuple[str, ...]:
    """Return the authorities of the place whose small areas are held, by their codes: none, one or more."""
    authorities = place.members if place.kind == "composite" else (place.code,)
    return tuple(sorted(queries.divided(build=build).intersection(authorities)))


Row = tuple[Area, float, Observation]


def periods(layer: Layer, *, build_id: str) -> tuple[Period, ...]:
    """Return the periods that most small areas have a figure of, newest first."""
    return queries.periods(layer.measure, kind=layer.kind, category=layer.category, build=build_id)


@remembered
def local_map(view: Subject, *, layer: Layer, area: Area | None = None) -> Block[Wording]:
    """Return the small areas of the place shaded by one layer, `area` outlined; a card where none are held."""
    inside = covered(view.place, build=view.build)
    if not inside:
        return _not_covered()
    days = periods(layer, build_id=view.build) if view.at else ()
    period = next((one for one in days if one.end == view.at), None)
    rows = _values(layer, inside, view, period=period)
    if not rows:
        return common.not_held("small_areas", page=common.NOMIS_PAGE)
    values = sorted(value for _, value, _ in rows)
    name = layer_name(layer, build_id=view.build)
    written = {"low": _written(values[0], layer), "high": _written(values[-1], layer)}
    words = BlockWords(
        title=_title(name, layer, view, **written),
        subtitle=say(
            f"small_areas.subtitle_{layer.kind}", place=view.place.name, period=period_name(rows[0][2].period)
        ),
        sentence=sentences(
            say("small_areas.sentence", n=len(rows), middle=_written(median(values), layer)),
            _outlined_words(area, layer, rows, view),
        ),
        caveats=(
            caveat("small_areas.areas_not_people"),
            *(() if layer.is_share else (caveat("small_areas.wimd"),)),
            *(() if view.at is None or layer.is_share else (caveat("small_areas.older_areas"),)),
        ),
    )
    return build.area_map(
        view,
        code="small_areas",
        rows=[_dot(row, layer) for row in rows],
        outlines=_OUTLINES.format(geography=layer.geography),
        unit=say(layer.unit),
        words=words,
        table=Table.later(lambda: _table(rows, layer, view, period=period), areas=by_name(place for place, *_ in rows)),
        sources=queries.sources_of(tuple(o for _, _, o in rows), build=view.build),
        chosen=_outlined(area, layer, view),
        counted=[o for _, _, o in rows],
        classes=layer.classes,
        height=440,
        of=beside.nobody,
        alt="alt.small_areas",
    )


def _outlined(area: Area | None, layer: Layer, view: Subject) -> tuple[str, ...]:
    """Return the areas of the map that a small area is, is made of, or lies in; a ward is made of no MSOAs."""
    if area is None or area.kind == layer.kind:
        return (area.code,) if area else ()
    if layer.kind == "lsoa":
        return drill.parts(area.code, build=view.build)
    msoa = drill.msoa_of(area.code, build=view.build)
    return (msoa.code,) if msoa else ()


def _outlined_words(area: Area | None, layer: Layer, rows: list[Row], view: Subject) -> Wording:
    """Say what is outlined, and its number where it is one area; of a ward that the map does not show, that."""
    if area is None:
        return ""
    outlined = _outlined(area, layer, view)
    if not outlined:
        is_made_of_any = area.kind != "ward" or drill.parts(area.code, build=view.build)
        return say("small_areas.not_outlined" if is_made_of_any else "small_areas.outlined_nowhere", area=area.name)
    value = next((value for place, value, _ in rows if (place.code,) == outlined), None)
    if value is None:
        return say("small_areas.outlined", area=area.name, n=len(outlined))
    name = queries.area(outlined[0], build=view.build).name
    key = "small_areas.outlined_one" if layer.is_share or layer.is_rank else "small_areas.outlined_decile"
    return say(key, area=name, value=_written(value, layer))


def _title(name: Wording, layer: Layer, view: Subject, *, low: Wording, high: Wording) -> Wording:
    """Return from where to where the areas reach, and whom a share is of."""
    if not layer.is_share:
        return say("small_areas.title", name=name, low=low, high=high)
    base = common.base(queries.measure(layer.measure, build=view.build))
    return say("small_areas.title_share", name=name, low=low, high=high, base=base)


def _values(layer: Layer, inside: tuple[str, ...], view: Subject, *, period: Period | None) -> list[Row]:
    """Return each small area with its number: a share of its own total, or the decile as it stands."""
    categories = tuple(dict.fromkeys((layer.category, TOTAL)))
    by_category = queries.small_area_figures(
        layer.measure, kind=layer.kind, categories=categories, period=period, build=view.build
    )
    totals = {o.area: o.value for o in by_category[TOTAL]}
    by_code = queries.areas(build=view.build)
    rows: list[Row] = []
    for figure in by_category[layer.category]:
        place, total = by_code[figure.area], totals.get(figure.area)
        if place.within not in inside or figure.value is None or (layer.is_share and not total):
            continue
        value = figure.value / total * 100 if layer.is_share and total else figure.value
        rows.append((place, value, figure))
    return rows


def _dot(row: Row, layer: Layer) -> Dot:
    place, value, _ = row
    name, written = place.name, _written(value, layer)
    return Dot(name=name, value=value, label=written, hover=joined(name, "<br><b>", written, "</b>"), code=place.code)


def _written(value: float, layer: Layer) -> Wording:
    if layer.is_share:
        return PerCent(value)
    return Numeral(value, places=0 if value.is_integer() else 1)


def _table(rows: list[Row], layer: Layer, view: Subject, *, period: Period | None) -> Table[Wording]:
    value = say(layer.unit)
    ranks = {} if layer.is_share else _ranks(view, period=period)
    columns = (
        *common_columns("area", "area_code"),
        Column(key="count", label=say("unit.people"), kind="number", is_shown=layer.is_share),
        Column(key="value", label=value, kind="number", decimals=1 if layer.is_share else 0),
        *(Column(key=f"rank_{c.code}", label=_rank_label(c), kind="number", decimals=0) for c in ranks),
        *common_columns("period", is_shown=False),
        *day_columns(),
        *common_columns("source", is_shown=False),
    )
    every_source = queries.sources(build=view.build)
    ordered = sorted(rows, key=lambda row: row[1], reverse=layer.is_share)
    cells: list[Named] = [
        {
            "area": place.name,
            "area_code": place.code,
            "count": figure.value if layer.is_share else None,
            "value": number,
            **{f"rank_{category.code}": of_area.get(place.code) for category, of_area in ranks.items()},
            "period": period_name(figure.period),
            **named_days(figure.period),
            **cited(every_source[figure.source]),
        }
        for place, number, figure in ordered
    ]
    return Table.of(columns, cells).without_empty("count")


def _ranks(view: Subject, *, period: Period | None) -> dict[Category, Mapping[str, float | None]]:
    """Return the ranks behind the deciles, overall and by domain, by small area."""
    by_code = queries.categories(RANK, build=view.build)
    ranks_of = queries.small_area_values(RANK, kind="lsoa", categories=tuple(by_code), period=period, build=view.build)
    return {category: ranks_of[code] for code, category in by_code.items()}


def _rank_label(category: Category) -> Wording:
    return say("small_areas.rank", domain=category.name)


def _not_covered() -> NotHeld[Wording]:
    return NotHeld(
        code="small_areas",
        title=say("small_areas.not_held.title"),
        reason=say("small_areas.not_held.reason"),
        how=say("not_held.official_page"),
        url=common.NOMIS_PAGE,
        url_label=say("not_held.nomis_page"),
    )
