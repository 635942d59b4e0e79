"""Community profile: who lived here on Census Day 2021, one block for each question that the census asked.

The awkward fact: census tables differ from each other by a few people on purpose, their categories nest, and not all
count the same people. A share is therefore always of its own table's total, and its title says whom it is of.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from dashboard import memory, queries
from dashboard.beside import SIMILAR
from dashboard.blocks import beside, build, common
from dashboard.blocks.beside import Row
from dashboard.blocks.build import BlockWords, Dot
from dashboard.blocks.remembering import remembered
from dashboard.caveats import Caveat, caveat
from dashboard.figure import Block, Column, Figure, Subject, Table
from dashboard.i18n.numbers import PerCent
from dashboard.i18n.people import number_of_people
from dashboard.i18n.text import Wording, joined, list_of, say
from dashboard.model import TOTAL, Area, Category, Measure, Observation, Period, Source
from dashboard.nations import HOME
from dashboard.places import COUNT
from dashboard.tables import Named, by_name, common_columns, day_columns, named_days, period_name

MOST_ROWS, LISTED = 10, 6  # rows drawn of a table, and categories told in its sentence
GYPSY_ROMA = ("white_gypsy_or_irish_traveller", "white_roma")


@dataclass(frozen=True, kw_only=True)
class Section:
    """One census question: the texts' name, its table, and which of its categories are drawn.

    Those named, or else the parts of `within`; with `smallest` the parts of those parts, down to those that hold no
    others or are `taken_whole`. `also` are further tables of whose categories those named are drawn too.
    """

    name: str
    measure: str
    also: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    within: str = TOTAL
    smallest: bool = False
    taken_whole: tuple[str, ...] = ()
    headline: str = ""  # the category of the title; the largest drawn where none is named
    in_order: bool = False  # drawn in the table's own order (ages, years), not by size
    short_table: bool = False  # lists only what is drawn: another section lists the whole table


SECTIONS = (
    Section(name="age", measure="census_age", in_order=True),
    Section(name="sex", measure="census_sex"),
    Section(name="ethnic_group", measure="census_ethnic_group"),
    Section(name="gypsy_roma", measure="census_ethnic_group", categories=GYPSY_ROMA, short_table=True),
    Section(name="national_identity", measure="census_national_identity", categories=(
        "welsh_only", "british_only", "welsh_and_british", "english_only", "english_and_british", "uk_other",
        "uk_and_non_uk", "non_uk_only",
    )),
    Section(
        name="national_identity_detailed",
        measure="census_national_identity_detailed",
        within="other",
        smallest=True,
        headline="other",
    ),
    Section(name="religion", measure="census_religion"),
    Section(
        name="main_language",
        measure="census_main_language",
        within="other_than_english_or_welsh",
        smallest=True,
        taken_whole=("chinese",),
        headline="other_than_english_or_welsh",
    ),
    Section(name="english", measure="census_english_proficiency", categories=(
        "main_english_or_welsh", "very_well", "well", "not_well", "not_at_all",
    )),
    Section(
        name="welsh",
        measure="census_welsh_speaking",
        also=("census_welsh_understanding", "census_welsh_reading", "census_welsh_writing", "census_welsh_skills"),
        categories=("can",),
        headline="can",
    ),
    Section(name="household_language", measure="census_household_language"),
    Section(
        name="country_of_birth",
        measure="census_country_of_birth",
        categories=(
            "europe_united_kingdom", "europe_other_europe", "africa", "middle_east_and_asia",
            "the_americas_and_the_caribbean", "antarctica_and_oceania",
        ),
        short_table=True,
    ),
    Section(name="birthplaces", measure="census_country_of_birth", smallest=True),
    Section(
        name="year_of_arrival",
        measure="census_year_of_arrival",
        also=("census_length_of_residence", "census_age_on_arrival"),
        within="arrived",
        headline="arrived",
        in_order=True,
    ),
    Section(name="passports", measure="census_passports", categories=(
        "uk", "none", "poland", "india", "romania", "ireland", "italy", "portugal", "spain", "pakistan", "nigeria",
    )),
    Section(name="moved", measure="census_migrant_indicator"),
    Section(
        name="mixed_households",
        measure="census_household_ethnic_groups",
        also=("census_household_main_languages", "census_household_religions"),
        categories=("within_partnerships", "between_generations", "different"),
    ),
    Section(name="sexual_orientation", measure="census_sexual_orientation"),
    Section(name="gender_identity", measure="census_gender_identity"),
    Section(name="disability", measure="census_disability", headline="disabled"),
    Section(name="household_disability", measure="census_household_disability"),
    Section(name="health", measure="census_general_health", in_order=True),
    Section(name="unpaid_care", measure="census_unpaid_care", in_order=True),
    Section(name="economic_activity", measure="census_economic_activity", categories=(
        "employed", "unemployed", "student_active", "retired", "student_inactive", "home_or_family",
        "long_term_sick_or_disabled", "inactive_other",
    )),
    Section(name="qualifications", measure="census_qualifications", in_order=True),
    Section(name="tenure", measure="census_tenure"),
    Section(name="household_deprivation", measure="census_household_deprivation", in_order=True),
)  # fmt: skip
MEASURES = tuple(sorted({measure for section in SECTIONS for measure in (section.measure, *section.also)}))
UK_BORN = "europe_united_kingdom"


@dataclass(frozen=True, kw_only=True)
class Share:
    """One category of a census table in one place, with its share of the table's total."""

    category: Category
    figure: Observation
    share: float | None


