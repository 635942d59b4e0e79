"""One small area beside its authority: an LSOA, an MSOA or a ward, in all that is held of it.

The awkward fact: a ward is published in no table we hold. Its figures are sums of the LSOAs that the ONS's lookup puts
into it by best fit, which its border may cut; and what is published for MSOAs alone is held for no ward and no LSOA.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from dashboard import drill, queries
from dashboard.additivity import add_up
from dashboard.blocks import beside, build, common
from dashboard.blocks.build import BlockWords, Dot
from dashboard.blocks.remembering import remembered
from dashboard.blocks.small_areas import LAYERS
from dashboard.caveats import Caveat, caveat
from dashboard.figure import Block, Column, NotHeld, Subject, Table
from dashboard.i18n.numbers import Numeral, PerCent
from dashboard.i18n.text import Wording, joined, list_of, say, sentences
from dashboard.model import TOTAL, Area, Category, Measure, Observation
from dashboard.nations import HOME
from dashboard.tables import Named, cited, common_columns, period_name, with_days

CODE = "small_area"
DECILE, RANK, MOST_DEPRIVED = "wimd_decile", "wimd_rank", "wimd_most_deprived_share"
KIND_OF = {layer.measure: layer.kind for layer in LAYERS if layer.is_share}  # what each table is published for
LEFT_OUT = 1  # per cent: less than any part of a table, more than the census's own noise takes from its total
TELLING = 3  # the rows that the sentence names
NAMED_ALONE = ("census_religion", "census_ethnic_group", "census_disability")  # whose categories say what they count


@dataclass(frozen=True, kw_only=True)
class Row:
    """One category of a census table: the people counted here, and their share here, around it and in Wales."""

    measure: Measure
    category: Category
    figure: Observation
    share: float
    around: float | None
    wales: float | None


@remembered
def small_area(view: Subject, *, area: Area | None) -> Block[Wording] | None:
    """Return what is held of a small area as shares beside its authority's; None where none is chosen."""
    if area is None or area.within is None:
        return None
    around = queries.area(area.within, build=view.build)
    rows = _rows(area, around, view)
    if not rows:
        return _made_of_nothing(area, around)
    deprived = _deprivation(area, view)
    telling = sorted(_without_complements(rows), key=_distance, reverse=True)[:TELLING]
    counted = (*(row.figure for row in rows), *deprived)
    words = BlockWords(
        title=say(
            "small_area.title",
            category=_named(telling[0]),
            area=area.name,
            around=around.name,
            here=PerCent(telling[0].share),
            there=PerCent(telling[0].around),
            base=common.base(telling[0].measure),
        ),
        subtitle=_subtitle(area, around, rows[0].figure, view),
        sentence=sentences(
            say("small_area.sentence", around=around.called, listed=list_of(_beside(row) for row in telling)),
            _deprivation_words(area, deprived),
        ),
        caveats=(*_caveats(area, view), caveat("small_areas.areas_not_people"), caveat("small_areas.wimd")),
        whose=(area.name, around.name),
    )
    return build.dots(
        view,
        code=CODE,
        rows=[_dot(row, row.share) for row in rows],
        words=words,
        table=_table(rows, deprived, area, around, view),
        sources=queries.sources_of(tuple(counted), build=view.build),
        chosen=[_key(row) for row in rows],
        rings=[_dot(row, row.around) for row in rows if row.around is not None],
        counted=counted,
        ranked=False,
        of=beside.nobody,
    )


def _made_of_nothing(area: Area, around: Area) -> NotHeld[Wording]:
    """Return the card for a ward to which the best fit counts no small area, so that there is nothing to add up."""
    return NotHeld(
        code=CODE,
        title=say("small_area.none_title", area=area.name),
        reason=say("small_area.none_reason", area=area.name, around=around.name),
        how=say("small_area.none_how"),
        url=common.NOMIS_PAGE,
        url_label=say("not_held.nomis_page"),
    )


