"""Key messages: true of the figures they name, in both languages, and silent or defined on bad figures.

`golden_messages.toml` holds what five places are told. After a change that is meant, write it anew and read the
difference: `COHESION_GOLDEN=write .venv/bin/python -m pytest tests/dashboard/test_findings.py -k golden`.
"""

from __future__ import annotations

import csv
import math
import os
import re
import tomllib
from collections.abc import Callable
from dataclasses import FrozenInstanceError, replace
from datetime import date
from pathlib import Path
from statistics import median
from types import SimpleNamespace

import pytest
import tomli_w

from dashboard import findings, queries, store
from dashboard.comparability import revised_since
from dashboard.figure import View
from dashboard.findings import RULES, Message, Quantity, Whole, hate_crime, news, population, sanctuary
from dashboard.findings.figures import years_before
from dashboard.findings.message import Draft, Rule, Scope, message_of
from dashboard.i18n import LANGUAGES, read_catalogue
from dashboard.i18n.people import FEWEST
from dashboard.model import Break, Observation, Period, Series, Words
from dashboard.statistics import ExpectedRange, change, expected_range

ROOT = Path(__file__).parents[2]
GOLDEN = Path(__file__).with_name("golden_messages.toml")
AREAS = ROOT / "data" / "reference" / "areas.csv"
PLACES = [r["code"] for r in csv.DictReader(AREAS.open(encoding="utf-8")) if r["selectable"] == "true"]
SHOWN = {
    "Cardiff": "W06000015",
    "Vale of Glamorgan": "W06000014",
    "Cardiff and the Vale of Glamorgan": "XCAV",
    "Gwynedd": "W06000002",
    "South Wales Police": "W15000003",
}
# what is new depends on the builds that happen to lie about on a machine, so it has tests of its own
UNSTEADY = "new_data"
CARDIFF, FORCE, WALES, MERTHYR = "W06000015", "W15000003", "W92000004", "W06000024"


def steady(view: View) -> list[Message]:
    return [m for m in findings.messages(view) if m.rule != UNSTEADY]


def asked(build: str, code: str = CARDIFF) -> Scope:
    police = queries.force_of(code, build=build) or queries.area(WALES, build=build)
    return Scope(place=queries.area(code, build=build), police=police, build=build)


# What readers are told, whole.


def test_the_golden_messages(view):
    found = {}
    for name, code in SHOWN.items():
        said = steady(view(code))
        found[name] = [
            {"rule": m.rule, "en": m.text("en"), "cy": m.text("cy"), "sources": [s.code for s in m.sources]}
            for m in said
        ]
    if os.environ.get("COHESION_GOLDEN") == "write":
        GOLDEN.write_text(tomli_w.dumps(found), encoding="utf-8")
    assert found == tomllib.loads(GOLDEN.read_text(encoding="utf-8"))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("code", PLACES)
def test_every_place_has_messages_in_both_languages(view, code, lang):
    said = findings.messages(view(code, lang))
    assert {"hate_crime_year", "population_year", "population_growth", "rra_level"} <= {m.rule for m in said}
    for m in said:
        text = m.text(lang)
        assert text.endswith((".", ")")) or m.rule == UNSTEADY
        assert text[0].isupper()
        assert not re.search(r"[{}]|\bNone\b|\bnan\b|  ", text)
        assert m.note_texts(lang) or m.rule in ("not_held", UNSTEADY)


@pytest.mark.parametrize("code", PLACES)
def test_a_force_is_never_called_by_the_name_of_a_council(view, code):
    place = queries.area(code, build=view(code).build)
    if place.kind not in ("local_authority", "composite"):
        return
    police = [m for m in findings.messages_for(view(code), "hate_crime") if m.rule not in ("not_held", "strands_wales")]
    assert police
    for m in police:
        assert place.in_.text("en") not in m.text("en")
        assert "Police" in m.text("en")
        assert any("not figures for" in note for note in m.note_texts("en"))


# Every number rests on figures that are held.


def recomputed(one: Quantity) -> float:
    values = [o.value for o in one.of]
    if one.how.startswith("expected"):
        return getattr(following(one.of).points[-1], one.how.removeprefix("expected_"))
    if one.how.startswith("change"):
        spread = following(one.of[2:]).spread
        moved = change(before=values[1], after=values[0], spread=spread)
        return getattr(moved, one.how.replace("change", "percent"))
    of_people = one.how in ("per_people", "median_per_people")
    rates = [a / b * one.per for a, b in zip(values[::2], values[1::2], strict=True)] if of_people else []
    ways = {
        "published": lambda: values[0],
        "sum": lambda: sum(values),
        "difference": lambda: values[0] - values[1],
        "size_of_difference": lambda: abs(values[0] - values[1]),
        "size": lambda: abs(values[0]),
        "percent_change": lambda: (values[0] - values[1]) / values[1] * 100,
        "per_people": lambda: rates[0],
        "share": lambda: values[0] / values[1] * 100,
        "rest_per_people": lambda: (values[0] - values[2]) / (values[1] - values[3]) * one.per,
        "median_per_people": lambda: median(rates),
    }
    return ways[one.how]()


