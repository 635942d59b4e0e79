"""By group: what is held about one protected characteristic or community in a place, over every topic, in one table.

The awkward fact: an equality impact assessment asks one question of many publications, and each counts other people, of
another day, for another area. So every row says whom its share is of, for which area and when, and what is not held
stands in the same table as what is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from cohesion.vocabulary import WITHOUT_LONDON
from dashboard import queries
from dashboard.beside import SIMILAR
from dashboard.blocks import beside, build, common
from dashboard.blocks.build import BlockWords, Dot
from dashboard.blocks.hate_crime import police_area
from dashboard.blocks.remembering import remembered
from dashboard.caveats import Caveat, caveat
from dashboard.figure import Block, Column, Figure, Subject, Table
from dashboard.findings.figures import at
from dashboard.findings.strands import FIRST_PUBLISHED, RECORDED
from dashboard.i18n.numbers import PerCent
from dashboard.i18n.periods import release_name
from dashboard.i18n.text import Wording, joined, list_of, say, sentences
from dashboard.model import TOTAL, Area, Observation, Series
from dashboard.nations import HOME
from dashboard.queries import Gap
from dashboard.tables import Named, common_columns, period_name, with_days

CODE = "by_group"
NOT_AVAILABLE, NOT_APPLICABLE = "[x]", "[z]"
MOST_LISTED = 6  # rows that the sentence names


@dataclass(frozen=True, kw_only=True)
class Group:
    """A protected characteristic or a community: the measures and categories about it, and gaps of the ledger.

    Of a measure without categories the whole is meant. `unheld` says that a text names a publication we do not hold.
    """

    code: str
    parts: tuple[tuple[str, tuple[str, ...]], ...] = ()
    gaps: tuple[str, ...] = ()
    unheld: bool = False


WHOLE = (TOTAL,)
BY_STRAND = ("strands_by_force", "third_party_local", "incidents")
GROUPS = (
    Group(
        code="age",
        parts=(
            ("census_age", ()),
            ("children_in_relative_poverty_share", ("before_housing_costs", "after_housing_costs")),
        ),
        gaps=("census_crossed", "bullying"),
    ),
    Group(
        code="disability",
        parts=(
            ("census_disability", ("disabled", "limited_a_lot", "limited_a_little", "not_disabled")),
            ("census_household_disability", ()),
            ("census_economic_activity", ("long_term_sick_or_disabled",)),
            ("hate_crimes", ("disability",)),
        ),
        gaps=(*BY_STRAND, "census_crossed", "bullying"),
    ),
    Group(
        code="gender_reassignment",
        parts=(
            (
                "census_gender_identity",
                (
                    *("same", "different", "not_specified", "trans_woman", "trans_man", "non_binary", "other"),
                    "not_answered",
                ),
            ),
            ("hate_crimes", ("transgender",)),
        ),
        gaps=(*BY_STRAND, "census_crossed", "bullying"),
    ),
    Group(code="marriage", unheld=True),
    Group(code="pregnancy", parts=(("births_all_mothers", WHOLE), ("births_non_uk_born_mothers", WHOLE)), unheld=True),
    Group(
        code="race",
        parts=(
            ("census_ethnic_group", ("white", "mixed", "asian", "black", "other")),
            (
                "census_ethnic_group",
                ("asian_bangladeshi", "asian_chinese", "asian_indian", "asian_pakistani", "black_african"),
            ),
            ("census_ethnic_group", ("black_caribbean", "other_arab", "white_gypsy_or_irish_traveller", "white_roma")),
            ("hate_crimes", ("race",)),
            ("rra_offences", WHOLE),
        ),
        gaps=(*BY_STRAND, "census_detailed", "census_crossed", "bullying"),
    ),
    Group(
        code="religion",
        parts=(
            ("census_religion", ()),
            ("hate_crimes", ("religion",)),
            ("hate_crimes_by_religion_targeted", ("buddhist", "christian", "hindu", "jewish", "muslim", "sikh")),
        ),
        gaps=(*BY_STRAND, "census_detailed", "bullying"),
    ),
    Group(code="sex", parts=(("census_sex", ()),), gaps=("census_crossed",)),
    Group(
        code="sexual_orientation",
        parts=(
            (
                "census_sexual_orientation",
                ("straight", "lgb_plus", "gay_or_lesbian", "bisexual", "other", "not_answered"),
            ),
            ("hate_crimes", ("sexual_orientation",)),
        ),
        gaps=(*BY_STRAND, "census_crossed", "bullying"),
    ),
    Group(
        code="gypsy_roma_traveller",
        parts=(
            ("census_ethnic_group", ("white_gypsy_or_irish_traveller", "white_roma")),
            ("census_main_language", ("romani", "romany_english", "irish_traveller_cant")),
            ("gypsy_traveller_caravans", WHOLE),
        ),
        gaps=("caravans_authority", "census_detailed", "bullying"),
    ),
    Group(
        code="asylum",
        parts=(
            ("asylum_supported", WHOLE),
            ("asylum_supported_accommodation", ("initial", "dispersal", "contingency", "other", "subsistence")),
            ("children_transferred", ("in",)),
        ),
        gaps=("children_after_2023",),
        unheld=True,
    ),
    Group(
        code="refugees",
        parts=(
            ("resettled_since_2014", WHOLE),
            ("afghan_programme_population", WHOLE),
            ("homes_for_ukraine_arrivals", WHOLE),
        ),
        unheld=True,
    ),
    Group(
        code="migrants",
        parts=(
            ("census_year_of_arrival", ("arrived",)),
            ("census_migrant_indicator", ("outside_uk",)),
            ("census_english_proficiency", ("main_other", "not_well", "not_at_all")),
            ("international_net", WHOLE),
            ("euss_applications", WHOLE),
            ("nino_registrations", WHOLE),
        ),
        gaps=("components_rebased",),
    ),
    Group(
        code="welsh_speakers",
        parts=(
            *((f"census_welsh_{skill}", ("can",)) for skill in ("speaking", "understanding", "reading", "writing")),
            ("census_household_language", ()),
        ),
    ),
    Group(
        code="carers",  # whoever provides care first: the first row is the title's
        parts=(("census_unpaid_care", ("19_or_less", "20_to_49", "50_or_more", "none")),),
        gaps=("census_crossed",),
    ),
    Group(
        code="poverty",
        parts=(
            ("census_household_deprivation", ("one", "two", "three", "four", "none")),
            ("children_in_relative_poverty_share", ("before_housing_costs", "after_housing_costs")),
            ("claimant_count_share", WHOLE),
            ("modelled_unemployment_rate", WHOLE),
            ("census_tenure", ()),
        ),
        gaps=("census_crossed",),
    ),
)
BY_CODE = {group.code: group for group in GROUPS}


def for_table(group: Group) -> Group:
    """Return a group with its strand of hate crime as past editions printed it for forces too; no chart mixes both."""
    past = tuple((FIRST_PUBLISHED, codes) for measure, codes in group.parts if measure == RECORDED)
    return replace(group, parts=(*group.parts, *past))


@dataclass(frozen=True, kw_only=True)
class Row:
    """One category of one measure: its newest figure for the place or the nearest area that has one, and its share."""

    series: Series
    figure: Observation
    share: float | None
    wales: float | None

    @property
    def is_part(self) -> bool:
        """Whether its figure is a number of which the share is told besides, and no share itself."""
        return self.share is not None and self.series.measure.kind != "share"


@remembered
def by_group(view: Subject, group: Group) -> Block[Wording]:
    """Return what is held about a group: shares beside Wales or the places chosen, or counts where none is a share."""
    rows = rows_of(group, view)
    missing = tuple(joined(what, ": ", why) for what, why in unheld(group, view))
    if not rows:
        return replace(common.not_held(CODE, page=common.NOMIS_PAGE), reason=list_of(missing, between=" "))
    shares = [row for row in rows if row.share is not None]
    drawn = shares or rows
    others, refused = _others(group, drawn, view)
    ends = sorted(row.figure.period.end for row in rows)
    ringed = not others and any(row.wales is not None for row in drawn)
    words = BlockWords(
        title=say(
            "by_group.title",
            group=name(group),
            in_place=common.place_in(view),
            first=joined(named(drawn[0], view), ": ", written(drawn[0])),
        ),
        subtitle=say(
            "by_group.subtitle" if shares else "by_group.subtitle_counts",
            area=view.place.name,
            years="–".join(dict.fromkeys((str(ends[0].year), str(ends[-1].year)))),
        ),
        sentence=sentences(
            say(
                "by_group.sentence_ring" if ringed else "by_group.sentence",
                listed=list_of(joined(named(row, view), ": ", written(row)) for row in drawn[:MOST_LISTED]),
            ),
            say("by_group.more", shown=MOST_LISTED, n=len(drawn)) if len(drawn) > MOST_LISTED else "",
        ),
        caveats=(
            *((caveat("beside.counts"),) if others and not shares else ()),
            *map(caveat, warnings(rows)),
            *(Caveat(text=one) for one in missing),
        ),
        whose=common.beside_wales(view, is_own=all(row.series.area.code == view.place.code for row in drawn)),
    )
    theirs = [row for by_key in others.values() for row in by_key.values()]
    figure = build.dots(
        view,
        code=CODE,
        rows=[_dot(row, view) for row in drawn],
        words=words,
        table=_with_missing(table([*rows, *theirs], view), group, view),
        sources=queries.sources_of(tuple(row.figure for row in (*rows, *theirs)), build=view.build),
        chosen=[_key(row) for row in drawn],
        rings=[_dot(row, view, of_wales=True) for row in drawn if ringed and row.wales is not None],
        counted=[row.figure for row in rows],
        ranked=False,
    )
    return _side_by_side(figure, drawn, others, refused, view)


ByPlace = Mapping[Area, Mapping[str, Row]]  # of a place beside ours, its row of each category


def _others(group: Group, drawn: list[Row], view: Subject) -> tuple[ByPlace, list[Wording]]:
    """Return the rows of the places beside ours that may stand under those drawn, and why other places may not.

    Only figures of a place itself are set side by side: a larger area's are the same for all who lie in it.
    """
    ours = [row for row in drawn if row.series.area.code == view.place.code]
    if view.beside and not ours:
        return {}, [say("beside.one_area", area=drawn[0].series.area.name)]
    others, refused = dict[Area, dict[str, Row]](), []
    for place in view.beside:
        whole = [] if place.code == SIMILAR else rows_of(group, replace(view, place=place, beside=()))
        theirs = {_category_key(row): row for row in whole if row.series.area.code == place.code}
        reasons = [_refusal(place, row, theirs.get(_category_key(row)), view) for row in ours]
        if all(reasons):
            refused.append(reasons[0])
            continue
        judged = list(zip(ours, reasons, strict=True))
        others[place] = {key: theirs[key] for row, reason in judged if not reason and (key := _category_key(row))}
        refused += [joined(named(row, view), ": ", reason) for row, reason in judged if reason]
    return others, refused


def _refusal(place: Area, ours: Row, theirs: Row | None, view: Subject) -> Wording:
    is_same = theirs is not None and theirs.figure.period == ours.figure.period
    return beside.refused(place, ours.series, ours.series.measure.code if is_same else None, view)


def _side_by_side(
    figure: Figure[Wording], drawn: list[Row], others: ByPlace, refused: list[Wording], view: Subject
) -> Figure[Wording]:
    """Return a figure with a row for each place under every category, ours first; who cannot stand there is named."""
    if not others:
        return build.saying(figure, refused=refused) if refused else figure
    groups = []
    for row in drawn:
        theirs = [by_key[key] for by_key in others.values() if (key := _category_key(row)) in by_key]
        groups.append((named(row, view), [_place_row(one, view) for one in (row, *theirs)]))
    group_in_words = next(group for group in groups if len(group[1]) > 1)
    return build.side_by_side(figure, groups, (view.place, *others), group_in_words=group_in_words, refused=refused)


def _place_row(row: Row, view: Subject) -> beside.Row:
    """Return a row of one place under the name of what it counts."""
    place = row.series.area
    dot = _dot(row, replace(view, place=place))
    return beside.place_row(place, dot.name, value=dot.value, label=dot.label, stretch=dot.stretch)


def warnings(rows: Sequence[Row]) -> tuple[str, ...]:
    """Return what is to be said of rows of a group, as keys: that shares have a whole of their own, where any has."""
    has_shares = any(row.share is not None for row in rows)
    return (*(("by_group.bases",) if has_shares else ()), "by_group.no_sum")


def name(group: Group) -> Wording:
    """Return what a group is called."""
    return say(f"by_group.group.{group.code}")


def unheld(group: Group, view: Subject) -> list[tuple[Wording, Wording]]:
    """Return what is not held about a group: what it is, and why."""
    gaps = [gap for gap in queries.gaps(build=view.build) if gap.code in group.gaps and concerns(gap, view)]
    named: list[tuple[Wording, Wording]] = [(gap.entry.heading, gap.entry.text) for gap in gaps]
    if not group.unheld:
        return named
    what, why = (say(f"by_group.unheld.{group.code}.{part}") for part in ("what", "why"))
    return [(what, why), *named]


def concerns(gap: Gap, view: Subject) -> bool:
    """Tell whether a gap of the ledger is one of the place: some concern council areas alone."""
    return view.place.is_council or not gap.councils_only


def rows_of(group: Group, view: Subject) -> list[Row]:
    """Return what is held about a group: each category's newest figure, here or in the nearest area that has one."""
    rows = []
    for measure, codes in group.parts:
        by_code = queries.categories(measure, build=view.build)
        within = [code for code, category in by_code.items() if category.parent == TOTAL]
        for code in codes or within:
            rows += [_row(series, view) for series in nearest(measure, code, view)]
    return rows


