"""Evidence for an equality impact assessment: one row for each protected characteristic, two duties of Wales besides.

The awkward fact: such a table has nine rows by law, whether or not anybody counts the people. So a characteristic that
nothing is held of has its row too, and whatever is missing comes with who holds it and the words to ask for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from dashboard import queries
from dashboard.additivity import add_up
from dashboard.blocks import common, groups
from dashboard.blocks.hate_crime import police_area
from dashboard.blocks.remembering import remembered
from dashboard.figure import Column, Subject, Summary, Table
from dashboard.findings.figures import at
from dashboard.findings.message import by_words
from dashboard.findings.strands import FIRST_PUBLISHED, RECORDED
from dashboard.i18n.numbers import PerCent
from dashboard.i18n.text import Wording, joined, list_of, say
from dashboard.model import TOTAL, Area, Measure, Observation, Period
from dashboard.nations import HOME
from dashboard.tables import Cells, Named

Holder: TypeAlias = Literal["police", "council", "health_board", "government"]
CODE = "equality"
LINES = "\n"  # between what stands in one cell
SHOWN = ("measure", "category", "when")  # columns of a group's table that are read
VICTIMS = "victims"
DUTIES = {"poverty": "socio_economic", "welsh_speakers": "welsh_language"}  # rows that are no characteristic of the Act
COLUMNS = ("characteristic", "here", "source", "hate_crime", "unheld")
READ = ("number", "wales", "whom", "where")
NUMBERS = ("number", "wales")


@dataclass(frozen=True, kw_only=True)
class Line:
    """What stands for a characteristic: one category of a measure, or several added up under a `name` of ours."""

    measure: str
    codes: tuple[str, ...]
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class Characteristic:
    """A row of the table: a group of By group, what stands for it, its strand of hate crime, and more gaps of it."""

    code: str
    lines: tuple[Line, ...] = ()
    strand: str = ""
    gaps: tuple[str, ...] = ()


def _each(measure: str, *codes: str) -> tuple[Line, ...]:
    return tuple(Line(measure=measure, codes=(code,)) for code in codes)


CHARACTERISTICS = (  # in the order of the Act
    Characteristic(
        code="age",
        lines=(
            Line(measure="census_age", codes=("0_to_4", "5_to_9", "10_to_15"), name="under_16"),
            Line(
                measure="census_age",
                codes=("16_to_19", "20_to_24", "25_to_34", "35_to_49", "50_to_64"),
                name="16_to_64",
            ),
            Line(measure="census_age", codes=("65_to_74", "75_to_84", "85_and_over"), name="65_and_over"),
        ),
        gaps=(VICTIMS,),
    ),
    Characteristic(code="disability", lines=_each("census_disability", "disabled"), strand="disability"),
    Characteristic(
        code="gender_reassignment",
        lines=_each("census_gender_identity", "different", "not_answered"),
        strand="transgender",
    ),
    Characteristic(code="marriage"),
    Characteristic(code="pregnancy", lines=_each("births_all_mothers", TOTAL)),
    Characteristic(
        code="race", lines=_each("census_ethnic_group", "white", "asian", "mixed", "black", "other"), strand="race"
    ),
    Characteristic(
        code="religion",
        lines=_each(
            "census_religion",
            *("no_religion", "christian", "muslim", "hindu", "buddhist", "sikh", "jewish", "other", "not_answered"),
        ),
        strand="religion",
    ),
    Characteristic(code="sex", lines=_each("census_sex", "female", "male"), gaps=(VICTIMS,)),
    Characteristic(
        code="sexual_orientation",
        lines=_each("census_sexual_orientation", "lgb_plus", "not_answered"),
        strand="sexual_orientation",
    ),
    Characteristic(
        code="poverty",
        lines=(
            Line(measure="census_household_deprivation", codes=("one", "two", "three", "four"), name="deprived"),
            *_each("children_in_relative_poverty_share", "before_housing_costs"),
        ),
    ),
    Characteristic(
        code="welsh_speakers", lines=_each("census_welsh_speaking", "can"), gaps=("census_detailed", "census_crossed")
    ),
)
BY_CODE = {one.code: one for one in CHARACTERISTICS}
# Who holds what is not published and can be asked for it; of the other gaps the ledger names the publisher.
HOLDERS: dict[str, Holder] = {
    "strands_by_force": "police",
    "incidents": "police",
    VICTIMS: "police",
    "third_party_local": "government",
    "bullying": "council",
    "pregnancy": "health_board",
}


@dataclass(frozen=True, kw_only=True)
class Unheld:
    """What is not held about a characteristic, why, its publisher's page, and who can be asked, where anybody can."""

    code: str
    what: Wording
    why: Wording
    url: str = ""
    holder: Holder | None = None


# ---- The one table