def following(quarters: tuple[Observation, ...]) -> ExpectedRange:
    """Return what some quarters, and no others, lead to expect of the next; how, `test_statistics_expected` checks."""
    times = [o.period.start.year * 4 + o.period.start.month // 3 for o in quarters]
    return expected_range(values=[*(o.value for o in quarters), 0], times=[*times, times[-1] + 1])


@pytest.mark.parametrize("code", PLACES)
def test_every_number_follows_from_the_figures_it_names(view, code):
    known = queries.sources(build=view(code).build)
    for m in findings.messages(view(code)):
        for name, value in m.values:
            if isinstance(value, Quantity):
                assert math.isclose(value.value, recomputed(value), rel_tol=1e-9, abs_tol=1e-9), (m.rule, name)
                assert set(value.of) <= set(m.observations)
        assert {s.code for s in m.sources} == {o.source for o in m.observations} <= set(known)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("code", SHOWN.values())
def test_every_number_in_the_text_is_one_of_the_values(view, code, lang):
    for m in steady(view(code)):
        text = m.text(lang)
        fixed = " ".join(re.sub(r"\{\w+\}", "", template(key, lang)) for key in m.keys)
        rest = text
        for _, value in sorted(m.values, key=lambda pair: -len(pair[1].text(lang))):
            told_in_words = isinstance(value, Quantity) and value.value < FEWEST  # nobody, or fewer than five
            assert value.text(lang) in text or isinstance(value, Whole) or told_in_words
            rest = rest.replace(value.text(lang), " ")
        assert set(re.findall(r"\d+", rest)) <= set(re.findall(r"\d+", fixed)), (m.rule, rest)


def template(key: str, lang: str) -> str:
    return read_catalogue(lang).get(key).string


@pytest.fixture(scope="module")
def rows(build) -> set[tuple[object, ...]]:
    """Return every figure of the measures that findings are about, as the database holds it."""
    found = store.rows(
        "SELECT area_code, period_start, period_months, category, value, source FROM observation"
        " JOIN measure USING (measure) WHERE topic IN ('hate_crime', 'population', 'migration', 'sanctuary')",
        build=build,
    )
    return {tuple(row.values()) for row in found}


@pytest.mark.parametrize("code", PLACES)
def test_the_figures_are_those_of_the_database(view, rows, code):
    used = {o for m in findings.messages(view(code)) for o in m.observations}
    assert {(o.area, o.period.start, o.period.months, o.category, o.value, o.source) for o in used} <= rows


def test_a_percentage_never_stands_beside_a_count_under_20(view):
    for code in PLACES:
        for m in findings.messages(view(code)):
            for _, value in m.values:
                if isinstance(value, Quantity) and value.how == "percent_change":
                    assert min(o.value for o in value.of) >= 20


# Ranking.


def test_messages_come_most_important_first_and_are_the_same_object_for_both_languages(view):
    said = findings.messages(view("XCAV", "en"))
    assert said is findings.messages(view("XCAV", "cy"))
    ranks = [m.importance for m in said]
    assert ranks == sorted(ranks, reverse=True)
    with pytest.raises(FrozenInstanceError):
        said[0].importance = 0


@pytest.mark.parametrize("code", PLACES)
def test_no_page_fills_the_key_messages(view, code):
    said = findings.key_messages(view(code))
    assert len(said) == 5
    assert max([m.page for m in said].count(page) for page in {m.page for m in said}) <= 2
    assert findings.key_messages(view(code), most=2) == said[:2]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_names_a_page_and_a_block_that_exist(rule):
    assert (ROOT / "pages" / f"{rule.page}.py").is_file()
    blocks = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "dashboard" / "blocks").glob("*.py"))
    assert f'"{rule.block}"' in blocks or rule.block == ""
    assert len([r for r in RULES if r.id == rule.id]) == 1


# Bad figures. A held series is bent, the rule is asked, and what it says is known beforehand.

Bend = Callable[[Series], Series]


