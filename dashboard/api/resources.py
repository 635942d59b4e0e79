"""What the API offers: each resource with its filters, the question it puts to the database, and its columns.

The awkward fact: a filter that is not understood, and left out in silence, gives other rows than were asked for. So a
code that does not exist is refused with those that do, and one that exists and matches nothing gives no rows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from dashboard import queries, store
from dashboard.figure import View
from dashboard.figures import goals
from dashboard.figures.catalogue import ENTRIES, with_usual
from dashboard.figures.request import DEFAULT_PLACE
from dashboard.i18n import LANGUAGES

MOST_ROWS, USUAL_ROWS = 10_000, 1_000
FURTHEST = 10_000_000  # rows into an answer; there are not as many
Row = dict[str, Any]


def _codes(value: Any) -> Any:
    """Return the codes of a filter: parts with commas, and the filter named more than once, are one list."""
    parts = value if isinstance(value, list) else [value]
    return list(dict.fromkeys(code.strip() for part in parts for code in str(part).split(",") if code.strip()))


def _first_day(day: Any) -> Any:
    return f"{day}-01-01" if len(str(day)) == len("2018") else day


def _last_day(day: Any) -> Any:
    return f"{day}-12-31" if len(str(day)) == len("2018") else day


Codes = Annotated[list[str], BeforeValidator(_codes)]


class Filter(BaseModel):
    """What every resource takes: how many rows, and after how many."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    limit: int = Field(USUAL_ROWS, ge=1, le=MOST_ROWS, description="The most rows of one answer.")
    offset: int = Field(0, ge=0, le=FURTHEST, description="How many rows to pass over; `next` in an answer has it.")


class MeasureFilter(Filter):
    """The filters of measures."""

    measure: Codes = Field([], description="Codes of measures, with commas between.")
    topic: Codes = Field([], description="Topics, such as `hate_crime` or `sanctuary`.")


class CategoryFilter(Filter):
    """The filters of categories."""

    measure: Codes = Field([], description="Codes of measures, with commas between.")


class AreaFilter(Filter):
    """The filters of areas."""

    area: Codes = Field([], description="Codes of areas: those of the ONS, and our own for areas taken together.")
    kind: Codes = Field([], description="Kinds of area, such as `local_authority` or `police_force`.")
    nation: Codes = Field([], description="Codes of nations, with commas between.")
    measure: Codes = Field([], description="Only areas for which one of these measures has a row.")


class PeriodFilter(Filter):
    """The filters of periods."""

    measure: Codes = Field([], description="Codes of measures, with commas between.")
    area: Codes = Field([], description="Codes of areas, with commas between.")
    category: Codes = Field([], description="Codes of categories; `total` is the whole.")


class ObservationFilter(PeriodFilter):
    """The filters of observations."""

    kind: Codes = Field([], description="Kinds of area, such as `local_authority`.")
    nation: Codes = Field([], description="Codes of nations in which the areas lie.")
    topic: Codes = Field([], description="Topics of measures.")
    source: Codes = Field([], description="Codes of sources: one edition of one publication each.")
    from_: Annotated[date | None, BeforeValidator(_first_day)] = Field(
        None, alias="from", description="Only periods that begin on this day or later: `2018` or `2018-04-01`."
    )
    to: Annotated[date | None, BeforeValidator(_last_day)] = Field(
        None, description="Only periods that end on this day or earlier: `2025` or `2025-03-31`."
    )


class BreakFilter(Filter):
    """The filters of breaks."""

    measure: Codes = Field([], description="Codes of measures, with commas between.")
    area: Codes = Field([], description="Breaks that touch these areas: their own, and those of what they lie in.")


class SourceFilter(Filter):
    """The filters of sources."""

    source: Codes = Field([], description="Codes of sources.")
    measure: Codes = Field([], description="Only sources that give rows of one of these measures.")


class GapFilter(Filter):
    """The filters of gaps."""

    topic: Codes = Field([], description="Topics of gaps.")


class FigureFilter(Filter):
    """The filters of figures."""

    place: str = Field(DEFAULT_PLACE, description="The code of the place whose questions they are.")


@dataclass(frozen=True, kw_only=True)
class Resource:
    """One list: its name, its filters, what it is in a sentence, and how its rows come.

    `sql` answers with every row and `clauses` says what each filter asks of it; or `rows` answers, in `columns`.
    """

    name: str
    filters: type[Filter]
    summary: str
    sql: str = ""
    order: str = ""
    clauses: Mapping[str, str] = field(default_factory=dict)
    rows: Callable[[Any, str], list[Row]] | None = None
    columns: tuple[str, ...] = ()


