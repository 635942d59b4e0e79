"""What people search for, in both languages, and what they must be given first."""

from __future__ import annotations

import pytest

from dashboard import drill, queries
from dashboard.search.names import other_names, towns
from dashboard.search.ranking import LONGEST, MOST_OF_A_KIND, find

# What is typed -> the first answer. "place:" and the like where it is no figure.
EXPECTED = {
    # places, as they are spelt, misspelt and changed
    "Cardiff": "place:W06000015",
    "Caerdydd": "place:W06000015",
    "Nghaerdydd": "place:W06000015",
    "yng Nghaerdydd": "place:W06000015",
    "Gaerdydd": "place:W06000015",
    "Chaerdydd": "place:W06000015",
    "caerdyd": "place:W06000015",
    "Cardif": "place:W06000015",
    "Cardiff and Vale": "place:XCAV",
    "Vale of Glamorgan": "place:W06000014",
    "ym Mro Morgannwg": "place:W06000014",
    "Ynys Mon": "place:W06000001",
    "ynysmon": "place:W06000001",
    "Anglesey": "place:W06000001",
    "Sir Fôn": "place:W06000001",
    "Swansee": "place:W06000011",
    "new port": "place:W06000022",
    "Casnewydd": "place:W06000022",
    "Mhowys": "place:W06000023",
    "Nhorfaen": "place:W06000020",
    "penybont": "place:W06000013",
    "pen-y-bont": "place:W06000013",
    "Rhondda": "place:W06000016",
    "South Wales Police": "place:W15000003",
    "Heddlu De Cymru": "place:W15000003",
    "Cymru": "place:W92000004",
    "RCT": "place:W06000016",
    "Sir Gar": "place:W06000010",
    "Castell-nedd": "place:W06000012",
    "Merthyr": "place:W06000024",
    "Dyfed-Powys": "place:W15000004",
    # towns, which have no figures of their own, and places elsewhere
    "Barry": "town:Barry",
    "Y Barri": "town:Barry",
    "yn y Barri": "town:Barry",
    "Lanelli": "town:Llanelli",
    "Fangor": "town:Bangor",
    "Y Fenni": "town:Abergavenny",
    "Cardiff Bay": "town:Cardiff Bay",
    "Hartlepool": "elsewhere:E06000001",
    "Stoke-on-Trent": "elsewhere:E06000021",
    "stoke on trent": "elsewhere:E06000021",
    "Kings Lynn": "elsewhere:E07000146",
    "King's Lynn": "elsewhere:E07000146",
    "ym Mryste": "elsewhere:E06000023",
    "Yr Alban": "elsewhere:S92000003",
    "Heddlu Glannau Mersi": "elsewhere:E23000004",
    "yng Nghymru": "place:W92000004",
    "UK": "elsewhere:K02000001",
    "Gogledd Iwerddon": "elsewhere:N92000002",
    "Middlesbrough": "elsewhere:E06000002",
    "Newcastle-upon-Tyne": "elsewhere:E08000021",
    "Southend-on-Sea": "elsewhere:E06000033",
    "Londonderry": "elsewhere:N09000005",
    "Rhydychen": "elsewhere:E07000178",
    "o'r Barri": "town:Barry",
    "Nolgellau": "town:Dolgellau",
    "Mhwllheli": "town:Pwllheli",
    "Pont-y-clun": "town:Pontyclun",
    "Porthaethwy": "town:Menai Bridge",
    "yn Nhreforys": "town:Morriston",
    "Aberpennar": "town:Mountain Ash",
    "y Gelli Gandryll": "town:Hay-on-Wye",
    "Tremorfa": "town:Tremorfa",
    # what people say of each other, and what they ask for that is not held
    "pobl wen": "census_ethnic_group",
    "white people": "census_ethnic_group",
    "BAME": "census_ethnic_group",
    "Hindwiaid": "category:census_religion:hindu",
    "Sikhiaid": "category:census_religion:sikh",
    "Cristnogion": "category:census_religion:christian",
    "young people": "census_age",
    "pobl ifanc": "census_age",
    "human trafficking": "modern_slavery",
    "crime rate": "strands_england_wales",
    "settled status": "settlement_scheme",
    "universal credit": "living_standards",
    "Syrian refugees": "resettlement_schemes",
    "NINo": "proxies",
    "iaith gyntaf": "census_english",
    "pobl ddu": "census_ethnic_group",
    "black people": "census_ethnic_group",
    "small boats": "gap:gap_peoplewhoarrivedinsmallboats",
    "cychod bach": "gap:gap_peoplewhoarrivedinsmallboats",
    "channel crossings": "gap:gap_peoplewhoarrivedinsmallboats",
    "stop and search": "gap:gap_stopandsearchbythepolicebyethnicgroup",
    "stopio a chwilio": "gap:gap_stopandsearchbythepolicebyethnicgroup",
    # claims and the facts that answer them
    "most asylum seekers live in hotels": "fact:asylum_housing",
    "mae'r rhan fwyaf o geiswyr lloches yn byw mewn gwestai": "fact:asylum_housing",
    "police figures show all hate crime": "fact:told_and_untold",
    "Roma large part of population": "fact:gypsy_roma",
    # what is not held
    "knife crime": "gap:gap_knifecrimeandothercrimebykind",
    "troseddau cyllyll": "gap:gap_knifecrimeandothercrimebykind",
    "stabbings": "gap:gap_knifecrimeandothercrimebykind",
    "burglary": "gap:gap_knifecrimeandothercrimebykind",
    # wards and small areas
    "Cathays": "ward:W05001274",
    "Cathais": "ward:W05001274",
    "Canton": "ward:W05001273",
    "Treganna": "ward:W05001273",
    "yn Nhreganna": "ward:W05001273",
    "Dreganna": "ward:W05001273",
    "Penylan": "ward:W05001288",
    "Pen-y-lan": "ward:W05001288",
    "pen y lan": "ward:W05001288",
    "Y Sblot": "ward:W05001295",
    "Trelai": "ward:W05001276",
    "Tre-biwt": "ward:W05001271",
    "Trebiwt": "ward:W05001271",
    "St Augustines": "ward:W05001399",
    "Llanilltud Fawr": "ward:W05001392",
    "Yr Eglwys Newydd": "ward:W05001297",
    "Y Bont-faen": "ward:W05001385",
    "W05001274": "ward:W05001274",
    "036A": "small_area:W01001694",
    "W01001694": "small_area:W01001694",
    # hate crime
    "hatecrime": "forces_compared",
    "hate crime": "forces_compared",
    "troseddau casineb": "forces_compared",
    "droseddau casineb": "forces_compared",
    "racism": "rra_quarterly",
    "hiliaeth": "rra_quarterly",
    "racialy agravated": "rra_quarterly",
    "islamophobia": "religion_targeted",
    "gwrthsemitiaeth": "religion_targeted",
    "erlyniadau": "charged",
    "disability hate crime": "forces_compared",
    "hate crime charged": "charged",
    "racist incidents": "racist_incidents",
    "digwyddiadau hiliol": "racist_incidents",
    "police forces": "forces_compared",
    "Sikh": "category:census_religion:sikh",
    # sanctuary
    "assylum": "asylum_support",
    "asylum": "asylum_support",
    "lloches": "asylum_support",
    "loches": "asylum_support",
    "refugees": "asylum_support",
    "ffoaduriaid": "asylum_support",
    "Homes for Ukrain": "guests_funded",
    "Gartrefi i Wcráin": "guests_funded",
    "afghans": "afghan_programme",
    "resettlement": "resettlement",
    "ailsefydlu": "afghan_programme",
    "unaccompanied children": "children_transferred",
    "plant ar eu pen eu hunain": "children_transferred",
    "UASC": "children_transferred",
    "asylum hotels": "asylum_accommodation",
    "gwestai": "asylum_accommodation",
    "asylum per 10,000": "asylum_support",
    "trafficking": "modern_slavery",
    # people and migration
    "immigration": "flows",
    "mudo": "flows",
    "net migration": "flows",
    "EU settlement scheme": "settlement_scheme",
    "projections": "projected_change",
    "amcanestyniadau": "projected_change",
    "gypsies": "census_gypsy_roma",
    "Sipsiwn": "census_gypsy_roma",
    "Roma": "census_gypsy_roma",
    "religion": "census_religion",
    "crefyddau": "census_religion",
    "disability": "census_disability",
    "anabledd": "census_disability",
    "sexual orientation": "census_sexual_orientation",
    "transgender": "census_gender_identity",
    "siarad Cymraeg": "census_welsh",
    "unpaid care": "census_unpaid_care",
    "gofal di-dâl": "census_unpaid_care",
    "child poverty": "living_standards",
    "tlodi plant": "living_standards",
    "claimants": "living_standards",
    "hawlwyr": "living_standards",
    "WIMD": "deprivation",
    "MALlC": "deprivation",
    "pobl hŷn": "census_age",
    "siaradwyr Cymraeg": "census_welsh",
    "cynllun preswylio": "settlement_scheme",
    "wellbeing": "wellbeing",
    "llesiant": "wellbeing",
    "modern slavery": "modern_slavery",
    "caethwasiaeth": "modern_slavery",
    "Somali": "category:census_main_language:somali",
    "Pwyleg": "category:census_main_language:polish",
    # words and gaps
    "confidence interval": "term:term_confidenceinterval",
    "gyfwng hyder": "term:term_confidenceinterval",
    "rebasing": "term:term_rebasing",
    "bullying": "gap:gap_bullyinginschoolshaterelatedbullyingamongit",
    "fwlio": "gap:gap_bullyinginschoolshaterelatedbullyingamongit",
    "briefings": "page:briefings",
}
BESIDE_A_PLACE = {
    "asylum Newport": ("W06000022", "asylum_support"),
    "lloches yng Nghasnewydd": ("W06000022", "asylum_support"),
    "Wrexham religion": ("W06000006", "census_religion"),
    "asylum Merthyr": ("W06000024", "asylum_support"),
    "trosedd casineb Abertawe": ("W06000011", "forces_compared"),
    "net migration anglesey": ("W06000001", "flows"),
    "assylum cardif": ("W06000015", "asylum_support"),
    "hate crime gwent police": ("W15000002", "forces_compared"),
}