@pytest.fixture
def bent(monkeypatch, build):
    """Return a maker of answers: the named measures are bent, and one rule is asked for a place."""

    def answer(rule: Callable[[Scope], Draft | None], bends: dict[str, Bend], code: str = CARDIFF) -> Draft | None:
        real = queries.series

        def series(measure: str, area: str, **more: object) -> Series:
            found = real(measure, area, **more)
            return bends.get(measure, lambda s: s)(found)

        def people(area: str, _: object) -> tuple[Observation, ...]:
            return series("population", area, build=build).observations

        populations = SimpleNamespace(get=people)  # bent where the measure is, as the people under a rate
        with monkeypatch.context() as patch:
            patch.setattr(queries, "series", series)
            patch.setattr(queries, "populations", lambda **_: populations)
            draft = rule(asked(build, code))
            if draft is not None:  # whatever is said can be written in both languages
                whole = next(
                    (r for r in RULES if r.write is rule), Rule(id="part", importance=1, page="", block="", write=rule)
                )
                message = message_of(replace(whole, write=lambda _: draft), asked(build, code))
                assert message.text("en") != message.text("cy")
        return draft

    return answer


def values(*numbers: float | None) -> Bend:
    """Bend a series to end with these values, and nothing before them."""

    def bend(s: Series) -> Series:
        kept = s.observations[-len(numbers) :]
        new = [replace(o, value=n, marker=None if n is not None else "[x]") for o, n in zip(kept, numbers, strict=True)]
        return replace(s, observations=tuple(new))

    return bend


def all_values(change: Callable[[int, Observation], float | None]) -> Bend:
    def bend(s: Series) -> Series:
        new = [(o, change(n, o)) for n, o in enumerate(s.observations)]
        return replace(
            s, observations=tuple(replace(o, value=v, marker=None if v is not None else "[x]") for o, v in new)
        )

    return bend


def nothing(s: Series) -> Series:
    return replace(s, observations=(), sources=())


def broken(day: date, severity: str = "hard") -> Bend:
    def bend(s: Series) -> Series:
        effect = Words(en="Counted anew.", cy="Cyfrif o'r newydd.")
        kept = {"measure": s.measure.code, "area": s.area.code, "kind": "coverage", "origin": "o", "label": effect}
        return replace(s, breaks=(Break(**kept, date=day, severity=severity, effect=effect),))

    return bend


def lately_broken(severity: str = "hard") -> Bend:
    """Break a series of quarters at the start of its newest but one."""
    return lambda s: broken(s.observations[-2].period.start, severity)(s)


def test_without_figures_no_rule_but_what_is_not_held_says_anything(bent, build):
    empty = dict.fromkeys(queries.measures(build=build), nothing)
    for rule in RULES:
        # the snapshots of other places are still held, the place's own figures are not
        if rule.id not in ("not_held", "new_data", "strands_wales"):
            assert bent(rule.write, empty) is None, rule.id


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
@pytest.mark.parametrize(
    "bend",
    {
        "zeros": all_values(lambda n, o: 0.0),
        "all equal": all_values(lambda n, o: 25.0),
        "negative": all_values(lambda n, o: -5.0),
        "missing": all_values(lambda n, o: None),
        "every other missing": all_values(lambda n, o: o.value if n % 2 else None),
        "newest missing": lambda s: all_values(lambda n, o: None if o is s.observations[-1] else o.value)(s),
        "one point": lambda s: replace(s, observations=s.observations[-1:]),
        "two points": lambda s: replace(s, observations=s.observations[-2:]),
        "a break at the newest": lambda s: broken(s.observations[-1].period.end)(s) if s.observations else s,
        "huge": all_values(lambda n, o: 1e15 + n),
    }.items(),
    ids=lambda pair: pair[0],
)
def test_no_rule_falls_over_on_bad_figures(bent, build, rule, bend):
    for code in (CARDIFF, "XCAV", FORCE, WALES):
        draft = bent(rule.write, dict.fromkeys(queries.measures(build=build), bend[1]), code)
        if draft is not None and bend[0] == "missing":
            assert not any(isinstance(v, Quantity) for v in draft.values.values())


def test_of_a_force_with_hardly_any_offences_nothing_is_expected_and_no_change_judged(bent):
    draft = bent(hate_crime.rra_level, {"rra_offences": all_values(lambda n, o: 0.0)})
    assert draft.keys == ("finding.rra_level", "range.too_few")
    draft = bent(hate_crime.rra_same_quarter, {"rra_offences": all_values(lambda n, o: n % 3)})
    assert draft.keys[1] == "finding.change_unknown"
    assert not {"percent", "low", "high"} & set(draft.values)