_OBSERVATIONS = """SELECT o.measure, m.topic, o.area_code AS area, a.kind, a.nation_code AS nation,
    a.name_en AS area_en, a.name_cy AS area_cy, o.period_start,
    CASE WHEN o.period_months = 0 THEN o.period_start
         ELSE CAST(o.period_start + o.period_months * INTERVAL 1 MONTH - INTERVAL 1 DAY AS DATE) END AS period_end,
    o.period_months, o.category, c.name_en AS category_en, c.name_cy AS category_cy,
    o.value, o.lower, o.upper, o.marker, o.derived, m.unit_en, m.unit_cy,
    o.source, s.grade, s.vintage, s.released, s.caution_en, s.caution_cy
FROM observation AS o JOIN area AS a ON a.code = o.area_code JOIN measure AS m ON m.measure = o.measure
JOIN category AS c ON c.measure = o.measure AND c.category = o.category JOIN source AS s ON s.source = o.source"""
_PERIODS = """SELECT measure, period_start,
    CASE WHEN period_months = 0 THEN period_start
         ELSE CAST(period_start + period_months * INTERVAL 1 MONTH - INTERVAL 1 DAY AS DATE) END AS period_end,
    period_months, count(DISTINCT area_code) AS areas, count(*) AS rows
FROM observation AS found {where} GROUP BY measure, period_start, period_months"""
_MEASURES = """SELECT m.*, held.rows, held.areas, held.first_period, held.last_period
FROM measure AS m LEFT JOIN (
    SELECT measure, count(*) AS rows, count(DISTINCT area_code) AS areas, min(period_start) AS first_period,
           max(period_start) AS last_period FROM observation GROUP BY measure) AS held ON held.measure = m.measure"""
_SOURCES = """SELECT source, publisher_en, publisher_cy, title_en, title_cy, edition, edition_cy, released, url,
    licence, licence_cy, grade, status, counts_en, counts_cy, coverage_en, coverage_cy, caution_en, caution_cy,
    checked_en, checked_cy, vintage, line, sha256, retrieved
FROM source"""
_AREAS = """SELECT area.code AS area, kind, name_en, name_cy, nation_code AS nation, within_code AS within,
    valid_from, valid_to, selectable, m.members
FROM area LEFT JOIN (SELECT area_code, string_agg(member_code, ' ' ORDER BY member_code) AS members
                     FROM area_member GROUP BY area_code) AS m ON m.area_code = area.code"""


def _breaks(choice: BreakFilter, build: str) -> list[Row]:
    """Return the breaks, or those that touch the areas asked for, as the pages find them."""
    if choice.area:
        measures = choice.measure or list(queries.measures(build=build))
        breaks = [
            one for area in choice.area for measure in measures for one in queries.breaks(measure, area, build=build)
        ]
    else:
        everything = store.rows("SELECT DISTINCT measure, area_code FROM break ORDER BY 1, 2", build=build)
        named = [
            (r["measure"], r["area_code"]) for r in everything if not choice.measure or r["measure"] in choice.measure
        ]
        breaks = [one for m, a in named for one in queries.breaks(m, a, build=build) if one.area == a]
    return [
        {
            "measure": one.measure,
            "area": one.area,
            "date": one.date,
            "until": one.until,
            "kind": one.kind,
            "severity": one.severity,
            "label_en": one.label.en,
            "label_cy": one.label.cy,
            "effect_en": one.effect.en,
            "effect_cy": one.effect.cy,
            "origin": one.origin,
        }
        for one in dict.fromkeys(breaks)
    ]


def _figures(choice: FigureFilter, build: str) -> list[Row]:
    """Return the catalogue of figures with the question each answers for a place."""
    place = queries.area(choice.place, build=build)
    rows = []
    for one in ENTRIES:
        views = {lang: View(place=place, lang=lang, build=build) for lang in LANGUAGES}
        questions = {lang: one.asks(with_usual(one.code, view)) for lang, view in views.items()}
        rows.append(
            {
                "figure": one.code,
                "page": one.page,
                "question_en": questions["en"],
                "question_cy": questions["cy"],
                "options": " ".join(option.name for option in one.options),
                "goals": " ".join(goals.of_figure(one.code)),
            }
        )
    return rows


def _among(*columns: str) -> dict[str, str]:
    return {name: f"{name} = ANY(${name})" for name in columns}