def first(query: str, build: str) -> str:
    found = find(query, build=build)
    if not found.groups:
        return ""
    thing = found.groups[0].things[0]
    return thing.code if thing.kind == "figure" else f"{thing.kind}:{thing.code}"


@pytest.mark.parametrize(("query", "expected"), EXPECTED.items())
def test_what_is_searched_for_stands_first(build, query, expected):
    assert first(query, build) == expected


@pytest.mark.parametrize(
    ("query", "group"),
    [("carers", "carers"), ("gofalwyr", "carers"), ("ffoaduriaid", "refugees"), ("race", "race"), ("women", "sex")],
)
def test_a_group_of_people_is_among_the_answers_with_all_that_is_held_of_it(build, query, group):
    found = [thing.code for one in find(query, build=build).groups if one.kind == "group" for thing in one.things]
    assert group in found


def test_the_table_is_long_enough_to_mean_something():
    assert len(EXPECTED) + len(BESIDE_A_PLACE) >= 60


@pytest.mark.parametrize(("query", "expected"), BESIDE_A_PLACE.items())
def test_a_place_beside_other_words_is_where_they_are_looked_for(build, query, expected):
    found = find(query, build=build)
    place, figures = found.groups[0], next(group for group in found.groups if group.kind == "figure")
    assert (found.place, figures.things[0].code) == expected
    assert [thing.place for thing in place.things] == [found.place]