def nearest(measure: str, category: str, view: Subject) -> list[Series]:
    """Return the series of the place, else of each of its members, else of the nearest larger area that has figures.

    Of aggravated offences that of its partnership comes first.
    """
    own = queries.own_offences_area(measure, view.place.code, build=view.build) or view.place
    larger = dict.fromkeys((police_area(view).code, HOME.benchmark, *reversed(HOME.scopes), WITHOUT_LONDON))
    members = view.place.members if view.place.kind == "composite" else ()
    for codes in ((own.code,), members, *((code,) for code in larger)):
        every = [queries.series(measure, code, category=category, build=view.build) for code in codes]
        if every and all(series.latest for series in every):
            return every
    return []


def _row(series: Series, view: Subject) -> Row:
    figure = series.latest
    if figure is None:
        raise ValueError(f"expected a figure of {series.measure.code}; came none")
    of_wales = None if series.area.code == HOME.benchmark else _share_of(series, HOME.benchmark, figure, view)
    return Row(series=series, figure=figure, share=_share_of(series, series.area.code, figure, view), wales=of_wales)


def _share_of(series: Series, area: str, figure: Observation, view: Subject) -> float | None:
    """Return a category's share in an area in the period of a figure; None of what is no part of a whole."""
    measure, category = series.measure.code, series.category.code
    part = _value(measure, area, category, figure, view)
    if series.measure.kind == "share" or part is None:
        return part
    whole = _value(measure, area, TOTAL, figure, view) if measure.startswith("census_") else None
    return part / whole * 100 if whole else None