@remembered
def at_a_glance(view: Subject) -> Summary[Wording]:
    """Return a row for each characteristic: what is held here beside Wales, from where, hate crime, and what is not."""
    columns = tuple(Column[Wording](key=key, label=say(f"equality.column.{key}")) for key in COLUMNS)
    lines = {one: tuple(_lines_of(one, view)) for one in CHARACTERISTICS}
    crimes = {one: _recorded(one, view) for one in CHARACTERISTICS}
    figures = [o for figures_of in (*lines.values(), *crimes.values()) for _, o in figures_of]
    rows = (_row(one, lines[one], crimes[one], view) for one in CHARACTERISTICS)
    return Summary(
        code=CODE,
        caption=say("equality.caption", in_place=common.place_in(view)),
        table=Table.of(columns, rows),
        sources=queries.sources_of(tuple(figures), build=view.build),
        notes=(say("equality.percent"), say("by_group.no_sum"), say("equality.strands_note")),
        newest=tuple(figures),
    )


Statement: TypeAlias = tuple[Wording, Observation]


def _row(one: Characteristic, lines: tuple[Statement, ...], crimes: tuple[Statement, ...], view: Subject) -> Named:
    missing = unheld(one, view)
    return {
        "characteristic": name(one),
        "here": list_of((words for words, _ in lines), between=LINES) if lines else say("equality.nothing_held"),
        "source": list_of(dict.fromkeys(_cited(o, view) for _, o in lines), between=LINES) if lines else "",
        "hate_crime": list_of((words for words, _ in crimes), between=LINES) if crimes else say("equality.no_strand"),
        "unheld": list_of((gap.what for gap in missing), between=LINES) if missing else "",
    }


def name(one: Characteristic) -> Wording:
    """Return what a row is called: a characteristic as the Act does, a duty as Welsh law does."""
    is_duty = one.code in DUTIES
    return say(f"equality.duty.{DUTIES[one.code]}") if is_duty else groups.name(groups.BY_CODE[one.code])


def _lines_of(one: Characteristic, view: Subject) -> Iterator[Statement]:
    for line in one.lines:
        for series in groups.nearest(line.measure, line.codes[0], view):
            figure = series.latest
            if figure is None:
                continue
            what = say(f"equality.line.{line.name}") if line.name else _category(line, series.measure, view)
            where = series.area
            named = what if where.code == view.place.code else say("figure.name_and_place", name=what, place=where.name)
            yield _written(named, line, figure, view), figure


def _category(line: Line, measure: Measure, view: Subject) -> Wording:
    if line.codes == (TOTAL,):
        return measure.name
    category = queries.categories(line.measure, build=view.build)[line.codes[0]].name
    return category if measure.topic == "census" else say("overview.part", measure=measure.name, part=category)


def _written(what: Wording, line: Line, figure: Observation, view: Subject) -> Wording:
    """Return a line of a cell: "Disabled: 67,506 (18.6%; Wales 21.6%)"; no count of 1 to 4 people stands in it."""
    measure = queries.measure(line.measure, build=view.build)
    share, wales = (_share(line, measure, area, figure.period, view) for area in (figure.area, HOME.benchmark))
    values: dict[str, Wording] = {"what": what}
    if measure.kind != "share":
        values["n"] = common.in_prose(_count(line, measure, figure.area, figure.period, view), measure)
    if share is not None:
        values["share"] = PerCent(share)
    if share is not None and wales is not None and figure.area != HOME.benchmark:
        values["wales"] = PerCent(wales)
    return say(f"equality.cell.{'_'.join(key for key in ('n', 'share', 'wales') if key in values)}", **values)


def _share(line: Line, measure: Measure, area: str, period: Period, view: Subject) -> float | None:
    part = _count(line, measure, area, period, view)
    if measure.kind == "share" or part is None:
        return part
    whole = _one(line.measure, area, TOTAL, period, view) if measure.topic == "census" else None
    return part / whole.value * 100 if whole and whole.value else None


def _count(line: Line, measure: Measure, area: str, period: Period, view: Subject) -> float | None:
    """Return the published figure of a line, or the sum of its categories; None unless all of them are held."""
    figures = [o for code in line.codes if (o := _one(line.measure, area, code, period, view))]
    if len(figures) < len(line.codes):
        return None
    categories = queries.categories(line.measure, build=view.build)
    return (
        figures[0].value
        if len(figures) == 1
        else add_up(figures, measure=measure, over="categories", categories=categories)
    )


def _one(measure: str, area: str, category: str, period: Period, view: Subject) -> Observation | None:
    return at(queries.series(measure, area, category=category, build=view.build), period)


def _cited(figure: Observation, view: Subject) -> Wording:
    source = queries.sources(build=view.build)[figure.source]
    return joined(source.publisher, ": ", source.title, ", ", common.dated(figure, build=view.build))


def _recorded(one: Characteristic, view: Subject) -> tuple[Statement, ...]:
    """Return the offences of a strand: those of the force's newest table, else as it once printed them, and Wales's."""
    if not one.strand:
        return ()
    return tuple(figure for figure in (_of_force(one.strand, view), _of_wales(one.strand, view)) if figure)