def test_a_town_is_told_to_have_no_figures_of_its_own_and_leads_to_its_authority_and_wards(build):
    town, wards = find("Barry", build=build).groups
    assert [thing.place for thing in town.things] == ["W06000014"]
    assert town.things[0].what.text("en") == "No figures of its own are held: those of the Vale of Glamorgan are shown"
    assert {thing.name.text("en") for thing in wards.things} >= {"Baruc", "Buttrills", "Castleland"}


def test_every_town_lies_in_an_authority_and_its_wards_are_held(build):
    for town in towns():
        assert queries.area(town.place, build=build).kind == "local_authority"
        held = {
            queries.area(code, build=build).name.text("en")
            for code in drill.small_areas(queries.area(town.place, build=build), build=build)
            if queries.area(code, build=build).kind == "ward"
        }
        assert town.wards <= held, town.name.en
    for code in other_names():
        assert queries.area(code, build=build).kind in ("local_authority", "ward", "country")


def test_a_place_alone_changes_the_place_of_nothing_else(build):
    assert find("Newport", build=build).place == ""


@pytest.mark.parametrize("query", ["Gwent", "police"])
def test_a_name_that_several_places_share_gives_all_of_them(build, query):
    group = find(query, build=build).groups[0]
    assert group.kind == "place"
    assert len(group.things) > 1