def _rows(area: Area, around: Area, view: Subject) -> list[Row]:
    rows: list[Row] = []
    for measure, kind in KIND_OF.items():
        by_code = queries.categories(measure, build=view.build)
        parts = tuple(code for code, category in by_code.items() if category.parent == TOTAL)
        figures = _figures(measure, kind, (*parts, TOTAL), area, view)
        whole = figures.get(TOTAL)
        for code in parts:
            figure = figures.get(code)
            if figure is None or whole is None or figure.value is None or not whole.value:
                continue
            shares = [_share(measure, code, one, view) for one in (around.code, HOME.benchmark)]
            rows.append(
                Row(
                    measure=queries.measure(measure, build=view.build),
                    category=by_code[code],
                    figure=figure,
                    share=figure.value / whole.value * 100,
                    around=shares[0],
                    wales=shares[1],
                )
            )
    return rows


def _figures(measure: str, kind: str, categories: tuple[str, ...], area: Area, view: Subject) -> dict[str, Observation]:
    """Return the published figures of an area by category, or the sums of its LSOAs where they are published."""
    by_category = queries.small_area_figures(measure, kind=kind, categories=categories, build=view.build)
    if area.kind == kind:
        return {o.category: o for every in by_category.values() for o in every if o.area == area.code}
    codes = frozenset(drill.parts(area.code, build=view.build)) if kind == "lsoa" else frozenset()
    about, by_code = queries.measure(measure, build=view.build), queries.areas(build=view.build)
    sums: dict[str, Observation] = {}
    for category, every in by_category.items():
        inside = [o for o in every if o.area in codes]
        if inside and len(inside) == len(codes):
            value = add_up(inside, measure=about, over="areas", areas=by_code)
            sums[category] = replace(inside[0], area=area.code, value=value, derived=True)
    return sums


def _share(measure: str, category: str, area: str, view: Subject) -> float | None:
    """Return a category's share in a larger area."""
    some, every = (queries.series(measure, area, category=c, build=view.build).latest for c in (category, TOTAL))
    return some.value / every.value * 100 if some and every and some.value is not None and every.value else None


def _distance(row: Row) -> float:
    return abs(row.share - (row.around or 0))


# ---- Deprivation: ranks of places, which are listed and counted but never averaged


def _deprivation(area: Area, view: Subject) -> list[Observation]:
    """Return the ranks of an LSOA, overall and by domain; of a group, the deciles of its LSOAs."""
    if area.kind == "lsoa":
        domains = tuple(queries.categories(RANK, build=view.build))
        by_domain = queries.small_area_figures(RANK, kind="lsoa", categories=domains, build=view.build)
        return [o for code in domains for o in by_domain[code] if o.area == area.code]
    codes = drill.parts(area.code, build=view.build)
    deciles = queries.small_area_figures(DECILE, kind="lsoa", categories=(TOTAL,), build=view.build)[TOTAL]
    return [o for o in deciles if o.area in codes]


def _most_deprived(deciles: list[Observation]) -> int:
    return sum(o.value == 1 for o in deciles)


def _deprivation_words(area: Area, ranks: list[Observation]) -> Wording:
    if not ranks:
        return ""
    if area.kind == "lsoa":
        return say("small_area.rank", rank=Numeral(ranks[0].value), when=period_name(ranks[0].period))
    when, most = period_name(ranks[0].period), _most_deprived(ranks)
    if len(ranks) == 1:
        return say("small_area.decile_of_one" if most else "small_area.decile_of_one_not", when=when)
    return say("small_area.deciles", n=len(ranks), most=most or say("small_area.none"), when=when)


# ---- Words


def _subtitle(area: Area, around: Area, figure: Observation, view: Subject) -> Wording:
    parts = len(drill.parts(area.code, build=view.build))
    words: dict[str, Wording | int] = {
        "area": area.name,
        "around": around.called,
        "period": period_name(figure.period),
        "n": parts,
    }
    for name, area_of in (("msoa", drill.msoa_of), ("ward", drill.ward_of)):
        one = area_of(area.code, build=view.build)
        words |= {name: one.name} if one else {}
    if area.kind == "ward" and parts == 1:
        return say("small_area.subtitle_ward_of_one", **words)
    return say(f"small_area.subtitle_{area.kind}", **words)


def _caveats(area: Area, view: Subject) -> tuple[Caveat[Wording], ...]:
    msoa = drill.msoa_of(area.code, build=view.build)
    about = caveat(f"small_area.about_{area.kind}", msoa=msoa.name if msoa else "")
    return (about, caveat("small_area.not_held"))