def _of_force(strand: str, view: Subject) -> Statement | None:
    force = police_area(view)
    if force.code == HOME.benchmark:
        return None
    for measure, key in ((RECORDED, "equality.strand"), (FIRST_PUBLISHED, "equality.strand_first")):
        newest = queries.series(measure, force.code, category=strand, build=view.build).latest
        if newest:
            return _offences(key, newest, view), newest
    return None


def _of_wales(strand: str, view: Subject) -> Statement | None:
    newest = queries.series(RECORDED, HOME.benchmark, category=strand, build=view.build).latest
    return (_offences("equality.strand", newest, view), newest) if newest else None


def _offences(key: str, figure: Observation, view: Subject) -> Wording:
    where = queries.area(figure.area, build=view.build).name
    period = common.dated(figure, build=view.build)
    n = common.in_prose(figure.value, queries.measure(figure.measure, build=view.build))
    return say(key, where=where, period=period, n=n)


# ---- One characteristic


@remembered
def figures_of(code: str, view: Subject) -> Summary[Wording] | None:
    """Return the main figures held about a characteristic, with their share here and in Wales; None of none."""
    one = BY_CODE[code]
    rows = groups.rows_of(groups.for_table(groups.BY_CODE[code]), view)
    if not rows:
        return None
    sources = queries.sources_of(tuple(row.figure for row in rows), build=view.build)
    return Summary(
        code=f"{CODE}_{code}",
        caption=say("equality.figures", characteristic=name(one), in_place=common.place_in(view)),
        table=_readable(groups.table(rows, view), rows, view),
        sources=sources,
        notes=tuple(dict.fromkeys(source.caution for source in sources if source.caution)),
        newest=tuple(row.figure for row in rows),
    )


def _readable(table: Table[Wording], rows: list[groups.Row], view: Subject) -> Table[Wording]:
    """Return a table for paper: number and share in one cell, and of what is no share that it is none; all for data."""
    hidden = tuple(replace(c, is_shown=c.is_shown and c.key in SHOWN) for c in table.columns)
    read = (
        Column(key=key, label=say(f"equality.column.{key}"), kind="written" if key in NUMBERS else "text")
        for key in READ
    )
    return replace(table, columns=hidden).beside(read, (_read(row, view) for row in rows), after="category")


def _read(row: groups.Row, view: Subject) -> Cells:
    where = say("equality.this_place") if row.series.area.code == view.place.code else row.series.area.name
    return groups.here(row), groups.wales(row), groups.whom(row), where


def unheld(one: Characteristic, view: Subject) -> tuple[Unheld, ...]:
    """Return what is not held about a characteristic: what its group names, the ledger's entries, and of victims."""
    group = groups.BY_CODE[one.code]
    codes = (*group.gaps, *one.gaps)
    own = (_own(one.code),) if group.unheld else ()
    victims = (_own(VICTIMS),) if VICTIMS in codes else ()
    ledger = (g for g in queries.gaps(build=view.build) if g.code in codes and groups.concerns(g, view))
    return (*own, *(_of_ledger(gap) for gap in ledger), *victims)


def _own(code: str) -> Unheld:
    what, why = (say(f"by_group.unheld.{code}.{part}") for part in ("what", "why"))
    return Unheld(code=code, what=what, why=why, holder=HOLDERS.get(code))


def _of_ledger(gap: queries.Gap) -> Unheld:
    entry = gap.entry
    return Unheld(code=gap.code, what=entry.heading, why=entry.text, url=entry.url, holder=HOLDERS.get(gap.code))


# ---- What can be asked for


def gaps(view: Subject) -> tuple[Unheld, ...]:
    """Return all that is not held of a place's characteristics, each once, in their order."""
    gap_of_code = {gap.code: gap for one in CHARACTERISTICS for gap in unheld(one, view)}
    return tuple(gap_of_code.values())


def request(gap: Unheld, view: Subject) -> Wording:
    """Return the words that ask for what is not held, by the Freedom of Information Act; "" where nobody is asked."""
    if gap.holder is None:
        return ""
    if gap.code == "strands_by_force":
        return to_police(view.place)
    place = _area_of_police(view.place) if gap.holder == "police" else view.place.called
    return say(f"equality.ask.{gap.code}", place=place)


def to_police(area: Area) -> Wording:
    """Return the words that ask the police for the strands of an area; a whole force's is no matter of authorities."""
    is_wide = area.kind in ("police_force", "country")
    local = "" if is_wide else joined(" ", say("data.foi_local"))
    return say("data.foi_text", place=_area_of_police(area), local=local)


def _area_of_police(area: Area) -> Wording:
    """Return where offences were recorded as a force is asked: of Wales, which no force covers, in its own area."""
    if area.kind == "country":
        return say("equality.own_area")
    return say("equality.force_area", force=area.name) if area.kind == "police_force" else area.called


def holder(gap: Unheld, view: Subject) -> Wording:
    """Return who holds what is not published here: the force by its name, and whoever the place's own are."""
    return by_words(police_area(view)) if gap.holder == "police" else say(f"equality.holder.{gap.holder}")