@pytest.mark.parametrize(
    "query",
    [
        "",
        " ",
        "the",
        "yn y",
        "xqzt",
        "🏴󠁧󠁢󠁷󠁬󠁳󠁿",
        "שלום",
        "!?<>",
        "\x00",
        "0" * 10_000,
        "cyn-filwyr",
        "Southport",
        "pobl fyddar",
        "no recourse to public funds",
    ],
)
def test_what_means_nothing_here_finds_nothing(build, query):
    assert find(query, build=build).groups == ()


@pytest.mark.parametrize(
    "query", ["x" * 10_000, "asylum " * 2_000, "Z͑̅" * 5_000, "<script>" * 1_000, "nghaerdyddnghaerdydd" * 500, "a" * 99]
)
def test_a_long_query_is_read_as_far_as_it_goes(build, query):
    found = find(query, build=build)
    assert len(found.query) <= LONGEST
    assert all(len(group.things) <= MOST_OF_A_KIND for group in found.groups)


def test_the_words_of_a_query_that_are_read_are_few(build):
    assert find("a1 " * 7 + "religion", build=build).groups == find("religion", build=build).groups
    assert find("b2 b3 b4 b5 b6 b7 b8 b9 religion", build=build).groups == ()


def test_nothing_else_is_called_as_a_slip_of_a_word_that_is_here(build):
    """ "Rates" is a word of ours; it is not looked for as a slip of "races"."""
    assert {thing.code for group in find("race", build=build).groups for thing in group.things}.isdisjoint(
        {"term_rate"}
    )


def test_a_number_beside_a_place_is_a_small_area_there(build):
    for query in ("Cardiff 001A", "Bro Morgannwg 001A", "yng Nghaerdydd 001a"):
        found = find(query, build=build)
        (small,) = [thing for group in found.groups if group.kind == "small_area" for thing in group.things]
        assert queries.area(small.code, build=build).name.text("en").endswith(" 001A")
        assert small.place == found.place == queries.area(small.code, build=build).within


def test_a_ward_beside_other_words_hides_none_of_their_answers(build):
    found = find("religion in Cathays", build=build)
    assert [found.groups[0].kind, found.groups[1].kind] == ["ward", "figure"]
    assert found.groups[1].things[0].code == "census_religion"
    assert found.place == ""  # a ward's name may be a word like any other: "court"


@pytest.mark.parametrize("query", ["myth", "myths", "claim", "honiad", "chwedl", "camwybodaeth"])
def test_whoever_looks_for_claims_is_led_to_the_facts(build, query):
    first, *_ = find(query, build=build).groups
    assert first.kind == "fact"
    assert len(first.things) == MOST_OF_A_KIND


@pytest.mark.parametrize("query", ["gwestai", "hotels", "asylum hotels"])
def test_hotels_lead_to_the_fact_about_them(build, query):
    things = [thing for group in find(query, build=build).groups for thing in group.things]
    assert ("fact_asylum_housing", "facts") in [(thing.block, thing.page) for thing in things]