def test_a_short_series_has_no_range(bent):
    draft = bent(hate_crime.rra_level, {"rra_offences": lambda s: replace(s, observations=s.observations[-12:])})
    assert draft.keys == ("finding.rra_level", "range.too_short")
    # twelve earlier quarters are enough
    draft = bent(hate_crime.rra_level, {"rra_offences": lambda s: replace(s, observations=s.observations[-13:])})
    assert draft.keys[1] == "range.within"


@pytest.mark.parametrize(("value", "key"), [(5_000.0, "range.above"), (0.0, "range.below")])
def test_an_unusual_quarter_is_called_so_and_ranks_higher_for_its_size(bent, value, key):
    draft = bent(hate_crime.rra_level, {"rra_offences": steady_then(value)})
    assert draft.keys[1] == key
    assert draft.notable


def steady_then(*last: float | None) -> Bend:
    """Bend a series to around 300 a quarter, with no more spread than chance, and these values at its end."""

    def bend(s: Series) -> Series:
        start = len(s.observations) - len(last)
        return all_values(lambda n, o: last[n - start] if n >= start else 300.0 + n % 2)(s)

    return bend


def test_a_small_surprise_ranks_no_higher_and_a_large_change_does_though_it_is_not_sure(bent):
    draft = bent(hate_crime.rra_level, {"rra_offences": steady_then(362.0)})
    assert (draft.keys[1], draft.notable) == ("range.above", False)

    def wild(s: Series) -> Series:
        numbers = [100.0 + 60 * (-1) ** (n // 3) for n in range(len(s.observations))]
        numbers[-1] = numbers[-5] * 1.4
        return all_values(lambda n, o: numbers[n])(s)

    draft = bent(hate_crime.rra_same_quarter, {"rra_offences": wild})
    assert (draft.keys[1], draft.notable) == ("finding.change_none", True)


def test_a_long_run_is_said_and_reconciled_with_being_within(bent):
    ever_faster = [float(302 + round(0.6 * n * n)) for n in range(1, 10)]
    draft = bent(hate_crime.rra_level, {"rra_offences": steady_then(*ever_faster)})
    assert draft.keys[1:] == ("range.within", "range.though_run_up")
    assert draft.values["run"].value >= 8
    draft = bent(hate_crime.rra_level, {"rra_offences": steady_then(*ever_faster, 302.0)})
    assert draft.keys[1:] == ("range.within",)


def test_a_missing_newest_quarter_does_not_let_the_one_before_set_its_own_limits(bent):
    draft = bent(hate_crime.rra_level, {"rra_offences": steady_then(900.0, None)})
    assert draft.values["n"].value == 900
    assert draft.keys[1] == "range.above"
    assert draft.values["upper"].value < 370


def test_a_hard_break_in_the_window_re_bases_the_range_and_refuses_the_year(bent):
    level = bent(hate_crime.rra_level, {"rra_offences": lately_broken()})
    assert level.keys[1] == "range.too_short"
    year = bent(hate_crime.rra_same_quarter, {"rra_offences": lately_broken()})
    assert year.keys[1] == "finding.change_refused"
    assert "Counted anew." in year.values["why"].text("en")
    assert "percent" not in year.values


def test_what_a_soft_break_did_stands_in_the_text(bent):
    draft = bent(hate_crime.rra_same_quarter, {"rra_offences": lately_broken("soft")})
    assert draft.keys[1] != "finding.change_refused"
    assert draft.keys[2] == "finding.across_a_break"  # in the text, which no form can fold or cut
    assert draft.values["break_effect"].text("cy") == "Cyfrif o'r newydd."


@pytest.mark.parametrize(
    ("before", "after", "key"),
    [
        (400, 480, "finding.change_higher"),
        (480, 400, "finding.change_lower"),
        (40, 52, "finding.change_none"),
        (5, 7, "finding.change_none_small"),
        (2, 19, "finding.change_higher_small"),
        (19, 0, "finding.change_lower_small"),
        (0, 0, "finding.change_none_small"),
    ],
)
def test_the_change_of_a_year_is_called_what_it_is(bent, before, after, key):
    bends = {"hate_crimes": values(before, after), "rra_offences": steady_then()}
    draft = bent(hate_crime.hate_crime_year, bends)
    assert draft.keys == ("finding.hate_crime_year", key)
    assert ("percent" in draft.values) == (key in ("finding.change_higher", "finding.change_lower"))
    assert any("quarterly counts" in note.text("en") for note in draft.notes)


def test_a_year_is_judged_by_the_spread_of_the_quarters_of_its_area(bent):
    wide = all_values(lambda n, o: 300.0 + 60 * (-1) ** (n // 3))
    draft = bent(hate_crime.hate_crime_year, {"hate_crimes": values(400, 480), "rra_offences": wide})
    assert draft.keys[1] == "finding.change_none"
    draft = bent(hate_crime.hate_crime_year, {"hate_crimes": values(400, 480), "rra_offences": nothing})
    assert draft.keys[1] == "finding.change_unknown"
    assert not any("quarterly counts" in note.text("en") for note in draft.notes)


def test_a_year_across_a_hard_break_is_refused_though_a_spread_is_known(bent):
    two_years = lambda s: broken(s.observations[-1].period.start)(values(400, 480)(s))  # noqa: E731
    draft = bent(hate_crime.hate_crime_year, {"hate_crimes": two_years, "rra_offences": steady_then()})
    assert draft.keys[1] == "finding.change_refused"
    assert (draft.also_used, "percent" in draft.values) == ((), False)


@pytest.mark.parametrize(
    ("before", "after", "said"), [(400, 480, "More recorded"), (480, 400, "Less recorded"), (400, 410, "up or down")]
)
def test_a_rise_and_a_fall_have_their_own_caveats_and_the_publisher_is_quoted(bent, before, after, said):
    draft = bent(hate_crime.hate_crime_year, {"hate_crimes": values(before, after), "rra_offences": steady_then()})
    notes = [note.text("en") for note in draft.notes]
    assert len([note for note in notes if said in note]) == 1
    assert len([note for note in notes if "tell us which" in note]) == 1
    assert any("do not currently provide reliable trends in hate crime" in note for note in notes)


def test_a_year_alone_is_said_alone(bent):
    draft = bent(hate_crime.hate_crime_year, {"hate_crimes": values(2868)})
    assert draft.keys == ("finding.hate_crime_level",)
    assert bent(hate_crime.hate_crime_year, {"hate_crimes": values(-1)}) is None


@pytest.mark.parametrize("people", [0.0, None, -10.0])
def test_without_people_there_is_no_rate(bent, people):
    bends = {"population": all_values(lambda n, o: people)}
    assert bent(hate_crime.hate_crime_rate, bends) is None
    assert bent(population.population_growth, bends) is None
    level = bent(sanctuary.asylum_level, bends)
    assert level.keys == ("finding.asylum_level", "finding.asylum_before")


@pytest.mark.parametrize(("wales", "key"), [(9.9e4, "lower"), (1.0, "higher")])
def test_a_rate_is_higher_similar_or_lower_than_that_of_wales(bent, wales, key):
    bends = {"hate_crimes": lambda s: all_values(lambda n, o: wales)(s) if s.area.code == WALES else s}
    rest = "_rest" if wales > 2_868 else ""  # fewer in Wales than in the force leave no rest to compare with
    assert bent(hate_crime.hate_crime_rate, bends).keys[1] == f"finding.recorded_rate_{key}{rest}"


def test_wales_is_not_compared_with_itself(build):
    assert hate_crime.hate_crime_rate(asked(build, WALES)) is None
    keys = sanctuary.asylum_level(asked(build, WALES)).keys
    assert keys == ("finding.asylum_level", "finding.asylum_per", "finding.asylum_middle", "finding.asylum_before")


# 30 June 2026 by hand: Wales 3,223 of 3,175,181; South Wales 2,299 of 1,354,698; Cardiff 1,313 of 381,516 (mid-2025)
@pytest.mark.parametrize("code", ["W06000014", "XCAV", "W15000003", WALES])
def test_the_fall_of_the_afghan_programme_never_stands_without_its_reason(view, code):
    (message,) = (m for m in findings.messages(view(code)) if m.rule == "afghan")
    for lang in LANGUAGES:
        (moved,) = {
            b.effect.text(lang) for b in queries.breaks("afghan_programme_population", "W06000014", build=message.build)
        }
        assert moved in message.text(lang)
        assert {"en": "not a trend", "cy": "nid tuedd"}[lang] in moved


@pytest.mark.parametrize("code", PLACES)
def test_homes_for_ukraine_is_never_said_to_be_everyone_who_came(view, code):
    (message,) = (m for m in findings.messages(view(code)) if m.rule == "ukraine")
    assert "with a household sponsor" in message.text("en")
    assert "in no area's count" in message.text("en")
    assert "gyda noddwr ar aelwyd" in message.text("cy")


@pytest.mark.parametrize(
    ("code", "mine", "beside", "in_rest"),
    [
        ("W15000003", 16.97, (3_223 - 2_299) / (3_175_181 - 1_354_698) * 10_000, "in the rest of Wales"),
        (CARDIFF, 34.42, (3_223 - 1_313) / (3_175_181 - 381_516) * 10_000, "in the rest of Wales"),
        ("W06000014", 1.55, 3_223 / 3_175_181 * 10_000, "in Wales"),  # 4% of its people: too small to pull at Wales
    ],
)
def test_a_large_place_stands_beside_the_rest_of_wales_and_without_a_verdict(build, code, mine, beside, in_rest):
    draft = sanctuary.asylum_level(asked(build, code))
    assert draft.values["rate"].value == pytest.approx(mine, abs=0.01)
    assert draft.values["rest_rate"].value == pytest.approx(beside)
    assert draft.values["in_rest"].text("en") == in_rest
    assert not re.search(r"\b(higher|lower|similar to)\b", " ".join(template(key, "en") for key in draft.keys))


def test_asylum_support_is_told_of_the_newest_day_and_beside_wales_of_the_last_day_held_for_all(bent, monkeypatch):
    """As it was before Reg_02 of all authorities came: a few councils have 30 June 2026, the others 31 March."""
    march = Period(start=date(2026, 3, 31), months=0)
    monkeypatch.setattr(queries, "latest_period", lambda *a, **k: march)
    draft = bent(sanctuary.asylum_level, {})
    assert draft.keys[:3] == ("finding.asylum_level", "finding.asylum_per", "finding.asylum_rest_then")
    assert draft.values["when"].period.start == date(2026, 6, 30)
    assert draft.values["day_of_all"].period == march
    assert draft.values["rate_then"].value == pytest.approx(1_418 / 381_516 * 10_000, abs=0.2)


@pytest.mark.parametrize(
    ("people", "keys"),
    [
        (0, ("finding.asylum_level_nobody",)),
        (1, ("finding.asylum_level_few", "finding.asylum_before_few")),
        (4, ("finding.asylum_level_few", "finding.asylum_before_few")),
    ],
)
def test_nobody_and_a_few_have_no_rate_and_nothing_beside_it(bent, people, keys):
    draft = bent(sanctuary.asylum_level, {"asylum_supported": all_values(lambda n, o: float(people))})
    assert draft.keys == keys


@pytest.mark.parametrize(
    ("then", "key"),
    [
        (300_000.0, "finding.population_grew"),
        (400_000.0, "finding.population_fell"),
        (383_919.0, "finding.population_same"),
        (380_000.0, "finding.population_unclear"),  # 1.0% apart: two estimates differ by as much and mean nothing
        (388_000.0, "finding.population_unclear"),
    ],
)
def test_a_population_grew_fell_or_stayed_within_its_own_line_and_mid_2025_stands_apart(bent, then, key):
    bend = all_values(lambda n, o: then if o.period.start.year == 2014 else o.value)
    draft = bent(population.population_growth, {"population": bend})
    assert draft.keys == ("finding.population", "finding.population_newer", key)
    assert {o.period.start.year for o in draft.also_used} == {2014, 2024}


CHANGES = ("difference", "size_of_difference", "percent_change", "change_lower", "change_upper")


@pytest.mark.parametrize("code", PLACES)
def test_a_change_between_superseded_estimates_says_that_they_were_revised(view, code):
    build, revised = view(code).build, []
    for m in findings.messages(view(code)):
        ends = [v.of[0] for _, v in m.values if isinstance(v, Quantity) and v.how in CHANGES]
        if any(revised_since(o, series=queries.series(o.measure, o.area, build=build)) for o in ends):
            revised.append(m.rule)
            assert "revision" in m.text("en"), m.rule
            assert "diwygiad" in m.text("cy"), m.rule
    assert "population_year" in revised
    (year,) = [m for m in findings.messages(view(code)) if m.rule == "population_year"]
    assert year.brief("en").endswith("These estimates have since been revised; we do not hold the revision.")
    assert year.brief("cy").endswith("Diwygiwyd yr amcangyfrifon hyn wedyn; nid yw'r diwygiad gennym.")


def test_estimates_that_nothing_revised_are_not_said_to_be(bent):
    of_one_release = all_values(lambda n, o: None if o.period.start.year == 2025 else o.value)
    draft = bent(population.population_year, {"population": of_one_release})
    assert draft.keys == ("finding.year_grew_unclear", "finding.year_before_grew")


UNJOINED = ("finding.population", "finding.population_newer")


@pytest.mark.parametrize("then", [None, 0.0])
def test_a_population_without_one_ten_years_before_stands_alone(bent, then):
    bend = all_values(lambda n, o: then if o.period.start.year == 2014 else o.value)
    assert bent(population.population_growth, {"population": bend}).keys == UNJOINED


def test_a_population_across_a_hard_break_has_no_growth(bent):
    draft = bent(population.population_growth, {"population": broken(date(2020, 6, 30))})
    assert draft.keys == (*UNJOINED, "finding.change_refused")
    assert "change" not in draft.values


@pytest.mark.parametrize(
    ("code", "before", "keys"),
    [
        (WALES, 3_167_320.0, ("finding.year_grew", "finding.year_before_grew")),
        (CARDIFF, 383_919.0, ("finding.year_same", "finding.year_before_grew")),
        (CARDIFF, 379_740.0, ("finding.year_grew_unclear", "finding.year_before_grew")),
        (CARDIFF, 388_000.0, ("finding.year_fell_unclear", "finding.year_before_grew")),
        (CARDIFF, 360_000.0, ("finding.year_grew", "finding.year_before_fell")),
        (CARDIFF, 369_850.0, ("finding.year_grew", "finding.year_before_same")),
        (CARDIFF, 400_000.0, ("finding.year_fell", "finding.year_before_grew")),
    ],
)
def test_a_year_within_the_uncertainty_of_its_estimates_never_grew_or_fell(bent, code, before, keys):
    bend = all_values(lambda n, o: before if o.period.start.year == 2023 else o.value)
    draft = bent(population.population_year, {"population": bend}, code)
    change, the_year_before = keys
    assert draft.keys == (change, "finding.change_revised", the_year_before)


def test_a_year_needs_three_mid_years_of_one_line_on_end(bent):
    gone = all_values(lambda n, o: None if o.period.start.year == 2023 else o.value)
    assert bent(population.population_year, {"population": gone}) is None
    assert bent(population.population_year, {"population": broken(date(2023, 6, 30))}) is None
    assert bent(population.population_year, {"population": values(100_000.0)}) is None


def test_the_changes_of_rounded_estimates_are_said_to_ten_people(view):
    (said,) = [m for m in findings.messages(view(MERTHYR)) if m.rule == "population_year"]
    # 58,972 (exact) less 58,840 (to ten) is 132, and 58,840 less 58,880 is 40: no last digit is known
    assert "around 130 higher" in said.text("en")
    assert "tua 130 yn uwch" in said.text("cy")
    assert "around 40" in said.text("en")


@pytest.mark.parametrize(
    ("parts", "largest"),
    [
        ((100, 90, 5, 40, 0), "international_gain"),
        ((100, 90, -50, 40, 0), "internal_loss"),
        ((100, 190, -50, 40, 0), "natural_loss"),
        ((100, 60, 5, 40, 0), None),  # two equally large
        ((0, 0, 0, 0, 0), None),
        ((100, 90, 5, 40, -41), None),  # other change is larger than any
    ],
)
def test_the_largest_component_is_named_whatever_its_sign(bent, parts, largest):
    bends = {code: all_values(lambda n, o, v=v: float(v)) for code, v in zip(queries.NET_PARTS, parts, strict=True)}
    draft = bent(population.largest_component, bends)
    assert (draft.keys[0] if draft else None) == (f"finding.largest_{largest}" if largest else None)


def test_a_component_is_a_gain_or_a_loss_in_words_and_never_a_sign(bent):
    parts = dict(zip(queries.NET_PARTS, (90, 654, -1_100, 0, 0), strict=True))
    bends = {code: all_values(lambda n, o, v=v: float(v)) for code, v in parts.items()}
    draft = bent(population.largest_component, bends)
    assert draft.keys == (
        "finding.largest_internal_loss",
        "finding.part_natural_loss",
        "finding.part_international_none",
    )
    written = {name: value.text("en") for name, value in draft.values.items() if isinstance(value, Quantity)}
    assert written == {"natural": "564", "internal": "1,100", "international": "0"}


def test_components_need_all_five_of_one_year(bent):
    assert bent(population.largest_component, {"other_change": nothing}) is None


def test_superseded_components_are_no_message(bent):
    assert bent(population.largest_component, {}) is not None
    assert bent(population.components_driver, {}) is None


def test_a_hard_break_before_the_newest_day_refuses_the_year_before(bent):
    draft = bent(sanctuary.asylum_level, {"asylum_supported": broken(date(2026, 1, 1))})
    assert draft.keys[-1] == "finding.change_refused"
    assert "before" not in draft.values
    assert "before" not in bent(sanctuary.afghan, {"afghan_programme_population": values(76)}).values


def test_similar_areas_must_be_held(monkeypatch, build):
    few = sanctuary.FEWEST_SIMILAR - 1
    every = queries.similar_areas(CARDIFF, flavour="global", build=build)
    monkeypatch.setattr(queries, "similar_areas", lambda *a, **k: every[:few])
    assert sanctuary.asylum_similar(asked(build)) is None
    monkeypatch.setattr(queries, "similar_areas", lambda *a, **k: every[: few + 1])
    assert sanctuary.asylum_similar(asked(build)).values["similar"].value == few + 1


def test_the_resettled_are_the_running_total_of_the_newest_day_and_nobody_where_it_is_not_held(bent, build):
    message = sanctuary.resettlement(asked(build))
    assert message.keys == ("finding.resettled",)
    assert message.values["n"].of[0].measure == "resettled_since_2014"
    assert bent(sanctuary.resettlement, {"resettled_since_2014": all_values(lambda n, o: None)}) is None
    few = bent(sanctuary.resettlement, {"resettled_since_2014": all_values(lambda n, o: 3.0)})
    assert few.keys == ("finding.resettled_few",)


def test_a_running_total_has_no_rate_and_says_by_when(view):
    for code in PLACES:
        for m in (m for m in findings.messages(view(code)) if m.rule == "ukraine"):
            assert "had arrived" in m.text("en")
            assert m.text("en").startswith("By ")
            assert m.text("cy").startswith("Erbyn ")
            assert not any(isinstance(v, Quantity) and v.how == "per_people" for _, v in m.values)


def test_strands_pass_100_and_are_never_summed(view, monkeypatch, build):
    (message,) = (m for m in findings.messages(view(WALES)) if m.rule == "strands_wales")
    shares = [v for _, v in message.values if isinstance(v, Quantity)]
    assert len(shares) == 5
    assert sum(v.value for v in shares) > 100
    assert {v.how for v in shares} == {"share"}
    parts = queries.breakdown("hate_crimes", WALES, build=build)
    monkeypatch.setattr(queries, "breakdown", lambda *a, **k: parts[:4])
    assert hate_crime.strands_wales(asked(build, WALES)) is None


def test_29_february_has_a_year_before():
    assert years_before(Period(start=date(2024, 2, 29), months=0)).start == date(2023, 2, 28)


# What is new.


def test_nothing_is_new_without_a_build_before(tmp_path, build):
    assert news.previous_build(build, folder=tmp_path) is None
    (tmp_path / f"cohesion-{build}.duckdb").touch()
    assert news.previous_build(build, folder=tmp_path) is None


def test_the_newest_earlier_build_is_the_one_before(tmp_path):
    for second, code in enumerate(("old", "older_than_mine", "mine", "later")):
        path = tmp_path / f"cohesion-{code}.duckdb"
        path.touch()
        os.utime(path, (1_000 + second, 1_000 + second))
    assert news.previous_build("mine", folder=tmp_path) == "older_than_mine"


def test_an_unchanged_or_unreadable_build_is_no_news(build):
    assert news.since_last(build, build=build) == ()
    assert news.since_last("no-such-build", build=build) == ()


def test_new_and_changed_sources_are_named_once_each(monkeypatch, build):
    now = news._editions(build)
    before = {code: edition for code, edition in now.items() if code != "asylum_support"}
    before["hate_crime_force_totals"] = ("an earlier edition",)
    monkeypatch.setattr(news, "_editions", lambda b: now if b == build else before)
    monkeypatch.setattr(news, "previous_build", lambda b: "before")
    assert news.since_last("before", build=build) == ("asylum_support", "hate_crime_force_totals")
    listed = news.new_data(asked(build)).values["listed"]
    assert listed.text("en").count("; ") == 1
    assert listed.text("en") != listed.text("cy")


@pytest.mark.parametrize(
    ("value", "how", "en", "cy"),
    [
        (999.0, "published", "999", "999"),
        (1_000.0, "published", "1,000", "1,000"),
        (2_868.0, "published", "around 2,870", "tua 2,870"),
        (383_919.0, "published", "around 384,000", "tua 384,000"),
        (3_186_581.0, "published", "around 3.19 million", "tua 3.19 miliwn"),
        (2_000_000.0, "published", "2 million", "2 miliwn"),
        (2_500_000.0, "published", "2.5 million", "2.5 miliwn"),
        (999_600.0, "published", "around 1 million", "tua 1 miliwn"),
        (-23.0, "percent_change", "−23%", "−23%"),
        (9.96, "percent_change", "+10.0%", "+10.0%"),
        (61.26, "share", "61%", "61%"),
        (0.0, "share", "0%", "0%"),
        (0.02, "share", "under 0.1%", "llai na 0.1%"),
        (0.02, "percent_change", "0.0%", "0.0%"),
        (125.4, "per_people", "125", "125"),
    ],
)
def test_numbers_are_rounded_for_prose(value, how, en, cy):
    number = Quantity(value=value, how=how, of=(), per=10_000)
    assert (number.text("en"), number.text("cy")) == (en, cy)