def has_shares(section: Section) -> bool:
    """Tell whether a section's categories are shares worth telling, which two small groups are not."""
    return section.categories != GYPSY_ROMA


ByMeasure = Mapping[str, Mapping[str, Observation]]  # measure -> category -> the place's figure


def shares(section: Section, area: str, *, build_id: str) -> tuple[Share, ...]:
    """Return the shares of a section's categories in a place, largest first or in order; empty when none are held."""
    by_measure = queries.newest_by_category(MEASURES, area, build=build_id)
    rows = [
        Share(
            category=category,
            figure=by_measure[measure][category.code],
            share=_shares(measure, area, build=build_id)[category.code],
        )
        for measure in (section.measure, *(section.also if section.categories else ()))
        for category in _drawn(section, measure, build_id=build_id)
        if category.code in by_measure.get(measure, {})
    ]
    if section.in_order:
        return tuple(rows)
    return tuple(sorted(rows, key=lambda row: row.share or 0, reverse=True)[: max(MOST_ROWS, len(section.categories))])


def _drawn(section: Section, measure: str, *, build_id: str) -> list[Category]:
    by_code = queries.categories(measure, build=build_id)
    if section.categories:
        return [by_code[code] for code in section.categories if code in by_code]
    if not section.smallest:
        return [category for category in by_code.values() if category.parent == section.within]
    parts: dict[str | None, list[Category]] = {}
    for category in by_code.values():
        parts.setdefault(category.parent, []).append(category)
    return _smallest(section, parts, section.within)


def _smallest(section: Section, parts: Mapping[str | None, list[Category]], within: str) -> list[Category]:
    """Return the parts that hold no others and name one country, language or identity; nobody born in the UK."""
    smallest: list[Category] = []
    for category in parts.get(within, ()):
        if category.code == UK_BORN:
            continue
        is_smallest = category.code in section.taken_whole or category.code not in parts
        smallest += [category] if is_smallest else _smallest(section, parts, category.code)
    return [category for category in smallest if not _is_rest(category)]


def _is_rest(category: Category) -> bool:
    """Return whether a category gathers those that its table does not name ("Other Southern Asia")."""
    own = category.code.removeprefix(f"{category.parent}_")
    return own.startswith(("other", "rest_", "all_")) or own.endswith("_other") or "otherwise" in own


@memory.remembered(most=1024)
def _shares(measure: str, area: str, *, build: str) -> Mapping[str, float | None]:
    """Return the share of every category of a census table in a place."""
    figures = queries.newest_by_category(MEASURES, area, build=build).get(measure)
    numbers = figures.numbers if figures else {}
    whole = numbers.get(TOTAL)
    shares = {code: n / whole * 100 if whole and n is not None else None for code, n in numbers.items()}
    return MappingProxyType(shares)


