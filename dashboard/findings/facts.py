"""Facts about people who are talked about much: each with the claim it answers, and a rule that withdraws it.

The awkward fact: a claim that is repeated is remembered, whoever repeats it; so the fact stands first and again in
plain words, the claim once and in no heading. And a fact outlives its figure unless something looks: each card is
written from the newest figures by a rule, which writes nothing when they do not answer the claim any more.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cohesion.vocabulary import ENGLAND_AND_WALES, UNITED_KINGDOM, WITHOUT_LONDON
from dashboard import queries
from dashboard.denominators import PER_PEOPLE
from dashboard.findings.figures import per_people
from dashboard.findings.message import (
    Draft,
    Message,
    Moment,
    Quantity,
    Rule,
    Scope,
    Value,
    Whole,
    message_of,
    phrase_in,
    published,
)
from dashboard.i18n import Language, t
from dashboard.i18n.people import FEWEST
from dashboard.model import TOTAL, Area, Observation, Period
from dashboard.nations import HOME

COMMUNITIES = ("travellers", "asylum", "migration", "hate_crime")
PEOPLE = "population"
LEAST_WHOLE = 50  # people of a place whose parts are told as shares
FEW, SMALL, MOST, NEARLY_ALL = 0.01, 0.1, 0.5, 0.9  # the shares that answer "a large part", "most", "only"


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A fact of a community: its code in the texts, and the rule that writes it from figures or withdraws it."""

    community: str
    rule: Rule


@dataclass(frozen=True, kw_only=True)
class Card:
    """A fact with today's figures, of a place."""

    fact: Fact
    message: Message
    place: Area

    def text(self, part: str, lang: Language) -> str:
        """Return what stands with the fact: the "claim" it answers, its "plain" words, what it does "not" say."""
        words = {name: value.text(lang) for name, value in _places(self.place).items()}
        return t(f"facts.{self.fact.rule.id}.{part}", lang=lang, **words)


def cards(*, build: str, place: Area | None = None) -> tuple[Card, ...]:
    """Return the facts that today's figures bear out, in their order: of the place where they do, else of the nation.

    Of a place nothing is told of fewer than five people, and no share of few.
    """
    nation = queries.area(HOME.benchmark, build=build)
    facts = []
    for fact in FACTS:
        for one in dict.fromkeys((place or nation, nation)):
            message = message_of(fact.rule, Scope(place=one, police=one, build=build)) if one.in_ and one.to else None
            if message is not None and (one == nation or _is_large(message)):
                facts.append(Card(fact=fact, message=message, place=_of_whom(message, one, build=build)))
                break
    return tuple(facts)


def _is_large(message: Message) -> bool:
    """Tell whether a place's fact is about enough people; a share may be of none."""
    counts = [o.value or 0 for o in message.observations if o.measure != PEOPLE]
    percentages = [v.value for _, v in message.values if isinstance(v, Quantity) and v.how == "published"]
    return max(counts) >= LEAST_WHOLE and not any(0 < n < FEWEST for n in counts) and all(percentages)


def _of_whom(message: Message, place: Area, *, build: str) -> Area:
    """Return the place that a message speaks of: that of its figures, where none of them is the place's own."""
    areas = {o.area for o in message.observations}
    return place if place.code in areas else queries.area(sorted(areas)[0], build=build)


def _places(place: Area) -> dict[str, Value]:
    return {"in_place": phrase_in(place), "to_place": place.to or place.name}


def figure(
    measure: str, category: str = TOTAL, *, area: str = HOME.benchmark, period: Period | None = None, build: str
) -> Observation | None:
    """Return the newest figure of a category, or that of a period; None where none has a value."""
    observations = queries.series(measure, area, category=category, build=build).observations
    return next((one for one in reversed(observations) if one.value is not None and period in (None, one.period)), None)


def _shared(
    measure: str, part: str, *, whole: str = TOTAL, scope: Scope
) -> tuple[Observation, Observation, float] | None:
    """Return a part, its whole in the same period, and its share of it; None without both."""
    area, build = scope.place.code, scope.build
    one = figure(measure, part, area=area, build=build)
    every = figure(measure, whole, area=area, period=one.period, build=build) if one else None
    if one is None or every is None or one.value is None or not every.value:
        return None
    return one, every, one.value / every.value


def _share(one: Observation, every: Observation, share: float) -> Quantity:
    return Quantity(value=share * 100, how="share", of=(one, every))


def _when(one: Observation) -> Moment:
    return Moment(period=one.period, measure=one.measure)


def _draft(code: str, scope: Scope, /, **values: Value) -> Draft:
    return Draft(keys=(f"facts.{code}.fact",), values={**values, **_places(scope.place)})