def _named(row: Row) -> Wording:
    """Return what a row counts; the table's name first where the category alone does not say."""
    if row.measure.code in NAMED_ALONE:
        return row.category.name
    return say("overview.part", measure=row.measure.name, part=row.category.name)


def _without_complements(rows: Iterable[Row]) -> list[Row]:
    """Return the rows that stand beside an authority; of a measure with two halves the smaller one tells for both.

    Two parts are halves where they leave nobody out: two that stand for a table of many parts are not.
    """
    beside_theirs = [row for row in rows if row.around is not None]
    halves: dict[str, list[Row]] = {}
    for row in beside_theirs:
        halves.setdefault(row.measure.code, []).append(row)
    larger = [max(pair, key=lambda row: row.around or 0) for pair in halves.values() if _are_halves(pair)]
    return [row for row in beside_theirs if row not in larger]


def _are_halves(parts: Sequence[Row]) -> bool:
    return len(parts) == 2 and abs(sum(row.around or 0 for row in parts) - 100) < LEFT_OUT


def _beside(row: Row) -> Wording:
    return say("small_area.item", category=_named(row), here=PerCent(row.share), there=PerCent(row.around))


def _dot(row: Row, value: float | None) -> Dot:
    name, label = _named(row), PerCent(value)
    return Dot(name=name, value=value, label=label, hover=joined(name, "<br><b>", label, "</b>"), code=_key(row))


def _key(row: Row) -> str:
    return f"{row.measure.code}:{row.category.code}"


# ---- The table


def _table(rows: list[Row], deprived: list[Observation], area: Area, around: Area, view: Subject) -> Table[Wording]:
    columns = (
        *common_columns("measure", "category"),
        Column(key="count", label=say("by_group.number"), kind="number"),
        Column(key="share", label=joined(area.name, ", %"), kind="number", decimals=1),
        Column(key="around", label=joined(around.name, ", %"), kind="number", decimals=1),
        Column(key="wales", label=say("census.wales_percent"), kind="number", decimals=1),
        Column(key="base", label=say("by_group.of_whom"), is_shown=False),
        Column(key="made", label=say("small_area.made")),
        *common_columns("area", "area_code", "period", "source", "edition", "grade", is_shown=False),
    )
    counts = (_cells(row, area, view) for row in rows)
    return with_days(Table.of(columns, (*counts, *_deprived_cells(deprived, area, around, view))))


def _cells(row: Row, area: Area, view: Subject) -> Named:
    return {
        "measure": row.measure.name,
        "category": row.category.name,
        "count": row.figure.value,
        "share": row.share,
        "around": row.around,
        "wales": row.wales,
        "base": common.base(row.measure),
        "made": say("small_area.summed" if row.figure.derived else "small_area.published"),
        **_end(row.figure, area, view),
    }


def _deprived_cells(deprived: list[Observation], area: Area, around: Area, view: Subject) -> list[Named]:
    """Return a row for each rank of an LSOA; of a group one, of how many of its LSOAs are the most deprived."""
    if not deprived:
        return []
    if area.kind == "lsoa":
        by_code, name = queries.categories(RANK, build=view.build), queries.measure(RANK, build=view.build).name
        no_shares: Named = {"share": None, "around": None, "wales": None, "base": ""}
        row: Named = {"measure": name, "made": say("small_area.published"), **no_shares}
        return [
            {**row, "category": by_code[o.category].name, "count": o.value, **_end(o, area, view)} for o in deprived
        ]
    most = _most_deprived(deprived)
    shares = queries.series(MOST_DEPRIVED, around.code, build=view.build).observations
    wide = next((o.value for o in shares if o.period == deprived[0].period), None)
    return [
        {
            "measure": say("small_area.most_deprived"),
            "category": "",
            "count": most,
            "share": most / len(deprived) * 100,
            "around": wide,
            "wales": None,
            "base": "",
            "made": say("small_area.counted"),
            **_end(deprived[0], area, view),
        }
    ]


def _end(figure: Observation, area: Area, view: Subject) -> Named:
    where: Named = {"area": area.name, "area_code": area.code, "period": period_name(figure.period)}
    return {**where, **cited(queries.sources(build=view.build)[figure.source])}