_BOTH = ("label_en", "label_cy", "effect_en", "effect_cy")
_HELD = "{own} IN (SELECT o.{column} FROM observation AS o WHERE o.measure = ANY($measure))"
RESOURCES = (
    Resource(
        name="measures",
        filters=MeasureFilter,
        summary="What is counted, in which unit, and what may be done with it; what is held of it.",
        sql=_MEASURES,
        order="topic, measure",
        clauses=_among("measure", "topic"),
    ),
    Resource(
        name="categories",
        filters=CategoryFilter,
        summary="The parts of each measure; `total` is the whole.",
        sql="SELECT measure, category, parent, name_en, name_cy, sort FROM category",
        order="measure, sort, category",
        clauses=_among("measure"),
    ),
    Resource(
        name="areas",
        filters=AreaFilter,
        summary="Every area that has a row, with its kind, its nation and what it is made of.",
        sql=_AREAS,
        order="kind, area",
        clauses=_among("area", "kind", "nation") | {"measure": _HELD.format(own="area", column="area_code")},
    ),
    Resource(
        name="periods",
        filters=PeriodFilter,
        summary="The periods of which each measure has rows.",
        sql=_PERIODS,
        order="measure, period_start, period_months",
        clauses=_among("measure", "category") | {"area": "area_code = ANY($area)"},
    ),
    Resource(
        name="observations",
        filters=ObservationFilter,
        summary="The figures, one a row, each with its marker, its source and what must be said of it.",
        sql=_OBSERVATIONS,
        order="measure, area, period_start, period_months, category",
        clauses=_among("measure", "area", "category", "kind", "nation", "topic", "source")
        | {"from": "period_start >= $from", "to": "period_end <= $to"},
    ),
    Resource(
        name="breaks",
        filters=BreakFilter,
        summary="Where figures before and after may not be compared (hard) or need a note (soft).",
        rows=_breaks,
        columns=("measure", "area", "date", "until", "kind", "severity", *_BOTH, "origin"),
    ),
    Resource(
        name="sources",
        filters=SourceFilter,
        summary="Each edition of each publication: licence, grade, how it was checked, what must be said of it.",
        sql=_SOURCES,
        order="source",
        clauses=_among("source") | {"measure": _HELD.format(own="source", column="source")},
    ),
    Resource(
        name="gaps",
        filters=GapFilter,
        summary="Figures people look for that are not held, why not, and where they can be had.",
        sql="SELECT gap, topic, title_en, title_cy, why_en, why_cy, url FROM gap",
        order="topic, gap",
        clauses=_among("topic"),
    ),
    Resource(
        name="figures",
        filters=FigureFilter,
        summary="The figures of the pages; each has files at `/figures/{figure}.csv`, xlsx, json, svg and png.",
        rows=_figures,
        columns=("figure", "page", "question_en", "question_cy", "options", "goals"),
    ),
)
KNOWN = {
    "measure": "SELECT measure AS code FROM measure",
    "topic": "SELECT DISTINCT topic AS code FROM measure UNION SELECT DISTINCT topic FROM gap",
    "category": "SELECT DISTINCT category AS code FROM category",
    "area": "SELECT code FROM area",
    "kind": "SELECT DISTINCT kind AS code FROM area",
    "nation": "SELECT DISTINCT nation_code AS code FROM area WHERE nation_code IS NOT NULL",
    "source": "SELECT source AS code FROM source",
    "place": "SELECT code FROM area WHERE selectable",
}


@dataclass(frozen=True, kw_only=True)
class Answer:
    """Some rows of a resource under its columns, and how many match in all."""

    columns: tuple[str, ...]
    rows: list[Row]
    count: int


class UnknownFilterValueError(LookupError):
    """A filter names a code that does not exist: which filter, and the codes there are."""

    def __init__(self, name: str, allowed: tuple[str, ...]) -> None:
        """Keep both for the answer; what came is somebody else's text."""
        super().__init__(f"{name}: expected one of {len(allowed)} codes")
        self.name, self.allowed = name, allowed


class TurnedRoundError(ValueError):
    """The first day asked for comes after the last."""


def ask(resource: Resource, choice: Filter, *, build: str) -> Answer:
    """Return the rows that match; raise `UnknownFilterValueError` or `TurnedRoundError` for what cannot be meant."""
    filters = {name: value for name, value in choice.model_dump(by_alias=True).items() if value not in ([], None)}
    limit, offset = filters.pop("limit"), filters.pop("offset")
    for name, value in filters.items():
        codes = {value} if isinstance(value, str) else {*value} if isinstance(value, list) else set()
        if codes and not codes <= (allowed := _codes_of(name, build)):
            raise UnknownFilterValueError(name, tuple(sorted(allowed)))
    if "from" in filters and "to" in filters and filters["from"] > filters["to"]:
        raise TurnedRoundError
    if resource.rows is not None:
        rows = resource.rows(choice, build)
        return Answer(columns=resource.columns, rows=rows[offset : offset + limit], count=len(rows))
    return _selected(resource, filters, limit=limit, offset=offset, build=build)


def _selected(resource: Resource, filters: Row, *, limit: int, offset: int, build: str) -> Answer:
    clauses = " AND ".join(resource.clauses[name] for name in filters)
    where = f"WHERE {clauses}" if clauses else ""
    inside = "{where}" in resource.sql  # where a filter is not of a column that comes out
    whole = resource.sql.format(where=where) if inside else f"SELECT * FROM ({resource.sql}) AS found {where}"
    (counted,) = store.rows(f"SELECT count(*) AS n FROM ({whole}) AS found", filters, build=build)
    page = {**filters, "limit": limit, "offset": offset}
    rows = store.rows(f"{whole} ORDER BY {resource.order} LIMIT $limit OFFSET $offset", page, build=build)
    columns = store.columns(resource.sql.format(where=""), build=build)
    return Answer(columns=columns, rows=rows, count=counted["n"])


def _codes_of(name: str, build: str) -> set[str]:
    return {row["code"] for row in store.rows(KNOWN[name], build=build)}