@remembered
def answer(section: Section, view: Subject) -> Block[Wording]:
    """Return the make-up of the place by one census question, with Wales as rings."""
    ours = shares(section, view.place.code, build_id=view.build)
    if not ours:
        return common.not_held(f"census_{section.name}", page=common.NOMIS_PAGE)
    if not has_shares(section):
        return _gypsy_roma(section, ours, view)
    if view.unit == COUNT:
        return _counts(section, ours, view)
    wales = {s.category: s for s in shares(section, HOME.benchmark, build_id=view.build)} if _has_ring(view) else {}
    wales |= _same_of(HOME.benchmark, ours, view) if wales else {}
    rows = [_dot(s, view) for s in ours]
    drawn = tuple(s.figure for s in ours)
    figure = build.dots(
        view,
        code=f"census_{section.name}",
        rows=rows,
        words=BlockWords(
            title=_title(section, ours, view),
            subtitle=_subtitle(section, drawn[0], view),
            sentence=say("census.sentence_ring" if wales else "census.sentence", listed=_listed(ours)),
            caveats=(
                *((caveat("census.named_only"),) if section.smallest else ()),
                *_sum_note(drawn, view),
            ),
            whose=common.beside_wales(view),
        ),
        table=Table.later(lambda: _table(section, view), areas={}),
        sources=_sources(section, view),
        chosen=[row.code for row in rows],
        rings=[_dot(wales[s.category], view, of_wales=True) for s in ours if s.category in wales],
        counted=drawn,
        ranked=not section.in_order,
    )
    return _side_by_side(figure, section, ours, view) if view.beside else figure


def _side_by_side(figure: Figure[Wording], section: Section, ours: tuple[Share, ...], view: Subject) -> Figure[Wording]:
    """Return the make-up of several places, a row for each in every category; who has no such table is named."""
    own = queries.series(section.measure, view.place.code, category=ours[0].category.code, build=view.build)
    rows: list[tuple[Area, dict[Category, Share]]] = [(view.place, {s.category: s for s in ours})]
    refusals = []
    for place in view.beside:
        theirs = {} if place.code == SIMILAR else _same_of(place.code, ours, view)
        refusal = beside.refused(place, own, section.measure if theirs else None, view)
        if refusal:
            refusals.append(refusal)
        else:
            rows.append((place, theirs))
    if len(rows) == 1:
        return build.saying(figure, refused=refusals)
    places = [place for place, _ in rows]
    order = ours if section.in_order else sorted(ours, key=lambda s: s.share or 0, reverse=True)
    groups = [
        (s.category.name, [_row(place, shares[s.category]) for place, shares in rows if s.category in shares])
        for s in order
    ]
    headline = _headline(section, max(ours, key=lambda s: s.share or 0), view)
    of_headline = [_row(place, share) for place in places for share in _same_of(place.code, (headline,), view).values()]
    found_sources = (source for place in places for source in _sources(section, replace(view, place=place)))
    sentence = say("census.sentence", listed=_listed(ours))
    several = replace(
        figure,
        alt=say("alt.dots", title=figure.title, sentence=sentence),
        sentence=sentence,
        table=Table.later(lambda: _table(section, view, of=places), areas=by_name(places)),
        sources=tuple(dict.fromkeys(found_sources)),
    )
    group_in_words = (headline.category.name, of_headline)
    return build.side_by_side(several, groups, places, group_in_words=group_in_words, refused=refusals)


def _row(place: Area, share: Share) -> Row:
    return beside.place_row(place, share.category.name, value=share.share, label=PerCent(share.share))


def _gypsy_roma(section: Section, ours: tuple[Share, ...], view: Subject) -> Figure[Wording]:
    """Return how many people chose two small groups, as counts: a share of 0.04% tells nobody anything."""
    travellers, roma = (
        number_of_people(s.figure.value) for code in GYPSY_ROMA for s in ours if s.category.code == code
    )
    words = {"travellers": travellers, "roma": roma, "in_place": common.place_in(view)}
    title, sentence = say("census.gypsy_roma_title", **words), say("census.gypsy_roma_sentence")
    notes = (caveat("census.gypsy_roma_caveat"),)
    return _as_counts(section, ours, view, title=title, sentence=sentence, caveats=notes, headline=ours[0])


