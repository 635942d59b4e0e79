"""Facts about people who are talked about much: each with the claim it answers, and a rule that withdraws it.

The awkward fact: a claim that is repeated is remembered, whoever repeats it; so the fact stands first and again in
plain words, the claim once and in no heading. And a fact outlives its figure unless something looks: each card is
written from the newest figures by a rule, which writes nothing when they do not answer the claim any more.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dashboard import queries
from dashboard.denominators import PER_PEOPLE
from dashboard.findings.figures import per_people
from dashboard.findings.message import Asked, Draft, Message, Moment, Quantity, Rule, Value, Whole, made, published
from dashboard.i18n import Language, t
from dashboard.model import TOTAL, Observation, Period
from dashboard.nations import HOME

COMMUNITIES = ("travellers", "asylum", "migration", "hate_crime")
FEW, SMALL, MOST, NEARLY_ALL = 0.01, 0.1, 0.5, 0.9  # the shares that answer "a large part", "most", "only"
KINGDOM, BOTH_NATIONS, ENGLAND_AND_WALES = "K02000001", "K04000001", "XEWEXMET"  # the last without London's force


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A fact of a community: its code in the texts, and the rule that writes it from figures or withdraws it."""

    community: str
    rule: Rule

    def text(self, part: str, lang: Language) -> str:
        """Return what stands with the fact: the "claim" it answers, its "plain" words, what it does "not" say."""
        return t(f"facts.{self.rule.id}.{part}", lang=lang)


@dataclass(frozen=True, kw_only=True)
class Card:
    """A fact with today's figures."""

    fact: Fact
    message: Message


def cards(*, build: str) -> tuple[Card, ...]:
    """Return the facts that today's figures bear out, in their order."""
    place = queries.area(HOME.benchmark, build=build)
    asked = Asked(place=place, police=place, build=build)
    found = ((fact, made(fact.rule, asked)) for fact in FACTS)
    return tuple(Card(fact=fact, message=message) for fact, message in found if message is not None)


def figure(
    measure: str, category: str = TOTAL, *, area: str = HOME.benchmark, period: Period | None = None, build: str
) -> Observation | None:
    """Return the newest figure of a category, or that of a period; None where none has a value."""
    held = queries.series(measure, area, category=category, build=build).observations
    return next((one for one in reversed(held) if one.value is not None and period in (None, one.period)), None)


def _shared(
    measure: str, part: str, *, whole: str = TOTAL, build: str
) -> tuple[Observation, Observation, float] | None:
    """Return a part, its whole in the same period, and its share of it; None without both."""
    one = figure(measure, part, build=build)
    every = figure(measure, whole, period=one.period, build=build) if one else None
    if one is None or every is None or one.value is None or not every.value:
        return None
    return one, every, one.value / every.value


def _share(one: Observation, every: Observation, share: float) -> Quantity:
    return Quantity(value=share * 100, how="share", of=(one, every))


def _when(one: Observation) -> Moment:
    return Moment(period=one.period, measure=one.measure)


def _draft(code: str, /, **values: Value) -> Draft:
    return Draft(keys=(f"facts.{code}.fact",), values=values)


def _gypsy_roma(asked: Asked) -> Draft | None:
    """Two small groups of everybody: a fact for as long as each is under one in a hundred."""
    groups = ("white_gypsy_or_irish_traveller", "white_roma")
    found = [_shared("census_ethnic_group", group, build=asked.build) for group in groups]
    travellers, roma = found
    if travellers is None or roma is None or max(travellers[2], roma[2]) >= FEW:
        return None
    return _draft(
        "gypsy_roma",
        when=_when(roma[0]),
        travellers=published(travellers[0]),
        travellers_share=_share(*travellers),
        roma=published(roma[0]),
        roma_share=_share(*roma),
    )


def _caravans(asked: Asked) -> Draft | None:
    """Where caravans stand: a fact for as long as most do not stand without leave."""
    found = _shared("gypsy_traveller_caravans", "unauthorised", build=asked.build)
    if found is None or found[2] >= MOST:
        return None
    return _draft(
        "caravan_sites", when=_when(found[0]), total=published(found[1]), n=published(found[0]), share=_share(*found)
    )


def _asylum_share(asked: Asked) -> Draft | None:
    """People who receive asylum support beside everybody: a fact for as long as they are under one in a hundred."""
    people = figure("asylum_supported", build=asked.build)
    rate = per_people(people, asked=asked) if people else None
    if people is None or rate is None or rate.value >= FEW * PER_PEOPLE:
        return None
    return _draft("asylum_share", when=_when(people), n=published(people), rate=rate, base=Whole(value=PER_PEOPLE))