def _value(measure: str, area: str, category: str, figure: Observation, view: Subject) -> float | None:
    same_day = at(queries.series(measure, area, category=category, build=view.build), figure.period)
    return same_day.value if same_day else None


def is_of(area: Area, view: Subject) -> bool:
    """Tell whether figures of an area are the place's own, or those of a council it is made of."""
    return area.code == view.place.code or area.code in (view.place.members if view.place.kind == "composite" else ())


def _key(row: Row) -> str:
    return f"{_category_key(row)}:{row.series.area.code}"


def _category_key(row: Row) -> str:
    return f"{row.series.measure.code}:{row.series.category.code}"


def named(row: Row, view: Subject) -> Wording:
    """Return what a row counts: its category, or its measure where the whole is meant; and where, if not the place."""
    series = row.series
    what: Wording = (series.measure if series.category.code == TOTAL else series.category).name
    if series.category.code != TOTAL and series.measure.topic != "census":  # "before housing costs" of what?
        what = say("overview.part", measure=series.measure.name, part=series.category.name)
    if series.area.code == view.place.code:
        return what
    return say("figure.name_and_place", name=what, place=series.area.name)


def written(row: Row, *, of_wales: bool = False) -> Wording:
    """Return a row's share as it is read, here or in Wales, or its count where it is no share."""
    share = row.wales if of_wales else row.share
    if share is None:
        return common.in_prose(row.figure.value, row.series.measure)
    return PerCent(share)