def _counts(section: Section, ours: tuple[Share, ...], view: Subject) -> Figure[Wording]:
    """Return the make-up of the place as counts, which are not set beside those of Wales."""
    largest = max(ours, key=lambda s: s.figure.value or 0)
    headline = _headline(section, largest, view)
    measure = queries.measure(headline.figure.measure, build=view.build)
    title = say(
        _count_title(headline.figure, measure),
        category=headline.category.name,
        n=common.in_prose(headline.figure.value, measure),
        base=common.base(measure),
        in_place=common.place_in(view),
    )
    by_size = sorted(ours, key=lambda s: s.figure.value or 0, reverse=True)[:LISTED]
    listed = list_of(joined(s.category.name, ": ", common.in_prose(s.figure.value, measure)) for s in by_size)
    named = (caveat("census.named_only"),) if section.smallest else ()
    sentence = say("census.sentence", listed=listed)
    return _as_counts(section, ours, view, title=title, sentence=sentence, caveats=named, headline=headline)


def _count_title(figure: Observation, measure: Measure) -> str:
    """Return the key of a title that says how many people or households, and whom they are of; few or none in words."""
    if common.is_told_in_words(figure.value, measure) or not figure.value:
        return "census.count_title_few_of" if measure.base else "census.count_title_few"
    if measure.counts != "people":
        return "census.count_title_households"
    return "census.count_title_people_of" if measure.base else "census.count_title_people"


def _as_counts(
    section: Section,
    ours: tuple[Share, ...],
    view: Subject,
    *,
    title: Wording,
    sentence: Wording,
    caveats: tuple[Caveat[Wording], ...],
    headline: Share,
) -> Figure[Wording]:
    """Return categories drawn as counts, those of other places under the same heading; `headline` in words too."""
    *series, series_in_words = (
        queries.series(s.figure.measure, view.place.code, category=s.category.code, build=view.build)
        for s in (*ours, headline)
    )
    rows = [replace(build.category_dot(one), code=one.category.name.en) for one in series]
    drawn = tuple(s.figure for s in ours)
    return build.dots(
        view,
        code=f"census_{section.name}",
        rows=rows,
        words=BlockWords(
            title=title,
            subtitle=_subtitle(section, drawn[0], view, of_counts=True),
            sentence=sentence,
            caveats=(*caveats, *_sum_note(drawn, view)),
        ),
        table=Table.later(lambda: _table(section, view), areas={}),
        sources=_sources(section, view),
        chosen=[row.code for row in rows],
        counted=drawn,
        ranked=not section.in_order,
        series=series,
        series_in_words=series_in_words,
        rows_of=lambda places: _table(section, view, of=places),
    )


def _newest_of(area: str, view: Subject) -> ByMeasure:
    return queries.newest_by_category(MEASURES, area, build=view.build)


def _has_ring(view: Subject) -> bool:
    return view.place.code != HOME.benchmark


def _same_of(area: str, ours: tuple[Share, ...], view: Subject) -> dict[Category, Share]:
    """Return another area's shares of the very categories drawn: its own ten largest may be others."""
    by_measure = _newest_of(area, view)
    theirs = ((s.category, by_measure.get(s.figure.measure, {})) for s in ours)
    return {
        category: Share(
            category=category,
            figure=figures[category.code],
            share=_shares(figures[category.code].measure, area, build=view.build)[category.code],
        )
        for category, figures in theirs
        if category.code in figures
    }


def _headline(section: Section, largest: Share, view: Subject) -> Share:
    """Return the category of the title: the one that a section names, or the largest drawn."""
    own = _newest_of(view.place.code, view).get(section.measure, {})
    if section.headline not in own:
        return largest
    category = queries.categories(section.measure, build=view.build)[section.headline]
    share = _shares(section.measure, view.place.code, build=view.build)[section.headline]
    return Share(category=category, figure=own[section.headline], share=share)


def _title(section: Section, ours: tuple[Share, ...], view: Subject) -> Wording:
    """Return the finding: the share of the headline's category, or of the largest drawn, and whom it is of."""
    headline = _headline(section, max(ours, key=lambda s: s.share or 0), view)
    return say(
        "census.title",
        category=headline.category.name,
        share=PerCent(headline.share),
        base=common.base(queries.measure(section.measure, build=view.build)),
        in_place=common.place_in(view),
    )