def _asylum_kingdom(asked: Asked) -> Draft | None:
    """Wales beside the whole Kingdom on one day: a fact for as long as it is under one in ten."""
    every = figure("asylum_supported", area=KINGDOM, build=asked.build)
    ours = figure("asylum_supported", period=every.period, build=asked.build) if every else None
    if every is None or ours is None or not every.value or (share := (ours.value or 0) / every.value) >= SMALL:
        return None
    return _draft(
        "asylum_kingdom", when=_when(ours), n=published(ours), total=published(every), share=_share(ours, every, share)
    )


def _asylum_housing(asked: Asked) -> Draft | None:
    """How they are housed: a fact for as long as most are in dispersal accommodation, few in contingency."""
    homes = _shared("asylum_supported_accommodation", "dispersal", build=asked.build)
    passing = _shared("asylum_supported_accommodation", "contingency", build=asked.build)
    if (
        homes is None
        or passing is None
        or homes[2] <= MOST
        or passing[2] >= SMALL
        or homes[0].period != passing[0].period
    ):
        return None
    return _draft(
        "asylum_housing",
        when=_when(homes[0]),
        total=published(homes[1]),
        homes=_share(*homes),
        passing=_share(*passing),
    )


def _born_abroad(asked: Asked) -> Draft | None:
    """Born outside the UK: a fact for as long as it is under one in ten."""
    found = _shared("census_year_of_arrival", "arrived", build=asked.build)
    if found is None or found[2] >= SMALL:
        return None
    return _draft("born_abroad", when=_when(found[0]), n=published(found[0]), share=_share(*found))


def _english(asked: Asked) -> Draft | None:
    """Whose main language is another: a fact for as long as under half speak English badly or not at all."""
    codes = ("not_well", "not_at_all")
    found = [_shared("census_english_proficiency", code, whole="main_other", build=asked.build) for code in codes]
    badly, never = found
    if badly is None or never is None or badly[2] + never[2] >= MOST:
        return None
    return _draft(
        "spoken_english", when=_when(badly[0]), total=published(badly[1]), badly=_share(*badly), never=_share(*never)
    )


def _strands(asked: Asked) -> Draft | None:
    """Crimes flagged as race among all: a fact for as long as they are not nearly all."""
    found = _shared("hate_crimes", "race", build=asked.build)
    if found is None or not MOST < found[2] < NEARLY_ALL:
        return None
    return _draft(
        "race_strand", when=_when(found[0]), total=published(found[1]), n=published(found[0]), share=_share(*found)
    )


def _unreported(asked: Asked) -> Draft | None:
    """Incidents of the survey: a fact for as long as they are more than the police recorded in the newest year."""
    survey = figure("survey_hate_crime_incidents", area=BOTH_NATIONS, build=asked.build)
    police = figure("hate_crimes", area=ENGLAND_AND_WALES, build=asked.build)
    if survey is None or police is None or (survey.value or 0) <= (police.value or 0):
        return None
    return _draft(
        "told_and_untold",
        n=published(survey),
        span=Moment(period=survey.period, measure=survey.measure, named=True),
        recorded=published(police),
        when=_when(police),
    )


def _fact(community: str, code: str, page: str, block: str, write: Callable[[Asked], Draft | None]) -> Fact:
    return Fact(community=community, rule=Rule(id=code, importance=0, page=page, block=block, write=write))


FACTS = (
    _fact("travellers", "gypsy_roma", "profile", "census_gypsy_roma", _gypsy_roma),
    _fact("travellers", "caravan_sites", "profile", "caravans", _caravans),
    _fact("asylum", "asylum_share", "sanctuary", "asylum_support", _asylum_share),
    _fact("asylum", "asylum_kingdom", "sanctuary", "asylum_support", _asylum_kingdom),
    _fact("asylum", "asylum_housing", "sanctuary", "asylum_accommodation", _asylum_housing),
    _fact("migration", "born_abroad", "profile", "census_year_of_arrival", _born_abroad),
    _fact("migration", "spoken_english", "profile", "census_english", _english),
    _fact("hate_crime", "race_strand", "hate_crime", "strands_wales", _strands),
    _fact("hate_crime", "told_and_untold", "hate_crime", "accounts", _unreported),
)