def here(row: Row) -> Wording:
    """Return what is held of a row as paper has room for it: "67,506 (18.6%)", or the one of the two that there is."""
    count = common.in_row(row.figure.value, row.series.measure)
    if row.share is None or common.is_told_in_words(row.figure.value, row.series.measure):
        return count
    return joined(count, " (", written(row), ")") if row.is_part else written(row)


def wales(row: Row) -> Wording:
    """Return a row's share in Wales as it is read, or that it has none."""
    return NOT_APPLICABLE if row.wales is None else written(row, of_wales=True)


def whom(row: Row) -> Wording:
    """Return whom a row's share is of, or what it counts where it is no part of a whole."""
    return common.base(row.series.measure) if row.is_part else row.series.measure.unit


def _dot(row: Row, view: Subject, *, of_wales: bool = False) -> Dot:
    what, label = named(row, view), written(row, of_wales=of_wales)
    value = row.wales if of_wales else row.share if row.share is not None else row.figure.value
    hover = joined(what, "<br><b>", label, "</b>")
    reach = common.stretch(value, row.series.measure) if row.share is None else None
    return Dot(name=what, value=value, label=label, hover=hover, code=_key(row), stretch=reach)


def _with_missing(table: Table[Wording], group: Group, view: Subject) -> Table[Wording]:
    """Return the rows of what is held, and after them one for each thing that is not, with why."""
    empty: Named = {column.key: None if column.kind == "number" else "" for column in table.columns}
    missing = ({**empty, "measure": what, "marker": NOT_AVAILABLE, "gap": why} for what, why in unheld(group, view))
    return table.followed_by(Table.of(table.columns, missing))


