"""A category, a unit, ranges: what a figure admits, what it says then, and what never happens to it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard import queries
from dashboard.blocks.beside import LEAST_FOR_A_RATE, has_rate
from dashboard.caveats import Range
from dashboard.figure import Figure
from dashboard.figures.catalogue import BY_CODE, ENTRIES, answer, unread, with_usual
from dashboard.figures.request import AT, RANGES, UNIT, read
from dashboard.i18n import LANGUAGES, t
from dashboard.model import TOTAL, Years
from dashboard.places import BY_CODE as BY_CODE_OF_PLACES
from dashboard.places import CHOICES, narrowed

CATEGORIES = ("offence", "strand", "support", "scheme")
OF_MORE_LEAVING = "W15000002"  # a force area that in 2011 more people left than came to, most for the rest of the UK
PLACES = ("W06000015", "W06000014", "W15000003", "W92000004")
MARKUP = ("<b>x</b>", "javascript:alert(1)", "[a](https://example.org)", "", "x" * 9_000, "rate,count", "RATE; DROP")


def offered(view, code: str, name: str, **chosen: str) -> tuple[str, ...]:
    option = next(one for one in BY_CODE[code].options if one.name == name)
    return option.codes(with_usual(code, view, **chosen))


def with_choice(view, code: str, **chosen: str) -> Figure:
    block = answer(code, with_usual(code, view, **chosen))
    assert isinstance(block, Figure), (code, chosen)
    return block


def column(figure: Figure, key: str) -> list:
    at = next(n for n, one in enumerate(figure.table.columns) if one.key == key)
    return [row[at] for row in figure.table.rows]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("place", PLACES)
def test_every_category_that_is_offered_has_a_figure_of_its_rows_alone(view, place, lang):
    here = view(place, lang)
    for entry in ENTRIES:
        for name in {one.name for one in entry.options} & set(CATEGORIES):
            for code in offered(here, entry.code, name)[1:]:
                figure = with_choice(here, entry.code, **{name: code})
                (category,) = set(column(figure, "category"))
                assert category in figure.title
                assert category in figure.alt
                assert {o.category for o in figure.newest} == {code}


def test_only_what_a_measure_allows_is_offered(view):
    for place in PLACES:
        here = view(place)
        for entry in ENTRIES:
            if UNIT in {one.name for one in entry.options}:
                units = offered(here, entry.code, UNIT)
                of_lines = ((), ("count", "rate"), ("count", "share"))
                assert units in (*of_lines, ("rate", "count"), ("share", "count")), entry.code
    assert "strand" in {one.name for one in BY_CODE["strands_england_wales"].options}
    for code in ("strands_england_wales", "strands_wales", "strands_force", "religion_targeted", "ukraine"):
        assert UNIT not in {one.name for one in BY_CODE[code].options}, code  # no rate of a strand, none of arrivals


MAPS = [(choice.code, part, unit) for choice in CHOICES for part in choice.parts or ("",) for unit in ("", "count")]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("measure", "part", "unit"), MAPS)
def test_a_part_and_counts_on_maps_and_ranks_are_the_published_figures(view, measure, part, unit, lang):
    here = view("W06000015", lang)
    one = narrowed(measure, part=part, unit=unit)
    options = {"measure": measure, "part": part} | ({"unit": unit} if one.can_count else {})
    name = queries.categories(one.measure, build=here.build)[one.part].name.text(lang)
    for code in ("compare_map", "compare_dots"):
        figure = with_choice(here, code, **options)
        held = {o.area: o.value for o in figure.newest}
        if one.how in ("count", "published"):
            rows = dict(zip(column(figure, "area_code"), column(figure, "value"), strict=True))
            assert rows == {area: held[area] for area in rows}, (code, measure, part)
        assert {o.category for o in figure.newest} == {one.part}
        if part and (one.named_by_part or part != BY_CODE_OF_PLACES[measure].part):
            assert name in figure.title
            assert name in figure.alt
            assert name in figure.subtitle
        assert ("circle" in figure.alt or "cylch" in figure.alt) == (code == "compare_map" and one.how == "count")


def test_of_one_support_a_map_has_counts_alone_and_says_so(view):
    here = view("W06000015")
    assert offered(here, "asylum_map", UNIT) == ("rate", "count")
    assert offered(here, "asylum_map", UNIT, support="section_95") == ()
    figure = with_choice(here, "asylum_map", support="section_95")
    assert figure.title.startswith("Section 95: people in 21 of the 22 local authorities of Wales")
    assert "Cardiff (1,298)" in figure.sentence
    assert figure.drawing.counts
    assert "No rate is given of one kind of support" in " ".join(figure.caveat_texts)
    assert "rate" not in [one.key for one in figure.table.columns]
    counts = with_choice(here, "asylum_map", unit="count")
    assert counts.drawing.counts
    assert column(counts, "count")[0] == 1313
    assert "per 10,000" not in counts.subtitle


def test_the_days_of_a_map_are_those_of_the_part_that_is_chosen(view):
    here = view("W06000015")
    assert offered(here, "asylum_map", AT)[0] == "2026-06-30"
    assert offered(here, "asylum_map", AT, support="section_98")[0] == "2026-03-31"
    assert "2025-12-31" not in offered(here, "compare_map", AT, measure="asylum_supported", part="section_4")


def test_a_rate_is_of_all_residents_and_its_finding_rows_and_caveats_follow(view, build):
    figure = with_choice(view("W06000015"), "asylum_support", unit="rate")
    newest = next(row for row in column(figure, "rate") if row is not None)
    people, count = column(figure, "population")[0], column(figure, "value")[0]
    assert newest == pytest.approx(count / people * 10_000)
    assert people == queries.population("W06000015", period=figure.newest[-1].period, build=build).value
    assert f"{newest:.1f} per 10,000 people" in figure.title
    assert figure.title in figure.alt
    assert "Rates are divided by all residents" in " ".join(figure.caveat_texts)
    assert max(p.value for p in figure.drawing.points if p.value) < 60


def test_no_rate_is_given_of_fewer_than_twenty(view):
    figure = with_choice(view("W06000014"), "asylum_support", unit="rate")
    pairs = list(zip(column(figure, "value"), column(figure, "rate"), strict=True))
    small = [rate for count, rate in pairs if count is not None and count < LEAST_FOR_A_RATE]
    assert small
    assert set(small) == {None}
    assert offered(view("W15000003"), "rra_quarterly", UNIT, offence="58J") == ()
    assert offered(view("W15000003"), "rra_quarterly", UNIT) == ("count", "rate")


def test_a_newest_count_of_none_offers_no_rate_though_older_counts_had_one(view, build):
    where, here = "W06000015", view("W06000015")
    resettled = queries.series("resettled_people", where, build=build)
    assert resettled.latest.value == 0
    assert max(o.value for o in resettled.observations) >= LEAST_FOR_A_RATE
    assert not has_rate("resettled_people", where, here, category=TOTAL)
    assert offered(here, "resettlement", UNIT) == ()
    before = replace(here, years=Years(last=next(o.period.end.year for o in resettled.observations if o.value > 20)))
    newest = [o for o in resettled.observations if before.years.hold(o.period)][-1]
    assert has_rate("resettled_people", where, before, category=TOTAL) == (newest.value >= LEAST_FOR_A_RATE)


@pytest.mark.parametrize("code", ["rra_quarterly", "rra_by_offence", "all_crime", "modern_slavery_offences"])
def test_rates_of_a_force_are_its_counts_by_the_people_of_its_area_and_counts_are_as_ever(view, code):
    forces = [f"W1500000{n}" for n in (1, 2, 3, 4)]
    with_rates = [force for force in forces if offered(view(force), code, UNIT) == ("count", "rate")]
    assert len(with_rates) > 2
    for force in with_rates:
        here = view(force)
        figure = with_choice(here, code, unit="rate")
        cells = [column(figure, key) for key in ("value", "population", "rate")]
        rates = [
            (rate, count / people * 10_000) for count, people, rate in zip(*cells, strict=True) if rate is not None
        ]
        assert rates
        assert all(rate == pytest.approx(expected) for rate, expected in rates)
        assert min(count for count, _, rate in zip(*cells, strict=True) if rate is not None) >= LEAST_FOR_A_RATE
        assert f"{rates[0][0]:.2f} per 10,000 people" in figure.title or code == "rra_by_offence"
        assert here.place.name.en.split()[0] in figure.title
        assert with_choice(here, code, unit="count") == with_choice(here, code)


@pytest.mark.parametrize(("lang", "several"), [("en", "all these places"), ("cy", "lleoedd hyn i gyd")])
def test_the_time_that_rates_are_drawn_for_is_told_of_one_place_as_of_one(view, lang, several):
    alone, beside = (
        " ".join(with_choice(view("XCAV", lang, beside=others), "flows", unit="rate").caveat_texts)
        for others in ("", "W92000004")
    )
    told = t("unit.rates_within", lang=lang, span="|").split("|")[0]
    assert told in alone
    assert told in beside
    assert several not in alone
    assert several in beside


@pytest.mark.parametrize(("lang", "side"), [("en", "Side by side ("), ("cy", "Ochr yn ochr (")])
def test_who_is_too_small_for_a_rate_is_named_and_one_place_stands_beside_nobody(view, lang, side):
    figure = with_choice(view("W06000015", lang, beside="W06000023"), "accommodation_over_time", unit="rate")
    assert side not in figure.sentence
    told = t("beside.too_small", lang=lang, what="|", listed="").split("|")[0]
    assert figure.sentence.count(told) == 3
    assert figure.sentence.count("Powys") == 3


def test_shares_are_of_the_whole_and_stand_in_the_rows(view):
    figure = with_choice(view("W06000015"), "asylum_accommodation", unit="share")
    shares = column(figure, "share")
    assert shares[0] == 100
    assert sum(shares[1:]) == pytest.approx(100)
    assert "%" in figure.title
    assert max(point.value for point in figure.drawing.points) <= 100


def test_of_a_share_of_fewer_than_five_people_nothing_is_told(view):
    figure = with_choice(view("W06000014"), "asylum_accommodation", unit="share")
    few = [point for point in figure.drawing.points if point.stretch]
    assert [point.hover for point in few] == ["Subsistence only<br><b>fewer than five people</b>"]
    assert "<5" in figure.drawing.labels


def test_places_beside_keep_their_rates_and_the_finding_is_one_too(view, build):
    here = replace(view("W06000015"), beside=(queries.area("W06000022", build=build),))
    figure = with_choice(here, "asylum_support", unit="rate")
    assert len(figure.drawing.others) == 1
    assert "per 10,000 people" in figure.title
    assert "Newport" in figure.sentence


@pytest.mark.parametrize("code", ["rra_quarterly", "born_abroad", "compare_dots", "compare_map", "compare_funnel"])
def test_hidden_ranges_are_drawn_nowhere_and_that_is_said_first_while_rows_and_finding_keep_them(view, code):
    chosen = {"measure": "hate_crimes", "set": "england_wales"} if code.startswith("compare") else {}
    usual, plain = (with_choice(view("W06000015"), code, **chosen, **more) for more in ({}, {RANGES: "hidden"}))
    assert plain.caveat_texts[0].startswith("The ranges of uncertainty are hidden")
    assert plain.table == usual.table
    assert plain.title == usual.title
    told = str([trace.get("text") or trace.get("hovertext") for trace in plain.plot["data"]])
    assert "95%" not in told
    if code == "born_abroad":
        assert "–" not in told
    drawing = plain.drawing
    assert not getattr(drawing, "bands", ())
    assert not getattr(drawing, "limits", ())
    assert all(row.lower is None for row in getattr(drawing, "rows", ()))


# What would speak of something that is not drawn: a bar, a band, a dashed line, the limits around a funnel.
DRAWN = ("the bar", "y bar", "band", "dashed", "toredig", "with 95%", "95% and 99.8%", "gyda chyfyngau", "95% a 99.8%")
DRAWN += ("an interval for each row", "chyfwng ar gyfer", "The interval shows", "y mae'r cyfwng")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("place", [*PLACES, "XCAV"])
def test_no_words_describe_ranges_that_are_not_drawn(view, place, lang):
    here = view(place, lang, beside="W92000004" if place == "W06000015" else "")
    for entry in ENTRIES:
        names = {one.name for one in entry.options}
        chosen = {"measure": "hate_crimes", "set": "england_wales"} if "set" in names else {}
        if RANGES not in names or not offered(here, entry.code, RANGES, **chosen):
            continue
        plain = answer(entry.code, with_usual(entry.code, here, **chosen, **{RANGES: "hidden"}))
        if isinstance(plain, Figure):
            words = (plain.subtitle, plain.alt, plain.sentence, plain.own_sentence, *plain.caveat_texts)
            assert [(entry.code, w, one) for w in words for one in DRAWN if one in w] == []
            assert not [one for one in plain.caveats if isinstance(one.explains, Range)]


def test_what_is_found_keeps_its_range_and_a_figure_that_draws_none_has_nothing_to_hide(view):
    quarterly = with_choice(view("W06000015"), "rra_quarterly", **{RANGES: "hidden"})
    assert "(337 to 563)" in quarterly.sentence
    assert "The shaded band" in " ".join(with_choice(view("W06000015"), "rra_quarterly").caveat_texts)
    assert RANGES not in {one.name for one in BY_CODE["wellbeing"].options}


def test_published_intervals_stand_in_the_rows(view):
    for code in ("born_abroad", "wellbeing"):
        figure = with_choice(view("W06000015"), code)
        newest = figure.newest[-1]
        ends = zip(column(figure, "value"), column(figure, "lower"), column(figure, "upper"), strict=True)
        assert (newest.value, newest.lower, newest.upper) in list(ends)
        assert newest.lower is not None


def test_hidden_ranges_are_made_once(view):
    first, second = (with_choice(view("W06000015"), "born_abroad", **{RANGES: "hidden"}) for _ in range(2))
    assert first is second


@pytest.mark.parametrize("value", MARKUP)
@pytest.mark.parametrize("name", [UNIT, RANGES, AT, "offence", "support", "scheme", "strand", "part"])
def test_what_is_no_choice_gives_the_usual_one_and_a_notice_with_those_there_are(view, name, value):
    code = next(
        e.code for e in ENTRIES if name in {one.name for one in e.options} and offered(view("W06000015"), e.code, name)
    )
    request, (notice,) = read({"place": "W06000015", name: value}, options=BY_CODE[code].options)
    assert request == with_usual(code, view("W06000015"))
    assert (notice.name, notice.allowed) == (name, offered(view("W06000015"), code, name))


def test_every_unit_of_every_figure_has_something_drawn_for_every_place(view, build):
    for place in queries.places(build=build):
        for others in ("", "W06000011,W92000004" if place not in ("W06000011", "W92000004") else ""):
            here = view(place, beside=others)
            for entry in ENTRIES:
                if UNIT not in {one.name for one in entry.options}:
                    continue
                for code in offered(here, entry.code, UNIT):
                    block = unread(entry.code, with_usual(entry.code, here, **{UNIT: code}))
                    empty = isinstance(block, Figure) and getattr(block.drawing, "panels", True) == ()
                    assert not empty, (entry.code, place, code)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_periods_without_a_rate_for_small_counts_are_not_laid_to_populations(view, lang):
    figure = with_choice(view("W06000015", lang), "modern_slavery_offences", unit="rate")
    pairs = list(zip(column(figure, "population"), column(figure, "rate"), strict=True))
    assert all(people for people, _ in pairs)
    assert None in [rate for _, rate in pairs]
    told = " ".join(figure.caveat_texts)
    assert t("beside.rates_within", lang=lang, span="|").split("|")[0] not in told
    assert t("unit.least", lang=lang) in told


@pytest.mark.parametrize("lang", LANGUAGES)
def test_measures_that_have_no_rate_are_named_and_the_subtitle_does_not_claim_one(view, lang):
    figure = with_choice(view("W06000015", lang), "proxies", unit="rate")
    counts = with_choice(view("W06000015", lang), "proxies")
    same = {panel.title for panel in figure.drawing.panels} & {panel.title for panel in counts.drawing.panels}
    assert len(same) == 2
    assert t("beside.subtitle_rates", lang=lang, subtitle=counts.subtitle, base="10,000") != figure.subtitle
    told = figure.sentence[figure.sentence.index(t("unit.as_counts", lang=lang, titles="|").split("|")[0]) :]
    assert all(title in told for title in same)
    assert counts.drawing.panels[0].title in figure.title, "of unlike measures the first is told"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_rate_older_than_the_counts_says_which_is_which(view, lang):
    figure = with_choice(view("W06000015", lang), "flows", unit="rate")
    assert "2019" in figure.title
    assert "2020" in figure.sentence
    period = next(
        name for name, rate in zip(column(figure, "period"), column(figure, "rate"), strict=True) if rate is not None
    )
    said = t("unit.newest_rate", lang=lang, period=period).lower()
    assert said in figure.sentence.lower()
    assert said in figure.alt.lower()
    assert (
        t("unit.newest_rate", lang=lang, period="|").split("|")[0]
        not in with_choice(view("W06000015", lang), "asylum_support", unit="rate").sentence
    )


@pytest.mark.parametrize("years", [Years(), Years(last=2011)], ids=["newest", "2011"])
def test_of_flows_the_furthest_from_none_is_the_finding_though_it_is_below(view, build, years):
    below = []
    for place in queries.places(build=build):
        here = view(place, years=years)
        if "rate" not in offered(here, "flows", UNIT):
            continue
        figure = with_choice(here, "flows", unit="rate")
        newest: dict[str, float] = {}
        for name, rate in zip(column(figure, "measure"), column(figure, "rate"), strict=True):
            if rate is not None:
                newest.setdefault(name, rate)
        furthest = max(newest, key=lambda name: max(newest[name], -newest[name]))
        assert figure.title.startswith(furthest), (place, newest)
        if newest[furthest] < 0:
            assert f"−{-newest[furthest]:.1f} per" in figure.title
            below.append(place)
    assert below == ([OF_MORE_LEAVING] if years.are_chosen else [])  # one at least, or no size is told from a number


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_small_chart_of_counts_too_small_for_a_rate_is_left_out_and_named(view, lang):
    counts = with_choice(view("W06000023", lang), "rra_by_offence")
    rates = with_choice(view("W06000023", lang), "rra_by_offence", unit="rate")
    drawn = {panel.title for panel in rates.drawing.panels}
    assert len(drawn) < len(counts.drawing.panels)
    told = rates.sentence[rates.sentence.index(t("unit.not_drawn", lang=lang, titles="|").split("|")[0]) :]
    for panel in counts.drawing.panels:
        assert (panel.title in told) == (not any(panel.title in title for title in drawn))
    assert len(rates.table.rows) == len(counts.table.rows)