def _gypsy_roma(scope: Scope) -> Draft | None:
    """Two small groups of everybody: a fact for as long as each is under one in a hundred."""
    groups = ("white_gypsy_or_irish_traveller", "white_roma")
    shares = [_shared("census_ethnic_group", group, scope=scope) for group in groups]
    travellers, roma = shares
    if travellers is None or roma is None or max(travellers[2], roma[2]) >= FEW:
        return None
    return _draft(
        "gypsy_roma",
        scope,
        when=_when(roma[0]),
        travellers=published(travellers[0]),
        travellers_share=_share(*travellers),
        roma=published(roma[0]),
        roma_share=_share(*roma),
    )


def _caravans(scope: Scope) -> Draft | None:
    """Where caravans stand: a fact for as long as most do not stand without leave."""
    share = _shared("gypsy_traveller_caravans", "unauthorised", scope=scope)
    if share is None or share[2] >= MOST:
        return None
    return _draft(
        "caravan_sites",
        scope,
        when=_when(share[0]),
        total=published(share[1]),
        n=published(share[0]),
        share=_share(*share),
    )


def _asylum_share(scope: Scope) -> Draft | None:
    """People who receive asylum support beside everybody: a fact for as long as they are under one in a hundred."""
    people = figure("asylum_supported", area=scope.place.code, build=scope.build)
    rate = per_people(people, scope=scope) if people else None
    if people is None or rate is None or rate.value >= FEW * PER_PEOPLE:
        return None
    return _draft(
        "asylum_share", scope, when=_when(people), n=published(people), rate=rate, base=Whole(value=PER_PEOPLE)
    )


def _asylum_kingdom(scope: Scope) -> Draft | None:
    """Wales beside the whole Kingdom on one day: a fact for as long as it is under one in ten."""
    every = figure("asylum_supported", area=UNITED_KINGDOM, build=scope.build)
    area = scope.place.code
    ours = figure("asylum_supported", area=area, period=every.period, build=scope.build) if every else None
    if every is None or ours is None or not every.value or (share := (ours.value or 0) / every.value) >= SMALL:
        return None
    return _draft(
        "asylum_kingdom",
        scope,
        when=_when(ours),
        n=published(ours),
        total=published(every),
        share=_share(ours, every, share),
    )


def _asylum_housing(scope: Scope) -> Draft | None:
    """How they are housed: a fact for as long as most are in dispersal accommodation, few in contingency."""
    homes = _shared("asylum_supported_accommodation", "dispersal", scope=scope)
    passing = _shared("asylum_supported_accommodation", "contingency", scope=scope)
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
        scope,
        when=_when(homes[0]),
        total=published(homes[1]),
        homes=_share(*homes),
        passing=_share(*passing),
    )


def _born_abroad(scope: Scope) -> Draft | None:
    """Born outside the UK: a fact for as long as it is under one in ten."""
    share = _shared("census_year_of_arrival", "arrived", scope=scope)
    if share is None or share[2] >= SMALL:
        return None
    return _draft("born_abroad", scope, when=_when(share[0]), n=published(share[0]), share=_share(*share))


def _english(scope: Scope) -> Draft | None:
    """Whose main language is another: a fact for as long as under half speak English badly or not at all."""
    codes = ("not_well", "not_at_all")
    shares = [_shared("census_english_proficiency", code, whole="main_other", scope=scope) for code in codes]
    badly, never = shares
    if badly is None or never is None or badly[2] + never[2] >= MOST:
        return None
    return _draft(
        "spoken_english",
        scope,
        when=_when(badly[0]),
        total=published(badly[1]),
        badly=_share(*badly),
        never=_share(*never),
    )


def _strands(scope: Scope) -> Draft | None:
    """Crimes flagged as race among all: a fact for as long as they are not nearly all."""
    share = _shared("hate_crimes", "race", scope=scope)
    if share is None or not MOST < share[2] < NEARLY_ALL:
        return None
    return _draft(
        "race_strand",
        scope,
        when=_when(share[0]),
        total=published(share[1]),
        n=published(share[0]),
        share=_share(*share),
    )


def _unreported(scope: Scope) -> Draft | None:
    """Incidents of the survey: a fact for as long as they are more than the police recorded in the newest year."""
    survey = figure("survey_hate_crime_incidents", area=ENGLAND_AND_WALES, build=scope.build)
    police = figure("hate_crimes", area=WITHOUT_LONDON, build=scope.build)
    if survey is None or police is None or (survey.value or 0) <= (police.value or 0):
        return None
    return _draft(
        "told_and_untold",
        scope,
        n=published(survey),
        span=Moment(period=survey.period, measure=survey.measure, named=True),
        recorded=published(police),
        when=_when(police),
    )


def _fact(community: str, code: str, page: str, block: str, write: Callable[[Scope], Draft | None]) -> Fact:
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