def table(rows: list[Row], view: Subject) -> Table[Wording]:
    """Return a row for each figure: what it counts, where and when, its share here and in Wales, and its source."""
    columns = (
        *common_columns("measure", "category"),
        Column(key="count", label=say("by_group.number"), kind="number"),
        *common_columns("marker", is_shown=False),
        Column(key="unit", label=say("by_group.unit"), is_shown=False),
        Column(key="share", label=say("by_group.share"), kind="number", decimals=1),
        Column(key="wales", label=say("by_group.wales"), kind="number", decimals=1),
        Column(key="base", label=say("by_group.of_whom")),
        *common_columns("area"),
        *common_columns("area_code", is_shown=False),
        Column(key="when", label=say("column.period")),
        *common_columns("source"),
        Column(key="released", label=say("figure.released")),
        *common_columns("grade", is_shown=False),
        Column(key="gap", label=say("by_group.gap")),
    )
    table = Table.of(columns, (_cells(row, view) for row in rows))
    return with_days(table.without_empty("share", "wales", "base"), of="when")


def _cells(row: Row, view: Subject) -> Named:
    measure, area = row.series.measure, row.series.area
    source = queries.sources(build=view.build)[row.figure.source]
    return {
        "measure": measure.name,
        "category": row.series.category.name,
        "count": None if measure.kind == "share" else row.figure.value,
        "marker": row.figure.marker,
        "unit": measure.unit,
        "share": row.share,
        "wales": row.wales,
        "base": common.base(measure) if row.is_part else "",
        "area": area.name,
        "area_code": area.code,
        "when": period_name(row.figure.period, measure=measure.code),
        "source": joined(source.publisher, ": ", source.title),
        "released": release_name(source.released),
        "grade": source.grade,
        "gap": "" if is_of(area, view) or area in view.beside else say("by_group.larger", area=area.name),
    }