def _subtitle(section: Section, figure: Observation, view: Subject, *, of_counts: bool = False) -> Wording:
    measure = queries.measure(section.measure, build=view.build)
    return say(
        "census.count_subtitle" if of_counts else "census.subtitle",
        measure=measure.name,
        base=common.base(measure),
        area=view.place.name,
        period=period_name(figure.period),
    )


def _sum_note(figures: tuple[Observation, ...], view: Subject) -> tuple[Caveat[Wording], ...]:
    if not any(figure.derived for figure in figures):
        return ()
    return (caveat("caveat.sum_of_members", area=view.place.called),)


def _listed(shares: tuple[Share, ...]) -> Wording:
    largest = sorted(shares, key=lambda s: s.share or 0, reverse=True)[:LISTED]
    return list_of(joined(s.category.name, ": ", PerCent(s.share)) for s in largest)


def _dot(share: Share, view: Subject, *, of_wales: bool = False) -> Dot:
    name, written = share.category.name, PerCent(share.share)
    where = queries.area(HOME.benchmark, build=view.build).name if of_wales else view.place.name
    hover = joined(name, ", ", where, "<br><b>", written, "</b>")
    return Dot(name=name, value=share.share, label=written, hover=hover, code=share.category.name.en)


def _sources(section: Section, view: Subject) -> tuple[Source, ...]:
    return _sources_of((section.measure, *section.also), view.place.code, build=view.build)


@memory.remembered(most=1024)
def _sources_of(measures: tuple[str, ...], area: str, *, build: str) -> tuple[Source, ...]:
    by_measure = queries.newest_by_category(MEASURES, area, build=build)
    every_source = queries.sources(build=build)
    codes = dict.fromkeys(code for m in measures if m in by_measure for code in by_measure[m].cited)
    return tuple(every_source[code] for code in codes)


def _table(section: Section, view: Subject, *, of: Sequence[Area] = ()) -> Table[Wording]:
    """Return every category of the section's tables, nested ones too, with count, share, and the share of Wales.

    The rows are those of the place, or `of` several places, each with its name before them.
    """
    measures = (section.measure, *section.also)
    people = queries.measure(section.measure, build=view.build).counts == "people"
    decimals = 2 if section.categories == GYPSY_ROMA else 1
    whose = (
        *common_columns("area"),
        *common_columns("area_code", is_shown=False),
    )
    columns = (
        *(whose if of else ()),
        *common_columns("category"),
        *common_columns("category_code", is_shown=False),
        *common_columns("measure", is_shown=len(measures) > 1),
        Column(key="within", label=say("column.within")),
        Column(key="count", label=say("unit.people" if people else "unit.households"), kind="number"),
        Column(key="share", label=say("unit.percent"), kind="number", decimals=decimals),
        Column(key="wales", label=say("census.wales_percent"), kind="number", decimals=decimals),
        *common_columns("period", is_shown=False),
        *day_columns(),
        *common_columns("source", is_shown=False),
    )
    drawn = (TOTAL, *section.categories) if section.short_table else None
    rows = (
        {"area": place.name, "area_code": place.code, **row}
        for place in of or (view.place,)
        for measure in measures
        for row in _rows(measure, place.code, drawn=drawn, build=view.build)
    )
    return Table.of(columns, rows)


def _rows(measure: str, area: str, *, drawn: tuple[str, ...] | None, build: str) -> Iterator[Named]:
    """Yield the cells of a measure's categories in a place; of those that are `drawn` alone, where named."""
    ours = queries.newest_by_category(MEASURES, area, build=build).get(measure)
    if ours is None:
        return
    share, wales = (_shares(measure, code, build=build) for code in (area, HOME.benchmark))
    by_code = queries.categories(measure, build=build)
    name = queries.measure(measure, build=build).name
    for code, category in by_code.items():
        if code in ours and (drawn is None or code in drawn):
            figure = ours[code]
            yield {
                "category": category.name,
                "category_code": code,
                "measure": name,
                "within": by_code[category.parent].name if category.parent else "",
                "count": figure.value,
                "share": share[code],
                "wales": wales.get(code),
                **_stands(figure.period, figure.source, build=build),
            }


@memory.remembered(most=256)
def _stands(period: Period, source: str, *, build: str) -> Named:
    """Return the cells that say of when a figure is, and where it stands: the same for all of a table."""
    title = queries.sources(build=build)[source].title
    return {"period": period_name(period), **named_days(period), "source": title}
